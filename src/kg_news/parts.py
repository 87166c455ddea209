"""The second half of a build: records in the order of their ids -> the dataset's tables, in parts of a bounded size.

A part is a run of articles that becomes one file of each config. Like a shard of raw files it ends where the ids say
so, at the first fitting one behind its size, and is an entry of the store. It is put together from blocks (`blocks`):
one changed article changes one block, and the file of one part.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg_news.blocks import ARTICLES, Piece, block_counts, block_table, make_block, write_block, write_pieces
from kg_news.errors import BuildError
from kg_news.export import write_tables
from kg_news.manifest import ConfigEntry, read_tables
from kg_news.records import Record
from kg_news.shards import Site, begins
from kg_news.store import key_of
from kg_news.tables import CONFIGS

if TYPE_CHECKING:
    import pyarrow as pa

SIZE = 64 * 2**20
"""Bytes of canonical JSON behind which a part ends: some 16 MB of Parquet."""
EVERY = 64
"""One article in so many may begin a part."""
FILE = "train-{:05}-of-{:05}.parquet"
"""The name by which `datasets` finds a split without being told."""


class Part(NamedTuple):
    """Which articles a part has: those of a run of blocks."""

    records: str
    """SHA-256 over the SHA-256 of its records."""
    folder: Path
    first: int
    end: int
    """Its blocks are those from `first` to before `end`."""

    @property
    def blocks(self) -> list[Path]:
        """The files that plan its blocks."""
        return [plan(self.folder, number) for number in range(self.first, self.end)]

    def key(self, knowledge: str) -> str:
        """Of its entry in the store."""
        return key_of("part", knowledge, self.records)


def plan(folder: Path, number: int) -> Path:
    """The file that says which articles a block has."""
    return folder / f"{number:08}.jsonl"


def write_plan(found: Iterable[tuple[str, Piece]], folder: Path, size: int = SIZE) -> list[Part]:
    """Write which articles make up each block, a file a block, and answer which blocks make up each part.

    The articles come as (id, piece), sorted by id. No part is larger than twice `size` and one record. Where a block
    begins within its part the ids alone say: what is changed, added or deleted moves no block behind the next such id.
    """
    folder.mkdir()
    parts: list[Part] = []
    pieces: list[Piece] = []
    digest, filled, first, count = hashlib.sha256(), 0, 0, 0
    for article_id, piece in found:
        ended = filled >= size and (begins(article_id, EVERY) or filled >= 2 * size)
        if ended or (pieces and (begins(article_id, ARTICLES) or len(pieces) >= 2 * ARTICLES)):
            write_pieces(plan(folder, count), pieces)
            pieces, count = [], count + 1
        if ended:
            parts.append(Part(digest.hexdigest(), folder, first, count))
            digest, filled, first = hashlib.sha256(), 0, count
        pieces.append(piece)
        digest.update(piece.record.encode())
        filled += piece.size
    if pieces:
        write_pieces(plan(folder, count), pieces)
        parts.append(Part(digest.hexdigest(), folder, first, count + 1))
    return parts


def missing(site: Site, parts: Iterable[Part]) -> list[Part]:
    """Those that the store has not."""
    return [part for part in parts if site.store.find(part.key(site.knowledge)) is None]


def make_part(site: Site, part: Part) -> str:
    """The key of the part's entry in the store, made unless it is there; of its blocks those are made that are not."""
    key = part.key(site.knowledge)
    if site.store.find(key) is None:
        blocks = [make_block(site, path) for path in part.blocks]

        def fill(folder: Path) -> str:
            join([site.store.entry(block) for block in blocks], folder)
            return key

        site.store.put(fill)
    return key


def write_part(records: Iterable[Record], folder: Path) -> None:
    """A part of one block, from records sorted by id, in an empty folder."""
    block = folder / "block"
    block.mkdir()
    write_block(list(records), block)
    join([block], folder)
    shutil.rmtree(block)


def join(blocks: Sequence[Path], folder: Path) -> None:
    """One part's Parquet files, their rows as canonical JSON Lines, and its counts, from the folders of its blocks.

    The Parquet files are read back, and every value of them is held against the tables that the rows were taken from.
    BuildError where one differs, or the blocks are not in the order of their ids.
    """
    write_tables(({config: block_table(block, config) for config in CONFIGS} for block in blocks), folder)
    counts = {}
    found = [block_counts(block) for block in blocks]
    for config in CONFIGS:
        _hold(folder / f"{config}.parquet", (block_table(block, config) for block in blocks))
        # Frames of zstd one after the other are a file of zstd: RFC 8878, section 3.
        with (folder / f"{config}.jsonl.zst").open("wb") as out:
            for block in blocks:
                with (block / f"{config}.jsonl.zst").open("rb") as lines:
                    shutil.copyfileobj(lines, out)
        counts[config] = _joined([books[config] for books in found])
    (folder / "part.json").write_text(json.dumps(counts), encoding="ascii")


def _hold(path: Path, tables: Iterable[pa.Table]) -> None:
    """BuildError where a Parquet file has other rows than the tables, one after the other."""
    import pyarrow as pa

    wanted = iter(tables)
    rest = next(wanted)
    same = True
    for found in read_tables(path):
        while rest.num_rows < found.num_rows and (more := next(wanted, None)) is not None:
            rest = pa.concat_tables([rest, more])
        same = same and rest.slice(0, found.num_rows).equals(found)
        rest = rest.slice(found.num_rows)
    if not same or rest.num_rows or any(table.num_rows for table in wanted):
        raise BuildError(f"{path.name} has other rows than were written; nothing was published: build again")


def _joined(books: Sequence[dict[str, int | str]]) -> dict[str, int | str]:
    """The counts of one config over all blocks."""
    filled = [counts for counts in books if counts["rows"]]
    for before, after in pairwise(filled):
        if str(after["first"]) <= str(before["last"]):
            raise BuildError(f"{after['first']!r} comes after {before['last']!r}; nothing was published")
    rows = sum(int(counts["rows"]) for counts in filled)
    ends = (filled[0]["first"], filled[-1]["last"]) if filled else ("", "")
    return {"rows": rows, "first": ends[0], "last": ends[1]}


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


def _blocks(path: Path) -> Iterator[bytes]:
    import pyarrow as pa

    with pa.CompressedInputStream(str(path), "zstd") as stream:
        while block := stream.read(2**20):
            yield block
