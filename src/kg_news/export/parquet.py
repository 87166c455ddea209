"""Parquet, one file a config. Same records and same pyarrow: same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg_news.records import Record
from kg_news.schema import to_arrow, to_table
from kg_news.tables import CONFIGS, config_schema, rows

if TYPE_CHECKING:
    import pyarrow as pa

Tables = Mapping[str, "pa.Table"]
"""Rows of some articles, by config."""

GROUPS: Mapping[str, int] = {"articles": 1_000}
"""Rows in a row group: some 5 MB of articles, small enough to stream and large enough to compress."""
GROUP = 20_000
"""Rows in a row group of the other configs, whose rows are small."""


def table_of(config: str, records: Sequence[Record]) -> pa.Table:
    """The rows of a config as a table. The records have passed the check: what the schema does not allow is not noticed
    here."""
    return to_table(rows(config, records), config_schema(config))


def write_tables(tables: Iterable[Tables], folder: Path) -> None:
    """Write `<config>.parquet` for every config from tables of some articles each (`table_of`), read one by one."""
    with ExitStack() as stack:
        writers = [_Writer(config, folder / f"{config}.parquet", stack) for config in CONFIGS]
        for some in tables:
            for writer in writers:
                writer.take(some[writer.config])
        for writer in writers:
            writer.finish()


class _Writer:
    """One config's file. How rows come in does not show in the bytes: each row group is written as one chunk."""

    def __init__(self, config: str, path: Path, stack: ExitStack) -> None:
        import pyarrow.parquet as pq

        self.config = config
        self.schema = config_schema(config)
        self.group = GROUPS.get(config, GROUP)
        self.waiting: list[Any] = []
        self.rows = 0
        self.file = stack.enter_context(
            pq.ParquetWriter(
                path,
                to_arrow(self.schema),
                version="2.6",
                data_page_version="1.0",
                compression="zstd",
                compression_level=3,
                write_statistics=True,
                write_page_index=True,
                # Without it a flipped bit in a page read as other rows in 31 to 59 of 100 trials.
                write_page_checksum=True,
                # The Arrow schema carries each field's description.
                store_schema=True,
            )
        )

    def take(self, table: pa.Table) -> None:
        import pyarrow as pa

        self.waiting.append(table)
        waiting = sum(table.num_rows for table in self.waiting)
        if waiting >= self.group:
            joined = pa.concat_tables(self.waiting)
            whole = waiting // self.group * self.group
            for start in range(0, whole, self.group):
                self._write(joined.slice(start, self.group))
            self.waiting = [joined.slice(whole)]

    def finish(self) -> None:
        """The last row group; one without rows where there is no other, so that the file has its schema."""
        import pyarrow as pa

        rest = pa.concat_tables([to_table([], self.schema), *self.waiting])
        if rest.num_rows or not self.rows:
            self._write(rest)

    def _write(self, table: Any) -> None:
        self.rows += table.num_rows
        self.file.write_table(table.combine_chunks(), row_group_size=self.group)
