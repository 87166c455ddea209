"""The publication date, from explicit evidence only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from kg_news import edtf
from kg_news.doc import Doc
from kg_news.records import Issue

_IN_URL = re.compile(
    r"/(?P<y>(?:19|20)\d\d)[/-](?P<m>0[1-9]|1[0-2])(?:[/-](?P<d>0[1-9]|[12]\d|3[01]))?(?=[/?-]|$)", re.ASCII
)


class Evidence(NamedTuple):
    basis: str
    date: str


def date(doc: Doc) -> Mapping[str, Any]:
    """`date` in EDTF with its interval and basis.

    The kinds of evidence are asked in the order metadata (the sidecar's, then the raw format's), url, header. The first
    decides; a later one that lies within it makes it more precise (header `2022-01`, address `/2022/01/06/`:
    `2022-01-06` by url); one that contradicts is reported.
    """
    found = tuple(evidence(doc))
    if not found:
        return {"date": None, "date_start": None, "date_end": None, "date_basis": None}
    best = found[0]
    for other in found[1:]:
        if not edtf.agree(best.date, other.date):
            doc.issues.append(
                Issue(
                    "date-conflict",
                    f"the {best.basis} says {best.date}, the {other.basis} {other.date}; {best.date} was taken",
                    "write the right one as `date:` in the sidecar",
                    doc.raw.path,
                    severity="warning",
                    pointer="/date",
                )
            )
        elif len(other.date) > len(best.date):
            best = other
    first, last = edtf.interval(best.date)
    return {"date": best.date, "date_start": first.isoformat(), "date_end": last.isoformat(), "date_basis": best.basis}


def evidence(doc: Doc) -> Iterator[Evidence]:
    """What says when the article was published, the most trusted first."""
    if doc.raw.metadata.get("date"):
        yield Evidence("metadata", doc.raw.metadata["date"])
    if doc.raw.stated.date:
        yield Evidence("metadata", doc.raw.stated.date)
    if doc.url and (day := url_date(doc.url)):
        yield Evidence("url", day)
    if doc.raw.header_date:
        yield Evidence("header", doc.raw.header_date)


def url_date(url: str) -> str | None:
    """The date in an address's path, to the day or the month.

    >>> url_date("https://kloop.kg/blog/2022/01/06/slug/"), url_date("https://24.kg/344193_2022/")
    ('2022-01-06', None)
    """
    match = _IN_URL.search(urlsplit(url).path)
    if not match:
        return None
    day = "-".join(part for part in match.group("y", "m", "d") if part)
    return None if edtf.problem(day) else day
