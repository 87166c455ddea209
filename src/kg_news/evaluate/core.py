"""Precision, recall and F1 of what was found against what a person marked, and the documents where they differ most."""

from __future__ import annotations

from collections import Counter, defaultdict
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


@dataclass(frozen=True)
class Tally:
    """One field of one document where more than equality counts: what the scorer itself has counted."""

    right: float
    found: int
    gold: int
    missed: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()


def accuracy(of: int, wrong: Sequence[tuple[str, str]]) -> Tally:
    """The share of right answers, when each of `of` questions has one: P, R and F1 are the same. `wrong` has the gold
    and the answer of those that are not right.

    >>> accuracy(3, [("Примеров", "Примерова")]).right
    2
    """
    return Tally(of - len(wrong), of, of, tuple(said for said, _ in wrong), tuple(got for _, got in wrong))


Gold = Mapping[str, Any]
"""A line of a gold file: `id` and `text`, and whatever was marked."""

Scorer = Callable[[Gold, Doc], Mapping[str, Pair | Tally]]
"""The fields that a gold line marks, each with its pair or its count; a field that it does not mark is left out."""


def values(found: Iterable[str | None]) -> tuple[Item, ...]:
    """Items of plain values; null is none.

    >>> values(["2022-01", None])
    (Item(key='2022-01', text='2022-01'),)
    """
    return tuple(Item(value, value) for value in found if value is not None)


def span(text: str, start: int | None, end: int | None) -> tuple[Item, ...]:
    """The item of a span of `text`; none where it is null."""
    return () if start is None or end is None else (Item((start, end), text[start:end]),)


def context(text: str, start: int, end: int) -> str:
    """A stretch of a text in brackets, with what stands around it, in one line.

    >>> context("Вчера Асан Примеров уехал.", 6, 19)
    'Вчера [Асан Примеров] уехал.'
    """
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return f"{before}[{text[start:end]}]{after}".replace("\n", "⏎")


_AROUND = 40
"""Characters of context to either side."""


@dataclass(frozen=True)
class Score:
    """Counts of items: how many were found rightly, found, and to be found."""

    right: float
    """Not a whole number where a half counts, as for a mention that only overlaps."""
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


def evaluate(documents: Iterable[tuple[str, Mapping[str, Pair | Tally]]]) -> tuple[Result, ...]:
    """The result of each field, in the order in which the fields first occur."""
    right: defaultdict[str, float] = defaultdict(int)
    found: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    cases: dict[str, list[Case]] = {}
    for name, pairs in documents:
        for field, pair in pairs.items():
            tally = pair if isinstance(pair, Tally) else _compare(pair)
            right[field] += tally.right
            found[field] += tally.found
            gold[field] += tally.gold
            differing = cases.setdefault(field, [])
            if tally.missed or tally.extra:
                differing.append(Case(name, tally.missed, tally.extra))
    return tuple(
        Result(
            field,
            Score(right[field], found[field], gold[field]),
            tuple(sorted(listed, key=lambda case: -len(case.missed) - len(case.extra))),
        )
        for field, listed in cases.items()
    )


def _compare(pair: Pair) -> Tally:
    """How many items are right; those missed, and those too many. A value that occurs twice must be found twice."""
    wanted = Counter(item.key for item in pair.gold)
    got = Counter(item.key for item in pair.found)
    missed, extra = _texts(pair.gold, wanted - got), _texts(pair.found, got - wanted)
    return Tally((wanted & got).total(), len(pair.found), len(pair.gold), missed, extra)


def _texts(items: Sequence[Item], left: Counter[Hashable]) -> tuple[str, ...]:
    shown = {item.key: item.text for item in items}
    return tuple(shown[key] for key in left.elements())


def as_table(results: Sequence[Result], worst: int = 0) -> str:
    """For people: a line a field in per cent, then up to `worst` cases of each field, misses with `-`, extras with
    `+`.
    """
    width = max([12, *(len(result.field) for result in results)])
    lines = [f"{'field':<{width}} {'P':>6} {'R':>6} {'F1':>6} {'right':>6} {'found':>6} {'gold':>6}"]
    for field, score, _ in ((result.field, result.score, result.cases) for result in results):
        shares = " ".join(f"{100 * share:6.1f}" for share in (score.precision, score.recall, score.f1))
        lines.append(f"{field:<{width}} {shares} {score.right:6.7g} {score.found:6} {score.gold:6}")
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
            "right": round(result.score.right, 4),
            "found": result.score.found,
            "gold": result.score.gold,
            "cases": [{"id": case.id, "missed": list(case.missed), "extra": list(case.extra)} for case in result.cases],
        }
        for result in results
    }
