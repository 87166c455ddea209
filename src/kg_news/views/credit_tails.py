"""What stands behind a name in a credit and still belongs to it: a number, a state, a word that only outlets have."""

from __future__ import annotations

import re

from kg_news.views.credit_cases import cases
from kg_news.views.credit_terms import CreditTerms
from kg_news.views.credit_tokens import Token, is_place_name, is_predicate, looks_like_surname


def past_number(tokens: list[Token], end: int) -> int:
    """The end with a number that belongs to a channel's name: `Хабар 24`; in `… 6 января` it is a date's."""
    if end < len(tokens) and tokens[end].kind == "number" and len(tokens[end].text) < 4:
        return end if counts(tokens, end) else end + 1
    return end


def past_year(tokens: list[Token], i: int) -> int:
    """The end with the year of the picture, where no small letters go on behind it: `Асан Примеров, 2019 год`."""
    if i + 1 >= len(tokens) or tokens[i].text != "," or not YEAR.fullmatch(tokens[i + 1].text):
        return i
    end = i + 2 + (i + 2 < len(tokens) and tokens[i + 2].text in _YEAR_WORDS)
    return i if end < len(tokens) and (tokens[end].lower or tokens[end].text in {",", "—", "–", "-"}) else end


YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_WORDS = frozenset({"год", "г", "г.", "жыл", "жылы", "yil", "йил"})


def counts(tokens: list[Token], i: int) -> bool:
    """Whether a number begins a sentence: `6 января`, `10-й класс`, `40 % жителей`."""
    behind = tokens[i + 1] if i + 1 < len(tokens) else None
    return behind is not None and (behind.lower or behind.text in {"%", "-", "–"})


def past_outlet_word(tokens: list[Token], i: int, terms: CreditTerms) -> int:
    """The end with a word that only outlets have: `Азаттык Медиа`, `Искра.Медиа`."""
    at = i + 1 if i < len(tokens) and tokens[i].text == "." else i
    named = at < len(tokens) and tokens[at].text in terms.outlet_words
    if at + 1 < len(tokens) and tokens[at + 1].lower and is_predicate(tokens[at + 1].text):
        return i  # «Искра.kz Газета пишет …»
    return at + 1 if named and (at == i or tokens[at].start == tokens[i].end) else i


def past_state(tokens: list[Token], i: int) -> int:
    """The index behind a state that ends a name, in the genitive or as two letters: `Красный Полумесяц Казахстана`,
    `Степьгидромет КР`; `i` where there is none, or where the state is a verb's subject.
    """
    if i >= len(tokens) or (i + 1 < len(tokens) and tokens[i + 1].lower and is_predicate(tokens[i + 1].text)):
        return i
    letters = tokens[i].abbreviation and len(tokens[i].text) == 2 and not tokens[i].latin
    owned = is_place_name(tokens[i]) and "gent" in cases(tokens[i].text) and "nomn" not in cases(tokens[i].text)
    return i + 1 if letters or owned else i


def is_branch(tokens: list[Token], i: int) -> bool:
    """Whether a state in the nominative ends an outlet's or a body's name, as no small letter follows: `ЮНИСЕФ
    Кыргызстан`, `Искра Казахстан`.
    """
    before = tokens[i - 1]
    state = is_place_name(tokens[i]) and (before.abbreviation or before.latin)
    if not state or i + 1 >= len(tokens):
        return state
    behind = tokens[i + 1]
    return not (behind.lower or behind.text == "," or looks_like_surname(behind.text))
