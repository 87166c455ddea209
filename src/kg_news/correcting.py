"""Writes corrections: tried on the record first, then one file in `registry/corrections/`."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kg_news.atomic import write_new
from kg_news.check import check
from kg_news.corrections import correct
from kg_news.errors import InputError
from kg_news.records import Issue, Record
from kg_news.registry import Correction, Registry, shown
from kg_news.schema import explain, explain_part, load_schema, part_at
from kg_news.yamlwrite import to_yaml

NEW = "new.yml"
"""What the file of a correction is called until it is written."""


def value_for(field: str, text: str) -> Any:
    """A value typed on a command line, as the schema's field takes it: as JSON where that fits, else as text.

    >>> value_for("/title", "null"), value_for("/title", "112"), value_for("/photo_credits/0/creators", '["А. Б."]')
    (None, '112', ['А. Б.'])
    """
    part = part_at(load_schema("article"), field)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return value if part is None or not explain_part(value, part) else text


def problems(record: Record, correction: Correction, registry: Registry) -> list[Issue]:
    """Why a correction cannot be: its form, one for the same field that is there, a record that would be wrong."""
    if issues := [_told(issue, correction) for issue in explain(_entry(correction), "correction")]:
        return issues
    for other in registry.corrections.get(correction.article, ()):
        if other.field == correction.field:
            message = f"{correction.field} of this article is already corrected in corrections/{other.file}"
            return [Issue("correction-duplicate", message, "mend that one", correction.field)]
    try:
        corrected = correct(record, [correction], registry.outlets)
    except InputError as error:
        return [_told(issue, correction) for issue in error.issues]
    return [Issue(issue.code, issue.message, "look at the value again", correction.field) for issue in check(corrected)]


def _entry(correction: Correction) -> dict[str, Any]:
    """What the file of a correction says."""
    return {name: value for name, value in asdict(correction).items() if name != "file"}


def _told(issue: Issue, correction: Correction) -> Issue:
    """By the field, as there is no file yet."""
    return Issue(issue.code, issue.message, issue.way_out, correction.field)


def write_corrections(corrections: Sequence[Correction], folder: Path) -> list[Path]:
    """One file for each, named by day, article and field: all of them or none, and none in another's place.

    InputError where `folder` has no `corrections/` to be written to.
    """
    files: dict[Path, bytes] = {}
    for correction in corrections:
        words = re.sub(r"[^a-z0-9]+", "-", f"{correction.article}{correction.field}".lower()).strip("-")
        stem, number = f"{correction.date}-{words[-100:].lstrip('-')}", 1
        path = folder / "corrections" / f"{stem}.yml"
        while path in files or path.exists():
            number += 1
            path = path.with_stem(f"{stem}-{number}")
        files[path] = to_yaml(_entry(correction)).encode()
    try:
        write_new(files)
    except OSError as error:
        way_out = "check the folder's permissions, or name another registry with --registry"
        message = f"the correction cannot be written: {error.strerror}"
        raise InputError([Issue("output-unwritable", message, way_out, shown(folder / "corrections"))]) from error
    return list(files)


def record_of(article: str, raw: Path, registry: Registry) -> Record:
    """An article's record as the rules make it today, with the corrections that it has. InputError where it is not."""
    from kg_news.discover import discover
    from kg_news.normalize import normalize
    from kg_news.read import read_articles, reader_of

    near: list[str] = []
    issues: list[Issue] = []
    named, others = [], []
    for entry in discover(raw):
        # A file of many articles has ids that begin with its own, but for rows and lines, which bring theirs.
        if entry.issue is None and article.startswith(entry.id):
            named.append(entry)
        elif entry.issue is None and reader_of(entry.path) not in {"flattened", "plain", "html"}:
            others.append(entry)
        near.append(entry.id)
    for entry in [*named, *others]:
        for found in read_articles(entry.path, raw):
            if isinstance(found, InputError):
                issues += found.issues if entry in named else ()
            elif found.id == article:
                return normalize(found, registry)[0]
    if issues:
        raise InputError(issues)
    from difflib import get_close_matches

    close = get_close_matches(article, near, n=3, cutoff=0.4)
    way_out = f"did you mean: {', '.join(close)}?" if close else "write the id as `kg-news normalize` prints it"
    raise InputError([Issue("article-unknown", f"there is no article {article!r} in {shown(raw)}", way_out, "ID")])
