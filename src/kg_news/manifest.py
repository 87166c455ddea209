"""MANIFEST.json: what a dataset folder holds, to the byte and the row. Written last; without it there is no dataset.

Two kinds of hashes stand in it. A file's sha256 says that the bytes are the published ones; it differs between versions
of pyarrow. A config's logical hash says that the rows are: it is the sha256 of the rows as canonical JSON Lines, sorted
by `id`, and no library has a part in it. That of `articles` is the content hash, by which a version is cited.

Canonical JSON: UTF-8, keys sorted, no spaces, non-ASCII characters as themselves, strings as they are (no Unicode
normalisation), floats in their shortest form that reads back to the same value, one line feed after each line.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from kg_news.atomic import sync
from kg_news.errors import BuildError, DataError
from kg_news.files import shipped
from kg_news.records import Record
from kg_news.schema import to_rows
from kg_news.tables import CONFIGS

if TYPE_CHECKING:
    import pyarrow as pa

NAME = "MANIFEST.json"
DATASET = "kg-news"
SHAPING = (
    *("babel", "fastwarc", "lxml", "natasha", "navec", "numpy", "pyarrow", "pymorphy3", "pymorphy3-dicts-ru", "razdel"),
    *("rensa", "slovnet", "trafilatura"),
)
"""Libraries that have a say in the data: with another version of one of them a field or a byte may differ."""
NOT_OURS = frozenset({".git", ".gitattributes", ".cache"})
"""What Git and the Hugging Face client put beside a downloaded dataset."""
BATCH = 500
"""Rows that are held at once while a file is read."""
AGAIN = "run `kg-news build` again, or install kg-news again"


Folder = str | Path | None
"""A dataset folder; None is the one that ships with the package."""


def dataset_folder(folder: Folder) -> Path:
    """The path of a dataset folder."""
    return shipped("data") if folder is None else Path(folder).expanduser()


def canonical(value: object) -> bytes:
    """A JSON value in its one canonical form. Raises ValueError for NaN, infinities and lone surrogates."""
    return _CANONICAL.encode(value).encode()


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def logical_hash(rows: Iterable[Mapping[str, Any]]) -> str:
    """SHA-256 (hex) over rows as canonical JSON Lines.

    The rows come sorted by `id` (by code point) so that they can be a stream; raises ValueError where they do not.
    """
    digest, last = hashlib.sha256(), ""
    for row in rows:
        if row["id"] < last:
            raise ValueError(f"rows are not sorted by id: {row['id']!r} comes after {last!r}")
        last = row["id"]
        digest.update(canonical(row) + b"\n")
    return digest.hexdigest()


def file_hash(path: Path | str) -> str:
    """SHA-256 (hex) of a file's bytes. OSError as the disk gives it."""
    digest = hashlib.sha256()
    # Nearly all files are articles: one read, and no file object around it. Windows would change line ends otherwise.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        while block := os.read(descriptor, 2**18):
            digest.update(block)
    finally:
        os.close(descriptor)
    return digest.hexdigest()


def release(version: str) -> str:
    """The `x.y.z` of a version: all that `datasets` accepts (`0.2.0` for `0.2.0.dev1`)."""
    numbers = re.match(r"[0-9]+(?:\.[0-9]+)*", version)
    return ".".join([*(numbers.group().split(".") if numbers else []), "0", "0", "0"][:3])


def libraries() -> dict[str, str]:
    """Versions of the installed libraries that have a say in the data."""
    found = {}
    for name in SHAPING:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


@dataclass(frozen=True)
class FileEntry:
    """What the manifest says of a file."""

    sha256: str
    size: int
    """In bytes."""


@dataclass(frozen=True)
class ConfigEntry:
    """What the manifest says of a config."""

    rows: int
    hash: str
    """Logical hash of the rows."""
    files: tuple[str, ...]
    """Parquet files in the order of their rows, relative to the folder, with `/`."""


@dataclass(frozen=True)
class Totals:
    """Articles: what was read is what was written, rejected or found to be a duplicate."""

    read: int
    written: int
    rejected: int
    duplicates: int


