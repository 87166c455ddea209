"""Offices beside a person's name: `президент Казахстана Касым-Жомарт Токаев`, `Данияр Тербишалиев, бывший депутат`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import NamedTuple

from kg_news.views.declension import ALL_CASES, Cases
from kg_news.views.morph import PREDICATES, Parse, inflect, known, lemmas, parses
from kg_news.views.names import cases_of
from kg_news.views.sieve import comes_from, sieve
from kg_news.views.tokens import QUOTES, Token, spaced

_LONGEST = 14
"""Tokens that an office may have: `заместитель председателя комитета по топливно-энергетическому комплексу и …` has
10.
"""
_REMARK = 20
"""Tokens of a remark in parentheses behind a name."""
_MOST_CHAINED = 4
"""Offices before a name that commas join: `академик, доктор наук, профессор`."""
_INNER = QUOTES | {"-", "№", "и"}
_INNER_PREPOSITIONS = frozenset({"по", "в", "во", "на", "при", "от", "из", "для", "без"})
_BLOCKERS = PREDICATES | {"INFN", "GRND", "NPRO", "PREP", "CONJ", "PRCL", "ADVB", "COMP", "INTJ"}
_DASHES = frozenset("—–-")
_PREFIXES = (
    "экс-",
    "вице-",
    "топ-",
    "поп-",
    "рок-",
    "интернет-",
    "медиа-",
    "медиа",
    "теле",
    "радио",
    "кино",
    "видео",
    "фото",
)
_RANKS = frozenset(["генерал", "полковник", "подполковник", "майор", "капитан", "лейтенант", "сержант", "адмирал"])
_SOMEBODYS = frozenset(
    {"адвокат", "помощник", "помощница", "заместитель", "заместительница", "зам", "советник", "советница"}
    | {"представитель", "представительница", "пресс-секретарь", "секретарь", "водитель", "шофер", "охранник"}
    | {"телохранитель", "врач", "учитель", "тренер", "агент", "биограф", "критик", "продюсер", "юрист", "ассистент"}
    | {"доктор", "пародист", "переводчик", "менеджер", "куратор", "директор", "сотрудник", "соавтор", "издатель"}
    | {"наставник", "защитник", "руководитель", "начальник", "лидер", "глава", "король", "герцог", "следователь"}
    | {"аспирант", "репортер", "корреспондент", "партнер", "министр", "посол", "генерал", "солдат", "командир"}
)
"""Heads behind which a person in the genitive may stand whose office it is not."""
_SHORTENED = ("зам", "со", "спец", "ген", "гос", "пост", "глав", "супер")
"""What stands before a head in one word with it: `замминистра`, `экс-глава`, `медиамагнат`."""
_BEGINNINGS = (*_PREFIXES, *_SHORTENED)


@dataclass(frozen=True)
class Office:
    """An office that the text gives to a person."""

    title: str
    """As worded, with the head noun and what agrees with it in the nominative."""
    start: int
    end: int
    cases: Cases
    """The cases in which the head noun can stand: the name beside it stands in one of them."""
    gender: str = ""
    """`femn` where the head noun means a woman: `актриса`. Most of the others mean women too."""
    inner: Office | None = None
    """The office inside this one that may be the name's: `президент Армении` of `помощник президента Армении`."""
    shared: str = ""
    """The title of one holder where the head noun is, or may be, a plural: of `депутаты Жогорку Кенеша` `депутат …`."""
    shared_cases: Cases = frozenset()
    """The cases of that plural."""
    many: bool = False
    """Whether the head noun can be nothing but a plural."""

    def of_each(self) -> Office:
        """The office as each of several holders has it."""
        return replace(self, title=self.shared, cases=self.shared_cases, many=False)


