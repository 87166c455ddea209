"""`kg-news scale`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from kg_news.commands.common import FINE, at_least, citation_option, registry_option, wrong_use

TEXT = "build on many machines, through datatrove"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--raw", type=Path, required=True, metavar="DIR", help="raw articles")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the dataset")
    text = "a folder on a disk that all machines see; may be deleted after the build"
    parser.add_argument("--work", type=Path, required=True, metavar="DIR", help=text)
    text = "number of processes on all machines together (default: 1)"
    parser.add_argument("--ranks", type=at_least(1), default=1, metavar="N", help=text)
    registry_option(parser)
    citation_option(parser)
    text = "publish even if up to N articles are rejected or duplicates (default: 0)"
    parser.add_argument("--max-rejected", type=at_least(0), default=0, metavar="N", help=text)
    parser.add_argument("--executor", default="local", metavar="NAME", help="local, slurm or ray (default: local)")
    text = "what datatrove's executor takes: workers=4, time=02:00:00, partition=cpu, …; mappings as JSON"
    parser.add_argument("--option", action="append", default=[], metavar="NAME=VALUE", help=text)


def run(args: argparse.Namespace) -> int:
    from kg_news.manifest import Manifest
    from kg_news.scale import Job, OptionError, run

    if args.executor not in ("local", "slurm", "ray"):
        return wrong_use(f"there is no executor {args.executor!r}; choose one of: local, slurm, ray")
    options: dict[str, object] = {}
    for option in args.option:
        name, sign, value = option.partition("=")
        if not sign:
            return wrong_use(f"--option {option}: write NAME=VALUE")
        options[name] = _value(value)
    paths = (args.raw.resolve(), args.out.resolve(), args.work.resolve())
    folder = args.registry.resolve() if args.registry else None
    try:
        citation = args.citation.resolve() if args.citation else None
        run(Job(*paths, args.ranks, folder, args.max_rejected, citation=citation), args.executor, options)
    except OptionError as error:
        return wrong_use(str(error))
    if args.executor == "slurm":
        print(f"handed to Slurm; once its jobs have run, the dataset is in {args.out}")
        return FINE
    made = Manifest.read(args.out)
    for name, count in vars(made.totals).items():
        print(f"{name:<11} {count:,}")
    print(f"kg-news {made.version}, content {made.content_hash[:12]}, is in {args.out}")
    return FINE


def _value(text: str) -> object:
    """Numbers, true, false and mappings as JSON has them; anything else is text.

    >>> _value("4"), _value("false"), _value('{"account": "news"}'), _value("02:00:00")
    (4, False, {'account': 'news'}, '02:00:00')
    """
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return value
