"""Bytes to text: UTF-8, strictly, with errors that say where, and what else the bytes may be."""

from __future__ import annotations

import re

from kg_news.errors import InputError
from kg_news.records import Issue

_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
_SMALL = re.compile(r"[а-яё]")
_OTHERS = {"cp1251": "cp1251 (Windows Cyrillic)", "koi8-r": "KOI8-R", "cp866": "cp866 (DOS Cyrillic)"}
"""Encodings of Cyrillic by their names in Python; iconv knows them by the same."""


def decode(data: bytes, shown: str) -> str:
    """The text. InputError names the place, and the encoding that the bytes probably have."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = place(data[: error.start].decode("utf-8", "replace"), None)
        if _SURROGATE.match(data, error.start):
            raise InputError([lone_surrogate(shown, line, column)]) from None
        likely, way_out = _likely(data)
        raise InputError([Issue("not-utf8", f"the file is not UTF-8{likely}", way_out, shown, line, column)]) from None


def place(text: str, offset: int | None) -> tuple[int, int]:
    """Line and column, both from 1, of an offset in a text (of its end for None)."""
    before = text[:offset]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def lone_surrogate(path: str, line: int, column: int) -> Issue:
    """The error about half of a UTF-16 surrogate pair."""
    message = "half of a UTF-16 surrogate pair stands alone"
    return Issue("lone-surrogate", message, "save the file again from its source as UTF-8", path, line, column)


def _likely(data: bytes) -> tuple[str, str]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "; it looks like UTF-16", "convert it: iconv -f UTF-16 -t UTF-8"
    if b"\0" in data:
        return "; it looks like no text at all", "give it as text"
    high = bytes(byte for byte in data if byte > 0x7F)
    damaged = data.decode("utf-8", "ignore").encode()  # as UTF-8, but for a few bytes
    mostly_utf8 = 2 * sum(byte > 0x7F for byte in damaged) > len(high)
    # In the wrong one of them letters are letters too, but most small ones are capitals, or no letters.
    name = max(_OTHERS, key=lambda encoding: len(_SMALL.findall(high.decode(encoding, "replace"))))
    if not mostly_utf8 and 2 * len(_CYRILLIC.findall(high.decode(name, "replace"))) > len(high):
        return f"; it looks like {_OTHERS[name]}", f"convert it: iconv -f {name.upper()} -t UTF-8"
    return "", "save it as UTF-8"
