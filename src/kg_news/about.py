"""What the dataset is called, who made it and where it lives: read from CITATION.cff, the one place that says so."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg_news.errors import DataError
from kg_news.files import shipped


@dataclass(frozen=True)
class About:
    """CITATION.cff, as far as kg-news uses it."""

    title: str
    abstract: str
    authors: tuple[str, ...]
    version: str
    released: datetime.date
    url: str
    keywords: tuple[str, ...]
    content: Mapping[str, Any]
    """The whole file."""


def read_about(path: Path) -> About:
    """CITATION.cff (Citation File Format 1.2.0, authors that are entities).

    Raises DataError where it is missing or lacks what kg-news needs of it.
    """
    import yaml  # `import kg_news` must not pay for it

    try:
        content: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        released = content["date-released"]
        return About(
            title=str(content["title"]),
            abstract=" ".join(str(content["abstract"]).split()),
            authors=tuple(str(author["name"]) for author in content["authors"]),
            version=str(content["version"]),
            # PyYAML makes a date of an unquoted day and leaves a quoted one as it is; CFF wants the quoted one.
            released=released if isinstance(released, datetime.date) else datetime.date.fromisoformat(released),
            url=str(content["repository-code"]),
            keywords=tuple(str(word) for word in content["keywords"]),
            content=content,
        )
    except FileNotFoundError as error:
        raise DataError(f"{path.name} is not there; install kg-news again") from error
    except (yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise DataError(f"{path.name} is broken ({error!r}); install kg-news again") from error


@cache
def about() -> About:
    """The shipped CITATION.cff. Raises DataError as `read_about` does."""
    return read_about(shipped("CITATION.cff"))
