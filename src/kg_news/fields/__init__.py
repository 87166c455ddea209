"""One module a field, or a few that belong together: `(Doc) -> {property: value}`; FIELDS lists them in reading order.

To add a field: a property in `schema/article.schema.json`, a module here, its line in FIELDS, its line in
`records.Article`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kg_news.doc import Doc
from kg_news.fields import actors, date, language, photo_credits, quotes, rights, source, text, title

Field = Callable[[Doc], Mapping[str, Any]]

FIELDS: tuple[Field, ...] = (
    date.date,
    source.source,
    language.language,
    title.title,
    text.text,
    photo_credits.photo_credits,
    actors.actors,
    quotes.quotes,
    rights.rights,
)