def offices_before(tokens: Sequence[Token], name: int, heads: frozenset[str], floor: int) -> tuple[Office, ...]:
    """The offices right before the name whose first token is `name`; none begins before the token `floor`.

    `премьер-министр Армении и председатель ОДКБ Никол Пашинян` holds two; a comma may join them too.
    """
    stop = _before_remarks(tokens, name, floor)
    if stop <= floor or not _any_head(tokens, max(floor, stop - _LONGEST), stop, heads) or _is_link(tokens[stop - 1]):
        return ()
    found = _right_before(tokens, stop, heads, floor)
    for _ in range(_MOST_CHAINED):
        first = found[0].first if found else 0
        if first - 1 <= floor or tokens[first - 1].text != ",":
            break
        more = [place for place in _right_before(tokens, first - 1, heads, floor) if place.stop == first - 1]
        begun = _stretch(tokens, first - 1, floor)
        if not more or more[0].first != begun or not _cases(tokens[more[0].head]) & _cases(tokens[found[0].head]):
            break
        found = more + found
    if not found:
        return ()
    if one := _one_of(tokens, found[0].first, floor):
        held = [_office(tokens, *place).of_each() for place in found]
        return tuple(replace(office, cases=one) for office in held if office.title)
    last = _office(tokens, *found[-1])
    inner = [at for at in range(found[-1].head + 1, found[-1].stop) if _is_inner(tokens, at, heads)]
    if inner:
        first = _beginning(tokens, found[-1].head + 1, inner[-1])
        last = replace(last, inner=_office(tokens, first, inner[-1], found[-1].stop))
    return (*(_office(tokens, *place) for place in found[:-1]), last)


def _any_head(tokens: Sequence[Token], start: int, stop: int, heads: frozenset[str]) -> bool:
    """Whether a head may stand there, or what stands in for one: else no other word need be looked up."""
    near = tokens[max(0, start - 4) : stop + 3]  # `и.о.` has four tokens
    return any(token.text in _ACTING or is_head_word(token.text, heads) for token in near)


_ACTING = frozenset({"о", "О", "обязанности"})
"""Words without which no two stand in for a head: `и.о.`, `исполняющий обязанности`."""


def _one_of(tokens: Sequence[Token], first: int, floor: int) -> Cases:
    """The cases of `одним` in `одним из лидеров партии`; none where that does not stand before an office."""
    at = first - 1
    while at > floor and _adjective_cases(tokens[at].text):
        at -= 1  # `из самых известных`
    if at <= floor or tokens[at].text != "из":
        return frozenset()
    return frozenset().union(*(p.tags & ALL_CASES for p in parses(tokens[at - 1].text) if p.lemma == "один"))


def _is_inner(tokens: Sequence[Token], at: int, heads: frozenset[str]) -> bool:
    return is_head(tokens[at], heads) and _is_genitive(tokens[at])


def _before_remarks(tokens: Sequence[Token], name: int, floor: int) -> int:
    """Where an office before a name may end: before a remark in parentheses (`партии (ПП) Асан Примеров`), a dash."""
    aged = name - 1 > floor and tokens[name - 1].text.endswith(_AGES)
    if name - 1 - aged > floor and (tokens[name - 1 - aged].text in _DASHES or (aged and tokens[name - 2].text == ",")):
        name -= 1 + aged  # `водитель — 47-летний Асан Примеров`
    if name - 1 > floor and tokens[name - 1].text == ")":
        return next((at for at in range(name - 2, max(floor, name - 9), -1) if tokens[at].text == "("), name)
    return name


_AGES = ("-летний", "-летнего", "-летнему", "-летним", "-летняя", "-летней", "-летнюю")


def _is_link(token: Token) -> bool:
    """A preposition or a conjunction: what stands before it does not belong to the name."""
    return token.text in {"и", ",", "("} or bool(parses(token.text)[0].tags & {"PREP", "CONJ"})


def _right_before(tokens: Sequence[Token], stop: int, heads: frozenset[str], floor: int) -> list[_Place]:
    start = _stretch(tokens, stop, floor)
    if start - 4 >= floor and _acting(tokens, start - 4):
        start -= 4
    return _places(tokens, start, stop, heads)


def _stretch(tokens: Sequence[Token], stop: int, floor: int) -> int:
    start = stop
    while start > floor and stop - start < _LONGEST:
        if not _may_belong(tokens[start - 1]) and not _lists_matters(tokens, start - 1, stop, floor):
            break
        start -= 1
    return start


