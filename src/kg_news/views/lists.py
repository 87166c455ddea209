"""Offices that several persons of a list have: `такие режиссёры, как Асан Примеров и Бурул Тестова`, `Примеров, Тестова
и другие режиссёры`, `погибли два водителя: Асан Примеров и Эркин Пробный`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg_news.views.morph import parses
from kg_news.views.office_phrases import offices_within
from kg_news.views.office_titles import Office, TitleWords
from kg_news.views.predicates import Named
from kg_news.views.tokens import Token

_TAIL = 8
"""Tokens between a head and the mark before the names: `художники из разных стран, среди которых …`."""
_REMARK = 8
"""Tokens of a remark in parentheses between two names."""
MARKS = frozenset({",", ";", "•", "·"})
"""Marks between the names of a list."""
_JOINTS = (*([mark] for mark in MARKS), ["и"], [",", "и"], ["или"], ["а", "также"], [",", "а", "также"])
_SUCH = frozenset({"такие", "таких", "таким", "такими"})
_OTHERS = frozenset({"другие", "других", "другим", "другими"})


def listed(
    tokens: Sequence[Token], places: Iterable[int], words: TitleWords, named: Sequence[Named]
) -> Iterator[tuple[int, Office]]:
    """The offices of lists, each with the place of a name that it belongs to.

    `places` are the tokens that are heads of offices, `named` the persons named in the article, in order.
    """
    starts = {name.begin: number for number, name in enumerate(named)} | {
        name.first: number for number, name in enumerate(named)
    }
    ends = {name.last: number for number, name in enumerate(named)}
    for at in places:
        if not any({"NOUN", "plur"} <= parse.tags for parse in parses(tokens[at].text)):
            continue
        numbers, stop = _behind(tokens, at, starts, named)
        if not numbers:
            numbers = _before(tokens, at, ends, named)
        if not numbers:
            continue
        for office in offices_within(tokens, at, words, stop)[:1]:
            if office.shared:
                yield from ((named[number].place, office.of_each()) for number in numbers)


def _behind(
    tokens: Sequence[Token], at: int, starts: dict[int, int], named: Sequence[Named]
) -> tuple[Sequence[int], int]:
    """The names of the list behind a head, and where the office ends."""
    such = any(token.text.lower() in _SUCH for token in tokens[max(0, at - 3) : at])
    for to in range(at + 1, min(len(tokens), at + _TAIL)):
        text = tokens[to].text
        if text == "," and such and to + 1 < len(tokens) and tokens[to + 1].text == "как":
            return _run(tokens, to + 2, starts, named), to
        if text == ":" or (text == "," and tokens[to + 1 : to + 2] and tokens[to + 1].text == "включая"):
            return _run(tokens, to + 1 + (text == ","), starts, named), to
        if text in {".", ";", "!", "?", ","} or "VERB" in parses(text)[0].tags:
            break  # `чиновники назвали двоих: Асана Примерова и …`
    return (), at + 1


def _run(tokens: Sequence[Token], start: int, starts: dict[int, int], named: Sequence[Named]) -> Sequence[int]:
    """The names that stand one behind the other from a token on."""
    if start not in starts:
        return ()
    numbers = [starts[start]]
    while numbers[-1] + 1 < len(named) and is_joint(tokens, named[numbers[-1]].last, named[numbers[-1] + 1].begin):
        numbers.append(numbers[-1] + 1)
    return numbers


def _before(tokens: Sequence[Token], at: int, ends: dict[int, int], named: Sequence[Named]) -> Sequence[int]:
    """The names of the list that `и других` and a head end."""
    first = at
    while first > 0 and at - first < 3 and parses(tokens[first - 1].text)[0].tags & {"ADJF", "PRTF"}:
        first -= 1
        if tokens[first].text in _OTHERS:
            break
    if tokens[first].text not in _OTHERS or first == 0 or tokens[first - 1].text != "и" or first - 1 not in ends:
        return ()
    numbers = [ends[first - 1]]
    while numbers[-1] and is_joint(tokens, named[numbers[-1] - 1].last, named[numbers[-1]].begin):
        numbers.append(numbers[-1] - 1)
    return numbers


def is_joint(tokens: Sequence[Token], stop: int, start: int) -> bool:
    """Whether nothing but a mark or an `и`, and perhaps a remark, stands between two names of a list."""
    return joint(tokens, stop, start) != ""


def joint(tokens: Sequence[Token], stop: int, start: int) -> str:
    """The word or the mark that joins two names of a list; empty where they are in none."""
    between = [token.text for token in tokens[stop:start]]
    if between[:1] == ["("] and ")" in between[:_REMARK]:
        between = between[between.index(")") + 1 :]
    elif len(between) > 2 and between[0] == "из" and between[1][0].isupper():
        between = between[2:]  # `Асан Примеров из Оша и …`
    return between[-1] if between in _JOINTS else ""
