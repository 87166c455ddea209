"""Which language a text is written in, by py3langid: naive Bayes over byte groups, for more than a hundred languages.

It was chosen by measurement (`docs/decisions/2026-11-22-language-identification.md`); `scripts/languages.py` prints the
figures.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any, NamedTuple

_LOOK_AT = 600
"""Code points that are looked at: more change no decision."""
_ENOUGH = 300
"""Code points that are looked at first: where these leave no doubt, the rest changes nothing
(`docs/decisions/2026-11-22-language-identification.md`).
"""
_FOREIGN = 10
"""How many times likelier another language must be than the best of ours. On the tuning half of tests/languages, and on
news cut to 40 code points, no text of our languages reaches 5; Turkish, Ukrainian and Bulgarian sentences begin at 100.
"""


class Guess(NamedTuple):
    tag: str
    """BCP 47; `und` where it cannot be told, or is none of the registry's languages."""
    confidence: float
    """The language's share of the probability of all the registry's languages, 0 to 1, in hundredths."""


def guess_language(text: str, tags: Collection[str]) -> Guess:
    """The likeliest of the languages by their BCP 47 tags; it reads the first 300 code points, and where these
    leave any doubt the first 600.

    `und` with confidence 0 where there are no letters, two languages are equally likely, or a language that is none of
    `tags` is far likelier.
    """
    guess = _guess(text[:_ENOUGH], tags)
    return guess if guess.confidence == 1.0 or len(text) <= _ENOUGH else _guess(text[:_LOOK_AT], tags)


def _guess(head: str, tags: Collection[str]) -> Guess:
    if not any(map(str.isalpha, head)):
        return Guess("und", 0.0)
    ranked = _identifier().rank(head)
    ours = [(share, tag) for tag, share in ranked if tag in tags]
    other = max((share for tag, share in ranked if tag not in tags), default=0.0)
    total = sum(share for share, _ in ours)
    if not total or other > _FOREIGN * ours[0][0] or (len(ours) > 1 and ours[0][0] == ours[1][0]):
        return Guess("und", 0.0)
    return Guess(ours[0][1], round(ours[0][0] / total, 2))


@cache
def _identifier() -> Any:
    """The model, 4.6 MB in py3langid's wheel; loading it takes some 0.5 s."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    found = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    found.nb_ptc = _Halves(found.nb_ptc)
    return found


class _Halves:
    """The model's table in half precision, whose rows are read in single precision.

    numpy converts one number after the other where the processor has no word for it, which took a third of the time of
    telling a text's language. Here the bits are put where single precision has them (IEEE 754: the exponent has 5 bits
    there and 8 here, so the number comes out 2**-112 times what it is), for all numbers at once. The whole table in
    single precision has 57 MB.
    """

    def __init__(self, table: Any) -> None:
        import numpy as np

        self._bits = table.view(np.uint16)
        self._factor = np.float32(2.0**112)

    def __getitem__(self, rows: Any) -> Any:
        found = self._bits[rows].astype("uint32")
        signs = found & 0x8000
        found &= 0x7FFF
        found <<= 13
        found |= signs << 16
        numbers = found.view("float32")
        numbers *= self._factor
        return numbers
