"""Which language a text is written in, by py3langid: naive Bayes over byte groups, for more than a hundred languages.

It was chosen by measurement (`docs/decisions/2026-11-22-language-identification.md`); `scripts/languages.py` prints the
figures.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from kg_news.views.byte_groups import Groups, Likelihoods

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


_SURE = 0.9
"""The share from which no letter is looked at: a Russian text may have a Kazakh name."""
_LETTERS = {"kk": "әғқңөұүһі", "ky": "ңөү", "tg": "ғқҳҷӣӯ", "uz": "ғқҳў", "ru": "", "en": ""}
"""The letters beyond the Russian ones that a language has."""
_SPECIAL = frozenset("".join(_LETTERS.values()))


class Guess(NamedTuple):
    """A language, and how sure that is."""

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
    identifier = _identifier()
    shares = identifier._decide(head).tolist()
    own = [(at, tag) for tag, at in identifier.firsts.items() if tag in tags]
    ours = sorted([(shares[at], tag) for at, tag in own], key=itemgetter(0), reverse=True)
    for at, _ in own:
        shares[at] = 0.0
    other = max(shares)
    total = sum(share for share, _ in ours)
    if not total or other > _FOREIGN * ours[0][0] or (len(ours) > 1 and ours[0][0] == ours[1][0]):
        return Guess("und", 0.0)
    if ours[0][0] < _SURE * total:
        ours = _by_letters(head, ours)
        total = sum(share for share, _ in ours)
    return Guess(ours[0][1], round(ours[0][0] / total, 2) if total else 0.0)


def _by_letters(head: str, ours: list[tuple[float, str]]) -> list[tuple[float, str]]:
    """Those of the languages that have all letters of a text: with foreign names in it, a short one looks Russian,
    `Боксшы Виктор Примеров жеңді`. All, where none has.
    """
    special = _SPECIAL.intersection(head.lower())
    return [one for one in ours if special <= set(_LETTERS.get(one[1], _SPECIAL))] or ours


@cache
def _identifier() -> Any:
    """The model, 4.6 MB in py3langid's wheel; loading it takes some 0.5 s. Of its tables only what
    `views/byte_groups.py` makes of them is kept.
    """
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    class Identifier(LanguageIdentifier):  # type: ignore[misc]
        """py3langid's, but for how it counts the groups."""

        __slots__ = ("firsts", "groups")

        def _raw_score(self, text: bytes) -> Any:
            visits = self.groups.counts(text)
            return self._sparse_score(visits, self.nb_ptc) if visits else super()._raw_score(b"")

    found = Identifier.from_model_file(MODEL_FILE, norm_probs=True)
    found.firsts = {}
    for at, tag in enumerate(found.nb_classes):
        found.firsts.setdefault(tag, at)  # where a language has two columns, the first has the share of both
    found.groups = Groups(found.tk_nextmove, found.tk_row, found.tk_output)
    found.tk_nextmove = found.tk_row = found.tk_output = found._rowbase = ()
    found.nb_ptc = Likelihoods(found.nb_ptc)
    found._full_model = ()  # py3langid keeps its table there too, for who narrows the languages
    return found
