"""The raw text of a structured format: its reader makes it, a line a paragraph, each photo on a line of its own.

A format such as HTML holds an article's words among thousands of others, so its raw *text* is not the file but the
lines that its reader finds: white space evened out, words without soft hyphens, paragraphs apart by one `\\n`, a
photo's caption and credit on one line where the photo stood. A record rebuilds this text; `provenance.raw_path` names
the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg_news.errors import InputError
from kg_news.read import unseen
from kg_news.read.flattened import text_issues
from kg_news.records import Issue, RawArticle, RawPhoto, Span, Stated


@dataclass(frozen=True)
class Picture:
    """What a format says of a photo: `words` where caption and credit are not parted, else the two."""

    words: str = ""
    caption: str = ""
    credit: str = ""


Part = str | Picture


def compose(
    parts: Iterable[Part], *, article_id: str, path: str, format: str, stated: Stated, doubts: Iterable[Issue] = ()
) -> RawArticle:
    """An article from its paragraphs and photos in reading order. InputError where they are no text."""
    lines: list[str] = []
    photos: list[RawPhoto] = []
    at = 0
    for part in parts:
        line, photo = _photo(part, at) if isinstance(part, Picture) else (_plain(part), None)
        if not line:
            continue
        lines.append(line)
        at += len(line) + 1
        if photo:
            photos.append(photo)
    text = "\n".join(lines)
    if len(lines) == len(photos):
        message = "no article was found in it"
        raise InputError([Issue("text-empty", message, "check that it is an article's page or entry", path)])
    if issues := text_issues(text, path):
        raise InputError(issues)
    return RawArticle(
        id=article_id,
        text=text,
        path=path,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        format=format,
        stated=stated,
        photos=tuple(photos),
        doubts=tuple(doubts),
    )


def even(words: str) -> str:
    """White space evened out: one space between words, none around them."""
    return " ".join(words.split())


def _plain(words: str) -> str:
    """As a reader sees them on a page: `&shy;` inside a word is for the browser."""
    return unseen.without(even(words))


def _photo(picture: Picture, at: int) -> tuple[str, RawPhoto | None]:
    words, caption, credit = _plain(picture.words), _plain(picture.caption), _plain(picture.credit)
    if words:
        return words, RawPhoto(Span(at, at + len(words)))
    line = " ".join(part for part in (caption, credit) if part)
    if not line:
        return "", None
    credit_at = at + len(line) - len(credit)
    return line, RawPhoto(
        Span(at, at + len(line)),
        Span(at, at + len(caption)) if caption and credit else None,
        Span(credit_at, at + len(line)) if credit else None,
    )


def stem(path: str) -> str:
    """An article's id where it is alone in its file: the path without its suffix."""
    head, _, name = path.rpartition("/")
    return f"{head}/{name.rpartition('.')[0] or name}" if head else name.rpartition(".")[0] or name


def id_issue(article_id: str, path: str) -> Issue | None:
    """What is wrong with an id that a file of many gives an article: ids are read as paths, and this one may climb."""
    if article_id.isprintable() and not article_id.startswith("/") and ".." not in article_id.split("/"):
        return None
    message = f"the id {article_id!r} is no path below a folder"
    way_out = "write it without `..`, a slash at its beginning and control characters"
    return Issue("id-invalid", message, way_out, path, pointer="/id")


def unplaced(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Issues of a text that is a value in its file: its lines are not the file's."""
    return tuple(replace(issue, line=None, column=None) for issue in issues)


def key(words: str) -> str:
    """A short name for one of many in a file, from what does not change about it: 16 hex digits of its SHA-256."""
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]
