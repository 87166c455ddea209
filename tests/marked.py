"""Texts with their photo blocks marked inline, so that a case is read in one look.

`[caption| Зал совета.] [marker|Фото:] [credit|Асан Примеров]`: the marks are taken out, and say what must be found.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_MARK = re.compile(r"\[(caption|marker|credit)\|([^\]]*)\]")


class Marked(NamedTuple):
    text: str
    found: tuple[tuple[str | None, str, str], ...]
    """(caption, marker, credit) of each photo."""


def parse(marked: str) -> Marked:
    """The plain text, and the photos that the marks say are in it. Each photo's marks end with its credit."""
    found: list[tuple[str | None, str, str]] = []
    parts: dict[str, str] = {}
    for kind, words in _MARK.findall(marked):
        parts[kind] = words
        if kind == "credit":
            found.append((parts.get("caption"), parts["marker"], parts["credit"]))
            parts = {}
    return Marked(_MARK.sub(r"\2", marked), tuple(found))
