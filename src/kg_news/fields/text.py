"""The article's own text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg_news.doc import Doc
from kg_news.errors import InputError
from kg_news.records import Issue


def text(doc: Doc) -> Mapping[str, Any]:
    """`text`. InputError where header and photo blocks are all there is."""
    if not doc.text:
        message = "there is no text beside the header and photo blocks"
        raise InputError([Issue("text-empty", message, "add the article's text, or delete the file", doc.raw.path)])
    return {"text": doc.text}
