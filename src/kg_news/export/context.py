"""What every export is given besides the records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kg_news.records import Record


@dataclass(frozen=True)
class ExportContext:
    """The build that the records come from."""

    version: str
    inputs: Mapping[str, str]
    """SHA-256 of every raw file, sidecar, registry and schema file, by path."""
    rejected: int
    duplicates: int


class Export(Protocol):
    """Writes records into a folder and names the files that it wrote. Raises OSError (full disk, no permission)."""

    def __call__(self, records: Sequence[Record], folder: Path, context: ExportContext, /) -> list[Path]: ...
