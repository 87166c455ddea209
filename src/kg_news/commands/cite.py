"""`kg-news cite`."""

from __future__ import annotations

import argparse

from kg_news.commands.common import FINE, folder_option, wrong_use

TEXT = "print how to cite exactly this version"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--style", default="bibtex", help="bibtex (the default), apa, ris, csl-json or cff")
    folder_option(parser)


def run(args: argparse.Namespace) -> int:
    from kg_news.citation import STYLES, cite

    if args.style not in STYLES:
        return wrong_use(f"there is no citation style {args.style!r}; choose one of: {', '.join(STYLES)}")
    print(cite(args.style, folder=args.folder).rstrip("\n"))
    return FINE
