"""`kg-news correct`."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from kg_news.commands.common import FINE, registry
from kg_news.errors import InputError

TEXT = "set one value of one article by hand: tries it, then writes a correction"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="the article's id")
    parser.add_argument("field", metavar="FIELD", help="JSON pointer into the record: /date, /photo_credits/0/caption")
    parser.add_argument("value", metavar="VALUE", help="the right value: text, or JSON such as null or a list")
    parser.add_argument("--reason", required=True, help="why it is wrong, and how the right one is known")
    parser.add_argument("--by", required=True, metavar="NAME", help="who corrects it")
    parser.add_argument("--date", default=date.today().isoformat(), help="the day (default: today)")
    text = "the folder of raw articles (default: raw)"
    parser.add_argument("--raw", type=Path, default=Path("raw"), metavar="DIR", help=text)
    text = "the registry that is written to (default: registry)"
    parser.add_argument("--registry", type=Path, default=Path("registry"), metavar="DIR", help=text)


def run(args: argparse.Namespace) -> int:
    from kg_news.correcting import NEW, problems, record_of, value_for, write_corrections
    from kg_news.registry import Correction

    known = registry(args.registry)
    field = args.field if args.field.startswith("/") else f"/{args.field}"
    value = value_for(field, args.value)
    correction = Correction(args.id, field, value, args.reason, args.by, args.date, file=NEW)
    if issues := problems(record_of(args.id, args.raw, known), correction, known):
        raise InputError(issues)
    (path,) = write_corrections([correction], args.registry)
    print(path)
    return FINE
