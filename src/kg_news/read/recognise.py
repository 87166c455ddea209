"""Which format bytes are in: asked of their first 64 KiB, never of the file's name alone."""

from __future__ import annotations

import re
from collections.abc import Callable

from kg_news.read.flattened import HEADER

HEAD = 2**16

_XML_ROOT = re.compile(r"<(?![?!])(?:\w+:)?(\w+)")
_HTML = re.compile(r"<!doctype html|<(?:html|head|body|article|div|p|h1|meta)[\s>/]", re.IGNORECASE)
_POST = re.compile(r'"content"\s*:\s*\{\s*"[^"]*"\s*:')
_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n")


def _warc(text: str) -> bool:
    return text.startswith(("WARC/0.", "WARC/1."))


def _root(text: str) -> str:
    match = _XML_ROOT.search(text) if text.startswith("<") else None
    return match[1].lower() if match else ""


def _wxr(text: str) -> bool:
    return _root(text) == "rss" and "wordpress.org/export/" in text


def _feed(text: str) -> bool:
    return _root(text) in {"rss", "feed", "rdf"}


def _html(text: str) -> bool:
    return bool(_HTML.match(text)) or (text.startswith("<") and _root(text) == "html")


def _wordpress(text: str) -> bool:
    return bool(re.match(r"\[\s*[{\]]|\{", text)) and (bool(_POST.search(text)) or text.startswith("["))


def _jsonl(text: str) -> bool:
    return text.startswith("{")


def _plain(text: str) -> bool:
    return bool(_FRONT.match(text))


def _flattened(text: str) -> bool:
    return bool(HEADER.match(text))


_TESTS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("warc", _warc),
    ("wxr", _wxr),
    ("feed", _feed),
    ("html", _html),
    ("wordpress", _wordpress),
    ("jsonl", _jsonl),
    ("plain", _plain),
    ("flattened", _flattened),
)
_BY_NAME = {".txt": "flattened", ".md": "flattened", ".csv": "csv", ".tsv": "csv"}
"""What content alone cannot tell: text is text. The name decides where no other format fits."""


_STRANGERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive, or a document of Word, Excel or OpenOffice"),
    (b"\xd0\xcf\x11\xe0", "a document of an old Word or Excel"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PAR1", "a Parquet table"),
    (b"SQLite format 3", "an SQLite database"),
    (b"BZh", "packed with bzip2"),
    (b"\xfd7zXZ", "packed with xz"),
    (b"7z\xbc\xaf", "packed with 7-Zip"),
    (b"Rar!", "packed with RAR"),
)
"""The first bytes of what people have at hand and no reader knows, as `file` tells them."""


def stranger(head: bytes) -> str | None:
    """What a file that no reader knows seems to be; None where that is not known either."""
    return next((kind for start, kind in _STRANGERS if head.startswith(start)), None)


def recognise(head: bytes, name: str = "") -> str | None:
    """The format of a file that begins with `head` and is called `name`; None where no format is known that fits.

    >>> recognise(b" date 2031-04 Snow."), recognise(b"<?xml version='1.0'?><rss version='2.0'>")
    ('flattened', 'feed')
    """
    if stranger(head):
        return None
    text = _decoded(head).lstrip(" \t\r\n\ufeff")
    for format, test in _TESTS:
        if test(text):
            return format
    suffixes = name.lower().removesuffix(".gz").removesuffix(".zst")
    return next((format for suffix, format in _BY_NAME.items() if suffixes.endswith(suffix)), None)


def _decoded(head: bytes) -> str:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head.decode("utf-16", "replace")
    return head.decode("utf-8", "replace")
