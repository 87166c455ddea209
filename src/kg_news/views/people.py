"""The persons of an article, with their offices: who is named where, who holds which office, who is in the registry."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from kg_news.records import Span
from kg_news.registry import RegistryActor
from kg_news.views.aliases import is_alias
from kg_news.views.antecedents import antecedents
from kg_news.views.article import Article, Known
from kg_news.views.bodies import Bodies
from kg_news.views.callings import Bearer, callings
from kg_news.views.disjoint import Disjoint
from kg_news.views.drafts import Draft
from kg_news.views.foreign_names import own_spelling
from kg_news.views.gazetteer import TURKIC, name_of
from kg_news.views.holders import Claim
from kg_news.views.lists import listed
from kg_news.views.lives import posted
from kg_news.views.morph import lemmas, parses, plain
from kg_news.views.names import NameMention, Person, cases_in, persons
from kg_news.views.ner import Entity
from kg_news.views.office_heads import head_words
from kg_news.views.office_mentions import bearer, holder, standing_offices
from kg_news.views.office_titles import Office, TitleWords, is_membership, needs_holder
from kg_news.views.offices_beside import offices_beside
from kg_news.views.person_names import NamePlaces
from kg_news.views.predicates import Named, predicated
from kg_news.views.served import Served
from kg_news.views.sieve import comes_from
from kg_news.views.tokens import TokenIndex
from kg_news.views.turkic_names import Found
from kg_news.views.turkic_titles import Title

_ALIAS = 80
"""Code points between a name and another that is told to be the same person's."""


