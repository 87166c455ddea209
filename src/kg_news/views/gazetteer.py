"""Finds the registry's actors in a text by all their names, in whatever case the words stand.

Every name and alias becomes a row of *keys*, a set of possible dictionary forms for each word; a stretch of text
matches when each of its words shares a key with the row. Longest match wins. Generic forms («кабмин», «парламент»)
may belong to several actors; which one is meant is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Protocol

from kg_news.errors import MissingExtra
from kg_news.views.morph import lemmas, parses
from kg_news.views.tokens import Token, tokens

Keys = frozenset[str]


class ActorLike(Protocol):
    """What the gazetteer reads of an actor in the registry."""

    @property
    def id(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def country(self) -> str | None: ...
    @property
    def names(self) -> Mapping[str, str]: ...
    @property
    def aliases(self) -> Mapping[str, tuple[str, ...]]: ...
    @property
    def generic(self) -> Mapping[str, tuple[str, ...]]: ...


@dataclass(frozen=True)
class Match:
    """A stretch of text that names one of `actors`."""

    start: int
    end: int
    actors: tuple[str, ...]
    """Ids, of the actors with this name; more than one for a generic form."""
    generic: bool
    first: int
    """Index of the first token."""
    last: int
    """Index behind the last token."""


@dataclass(frozen=True)
class _Form:
    keys: tuple[Keys, ...]
    exact: str | None
    """For an abbreviation: the only way it is written."""
    capital: bool
    """Whether a single word must have a capital: «Того» the state, not «того»."""
    place: bool
    actor: str
    generic: bool


class Gazetteer:
    """All names in one language."""

    def __init__(self, actors: Iterable[ActorLike], language: str) -> None:
        self._language = language
        self._forms: dict[str, list[_Form]] = {}
        for actor in actors:
            for name in names_of(actor, language):
                self._add(actor, name, generic=False)
            for name in actor.generic.get(language, ()):
                self._add(actor, name, generic=True)

    def _add(self, actor: ActorLike, name: str, *, generic: bool) -> None:
        words = [token.text for token in tokens(name) if token.text not in _QUOTES]
        abbreviation = len(words) == 1 and words[0].isupper() and 1 < len(words[0]) <= 7
        form = _Form(
            keys=tuple(self._name_keys(word) for word in words),
            exact=words[0] if abbreviation else None,
            capital=len(words) == 1 and words[0][0].isupper(),
            place=actor.type == "Country",
            actor=actor.id,
            generic=generic,
        )
        for key in form.keys[0]:
            self._forms.setdefault(key, []).append(form)

    def _name_keys(self, word: str) -> Keys:
        """Keys of a word in a name: its own form, and in Russian its likeliest dictionary form («министров» →
        «министр»).
        """
        return word_keys(word, self._language) if self._language == "ru" else frozenset({word.lower()})

    def matches(self, text_tokens: tuple[Token, ...]) -> tuple[Match, ...]:
        """The longest matches, from left to right, disjoint."""
        found: list[Match] = []
        i = 0
        while i < len(text_tokens):
            match = self._longest(text_tokens, i)
            if match:
                found.append(match)
                i = match.last
            else:
                i += 1
        return tuple(found)

    def _longest(self, text_tokens: tuple[Token, ...], i: int) -> Match | None:
        if not text_tokens[i].text[0].isalnum():
            return None
        forms = {
            form: None
            for key in word_keys(text_tokens[i].text, self._language)
            for form in self._forms.get(key, ())
            if self._fits(form, text_tokens, i)
        }
        if not forms:
            return None
        length = max(len(form.keys) for form in forms)
        longest = [form for form in forms if len(form.keys) == length]
        exact = [form for form in longest if form.exact] or longest
        generic = all(form.generic for form in exact)
        actors = sorted({form.actor for form in exact if form.generic == generic})
        return Match(
            text_tokens[i].start,
            text_tokens[i + length - 1].end,
            tuple(actors),
            generic or len(actors) > 1,
            i,
            i + length,
        )

    def _fits(self, form: _Form, text_tokens: tuple[Token, ...], i: int) -> bool:
        here = text_tokens[i : i + len(form.keys)]
        if len(here) < len(form.keys):
            return False
        if form.exact:
            return here[0].text == form.exact
        if form.capital and not here[0].capital:
            return False
        if form.place and form.capital and self._language == "ru" and not _may_be_place(here[0].text):
            return False
        return all(keys & word_keys(token.text, self._language) for keys, token in zip(form.keys, here, strict=True))


_QUOTES = frozenset("«»\"“”„'")


def _may_be_place(word: str) -> bool:
    """Whether the dictionary takes a word for a place first of all: «Мали», but not «Того» at the start of a
    sentence.
    """
    readings = parses(word)
    return "Geox" in readings[0].tags or not any(parse.tags & _OTHER for parse in readings)


_OTHER = frozenset({"NPRO", "PREP", "CONJ", "ADVB", "VERB", "PRCL", "Apro"})


def names_of(actor: ActorLike, language: str) -> tuple[str, ...]:
    """All its names in a language that say who it is, the registry's own first; a state has those of CLDR too."""
    names = [actor.names[language]] if language in actor.names else []
    if actor.type == "Country" and actor.country:
        names += country_names(actor.country, language)
    return tuple(dict.fromkeys([*names, *actor.aliases.get(language, ())]))


def name_of(actor: ActorLike, language: str) -> str:
    """What the dataset calls an actor: its name in the article's language, else in Russian, else in English."""
    for tag in (language, "ru", "en"):
        if names := names_of(actor, tag):
            return names[0]
    return next(iter(actor.names.values()))


@cache
def country_names(alpha3: str, language: str) -> tuple[str, ...]:
    """The state's name in CLDR; empty for a code or a language that CLDR lacks."""
    try:
        from babel import Locale, UnknownLocaleError
        from babel.core import get_global
    except ModuleNotFoundError as error:
        raise MissingExtra("build", error.name) from error
    try:
        territories = Locale.parse(language).territories
    except UnknownLocaleError:
        return ()
    alpha2 = next(iter(get_global("territory_aliases").get(alpha3, ())), "")
    return (territories[alpha2],) if alpha2 in territories else ()


@lru_cache(maxsize=50_000)
def word_keys(word: str, language: str) -> Keys:
    """The dictionary forms that a word may come from: by morphology in Russian, by endings in Kyrgyz and Kazakh."""
    if language == "ru":
        return lemmas(word)
    lower = word.lower()
    return turkic_stems(lower) if language in {"ky", "kk"} else frozenset({lower})


# Case and possessive endings of Kyrgyz and Kazakh, after vowel harmony and assimilation: Кыргызстан|да, Токаев|дин,
# Казакстан|га, министрлиг|и|нин. Plural endings change who is meant, so they are not here.
_ENDINGS = re.compile(
    r"(?:[нндт][ыиуүіө]н|[нндт][ің]+|н[ыі]ң|[дт][ыі]ң|[гкқғ][аеоөә]|н[аеәө]|[дт][аеоөә]н?|н[аеә]н|[нндт][ыиуүі]|[мбп]ен|менен|[ыиуүі]н?|с[ыиуүі]н?)$"
)


def turkic_stems(word: str) -> Keys:
    """The word, and what is left of it when up to two endings are taken off."""
    stems = {word}
    for _ in range(2):
        for stem in tuple(stems):
            for cut in range(1, 6):
                if len(stem) - cut >= 3 and _ENDINGS.fullmatch(stem, len(stem) - cut):
                    stems.add(stem[:-cut])
    return frozenset(stems)
