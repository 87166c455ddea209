"""Bodies by their common noun: `следственный комитет`, `российские власти`, `пресс-служба президента Казахстана`.

News write most bodies with a small letter, and the entity model leaves those out. A head noun from
`registry/languages/ru.yml` names a body, by itself or with what stands beside it; the phrase takes in the adjectives
that agree with the head before it, and behind it whatever hangs on it in the genitive.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg_news.views.morph import Parse, lemmas, parses
from kg_news.views.ner import Entity
from kg_news.views.tokens import QUOTES, Token

_CASES = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct"})
_LONGEST = 12
"""Tokens that may stand behind a head: `комитета по международным отношениям, обороне и безопасности` has 8."""
_OPENING, _CLOSING = frozenset('«“„"'), frozenset('»”"')
_ABOUT_DEEDS = frozenset({"дело", "факт", "подозрение", "обвинение", "иск", "повод", "вопрос", "итог", "мнение", "слово", "данные", "решение",
    "просьба", "причина", "мера", "сообщение", "приказ", "поручение", "словам", "пятница", "понедельник", "вторник", "среда", "четверг", "суббота", "воскресенье", "адрес"})
"""`суд по делу`, `полиция по подозрению`: what stands behind по is not what the body is for."""


@dataclass(frozen=True)
class HeadWords:
    """Lists of `registry/languages/<tag>.yml`, as lemmas; what each is for stands in the schema."""

    alone: frozenset[str] = frozenset()
    described: frozenset[str] = frozenset()
    placed: frozenset[str] = frozenset()
    plurals: frozenset[str] = frozenset()
    describing: frozenset[str] = frozenset()
    led: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()

    @cached_property
    def all(self) -> frozenset[str]:
        return self.alone | self.described | self.placed

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """What the heads begin with: most words need not be looked up."""
        return frozenset(word[:3] for word in self.all)

    def holds(self, lemma: str) -> bool:
        return lemma in self.all


@dataclass(frozen=True)
class Phrase:
    """A body's name around a common noun, in tokens."""

    first: int
    head: int
    stop: int
    """Behind the last token."""
    lemma: str
    """Of the head."""
    alone: bool
    """Whether nothing stands beside the head."""
    sure: bool
    """Whether it names a body by itself; else only one that the document names more fully."""


@dataclass(frozen=True)
class Surroundings:
    """What else is known of the tokens: where names begin, by index of their first token."""

    states: Mapping[int, int]
    """A state's name, to the index behind it."""
    state_adjectives: frozenset[int]
    """Tokens that are adjectives of states."""
    names: Mapping[int, int]
    """Other bodies and organisations, and places."""
    people: Mapping[int, int]
    """Persons."""
    covered: frozenset[int]
    """Tokens of states and persons, and of names of bodies behind the first: no head stands there."""
    organizations: Mapping[int, tuple[int, int]]
    """Tokens of organisations that the entity model finds, to the whole: first token, and the one behind the last."""
    starts: frozenset[int]
    """First tokens of sentences: no phrase reaches over one."""


def phrases(tokens: Sequence[Token], words: HeadWords, around: Surroundings) -> tuple[Phrase, ...]:
    """The bodies that head words name, disjoint and in order; of one in another the outer: `пресс-служба МВД`."""
    found: list[Phrase] = []
    stop = 0
    for at, token in enumerate(tokens):
        if at < stop or token.text[:3].lower() not in words.beginnings or at in around.covered:
            continue
        head = _head(token, words)
        if head is None:
            continue
        phrase = _phrase(tokens, at, head, words, around, stop)
        if phrase:
            found.append(phrase)
            stop = phrase.stop
    return tuple(found)


def _head(token: Token, words: HeadWords) -> Parse | None:
    """The reading in which a token is a head."""
    readings = parses(token.text)
    for parse in readings[:3]:
        if parse.lemma in words.all and "NOUN" in parse.tags:
            if parse.lemma in words.plurals and "plur" not in parse.tags:
                continue
            return parse
    return None


