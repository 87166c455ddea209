"""Offices beside a person's name: `президент Казахстана Касым-Жомарт Токаев`, `Данияр Тербишалиев, бывший депутат`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg_news.views.declension import ALL_CASES, Cases
from kg_news.views.morph import parses
from kg_news.views.name_spans import is_age
from kg_news.views.names import cases_of
from kg_news.views.office_heads import ACTING, acting, head_words, is_head
from kg_news.views.office_phrases import (
    LONGEST,
    MOST,
    OUTER_PREPOSITIONS,
    Place,
    beginning,
    behind_part,
    is_attended,
    is_shortened,
    may_belong,
    places,
)
from kg_news.views.office_titles import Office, TitleWords, adjective_cases, head_cases, is_genitive, office_at
from kg_news.views.phrases import MATTERS
from kg_news.views.quotations import quotation_start
from kg_news.views.sieve import comes_from
from kg_news.views.tokens import Token

_REMARK = 40
"""Tokens of a remark in parentheses behind a name."""
_MOST_CHAINED = 4
"""Offices before a name that commas join: `академик, доктор наук, профессор`."""
_DASHES = frozenset("—–-")


def offices_before(tokens: Sequence[Token], name: int, words: TitleWords, floor: int) -> tuple[Office, ...]:
    """The offices right before the name whose first token is `name`; none begins before the token `floor`.

    `премьер-министр Армении и председатель ОДКБ Никол Пашинян` holds two; a comma may join them too.
    """
    stop = _before_remarks(tokens, name, floor)
    if stop <= floor or not _any_head(tokens, max(floor, stop - LONGEST), stop, words) or _is_link(tokens[stop - 1]):
        return ()
    found = _right_before(tokens, stop, words, floor) or _before_another(tokens, stop, words, floor)
    for _ in range(_MOST_CHAINED):
        first = found[0].first if found else 0
        if first - 1 <= floor or tokens[first - 1].text not in {",", *_DASHES}:
            break
        more = [place for place in _right_before(tokens, first - 1, words, floor) if place.stop == first - 1]
        begun = _stretch(tokens, first - 1, floor, words)
        if not more or more[0].first != begun:
            break
        if not head_cases(tokens[more[0].head]) & head_cases(tokens[found[0].head]):
            break
        found = more + found
    if not found:
        return ()
    if one := _one_of(tokens, found[0].first, floor):
        held = [office_at(tokens, *place, words).of_each() for place in found]
        return tuple(replace(office, cases=one) for office in held if office.title)
    last = office_at(tokens, *found[-1], words)
    inner = [at for at in range(found[-1].head + 1, found[-1].stop) if _is_inner(tokens, at, words)]
    if inner:
        first = beginning(tokens, found[-1].head + 1, inner[-1])
        last = replace(last, inner=office_at(tokens, first, inner[-1], found[-1].stop, words))
    return (*(office_at(tokens, *place, words) for place in found[:-1]), last)


def offices_leading(tokens: Sequence[Token], name: int, words: TitleWords, start: int) -> tuple[Office, ...]:
    """The offices that open the sentence which begins at the token `start`, with a comma before the name: `Врач по
    образованию, Примеров …`, `40-летний лидер партии, Примеров …`.
    """
    comma = name - 1 - (name - 1 > start and is_age(tokens[name - 1].text))
    if comma <= start or tokens[comma].text != "," or not _any_head(tokens, max(start, comma - LONGEST), comma, words):
        return ()
    found = _right_before(tokens, comma, words, start)
    if not found or found[-1].stop != comma:
        return ()
    if not all(is_age(token.text) for token in tokens[start : found[0].first]):
        return ()
    held = tuple(office_at(tokens, *place, words) for place in found)
    return held if all("nomn" in office.cases and not office.many for office in held) else ()


def _before_another(tokens: Sequence[Token], stop: int, words: TitleWords, floor: int) -> list[Place]:
    """The office before a comma, behind which something else is said of the same person before the name: `физик,
    нобелевский лауреат Асан Примеров`.
    """
    start = _stretch(tokens, stop, floor, words)
    if start - 1 <= floor or tokens[start - 1].text != ",":
        return []
    noun = next((at for at in range(start, stop) if "NOUN" in parses(tokens[at].text)[0].tags), None)
    if noun is None or "anim" not in parses(tokens[noun].text)[0].tags or beginning(tokens, start, noun) != start:
        return []
    found = [place for place in _right_before(tokens, start - 1, words, floor) if place.stop == start - 1]
    return [place for place in found if head_cases(tokens[place.head]) & head_cases(tokens[noun])]


def _any_head(tokens: Sequence[Token], start: int, stop: int, words: TitleWords) -> bool:
    """Whether a head may stand there, or what stands in for one: else no other word need be looked up."""
    near = {text for _, _, text in tokens[max(0, start - 4) : stop + 3]}  # `и.о.` has four tokens
    return not ACTING.isdisjoint(near) or any(map(head_words(words.heads), near))


def _one_of(tokens: Sequence[Token], first: int, floor: int) -> Cases:
    """The cases of `одним` in `одним из лидеров партии`; none where that does not stand before an office."""
    at = first - 1
    while at > floor and (adjective_cases(tokens[at].text) or comes_from(tokens[at].text, MOST)):
        at -= 1  # `из самых известных`
    if at <= floor or tokens[at].text != "из":
        return frozenset()
    return _cases_of_one(tokens[at - 1])


def _cases_of_one(token: Token) -> Cases:
    """The cases of `одним`."""
    return frozenset().union(*(parse.tags & ALL_CASES for parse in parses(token.text) if parse.lemma == "один"))


def _is_inner(tokens: Sequence[Token], at: int, words: TitleWords) -> bool:
    return is_head(tokens[at], words.heads) and (is_genitive(tokens[at]) or is_attended(tokens, 0, at))


def _before_remarks(tokens: Sequence[Token], name: int, floor: int) -> int:
    """Where an office before a name may end: before a remark in parentheses (`партии (ПП) Асан Примеров`), a dash."""
    aged = name - 1 > floor and is_age(tokens[name - 1].text)
    if name - 1 - aged > floor and (tokens[name - 1 - aged].text in _DASHES or (aged and tokens[name - 2].text == ",")):
        name -= 1 + aged  # `водитель — 47-летний Асан Примеров`
    if name - 1 > floor and tokens[name - 1].text == ")":
        return next((at for at in range(name - 2, max(floor, name - 9), -1) if tokens[at].text == "("), name)
    return name


def _is_link(token: Token) -> bool:
    """A preposition or a conjunction: what stands before it does not belong to the name."""
    return token.text in {"и", ",", "("} or bool(parses(token.text)[0].tags & {"PREP", "CONJ"})


def _right_before(tokens: Sequence[Token], stop: int, words: TitleWords, floor: int) -> list[Place]:
    start = _stretch(tokens, stop, floor, words)
    if start - 4 >= floor and acting(tokens, start - 4):
        start -= 4
    return places(tokens, start, stop, words)


def _stretch(tokens: Sequence[Token], stop: int, floor: int, words: TitleWords) -> int:
    start = stop
    while start > floor and stop - start < LONGEST:
        if short := _abbreviated(tokens, start, floor):
            start -= short
        elif start - 2 > floor and is_shortened(tokens, start - 2):
            start -= 2
        elif (quoted := quotation_start(tokens, start, floor)) is not None:
            start = quoted
        elif (
            _goes_on(tokens, start - 1)
            or _lists_genitives(tokens, start - 1, stop, floor)
            or _leads_on(tokens, start - 1, stop, words)
        ):
            start -= 1
        else:
            break
    return start


def _leads_on(tokens: Sequence[Token], at: int, stop: int, words: TitleWords) -> bool:
    """Whether a preposition belongs to an office before it, since no other stands behind: `лидер движения за свободу
    Асан Примеров`, but not `спортсмен под руководством тренера Асана Примерова`.
    """
    if tokens[at].text not in OUTER_PREPOSITIONS or comes_from(tokens[at + 1].text, _PART_TAKEN):
        return False
    return not any(is_head(token, words.heads) for token in tokens[at + 1 : stop])


_PART_TAKEN = frozenset({"участие", "помощь", "руководство", "поддержка", "имя"})
"""Nouns that lead from something to the one who is named: `концерт с участием Асана Примерова`."""


def _abbreviated(tokens: Sequence[Token], stop: int, floor: int) -> int:
    """How many tokens an abbreviation in parentheses has that ends before a token: `Фонда гор (ФГ) республики`."""
    within = [token.text for token in tokens[max(floor, stop - 3) : stop]]
    return 3 if len(within) == 3 and within[0] == "(" and within[2] == ")" and within[1].isupper() else 0


def _lists_genitives(tokens: Sequence[Token], comma: int, stop: int, floor: int) -> bool:
    """Whether a comma joins what an office is for: `комитета по делам семьи, женщин и детей`; or whose it is:
    `президенты Турции, Грузии и Армении`.
    """
    if tokens[comma].text != "," or comma - 1 <= floor or comma + 2 >= stop or tokens[comma + 2].text not in {"и", ","}:
        return False
    if not (_is_genitive_noun(tokens[comma - 1]) and _is_genitive_noun(tokens[comma + 1])):
        return False
    if tokens[comma - 1].capital or tokens[comma + 1].capital:
        return tokens[comma - 1].capital and tokens[comma + 1].capital
    return any(token.text in MATTERS for token in tokens[max(floor, comma - LONGEST) : comma])


def _is_genitive_noun(token: Token) -> bool:
    return any({"NOUN", "gent"} <= parse.tags for parse in parses(token.text)) and not token.text.isupper()


def offices_after(
    tokens: Sequence[Token], name_end: int, words: TitleWords, ceiling: int, following: int = -1
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
        one = _cases_of_one(tokens[start]) if start + 1 < ceiling and tokens[start + 1].text == "из" else frozenset()
        start = end = start + 2 * bool(one)
        while end < ceiling and end != following and end - start < LONGEST and _goes_on(tokens, end):
            end = min(ceiling, behind_part(tokens, end))
        within = end == following < ceiling and _is_genitive_name(tokens, end)  # `, директор фонда Асана Примерова,`
        if end < ceiling and not within and not _ends_apposition(tokens[end], end == following):
            if end - 1 <= start or tokens[end - 1].text != "и":
                break
            end -= 1  # `, депутат и теперь уже мэр`
        cut = places(tokens, start, end, words)
        if cut and cut[0].first - start > (0 if found else 2) and not _is_joined(tokens, start, cut[0]):
            break
        if not cut and (one or not _tells_who(tokens, start, end)):
            break
        held = [office_at(tokens, *place, words) for place in cut]
        found += [replace(office.of_each(), cases=one) for office in held if office.shared] if one else held
        at = end
    return tuple(found)


def _is_joined(tokens: Sequence[Token], start: int, place: Place) -> bool:
    """Whether an `и` joins an office to something else that somebody is: `основатель и директор музея`."""
    if tokens[place.first - 1].text != "и" or "nomn" not in head_cases(tokens[place.head]):
        return False
    return _tells_who(tokens, start, place.first - 1)


def _tells_who(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a stretch begins with a noun for a person, though no office: `известный основатель музея`."""
    for token in tokens[start:end]:
        tags = parses(token.text)[0].tags if token.is_word else frozenset()
        if "NOUN" in tags:
            return {"anim", "nomn"} <= tags and token.text.islower()
        if not tags & {"ADJF", "PRTF"}:
            return False
    return False


