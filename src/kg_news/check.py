"""Is this record what it says? The schema first, then the meaning, which no schema can express.

A record is checked from its own values alone, with no help from the code that made it: a mistake in a field module
must not be able to hide itself here.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator

from kg_news import edtf, schema
from kg_news.licences import licence_issues
from kg_news.records import Issue, Record, rebuild

_REPORT = (
    "this is a fault of the code or of a correction: run `kg-news normalize` on the raw file and look at the value"
)


def check(record: Record) -> list[Issue]:
    """Everything that is wrong with one article record; an empty list where nothing is.

    The meaning is looked at only where the shape is right: offsets of the wrong type cannot be followed.

    >>> check({"id": "a"})[0].code
    'field-missing'
    """
    if not schema.is_valid(record):
        return schema.explain(record)
    return [issue for rule in RULES for issue in rule(record)]


def _dates(record: Record) -> Iterator[Issue]:
    """`date_start` and `date_end` are the interval of `date`; without a date there is no basis."""
    date = record["date"]
    expected = [day.isoformat() for day in edtf.interval(date)] if date else [None, None]
    for name, day in zip(("date_start", "date_end"), expected, strict=True):
        if record[name] != day:
            yield _issue("interval-wrong", f"/{name}", f"{record[name]!r}, but {date!r} gives {day!r}")
    if (record["date_basis"] is None) != (date is None):
        yield _issue("basis-wrong", "/date_basis", f"the date is {date!r} and its basis {record['date_basis']!r}")


def _origin(record: Record) -> Iterator[Issue]:
    """An article is copied from another outlet than the one that published it."""
    if record["syndicated_from"] is not None and record["syndicated_from"] == record["source"]:
        yield _issue("origin-wrong", "/syndicated_from", f"{record['source']!r} is the source itself")


def _form(record: Record) -> Iterator[Issue]:
    """`text` is NFC, so that one word has one spelling."""
    if not unicodedata.is_normalized("NFC", record["text"]):
        yield _issue("text-not-nfc", "/text", "the text is not in Unicode form NFC")


def _mentions(record: Record) -> Iterator[Issue]:
    """Every mention stands in `text` where it says; mentions, and actors by their first one, are in reading order."""
    firsts = []
    for number, actor in enumerate(record["actors"]):
        starts = [mention["start"] for mention in actor["mentions"]]
        for place, mention in enumerate(actor["mentions"]):
            yield from _stands(record["text"], mention, f"/actors/{number}/mentions/{place}")
        if starts != sorted(set(starts)):
            yield _issue(
                "order-wrong", f"/actors/{number}/mentions", f"the mentions begin at {starts}: not in reading order"
            )
        firsts.append(starts[0])
    if firsts != sorted(firsts):
        yield _issue("order-wrong", "/actors", f"the actors are first named at {firsts}: not in reading order")


def _quotes(record: Record) -> Iterator[Issue]:
    """Every quote stands in `text` where it says, in reading order, and its speaker is one of the actors."""
    names = {actor["name"] for actor in record["actors"]}
    for number, quote in enumerate(record["quotes"]):
        yield from _stands(record["text"], quote, f"/quotes/{number}")
        if quote["speaker"] is not None and quote["speaker"] not in names:
            yield _issue("speaker-unknown", f"/quotes/{number}/speaker", f"{quote['speaker']!r} is none of the actors")
    starts = [quote["start"] for quote in record["quotes"]]
    if starts != sorted(starts):
        yield _issue("order-wrong", "/quotes", f"the quotes begin at {starts}: not in reading order")


def _photos(record: Record) -> Iterator[Issue]:
    """Photos are numbered from 0 in reading order; what a block says of itself stands in the block."""
    photos, length = record["photo_credits"], len(record["text"])
    for number, photo in enumerate(photos):
        here = f"/photo_credits/{number}"
        if photo["order"] != number:
            yield _issue("order-wrong", f"{here}/order", f"{photo['order']} where {number} is due")
        if photo["position"] > length:
            yield _issue(
                "position-outside", f"{here}/position", f"{photo['position']} is behind the text's end, {length}"
            )
        block = unicodedata.normalize("NFC", photo["block"])  # the block is the raw text's, whatever its form
        for name in ("marker", "credit", "caption"):
            if photo[name] is not None and unicodedata.normalize("NFC", photo[name]) not in block:
                yield _issue("not-verbatim", f"{here}/{name}", f"{photo[name]!r} does not stand in the block")
    starts = [photo["raw_start"] for photo in photos]
    if starts != sorted(set(starts)):
        yield _issue("order-wrong", "/photo_credits", f"the blocks begin at {starts}: not in reading order")


def _lossless(record: Record) -> Iterator[Issue]:
    """Text, photo blocks and edits put together are the raw text, to the last character."""
    provenance, length = record["provenance"], len(record["text"])
    for number, edit in enumerate(provenance["edits"]):
        if edit["position"] + edit["length"] > length:
            place = f"/provenance/edits/{number}/position"
            yield _issue(
                "position-outside", place, f"{edit['position']} + {edit['length']} is behind the text's end, {length}"
            )
    found = hashlib.sha256(rebuild(record).encode("utf-8", "surrogatepass")).hexdigest()
    if found != provenance["raw_sha256"]:
        said = provenance["raw_sha256"]
        yield _issue(
            "not-lossless",
            "/provenance/raw_sha256",
            f"the record rebuilds {found[:12]}…, the raw text was {said[:12]}…",
        )


def _stands(text: str, span: Record, pointer: str) -> Iterator[Issue]:
    start, end = span["start"], span["end"]
    if text[start:end] != span["text"] or end - start != len(span["text"]):
        yield _issue("offset-wrong", pointer, f"text[{start}:{end}] is {text[start:end]!r}, not {span['text']!r}")


def _issue(code: str, pointer: str, message: str) -> Issue:
    return Issue(code, message, _REPORT, pointer=pointer)


RULES = (_dates, _origin, _form, _mentions, _quotes, _photos, licence_issues, _lossless)
"""What must hold, in the order in which a reader would look."""
