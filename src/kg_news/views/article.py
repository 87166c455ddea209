"""What the search for actors is given: an article's text and its views so far, and what is known of actors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kg_news.records import Span
from kg_news.registry import RegistryActor
from kg_news.views.focus import Focus
from kg_news.views.gazetteer import Match
from kg_news.views.holders import Holders
from kg_news.views.naming import Naming
from kg_news.views.ner import Entity
from kg_news.views.office_titles import TitleWords
from kg_news.views.served import Servants
from kg_news.views.sieve import Sieve, sieve
from kg_news.views.tokens import Token, TokenIndex
from kg_news.views.turkic_bodies import BodyNouns
from kg_news.views.turkic_person_words import PersonWords


@dataclass(frozen=True)
class Known:
    """What is known of actors before any article is read."""

    registry: Mapping[str, RegistryActor]
    titles: TitleWords = field(default_factory=TitleWords)
    """Heads of offices in Russian, from `registry/languages/ru.yml` (lemmas), with the lists that tell where an office
    begins and ends, and whose it is.
    """
    callings: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Heads of offices that stand for the person whom an article is about, each with the offices that tell more."""
    documents: frozenset[str] = frozenset()
    public_bodies: frozenset[str] = frozenset()
    companies: frozenset[str] = frozenset()
    naming: Naming = field(default_factory=Naming)
    namings: Mapping[str, Naming] = field(default_factory=dict)
    """The same of the other languages."""
    focus: Focus = field(default_factory=Focus)
    servants: Mapping[str, Servants] = field(default_factory=dict)
    """By language, what the service of a state is told by."""
    terms: frozenset[str] = frozenset()
    """Words by which the registry's offices begin, in Russian: the heads that may stand for their holder."""
    person_words: Mapping[str, PersonWords] = field(default_factory=dict)
    """By language, what persons are told by where no entity model is asked: Kyrgyz, Kazakh."""
    body_nouns: Mapping[str, BodyNouns] = field(default_factory=dict)
    """By the same languages, the nouns that names of bodies end with."""
    holders: Mapping[str, Holders] = field(default_factory=dict)
    """By language, the registry's persons."""

    @property
    def offices(self) -> frozenset[str]:
        """The heads of offices."""
        return self.titles.heads

    @cached_property
    def sieves(self) -> tuple[Sieve, ...]:
        """Those that every Russian article needs, made with the first one, whatever stands in it."""
        words = self.naming
        lists = (words.heads, words.kinds, words.things, words.honours, words.platforms, words.not_bodies)
        return tuple(map(sieve, (self.offices, self.terms, frozenset(self.callings), self.documents, *lists)))


@dataclass(frozen=True)
class Article:
    """What is known of the text before its actors are."""

    text: str
    tokens: tuple[Token, ...]
    index: TokenIndex
    """Of these tokens."""
    sentences: tuple[Span, ...]
    entities: tuple[Entity, ...]
    matches: tuple[Match, ...]
    language: str
    country: str | None
    """Where the outlet is at home."""
    date: str | None = None
    """When it was published, in EDTF level 0."""
