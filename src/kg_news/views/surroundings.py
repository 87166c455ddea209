"""What the words around a person's name tell of its case and of the person's gender.

`смерти Примерова` is a genitive, `сообщила Примерова` a woman's nominative, `29-летнему Примерову` a man's dative.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg_news.views.declension import ALL_CASES, GENDERS, Cases
from kg_news.views.morph import Parse, parses
from kg_news.views.names import Setting
from kg_news.views.tokens import Token

_CASES_BY_PREPOSITION: Sequence[tuple[str, frozenset[str]]] = (
    ("у от для против без из после около кроме вокруг ради вместо до среди возле помимо мимо", frozenset({"gent"})),
    ("к ко благодаря вопреки согласно навстречу", frozenset({"datv"})),
    ("с со", frozenset({"ablt", "gent"})),
    ("над между перед передо", frozenset({"ablt", "gent"})),
    ("за под", frozenset({"ablt", "accs"})),
    ("о об обо при", frozenset({"loct"})),
    ("в во на", frozenset({"loct", "accs"})),
    ("про через сквозь включая спустя", frozenset({"accs"})),
    ("по", frozenset({"datv"})),
)
PREPOSITION_CASES = {word: cases for words, cases in _CASES_BY_PREPOSITION for word in words.split()}
"""The cases that a preposition asks for (lower case)."""

_NOMINATIVE: Cases = frozenset({"nomn"})
_GENITIVE: Cases = frozenset({"gent"})
_OBJECT: Cases = frozenset({"accs", "datv", "gent"})
_PARENTHESIS = 8
"""Tokens that a remark in parentheses behind a name may have: `Асан Примеров (Ош) сказал`."""


def surroundings(tokens: Sequence[Token], first: int, last: int, start: int, end: int) -> tuple[Cases, Setting]:
    """The cases that the words around a name demand, and what they tell besides.

    The name is `tokens[first:last]`, its sentence `tokens[start:end]`.
    """
    cases, setting = _before(tokens[first - 1] if first > start else None)
    if "nomn" not in cases:
        return cases, setting
    after = _behind(tokens, last, end)
    subject = _subject(after) if after else None
    if subject is not None and (setting.likely <= _NOMINATIVE or subject):
        likely = setting.likely | _NOMINATIVE if setting.likely else _NOMINATIVE
        setting = setting._replace(likely=likely, subject=setting.subject or subject)
    return cases, setting


def _before(token: Token | None) -> tuple[Cases, Setting]:
    """What the word before the name tells; None at a sentence's beginning."""
    if token is None:
        return ALL_CASES, Setting(_NOMINATIVE)
    if token.text.lower() in PREPOSITION_CASES:
        return PREPOSITION_CASES[token.text.lower()], Setting()
    if not token.is_word and not token.text[0].isdigit():
        return ALL_CASES, Setting()
    return _before_word(token, parses(token.text))


def _before_word(token: Token, readings: Sequence[Parse]) -> tuple[Cases, Setting]:
    tags = readings[0].tags
    if tags & {"ADJF", "PRTF"} and ("Apro" not in tags or readings[0].lemma == "сам"):
        agreeing = [parse for parse in readings if parse.tags & {"ADJF", "PRTF"} and "plur" not in parse.tags]
        return _cases(agreeing) or ALL_CASES, Setting(gender=_gender(agreeing))
    if tags & {"VERB", "PRTS"}:
        return ALL_CASES, Setting(_likely_behind_verb(tags), _subject(token) or "")
    if tags & {"INFN", "GRND"}:
        return ALL_CASES, Setting(_OBJECT)
    if "NOUN" in tags and token.text[0].islower():
        return ALL_CASES, Setting(_likely_behind_noun(readings))
    return ALL_CASES, Setting()


def _likely_behind_noun(readings: Sequence[Parse]) -> Cases:
    """`смерть Примерова`; `её сестра Бурул` or `сестра Примерова`. A genitive may end a title: `… области Примеров`."""
    tags = readings[0].tags
    if tags >= {"anim", "sing"}:
        return _cases([parse for parse in readings if "NOUN" in parse.tags]) | _GENITIVE
    if "anim" in tags:
        return _GENITIVE | (tags & ALL_CASES)
    return frozenset() if "gent" in tags else _GENITIVE


def _likely_behind_verb(tags: frozenset[str]) -> Cases:
    """`прибыл Примеров`; `назначил Примерова` as well as `заявил Примеров`."""
    if "PRTS" in tags:
        return frozenset({"nomn", "ablt"})  # `подписан Примеровым`
    return _NOMINATIVE if "intr" in tags else frozenset({"nomn", "accs", "datv"})


def _cases(readings: Sequence[Parse]) -> Cases:
    return frozenset().union(*(parse.tags & ALL_CASES for parse in readings))


def _gender(readings: Sequence[Parse]) -> str:
    """The one gender of persons that the readings leave open; nothing where both are possible."""
    found = {gender for parse in readings for gender in GENDERS if gender in parse.tags}
    return found.pop() if len(found) == 1 else ""


def _behind(tokens: Sequence[Token], last: int, end: int) -> Token | None:
    """The word behind a name, over a remark in parentheses."""
    if last < end and tokens[last].text == "(":
        stop = min(end, last + _PARENTHESIS)
        last = next((at + 1 for at in range(last, stop) if tokens[at].text == ")"), end)
    return tokens[last] if last < end else None


def _subject(token: Token) -> str | None:
    """The gender of a finite verb, "" for one that tells none; None for another word."""
    tags = parses(token.text)[0].tags if token.is_word and token.text[0].islower() else frozenset()
    if not tags & {"VERB", "PRTS"} or "impr" in tags:
        return None
    return next((gender for gender in GENDERS if gender in tags and "sing" in tags), "")
