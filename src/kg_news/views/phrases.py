"""Bodies by their common noun: `следственный комитет`, `российские власти`, `пресс-служба президента Казахстана`.

News write most bodies with a small letter, and the entity model leaves those out. A head noun names a body, by itself
or with what stands beside it; the phrase takes in the adjectives that agree with the head before it, and behind it
whatever hangs on it in the genitive.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg_news.views.declension import ALL_CASES
from kg_news.views.morph import RELATIONAL, Parse, known, parses
from kg_news.views.naming import Naming
from kg_news.views.quotations import OPENING, quotation_end
from kg_news.views.sieve import comes_from
from kg_news.views.tokens import Token, TokenIndex

_LONGEST = 12
"""Tokens that may stand behind a head: `комитета по международным отношениям, обороне и безопасности` has 8."""
_NAMED_AFTER = frozenset({"имени", "им"})
_OWN = _NAMED_AFTER | {"№"}
_CALLED = frozenset(
    {"город", "село", "поселок", "аул", "айыл", "деревня", "кишлак", "станица", "район", "округ", "штат", "провинция"}
)
"""Nouns behind which a place's name keeps its nominative: `мэрия города Ош`."""
RURAL = frozenset({"айыл", "аил", "аильный", "айылный"})
"""What a village's body has before its noun: `айыл окмоту`, `аильный кенеш`."""
_CHIEF = frozenset({"управление"})
_NO_NOUN = frozenset({"VERB", "PREP", "CONJ", "PRCL", "ADVB", "NPRO", "INFN", "GRND"})
_WITHIN = frozenset({"в", "при"})
"""Behind these a body is not whom an office heads: `вице-президент в администрации Асана Примерова`."""
_OF_WOMEN = frozenset("ыи")
_AIMS = {"по": "datv", "при": "loct", "против": "gent"}
"""What a body is for, at whom it is, or against what: `комитет по делам молодёжи`, `совет при президенте`, `комитет
против пыток`.
"""
_OF_KIND = (*RELATIONAL, "молодежный")
"""How adjectives end that tell one body from another, though the dictionary takes them for ones of quality:
`молодёжная сборная` is another team.
"""
_ORGANS = frozenset({"правление"})
"""What leads a firm, which is no actor beside it."""
_WITH = {"борьбе": frozenset({"с", "со"})}
"""The preposition behind what a body does, where it is not `за`: `борьбе с коррупцией`, `контролю за качеством`."""
MATTERS = frozenset({"делам", "вопросам"})
"""Behind these stands what a body is for: `комитет по делам религий`, but not `суд по делу о краже`."""


@dataclass(frozen=True)
class Phrase:
    """A body's name around a common noun, in tokens."""

    first: int
    head: int
    stop: int
    """Behind the last token."""
    lemma: str
    """Of the head."""
    sure: bool
    """Whether it names a body by itself; else only one that the document names more fully."""
    placed: bool
    """Whether an adjective before the head tells a place: `башкирское правительство`."""


@dataclass(frozen=True)
class Surroundings:
    """What else is known of the tokens: where names begin, by index of their first token, to the index behind them."""

    states: Mapping[int, int]
    state_adjectives: frozenset[int]
    names: Mapping[int, int]
    """Other bodies and organisations, and places."""
    people: Mapping[int, int]
    recurring: frozenset[int]
    """First tokens of persons whose surname the text has elsewhere too."""
    covered: frozenset[int]
    """Tokens of states and persons, and of names of bodies behind the first: no head stands there."""
    organizations: Mapping[int, tuple[int, int]]
    """Tokens of organisations that the entity model finds, to the whole: first token, and the one behind the last."""
    starts: frozenset[int]
    """First tokens of sentences: no phrase reaches over one."""
    senders: frozenset[int] = frozenset()
    """First tokens of organisations of the registry, and of abbreviations that the model takes for one."""
    stated: frozenset[int] = frozenset()
    """First tokens of bodies that say whose they are: none of them belongs to what a state's adjective stands before,
    as in `казахские спецслужбы МВД Казахстана`, where a line end was lost.
    """