@dataclass(frozen=True)
class Manifest:
    """What MANIFEST.json says."""

    version: str
    content_hash: str
    configs: Mapping[str, ConfigEntry]
    files: Mapping[str, FileEntry]
    """Every file of the folder but the manifest itself."""
    inputs: Mapping[str, str]
    """SHA-256 of every raw file, sidecar, registry and schema file that went in, by path."""
    totals: Totals
    libraries: Mapping[str, str]

    def _payload(self) -> dict[str, Any]:
        return {
            "name": DATASET,
            "version": self.version,
            "content_hash": self.content_hash,
            "configs": {name: {**vars(entry), "files": list(entry.files)} for name, entry in self.configs.items()},
            "files": {name: vars(entry) for name, entry in self.files.items()},
            "inputs": dict(self.inputs),
            "totals": vars(self.totals),
            "libraries": dict(self.libraries),
        }

    @property
    def sha256(self) -> str:
        """Hash of everything the manifest says; two folders with the same one hold the same."""
        return hashlib.sha256(canonical(self._payload())).hexdigest()

    def to_bytes(self) -> bytes:
        """The file, in the one form in which it is accepted."""
        payload = {**self._payload(), "manifest_sha256": self.sha256}
        return (_indented(payload, "\n") + "\n").encode()

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """The manifest of a dataset folder.

        Raises DataError where there is no folder, no manifest, or one that is not exactly what was written.
        """
        if not folder.is_dir():
            raise DataError(f"{folder} is not a dataset folder; name one that `kg-news build` has written")
        path = folder / NAME
        try:
            content = path.read_bytes()
        except FileNotFoundError as error:
            raise DataError(
                f"{folder} is not a complete dataset: it has no {NAME}, which a build writes last; "
                f"name another folder, or {AGAIN}"
            ) from error
        except OSError as error:
            raise DataError(f"{path} cannot be read: {error.strerror}; {AGAIN}") from error
        try:
            manifest, as_written = _understood(content)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise DataError(f"{path} is damaged, or of another kg-news; {AGAIN}") from error
        # A flipped bit that leaves good JSON behind changes the hash, the order of keys or a space.
        if not as_written:
            raise DataError(f"{path} is not as it was written: its own hash does not fit; {AGAIN}")
        return manifest


@lru_cache(maxsize=8)  # by the bytes themselves: who loads twice has read the same manifest
def _understood(content: bytes) -> tuple[Manifest, bool]:
    """What a manifest's bytes say, and whether they are the ones that would be written to say it."""
    manifest = _parse(json.loads(content))
    return manifest, manifest.to_bytes() == content  # not so where it holds half of a surrogate pair


def _indented(value: Any, margin: str) -> str:
    """The same as `json.dumps` with `sort_keys` and `indent=2`, which Python before 3.14 does without its C encoder.

    margin: a line end and the spaces before the value. A flat object, as all long ones here are, is one call.
    """
    inner = margin + "  "
    if not isinstance(value, dict) or not value:
        plain = json.dumps(value, ensure_ascii=False, separators=("," + inner, ": "))
        return f"[{inner}{plain[1:-1]}{margin}]" if isinstance(value, list) and value else plain
    if any(isinstance(item, (dict, list)) for item in value.values()):
        rows = [f"{json.dumps(key, ensure_ascii=False)}: {_indented(value[key], inner)}" for key in sorted(value)]
        body = f",{inner}".join(rows)
    else:
        body = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=("," + inner, ": "))[1:-1]
    return f"{{{inner}{body}{margin}}}"


def _parse(value: Any) -> Manifest:
    configs = {
        name: ConfigEntry(entry["rows"], entry["hash"], tuple(_inside(file) for file in entry["files"]))
        for name, entry in value["configs"].items()
    }
    for entry in configs.values():
        missing = [file for file in entry.files if file not in value["files"]]
        if missing:
            raise ValueError(f"files without a hash: {missing}")
    return Manifest(
        version=value["version"],
        content_hash=value["content_hash"],
        configs=configs,
        files={_inside(name): FileEntry(entry["sha256"], entry["size"]) for name, entry in value["files"].items()},
        inputs=value["inputs"],
        totals=Totals(**value["totals"]),
        libraries=value["libraries"],
    )


def _inside(name: str) -> str:
    """A path that stays in the folder; ValueError for one that climbs out of it."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or str(path) != name:
        raise ValueError(f"{name!r} is not a path inside the folder")
    return name


def read_rows(paths: Iterable[Path]) -> Iterator[Record]:
    """The rows of Parquet files, one after the other. Raises DataError where a file cannot be read."""
    for path in paths:
        with _readable(path):
            for table in read_tables(path):
                yield from to_rows(table)


def read_tables(path: Path) -> Iterator[pa.Table]:
    """A Parquet file, BATCH rows at a time. Raises DataError where it cannot be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with _readable(path), pq.ParquetFile(path, page_checksum_verification=True) as file:
        for batch in file.iter_batches(BATCH):
            yield pa.Table.from_batches([batch])


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except unreadable() as error:
        raise DataError(f"{path} cannot be read: {error}; {AGAIN}") from error


def unreadable() -> tuple[type[Exception], ...]:
    """What pyarrow raises for a damaged Parquet file. A column's name that is no UTF-8 is no error of Arrow's to it."""
    import pyarrow as pa

    return OSError, pa.ArrowException, UnicodeDecodeError


