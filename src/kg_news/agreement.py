"""Krippendorff's alpha for nominal data: how far coders agree beyond what chance would give.

Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), part C: any number of coders, gaps.
With o(c, k) the coincidences of values c and k within units, n(c) their sums and n their total,
alpha = 1 - (n - 1) * sum over c != k of o(c, k) / sum over c != k of n(c) * n(k).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from typing import NamedTuple


class Agreement(NamedTuple):
    """How far coders agree on one field."""

    alpha: float | None
    """1 for full agreement, 0 for what chance gives, below 0 for less; None where nothing varies or is paired."""
    units: int
    """Units with at least two values: the others say nothing."""
    agreed: int
    """Units whose values are all the same."""


def nominal_alpha(units: Iterable[Iterable[Hashable]]) -> Agreement:
    """Alpha over units, each with the values that its coders gave it; a coder who gave none is left out.

    >>> nominal_alpha([("a", "a"), ("b", "b"), ("a", "b"), ("b",)])
    Agreement(alpha=0.4444444444444444, units=3, agreed=2)
    """
    paired = [values for values in map(Counter, units) if values.total() > 1]
    sums: Counter[Hashable] = Counter()
    observed = 0.0
    for values in paired:
        size = values.total()
        sums += values
        observed += sum(count * (size - count) for count in values.values()) / (size - 1)
    total = sums.total()
    expected = sum(count * (total - count) for count in sums.values())
    agreed = sum(len(values) == 1 for values in paired)
    alpha = 1 - (total - 1) * observed / expected if expected else None
    return Agreement(alpha, len(paired), agreed)


def by_field(codings: Iterable[Mapping[tuple[str, Hashable], Hashable]]) -> dict[str, Agreement]:
    """Alpha for every field, from what each coder said: value by (field, unit)."""
    fields: dict[str, dict[Hashable, list[Hashable]]] = {}
    for coding in codings:
        for (field, unit), value in coding.items():
            fields.setdefault(field, {}).setdefault(unit, []).append(value)
    return {field: nominal_alpha(units.values()) for field, units in sorted(fields.items())}
