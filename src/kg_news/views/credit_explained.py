"""What the facts weigh where a body's name in a credit ends, and where it nearly ended."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from kg_news.records import Span
from kg_news.views.credit_boundary import facts
from kg_news.views.credit_shapes import CreditTerms, End, ends
from kg_news.views.credit_tokens import Token, join
from kg_news.views.credits import parties_in, window_tokens


@dataclass(frozen=True)
class Weighed:
    """A place where a credit may end."""

    behind: str
    """The word, quotation or address that stands there; empty at the end of the line."""
    sum: float | None
    """What the facts weigh together for a new sentence (log-odds); None where no weights decide."""
    facts: tuple[tuple[str, float], ...]
    """The facts that hold there, each with its weight, the heaviest first."""


def weighed_ends(text: str, credit: Span, terms: CreditTerms, end: int | None = None) -> tuple[Weighed, ...]:
    """The place where the credit's last body ends, and the next likely one if there is any; nothing for a credit whose
    end its shape alone tells. `end` is where the next marker stands, as for `read_credit`.
    """
    tokens = window_tokens(text, credit.start, terms, end)
    bodies = [(first, party) for first, party in parties_in(tokens, terms) if party.shape == "body"]
    if not bodies:
        return ()
    first, party = bodies[-1]
    found = ends(tokens, first, terms)
    chosen = next((place for place in found if place.end == party.end), found[-1])
    others = sorted((place for place in found if place is not chosen and place.fits), key=lambda place: -place.log)
    return tuple(_weighed(tokens, first, place, terms) for place in [chosen, *others[:1]])


def _weighed(tokens: list[Token], first: int, place: End, terms: CreditTerms) -> Weighed:
    behind = join(tokens, place.end, place.end + 1) if place.end < len(tokens) else ""
    if not isfinite(place.sum):
        return Weighed(behind, None, ())
    weights = [(name, terms.boundary.get(name, 0.0)) for name in facts(tokens, first, place.end, terms)]
    return Weighed(behind, round(place.sum, 2), tuple(sorted(weights, key=lambda fact: -abs(fact[1]))))