def _phrase(tokens: Sequence[Token], at: int, head: Parse, words: HeadWords, around: Surroundings, floor: int) -> Phrase | None:
    whole = around.organizations.get(at)
    first, placed = _before(tokens, at, words, around, floor)
    if head.lemma in words.kinds and at + 1 in around.names and first in around.state_adjectives:
        first = at  # `палестинская группировка ХАМАС`: the adjective tells the state
    start = max(at + 1, around.names.get(at, 0), whole[1] if whole else 0)
    stop, proper = _behind(tokens, start, head.lemma, words, around)
    if whole:
        first, proper = max(floor, min(first, whole[0])), proper or whole != (at, at + 1)
    many = not (whole or tokens[at].capital or proper) and head.lemma not in words.plurals
    if many and _is_plural(tokens[at]):
        return None
    alone = first == at and stop == at + 1
    if head.lemma in words.alone:
        sure = True
    elif head.lemma in words.described:
        sure = not alone
    else:
        sure = placed or proper
        if not sure:
            return None
    return Phrase(first, at, stop, head.lemma, alone, sure)


def _before(tokens: Sequence[Token], at: int, words: HeadWords, around: Surroundings, floor: int) -> tuple[int, bool]:
    """The first of the adjectives before a head that belong to its name, and whether one tells a place.

    `новая башкирская администрация` begins with its second word.
    """
    cases = _cases(tokens[at].text)
    first, placed = at, False
    while first > floor and first not in around.starts:
        token = tokens[first - 1]
        if not token.is_word or first - 1 in around.covered and first - 1 not in around.names:
            break
        reading = next((p for p in parses(token.text) if "ADJF" in p.tags and p.tags & cases), None)
        if reading is None or "Apro" in reading.tags or "Anum" in reading.tags or reading.lemma in words.describing:
            break
        if "Supr" in reading.tags or "Qual" in reading.tags and reading.lemma[-4:] not in _RELATIONAL:
            break
        first -= 1
        placed |= first in around.state_adjectives or _of_place(token, reading)
    return first, placed


def _is_plural(token: Token) -> bool:
    """`космические агентства` speaks of many: no reading is a singular."""
    return all("plur" in parse.tags for parse in parses(token.text) if "NOUN" in parse.tags)


_RELATIONAL = ("ский", "цкий")


def _of_place(token: Token, reading: Parse) -> bool:
    """`уфимский`, `Московский`, but not `политический`."""
    return reading.lemma.endswith(_RELATIONAL) and not reading.lemma.endswith("ческий") and (
        token.capital or reading.lemma not in _NO_PLACES
    )


_NO_PLACES = frozenset({"городской", "сельский", "детский", "морской", "гражданский", "медицинский", "мирской", "людской", "женский", "мужской",
    "военно-морской", "светский", "духовский", "хозяйский", "членский", "студенческий", "пользовательский", "правозащитный", "общегородской", "юридический",
    "предпринимательский", "родительский", "учительский", "шахматный", "руководящий", "адвокатский", "депутатский", "министерский", "президентский", "консульский", "банковский", "армейский", "полицейский", "партийный", "христианский", "католический", "мусульманский", "исламский", "антитеррористический", "авторский", "партнерский", "любительский", "дочерний", "заводской", "авиаторский", "спортсменский", "казацкий"})


def _cases(word: str) -> frozenset[str]:
    return frozenset().union(*(parse.tags & _CASES for parse in parses(word)))


