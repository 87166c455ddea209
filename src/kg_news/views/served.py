"""Which state a public body belongs to, or somebody in office serves, where the registry does not tell it.

The state or the city in the name or the office says so (`судья Первомайского районного суда Бишкека`), else what the
article is about: in one about Osh `прокуратура` is Kyrgyzstan's. An embassy is none of the state in which it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg_news.records import Span
from kg_news.views.focus import About
from kg_news.views.gazetteer import word_keys
from kg_news.views.sieve import comes_from
from kg_news.views.tokens import TokenIndex


@dataclass(frozen=True)
class Servants:
    """What the service of a state is told by in a language: words in the nominative, lower case."""

    people: frozenset[str] = frozenset()
    """`аким`, `министр`: who is one serves a state."""
    bodies: frozenset[str] = frozenset()
    """`прокуратура`, `министерство`."""
    abroad: frozenset[str] = frozenset()
    """`посольство`: bodies and people that serve another state than the one around them."""


@dataclass(frozen=True)
class Served:
    """The states of one article's public bodies and people in office."""

    index: TokenIndex
    states: Mapping[int, str | None]
    """ISO 3166-1 alpha-3 codes of the states that the text names, by the index of their tokens."""
    about: Callable[[], About]
    words: Servants
    language: str

    def by_body(self, name: Span, *, public: bool) -> str | None:
        """The state of a body with this name. One that is not public is a state's only if that stands in its name."""
        first, last = self.index.span(*name)
        return self._named(first, last) or (self._around(first, last) if public else None)

    def by_office(self, office: Span) -> str | None:
        """The state that is served in an office which names none; at an embassy the one whose it is."""
        first, last = self.index.span(*office)
        if self._has(first, last, self.words.abroad):
            return self._named(first, last)
        return self._around(first, last) if self._has(first, last, self.words.people | self.words.bodies) else None

    def _named(self, first: int, last: int) -> str | None:
        return next((state for at in range(first, last) if (state := self.states.get(at))), None)

    def _around(self, first: int, last: int) -> str | None:
        if self._has(first, last, self.words.abroad):
            return None
        about = self.about()
        return about.place(first, last) or about.state()

    def _has(self, first: int, last: int, words: frozenset[str]) -> bool:
        if self.language == "ru":
            return any(comes_from(token.text, words) for token in self.index.tokens[first:last])
        return any(
            not words.isdisjoint(word_keys(token.text, self.language)) for token in self.index.tokens[first:last]
        )
