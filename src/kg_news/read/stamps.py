"""Points in time as formats write them, to the day that they tell."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime

from kg_news import edtf

_ISO = re.compile(
    r"\s*(?P<date>\d{4}(?:-\d{2}(?:-\d{2})?)?)"
    r"(?:[T ]+(?P<hour>\d{2}):?\d{2}(?::?\d{2}(?:[.,]\d+)?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?\s*",
    re.ASCII | re.IGNORECASE,
)
_LATEST_UTC = 16
"""Up to 16:00 UTC the day is the same in every zone from UTC to UTC+8, from Turkmenistan (+5) to Xinjiang (+8)."""


def day(stamp: str) -> str | None:
    """The date in EDTF that a time stamp tells; None where it is not one.

    A stamp in local time (with its offset, or without a zone) tells its day as written. One in UTC was converted by a
    machine: from 16:00 on it may be the next day where the outlet is, so it tells what both days share.

    >>> day("2031-04-05T23:10:00+06:00"), day("2031-04-05 23:10"), day("Sat, 05 Apr 2031 08:10:00 +0000")
    ('2031-04-05', '2031-04-05', '2031-04-05')
    >>> day("2031-04-05T23:10:00Z"), day("2031-12-31T23:10:00Z")
    ('2031-04', None)
    """
    match = _match(stamp)
    if not match:
        return None
    date: str = match["date"]
    in_utc = (match["zone"] or "").upper() in {"Z", "UTC", "GMT", "+00:00", "+0000", "-00:00", "-0000", "+00"}
    if not in_utc or int(match["hour"]) < _LATEST_UTC:
        return date
    _, last = edtf.interval(date[:7])
    return None if date.endswith("-12-31") else date[:4] if date == last.isoformat() else date[:7]


def is_stamp(text: str) -> bool:
    """Whether a text is a time stamp at all, whatever day it tells.

    >>> is_stamp("2031-12-31T23:10:00Z"), is_stamp("2031-13-01"), is_stamp("last Monday")
    (True, False, False)
    """
    return _match(text) is not None


def _match(stamp: str) -> re.Match[str] | None:
    match = _ISO.fullmatch(stamp) or _ISO.fullmatch(_from_mail(stamp) or "")
    return match if match and not edtf.problem(match["date"]) else None


def _from_mail(stamp: str) -> str | None:
    """`Sat, 05 Apr 2031 23:10:00 +0600` (RFC 5322, as RSS has it) in ISO 8601."""
    try:
        moment = parsedate_to_datetime(stamp)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.isoformat() if moment.tzinfo else moment.isoformat() + "Z"
