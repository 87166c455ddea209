"""Offices of a life that is told without verbs: `С 1999 года — заместитель министра, депутат`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg_news.views.morph import PREDICATES, parses
from kg_news.views.office_phrases import offices_within
from kg_news.views.office_titles import Office, TitleWords
from kg_news.views.predicates import BETWEEN, Antecedents, Named
from kg_news.views.sieve import comes_from
from kg_news.views.tokens import Token

_DASHES = frozenset("—–")
_YEAR = frozenset({"год", "г", "гг"})


def posted(
    tokens: Sequence[Token],
    sentence: tuple[int, int],
    found: Sequence[int],
    words: TitleWords,
    named: Sequence[Named],
    before: Antecedents,
) -> Iterator[tuple[int, Office]]:
    """The offices that a sentence gives without a verb, in years (`С 1999 года — заместитель министра, депутат`) or not
    (`Депутат парламента, генерал.`); they are those of who is named in the sentence before the year, or was named
    last. The arguments are `predicated`'s.
    """
    start, end = sentence
    opened = bool(found) and found[0] < start + BETWEEN and tokens[end - 1].text == "."
    if opened and not named and not _may_say_more(tokens, start, end):
        yield from _listed_offices(tokens, start, end, words, before.subjects.get(""))
    for at in range(start + 2, end - 1 if found else 0):
        if not _is_dash(tokens, at) or not _is_year(tokens, start, at):
            continue
        earlier = [name for name in named if name.last <= at and name.may_be_subject]
        holder = earlier[-1] if earlier else before.subjects.get("")
        stop = next((name.first for name in named if name.first > at), end)
        yield from _listed_offices(tokens, at + 1, stop, words, holder)


def _may_say_more(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a sentence has a predicate, or a dash in place of one, unlike `Депутат парламента с 2005 года.`"""
    words = [token for token in tokens[start:end] if token.is_word]
    return any(token.text in _DASHES for token in tokens[start:end]) or any(
        parses(word.text)[0].tags & PREDICATES for word in words
    )


def _listed_offices(
    tokens: Sequence[Token], begin: int, stop: int, words: TitleWords, holder: Named | None
) -> Iterator[tuple[int, Office]]:
    """The offices in the nominative from a token on, with commas between: `заместитель министра, депутат`."""
    while holder is not None and holder.may_be_subject and begin < stop:
        offices = offices_within(tokens, begin, words, stop)
        if not offices or offices[0].many or "nomn" not in offices[0].cases:
            break
        yield from ((holder.place, office) for office in offices)
        begin = next((to for to in range(begin, stop) if tokens[to].start >= offices[-1].end), stop)
        if begin >= stop or tokens[begin].text != ",":
            break
        begin += 1


def _is_dash(tokens: Sequence[Token], at: int) -> bool:
    """A dash, or a `-` between spaces."""
    if tokens[at].text in _DASHES:
        return True
    return tokens[at].text == "-" and tokens[at - 1].end < tokens[at].start and tokens[at].end < tokens[at + 1].start


def _is_year(tokens: Sequence[Token], start: int, dash: int) -> bool:
    """Whether a year stands before a dash: `В 1996—1997 годах —`, `с 2001 по 2005 год —`, `с мая 2001 г. —`."""
    at = dash - 1 - (tokens[dash - 1].text == ".")
    if at <= start or not (tokens[at].text[0].isdecimal() or comes_from(tokens[at].text, _YEAR)):
        return False
    return any(token.text.lower() in {"с", "со", "в", "до", "по"} for token in tokens[max(start, at - 7) : at])
