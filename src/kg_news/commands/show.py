"""`kg-news show`."""

from __future__ import annotations

import argparse
import json

from kg_news.commands.common import FINE, folder_option

TEXT = "print one record"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", nargs="?", metavar="ID", help="default: the first")
    folder_option(parser)


def run(args: argparse.Namespace) -> int:
    from kg_news.show import record

    print(json.dumps(record(args.id, folder=args.folder), ensure_ascii=False, indent=2))
    return FINE
