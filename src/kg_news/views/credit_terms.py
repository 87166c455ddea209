"""Words of credits that the registry knows, and what a shape makes of them: a party.

The signs and words between parties, and those that lead on within one, stand here too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kg_news.views.declension import PATRONYMIC_PARTICLES
from kg_news.views.morph import lemmas

PARTICLES = PATRONYMIC_PARTICLES
LEADS_ON = frozenset({"и", "жана", "және", "and", "для", "for", "via", "специально"})
"""What may stand behind a name within a credit in small letters: `Иван Петров специально для «Клоопа»`."""
SEPARATORS = frozenset("/|\\(•+") | {"//"}
"""Signs between the parties of a credit."""
LEGAL_FORMS = frozenset(["ООО", "ОсОО", "ТОО", "АО", "ЗАО", "ОАО", "ПАО", "ИП", "ГП", "ГУП", "Ltd", "LLC"])
"""They stand before a company's name, and begin it."""


@dataclass(frozen=True, eq=False)
class CreditTerms:
    """Words of credits that the registry knows (`registry/photo.yml`, `registry/outlets/`)."""

    names: Mapping[str, int] = field(default_factory=dict)
    """Names of agencies and outlets in lower case, each with its number of tokens."""
    longest: Mapping[str, int] = field(default_factory=dict)
    """The first token of each name, with the number of tokens in the longest that begins with it."""
    closers: frozenset[str] = frozenset()
    """Kyrgyz and Kazakh words that end a body's name, as its head stands last: `кызматы`, `агенттігі`."""
    bodies: frozenset[str] = frozenset()
    """Head nouns (lemmas) of bodies: `министерство`, `пресс-служба`."""
    carriers: frozenset[str] = frozenset()
    """Words (lemmas) that come before the name of who is credited: `скриншот`, `сайт`."""
    outlet_words: frozenset[str] = frozenset()
    """Words that make two capitalised words an outlet: `News`."""
    platforms: frozenset[str] = frozenset()
    """Social networks, in lower case: their page is named by its owner, `Facebook Мирлана Случайного`."""
    apposed: frozenset[str] = frozenset()
    """Nouns (lemmas) behind which a name stands in the nominative: `радио Азаттык`, `мэрия города Ош`."""
    begins: frozenset[str] = frozenset()
    """Words that begin sentences and are no names: Kyrgyz `Кечээ`."""
    given: frozenset[str] = frozenset()
    """Given names that the dictionary lacks."""
    places: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Forms of cities' names that the dictionary lacks, with their cases: `Шымкента`."""
    bent: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Forms of the given names, but their nominatives, with their cases: `Ерлана`."""
    boundary: Mapping[str, float] = field(default_factory=dict)
    """What each fact at a capital weighs for the next sentence's beginning there (`views.credit_facts`)."""


@dataclass(frozen=True)
class Party:
    """One name in a credit."""

    role: Literal["creator", "agency"]
    text: str
    """The name, without quotation marks."""
    end: int
    """Index of the token behind it."""
    shape: str


def is_body(word: str, terms: CreditTerms) -> bool:
    """Whether a word, or the last part of a word with hyphens, heads the name of a body or a page: `YouTube-канал`."""
    return bool((lemmas(word) | lemmas(word.rpartition("-")[2])) & terms.bodies)
