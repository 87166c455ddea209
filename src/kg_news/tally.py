"""What a dataset holds, counted record by record: how much there is of each field, outlet and language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

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


def tally(records: Iterable[Record]) -> Tally:
    """Count. The records are read once, one at a time."""
    outlets: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    have: Counter[str] = Counter()
    total: Counter[str] = Counter()
    articles = 0
    for record in records:
        articles += 1
        outlets[record["source"] or "-"] += 1
        languages[record["language"]] += 1
        for name, look in FILLED.items():
            some, every = look(record)
            have[name] += some
            total[name] += every
    return Tally(articles, _ranked(outlets), _ranked(languages), {name: (have[name], total[name]) for name in FILLED})


def _some(values: Iterable[object]) -> tuple[int, int]:
    listed = [value is not None for value in values]
    return sum(listed), len(listed)


def _ranked(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
