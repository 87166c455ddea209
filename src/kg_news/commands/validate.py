"""`kg-news validate`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg_news.commands.common import FINE, PROBLEMS, registry_option, wrong_use

TEXT = "check raw articles, sidecars, registry files, corrections and records"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files or folders")
    text = "text (the default); json; github, for annotations in a workflow; or sarif, for code scanning and editors"
    parser.add_argument("--format", default="text", help=text)
    text = "first mend line ends, Unicode form and order of keys in YAML; no value changes"
    parser.add_argument("--fix", action="store_true", help=text)
    text = "as --fix, and mend raw text files too, unless the dataset holds them, and add the sidecar's date as header"
    parser.add_argument("--fix-raw", action="store_true", help=text)
    text = "extract actors and quotes too, as a build does: far slower, and only faults of kg-news itself come to light"
    parser.add_argument("--full", action="store_true", help=text)
    registry_option(parser)


def run(args: argparse.Namespace) -> int:
    from kg_news.fix import fix
    from kg_news.validate import validate
    from kg_news.validate_formats import FORMATS, summary

    if args.format not in FORMATS:
        return wrong_use(f"there is no format {args.format!r}; choose one of: {', '.join(FORMATS)}")
    if Path("-") in args.paths:
        return wrong_use("files and folders are validated; kg-news preview - looks at what comes from a pipe")
    if args.fix or args.fix_raw:
        for mended in fix(args.paths, raw=args.fix_raw):
            print(mended, file=sys.stderr)
    issues = validate(args.paths, args.registry, full=args.full)
    if printed := FORMATS[args.format](issues):
        print(printed)
    if args.format == "text":
        print(summary(issues), file=sys.stderr)
    return PROBLEMS if any(issue.severity == "error" for issue in issues) else FINE
