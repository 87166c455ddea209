"""The configs of the dataset, each a table: `articles`, and four that give its nested lists rows of their own.

The schema of each table is taken from the article's schema, so a field that is added there turns up here.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from kg_news.records import Record
from kg_news.schema import load_schema

Schema = dict[str, Any]


def _photo_credits(record: Record) -> Iterator[Record]:
    for photo in record["photo_credits"]:
        yield {"id": record["id"], **photo}


def _actors(record: Record) -> Iterator[Record]:
    for order, actor in enumerate(record["actors"]):
        yield {"id": record["id"], "order": order, **_tidied(actor)}


def _mentions(record: Record) -> Iterator[Record]:
    for order, actor in enumerate(record["actors"]):
        for mention in actor["mentions"]:
            who = {"actor_order": order, "actor": actor["name"], "actor_type": actor["type"]}
            yield {"id": record["id"], **who, **mention}


def _quotes(record: Record) -> Iterator[Record]:
    for order, quote in enumerate(record["quotes"]):
        yield {"id": record["id"], "order": order, **quote}


def _itself(record: Record) -> Iterator[Record]:
    yield record


def _tidied(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry's fields, or their schemas: its own `id` (an actor's) makes room for the article's, and the lists that
    have a config of their own are left to it."""
    return {"actor_id" if name == "id" else name: value for name, value in entry.items() if name not in _ROWS}


_ROWS: Mapping[str, Callable[[Record], Iterator[Record]]] = {
    "articles": _itself,
    "photo_credits": _photo_credits,
    "actors": _actors,
    "mentions": _mentions,
    "quotes": _quotes,
}

CONFIGS: tuple[str, ...] = tuple(_ROWS)


def rows(config: str, records: Iterable[Record]) -> Iterator[Record]:
    """The rows of a config, article by article, in the order in which the article holds them.

    Raises KeyError for a name that is not in `CONFIGS`.
    """
    make = _ROWS[config]
    return (row for record in records for row in make(record))


def config_schema(config: str) -> Schema:
    """JSON Schema of one row of a config. Raises KeyError for a name that is not in `CONFIGS`."""
    article = load_schema("article")
    if config == "articles":
        return copy.deepcopy(article)
    tidy = _TIDY[config]
    properties = {"id": _article_id(article), **tidy.keys(article), **_tidied(_list_of(article, tidy.path))}
    return {
        "$schema": article["$schema"],
        "title": tidy.title,
        "description": tidy.description,
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": copy.deepcopy(properties),
        "$defs": copy.deepcopy(article["$defs"]),
    }


def _list_of(article: Schema, path: tuple[str, ...]) -> Schema:
    """The properties of the objects in a list of the article's schema."""
    node = article
    for name in path:
        node = node["properties"][name]["items"]
    properties: Schema = node["properties"]
    return properties


def _article_id(article: Schema) -> Schema:
    return {**article["properties"]["id"], "description": "The article: its `id` in the config `articles`."}


def _order(of: str) -> Schema:
    return {
        "description": f"The {of}'s place among the article's {of}s, from 0.",
        "$ref": "#/$defs/count",
        "examples": [0],
    }


def _mention_keys(article: Schema) -> Schema:
    actor = _list_of(article, ("actors",))
    return {
        "actor_order": {**_order("actor"), "description": "The actor: its `order` in the config `actors`."},
        "actor": {**actor["name"], "description": "The actor's `name`."},
        "actor_type": {**actor["type"], "description": "The actor's `type`."},
    }


class _Tidy(NamedTuple):
    """Where a config's rows lie in the article, and what each gets besides the article's `id`."""

    path: tuple[str, ...]
    title: str
    description: str
    keys: Callable[[Schema], Schema]


_TIDY: Mapping[str, _Tidy] = {
    "photo_credits": _Tidy(
        ("photo_credits",),
        "Photo credit",
        "One photo of an article. One row of the config `photo_credits`.",
        lambda _: {},
    ),
    "actors": _Tidy(
        ("actors",),
        "Actor",
        "One actor of an article. One row of the config `actors`.",
        lambda _: {"order": _order("actor")},
    ),
    "mentions": _Tidy(
        ("actors", "mentions"),
        "Mention",
        "One place in an article's text where an actor is named. One row of the config `mentions`.",
        _mention_keys,
    ),
    "quotes": _Tidy(
        ("quotes",),
        "Quote",
        "One quote in an article. One row of the config `quotes`.",
        lambda _: {"order": _order("quote")},
    ),
}
