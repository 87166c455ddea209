"""When an article was published: what says so, and what the best of it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from kg_news import edtf
from kg_news.views.dateline import Dateline, Day

_IN_URL = re.compile(
    r"/(?P<y>(?:19|20)\d\d)(?:"
    r"-(?P<m2>0[1-9]|1[0-2])/(?P<d2>0[1-9]|[12]\d|3[01])(?=/|$)"
    r"|(?P<mark>[/-])(?P<m>0[1-9]|1[0-2])(?:(?P=mark)(?P<d>0[1-9]|[12]\d|3[01]))?(?=[/?-]|$)"
    r"|(?P<mm>0[1-9]|1[0-2])(?P<dd>0[1-9]|[12]\d|3[01])(?=/|$)"
    r"|/(?P<m1>[1-9]|1[0-2])/(?P<d1>[1-9]|[12]\d|3[01])(?=/|$))",
    re.ASCII,
)
"""`/2022/01/06/`, `/2022-01-06-slug`, `/2022/01/`, `/20220106/slug`, `/2022-01/06/`, `/2022/1/6/`."""


class Evidence(NamedTuple):
    """Something that says when an article was published."""

    basis: str
    date: str
    """EDTF level 0; of a dateline without a year, month and day alone: `--05-22`."""


def evidence(
    metadata: Sequence[str | None], url: str | None, header: str | None, datelines: Sequence[Dateline]
) -> Iterator[Evidence]:
    """What says when the article was published, the most trusted first; `metadata` and `header` in EDTF level 0."""
    for stated in metadata:
        if stated:
            yield Evidence("metadata", stated)
    if url and (in_url := url_date(url)):
        yield Evidence("url", in_url)
    if header:
        yield Evidence("header", header)
    for line in datelines:
        if line.day:
            yield Evidence("dateline", _written(line.day))


Conflict = tuple[Evidence, Evidence]
"""What was taken, and what contradicts it."""


def settled(found: Iterable[Evidence]) -> tuple[Evidence | None, tuple[Conflict, ...]]:
    """The best date, and the conflicts: a later one that lies within an earlier one makes it more precise."""
    best: Evidence | None = None
    against: list[Conflict] = []
    for one in found:
        other = _with_year(one, best)
        if other is None:
            continue
        if best is None:
            best = other
        elif not edtf.agree(best.date, other.date):
            against.append((best, other))
        elif len(other.date) > len(best.date):
            best = other
    return best, tuple(against)


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


def url_date(url: str) -> str | None:
    """The date in an address's path, to the day or the month.

    >>> url_date("https://kloop.kg/blog/2022/01/06/slug/"), url_date("https://24.kg/344193_2022/")
    ('2022-01-06', None)
    """
    match = _IN_URL.search(urlsplit(url).path)
    if not match:
        return None
    parts = match.group("y", "m", "d", "mm", "dd", "m1", "d1", "m2", "d2")
    day = "-".join(part.zfill(2) for part in parts if part)
    return None if edtf.problem(day) else day
