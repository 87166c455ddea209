"""Where persons are named in a Russian text: what the entity model took for one, put right, and what it missed.

The model takes in the title before a name or the next line, makes a person of a city or of a common word that begins a
sentence, and misses surnames that stand alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from kg_news.views.article import Article
from kg_news.views.bodies import Bodies
from kg_news.views.declension import ALL_CASES, PATRONYMIC_PARTICLES, go_together, is_given, is_regular, word_readings
from kg_news.views.given_names import genders_of
from kg_news.views.morph import PERSONAL, Parse, known, lemmas, parses, plain
from kg_news.views.name_spans import is_age, is_common, is_family, name_stretches, past_adjectives
from kg_news.views.names import agree, cases_of, is_patronymic, is_syllable, name_words, readings, unlikelihood
from kg_news.views.ner import Entity
from kg_news.views.office_heads import is_head
from kg_news.views.surroundings import PREPOSITION_CASES
from kg_news.views.tokens import QUOTES, Token, TokenIndex


def with_whole_names(article: Article, index: TokenIndex) -> list[Entity]:
    """What the model found, with persons' names put right: it runs over line ends and takes in the name in Latin
    letters that stands behind in parentheses, and it makes an organisation of a surname alone: `По словам Примерова`.
    """
    found: list[Entity] = []
    single: list[Entity] = []
    for entity in article.entities:
        first, last = index.span(entity.start, entity.end)
        if entity.type == "PER":
            for begin, end in name_stretches(article.text, article.tokens, first, last):
                found.append(Entity(article.tokens[begin].start, article.tokens[end - 1].end, "PER"))
        else:
            alone = entity.type == "ORG" and last - first == 1 and not article.tokens[first].text.isupper()
            (single if alone else found).append(entity)
    people = [entity for entity in found if entity.type == "PER"] if single else []
    surnames = {name for entity in people for name in _surnames(name_words(article.text[entity.start : entity.end]))}
    for entity in single:
        at = index.at(entity.start)
        quoted = at > 0 and article.tokens[at - 1].text in QUOTES
        forms = word_readings(article.tokens[at].text) if surnames and not quoted else ()
        is_person = any((form.words[0], form.gender) in surnames for form in forms)
        found.append(entity._replace(type="PER") if is_person else entity)
    return sorted(found)


def _surnames(words: tuple[str, ...]) -> set[tuple[str, str]]:
    """The surnames that somebody who is named in full may have, with the gender."""
    return {(reading.words[-1], reading.gender) for reading in readings(words)} if len(words) > 1 else set()


_INITIAL = 2
"""Letters of what may be an initial, `С` or `Дж`."""
_LONG = 8
"""Words that two names may have."""
_RULERS = frozenset({"Султан", "Эмир", "Шах"})
_TWO = 4.0
"""How much less likely one name must be than two."""


class NamePlaces:
    """Where the persons of one article are named; `offices` are the words that are no names but titles."""

    def __init__(self, article: Article, offices: frozenset[str], index: TokenIndex, bodies: Bodies) -> None:
        self._article = article
        self._tokens = article.tokens
        self._offices = offices
        self._index = index
        self._bodies = bodies
        self._names: dict[Entity, tuple[int, int]] = {}

    def of(self, entities: Sequence[Entity], leaders: Iterable[str] = ()) -> list[tuple[int, int]]:
        """The names of persons, each as index of its first token and behind the last; `leaders` are the surnames by
        which the text may name presidents.
        """
        people = self._with_echoes(entities, leaders)
        whole = [self._name(entity) for entity in people]
        fulls = _Fulls(tuple(token.text for token in self._tokens[slice(*place)]) for place in whole)
        spans = [place for found in whole for place in self._apart(*found, fulls)]
        named = _Named(self._tokens, spans, self._begins)
        return self._joined(place for place in spans if self._is_person(*place, named))

    def _with_echoes(self, people: Sequence[Entity], leaders: Iterable[str]) -> list[Entity]:
        """With the places where the surname of somebody who is named in full, or of a president, or a first name stands
        alone, and the model missed it.
        """
        wanted = {(surname, "masc") for surname in leaders}
        for entity in people:
            words = name_words(self._article.text[entity.start : entity.end])
            wanted |= _surnames(words)
            if words and len(words[0]) > _INITIAL:
                given = readings(words)[0]
                wanted |= {(given.words[0], given.gender)} if _is_only_a_name(given.words[0]) else set()
        beginnings = {name[:3] for name, _ in wanted}
        capitals = {"Ё", *(beginning[0] for beginning in beginnings)}
        starts = {sentence.start for sentence in self._article.sentences}
        taken = {at for at in self._covered if self._tokens[at].start not in starts}  # what stands there is told below
        taken |= self._tokens_of(people)
        found = list(self._by_father(people))
        taken |= self._tokens_of(found)
        found += [
            Entity(self._tokens[at].start, self._tokens[at].end, "PER")
            for text, places in self._index.raised.items()
            if text[0] in capitals and plain(text[:3]) in beginnings
            for at in places
            if at not in taken
            and self._stands_alone(at)
            and any((reading.words[0], reading.gender) in wanted for reading in word_readings(text))
        ]
        return sorted([*people, *found])

    def _by_father(self, people: Sequence[Entity]) -> Iterator[Entity]:
        """Where somebody who is named in full is named by the father alone, or with a first name that the model missed:
        `Асан кызы`, `Эркину Мамбет уулу`.
        """
        taken = self._tokens_of(people)
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
        if before and before.capital and not is_head(before, self._offices):
            return False
        begins = self._opens(at)
        return not begins or not known(token.text) or self._may_be_surname(at)

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
            or (is_head(self._tokens[first], self._offices) and not self._is_given(first, last))
        ):
            first += 1
        token = self._tokens[first]
        begins = self._opens(first)
        common = token.text.isalpha() and is_common(token.text)
        if begins and (self._governs(first, last) or (common and self._leads(first, last))):
            first += 1
        if last < len(self._tokens) and self._tokens[last].text in PATRONYMIC_PARTICLES:
            last += 1
        if first and last - first == 2 and self._tokens[last - 1].text in PATRONYMIC_PARTICLES:
            before = self._tokens[first - 1]  # `Эмир Болот уулу`, of whose first name the model made a title
            first -= before.capital and any(genders_of(reading.words[0]) for reading in word_readings(before.text))
        elif first and last - first == 1 and self._is_free(first - 1) and self._is_first_name(first - 1):
            first -= 1  # `Дмитрию Киму`
        return first, last

    def _is_free(self, at: int) -> bool:
        """Whether the model found nothing there, or a town that may be a first name: `Кубан`."""
        return at not in self._covered or (at in self._towns and bool(genders_of(self._tokens[at].text)))

    @cached_property
    def _towns(self) -> frozenset[int]:
        """The tokens of places of one word."""
        spans = (self._index.span(found.start, found.end) for found in self._article.entities if found.type == "LOC")
        return frozenset(first for first, stop in spans if stop == first + 1)

    @cached_property
    def _covered(self) -> frozenset[int]:
        """The tokens of all that the model found."""
        return self._tokens_of(self._article.entities)

    def _tokens_of(self, entities: Iterable[Entity]) -> frozenset[int]:
        spans = (self._index.span(entity.start, entity.end) for entity in entities)
        return frozenset(at for span in spans for at in range(*span))

    def _opens(self, at: int) -> bool:
        """Whether a word begins its sentence."""
        start = self._tokens[at].start
        return self._index.sentence(start).start == start

    def _is_first_name(self, at: int) -> bool:
        """Whether a word belongs to the surname behind it, as a first name that agrees with it."""
        token, surname = self._tokens[at], self._tokens[at + 1]
        if not (token.capital and surname.is_word) or "\n" in self._article.text[token.end : surname.start]:
            return False
        words = (token.text, surname.text)
        return len(token.text) > _INITIAL and _is_full(words) and unlikelihood(words) < _TWO

    def _apart(self, first: int, last: int, fulls: _Fulls) -> Iterator[tuple[int, int]]:
        """The names of two persons that the model took for one, as a heading runs into the text: `Арест Примерова Асан
        Примеров родился …`; `fulls` are the full names of the text.
        """
        words = tuple(token.text for token in self._tokens[first:last])
        if 1 < len(words) <= _LONG and all(word[0].isupper() for word in words):
            for cut in range(1, len(words)):
                one, other = words[:cut], words[cut:]
                if (len(words) > 2 and _are_two(one, other)) or fulls.are_two(one, other):
                    yield first, first + cut
                    yield first + cut, last
                    return
        yield first, last

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
        if last - first > 1 and is_patronymic(self._tokens[first + 1].text):
            return True
        return not any("Name" in parse.tags for parse in parses(self._tokens[first].text))

    def _is_person(self, first: int, last: int, named: _Named) -> bool:
        """Not a title alone (`Папа`), a city, a mountain, a club or an adjective (`принц Кембриджский`) that nobody of
        the text is named after, nor a family (`братья Примеровы`), nor a common word that has its capital from a
        sentence's or a quotation's beginning: `Свет вернулся`, `«Кыргыз, казак …»`.
        """
        if is_family(self._tokens, first, last):
            return False
        if last - first > 1:
            return True
        text = self._tokens[first].text
        if not known(text):
            return not self._is_coined(first) and not self._describes(first, named)
        readings = parses(text)
        if any(map(_is_name, readings)) or genders_of(text):
            return True
        begins = self._begins(first) and not self._may_be_surname(first)
        if not (begins or readings[0].tags & {"Geox", "Orgn", "ADJF"} or is_head(self._tokens[first], self._offices)):
            return True
        return not lemmas(text).isdisjoint(named.sure if begins else named.full)

    def _begins(self, at: int) -> bool:
        """Whether a word has its capital from the beginning of a sentence or a quotation."""
        return self._opens(at) or (at > 0 and self._tokens[at - 1].text in QUOTES)

    def _may_be_surname(self, at: int) -> bool:
        """Whether a known word that begins a sentence may be a surname: by the dictionary, or as a genitive of many
        that a verb of one follows: `Токаев сказал`, not `Примеров тому много`.
        """
        tags = [parse.tags for parse in parses(self._tokens[at].text)]
        if any("Surn" in of for of in tags):
            return True
        if not is_regular(self._tokens[at].text) or not all(of >= {"gent", "plur"} for of in tags):
            return False
        verb = parses(self._tokens[at + 1].text)[0].tags if at + 1 < len(self._tokens) else frozenset()
        return verb >= {"VERB", "sing"} and "neut" not in verb

    def _is_coined(self, at: int) -> bool:
        """Whether a sentence begins with two common nouns that a hyphen joins: `Чудо-гол`."""
        token = self._tokens[at]
        parts = token.text.split("-")
        begins = len(parts) > 1 and self._opens(at)
        return begins and parts[-1].islower() and all(map(is_common, parts))

    def _describes(self, at: int, named: _Named) -> bool:
        """Whether a word that the dictionary lacks is an adjective of the noun behind it: `Пробельская премия`, `акимы
        Пробельского и Речного районов`; not where somebody of that name is named in full.
        """
        behind = past_adjectives(self._tokens, at)
        after = self._tokens[behind] if behind < len(self._tokens) else None
        if after is None or not after.text.islower() or not known(after.text):
            return False
        tags = [parse.tags for parse in parses(self._tokens[at].text) if "ADJF" in parse.tags]
        nouns = [parse.tags for parse in parses(after.text)[:1] if "NOUN" in parse.tags]
        if not any(behind > at + 1 or go_together(adjective, noun) for adjective in tags for noun in nouns):
            return False
        return named.surnames.isdisjoint(reading.words[0] for reading in word_readings(self._tokens[at].text))

    def _leads(self, first: int, last: int) -> bool:
        """Whether a common word at a sentence's beginning stands before a name: `Ушёл Асан Примеров`, `Сам Примеров`,
        `Тридцатилетний Примеров`, `Отношения Примерова`; a noun before a word in the nominative may be a name itself.
        """
        tags = parses(self._tokens[first].text)[0].tags
        if last - first == 3 and _are_syllables([token.text for token in self._tokens[first:last]]):
            return False  # `Пак Чон Хван`
        if last - first != 2 or tags & {"ADJF", "NPRO", "PRTF", "VERB"}:
            return last - first > 1
        return "inan" in tags and "nomn" not in readings((self._tokens[first + 1].text,))[0].cases

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
        """`Эмир Примеров`: a title that is a first name too, with a capital that no sentence's beginning gives it, or a
        ruler's, of whom none is called `Примеров`; or what stands before a father's name alone: `Эмир Болот уулу`.
        """
        token = self._tokens[at]
        if last - at == 2 and last < len(self._tokens):
            last += self._tokens[last].text in PATRONYMIC_PARTICLES
        if last - at == 3 and self._tokens[last - 1].text in PATRONYMIC_PARTICLES:
            return token.capital
        if not token.capital:
            return False
        if self._opens(at):
            return token.text in _RULERS and last - at == 2 and is_regular(self._tokens[at + 1].text)
        known_as_name = any("Name" in parse.tags for parse in parses(token.text))
        return known_as_name or any(genders_of(reading.words[0]) for reading in word_readings(token.text))


class _Named:
    """What the names of a text tell of a single word that may be one."""

    def __init__(
        self, tokens: Sequence[Token], spans: Sequence[tuple[int, int]], begins: Callable[[int], bool]
    ) -> None:
        self._tokens, self._spans, self._begins = tokens, spans, begins

    @cached_property
    def full(self) -> frozenset[str]:
        """The dictionary forms of the names of several words."""
        return self._lemmas(place for place in self._spans if place[1] - place[0] > 1)

    @cached_property
    def sure(self) -> frozenset[str]:
        """These, and those of single words whose capital no beginning gives them."""
        return self.full | self._lemmas(place for place in self._spans if not self._begins(place[0]))

    @cached_property
    def surnames(self) -> frozenset[str]:
        """The last words of the names of several words, as each may be read."""
        last = {self._tokens[stop - 1].text for first, stop in self._spans if stop - first > 1}
        return frozenset(reading.words[0] for word in last for reading in word_readings(word))

    def _lemmas(self, places: Iterable[tuple[int, int]]) -> frozenset[str]:
        return frozenset().union(*(lemmas(self._tokens[at].text) for place in places for at in range(*place)))


class _Fulls:
    """The names of more than one word that a text has."""

    def __init__(self, names: Iterable[tuple[str, ...]]) -> None:
        self._names = [words for words in dict.fromkeys(names) if len(words) > 1]

    @cached_property
    def _by_surname(self) -> Mapping[str, Sequence[frozenset[str]]]:
        """The other words of the full names, by the surname that each may have."""
        found: dict[str, list[frozenset[str]]] = {}
        for words in self._names:
            for reading in readings(words):
                found.setdefault(reading.words[-1], []).append(frozenset(reading.words[:-1]))
        return found

    def are_two(self, one: tuple[str, ...], other: tuple[str, ...]) -> bool:
        """Whether words behind each other are two persons whom the text names elsewhere, the one or the other by the
        surname alone: `Бурул Тестова Асан Примеров` below two photos, `после свержения Примерова Тестов`.
        """
        if len(self._names) < 3 or is_patronymic(one[-1]) or (len(other) > 1 and is_patronymic(other[1])):
            return False
        if len(one) == 1 and is_given(word_readings(one[0])[0].words[0]):
            return False
        return self._has(one, other) and self._has(other, one)

    def _has(self, part: tuple[str, ...], beside: tuple[str, ...]) -> bool:
        """Whether a part of a name is the name of somebody who has none of the words beside it."""
        rest = {reading.words[0] for word in beside for reading in word_readings(word)}
        return any(
            (len(part) == 1 or set(reading.words[:-1]) == others) and not others & rest
            for reading in readings(part)
            for others in self._by_surname.get(reading.words[-1], ())
        )


def _are_syllables(words: Sequence[str]) -> bool:
    """Whether words may be a Korean or Vietnamese name, or the rest of one: each has one syllable."""
    return len(words) > 1 and all(map(is_syllable, words))


def _is_name(parse: Parse) -> bool:
    """A form of one person's name: not `Свет`, a plural of `Света`, and what one would call her."""
    return bool(parse.tags & PERSONAL) and not parse.tags & {"plur", "voct"}


def _are_two(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether words behind each other are rather two names: a first name begins the second, and the whole agrees far
    worse than the two; or a name comes again (`Бурул Примеровой Бурул Примерова`), or a first name in the nominative
    follows one in another case: `Асана Примерова Болот`.
    """
    if _is_full(other):
        whole = unlikelihood(one + other)
        if whole > _TWO and whole > unlikelihood(one) + unlikelihood(other) + _TWO:
            return True
        same = {reading.words for reading in readings(one)} & {reading.words for reading in readings(other)}
        return len(one) > 1 and bool(same)
    if len(other) > 1 or not _is_full(one) or not is_given(other[0]):
        return False
    return "nomn" not in readings(one)[0].cases and not agree(one + other)


def _is_full(words: tuple[str, ...]) -> bool:
    """Whether a name begins with a first name that is known as one."""
    return len(words) > 1 and is_given(readings(words)[0].words[0])


def _is_only_a_name(word: str) -> bool:
    """A first name that means nothing else: `Серена`, but not `Надежда` and `Лев`."""
    return is_given(word) and all("Name" in parse.tags for parse in parses(word) if known(word))
