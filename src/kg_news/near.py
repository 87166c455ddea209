"""Near-duplicates: articles that share most of their wording, found by MinHash without comparing each with each.

Similarity is Jaccard's: of all runs of five words in two texts, the share that both have (Broder 1997). 128 hashes
estimate it to about ±0.04. An edited version of an article, and a copy that another outlet printed, are reported and
linked with their twin; nothing is dropped. The library is rensa: 1 MB without dependencies, where datasketch brings
scipy's 113 MB.

Whoever reads an article makes its signature; the signatures of all, in the order of the ids, are compared here, on the
disk and within a bounded memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg_news.records import Issue

if TYPE_CHECKING:
    import numpy as np

THRESHOLD = 0.7
"""Similarity from which on two articles are reported."""
WIDTH = 512
"""Bytes of a signature: 128 hashes of four."""
BUCKET = 2_000_000
"""Articles whose bands are looked at once: 100 MB."""
NEIGHBOURS = 32
"""Of articles that share a band, each is compared with so many before it: ten thousand weather reports of one pattern
take ten thousand times 32 comparisons, not ten thousand times ten thousand."""
_RUN = 5
_HASHES = WIDTH // 4
_BANDS = 32
"""Bands of four hashes: of pairs at the threshold, 1 - (1 - 0.7⁴)³² = 99.99 % share a band; each is then compared."""
_LEAST = 8
"""Runs of words that a text must have: short notices are alike by their nature."""
_ROWS = 20_000
"""Signatures that are in memory at once: 10 MB."""
_WORD = re.compile(r"\w+")


def signature(text: str) -> bytes | None:
    """WIDTH bytes that tell how similar two texts are; None for a text that is too short for it."""
    import numpy as np
    import rensa

    words = _WORD.findall(text.casefold())
    runs = {" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
    if len(runs) < _LEAST:
        return None
    digest = rensa.RMinHash(num_perm=_HASHES, seed=1)
    digest.update(sorted(runs))
    return np.array(digest.digest(), "<u4").tobytes()


class Nearest:
    """For each article, by its number, the most similar one before it; of two as similar the first."""

    def __init__(self, same: Any, other: Any) -> None:
        self._same, self._other = same, other

    def get(self, number: int) -> tuple[int, float] | None:
        """The twin's number and the similarity, 0 to 1, an estimate; None where no article is similar enough."""
        if self._same is None or not self._same[number]:
            return None
        return int(self._other[number]), _similarity(self._same[number])


def nearest(path: Path, skipped: Iterable[int], scratch: Path, bucket: int = BUCKET) -> Nearest:
    """Compare the signatures in a file, each with those before it; zeros stand for an article without one.

    skipped: numbers of articles that are not looked at.
    scratch: a folder for some 280 bytes an article.
    """
    import numpy as np

    count = path.stat().st_size // WIDTH
    if not count:
        return Nearest(None, None)
    # As plain arrays: each slice of a memmap is one more object with books of its own.
    signatures = np.asarray(np.memmap(path, "<u4", "r", shape=(count, _HASHES)))
    wanted = np.ones(count, bool)
    wanted[list(skipped)] = False
    _write_bands(signatures, wanted, scratch)
    rows = scratch / "rows"
    if not rows.stat().st_size:
        return Nearest(None, None)
    numbers = np.asarray(np.memmap(rows, "<u8", "r"))
    same = np.asarray(np.memmap(scratch / "same", "u1", "w+", shape=(count,)))
    other = np.asarray(np.memmap(scratch / "other", "<u8", "w+", shape=(count,)))
    least = next(hashes for hashes in range(_HASHES + 1) if _similarity(hashes) >= THRESHOLD)
    for later, earlier in _candidates(numbers, scratch, bucket):
        for start in range(0, len(later), _ROWS):
            ours, theirs = later[start : start + _ROWS], earlier[start : start + _ROWS]
            hashes = (signatures[ours] == signatures[theirs]).sum(axis=1).astype("u1")
            more = hashes > same[ours]
            better = (hashes >= least) & (more | ((hashes == same[ours]) & (theirs < other[ours])))
            same[ours[better]] = hashes[better]
            other[ours[better]] = theirs[better]
    return Nearest(same, other)


def _similarity(hashes: int) -> float:
    return round(int(hashes) / _HASHES, 2)


def _write_bands(signatures: Any, wanted: np.ndarray[Any, Any], scratch: Path) -> None:
    """Write the numbers of articles that have a signature, and for each band its hash in each of them."""
    import numpy as np

    odd = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], "<u8")  # two that fall together are compared in full
    with ExitStack() as stack:
        rows = stack.enter_context((scratch / "rows").open("wb"))
        bands = [stack.enter_context((scratch / f"band-{band}").open("wb")) for band in range(_BANDS)]
        for start in range(0, len(signatures), _ROWS):
            some = signatures[start : start + _ROWS]
            chosen = np.flatnonzero(some.any(axis=1) & wanted[start : start + _ROWS])
            rows.write((chosen + start).astype("<u8").tobytes())
            keys = (np.ascontiguousarray(some[chosen]).view("<u8").reshape(-1, _BANDS, 2) * odd).sum(axis=2)
            for band, file in enumerate(bands):
                file.write((keys[:, band] ^ (keys[:, band] >> np.uint64(32))).tobytes())


def _candidates(numbers: Any, scratch: Path, bucket: int) -> Iterator[tuple[Any, Any]]:
    """Pairs that share a band, as arrays of numbers; within a pair of arrays each article is once the later one."""
    import numpy as np

    buckets = -(-len(numbers) // bucket)
    for band in range(_BANDS):
        keys = np.asarray(np.memmap(scratch / f"band-{band}", "<u8", "r"))
        for number in range(buckets):
            places = np.concatenate(
                [
                    start + np.flatnonzero(keys[start : start + bucket] % np.uint64(buckets) == number)
                    for start in range(0, len(keys), bucket)
                ]
            )
            order = places[np.argsort(keys[places], kind="stable")]
            some = keys[order]
            for distance in range(1, NEIGHBOURS + 1):
                equal = np.flatnonzero(some[distance:] == some[:-distance])
                if not len(equal):
                    break
                yield numbers[order[equal + distance]], numbers[order[equal]]


def issue(path: str, source: str | None, twin: str, twin_source: str | None, similarity: float) -> Issue:
    """The warning about an article with a twin: `syndicated-copy` where another outlet has it."""
    if source and twin_source and source != twin_source:
        message = f"the text is that of {twin!r} ({twin_source}), similarity {similarity:.2f}"
        way_out = "both are kept; nothing is to do if one outlet printed the other's article"
        return Issue("syndicated-copy", message, way_out, path, severity="warning")
    message = f"the text is nearly that of {twin!r}, similarity {similarity:.2f}"
    way_out = "delete one of the two if they are versions of one article; both are kept until then"
    return Issue("text-near-duplicate", message, way_out, path, severity="warning")
