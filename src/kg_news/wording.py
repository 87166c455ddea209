"""What a schema's errors are called, and how they read to somebody who only wanted to add an article.

`SENTENCES` has one function for each keyword of JSON Schema that our schemas use.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from kg_news import edtf
from kg_news.records import Issue

Path = tuple[str | int, ...]
LONGEST = 60
"""Values are cut to this many characters in a sentence."""

_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
    "array": "a list",
    "object": "a mapping",
}
_FORMATS = {
    "date": ("date-invalid", "a day", "write YYYY-MM-DD"),
    "edtf": ("date-invalid", "a date", edtf.WAY_OUT),
    "uri": ("url-invalid", "a web address", "write it whole, from http:// or https:// on, without spaces"),
    "id": ("id-invalid", "an id", "write lower-case Latin letters and digits, parts joined by one hyphen"),
    "country": ("country-invalid", "a country code", "write the three capital letters of ISO 3166-1 alpha-3"),
    "wikidata": ("wikidata-invalid", "a Wikidata item", "write Q and its number, as in Q813"),
    "spdx": ("license-invalid", "an SPDX licence expression", "write one of spdx.org/licenses, or NOASSERTION"),
    "host": ("host-invalid", "a host name", "write it in lower case without http:// and path, as in kloop.kg"),
    "correction-field": (
        "field-not-correctable",
        "a field that a correction can set",
        "write a JSON pointer such as /date or /photo_credits/0/caption; /id, /text and /provenance follow from the "
        "raw file, /date_start and /date_end from /date",
    ),
}


@dataclass(frozen=True)
class Failure:
    """A keyword of a schema that a value fails: what a validator found, free of the validator's own classes."""

    keyword: str
    rule: Any
    """The keyword's value in the schema."""
    value: Any
    """What fails it."""
    path: Path
    """Where the value is."""
    schema: dict[str, Any]
    """The part of the schema that holds the keyword."""
    schema_path: Path


def pointer(path: Iterable[str | int]) -> str:
    """A JSON pointer (RFC 6901).

    >>> pointer(["a/b", 0])
    '/a~1b/0'
    """
    return "".join(map(step, path))


def step(part: str | int) -> str:
    """One step of a JSON pointer.

    >>> step("a/b")
    '/a~1b'
    """
    return "/" + str(part).replace("~", "~0").replace("/", "~1")


def steps(where: str) -> list[str]:
    """The steps of a JSON pointer, as keys have them: the inverse of `pointer`.

    >>> steps("/a~1b/0")
    ['a/b', '0']
    """
    return [part.replace("~1", "/").replace("~0", "~") for part in where.split("/")[1:]]


def sentences(failures: Iterable[Failure], root: dict[str, Any]) -> list[tuple[Path, Issue]]:
    """One issue a problem, with its place. A value of the wrong type is not blamed for anything else."""
    found = list(failures)
    mistyped = {failure.path for failure in found if failure.keyword == "type"}
    issues: dict[tuple[Path, Issue], None] = {}
    for failure in found:
        if failure.keyword == "type" or failure.path not in mistyped:
            issues.update(dict.fromkeys(SENTENCES.get(failure.keyword, _other)(failure, root)))
    return list(issues)


def order(path: Path) -> list[tuple[int, int, str]]:
    """A sort key for paths: list items by number, fields by name."""
    return [(0, part, "") if isinstance(part, int) else (1, 0, part) for part in path]


def called(path: Path) -> str:
    """What a value is called in a sentence.

    >>> called(("offices", 0, "title")), called(()), called(("creators", 1))
    ('`title`', 'the whole', '`creators[1]`')
    """
    if not path:
        return "the whole"
    parts = list(path)
    tail = ""
    while parts and isinstance(parts[-1], int):
        tail = f"[{parts.pop()}]{tail}"
    return f"`{parts[-1] if parts else 'item'}{tail}`"


def quoted(value: Any) -> str:
    """A value as a sentence shows it: in quotes where it is text, control characters escaped, cut where it is long.

    >>> quoted("2022\\n"), quoted(None), quoted([1])
    ("'2022\\\\n'", 'null', '[1]')
    """
    if isinstance(value, str):
        return repr(value if len(value) <= LONGEST else value[:LONGEST] + "…")
    try:
        shown = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        shown = f"a Python {type(value).__name__}"
    shown = shown.encode("utf-8", "backslashreplace").decode()
    return shown if len(shown) <= LONGEST else shown[:LONGEST] + "…"


