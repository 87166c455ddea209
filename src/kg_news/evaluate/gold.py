"""Whether a gold line is what the scorers take it for: its form by `gold.schema.json`, then its spans by its text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from kg_news.evaluate.core import Gold
from kg_news.records import Issue
from kg_news.schema import explain_part


def gold_issues(gold: Any) -> list[Issue]:
    """Everything that is wrong with a gold line, each with its JSON pointer.

    >>> print(gold_issues({"id": "a", "text": "Мост", "actors": [{"mentions": [[0, 4]]}]})[0].message)
    `type` is missing in `actors[0]`
    >>> gold_issues({"id": "a", "text": "Мост", "quotes": [{"start": 2, "end": 9, "speaker": None}]})[0].pointer
    '/quotes/0'
    """
    if not _has_form(gold) and (issues := explain_part(gold, _form())):
        return issues
    length = len(gold["text"])
    return [
        Issue("gold-invalid", f"{start}:{end} {trouble}", "count code points of `text`, from 0", pointer=pointer)
        for pointer, start, end in _spans(gold)
        if (trouble := _trouble(start, end, length))
    ]


def _has_form(gold: Any) -> bool:
    """The quick yes or no: what is slow, `explain_part` says in sentences."""
    try:
        return bool(_quick().is_valid(gold))
    except UnicodeEncodeError:  # a lone surrogate
        return False


@cache
def _quick() -> Any:
    from jsonschema_rs import Draft202012Validator

    return Draft202012Validator(_form(), validate_formats=False)


@cache
def _form() -> dict[str, Any]:
    form: dict[str, Any] = json.loads((Path(__file__).parent / "gold.schema.json").read_text(encoding="utf-8"))
    return form


def _trouble(start: int | None, end: int | None, length: int) -> str | None:
    if start is None or end is None:
        return None if start is end else "has one end only"
    if start >= end:
        return "is no span: it ends before it has begun"
    return f"is no span of the text, which has {length} characters" if end > length else None


def _spans(gold: Gold) -> Iterator[tuple[str, int | None, int | None]]:
    """Every span of a line of the right form, with its pointer."""
    for key, inner in (("actors", "mentions"), ("persons", "spans"), ("organizations", "spans")):
        for number, actor in enumerate(gold.get(key) or ()):
            for place, (start, end) in enumerate(actor[inner]):
                yield f"/{key}/{number}/{inner}/{place}", start, end
    for number, held in enumerate(gold.get("offices", ())):
        for key in ("person", "office"):
            yield f"/offices/{number}/{key}", *held[key]
    for number, quote in enumerate(gold.get("quotes", ())):
        yield f"/quotes/{number}", quote["start"], quote["end"]
    for number, photo in enumerate(gold.get("photos", ())):
        for key in ("caption", "marker", "credit"):
            yield f"/photos/{number}/{key}_start", photo.get(f"{key}_start"), photo.get(f"{key}_end")
