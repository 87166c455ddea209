"""`kg-news build`."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from kg_news.commands.common import FINE, PROBLEMS, registry, registry_option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg_news.build import BuildReport, Progress

TEXT = "build the dataset from the raw articles"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--raw", type=Path, default=Path("raw"), metavar="DIR", help="raw articles (default: raw)")
    parser.add_argument("--out", type=Path, default=Path("data"), metavar="DIR", help="the dataset (default: data)")
    registry_option(parser)
    text = "publish although up to N articles were rejected or are duplicates (default: 0)"
    parser.add_argument("--max-rejected", type=_count, default=0, metavar="N", help=text)
    parser.add_argument("--quiet", action="store_true", help="print issues only")
    parser.add_argument("--json", action="store_true", help="print the summary and the issues as JSON")


def run(args: argparse.Namespace) -> int:
    from kg_news import report
    from kg_news.build import build

    with _progress_bar(quiet=args.quiet) as progress:
        result = build(args.raw, args.out, registry(args.registry), progress, max_rejected=args.max_rejected)
    if args.json:
        print(json.dumps(report.as_json(result), ensure_ascii=False, indent=2))
    else:
        for issue in report.issues(result):
            print(issue, file=sys.stderr)
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


def _progress_bar(*, quiet: bool) -> AbstractContextManager[Progress | None]:
    """A bar on a terminal, elsewhere nothing."""
    return nullcontext() if quiet or not sys.stderr.isatty() else _rich_bar()


@contextmanager
def _rich_bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("articles", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _count(text: str) -> int:
    if (number := int(text)) < 0:
        raise ValueError
    return number
