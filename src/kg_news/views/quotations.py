"""Own names in quotation marks, whatever words they hold: `ОсОО «Заря Плюс»`."""

from __future__ import annotations

from collections.abc import Sequence

from kg_news.views.tokens import Token

_LONGEST = 9
"""Tokens that an own name in quotation marks may have with its marks."""
OPENING, _CLOSING = frozenset('«“„"'), frozenset('»”"')


def quotation_end(tokens: Sequence[Token], opening: int) -> int | None:
    """Behind a short quotation that a token opens, and that is no part of a sentence: not `власти «за бездействие»`.

    A mark right behind a word closes one: `правительства", - сказал он`.
    """
    if tokens[opening].text not in OPENING or (opening and tokens[opening - 1].end == tokens[opening].start):
        return None
    if opening + 1 < len(tokens) and tokens[opening + 1].text[0].islower():
        return None
    for at in range(opening + 2, min(len(tokens), opening + _LONGEST)):
        if tokens[at].text in _CLOSING:
            return at + 1
    return None


def quotation_start(tokens: Sequence[Token], stop: int, floor: int) -> int | None:
    """The mark that opens the short quotation which ends before a token; not before the token `floor`."""
    if stop - 1 <= floor or tokens[stop - 1].text not in _CLOSING:
        return None
    places = range(stop - 3, max(floor, stop - _LONGEST) - 1, -1)
    return next((at for at in places if quotation_end(tokens, at) == stop), None)
