"""Records of others as a Parquet file: each row by schema and meaning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kg_news.check import check
from kg_news.manifest import unreadable
from kg_news.records import Issue
from kg_news.schema import load_schema, to_rows

SUFFIX = ".parquet"
ROWS = 500
"""Rows that are in memory at once."""


def validate_parquet(path: Path, shown: str) -> Iterator[Issue]:
    """What is wrong with each row, and ids that stand twice; a Parquet file has no lines, so messages name the row.

    Columns that the table lacks are named once; where it lacks most of them it is a table of something else, and its
    rows are not read. A list column without values, a date in another type and the like are told by the schema, as for
    JSON.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows: dict[str, int] = {}
    number = 0
    try:
        with pq.ParquetFile(path) as file:
            needed = load_schema("article")["required"]
            lacking = [name for name in needed if name not in file.schema_arrow.names]
            if lacking:
                yield _lacking(lacking, file.schema_arrow.names, shown)
            if 2 * len(lacking) > len(needed):
                return
            told = tuple(f"`{name}` is missing" for name in lacking)
            for batch in file.iter_batches(batch_size=ROWS):
                for record in to_rows(pa.Table.from_batches([batch])):
                    number += 1
                    for issue in check(record):
                        if issue.code == "field-missing" and told and issue.message.startswith(told):
                            continue
                        at = f" at {issue.pointer}" if issue.pointer else ""
                        yield replace(issue, path=shown, pointer=None, message=f"row {number}{at}: {issue.message}")
                    key = record.get("id")
                    if isinstance(key, str) and (first := rows.setdefault(key, number)) != number:
                        message = f"row {number}: the id {key!r} is already that of row {first}"
                        yield Issue("id-duplicate", message, "keep one of the two", shown)
    except unreadable() as error:
        message = f"this cannot be read as Parquet: {str(error).splitlines()[0] if str(error) else 'damaged'}"
        yield Issue("parquet-invalid", message, "copy the file again from where it came", shown)


def _lacking(lacking: list[str], names: list[str], shown: str) -> Issue:
    known = ", ".join(lacking)
    message = f"the table lacks the column{'s' * (len(lacking) > 1)} {known}; it has {', '.join(names[:20]) or 'none'}"
    way_out = "rename its columns, or have the records made from the articles: kg-news normalize"
    return Issue("field-missing", message, way_out, shown)
