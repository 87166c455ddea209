"""The case that the names of a list have in common: `Асан Примеров, Валерия Тестова и Бурул Пробная` are nominatives.

`Валерия Тестова` alone may be Валерий's genitive. In a list all names stand in one case, and one that has a single case
tells it of the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf

from kg_news.views.declension import ALL_CASES, ODD
from kg_news.views.lists import MARKS, joint
from kg_news.views.names import NameMention, readings
from kg_news.views.tokens import Token

Place = tuple[int, int]
"""A name's first token and the one behind its last."""


def in_one_case(
    tokens: Sequence[Token], places: Sequence[Place], mentions: Sequence[NameMention]
) -> tuple[NameMention, ...]:
    """The mentions (one a place, in order), those of a list with the cases that all of them may have."""
    return tuple(mention for first, stop in _lists(tokens, places) for mention in _agreed(mentions[first:stop]))


def _lists(tokens: Sequence[Token], places: Sequence[Place]) -> Iterator[tuple[int, int]]:
    """Every place belongs to one list, most to one of their own. A comma alone makes no list of two: behind `по словам
    Асана Примерова,` another's sentence may begin.
    """
    first, closed = 0, False
    for at in range(1, len(places) + 1):
        word = joint(tokens, places[at - 1][1], places[at][0]) if at < len(places) else ""
        if word:
            closed = closed or word not in MARKS
            continue
        if closed or at - first > 2:
            yield first, at
        else:
            yield from ((one, one + 1) for one in range(first, at))
        first, closed = at, False


def _agreed(mentions: Sequence[NameMention]) -> Sequence[NameMention]:
    if len(mentions) == 1:
        return mentions
    rows = [_unlikelihoods(mention) for mention in mentions]
    common = {case: sum(row[case] for row in rows) for case in ALL_CASES if all(case in row for row in rows)}
    if not common:
        return mentions
    least = min(common.values())
    likely = frozenset(case for case, cost in common.items() if cost == least)
    likely = likely if len(likely) < len(common) else frozenset()
    return [
        replace(one, cases=one.cases.intersection(common), setting=one.setting._replace(likely=likely))
        for one in mentions
    ]


def _unlikelihoods(mention: NameMention) -> dict[str, float]:
    """How unlikely the likeliest name is that has the mention's form in each case that the words around it allow."""
    least: dict[str, float] = {}
    for reading in readings(mention.words):
        if reading.strain < ODD:
            for case in reading.cases & mention.cases:
                least[case] = min(least.get(case, inf), reading.cost + reading.strain)
    return least
