"""Who holds the rights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg_news.doc import Doc
from kg_news.records import Rights


def rights(doc: Doc) -> Mapping[str, Any]:
    """`rights` as the sidecar states them; without a statement nothing is asserted."""
    return {"rights": Rights(**doc.raw.metadata.get("rights", {}))}
