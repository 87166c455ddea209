"""`check` finds what a record says that is not so: one mutated record a row, and the code that must come of it."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from kg_news.check import check
from kg_news.records import Record, rebuild

RAW = " date 2031-04 Министр Асан Примеров сказал «мы готовы». Зал заседаний. Фото: Вестник Асан Примеров уехал."


def good() -> Record:
    """A record that holds together: invented, with one of everything."""
    text = "Министр Асан Примеров сказал «мы готовы». Асан Примеров уехал."
    block = "Зал заседаний. Фото: Вестник "
    return {
        "id": "vestnik/2031-04/zal",
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
        "text": text,
        "photo_credits": [
            {
                "order": 0,
                "marker": "Фото:",
                "credit": "Вестник",
                "creators": [],
                "agencies": ["Вестник"],
                "kind": "staff",
                "caption": "Зал заседаний.",
                "block": block,
                "position": text.index("Асан Примеров уехал"),
                "raw_start": RAW.index(block),
                "confidence": 0.9,
            }
        ],
        "actors": [
            {
                "name": "Асан Примеров",
                "type": "Person",
                "id": None,
                "wikidata": None,
                "country": None,
                "offices": ["министр"],
                "method": "ner",
                "mentions": [
                    {"start": 8, "end": 21, "text": "Асан Примеров"},
                    {"start": 42, "end": 55, "text": "Асан Примеров"},
                ],
            }
        ],
        "quotes": [
            {
                "text": "мы готовы",
                "start": 30,
                "end": 39,
                "kind": "direct",
                "speaker": "Асан Примеров",
                "cue": "сказал",
            }
        ],
        "rights": {"license": "NOASSERTION", "holder": None, "evidence_url": None},
        "provenance": {
            "raw_path": "vestnik/2031-04/zal.txt",
            "raw_sha256": hashlib.sha256(RAW.encode()).hexdigest(),
            "raw_format": "flattened",
            "normalizer_version": "0.1.0",
            "corrections": [],
            "edits": [{"raw_start": 0, "raw": " date 2031-04 ", "position": 0, "length": 0, "kind": "header"}],
        },
    }


def put(pointer: str, value: Any) -> Callable[[Record], None]:
    """A mutation: set the value that a JSON pointer names."""

    def mutate(record: Record) -> None:
        *parents, last = [int(part) if part.isdigit() else part for part in pointer.split("/")[1:]]
        node: Any = record
        for part in parents:
            node = node[part]
        node[last] = value

    return mutate


def drop(name: str) -> Callable[[Record], None]:
    return lambda record: record.pop(name)


def second_actor_named_first(record: Record) -> None:
    other = {**record["actors"][0], "name": "Министр", "mentions": [{"start": 0, "end": 7, "text": "Министр"}]}
    record["actors"].append(other)


def decomposed(record: Record) -> None:
    """`й` as two code points, in the raw text as well: nothing is lost, but the form is wrong."""
    record["text"] += " и\u0306"
    record["provenance"]["raw_sha256"] = hashlib.sha256((RAW + " и\u0306").encode()).hexdigest()


CASES = [
    ("shape: a field is missing", drop("language"), {"field-missing"}, ""),
    ("shape: a field too many", put("/mood", "gloomy"), {"field-unknown"}, "/mood"),
    ("shape: a number as text", put("/quotes/0/start", "30"), {"type-wrong"}, "/quotes/0/start"),
    ("shape: month 13", put("/date", "2031-13"), {"date-invalid"}, "/date"),
    ("first day is another", put("/date_start", "2031-04-02"), {"interval-wrong"}, "/date_start"),
    ("last day is another", put("/date_end", "2031-04-29"), {"interval-wrong"}, "/date_end"),
    ("interval without its end", put("/date_end", None), {"interval-wrong"}, "/date_end"),
    ("a date without a basis", put("/date_basis", None), {"basis-wrong"}, "/date_basis"),
    ("a copy of its own source", put("/syndicated_from", "vestnik"), {"origin-wrong"}, "/syndicated_from"),
    ("a mention one place off", put("/actors/0/mentions/0/start", 9), {"offset-wrong"}, "/actors/0/mentions/0"),
    (
        "a mention of other words",
        put("/actors/0/mentions/1/text", "Асана Примера"),
        {"offset-wrong"},
        "/actors/0/mentions/1",
    ),
    ("a mention behind the end", put("/actors/0/mentions/1/end", 900), {"offset-wrong"}, "/actors/0/mentions/1"),
    ("a quote one place off", put("/quotes/0/end", 38), {"offset-wrong"}, "/quotes/0"),
    ("a speaker who is no actor", put("/quotes/0/speaker", "Министр"), {"speaker-unknown"}, "/quotes/0/speaker"),
    ("an actor out of reading order", second_actor_named_first, {"order-wrong"}, "/actors"),
    ("a photo that counts from 1", put("/photo_credits/0/order", 1), {"order-wrong"}, "/photo_credits/0/order"),
    (
        "a credit that is not in the block",
        put("/photo_credits/0/credit", "Весть"),
        {"not-verbatim"},
        "/photo_credits/0/credit",
    ),
    (
        "a caption of other words",
        put("/photo_credits/0/caption", "Зал суда."),
        {"not-verbatim"},
        "/photo_credits/0/caption",
    ),
    (
        "a photo behind the end of the text",
        put("/photo_credits/0/position", 900),
        {"position-outside", "not-lossless"},
        "/photo_credits/0/position",
    ),
    ("a photo at another place", put("/photo_credits/0/position", 41), {"not-lossless"}, "/provenance/raw_sha256"),
    (
        "a header one character short",
        put("/provenance/edits/0/raw", " date 2031-04"),
        {"not-lossless"},
        "/provenance/raw_sha256",
    ),
    ("an edit behind the end", put("/provenance/edits/0/length", 900), {"position-outside", "not-lossless"}, None),
    ("the hash of another text", put("/provenance/raw_sha256", "0" * 64), {"not-lossless"}, "/provenance/raw_sha256"),
    ("text that is not NFC", decomposed, {"text-not-nfc"}, "/text"),
]


def test_a_good_record_has_no_issue() -> None:
    assert check(good()) == []
    assert rebuild(good()) == RAW


@pytest.mark.parametrize(("what", "mutate", "codes", "pointer"), CASES, ids=[case[0] for case in CASES])
def test_what_is_not_so_is_found(
    what: str, mutate: Callable[[Record], None], codes: set[str], pointer: str | None
) -> None:
    record = copy.deepcopy(good())
    mutate(record)
    issues = check(record)
    assert {issue.code for issue in issues} == codes, what
    assert pointer is None or pointer in [issue.pointer or "" for issue in issues]
    assert all(issue.way_out for issue in issues)


@pytest.mark.parametrize(
    ("date", "start", "end"),
    [
        ("2032", "2032-01-01", "2032-12-31"),
        ("2032-02", "2032-02-01", "2032-02-29"),
        ("2032-02-29", "2032-02-29", "2032-02-29"),
        (None, None, None),
    ],
)
def test_the_interval_is_that_of_the_date(date: str | None, start: str | None, end: str | None) -> None:
    basis = date and "metadata"
    assert check({**good(), "date": date, "date_start": start, "date_end": end, "date_basis": basis}) == []
