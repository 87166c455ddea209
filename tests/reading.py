"""Reads texts with the shipped registry, for the tests of what is read out of them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from kg_news.doc import Doc
from kg_news.read import flattened
from kg_news.records import RawArticle
from kg_news.registry import Registry, load_registry


@cache
def shipped_registry() -> Registry:
    return load_registry()


def raw_article(text: str, **metadata: Any) -> RawArticle:
    """An article in flattened form, and what its sidecar would say."""
    article = flattened.article(text, "invented/2031-04/text.txt", "invented/2031-04/text")
    return replace(article, metadata=metadata)


def doc(text: str, **metadata: Any) -> Doc:
    """The views of a Russian text, or of another language where the sidecar says so."""
    return Doc(raw_article(text, **{"language": "ru", **metadata}), shipped_registry())
