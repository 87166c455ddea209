"""`kg-news build`."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from kg_news.commands.common import FINE, PROBLEMS, at_least, bar, citation_option, registry, registry_option

if TYPE_CHECKING:
    from kg_news.build import BuildReport, Progress

TEXT = "build the dataset from the raw articles"
EVERY = 5.0
"""Seconds between two lines of progress in a log."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--raw", type=Path, default=Path("raw"), metavar="DIR", help="raw articles (default: raw)")
    parser.add_argument("--out", type=Path, default=Path("data"), metavar="DIR", help="the dataset (default: data)")
    registry_option(parser)
    citation_option(parser)
    text = "publish even if up to N articles are rejected or duplicates (default: 0)"
    parser.add_argument("--max-rejected", type=at_least(0), default=0, metavar="N", help=text)
    text = "write every refused article to FILE as JSON Lines, even if nothing is published"
    parser.add_argument("--rejected", type=Path, metavar="FILE", help=text)
    text = "number of processes (default: 1); the result is the same"
    parser.add_argument("--workers", type=at_least(1), default=1, metavar="N", help=text)
    text = "where results are kept for the next build; may be deleted (default: ~/.cache/kg-news)"
    parser.add_argument("--cache", type=Path, default=_cache(), metavar="DIR", help=text)
    parser.add_argument("--no-cache", action="store_true", help="process every article again, and keep nothing")
    text = "gigabytes that the cache may hold after the build (default: 10)"
    parser.add_argument("--cache-limit", type=at_least(1), default=10, metavar="N", help=text)
    text = "begin a new file of each table after N megabytes of records (default: 64)"
    parser.add_argument("--part-size", type=at_least(1), default=64, metavar="N", help=text)
    parser.add_argument("--quiet", action="store_true", help="print issues only")
    text = "print the summary and the issues as JSON, and progress as lines of JSON to stderr"
    parser.add_argument("--json", action="store_true", help=text)


def run(args: argparse.Namespace) -> int:
    from kg_news import report
    from kg_news.build import build

    with _progress(quiet=args.quiet, json_lines=args.json) as progress:
        result = build(
            args.raw,
            args.out,
            registry(args.registry),
            progress,
            max_rejected=args.max_rejected,
            processes=args.workers,
            cache_folder=None if args.no_cache else args.cache,
            cache_limit=args.cache_limit * 2**30,
            part_size=args.part_size * 2**20,
            rejected=args.rejected,
            citation=args.citation,
        )
    if args.json:
        print(json.dumps(report.as_json(result), ensure_ascii=False, indent=2))
    else:
        for line in report.lines(result):
            print(line, file=sys.stderr)
        if more := report.unsaid(result):
            print(f"… and {more:,} more; --rejected FILE writes every refused article", file=sys.stderr)
        if result.published and not args.quiet:
            _print_summary(result)
        if not result.published:
            print(report.conclusion(result), file=sys.stderr)
    return FINE if result.published else PROBLEMS


def _print_summary(result: BuildReport) -> None:
    from kg_news import report

    if not sys.stdout.isatty():
        print(report.as_text(result))
        return
    from rich.console import Console

    Console().print(report.as_rich(result))  # rich itself obeys NO_COLOR


def _progress(*, quiet: bool, json_lines: bool) -> AbstractContextManager[Progress | None]:
    """A bar on a terminal, lines of JSON for a log, elsewhere nothing."""
    if quiet:
        return nullcontext()
    if json_lines:
        return nullcontext(_json_lines())
    return bar() if sys.stderr.isatty() else nullcontext()


def _json_lines() -> Progress:
    """A line every few seconds, and one at the end of each stage."""
    begun: dict[str, float] = {}
    said = 0.0

    def tell(stage: str, done: int, total: int) -> None:
        nonlocal said
        now = time.monotonic()
        start = begun.setdefault(stage, now)
        if done < total and now - said < EVERY:
            return
        said = now
        rate = done / (now - start) if now > start else None
        line = {
            "stage": stage,
            "done": done,
            "total": total,
            "per_second": rate and round(rate, 1),
            "seconds_left": rate and round((total - done) / rate),
        }
        print(json.dumps(line), file=sys.stderr, flush=True)

    return tell


def _cache() -> Path:
    """By the XDG Base Directory Specification."""
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path("~/.cache").expanduser()) / "kg-news"