def _is_genitive_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether a name can stand in the genitive and in no nominative, behind a noun that it belongs to."""
    cases = cases_of((tokens[at].text,))
    return "gent" in cases and "nomn" not in cases and bool(head_cases(tokens[at - 1]))


_THEN = frozenset({"тогда", "ныне", "некогда", "теперь", "сейчас", "ранее", "прежде", "затем", "впоследствии"})


def _ends_apposition(token: Token, named: bool) -> bool:
    """Whether an office may end before a token: a mark, or a preposition that is no part of it: `, борец за …`."""
    if token.text in {",", ".", ";", ":", ")", "(", "!", "?", *_DASHES}:
        return True
    return not named and "PREP" in parses(token.text)[0].tags


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether an office may go on with a token; not with a `-` between spaces, which is a dash."""
    if tokens[at].text == "-" and at and tokens[at - 1].end < tokens[at].start:
        return False
    return may_belong(tokens[at])


def _behind_age(tokens: Sequence[Token], at: int, ceiling: int) -> int:
    """Behind `, 26 лет`, where another comma follows."""
    behind = [token.text for token in tokens[at : min(at + 4, ceiling)]]
    is_age = len(behind) == 4 and behind[0] == behind[3] == "," and behind[1].isdecimal()
    return at + 3 if is_age and behind[2] in {"лет", "год", "года"} else at


def remark_end(tokens: Sequence[Token], at: int, ceiling: int) -> int | None:
    """The mark that closes a remark in parentheses which a token opens; None where it opens none."""
    if at >= ceiling or tokens[at].text != "(":
        return None
    return next((to for to in range(at + 1, min(ceiling, at + _REMARK)) if tokens[to].text == ")"), None)


def _behind_remarks(tokens: Sequence[Token], at: int, ceiling: int) -> int:
    """Behind a remark in parentheses without a word in small letters: `Асан Примеров (Asan Primerov), депутат`; or one
    with such words and a number, behind which the sentence goes on so: `(родился в 1957 году) — депутат`.
    """
    stop = remark_end(tokens, at, ceiling)
    if stop is not None:
        within = tokens[at + 1 : stop]
        if len(within) < 7 and not any(token.is_word and token.text.islower() for token in within):
            return stop + 1
        goes_on = stop + 1 < ceiling and tokens[stop + 1].text in {",", *_DASHES}
        if goes_on and any(token.text[0].isdecimal() for token in within):
            return stop + 1
    return at
