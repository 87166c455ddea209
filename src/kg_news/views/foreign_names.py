"""A person's name in its own letters, in parentheses behind the Russian one: `Джон Примерс (John Primers)`.

The entity model often takes it for a part of the Russian name, or for nothing. It is another mention of the person
where it sounds like the Russian name: what stands there is no band, club or paper, as in `Джон Примерс (Soundbox)`.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache
from unicodedata import combining, normalize

from kg_news.records import Span

_BEHIND = re.compile(
    r"[»”\"']?\s?\((?:[а-яё]{2,8}\.?:?\s)?"  # `англ.`
    r"([^\W\d_а-яёА-ЯЁ](?:[^\d()\[\]{},;:/|«»а-яёА-ЯЁ]*[^\W\d_а-яёА-ЯЁ])?(?:(?<=[Jr]r)\.)?)\s?[),;/]"
)
_LIKE = 0.6
"""How much of their consonants two spellings of one name have in common."""
_GROUPS = ("bpfvwбпфв", "cgjkqsxzсшжчщкгзц", "dtдт", "lл", "mnмн", "rр")
"""Consonants that other languages' spellings take for each other; the others (h, х) are left out as vowels are."""
_GROUP = {ord(letter): str(number) for number, letters in enumerate(_GROUPS) for letter in letters}
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


def own_spelling(text: str, name: Span) -> Span | None:
    """Where the name that ends there stands in another script behind it, if it does."""
    behind = _BEHIND.match(text, name.end)
    if behind is None:
        return None
    said, other = text[slice(*name)], behind[1]
    if _LATIN.search(other) and not _are_alike(said, other):
        return None
    return Span(*behind.span(1))


@lru_cache(maxsize=1_000)
def _are_alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, _sounds(one), _sounds(other), autojunk=False).ratio() >= _LIKE


def _sounds(name: str) -> str:
    """The groups of a name's consonants, doubled ones once."""
    groups = (_GROUP.get(ord(letter), " ") for letter in normalize("NFD", name.lower()) if not combining(letter))
    return re.sub(r"(\d)\1+", r"\1", "".join(groups)).replace(" ", "")