def _lists_matters(tokens: Sequence[Token], comma: int, stop: int, floor: int) -> bool:
    """Whether a comma joins what an office is for: `комитета по делам семьи, женщин и детей`."""
    if tokens[comma].text != "," or comma - 1 <= floor or comma + 2 >= stop or tokens[comma + 2].text not in {"и", ","}:
        return False
    if not (_is_genitive_noun(tokens[comma - 1]) and _is_genitive_noun(tokens[comma + 1])):
        return False
    return any(token.text in {"делам", "вопросам"} for token in tokens[max(floor, comma - _LONGEST) : comma])


def _is_genitive_noun(token: Token) -> bool:
    return any({"NOUN", "gent"} <= parse.tags for parse in parses(token.text)) and token.text.islower()


def offices_after(
    tokens: Sequence[Token], name_end: int, heads: frozenset[str], ceiling: int, following: int = -1
) -> tuple[Office, ...]:
    """The offices in apposition behind the name: `Камчыбек Ташиев, председатель ГКНБ, …`; `… — депутат пятого
    созыва`; `… (депутат)`. Further ones may follow, each behind a comma. What stands before the next name, which
    begins at the token `following`, is that one's.
    """
    at = _behind_remarks(tokens, name_end, ceiling)
    at = _behind_age(tokens, at, ceiling)
    found: list[Office] = []
    if at >= ceiling or tokens[at].text not in {",", "(", *_DASHES}:
        return ()
    while at < ceiling and (tokens[at].text in {",", "("} or (not found and tokens[at].text in _DASHES)):
        start = at + 1
        if tokens[at].text == "," and not found and start < ceiling and tokens[start].text in _DASHES:
            start += 1  # `Асан Примеров, — депутат`
        if start < ceiling and tokens[start].text.lower() in _THEN:
            start += 1
        many = start + 1 < ceiling and tokens[start + 1].text == "из" and "один" in lemmas(tokens[start].text)
        start = end = start + 2 * many
        while end < ceiling and end != following and end - start < _LONGEST and _goes_on(tokens, end):
            end += 1
        within = end == following < ceiling and _is_genitive_name(tokens, end)  # `, директор фонда Асана Примерова,`
        if end < ceiling and not within and not _ends_apposition(tokens[end], end == following):
            break
        places = _places(tokens, start, end, heads)
        if not places or places[0].first - start > 2 or (found and places[0].first > start):
            break
        held = [_office(tokens, *place) for place in places]
        found += [office.of_each() for office in held if office.shared] if many else held
        at = end
    return tuple(found)


def _is_genitive_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether a name can stand in the genitive and in no nominative, behind a noun that it belongs to."""
    cases = cases_of((tokens[at].text,))
    return "gent" in cases and "nomn" not in cases and "gent" in _cases(tokens[at - 1])


_THEN = frozenset({"тогда", "ныне", "некогда", "теперь", "сейчас", "ранее", "прежде", "затем", "впоследствии"})


def _ends_apposition(token: Token, named: bool) -> bool:
    """Whether an office may end before a token: a mark, or a preposition that is no part of it: `, борец за …`."""
    if token.text in {",", ".", ";", ")", "(", "!", "?", *_DASHES}:
        return True
    return not named and "PREP" in parses(token.text)[0].tags


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether an office may go on with a token; not with a `-` between spaces, which is a dash."""
    if tokens[at].text == "-" and at and tokens[at - 1].end < tokens[at].start:
        return False
    return _may_belong(tokens[at])


def _behind_age(tokens: Sequence[Token], at: int, ceiling: int) -> int:
    """Behind `, 26 лет`, where another comma follows."""
    behind = [token.text for token in tokens[at : min(at + 4, ceiling)]]
    is_age = len(behind) == 4 and behind[0] == behind[3] == "," and behind[1].isdecimal()
    return at + 3 if is_age and behind[2] in {"лет", "год", "года"} else at


