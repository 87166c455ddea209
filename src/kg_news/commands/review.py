"""`kg-news review`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg_news.commands.common import FINE, PROBLEMS, folder_option, registry
from kg_news.errors import InputError

if TYPE_CHECKING:
    from kg_news.records import Record
    from kg_news.review import Answer

TEXT = "let people review doubtful records in Label Studio"


def arguments(parser: argparse.ArgumentParser) -> None:
    parts = parser.add_subparsers(title="steps", metavar="STEP", dest="step", required=True)
    made = parts.add_parser("config", help="print the labelling interface for a project of Label Studio")
    made = parts.add_parser("export", help="print doubtful records as tasks for Label Studio (JSON)")
    made.add_argument(
        "--sure", type=float, default=0.8, metavar="P", help="confidence that needs no look (default: 0.8)"
    )
    made.add_argument("--all", action="store_true", help="every record, as for a study of agreement")
    folder_option(made)
    made = parts.add_parser("import", help="write the answers as corrections")
    made.add_argument("file", type=Path, metavar="FILE", help="Label Studio's export (JSON)")
    made.add_argument("--coder", help="take the answers of this coder only (needed where several answered)")
    made.add_argument("--reason", default="Reviewed in Label Studio.", help="the reason in every correction")
    text = "the registry that is written to (default: registry)"
    made.add_argument("--registry", type=Path, default=Path("registry"), metavar="DIR", help=text)
    folder_option(made)
    made = parts.add_parser("agree", help="print how far coders agree: Krippendorff's alpha for each field")
    made.add_argument("files", nargs="+", type=Path, metavar="FILE", help="Label Studio's exports (JSON)")
    made.add_argument("--json", action="store_true", help="as JSON")
    folder_option(made)


def run(args: argparse.Namespace) -> int:
    from kg_news import review

    if args.step == "config":
        print(review.labeling_config(), end="")
    elif args.step == "export":
        print(json.dumps(review.tasks(_records(args.folder), args.sure, every=args.all), ensure_ascii=False, indent=1))
    elif args.step == "agree":
        return _agree(args)
    else:
        return _import(args)
    return FINE


def _records(folder: Path | None) -> list[Record]:
    from kg_news import dataset, schema

    rows: list[Record] = schema.to_rows(dataset.table("articles", folder=folder))
    return rows


def _answers(path: Path) -> list[Answer]:
    from kg_news.records import Issue
    from kg_news.review import answers

    try:
        return answers(path.read_bytes(), str(path))
    except OSError as error:
        message, way_out = f"cannot be read: {error.strerror}", "check the name and the permissions"
        raise InputError([Issue("file-unreadable", message, way_out, str(path))]) from None


def _import(args: argparse.Namespace) -> int:
    from kg_news.correcting import NEW, problems, write_corrections
    from kg_news.records import Issue
    from kg_news.registry import Correction
    from kg_news.review import by_coder, differences

    coders = dict(by_coder(_answers(args.file)))
    if args.coder is None and len(coders) > 1:
        message, way_out = f"{len(coders)} coders answered: {', '.join(coders)}", "say whose answers count with --coder"
        raise InputError([Issue("review-coders", message, way_out, str(args.file))])
    chosen = coders.get(args.coder, []) if args.coder else next(iter(coders.values()), [])
    known, records = registry(args.registry), {str(record["id"]): record for record in _records(args.folder)}
    issues: list[Issue] = []
    made: list[Correction] = []
    for answer in chosen:
        record = records.get(answer.article)
        if record is None:
            message, way_out = "the dataset has no such article", "name its dataset with --folder"
            issues.append(Issue("article-unknown", message, way_out, answer.article))
            continue
        changed, troubles = differences(record, answer)
        issues += troubles
        for field, value in changed.items():
            correction = Correction(answer.article, field, value, args.reason, answer.coder, answer.date, file=NEW)
            found = problems(record, correction, known)
            issues += found
            made += [] if found else [correction]
    for path in write_corrections(made, args.registry) if made else []:
        print(path)
    for issue in issues:
        print(issue, file=sys.stderr)
    print(f"{len(chosen)} answers gave {len(made)} corrections", file=sys.stderr)
    return PROBLEMS if issues else FINE


def _agree(args: argparse.Namespace) -> int:
    from kg_news.agreement import by_field
    from kg_news.review import by_coder, coding

    records = {str(record["id"]): record for record in _records(args.folder)}
    coders = dict(by_coder(answer for path in args.files for answer in _answers(path)))
    if len(coders) < 2:
        print(f"agreement needs two coders; the files hold answers of {', '.join(coders) or 'none'}", file=sys.stderr)
        return PROBLEMS
    found = by_field(coding(given, records) for given in coders.values())
    if args.json:
        print(json.dumps({"coders": list(coders), "fields": {k: v._asdict() for k, v in found.items()}}, indent=2))
        return FINE
    print(f"coders: {', '.join(coders)}")
    for field, agreement in found.items():
        alpha = "  n/a" if agreement.alpha is None else f"{agreement.alpha:5.3f}"
        print(f"{field:<10} alpha {alpha}  agreed {agreement.agreed:,} of {agreement.units:,}")
    return FINE
