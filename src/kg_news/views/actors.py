"""The actors of an article: registry matches and named entities, joined into who acts.

The order of trust: a name in the registry, then the entity model. Persons are grouped by the readings of their names,
and what is named only inside a document's name (`Устав ООН`) is no actor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg_news.records import Actor, Mention, Span
from kg_news.registry import RegistryActor
from kg_news.views.bodies import Body, Origin, find_bodies
from kg_news.views.drafts import Draft, join
from kg_news.views.focus import Focus
from kg_news.views.gazetteer import Match, name_of
from kg_news.views.morph import known, lemmas, parses, plain
from kg_news.views.named import is_honour, name_all
from kg_news.views.names import (
    ALL_CASES,
    PATRONYMIC_PARTICLES,
    Cases,
    NameMention,
    name_words,
    persons,
    readings,
    word_readings,
)
from kg_news.views.naming import Naming
from kg_news.views.ner import Entity
from kg_news.views.offices import Office, is_head, offices_after, offices_before
from kg_news.views.organizations import NamedOrganization, grouped, name_of_group, nominative, unquoted
from kg_news.views.tokens import QUOTES, Token, TokenIndex, spaced

_PREPOSITION_CASES: dict[str, Cases] = {
    **dict.fromkeys(("у", "от", "для", "против", "без", "из", "после", "около", "кроме"), frozenset({"gent"})),
    **dict.fromkeys(("к", "ко", "благодаря"), frozenset({"datv"})),
    **dict.fromkeys(("с", "со", "над", "между", "перед"), frozenset({"ablt", "gent"})),
    **dict.fromkeys(("о", "об", "обо", "при"), frozenset({"loct"})),
}


@dataclass(frozen=True)
class Known:
    """What is known of actors before any article is read."""

    registry: Mapping[str, RegistryActor]
    offices: frozenset[str] = frozenset()
    """Words that decide in Russian, from `registry/languages/ru.yml` (lemmas)."""
    documents: frozenset[str] = frozenset()
    public_bodies: frozenset[str] = frozenset()
    companies: frozenset[str] = frozenset()
    naming: Naming = field(default_factory=Naming)
    namings: Mapping[str, Naming] = field(default_factory=dict)
    """The same of the other languages."""
    focus: Focus = field(default_factory=Focus)
    people: Mapping[str, Mapping[str, RegistryActor]] = field(default_factory=dict)
    """By language, the registry's persons by name, with е for ё: see `people_by_name`."""


def people_by_name(registry: Mapping[str, RegistryActor], language: str) -> dict[str, RegistryActor]:
    """Persons of the registry by full name; a name that two of them have links to none."""
    found: dict[str, list[RegistryActor]] = {}
    for actor in registry.values():
        if actor.type == "Person":
            for name in {actor.names.get(language, ""), *actor.aliases.get(language, ())} - {""}:
                found.setdefault(plain(name), []).append(actor)
    return {name: actors[0] for name, actors in found.items() if len(actors) == 1}