def _behind_remarks(tokens: Sequence[Token], at: int, ceiling: int) -> int:
    """Behind a remark in parentheses without a word in small letters: `Асан Примеров (Asan Primerov), депутат`; or one
    with such words and a number, behind which the sentence goes on so: `(родился в 1957 году) — депутат`.
    """
    if at < ceiling and tokens[at].text == "(":
        stop = next((to for to in range(at + 1, min(ceiling, at + _REMARK)) if tokens[to].text == ")"), at)
        within = tokens[at + 1 : stop]
        if stop == at:
            return at
        if len(within) < 7 and not any(token.is_word and token.text.islower() for token in within):
            return stop + 1
        goes_on = stop + 1 < ceiling and tokens[stop + 1].text in {",", *_DASHES}
        if goes_on and any(token.text[0].isdecimal() for token in within):
            return stop + 1
    return at


def _may_belong(token: Token) -> bool:
    return _is_inner_word(token.text)


@lru_cache(maxsize=20_000)
def _is_inner_word(word: str) -> bool:
    if word in _INNER or word in _INNER_PREPOSITIONS:
        return True
    if word[0].isdecimal():
        return True  # `директор школы №5`, `54-летний`
    return word[0].isalpha() and (not known(word) or not parses(word)[0].tags & _BLOCKERS)


def needs_holder(office: Office) -> bool:
    """Whether the name behind an office in the nominative is its holder's, in whatever case it seems to stand:
    `законодатель Хосе Авила`, but not `адвокат Асана Примерова`.
    """
    return "nomn" in office.cases and " " not in office.title and office.title.split("-")[-1] not in _SOMEBODYS


def offices_within(tokens: Sequence[Token], start: int, heads: frozenset[str], ceiling: int) -> tuple[Office, ...]:
    """The offices in the phrase that begins at a token: `мэром Бишкека и депутатом` behind a verb."""
    end = start
    while end < ceiling and end - start < _LONGEST and _may_belong(tokens[end]):
        end += 1
    while end > start and tokens[end - 1].text in {"и", *_INNER_PREPOSITIONS}:
        end -= 1
    places = _places(tokens, start, end, heads)
    return tuple(_office(tokens, *place) for place in places) if places and places[0].first == start else ()


def office_of_head(tokens: Sequence[Token], head: int) -> Office:
    """An office of one word."""
    return _office(tokens, head, head, head + 1)


def is_head(token: Token, heads: frozenset[str]) -> bool:
    """`послом`, but not the preposition `после`, though both may come from `посол`; a former one too: `экс-посол`."""
    return is_head_word(token.text, heads)


def is_head_word(word: str, heads: frozenset[str]) -> bool:
    """Whether a token's text is the head of an office: `is_head` for a word, False for a number or a mark."""
    return head_words(heads)(word)


@lru_cache(maxsize=64)
def head_words(heads: frozenset[str]) -> Callable[[str], bool]:
    """`is_head_word` for one set of heads, kept by the word alone: it is asked about every word of every article."""
    return lru_cache(maxsize=12_000)(partial(_is_head_word, heads=heads))


def _is_head_word(word: str, heads: frozenset[str]) -> bool:
    lower = word.lower()
    if not word[0].isalpha() or not (_may_be_head(lower, sieve(heads)) or lower.startswith(_participles(heads))):
        return False
    if "-" in word and any(part[:1].isupper() for part in word.split("-")[1:]):
        return False  # `Бек-Султан` is a name
    if parses(word)[0].tags & _BLOCKERS:
        return False
    if any(_is_known_head(lemma, heads) for lemma in lemmas(word)):
        return True
    if "Subx" not in parses(word)[0].tags:
        return False
    return inflect(lower, frozenset({"nomn", "sing"})) in heads  # `управляющим`, a participle used as a noun


@lru_cache(maxsize=64)
def _participles(heads: frozenset[str]) -> tuple[str, ...]:
    """How the heads begin that bend as participles do: `управляющ`, which the dictionary has under a verb."""
    return tuple(sorted(head[:-2] for head in heads if head.endswith(("щий", "ший"))))


