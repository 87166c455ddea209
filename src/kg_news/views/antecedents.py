"""Whom `он`, or a verb without a subject, means: who was named before its sentence."""

from __future__ import annotations

from collections.abc import Sequence

from kg_news.views.predicates import Antecedents, Named

_RECENT = 10
"""Names before a sentence among which one is looked for."""
_TIMES = 3
"""How many times as often as who was named last somebody must be named to be meant instead: whom the article is about.
"""


def antecedents(named: Sequence[Named], count: int) -> Antecedents:
    """Who is meant in a sentence before which the first `count` of the persons are `named`, in the order of the text.

    It is who was named last; but `Примеров родился в Оше. Работал водителем Пробного. Позднее он стал мэром` speaks of
    whom the article names far more often.
    """
    recent = named[max(0, count - _RECENT) : count]
    subjects = _by_gender(recent, [name for name in recent if name.may_be_subject])
    last = next((name for name in reversed(recent) if name.may_be_subject), None)
    silent = {"": subjects.get(last.gender, last)} if last else {}
    return Antecedents(subjects | silent, _by_gender(recent, recent))


def _by_gender(recent: Sequence[Named], likely: Sequence[Named]) -> dict[str, Named]:
    """Of each gender the last of those who are likely, or whom far more names than that one's are of."""
    found: dict[str, Named] = {}
    for name in reversed(likely):
        found.setdefault(name.gender, name)
    for name in reversed(recent):
        if name.gender in found and name.times > _TIMES * found[name.gender].times:
            found[name.gender] = name
    return found
