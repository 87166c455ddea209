"""Articles from wherever a command names them: a file, standard input, a file of JSON Lines."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from kg_news.errors import InputError
from kg_news.read import READERS, jsonl, read_file
from kg_news.records import Issue, RawArticle

FORMATS = (*READERS, "jsonl")


def read_input(name: str, stdin: BinaryIO, *, format: str | None = None) -> Iterator[RawArticle | InputError]:
    """The articles of a file, or of standard input for `-`; what is broken comes as an error among them.

    Without a format, `.jsonl` is JSON Lines, another suffix says what READERS it belongs to, and standard input is
    flattened text. A file below a folder `raw` gets the id that it has in the dataset. A sidecar is read where there is
    one beside the file.
    """
    path = Path(name)
    if format == "jsonl" or (format is None and path.suffix == ".jsonl"):
        yield from _lines(name, stdin)
        return
    try:
        if name == "-" or format:
            data = stdin.read() if name == "-" else path.read_bytes()
            yield from READERS[format or "flattened"](data, name)
        else:
            yield from read_file(path, _root(path), sidecar="optional")
    except OSError as error:
        yield _unreadable(name, error)
    except InputError as error:
        yield error


def with_url(article: RawArticle, url: str) -> RawArticle:
    """The article, published at `url` whatever its sidecar says."""
    metadata: Mapping[str, object] = {**article.metadata, "url": url}
    return replace(article, metadata=metadata)


def _lines(name: str, stdin: BinaryIO) -> Iterator[RawArticle | InputError]:
    try:
        with stdin if name == "-" else Path(name).open("rb") as stream:
            # What is not UTF-8 becomes a surrogate, which the reader names with its line.
            text = io.TextIOWrapper(stream, encoding="utf-8", errors="surrogateescape", newline="\n")
            yield from jsonl.read_lines(text, name)
    except OSError as error:
        yield _unreadable(name, error)


def _root(path: Path) -> Path:
    """The raw folder that a file lies in, or else its own folder."""
    return next((folder for folder in path.parents if folder.name == "raw"), path.parent)


def _unreadable(name: str, error: OSError) -> InputError:
    message = f"cannot be read: {error.strerror}"
    return InputError([Issue("file-unreadable", message, "check the name and the permissions", name)])
