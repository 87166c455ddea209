"""Who speaks in a Russian text: the actor who can be the subject of the verb that leads to a quotation.

Asked in this order: a name in the verb's clause, a noun for an office that one person holds (`сказал министр`), a noun
for a body that was named before (`сообщили в ведомстве`, `отметили власти`), a pronoun (`сказал он`). Where none of
them is plain, nobody speaks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg_news.records import Actor, Span
from kg_news.views.morph import PERSONAL, Parse, known, lemmas, parses, plain
from kg_news.views.names import name_words, readings
from kg_news.views.sieve import comes_from
from kg_news.views.tokens import QUOTES, Token, TokenIndex

_PRONOUNS = {"он": "masc", "она": "femn"}
_POSSESSIVES = {"его": "masc", "ее": "femn", "её": "femn"}
_LOOK_BACK = 3
"""Sentences in which the one whom a pronoun means is sought."""
_POWER = frozenset({"власть"})
_WITHIN = frozenset({"в", "во"})
_ADJECTIVE = 40
"""Code points of a state's adjective."""
_PLACES = 40
"""Places where actors are named, among which the one whom a noun means is sought."""


@dataclass(frozen=True)
class SpeechTerms:
    """The words of a language that lead to quotations, from `registry/languages/`."""

    cues: frozenset[str]
    """Verbs: lemmas in Russian, forms in Kyrgyz and Kazakh."""
    attributions: frozenset[str]
    """Nouns: `слово` of `по словам`."""
    bodies: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Nouns that stand for a body that was named before, and the types that it can have: `ведомство`, PublicBody."""
    anonymous: frozenset[str] = frozenset()
    """Nouns for persons without a name that the dictionary takes for things: `источник`."""
    holders: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Nouns that stand for a person who was named before, and the offices that tell whom: `дипломат`, `посол`."""
    statements: frozenset[str] = frozenset()
    """Nouns for what is written or said: `сообщение`."""


@dataclass(frozen=True)
class Named:
    """A place where an actor is named."""

    start: int
    end: int
    name: str
    type: str


def named_places(actors: Sequence[Actor]) -> list[Named]:
    """All of them, in the order of the text."""
    places = (Named(m.start, m.end, actor.name, actor.type) for actor in actors for m in actor.mentions)
    return sorted(places, key=_start)


