"""The builder by which `datasets` keeps the tables in its cache. Imported only where `datasets` is needed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import datasets
import pyarrow as pa
import pyarrow.parquet as pq
from datasets.table import table_cast

from kg_news.errors import DataError
from kg_news.manifest import unreadable


class KgNews(datasets.ArrowBasedBuilder):  # type: ignore[misc]
    """One config of the dataset as the split `train`.

    `info` and `hash` (the key of the cache) come from the caller; `base_path` is the dataset's folder.
    """

    def __init__(self, *, files: list[str], **options: Any) -> None:
        self._files = files
        super().__init__(dataset_name="kg_news", **options)

    def _info(self) -> Any:  # pragma: no cover - datasets demands the method; every caller passes `info`
        return datasets.DatasetInfo()

    def _split_generators(self, dl_manager: object) -> list[Any]:  # noqa: ARG002 - nothing is downloaded
        return [datasets.SplitGenerator(name="train", gen_kwargs={"files": self._files})]

    def _generate_tables(self, files: list[str]) -> Iterator[tuple[tuple[int, int], pa.Table]]:
        schema = self.info.features.arrow_schema
        for number, name in enumerate(files):
            try:
                with pq.ParquetFile(name, page_checksum_verification=True) as file:
                    for part, batch in enumerate(file.iter_batches()):
                        yield (number, part), table_cast(pa.Table.from_batches([batch]), schema)
            except unreadable() as error:
                raise DataError(f"{name} cannot be read: {error}; install kg-news again") from error
