"""One raw article to one record: every field is asked once, then the curators' corrections are applied."""

from __future__ import annotations

from typing import Any

from kg_news import __version__
from kg_news.corrections import correct
from kg_news.doc import Doc
from kg_news.errors import InputError
from kg_news.fields import FIELDS, actors, quotes
from kg_news.records import Article, Issue, Provenance, RawArticle, Record
from kg_news.registry import Registry, unknown_outlet
from kg_news.weburl import is_web_address


def normalize(raw: RawArticle, registry: Registry) -> tuple[Record, tuple[Issue, ...]]:
    """The article's record, and what is doubtful about it.

    InputError where the article is broken: an address that is none, an outlet that the registry does not know, no
    text, a correction that changes nothing.
    """
    doc = Doc(raw, registry)
    _readable_url(doc)
    _known_outlet(doc)
    values: dict[str, Any] = {"id": raw.id}
    for field in FIELDS:
        values |= field(doc)
    record = Article(**values, provenance=_provenance(doc)).record()
    return correct(record, registry.corrections.get(raw.id, ()), registry.outlets), tuple(doc.issues)


def surface(raw: RawArticle, registry: Registry) -> tuple[Record, tuple[Issue, ...]]:
    """An article's values, and what is doubtful, as far as they show without actors and quotes, which take most of the
    time.

    InputError as in `normalize`, but for corrections, which are not applied.
    """
    doc = Doc(raw, registry)
    _readable_url(doc)
    _known_outlet(doc)
    values: Record = {}
    for field in FIELDS:
        if field not in _DEEP:
            values |= field(doc)
    return values, tuple(doc.issues)


_DEEP = (actors.actors, quotes.quotes)


def _provenance(doc: Doc) -> Provenance:
    return Provenance(
        raw_path=doc.raw.path,
        raw_sha256=doc.raw.sha256,
        raw_format=doc.raw.format,
        normalizer_version=__version__,
        corrections=(),
        edits=doc.layout.edits,
    )


def _readable_url(doc: Doc) -> None:
    if doc.url is not None and not is_web_address(doc.url):
        message, way_out = f"'{doc.url}' is not a web address", "write it whole: https://…"
        place = doc.raw.metadata_path if doc.raw.metadata.get("url") else None
        raise InputError([Issue("url-invalid", message, way_out, place or doc.raw.path, pointer="/url")])


def _known_outlet(doc: Doc) -> None:
    source = doc.raw.metadata.get("source")
    if source is not None and source not in doc.known.registry.outlets:
        raise InputError([unknown_outlet(source, doc.known.registry, doc.raw.metadata_path or doc.raw.path)])
