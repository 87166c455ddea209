"""`kg-news verify`."""

from __future__ import annotations

import argparse
from pathlib import Path

from kg_news.commands.common import FINE

TEXT = "hold a dataset folder against its manifest"


def arguments(parser: argparse.ArgumentParser) -> None:
    text = "default: the one that ships with kg-news"
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help=text)


def run(args: argparse.Namespace) -> int:
    from kg_news.dataset import verify
    from kg_news.manifest import dataset_folder

    verify(args.folder)
    print(f"{dataset_folder(args.folder)} is what its manifest says")
    return FINE
