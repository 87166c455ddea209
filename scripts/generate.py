"""Write the generated parts of the documents anew: between `<!-- generated:NAME -->` and `<!-- /generated -->`.

`--check` writes nothing, prints what would change, and exits with 1 where a part is not fresh.
"""

from __future__ import annotations

import argparse
import difflib
import json
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from kg_news import dataset, schema
from kg_news.evaluate.floors import read_floors
from kg_news.show import record
from kg_news.tables import CONFIGS, config_schema
from kg_news.tally import tally

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ("README.md", "DATASHEET.md")
FLOORS = ROOT / "tests" / "floors.json"
PART = re.compile(r"(<!-- generated:([a-z-]+) -->\n).*?(<!-- /generated -->)", re.DOTALL)
LONGEST = 120
"""Characters of a string in the printed record."""
MOST = 2
"""Items of a list in the printed record."""
SCORED = (
    *("credit", "caption", "date", "source", "language"),
    *("person found", "organization found", "country found", "actor link", "office", "quote", "quote speaker"),
)
"""The scores that are printed, in this order."""


def fields() -> str:
    """The fields of an article."""
    return schema.field_table(schema.load_schema("article"))


def printed_record() -> str:
    """The dataset's first record, long strings and lists cut and marked with `…`."""
    shown = json.dumps(_short(record()), ensure_ascii=False, indent=2)
    return f"```json\n{shown}\n```"


def counts() -> str:
    """How much there is of what, counted over the dataset."""
    found = tally(schema.to_rows(dataset.table("articles")))
    rows: list[tuple[str, object]] = [("articles", found.articles)]
    rows += [(f"articles of `{outlet}`", count) for outlet, count in found.outlets.items()]
    rows += [(f"articles in `{language}`", count) for language, count in found.languages.items()]
    rows += [(name, f"{have:,} of {of:,}") for name, (have, of) in found.filled.items()]
    return _table(("what", "how many"), rows)


def configs() -> str:
    """The tables of the dataset."""
    entries = dataset.manifest().configs
    return _table(
        ("config", "one row is", "rows"),
        [(f"`{name}`", config_schema(name)["description"].split(".")[0], entries[name].rows) for name in CONFIGS],
    )


def scores() -> str:
    """What the floor file pins: F1 (or a share, as `kg_news.evaluate` says of each field) in per cent.

    Without the first article: its marks were made from its record.
    """
    return _table(
        ("gold texts", "scores"),
        [
            (f"`{gold}`", _scores(entry["f1"]))
            for gold, entry in sorted(read_floors(FLOORS).items())
            if not gold.endswith("/seed")
        ],
    )


def _scores(pinned: Mapping[str, float]) -> str:
    return ", ".join(f"{field} {100 * pinned[field]:.1f}" for field in SCORED if field in pinned)


def held_out() -> str:
    """The pinned scores of the articles whose errors are not looked at."""
    pinned = read_floors(FLOORS)["tests/gold/actors/held-out"]["f1"]
    return _table(("score", "per cent"), [(field, f"{100 * pinned[field]:.1f}") for field in SCORED if field in pinned])


PARTS: Mapping[str, Callable[[], str]] = {
    "configs": configs,
    "counts": counts,
    "fields": fields,
    "held-out": held_out,
    "record": printed_record,
    "scores": scores,
}


def fresh(text: str) -> str:
    """The document with every generated part as it should be. KeyError for a part that nobody makes."""
    return PART.sub(lambda part: f"{part[1]}{PARTS[part[2]]().strip()}\n{part[3]}", text)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 where a part is not fresh")
    args = parser.parse_args()
    stale = False
    for name in DOCUMENTS:
        path = ROOT / name
        old = path.read_text(encoding="utf-8")
        new = fresh(old)
        if old != new and args.check:
            stale = True
            sys.stdout.writelines(
                difflib.unified_diff(old.splitlines(True), new.splitlines(True), name, f"{name}, fresh")
            )
        elif old != new:
            path.write_text(new, encoding="utf-8")
            print(f"{name} written")
    if stale:
        print("generated parts are not fresh; run: scripts/generate", file=sys.stderr)
    return int(stale)


def _table(head: tuple[str, ...], rows: list[tuple[Any, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def _short(value: Any) -> Any:
    if isinstance(value, str):
        return value if len(value) <= LONGEST else f"{value[:LONGEST].rstrip()} …"
    if isinstance(value, list):
        rest = [f"… and {len(value) - MOST} more"] if len(value) > MOST else []
        return [*(_short(item) for item in value[:MOST]), *rest]
    return {name: _short(item) for name, item in value.items()} if isinstance(value, dict) else value


if __name__ == "__main__":
    sys.exit(main())
