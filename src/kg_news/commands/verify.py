"""`kg-news verify`."""

from __future__ import annotations

import argparse
from pathlib import Path

from kg_news.commands.common import FINE, folder_option, wrong_use

TEXT = "check a dataset folder against its manifest"


def arguments(parser: argparse.ArgumentParser) -> None:
    text = "as --folder"
    parser.add_argument("named", nargs="?", type=Path, metavar="FOLDER", help=text)
    folder_option(parser)


def run(args: argparse.Namespace) -> int:
    from kg_news.dataset import verify
    from kg_news.manifest import dataset_folder

    if args.named and args.folder:
        return wrong_use("name one folder, with --folder or without")
    folder = args.named or args.folder
    verify(folder)
    print(f"{dataset_folder(folder)} is what its manifest says")
    return FINE
