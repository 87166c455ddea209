"""Dates of EDTF level 0 (ISO 8601-2:2019, Annex A): `2022`, `2022-01`, `2022-01-06`, and the interval that each
names.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

WAY_OUT = "write YYYY, YYYY-MM or YYYY-MM-DD"
_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def problem(text: str) -> str | None:
    """Why `text` is not a date, as a sentence; None when it is one.

    >>> problem("2022-13"), problem("2022-01")
    ("'2022-13' has no month 13", None)
    """
    if not (match := _FORM.fullmatch(text)):
        return f"'{text}' is not a date"
    year, month, day = (int(part) if part else None for part in match.groups())
    if year == 0:
        return f"'{text}' has no year 0000"
    if month is not None and not 1 <= month <= 12:
        return f"'{text}' has no month {month:02}"
    if month is not None and day is not None and not 1 <= day <= monthrange(year or 1, month)[1]:
        return f"'{text}' has no day {day:02}"
    return None


def interval(edtf: str) -> tuple[date, date]:
    """First and last day of the date. ValueError where it is not one.

    >>> interval("2022-02")
    (datetime.date(2022, 2, 1), datetime.date(2022, 2, 28))
    """
    if trouble := problem(edtf):
        raise ValueError(trouble)
    year, month, day = (int(part) for part in (edtf + "-0-0").split("-")[:3])
    first = date(year, month or 1, day or 1)
    last_month = month or 12
    return first, date(year, last_month, day or monthrange(year, last_month)[1])


def agree(one: str, other: str) -> bool:
    """Whether one of the two dates lies within the other: `2022-01-06` within `2022-01`."""
    return (one + "-").startswith(other + "-") or (other + "-").startswith(one + "-")
