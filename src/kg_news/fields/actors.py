"""Who acts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg_news.doc import Doc


def actors(doc: Doc) -> Mapping[str, Any]:
    """`actors`, in the order of first mention. Photographers are none: the photo blocks are not part of the text."""
    return {"actors": doc.actors}
