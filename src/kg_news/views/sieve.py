"""Which words may come from one of some dictionary forms: told without asking the dictionary for the word.

A text's words are asked whether they are an office's head, a verb of saying, the first word of a body's name. Nearly
all are not, and to find a word's readings takes twenty times as long as to see that it is in no list. So the few
thousand forms of the words that are looked for are made once, and the dictionary is asked only about words among them.
"""

from __future__ import annotations

from collections.abc import Set
from functools import lru_cache
from itertools import chain

from kg_news.views import morph
from kg_news.views.dictionary import forms
from kg_news.views.morph import plain

_ENDING = 5
"""Letters of the longest ending by which a word's dictionary form is guessed."""
_LEAST, _MOST = 2, 6
"""Letters that a word of the text and the dictionary form which is guessed of it have in common: a longer word has
more, and no short noun or verb is nothing but an ending.
"""


class Sieve:
    """Answers for one set of dictionary forms (lower case, е for ё)."""

    def __init__(self, lemmas: Set[str]) -> None:
        own = chain.from_iterable(map(forms, lemmas))
        self._forms = frozenset([plain(form) if "ё" in form else form for form in own]) | lemmas
        self._beginnings = frozenset(lemma[:length] for lemma in lemmas for length in range(_LEAST, _MOST + 1))

    def __call__(self, word: str) -> bool:
        """False where `morph.lemmas(word)` holds none of the set. True too for a word that the dictionary lacks but
        that begins like one of them: its readings are guesses.
        """
        lower = word.lower()
        if "ё" in lower:
            lower = plain(lower)
        if lower in self._forms:
            return True
        rest = len(lower) - _ENDING
        common = _LEAST if rest < _LEAST else rest if rest < _MOST else _MOST
        return lower[:common] in self._beginnings and not morph.known(word)


@lru_cache(maxsize=64)
def sieve(lemmas: frozenset[str]) -> Sieve:
    """The sieve of a set, made when it is first asked for."""
    return Sieve(lemmas)


@lru_cache(maxsize=12_000)
def comes_from(word: str, lemmas: frozenset[str]) -> bool:
    """Whether one of some dictionary forms is among the word and those that it may come from."""
    return sieve(lemmas)(word) and not lemmas.isdisjoint(morph.lemmas(word))
