"""Precision, recall and F1 of what was found against what a person marked, and the documents where they differ most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from kg_news.doc import Doc


class Item(NamedTuple):
    """One thing to find."""

    key: Hashable
    """What must be equal: a span `(start, end)` of the raw text, or a value."""
    text: str
    """How people are shown it."""


class Pair(NamedTuple):
    """One field of one document: what the gold says, and what was found."""

    gold: tuple[Item, ...]
    found: tuple[Item, ...]


Gold = Mapping[str, Any]
"""A line of a gold file: `id` and `text`, and whatever was marked."""

Scorer = Callable[[Gold, Doc], Mapping[str, Pair]]
"""The fields that a gold line marks, each with its pair; a field that it does not mark is left out."""


def values(found: Iterable[str | None]) -> tuple[Item, ...]:
    """Items of plain values; null is none.

    >>> values(["2022-01", None])
    (Item(key='2022-01', text='2022-01'),)
    """
    return tuple(Item(value, value) for value in found if value is not None)


def span(text: str, start: int | None, end: int | None) -> tuple[Item, ...]:
    """The item of a span of `text`; none where it is null."""
    return () if start is None or end is None else (Item((start, end), text[start:end]),)


@dataclass(frozen=True)
class Score:
    """Counts of items: how many were found rightly, found, and to be found."""

    right: int
    found: int
    gold: int

    @property
    def precision(self) -> float:
        """0 to 1; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """0 to 1; 1 where there was nothing to find."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """2·right / (found + gold), the harmonic mean of both; 1 where there was nothing to find and nothing found."""
        total = self.found + self.gold
        return 2 * self.right / total if total else 1.0


@dataclass(frozen=True)
class Case:
    """A document where gold and answer differ."""

    id: str
    missed: tuple[str, ...]
    extra: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """One field over all documents."""

    field: str
    score: Score
    cases: tuple[Case, ...]
    """The documents that differ, the worst first, then in the order of the file."""


def evaluate(documents: Iterable[tuple[str, Mapping[str, Pair]]]) -> tuple[Result, ...]:
    """The result of each field, in the order in which the fields first occur."""
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    cases: dict[str, list[Case]] = {}
    for name, pairs in documents:
        for field, pair in pairs.items():
            hits, missed, extra = _compare(pair)
            right[field] += hits
            found[field] += len(pair.found)
            gold[field] += len(pair.gold)
            differing = cases.setdefault(field, [])
            if missed or extra:
                differing.append(Case(name, missed, extra))
    return tuple(
        Result(
            field,
            Score(right[field], found[field], gold[field]),
            tuple(sorted(listed, key=lambda case: -len(case.missed) - len(case.extra))),
        )
        for field, listed in cases.items()
    )


def _compare(pair: Pair) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    """How many items are right; those missed, and those too many. A value that occurs twice must be found twice."""
    wanted = Counter(item.key for item in pair.gold)
    got = Counter(item.key for item in pair.found)
    return (wanted & got).total(), _texts(pair.gold, wanted - got), _texts(pair.found, got - wanted)


def _texts(items: Sequence[Item], left: Counter[Hashable]) -> tuple[str, ...]:
    shown = {item.key: item.text for item in items}
    return tuple(shown[key] for key in left.elements())


def as_table(results: Sequence[Result], worst: int = 0) -> str:
    """For people: a line a field in per cent, then up to `worst` cases of each field, misses with `-`, extras with
    `+`.
    """
    lines = [f"{'field':<12} {'P':>6} {'R':>6} {'F1':>6} {'right':>6} {'found':>6} {'gold':>6}"]
    for field, score, _ in ((result.field, result.score, result.cases) for result in results):
        shares = " ".join(f"{100 * share:6.1f}" for share in (score.precision, score.recall, score.f1))
        lines.append(f"{field:<12} {shares} {score.right:6} {score.found:6} {score.gold:6}")
    for result in results:
        for case in result.cases[:worst]:
            lines.append(f"\n{result.field} {case.id}")
            lines += [f"  - {text}" for text in case.missed] + [f"  + {text}" for text in case.extra]
    return "\n".join(lines)


def as_json(results: Sequence[Result]) -> dict[str, Any]:
    """For programs: by field the scores and counts, and every case."""
    return {
        result.field: {
            "precision": round(result.score.precision, 4),
            "recall": round(result.score.recall, 4),
            "f1": round(result.score.f1, 4),
            "right": result.score.right,
            "found": result.score.found,
            "gold": result.score.gold,
            "cases": [{"id": case.id, "missed": list(case.missed), "extra": list(case.extra)} for case in result.cases],
        }
        for result in results
    }
