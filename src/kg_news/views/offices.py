"""Offices beside a person's name: `президент Казахстана Касым-Жомарт Токаев`, `Данияр Тербишалиев, бывший депутат`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg_news.views.morph import PREDICATES, Parse, inflect, lemmas, parses
from kg_news.views.names import ALL_CASES, Cases
from kg_news.views.tokens import Token

_LONGEST = 12
"""Tokens that an office may have: `заместитель председателя комитета по топливно-энергетическому комплексу и …` has
10.
"""
_INNER = frozenset({"по", "в", "во", "на", "при", "и", "-", "«", "»"})
_BLOCKERS = PREDICATES | {"INFN", "GRND", "NPRO", "PREP", "CONJ", "PRCL", "ADVB", "COMP", "INTJ"}


@dataclass(frozen=True)
class Office:
    """An office that the text gives to a person."""

    title: str
    """As worded, with the head noun and what agrees with it in the nominative."""
    start: int
    end: int
    cases: Cases
    """The cases in which the head noun can stand: the name beside it stands in one of them."""


def offices_before(tokens: Sequence[Token], name: int, heads: frozenset[str], floor: int) -> tuple[Office, ...]:
    """The offices right before the name whose first token is `name`; `floor` is the sentence's first token.

    `премьер-министр Армении и председатель ОДКБ Никол Пашинян` holds two.
    """
    start = name
    while start > floor and name - start < _LONGEST and _may_belong(tokens[start - 1]):
        start -= 1
    return _split(tokens, start, name, heads)


def offices_after(tokens: Sequence[Token], name_end: int, heads: frozenset[str], ceiling: int) -> tuple[Office, ...]:
    """The offices in apposition behind the name: `Камчыбек Ташиев, председатель ГКНБ, …`; `… — депутат пятого
    созыва`.
    """
    if name_end >= ceiling or tokens[name_end].text not in {",", "—", "–"}:
        return ()
    start = end = name_end + 1
    while end < ceiling and end - start < _LONGEST and _may_belong(tokens[end]):
        end += 1
    if end < ceiling and tokens[end].text not in {",", ".", ";", ")", "—", "!", "?"}:
        return ()
    found = _split(tokens, start, end, heads)
    return found if found and _first_head(tokens, start, end, heads) - start <= 2 else ()


def _may_belong(token: Token) -> bool:
    if token.text in _INNER:
        return True
    if not token.is_word:
        return False
    return not parses(token.text)[0].tags & _BLOCKERS


def _is_head(token: Token, heads: frozenset[str]) -> bool:
    """`послом`, but not the preposition `после`, though both may come from `посол`."""
    return bool(lemmas(token.text) & heads) and not parses(token.text)[0].tags & _BLOCKERS


def _first_head(tokens: Sequence[Token], start: int, end: int, heads: frozenset[str]) -> int:
    return next((i for i in range(start, end) if _is_head(tokens[i], heads)), end)


def _split(tokens: Sequence[Token], start: int, end: int, heads: frozenset[str]) -> tuple[Office, ...]:
    """Cut a stretch into offices: each begins with a head noun, at the start or behind «и»."""
    head = _first_head(tokens, start, end, heads)
    if head == end:
        return ()
    starts = [head]
    for i in range(head + 1, end):
        if tokens[i - 1].text == "и" and _is_head(tokens[i], heads) and _cases(tokens[i]) & _cases(tokens[head]):
            starts.append(i)
    offices = []
    for begin, stop in zip(starts, [*(i - 1 for i in starts[1:]), end], strict=True):
        first = begin
        while first > start and begin - first < 3 and _agrees(tokens[first - 1], tokens[begin]):
            first -= 1
        offices.append(_office(tokens, first, begin, stop))
    return tuple(offices)


def _cases(token: Token) -> Cases:
    return frozenset().union(*(parse.tags & ALL_CASES for parse in _noun_readings(token)))


def _noun_readings(token: Token) -> list[Parse]:
    return [parse for parse in parses(token.text) if "NOUN" in parse.tags and "plur" not in parse.tags] or list(
        parses(token.text)[:1]
    )


def _agrees(adjective: Token, head: Token) -> bool:
    """`бывшего` before `депутата`."""
    cases = _cases(head)
    return any(
        parse.tags & {"ADJF", "PRTF"} and "Apro" not in parse.tags and parse.tags & cases
        for parse in parses(adjective.text)[:4]
    )


def _office(tokens: Sequence[Token], first: int, head: int, stop: int) -> Office:
    cases = _cases(tokens[head])
    noun = _noun_readings(tokens[head])[0]
    gender = noun.tags & {"masc", "femn", "neut"}
    parts = []
    for i in range(first, stop):
        word = tokens[i].text
        if i == head:
            form = _nominative(word, "NOUN", frozenset())
        elif i < head:
            form = _nominative(word, "ADJF", gender) or _nominative(word, "PRTF", gender)
        else:
            form = word
        parts.append(form or word)
    title = _spaced(tokens[first:stop], parts)
    if not (tokens[first].text.isupper() and len(tokens[first].text) > 1):
        title = title[0].lower() + title[1:]
    return Office(title, tokens[first].start, tokens[stop - 1].end, cases or ALL_CASES)


def _nominative(word: str, part: str, gender: frozenset[str]) -> str | None:
    for index, parse in enumerate(parses(word)):
        if part in parse.tags and "plur" not in parse.tags:
            return inflect(word, frozenset({"nomn", "sing"}) | gender, index)
    return None


def _spaced(stretch: Sequence[Token], parts: Sequence[str]) -> str:
    """Parts joined with the spaces that the text has between the tokens."""
    out = [parts[0]]
    for before, token, part in zip(stretch, stretch[1:], parts[1:], strict=False):
        out += [" " if token.start > before.end else "", part]
    return "".join(out)
