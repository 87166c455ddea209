"""Tokens: razdel's, as the entity model was trained on them."""

from __future__ import annotations

from typing import NamedTuple

from kg_news.errors import MissingExtra


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
    try:
        from razdel import tokenize
    except ModuleNotFoundError as error:
        raise MissingExtra("build", error.name) from error
    return tuple(Token(token.start, token.stop, token.text) for token in tokenize(text))
