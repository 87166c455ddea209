"""From offsets of an article's `text` to offsets of the raw text, in which gold lines are marked."""

from __future__ import annotations

from bisect import bisect_right

from kg_news.doc import Doc
from kg_news.records import Span


class Places:
    """What stands in `text`, found in the raw text: header and photo blocks lie between."""

    def __init__(self, doc: Doc) -> None:
        layout = doc.layout
        cuts = [(edit.position, edit.raw_start, edit.length, len(edit.raw)) for edit in layout.edits]
        blocks = zip(layout.positions, doc.photo_blocks, strict=True)
        cuts += [(position, block.span.start, 0, block.span.end - block.span.start) for position, block in blocks]
        self._cuts = sorted(cuts)
        self._positions = [position for position, *_ in self._cuts]

    def raw(self, start: int, end: int) -> Span:
        """Where a stretch of `text` stands in the raw text; both ends follow their own character."""
        return Span(self._at(start), self._at(max(start, end - 1)) + 1)

    def _at(self, offset: int) -> int:
        last = bisect_right(self._positions, offset) - 1
        if last < 0:
            return offset
        position, raw_start, length, raw_length = self._cuts[last]
        if offset < position + length:  # within characters that `text` has in another form
            return raw_start + min(offset - position, raw_length - 1)
        return raw_start + raw_length + offset - position - length
