"""`kg-news preview`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg_news.commands.common import FINE, PROBLEMS, columns_option, registry, registry_option, wrong_use

TEXT = "show what will be extracted from raw articles, in the terminal or as a page"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="raw article or JSON Lines; - for standard input")
    text = "write one page for a browser, complete in itself, instead of printing"
    parser.add_argument("--html", type=Path, metavar="PAGE", help=text)
    parser.add_argument("--format", help="the raw format (default: by the content; text on - is flattened)")
    columns_option(parser)
    registry_option(parser)


def run(args: argparse.Namespace) -> int:
    from kg_news.inputs import FORMATS
    from kg_news.preview import previews

    if args.format not in (None, *FORMATS):
        return wrong_use(f"there is no format {args.format!r}; choose one of: {', '.join(FORMATS)}")
    found = previews(args.files, sys.stdin.buffer, registry(args.registry), format=args.format, columns=args.columns)
    errors = 0
    if args.html:
        from kg_news.preview_html import write_page

        made = list(found)
        write_page(made, args.html)
        for preview in made:
            errors += preview.errors
            for issue in preview.issues:
                print(issue, file=sys.stderr)
        print(args.html)
    else:
        from rich.console import Console

        from kg_news.preview_terminal import legend, show

        # rich itself leaves colours out with NO_COLOR and where there is no terminal
        console = Console(highlight=False, width=None if sys.stdout.isatty() else 100)
        console.print(legend())
        for preview in found:
            show(preview, console)
            errors += preview.errors
    return PROBLEMS if errors else FINE
