"""YAML, strictly: what people write by hand, with the place of every value, and nothing that could surprise.

Refused are duplicate keys, tags (`!!python/…` would run code), anchors, aliases and merges (a few lines can grow to
gigabytes), several documents in a file, deep nesting, and keys that are not text. Plain values are read as YAML 1.2's
core schema reads them, less its octal and hexadecimal numbers: `no` is text and not false, `2022-01-06` is text and
not a date, `2022` is a number. Source: YAML 1.2.2, 10.3.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kg_news import utf8
from kg_news.errors import InputError
from kg_news.records import Issue
from kg_news.wording import encodes, step

MOST = 100
"""Problems after which a file is not read on: two hundred thousand aliases were as many lines."""
DEEPEST = 32
"""Levels of lists and mappings."""

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?(0|[1-9][0-9]{0,4000})")
"""Python reads no longer numbers; whatever is longer stays text."""
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*|(?=[eE])))([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_NOT_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""YAML 1.2.2, 5.1: what is not a printable character."""

Place = tuple[int, int]


@dataclass(frozen=True)
class YamlFile:
    """What a file says, and where it says it: line and column, both from 1, by JSON pointer."""

    data: Any
    places: Mapping[str, Place]
    """Of every value."""
    keys: Mapping[str, Place]
    """Of the key before a value, by the value's pointer."""


def read_yaml(path: Path, text: str | None = None, shown: str | None = None) -> YamlFile:
    """Read a file, or `text` in its stead; issues name it as `shown`, else as `path`.

    InputError with every problem that was found; one in the syntax ends the search.
    """
    name = shown if shown is not None else str(path)
    return _Reading(name).read(read_text(path, name) if text is None else text)


def check_file(
    path: Path, schema_name: str, text: str | None = None, shown: str | None = None
) -> tuple[Any, list[Issue]]:
    """Read a file and hold it against a schema of `schema.SCHEMAS`.

    What the file says, and what is wrong with it, in the order of the lines. For a file that cannot be read as YAML the
    data is None. A missing key is placed where its mapping begins, an unknown one at itself.
    """
    from kg_news.schema import explain, is_valid

    try:
        file = read_yaml(path, text, shown)
    except InputError as error:
        return None, list(error.issues)
    if is_valid(file.data, schema_name):
        return file.data, []
    return file.data, placed(explain(file.data, schema_name), file, shown if shown is not None else str(path))


def placed(issues: list[Issue], file: YamlFile, shown: str) -> list[Issue]:
    """Issues that have a JSON pointer, with path, line and column, in the order of the lines."""
    found = []
    for issue in issues:
        places = file.keys if issue.code == "field-unknown" else file.places
        line, column = places.get(issue.pointer or "", (1, 1))
        found.append(replace(issue, path=shown, line=line, column=column))
    return sorted(found, key=lambda issue: (issue.line or 0, issue.column or 0))


def read_text(path: Path, shown: str) -> str:
    """A file's text, without a byte order mark. InputError where it cannot be read or is not UTF-8."""
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        raise InputError([Issue("file-unreadable", message, "check the path and its permissions", shown)]) from None
    return decode(data, shown)


def decode(data: bytes, shown: str) -> str:
    """UTF-8 without a byte order mark. InputError as `utf8.decode` raises it."""
    return utf8.decode(data, shown).removeprefix("\ufeff")


@dataclass
class _Open:
    """A list or mapping whose end has not come yet."""

    value: list[Any] | dict[str, Any]
    pointer: str
    key: str | None = None
    """In a mapping: the key that waits for its value."""
    waiting: bool = False
    first_lines: dict[str, int] = field(default_factory=dict)


