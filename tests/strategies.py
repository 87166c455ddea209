"""Hypothesis strategies that read the schemas themselves, so that no second description can drift from the first."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from kg_news.columns import resolved
from kg_news.ecma import compiled
from kg_news.schema import load_schema

Json = Any
LONGEST_LIST = 3

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def values(json_schema: dict[str, Any]) -> st.SearchStrategy[Json]:
    """Values that a schema accepts, as far as tables can express it: no `if`, no `anyOf`."""
    return _values(json_schema, json_schema.get("$defs", {}))


def _values(node: dict[str, Any], defs: dict[str, Any]) -> st.SearchStrategy[Json]:
    node = dict(resolved(node, defs, "#"))
    if "enum" in node:
        return st.sampled_from(node["enum"])
    types = [node["type"]] if isinstance(node["type"], str) else node["type"]
    return st.one_of([_typed(name, node, defs) for name in types])


def _typed(name: str, node: dict[str, Any], defs: dict[str, Any]) -> st.SearchStrategy[Json]:  # noqa: PLR0911 - one a type
    match name:
        case "null":
            return st.none()
        case "boolean":
            return st.booleans()
        case "integer":
            return st.integers(node.get("minimum", -(2**63)), node.get("maximum", 2**63 - 1))
        case "number":
            return st.floats(node.get("minimum"), node.get("maximum"), allow_nan=False, allow_infinity=False)
        case "string" if "pattern" in node:
            return st.from_regex(compiled(node["pattern"]), fullmatch=True)
        case "string":
            return st.text(min_size=node.get("minLength", 0), max_size=node.get("maxLength", 40))
        case "array":
            least = node.get("minItems", 0)
            items = _values(node["items"], defs)
            unique = repr if node.get("uniqueItems") else None
            return st.lists(items, min_size=least, max_size=least + LONGEST_LIST, unique_by=unique)
        case "object":
            return st.fixed_dictionaries({key: _values(child, defs) for key, child in node["properties"].items()})
    raise ValueError(f"no strategy for type {name!r}")


def articles() -> st.SearchStrategy[dict[str, Any]]:
    """Records that the article schema accepts. Their offsets mean nothing: `check` would refuse most of them."""
    return values(load_schema("article"))


STRANGE = st.one_of(
    JSON_VALUES,
    st.sampled_from(
        [
            float("nan"),
            float("inf"),
            10**30,
            -(10**400),
            2**31,
            2**63,
            1.0,
            -0.0,
            1.5,
            True,
            "2022-13",
            "2022-02-30",
            "2021-02-29",
            "2022-01-06\n",
            "0000-01-01",
            "２０２２",
            "2022 ",
            "\ud800",
            "a\u2028",
            "",
            (),
            {1: 2},
            {"\udfff": 0},
            b"bytes",
            [[[[[]]]]],
        ]
    ),
).map(copy.deepcopy)  # a later change may go into a list that an earlier one brought in
"""What stands in no good record: not JSON at all, numbers at the edges, dates that look right."""


@st.composite
def mutants(draw: st.DrawFn, valid: st.SearchStrategy[Json]) -> Json:
    """A valid value after one to three changes anywhere in it; now and then it is still valid."""
    value = copy.deepcopy(draw(valid))
    for _ in range(draw(st.integers(1, 3))):
        value = _mutated(draw, value)
    return value


def _mutated(draw: st.DrawFn, value: Json) -> Json:
    places = list(_places(value, ()))
    path = draw(st.sampled_from(places))
    if not path:
        return draw(STRANGE)
    parent = value
    for part in path[:-1]:
        parent = parent[part]
    last = path[-1]
    change = draw(st.sampled_from(["replace", "drop", "add", "append newline", "as float"]))
    if change == "drop":
        del parent[last]
    elif change == "add" and isinstance(parent, dict):
        parent[draw(st.sampled_from(["extra", "Id", "date ", ""]))] = draw(STRANGE)
    elif change == "append newline" and isinstance(parent[last], str):
        parent[last] += "\n"
    elif change == "as float" and type(parent[last]) is int and abs(parent[last]) < 2**53:
        parent[last] = float(parent[last])
    else:
        parent[last] = draw(STRANGE)
    return value


def _places(value: Json, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """The paths of a value and of all that is in it."""
    yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from _places(child, (*path, key))
