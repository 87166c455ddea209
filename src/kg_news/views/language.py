"""Which language a text is written in, from the frequent words and the letters of `registry/languages/`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from kg_news.registry import Language

_WORD = re.compile(r"[^\W\d_]+(?:['’‘ʻʼ][^\W\d_]+)*")
_LOOK_AT = 4000
"""Code points that are looked at: more change no decision."""


class Guess(NamedTuple):
    tag: str
    """BCP 47; `und` where nothing speaks for one language more than for another."""
    margin: float
    """Share of the words by which the best language leads the second."""


def guess_language(text: str, languages: Mapping[str, Language]) -> Guess:
    """The language with the most evidence.

    A word counts 2 for each language that lists it as frequent, and -1 for each whose alphabet lacks one of its
    letters: Russian letters all belong to Kyrgyz and Kazakh too, so it is words that tell Russian, letters that rule
    it out.
    """
    words = Counter(word.lower() for word in _WORD.findall(text[:_LOOK_AT]))
    if not words:
        return Guess("und", 0.0)
    scores = dict.fromkeys(languages, 0)
    for word, count in words.items():
        for tag, language in languages.items():
            scores[tag] += count * (2 * (word in language.words) - (not language.alphabet.issuperset(word)))
    (best, top), *rest = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    second = rest[0][1] if rest else top - 1
    return Guess(best if top > second else "und", (top - second) / words.total())
