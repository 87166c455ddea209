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
from kg_news.views.article import Article, Known
from kg_news.views.bodies import Bodies
from kg_news.views.callings import Bearer, callings
from kg_news.views.declension import ALL_CASES, PATRONYMIC_PARTICLES, word_readings
from kg_news.views.drafts import Draft
from kg_news.views.gazetteer import name_of
from kg_news.views.given_names import genders_of
from kg_news.views.holders import Claim
from kg_news.views.lists import is_joint, listed
from kg_news.views.morph import known, lemmas, parses, plain
from kg_news.views.name_spans import is_age, is_common, is_family, name_stretches
from kg_news.views.names import (
    NameMention,
    Person,
    Setting,
    agree,
    cases_in,
    cases_of,
    is_syllable,
    name_words,
    persons,
    readings,
)
from kg_news.views.ner import Entity
from kg_news.views.office_mentions import bearer, holder, standing_offices
from kg_news.views.offices import (
    Office,
    head_words,
    is_head,
    is_membership,
    needs_holder,
    offices_after,
    offices_before,
)
from kg_news.views.predicates import Named, predicated
from kg_news.views.sieve import comes_from
from kg_news.views.surroundings import PREPOSITION_CASES, surroundings
from kg_news.views.tokens import TokenIndex
from kg_news.views.turkic_names import Found, Title


def whole_names(article: Article, index: TokenIndex) -> list[Entity]:
    """The names in what the model took for persons: it runs over line ends and takes in the name in Latin letters that
    stands behind in parentheses.
    """
    found: list[Entity] = []
    for entity in article.entities:
        if entity.type == "PER":
            first, last = index.span(entity.start, entity.end)
            for begin, end in name_stretches(article.text, article.tokens, first, last):
                found.append(Entity(article.tokens[begin].start, article.tokens[end - 1].end, "PER"))
    return found


_ALIAS = 80
"""Code points between a name and another that is told to be the same person's."""


