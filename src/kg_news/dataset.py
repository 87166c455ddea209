"""Loading the dataset: as a Hugging Face dataset, a pyarrow table, a pandas frame, or the path of its Parquet file.

Everything here checks the files that it reads against the manifest, needs no network and no extraction library.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

from kg_news import manifest as manifests
from kg_news.about import about_of
from kg_news.citation import cited, written
from kg_news.errors import DataError
from kg_news.manifest import Folder, Manifest, dataset_folder
from kg_news.schema import to_features
from kg_news.tables import config_schema

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    from datasets import Dataset, DatasetInfo, IterableDataset


@overload
def load(config: str = ..., *, streaming: Literal[False] = ..., folder: Folder = ...) -> Dataset: ...
@overload
def load(config: str = ..., *, streaming: Literal[True], folder: Folder = ...) -> IterableDataset: ...
@overload
def load(config: str = ..., *, streaming: bool, folder: Folder = ...) -> Dataset | IterableDataset: ...
def load(config: str = "articles", *, streaming: bool = False, folder: Folder = None) -> Dataset | IterableDataset:
    """A table of the dataset for `datasets`, split `train`.

    config: `articles` (a row an article), or one of their lists, a row an entry: `photo_credits`, `actors`, `mentions`,
        `quotes`.
    streaming: read row by row and write nothing to the cache.
    folder: a dataset folder that `kg-news build` wrote; by default the one that ships with the package.

    The cache is keyed on what the manifest says, so another version never returns this one's rows. Where the cache
    cannot be written the dataset is held in memory. Raises DataError for a folder that is incomplete or differs from
    its manifest, ValueError for an unknown config.
    """
    import datasets
    from datasets.exceptions import DatasetGenerationError

    from kg_news.hub import KgNews

    read = manifest(folder)
    files = [str(path) for path in _checked(config, read, folder)]
    info = _info(config, read, dataset_folder(folder))
    key = _cache_key(read, info)
    try:
        builder = KgNews(files=files, config_name=config, version=info.version, hash=key, info=info)
        if streaming:
            return builder.as_streaming_dataset(split="train")
        if read.configs[config].rows:
            builder.download_and_prepare()
            return builder.as_dataset(split="train")
    except OSError:
        pass  # a cache that cannot be written: read-only, full, not a folder
    except DatasetGenerationError as error:
        if isinstance(error.__cause__, DataError):
            raise error.__cause__ from None
        if not isinstance(error.__cause__, OSError):
            raise
    # `datasets` keeps no split without rows in its cache either.
    fingerprint = hashlib.sha256(f"{key}/{config}".encode()).hexdigest()[:16]
    rows = table(config, folder=folder).cast(info.features.arrow_schema)
    held = datasets.Dataset(rows, info=info, split=datasets.Split.TRAIN, fingerprint=fingerprint)
    if not streaming:
        return held
    stream = held.to_iterable_dataset()  # which forgets all but the features
    stream.info.update(info)
    stream._split = held.split
    return stream


def table(config: str = "articles", *, columns: Iterable[str] | None = None, folder: Folder = None) -> pa.Table:
    """A table of the dataset as a pyarrow Table; the schema's fields carry their descriptions.

    config, folder: as in `load`.
    columns: the columns to read, in this order; by default all. The files are checked as a whole all the same.

    Raises DataError for a folder that is incomplete or differs from its manifest, ValueError for an unknown config or
    column.
    """
    import pyarrow as pa

    read = manifest(folder)
    root, names = dataset_folder(folder), _names(config, read)
    chosen = None if columns is None else _columns(config, columns)
    with ThreadPoolExecutor(1) as pool:  # hashing and decoding do not wait for each other
        try:
            # What is hashed are the bytes that are decoded, so the checksums of pages have nothing to add.
            found = [_decoded(_buffer(root / name), read, name, chosen, pool) for name in names]
        except manifests.unreadable() as error:
            _checked(config, read, folder)  # raises where a file is missing or damaged, and names it
            raise DataError(f"{root / config} cannot be read: {error}; {manifests.AGAIN}") from error
    whole = pa.concat_tables(found)
    return whole if chosen is None else whole.select(chosen)


class _ChangedError(OSError):
    """The bytes of a file are not those that the manifest lists."""


def _buffer(path: Path) -> pa.Buffer:
    """A file's bytes in memory of Arrow's own.

    A thread of Arrow's pool may be the last to let go of what it decoded from. Bytes of Python's then ask for the lock
    of an interpreter that has begun to end, and abort the process («terminate called without an active exception»),
    in one of a hundred short scripts on a busy machine.
    """
    import pyarrow as pa

    with pa.OSFile(str(path)) as file:
        return file.read_buffer()


def _columns(config: str, columns: Iterable[str]) -> list[str]:
    if isinstance(columns, str):  # else each of its letters would be a column
        raise ValueError(f"columns is a list of names: write columns=[{columns!r}]")
    chosen, known = list(columns), list(config_schema(config)["properties"])
    if unknown := [name for name in chosen if name not in known]:  # pyarrow would leave them out without a word
        raise ValueError(f"{config} has no column {', '.join(map(repr, unknown))}; choose from: {', '.join(known)}")
    return chosen


def _decoded(
    data: pa.Buffer, read: Manifest, name: str, columns: list[str] | None, pool: ThreadPoolExecutor
) -> pa.Table:
    import pyarrow as pa
    import pyarrow.parquet as pq

    digest = pool.submit(lambda: hashlib.sha256(data).hexdigest())
    try:  # `read_table` sets up a scan of datasets first: half its time
        with pq.ParquetFile(pa.BufferReader(data)) as file:
            return file.read(columns)
    finally:  # first of all, whatever pyarrow makes of a damaged file
        if digest.result() != read.files[name].sha256:
            raise _ChangedError(f"{name} is not what the manifest lists")


def frame(config: str = "articles", *, columns: Iterable[str] | None = None, folder: Folder = None) -> pd.DataFrame:
    """A table of the dataset as a pandas DataFrame, days as `datetime64`. Arguments and errors as in `table`."""
    # Without the option a day is a Python object, and `frame["date_start"].dt.year` an error.
    result: pd.DataFrame = table(config, columns=columns, folder=folder).to_pandas(date_as_object=False)
    return result


def path(config: str = "articles", *, folder: Folder = None) -> Path:
    """The Parquet file of a table, for polars, DuckDB and others; the folder that holds them where there are several.

    Of a folder DuckDB wants a pattern: `kg_news.path("mentions", folder=…) / "*.parquet"`. Raises as `table` does: the
    bytes are checked before the path is given.
    """
    paths = _checked(config, manifest(folder), folder)
    return paths[0] if len(paths) == 1 else paths[0].parent


def verify(folder: Folder = None) -> None:
    """Hold a dataset folder against its manifest: every file, every byte, every row.

    Raises DataError that names each file that is missing, differs, or is there without being listed.
    """
    manifests.verify(dataset_folder(folder))


def manifest(folder: Folder = None) -> Manifest:
    """What MANIFEST.json of a dataset folder says. Raises DataError where it is missing or damaged."""
    return Manifest.read(dataset_folder(folder))


def _checked(config: str, read: Manifest, folder: Folder) -> list[Path]:
    """The Parquet files of a config, their bytes checked against the manifest."""
    root, names = dataset_folder(folder), _names(config, read)
    problems = [problem for name in names if (problem := manifests.file_problem(root, read, name))]
    if problems:
        raise DataError(f"{root} is not what its manifest says: {'; '.join(problems)}; {manifests.AGAIN}")
    return [root / name for name in names]


def _names(config: str, read: Manifest) -> tuple[str, ...]:
    if not isinstance(config, str) or config not in read.configs:
        raise ValueError(f"there is no config {config!r}; choose one of: {', '.join(read.configs)}")
    return read.configs[config].files


def _info(config: str, read: Manifest, folder: Path) -> DatasetInfo:
    from datasets import DatasetInfo, Version

    schema, about = config_schema(config), about_of(folder, read.files)
    added = "" if about.own else "; what the project adds: CC0-1.0 (LICENSE-DATA.md)"
    return DatasetInfo(
        description=f"{about.title}. {about.abstract} {schema['description']}",
        citation=written(cited(about, read.version, read.content_hash), "bibtex"),
        homepage=about.url,
        license=f"per article, see the field `rights`{added}",
        features=to_features(schema),
        version=Version(manifests.release(read.version)),
    )


def _cache_key(read: Manifest, info: Any) -> str:
    """Everything that a cached copy is made from: the manifest (rows, files, schema, version) and what `info` says."""
    described = f"{read.sha256}\n{info.description}\n{info.citation}\n{info.features}"
    return hashlib.sha256(described.encode()).hexdigest()[:16]
