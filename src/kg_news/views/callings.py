"""Callings that stand for a person named before: `Певец отказался от комментариев` in an article about one man.

The noun tells a profession, and nothing but what the article is about tells whose. So it is given only to the person
whom the article names clearly most often of all of the noun's gender, and who was named not long before; to nobody
else, and to nobody where two are named about as often.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kg_news.records import Span
from kg_news.views.morph import lemmas, parses
from kg_news.views.name_spans import is_age
from kg_news.views.office_titles import Office, TitleWords, office_of_head
from kg_news.views.tokens import Token

_TIMES = 1.5
"""How many times as often as anybody else of the gender the person must be named."""
_LEAST = 2
"""How often at least."""
_NEAR = 6
"""Sentences before the noun's in which the person must be named, or else in its own."""
_UNLIKE = frozenset(
    {"как", "или", "карьера", "роль", "звание", "качество", "титул", "каждый", "другой", "один", "иной"}
)
"""Words (lemmas) behind which a noun tells what somebody may be, or another one: `карьера певца`, `другой певец`."""


class Bearer(NamedTuple):
    """A person of the article, as the callings ask for it."""

    gender: str
    places: tuple[int, ...]
    """Where the mentions begin in the text, in order."""
    heads: frozenset[str]
    """Dictionary forms of the words of the offices that the article gives it already."""


def callings(
    tokens: Sequence[Token],
    places: Iterable[int],
    nouns: Mapping[str, frozenset[str]],
    people: Sequence[Bearer],
    sentences: Sequence[Span],
    taken: Callable[[int, int], bool],
    words: TitleWords,
) -> Iterator[tuple[int, Office]]:
    """The callings, each with the number of the person who is called so.

    `places` are the tokens that are callings, `nouns` their lemmas, each with the offices that tell the same and more:
    an ambassador is a diplomat, but where a coach is named, the diplomat is another. `taken` says whether a
    stretch of text belongs to a name, a body or an office already.
    """
    chief = {gender: _chief(people, gender) for gender in ("masc", "femn")}
    if not any(number is not None for number in chief.values()):
        return
    starts = [sentence.start for sentence in sentences]
    given: set[tuple[int, str]] = set()
    for at in places:
        token = tokens[at]
        first = parses(token.text)[0]
        if first.lemma not in nouns or not {"NOUN", "anim", "sing"} <= first.tags:
            continue
        number = chief["femn" if "femn" in first.tags else "masc"]
        if number is None or (number, first.lemma) in given:
            continue
        heads = people[number].heads
        if first.lemma in heads or (heads and nouns[first.lemma] and not heads & nouns[first.lemma]):
            continue
        if taken(token.start, token.end) or not _stands_alone(tokens, at):
            continue
        sentence = bisect_right(starts, token.start) - 1
        named = people[number].places
        last = bisect_left(named, token.start)
        if last and named[last - 1] >= starts[max(0, sentence - _NEAR)]:
            given.add((number, first.lemma))
            yield number, office_of_head(tokens, at, words)


def _chief(people: Sequence[Bearer], gender: str) -> int | None:
    """Whom of a gender the article names clearly most often."""
    counts = sorted(((len(one.places), -at) for at, one in enumerate(people) if one.gender == gender), reverse=True)
    if not counts or counts[0][0] < _LEAST or (len(counts) > 1 and counts[0][0] < _TIMES * counts[1][0]):
        return None
    return -counts[0][1]


def _stands_alone(tokens: Sequence[Token], at: int) -> bool:
    """Whether nothing says more of the noun than an age: `68-летний певец`, but not `певец из Оша`, `два певца`."""
    before = tokens[at - 1] if at else None
    behind = tokens[at + 1] if at + 1 < len(tokens) else None
    if behind and (behind.capital or behind.text in {"«", '"', "-", "по", "из", "с", "и"} or _is_genitive(behind)):
        return False
    if before is None or not (before.is_word or before.text[0].isdecimal()):
        return True
    if before.text[0].isdecimal():
        return is_age(before.text)
    return not parses(before.text)[0].tags & {"ADJF", "PRTF", "NUMR"} and not lemmas(before.text) & _UNLIKE


def _is_genitive(token: Token) -> bool:
    return token.is_word and {"NOUN", "gent"} <= parses(token.text)[0].tags
