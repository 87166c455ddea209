"""Which shards the last build of a raw folder made: in the cache folder, and safe to delete with it."""

from __future__ import annotations

import bisect
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kg_news.shards import Books, Shard
from kg_news.store import key_of


class Index:
    """Which shards the last build of a raw folder made, so that the next one finds what is unchanged in a shard."""

    def __init__(self, cache: Path | None, raw: Path) -> None:
        self.path = cache and cache / "index" / f"{key_of('raw', str(raw.resolve()))}.json"
        self.last: list[tuple[str, str, str]] = []
        self.ids: list[tuple[str, str]] = []
        self.ends: list[int] = []
        try:
            if self.path:
                self.last = [
                    (str(first), str(last), str(key)) for first, last, key in json.loads(self.path.read_bytes())
                ]
        except (OSError, ValueError, TypeError):
            self.last = []  # no cache is needed
        self.lasts = [last for _, last, _ in self.last]

    def known(self, shards: Iterable[Shard]) -> Iterator[Shard]:
        """The shards, each with the entries that an earlier build made of its ids."""
        for shard in shards:
            first, last = shard.rows[0].id, shard.rows[-1].id
            self.ids.append((first, last))
            self.ends.append(shard.before + len(shard.rows))
            start = bisect.bisect_left(self.lasts, first)
            end = start
            while end < len(self.last) and self.last[end][0] <= last:
                end += 1
            yield replace(shard, old=tuple(key for _, _, key in self.last[start:end]))

    def write(self, books: Sequence[Books]) -> None:
        """Note what this build made. What the disk refuses costs the next build time, and no more."""
        if self.path is None:
            return
        rows = [(first, last, shard.key) for (first, last), shard in zip(self.ids, books, strict=True)]
        new = self.path.with_name(f"{self.path.name}-{os.getpid()}")
        try:
            self.path.parent.mkdir(exist_ok=True)
            new.write_text(json.dumps(rows), encoding="ascii")
            new.replace(self.path)
        except OSError:
            new.unlink(missing_ok=True)
