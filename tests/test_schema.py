"""One schema, many readers: the two validators, the sentences, Arrow, features and tables must all mean the same."""

from __future__ import annotations

import copy
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg_news import columns, schema
from kg_news.columns import shape
from kg_news.ecma import compiled
from kg_news.schema import SCHEMAS, explain, explain_part, field_table, is_valid, load_schema, part_at
from kg_news.wording import SENTENCES
from strategies import JSON_VALUES, articles, mutants, values

ARTICLE = load_schema("article")
SLOW = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def article() -> dict[str, Any]:
    """A valid record, invented."""
    return {
        "id": "vestnik/2031-04/most",
        "date": "2031-04",
        "date_start": "2031-04-01",
        "date_end": "2031-04-30",
        "date_basis": "header",
        "source": "vestnik",
        "source_name": "Вестник",
        "syndicated_from": None,
        "url": None,
        "language": "ru",
        "language_confidence": 0.98,
        "title": None,
        "text": "Мост закрыли до осени.",
        "photo_credits": [
            {
                "order": 0,
                "marker": "Фото:",
                "credit": "Бурул Образцова",
                "creators": ["Бурул Образцова"],
                "agencies": [],
                "kind": "unknown",
                "caption": None,
                "block": "Фото: Бурул Образцова",
                "position": 22,
                "raw_start": 36,
                "confidence": 0.5,
            }
        ],
        "actors": [],
        "quotes": [],
        "rights": {"license": "NOASSERTION", "holder": None, "evidence_url": None},
        "provenance": {
            "raw_path": "vestnik/2031-04/most.txt",
            "raw_sha256": "0" * 64,
            "raw_format": "flattened",
            "normalizer_version": "0.1.0",
            "corrections": [],
            "edits": [],
        },
    }


