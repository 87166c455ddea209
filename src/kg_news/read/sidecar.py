"""The sidecar `<slug>.yml` beside a raw file: what is known about the article from outside it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kg_news.errors import InputError
from kg_news.licences import POINTER, licence_issues
from kg_news.records import Issue

WAY_OUT = "write it with at least `source:`, `url:` and `rights: {license: NOASSERTION}`"


def read_sidecar(path: Path, *, required: bool = True) -> tuple[Mapping[str, Any], list[Issue]]:
    """The sidecar's values and what is wrong with it. Without a file: nothing, and an issue if one is required."""
    if not path.exists():
        missing = Issue("sidecar-missing", "the article has no sidecar", WAY_OUT, str(path))
        return MappingProxyType({}), [missing] if required else []
    try:
        data, issues = check_sidecar(path, str(path))
    except InputError as error:
        return MappingProxyType({}), list(error.issues)
    return MappingProxyType(data if isinstance(data, dict) else {}), issues


def check_sidecar(path: Path, shown: str) -> tuple[Any, list[Issue]]:
    """What a sidecar says, and what is wrong with it by schema and licence; issues name the file as `shown`.

    For a file that cannot be read as YAML the data is None.
    """
    from kg_news.yamlfile import check_file, placed, read_yaml

    data, issues = check_file(path, "sidecar", shown=shown)
    known = any(issue.pointer == POINTER for issue in issues)
    if isinstance(data, dict) and not known and (found := licence_issues(data)):
        issues += placed(found, read_yaml(path, shown=shown), shown)
    return data, issues
