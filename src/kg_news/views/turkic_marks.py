"""Titles between quotation marks in Kyrgyz and Kazakh texts, of which a name may be a part: `«Үлгілі Қазақстан»
жобасы`.

What stands between marks is a title where it is short and without a stop, and the sentence goes on behind it with a
word; behind what somebody says stands a comma.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg_news.views.tokens import QUOTES, Token

_NEAR = 6
"""Words of a title on either side of the name."""
_STOPS = frozenset(",.!?:;…")


def in_title(tokens: Sequence[Token], first: int, stop: int) -> bool:
    """Whether the tokens from `first` to before `stop` are a part of a title between marks, or all of it."""
    opening = next((at for at in range(first - 1, max(-1, first - 2 - _NEAR), -1) if _ends(tokens[at])), None)
    closing = next((at for at in range(stop, min(len(tokens), stop + 1 + _NEAR)) if _ends(tokens[at])), None)
    if opening is None or closing is None or closing + 1 >= len(tokens):
        return False
    marks = tokens[opening].text in QUOTES - set("»") and tokens[closing].text in QUOTES - set("«„")
    return marks and tokens[closing + 1].is_word and not tokens[closing + 1].capital


def _ends(token: Token) -> bool:
    return token.text in QUOTES or token.text in _STOPS
