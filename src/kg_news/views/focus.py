"""Which state a text is about: what a name that several states' bodies bear (`парламент`, `МВД`) means in it.

Cities, regions, states and bodies that say whose they are count as evidence; so do the outlet's country and, in a
language of one state, the language. Where no state has more than one and a half times the evidence of each other one,
it cannot be told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache

from kg_news.errors import MissingExtra
from kg_news.registry import RegistryActor
from kg_news.views.gazetteer import word_keys
from kg_news.views.sieve import Sieve
from kg_news.views.tokens import Token

_PLACE = 2
"""Weight of a city or region: it says where something happens, while a state may only be spoken of."""
_HOME = 3
_LANGUAGE = 6
"""Weights of the outlet's country and of the language."""
_LEAST = 2
"""A state that is named once is not what the text is about."""
_LEAD = 1.5
"""How many times the evidence of each other state the first one must have more than."""
_SMALL_LEAD = 1.25
"""The same of a state to which the name in question cannot belong."""
_WIDE = frozenset({"ru", "en"})
"""Languages of news in several states."""


@dataclass(frozen=True)
class About:
    """What a text says of the states that it may be about."""

    weights: Mapping[str, int]
    """By ISO 3166-1 alpha-3 code."""
    places: Mapping[int, frozenset[str]]
    """The states of its cities and regions, by the index of the token."""

    def state(self, among: Collection[str] = ()) -> str | None:
        """The state that the text is about; None where that cannot be told.

        `among` are the states that a name may belong to, if they are known: `Минэнерго` is no ministry of South Korea,
        so that state need only have less evidence than another, not much less.
        """
        total = {state: count for state, count in self.weights.items() if not among or state in among}
        best = max(total, key=total.__getitem__, default="")
        if not best or total[best] < _LEAST:
            return None
        for state, count in self.weights.items():
            lead = _LEAD if not among or state in among else _SMALL_LEAD
            if state != best and total[best] <= lead * count:
                return None
        return best

    def place(self, first: int, last: int) -> str | None:
        """The state of the first city or region that stands between two tokens."""
        for at in range(first, last):
            if len(states := self.places.get(at, ())) == 1:
                return next(iter(states))
        return None


class Focus:
    """What is known of states for telling which one a text is about; a language's places are made when first asked
    for.
    """

    def __init__(self, actors: Iterable[RegistryActor] = ()) -> None:
        self._states = {actor.country: actor for actor in actors if actor.type == "Country" and actor.country}
        self._places: dict[str, tuple[Mapping[str, str], Callable[[str], bool]]] = {}

    def about(self, named: Counter[str], tokens: Sequence[Token], language: str, home: str | None) -> About:
        """What tells which state a text is about.

        `named` is the weight of the states and bodies that the text names, by state; `home` is the outlet's country. It
        counts where the text names it too, or no state at all.
        """
        places = self.places(tokens, language)
        total = Counter(named)
        for states in places.values():
            total.update(dict.fromkeys(states, _PLACE))
        if home and (not total or home in total):
            total[home] += _HOME
        if own := self._of_language(language):
            total[own] += _LANGUAGE
        return About(total, places)

    def places(self, tokens: Sequence[Token], language: str) -> dict[int, frozenset[str]]:
        """The states of the cities and regions that a text names, by the index of the token."""
        if language not in self._places:
            places = self._known_places(language)
            self._places[language] = places, _may_be_in(places, language)
        known, may_be = self._places[language]
        found: dict[int, frozenset[str]] = {}
        for at, token in enumerate(tokens):
            if token.capital and may_be(token.text):
                states = frozenset(known[key] for key in word_keys(token.text, language) if key in known)
                if states:
                    found[at] = states
        return found

    def is_place(self, token: Token, language: str) -> bool:
        """Whether a word is a city or a region of some state."""
        return bool(self.places([token], language))

    def _known_places(self, language: str) -> Mapping[str, str]:
        """The cities by which CLDR names time zones, and the places of the registry, with their states."""
        try:
            from babel import Locale, UnknownLocaleError
            from babel.core import get_global
        except ModuleNotFoundError as error:
            raise MissingExtra("build", error.name) from error
        found: dict[str, str] = {}
        zones: Mapping[str, Mapping[str, str]] = {}
        with suppress(UnknownLocaleError):
            zones = Locale.parse(language).time_zones
        territories = get_global("zone_territories")
        for zone, names in zones.items():
            state = self._by_alpha2.get(str(territories.get(zone)))
            if state and (city := names.get("city")):
                found[city.lower()] = state
        for state, actor in self._states.items():
            found |= {place.lower(): state for place in actor.places.get(language, ())}
        return found

    def _of_language(self, language: str) -> str | None:
        """The state where a language is spoken most, by CLDR's likely subtags: Kyrgyzstan for `ky`."""
        if language in _WIDE:
            return None
        try:
            from babel.core import get_global
        except ModuleNotFoundError as error:
            raise MissingExtra("build", error.name) from error
        likely = str(get_global("likely_subtags").get(language, ""))
        return self._by_alpha2.get(likely.rpartition("_")[2])

    @cached_property
    def _by_alpha2(self) -> Mapping[str, str]:
        """The states' alpha-3 codes by their alpha-2 codes."""
        from babel.core import get_global

        aliases = get_global("territory_aliases")
        return {str(names[0]): state for state in self._states if len(names := aliases.get(state, ())) == 1}


def _may_be_in(places: Mapping[str, str], language: str) -> Callable[[str], bool]:
    """Whether a word may be one of the places: in Russian most are not, and need not be looked up."""
    return lru_cache(maxsize=20_000)(Sieve(places.keys())) if language == "ru" else bool
