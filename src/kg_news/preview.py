"""What kg-news makes of an article, cut up for showing: the text in pieces, each with what was found in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from kg_news.errors import InputError
from kg_news.records import Issue, RawArticle, Record
from kg_news.registry import Registry
from kg_news.validate import located

_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
"""What a screen would obey, or not show: escape sequences, direction marks, characters without width."""


@dataclass(frozen=True)
class Piece:
    """A stretch of the article with one look. Photo blocks stand where they stood in the raw text."""

    text: str
    actor: int | None = None
    """Number in the record's `actors`, from 0."""
    quote: int | None = None
    photo: int | None = None
    part: str | None = None
    """Of a photo block: `caption`, `marker`, `credit`, or None for what is between them."""
    ends: bool = False
    """Whether a mention ends here: its number is shown once."""


@dataclass(frozen=True)
class Preview:
    """One article, or what keeps it from being one."""

    name: str
    """The file."""
    record: Record | None
    pieces: tuple[Piece, ...]
    issues: tuple[Issue, ...]

    @property
    def errors(self) -> int:
        """How many of the issues are errors."""
        return sum(issue.severity == "error" for issue in self.issues)


def previews(
    names: Iterable[str],
    stdin: BinaryIO,
    registry: Registry,
    *,
    format: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Preview]:
    """The articles in files, or on standard input for `-`, one after the other. A broken one has issues and no text."""
    from kg_news.inputs import read_input

    for name in names:
        for raw in read_input(name, stdin, format=format, columns=columns):
            if isinstance(raw, InputError):
                yield Preview(name, None, (), raw.issues)
            else:
                yield _preview(name, raw, registry)


def _preview(name: str, raw: RawArticle, registry: Registry) -> Preview:
    from kg_news.check import check
    from kg_news.normalize import normalize
    from kg_news.read import in_file

    path = Path(name)
    lacking = _lacking(path) if raw.metadata_path is None and "raw" in path.parts else []
    try:
        record, doubts = normalize(raw, registry)
    except InputError as error:
        return Preview(name, None, (), (*lacking, *(located(in_file(issue, raw), path) for issue in error.issues)))
    issues = tuple(located(in_file(issue, raw), path) for issue in (*doubts, *check(record)))
    return Preview(name, record, tuple(pieces(record)), (*lacking, *issues))


def _lacking(path: Path) -> list[Issue]:
    from kg_news.read.sidecar import read_sidecar

    return read_sidecar(path.with_suffix(".yml"))[1]


def pieces(record: Record) -> Iterator[Piece]:
    """The record's text and photo blocks in reading order; put together they are both, to the last character."""
    text: str = record["text"]
    mentions = _spans(
        (mention, number) for number, actor in enumerate(record["actors"]) for mention in actor["mentions"]
    )
    quotes = _spans((quote, number) for number, quote in enumerate(record["quotes"]))
    photos = sorted(enumerate(record["photo_credits"]), key=lambda item: item[1]["position"])
    cuts = {0, len(text), *(photo["position"] for _, photo in photos)}
    cuts |= {place for start, end, _ in (*mentions, *quotes) for place in (start, end)}
    places = sorted(cuts)
    for start, end in zip(places, [*places[1:], len(text)], strict=True):
        while photos and photos[0][1]["position"] <= start:
            yield from _block(*photos.pop(0))
        mentions, actor = _at(mentions, start)
        quotes, quote = _at(quotes, start)
        if start < end:
            ends = actor is not None and actor[1] == end
            yield Piece(text[start:end], actor and actor[2], quote and quote[2], ends=ends)


_Marked = tuple[int, int, int]
"""Start, end, number."""


def _spans(found: Iterable[tuple[dict[str, Any], int]]) -> list[_Marked]:
    return sorted(((span["start"], span["end"], number) for span, number in found), reverse=True)


def _at(marked: list[_Marked], place: int) -> tuple[list[_Marked], _Marked | None]:
    """The mark over a place; those that end before it are dropped. The next one stands last."""
    while marked and marked[-1][1] <= place:
        marked.pop()
    return marked, marked[-1] if marked and marked[-1][0] <= place else None


def _block(number: int, photo: dict[str, Any]) -> Iterator[Piece]:
    """A photo block, its caption, marker and credit apart."""
    block: str = photo["block"]
    parts: list[tuple[int, int, str]] = []
    for name in ("caption", "marker", "credit"):
        words = photo[name]
        # What was found first is not looked through again: the caption may hold the word «Фото:» itself.
        places = (match.span() for match in re.finditer(re.escape(words), block)) if words else ()
        free = (place for place in places if all(place[1] <= start or place[0] >= end for start, end, _ in parts))
        if place := next(free, None):
            parts.append((*place, name))
    done = 0
    for start, end, name in sorted(parts):
        if done < start:
            yield Piece(block[done:start], photo=number)
        yield Piece(block[start:end], photo=number, part=name)
        done = end
    if done < len(block):
        yield Piece(block[done:], photo=number)


def visible(text: str) -> str:
    """A text that a terminal or browser shows and does not obey.

    >>> visible("a" + chr(27) + "[31m" + chr(0x202E))
    'a⟦U+001B⟧[31m⟦U+202E⟧'
    """
    return _ODD.sub(lambda match: f"⟦U+{ord(match[0]):04X}⟧", text)


def facts(record: Record) -> list[tuple[str, str]]:
    """The values of a record that are one word or line, with their names."""
    rights = record["rights"]
    date = f"{record['date']} (by {record['date_basis']})" if record["date"] else "not known"
    source = f"{record['source_name']} ({record['source']})" if record["source"] else "not known"
    rows = [
        ("date", date),
        ("source", source),
        ("language", record["language"]),
        ("address", record["url"] or "not known"),
        ("rights", " · ".join(value for value in (rights["license"], rights["holder"]) if value)),
    ]
    dropped = [edit["raw"].strip() for edit in record["provenance"]["edits"] if edit["kind"] == "header"]
    rows += [("header, taken out", raw) for raw in dropped if raw]
    return rows


def counted(number: int, what: str) -> str:
    """
    >>> counted(1, "quote"), counted(0, "photo")
    ('1 quote', 'no photos')
    """
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"


def described_actor(actor: dict[str, Any]) -> str:
    """An actor in a line, without the name: type, country, offices, link."""
    link = [actor["id"] or "not in the registry"]
    return " · ".join([actor["type"], *filter(None, [actor["country"]]), *actor["offices"], *link])


def described_photo(photo: dict[str, Any]) -> str:
    """A photo in a line: its kind and how sure the rules are."""
    lacks = [f"no {name}" for name in ("caption", "credit") if photo[name] is None]
    return " · ".join([f"photo {photo['order'] + 1}", photo["kind"], f"confidence {photo['confidence']:g}", *lacks])


def described_quote(quote: dict[str, Any]) -> str:
    """Who says it, and by which word that is known."""
    cue = f" · by the word «{quote['cue']}»" if quote["cue"] else ""
    kind = " · reported" if quote["kind"] == "indirect" else ""
    return f"{quote['speaker'] or 'speaker not known'}{kind}{cue}"
