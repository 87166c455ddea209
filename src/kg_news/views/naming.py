"""The lists of words by which names are told from what only looks like them, made ready for reading."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from kg_news.views.morph import Parse, parses
from kg_news.views.sieve import sieve

Words = frozenset[str]
_NONE: Words = frozenset()
_LEAST = 3
"""Letters of an adjective's beginning in a compound, and of the noun: `горсуд`."""


@dataclass(frozen=True)
class Naming:
    """`naming` of `registry/languages/<tag>.yml`; `schema/language.schema.json` says what each list is for."""

    alone: Words = _NONE
    described: Words = _NONE
    placed: Words = _NONE
    houses: Words = _NONE
    mute: Words = _NONE
    plurals: Words = _NONE
    sent: Words = _NONE
    led: Words = _NONE
    founded: Words = _NONE
    unaimed: Words = _NONE
    describing: Words = _NONE
    doing: Words = _NONE
    placeless: Words = _NONE
    deeds: Words = _NONE
    kinds: Words = _NONE
    legal: Words = _NONE
    things: Words = _NONE
    not_bodies: Words = _NONE
    trading: Words = _NONE
    shopping: Words = _NONE
    called: Words = _NONE
    told: Words = _NONE
    sites: Words = _NONE
    staffed: Words = _NONE
    governing: Words = _NONE
    endings: Words = _NONE
    official: Words = _NONE
    platforms: Words = _NONE
    metonyms: Words = _NONE
    placing: Words = _NONE
    state_people: Words = _NONE
    servants: Words = _NONE
    abroad: Words = _NONE
    nationality: Words = _NONE
    regions: Words = _NONE
    quoted: Words = _NONE
    named: Words = _NONE
    loose: Words = _NONE
    honours: Words = _NONE
    memorials: Words = _NONE
    offices: Words = _NONE
    """Heads of offices, which the language lists by themselves."""
    firms: Words = _NONE
    """The first words of what the registry's organisations of several words are called, in lower case: `кумтор`."""

    @cached_property
    def heads(self) -> Words:
        """All common nouns that bodies are named by."""
        return self.alone | self.described | self.placed | self.houses

    @cached_property
    def head(self) -> Callable[[str], Parse | None]:
        """The reading in which a word is a head, `власти` as a plural; None for other words. Asked of each word of each
        article, and kept.
        """
        return lru_cache(maxsize=12_000)(self._head)

    def _head(self, word: str) -> Parse | None:
        if word[:3].lower() not in self._beginnings or not sieve(self.heads)(word):
            return None  # most words need not be looked up
        nouns = (parse for parse in parses(word)[:3] if "NOUN" in parse.tags and parse.lemma in self.heads)
        return next((parse for parse in nouns if "plur" in parse.tags or parse.lemma not in self.plurals), None)

    @cached_property
    def noun(self) -> Callable[[str], tuple[str, str] | None]:
        """The head that a word is or ends with, and with a full stop the beginning of the adjective that is a part of
        it: `служба` and `погран.` for `Погранслужбе`; None for other words.
        """
        return lru_cache(maxsize=20_000)(self._noun)

    def _noun(self, word: str) -> tuple[str, str] | None:
        parse = self.head(word)
        lemma = parse.lemma if parse else parses(word)[0].lemma
        cuts = range(_LEAST, len(lemma) - _LEAST + 1)
        cut = next((cut for cut in cuts if lemma[cut:] in self.heads and lemma[cut - 1] != "-"), None)
        if cut is not None:
            return lemma[cut:], lemma[:cut] + "."
        return (lemma, "") if parse else None

    @cached_property
    def _beginnings(self) -> Words:
        return frozenset(word[:3] for word in self.heads)

    @cached_property
    def buildings(self) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        """The metonyms word by word, by their first three letters with a capital."""
        found: dict[str, tuple[tuple[str, ...], ...]] = {}
        for name in sorted(self.metonyms):
            key = name[:3].capitalize()
            found[key] = (*found.get(key, ()), tuple(name.split()))
        return found
