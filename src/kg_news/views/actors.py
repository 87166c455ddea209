"""The actors of an article: registry matches and named entities, joined into who acts.

The order of trust: a name in the registry, then the entity model. Persons are grouped by the readings of their names,
and what is named only inside a document's name (`Устав ООН`) is no actor.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kg_news.records import Actor, Mention, Span
from kg_news.registry import RegistryActor
from kg_news.views.bodies import Body, find_bodies
from kg_news.views.declension import ALL_CASES, PATRONYMIC_PARTICLES, Cases, word_readings
from kg_news.views.drafts import Draft, join
from kg_news.views.gazetteer import Match, name_of
from kg_news.views.holders import Claim, Holders
from kg_news.views.morph import known, lemmas, parses, plain
from kg_news.views.name_spans import is_common, name_stretches
from kg_news.views.named import is_honour, name_all
from kg_news.views.names import NameMention, Person, Setting, cases_in, name_words, persons, readings
from kg_news.views.naming import Naming
from kg_news.views.ner import Entity
from kg_news.views.office_mentions import bearer, holder, standing_offices
from kg_news.views.offices import Office, is_head, offices_after, offices_before
from kg_news.views.organizations import NamedOrganization, grouped, name_of_group, nominative, unquoted
from kg_news.views.predicates import Named, predicated
from kg_news.views.surroundings import PREPOSITION_CASES, surroundings
from kg_news.views.tokens import QUOTES, Token, TokenIndex, spaced
from kg_news.views.turkic_names import Title, find_persons


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
    terms: frozenset[str] = frozenset()
    """Words by which the registry's offices begin, in Russian: the heads that may stand for their holder."""
    titles: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By language, titles of persons where no entity model is asked: Kyrgyz, Kazakh."""
    holders: Mapping[str, Holders] = field(default_factory=dict)
    """By language, the registry's persons."""


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
    date: str | None = None
    """When it was published, in EDTF level 0."""


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
        bodies = find_bodies(article.matches, article.tokens, knowledge.registry, article.country)
        people = self._names([entity for entity in article.entities if entity.type == "PER"])
        entities = sorted([*people, *(entity for entity in article.entities if entity.type != "PER")])
        self._named_here = name_all(
            bodies, entities, self._index, article.sentences, knowledge.naming, knowledge.registry
        )
        self._bodies = self._named_here.bodies

    def actors(self) -> tuple[Actor, ...]:
        bodies = [*self._registered(), *self._organizations(self._named_here.organizations)]
        drafts = [
            *join(bodies, self._index, self._named_here.echoes),
            *(self._turkic_persons() if self._article.language in self._known.titles else ()),
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
        return PREPOSITION_CASES.get(self._before(first).lower())

    def _before(self, first: int) -> str:
        """The word before a name; nothing where another mark than a quotation mark stands between."""
        if first and self._tokens[first - 1].text in QUOTES:
            first -= 1
        return self._tokens[first - 1].text if first else ""

    # Persons

    def _persons(self, entities: Sequence[Entity]) -> list[Draft]:
        mentions, offices = self._named(entities)
        holders = self._known.holders.get(self._article.language)
        people = persons(mentions)
        given = self._given(people)
        drafts: list[Draft] = []
        bearers: list[tuple[Office, int]] = []
        for number, person in enumerate(people):
            held = [office for mention in person.mentions for office in _held(offices[mention.start], mention, person)]
            held += [office for mention in person.mentions for office in given.get(mention.start, ())]
            bearers += [(office, number) for office in held]
            claims = [Claim(office.title, self._state(office)) for office in held]
            entry = holders.person(person.name, claims, self._article.date) if holders else None
            drafts.append(
                Draft(
                    name=self._person_name(person.name, entry),
                    type="Person",
                    entry=entry,
                    country=entry.country if entry else self._country_of(held),
                    method="registry" if entry else "ner",
                    offices=[office.title for office in held],
                    mentions=[Span(mention.start, mention.end) for mention in person.mentions],
                )
            )
        self._add_standing(drafts, bearers)
        return drafts

    def _turkic_persons(self) -> Iterator[Draft]:
        """Persons in Kyrgyz and Kazakh, by rules alone."""
        language, beginnings = self._article.language, [sentence.start for sentence in self._article.sentences]
        holders = self._known.holders.get(language)
        for found in find_persons(self._tokens, beginnings, language, self._known.titles[language]):
            if any(self._bodies.overlap(*span) for span in found.mentions):
                continue
            claims = [Claim(title.text, self._state(title)) for title in found.titles]
            entry = holders.person(found.name, claims, self._article.date) if holders else None
            yield Draft(
                name=found.name,
                type="Person",
                entry=entry,
                country=entry.country if entry else self._country_of(found.titles),
                method="registry" if entry else "ner",
                offices=[title.text for title in found.titles],
                mentions=list(found.mentions),
            )

    def _add_standing(self, drafts: Sequence[Draft], bearers: Sequence[tuple[Office, int]]) -> None:
        """Give the persons the places where their office stands for them."""
        terms = self._known.terms
        known = [
            holder(number, office, word, self._state(office) or drafts[number].country)
            for office, number in bearers
            if (word := office.title.split()[0]) and lemmas(word) & terms
        ]
        if not known:
            return
        names = [span for draft in drafts for span in draft.mentions]
        busy = sorted({*names, *(Span(office.start, office.end) for office, _ in bearers)})
        starts = [span.start for span in busy]

        def taken(start: int, end: int) -> bool:
            at = bisect_left(starts, end)
            return self._bodies.overlap(start, end) or any(span.end > start for span in busy[max(0, at - 3) : at])

        for standing in standing_offices(self._tokens, terms, taken, self._state_at):
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

    def _given(self, people: Sequence[Person]) -> dict[int, list[Office]]:
        """The offices that verbs give, by the place of the name that gets them."""
        named = sorted(
            Named(*self._index.span(mention.start, mention.end), mention.start, "nomn" in cases, person.gender)
            for person in people
            for mention in person.mentions
            if (cases := cases_in(mention, person))
        )
        starts = [name.place for name in named]
        given: dict[int, list[Office]] = {}
        for sentence in self._article.sentences if named else ():
            begin, stop = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
            before = named[begin - 1] if begin else None
            start, end = self._index.span(*sentence)
            found = predicated(self._tokens, start, end, self._known.offices, named[begin:stop], before)
            for place, office in found:
                given.setdefault(place, []).append(office)
        return given

    def _named(self, entities: Sequence[Entity]) -> tuple[list[NameMention], dict[int, tuple[Office, ...]]]:
        """Where persons are named, and by these places the offices beside the names."""
        mentions: list[NameMention] = []
        offices: dict[int, tuple[Office, ...]] = {}
        floor = 0  # no office reaches back over the person named before …
        shared: tuple[Office, ...] = ()
        """What the persons of a list have in common: `депутаты Асан Примеров и Бурул Тестова`."""
        places = [self._name(entity) for entity in entities]
        for (first, last), (following, _) in pairwise([*places, (len(self._tokens), 0)]):
            span = Span(self._tokens[first].start, self._tokens[last - 1].end)
            words = name_words(self._article.text[slice(*span)])
            if not words:
                continue
            start, end = self._index.span(*self._index.sentence(span.start))
            adjacent = floor == first
            before = offices_before(self._tokens, first, self._known.offices, start if adjacent else max(start, floor))
            if adjacent and before and mentions and before[0].cases <= {"gent", "accs"}:
                before = ()  # `дочь президента Армении Асана Примерова Бурул Тестова`
            elif adjacent and before and mentions and before[0].start < mentions[-1].start:
                # … but for one who belongs to it: `адвокат Асана Примерова Бурул Тестова`
                offices[mentions[-1].start] = ()
                mentions[-1] = replace(mentions[-1], cases=frozenset({"gent"}))
            listed = bool(mentions) and not before and self._listed(floor, first)
            after = offices_after(self._tokens, last, self._known.offices, end, following)
            cases, setting = surroundings(self._tokens, first, last, start, end)
            if before:
                if before[-1].shared and self._listed(last, following):
                    shared = before = tuple(office.of_each() for office in before if office.shared)
                else:
                    shared = ()
                # `соратник Асана Примерова`: the name need not be the holder's
                cases, likely = before[-1].cases | {"gent"}, before[-1].cases
                setting = Setting(likely, setting.subject, before[-1].gender)
            elif listed:
                before = shared
                likely = frozenset() if mentions[-1].cases == ALL_CASES else mentions[-1].cases
                setting = setting._replace(likely=likely)
            else:
                shared = ()
            offices[span.start] = before + after
            mentions.append(NameMention(*span, words, cases, setting))
            floor = last
        return mentions, offices

    def _names(self, entities: Sequence[Entity]) -> list[Entity]:
        """The names in what the model took for persons: it runs over line ends and takes in the name in Latin letters
        that stands behind in parentheses.
        """
        found: list[Entity] = []
        for entity in entities:
            first, last = self._index.span(entity.start, entity.end)
            for begin, end in name_stretches(self._article.text, self._tokens, first, last):
                found.append(Entity(self._tokens[begin].start, self._tokens[end - 1].end, "PER"))
        return found

    def _listed(self, stop: int, following: int) -> bool:
        """Whether nothing but a comma or an `и`, and perhaps a remark in parentheses, stands between two names."""
        between = [token.text for token in self._tokens[stop:following]]
        if between[:1] == ["("] and ")" in between[:8]:
            between = between[between.index(")") + 1 :]
        return between in ([","], ["и"], [",", "и"], ["или"], ["а", "также"], [",", "а", "также"])

    def _with_echoes(self, people: Sequence[Entity]) -> list[Entity]:
        """With the places where the surname of somebody who is named in full stands alone, and the model missed it."""
        surnames = set()
        for entity in people:
            words = name_words(self._article.text[entity.start : entity.end])
            if len(words) > 1:
                surnames |= {(reading.words[-1], reading.gender) for reading in readings(words)}
        beginnings = {surname[:3] for surname, _ in surnames}
        capitals = {"Ё", *(beginning[0] for beginning in beginnings)}
        taken = {at for entity in self._article.entities for at in range(*self._index.span(entity.start, entity.end))}
        found = [
            Entity(token.start, token.end, "PER")
            for at, token in enumerate(self._tokens)
            if token.text[0] in capitals
            and plain(token.text[:3]) in beginnings
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
        while first < last - 1 and is_head(self._tokens[first], self._known.offices) and not self._is_given(first):
            first += 1
        token = self._tokens[first]
        begins = self._index.sentence(token.start).start == token.start
        if begins and last - first > 2 and token.text.isalpha() and is_common(token.text):
            first += 1  # `Ушёл Асан Примеров`
        if last < len(self._tokens) and self._tokens[last].text in PATRONYMIC_PARTICLES:
            last += 1
        return first, last

    def _is_given(self, at: int) -> bool:
        """`Эмир Примеров`: a title that is a first name too, with a capital that no sentence's beginning gives it."""
        token = self._tokens[at]
        begins = self._index.sentence(token.start).start == token.start
        return token.capital and not begins and any("Name" in parse.tags for parse in parses(token.text))

    def _country_of(self, held: Sequence[Office | Title]) -> str | None:
        """The state that an office names, itself or by its body: `президент Казахстана`, `председатель ГКНБ`."""
        found = {self._state(office) for office in held} - {None}
        return found.pop() if len(found) == 1 else None

    def _state(self, office: Office | Title) -> str | None:
        """The first state in an office: `посол Кыргызстана в России` is Kyrgyzstan's."""
        for body in self._bodies.within(office.start, office.end):
            if country := body.state or (self._known.registry[body.id].country if body.id else None):
                return country
        return None


def _held(offices: Iterable[Office], mention: NameMention, person: Person) -> Iterator[Office]:
    """The offices beside a name that are its bearer's: those before it stand in its case. `соратник Асана Примерова`
    is somebody else; of `помощником президента Армении Асана Примерова` the president alone is he.
    """
    cases = cases_in(mention, person)
    for office in offices:
        if office.start > mention.start or office.cases & cases:
            yield office
        elif office.inner and office.inner.cases & cases:
            yield office.inner


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
