"""What every export is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kg_news.about import About
from kg_news.manifest import ConfigEntry
from kg_news.tally import Tally


@dataclass(frozen=True)
class ExportContext:
    """The dataset that is written: its tables lie in the folder already."""

    version: str
    tally: Tally
    """Counts over the articles."""
    configs: Mapping[str, ConfigEntry]
    """Rows, hash and files of every table."""
    about: About
    """What the dataset is called and who made it."""

    @property
    def license_link(self) -> str | None:
        """LICENSE-DATA.md as it was when this version was made; None for other people's dataset."""
        return None if self.about.own else f"{self.about.url}/blob/v{self.version}/LICENSE-DATA.md"


class Export(Protocol):
    """Writes what describes the tables of a folder, and names the files that it wrote. Raises OSError (full disk)."""

    def __call__(self, folder: Path, context: ExportContext, /) -> list[Path]: ...