def _may_be_head(lower: str, may_be: Callable[[str], bool]) -> bool:
    """Whether it is worth while to ask the dictionary: by the word itself, a part of it, or what stands behind one of
    the beginnings.
    """
    if may_be(lower) or ("-" in lower and (may_be(lower.partition("-")[0]) or may_be(lower.rpartition("-")[2]))):
        return True
    return lower.startswith(_BEGINNINGS) and any(
        lower.startswith(beginning) and may_be(lower.removeprefix(beginning)) for beginning in _BEGINNINGS
    )


def _is_known_head(lemma: str, heads: frozenset[str]) -> bool:
    if lemma in heads:
        return True
    if "-" in lemma:  # `писатель-сатирик`, `экс-глава`
        parts = lemma.split("-")
        return any(part in heads for part in (parts[0], parts[-1])) and not parts[-1].endswith("летний")
    if not lemma.startswith(_BEGINNINGS):
        return False
    return any(lemma.startswith(prefix) and lemma.removeprefix(prefix) in heads for prefix in _BEGINNINGS)


def _acting(tokens: Sequence[Token], at: int) -> bool:
    """`и.о. мэра`, `исполняющего обязанности мэра`: what stands in for the head of the office."""
    if tokens[at].text[0] in "иИ" and "".join(token.text for token in tokens[at : at + 4]).lower() == "и.о.":
        return True
    following = tokens[at + 1].text if at + 1 < len(tokens) else ""
    return following == "обязанности" and "исполнять" in lemmas(tokens[at].text)


class _Place(NamedTuple):
    """Where an office stands: its first token, its head, and the token behind it."""

    first: int
    head: int
    stop: int


def _places(tokens: Sequence[Token], start: int, end: int, heads: frozenset[str]) -> list[_Place]:
    """Cut a stretch into offices.

    A second head in the same case is another office: `премьер-министр Армении и председатель ОДКБ`. In the genitive it
    belongs to the first: `заместитель председателя`. In neither, the first belonged to something before it: `указом
    президента депутат …`.
    """
    found: list[_Place] = []
    for head in range(start, end):
        if not is_head(tokens[head], heads) and not _acting(tokens, head):
            continue
        if _is_aim(tokens, head) or _only_describes(tokens, head, end):
            continue
        if found and found[-1].head == head - 1 and _agrees(tokens[head - 1], tokens[head]):
            found[-1] = found[-1]._replace(head=head)  # `военный врач`
            continue
        first = _beginning(tokens, found[-1].head + 1 if found else start, head)
        joined = first > start and tokens[first - 1].text == "и"
        if (
            found
            and _cases(tokens[head]) & _cases(tokens[found[0].head])
            and (joined or not _is_genitive(tokens[head]) or _stands_side_by_side(tokens, found[-1], first))
        ):
            found[-1] = found[-1]._replace(stop=first - joined)
            found.append(_Place(first, head, end))
        elif not found or not (joined or _is_genitive(tokens[head]) or _is_led(tokens, found[-1].head, head)):
            found = [_Place(first, head, end)]
    return [place._replace(stop=_end(tokens, place)) for place in found]


def _is_aim(tokens: Sequence[Token], head: int) -> bool:
    """`кандидат в президенты`: the accusative of what somebody would become."""
    return head > 0 and tokens[head - 1].text == "в" and {"NOUN", "plur"} <= parses(tokens[head].text)[0].tags


def _only_describes(tokens: Sequence[Token], head: int, end: int) -> bool:
    """`ведущий сербский политик`: a participle that agrees with a noun behind it is no noun."""
    if head + 1 >= end or not tokens[head].text.lower().startswith(("ведущ", "управляющ", "заведующ", "командующ")):
        return False
    after = tokens[head + 1]
    if not after.is_word:
        return False
    return bool(_adjective_cases(tokens[head].text) & _adjective_cases(after.text)) and "gent" not in _cases(after)


def is_membership(office: Office) -> bool:
    """`член партии`, `член экипажа`: who only belongs to something has no office in it."""
    head, *rest = office.title.split()
    return head == "член" and any(comes_from(word.strip('«»"'), _GROUPS) for word in rest[:3])


