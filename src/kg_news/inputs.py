"""Articles from wherever a command names them: a file, standard input, a file of JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from kg_news.errors import InputError
from kg_news.read import READERS, read_articles, read_stream
from kg_news.records import RawArticle

FORMATS = tuple(READERS)


def read_input(
    name: str, stdin: BinaryIO, *, format: str | None = None, columns: Mapping[str, str] | None = None
) -> Iterator[RawArticle | InputError]:
    """The articles of a file, or of standard input for `-`; what is broken comes as an error among them.

    Without a format the content tells it; what could be anything is flattened text on standard input, where no name can
    help. A file below a folder `raw` gets the id that it has in the dataset. A sidecar is read where there is one.
    """
    if name == "-":
        yield from read_stream(stdin, name, format=format, columns=columns)
    else:
        path = Path(name)
        yield from read_articles(path, _root(path), sidecar="optional", format=format, columns=columns)


def with_url(article: RawArticle, url: str) -> RawArticle:
    """The article, published at `url` whatever its sidecar says."""
    metadata: Mapping[str, object] = {**article.metadata, "url": url}
    return replace(article, metadata=metadata)


def _root(path: Path) -> Path:
    """The raw folder that a file lies in, or else its own folder."""
    return next((folder for folder in path.parents if folder.name == "raw"), path.parent)
