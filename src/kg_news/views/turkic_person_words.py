"""What persons are told by in Kyrgyz and Kazakh texts, and the forms of their names.

Both languages put the case into an ending that follows the vowels of the word (Kyrgyz: `Примеровдун`, `Примеровго`;
Kazakh: `Примеровтың`, `Примеровке`). No Russian morphology is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg_news.views.turkic_titles import TitleNouns

_ENDINGS = {
    # Genitive, accusative, dative, locative, ablative, instrumental, in all their harmonies. Which one a surname takes
    # is not checked: -ев, which is front itself, goes with the stem before it: `Тоқаевтың`, but `Әлиевтің`.
    "ky": r"(?:[нтд][ыиуү]н|[нтд][ыиуү]|г[аеоө]|к[еоө]|(?<!в)ка|на|[дт][аеоө]н?)",
    "kk": r"(?:[нтд][ыі]ң|[нтд][ыі]|[қғ]а|[кг]е|[дтн][ае]н|[дтн][ае]|[мбп]ен)",
}
ENDING = {tag: re.compile(rf"(?P<base>.{{3,}}?)(?P<ending>{endings})$") for tag, endings in _ENDINGS.items()}
SURNAME = re.compile(
    r"(?:[оеё]в|[иы]н|[цс]кий|[цс]кая|[оеё]ва|[иы]на|ұлы|улы|уулу|тегин|қызы|кызы|вич|енко|швили|[иео]дзе|[аеи][нр]ян)$"
)
LINKS = frozenset({"уулу", "кызы", "ұлы", "қызы", "улы", "тегин"})
"""What stands behind a father's name."""


@dataclass(frozen=True)
class PersonWords:
    """What persons are told by in a language, from `registry/languages/<tag>.yml`."""

    language: str
    titles: TitleNouns
    given_names: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    """First names that are other words too, which may begin a sentence: `Азамат`."""
    never: frozenset[str] = frozenset()
    """What tells nobody by itself: `Ислам`, `Киев`."""
    surnames: frozenset[str] = frozenset()
    """Surnames that the world knows and no ending tells: `Трамп`."""
    things: frozenset[str] = frozenset()
    """Nouns of what is called after a person: `көшесі`."""
    honorifics: frozenset[str] = frozenset()
    """What stands behind a first name: `ата`, `мырза`."""
    sure: frozenset[str] = frozenset()
    """What stands behind any name: `хан`, `есімді`."""
    sayings: frozenset[str] = frozenset()
    """What somebody says, thinks: `айтуынша`."""
    places: frozenset[str] = frozenset()
    """Names of towns."""


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """A surname or a particle behind a father's name without the ending of its case; another word as it is.

    >>> stem("Примеровдун", "ky"), stem("Примеровамен", "kk"), stem("Асан", "ky")
    ('Примеров', 'Примерова', 'Асан')
    """
    match = ENDING[language].match(word)
    return match["base"] if match and (SURNAME.search(match["base"]) or match["base"] in LINKS) else word


def nominative(word: str, known: PersonWords) -> str:
    """A surname or a first name without the ending of its case: `Асан` of `Асандын`."""
    match = ENDING[known.language].match(word)
    named = match and (match["base"] in known.given_names or match["base"] in known.surnames)
    return match["base"] if match and named else stem(word, known.language)


def bases(word: str, known: PersonWords) -> tuple[str, ...]:
    """What a word may be without the ending of a case, the likeliest first: `Ким` of `Кимнің`."""
    match = ENDING[known.language].match(word)
    return (nominative(word, known), word, *([match["base"]] if match else ()))


def is_place(word: str, known: PersonWords) -> bool:
    """`Алматыда`."""
    return not known.places.isdisjoint(bases(word, known))
