"""Sentences: razdel's, and every line break between paragraphs ends one too."""

from __future__ import annotations

import re

from kg_news.errors import MissingExtra
from kg_news.records import Span

_LINE = re.compile(r"[^\r\n]+")


def sentences(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """The sentences of a stretch of text, as spans of the whole text without the white space around them."""
    try:
        from razdel import sentenize
    except ModuleNotFoundError as error:
        raise MissingExtra("build", error.name) from error
    found = []
    for line in _LINE.finditer(text, start, len(text) if end is None else end):
        for sentence in sentenize(line.group()):
            if sentence.start < sentence.stop:
                found.append(Span(line.start() + sentence.start, line.start() + sentence.stop))
    return tuple(found)
