"""First names that the dictionary lacks, with their gender, and short forms: `given_names.toml`.

They are a part of the dictionary rather than of a registry: every view that reads names asks for them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from kg_news.files import PACKAGE
from kg_news.views.morph import plain

_NOBODY: frozenset[str] = frozenset()


def genders_of(name: str) -> frozenset[str]:
    """`masc`, `femn` or both for a first name in the nominative; nothing for another word."""
    return _genders().get(plain(name), _NOBODY)


@cache
def _genders() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for gender in ("masc", "femn"):
        for name in _tables()[gender].split():
            found[plain(name)] = found.get(plain(name), _NOBODY) | {gender}
    return MappingProxyType(found)


@cache
def short_forms() -> Mapping[str, frozenset[str]]:
    """For a short form or another spelling of a first name, the names that it may stand for, all with е for ё."""
    found: dict[str, frozenset[str]] = {}
    for full, forms in _tables()["short"].items():
        for form in forms.split():
            found[plain(form)] = found.get(plain(form), _NOBODY) | {plain(full)}
    return MappingProxyType(found)


@cache
def _tables() -> Mapping[str, Any]:
    return tomllib.loads((PACKAGE / "views" / "given_names.toml").read_text(encoding="utf-8"))