@dataclass(frozen=True)
class Article:
    """What is known of the text before its actors are."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Span, ...]
    entities: tuple[Entity, ...]
    matches: tuple[Match, ...]
    language: str
    country: str | None
    """Where the outlet is at home."""


def actors(article: Article, knowledge: Known) -> tuple[Actor, ...]:
    """Everybody who acts, in the order of first mention."""
    return _Finder(article, knowledge).actors()


class _Finder:
    """One article, and what its actors are put together from."""

    def __init__(self, article: Article, knowledge: Known) -> None:
        self._article = article
        self._known = knowledge
        self._tokens = article.tokens
        self._index = TokenIndex(article.tokens, article.sentences)
        naming = knowledge.naming if article.language == "ru" else knowledge.namings.get(article.language, Naming())
        origin = Origin(article.language, article.country, knowledge.focus)
        bodies = find_bodies(article.matches, article.tokens, knowledge.registry, origin)
        self._named_here = name_all(
            bodies, article.entities, self._index, article.sentences, naming, knowledge.registry, article.language
        )
        self._bodies = self._named_here.bodies

    def actors(self) -> tuple[Actor, ...]:
        bodies = [*self._registered(), *self._organizations(self._named_here.organizations)]
        drafts = [
            *join(bodies, self._index, self._named_here.echoes),
            *self._persons(self._with_echoes(self._named_here.people)),
        ]
        kept = [draft for draft in drafts if draft.in_documents < len(draft.mentions)]
        return tuple(self._finish(draft) for draft in sorted(kept, key=lambda draft: min(draft.mentions)))

    def _finish(self, draft: Draft) -> Actor:
        text = self._article.text
        return Actor(
            name=draft.name,
            type=draft.type,
            id=draft.entry.id if draft.entry else None,
            wikidata=draft.entry.wikidata if draft.entry else None,
            country=draft.country,
            offices=tuple(dict.fromkeys(draft.offices)),
            method=draft.method,
            mentions=tuple(Mention(*span, text[slice(*span)]) for span in sorted(set(draft.mentions))),
        )

    def _in_document(self, first: int) -> bool:
        """`Устав ООН`: the word before the token names a document; or an award: `народный артист Кыргызстана`."""
        if first > 0 and lemmas(self._tokens[first - 1].text) & self._known.documents:
            return True
        return is_honour(self._tokens, first, self._known.naming.honours)

    # Bodies and states of the registry

    def _registered(self) -> Iterator[Draft]:
        groups: dict[object, list[Body]] = {}
        states = _states_of(self._bodies)
        for body in self._bodies:
            key = body.id or (body.candidates, body.state or states.get(body.candidates))
            groups.setdefault(key, []).append(body)
        for group in groups.values():
            draft = self._draft(max(group, key=lambda body: body.state is not None))
            draft.mentions = [body.span for body in group]
            draft.in_documents = sum(self._in_document(body.first) for body in group)
            yield draft

    def _draft(self, body: Body) -> Draft:
        if body.id:
            entry = self._known.registry[body.id]
            name = name_of(entry, self._article.language)
            return Draft(name, entry.type, entry, entry.country, method="registry")
        first, last = self._index.span(*body.span)
        words = self._tokens[first:last]
        kind = self._known.registry[body.candidates[0]].type
        return Draft(spaced(words, nominative(words)), kind, country=body.state, method="registry")

    # Organisations that the entity model finds

    def _organizations(self, entities: Sequence[Entity]) -> Iterator[Draft]:
        found = [named for entity in entities if (named := self._organization(entity))]
        for group in grouped(found, self._known.naming.kinds):
            yield Draft(
                name=name_of_group(group),
                type=self._organization_type(group[0]),
                mentions=[mention.span for mention in group],
                in_documents=sum(self._in_document(mention.first) for mention in group),
            )

    def _organization(self, entity: Entity) -> NamedOrganization | None:
        """The organisation that an entity names; None where it has no word, or is a document: `Хартию ООН`."""
        first, last = self._index.span(entity.start, entity.end)
        last = next((at for at in range(first + 1, last) if _is_verb(self._tokens[at])), last)
        words = unquoted(self._tokens[first:last])
        if not any(token.is_word for token in words) or lemmas(words[0].text) & self._known.documents:
            return None
        cases = self._demanded(first) or self._governed(first)
        return NamedOrganization(Span(entity.start, self._tokens[last - 1].end), words, first, cases)

    def _organization_type(self, mention: NamedOrganization) -> str:
        if any(key & self._known.companies for key in mention.keys):
            return "Company"
        naming = self._known.naming
        public = self._known.public_bodies | naming.alone | naming.plurals
        return "PublicBody" if any(key & public for key in mention.keys[:2]) else "Organization"

    def _governed(self, first: int) -> Cases | None:
        """The genitive behind the noun on which a name hangs: `журналисты «Клоопа»`. A singular thing may be what the
        name names: `агентство «Клооп»`.
        """
        tags = parses(self._before(first))[0].tags
        return frozenset({"gent"}) if "NOUN" in tags and tags & {"anim", "plur"} else None

    def _demanded(self, first: int) -> Cases | None:
        """The cases in which a name can stand, by the preposition before it."""
        return _PREPOSITION_CASES.get(self._before(first).lower())

    def _before(self, first: int) -> str:
        """The word before a name; nothing where another mark than a quotation mark stands between."""
        if first and self._tokens[first - 1].text in QUOTES:
            first -= 1
        return self._tokens[first - 1].text if first else ""

    # Persons

    def _persons(self, entities: Sequence[Entity]) -> Iterator[Draft]:
        mentions, offices = self._named(entities)
        linked = self._known.people.get(self._article.language, {})
        for person in persons(mentions):
            held = [office for mention in person.mentions for office in offices[mention.start]]
            entry = linked.get(plain(person.name))
            yield Draft(
                name=person.name,
                type="Person",
                entry=entry,
                country=entry.country if entry else self._country_of(held),
                method="registry" if entry else "ner",
                offices=[office.title for office in held],
                mentions=[Span(mention.start, mention.end) for mention in person.mentions],
            )

    def _named(self, entities: Sequence[Entity]) -> tuple[list[NameMention], dict[int, tuple[Office, ...]]]:
        """Where persons are named, and by these places the offices beside the names."""
        mentions: list[NameMention] = []
        offices: dict[int, tuple[Office, ...]] = {}
        floor = 0  # no office reaches back over the person named before …
        for entity in entities:
            first, last = self._name(entity)
            span = Span(self._tokens[first].start, self._tokens[last - 1].end)
            words = name_words(self._article.text[slice(*span)])
            if not words:
                continue
            start, end = self._index.span(*self._index.sentence(span.start))
            adjacent = floor == first
            before = offices_before(self._tokens, first, self._known.offices, start if adjacent else max(start, floor))
            if adjacent and before and mentions and before[0].start < mentions[-1].start:
                # … but for one who belongs to it: `адвокат Асана Примерова Бурул Тестова`
                offices[mentions[-1].start] = ()
                mentions[-1] = replace(mentions[-1], cases=frozenset({"gent"}))
            offices[span.start] = before + offices_after(self._tokens, last, self._known.offices, end)
            cases = before[-1].cases if before else self._demanded(first) or ALL_CASES
            mentions.append(NameMention(*span, words, cases))
            floor = last
        return mentions, offices

    def _with_echoes(self, people: Sequence[Entity]) -> list[Entity]:
        """With the places where the surname of somebody who is named in full stands alone, and the model missed it."""
        surnames = set()
        for entity in people:
            words = name_words(self._article.text[entity.start : entity.end])
            if len(words) > 1:
                surnames |= {(reading.words[-1], reading.gender) for reading in readings(words)}
        beginnings = {surname[:3] for surname, _ in surnames}
        taken = {at for entity in self._article.entities for at in range(*self._index.span(entity.start, entity.end))}
        found = [
            Entity(token.start, token.end, "PER")
            for at, token in enumerate(self._tokens)
            if plain(token.text[:3]) in beginnings
            and at not in taken
            and self._stands_alone(at)
            and any((reading.words[0], reading.gender) in surnames for reading in word_readings(token.text))
        ]
        return sorted([*people, *found])

    def _stands_alone(self, at: int) -> bool:
        """Whether a capitalised word is a surname without a given name, and no word that only begins a sentence."""
        token, before = self._tokens[at], self._tokens[at - 1] if at else None
        after = self._tokens[at + 1] if at + 1 < len(self._tokens) else None
        if not token.capital or self._bodies.overlap(token.start, token.end) or (after and after.capital):
            return False
        if before and before.capital and not is_head(before, self._known.offices):
            return False
        begins = self._index.sentence(token.start).start == token.start
        return not begins or not known(token.text) or any("Surn" in parse.tags for parse in parses(token.text))

    def _name(self, entity: Entity) -> tuple[int, int]:
        """A person's tokens: without an office that the model took for a name (`Экс-премьер Асан`), with the particle
        that it left behind (`Болот кызы`).
        """
        first, last = self._index.span(entity.start, entity.end)
        while first < last - 1 and is_head(self._tokens[first], self._known.offices):
            first += 1
        if last < len(self._tokens) and self._tokens[last].text in PATRONYMIC_PARTICLES:
            last += 1
        return first, last

    def _country_of(self, held: Sequence[Office]) -> str | None:
        """The state that an office names, itself or by its body: `президент Казахстана`, `председатель ГКНБ`."""
        found = {self._state(office) for office in held} - {None}
        return found.pop() if len(found) == 1 else None

    def _state(self, office: Office) -> str | None:
        """The first state in an office: `посол Кыргызстана в России` is Kyrgyzstan's."""
        for body in self._bodies.within(office.start, office.end):
            if country := body.state or (self._known.registry[body.id].country if body.id else None):
                return country
        return None


def _is_verb(token: Token) -> bool:
    """The model at times takes one into a name: `Совет собрался`. `Уральской стали` has none."""
    tags = [parse.tags for parse in parses(token.text)] if token.text.islower() else []
    return any("VERB" in of for of in tags) and not any("NOUN" in of for of in tags)


def _states_of(bodies: Iterable[Body]) -> dict[tuple[str, ...], str]:
    """For a generic name that means no one actor, the one state that it has in the document: after `правительство
    Армении`, which the registry lacks, `правительство` is Armenia's too.
    """
    found: dict[tuple[str, ...], set[str]] = {}
    for body in bodies:
        if body.state and not body.id:
            found.setdefault(body.candidates, set()).add(body.state)
    return {candidates: states.pop() for candidates, states in found.items() if len(states) == 1}
