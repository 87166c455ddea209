"""Disjoint stretches of a text, to be found by their place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import Protocol


class Stretch(Protocol):
    """Whatever has a place in a text: a span, an entity, a quotation."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


class Disjoint:
    """Stretches of which no two share a character, in any order."""

    def __init__(self, stretches: Iterable[Stretch]) -> None:
        places = sorted((stretch.start, stretch.end) for stretch in stretches)
        self._starts = [start for start, _ in places]
        self._ends = [end for _, end in places]

    def overlap(self, start: int, end: int) -> bool:
        """Whether a stretch of text shares a character with one of them."""
        at = bisect_right(self._starts, end - 1) - 1
        return at >= 0 and self._ends[at] > start
