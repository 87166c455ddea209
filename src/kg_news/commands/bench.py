"""`kg-news bench`."""

from __future__ import annotations

import argparse
import json
import sys

from kg_news.commands.common import FINE, wrong_use

TEXT = "measure how fast builds, starts, loading and validation are here"


def arguments(parser: argparse.ArgumentParser) -> None:
    text = "numbers of invented articles to build, best the smallest first (default: 1000)"
    parser.add_argument("--sizes", default="1000", metavar="N,…", help=text)
    parser.add_argument("--workers", default="1,2", metavar="N,…", help="numbers of processes (default: 1,2)")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def run(args: argparse.Namespace) -> int:
    from kg_news.bench import as_json, as_table, measure

    try:
        sizes, workers = ([int(number) for number in text.split(",")] for text in (args.sizes, args.workers))
    except ValueError:
        return wrong_use("--sizes and --workers are numbers with commas between them, such as 1000,10000")
    if min([*sizes, *workers]) < 1:
        return wrong_use("--sizes and --workers must be 1 or more")
    figures = measure(sizes, workers, lambda what: print(what, "…", file=sys.stderr, flush=True))
    print(json.dumps(as_json(figures), ensure_ascii=False, indent=2) if args.json else as_table(figures))
    return FINE
