"""What a dataset is called, who made it and where it lives: read from CITATION.cff, the one place that says so.

The dataset that ships with the package has the project's; one of other people's articles can have their own.
"""

from __future__ import annotations

import datetime
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg_news.errors import DataError
from kg_news.files import shipped

NAME = "CITATION.cff"


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
    own: bool = False
    """Whether it is of another dataset than the project's."""


def read_about(path: Path, *, own: bool = False) -> About:
    """CITATION.cff (Citation File Format 1.2.0); `own` is for that of another dataset than the project's.

    Raises DataError where it is missing or lacks what kg-news needs of it.
    """
    way_out = "write title, abstract, authors, version, date-released, repository-code, keywords"
    way_out = way_out if own else "install kg-news again"
    import yaml  # `import kg_news` must not pay for it

    try:
        content: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        released = content["date-released"]
        return About(
            title=str(content["title"]),
            abstract=" ".join(str(content["abstract"]).split()),
            authors=tuple(name_of(author) for author in content["authors"]),
            version=str(content["version"]),
            # PyYAML makes a date of an unquoted day and leaves a quoted one as it is; CFF wants the quoted one.
            released=released if isinstance(released, datetime.date) else datetime.date.fromisoformat(released),
            url=str(content["repository-code"]),
            keywords=tuple(str(word) for word in content["keywords"]),
            content=content,
            own=own,
        )
    except FileNotFoundError as error:
        raise DataError(f"{path if own else path.name} is not there; {way_out}") from error
    except (yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise DataError(f"{path if own else path.name} is broken ({error!r}); {way_out}") from error


def name_of(author: Mapping[str, Any]) -> str:
    """An entity's name, or a person's in the order of speech."""
    if "name" in author:
        return str(author["name"])
    parts = [author.get("given-names"), author.get("name-particle"), author["family-names"], author.get("name-suffix")]
    return " ".join(str(part) for part in parts if part)


@cache
def about() -> About:
    """The shipped CITATION.cff. Raises DataError as `read_about` does."""
    return read_about(shipped(NAME))


def about_of(folder: Path, files: Container[str]) -> About:
    """What a dataset folder that holds these files is: by its own CITATION.cff, else by the shipped one."""
    return read_about(folder / NAME, own=True) if NAME in files else about()
