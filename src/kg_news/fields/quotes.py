"""Who says what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg_news.doc import Doc


def quotes(doc: Doc) -> Mapping[str, Any]:
    """`quotes`, in reading order; Russian only, as the cues are."""
    return {"quotes": doc.quotes}