def _behind(tokens: Sequence[Token], start: int, head: str, words: HeadWords, around: Surroundings) -> tuple[int, bool]:
    """The token behind all that hangs on a head, and whether a name is in it."""
    stop = start
    end = min(len(tokens), start + _LONGEST)
    end = next((at for at in range(start, end) if at in around.starts), end)
    proper = noun = False
    while stop < end:
        token = tokens[stop]
        if token.text in _OPENING:
            if stop and tokens[stop - 1].end == token.start:
                break  # `правительства", - сказал он`
            close = _closing(tokens, stop)
            if close and (stop == start or noun):
                return close, True
            break
        if behind := around.states.get(stop) or around.names.get(stop):
            if stop in around.state_adjectives or not _hangs(token):
                break
            stop, proper, noun = behind, True, True
            continue
        if behind := around.people.get(stop):
            if stop == start and head in words.led and all(_hangs(part) for part in tokens[stop:behind]):
                if behind == stop + 1 or not _has_head(tokens, start, words.offices):
                    return behind, True
            break
        if token.text in {"по", "при"} and head not in words.alone and head != "суд" and head != "партия":
            behind = _purpose(tokens, stop + 1, end, around, "datv" if token.text == "по" else "loct")
            if behind:
                stop, noun = behind, True
                continue
            break
        if token.text == "и" and noun and not proper:
            behind = _noun_phrase(tokens, stop + 1, end, around, "gent", words)
            if behind:
                stop = behind
                continue
            break
        behind = _noun_phrase(tokens, stop, end, around, "gent", words)
        if not behind:
            break
        proper |= any(token.capital for token in tokens[stop:behind])
        stop, noun = behind, True
    return stop, proper


def _has_head(tokens: Sequence[Token], start: int, offices: frozenset[str]) -> bool:
    """`глава администрации Асана Примерова`: the name may be the head's, and not the body's."""
    return any(lemmas(token.text) & offices for token in tokens[max(0, start - 3) : start - 1])


def _closing(tokens: Sequence[Token], opening: int) -> int | None:
    """Behind the mark that closes a short quotation."""
    for at in range(opening + 2, min(len(tokens), opening + 9)):
        if tokens[at].text in _CLOSING:
            return at + 1
    return None


def _hangs(token: Token) -> bool:
    """Whether a name can stand in the genitive; an abbreviation does not bend, nor does a foreign word."""
    word = token.text
    if word.isupper() or word.isascii():
        return True
    return any("gent" in parse.tags or "Fixd" in parse.tags for parse in parses(word))


def _noun_phrase(
    tokens: Sequence[Token], start: int, end: int, around: Surroundings, case: str, words: HeadWords | None = None
) -> int | None:
    """Behind a noun in a case, with the adjectives before it: `национальной безопасности`; None where there is none."""
    for at in range(start, end):
        token = tokens[at]
        if not token.is_word or token.text.isascii() or at in around.people or at in around.names and at > start:
            return None
        readings = [parse for parse in parses(token.text)[:4] if case in parse.tags]
        if not readings:
            return None
        best = parses(token.text)[0]
        if any("VERB" in parse.tags for parse in parses(token.text)) and not token.capital:
            return None  # `полиция начала`
        if at + 1 in around.people and "anim" in best.tags and "plur" not in best.tags:
            return None  # `главой МВД полковника Асана Примерова`
        if "NOUN" in best.tags or any("NOUN" in parse.tags for parse in readings) and "ADJF" not in best.tags:
            if best.tags & {"VERB", "PREP", "CONJ", "PRCL", "ADVB", "NPRO", "INFN", "GRND"}:
                return None
            if not any("NOUN" in parse.tags for parse in readings):
                return None
            return at + 1
        if not best.tags & {"ADJF", "PRTF"} or "Apro" in best.tags:
            return None
    return None


def _purpose(tokens: Sequence[Token], start: int, end: int, around: Surroundings, case: str) -> int | None:
    """What a body is for, behind по: `чрезвычайным ситуациям`, `обороне и безопасности`; or at whom it is: `при мэре`."""
    stop = _noun_phrase(tokens, start, end, around, case)
    if stop is None or parses(tokens[stop - 1].text)[0].lemma in _ABOUT_DEEDS:
        return None
    while stop < end and tokens[stop].text in {"и", ","}:
        behind = _noun_phrase(tokens, stop + 1, end, around, case)
        if behind is None:
            break
        stop = behind
    return stop
