"""Dates: what `datetime` and the schema's pattern say of them, `edtf` says too."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg_news import edtf
from kg_news.ecma import compiled
from kg_news.schema import load_schema

PATTERN = compiled(load_schema("article")["properties"]["date"]["pattern"])

DATES = st.dates()
LOOKALIKES = st.from_regex(r"[0-9]{3,5}(-[0-9]{1,3}){0,3}", fullmatch=True) | st.text("0123456789-/. ٢\n", max_size=12)


@given(DATES)
def test_every_day_month_and_year_is_a_date(day: date) -> None:
    text = day.isoformat()
    first = day.replace(day=1)
    last = first.replace(day=monthrange(day.year, day.month)[1])
    assert edtf.interval(text) == (day, day)
    assert edtf.interval(text[:7]) == (first, last)
    assert edtf.interval(text[:4]) == (date(day.year, 1, 1), date(day.year, 12, 31))
    assert not any(edtf.problem(part) for part in (text, text[:7], text[:4]))


@given(LOOKALIKES)
@example("0000")
@example("2022-02-29")
@example("2000-02-29")
@example("1900-02-29")
@example("2022-01-06\n")
@example("٢٠٢٢")
def test_it_agrees_with_the_schema(text: str) -> None:
    assert (edtf.problem(text) is None) == bool(PATTERN.search(text))


@given(LOOKALIKES)
def test_what_is_no_date_has_no_interval(text: str) -> None:
    if edtf.problem(text):
        with pytest.raises(ValueError, match=r"is not a date|has no"):
            edtf.interval(text)
    else:
        first, last = edtf.interval(text)
        assert first <= last < first + timedelta(366)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2022-13", "'2022-13' has no month 13"),
        ("2022-00", "'2022-00' has no month 00"),
        ("2022-02-30", "'2022-02-30' has no day 30"),
        ("2022-01-00", "'2022-01-00' has no day 00"),
        ("0000", "'0000' has no year 0000"),
        ("0000-01", "'0000-01' has no year 0000"),
        ("2022-1", "'2022-1' is not a date"),
        ("06.01.2022", "'06.01.2022' is not a date"),
        ("", "'' is not a date"),
    ],
)
def test_a_problem_is_named(text: str, problem: str) -> None:
    assert edtf.problem(text) == problem


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("2022-01-06", "2022-01", True),
        ("2022-01-06", "2022", True),
        ("2022", "2022-12-31", True),
        ("2022-01", "2022-01", True),
        ("2022-01-06", "2022-01-07", False),
        ("2022-01", "2022-02", False),
        ("2022", "2021-12", False),
    ],
)
def test_dates_agree_when_one_lies_within_the_other(one: str, other: str, agree: bool) -> None:
    assert edtf.agree(one, other) is agree
    assert edtf.agree(other, one) is agree


@given(DATES, DATES, st.sampled_from([4, 7, 10]), st.sampled_from([4, 7, 10]))
def test_agreement_is_containment_of_the_intervals(one: date, other: date, long: int, short: int) -> None:
    a, b = one.isoformat()[:long], other.isoformat()[:short]
    (a1, a2), (b1, b2) = edtf.interval(a), edtf.interval(b)
    assert edtf.agree(a, b) == ((a1 <= b1 and b2 <= a2) or (b1 <= a1 and a2 <= b2))
