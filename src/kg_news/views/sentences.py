"""Sentences: razdel's, and every line break between paragraphs ends one too.

razdel asks its rules about every mark that may end a sentence. Most are followed by no space, or by a word in small
letters, and end none: these are passed over, and the rules are asked about the others alone. `tests/test_tokens.py`
holds the sentences against razdel's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

from kg_news.errors import MissingExtra
from kg_news.records import Span

_LINE = re.compile(r"[^\r\n]+")
_WINDOW = 10_000
"""Code points of a line that are looked at once, and the longest sentence."""
_CONTEXT = 50
"""razdel looks less far than this to either side of a mark; nearer to a window's end it could decide otherwise."""
_GOES_ON = re.compile(r"\S|\s[а-яёa-z]+[\s,.]")
"""Behind a mark that ends no sentence, by razdel's first rules."""


def sentences(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """The sentences of a stretch of text, as spans of the whole text without the white space around them."""
    lines = _LINE.finditer(text, start, len(text) if end is None else end)
    return tuple(sentence for line in lines for sentence in _of_line(text, *line.span()))


def _of_line(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end:
        stop = min(start + _WINDOW, end)
        found = list(_of_window(text, start, stop))
        if stop < end:  # what the window may have cut is left for the next one
            found = [span for span in found if span.end < stop - _CONTEXT] or found
        yield from found
        start = found[-1].end if found and stop < end else stop


class _Rules(NamedTuple):
    mark: re.Pattern[str]
    """Marks that may end a sentence."""
    sides: int
    """How many code points on each side of a mark the rules see."""
    split: Callable[[str, str, str, str], Any]
    joins: Callable[[Any], bool | None]
    enough: int
    """How many code points of the sentence so far show whether it is a list's number."""


@cache
def _rules() -> _Rules:
    try:
        from razdel.segmenters.sentenize import BULLET_SIZE, SentSplit, sentenize
    except ModuleNotFoundError as error:
        raise MissingExtra("build", error.name) from error
    return _Rules(sentenize.split.re, sentenize.split.window, SentSplit, sentenize.join, BULLET_SIZE + 1)


def _of_window(text: str, start: int, stop: int) -> Iterator[Span]:
    rules = _rules()
    begin = start
    for mark in rules.mark.finditer(text, start, stop):
        first, last = mark.span()
        if last == stop or _GOES_ON.match(text, last, stop):
            continue
        left, right = text[max(start, first - rules.sides) : first], text[last : min(stop, last + rules.sides)]
        begun = text[begin : min(first, begin + rules.enough)]
        if not rules.joins(rules.split(left, mark.group(), right, begun)):
            yield from _stripped(text, begin, last)
            begin = last
    yield from _stripped(text, begin, stop)


def _stripped(text: str, start: int, stop: int) -> Iterator[Span]:
    words = text[start:stop].lstrip()
    if words:
        yield Span(stop - len(words), stop - len(words) + len(words.rstrip()))
