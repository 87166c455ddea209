"""`Doc`: one raw article with everything that the fields ask of it, each view computed once, when it is first asked
for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from kg_news.records import Actor, Issue, Quote, RawArticle, Span
from kg_news.registry import Language, Outlet, Registry, RegistryActor
from kg_news.views.actors import actors
from kg_news.views.article import Article, Known
from kg_news.views.dateline import Dateline, DatelineTerms, dateline_terms, datelines, is_city, same_house
from kg_news.views.focus import Focus
from kg_news.views.gazetteer import TURKIC, Gazetteer, Match
from kg_news.views.holders import Holders, office_words
from kg_news.views.language import Guess, guess_language
from kg_news.views.layout import Layout, lay_out
from kg_news.views.lone_names import first_words
from kg_news.views.marked_photos import with_marked
from kg_news.views.naming import Naming
from kg_news.views.ner import Entity, entities
from kg_news.views.office_titles import TitleWords
from kg_news.views.photo_blocks import PhotoBlock, PhotoTerms, photo_blocks, photo_terms
from kg_news.views.published import Conflict, Evidence, evidence, settled
from kg_news.views.quotes import quotes
from kg_news.views.sentences import sentences
from kg_news.views.served import Servants
from kg_news.views.speakers import SpeechTerms
from kg_news.views.telling import telling
from kg_news.views.tokens import Token, TokenIndex, tokens
from kg_news.views.turkic_bodies import BodyNouns
from kg_news.views.turkic_person_words import PersonWords
from kg_news.views.turkic_quotes import turkic_quotes
from kg_news.views.turkic_titles import TitleNouns


@dataclass(frozen=True, eq=False)
class Knowledge:
    """A registry made ready for reading articles. Made once for each registry."""

    registry: Registry
    photo: PhotoTerms
    actors: Known
    speech: Mapping[str, SpeechTerms]
    gazetteers: Mapping[str, Gazetteer]
    datelines: DatelineTerms

    @cached_property
    def may_tell(self) -> Callable[[str], bool]:
        """Whether any of the lists knows a Russian word that all its words are held against."""
        lists = (self.gazetteers["ru"].openings, self.actors.naming.heads, self.speech["ru"].cues)
        return telling(self.actors.offices, *lists)


class _Gazetteers(Mapping[str, Gazetteer]):
    """A language's gazetteer, made when it is first asked for: all of them take most of a second, and `validate` asks
    for none.
    """

    def __init__(self, actors: list[RegistryActor], languages: Iterable[str]) -> None:
        self._actors, self._languages = actors, tuple(languages)
        self._made: dict[str, Gazetteer] = {}

    def __getitem__(self, language: str) -> Gazetteer:
        if language not in self._made:
            if language not in self._languages:
                raise KeyError(language)
            self._made[language] = Gazetteer(self._actors, language)
        return self._made[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._languages)

    def __len__(self) -> int:
        return len(self._languages)


@cache
def knowledge(registry: Registry) -> Knowledge:
    """Compile the registry's words and names."""
    russian = registry.languages["ru"]
    turkic = {tag: registry.languages[tag] for tag in sorted(TURKIC) if tag in registry.languages}
    bodies = [actor for actor in registry.actors.values() if actor.type != "Person"]
    return Knowledge(
        registry=registry,
        photo=photo_terms(registry),
        actors=Known(
            registry=registry.actors,
            holders={language: Holders(registry.actors, language) for language in registry.languages},
            titles=TitleWords(russian.offices, **russian.titles),
            callings={noun: russian.holders.get(noun, frozenset()) for noun in russian.callings},
            person_words={tag: _person_words(own, bodies) for tag, own in turkic.items()},
            body_nouns={tag: _body_nouns(own, registry.outlets.values(), bodies) for tag, own in turkic.items()},
            terms=office_words(registry.actors) & russian.offices,
            documents=russian.documents,
            public_bodies=russian.public_bodies,
            companies=russian.companies,
            namings={tag: Naming(**language.naming) for tag, language in registry.languages.items() if tag != "ru"},
            focus=Focus(registry.actors.values()),
            servants={tag: _servants(own) for tag, own in registry.languages.items()},
            naming=Naming(**russian.naming, offices=russian.offices, firms=first_words(registry.actors.values())),
        ),
        speech={
            tag: SpeechTerms(own.cues, own.attributions, own.bodies, own.anonymous, own.holders, own.statements)
            for tag, own in registry.languages.items()
        },
        gazetteers=_Gazetteers(bodies, registry.languages),
        datelines=dateline_terms(registry.languages.values(), registry.outlets.values()),
    )


def _person_words(language: Language, bodies: Iterable[RegistryActor]) -> PersonWords:
    towns = {place for actor in bodies for place in actor.places.get(language.id, ())}
    places = frozenset({*towns, *language.places})
    return PersonWords(language.id, _title_nouns(language), language.given_names, places=places, **language.names)


def _title_nouns(language: Language) -> TitleNouns:
    apart = language.naming.get("describing", frozenset())
    return TitleNouns(language.offices, language.function_words, apart=apart, **language.titles)


