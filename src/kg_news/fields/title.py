"""The headline, where it is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg_news.doc import Doc


def title(doc: Doc) -> Mapping[str, Any]:
    """`title` as the sidecar gives it: flattened text does not tell a headline from a first sentence."""
    return {"title": doc.raw.metadata.get("title")}
