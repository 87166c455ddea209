"""Raw files to `RawArticle`: one module a format; READERS lists them by name, SUFFIXES says which file is whose.

To add a format: `read/x.py` with `read(data: bytes, path: str) -> Iterator[RawArticle]`, and a line in each table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from kg_news.errors import InputError
from kg_news.read import flattened
from kg_news.read.sidecar import read_sidecar
from kg_news.records import Issue, RawArticle

Reader = Callable[[bytes, str], Iterator[RawArticle]]

READERS: dict[str, Reader] = {"flattened": flattened.read}
SUFFIXES: dict[str, str] = {".txt": "flattened"}


def reader_of(path: Path) -> str | None:
    """The name of the reader for a file; None where no format is known for its suffix."""
    return SUFFIXES.get(path.suffix.lower())


def read_file(path: Path, root: Path, *, sidecar: str = "required") -> Iterator[RawArticle]:
    """Read one raw file below `root` (the folder `raw/`), with its sidecar.

    `sidecar` is "required", as in the dataset, or "optional", as for a file that is only looked at.
    InputError with every problem that was found in the file and in its sidecar.
    """
    shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    name = reader_of(path)
    if name is None:
        known = ", ".join(f"{suffix} ({reader})" for suffix, reader in sorted(SUFFIXES.items()))
        raise InputError(
            [Issue("format-unknown", "no reader knows this kind of file", f"known are {known}", str(path))]
        )
    issues: list[Issue] = []
    articles: list[RawArticle] = []
    try:
        articles = list(READERS[name](path.read_bytes(), shown))
    except OSError as error:
        issues.append(
            Issue("file-unreadable", f"cannot be read: {error.strerror}", "check the file's permissions", str(path))
        )
    except InputError as error:
        issues += [replace(issue, path=str(path)) for issue in error.issues]
    metadata_path = path.with_suffix(".yml")
    metadata, troubles = read_sidecar(metadata_path, required=sidecar == "required")
    issues += troubles
    if issues:
        raise InputError(issues)
    for article in articles:
        yield replace(article, metadata=metadata, metadata_path=str(metadata_path) if metadata else None)
