"""The language that the article is written in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg_news.doc import Doc


def language(doc: Doc) -> Mapping[str, Any]:
    """`language`: a BCP 47 tag, or `und`; and `language_confidence`, 1 where the sidecar says it."""
    return {"language": doc.language.tag, "language_confidence": doc.language.confidence}