class People:
    """The persons of one article whose bodies are known."""

    def __init__(self, article: Article, knowledge: Known, index: TokenIndex, bodies: Bodies) -> None:
        self._article = article
        self._known = knowledge
        self._tokens = article.tokens
        self._index = index
        self._bodies = bodies
        self._names: dict[Entity, tuple[int, int]] = {}

    def of_entities(self, entities: Sequence[Entity]) -> list[Draft]:
        """Persons in a Russian text: the names that the model found, and where else they stand."""
        mentions, offices = self._named(self._with_echoes(entities))
        holders = self._known.holders.get(self._article.language)
        people = persons(mentions, self._told(mentions))
        beside = {
            mention.start: list(_held(offices[mention.start], mention, person))
            for person in people
            for mention in person.mentions
        }
        given = self._given(people, {place: held[0].start for place, held in beside.items() if held})
        each = [
            [
                office
                for found in (beside, given)
                for mention in person.mentions
                for office in found.get(mention.start, ())
                if not is_membership(office)
            ]
            for person in people
        ]
        self._add_callings(people, each, offices)
        drafts: list[Draft] = []
        bearers: list[tuple[Office, int]] = []
        for number, (person, held) in enumerate(zip(people, each, strict=True)):
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
                    offices=[self._title(office) for office in held],
                    mentions=[Span(mention.start, mention.end) for mention in person.mentions],
                )
            )
        self._add_standing(drafts, bearers)
        return drafts

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
        for number, office in callings(self._tokens, found, nouns, bearers, self._article.sentences, taken):
            each[number].append(office)

    def _taken(self, spans: Iterable[Span]) -> Callable[[int, int], bool]:
        """Whether a stretch of text overlaps one of some spans, or a body."""
        busy = sorted(set(spans))
        starts = [span.start for span in busy]

        def taken(start: int, end: int) -> bool:
            at = bisect_left(starts, end)
            return self._bodies.overlap(start, end) or any(span.end > start for span in busy[max(0, at - 3) : at])

        return taken

    def by_titles(self, persons: Iterable[Found]) -> Iterator[Draft]:
        """The persons found in a Kyrgyz or Kazakh text, by rules alone."""
        holders = self._known.holders.get(self._article.language)
        for found in persons:
            claims = [Claim(title.text, self._state(title)) for title in found.titles]
            entry = holders.person(found.name, claims, self._article.date) if holders else None
            yield Draft(
                name=found.name,
                type="Person",
                entry=entry,
                country=entry.country if entry else self._country_of(found.titles),
                method="registry" if entry else "rules",
                offices=[title.text for title in found.titles],
                mentions=list(found.mentions),
            )

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
            )
            for person in people
            for mention in person.mentions
            if (cases := cases_in(mention, person))
        )
        starts = [name.place for name in named]
        heads = self._heads
        given: dict[int, list[Office]] = {}
        for place, office in listed(self._tokens, heads if named else (), self._known.offices, named):
            given.setdefault(place, []).append(office)
        for sentence in self._article.sentences if named else ():
            begin, stop = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
            before = named[begin - 1] if begin else None
            start, end = self._index.span(*sentence)
            here = heads[bisect_left(heads, start) : bisect_left(heads, end)]
            found = predicated(self._tokens, (start, end), here, self._known.offices, named[begin:stop], before)
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
        spans = [self._name(entity) for entity in entities]
        places = self._joined(place for place in spans if self._is_person(*place, spans))
        for (first, last), (following, _) in pairwise([*places, (len(self._tokens), 0)]):
            span = Span(self._tokens[first].start, self._tokens[last - 1].end)
            words = name_words(self._article.text[slice(*span)])
            if all(word[-1] == "." for word in words):
                continue  # `братья Х.`: initials alone name nobody
            start, end = self._index.span(*self._index.sentence(span.start))
            adjacent = floor == first
            before = offices_before(self._tokens, first, self._known.offices, start if adjacent else max(start, floor))
            if adjacent and before and mentions and before[0].cases <= {"gent", "accs"}:
                before = ()  # `дочь президента Армении Асана Примерова Бурул Тестова`
            elif adjacent and before and mentions and before[0].start < mentions[-1].start:
                # … but for one who belongs to it: `адвокат Асана Примерова Бурул Тестова`
                offices[mentions[-1].start] = ()
                mentions[-1] = replace(mentions[-1], cases=frozenset({"gent"}))
            listed = bool(mentions) and not before and is_joint(self._tokens, floor, first)
            after = offices_after(self._tokens, last, self._known.offices, end, following)
            cases, setting = surroundings(self._tokens, first, last, start, end)
            if before and before[-1].many and not is_joint(self._tokens, last, following):
                before = ()  # `адвокаты Асана Примерова`
            if before:
                if before[-1].shared and is_joint(self._tokens, last, following):
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

    @cached_property
    def _heads(self) -> list[int]:
        """The tokens that are heads of offices."""
        return self._index.those(head_words(self._known.offices))

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
        found = list(self._by_father(people))
        taken |= {at for entity in found for at in range(*self._index.span(entity.start, entity.end))}
        found += [
            Entity(self._tokens[at].start, self._tokens[at].end, "PER")
            for text, places in self._index.raised.items()
            if text[0] in capitals and plain(text[:3]) in beginnings
            for at in places
            if at not in taken
            and self._stands_alone(at)
            and any((reading.words[0], reading.gender) in surnames for reading in word_readings(text))
        ]
        return sorted([*people, *found])

    def _by_father(self, people: Sequence[Entity]) -> Iterator[Entity]:
        """Where somebody who is named in full is named by the father alone, or with a first name that the model missed:
        `Асан кызы`, `Эркину Мамбет уулу`.
        """
        taken = {at for entity in people for at in range(*self._index.span(entity.start, entity.end))}
        tails: dict[tuple[str, str], str] = {}
        for entity in people:
            first, last = self._name(entity)
            words = [token.text for token in self._tokens[first:last]]
            if len(words) > 2 and words[-1] in PATRONYMIC_PARTICLES:
                tails[words[-2], words[-1]] = plain(words[0])
        for at, (father, particle) in enumerate(pairwise(self._tokens) if tails else ()):
            given = tails.get((father.text, particle.text))
            if given is None or at in taken or at + 1 in taken:
                continue
            before = self._tokens[at - 1] if at else None
            whole = before is not None and before.capital and at - 1 not in taken
            if before and whole and any(plain(reading.words[0]) == given for reading in word_readings(before.text)):
                yield Entity(before.start, particle.end, "PER")
            elif before is None or not before.capital:
                yield Entity(father.start, particle.end, "PER")

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
        """A person's tokens, which several rules ask for."""
        if entity not in self._names:
            self._names[entity] = self._found_name(entity)
        return self._names[entity]

    def _found_name(self, entity: Entity) -> tuple[int, int]:
        """A person's tokens: without an office that the model took for a name (`Экс-премьер Асан`), with the particle
        that it left behind (`Болот кызы`).
        """
        first, last = self._index.span(entity.start, entity.end)
        while first < last - 1 and (
            is_age(self._tokens[first].text)
            or (is_head(self._tokens[first], self._known.offices) and not self._is_given(first, last))
        ):
            first += 1
        token = self._tokens[first]
        begins = self._index.sentence(token.start).start == token.start
        common = token.text.isalpha() and is_common(token.text)
        if begins and (self._governs(first, last) or (common and self._leads(first, last))):
            first += 1
        if last < len(self._tokens) and self._tokens[last].text in PATRONYMIC_PARTICLES:
            last += 1
        if first and last - first == 2 and self._tokens[last - 1].text in PATRONYMIC_PARTICLES:
            before = self._tokens[first - 1]  # `Эмир Болот уулу`, of whose first name the model made a title
            first -= before.capital and any(genders_of(reading.words[0]) for reading in word_readings(before.text))
        return first, last

    def _joined(self, places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """The names, with those put together that the model took apart: `Матильды` and `Примеровой` behind it."""
        found: list[tuple[int, int]] = []
        for first, last in places:
            begun = found[-1] if found else (0, 0)
            if begun[1] > first:  # `Эмир`, and `Болот уулу` to which it was added
                found[-1] = (begun[0], max(begun[1], last))
                continue
            if begun[1] == first and begun[1] - begun[0] == 1:
                words = name_words(self._article.text[self._tokens[begun[0]].start : self._tokens[last - 1].end])
                if len(words) > 1 and self._goes_on(first, last) and agree(words):
                    found[-1] = (begun[0], last)
                    continue
            found.append((first, last))
        return found

    def _goes_on(self, first: int, last: int) -> bool:
        """Whether a name may begin with the word before: not one that begins with a first name, but for `Примеровой
        Бурул Асановне`.
        """
        at, begin = self._tokens[first].start, self._tokens[first - 1].end
        if "\n" in self._article.text[begin:at]:
            return False
        if last - first > 1 and any("Patr" in parse.tags for parse in parses(self._tokens[first + 1].text)):
            return True
        return not any("Name" in parse.tags for parse in parses(self._tokens[first].text))

    def _is_person(self, first: int, last: int, names: Sequence[tuple[int, int]]) -> bool:
        """Not a title alone (`Папа`), a city, a mountain or an adjective (`принц Кембриджский`) that nobody of the text
        is named after, nor a family: `братья Примеровы`.
        """
        if is_family(self._tokens, first, last):
            return False
        if last - first > 1:
            return True
        if not known(self._tokens[first].text):
            return not self._is_coined(first)
        readings = parses(self._tokens[first].text)
        if any(parse.tags & {"Name", "Surn", "Patr"} for parse in readings) or genders_of(self._tokens[first].text):
            return True
        if not readings[0].tags & {"Geox", "ADJF"} and not is_head(self._tokens[first], self._known.offices):
            return True
        here = lemmas(self._tokens[first].text)
        longer = (token for begin, end in names if end - begin > 1 for token in self._tokens[begin:end])
        return any(here & lemmas(token.text) for token in longer)

    def _is_coined(self, at: int) -> bool:
        """Whether a sentence begins with two common nouns that a hyphen joins: `Чудо-гол`."""
        token = self._tokens[at]
        parts = token.text.split("-")
        begins = len(parts) > 1 and self._index.sentence(token.start).start == token.start
        return begins and parts[-1].islower() and all(map(is_common, parts))

    def _leads(self, first: int, last: int) -> bool:
        """Whether a common word at a sentence's beginning stands before a name: `Ушёл Асан Примеров`, `Сам Примеров`,
        `Тридцатилетний Примеров`, `Отношения Примерова`; a noun before a word in the nominative may be a name itself.
        """
        tags = parses(self._tokens[first].text)[0].tags
        if last - first == 3 and _are_syllables([token.text for token in self._tokens[first:last]]):
            return False  # `Пак Чон Хван`
        if last - first != 2 or tags & {"ADJF", "NPRO", "PRTF", "VERB"}:
            return last - first > 1
        return "inan" in tags and "nomn" not in cases_of((self._tokens[first + 1].text,))

    def _governs(self, first: int, last: int) -> bool:
        """Whether the first word is a preposition of which the model made a first name: `О Примерове`, not `Со Ён
        Хан`.
        """
        demanded = PREPOSITION_CASES.get(self._tokens[first].text.lower(), ALL_CASES)
        if last - first < 2 or not self._tokens[first + 1].is_word:
            return False  # `О. Примеров`
        words = tuple(token.text for token in self._tokens[first + 1 : last])
        return "nomn" not in demanded and bool(demanded & cases_of(words)) and not _are_syllables(words)

    def _is_given(self, at: int, last: int) -> bool:
        """`Эмир Примеров`: a title that is a first name too, with a capital that no sentence's beginning gives it; or
        what stands before a father's name alone: `Эмир Болот уулу`.
        """
        token = self._tokens[at]
        if last - at == 2 and last < len(self._tokens):
            last += self._tokens[last].text in PATRONYMIC_PARTICLES
        if last - at == 3 and self._tokens[last - 1].text in PATRONYMIC_PARTICLES:
            return token.capital
        begins = self._index.sentence(token.start).start == token.start
        if not token.capital or begins:
            return False
        known_as_name = any("Name" in parse.tags for parse in parses(token.text))
        return known_as_name or any(genders_of(reading.words[0]) for reading in word_readings(token.text))

    def _country_of(self, held: Sequence[Office | Title]) -> str | None:
        """The state that an office names, itself or by its body: `президент Казахстана`, `председатель ГКНБ`."""
        found = {self._state(office) for office in held} - {None}
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


def _are_syllables(words: Sequence[str]) -> bool:
    """Whether words may be a Korean or Vietnamese name, or the rest of one: each has one syllable."""
    return len(words) > 1 and all(map(is_syllable, words))


def _held(offices: Iterable[Office], mention: NameMention, person: Person) -> Iterator[Office]:
    """The offices beside a name that are its bearer's: those before it stand in its case. `соратник Асана Примерова`
    is somebody else; of `помощником президента Армении Асана Примерова` the president alone is he.
    """
    cases = cases_in(mention, person)
    for office in offices:
        if office.start > mention.start or office.cases & cases or needs_holder(office):
            yield office
        elif office.inner and office.inner.cases & cases:
            yield office.inner