def phrases(index: TokenIndex, words: Naming, around: Surroundings) -> tuple[Phrase, ...]:
    """The bodies that head words name, disjoint and in order; of one in another the outer: `пресс-служба МВД`."""
    tokens, read = index.tokens, words.head
    reader = _Reader(tokens, words, around)
    found: list[Phrase] = []
    stop = 0
    for at in index.those_listed(read):
        if at < stop or at in around.covered:
            continue
        if (head := read(tokens[at].text)) and (phrase := reader.phrase(at, head, stop)):
            found.append(phrase)
            stop = phrase.stop
    return tuple(found)


class _Reader:
    """Reads the phrases of one text."""

    def __init__(self, tokens: Sequence[Token], words: Naming, around: Surroundings) -> None:
        self._tokens = tokens
        self._words = words
        self._around = around
        self._state_ends = frozenset(stop - 1 for stop in around.states.values())

    def phrase(self, at: int, head: Parse, floor: int) -> Phrase | None:
        """The phrase around a head, where it names a body; it begins at the token `floor` or behind."""
        if (
            self._is_done(at)
            or (head.lemma in self._words.sent and self._is_sent(at))
            or self._is_firms(at, head.lemma)
        ):
            return None
        first, told, placed = self._before(at, floor)
        if head.lemma in self._words.kinds and at + 1 in self._around.names and first in self._around.state_adjectives:
            first = at  # `палестинская группировка ХАМАС`: the adjective tells the state
        stop, proper = self._end(first, at, head)
        if whole := self._around.organizations.get(at):
            first, proper = max(floor, min(first, whole[0])), proper or whole != (at, at + 1)
        if self._is_of_many(first, at, head, proper=proper):
            return None
        sure = self._is_sure(first, at, stop, head, told, which=placed or proper)
        if head.lemma in self._words.houses:
            echoes = "sing" in head.tags and stop == at + 1 == first + 1 and head.lemma not in self._words.mute
        else:
            echoes = head.lemma in self._words.described
        return Phrase(first, at, stop, head.lemma, sure, placed) if sure or echoes else None

    def _end(self, first: int, at: int, head: Parse) -> tuple[int, bool]:
        """The token behind a phrase, and whether a name is in what hangs on its head."""
        if first in self._around.state_adjectives and at + 1 in self._around.stated:
            return at + 1, False
        _, whole = self._around.organizations.get(at, (0, 0))
        stop, proper = self._behind(max(at + 1, self._around.names.get(at, 0), whole), head.lemma)
        if whole and self._is_aimed(at, stop):  # `комитет по делам спорта, культуры и молодёжи`, cut at the comma
            return max((stop, proper), self._behind(at + 1, head.lemma))
        return stop, proper

    def _is_of_many(self, first: int, at: int, head: Parse, *, proper: bool) -> bool:
        """`космические агентства`: any of them; `органы государственной власти`, of which power is no body itself."""
        if head.lemma in self._words.plurals:
            return first < at and not _may_be_plural(self._tokens[at - 1])
        named = proper or first in self._around.state_adjectives or self._tokens[at].capital
        return not named and _is_plural(self._tokens[at])

    def _is_sure(self, first: int, at: int, stop: int, head: Parse, told: int, *, which: bool) -> bool:
        """Whether a phrase names a body by itself; from `told` on its adjectives tell which one; `which` says that one
        tells its place, or that it has a name.
        """
        words = self._words
        if head.lemma in words.alone:
            return True
        if head.lemma in words.houses:
            return "sing" in head.tags and (self._is_house(first, at, stop) or self._is_aimed(at, stop))
        if stop == at + 1 and head.lemma in words.led and self._is_led(at):
            return True
        if head.lemma in words.described:
            return stop - told > 1 + (at > told and self._tokens[at - 1].text.lower() in RURAL)
        return which or self._is_aimed(at, stop)

    def _is_house(self, first: int, at: int, stop: int) -> bool:
        """`Узгенская больница`, `школа № 5`, `гимназия имени Примерова`; not `больница Нарына`, any one there."""
        behind = (token.text for token in self._tokens[at + 1 : stop])
        return any(map(self._has_its_capital, range(first, at + 1))) or not _OWN.isdisjoint(behind)

    def _has_its_capital(self, at: int) -> bool:
        """Whether a word has a capital of its own, be it that it begins the sentence: `Ошская`, not `Средняя`."""
        token = self._tokens[at]
        if not token.capital or at not in self._around.starts:
            return token.capital
        return _is_of_place(parses(token.text)[0].lemma)

    def _is_done(self, at: int) -> bool:
        """`внешнее управление`, `торжественное собрание`: the head is something that is done."""
        return at > 0 and comes_from(self._tokens[at - 1].text, self._words.doing)

    def _is_firms(self, at: int, head: str) -> bool:
        """Whether a head is what leads a firm, which is who acts: `председатель правления ОАО «Заря»`."""
        behind = at + 1 < len(self._tokens) and self._tokens[at + 1].text.lower() in self._words.legal
        return behind and head in _ORGANS

    def _is_sent(self, at: int) -> bool:
        """`силы ОДКБ`: an organisation acts by what it sends, while a state's army is a body of its own."""
        small = not self._tokens[at].capital or at in self._around.starts
        return small and at + 1 in self._around.senders

    def _is_aimed(self, at: int, stop: int) -> bool:
        """`комиссия по периодическому пересмотру дел`: what a body is for says which one it is."""
        return stop > at + 2 and self._tokens[at + 1].text == "по"

    def _before(self, at: int, floor: int) -> tuple[int, int, bool]:
        """The first of the adjectives before a head that belong to its name, the first of those that tell which one it
        is, and whether one tells a place.

        `новая башкирская администрация` begins with its second word; of `дружный совет` none tells which.
        """
        around = self._around
        cases = frozenset().union(*(parse.tags & ALL_CASES for parse in parses(self._tokens[at].text)))
        first = told = at
        placed = False
        while first > floor and first not in around.starts:
            token = self._tokens[first - 1]
            if not token.is_word or (first - 1 in around.covered and first - 1 not in around.names):
                break
            if token.text.lower() in RURAL and first == at:
                first = told = at - 1  # `айыл окмоту`
                continue
            adjective = self._adjective(token, cases, at)
            if adjective is None:
                break
            vague = "Qual" in adjective.tags and not adjective.lemma.endswith(_OF_KIND)
            told -= told == first and not vague
            first -= 1
            placed |= first in around.state_adjectives or self._tells_place(token, adjective)
        return first, told, placed

    def _adjective(self, token: Token, cases: frozenset[str], head: int) -> Parse | None:
        """The adjective in one of the cases that a token is, where it can belong to a name: not `новый`, nor `главный`
        but of `главное управление`.
        """
        readings = parses(token.text)
        found = next((parse for parse in readings if "ADJF" in parse.tags and parse.tags & cases), None)
        if found is None or self._is_office(readings[0]) or found.tags & {"Apro", "Anum", "Supr"}:
            return None
        if found.lemma in self._words.describing:
            chief = found.lemma == "главный" and comes_from(self._tokens[head].text, _CHIEF)
            return found if chief else None
        return found

    def _is_office(self, reading: Parse) -> bool:
        """`главой`, which might be a form of `главый` too; but `полицейский` is also an adjective of the same sound."""
        return "NOUN" in reading.tags and reading.lemma in self._words.offices and reading.lemma[-1] != "й"

    def _tells_place(self, token: Token, adjective: Parse) -> bool:
        """`уфимский`, `Городской`, but not `политический` and `городской`."""
        lemma = adjective.lemma
        return _is_of_place(lemma) and (token.capital or lemma not in self._words.placeless)

    def _behind(self, start: int, head: str) -> tuple[int, bool]:
        """The token behind all that hangs on a head, and whether a name is in it."""
        end = min(len(self._tokens), start + _LONGEST)
        end = next((at for at in range(start, end) if at in self._around.starts), end)
        stop, proper = start, False
        while stop < end:
            behind, named, last = self._step(start, stop, end, head)
            if not behind:
                break
            stop, proper = behind, proper or named
            if last:
                break
        return stop, proper

    def _step(self, start: int, stop: int, end: int, head: str) -> tuple[int | None, bool, bool]:
        """One more part of what hangs on a head: the token behind it, whether it is a name, whether it is the last."""
        token = self._tokens[stop]
        if behind := self._name_behind(start, stop, end):
            return behind, token.text != "№", token.capital or token.text in OPENING
        if behind := self._around.states.get(stop) or self._around.names.get(stop):
            return behind if self._name_hangs(stop, behind, head) else None, True, False
        if stop in self._around.people:
            return self._leader(stop, head), True, True
        if token.text in _AIMS:
            aimed = head not in self._words.alone and head not in self._words.unaimed
            aimed &= token.text != "против" or head in self._words.described  # `сборная против Армении` plays
            return self._aim(stop + 1, end, _AIMS[token.text]) if aimed else None, False, False
        if token.text == "и":  # `образования и науки`, but not `России и Казахстана`
            joined = stop > start and not self._tokens[stop - 1].capital
            return self._noun(stop + 1, end, "gent") if joined else None, False, False
        ended = stop - 1 in self._state_ends and not token.capital  # `Полиция Армении подробностей не дала`
        behind = None if ended else self._noun(stop, end, "gent")
        named = bool(behind) and any(part.capital for part in self._tokens[stop:behind])
        short = self._tokens[stop - 1].text.isupper() and not named  # `МЧС ложных тревог не получало`
        return None if short and behind != stop + 1 else behind, named, False

    def _name_behind(self, start: int, stop: int, end: int) -> int | None:
        """Behind a quotation, a number, whom something is called after, or a city in the nominative: `школа № 5`,
        `больница имени Примерова`, `суд города Ош`.
        """
        token = self._tokens[stop]
        if token.text in OPENING:
            return quotation_end(self._tokens, stop)
        if token.text == "№":
            return stop + 2 if stop + 1 < end and self._tokens[stop + 1].text.isdigit() else None
        if token.text in _NAMED_AFTER:
            return self._remembered(stop + 1, end)
        if stop > start and self._is_name(stop) and comes_from(self._tokens[stop - 1].text, _CALLED):
            return self._around.names.get(stop, stop + 1)
        return None

    def _remembered(self, start: int, end: int) -> int | None:
        """Behind whom something is called after: `гимназия имени А. Примерова`; None where no name follows."""
        stop = start
        while stop < end and (
            (self._tokens[stop].is_word and self._tokens[stop].capital)
            or (stop > start and self._tokens[stop].text == "." and len(self._tokens[stop - 1].text) == 1)
        ):
            stop += 1
        return stop if stop > start else None

    def _is_name(self, at: int) -> bool:
        """Whether a word stands there that may be a place's name."""
        token = self._tokens[at]
        return token.is_word and token.capital and at not in self._around.people and not token.text.isupper()

    def _leader(self, stop: int, head: str) -> int | None:
        """Behind whom a body is called after, or who leads it and is named nowhere else: `фонд Асана Примерова`,
        `администрация Асана Примерова`.
        """
        words = self._words
        before = words.head(self._tokens[stop - 1].text)
        if before is None or before.lemma != head or not self._hang(stop):
            return None
        if head not in words.founded and (
            head not in words.led or not self._is_led(stop - 1) or stop in self._around.recurring
        ):
            return None
        return self._around.people[stop]

    def _is_led(self, at: int) -> bool:
        """Whether who leads a body stands behind its head and tells which one it is: `администрация Асана Примерова`;
        but in `глава администрации Асана Примерова` the name may be the head's.
        """
        if at + 1 not in self._around.people or not self._hang(at + 1):
            return False
        offices = self._words.offices
        before = self._tokens[max(0, at - 2) : at]
        held = any(comes_from(token.text, offices) for token in before) and before[-1].text not in _WITHIN
        return not held or self._around.people[at + 1] == at + 2

    def _hang(self, first: int) -> bool:
        """Whether a person's name can stand in the genitive; a surname of a woman may not bend: `Анны Тестер`."""
        tokens = self._tokens[first : self._around.people[first]]
        return all(map(hangs, tokens)) or (hangs(tokens[0]) and tokens[0].text[-1] in _OF_WOMEN)

    def _name_hangs(self, first: int, stop: int, head: str) -> bool:
        """Whether a body's name can stand in the genitive, be it by its last word: `комитет Жогорку Кенеша`."""
        bends = (
            head not in self._words.kinds
            and stop - first > 1
            and self._tokens[first].is_word
            and not known(self._tokens[first].text)
        )
        return hangs(self._tokens[first]) or (bends and hangs(self._tokens[stop - 1]))

    def _noun(self, start: int, end: int, case: str) -> int | None:
        """Behind a noun in a case, with the adjectives before it: `национальной безопасности`, `водной и земельной
        политики`; None without one.
        """
        for at in range(start, end):
            token = self._tokens[at]
            if token.text == "и" and start < at:
                continue
            named = at in self._around.people or (at in self._around.names and at > start)
            if named or not token.is_word or token.text.isascii():
                return None
            readings = parses(token.text)
            if case == "gent" and not token.capital and self._only_describes(readings):
                return None  # `парламент нового созыва`: which one, but not what it is called
            if not any(case in parse.tags for parse in readings[:4]):
                return None
            if _is_noun(readings, case):
                return at + 1 if self._belongs(at) else None
            quality = readings[0].tags & {"ADJF", "PRTF"}
            if not quality or "Apro" in readings[0].tags or (case == "datv" and "PRTF" in quality):
                return None  # `сборная по проведённым матчам`
        return None

    def _only_describes(self, readings: Sequence[Parse]) -> bool:
        return any("ADJF" in parse.tags and parse.lemma in self._words.describing for parse in readings[:2])

    def _belongs(self, at: int) -> bool:
        """Not `полиция начала`, which may be a verb, nor `глава МВД полковника Асана Примерова`, somebody's rank."""
        readings = parses(self._tokens[at].text)
        if not self._tokens[at].capital and any("VERB" in parse.tags for parse in readings):
            return False
        behind = self._around.names.get(at + 1, at + 1)  # `спецназ лидера «Перевала» Асана Примерова`
        return not (behind in self._around.people and readings[0].tags >= {"anim", "sing"})

    def _aim(self, start: int, end: int, case: str) -> int | None:
        """Behind what a body is for: `чрезвычайным ситуациям`, `обороне и безопасности`; not `делу о краже`."""
        stop = self._noun(start, end, case)
        if stop is None:
            return None
        if self._tokens[stop - 1].text in MATTERS:
            if behind := self._noun(stop, end, "gent"):
                stop, case = behind, "gent"  # `делам молодёжи, культуры и спорта`
        elif parses(self._tokens[stop - 1].text)[0].lemma in self._words.deeds:
            return None
        if stop < end and self._tokens[stop].text in _WITH.get(self._tokens[stop - 1].text, {"за"}):
            stop = self._noun(stop + 1, end, "ablt") or stop  # `контролю за качеством`, `борьбе с коррупцией`
        while stop < end and self._tokens[stop].text in {"и", ","}:
            behind = self._noun(stop + 1, end, case)
            if behind is None:
                break
            stop = behind
        return stop


def _is_noun(readings: Sequence[Parse], case: str) -> bool:
    """Whether a word is a noun in a case first of all."""
    best = readings[0].tags
    if best & (_NO_NOUN | {"ADJF", "PRTF"}):
        return False
    return any("NOUN" in parse.tags and case in parse.tags for parse in readings[:4])


def _is_of_place(lemma: str) -> bool:
    """Whether an adjective may be made of a place's name: `ошский`, but not `политический`."""
    return lemma.endswith(RELATIONAL) and not lemma.endswith("ческий")


def _may_be_plural(token: Token) -> bool:
    return any("plur" in parse.tags for parse in parses(token.text))


def _is_plural(token: Token) -> bool:
    """Whether no reading is a singular."""
    return all("plur" in parse.tags for parse in parses(token.text) if "NOUN" in parse.tags)


def hangs(token: Token) -> bool:
    """Whether a name can stand in the genitive; an abbreviation does not bend, nor does a foreign word."""
    if token.text.isupper() or token.text.isascii():
        return True
    return any("gent" in parse.tags or "Fixd" in parse.tags for parse in parses(token.text))
