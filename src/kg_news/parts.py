"""The second half of a build: records in the order of their ids -> the dataset's tables, in parts of a bounded size.

A part is a run of articles that becomes one file of each config. Like a shard of raw files it ends where the ids say
so, at the first fitting one behind its size, and is an entry of the store: one changed article changes one part.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kg_news.errors import BuildError
from kg_news.export import write_tables
from kg_news.manifest import ConfigEntry, canonical, read_rows
from kg_news.records import Record
from kg_news.shards import Site, begins, read_record
from kg_news.store import key_of
from kg_news.tables import CONFIGS

SIZE = 64 * 2**20
"""Bytes of canonical JSON behind which a part ends: some 16 MB of Parquet."""
EVERY = 64
"""One article in so many may begin a part."""
FILE = "train-{:05}-of-{:05}.parquet"
"""The name by which `datasets` finds a split without being told."""


class Piece(NamedTuple):
    """Where a record lies."""

    entry: str
    at: int
    stored: int
    size: int
    record: str
    """SHA-256 of the record as canonical JSON."""


def write_plan(found: Iterable[tuple[str, Piece]], folder: Path, size: int = SIZE) -> int:
    """Write which articles make up each part, a file a part; how many parts they are.

    The articles come as (id, piece), sorted by id. No part is larger than twice `size` and one record.
    """
    folder.mkdir()
    pieces: list[Piece] = []
    filled = count = 0
    for article_id, piece in found:
        if filled >= size and (begins(article_id, EVERY) or filled >= 2 * size):
            _write(plan(folder, count), pieces)
            pieces, filled, count = [], 0, count + 1
        pieces.append(piece)
        filled += piece.size
    if pieces:
        _write(plan(folder, count), pieces)
        count += 1
    return count


def plan(folder: Path, number: int) -> Path:
    """The file that says which articles a part has."""
    return folder / f"{number:06}.jsonl"


def _write(path: Path, pieces: Sequence[Piece]) -> None:
    path.write_text("".join(json.dumps(piece) + "\n" for piece in pieces), encoding="ascii")


def _read(path: Path) -> list[Piece]:
    with path.open(encoding="ascii") as lines:
        return [Piece(*json.loads(line)) for line in lines]


def make_part(site: Site, path: Path) -> str:
    """The key of the entry in the store of the part that `path` plans, made unless it is there."""
    pieces = _read(path)
    digest = hashlib.sha256("".join(piece.record for piece in pieces).encode()).hexdigest()
    key = key_of("part", site.knowledge, digest)
    if site.store.find(key) is None:

        def fill(folder: Path) -> str:
            write_part(_records(site, pieces), folder)
            return key

        site.store.put(fill)
    return key


def write_part(records: Iterable[Record], folder: Path) -> None:
    """One part's tables, their rows as canonical JSON Lines, and its counts. The records come sorted by id.

    The rows are read back from the Parquet files: what is hashed is what a reader will get.
    """
    import pyarrow as pa

    write_tables(records, folder)
    counts = {}
    for config in CONFIGS:
        ids = _Ids()
        with pa.CompressedOutputStream(str(folder / f"{config}.jsonl.zst"), "zstd") as out:
            for row in read_rows([folder / f"{config}.parquet"]):
                ids.take(row["id"])
                out.write(canonical(row) + b"\n")
        counts[config] = ids.counts()
    (folder / "part.json").write_text(json.dumps(counts), encoding="ascii")


def assemble(parts: Sequence[Path], folder: Path) -> dict[str, ConfigEntry]:
    """Put the files of parts into a dataset folder, and say what every config holds.

    A part without rows of a config gives no file for it, unless there is no other: `datasets` refuses files without
    rows. BuildError where the parts are not in the order of their ids.
    """
    counts = [json.loads((part / "part.json").read_bytes()) for part in parts]
    entries = {}
    for config in CONFIGS:
        filled = [number for number in range(len(parts)) if counts[number][config]["rows"]] or [0]
        last, names, digest = "", [], hashlib.sha256()
        for place, number in enumerate(filled):
            books = counts[number][config]
            if books["rows"] and last and books["first"] <= last:
                raise BuildError(f"{config}: {books['first']!r} comes after {last!r}; nothing was published")
            last = books["last"]
            names.append(f"{config}/{FILE.format(place, len(filled))}")
            target = folder / names[-1]
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(parts[number] / f"{config}.parquet", target)
            for block in _blocks(parts[number] / f"{config}.jsonl.zst"):
                digest.update(block)
        rows = sum(counts[number][config]["rows"] for number in filled)
        entries[config] = ConfigEntry(rows, digest.hexdigest(), tuple(names))
    return entries


class _Ids:
    """Counts rows and holds their order."""

    def __init__(self) -> None:
        self.rows, self.first, self.last = 0, "", ""

    def take(self, article_id: str) -> None:
        if self.rows and article_id < self.last:
            raise BuildError(f"rows are not sorted: {article_id!r} comes after {self.last!r}; nothing was published")
        self.first = self.first if self.rows else article_id
        self.last = article_id
        self.rows += 1

    def counts(self) -> dict[str, int | str]:
        return {"rows": self.rows, "first": self.first, "last": self.last}


def _records(site: Site, pieces: Sequence[Piece]) -> Iterator[Record]:
    """A part's records; `records.bin` of one shard is open at a time."""
    name, file = "", None
    try:
        for piece in pieces:
            if file is None or piece.entry != name:
                if file:
                    file.close()
                name, file = piece.entry, (site.store.entry(piece.entry) / "records.bin").open("rb")
            line = read_record(file, piece.at, piece.stored, piece.size)
            if hashlib.sha256(line).hexdigest() != piece.record:
                raise BuildError(f"a record in {name} is not what was written; nothing was published: build again")
            yield json.loads(line)
    finally:
        if file:
            file.close()


def _blocks(path: Path) -> Iterator[bytes]:
    import pyarrow as pa

    with pa.CompressedInputStream(str(path), "zstd") as stream:
        while block := stream.read(2**20):
            yield block
