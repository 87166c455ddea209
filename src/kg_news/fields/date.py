"""The publication date, from explicit evidence only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg_news import edtf
from kg_news.doc import Doc
from kg_news.read import name_in_file
from kg_news.records import Issue
from kg_news.views.published import Evidence


def date(doc: Doc) -> Mapping[str, Any]:
    """`date` in EDTF with its interval and basis.

    The kinds of evidence are asked in the order metadata (the sidecar's, then the raw format's), url, header,
    dateline. The first decides; a later one that lies within it makes it more precise (header `2022-01`, address
    `/2022/01/06/`: `2022-01-06` by url); one that contradicts is reported. A dateline without a year
    (`БИШКЕК, 22 мая — …`) says nothing alone: it takes the year of the date found so far, and only if it lies within
    that date.
    """
    best, against = doc.published
    if best is None:
        return {"date": None, "date_start": None, "date_end": None, "date_basis": None}
    doc.issues.extend(_conflict(taken, other, doc) for taken, other in against)
    first, last = edtf.interval(best.date)
    return {"date": best.date, "date_start": first.isoformat(), "date_end": last.isoformat(), "date_basis": best.basis}


def _conflict(best: Evidence, other: Evidence, doc: Doc) -> Issue:
    sidecar, correction = "write the right one as `date:` in the sidecar", "set the right one with `kg-news correct`"
    return Issue(
        "date-conflict",
        f"the {best.basis} says {best.date}, the {other.basis} {other.date}; {best.date} was taken",
        correction if name_in_file(doc.raw) else sidecar,  # the sidecar of a file of many can hold no date
        doc.raw.path,
        severity="warning",
        pointer="/date",
    )
