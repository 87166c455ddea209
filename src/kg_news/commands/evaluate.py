"""`kg-news evaluate`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from kg_news.commands.common import FINE, registry, registry_option

TEXT = "measure what is found against gold lines: precision, recall, F1, worst cases"


def arguments(parser: argparse.ArgumentParser) -> None:
    text = "JSON Lines: {id, text, url?} and what was marked: photos, date, source, lang"
    parser.add_argument("gold", nargs="+", type=Path, metavar="GOLD", help=text)
    text = "print up to N of each field's worst cases (default: 5)"
    parser.add_argument("--worst", type=int, default=5, metavar="N", help=text)
    parser.add_argument("--json", action="store_true", help="print scores and every case as JSON")
    registry_option(parser)


def run(args: argparse.Namespace) -> int:
    from kg_news.evaluate.core import as_json, as_table
    from kg_news.evaluate.run import measure

    results = measure(args.gold, registry(args.registry))
    if args.json:
        print(json.dumps(as_json(results), ensure_ascii=False, indent=2))
    else:
        print(as_table(results, args.worst))
    return FINE
