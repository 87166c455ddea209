"""Writes the small YAML files that kg-news makes for people: sidecars and corrections."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg_news.errors import InputError
from kg_news.yamlfile import read_yaml


def to_yaml(values: Mapping[str, Any]) -> str:
    """A mapping as YAML, which `yamlfile` reads back as the same values: a key a line, mappings in it indented.

    Text stands plain where that reads back as itself, else in double quotes; lists stand in one line, as JSON.
    ValueError where a value is not JSON, or holds half of a surrogate pair.

    >>> print(to_yaml({"source": "kloop", "url": None, "rights": {"license": "MIT"}, "title": "yes: 5"}), end="")
    source: kloop
    url: null
    rights:
      license: MIT
    title: "yes: 5"
    """
    text = "".join(_entry(key, value) for key, value in values.items())
    try:
        same = read_yaml(Path("-"), text).data == values
    except InputError:
        same = False
    if not same:
        raise ValueError(f"these values cannot be written as YAML: {sorted(values)}")
    return text


def _entry(key: str, value: Any, indent: str = "") -> str:
    if isinstance(value, Mapping) and value:
        return f"{indent}{_scalar(key)}:\n" + "".join(_entry(name, item, f"{indent}  ") for name, item in value.items())
    return f"{indent}{_scalar(key)}: {_scalar(value)}\n"


def _scalar(value: Any) -> str:
    """A value in one line: JSON is YAML too, but text reads better without quotes."""
    if isinstance(value, str) and _is_plain(value):
        return value
    return "".join(map(_escaped, json.dumps(value, ensure_ascii=False, allow_nan=False)))


def _escaped(char: str) -> str:
    """YAML allows fewer characters than JSON, and takes some for line ends: the next-line character, U+2028."""
    if char.isprintable():
        return char
    return f"\\u{ord(char):04x}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08x}"


def _is_plain(text: str) -> bool:
    """Whether the bare text, as a value and as a key, is read as itself."""
    if not text.isprintable() or text != text.strip():
        return False
    try:
        return bool(read_yaml(Path("-"), f"{text}: {text}\n").data == {text: text})
    except InputError:
        return False
