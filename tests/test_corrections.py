"""Curators' corrections: applied last, recorded, and refused when they lead nowhere or change nothing."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from kg_news.check import check
from kg_news.corrections import correct
from kg_news.errors import InputError
from kg_news.normalize import normalize
from kg_news.records import Record
from kg_news.registry import Correction
from reading import raw_article, shipped_registry

ARTICLE = "invented/2031-04/text"
OUTLETS = shipped_registry().outlets
TEXT = (
    " date 2031-04 Началось заседание. Зал совета. Фото: Улан Сынаков / «Зорька» "
    "Депутат Асан Примеров сказал, что «школу откроют»."
)


@pytest.fixture(scope="module")
def record() -> Record:
    return normalize(raw_article(TEXT), shipped_registry())[0]


def correction(field: str, value: Any, reason: str = "The page has it.") -> Correction:
    return Correction(
        article=ARTICLE, field=field, value=value, reason=reason, by="A. Curator", date="2031-05-01", file="text.yml"
    )


def at(record: Record, pointer: str) -> Any:
    value: Any = record
    for part in pointer.split("/")[1:]:
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value


GOOD = [
    ("/title", "Совет собрался"),
    ("/language", "und"),
    ("/photo_credits/0/kind", "staff"),
    ("/photo_credits/0/caption", None),
    ("/photo_credits/0/creators", ["Улан Сынаков", "Бурул Образцова"]),
    ("/actors/0/offices/0", "депутат горсовета"),
    ("/quotes/0/speaker", None),
    ("/rights/license", "CC-BY-4.0"),
    ("/rights/license", "LicenseRef-Zorka OR MIT"),
    ("/rights", {"license": "CC0-1.0", "holder": None, "evidence_url": None}),
]


@pytest.mark.parametrize(("field", "value"), GOOD)
def test_a_value_is_set_and_what_was_done_is_written_down(record: Record, field: str, value: Any) -> None:
    before = copy.deepcopy(record)
    corrected = correct(record, [correction(field, value)], OUTLETS)
    assert at(corrected, field) == value
    assert corrected["provenance"]["corrections"] == [
        {"file": "text.yml", "field": field, "reason": "The page has it.", "by": "A. Curator"}
    ]
    assert check(corrected) == []
    assert record == before, "the record that came in is as it was"


DATES: list[tuple[str | None, str | None, str | None, str | None]] = [
    ("2031-04-05", "2031-04-05", "2031-04-05", "correction"),
    ("2031", "2031-01-01", "2031-12-31", "correction"),
    (None, None, None, None),
]


@pytest.mark.parametrize(("date", "start", "end", "basis"), DATES)
def test_the_interval_follows_a_corrected_date(
    record: Record, date: str | None, start: str | None, end: str | None, basis: str | None
) -> None:
    corrected = correct(record, [correction("/date", date)], OUTLETS)
    assert [corrected[name] for name in ("date", "date_start", "date_end", "date_basis")] == [date, start, end, basis]
    assert check(corrected) == []


NAMES = [
    # corrections, and the source and its name that come of them
    ([("/source", "kloop")], ("kloop", "Клооп")),
    ([("/source", "kloop"), ("/source_name", "Kloop Media")], ("kloop", "Kloop Media")),
    ([("/source_name", "Kloop Media"), ("/source", "kloop")], ("kloop", "Kloop Media")),
    ([("/source", "kloop"), ("/source", None)], (None, None)),
]


@pytest.mark.parametrize(("values", "expected"), NAMES)
def test_the_name_follows_a_corrected_source(
    record: Record, values: list[tuple[str, Any]], expected: tuple[str | None, str | None]
) -> None:
    corrected = correct(record, [correction(field, value) for field, value in values], OUTLETS)
    assert (corrected["source"], corrected["source_name"]) == expected
    assert check(corrected) == []


def test_corrections_are_applied_one_after_the_other(record: Record) -> None:
    corrected = correct(record, [correction("/title", "Первое"), correction("/title", "Второе", "A typo.")], OUTLETS)
    assert corrected["title"] == "Второе"
    assert [done["reason"] for done in corrected["provenance"]["corrections"]] == ["The page has it.", "A typo."]


def test_no_correction_changes_nothing(record: Record) -> None:
    assert correct(record, [], OUTLETS) is record


BAD = [
    # field, value, code, words of the message
    ("/mood", "gloomy", "correction-lost", "has no value at /mood"),
    ("/photo_credits/1/kind", "staff", "correction-lost", "has no value at /photo_credits/1/kind"),
    ("/photo_credits/-1/kind", "staff", "correction-lost", "has no value"),
    ("/photo_credits/00/kind", "staff", "correction-lost", "has no value"),
    ("/photo_credits/-/kind", "staff", "correction-lost", "has no value"),
    ("/photo_credits/first/kind", "staff", "correction-lost", "has no value"),
    ("/photo_credits/²/kind", "staff", "correction-lost", "has no value"),
    ("/title/deeper", "x", "correction-lost", "has no value"),
    ("/title/0", "x", "correction-lost", "has no value"),
    ("/text/0", "x", "correction-lost", "has no value"),
    ("/photo_credits/0/kind", "agency", "correction-stale", "is 'agency' already"),
    ("/title", None, "correction-stale", "is None already"),
    ("/date", "2031-04", "correction-stale", "is '2031-04' already"),
    ("/date", "2031-13", "date-invalid", "month"),
    ("/source", "kloopp", "outlet-unknown", "no outlet 'kloopp'"),
    ("/source", "Kloop!", "id-invalid", ""),
    ("/rights/license", "FOO BAR", "license-invalid", "'FOO BAR' is no SPDX licence expression"),
    ("/language", "xx", "value-unknown", "'xx'"),
    ("/photo_credits/0/kind", 7, "type-wrong", ""),
    ("/actors/0", {"name": "Асан"}, "field-missing", ""),
]


@pytest.mark.parametrize(("field", "value", "code", "says"), BAD)
def test_a_correction_that_cannot_be_applied_is_refused(
    record: Record, field: str, value: Any, code: str, says: str
) -> None:
    before = copy.deepcopy(record)
    with pytest.raises(InputError) as caught:
        correct(record, [correction(field, value)], OUTLETS)
    assert code in [issue.code for issue in caught.value.issues]
    assert all(issue.path == "registry/corrections/text.yml" for issue in caught.value.issues)
    assert all(issue.way_out for issue in caught.value.issues)
    assert says in str(caught.value)
    assert record == before


def test_a_pointer_may_hold_its_two_signs_escaped(record: Record) -> None:
    odd = {**record, "provenance": {**record["provenance"], "a/b~c": 1}}
    with pytest.raises(InputError) as caught:
        correct(odd, [correction("/provenance/a~1b~0c", 2)], OUTLETS)
    assert "correction-lost" not in [issue.code for issue in caught.value.issues], "found, and then the schema says no"


def test_normalize_applies_the_registrys_corrections_last(record: Record) -> None:
    corrections: Mapping[str, tuple[Correction, ...]] = MappingProxyType(
        {ARTICLE: (correction("/title", "Совет собрался"),), "invented/2031-04/other": (correction("/title", "Нет"),)}
    )
    registry = replace(shipped_registry(), corrections=corrections)
    corrected, _ = normalize(raw_article(TEXT), registry)
    assert corrected["title"] == "Совет собрался"
    assert {**corrected, "title": None, "provenance": None} == {**record, "provenance": None}
