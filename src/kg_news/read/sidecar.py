"""The sidecar `<slug>.yml` beside a raw file: what is known about the article from outside it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kg_news.errors import InputError
from kg_news.records import Issue

WAY_OUT = "write it with at least `source:`, `url:` and `rights: {license: NOASSERTION}`"


def read_sidecar(path: Path, *, required: bool = True) -> tuple[Mapping[str, Any], list[Issue]]:
    """The sidecar's values and what is wrong with it. Without a file: nothing, and an issue if one is required."""
    from kg_news.yamlfile import check_file

    if not path.exists():
        missing = Issue("sidecar-missing", "the article has no sidecar", WAY_OUT, str(path))
        return MappingProxyType({}), [missing] if required else []
    try:
        data, issues = check_file(path, "sidecar")
    except InputError as error:
        return MappingProxyType({}), list(error.issues)
    return MappingProxyType(data if isinstance(data, dict) else {}), issues
