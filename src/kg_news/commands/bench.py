"""`kg-news bench`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from kg_news.commands.common import FINE, at_least, several, wrong_use

TEXT = "measure how fast builds, starts, loading and validation are on this machine"


def arguments(parser: argparse.ArgumentParser) -> None:
    text = "numbers of invented articles to build, best the smallest first (default: 1000)"
    parser.add_argument("--sizes", type=several(at_least(1)), default="1000", metavar="N,…", help=text)
    text = "numbers of processes (default: 1,2)"
    parser.add_argument("--workers", type=several(at_least(1)), default="1,2", metavar="N,…", help=text)
    text = "compare with other programs on the texts of this file (JSON Lines, Russian) instead of invented ones"
    parser.add_argument("--articles", type=Path, metavar="FILE", help=text)
    text = "compare with other programs on the pages in this folder (*.html, *.html.gz) instead of invented ones"
    parser.add_argument("--pages", type=Path, metavar="DIR", help=text)
    text = "measure these alone: build, steps, peers, start, load, validation (the last two need build)"
    parser.add_argument("--only", default="", metavar="GROUP,…", help=text)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def run(args: argparse.Namespace) -> int:
    from kg_news.bench import GROUPS, as_json, as_table, measure

    only = [name for name in args.only.split(",") if name]
    if unknown := sorted(set(only) - set(GROUPS)):
        return wrong_use(f"there is no group {', '.join(unknown)}; choose from: {', '.join(GROUPS)}")
    if set(only) & {"load", "validation"} and "build" not in only:
        return wrong_use("load and validation are measured on what build has made: add build to --only")
    for path in (args.articles, args.pages):
        if path and not path.exists():
            return wrong_use(f"there is no {path}")

    def tell(what: str) -> None:
        print(what, "…", file=sys.stderr, flush=True)

    figures = measure(args.sizes, args.workers, tell, articles=args.articles, pages=args.pages, only=only)
    print(json.dumps(as_json(figures), ensure_ascii=False, indent=2) if args.json else as_table(figures))
    return FINE
