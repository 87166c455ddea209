"""One record of the dataset, by its id."""

from __future__ import annotations

import difflib

from kg_news import dataset, schema
from kg_news.errors import DataError
from kg_news.manifest import Folder
from kg_news.records import Record


def record(article_id: str | None = None, *, folder: Folder = None) -> Record:
    """The article with this id, or the first one. DataError where there is none: it names the ids that look like it."""
    table = dataset.table("articles", folder=folder)
    ids: list[str] = table.column("id").to_pylist()
    if not ids:
        raise DataError("the dataset has no articles; build one: kg-news build")
    if article_id is not None and article_id not in ids:
        near = difflib.get_close_matches(article_id, ids, n=3, cutoff=0.4) or ids[:3]
        raise DataError(f"there is no article {article_id!r}; did you mean: {', '.join(near)}")
    found: list[Record] = schema.to_rows(table.slice(0 if article_id is None else ids.index(article_id), 1))
    return found[0]
