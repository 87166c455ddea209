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

    Array = np.ndarray[Any, Any]

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
_SKETCH = 4
"""Words of eight bytes that hold the lowest bit of each hash of a signature, and then the second lowest of each."""
_READ = 2_000
"""Signatures that are read at once: 1 MB, and what is made of them several times as much."""
_ROWS = 20_000
"""Articles of a band that are compared at once."""
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

    def __init__(self, same: Array | None, other: Array | None) -> None:
        self._same, self._other = same, other

    def get(self, number: int) -> tuple[int, float] | None:
        """The twin's number and the similarity, 0 to 1, an estimate; None where no article is similar enough."""
        if self._same is None or self._other is None or not self._same[number]:
            return None
        return int(self._other[number]), _similarity(self._same[number])


def nearest(path: Path, skipped: Iterable[int], scratch: Path, bucket: int = BUCKET) -> Nearest:
    """Compare the signatures in a file, each with those before it; zeros stand for an article without one.

    skipped: numbers of articles that are not looked at.
    scratch: a folder for some 310 bytes an article.
    """
    import numpy as np

    count = path.stat().st_size // WIDTH
    if not count:
        return Nearest(None, None)
    # As plain arrays: each slice of a memmap is one more object with books of its own.
    signatures = np.asarray(np.memmap(path, "<u4", "r", shape=(count, _HASHES)))
    wanted = np.ones(count, bool)
    wanted[list(skipped)] = False
    _write_bands(path, wanted, scratch)
    if not (scratch / "rows").stat().st_size:
        return Nearest(None, None)
    same = np.asarray(np.memmap(scratch / "same", "u1", "w+", shape=(count,)))
    other = np.asarray(np.memmap(scratch / "other", "<u8", "w+", shape=(count,)))
    least = next(hashes for hashes in range(_HASHES + 1) if _similarity(hashes) >= THRESHOLD)

    def closer(hashes: Array, ours: Array, theirs: Array) -> Array:
        known = same[ours]
        found: Array = (hashes >= least) & ((hashes > known) | ((hashes == known) & (theirs < other[ours])))
        return found

    for most, later, earlier in _candidates(scratch, bucket, least):
        hopeful = closer(most, later, earlier)  # few that another band has shown already
        ours, theirs = later[hopeful], earlier[hopeful]
        hashes = (signatures[ours] == signatures[theirs]).sum(axis=1).astype("u1")
        better = closer(hashes, ours, theirs)
        same[ours[better]] = hashes[better]
        other[ours[better]] = theirs[better]
    return Nearest(same, other)


def _similarity(hashes: int) -> float:
    return round(int(hashes) / _HASHES, 2)


def _write_bands(path: Path, wanted: Array, scratch: Path) -> None:
    """Write of the articles that have a signature their numbers, their sketches, and for each band its hashes.

    The signatures are read, not mapped: mapped pages are this process's memory until somebody else wants it.
    """
    import numpy as np

    odd = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], "<u8")  # two that fall together are compared in full
    with ExitStack() as stack:
        rows, sketches = (stack.enter_context((scratch / name).open("wb")) for name in ("rows", "sketches"))
        bands = [stack.enter_context((scratch / f"band-{band}").open("wb")) for band in range(_BANDS)]
        signatures = stack.enter_context(path.open("rb"))
        for start in range(0, len(wanted), _READ):
            some = np.fromfile(signatures, "<u4", _READ * _HASHES).reshape(-1, _HASHES)
            chosen = np.flatnonzero(some.any(axis=1) & wanted[start : start + _READ])
            some = np.ascontiguousarray(some[chosen])
            rows.write((chosen + start).astype("<u8").tobytes())
            low = some.astype("u1")  # the lowest eight bits of each
            sketches.write(np.packbits(np.hstack([low & 1, low >> 1 & 1]), axis=1).tobytes())
            keys = (some.view("<u8").reshape(-1, _BANDS, 2) * odd).sum(axis=2)
            for band, file in enumerate(bands):
                file.write((keys[:, band] ^ (keys[:, band] >> np.uint64(32))).tobytes())


def _candidates(scratch: Path, bucket: int, least: int) -> Iterator[tuple[Array, Array, Array]]:
    """Pairs that share a band and may have so many hashes in common, as arrays: how many at most, the numbers of the
    later ones and of the earlier ones. Within the arrays of one step each article is once the later one."""
    import numpy as np

    numbers = np.asarray(np.memmap(scratch / "rows", "<u8", "r"))
    sketches = np.asarray(np.memmap(scratch / "sketches", "<u8", "r", shape=(len(numbers), _SKETCH)))
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
            for start in range(0, len(order), _ROWS):
                some = order[start : start + _ROWS + NEIGHBOURS]
                ours, known = sketches.take(some, axis=0), numbers[some]
                for first, second in _neighbours(keys[some]):
                    most = _at_most(ours.take(first, axis=0), ours.take(second, axis=0))
                    hopeful = np.flatnonzero(most >= least)
                    if len(hopeful):
                        yield most[hopeful], known[second[hopeful]], known[first[hopeful]]


def _neighbours(keys: Array) -> Iterator[tuple[Array, Array]]:
    """Places of equal keys in a sorted array, at each distance up to NEIGHBOURS; the first of two is one of _ROWS."""
    import numpy as np

    first = np.arange(min(len(keys), _ROWS))
    for distance in range(1, NEIGHBOURS + 1):
        first = first[: np.searchsorted(first, len(keys) - distance)]
        first = first[keys[first] == keys[first + distance]]  # those that were equal at the distance before
        if not len(first):
            break
        yield first, first + distance


def _at_most(sketches: Array, others: Array) -> Array:
    """How many hashes two signatures have in common at most, row by row: those whose two lowest bits are the same.

    Of two texts that have a share s in common the bits are the same in s + (1 - s) / 4 of the hashes: of a pair that
    only shares a band it is seen on 32 bytes instead of 512 that it is not similar enough.
    """
    differ = sketches ^ others
    ones = _ones(differ[:, :2] | differ[:, 2:])
    return (_HASHES - ones[:, 0] - ones[:, 1]).astype("u1")


def _ones(words: Array) -> Array:
    """How many bits are set in each word of 64: counted in pairs, in fours, in bytes, then summed in the highest byte.

    numpy counts them itself from 2.0 on; older ones are in use.
    """
    words = words - (words >> 1 & 0x5555555555555555)
    words = (words & 0x3333333333333333) + (words >> 2 & 0x3333333333333333)
    bytewise: Array = (words + (words >> 4) & 0x0F0F0F0F0F0F0F0F) * 0x0101010101010101
    return bytewise >> 56


def issue(path: str, source: str | None, twin: str, twin_source: str | None, similarity: float) -> Issue:
    """The warning about an article with a twin: `syndicated-copy` where another outlet has it."""
    if source and twin_source and source != twin_source:
        message = f"the text is that of {twin!r} ({twin_source}), similarity {similarity:.2f}"
        way_out = "both are kept; nothing is to do if one outlet printed the other's article"
        return Issue("syndicated-copy", message, way_out, path, severity="warning")
    message = f"the text is nearly that of {twin!r}, similarity {similarity:.2f}"
    way_out = "delete one of the two if they are versions of one article; both are kept until then"
    return Issue("text-near-duplicate", message, way_out, path, severity="warning")