class _Reading:
    """Builds a document from the parser's events, which come one by one: nothing is built before it was looked at."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.issues: list[Issue] = []
        self.places: dict[str, Place] = {}
        self.keys: dict[str, Place] = {}
        self.stack: list[_Open] = []
        self.data: Any = None
        self.documents = 0

    def read(self, text: str) -> YamlFile:
        text = text.removeprefix("\ufeff")
        if odd := _NOT_YAML.search(text):
            code = "lone-surrogate" if "\ud800" <= odd[0] <= "\udfff" else "yaml-character"
            self.stop(code, _CHARACTERS[code], utf8.place(text, odd.start()))
        import yaml

        for event in self.events(text):
            self.take(event, yaml)
        if not self.documents:
            self.stop("empty-file", "the file says nothing", None)
        if self.issues:
            raise InputError(self.issues)
        return YamlFile(self.data, MappingProxyType(self.places), MappingProxyType(self.keys))

    def events(self, text: str) -> Iterator[Any]:
        """The parser's events: by libyaml where PyYAML was built with it, which is ten times faster."""
        import yaml

        loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
        try:
            yield from yaml.parse(text, Loader=loader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self.stop("yaml-syntax", f"this is not YAML: {error.problem or error.context}", _within(text, mark))
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            # The parser in Python lets `chr` fail on an escape beyond Unicode, "\\U00110000".
            self.stop("yaml-syntax", f"this is not YAML: {error}", None)

    def problem(self, code: str, message: str, place: Place | None) -> None:
        line, column = place or (None, None)
        self.issues.append(Issue(code, message, WAYS_OUT[code], self.shown, line, column))
        if len(self.issues) >= MOST:
            raise InputError(self.issues)

    def stop(self, code: str, message: str, place: Place | None) -> None:
        self.problem(code, message, place)
        raise InputError(self.issues)

    def take(self, event: Any, yaml: Any) -> None:
        mark = event.start_mark
        place = (mark.line + 1, mark.column + 1)
        if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)):  # nine of ten
            if event.anchor is not None:
                self.problem("yaml-alias", f"an anchor: &{event.anchor}", place)
            if event.tag is not None:
                self.problem("yaml-tag", f"a tag: {event.tag}", place)
            if isinstance(event, yaml.ScalarEvent):
                self.scalar(event, place)
            else:
                self.open({} if isinstance(event, yaml.MappingStartEvent) else [], place)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()
        elif isinstance(event, yaml.AliasEvent):
            self.problem("yaml-alias", f"an alias: *{event.anchor}", place)
            _ = self.key(None, place) if self.expects_key() else self.add(None, place)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.stop("yaml-documents", "a second document begins here", place)

    def open(self, value: list[Any] | dict[str, Any], place: Place) -> None:
        if len(self.stack) >= DEEPEST:
            self.stop("yaml-deep", f"more than {DEEPEST} levels of lists and mappings", place)
        if self.expects_key():
            self.problem("yaml-key", "a list or mapping stands where a key should", place)
            # Its own items are read too, but lead nowhere.
            self.stack.append(_Open(value, self.key(None, place)))
            return
        self.stack.append(_Open(value, self.add(value, place)))

    def scalar(self, event: Any, place: Place) -> None:
        plain = event.style is None or event.style == ""
        value = self.resolved(event.value, place) if plain and event.tag is None else event.value
        if isinstance(value, str) and not encodes(value):
            self.problem("lone-surrogate", _CHARACTERS["lone-surrogate"], place)
            value = ""
        if not self.expects_key():
            self.add(value, place)
        elif not isinstance(value, str):
            self.problem("yaml-key", f"the key {event.value or 'null'} is not text", place)
            self.key(None, place)
        elif value == "<<" and plain:
            self.problem("yaml-merge", "a merge: <<", place)
            self.key(None, place)
        elif (first := self.stack[-1].first_lines.get(value)) is not None:
            self.problem("key-duplicate", f"{value!r} stands here again, first in line {first}", place)
            self.key(None, place)
        else:
            self.key(value, place)

    def expects_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].value, dict) and not self.stack[-1].waiting

    def key(self, key: str | None, place: Place) -> str:
        """Note a key, or that a bad one (None) stands here; the pointer that its value will have."""
        top = self.stack[-1]
        top.waiting, top.key = True, key
        below = top.pointer + step("?" if key is None else key)
        if key is not None:
            top.first_lines[key] = place[0]
            self.keys[below] = place
        return below

    def add(self, value: Any, place: Place) -> str:
        """Put a value where it belongs; its pointer. The value of a bad key goes nowhere."""
        below = ""
        if not self.stack:
            self.data = value
        else:
            top = self.stack[-1]
            if isinstance(top.value, list):
                below = top.pointer + step(len(top.value))
                top.value.append(value)
            else:
                below = top.pointer + step("?" if top.key is None else top.key)
                if top.key is not None:
                    top.value[top.key] = value
                top.waiting, top.key = False, None
        self.places[below] = place
        return below

    def resolved(self, text: str, place: Place) -> Any:
        """A plain value: null, true, false, a number, or text."""
        if text in _NULL:
            return None
        if text in _BOOL:
            return _BOOL[text]
        if _INT.fullmatch(text):
            return int(text)
        number = float(text) if _FLOAT.fullmatch(text) else math.nan if _NOT_FINITE.fullmatch(text) else None
        if number is None:
            return text
        if not math.isfinite(number):
            self.problem("number-not-finite", f"{text[:40]} is a number without an end", place)
            return 0.0
        return number


WAYS_OUT = {
    "yaml-syntax": "look at this line and the one before: indentation, colons, brackets; quote text with `: ` or ` #`",
    "yaml-character": "delete it (control characters often come along when text is copied)",
    "lone-surrogate": "write the character whole",
    "empty-file": "fill it or delete it",
    "yaml-documents": "put each document into a file of its own",
    "yaml-alias": "write the value out; if it is text that begins with & or *, put it in quotes",
    "yaml-tag": "leave the tag out; if it is text that begins with !, put it in quotes",
    "yaml-merge": "write the keys out",
    "yaml-deep": "make it flatter",
    "yaml-key": "write the key as text; put numbers, true, false and null in quotes",
    "key-duplicate": "leave one of the two out",
    "number-not-finite": "write another number; if it is text, put it in quotes",
}
_CHARACTERS = {
    "yaml-character": "there is a character that YAML does not allow",
    "lone-surrogate": "half of a UTF-16 surrogate pair stands alone",
}


def _within(text: str, mark: Any) -> Place | None:
    """A mark's place; what is missed at the end of a file is placed at the end of its last line."""
    if mark is None:
        return None
    lines = text.splitlines() or [""]
    return (mark.line + 1, mark.column + 1) if mark.line < len(lines) else (len(lines), len(lines[-1]) + 1)
