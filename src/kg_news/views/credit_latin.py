"""The shape of English bodies and pages, whose words small ones join: `Ministry of Energy of Kazakhstan`."""

from __future__ import annotations

from kg_news.views.credit_terms import CreditTerms, Party
from kg_news.views.credit_tokens import Token, join

_JOINS = frozenset({"of", "from", "by"})
_ARTICLES = frozenset({"the", "a"})
_STARTS = frozenset(
    {"archive", "author", "courtesy", "file", "handout", "open", "personal", "press", "screenshot", "social", "still"}
)
"""Small letters that begin a credit."""
_LONGEST = 12


def joined(tokens: list[Token], i: int, _: CreditTerms) -> Party | None:
    """`Ministry of Energy of Kazakhstan`, `press service of the president`, `courtesy of the Naryn Museum`. It ends
    in capitals, without the one that small letters follow: `Museum of Osh Visitors can …`.
    """
    if not (tokens[i].kind == "word" and tokens[i].latin):
        return None
    if not tokens[i].capital and tokens[i].text not in _STARTS:
        return None
    end, joins, small = i, 0, not tokens[i].capital
    while end < len(tokens) and end - i < _LONGEST and tokens[end].kind == "word" and tokens[end].latin:
        word, before = tokens[end], tokens[end - 1].text
        if word.text in _JOINS | _ARTICLES:
            joins += word.text in _JOINS
        elif word.capital and small and end > i and before not in _JOINS | _ARTICLES:
            break  # «press service of the president | Drivers are …»
        elif not word.capital and not small and before not in _JOINS | _ARTICLES:
            end -= end - 1 > i
            break  # «Ministry of Energy of Kazakhstan | The ministry plans …»
        else:
            small = not word.capital
        end += 1
    while end > i and tokens[end - 1].text in _JOINS | _ARTICLES:
        end -= 1
    if not any(token.text in _JOINS for token in tokens[i:end]) and tokens[i].capital:
        return None
    return Party("agency", join(tokens, i, end), end, "head last") if joins or end > i else None
