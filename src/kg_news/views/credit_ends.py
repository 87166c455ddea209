"""Where a name in a credit ends and the article's next sentence begins: `Фото: пресс-служба мэрии Оша Суд вернул дело`.

Before each capital behind the first word it is asked what speaks for a new sentence there (`views.credit_weights`), and
of all the places the likeliest is taken.
"""

from __future__ import annotations

from math import exp, inf, log1p
from typing import NamedTuple

from kg_news.views.credit_cases import cases
from kg_news.views.credit_facts import is_speech
from kg_news.views.credit_terms import CreditTerms
from kg_news.views.credit_tokens import Token, is_function_word, is_predicate
from kg_news.views.credit_weights import weigh
from kg_news.views.morph import lemmas

_LONGEST = 12
"""Words that a body's name has at most."""
_DOUBTFUL = -3.0


class End(NamedTuple):
    """Where a body's name may end."""

    end: int
    """Index of the token behind the name."""
    log: float
    """The logarithm of how likely it is."""
    sum: float
    """What the facts at `end` weigh together; infinite where no weights decide."""
    fits: bool
    """Whether a sentence can begin there: no word in small letters does."""


def ends(tokens: list[Token], first: int, terms: CreditTerms) -> list[End]:
    """The places where a name that begins at `first` may end, in reading order: before each capital, quotation and
    Latin word, and where nothing of a name follows.
    """
    found: list[End] = []
    end, log = first + 1, 0.0
    while end < len(tokens) and end - first < _LONGEST:
        weight = _weight(tokens, first, end, terms)
        if weight == inf and not _lists(tokens, end):
            break
        if -inf < weight < inf:
            found.append(_end(tokens, first, end, log - log1p(exp(-weight)), weight))
            log -= log1p(exp(weight))
        end += 1
    return [*found, _end(tokens, first, end, log, inf)]


def _end(tokens: list[Token], first: int, end: int, log: float, weight: float) -> End:
    while end > first + 1 and tokens[end - 1].kind == "word" and is_function_word(tokens[end - 1].text):
        end -= 1
    return End(end, log, weight, end == len(tokens) or not tokens[end].lower)


def likeliest(found: list[End]) -> End:
    """The likeliest end; where the name seems to run on in small letters, a capital before it that begins a sentence
    more likely than not by far: `пресс-служба МВД ЮНИСЕФ обещает тепло`.
    """
    best = max(found, key=lambda end: end.log)
    others = [end for end in found if end.fits and end.sum > _DOUBTFUL]
    return best if best.fits or not others else max(others, key=lambda end: end.log)


def _weight(tokens: list[Token], first: int, i: int, terms: CreditTerms) -> float:
    """How much speaks for a new sentence at `i`; infinite where the kind of token decides."""
    token = tokens[i]
    if _is_numbered(tokens, i):
        return -inf
    if token.lower and not token.latin:
        return inf if is_predicate(token.text) else -inf
    if token.kind not in {"word", "quote", "domain", "handle", "latinpair"}:
        return inf
    speech = token.kind == "quote" and is_speech(token.text) and not _is_page(tokens[i - 1])
    if speech or (token.kind == "quote" and _is_said(tokens, i)):
        return inf
    before = tokens[i - 1]
    shouted = before.text.isupper() and token.text.isupper() and len(token.text) > 5 and not before.abbreviation
    if before.text.endswith(".") or shouted or (before.text == "ИЗ" and token.text.isupper()):
        return -inf  # «акимат г. Алматы», «ИЗ СОЦСЕТЕЙ»
    return weigh(tokens, first, i, terms)


def _is_numbered(tokens: list[Token], i: int) -> bool:
    """`школа № 2`: the sign behind a noun in small letters, and its number."""
    at = i - 1 if tokens[i].kind == "number" else i
    return tokens[at].text == "№" and tokens[at - 1].lower and at + 1 < len(tokens) and tokens[at + 1].kind == "number"


def _is_page(token: Token) -> bool:
    """`группа «Подслушано в Таразе»`: whatever stands in the quotation is the page's name."""
    return token.lower and bool(lemmas(token.text) & _PAGES)


_PAGES = frozenset({"группа", "канал", "паблик", "сообщество", "страница", "аккаунт", "чат", "фильм", "ролик"})


def _is_said(tokens: list[Token], i: int) -> bool:
    """`«Нет воды», — говорят сельчане`: a comma and a dash behind the quotation."""
    return [token.text for token in tokens[i + 1 : i + 3]] in ([",", "—"], [",", "–"], [",", "-"])


def _lists(tokens: list[Token], i: int) -> bool:
    """Whether a comma stands between the parts of one name: `Министерство труда, социальной защиты и миграции`: nouns
    in the genitive follow it in small letters, and «и» before the last.
    """
    if tokens[i].text != "," or tokens[i - 1].kind != "word":
        return False
    for number, token in enumerate(tokens[i + 1 : i + 7]):
        if token.text == "и":
            return number > 0 and i + number + 2 < len(tokens) and "gent" in cases(tokens[i + number + 2].text)
        if token.text != "," and not (token.lower and "gent" in cases(token.text)):
            return False
    return False


def goes_on(tokens: list[Token], first: int, i: int, terms: CreditTerms) -> bool:
    """Whether a name that begins at `first` goes on over the capital, quotation or Latin word at `i`."""
    return weigh(tokens, first, i, terms) <= 0
