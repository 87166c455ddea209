"""Blocks of a part: some hundred articles as Arrow tables, their rows as canonical JSON Lines, and their counts.

To make Arrow columns of records, and rows of Arrow columns, is the costly half of the tables, and it is all in Python.
A block is a run of articles for which this is done once: it begins where the ids say so, whatever the sizes, and is an
entry of the store, so that one changed article costs its block and not its part, and any number of processes have
enough of them to share. The Parquet file of a part is then put together from its blocks' tables without a look at a
single value.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg_news.errors import BuildError
from kg_news.export import table_of
from kg_news.manifest import canonical
from kg_news.records import Record
from kg_news.schema import to_rows
from kg_news.shards import Site, read_record
from kg_news.store import key_of
from kg_news.tables import CONFIGS

if TYPE_CHECKING:
    import pyarrow as pa

ARTICLES = 256
"""Articles in a block, on the average; at most twice as many, which are in memory at once."""

ROWS = 100
"""Rows that are held at once as Python has them, ten times as large as in Arrow."""


class Piece(NamedTuple):
    """Where a record lies."""

    entry: str
    at: int
    stored: int
    size: int
    record: str
    """SHA-256 of the record as canonical JSON."""


def write_pieces(path: Path, pieces: Sequence[Piece]) -> None:
    """The plan of a block: which records it has, in order."""
    path.write_text("".join(json.dumps(piece) + "\n" for piece in pieces), encoding="ascii")


def make_block(site: Site, path: Path) -> str:
    """The key of the entry in the store of the block that `path` plans, made unless it is there."""
    with path.open(encoding="ascii") as lines:
        pieces = [Piece(*json.loads(line)) for line in lines]
    digest = hashlib.sha256("".join(piece.record for piece in pieces).encode()).hexdigest()
    key = key_of("block", site.knowledge, digest)
    if site.store.find(key) is None:

        def fill(folder: Path) -> str:
            write_block(list(_records(site, pieces)), folder)
            return key

        site.store.put(fill)
    return key


def write_block(records: Sequence[Record], folder: Path) -> None:
    """One block's tables, their rows, and its counts. The records come sorted by id and have passed the check.

    The rows are taken from the Arrow tables, which the part's Parquet file is held against: what is hashed is what a
    reader will get.
    """
    import pyarrow as pa

    counts = {}
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    for config in CONFIGS:
        table = table_of(config, records)
        with pa.ipc.new_file(folder / f"{config}.arrow", table.schema, options=options) as file:
            file.write_table(table)
        with pa.CompressedOutputStream(str(folder / f"{config}.jsonl.zst"), "zstd") as out:
            for start in range(0, table.num_rows, ROWS):
                out.write(b"".join(canonical(row) + b"\n" for row in to_rows(table.slice(start, ROWS))))
        counts[config] = _counts(table)
    (folder / "block.json").write_text(json.dumps(counts), encoding="ascii")


def block_table(folder: Path, config: str) -> pa.Table:
    """One config's table of a block that lies in the store."""
    import pyarrow as pa

    with pa.OSFile(str(folder / f"{config}.arrow")) as source, pa.ipc.open_file(source) as file:
        return file.read_all()


def block_counts(folder: Path) -> dict[str, dict[str, int | str]]:
    """Rows, and first and last id, of each config of a block that lies in the store."""
    counts: dict[str, dict[str, int | str]] = json.loads((folder / "block.json").read_bytes())
    return counts


def _counts(table: pa.Table) -> dict[str, int | str]:
    """BuildError where rows are not sorted by id."""
    ids: list[str] = table.column("id").to_pylist()
    if ids != sorted(ids):
        raise BuildError("rows are not sorted by id; nothing was published")
    return {"rows": len(ids), "first": ids[0] if ids else "", "last": ids[-1] if ids else ""}


def _records(site: Site, pieces: Iterable[Piece]) -> Iterator[Record]:
    """A block's records; `records.bin` of one shard is open at a time."""
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
