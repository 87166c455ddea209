"""Offices that stand for their holder: `президент` after `президент Садыр Жапаров`.

Only heads of offices that the registry knows are looked at, and a mention is given to nobody where two persons of the
article could be meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg_news.records import Span
from kg_news.views.morph import Parse, lemmas, parses
from kg_news.views.office_heads import is_head
from kg_news.views.office_titles import Office
from kg_news.views.tokens import Token


@dataclass(frozen=True)
class Holder:
    """A person of the article with an office."""

    person: int
    """Its number among the article's persons."""
    words: frozenset[str]
    """Possible dictionary forms of the office's words."""
    head: frozenset[str]
    country: str | None
    since: int
    """Where the article first gives the office to the person."""


def holder(person: int, office: Office, head: str, country: str | None) -> Holder:
    """An office that the article gives, as what a later mention of it is compared with."""
    words = frozenset().union(*(lemmas(word) for word in office.title.split()))
    return Holder(person, words, lemmas(head), country, office.end)


@dataclass(frozen=True)
class Standing:
    """An office without a name: `президент`, `министр финансов`, `президента Казахстана`."""

    span: Span
    head: frozenset[str]
    tail: frozenset[str]
    """Possible dictionary forms of the noun behind it."""
    country: str | None


State = Callable[[int], tuple[int, str] | None]
"""For the index of a token: the state that is named from there on, as the index behind it and its code."""


def standing_offices(
    tokens: Sequence[Token],
    places: Iterable[int],
    heads: frozenset[str],
    taken: Callable[[int, int], bool],
    state: State,
) -> Iterator[Standing]:
    """The offices that stand alone.

    `places` are the tokens that are heads of any offices, `heads` the offices that are looked for; `taken` says whether
    a stretch of text is a name's, a body's or belongs to a named person's office already.
    """
    for at in places:
        token = tokens[at]
        if not is_head(token, heads) or taken(token.start, token.end) or _is_qualified(tokens, at):
            continue
        if any("plur" in parse.tags for parse in parses(token.text)[:1]):
            continue
        named = state(at + 1)
        behind = tokens[at + 1] if at + 1 < len(tokens) else None
        if named:
            stop, country = named
            yield Standing(Span(token.start, tokens[stop - 1].end), lemmas(token.text), frozenset(), country)
        elif behind and _is_genitive_noun(behind):
            if behind.text.islower():
                yield Standing(Span(token.start, behind.end), lemmas(token.text), lemmas(behind.text), None)
        elif not (behind and (behind.capital or _may_go_on(behind))):
            yield Standing(Span(token.start, token.end), lemmas(token.text), frozenset(), None)


def _is_qualified(tokens: Sequence[Token], at: int) -> bool:
    """`бывший президент`, `другого президента`, `вице-президент и президент`: not simply the one that was named."""
    before = parses(tokens[at - 1].text)[0] if at else None
    return before is not None and _qualifies(before)


def _qualifies(before: Parse) -> bool:
    return bool(before.tags & {"ADJF", "PRTF", "NUMR"}) and before.lemma not in {"этот", "сам", "наш"}


def _is_genitive_noun(token: Token) -> bool:
    first = parses(token.text)[0].tags if token.is_word else frozenset()
    return "NOUN" in first and bool(first & {"gent", "Abbr", "Fixd"})


def _may_go_on(token: Token) -> bool:
    """`министр по делам …`, `президентом и …`: something belongs to the office that is not looked at."""
    return token.text in {"по", "при", "и", "-"}


def bearer(standing: Standing, holders: Sequence[Holder]) -> int | None:
    """The one person whom an office means; None where there is none, or may be another."""
    found = None
    for one in holders:
        if (
            one.person != found
            and one.since <= standing.span.start
            and standing.head & one.head
            and (not standing.tail or standing.tail & one.words)
            and (standing.country is None or standing.country == one.country)
        ):
            if found is not None:
                return None
            found = one.person
    return found
