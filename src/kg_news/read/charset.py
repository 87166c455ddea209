"""The text of a page's bytes: what the page says of its charset is checked, not believed."""

from __future__ import annotations

import codecs
import re

from kg_news.errors import InputError
from kg_news.records import Issue
from kg_news.utf8 import decode as decode_utf8
from kg_news.utf8 import place

_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_XML = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]+)""")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CYRILLIC = re.compile(r"[А-Яа-яЁёӨөҮүҢңҚқҒғӘәІіҰұҺһ]")
_STRAY = 0.002
"""Up to two characters in a thousand may be broken: pages are pasted together from several sources."""


def page_text(data: bytes, path: str, declared: str | None = None) -> tuple[str, tuple[Issue, ...]]:
    """The text of an HTML page and what is doubtful about its charset; `declared` is what HTTP said of it.

    A byte order mark decides, then UTF-8 where the bytes are UTF-8 (by chance that all but never happens), then what
    is declared. InputError where none fits.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _strictly(data, name, path), ()
    named = declared or _named(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _otherwise(data, named, path)
    if named and not text.isascii() and _codec(named) not in {"utf-8", "ascii", None}:
        return text, (_wrong(named, "utf-8", path),)
    return text, ()


def _otherwise(data: bytes, named: str | None, path: str) -> tuple[str, tuple[Issue, ...]]:
    """Of bytes that are not UTF-8."""
    codec = _codec(named) if named else None
    if codec not in {None, "utf-8", "ascii"}:
        return _strictly(data, str(codec), path), ()
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if broken <= _STRAY * len(text):
        line, column = place(text, text.index("\ufffd"))
        message = f"{broken} characters of the page are not UTF-8; each became U+FFFD"
        way_out = "look at them; if they stand in the article, fetch the page again"
        return text, (Issue("charset-broken", message, way_out, path, line, column, severity="warning"),)
    cyrillic = data.decode("cp1251", "replace")
    letters = sum(char.isalpha() and not char.isascii() for char in cyrillic)
    if letters and len(_CYRILLIC.findall(cyrillic)) > 0.9 * letters:
        return cyrillic, (_wrong(named or "utf-8", "cp1251", path),)
    decode_utf8(data, path)
    raise AssertionError("the bytes are not UTF-8")


def _named(data: bytes) -> str | None:
    match = _XML.match(data) or _META.search(data, 0, 4096)
    return match[1].decode("ascii") if match else None


def _codec(name: str) -> str | None:
    """Python's name of a charset. Browsers take latin-1 for cp1252, as the WHATWG encoding standard says; None for an
    unknown one.
    """
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return None
    return "cp1252" if codec in {"iso8859-1", "cp1252"} else codec


def _strictly(data: bytes, codec: str, path: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"the page says that it is in {codec}, which it is not"
        raise InputError([Issue("charset-wrong", message, "convert it to UTF-8", path, line)]) from None


def _wrong(named: str, real: str, path: str) -> Issue:
    message = f"the page says that it is in {named}, but it is in {real}, and was read as that"
    return Issue("charset-wrong", message, "check the text; nothing else is to do", path, severity="warning")
