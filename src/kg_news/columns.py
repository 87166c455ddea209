"""A JSON Schema as columns: Arrow schema, Hugging Face features, Markdown table, and rows to Arrow and back.

Known is the part of JSON Schema that a table can hold without loss; anything else raises, so that no rule of a schema
is lost on the way without a word.
"""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import datasets
    import pyarrow as pa

Kind = Literal["string", "date", "int32", "int64", "float64", "bool", "list", "struct"]

INT32 = 2**31
_NOTES = frozenset({"$schema", "$id", "$defs", "title", "description", "examples"})
_KEYWORDS: dict[str, frozenset[str]] = {
    "string": frozenset({"enum", "pattern", "format", "minLength", "maxLength"}),
    "integer": frozenset({"enum", "minimum", "maximum"}),
    "number": frozenset({"enum", "minimum", "maximum"}),
    "boolean": frozenset(),
    "array": frozenset({"items", "minItems", "maxItems", "uniqueItems"}),
    "object": frozenset({"properties", "required", "additionalProperties"}),
}


@dataclass(frozen=True)
class Shape:
    """What a column, a list's items or a struct's field hold."""

    kind: Kind
    nullable: bool
    description: str
    example: str
    """The first example as JSON; empty where there is none."""
    values: tuple[str, ...] = ()
    """The `enum`, without null."""
    fields: tuple[tuple[str, Shape], ...] = ()
    """Of a struct."""
    items: Shape | None = None
    """Of a list."""


def shape(json_schema: Mapping[str, Any]) -> Shape:
    """The columns of a schema that describes one row. ValueError for what a table cannot hold, with its place."""
    row = _shape(json_schema, json_schema.get("$defs", {}), "#")
    if row.kind != "struct" or row.nullable:
        raise ValueError("#: a row must be an object")
    return row


def _shape(node: Mapping[str, Any], defs: Mapping[str, Any], place: str) -> Shape:
    node = resolved(node, defs, place)
    given = node.get("type")
    types = [given] if isinstance(given, str) else list(given or ())
    names = [name for name in types if name != "null"]
    if len(names) != 1 or names[0] not in _KEYWORDS:
        raise ValueError(f"{place}: a column needs one type beside null, not {given!r}")
    if unknown := sorted(set(node) - _NOTES - {"type"} - _KEYWORDS[names[0]]):
        raise ValueError(f"{place}: a table cannot express {', '.join(unknown)} of a {names[0]}")
    examples = node.get("examples", ())
    return Shape(
        kind=_kind(names[0], node, place),
        nullable="null" in types,
        description=node.get("description", ""),
        example=json.dumps(examples[0], ensure_ascii=False) if examples else "",
        values=tuple(str(value) for value in node.get("enum", ()) if value is not None),
        fields=tuple(_fields(node, defs, place)) if names[0] == "object" else (),
        items=_items(node, defs, place) if names[0] == "array" else None,
    )


def resolved(node: Mapping[str, Any], defs: Mapping[str, Any], place: str) -> Mapping[str, Any]:
    """The node with its `$ref` followed. Only notes may stand beside a `$ref`: a rule there would be one more rule."""
    if (ref := node.get("$ref")) is None:
        return node
    name = str(ref).removeprefix("#/$defs/")
    if name not in defs or ref != f"#/$defs/{name}":
        raise ValueError(f"{place}: $ref {ref!r} does not point into #/$defs")
    if rules := sorted(set(node) - _NOTES - {"$ref"}):
        raise ValueError(f"{place}: {', '.join(rules)} beside $ref")
    return resolved({**defs[name], **{key: value for key, value in node.items() if key != "$ref"}}, defs, place)


def _kind(name: str, node: Mapping[str, Any], place: str) -> Kind:
    if name == "integer":
        least, most = node.get("minimum", -(2**63)), node.get("maximum", 2**63 - 1)
        if least < -(2**63) or most > 2**63 - 1:
            raise ValueError(f"{place}: integers from {least} to {most} do not fit into 64 bits")
        return "int32" if least >= -INT32 and most < INT32 else "int64"
    if name == "string":
        return "date" if node.get("format") == "date" else "string"
    kinds: dict[str, Kind] = {"number": "float64", "boolean": "bool", "array": "list", "object": "struct"}
    return kinds[name]


def _fields(node: Mapping[str, Any], defs: Mapping[str, Any], place: str) -> Iterator[tuple[str, Shape]]:
    properties = node.get("properties", {})
    if not properties:
        raise ValueError(f"{place}: an object without properties")
    if node.get("additionalProperties") is not False:
        raise ValueError(f"{place}: an object must say additionalProperties: false, or unknown keys would be lost")
    if set(node.get("required", ())) != set(properties):
        raise ValueError(f"{place}: every property must be required, as a table does not tell a missing one from null")
    for name, child in properties.items():
        yield name, _shape(child, defs, f"{place}/{name}")


