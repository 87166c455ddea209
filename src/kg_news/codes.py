"""`codes.toml`: what each code of an `Issue` means, for `kg-news explain` and for SARIF."""

from __future__ import annotations

import textwrap
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from kg_news.files import PACKAGE
from kg_news.records import Severity

INDENT = "    "


@dataclass(frozen=True)
class Code:
    """A code and its meaning. `codes.toml` says what each field is."""

    code: str
    means: str
    mend: str
    severity: Severity = "error"
    file: str | None = None
    wrong: str | None = None
    right: str | None = None
    example: str | None = None


@cache
def codes() -> Mapping[str, Code]:
    """Every code that kg-news can print, in the order of `codes.toml`."""
    text = (PACKAGE / "codes.toml").read_text(encoding="utf-8")
    return MappingProxyType({code: Code(code, **fields) for code, fields in tomllib.loads(text).items()})


def explanation(entry: Code) -> str:
    """A code explained to somebody who has just met it, with an example.

    >>> print(explanation(codes()["empty-file"]).splitlines()[0])
    empty-file (error)
    """
    parts = [f"{entry.code} ({entry.severity})", textwrap.fill(entry.means, 100)]
    if entry.wrong is not None and entry.file:
        parts.append(f"Wrong, in {entry.file}:\n{_block(entry.wrong)}")
    if entry.right is not None:
        parts.append(f"Right:\n{_block(entry.right)}")
    if entry.example:
        parts.append(f"It is printed as:\n{INDENT}{entry.example}")
    parts.append(textwrap.fill(f"Way out: {entry.mend}", 100))
    return "\n\n".join(parts)


def listing() -> str:
    """All codes, a line each."""
    width = max(map(len, codes()))
    return "\n".join(
        f"{code:<{width}}  {textwrap.shorten(entry.means, 100, placeholder=' …')}" for code, entry in codes().items()
    )


def _block(content: str) -> str:
    return textwrap.indent(content.strip("\n"), INDENT) if content.strip() else f"{INDENT}(nothing)"
