"""Raw files to `RawArticle`: one module a format; READERS lists them by name.

To add a format: `read/x.py` with `read(stream, path) -> Iterator[RawArticle | InputError]` that reads no more of the
stream than it needs, a line in READERS, one in SUFFIXES (or IN_RAW), and a test of the content in `recognise.py`.
"""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from kg_news.errors import InputError
from kg_news.read import documents, feed, jsonl, page, plain, table, warc, wordpress, wxr
from kg_news.read.compose import stem
from kg_news.read.flattened import text_issues
from kg_news.read.recognise import HEAD, recognise, stranger
from kg_news.read.sidecar import read_sidecar
from kg_news.read.streams import opened, unpacked
from kg_news.records import Issue, RawArticle

Reader = Callable[[io.BufferedReader, str], Iterator[RawArticle | InputError]]

READERS: dict[str, Reader] = {
    "flattened": documents.read,
    "plain": plain.read,
    "html": page.read,
    "wordpress": wordpress.read,
    "wxr": wxr.read,
    "feed": feed.read,
    "jsonl": jsonl.read,
    "csv": table.read,
    "warc": warc.read,
}
_MAPPED = {"csv": table.read, "jsonl": jsonl.read}
"""The formats whose columns or keys the user may name."""

SUFFIXES: dict[str, str] = {
    ".txt": "flattened",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".warc": "warc",
}
"""What raw files are usually called. What a file holds says its content (`recognise`)."""

IN_RAW: dict[str, str] = {
    ".md": "plain",
    ".json": "wordpress",
    ".jsonl": "jsonl",
    ".gz": "any, packed",
    ".zst": "any, packed",
}
"""What is a raw file only where raw files lie: elsewhere it is as often a README, a manifest, a file of records."""


def reader_of(path: Path) -> str | None:
    """The format that a file's name and place let expect; None where they tell none."""
    suffix = path.suffix.lower()
    return SUFFIXES.get(suffix) or (IN_RAW.get(suffix) if "raw" in path.absolute().parts else None)


def raw_of(sidecar: Path) -> Path | None:
    """The raw file that a sidecar lies beside; None where there is none."""
    names = [sidecar.with_suffix(suffix) for suffix in SUFFIXES | IN_RAW]
    return next((path for path in names if reader_of(path) and path.exists()), None)