def make(
    folder: Path,
    *,
    version: str,
    inputs: Mapping[str, str],
    totals: Totals,
    configs: Mapping[str, ConfigEntry] | None = None,
) -> Manifest:
    """The manifest of a folder that the exports have filled; hashes are taken from the files as they lie there.

    `configs` is what was read from the same files before, so that a big dataset is not read twice. Raises BuildError
    where a config has no file, or the totals do not add up.
    """
    files = _files(folder)
    entries = {}
    for config in CONFIGS:
        names = tuple(name for name in files if name.startswith(f"{config}/") and name.endswith(".parquet"))
        if not names:
            raise BuildError(f"{folder} has no Parquet file of config {config}; nothing was published")
        entries[config] = _config_entry(folder, names) if configs is None else configs[config]
        if entries[config].files != names:
            raise BuildError(f"{folder} holds other files of config {config} than were read; nothing was published")
    if totals.read != totals.written + totals.rejected + totals.duplicates:
        raise BuildError(f"{totals} do not add up: read is not written + rejected + duplicates; nothing was published")
    if totals.written != entries["articles"].rows:
        raise BuildError(
            f"{totals.written} articles were to be written, {entries['articles'].rows} are; nothing was published"
        )
    return Manifest(
        version=version,
        content_hash=entries["articles"].hash,
        configs=entries,
        files={name: FileEntry(file_hash(path), path.stat().st_size) for name, path in files.items()},
        inputs=dict(sorted(inputs.items())),
        totals=totals,
        libraries=libraries(),
    )


def _config_entry(folder: Path, names: tuple[str, ...]) -> ConfigEntry:
    count = 0

    def counted() -> Iterator[Record]:
        nonlocal count
        for row in read_rows(folder / name for name in names):
            count += 1
            yield row

    digest = logical_hash(counted())
    return ConfigEntry(count, digest, names)


def write(folder: Path, manifest: Manifest) -> Path:
    """Write MANIFEST.json, after every file that it lists is safe on the disk. Raises OSError, on a full disk say."""
    for name in manifest.files:
        sync(folder / name)
    for directory in {(folder / name).parent for name in manifest.files}:
        sync(directory)
    path = folder / NAME
    with path.open("wb") as file:
        file.write(manifest.to_bytes())
        file.flush()
        os.fsync(file.fileno())
    sync(folder)
    return path


def _files(folder: Path) -> dict[str, Path]:
    """Every file in the folder but the manifest, by its relative path, sorted.

    A link to a folder counts as a file: nothing behind it belongs to the dataset.
    """
    found = {}
    for directory, folders, names in os.walk(folder):
        here = Path(directory)
        if here == folder:
            folders[:] = [name for name in folders if name not in NOT_OURS]
            names = [name for name in names if name not in NOT_OURS and name != NAME]  # noqa: PLW2901
        links = [name for name in folders if (here / name).is_symlink()]
        for name in [*names, *links]:
            path = here / name
            found[path.relative_to(folder).as_posix()] = path
    return dict(sorted(found.items()))


def file_problem(folder: Path, manifest: Manifest, name: str) -> str | None:
    """What is wrong with one listed file, or None."""
    path, entry = folder / name, manifest.files[name]
    try:
        size = path.stat().st_size
        if size != entry.size:
            return f"{name}: {size} bytes, {entry.size} in the manifest"
        return None if file_hash(path) == entry.sha256 else f"{name}: other bytes than in the manifest"
    except FileNotFoundError:
        return f"{name}: missing"
    except OSError as error:
        return f"{name}: cannot be read: {error.strerror}"


def verify(folder: Path) -> None:
    """Hold a dataset folder against its manifest: every file, every byte, every row.

    Raises DataError that names each file that is missing, differs, or is there without being listed.
    """
    manifest = Manifest.read(folder)
    found = _files(folder)
    problems = [problem for name in manifest.files if (problem := file_problem(folder, manifest, name))]
    problems += [f"{name}: not in the manifest" for name in found if name not in manifest.files]
    if not problems:
        problems = _row_problems(folder, manifest)
    if problems:
        lines = "\n".join(f"  {problem}" for problem in problems)
        raise DataError(f"{folder} is not what its manifest says:\n{lines}\n{AGAIN}")


def _row_problems(folder: Path, manifest: Manifest) -> list[str]:
    problems = []
    for config, entry in manifest.configs.items():
        try:
            found = _config_entry(folder, entry.files)
        except ValueError as error:
            problems.append(f"{config}: {error}")
            continue
        if found != entry:
            problems.append(
                f"{config}: {found.rows} rows with hash {found.hash}, the manifest has {entry.rows} with {entry.hash}"
            )
    articles = manifest.configs.get("articles")
    if articles is None or articles.hash != manifest.content_hash:
        problems.append("articles: their hash is not the content hash")
    return problems