def _items(node: Mapping[str, Any], defs: Mapping[str, Any], place: str) -> Shape:
    if not isinstance(node.get("items"), Mapping):
        raise ValueError(f"{place}: a list must say what its items are")
    return _shape(node["items"], defs, f"{place}/items")


def to_arrow(json_schema: Mapping[str, Any]) -> pa.Schema:
    """The Arrow schema: nullability as in `type`, each field's `description` in its metadata.

    ValueError for what a table cannot hold.
    """
    import pyarrow

    return pyarrow.schema([_arrow_field(name, child) for name, child in shape(json_schema).fields])


def _arrow_field(name: str, column: Shape) -> pa.Field:
    import pyarrow

    metadata = {"description": column.description} if column.description else None
    return pyarrow.field(name, _arrow_type(column), nullable=column.nullable, metadata=metadata)


def _arrow_type(column: Shape) -> pa.DataType:
    import pyarrow

    if column.kind == "struct":
        return pyarrow.struct([_arrow_field(name, child) for name, child in column.fields])
    if column.items is not None:
        # Parquet calls a list's items «element»; the same name here makes the schema come back as it was written.
        return pyarrow.list_(_arrow_field("element", column.items))
    simple = {
        "string": pyarrow.string(),
        "date": pyarrow.date32(),
        "int32": pyarrow.int32(),
        "int64": pyarrow.int64(),
        "float64": pyarrow.float64(),
        "bool": pyarrow.bool_(),
    }
    return simple[column.kind]


def to_features(json_schema: Mapping[str, Any]) -> datasets.Features:
    """The Hugging Face features: what `datasets` makes of a Parquet file with this schema."""
    from datasets import Features

    return Features.from_arrow_schema(to_arrow(json_schema))


def to_table(rows: Iterable[Mapping[str, Any]], json_schema: Mapping[str, Any]) -> pa.Table:
    """Rows (JSON values, days as `YYYY-MM-DD`) as one Arrow table of one chunk a column.

    The rows are to be validated before. Arrow by itself would drop unknown keys, cut 1.5 down to 1, make ['x'] of 'x'
    and let null into required fields, all without a word; here each of them is a ValueError with its place.
    """
    import pyarrow

    row, schema = shape(json_schema), to_arrow(json_schema)
    held = list(rows)
    if held and set(map(type, held)) == {dict}:
        try:
            return pyarrow.Table.from_arrays(_members(row, held), schema=schema)
        except _UnusualError:
            pass  # what is wrong, and where, the slow way says; or it is another way to write the same
    convert = _converter(row)
    plain = [convert(row, f"row {number}") for number, row in enumerate(held)]
    return pyarrow.Table.from_pylist(plain, schema=schema).combine_chunks()


class _UnusualError(Exception):
    """A value that is not of the one Python type that JSON gives for its column."""


def _array(column: Shape, values: Sequence[Any]) -> pa.Array:
    """One column's values as an array, column by column where `_converter` goes row by row: some five times faster.

    Takes only what `_converter` leaves as it is; _UnusualError for anything else.
    """
    import pyarrow

    kinds = set(map(type, values))
    if column.nullable and column.kind not in ("list", "struct"):
        kinds.discard(type(None))
    if not kinds <= {_PYTHON[column.kind]}:
        raise _UnusualError
    if column.kind == "struct":
        return pyarrow.StructArray.from_arrays(_members(column, values), fields=list(_arrow_type(column)))
    if column.items:
        ends = pyarrow.array(accumulate(map(len, values), initial=0), pyarrow.int32())
        inner = _array(column.items, list(chain.from_iterable(values)))
        return pyarrow.ListArray.from_arrays(ends, inner, type=_arrow_type(column))
    if column.kind == "float64" and not all(map(math.isfinite, (value for value in values if value is not None))):
        raise _UnusualError
    if column.kind == "date":
        values = [None if value is None else _date(value, "") for value in values]
    return pyarrow.array(values, _arrow_type(column))


def _members(struct: Shape, values: Sequence[Mapping[str, Any]]) -> list[pa.Array]:
    """The fields of rows, or of structs, as arrays."""
    names = {name for name, _ in struct.fields}
    if not all(value.keys() == names for value in values):
        raise _UnusualError
    try:
        return [_array(child, [value[name] for value in values]) for name, child in struct.fields]
    except (ValueError, OverflowError) as error:  # no day; a number that does not fit; half of a surrogate pair
        raise _UnusualError from error


_PYTHON: dict[Kind, type] = {
    "string": str,
    "date": str,
    "int32": int,
    "int64": int,
    "float64": float,
    "bool": bool,
    "list": list,
    "struct": dict,
}

Converter = Callable[[Any, str], Any]


