"""Issues for people, for programs, for GitHub's annotations and for code scanning: FORMATS.

Sources: GitHub, "Workflow commands for GitHub Actions" (`::error file=…`); OASIS, SARIF Version 2.1.0.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import quote_from_bytes

from kg_news import __version__
from kg_news.about import about
from kg_news.codes import Code, codes
from kg_news.records import Issue

IN_FULL = 500
"""Issues that the format for people prints in full; of the others it prints place and code."""

SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_text(issues: Sequence[Issue]) -> str:
    """A line an issue: all of it for the first IN_FULL, and then place and code."""
    lines = [str(issue) for issue in issues[:IN_FULL]]
    if rest := issues[IN_FULL:]:
        lines.append(f"and {len(rest)} more, in short (--format json has them in full):")
        lines += [f"{issue.place}: {issue.severity}[{issue.code}]" for issue in rest]
    return "\n".join(lines)


def summary(issues: Sequence[Issue]) -> str:
    """The last line for people: how many of what, and where to read more."""
    if not issues:
        return "no problems found"
    count = Counter(issue.severity for issue in issues)
    first = next((issue.code for issue in issues if issue.severity == "error"), issues[0].code)
    total = " and ".join(f"{number} {severity}{'s' * (number > 1)}" for severity, number in sorted(count.items()))
    return f"{total}; `kg-news explain {first}` tells more"


def as_json(issues: Sequence[Issue]) -> str:
    """One object: how many errors and warnings, and every issue with its fields."""
    count = Counter(issue.severity for issue in issues)
    facts = {
        "version": __version__,
        "errors": count["error"],
        "warnings": count["warning"],
        "issues": [asdict(issue) for issue in issues],
    }
    return json.dumps(facts, ensure_ascii=False, indent=2)


def as_github(issues: Sequence[Issue]) -> str:
    """A workflow command an issue: GitHub shows it at its line in the pull request."""
    return "\n".join(_command(issue) for issue in issues)


def as_sarif(issues: Sequence[Issue]) -> str:
    """A SARIF 2.1.0 log, as GitHub's code scanning and editors read it."""
    rules = list(dict.fromkeys(issue.code for issue in issues))
    driver = {
        "name": "kg-news",
        "version": __version__,
        "informationUri": about().url,
        "rules": [_rule(code, codes().get(code)) for code in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(issue, rules.index(issue.code)) for issue in issues],
    }
    return json.dumps({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


FORMATS: Mapping[str, Callable[[Sequence[Issue]], str]] = MappingProxyType(
    {"text": as_text, "json": as_json, "github": as_github, "sarif": as_sarif}
)


def _command(issue: Issue) -> str:
    places = {"file": issue.path, "line": issue.line, "col": issue.column, "title": issue.code}
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in places.items() if value is not None)
    return f"::{issue.severity} {properties}::{_data(_words(issue))}"


def _words(issue: Issue) -> str:
    """What is wrong and the way out, where the place is given beside them."""
    whose = f"article {issue.article!r}: " if issue.article else ""
    at = f"at {issue.at}: " if issue.at else ""
    return f"{whose}{at}{issue.message}; {issue.way_out}"


def _data(text: str) -> str:
    """A line end in a message would end the command, and the rest could be another one."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _rule(code: str, entry: Code | None) -> dict[str, Any]:
    if entry is None:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": entry.means},
        "help": {"text": entry.mend},
        "defaultConfiguration": {"level": entry.severity},
    }


def _result(issue: Issue, rule: int) -> dict[str, Any]:
    made: dict[str, Any] = {
        "ruleId": issue.code,
        "ruleIndex": rule,
        "level": issue.severity,
        "message": {"text": _words(issue)},
    }
    if issue.path is not None:
        location: dict[str, Any] = {"artifactLocation": {"uri": _uri(issue.path)}}
        if issue.line is not None:
            column = {"startColumn": issue.column} if issue.column is not None else {}
            location["region"] = {"startLine": issue.line, **column}
        made["locations"] = [{"physicalLocation": location}]
    return made


def _uri(path: str) -> str:
    """A path as a URI reference: relative ones stay so, as SARIF's readers resolve them against the checkout."""
    quoted = quote_from_bytes(os.fsencode(Path(path).as_posix()), safe="/")
    return f"file://{quoted}" if path.startswith("/") else quoted
