"""Near-duplicates: articles that share most of their wording, found by MinHash without comparing each with each.

Similarity is Jaccard's: of all runs of five words in two texts, the share that both have (Broder 1997). 128 hashes
estimate it to about ±0.04. An edited version of an article, and a copy that another outlet printed, are reported and
linked with their twin; nothing is dropped. The library is rensa: 1 MB without dependencies, where datasketch brings
scipy's 113 MB.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from kg_news.records import Issue

THRESHOLD = 0.7
"""Similarity from which on two articles are reported."""
_RUN = 5
_HASHES = 128
_BANDS = 32
"""Bands of four hashes: of pairs at the threshold, 1 - (1 - 0.7⁴)³² = 99.99 % share a band; each is then compared."""
_LEAST = 8
"""Runs of words that a text must have: short notices are alike by their nature."""
_WORD = re.compile(r"\w+")


class Twin(NamedTuple):
    id: str
    source: str | None
    similarity: float
    """0 to 1, an estimate."""


@dataclass(frozen=True)
class _Known:
    id: str
    source: str | None
    digest: Any


class NearDuplicates:
    """The articles seen so far: about 2 kB of memory each."""

    def __init__(self, threshold: float = THRESHOLD) -> None:
        self._threshold = threshold
        self._known: list[_Known] = []
        self._index: Any = None

    def add(self, article_id: str, text: str, source: str | None = None) -> list[Twin]:
        """Enter an article; its twins among those entered before, the most similar first."""
        import rensa

        words = _WORD.findall(text.casefold())
        runs = {" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
        if len(runs) < _LEAST:
            return []
        if self._index is None:
            self._index = rensa.RMinHashLSH(threshold=self._threshold, num_perm=_HASHES, num_bands=_BANDS)
        digest = rensa.RMinHash(num_perm=_HASHES, seed=1)
        digest.update(sorted(runs))
        twins = []
        for number in self._index.query(digest):
            known = self._known[number]
            similarity = round(digest.jaccard(known.digest), 2)
            if similarity >= self._threshold:
                twins.append(Twin(known.id, known.source, similarity))
        self._index.insert(len(self._known), digest)
        self._known.append(_Known(article_id, source, digest))
        return sorted(twins, key=lambda twin: (-twin.similarity, twin.id))

    def issues(self, article_id: str, text: str, source: str | None, path: str) -> list[Issue]:
        """`add`, with a warning for the nearest twin: `syndicated-copy` where another outlet has it."""
        twins = self.add(article_id, text, source)
        if not twins:
            return []
        twin, more = twins[0], f", and {len(twins) - 1} more" if len(twins) > 1 else ""
        if twin.source and source and twin.source != source:
            message = f"the text is that of {twin.id!r} ({twin.source}), similarity {twin.similarity:.2f}{more}"
            way_out = "both are kept; nothing is to do if one outlet printed the other's article"
            return [Issue("syndicated-copy", message, way_out, path, severity="warning")]
        message = f"the text is nearly that of {twin.id!r}, similarity {twin.similarity:.2f}{more}"
        way_out = "delete one of the two if they are versions of one article; both are kept until then"
        return [Issue("text-near-duplicate", message, way_out, path, severity="warning")]