def _converter(column: Shape) -> Converter:
    """A function that turns a JSON value into what Arrow takes without changing it. Made once, called for every row."""
    inner = _struct(column) if column.kind == "struct" else _list(column) if column.items else _SCALARS[column.kind]

    def convert(value: Any, place: str) -> Any:
        if value is None:
            if column.nullable:
                return None
            raise ValueError(f"{place}: null where the schema wants a {column.kind}")
        return inner(value, place)

    return convert


def _struct(column: Shape) -> Converter:
    fields = {name: _converter(child) for name, child in column.fields}

    def convert(value: Any, place: str) -> Any:
        if not isinstance(value, Mapping) or value.keys() != fields.keys():
            keys = sorted(map(str, set(value) ^ fields.keys())) if isinstance(value, Mapping) else "not an object"
            raise ValueError(f"{place}: the keys are not the schema's: {keys}")
        return {name: step(value[name], f"{place}/{name}") for name, step in fields.items()}

    return convert


def _list(column: Shape) -> Converter:
    assert column.items is not None  # noqa: S101 - `_converter` asks before
    step = _converter(column.items)

    def convert(value: Any, place: str) -> Any:
        if not isinstance(value, list):
            raise ValueError(f"{place}: {type(value).__name__} where the schema wants a list")
        return [step(item, f"{place}/{number}") for number, item in enumerate(value)]

    return convert


def _string(value: Any, place: str) -> str:
    if type(value) is not str:
        raise ValueError(f"{place}: {value!r} is not a string")
    return value


def _date(value: Any, place: str) -> datetime.date:
    try:
        day = datetime.date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{place}: {value!r} is not a day") from error
    if day.isoformat() != value:
        raise ValueError(f"{place}: {value!r} is not a day written YYYY-MM-DD")
    return day


def _integer(value: Any, place: str) -> int:
    """JSON Schema calls 1.0 an integer, as it is the same number as 1."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value // 1:
        raise ValueError(f"{place}: {value!r} is not an integer")
    return int(value)


def _number(value: Any, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"{place}: {value!r} is not a number")
    try:
        number = float(value)
    except OverflowError:
        number = float("inf")
    if number != value or number in (float("inf"), float("-inf")):
        raise ValueError(f"{place}: {value!r} is not a number that 64 bits hold exactly")
    return number


def _boolean(value: Any, place: str) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{place}: {value!r} is not true or false")
    return value


_SCALARS: dict[str, Converter] = {
    "string": _string,
    "date": _date,
    "int32": _integer,
    "int64": _integer,
    "float64": _number,
    "bool": _boolean,
}


def to_rows(table: pa.Table) -> list[dict[str, Any]]:
    """The rows of a table as JSON values, days as `YYYY-MM-DD`: the inverse of `to_table`."""
    dated = {field.name for field in table.schema if _holds_date(field.type)}
    rows: list[dict[str, Any]] = table.to_pylist()
    return [{name: _plain(value) if name in dated else value for name, value in row.items()} for row in rows]


def _holds_date(kind: pa.DataType) -> bool:
    import pyarrow

    if pyarrow.types.is_struct(kind):
        return any(_holds_date(kind.field(number).type) for number in range(kind.num_fields))
    if pyarrow.types.is_list(kind) or pyarrow.types.is_large_list(kind):
        return _holds_date(kind.value_type)
    return bool(pyarrow.types.is_date(kind))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def field_table(json_schema: Mapping[str, Any]) -> str:
    """The fields as a Markdown table: name, type, description, example; nested ones as `photo_credits[].credit`."""
    lines = ["| field | type | description | example |", "|---|---|---|---|"]
    for name, column in _walk(shape(json_schema), ""):
        example = "" if _inner(column).fields else _code(column.example)
        lines.append(f"| `{name}` | {_typed(column)} | {_cell(_with_values(column))} | {example} |")
    return "\n".join(lines) + "\n"


def _inner(column: Shape) -> Shape:
    """What the lists, if any, hold in the end."""
    return _inner(column.items) if column.items else column


def _walk(struct: Shape, prefix: str) -> Iterator[tuple[str, Shape]]:
    for name, column in struct.fields:
        yield prefix + name, column
        brackets, inner = "", column
        while inner.items:
            brackets, inner = brackets + "[]", inner.items
        yield from _walk(inner, f"{prefix}{name}{brackets}.")


def _typed(column: Shape) -> str:
    names = {"struct": "object", "bool": "boolean"}
    word = f"list of {_typed(column.items)}" if column.items else names.get(column.kind, column.kind)
    return f"{word} or null" if column.nullable else word


def _with_values(column: Shape) -> str:
    """The description, and the allowed values where it does not name them all itself."""
    if all(f"`{value}`" in column.description for value in column.values):
        return column.description
    return f"{column.description} One of {', '.join(f'`{value}`' for value in column.values)}."


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _code(text: str) -> str:
    return f"`{_cell(text)}`" if text else ""
