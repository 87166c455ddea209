"""Sentences: razdel's, and every line break between paragraphs ends one too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg_news.errors import MissingExtra
from kg_news.records import Span

_LINE = re.compile(r"[^\r\n]+")
_WINDOW = 10_000
"""Code points of a line that razdel sees at once, and the longest sentence: it copies what it has of a sentence at
every mark in it, so that a line without sentences would never end.
"""
_CONTEXT = 50
"""razdel looks less far than this to either side of a mark; nearer to a window's end it could decide otherwise."""


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


def _of_window(text: str, start: int, stop: int) -> Iterator[Span]:
    try:
        from razdel import sentenize
    except ModuleNotFoundError as error:
        raise MissingExtra("build", error.name) from error
    for sentence in sentenize(text[start:stop]):
        if sentence.start < sentence.stop:
            yield Span(start + sentence.start, start + sentence.stop)