_GROUPS = frozenset(
    {"партия", "команда", "экипаж", "семья", "группа", "экспедиция", "клуб", "движение", "группировка", "банда", "союз"}
    | {"фракция", "отряд", "организация", "общество", "кружок", "династия", "лига", "жюри"}
)


def _is_led(tokens: Sequence[Token], before: int, head: int) -> bool:
    """Whether a preposition behind the head before leads to a noun that is rather a thing: `председатель комитета по
    информационной политике`.
    """
    if "anim" in parses(tokens[head].text)[0].tags:
        return False
    at = head - 1
    while at > before and _adjective_cases(tokens[at].text):
        at -= 1
    return at > before and tokens[at].text in _INNER_PREPOSITIONS


def _stands_side_by_side(tokens: Sequence[Token], before: _Place, first: int) -> bool:
    """`командующего округом генерал-полковника`: a rank is nobody's, so both mean the person."""
    return first > before.head and any(lemma.split("-")[-1] in _RANKS for lemma in lemmas(tokens[first].text))


def _end(tokens: Sequence[Token], place: _Place) -> int:
    """Without what the name itself has before it (`54-летний`, `и`), without a date (`президент в 1965 году`), and
    without the end of a quotation that began before: `солнечный клоун»`.
    """
    stop = place.stop
    for at in range(place.head + 1, stop - 1):
        if tokens[at].text in _INNER_PREPOSITIONS and _is_circumstance(tokens[at + 1 : min(at + 4, stop)]):
            stop = at
            break
    if tokens[stop - 1].text == "»" and not any(token.text == "«" for token in tokens[place.first : stop]):
        stop -= 1
    while stop - 1 > place.head and (
        tokens[stop - 1].text in {"и", "-"} or (tokens[stop - 1].text[0].isdecimal() and "лет" in tokens[stop - 1].text)
    ):
        stop -= 1
    return stop


_CIRCUMSTANCES = frozenset(
    {"срок", "случай", "связь", "результат", "конец", "начало", "время", "год", "сезон", "возраст", "пост", "март"}
    | {"должность", "поддержка", "рамка", "отношение", "этот", "тот", "который", "период", "момент", "день", "месяц"}
    | {"один", "свой", "история", "век", "мир", "апрель", "май", "июнь", "июль", "август", "сентябрь"}
    | {"октябрь", "ноябрь", "декабрь", "январь", "февраль"}
)
"""What a preposition leads to that tells when or why, and no part of the office: `главой суда на новый срок`."""


def _is_circumstance(tokens: Sequence[Token]) -> bool:
    """Whether the words behind a preposition tell when or why: `в 1965 году`, `на пятилетний срок`."""
    if tokens[0].text[0].isdecimal() or comes_from(tokens[0].text, _CIRCUMSTANCES):
        return True
    described = bool(_adjective_cases(tokens[0].text)) and len(tokens) > 1
    return described and comes_from(tokens[1].text, _CIRCUMSTANCES)


def _beginning(tokens: Sequence[Token], start: int, head: int) -> int:
    """The first of the adjectives that agree with a head: `бывший первый заместитель`, `чрезвычайный и полномочный
    посол`.
    """
    first = head
    while first > start and _agrees(tokens[first - 1], tokens[head]) and not tokens[first - 1].text[0].isdecimal():
        first -= 1
        if first - 1 > start and tokens[first - 1].text == "и" and _agrees(tokens[first - 2], tokens[head]):
            first -= 1
    return first


def _is_genitive(token: Token) -> bool:
    return "gent" in _cases(token)


def _cases(token: Token) -> Cases:
    return _noun_cases(token.text)


@lru_cache(maxsize=20_000)
def _noun_cases(word: str) -> Cases:
    found = frozenset().union(*(parse.tags & ALL_CASES for parse in _noun_readings(word)))
    return found if known(word) else found | {"nomn"}  # `аятолла`


def _noun_readings(word: str) -> list[Parse]:
    nouns = [parse for parse in parses(word) if "NOUN" in parse.tags]
    nouns = [parse for parse in nouns if "anim" in parse.tags] or nouns  # `премьера` is the premier, not a first night
    return [parse for parse in nouns if "plur" not in parse.tags] or nouns or list(parses(word)[:1])


