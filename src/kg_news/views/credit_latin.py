"""English bodies and pages in credits; small words join theirs: `Ministry of Energy of Kazakhstan`."""

from __future__ import annotations

from kg_news.views.credit_terms import CreditTerms, Party
from kg_news.views.credit_tokens import Token, join

_JOINS = frozenset({"of", "from", "by"})
_SMALL = _JOINS | {"the", "a"}
"""Small words within a name."""
_STARTS = frozenset(
    {"archive", "author", "courtesy", "file", "handout", "open", "personal", "press", "screenshot", "social", "still"}
)
"""Words in small letters that may begin a credit."""
_LONGEST = 12


def joined(tokens: list[Token], i: int, _: CreditTerms) -> Party | None:
    """`Ministry of Energy of Kazakhstan`, `press service of the president`, `courtesy of the Naryn Museum`. It ends
    in capitals, without the one that small letters follow: `Museum of Osh Visitors can …`.
    """
    if not (tokens[i].kind == "word" and tokens[i].latin):
        return None
    if not tokens[i].capital and tokens[i].text not in _STARTS:
        return None
    end, small = i + 1, not tokens[i].capital
    while end < len(tokens) and end - i < _LONGEST and tokens[end].kind == "word" and tokens[end].latin:
        word, led = tokens[end], tokens[end - 1].text in _SMALL
        if word.text not in _SMALL:
            if word.capital and small and not led:
                break  # «press service of the president | Drivers are …»
            if not word.capital and not small and not led:
                end -= end - 1 > i
                break  # «Ministry of Energy of Kazakhstan | The ministry plans …»
            small = not word.capital
        end += 1
    while tokens[end - 1].text in _SMALL:
        end -= 1
    if tokens[i].capital and not any(token.text in _JOINS for token in tokens[i:end]):
        return None
    return Party("agency", join(tokens, i, end), end, "head last")
