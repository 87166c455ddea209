"""What a dataset holds, counted record by record: how much there is of each field, outlet and language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kg_news.records import Record

FILLED: Mapping[str, Callable[[Record], tuple[int, int]]] = {
    "date": lambda record: (record["date"] is not None, 1),
    "date, to the day": lambda record: (len(record["date"] or "") == len("2022-01-06"), 1),
    "source": lambda record: (record["source"] is not None, 1),
    "url": lambda record: (record["url"] is not None, 1),
    "title": lambda record: (record["title"] is not None, 1),
    "language": lambda record: (record["language"] != "und", 1),
    "licence known": lambda record: (record["rights"]["license"] != "NOASSERTION", 1),
    "photos with a credit": lambda record: _some(photo["credit"] for photo in record["photo_credits"]),
    "photos with a caption": lambda record: _some(photo["caption"] for photo in record["photo_credits"]),
    "actors in the registry": lambda record: _some(actor["id"] for actor in record["actors"]),
    "actors with a country": lambda record: _some(actor["country"] for actor in record["actors"]),
    "quotes with a speaker": lambda record: _some(quote["speaker"] for quote in record["quotes"]),
}
"""What is worth knowing of a field: name -> (how many have it, of how many) in one record."""


@dataclass(frozen=True)
class Tally:
    """Counts over articles."""

    articles: int
    outlets: Mapping[str, int]
    """Articles by outlet id, `-` where there is none; largest first."""
    languages: Mapping[str, int]
    filled: Mapping[str, tuple[int, int]]
    """As in `FILLED`, over all records."""
    years: Mapping[str, int]
    """Articles by year of publication, `-` where there is no date."""
    licences: Mapping[str, int]
    """Articles by licence of their text."""


class Facts(NamedTuple):
    """What one record adds to a tally."""

    outlet: str
    language: str
    year: str
    licence: str
    filled: tuple[tuple[int, int], ...]
    """In the order of `FILLED`."""


def facts(record: Record) -> Facts:
    """What a record adds to a tally: small, so that a million of them can be counted without the records."""
    return Facts(
        outlet=record["source"] or "-",
        language=record["language"],
        year=(record["date"] or "-")[:4],
        licence=record["rights"]["license"],
        filled=tuple((int(have), of) for have, of in (look(record) for look in FILLED.values())),
    )


def tally(records: Iterable[Record]) -> Tally:
    """Count records. They are read once, one at a time."""
    count = Count()
    for record in records:
        count.add(facts(record))
    return count.tally()


class Count:
    """A tally that grows."""

    def __init__(self) -> None:
        self.articles = 0
        self.names: tuple[Counter[str], ...] = (Counter(), Counter(), Counter(), Counter())
        self.have = [0] * len(FILLED)
        self.of = [0] * len(FILLED)

    def add(self, found: Facts) -> None:
        """Count one more record."""
        self.articles += 1
        for counter, name in zip(self.names, found[:4], strict=True):
            counter[name] += 1
        for number, (have, of) in enumerate(found.filled):
            self.have[number] += have
            self.of[number] += of

    def tally(self) -> Tally:
        """What was counted so far."""
        outlets, languages, years, licences = map(_ranked, self.names)
        filled = dict(zip(FILLED, zip(self.have, self.of, strict=True), strict=True))
        return Tally(self.articles, outlets, languages, filled, years, licences)


def _some(values: Iterable[object]) -> tuple[int, int]:
    listed = [value is not None for value in values]
    return sum(listed), len(listed)


def _ranked(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