def _agrees(adjective: Token, head: Token) -> bool:
    """`бывшего` before `депутата`."""
    return bool(_adjective_cases(adjective.text) & _cases(head))


@lru_cache(maxsize=20_000)
def _adjective_cases(word: str) -> Cases:
    """The cases that a word has as an adjective or a participle, by its likeliest readings."""
    adjectives = [parse.tags for parse in parses(word)[:4] if parse.tags & {"ADJF", "PRTF"}]
    return frozenset().union(*(tags & ALL_CASES for tags in adjectives if "Apro" not in tags))


_DESCRIBING = frozenset(
    {"новый", "известный", "молодой", "знаменитый", "популярный", "нынешний", "действующий", "прежний", "старый"}
    | {"единственный", "выдающийся", "талантливый", "легендарный", "крупный", "крупнейший", "влиятельный", "великий"}
    | {"величайший", "умеренный", "ярый", "видный", "опальный", "покойный", "бессменный", "известнейший", "неизменный"}
    | {"скандальный", "последний", "предыдущий", "следующий", "будущий", "тогдашний", "теперешний"}
)
"""Adjectives that say something of the holder or the time, and are no part of the office."""


def _office(tokens: Sequence[Token], first: int, head: int, stop: int) -> Office:
    while first < head and comes_from(tokens[first].text, _DESCRIBING):
        first += 1
    noun_tags = _noun_readings(tokens[head].text)[0].tags
    return Office(
        title=_title(tokens, first, head, stop, plural="plur" in noun_tags),
        start=tokens[first].start,
        end=tokens[stop - 1].end,
        cases=_cases(tokens[head]) or ALL_CASES,
        gender="femn" if noun_tags >= {"femn", "anim"} else "",
        shared=_title(tokens, first, head, stop, plural=True) if (cases := _plural_cases(tokens[head])) else "",
        shared_cases=cases,
        many="plur" in noun_tags,
    )


def _plural_cases(token: Token) -> Cases:
    plurals = [parse for parse in parses(token.text) if {"NOUN", "plur"} <= parse.tags]
    return frozenset().union(*(parse.tags & ALL_CASES for parse in plurals))


def _title(tokens: Sequence[Token], first: int, head: int, stop: int, *, plural: bool) -> str:
    nouns = [parse.tags for parse in parses(tokens[head].text) if "NOUN" in parse.tags]
    nouns = [tags for tags in nouns if ("plur" in tags) == plural] or [_noun_readings(tokens[head].text)[0].tags]
    noun_tags = next((tags for tags in nouns if "anim" in tags), nouns[0])
    gender = noun_tags & {"masc", "femn", "neut"}
    forms = [token.text for token in tokens[first:stop]]
    for at, form in enumerate(forms[: head - first]):
        forms[at] = _nominative(form, "ADJF", plural, gender) or _nominative(form, "PRTF", plural, gender) or form
    noun = forms[head - first]
    forms[head - first] = _nominative(noun, "NOUN", plural) or _nominative(noun, "PRTF", plural) or noun
    title = spaced(tokens[first:stop], forms)
    if not (tokens[first].text.isupper() and len(tokens[first].text) > 1):
        title = title[0].lower() + title[1:]
    return title


def _nominative(word: str, part: str, plural: bool, gender: frozenset[str] = frozenset()) -> str | None:
    found = [
        (index, parse.tags)
        for index, parse in enumerate(parses(word))
        if part in parse.tags and ("plur" in parse.tags) == plural
    ]
    for index, _ in sorted(found, key=lambda reading: part == "NOUN" and "anim" not in reading[1]):
        form = inflect(word, frozenset({"nomn", "sing"}) | gender, index)
        if form and form[:2].lower() != word[:2].lower():  # `наихороший` of `лучшим`
            form = _SUPERLATIVE.sub("ая" if "femn" in gender else "ий", word)
        return form
    return None


_SUPERLATIVE = re.compile(r"(?:ими|ий|его|ему|им|ем|ая|ей|ую|ие|их)$")
