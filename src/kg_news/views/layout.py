"""From the raw text to `text` and back: what is cut, what is kept, and the edits that undo it.

`text` is the raw text less the header and the photo blocks, with `\\n` line ends, in Unicode form NFC. Whatever is
taken out or changed becomes an `Edit` (photo blocks keep their own place), so that `records.rebuild` gives the raw
text back.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from kg_news.records import Edit, Span

_PIECE = re.compile(r"\r\n?|[^\r]+")


@dataclass(frozen=True)
class Layout:
    """`text`, the edits that lead back, and where each photo block stood in `text`."""

    text: str
    edits: tuple[Edit, ...]
    positions: tuple[int, ...]


def lay_out(raw: str, header: Span | None, blocks: Iterable[Span]) -> Layout:
    """Cut header and blocks (disjoint, in order) out of the raw text."""
    builder = _Builder(raw)
    done, positions = 0, []
    for span, kind in _cuts(raw, header, tuple(blocks)):
        builder.keep(done, span.start)
        if kind == "block":
            positions.append(len(builder))
        else:
            builder.drop(span, kind)
        done = span.end
    builder.keep(done, len(raw))
    return Layout(builder.text(), tuple(builder.edits), tuple(positions))


def _cuts(raw: str, header: Span | None, blocks: tuple[Span, ...]) -> list[tuple[Span, str]]:
    """Every stretch that `text` will not have: header, blocks, stray accents, and the white space that cuts leave
    doubled.
    """
    cuts = [(header, "header")] if header else []
    cuts += [(block, "block") for block in blocks]
    ends = [span.end for span, _ in cuts] or [0]
    limits = [*(span.start for span, _ in cuts[1:]), len(raw)]
    cuts += [(mark, "unicode") for end, limit in zip(ends, limits, strict=True) if (mark := _stray(raw, end, limit))]
    cuts.sort()
    return sorted([*cuts, *((gap, "whitespace") for gap in _gaps(raw, [span for span, _ in cuts]))])


def _stray(raw: str, start: int, limit: int) -> Span | None:
    """Accents whose letter went with the cut before them: they would land on another letter."""
    end = start
    while end < limit and (
        unicodedata.category(raw[end])[0] == "M" or "\u1160" <= raw[end] <= "\u11ff" or raw[end] == "\ufeff"
    ):
        end += 1
    return Span(start, end) if end > start else None


def _gaps(raw: str, cuts: list[Span]) -> list[Span]:
    """White space to drop: all of it at both ends of the text, and one of the two runs around a cut in its middle.

    The run that stays is the one with more line breaks, so that a paragraph's end stays one.
    """
    gaps: list[Span] = []
    kept_any = False  # whether anything but white space has been kept so far
    left = Span(0, 0)  # the white space at the end of what has been kept so far
    bounds = [Span(0, 0), *cuts, Span(len(raw), len(raw))]
    for before, after in itertools.pairwise(bounds):
        start, end = before.end, after.start
        first = start
        while first < end and raw[first].isspace():
            first += 1
        left, dropped = _weigh(raw, left, Span(start, first), kept_any)
        gaps.append(dropped)
        if first < end:
            kept_any = True
            last = end
            while raw[last - 1].isspace():
                last -= 1
            left = Span(last, end)
    return [gap for gap in (*gaps, left) if gap.start < gap.end]


def _weigh(raw: str, left: Span, right: Span, kept_any: bool) -> tuple[Span, Span]:
    """Which of the runs of white space left and right of a cut stays, and which goes."""
    if not kept_any or left.start == left.end:
        return (right, left) if kept_any else (left, right)
    more = raw.count("\n", *right) > raw.count("\n", *left)
    return (right, left) if more else (left, right)


class _Builder:
    """Collects `text` piece by piece, and the edits beside it."""

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._parts: list[str] = []
        self._length = 0
        self.edits: list[Edit] = []

    def __len__(self) -> int:
        return self._length

    def text(self) -> str:
        return "".join(self._parts)

    def drop(self, span: Span, kind: str) -> None:
        self.edits.append(Edit(span.start, self._raw[span.start : span.end], self._length, 0, kind))

    def keep(self, start: int, end: int) -> None:
        for match in _PIECE.finditer(self._raw, start, end):
            piece = match.group()
            if piece[0] == "\r":
                self._replace(match.start(), piece, "\n", "newline")
            elif unicodedata.is_normalized("NFC", piece):
                self._add(piece)
            else:
                self._keep_other_form(match.start(), piece)

    def _keep_other_form(self, start: int, piece: str) -> None:
        clusters = _clusters(piece)
        if "".join(unicodedata.normalize("NFC", cluster) for cluster in clusters) != unicodedata.normalize(
            "NFC", piece
        ):
            clusters = [piece]
        for cluster in clusters:
            form = unicodedata.normalize("NFC", cluster)
            if form == cluster:
                self._add(form)
            else:
                self._replace(start, cluster, form, "unicode")
            start += len(cluster)

    def _replace(self, start: int, raw: str, form: str, kind: str) -> None:
        self.edits.append(Edit(start, raw, self._length, len(form), kind))
        self._add(form)

    def _add(self, piece: str) -> None:
        self._parts.append(piece)
        self._length += len(piece)


def _clusters(text: str) -> list[str]:
    """The text in pieces of a letter with its combining marks; unaccented stretches stay whole."""
    return re.findall(_CLUSTER, text)


_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_CLUSTER = re.compile(rf"(?:[^{_MARKS}](?![{_MARKS}]))+|[^{_MARKS}]?[{_MARKS}]+")
