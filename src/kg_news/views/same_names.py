"""Which bodies and organisations of a text are one though their names differ in words.

`полиция Кыргызстана` and `кыргызская полиция`, `Нижний суд` and `Нижний суд Нарына`, `Заря` and `Заря Групп`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import dropwhile, takewhile

from kg_news.records import Span
from kg_news.views.morph import known, lemmas, parses
from kg_news.views.naming import Naming
from kg_news.views.sieve import comes_from
from kg_news.views.tokens import Token, TokenIndex

Keys = frozenset[str]
_MOST = 8
"""Different wordings of one organisation that are compared."""
_NO_PART = frozenset({"PREP", "CONJ", "PRCL"})


@dataclass(frozen=True)
class Wording:
    """One wording of a name, word by word."""

    head: Keys
    """Of the noun that says what kind of body it is; empty for an own name: `Заря Групп`."""
    rest: tuple[Keys, ...]
    """Of the other words but prepositions; a state by its code, be it a noun or an adjective."""
    proper: bool
    """Whether it is nothing but an own name: each word has a capital, none is a head."""


def wordings(
    spans: Sequence[Span], index: TokenIndex, states: Mapping[int, str], naming: Naming
) -> tuple[Wording, ...]:
    """The different wordings of an organisation. `states` has the states by the index of their tokens."""
    found: dict[tuple[str, ...], Wording] = {}
    for span in spans:
        first, stop = index.span(*span)
        text = tuple([token.text for token in index.tokens[first:stop]])
        if len(text) == 1 and text[0].isupper():
            continue  # an abbreviation by itself
        if text not in found and len(found) < _MOST:
            found[text] = _wording(index.tokens, first, stop, states, naming)
    return tuple(wording for wording in found.values() if wording.head or wording.rest)


def _wording(tokens: Sequence[Token], first: int, stop: int, states: Mapping[int, str], naming: Naming) -> Wording:
    words = [at for at in range(first, stop) if tokens[at].text[0].isalnum()]
    own = list(dropwhile(lambda at: _tells_kind(tokens[at].text, naming.kinds), words))
    if own and all(tokens[at].capital and at not in states for at in own):
        words = own  # `вещательная корпорация Zarya`
    place = next((at for at in words if at not in states and naming.noun(tokens[at].text)), None)
    if place is not None and any(_is_thing(tokens[at].text, naming.kinds) for at in takewhile(place.__gt__, words)):
        return Wording(frozenset(), (), False)  # of `пункт Нижнего института` the institute is not the head
    noun, beginning = (naming.noun(tokens[place].text) if place is not None else None) or ("", "")
    rest: list[Keys] = []
    for at in words:
        if at in states:
            keys = frozenset({states[at]})
            if not rest or rest[-1] != keys:  # `Кыргызской Республики` is one state
                rest.append(keys)
        elif at == place:
            rest += [frozenset({beginning})] if beginning else []
        elif not _is_small(tokens[at].text):
            rest.append(lemmas(tokens[at].text))
    proper = place is None and all(tokens[at].capital and at not in states for at in words)
    return Wording(frozenset({noun} if noun else ()), tuple(rest), proper)


@lru_cache(maxsize=20_000)
def _is_thing(word: str, kinds: frozenset[str]) -> bool:
    """Whether a word in small letters is a noun that tells no kind."""
    parse = parses(word)[0]
    return word.islower() and known(word) and "NOUN" in parse.tags and parse.lemma not in kinds


@lru_cache(maxsize=20_000)
def _tells_kind(word: str, kinds: frozenset[str]) -> bool:
    return not word[0].isupper() and (comes_from(word, kinds) or "ADJF" in parses(word)[0].tags)


@lru_cache(maxsize=20_000)
def _is_small(word: str) -> bool:
    return bool(parses(word)[0].tags & _NO_PART)


def is_within(short: Wording, long: Wording) -> bool:
    """Whether all of one wording stands in the other: the head, and each other word. An own name of one word is only
    the first or the last of another own name: `Заря` of `Заря Групп`.
    """
    if short.head or long.head:
        return bool(short.rest and short.head & long.head) and _are_among(short.rest, long.rest)
    if not (short.proper and long.proper and short.rest and long.rest):
        return False
    if len(short.rest) == 1:
        return bool(short.rest[0] & long.rest[0]) or bool(short.rest[0] & long.rest[-1])
    return _are_among(short.rest, long.rest)


def _are_among(some: Sequence[Keys], all_: Sequence[Keys]) -> bool:
    """Whether each of some words is another one of all."""
    left = list(all_)
    for keys in some:
        at = next((at for at, other in enumerate(left) if _fits(keys, other)), None)
        if at is None:
            return False
        del left[at]
    return True


def _fits(keys: Keys, other: Keys) -> bool:
    """Whether two words are one, or one the beginning of the other: `погран.` of `пограничный`."""
    return bool(keys & other) or _begins(keys, other) or _begins(other, keys)


def _begins(keys: Keys, other: Keys) -> bool:
    (key, *more) = keys
    return not more and key.endswith(".") and any(word.startswith(key[:-1]) for word in other)
