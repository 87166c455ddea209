"""`kg-news new`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg_news.commands.common import FINE, registry, registry_option, wrong_use
from kg_news.errors import InputError

if TYPE_CHECKING:
    from kg_news.registry import Registry

TEXT = "put a new article and its sidecar in place; on a terminal, asks for what is missing"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="file", metavar="FILE", help="the article as received; - for standard input")
    parser.add_argument(
        "--outlet", metavar="ID", help="the outlet that published it, as in registry/outlets (default: by the address)"
    )
    parser.add_argument("--url", help="where it was published")
    parser.add_argument("--date", help="when: YYYY, YYYY-MM or YYYY-MM-DD (default: by address or header)")
    parser.add_argument("--title", help="headline, where the raw article does not hold it")
    parser.add_argument("--language", help="BCP 47 tag (default: by the article's words)")
    parser.add_argument("--rights", metavar="LICENCE", help="SPDX expression (default: NOASSERTION, not known)")
    parser.add_argument("--holder", help="who holds the rights")
    parser.add_argument("--evidence", metavar="URL", help="where the licence is stated")
    parser.add_argument("--slug", help="the file's name without suffix (default: by the address)")
    text = "the folder of raw articles (default: raw)"
    parser.add_argument("--raw", type=Path, default=Path("raw"), metavar="DIR", help=text)
    registry_option(parser)


def run(args: argparse.Namespace) -> int:
    from kg_news.scaffold import outlet_of, suffix_of, write_article

    known = registry(args.registry)
    args.outlet = args.outlet or outlet_of(args.url, known)
    if sys.stdin.isatty() and args.file != "-" and not (args.file and args.outlet):
        _fill(args, known)
    elif lacking := [option for option, value in (("--from", args.file), ("--outlet", args.outlet)) if not value]:
        return wrong_use(f"say {' and '.join(lacking)}, or call it on a terminal to be asked")
    data = _read(args.file)
    suffix = suffix_of(args.file)
    written = write_article(data, _sidecar(args), known, args.raw, suffix=suffix, slug=args.slug or "")
    print(f"{written.raw}\n{written.sidecar}")
    print(f"look at it: kg-news preview {written.raw}", file=sys.stderr)
    return FINE


def _sidecar(args: argparse.Namespace) -> dict[str, Any]:
    rights = {"license": args.rights or "NOASSERTION", "holder": args.holder, "evidence_url": args.evidence}
    optional = {"date": args.date, "language": args.language, "title": args.title}
    return {
        "source": args.outlet,
        "url": args.url or None,
        "rights": {name: value for name, value in rights.items() if value},
        **{name: value for name, value in optional.items() if value},
    }


QUESTIONS: Mapping[str, str] = {
    "file": "File with the article as you have it",
    "url": "Address where it was published (empty: not known)",
    "outlet": "Outlet, its id (? lists all)",
    "date": "Date, YYYY, YYYY-MM or YYYY-MM-DD (empty: by address or header)",
    "title": "Headline, if the file does not hold it (empty: none)",
    "rights": "Licence, SPDX (empty: not known)",
    "holder": "Who holds the rights (empty: not known)",
}
"""What is asked for on a terminal, in this order, unless an option says it."""


def _fill(args: argparse.Namespace, known: Registry) -> None:
    """Ask for what no option says, again where an answer will not do; the address mostly tells the outlet."""
    from kg_news.scaffold import outlet_of

    for name, question in QUESTIONS.items():
        while getattr(args, name) is None:
            proposed = outlet_of(args.url, known) if name == "outlet" else None
            answer = _ask(f"{question}{f' (empty: {proposed})' if proposed else ''}: ") or proposed or ""
            if trouble := _trouble(name, answer, args, known):
                print(trouble, file=sys.stderr)
            else:
                setattr(args, name, answer)


def _trouble(name: str, answer: str, args: argparse.Namespace, known: Registry) -> str:
    """Why an answer will not do; empty where it does."""
    from kg_news.scaffold import one_article, problems, suffix_of

    if name == "file":
        if answer in ("", "-"):  # standard input is where the answers come from
            return "a file is needed"
        try:
            one_article(_read(answer), suffix_of(answer))
        except InputError as error:
            return "\n".join(f"{issue.message}; {issue.way_out}" for issue in error.issues)
        return ""
    if name == "outlet" and answer in ("", "?"):
        needed = "an outlet is needed: where the article appeared"
        return ", ".join(sorted(known.outlets)) if answer else needed
    tried = argparse.Namespace(**{**vars(args), "outlet": args.outlet or next(iter(known.outlets)), name: answer})
    found = [issue for issue in problems(_sidecar(tried), known) if issue.path == f"--{name}"]
    return "\n".join(f"{issue.message}; {issue.way_out}" for issue in found)


def _ask(question: str) -> str:
    """Questions go to stderr, as stdout is for what was written. A closed terminal is like Ctrl-C."""
    print(question, end="", file=sys.stderr, flush=True)
    if not (line := sys.stdin.readline()):
        raise KeyboardInterrupt
    return line.strip()


def _read(name: str) -> bytes:
    """The article's bytes. InputError where they cannot be read."""
    from kg_news.read.streams import opened, whole
    from kg_news.records import Issue

    try:
        if name == "-":
            return whole(sys.stdin.buffer, name)
        with opened(Path(name)) as stream:
            return whole(stream, name)
    except OSError as error:
        message, way_out = f"cannot be read: {error.strerror}", "check the name and the permissions"
        raise InputError([Issue("file-unreadable", message, way_out, name)]) from None
