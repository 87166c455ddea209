"""JSON Lines for bulk use: a line an article, `{"id": …, "text": …}` with optional `url` and `date`; other keys are
left.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from kg_news import edtf
from kg_news.errors import InputError
from kg_news.read import flattened
from kg_news.records import Issue, RawArticle

_FIELDS = {"id": (str,), "text": (str,), "url": (str, type(None)), "date": (str, type(None))}


def read_lines(lines: Iterable[str], path: str) -> Iterator[RawArticle | InputError]:
    """An article a line, or what is wrong with it: a bad line does not hide the good ones behind it."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _article(line, path)
        except InputError as error:
            yield InputError(replace(issue, line=number, column=None) for issue in error.issues)


def _article(line: str, path: str) -> RawArticle:
    try:
        value: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        message = f"the line is not JSON: {getattr(error, 'msg', 'nested too deep')}"
        raise InputError([Issue("json-invalid", message, "write one JSON object a line", path)]) from None
    if not isinstance(value, dict):
        raise InputError([Issue("json-invalid", "the line is not an object", 'write {"id": …, "text": …}', path)])
    issues = [
        Issue(
            "type-wrong",
            f"`{key}` is missing or not a string",
            'write {"id": "…", "text": "…"}',
            path,
            pointer=f"/{key}",
        )
        for key, types in _FIELDS.items()
        if not isinstance(value.get(key), types)
    ]
    if not issues and not value["id"].strip():
        issues.append(Issue("id-empty", "`id` is empty", "give every line an id of its own", path, pointer="/id"))
    if not issues and value.get("date") and (trouble := edtf.problem(value["date"])):
        issues.append(Issue("date-invalid", trouble, edtf.WAY_OUT, path, pointer="/date"))
    if issues:
        raise InputError(issues)
    metadata = {key: value[key] for key in ("url", "date") if value.get(key)}
    return replace(flattened.article(value["text"], path, value["id"]), format="jsonl", metadata=metadata)
