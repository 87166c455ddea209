"""Which column or key holds what: the usual names, and those that the user gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg_news.errors import InputError
from kg_news.records import Issue

FIELDS = ("id", "text", "title", "url", "date", "author")

_USUAL: Mapping[str, tuple[str, ...]] = {
    "id": ("id",),
    "text": ("text", "body", "content", "article"),
    "title": ("title", "headline"),
    "url": ("url", "link"),
    "date": ("date", "published", "published_at", "pubdate"),
    "author": ("author", "authors"),
}


def parse_mapping(words: str) -> dict[str, str]:
    """`text=Текст,date=День` as a mapping. ValueError where it is not written so, or names no field."""
    made = {}
    for pair in words.split(","):
        field, sign, column = pair.partition("=")
        if not sign or field.strip() not in FIELDS or not column.strip():
            raise ValueError(f"{pair!r} is not FIELD=COLUMN with a FIELD of {', '.join(FIELDS)}")
        made[field.strip()] = column.strip()
    return made


def columns_of(header: Iterable[str], mapping: Mapping[str, str], path: str) -> dict[str, int]:
    """Where each field's column is: as the mapping says, else by the usual names (in any case).

    InputError for a column that is missing or stands twice; `text` is the only one that must be there.
    """
    names = list(header)
    lower = [name.strip().lower() for name in names]
    found, issues = {}, []
    for field in FIELDS:
        if field in mapping:
            places = [place for place, name in enumerate(names) if name.strip() == mapping[field]]
        else:
            places = [lower.index(name) for name in _USUAL[field] if name in lower][:1]
            places = [place for place, name in enumerate(lower) if places and name == lower[places[0]]]
        if len(places) > 1:
            message = f"the column {names[places[0]]!r} stands twice"
            issues.append(Issue("column-twice", message, "rename one of the two", path, 1))
        elif places:
            found[field] = places[0]
        elif field in mapping or field == "text":
            wanted = mapping.get(field) or " or ".join(_USUAL[field])
            message = f"there is no column {wanted} for `{field}`; there are {', '.join(names)}"
            way_out = f"name it in the sidecar, `columns: {{{field}: COLUMN}}`, or with --columns {field}=COLUMN"
            issues.append(Issue("column-missing", message, way_out, path, 1))
    if issues:
        raise InputError(issues)
    return found
