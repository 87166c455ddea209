"""`kg-news evaluate`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg_news.commands.common import FINE, PROBLEMS, at_least, registry, registry_option, wrong_use

if TYPE_CHECKING:
    from kg_news.evaluate.core import Result

TEXT = "measure extraction against gold texts: precision, recall, F1, worst cases"


def arguments(parser: argparse.ArgumentParser) -> None:
    text = "JSON Lines ({id, text, url?} and what was marked), texts marked inline (.txt), or a folder of them"
    parser.add_argument("gold", nargs="+", type=Path, metavar="GOLD", help=text)
    text = "also print each field's worst cases, with the text around them: `-` is missed, `+` found in its place"
    parser.add_argument("--errors", action="store_true", help=text)
    parser.add_argument(
        "--worst", type=at_least(0), metavar="N", help="print up to N of them (default with --errors: 5)"
    )
    parser.add_argument("--json", action="store_true", help="print scores and every case as JSON")
    text = "also hold the scores against this file; exit code 1 where one has fallen"
    parser.add_argument("--floors", type=Path, metavar="FILE", help=text)
    text = "write the scores into the floor file instead, on purpose"
    parser.add_argument("--raise", action="store_true", dest="raised", help=text)
    registry_option(parser)


def run(args: argparse.Namespace) -> int:
    from kg_news.evaluate.core import as_json, as_table
    from kg_news.evaluate.run import measure

    if args.raised and not args.floors:
        return wrong_use("--raise writes a floor file; name it with --floors FILE")
    if args.floors and len(args.gold) > 1:
        return wrong_use("floors are pinned for one GOLD at a time; name one file or folder")
    results = measure(args.gold, registry(args.registry))
    if args.json:
        print(json.dumps(as_json(results), ensure_ascii=False, indent=2))
    else:
        print(as_table(results, args.worst if args.worst is not None else 5 * args.errors))
    return _floors(args, results) if args.floors else FINE


def _floors(args: argparse.Namespace, results: Sequence[Result]) -> int:
    from kg_news.evaluate.floors import below, raise_floor

    if args.raised:
        raise_floor(args.floors, args.gold[0], results)
        return FINE
    issues = list(below(args.floors, args.gold[0], results))
    for issue in issues:
        print(issue, file=sys.stderr)
    return PROBLEMS if issues else FINE
