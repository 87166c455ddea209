"""`kg-news normalize`."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

from kg_news.commands.common import FINE, bar, columns_option, complain, registry, registry_option, wrong_use
from kg_news.errors import InputError
from kg_news.quick import settled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg_news.records import RawArticle
    from kg_news.registry import Registry
    from kg_news.views.credit_explained import Weighed

TEXT = "print raw articles as records, one JSON line each"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="raw articles in any format; - for standard input")
    parser.add_argument("--format", help="flattened, html, jsonl, … (default: by the content; text on - is flattened)")
    columns_option(parser)
    registry_option(parser)
    parser.add_argument("--url", help="where the article was published")
    parser.add_argument("--explain", action="store_true", help="say on stderr what decided each photo block")


def run(args: argparse.Namespace) -> int:
    from kg_news.inputs import FORMATS, with_url
    from kg_news.normalize import normalize
    from kg_news.read import in_file
    from kg_news.records import RawArticle

    if args.format not in (None, *FORMATS):
        return wrong_use(f"there is no format {args.format!r}; choose one of: {', '.join(FORMATS)}")
    known, code, done = registry(args.registry), FINE, 0
    tell: Callable[[str, int, int | None], None] | None = None
    with ExitStack() as stack:
        for raw in _articles(args):
            try:
                if isinstance(raw, InputError):
                    raise raw
                source = with_url(raw, args.url) if args.url else raw
                record, doubts = normalize(source, known)
            except InputError as error:
                issues = (in_file(issue, raw) if isinstance(raw, RawArticle) else issue for issue in error.issues)
                code = complain(InputError(issues))
                continue
            done += 1
            if done == 1:
                settled()  # the first article has loaded the models
            if done == 2 and sys.stderr.isatty() and not sys.stdout.isatty():
                tell = stack.enter_context(bar())
            print(json.dumps(record, ensure_ascii=False))
            for doubt in doubts:
                print(in_file(doubt, raw), file=sys.stderr)
            if args.explain:
                _explain(source, known)
            if tell:
                tell("articles", done, None)
    return code


def _articles(args: argparse.Namespace) -> Iterator[RawArticle | InputError]:
    from kg_news.inputs import read_input

    for name in args.files:
        yield from read_input(name, sys.stdin.buffer, format=args.format, columns=args.columns)


def _explain(raw: RawArticle, registry: Registry) -> None:
    """Which rule decided each photo block; of a credit that ends with a body's name, what was weighed at its end and at
    the next likely one.
    """
    from kg_news.doc import Doc
    from kg_news.views.credit_explained import weighed_ends

    doc = Doc(raw, registry)
    for block in doc.photo_blocks:
        start, end = block.span
        print(f"{raw.id}: [{block.rule}] {raw.text[start:end]}", file=sys.stderr)
        places = weighed_ends(raw.text, block.credit, doc.known.photo.credit) if block.credit else ()
        for label, place in zip(("ends", "next"), places, strict=False):
            print(f"    {label} before {_place(place)}", file=sys.stderr)


def _place(place: Weighed) -> str:
    """`«Суд»: +2.81 = verb soon +4.83, fits -1.91, …`."""
    word = f"«{place.behind.strip('«»')}»" if place.behind else "the end"
    if place.sum is None:
        return f"{word}: no name goes on there"
    listed = [f"{name} {weight:+.2f}" for name, weight in place.facts[:_FACTS]]
    return f"{word}: {place.sum:+.2f} = {', '.join(listed)}{', …' if len(place.facts) > _FACTS else ''}"


_FACTS = 6
"""How many facts are printed of a place, the heaviest."""
