"""The outlet that published the article, and the one that it was copied from; a photo credit says neither."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kg_news.doc import Doc
from kg_news.records import Issue


def source(doc: Doc) -> Mapping[str, Any]:
    """`source`, `source_name`, `syndicated_from` and `url`.

    The source by the sidecar, else by the address's domain, else by the dateline. What contradicts is reported.
    """
    doc.issues.extend(_doubts(doc))
    outlet, origin = doc.outlet, doc.syndicated_from
    return {
        "source": outlet.id if outlet else None,
        "source_name": outlet.name(doc.language.tag) if outlet else None,
        "syndicated_from": origin.id if origin else None,
        "url": doc.url,
    }


def _doubts(doc: Doc) -> Iterator[Issue]:
    outlet = doc.outlet
    if outlet and doc.url_outlet and outlet.id != doc.url_outlet.id:
        yield Issue(
            "source-conflict",
            f"the sidecar says {outlet.id}, but the address belongs to {doc.url_outlet.id}",
            "mend `source:` in the sidecar, or the address",
            (doc.raw.metadata_path if doc.raw.metadata.get("url") else None) or doc.raw.path,
            severity="warning",
            pointer="/source",
        )
    if outlet and doc.syndicated_from and doc.dateline_outlet:
        yield Issue(
            "syndicated-from",
            f"the dateline names {doc.syndicated_from.id}, but {outlet.id} published the article",
            f"if it is no copy, add '{doc.dateline_outlet[1]}' to the aliases of {outlet.id}",
            doc.raw.path,
            severity="warning",
            pointer="/syndicated_from",
        )
    if outlet and doc.url and not doc.url_outlet and not doc.raw.metadata.get("source"):
        yield Issue(
            "source-by-dateline",
            f"only the dateline names {outlet.id}; the registry knows no outlet of the address",
            "write `source:` into the sidecar, or add the domain to registry/outlets/",
            doc.raw.path,
            severity="warning",
            pointer="/source",
        )
