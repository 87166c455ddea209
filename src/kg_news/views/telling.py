"""Which words of a Russian text any of the lists may know that every word of every article is held against.

The first words of names in the registry, heads of bodies and of offices, verbs of saying: of 171 different words of an
article 34 may be on one of these lists. The others are asked about once, and not once for each list.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from functools import lru_cache

from kg_news.views.office_heads import beginnings
from kg_news.views.sieve import Sieve


def telling(offices: frozenset[str], *others: Set[str]) -> Callable[[str], bool]:
    """False for a word that is on none of some lists of dictionary forms: heads of `offices`, of which a compound may
    be one too, and others.
    """
    listed, begun = Sieve(offices.union(*others)), beginnings(offices)

    @lru_cache(maxsize=24_000)  # a new article has 40 words that are not among so many, and 60 not among half of them
    def may_tell(word: str) -> bool:
        return listed(word) or "-" in word or word.lower().startswith(begun)

    return may_tell
