"""Photo blocks that the raw format marks: a figure of a page says where its caption begins, so nothing is guessed.

What the format leaves open, the words decide: the marker (`Фото:`) and the shape of the credit part the two.
"""

from __future__ import annotations

import re

from kg_news.records import RawPhoto, Span
from kg_news.views.credits import read_credit
from kg_news.views.photo_blocks import PhotoBlock, PhotoTerms, kind_of

_BEGINS = re.compile(r"[\s.,;:|/)\]–—-]*")
_BRACKETS = str.maketrans("()[]", "    ")


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
    # «(Фото: Асан Примеров)»: in a figure a bracket does not mean a title's «(фото)».
    area = text[:start] + text[start:end].translate(_BRACKETS)
    match = terms.marker.search(area, photo.credit.start if photo.credit else start)
    if match is None and photo.credit:
        match = terms.marker.search(area, start, photo.credit.start)
    marker = Span(*match.span(str(match.lastgroup))) if match else None
    marked_at = max(marker.end, photo.credit.start) if marker and photo.credit else None
    credit_from = marked_at or (marker.end if marker else photo.credit.start if photo.credit else None)
    named = read_credit(area, credit_from, terms.credit) if credit_from is not None else None
    if photo.credit and credit_from is not None:
        credit = _trimmed(text, credit_from, photo.credit.end)
    else:
        credit = named.span if named else None
        marker = marker if named else None
    caption = photo.caption or _rest(text, photo.span, marker, credit)
    return PhotoBlock(
        span=photo.span,
        marker=marker,
        credit=credit,
        caption=caption,
        creators=tuple(party.text for party in named.parties if party.role == "creator") if named else (),
        agencies=tuple(party.text for party in named.parties if party.role == "agency") if named else (),
        kind=kind_of(
            text[slice(*marker)] if marker else "",
            text[slice(*credit)] if credit else "",
            text[slice(*caption)] if caption else "",
            named,
            terms,
        ),
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
