"""Photo credits and captions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg_news.doc import Doc
from kg_news.records import Photo, Span
from kg_news.registry import Outlet
from kg_news.views.photo_blocks import PhotoBlock


def photo_credits(doc: Doc) -> Mapping[str, Any]:
    """`photo_credits`: a photo that credits the publishing outlet itself is of kind `staff`."""
    raw = doc.raw.text

    def words(span: Span | None) -> str | None:
        return raw[slice(*span)] if span else None

    photos = tuple(
        Photo(
            order=order,
            marker=words(block.marker),
            credit=words(block.credit),
            creators=block.creators,
            agencies=block.agencies,
            kind=_kind(block, doc.outlet),
            caption=words(block.caption),
            block=raw[slice(*block.span)],
            position=position,
            raw_start=block.span.start,
            confidence=block.confidence,
        )
        for order, (block, position) in enumerate(zip(doc.photo_blocks, doc.layout.positions, strict=True))
    )
    return {"photo_credits": photos}


def _kind(block: PhotoBlock, outlet: Outlet | None) -> str:
    if block.kind in {"agency", "web"} and outlet:
        own = {name.lower() for name in (*outlet.names.values(), *outlet.aliases, *outlet.domains)}
        if any(agency.lower() in own for agency in block.agencies):
            return "staff"
    return block.kind