class People:
    """The persons of one article whose bodies are known."""

    def __init__(self, article: Article, knowledge: Known, index: TokenIndex, bodies: Bodies, served: Served) -> None:
        self._article = article
        self._known = knowledge
        self._tokens = article.tokens
        self._index = index
        self._bodies = bodies
        self._served = served
        self._names = NamePlaces(article, knowledge.offices, index, bodies)

    def of_entities(self, entities: Sequence[Entity]) -> list[Draft]:
        """Persons in a Russian text: the names that the model found, and where else they stand."""
        leaders = {} if self._article.language in TURKIC else self._leaders
        named = self._names.of(entities, leaders)
        mentions, offices = offices_beside(self._article.text, self._index, self._known.titles, named)
        people = persons(mentions, self._told(mentions))
        each = self._held_by(people, offices)
        self._add_callings(people, each, offices)
        drafts = [self._of_person(person, held) for person, held in zip(people, each, strict=True)]
        self._add_own_spellings(drafts)
        self._add_standing(drafts, [(office, number) for number, held in enumerate(each) for office in held])
        return drafts

    def by_titles(self, persons: Iterable[Found]) -> Iterator[Draft]:
        """The persons found in a Kyrgyz or Kazakh text, by rules alone."""
        for found in persons:
            claims = [Claim(title.text, self._state(title)) for title in found.titles]
            draft = self._draft(found.name, claims, found.titles, "rules")
            yield replace(draft, offices=[title.text for title in found.titles], mentions=list(found.mentions))

    def _of_person(self, person: Person, held: Sequence[Office]) -> Draft:
        draft = self._draft(person.name, [Claim(office.title, self._state(office)) for office in held], held, "ner")
        return replace(
            draft,
            name=self._person_name(person.name, draft.entry),
            offices=[self._title(office) for office in held],
            mentions=[Span(mention.start, mention.end) for mention in person.mentions],
        )

    def _draft(self, name: str, claims: Sequence[Claim], held: Sequence[Office | Title], method: str) -> Draft:
        """A person with what the registry says of it: whom the offices tell, or of presidents a surname without any."""
        holders = self._known.holders.get(self._article.language)
        entry = holders.person(name, claims, self._article.date) if holders else None
        if entry is None and not claims:
            entry = self._leaders.get(plain(name))
        country = entry.country if entry else self._country_of(held)
        return Draft(name, "Person", entry, country, method="registry" if entry else method)

    def _held_by(self, people: Sequence[Person], offices: Mapping[int, tuple[Office, ...]]) -> list[list[Office]]:
        """The offices of each person: those beside the names, `offices` by place, and then those that verbs give."""
        beside = {
            mention.start: list(_held(offices[mention.start], mention, person, self._known.titles))
            for person in people
            for mention in person.mentions
        }
        given = self._given(people, {place: held[0].start for place, held in beside.items() if held})
        return [
            [
                office
                for found in (beside, given)
                for mention in person.mentions
                for office in found.get(mention.start, ())
                if not is_membership(office, self._known.titles)
            ]
            for person in people
        ]

    @cached_property
    def _leaders(self) -> Mapping[str, RegistryActor]:
        """The presidents whom a surname alone may mean here, by it."""
        holders = self._known.holders.get(self._article.language)
        return holders.leaders(self._states, self._article.date) if holders else {}

    @cached_property
    def _states(self) -> frozenset[str]:
        """The countries of the states that the text names."""
        registry = self._known.registry
        named = (registry[body.id] for body in self._bodies if body.id)
        return frozenset(actor.country for actor in named if actor.type == "Country" and actor.country)

    def _add_callings(
        self, people: Sequence[Person], each: Sequence[list[Office]], offices: Mapping[int, tuple[Office, ...]]
    ) -> None:
        """Give the persons the callings that stand for them."""
        nouns = self._known.callings
        found = [place for place in self._heads if not nouns.keys().isdisjoint(lemmas(self._tokens[place].text))]
        if not found:
            return
        beside = [office for row in offices.values() for office in row] + [office for held in each for office in held]
        named = [Span(mention.start, mention.end) for person in people for mention in person.mentions]
        taken = self._taken([*named, *(Span(office.start, office.end) for office in beside)])
        bearers = [
            Bearer(
                person.gender,
                tuple(mention.start for mention in person.mentions),
                frozenset().union(*(lemmas(word) for office in held for word in office.title.split())),
            )
            for person, held in zip(people, each, strict=True)
        ]
        for number, office in callings(
            self._tokens, found, nouns, bearers, self._article.sentences, taken, self._known.titles
        ):
            each[number].append(office)

    def _taken(self, spans: Iterable[Span]) -> Callable[[int, int], bool]:
        """Whether a stretch of text overlaps one of some spans, or a body."""
        busy = sorted(set(spans))
        starts = [span.start for span in busy]

        def taken(start: int, end: int) -> bool:
            at = bisect_left(starts, end)
            return self._bodies.overlap(start, end) or any(span.end > start for span in busy[max(0, at - 3) : at])

        return taken

    def _add_own_spellings(self, drafts: Sequence[Draft]) -> None:
        """Give the persons the places where their names stand in another script behind the Russian ones."""
        named = Disjoint(sorted(span for draft in drafts for span in draft.mentions))
        for draft in drafts:
            found = (own_spelling(self._article.text, span) for span in draft.mentions)
            draft.mentions += [
                span for span in found if span and not named.overlap(*span) and not self._bodies.overlap(*span)
            ]

    def _add_standing(self, drafts: Sequence[Draft], bearers: Sequence[tuple[Office, int]]) -> None:
        """Give the persons the places where their office stands for them."""
        terms = self._known.terms
        known = [
            holder(number, office, word, self._state(office) or drafts[number].country)
            for office, number in bearers
            if (word := office.title.split()[0]) and comes_from(word, terms)
        ]
        if not known:
            return
        names = [span for draft in drafts for span in draft.mentions]
        taken = self._taken([*names, *(Span(office.start, office.end) for office, _ in bearers)])
        for standing in standing_offices(self._tokens, self._heads, terms, taken, self._state_at):
            number = bearer(standing, known)
            if number is not None:
                drafts[number].mentions.append(standing.span)

    def _state_at(self, at: int) -> tuple[int, str] | None:
        """The state that is named from a token on."""
        if at >= len(self._tokens):
            return None
        start = self._tokens[at].start
        for body in self._bodies.within(start, start + 1):
            if body.id and self._known.registry[body.id].type == "Country":
                return self._index.span(*body.span)[1], self._known.registry[body.id].country or ""
        return None

    def _person_name(self, name: str, entry: RegistryActor | None) -> str:
        """The name as the text gives it; of a person in the registry, whom the text gives no first name, the
        registry's.
        """
        words = name.split()
        return name_of(entry, self._article.language) if entry and all(word[-1] == "." for word in words[:-1]) else name

    def _told(self, mentions: Sequence[NameMention]) -> Iterator[tuple[int, int]]:
        """The starts of mentions of which the text says that they name one person."""
        for one, other in pairwise(mentions):
            if other.start - one.end < _ALIAS and is_alias(
                self._tokens, self._index.span(one.start, one.end), self._index.span(other.start, other.end)
            ):
                yield one.start, other.start

    def _given(self, people: Sequence[Person], begins: Mapping[int, int]) -> dict[int, list[Office]]:
        """The offices that verbs give, by the place of the name that gets them; `begins` says where the offices
        before a name begin.
        """
        named = sorted(
            Named(
                *self._index.span(mention.start, mention.end),
                mention.start,
                cases,
                person.gender,
                self._index.at(min(begins.get(mention.start, mention.start), mention.start)),
                len(person.mentions),
            )
            for person in people
            for mention in person.mentions
            if (cases := cases_in(mention, person))
        )
        starts = [name.place for name in named]
        heads = self._heads
        given: dict[int, list[Office]] = {}
        for place, office in listed(self._tokens, heads if named else (), self._known.titles, named):
            given.setdefault(place, []).append(office)
        for sentence in self._article.sentences if named else ():
            start, end = self._index.span(*sentence)
            here = heads[bisect_left(heads, start) : bisect_left(heads, end)]
            if not here:
                continue  # as in most sentences
            begin, stop = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
            before = antecedents(named, begin)
            for rule in (predicated, posted):
                found = rule(self._tokens, (start, end), here, self._known.titles, named[begin:stop], before)
                for place, office in found:
                    given.setdefault(place, []).append(office)
        return given

    @cached_property
    def _heads(self) -> list[int]:
        """The tokens that are heads of offices."""
        return self._index.those_listed(head_words(self._known.offices))

    def _country_of(self, held: Sequence[Office | Title]) -> str | None:
        """The state that is served in an office: which it names, itself or by its body (`президент Казахстана`,
        `председатель ГКНБ`), else the one around a servant of the public: `аким`.
        """
        found = {self._state(office) for office in held} - {None}
        found = found or {self._served.by_office(Span(office.start, office.end)) for office in held} - {None}
        return found.pop() if len(found) == 1 else None

    def _title(self, office: Office) -> str:
        """The office without a nationality before it: `казахский поэт` is a poet, `казахский посол` that state's."""
        title, at = office.title, self._index.at(office.start)
        while at in self._nationalities and " " in title and "ADJF" in parses(self._tokens[at].text)[0].tags:
            rest = title.partition(" ")[2].removeprefix("и ")
            if any(comes_from(word, self._known.naming.state_people) for word in rest.split()[:2]):
                break
            at += 1 + title.partition(" ")[2].startswith("и ")
            title = rest
        return title

    @cached_property
    def _nationalities(self) -> frozenset[int]:
        """The tokens that name a state by themselves, as adjectives do."""
        registry = self._known.registry
        single = (match for match in self._article.matches if match.last == match.first + 1)
        return frozenset(match.first for match in single if registry[match.actors[0]].type == "Country")

    def _state(self, office: Office | Title) -> str | None:
        """The first state in an office: `посол Кыргызстана в России` is Kyrgyzstan's."""
        for body in self._bodies.within(office.start, office.end):
            if country := body.state or (self._known.registry[body.id].country if body.id else None):
                return country
        return None


def _held(offices: Iterable[Office], mention: NameMention, person: Person, words: TitleWords) -> Iterator[Office]:
    """The offices beside a name that are its bearer's: those before it stand in its case. `соратник Асана Примерова`
    is somebody else; of `помощником президента Армении Асана Примерова` the president alone is he.
    """
    cases = cases_in(mention, person)
    for office in offices:
        fits = bool(office.cases & cases)
        if fits or needs_holder(office, words) or (office.start > mention.start and "nomn" in office.cases):
            yield office
        elif office.inner and office.inner.cases & cases:
            yield office.inner
