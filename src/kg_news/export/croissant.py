"""croissant.json: the dataset for search engines and loaders that know Croissant 1.0 (MLCommons, JSON-LD).

https://docs.mlcommons.org/croissant/docs/croissant-spec.html. Everything in it is taken from CITATION.cff, the schema
and the files as they lie there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg_news.citation import cited, written
from kg_news.columns import Kind, Shape, shape
from kg_news.export.context import ExportContext
from kg_news.manifest import file_hash
from kg_news.tables import CONFIGS, config_schema

NAME = "croissant.json"
_SPDX = "https://spdx.org/licenses/"
_PARQUET = "application/x-parquet"
_TYPES: dict[Kind, str] = {
    "string": "sc:Text",
    "date": "sc:Date",
    "int32": "sc:Integer",
    "int64": "sc:Integer",
    "float64": "sc:Float",
    "bool": "sc:Boolean",
}
_KEYS: Mapping[str, tuple[str, ...]] = {"articles": ("id",), "mentions": ("id", "actor_order", "start")}
"""The columns that tell a table's rows apart, where they are others than `id` and `order`."""
_TERMS = (
    *("citeAs", "column", "equivalentProperty", "extract", "field", "fileObject", "fileProperty", "fileSet", "format"),
    *("includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex"),
    *("repeated", "replace", "samplingRate", "separator", "source", "subField", "transform"),
)
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{term: f"cr:{term}" for term in _TERMS},
}
"""As the specification gives it, all of it: a reader warns of one that lacks a term."""


def write_croissant(folder: Path, context: ExportContext, /) -> list[Path]:
    """Write croissant.json. The Parquet files of the folder are there already: their hashes stand in it."""
    path = folder / NAME
    text = json.dumps(_dataset(folder, context), ensure_ascii=False, indent=2)
    path.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    return [path]


def _dataset(folder: Path, context: ExportContext) -> dict[str, Any]:
    about = context.about
    citation = cited(about, context.version, context.configs["articles"].hash)
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": about.title,
        "description": about.abstract,
        "url": about.url,
        "version": citation.version,
        **({"datePublished": citation.released.isoformat()} if citation.released else {}),
        "license": _licences(context),
        "creator": [
            {"@type": "sc:Person" if name in citation.people else "sc:Organization", "name": name}
            for name in about.authors
        ],
        "inLanguage": sorted(context.tally.languages.keys() - {"und"}),
        "keywords": list(about.keywords),
        "citeAs": written(citation, "bibtex").strip(),
        "distribution": [_file(folder, context, config) for config in CONFIGS],
        "recordSet": [_record_set(context, config) for config in CONFIGS],
    }


def _licences(context: ExportContext) -> list[Any]:
    """Where the licence is stated. Of other people's dataset their CITATION.cff says it, or nobody."""
    if context.license_link:
        return [context.license_link]
    stated = context.about.content.get("license", [])
    links = [f"{_SPDX}{name}" for name in ([stated] if isinstance(stated, str) else stated)]
    unknown = {"@type": "sc:CreativeWork", "name": "per article, see `rights`"}
    return links or [context.about.content.get("license-url", unknown)]


def _file(folder: Path, context: ExportContext, config: str) -> dict[str, Any]:
    """A table's file, or the set of them where it has several: MANIFEST.json has their hashes."""
    files = context.configs[config].files
    said = {"name": config, "description": config_schema(config)["description"], "encodingFormat": _PARQUET}
    if len(files) > 1:
        return {"@type": "cr:FileSet", "@id": f"{config}-files", **said, "includes": f"{config}/*.parquet"}
    (name,) = files
    size = f"{(folder / name).stat().st_size} B"
    place = {"contentUrl": name, "contentSize": size, "sha256": file_hash(folder / name)}
    return {"@type": "cr:FileObject", "@id": f"{config}-files", **said, **place}


def _record_set(context: ExportContext, config: str) -> dict[str, Any]:
    schema = config_schema(config)
    source = {"fileSet" if len(context.configs[config].files) > 1 else "fileObject": {"@id": f"{config}-files"}}
    return {
        "@type": "cr:RecordSet",
        "@id": config,
        "name": config,
        "description": schema["description"],
        "key": [{"@id": f"{config}/{name}"} for name in _KEYS.get(config, ("id", "order"))],
        "field": list(_fields(shape(schema), config, source)),
    }


def _fields(struct: Shape, place: str, source: Mapping[str, Any], *, column: str = "") -> Iterator[dict[str, Any]]:
    """The fields of a table, or those within its struct `column`.

    Lists of objects are left out: those of `articles` are tables of their own, and no reader of Croissant takes a list
    within an object.
    """
    for name, child in struct.fields:
        inner = child.items or child
        if child.items and inner.fields:
            continue
        own = {"@type": "cr:Field", "@id": f"{place}/{name}", "name": name, "description": child.description}
        taken = {"extract": {"column": column or name}, **({"transform": {"jsonPath": name}} if column else {})}
        if child.fields:
            yield {**own, "subField": list(_fields(child, f"{place}/{name}", source, column=name))}
        else:
            repeated = {"repeated": True} if child.items else {}
            refers = {"references": {"field": {"@id": "articles/id"}}} if name == "id" and place != "articles" else {}
            yield {**own, "dataType": _TYPES[inner.kind], **repeated, "source": {**source, **taken}, **refers}
