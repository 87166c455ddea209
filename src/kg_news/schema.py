"""`schema/*.schema.json` is the one source of truth: validators here, tables and types in `columns`.

`is_valid` answers yes or no and is fast; `explain` says everything that is wrong, in sentences. They always agree.
Both take JSON values as Python has them: str, int, float, bool, None, list, dict, and nothing else.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from kg_news.columns import field_table, resolved, to_arrow, to_features, to_rows, to_table
from kg_news.ecma import compiled
from kg_news.files import shipped
from kg_news.records import Issue
from kg_news.wording import Failure, Path, called, encodes, order, pointer, sentences, steps

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

__all__ = [
    "DEEPEST",
    "SCHEMAS",
    "explain",
    "explain_part",
    "field_table",
    "is_valid",
    "load_schema",
    "part_at",
    "to_arrow",
    "to_features",
    "to_rows",
    "to_table",
]

SCHEMAS = ("article", "sidecar", "outlet", "actors", "correction", "language", "photo")
DEEPEST = 64
"""Levels of lists and mappings in a value; more are refused before any library walks them."""


@cache
def load_schema(name: str) -> dict[str, Any]:
    """A schema of SCHEMAS by name. It is shared: copy it before changing it. ValueError for an unknown name."""
    if name not in SCHEMAS:
        raise ValueError(f"no schema is called {name!r}; known are {', '.join(SCHEMAS)}")
    schema: dict[str, Any] = json.loads((shipped("schema") / f"{name}.schema.json").read_text(encoding="utf-8"))
    return schema


def is_valid(value: Any, name: str = "article") -> bool:
    """Whether a value is what the schema says: by jsonschema-rs where it is installed, else by jsonschema."""
    return _is_json(value) and _yes_no(name)(value)


def explain(value: Any, name: str = "article") -> list[Issue]:
    """Everything that is wrong with a value, ordered by place; each issue with its JSON pointer. Empty where valid."""
    return _issues(value, load_schema(name), _explainer(name))


def explain_part(value: Any, part: Mapping[str, Any]) -> list[Issue]:
    """As `explain`, by a part of a schema as `part_at` gives it."""
    schema = dict(part)
    return _issues(value, schema, _validator(schema))


def part_at(json_schema: Mapping[str, Any], where: str) -> dict[str, Any] | None:
    """The part of a schema that a JSON pointer into a value comes to; None where the schema has no such place.

    >>> part_at(load_schema("article"), "/photo_credits/0/order")["minimum"]
    0
    >>> part_at(load_schema("article"), "/datte") is None
    True
    """
    defs = json_schema.get("$defs", {})
    node: Any = json_schema
    for token in steps(where):
        if "properties" in node:
            node = node["properties"].get(token)
        elif token.isascii() and token.isdigit() and str(int(token)) == token:
            node = node.get("items")
        else:
            node = None
        if node is None:
            return None
        node = resolved(node, defs, where)
    return {**node, "$defs": defs}


def _issues(value: Any, schema: dict[str, Any], validator: Validator) -> list[Issue]:
    strange = list(_strange(value))
    places = {path for path, issue in strange if issue.code != "key-invalid"}
    failures = map(_failure, validator.iter_errors(value))
    known = [failure for failure in failures if failure.path not in places]
    issues = [*strange, *sentences(known, schema)]
    issues.sort(key=lambda pair: (order(pair[0]), pair[1].code, pair[1].message))
    return [issue for _, issue in issues]


def _failure(error: Any) -> Failure:
    """A `jsonschema.ValidationError`, whose attributes are not typed."""
    return Failure(
        keyword=error.validator,
        rule=error.validator_value,
        value=error.instance,
        path=tuple(error.absolute_path),
        schema=error.schema,
        schema_path=tuple(error.absolute_schema_path),
    )


@cache
def _yes_no(name: str) -> Callable[[Any], bool]:
    try:
        import jsonschema_rs
    except ImportError:
        return _explainer(name).is_valid
    fast = jsonschema_rs.Draft202012Validator(load_schema(name), validate_formats=False)

    def answer(value: Any) -> bool:
        try:
            return bool(fast.is_valid(value))
        except UnicodeEncodeError:  # a lone surrogate
            return False

    return answer


@cache
def _explainer(name: str) -> Validator:
    return _validator(load_schema(name))


def _validator(schema: dict[str, Any]) -> Validator:
    """A jsonschema validator whose `pattern` means what ECMA-262 says."""
    from jsonschema import Draft202012Validator, ValidationError
    from jsonschema.validators import extend

    def match(_validator: Any, pattern: str, value: Any, _schema: Any) -> Iterator[ValidationError]:
        if isinstance(value, str) and not compiled(pattern).search(value):
            yield ValidationError(f"{value!r} does not match {pattern!r}")

    strict: type[Validator] = extend(Draft202012Validator, {"pattern": match})  # type: ignore[no-untyped-call]
    return strict(schema)


def _is_json(value: Any) -> bool:
    """Whether a value is made of JSON's types alone. Quick: `_strange` says what is not.

    Lone surrogates are left to the validators' own strings, which refuse them.
    """
    level: list[Any] = [value]
    for _ in range(DEEPEST + 1):
        below: list[Any] = []
        for item in level:
            kind = type(item)
            if kind is str:
                if not item.isascii() and not encodes(item):
                    return False
            elif kind is dict:
                if not all(type(key) is str and (key.isascii() or encodes(key)) for key in item):
                    return False
                below += item.values()
            elif kind is list:
                below += item
            elif kind is float:
                if not math.isfinite(item):
                    return False
            elif not (kind is int or kind is bool or item is None):
                return False
        if not below:
            return True
        level = below
    return False


def _strange(value: Any) -> Iterator[tuple[Path, Issue]]:
    """What in a value is not JSON, with its place."""
    stack: list[tuple[Path, Any]] = [((), value)]
    while stack:
        path, item = stack.pop()
        kind = type(item)
        if kind is str:
            if not encodes(item):
                yield _odd("lone-surrogate", path, "holds half of a UTF-16 surrogate pair", "write the character whole")
        elif kind is dict or kind is list:
            if len(path) >= DEEPEST and item:
                yield _odd("nested-too-deep", path, f"is nested deeper than {DEEPEST} levels", "make it flatter")
                continue
            for key, child in item.items() if kind is dict else enumerate(item):
                if kind is dict and not (type(key) is str and encodes(key)):
                    yield _odd("key-invalid", path, f"has the key {key!a}", "write keys as text")
                else:
                    stack.append(((*path, key), child))
        elif kind is float and not math.isfinite(item):
            yield _odd("number-not-finite", path, f"is {item}, which JSON does not have", "write a number")
        elif not (kind in (int, float, bool) or item is None):
            yield _odd("type-wrong", path, f"is a Python {kind.__name__}, not a JSON value", "give plain JSON values")


def _odd(code: str, path: Path, what: str, way_out: str) -> tuple[Path, Issue]:
    return path, Issue(code, f"{called(path)} {what}", way_out, pointer=pointer(path))
