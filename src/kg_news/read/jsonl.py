"""JSON Lines for bulk use: a line an article, `{"id": …, "text": …}` with optional `url`, `date` (EDTF, or a time
stamp as in CSV) and `title`; other keys are passed over.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from kg_news import edtf
from kg_news.errors import InputError
from kg_news.read import flattened, strictjson
from kg_news.read.compose import id_issue, unplaced
from kg_news.read.stamps import day, is_stamp
from kg_news.read.streams import lines
from kg_news.records import Issue, RawArticle, Stated

FIELDS = {
    "id": (str,),
    "text": (str,),
    "url": (str, type(None)),
    "date": (str, type(None)),
    "title": (str, type(None)),
}


def read(
    stream: io.BufferedReader, path: str, columns: Mapping[str, str] | None = None
) -> Iterator[RawArticle | InputError]:
    """An article a line; `columns` says which key holds what, where it is not called so: `{"text": "body"}`."""
    # What is not UTF-8 becomes a surrogate, which is named with its line.
    texts = (
        line if isinstance(line, InputError) else line.decode("utf-8", "surrogateescape")
        for line in lines(stream, path)
    )
    yield from read_lines(texts, path, columns)


def read_lines(
    texts: Iterable[str | InputError], path: str, columns: Mapping[str, str] | None = None
) -> Iterator[RawArticle | InputError]:
    """An article a line, or what is wrong with it: a bad line does not hide the good ones behind it."""
    for number, line in enumerate(texts, 1):
        try:
            if isinstance(line, InputError):
                raise line
            if line.strip():
                text = line.removeprefix("\ufeff") if number == 1 else line
                yield replace(_article(text, path, columns or {}), line=number)
        except InputError as error:
            yield InputError(replace(issue, line=number, column=None) for issue in error.issues)


def _article(line: str, path: str, columns: Mapping[str, str]) -> RawArticle:
    try:
        value: Any = strictjson.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError([strictjson.issue(error, path)]) from None
    if not isinstance(value, dict):
        raise InputError([Issue("json-invalid", "the line is not an object", 'write {"id": …, "text": …}', path)])
    value |= {field: value[key] for field, key in columns.items() if key in value}
    issues = [
        Issue(
            "type-wrong",
            f"`{key}` is missing or not a string",
            'write {"id": "…", "text": "…"}, or name your own keys under `columns:` in the sidecar',
            path,
            pointer=f"/{key}",
        )
        for key, types in FIELDS.items()
        if not isinstance(value.get(key), types)
    ]
    if not issues and not value["id"].strip():
        issues.append(Issue("id-empty", "`id` is empty", "give every line an id of its own", path, pointer="/id"))
    if not issues and (trouble := id_issue(value["id"], path)):
        issues.append(trouble)
    stamp = value.get("date") or ""
    if not issues and stamp and not is_stamp(stamp):
        message = edtf.problem(stamp) or f"{stamp!r} is no date"
        issues.append(Issue("date-invalid", message, edtf.WAY_OUT, path, pointer="/date"))
    if issues:
        raise InputError(issues)
    stated = Stated(title=value.get("title") or None, url=value.get("url") or None, date=day(stamp) if stamp else None)
    made = flattened.article(value["text"], path, value["id"])
    return replace(made, format="jsonl", stated=stated, doubts=unplaced(made.doubts))