class Speakers:
    """Answers who speaks, for one text."""

    def __init__(
        self, text: str, index: TokenIndex, sentences: Sequence[Span], actors: Sequence[Actor], terms: SpeechTerms
    ) -> None:
        self._text = text
        self._terms = terms
        self._index = index
        self._sentence_starts = [sentence.start for sentence in sentences]
        self._named = named_places(actors)
        self._offices = {actor.name: actor.offices for actor in actors if actor.offices}
        self._countries = {actor.name: actor.country for actor in actors}
        self._heads: dict[str, frozenset[str]] = {}
        self._people = {actor.name for actor in actors if actor.type == "Person"}
        self._genders: dict[str, str | None] = {}
        self._name_words: dict[str, frozenset[str]] = {}
        self._spoke: list[tuple[int, str]] = []
        """Who spoke last, and where that quotation ended."""

    def heard(self, end: int, speaker: str | None) -> None:
        """Remember a speaker, so that a pronoun behind the quotation may mean them."""
        if speaker:
            self._spoke.append((end, speaker))

    def within(self, start: int, end: int) -> Sequence[Named]:
        """The places in a stretch of text."""
        first, last = (bisect_left(self._named, place, key=_start) for place in (start, end))
        return [named for named in self._named[first:last] if named.end <= end]

    def subject(self, span: Span, verb: Parse, *, nearest_last: bool = False, before: int | None = None) -> str | None:
        """Who in the clause of a verb can be its subject; `— говорится в сообщении` has none, but the author of a
        statement. A noun or a pronoun means one named `before` a place: before what is quoted, where the clause follows
        it; without it, before the clause.
        """
        named: Sequence[Named | Token] = self.within(*span)
        tokens = self._index.within(*span)
        if verb.tags & {"sing", "GRND"}:  # `сказал он, добавив, что …`
            pronouns = [token for token in tokens if token.text.lower() in _PRONOUNS]
            named = sorted([*named, *pronouns], key=_start) if pronouns else named
        for one in reversed(named) if nearest_last else named:
            if isinstance(one, Token):  # `сообщил он, добавив, что полиция ждёт`
                return self._before(
                    one.start if nearest_last or before is None else before, _PRONOUNS[one.text.lower()]
                )
            if self._can_be_subject(one, verb.tags):
                return one.name
        before = span.start if before is None else before
        return self._by_noun(tokens, verb.tags, before) or self._author(tokens, verb, before)

    def _author(self, tokens: Sequence[Token], verb: Parse, before: int) -> str | None:
        """Whose words they are that a statement holds: `говорится в сообщении МЧС`, `сказано в письме ведомства`."""
        if not (verb.lemma.endswith("ся") or "PRTS" in verb.tags):
            return None
        for at in range(2, len(tokens)):
            if tokens[at - 2].text.lower() in _WITHIN and comes_from(tokens[at - 1].text, self._terms.statements):
                named = self.within(tokens[at].start, tokens[-1].end)[:1]
                beside = {token.start for token in tokens[at : at + 2]}  # `в заявлении компании Zarya`
                if named and named[0].start in beside:
                    return named[0].name if named[0].type != "Country" else None
                return self._body(tokens[at], before) if tokens[at].text.islower() else None
        return None

    def is_unnamed(self, span: Span, verb: Parse) -> bool:
        """Whether a noun for somebody without a name is the subject of a verb behind it: `Источник в МВД рассказал`."""
        return any(self._is_subject(token, verb) for token in self._index.within(*span) if token.is_word)

    def _is_subject(self, token: Token, verb: Parse) -> bool:
        """A likely nominative in the verb's number: a person, `источник`, or a noun for a body, `ведомство`."""
        reading = parses(token.text)[0]
        number = verb.tags & {"sing", "plur"}
        if not reading.tags >= {"NOUN", "nomn"} | number or not known(token.text):
            return False
        unnamed = reading.lemma in self._terms.anonymous or reading.lemma in self._terms.bodies
        return unnamed or ("anim" in reading.tags and not reading.tags & PERSONAL)

    def of_genitive(self, span: Span) -> str | None:
        """Whose words they are: `по словам Асана Примерова`, `по данным МЧС`, `по его словам`."""
        tokens = self._index.within(*span)
        for token in tokens:
            if gender := _POSSESSIVES.get(token.text.lower()):
                return self._before(span.start, gender)
        named = self.within(*span)
        if people := [one for one in named if one.type == "Person"]:
            return people[0].name
        if named and not any(self._is_somebody(t.text) for t in self._index.within(span.start, named[0].start)):
            return named[0].name  # not `по словам собеседника «Зорьки»`
        return next((name for token in tokens if (name := self._holder(token, span.start))), None)

    def last(self, before: int, gender: str | None) -> str | None:
        """Who spoke last before a place, if nobody of another gender is meant: `«…», — добавила.`"""
        return next((n for end, n in self._spoke[:-4:-1] if end <= before and self._fits(n, gender)), None)

    def _by_noun(self, tokens: Sequence[Token], verb: frozenset[str], before: int) -> str | None:
        """`сказал министр`, `сообщили в ведомстве`, `отметили власти`."""
        for at, token in enumerate(tokens):
            if not token.is_word or not token.text.islower():
                continue
            in_body = at > 0 and tokens[at - 1].text.lower() in _WITHIN
            power = comes_from(token.text, _POWER)
            if in_body != ("plur" in verb) and not power:
                continue
            if in_body or power:
                if name := self._body(token, before):
                    return name
            elif "nomn" in parses(token.text)[0].tags and (
                name := self._holder(token, before) or self._body(token, before)
            ):
                return name
        return None

    def _holder(self, token: Token, before: int) -> str | None:
        """The person named last of those whose office has the noun, or one that it stands for; nobody without one."""
        forms = lemmas(token.text) if token.is_word else frozenset[str]()
        forms = forms.union(*(self._terms.holders[form] for form in forms & self._terms.holders.keys()))
        held = (one.name for one in self._back(before) if forms & self._held(one.name))
        state = self._state_before(token)
        return next((name for name in held if state is None or self._countries[name] in {None, state}), None)

    def _state_before(self, token: Token) -> str | None:
        """The state whose adjective stands before a noun: `узбекский чиновник`."""
        named = self.within(max(0, token.start - _ADJECTIVE), token.start)
        if not named or named[-1].type != "Country" or self._text[named[-1].end : token.start].strip():
            return None
        return self._countries[named[-1].name]

    def _held(self, name: str) -> frozenset[str]:
        """The heads of a person's offices, as dictionary forms."""
        if name not in self._heads:
            offices = self._offices.get(name, ())
            self._heads[name] = frozenset(word for office in offices for word in _nouns(office))
        return self._heads[name]

    def _body(self, token: Token, before: int) -> str | None:
        """The body named last of those whose name has the noun (`в комитете`), else of those that it can mean."""
        forms = lemmas(token.text)
        types = frozenset[str]().union(*(self._terms.bodies[form] for form in forms & self._terms.bodies.keys()))
        bodies = [one for one in self._back(before) if one.type not in {"Person", "Country"}]
        named = next((one.name for one in bodies if _ends_with(self._words(one.name), forms)), None)
        return named or next((one.name for one in bodies if one.type in types), None)

    def _back(self, before: int) -> Sequence[Named]:
        """The places before an offset, the last first, as far as a noun may reach back."""
        stop = bisect_left(self._named, before, key=_start)
        return self._named[max(0, stop - _PLACES) : stop][::-1]

    def _words(self, name: str) -> frozenset[str]:
        """The dictionary forms of a body's words; a ministry's short name is a ministry's: `Минэнерго`."""
        if name not in self._name_words:
            words = {lemma for word in name.split() for lemma in lemmas(word.strip("«»"))}
            short = {"министерство"} if name.startswith("Мин") else set[str]()
            self._name_words[name] = frozenset(words | short)
        return self._name_words[name]

    def _before(self, place: int, gender: str) -> str | None:
        """The one person of a gender in the nearest sentence before that names any; else who spoke last there."""
        at = bisect_left(self._sentence_starts, place + 1) - 1
        end = place
        for sentence in range(at, max(-1, at - _LOOK_BACK), -1):
            start = self._sentence_starts[sentence]
            spoke = {name for stop, name in self._spoke[-4:] if start <= stop <= end and self._may_be(name, gender)}
            people = [one for one in self.within(start, end) if self._may_be(one.name, gender)]
            subjects = {one.name for one in people if self._is_nominative(one, frozenset())}
            names = subjects or {one.name for one in people}
            for found in (names, spoke):
                if len(found) == 1:
                    return next(iter(found))
            if names:
                return None
            end = start
        return None

    def _fits(self, name: str, gender: str | None) -> bool:
        """Whether a person can be of a gender; one whose name does not tell it can be of any."""
        if name not in self._genders:
            found = {reading.gender for reading in readings(name_words(name)) if "nomn" in reading.cases}
            self._genders[name] = found.pop() if len(found) == 1 else None
        return gender is None or self._genders[name] in {None, gender}

    def _may_be(self, name: str, gender: str) -> bool:
        """Whether `он` or `она` can mean an actor."""
        return name in self._people and self._fits(name, gender)

    def is_called(self, named: Named) -> bool:
        """Whether a person is named in the nominative."""
        return self._is_nominative(named, frozenset())

    def _can_be_subject(self, named: Named, verb: frozenset[str]) -> bool:
        """A nominative that agrees with the verb, or `в` + body with a verb in the plural: `В кабмине отметили`. An
        adjective of a state only describes who speaks: `китайский лидер сказал`.
        """
        if named.type == "Person":
            return not verb & {"plur", "neut"} and self._is_nominative(named, verb)
        at = self._index.at(named.start)
        if named.type == "Country" and "ADJF" in parses(self._index.tokens[at].text)[0].tags:
            return False
        quoted = at > 0 and self._index.tokens[at - 1].text in QUOTES
        before = self._index.tokens[at - 1 - quoted].text if at > quoted else ""
        if before.lower() in _WITHIN:
            return "plur" in verb
        if self._governs(before, quoted=quoted):
            return False
        word = self._index.tokens[at].text
        if "plur" in verb and not self._is_many(at, named.end):
            return False  # `сообщили РИА в полиции`, `ФСЭГ называют «газовой ОПЕК»`
        unbent = word.isupper() or word.isascii()  # `ВАДА признало`, `Reuters сообщает`
        return unbent or any(parse.tags & {"nomn", "Fixd", "Abbr"} for parse in parses(word))

    def _is_many(self, at: int, end: int) -> bool:
        """Whether a body can have a verb in the plural: `власти`, `США`, `Россия и Армения`."""
        word, (_, behind) = self._index.tokens[at].text, self._index.span(end - 1, end)
        joined = [token.text for token in self._index.tokens[behind : behind + 2]]
        if joined[:1] == ["и"] and joined[-1][0].isupper():
            return True
        return known(word) and any(parse.tags & {"plur", "Pltm"} for parse in parses(word))

    def _governs(self, word: str, *, quoted: bool) -> bool:
        """Whether the word before makes a body its complement: `членам ОДКБ`, `с ОДКБ`; `директор компании «Зорька»`.

        A name between quotation marks may stand behind the noun that says what it is: `агентство «Зорька» сообщило`.
        """
        if not word[:1].isalpha():
            return False
        if quoted and any(parse.tags >= {"NOUN", "nomn", "sing"} for parse in parses(word)):
            return self._is_somebody(word)
        return bool(parses(word)[0].tags & {"NOUN", "PREP"})

    def _is_somebody(self, word: str) -> bool:
        """`собеседника`, `главы`, `источника`: a common noun for a person, whose words they are rather than those of
        the body behind.
        """
        if not (word[:1].isalpha() and word.islower()):
            return False
        return {"NOUN", "anim"} <= parses(word)[0].tags or comes_from(word, self._terms.anonymous)

    def _is_nominative(self, named: Named, verb: frozenset[str]) -> bool:
        words = name_words(self._text[named.start : named.end])
        gender = next(iter(verb & {"masc", "femn"}), None)
        if gender == "masc" and named.name in self._offices:
            gender = None  # `премьер-министр Бурул Образцова заявил`: the verb agrees with the office
        name = set(plain(named.name).split())
        return any(
            "nomn" in reading.cases
            and {word for word in reading.words if not word.endswith(".")} <= name
            and gender in {None, reading.gender}
            for reading in readings(words)
        )


def _nouns(office: str) -> Iterable[str]:
    """The head of an office, and what a hyphen ties to it; for `вице-премьер` too `премьер`."""
    for word in office.split():
        if "NOUN" in parses(word)[0].tags:
            return lemmas(word) | lemmas(word.rpartition("-")[2])
    return ()


def _ends_with(words: frozenset[str], forms: frozenset[str]) -> bool:
    """Whether a word is one of the forms, or is put together with it: `генпрокуратура` with `прокуратура`."""
    endings = tuple(forms)
    return any(word.endswith(endings) for word in words)


def _start(named: Named | Token) -> int:
    return named.start