def _body_nouns(language: Language, outlets: Iterable[Outlet], bodies: Iterable[RegistryActor]) -> BodyNouns:
    words = {kind: language.naming.get(kind, frozenset()) for kind in ("describing", "quoted", "named", "loose")}
    known = {  # `«Хабар» агенттігі`
        name[1 : name.index("»")] if name[0] == "«" and "»" in name else name: actor
        for actor in bodies
        for name in (actor.names.get(language.id, ""), *actor.aliases.get(language.id, ()))
        if name
    }
    media = {name: known.get(name) for outlet in outlets if (name := outlet.names.get(language.id))}
    named = {
        name.lower(): (actor.names[language.id], actor.id) if actor else (name, None) for name, actor in media.items()
    }
    words["given"] = language.titles.get("given", frozenset())
    return BodyNouns(language.public_bodies, language.companies, language.organizations, media=named, **words)


def _servants(language: Language) -> Servants:
    none: frozenset[str] = frozenset()
    abroad = language.naming.get("abroad", none)
    return Servants(language.naming.get("servants", none), language.public_bodies, abroad)


class Doc:
    """A raw article and its views. Spans of photo blocks are of the raw text, all others of `text`."""

    def __init__(self, raw: RawArticle, registry: Registry) -> None:
        self.raw = raw
        self.known = knowledge(registry)
        self.issues: list[Issue] = list(raw.doubts)
        """What is doubtful about the article; the views and fields add to it."""

    @cached_property
    def url(self) -> str | None:
        return self.raw.metadata.get("url") or self.raw.stated.url

    @cached_property
    def url_outlet(self) -> Outlet | None:
        """The outlet whose domain the address has."""
        return self.known.registry.outlet_at(self.url) if self.url else None

    @cached_property
    def datelines(self) -> tuple[Dateline, ...]:
        return datelines(self.text, self.known.datelines)

    @cached_property
    def dateline_outlet(self) -> tuple[Outlet, str] | None:
        """The outlet or agency that a dateline names, and the form that stands there."""
        for line in self.datelines:
            if line.outlet and line.form:
                return self.known.registry.outlets[line.outlet], line.form
        return None

    @cached_property
    def outlet(self) -> Outlet | None:
        """The outlet that published the article: as the sidecar says, else by the address, else by the dateline."""
        if named := self.raw.metadata.get("source"):
            return self.known.registry.outlets.get(named)
        return self.url_outlet or (self.dateline_outlet[0] if self.dateline_outlet else None)

    @cached_property
    def syndicated_from(self) -> Outlet | None:
        """The dateline's outlet where it is another than the article's, as «Sputnik» on Sputnik Кыргызстан is not."""
        if not (self.outlet and self.dateline_outlet):
            return None
        named, form = self.dateline_outlet
        return None if named is self.outlet or same_house(form, self.outlet) else named

    @cached_property
    def published(self) -> tuple[Evidence | None, tuple[Conflict, ...]]:
        """The best evidence of the date of publication, and what contradicts it."""
        metadata = (self.raw.metadata.get("date"), self.raw.stated.date)
        return settled(evidence(metadata, self.url, self.raw.header_date, self.datelines))

    @cached_property
    def photo_blocks(self) -> tuple[PhotoBlock, ...]:
        start = self.raw.header.end if self.raw.header else 0
        found = photo_blocks(self.raw.text, start, self.known.photo)
        return with_marked(self.raw.text, self.raw.photos, found, self.known.photo) if self.raw.photos else found

    @cached_property
    def layout(self) -> Layout:
        return lay_out(self.raw.text, self.raw.header, (block.span for block in self.photo_blocks))

    @property
    def text(self) -> str:
        return self.layout.text

    @cached_property
    def language(self) -> Guess:
        """By the sidecar or the raw format, else by the letters of the article."""
        if named := self.raw.metadata.get("language") or self.raw.stated.language:
            return Guess(named, 1.0)
        return guess_language(self.text, self.known.registry.languages)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        return tokens(self.text)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        return sentences(self.text)

    @cached_property
    def index(self) -> TokenIndex:
        return TokenIndex(self.tokens, self.sentences, self.known.may_tell if self.language.tag == "ru" else None)

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """The model knows Russian; on other languages it would guess."""
        return entities(self.tokens) if self.language.tag == "ru" else ()

    @cached_property
    def matches(self) -> tuple[Match, ...]:
        """Names of the registry's bodies and states in the text."""
        gazetteer = self.known.gazetteers.get(self.language.tag)
        return gazetteer.matches(self.index) if gazetteer else ()

    @cached_property
    def actors(self) -> tuple[Actor, ...]:
        article = Article(
            text=self.text,
            tokens=self.tokens,
            index=self.index,
            sentences=self.sentences,
            entities=tuple(
                entity for entity in self.entities if entity.type == "PER" or not self._only_a_place(entity)
            ),
            matches=self.matches,
            language=self.language.tag,
            country=self.outlet.country if self.outlet else None,
            date=self.published[0].date if self.published[0] else None,
        )
        return actors(article, self.known.actors)

    def _only_a_place(self, entity: Entity) -> bool:
        """Whether the model took a dateline's part or a city in capitals for somebody: `ТАШКЕНТ, 3 мая`."""
        within = any(line.span.start <= entity.start and entity.end <= line.span.end for line in self.datelines)
        return within or is_city(self.text, Span(entity.start, entity.end), self.known.datelines)

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        terms = self.known.speech.get(self.language.tag)
        if terms is None or not terms.cues:
            return ()
        find = quotes if self.language.tag == "ru" else turkic_quotes
        return find(self.text, self.tokens, self.sentences, self.actors, terms)
