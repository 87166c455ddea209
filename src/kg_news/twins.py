"""Which texts are there twice, found over their hashes and within a bounded memory."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from kg_news.records import Issue

WIDTH = 16
"""Bytes of a text's hash."""
BUCKET = 2_000_000
"""Hashes that are looked at once: 50 MB."""


def fingerprint(text: str) -> str:
    """128 bits of a hash of a text, white space evened out: among a billion articles two different texts share one
    with a chance of 1 in 10^20.
    """
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[: 2 * WIDTH]


def same_text(path: str, twin: str) -> Issue:
    """The error about an article that has the text of another, `twin` by its id."""
    message, way_out = f"the article {twin!r} has the same text", "keep one of the two and delete the other"
    return Issue("text-duplicate", message, way_out, path)


def twins(path: Path, bucket: int = BUCKET) -> dict[int, int]:
    """The numbers of hashes in a file (16 bytes each) that stand there before, each with the number of the first.

    The file is read once for each `bucket` of hashes that it holds; equal hashes fall into the same bucket.
    """
    import numpy as np

    count = path.stat().st_size // WIDTH
    if not count:
        return {}
    kind = np.dtype([("high", "<u8"), ("low", "<u8")])
    hashes = np.memmap(path, kind, "r")
    buckets = -(-count // bucket)
    later: dict[int, int] = {}
    for number in range(buckets):
        places = np.concatenate(
            [
                start + np.flatnonzero(hashes["high"][start : start + bucket] % np.uint64(buckets) == number)
                for start in range(0, count, bucket)
            ]
        )
        some = hashes[places]
        order = np.lexsort((places, some["low"], some["high"]))
        places, some = places[order], some[order]
        same = some[1:] == some[:-1]
        for place in np.flatnonzero(same):
            first = int(places[place])
            later[int(places[place + 1])] = later.get(first, first)
    return later


class Names:
    """Id and outlet of articles by their number, on the disk: few of many are ever asked for."""

    def __init__(self, folder: Path) -> None:
        self._lines, self._ends = folder / "names", folder / "places"
        self._end = 0

    def __enter__(self) -> Names:
        self._names, self._places = self._lines.open("w+b"), self._ends.open("w+b")
        return self

    def __exit__(self, *_: object) -> None:
        self._names.close()
        self._places.close()

    def add(self, article_id: str, outlet: str | None) -> None:
        """Add the next article's."""
        self._places.write(self._end.to_bytes(8, "little"))
        self._end += self._names.write(json.dumps([article_id, outlet]).encode() + b"\n")

    def get(self, number: int) -> tuple[str, str | None]:
        """What was added as the number-th. Only after all were added."""
        self._places.seek(8 * number)
        self._names.seek(int.from_bytes(self._places.read(8), "little"))
        article_id, outlet = json.loads(self._names.readline())
        return article_id, outlet
