"""The outlet that published the article; a photo credit never says who that is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg_news.doc import Doc
from kg_news.records import Issue


def source(doc: Doc) -> Mapping[str, Any]:
    """`source`, `source_name` and `url`: by the sidecar, else by the address's domain. A contradiction is reported."""
    outlet = doc.outlet
    if outlet and doc.url_outlet and outlet.id != doc.url_outlet.id:
        doc.issues.append(
            Issue(
                "source-conflict",
                f"the sidecar says {outlet.id}, but the address belongs to {doc.url_outlet.id}",
                "mend `source:` or `url:` in the sidecar",
                doc.raw.metadata_path or doc.raw.path,
                severity="warning",
                pointer="/source",
            )
        )
    name = outlet.name(doc.language.tag) if outlet else None
    return {"source": outlet.id if outlet else None, "source_name": name, "url": doc.url}
