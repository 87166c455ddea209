"""Where a text says itself that two names are one person's: `Асан Примеров (настоящее имя — Болот Тестов)`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg_news.views.morph import plain
from kg_news.views.tokens import QUOTES, Token

_LONGEST = 10
"""Tokens between the two names."""
_STRONG = re.compile(
    r"\b(?:настоящ\w+ (?:имя|фамилия|имя и фамилия)|урожденн\w+|при рождении|в девичестве|в миру|мирское имя|"
    r"(?:он|она) же|по (?:прозвищу|кличке)|позывной|под (?:псевдонимом|именем|ником)|псевдоним\w*|прозвище|"
    r"(?:чья|его|ее|их) фамилия на (?:самом )?деле|"
    r"извест\w+ (?:\w+ ){0,2}(?:как|под)|также (?:\w+ )?как)\b"
)
"""What says it, between two commas as well."""
_WEAK = re.compile(
    r"\b(?:также|тж|или|имя|фамилия|кличка|ник|полное имя|в (?:других |некоторых )?источниках|транскрипция|ранее|"
    r"англ|нем|фр|исп|ит|итал|порт|польск|укр|белор|каз|кирг|кырг|узб|тадж|туркм|тур|араб|перс|кит|яп|кор|ивр|лат|греч)\b"
)
"""What says it in parentheses."""
_NICKED = re.compile(r"(?:по (?:прозвищу|кличке)|под (?:псевдонимом|ником)|с позывным) [«\"“]$")
"""What says it without a mark before."""
_CYRILLIC = re.compile(r"[А-Яа-яЁёӨөҮүҢңӘәІіҚқҒғҰұҺһ]")


def is_alias(tokens: Sequence[Token], one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether the name in the tokens `other` is told to be one with the name `one`, which stands before it."""
    between = tokens[one[1] : other[0]]
    if not between or len(between) > _LONGEST:
        return False
    if _NICKED.match(" ".join(token.text.lower() for token in between)):
        return True
    if between[0].text not in {"(", ",", "—", "–"}:
        return False
    said = plain(" ".join(token.text for token in between[1:] if token.is_word).lower())
    if _STRONG.search(said):
        return not any(token.text in {".", ";", ")"} for token in between)
    return between[0].text == "(" and _is_remark(tokens, one, other, said)


def _is_remark(tokens: Sequence[Token], one: tuple[int, int], other: tuple[int, int], said: str) -> bool:
    """Whether a name behind a parenthesis is told to be the same person's, by the words `said` before it or without."""
    between = tokens[one[1] + 1 : other[0]]
    if said:
        return bool(_WEAK.search(said)) and not any(token.text == ")" for token in between)
    closing = tokens[other[1]].text if other[1] < len(tokens) else ""
    if closing in QUOTES and other[1] + 1 < len(tokens):
        closing = tokens[other[1] + 1].text
    if any(token.text not in QUOTES for token in between):
        return False
    if _is_foreign(tokens[slice(*other)]) != _is_foreign(tokens[slice(*one)]):
        return closing in {")", ",", ";"}
    return closing == ")" and _may_be_remark(one, other)


def _may_be_remark(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Without a word that says so, a single name beside a full one: `Проба (Болот Тестов)`. Of two single ones the
    second may have helped the first, as in the report of a match.
    """
    return min(one[1] - one[0], other[1] - other[0]) == 1 and max(one[1] - one[0], other[1] - other[0]) > 1


def _is_foreign(name: Sequence[Token]) -> bool:
    """Without a letter of the language."""
    return not any(_CYRILLIC.search(token.text) for token in name)
