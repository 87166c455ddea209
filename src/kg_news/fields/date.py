"""The publication date, from explicit evidence only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from kg_news import edtf
from kg_news.doc import Doc
from kg_news.records import Issue
from kg_news.views.dateline import Day

_IN_URL = re.compile(
    r"/(?P<y>(?:19|20)\d\d)(?:"
    r"(?P<mark>[/-])(?P<m>0[1-9]|1[0-2])(?:(?P=mark)(?P<d>0[1-9]|[12]\d|3[01]))?(?=[/?-]|$)"
    r"|(?P<mm>0[1-9]|1[0-2])(?P<dd>0[1-9]|[12]\d|3[01])(?=/|$))",
    re.ASCII,
)
"""`/2022/01/06/`, `/2022-01-06-slug`, `/2022/01/`, `/20220106/slug`."""


class Evidence(NamedTuple):
    basis: str
    date: str
    """EDTF level 0; of a dateline without a year, month and day alone: `--05-22`."""


def date(doc: Doc) -> Mapping[str, Any]:
    """`date` in EDTF with its interval and basis.

    The kinds of evidence are asked in the order metadata (the sidecar's, then the raw format's), url, header,
    dateline. The first decides; a later one that lies within it makes it more precise (header `2022-01`, address
    `/2022/01/06/`: `2022-01-06` by url); one that contradicts is reported. A dateline without a year
    (`БИШКЕК, 22 мая — …`) says nothing alone: it takes the year of the date found so far, and only if it lies within
    that date.
    """
    best: Evidence | None = None
    for found in evidence(doc):
        other = _with_year(found, best)
        if other is None:
            continue
        if best is None:
            best = other
        elif not edtf.agree(best.date, other.date):
            doc.issues.append(_conflict(best, other, doc))
        elif len(other.date) > len(best.date):
            best = other
    if best is None:
        return {"date": None, "date_start": None, "date_end": None, "date_basis": None}
    first, last = edtf.interval(best.date)
    return {"date": best.date, "date_start": first.isoformat(), "date_end": last.isoformat(), "date_basis": best.basis}


def evidence(doc: Doc) -> Iterator[Evidence]:
    """What says when the article was published, the most trusted first."""
    if doc.raw.metadata.get("date"):
        yield Evidence("metadata", doc.raw.metadata["date"])
    if doc.raw.stated.date:
        yield Evidence("metadata", doc.raw.stated.date)
    if doc.url and (in_url := url_date(doc.url)):
        yield Evidence("url", in_url)
    if doc.raw.header_date:
        yield Evidence("header", doc.raw.header_date)
    for line in doc.datelines:
        if line.day:
            yield Evidence("dateline", _written(line.day))


def _written(day: Day) -> str:
    return day.edtf() or f"--{day.month:02}-{day.day:02}"


def _with_year(found: Evidence, best: Evidence | None) -> Evidence | None:
    """The evidence with the year of the best so far where it has none; None where no year is known, or where that year
    has no such day (29 February).
    """
    if not found.date.startswith("--"):
        return found
    if best is None:
        return None
    date = best.date[:4] + found.date[1:]
    return None if edtf.problem(date) else found._replace(date=date)


def _conflict(best: Evidence, other: Evidence, doc: Doc) -> Issue:
    return Issue(
        "date-conflict",
        f"the {best.basis} says {best.date}, the {other.basis} {other.date}; {best.date} was taken",
        "write the right one as `date:` in the sidecar",
        doc.raw.path,
        severity="warning",
        pointer="/date",
    )


def url_date(url: str) -> str | None:
    """The date in an address's path, to the day or the month.

    >>> url_date("https://kloop.kg/blog/2022/01/06/slug/"), url_date("https://24.kg/344193_2022/")
    ('2022-01-06', None)
    """
    match = _IN_URL.search(urlsplit(url).path)
    if not match:
        return None
    day = "-".join(part for part in match.group("y", "m", "d", "mm", "dd") if part)
    return None if edtf.problem(day) else day
