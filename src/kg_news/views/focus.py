"""Which state a text is about: what a name that several states' bodies bear (`парламент`, `МВД`) means in it.

Cities, regions, states and bodies that say whose they are count as evidence; so do the outlet's country and, in a
language of one state, the language. Where no state has twice the evidence of each other one, it cannot be told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from kg_news.errors import MissingExtra
from kg_news.registry import RegistryActor
from kg_news.views.gazetteer import word_keys
from kg_news.views.tokens import Token

_PLACE = 2
"""Weight of a city or region: it says where something happens, while a state may only be spoken of."""
_HOME = 3
_LANGUAGE = 6
"""Weights of the outlet's country and of the language."""
_LEAST = 2
"""A state that is named once is not what the text is about."""


class Places:
    """The cities and regions of states, in all languages; each language's are made when they are first asked for."""

    def __init__(self, states: Iterable[RegistryActor] = ()) -> None:
        self._states = tuple(state for state in states if state.type == "Country")
        self._made: dict[str, Mapping[str, str]] = {}

    def evidence(self, tokens: Sequence[Token], language: str) -> Counter[str]:
        """How often places of each state are named: by ISO 3166-1 alpha-3 code."""
        if language not in self._made:
            self._made[language] = self._of(language)
        known = self._made[language]
        found: Counter[str] = Counter()
        for token in tokens:
            if token.capital and (states := {known[key] for key in word_keys(token.text, language) if key in known}):
                found.update(states if len(states) == 1 else ())
        return found

    def _of(self, language: str) -> Mapping[str, str]:
        places = dict(_zone_cities(language))
        for state in self._states:
            places |= {place.lower(): state.country or "" for place in state.places.get(language, ())}
        return places


def focus(evidence: Counter[str], places: Counter[str], language: str, home: str | None) -> str | None:
    """The state that a text is about, as an alpha-3 code; None where that cannot be told.

    `evidence` counts the states and bodies of states that the text names; `home` is the outlet's country.
    """
    total = Counter(evidence)
    for state, count in places.items():
        total[state] += _PLACE * count
    if home:
        total[home] += _HOME
    if own := _state_of_language(language):
        total[own] += _LANGUAGE
    if not total:
        return None
    (best, most), *others = total.most_common(2)
    return best if most >= _LEAST and all(most > 2 * count for _, count in others) else None


_WIDE = frozenset({"ru", "en"})
"""Languages of news in several states."""


@cache
def _state_of_language(language: str) -> str | None:
    """The state where a language is spoken most, by CLDR's likely subtags: Kyrgyzstan for `ky`."""
    if language in _WIDE:
        return None
    from babel.core import get_global

    likely = str(get_global("likely_subtags").get(language, ""))
    return _alpha3().get(likely.rpartition("_")[2])


@cache
def _zone_cities(language: str) -> Mapping[str, str]:
    """The cities that time zones are named by in CLDR, in lower case, with the alpha-3 code of their state."""
    try:
        from babel import Locale, UnknownLocaleError
        from babel.core import get_global
    except ModuleNotFoundError as error:
        raise MissingExtra("build", error.name) from error
    try:
        zones = Locale.parse(language).time_zones
    except UnknownLocaleError:
        return {}
    territories = get_global("zone_territories")
    found: dict[str, str] = {}
    for zone, names in zones.items():
        city, state = names.get("city", ""), _alpha3().get(str(territories.get(zone, "")))
        if city and state and " " not in city:
            found[city.lower()] = state
    return found


@cache
def _alpha3() -> Mapping[str, str]:
    """ISO 3166-1 alpha-3 codes by alpha-2 codes, out of CLDR's aliases."""
    from babel.core import get_global

    aliases = get_global("territory_aliases")
    return {names[0]: code for code, names in aliases.items() if len(code) == 3 and code.isalpha() and len(names) == 1}
