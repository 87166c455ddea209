"""`kg-news validate`."""

from __future__ import annotations

import argparse
from pathlib import Path

from kg_news.commands.common import FINE, PROBLEMS

TEXT = "check raw articles, sidecars and registry files"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files or folders")


def run(args: argparse.Namespace) -> int:
    from kg_news.validate import validate

    code = FINE
    for issue in validate(args.paths):
        print(issue)
        code = PROBLEMS if issue.severity == "error" else code
    return code
