"""Russian morphology, by pymorphy3 (OpenCorpora's tags), with each word parsed once."""

from __future__ import annotations

from functools import lru_cache
from itertools import takewhile
from typing import Any, NamedTuple

from kg_news.views.dictionary import LONGEST, bent, grammemes_of, holds, left_over, readings
from kg_news.views.recall import recalled


class Parse(NamedTuple):
    """One reading of a word form."""

    lemma: str
    tags: frozenset[str]
    """OpenCorpora grammemes: part of speech, case (`nomn`, `gent`, …), gender, number, `Name`, `Surn`, `Patr`,
    `Geox`.
    """


@recalled(20_000)
def parses(word: str) -> tuple[Parse, ...]:
    """Every reading of a word, the likeliest first; ё is е throughout."""
    if found := readings(word):
        make: Any = tuple.__new__  # Parse(…) takes twice as long
        return tuple(
            [
                make(Parse, (lemma.replace("ё", "е") if "ё" in lemma else lemma, form.grammemes))
                for _, lemma, form, _ in found
            ]
        )
    if _is_latin(word):
        return (Parse(word.lower(), _LATIN),)
    if len(word) > LONGEST:
        return (Parse(plain(word.lower()), frozenset({"UNKN"})),)
    return tuple(Parse(plain(p.normal_form), grammemes_of(str(p.tag))) for p in left_over(word))


_LATIN = frozenset({"LATN"})
_NUMERALS = frozenset("IVXLCDMivxlcdm")


def _is_latin(word: str) -> bool:
    """Whether a word has Latin letters alone and is no Roman numeral: pymorphy3 says no more of it, and does not bend
    it, but asks all its rules before.
    """
    return word.isascii() and word.isalpha() and not _NUMERALS.issuperset(word)


def plain(word: str) -> str:
    """The word with е for ё, as most news write it."""
    return word.replace("ё", "е").replace("Ё", "Е")


@recalled(20_000)
def lemmas(word: str) -> frozenset[str]:
    """The word and all its possible dictionary forms, in lower case. Nothing but Russian words bends."""
    if word.isascii():
        return frozenset([word.lower()])
    return frozenset([plain(word.lower()), *[lemma for lemma, _ in parses(word)]])


@lru_cache(maxsize=12_000)
def known(word: str) -> bool:
    """Whether the dictionary holds the word; else its readings are guessed from its ending."""
    return holds(word.lower())


PREDICATES = frozenset({"VERB", "PRTS", "PRED", "ADJS"})
"""Finite verb, short participle, predicative (`нельзя`), short adjective."""
PERSONAL = frozenset({"Name", "Surn", "Patr"})
"""First name, surname, patronymic."""
RELATIONAL = ("ский", "цкий")
"""How adjectives end that are made of the names of places and peoples: `ошский`, `немецкий`."""


@lru_cache(maxsize=20_000)
def inflect(word: str, tags: frozenset[str], parse_index: int = 0) -> str | None:
    """The word in another form, in its own letter case; None where there is no such form."""
    text = _bent(word, tags, parse_index)
    if text is None:
        return None
    text = text if "ё" in word.lower() else plain(text)  # a text that writes Алене keeps its е
    if word.isupper() and len(word) > 1:
        return text.upper()
    return "-".join(
        _spelled(part, model)
        for part, model in zip(text.split("-"), _padded(word.split("-"), text.count("-") + 1), strict=True)
    )


def _spelled(word: str, model: str) -> str:
    """A word with the capitals of another form of it: `МИД` like `МИДа`, `VIP` like `VIP`."""
    if not model[:1].isupper():
        return word
    if model[1:].islower() or word[:1] != model[:1].lower():
        return word.capitalize()
    alike = takewhile(lambda pair: pair[0] == pair[1].lower(), zip(word, model, strict=False))
    own = "".join(letter for _, letter in alike)
    return own + word[len(own) :]


def _bent(word: str, tags: frozenset[str], parse_index: int) -> str | None:
    if found := readings(word):
        return bent(found[parse_index], tags)
    if len(word) > LONGEST or _is_latin(word):
        return None
    form = left_over(word)[parse_index].inflect(set(tags))
    return None if form is None else str(form.word)


def _padded(models: list[str], count: int) -> list[str]:
    return (models + models[-1:] * count)[:count]
