"""Photo blocks that the raw format marks: a figure of a page says where its caption begins, so nothing is guessed.

What the format leaves open, the words decide: the marker (`Фото:`) and the shape of the credit part the two.
"""

from __future__ import annotations

import re

from kg_news.records import RawPhoto, Span
from kg_news.views.credited import credited
from kg_news.views.credits import read_credit
from kg_news.views.photo_blocks import PhotoBlock, PhotoTerms, kind_of

_BEGINS = re.compile(r"[\s.,;:|/)\]–—-]*")


def with_marked(
    text: str, photos: tuple[RawPhoto, ...], found: tuple[PhotoBlock, ...], terms: PhotoTerms
) -> tuple[PhotoBlock, ...]:
    """The blocks of the marked photos, and those found in the text that touch none of them, in order."""
    marked = [marked_block(text, photo, terms) for photo in photos]
    spans = [block.span for block in marked]
    apart = [
        block
        for block in found
        if not any(block.span.start < span.end and span.start < block.span.end for span in spans)
    ]
    return tuple(sorted([*marked, *apart], key=lambda block: block.span))


def marked_block(text: str, photo: RawPhoto, terms: PhotoTerms) -> PhotoBlock:
    """A photo that the format marks, parted into caption, marker and credit."""
    start, end = photo.span
    marker = next(terms.markers.find(text, photo.credit.start if photo.credit else start, end), None)
    if marker is None and photo.credit:
        marker = next(terms.markers.find(text, start, photo.credit.start), None)
    behind = marker.span.end if marker else None
    if photo.credit:
        behind = max(behind or 0, photo.credit.start)
    named = read_credit(text, behind, terms.credit) if behind is not None else None
    if photo.credit and behind is not None:
        credit = _trimmed(text, behind, photo.credit.end)
    else:
        credit = named.span if named else None
        marker = marker if named else None
    announced = marker.span if marker else None
    caption = photo.caption or _rest(text, photo.span, announced, credit)
    genitive = marker is not None and marker.form == "bare"
    creators, agencies = credited(named, terms.credit, genitive=genitive) if named else ((), ())
    words = text[slice(*credit)] if credit else ""
    kind = marker.kind if marker else None
    return PhotoBlock(
        span=photo.span,
        marker=announced,
        credit=credit,
        caption=caption,
        creators=creators,
        agencies=agencies,
        kind=kind or kind_of(words, text[slice(*caption)] if caption else "", named, terms),
        confidence=1.0 if named is None or named.certain else 0.6,
        rule="marked by the format",
    )


def _rest(text: str, block: Span, marker: Span | None, credit: Span | None) -> Span | None:
    """The caption: what stands before marker and credit, or else behind them."""
    cuts = [span for span in (marker, credit) if span]
    if not cuts:
        return _trimmed(text, *block)
    before = _trimmed(text, block.start, min(cut.start for cut in cuts))
    behind = max(cut.end for cut in cuts)
    match = _BEGINS.match(text, behind, block.end)
    return before or _trimmed(text, match.end() if match else behind, block.end)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """The stretch without white space, and without a bracket that opens at its end; None where no word is left."""
    words = text[start:end].rstrip(" \t\n\u00a0(|/[–—-")
    left = len(words) - len(words.lstrip())
    return Span(start + left, start + len(words)) if re.search(r"\w", words) else None