def places(node: Any, path: str = "#") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property that a schema describes, wherever in it."""
    if isinstance(node, dict):
        for name, child in node.get("properties", {}).items():
            # `if` and `then` only repeat properties to say when they are needed.
            if not path.endswith(("/if", "/then", "/else")):
                yield f"{path}/{name}", child
        for key, child in node.items():
            if key not in ("examples", "enum", "const"):
                yield from places(child, f"{path}/{key}")
    elif isinstance(node, list):
        for number, child in enumerate(node):
            yield from places(child, f"{path}/{number}")


# The schema files


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_is_a_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(load_schema(name))
    assert jsonschema_rs.meta.is_valid(load_schema(name))


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_property_is_described_and_has_valid_examples(name: str) -> None:
    root = load_schema(name)
    assert root["description"]
    found = list(places(root))
    assert found
    for place, node in found:
        assert node.get("description"), place
        assert node.get("examples"), place
        for example in node["examples"]:
            assert explain_part(example, {**node, "$defs": root.get("$defs", {})}) == [], place
    for example in root.get("examples", []):
        assert explain(example, name) == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_objects_allow_no_unknown_keys(name: str) -> None:
    def objects(node: Any) -> Iterator[dict[str, Any]]:
        if isinstance(node, dict):
            if "properties" in node and node.get("type") == "object":
                yield node
            for child in node.values():
                yield from objects(child)
        elif isinstance(node, list):
            for child in node:
                yield from objects(child)

    assert all(node.get("additionalProperties") is False for node in objects(load_schema(name)))


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_keyword_has_a_sentence(name: str) -> None:
    checking = set(jsonschema.Draft202012Validator.VALIDATORS) - {
        "$ref",
        "properties",
        "items",
        "if",
        "allOf",
        "format",
    }

    def keywords(node: Any, is_schema: bool = True) -> Iterator[str]:
        if not isinstance(node, dict):
            for child in node if isinstance(node, list) else ():
                yield from keywords(child)
            return
        for key, child in node.items():
            if is_schema:
                yield key
            # An `if` decides, but is never what fails.
            if key not in ("examples", "enum", "if") or not is_schema:
                yield from keywords(child, not (is_schema and key in ("properties", "$defs")))

    assert set(keywords(load_schema(name))) & checking <= set(SENTENCES)


def test_shared_rules_are_the_same_in_every_schema() -> None:
    """A sidecar's date is an article's date: one format has one pattern."""
    patterns: dict[str, set[str]] = {}

    def collect(node: Any) -> None:
        if isinstance(node, dict):
            if isinstance(node.get("format"), str) and isinstance(node.get("pattern"), str):
                patterns.setdefault(node["format"], set()).add(node["pattern"])
            for child in node.values():
                collect(child)
        elif isinstance(node, list):
            for child in node:
                collect(child)

    for name in SCHEMAS:
        collect(load_schema(name))
    assert {"edtf", "date", "uri", "id", "spdx", "country", "wikidata"} <= set(patterns)
    assert {form: len(found) for form, found in patterns.items() if len(found) > 1} == {}


def test_load_schema_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="article, sidecar"):
        load_schema("artikle")


# Patterns

DATES = {
    "2022": True,
    "2022-01": True,
    "2022-01-06": True,
    "2024-02-29": True,
    "2000-02-29": True,
    "1900-02-29": False,
    "2023-02-29": False,
    "2022-00": False,
    "2022-13": False,
    "2022-04-31": False,
    "2022-1-6": False,
    "0000": False,
    "0001": True,
    "22": False,
    "2022-01-06\n": False,
    "２０２２": False,
    "2022-01-06T00:00": False,
}


@pytest.mark.parametrize(("date", "good"), DATES.items())
def test_date_pattern(date: str, good: bool) -> None:
    part = part_at(ARTICLE, "/date")
    assert part is not None
    assert (explain_part(date, part) == []) == good


ECMA_PATTERNS = [
    r"^a$",
    r"^[^\s/]+$",
    r"^\d+$",
    r"^[\w-]+$",
    r"^\S\D\W$",
    r"^[\u0000-\u001f[]$",
    r"^(?!a)[a-c]{2}$",
    r"^\/\.$",
]


@pytest.mark.parametrize("pattern", ECMA_PATTERNS)
@given(text=st.text(alphabet=st.sampled_from("aбb0٣_-/.[ \t\n\r\x0b\x1c\x85\xa0\ufeff\u2028é"), max_size=3))
def test_patterns_mean_what_the_fast_validator_takes_them_for(pattern: str, text: str) -> None:
    fast = jsonschema_rs.Draft202012Validator({"type": "string", "pattern": pattern})
    assert bool(compiled(pattern).search(text)) == fast.is_valid(text)


@pytest.mark.parametrize("pattern", ["a.b", r"\bword", r"\p{L}", "(?i)a", "(?<=a)b", "[]", r"[\D]"])
def test_patterns_that_engines_read_differently_are_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="pattern"):
        compiled(pattern)


# The two validators


def agree(value: Any, name: str) -> bool:
    """Whether a value is valid, after asking the fast validator, the slow one, and the sentences."""
    answers = {is_valid(value, name), slow_is_valid(value, name), explain(value, name) == []}
    assert len(answers) == 1, (value, explain(value, name))
    return answers.pop()


def slow_is_valid(value: Any, name: str) -> bool:
    """`is_valid` where jsonschema-rs is not installed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "jsonschema_rs", None)
        schema._yes_no.cache_clear()
        answer = is_valid(value, name)
    schema._yes_no.cache_clear()
    return answer


@SLOW
@given(articles())
def test_generated_articles_are_valid(record: dict[str, Any]) -> None:
    assert agree(record, "article")


@settings(SLOW, max_examples=80)
@given(mutants(articles()))
def test_validators_agree_on_broken_articles(record: Any) -> None:
    agree(record, "article")


@settings(SLOW, max_examples=80)
@given(mutants(st.just(article())))
def test_validators_agree_near_a_plain_article(record: Any) -> None:
    agree(record, "article")


@pytest.mark.parametrize("name", [name for name in SCHEMAS if load_schema(name).get("examples")])
@settings(SLOW, max_examples=40)
@given(data=st.data())
def test_validators_agree_on_curated_files(name: str, data: st.DataObject) -> None:
    agree(data.draw(mutants(st.sampled_from(load_schema(name)["examples"])) | JSON_VALUES), name)


