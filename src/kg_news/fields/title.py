"""The headline, where it is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg_news.doc import Doc


def title(doc: Doc) -> Mapping[str, Any]:
    """`title` as the sidecar or the raw format gives it: flattened text does not tell a headline from a sentence."""
    return {"title": doc.raw.metadata.get("title") or doc.raw.stated.title}
