"""Russian morphology, by pymorphy3 (OpenCorpora's tags), with each word parsed once."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any, NamedTuple

from kg_news.errors import MissingExtra


class Parse(NamedTuple):
    """One reading of a word form."""

    lemma: str
    tags: frozenset[str]
    """OpenCorpora grammemes: part of speech, case (`nomn`, `gent`, …), gender, number, `Name`, `Surn`, `Patr`,
    `Geox`.
    """


@cache
def _analyzer() -> Any:
    try:
        from pymorphy3 import MorphAnalyzer
    except ModuleNotFoundError as error:
        raise MissingExtra("build", error.name) from error
    return MorphAnalyzer(lang="ru")


@lru_cache(maxsize=50_000)
def parses(word: str) -> tuple[Parse, ...]:
    """Every reading of a word, the likeliest first; ё is е throughout."""
    return tuple(Parse(plain(p.normal_form), _grammemes(p.tag)) for p in _analyzer().parse(word))


def _grammemes(tag: Any) -> frozenset[str]:
    return frozenset(str(tag).replace(" ", ",").split(","))


def plain(word: str) -> str:
    """The word with е for ё, as most news write it."""
    return word.replace("ё", "е").replace("Ё", "Е")


@lru_cache(maxsize=50_000)
def lemmas(word: str) -> frozenset[str]:
    """The word and all its possible dictionary forms, in lower case."""
    return frozenset({plain(word.lower())} | {parse.lemma for parse in parses(word)})


@lru_cache(maxsize=50_000)
def known(word: str) -> bool:
    """Whether the dictionary holds the word; else its readings are guessed from its ending."""
    return bool(_analyzer().word_is_known(word.lower()))


PREDICATES = frozenset({"VERB", "PRTS", "PRED", "ADJS"})
"""Finite verb, short participle, predicative (`нельзя`), short adjective."""


@lru_cache(maxsize=50_000)
def inflect(word: str, tags: frozenset[str], parse_index: int = 0) -> str | None:
    """The word in another form, in its own letter case; None where there is no such form."""
    form = _analyzer().parse(word)[parse_index].inflect(set(tags))
    if form is None:
        return None
    text = str(form.word) if "ё" in word.lower() else plain(str(form.word))  # a text that writes Алене keeps its е
    if word.isupper() and len(word) > 1:
        return text.upper()
    return "-".join(
        part.capitalize() if model[:1].isupper() else part
        for part, model in zip(text.split("-"), _padded(word.split("-"), text.count("-") + 1), strict=True)
    )


def _padded(models: list[str], count: int) -> list[str]:
    return (models + models[-1:] * count)[:count]
