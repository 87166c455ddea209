"""Curators' corrections: applied last, recorded in `provenance.corrections`, refused when they no longer change
anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from kg_news import edtf
from kg_news.errors import InputError
from kg_news.licences import licence_issues
from kg_news.records import Issue, Record
from kg_news.registry import Correction, Outlet
from kg_news.schema import explain, is_valid
from kg_news.wording import steps


def correct(record: Record, corrections: Iterable[Correction], outlets: Mapping[str, Outlet]) -> Record:
    """The record with the corrections' values, and with what follows from them: `date_start` and `date_end` from
    `date`, `source_name` from `source` unless a correction names it too. `outlets`: the registry's, by id.

    InputError for a pointer that leads nowhere, a value that is there already, a value that the schema forbids, and a
    source that the registry does not know.
    """
    corrections = tuple(corrections)
    named = any(correction.field == "/source_name" for correction in corrections)
    for correction in corrections:
        record = _apply(record, correction, None if named else outlets)
    return record


def _apply(record: Record, correction: Correction, outlets: Mapping[str, Outlet] | None) -> Record:
    """With `outlets` the name of a source follows it."""
    corrected = deepcopy(record)
    *path, last = steps(correction.field)
    try:
        parent: Any = corrected
        for part in path:
            parent = parent[_key(parent, part)]
        key = _key(parent, last)
        old = parent[key]
    except (KeyError, IndexError, TypeError, ValueError):
        message = f"{correction.article} has no value at {correction.field}"
        way_out = "write the JSON pointer of a value that is there, as `kg-news normalize` prints it"
        raise InputError([_issue("correction-lost", message, way_out, correction)]) from None
    if old == correction.value:
        message = f"{correction.field} of {correction.article} is {old!r} already"
        raise InputError([_issue("correction-stale", message, "delete the correction: it changes nothing", correction)])
    parent[key] = correction.value
    if correction.field == "/date":
        _follow_date(corrected)
    if correction.field == "/source" and outlets is not None:
        _follow_source(corrected, outlets, correction)
    applied = {name: getattr(correction, name) for name in ("file", "field", "reason", "by")}
    corrected["provenance"]["corrections"].append(applied)
    if issues := licence_issues(corrected) if is_valid(corrected) else explain(corrected):
        raise InputError(
            _issue(issue.code, issue.message, issue.way_out, correction, issue.pointer) for issue in issues
        )
    return corrected


def _follow_date(record: Record) -> None:
    """The interval follows from the date; a date that is none is left for the schema to name."""
    date = record["date"]
    days: tuple[str | None, str | None] = (None, None)
    if isinstance(date, str) and not edtf.problem(date):
        first, last = edtf.interval(date)
        days = (first.isoformat(), last.isoformat())
    record["date_start"], record["date_end"] = days
    record["date_basis"] = None if date is None else "correction"


def _follow_source(record: Record, outlets: Mapping[str, Outlet], correction: Correction) -> None:
    """The outlet's name in the article's language; a source that is no id is left for the schema to name."""
    source = record["source"]
    if isinstance(source, str) and is_valid(record):
        if source not in outlets:
            message, way_out = f"no outlet '{source}' in the registry", f"add registry/outlets/{source}.yml"
            raise InputError([_issue("outlet-unknown", message, way_out, correction)])
        record["source_name"] = outlets[source].name(record["language"])
    elif source is None:
        record["source_name"] = None


def _key(parent: Any, part: str) -> str | int:
    """RFC 6901 writes the places of a list from 0 up, without a sign or leading zeros."""
    if not isinstance(parent, list):
        return part
    if not _PLACE.fullmatch(part):
        raise ValueError(part)
    return int(part)


_PLACE = re.compile(r"0|[1-9][0-9]*")


def _issue(code: str, message: str, way_out: str, correction: Correction, pointer: str | None = None) -> Issue:
    return Issue(code, message, way_out, f"registry/corrections/{correction.file}", pointer=pointer)