AT_THE_EDGE: list[tuple[str, Any, bool]] = [
    ("title", float("nan"), False),  # jsonschema-rs reads NaN as null
    ("title", ("a",), False),
    ("quotes", (), False),
    ("title", "\ud800", False),
    ("date", "2022-01-06\n", False),
    ("photo_credits", [], True),
    ("text", "\x00\u2028\U0001f600", True),
]


@pytest.mark.parametrize(("field", "value", "good"), AT_THE_EDGE)
def test_validators_agree_at_the_edge(field: str, value: Any, good: bool) -> None:
    assert agree({**article(), field: value}, "article") == good


@pytest.mark.parametrize(
    ("field", "value", "good"), [("order", 1.0, True), ("order", True, False), ("confidence", 1, True)]
)
def test_validators_agree_on_numbers(field: str, value: Any, good: bool) -> None:
    record = article()
    record["photo_credits"][0][field] = value
    assert agree(record, "article") == good


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_validators_agree_where_any_value_may_stand(number: float) -> None:
    correction = load_schema("correction")["examples"][0]
    assert agree({**correction, "value": {"deep": [number]}}, "correction") is False
    assert agree({**correction, "value": {"deep": [1.5, 10**30]}}, "correction") is True


def deep(levels: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(levels):
        value = [value]
    return value


def test_validators_agree_on_depth() -> None:
    record = article()
    for levels in (1, 50, 62, 63, 64, 65, 100_000):
        assert not agree({**record, "extra": deep(levels)}, "article")
    correction = load_schema("correction")["examples"][0]
    assert agree({**correction, "value": deep(schema.DEEPEST - 1)}, "correction")
    assert not agree({**correction, "value": deep(schema.DEEPEST)}, "correction")


# The sentences

BROKEN: list[tuple[str, Any, str, str, str]] = [
    # field, value, code, pointer, what the sentence says
    ("date", "2022-13", "date-invalid", "/date", "no month 13; write YYYY, YYYY-MM or YYYY-MM-DD"),
    ("date", "2022-01\n", "date-invalid", "/date", r"'2022-01\n' is not a date"),
    ("date_start", "2022-02-30", "date-invalid", "/date_start", "no day 30; write YYYY-MM-DD"),
    ("date", 2022, "type-wrong", "/date", "`date` is 2022, a value that is not text; put it in quotes"),
    ("text", None, "type-wrong", "/text", "`text` is empty (null); write text, for example"),
    ("text", "", "value-empty", "/text", "`text` is empty"),
    ("language", "rus", "value-unknown", "/language", "did you mean `ru`?"),
    ("language", 5, "type-wrong", "/language", "put it in quotes"),
    ("language", "french", "value-unknown", "/language", "write one of ru, ky, kk, uz, tg, en, und"),
    ("source", "Вестник", "id-invalid", "/source", "lower-case Latin letters"),
    ("url", "kloop.kg", "url-invalid", "/url", "from http:// or https:// on"),
    ("quotes", "none", "type-wrong", "/quotes", "not a list; write a list"),
    ("rights", {"license": "?", "holder": None, "evidence_url": None}, "license-invalid", "/rights/license", "SPDX"),
    ("rights", {"license": "MIT", "holder": None}, "field-missing", "/rights", "`evidence_url` is missing in `rights`"),
    ("title", "half \ud83d", "lone-surrogate", "/title", "half of a UTF-16 surrogate pair"),
    ("text", b"bytes", "type-wrong", "/text", "a Python bytes"),
]


@pytest.mark.parametrize(("field", "value", "code", "pointer", "words"), BROKEN)
def test_sentences(field: str, value: Any, code: str, pointer: str, words: str) -> None:
    (issue,) = explain({**article(), field: value})
    assert (issue.code, issue.pointer) == (code, pointer)
    assert words in f"{issue.message}; {issue.way_out}"
    str(issue).encode()  # can be printed


PHOTO = [
    ("order", -1, "number-out-of-range", "write at least 0"),
    ("order", True, "type-wrong", "not a whole number"),
    ("order", 2**31, "number-out-of-range", "write at most 2147483647"),
    ("confidence", float("nan"), "number-not-finite", "is nan, which JSON does not have"),
    ("kind", "agencie", "value-unknown", "did you mean `agency`?"),
    ("creators", ["A", 1], "type-wrong", "`creators[1]` is 1"),
]


@pytest.mark.parametrize(("field", "value", "code", "words"), PHOTO)
def test_sentences_about_nested_values(field: str, value: Any, code: str, words: str) -> None:
    record = article()
    record["photo_credits"][0][field] = value
    (issue,) = explain(record)
    assert (issue.code, words in f"{issue.message}; {issue.way_out}") == (code, True), str(issue)
    assert str(issue.pointer).startswith(f"/photo_credits/0/{field}")


def test_every_problem_is_reported_in_order() -> None:
    record = article() | {"datte": "2022", "language": "xx", "url": 5}
    del record["title"], record["id"]
    found = [(issue.pointer, issue.code) for issue in explain(record)]
    assert found == [
        ("", "field-missing"),
        ("", "field-missing"),
        ("/datte", "field-unknown"),
        ("/language", "value-unknown"),
        ("/url", "type-wrong"),
    ]
    assert "did you mean `date`?" in explain(record)[2].way_out
    record["another"] = 1
    assert explain(dict(reversed(record.items()))) == explain(record)


def test_keys_that_are_no_text_hide_nothing_else() -> None:
    record: dict[Any, Any] = {**article(), 1: 2, "\ud800": 3}
    del record["id"]
    issues = explain(record)
    assert [issue.code for issue in issues] == ["field-missing", "key-invalid", "key-invalid"]
    assert all(str(issue).encode() for issue in issues)


def test_pointers_escape_their_signs() -> None:
    (issue,) = explain({**article(), "a/b~": 1})
    assert issue.pointer == "/a~1b~0"


def test_a_wikidata_item_needs_its_source() -> None:
    actor = {"id": "a", "type": "Person", "names": {"ru": "Асан Примеров"}, "wikidata": "Q1"}
    assert [issue.code for issue in explain([actor], "actors")] == ["field-missing"]
    assert [issue.code for issue in explain([actor | {"wikidata_source": None}], "actors")] == ["type-wrong"]
    assert explain([actor | {"wikidata_source": "a register"}], "actors") == []
    assert explain([actor | {"wikidata": None}], "actors") == []


def test_only_countries_may_go_without_names() -> None:
    assert explain([{"id": "kgz", "type": "Country", "country": "KGZ"}], "actors") == []
    assert [issue.code for issue in explain([{"id": "kgz", "type": "Country"}], "actors")] == ["field-missing"]
    assert [issue.code for issue in explain([{"id": "a", "type": "Person"}], "actors")] == ["field-missing"]


@pytest.mark.parametrize(
    "field", ["/id", "/text", "/provenance", "/provenance/edits", "/date_start", "/date_end", "date", "/a//b"]
)
def test_fields_that_no_correction_may_set(field: str) -> None:
    correction = {**load_schema("correction")["examples"][0], "field": field}
    assert [issue.code for issue in explain(correction, "correction")] == ["field-not-correctable"]


@pytest.mark.parametrize(
    ("pointer", "key", "expected"),
    [
        ("/date_start", "format", "date"),
        ("/photo_credits/0/order", "maximum", 2147483647),
        ("/photo_credits/7/creators/0", "type", "string"),
        ("/rights/holder", "minLength", 1),
        ("", "title", "Article"),
    ],
)
def test_part_at(pointer: str, key: str, expected: Any) -> None:
    part = part_at(ARTICLE, pointer)
    assert part is not None
    assert part[key] == expected


@pytest.mark.parametrize(
    "pointer", ["/datte", "/photo_credits/x", "/photo_credits/01", "/date/0", "/photo_credits/0/x"]
)
def test_part_at_nowhere(pointer: str) -> None:
    assert part_at(ARTICLE, pointer) is None


# Arrow, Parquet, Hugging Face


def parquet(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink)
    return sink.getvalue()


@SLOW
@given(st.lists(articles(), max_size=3))
def test_round_trip(records: list[dict[str, Any]]) -> None:
    table = schema.to_table(copy.deepcopy(records), ARTICLE)
    assert table.schema.equals(schema.to_arrow(ARTICLE), check_metadata=True)
    assert schema.to_rows(table) == records
    read = pq.read_table(io.BytesIO(parquet(table)))
    assert schema.to_rows(read) == records
    assert [str(field) for field in read.schema] == [str(field) for field in table.schema]  # names of list items too


@settings(SLOW, max_examples=8)
@given(records=st.lists(articles(), min_size=1, max_size=3))
def test_round_trip_through_a_dataset(records: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> None:
    import datasets

    folder = tmp_path_factory.mktemp("dataset")
    file = folder / "train.parquet"
    file.write_bytes(parquet(schema.to_table(records, ARTICLE)))
    dataset = datasets.Dataset.from_parquet(str(file), cache_dir=str(folder / "cache"))
    assert dataset.features == schema.to_features(ARTICLE)
    assert schema.to_rows(dataset.with_format("arrow")[:]) == records


def test_arrow_schema() -> None:
    made = schema.to_arrow(ARTICLE)
    assert made.names == list(ARTICLE["properties"])
    assert made.field("date_start").type == pa.date32()
    assert made.field("date").type == pa.string()
    assert [made.field(name).nullable for name in ("id", "date", "date_start", "actors")] == [False, True, True, False]
    photo = made.field("photo_credits").type.value_type
    assert photo.field("order").type == pa.int32()
    assert photo.field("confidence").type == pa.float64()
    assert photo.field("caption").nullable
    assert not photo.field("order").nullable
    description = ARTICLE["properties"]["photo_credits"]["items"]["properties"]["order"]["description"]
    assert photo.field("order").metadata == {b"description": description.encode()}


def row_schema(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": list(properties), "properties": properties}


@pytest.mark.parametrize(
    ("node", "kind"),
    [
        ({"type": "integer"}, pa.int64()),
        ({"type": "integer", "minimum": 0, "maximum": 2**31 - 1}, pa.int32()),
        ({"type": "integer", "minimum": 0, "maximum": 2**31}, pa.int64()),
        ({"type": "integer", "minimum": -(2**31) - 1, "maximum": 0}, pa.int64()),
        ({"type": ["number", "null"]}, pa.float64()),
        ({"type": "boolean"}, pa.bool_()),
        ({"type": "string", "format": "date"}, pa.date32()),
        ({"type": "string", "format": "uri"}, pa.string()),
        ({"type": "array", "items": {"type": "string"}}, pa.list_(pa.field("element", pa.string(), nullable=False))),
    ],
)
def test_arrow_types(node: dict[str, Any], kind: pa.DataType) -> None:
    assert schema.to_arrow(row_schema(value=node)).field("value").type == kind


@pytest.mark.parametrize(
    ("node", "words"),
    [
        ({}, "one type"),
        ({"type": ["string", "integer"]}, "one type"),
        ({"type": "null"}, "one type"),
        ({"type": "string", "contentEncoding": "base64"}, "contentEncoding"),
        ({"type": "integer", "multipleOf": 2}, "multipleOf"),
        ({"type": "integer", "maximum": 2**63}, "64 bits"),
        ({"type": "array"}, "items"),
        ({"type": "array", "prefixItems": [{}]}, "prefixItems"),
        ({"type": "object", "properties": {}, "additionalProperties": False}, "without properties"),
        ({"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}, "additionalProperties"),
        ({"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": False}, "required"),
        ({"type": "string", "anyOf": [{}]}, "anyOf"),
        ({"$ref": "other.json"}, "does not point"),
        ({"$ref": "#/$defs/name", "minLength": 2}, "beside"),
    ],
)
def test_what_no_table_can_hold_is_refused(node: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        schema.to_arrow({**row_schema(value=node), "$defs": {"name": {"type": "string"}}})


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("extra", 1, "extra"),
        ("text", None, "null"),
        ("text", 5, "not a string"),
        ("quotes", "x", "wants a list"),
        ("date_start", "2022-02-30", "not a day"),
        ("date_start", "20220106", "not a day"),
    ],
)
def test_nothing_is_changed_silently_on_the_way_to_arrow(field: str, value: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        schema.to_table([{**article(), field: value}], ARTICLE)


@pytest.mark.parametrize(
    ("field", "value"), [("order", 1.5), ("order", True), ("confidence", 2**53 + 1), ("confidence", float("nan"))]
)
def test_numbers_that_arrow_would_change_are_refused(field: str, value: Any) -> None:
    record = article()
    record["photo_credits"][0][field] = value
    with pytest.raises(ValueError, match="row 0/photo_credits/0/"):
        schema.to_table([record], ARTICLE)


def test_a_missing_key_is_refused() -> None:
    record = article()
    del record["rights"]["holder"]
    with pytest.raises(ValueError, match="holder"):
        schema.to_table([record], ARTICLE)


@given(st.data())
def test_general_schemas_make_the_round_trip(data: st.DataObject) -> None:
    """Not the article alone: dates in lists and structs, null structs, booleans."""
    inner = row_schema(
        day={"type": ["string", "null"], "format": "date", "pattern": "^20[0-9]{2}-0[1-9]-1[0-9]$"},
        on={"type": "boolean"},
    )
    made = row_schema(
        days={"type": "array", "items": {"type": "string", "format": "date", "pattern": "^19[0-9]{2}-12-2[0-9]$"}},
        struct={**inner, "type": ["object", "null"]},
        lists={"type": "array", "items": {"type": "array", "items": inner}},
        big={"type": "integer"},
    )
    rows = data.draw(st.lists(values(made), max_size=3))
    assert schema.to_rows(schema.to_table(rows, made)) == rows


@settings(max_examples=30, deadline=None)
@given(st.lists(articles(), min_size=1, max_size=3))
def test_a_table_made_column_by_column_is_that_made_row_by_row(rows: list[dict[str, Any]]) -> None:
    quick = schema.to_table(rows, ARTICLE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "_array", unusual)
        assert schema.to_table(rows, ARTICLE).equals(quick, check_metadata=True)


def unusual(*_: object) -> None:
    raise columns._UnusualError


# The field table


def test_field_table() -> None:
    lines = field_table(ARTICLE).splitlines()
    assert lines[0] == "| field | type | description | example |"
    cells = {line.split("|")[1].strip(" `"): [cell.strip() for cell in line.split("|")[2:-1]] for line in lines[2:]}
    assert {"id", "photo_credits", "photo_credits[].credit", "actors[].mentions[].start", "rights.license"} <= set(
        cells
    )
    assert cells["photo_credits"][0] == "list of object"
    assert cells["date_start"][0] == "date or null"
    assert cells["photo_credits[].creators"] == [
        "list of string",
        "Photographers named in the credit (IPTC Creator).",
        '`["Айдай Токоева"]`',
    ]
    assert "One of `ru`" in cells["language"][1]
    assert "One of" not in cells["photo_credits[].kind"][1]


def test_field_table_keeps_its_columns() -> None:
    made = row_schema(value={"type": "string", "description": "one | or\n two", "examples": ["a|b"]})
    assert field_table(made).splitlines()[2] == '| `value` | string | one \\| or two | `"a\\|b"` |'


def test_shape_wants_an_object() -> None:
    with pytest.raises(ValueError, match="object"):
        shape({"type": "string"})


def test_schemas_end_with_a_line_end() -> None:
    for path in (Path(schema.__file__).parents[2] / "schema").glob("*.json"):
        text = path.read_text(encoding="utf-8")
        assert text.endswith("}\n")
        assert "\r" not in text
