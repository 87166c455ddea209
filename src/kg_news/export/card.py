"""README.md of the dataset folder: the card that the Hugging Face Hub shows and `load_dataset(folder)` reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from kg_news.about import About, about
from kg_news.export.context import ExportContext
from kg_news.manifest import file_hash, logical_hash, read_rows, release
from kg_news.records import Record
from kg_news.schema import field_table
from kg_news.tables import CONFIGS, config_schema

NAME = "README.md"
SIZES = (
    ("n<1K", 1_000),
    ("1K<n<10K", 10_000),
    ("10K<n<100K", 100_000),
    ("100K<n<1M", 1_000_000),
    ("1M<n<10M", 10_000_000),
)
"""Size categories of the Hub, each with the number that it stays under."""
TASKS = ["token-classification", "text-classification"]


def write_card(records: Sequence[Record], folder: Path, context: ExportContext, /) -> list[Path]:
    """Write README.md. The Parquet files of the folder are there already: the card names their hashes."""
    import yaml

    dataset = about()
    front = yaml.safe_dump(
        _front_matter(records, folder, context, dataset), allow_unicode=True, sort_keys=False, width=120
    )
    path = folder / NAME
    text = f"---\n{front}---\n\n{_body(records, folder, context, dataset).rstrip()}\n"
    path.write_text(text, encoding="utf-8", newline="\n")
    return [path]


def _parquet(folder: Path, config: str) -> list[Path]:
    return sorted((folder / config).glob("*.parquet"))


def _front_matter(records: Sequence[Record], folder: Path, context: ExportContext, dataset: About) -> dict[str, Any]:
    return {
        "pretty_name": dataset.title,
        "language": sorted({record["language"] for record in records} - {"und"}),
        "license": "other",
        "license_name": "per-article",
        "license_link": _license_link(context, dataset),
        "task_categories": TASKS,
        "size_categories": [_size(len(records))],
        "tags": [word.lower() for word in dataset.keywords],
        "configs": [
            {
                "config_name": config,
                # `load_dataset(folder)` keys its cache on these lines, not on the files. Without the version it
                # returned the old rows after an upgrade, without the hash after a second build of one version.
                "version": release(context.version),
                "description": f"{config_schema(config)['description']} Parquet sha256 {_short_hash(folder, config)}.",
                "data_files": [{"split": "train", "path": f"{config}/train-*.parquet"}],
                **({"default": True} if config == CONFIGS[0] else {}),
            }
            for config in CONFIGS
            # `datasets` raises over a Parquet file without rows; a table that it does not know it says so about.
            if _count(folder, config) or config == CONFIGS[0]
        ],
    }


def _short_hash(folder: Path, config: str) -> str:
    return "-".join(file_hash(path)[:16] for path in _parquet(folder, config))


def _license_link(context: ExportContext, dataset: About) -> str:
    return f"{dataset.url}/blob/v{context.version}/LICENSE-DATA.md"


def _size(count: int) -> str:
    return next((name for name, limit in SIZES if count < limit), "10M<n<100M")


def _body(records: Sequence[Record], folder: Path, context: ExportContext, dataset: About) -> str:
    content_hash = logical_hash(read_rows(_parquet(folder, "articles")))
    return f"""\
# {dataset.title}

{dataset.abstract}

Version {context.version}, {_plural(len(records), "article")}.
Content hash `{content_hash}`: the SHA-256 of the articles as canonical JSON Lines, sorted by `id`.
`MANIFEST.json` holds the hash of every file and of every table's rows.
Made by [{dataset.url.removeprefix("https://")}]({dataset.url}); the tools that build, check and load it are there.

## Load

```python
from datasets import load_dataset

articles = load_dataset("path/to/this/folder", split="train")
mentions = load_dataset("path/to/this/folder", "mentions", split="train", streaming=True)
```

The Python package carries this folder, checks it before it reads it, and needs no network:

```python
import kg_news  # pip install kg-news

kg_news.load()  # datasets.Dataset; also load("mentions"), load(streaming=True)
kg_news.table(), kg_news.frame(), kg_news.path()  # pyarrow, pandas, the Parquet file
```

## Cite

`kg_news.cite()`, or `kg-news cite --style bibtex` (also apa, ris, csl-json, cff), gives the citation of this version.
Name the version and the content hash: they say which rows were used.

## Licence

The articles belong to those who wrote them. What is known about each one's licence stands in its `rights`
(`NOASSERTION`: nothing is known); {_licences(records)}. What the project adds to them is CC0-1.0.
See [LICENSE-DATA.md]({_license_link(context, dataset)}), also for how to ask for removal.

## What is in it

{_table(("table", "rows", "one row is"), ((f"`{c}`", str(_count(folder, c)), _what(c)) for c in CONFIGS))}
{_counts("outlet", (record["source"] for record in records))}
{_counts("language", (record["language"] for record in records))}
{_counts("year", (record["date"] and record["date"][:4] for record in records))}
## Fields

Offsets count code points of `text`; `start` is the first, `end` is behind the last.

{"".join(_fields(config) for config in CONFIGS)}"""


def _fields(config: str) -> str:
    return f"### `{config}`\n\n{field_table(config_schema(config)).strip()}\n\n"


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _count(folder: Path, config: str) -> int:
    import pyarrow.parquet as pq

    return sum(pq.read_metadata(path).num_rows for path in _parquet(folder, config))


def _what(config: str) -> str:
    sentence: str = config_schema(config)["description"]
    return sentence.split(". ", maxsplit=1)[0].lower().rstrip(".")


def _licences(records: Sequence[Record]) -> str:
    counts = Counter(record["rights"]["license"] for record in records)
    return "here: " + (", ".join(f"`{name}` {count}" for name, count in sorted(counts.items())) or "no articles")


def _counts(of: str, values: Iterable[str | None]) -> str:
    counts = sorted(Counter(value or "unknown" for value in values).items())
    return _table((of, "articles"), ((_cell(name), str(count)) for name, count in counts))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
