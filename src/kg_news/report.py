"""What a build says of itself: as tables for people, as JSON for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from rich.console import Group

    from kg_news.build import BuildReport
    from kg_news.records import Issue


class Section(NamedTuple):
    """A small table."""

    title: str
    rows: list[tuple[str, str]]


def issues(report: BuildReport) -> Iterator[Issue]:
    """The issues that the report holds: those of refused articles, then the warnings."""
    for entry in report.refused:
        yield from entry.issues
    yield from report.warnings


def lines(report: BuildReport) -> Iterator[str]:
    """The issues as lines for people, each once: what is wrong with the sidecar of a file of many is so for every
    article in it.
    """
    for line, times in Counter(map(str, issues(report))).items():
        yield line if times == 1 else f"{line} ({times:,} times)"


def unsaid(report: BuildReport) -> int:
    """How many refusals and warnings there are that the report does not hold."""
    refused = report.rejected + report.duplicates - len(report.refused)
    return refused + sum(report.warned.values()) - len(report.warnings)


def sections(report: BuildReport) -> list[Section]:
    """The summary, with no empty table in it."""
    tally, shown = report.tally, report.manifest
    totals = {"found": report.found, "written": report.written}
    totals |= {"rejected": report.rejected, "duplicates": report.duplicates}
    filled = [(name, _share(have, of)) for name, (have, of) in tally.filled.items() if of]
    tables = [
        Section("Articles", _rows(totals)),
        Section("Rows", _rows({name: entry.rows for name, entry in shown.configs.items()}) if shown else []),
        Section("Outlets", _rows(tally.outlets)),
        Section("Languages", _rows(tally.languages)),
        Section("Filled", filled),
        Section("Warnings", _rows(report.warned)),
    ]
    return [table for table in tables if table.rows]


def conclusion(report: BuildReport) -> str:
    """The last line: what was published and where, or that nothing was."""
    if report.manifest:
        return f"kg-news {report.version}, content {report.manifest.content_hash[:12]}, is in {report.out}"
    refused = report.rejected + report.duplicates
    reason = f"{refused} of {report.found} were refused" if refused else "no article was found"
    return f"nothing was published: {reason}"


def as_text(report: BuildReport) -> str:
    """The summary for a file or a pipe."""
    lines: list[str] = []
    for title, rows in sections(report):
        width = max(len(name) for name, _ in rows)
        lines += [title, *(f"  {name:<{width}}  {value}" for name, value in rows)]
    return "\n".join([*lines, conclusion(report)])


def as_rich(report: BuildReport) -> Group:
    """The summary for a terminal."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for title, rows in sections(report):
        table.add_row(Text(title, style="bold"), "", "")
        for name, value in rows:
            table.add_row("", Text(name), Text(value, justify="right"))
    return Group(table, Text(conclusion(report), style="bold green" if report.published else "bold red"))


def as_json(report: BuildReport) -> dict[str, Any]:
    """The summary for a program: counts, and the issues in full."""
    tally, shown = report.tally, report.manifest
    return {
        "published": report.published,
        "version": report.version,
        "raw": report.raw,
        "out": report.out,
        "content_hash": shown.content_hash if shown else None,
        "found": report.found,
        "written": report.written,
        "rejected": report.rejected,
        "duplicates": report.duplicates,
        "rows": {name: entry.rows for name, entry in shown.configs.items()} if shown else {},
        "outlets": dict(tally.outlets),
        "languages": dict(tally.languages),
        "filled": {name: {"have": have, "of": of} for name, (have, of) in tally.filled.items()},
        "warnings": report.warned,
        "unsaid": unsaid(report),
        "issues": [asdict(issue) for issue in issues(report)],
    }


def _rows(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    return [(name, f"{count:,}") for name, count in counts.items()]


def _share(have: int, of: int) -> str:
    return f"{have:,} of {of:,}"
