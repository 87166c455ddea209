"""`kg-news explain`."""

from __future__ import annotations

import argparse
import re
from difflib import get_close_matches

from kg_news.commands.common import FINE, wrong_use

TEXT = "explain the code of an error, with an example"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("codes", nargs="*", metavar="CODE", help="as in error[CODE]; without one, all are listed")


def run(args: argparse.Namespace) -> int:
    from kg_news.codes import codes, explanation, listing

    known = codes()
    if not args.codes:
        print(listing())
        return FINE
    asked = [re.sub(r"\A(?:error|warning)\[(.*)\]\Z", r"\1", code.strip().lower()) for code in args.codes]
    if unknown := [code for code in asked if code not in known]:
        near = get_close_matches(unknown[0], known, n=3)
        way_out = f"did you mean: {', '.join(near)}?" if near else "`kg-news explain` lists all of them"
        return wrong_use(f"there is no code {unknown[0]!r}; {way_out}")
    print("\n\n\n".join(explanation(known[code]) for code in asked))
    return FINE