def read_stream(
    stream: BinaryIO,
    path: str,
    *,
    name: str | None = None,
    format: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> Iterator[RawArticle | InputError]:
    """The articles in a stream, in order; what is broken comes as an error among them.

    gzip and zstd are taken off. `path` names the file in ids and records, `name` in issues (None: the same). Without
    `format` the content tells it, or else the issue is `format-unknown`. `columns` names the columns of CSV and the
    keys of JSON Lines.
    """
    shown = name or path
    try:
        source = unpacked(stream, shown)
        head = source.peek(HEAD)
        format = format or recognise(head, shown if path != "-" else ".txt")
        if not head or (format is None and not head.strip()):
            yield InputError(text_issues(head.decode(), shown))
            return
        if format is None:
            yield InputError([unknown(shown, stranger(head))])
            return
        if columns and format not in _MAPPED:
            message = f"{format} has no columns"
            way_out = "leave `columns:` out of the sidecar, and --columns; or give --format"
            yield InputError([Issue("columns-useless", message, way_out, shown)])
            return
        made = _MAPPED[format](source, path, columns) if columns else READERS[format](source, path)
        article = None
        for article in made:
            yield _shown(article, shown)
        if article is None:
            message = f"it is {format}, but there is no article in it"
            yield InputError([Issue("no-article", message, "delete it, or add an article", shown)])
    except InputError as error:
        yield _shown(error, shown)


def read_articles(
    path: Path,
    root: Path,
    *,
    sidecar: str = "required",
    format: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> Iterator[RawArticle | InputError]:
    """The articles of a file below `root` (the folder `raw/`) with its sidecar; what is broken comes as an error.

    `sidecar` is "required", as in the dataset, or "optional", as for a file that is only looked at. Where the sidecar
    is broken or missing no article is complete, and only errors come. The sidecar of a file of many articles says what
    holds for all of them: source and rights, but no title, date or address; its `columns` name those of CSV and the
    keys of JSON Lines, unless the argument does.
    """
    if not path.name:  # `.` and `/` are folders, and nothing can have their name with another suffix
        yield InputError([_unreadable(path, os.strerror(errno.EISDIR))])
        return
    shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    metadata_path = path.with_suffix(".yml")
    metadata, troubles = read_sidecar(metadata_path, required=sidecar == "required")
    complete = not troubles
    named = metadata.get("columns") if complete else None
    metadata = {key: value for key, value in metadata.items() if key != "columns"}
    columns = columns or named
    try:
        with opened(path) as stream:
            for article in read_stream(stream, shown, name=str(path), format=format, columns=columns):
                if isinstance(article, InputError):
                    unread = any(issue.code == "format-unknown" for issue in article.issues)
                    yield InputError([*article.issues, *([] if unread else troubles)])
                    troubles = []
                elif not complete:
                    if troubles:
                        yield InputError(troubles)
                    troubles = []
                elif refused := of_many(article, metadata, str(metadata_path)):
                    yield InputError(refused)
                    return
                else:
                    known = {**article.metadata, **metadata}
                    yield replace(article, metadata=known, metadata_path=str(metadata_path) if metadata else None)
    except OSError as error:
        yield InputError([_unreadable(path, error.strerror), *troubles])
    except InputError as error:
        yield InputError([*error.issues, *troubles])


def _unreadable(path: Path, reason: str | None) -> Issue:
    return Issue("file-unreadable", f"cannot be read: {reason}", "check the name and the permissions", str(path))


def read_file(path: Path, root: Path, *, sidecar: str = "required") -> Iterator[RawArticle]:
    """`read_articles`, for who wants the good ones: InputError with every problem once they have been given."""
    issues: list[Issue] = []
    for article in read_articles(path, root, sidecar=sidecar):
        if isinstance(article, InputError):
            issues += article.issues
        else:
            yield article
    if issues:
        raise InputError(issues)


def unknown(path: str, kind: str | None = None) -> Issue:
    """The issue of a file that no reader knows; `kind` is what it seems to be."""
    message = f"this is {kind}, which no reader knows" if kind else "no reader knows this kind of file"
    way_out = (
        "save the article's bare text as .txt, or its page as .html, or delete what is no article; "
        "`kg-news explain format-unknown` lists all formats"
    )
    return Issue("format-unknown", message, way_out, path)


def _shown(article: RawArticle | InputError, shown: str) -> RawArticle | InputError:
    """With its issues placed in the file as the user named it."""
    if isinstance(article, InputError):
        return InputError(replace(issue, path=shown) for issue in article.issues)
    return replace(article, doubts=tuple(replace(in_file(doubt, article), path=shown) for doubt in article.doubts))


def name_in_file(article: RawArticle) -> str | None:
    """The article's id, where its file can hold several; None where the file is the article."""
    return None if article.id == stem(article.path) else article.id


def in_file(issue: Issue, article: RawArticle) -> Issue:
    """An issue with the article's id and line, where it concerns one of many in a file."""
    name = name_in_file(article)
    if name is None or issue.path not in (None, article.path):
        return issue
    return replace(issue, article=name, line=issue.line or article.line)


def of_many(article: RawArticle, metadata: Mapping[str, object], sidecar: str) -> list[Issue]:
    """What a sidecar says that cannot hold for every article, where the article's file can hold many."""
    if not name_in_file(article):
        return []
    way_out = "leave it out of the sidecar (`url: null`)"
    return [
        Issue(
            "sidecar-of-many",
            f"`{key}` cannot hold for every article of a file of many",
            way_out,
            sidecar,
            pointer=f"/{key}",
        )
        for key in ("url", "date", "title")
        if metadata.get(key)
    ]
