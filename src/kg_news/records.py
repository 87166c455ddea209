"""The values that travel between the rooms, all frozen.

`Article` and what it holds mirror `schema/article.schema.json` property by property; a test holds the two together.
Offsets are code points; `start` is the first, `end` is behind the last.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

Record = dict[str, Any]
"""An article as JSON: what `schema/article.schema.json` describes."""

Severity = Literal["error", "warning"]


class Span(NamedTuple):
    """A half-open stretch of a text."""

    start: int
    end: int


@dataclass(frozen=True)
class Issue:
    """One thing that is wrong or doubtful: where, what, and the way out.

    >>> print(Issue("date-invalid", "'2022-13' has no month 13", "write YYYY-MM", "raw/a/x.yml", 3, 7))
    raw/a/x.yml:3:7: error[date-invalid] '2022-13' has no month 13; write YYYY-MM
    """

    code: str
    message: str
    way_out: str
    path: str | None = None
    line: int | None = None
    """Line in the file, from 1."""
    column: int | None = None
    """Column in the line, in code points, from 1."""
    severity: Severity = "error"
    pointer: str | None = None
    """JSON pointer to the value in the record or the file."""
    article: str | None = None
    """The article's id, where its file can hold several."""

    @property
    def place(self) -> str:
        """`path:line:column`, as far as they are known."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)

    @property
    def at(self) -> str | None:
        """The pointer, unless a place in the file says the same."""
        return self.pointer if self.line is None or self.article else None

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        whose = f" article {self.article!r}:" if self.article else ""
        at = f" at {self.at}" if self.at else ""
        return f"{place}{self.severity}[{self.code}]{whose}{at} {self.message}; {self.way_out}"


@dataclass(frozen=True)
class Stated:
    """What the raw file itself says of the article, beside its text."""

    title: str | None = None
    url: str | None = None
    date: str | None = None
    """EDTF level 0."""
    language: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True)
class RawPhoto:
    """A photo block that the raw format marks as one; spans are of the raw text."""

    span: Span
    caption: Span | None = None
    """Where the format marks the caption; without it, it is what the marker and the credit leave of the block."""
    credit: Span | None = None
    """Where the format marks the credit; without it, it is sought in the block."""


@dataclass(frozen=True)
class RawArticle:
    """An article as it was received."""

    id: str
    text: str
    """The raw text, every character of it; of a structured format (HTML, JSON, XML) the text that its reader makes."""
    path: str
    """Where it lies under `raw/`; `-` for standard input."""
    sha256: str
    """Of the raw text in UTF-8."""
    format: str
    """The reader that read it."""
    metadata: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    """What the sidecar says; empty without one."""
    metadata_path: str | None = None
    header: Span | None = None
    """Where the raw text's own header stands, white space around it included."""
    header_date: str | None = None
    stated: Stated = field(default_factory=Stated)
    photos: tuple[RawPhoto, ...] = ()
    """Photo blocks that the format marks, disjoint and in order; others may stand in the text without a mark."""
    doubts: tuple[Issue, ...] = ()
    """What the reader found doubtful: warnings."""
    line: int | None = None
    """Where it begins, from 1, in a file of many that has lines."""


@dataclass(frozen=True)
class Photo:
    """One entry of `photo_credits`."""

    order: int
    marker: str | None
    credit: str | None
    creators: tuple[str, ...]
    agencies: tuple[str, ...]
    kind: str
    caption: str | None
    block: str
    position: int
    raw_start: int
    confidence: float


@dataclass(frozen=True, order=True)
class Mention:
    """A place in `text` where an actor is named."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Actor:
    """Somebody or something that acts, with all places where it is named."""

    name: str
    type: str
    id: str | None
    wikidata: str | None
    country: str | None
    offices: tuple[str, ...]
    method: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True)
class Quote:
    """What somebody says, directly or as the article reports it."""

    text: str
    start: int
    end: int
    kind: str
    speaker: str | None
    cue: str | None


@dataclass(frozen=True)
class Rights:
    """Under what licence the text stands, and who holds the rights."""

    license: str = "NOASSERTION"
    holder: str | None = None
    evidence_url: str | None = None


@dataclass(frozen=True)
class AppliedCorrection:
    """A correction that has set a value of the record."""

    file: str
    field: str
    reason: str
    by: str


@dataclass(frozen=True)
class Edit:
    """Characters of the raw text that `text` lacks, or has in another form."""

    raw_start: int
    raw: str
    position: int
    length: int
    kind: str


@dataclass(frozen=True)
class Provenance:
    """Where the record comes from, and what leads back to the raw text."""

    raw_path: str
    raw_sha256: str
    raw_format: str
    normalizer_version: str
    corrections: tuple[AppliedCorrection, ...]
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class Article:
    """One row of the dataset."""

    id: str
    date: str | None
    date_start: str | None
    date_end: str | None
    date_basis: str | None
    source: str | None
    source_name: str | None
    syndicated_from: str | None
    url: str | None
    language: str
    language_confidence: float
    title: str | None
    text: str
    photo_credits: tuple[Photo, ...]
    actors: tuple[Actor, ...]
    quotes: tuple[Quote, ...]
    rights: Rights
    provenance: Provenance

    def record(self) -> Record:
        """The article as plain JSON values."""
        record: Record = _plain(self)
        return record


def _plain(value: Any) -> Any:
    """`asdict` copies the text and all that cannot change, too."""
    if type(value) in _ATOMS:
        return value
    if hasattr(type(value), "__dataclass_fields__"):
        # A frozen dataclass has its fields, and nothing else, in its dictionary, in their order.
        return {name: item if type(item) in _ATOMS else _plain(item) for name, item in vars(value).items()}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value


_ATOMS = frozenset({str, int, float, bool, type(None)})


def rebuild(record: Mapping[str, Any]) -> str:
    """The raw text, put together again from a record alone.

    Photo blocks and edits, taken in the order in which they stood in the raw text, go back to their positions.
    """
    pieces = [
        (edit["raw_start"], edit["position"], edit["length"], edit["raw"]) for edit in record["provenance"]["edits"]
    ]
    pieces += [(photo["raw_start"], photo["position"], 0, photo["block"]) for photo in record["photo_credits"]]
    text, out, done = record["text"], [], 0
    for _, position, length, raw in sorted(pieces):
        out += [text[done:position], raw]
        done = position + length
    return "".join([*out, text[done:]])
