"""The heads of all shards, merged by id from the disk, and which of them are refused whatever their text is."""

from __future__ import annotations

import heapq
import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from kg_news.records import Issue
from kg_news.shards import Head, Run, read_heads, same_id
from kg_news.store import Store

Status = Literal["rejected", "duplicate"]
FAN = 128
"""Files of heads that are merged at once."""


@dataclass(frozen=True)
class Refused:
    """An article that is not in the dataset, or a file that gave none."""

    path: str
    status: Status
    issues: tuple[Issue, ...]


class Verdict(NamedTuple):
    """A head in its place among all, and why it is refused, if it is: its text is not looked at here."""

    head: Head
    shard: int
    entry: str
    refused: Refused | None


def merged(runs: Sequence[Run], store: Store) -> Iterator[tuple[Head, int, str]]:
    """The heads of all runs with their shard and entry, by id and then in the order of the listing.

    A run is opened when its first id is due, so runs that do not overlap are never open together.
    """
    waiting = sorted(runs, key=lambda run: (run.first, run.shard), reverse=True)
    heap: list[tuple[str, int, int, int, Head, str, Iterator[tuple[Head, int, str]]]] = []
    opened = 0

    def push(number: int, heads: Iterator[tuple[Head, int, str]]) -> None:
        for head, shard, entry in heads:
            heapq.heappush(heap, (head.id, shard, head.order, number, head, entry, heads))
            return

    while waiting or heap:
        while waiting and (not heap or waiting[-1].first <= heap[0][0]):
            push(opened, _heads(waiting.pop(), store))
            opened += 1
        _, shard, _, number, head, entry, heads = heapq.heappop(heap)
        yield head, shard, entry
        push(number, heads)


def _heads(run: Run, store: Store) -> Iterator[tuple[Head, int, str]]:
    if run.entry:
        for head in read_heads(store, run):
            yield head, run.shard, run.entry
        return
    with Path(run.file).open(encoding="ascii") as lines:
        for line in lines:
            head, shard, entry = json.loads(line)
            yield Head(*head), shard, entry


def narrowed(runs: list[Run], store: Store, scratch: Path) -> list[Run]:
    """Runs of which no more than FAN overlap: articles out of big files may have ids in any order."""
    while _widest(runs) > FAN:
        runs.sort(key=lambda run: (run.first, run.shard))
        groups = [runs[start : start + FAN] for start in range(0, len(runs), FAN)]
        runs = [_joined(group, store, scratch / f"heads-{secrets.token_hex(8)}") for group in groups]
    return runs


def _widest(runs: Sequence[Run]) -> int:
    """How many runs overlap at most."""
    ends = sorted((end, side) for run in runs for end, side in ((run.first, 0), (run.last, 1)))
    widest = width = 0
    for _, side in ends:
        width += 1 - 2 * side
        widest = max(widest, width)
    return widest


def _joined(runs: Sequence[Run], store: Store, path: Path) -> Run:
    with path.open("w", encoding="ascii") as out:
        for item in merged(runs, store):
            out.write(json.dumps(item) + "\n")
    count = sum(run.heads for run in runs)
    return Run(runs[0].first, max(run.last for run in runs), count, runs[0].shard, "", str(path))


def judged(heads: Iterable[tuple[Head, int, str]]) -> Iterator[Verdict]:
    """Of articles with one id the first counts. A file that is broken has no article whose id could be taken."""
    holder: Head | None = None
    for head, shard, entry in heads:
        refused = None
        if head.kind == "article" and holder is not None and holder.id == head.id:
            twin = f"{holder.path}:{holder.line}" if holder.line else holder.path
            issue = same_id(head.path, head.id, twin, named=head.article is not None)
            refused = Refused(head.path, "duplicate", (head.placed(issue),))
        elif head.issues:
            refused = Refused(head.path, "duplicate" if head.kind == "copy" else "rejected", head.all_issues())
        if head.kind == "article" and (holder is None or holder.id != head.id):
            holder = head
        yield Verdict(head, shard, entry, refused)