def encodes(text: str) -> bool:
    """Whether a text can be written in UTF-8: it cannot with half of a surrogate pair in it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _issue(code: str, message: str, way_out: str, path: Path) -> tuple[Path, Issue]:
    return path, Issue(code, message, way_out, pointer=pointer(path))


def _missing(failure: Failure, _root: dict[str, Any]) -> Iterator[tuple[Path, Issue]]:
    """`required`: a validator reports it once for every missing key, but names the key in words only."""
    path = failure.path
    properties = failure.schema.get("properties", {})
    for key in failure.rule:
        if key not in failure.value:
            example = _example(properties.get(key, {}))
            where = f" in {called(path)}" if path else ""
            yield _issue("field-missing", f"`{key}` is missing{where}", f"add `{key}:`{example}", path)


def _unknown(failure: Failure, _root: dict[str, Any]) -> Iterator[tuple[Path, Issue]]:
    """`additionalProperties`: false."""
    known = list(failure.schema.get("properties", {}))
    for key in failure.value:
        if isinstance(key, str) and encodes(key) and key not in known:
            close = get_close_matches(key[:LONGEST], known, n=1)
            way_out = f"did you mean `{close[0]}`?" if close else f"known are {_listed(known)}"
            yield _issue("field-unknown", f"{quoted(key)} is not a known field", way_out, (*failure.path, key))


def _type(failure: Failure, root: dict[str, Any]) -> Iterator[tuple[Path, Issue]]:
    wanted = [failure.rule] if isinstance(failure.rule, str) else list(failure.rule)
    words = " or ".join(_TYPES[name] for name in wanted)
    value, name = failure.value, called(failure.path)
    if value is None:
        message, way_out = f"{name} is empty (null)", f"write {words}{_example(_described(failure, root))}"
    elif "string" in wanted and isinstance(value, (bool, int, float)):
        message, way_out = f"{name} is {quoted(value)}, a value that is not text", "put it in quotes"
    else:
        message = f"{name} is {quoted(value)}, which is not {words}"
        way_out = f"write {words}{_example(_described(failure, root))}"
    yield _issue("type-wrong", message, way_out, failure.path)


def _enum(failure: Failure, _root: dict[str, Any]) -> Iterator[tuple[Path, Issue]]:
    known = [value for value in failure.rule if value is not None]
    close = get_close_matches(failure.value[:LONGEST], known, n=1) if isinstance(failure.value, str) else []
    way_out = f"did you mean `{close[0]}`?" if close else f"write one of {_listed(known)}"
    yield _issue("value-unknown", f"{called(failure.path)} is {quoted(failure.value)}", way_out, failure.path)


def _pattern(failure: Failure, root: dict[str, Any]) -> Iterator[tuple[Path, Issue]]:
    """The pattern checks, the `format` beside it says what the value means."""
    value, path, form = failure.value, failure.path, failure.schema.get("format")
    if form in _FORMATS:
        code, noun, way_out = _FORMATS[form]
        message = (_date_trouble(value) if code == "date-invalid" else None) or f"{quoted(value)} is not {noun}"
        yield _issue(code, message, way_out, path)
    else:
        way_out = f"write it in the form {failure.rule}{_example(_described(failure, root))}"
        yield _issue("pattern-mismatch", f"{called(path)} is {quoted(value)}", way_out, path)


def _date_trouble(value: str) -> str | None:
    """Why a date is none; None where its characters are not even those of a date."""
    return edtf.problem(value) if value.isascii() and value.isprintable() and len(value) <= LONGEST else None


def _empty(failure: Failure, root: dict[str, Any]) -> Iterator[tuple[Path, Issue]]:
    """`minLength`, `minItems`, `minProperties`."""
    least = failure.rule
    what = "is empty" if least == 1 else f"has {len(failure.value)} of at least {least}"
    way_out = f"fill it{_example(_described(failure, root))}"
    yield _issue("value-empty", f"{called(failure.path)} {what}", way_out, failure.path)


def _long(failure: Failure, _root: dict[str, Any]) -> Iterator[tuple[Path, Issue]]:
    most = failure.rule
    yield _issue(
        "value-too-long", f"{called(failure.path)} is {quoted(failure.value)}", f"at most {most} fit", failure.path
    )


def _range(failure: Failure, _root: dict[str, Any]) -> Iterator[tuple[Path, Issue]]:
    word = "least" if failure.keyword == "minimum" else "most"
    message = f"{called(failure.path)} is {quoted(failure.value)}"
    yield _issue("number-out-of-range", message, f"write at {word} {failure.rule}", failure.path)


def _twice(failure: Failure, _root: dict[str, Any]) -> Iterator[tuple[Path, Issue]]:
    for number, item in enumerate(failure.value):
        if item in failure.value[:number]:
            path = (*failure.path, number)
            yield _issue("item-duplicate", f"{quoted(item)} stands twice in the list", "leave it out", path)


def _other(failure: Failure, _root: dict[str, Any]) -> Iterator[tuple[Path, Issue]]:
    message = f"{called(failure.path)} is {quoted(failure.value)}"
    yield _issue("schema-mismatch", message, f"the schema says `{failure.keyword}: {failure.rule}`", failure.path)


SENTENCES: dict[str, Callable[[Failure, dict[str, Any]], Iterator[tuple[Path, Issue]]]] = {
    "required": _missing,
    "additionalProperties": _unknown,
    "type": _type,
    "enum": _enum,
    "pattern": _pattern,
    "minLength": _empty,
    "minItems": _empty,
    "minProperties": _empty,
    "maxLength": _long,
    "minimum": _range,
    "maximum": _range,
    "uniqueItems": _twice,
}


def _described(failure: Failure, root: dict[str, Any]) -> dict[str, Any]:
    """The part of the schema, on the way to the error, that last gave examples: those of a `$ref` stand beside it."""
    node: Any = root
    last: dict[str, Any] = {}
    for part in failure.schema_path:
        if isinstance(node, dict) and "$ref" in node and part not in node:
            node = root["$defs"][node["$ref"].rsplit("/", 1)[-1]]
        node = node[part]
        if isinstance(node, dict) and "examples" in node:
            last = node
        elif part == "items":
            last = {}
    return last


def _example(schema: dict[str, Any]) -> str:
    """`, for example …`: the first example that is short enough to read."""
    shown = [json.dumps(example, ensure_ascii=False) for example in schema.get("examples", ())]
    return next((f", for example {text}" for text in shown if len(text) <= LONGEST and text not in ("[]", "null")), "")


def _listed(values: Iterable[Any]) -> str:
    return ", ".join(str(value) for value in values)
