"""Tokens: razdel's, as the entity model was trained on them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kg_news.errors import MissingExtra
from kg_news.records import Span

_PIECE = re.compile(r"(?s:.{1,10000})(?:(?<=\s)|\Z)|\S{1,10000}")
"""At most 10,000 code points, up to white space where there is any: no token reaches over it. razdel copies what it
has of a token at every mark in it, so that a line of a million full stops would never end.
"""


QUOTES = frozenset("«»“”„\"'")


class Token(NamedTuple):
    """A word, a number or a mark, with its place in the text."""

    start: int
    end: int
    text: str

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def tokens(text: str) -> tuple[Token, ...]:
    """All tokens of a text, in order. MissingExtra without razdel."""
    return tuple(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    try:
        from razdel import tokenize
    except ModuleNotFoundError as error:
        raise MissingExtra("build", error.name) from error
    for piece in _PIECE.finditer(text):
        start = piece.start()
        for token in tokenize(piece.group()):
            yield Token(start + token.start, start + token.stop, token.text)


def spaced(tokens: Sequence[Token], forms: Sequence[str]) -> str:
    """Other forms of the tokens, with the spaces that the text has between them."""
    gaps = ["", *(" " if after.start > before.end else "" for before, after in pairwise(tokens))]
    return "".join(gap + form for gap, form in zip(gaps, forms, strict=True))


class TokenIndex:
    """Finds tokens by their place in the text."""

    def __init__(self, tokens: Sequence[Token], sentences: Sequence[Span]) -> None:
        self.tokens = tokens
        self._starts = [token.start for token in tokens]
        self._sentences = sentences
        self._sentence_starts = [sentence.start for sentence in sentences]

    def at(self, offset: int) -> int:
        """Index of the token that holds the offset, or of the one before it."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """First token of a stretch of text, and the token behind its last."""
        return self.at(start), self.at(end - 1) + 1

    def within(self, start: int, end: int) -> Sequence[Token]:
        """The tokens that begin in a stretch of text."""
        return self.tokens[bisect_right(self._starts, start - 1) : bisect_right(self._starts, end - 1)]

    def sentence(self, offset: int) -> Span:
        """The sentence around an offset, or the one before it. Every token stands in a sentence."""
        return self._sentences[max(0, bisect_right(self._sentence_starts, offset) - 1)]
