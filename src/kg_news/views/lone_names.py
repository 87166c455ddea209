"""Names of one word that the entity model takes for persons, though the text calls them enterprises: `рудник «Тестор»`
and later `Тестор сообщил`; `сотрудники Зорпрома`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

from kg_news.registry import RegistryActor
from kg_news.views.declension import is_regular
from kg_news.views.given_names import genders_of
from kg_news.views.morph import PERSONAL, PREDICATES, RELATIONAL, known, lemmas, parses
from kg_news.views.naming import Naming
from kg_news.views.ner import Entity
from kg_news.views.sieve import comes_from
from kg_news.views.tokens import QUOTES, TokenIndex

_LEAST = 2
"""Letters before the last part of a company's name."""
_SHORT = 3
"""Letters of a beginning that common words may have too."""


def first_words(actors: Iterable[RegistryActor]) -> frozenset[str]:
    """The first words of what organisations of several words are called in Russian, in lower case: `кумтор` of
    `Кумтор Голд Компани`.
    """
    names = (actor.names.get("ru", "").split() for actor in actors if actor.type in _ORGANIZATIONS)
    return frozenset(words[0].lower() for words in names if len(words) > 1 and words[0].isalpha())


_ORGANIZATIONS = frozenset({"Organization", "Company"})


class LoneNames:
    """What a single word is that the model takes for a person, by what one text says of it."""

    def __init__(self, entities: Sequence[Entity], index: TokenIndex, words: Naming) -> None:
        self._entities = entities
        self._index = index
        self._words = words

    def type_of(self, at: int) -> str | None:
        """`PER`, `ORG`, or None for a site that does not act: a mine as a place."""
        text = self._index.tokens[at].text
        if is_personal(text) or self.is_named(text):
            return "PER"
        if ends_like_company(text, self._words.endings) or is_official(text, self._words.official):
            return "ORG"
        told = self._told(text)
        if told == "site":
            behind = self._index.tokens[at + 1] if at + 1 < len(self._index.tokens) else None
            acts = (
                behind is not None and not _is_genitive(text) and not PREDICATES.isdisjoint(parses(behind.text)[0].tags)
            )
            return "ORG" if acts else None
        return told or "PER"

    def is_named(self, word: str) -> bool:
        """Whether the word is a part of the full name of somebody in the text."""
        return not self._persons.isdisjoint(lemmas(word))

    def _told(self, text: str) -> str | None:
        """What the words before any of the word's mentions tell: `ORG`, or `site`."""
        keys = lemmas(text)
        mentions = [
            at
            for other, places in self._index.raised.items()
            if other[:3] == text[:3] and not keys.isdisjoint(lemmas(other))
            for at in places
        ]
        votes = Counter(self._models.get(at) for at in mentions)
        found = Counter(map(self._before, mentions))
        if found["ORG"] or votes["ORG"] > votes["PER"] or 2 * found["kind"] >= len(mentions):
            return "ORG"
        return "site" if found["site"] or not self._words.firms.isdisjoint(keys) else None

    def _before(self, at: int) -> str | None:
        tokens = self._index.tokens
        quoted = at > 1 and tokens[at - 1].text in QUOTES
        before = at - 1 - quoted
        if before < 0 or not tokens[before].is_word:
            return None
        noun, words = tokens[before].text, self._words
        if comes_from(noun, words.staffed):
            return "ORG" if _is_genitive(tokens[at].text) else None
        if not quoted and _is_genitive(tokens[at].text):
            return None  # `команда Тестора`, whose it is
        if comes_from(noun, words.sites):
            return "site"
        return ("ORG" if quoted else "kind") if comes_from(noun, words.kinds) else None

    def is_anybody(self, surname: str) -> bool:
        """Whether the text has a person of this surname, be it that nothing else is said."""
        return not self._surnames.isdisjoint(lemmas(surname))

    @cached_property
    def _surnames(self) -> frozenset[str]:
        spans = (self._index.within(of.start, of.end) for of in self._entities if of.type == "PER")
        return frozenset().union(*(lemmas(own[-1].text) for own in spans))

    @cached_property
    def _persons(self) -> frozenset[str]:
        """The dictionary forms of the words of whoever is named in full."""
        spans = (self._index.within(of.start, of.end) for of in self._entities if of.type == "PER")
        return frozenset().union(*(lemmas(token.text) for own in spans if len(own) > 1 for token in own))

    @cached_property
    def _models(self) -> dict[int, str]:
        """What the model takes single words for."""
        spans = [(of.type, *self._index.span(of.start, of.end)) for of in self._entities]
        return {first: kind for kind, first, stop in spans if stop == first + 1}


@lru_cache(maxsize=4_000)
def is_personal(word: str) -> bool:
    """Whether a word is known as a name of persons, or looks like a surname."""
    if known(word) and any(not parse.tags.isdisjoint(PERSONAL) for parse in parses(word)):
        return True
    forms = [lemma.capitalize() for lemma in lemmas(word)]
    return any(genders_of(form) or is_regular(form) or form.endswith((*RELATIONAL, "ская")) for form in forms)


@lru_cache(maxsize=4_000)
def ends_like_company(word: str, endings: frozenset[str]) -> bool:
    """`Зорпром`, `Рыбохрана`: a word that the dictionary lacks, made with what companies and services end with."""
    if known(word):
        return False
    return any(
        lemma.endswith(ending) and len(lemma) > len(ending) + _LEAST for lemma in lemmas(word) for ending in endings
    )


@lru_cache(maxsize=4_000)
def is_official(word: str, beginnings: frozenset[str]) -> bool:
    """`Минспорта`, `Госрегистре`, `Госкомспорт`: made of a beginning and a noun. Behind a short one the dictionary must
    lack the whole, as `миндаль` is no ministry.
    """
    lower = word.lower()
    rests = [(len(begun), lower[len(begun) :]) for begun in beginnings if lower.startswith(begun)]
    return any(
        len(rest) > _LEAST + 1 and _is_noun(rest) and (length > _SHORT or not known(word)) for length, rest in rests
    )


def _is_noun(word: str) -> bool:
    return known(word) and "NOUN" in parses(word)[0].tags


def _is_genitive(word: str) -> bool:
    """Whether a form is a genitive and no nominative first of all."""
    tags = parses(word)[0].tags
    return "gent" in tags and "Fixd" not in tags
