"""README.md of the dataset folder: the card that the Hugging Face Hub shows and `load_dataset(folder)` reads."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg_news.about import About, about
from kg_news.export.context import ExportContext
from kg_news.manifest import ConfigEntry, file_hash, release
from kg_news.schema import field_table
from kg_news.tables import CONFIGS, config_schema

NAME = "README.md"
SIZES = (
    ("n<1K", 1_000),
    ("1K<n<10K", 10_000),
    ("10K<n<100K", 100_000),
    ("100K<n<1M", 1_000_000),
    ("1M<n<10M", 10_000_000),
    ("10M<n<100M", 100_000_000),
)
"""Size categories of the Hub, each with the number that it stays under."""
TASKS = ["token-classification", "text-classification"]


def write_card(folder: Path, context: ExportContext, /) -> list[Path]:
    """Write README.md. The Parquet files of the folder are there already: the card names their hashes."""
    import yaml

    dataset = context.about
    front = yaml.safe_dump(_front_matter(folder, context, dataset), allow_unicode=True, sort_keys=False, width=120)
    path = folder / NAME
    text = f"---\n{front}---\n\n{_body(context, dataset).rstrip()}\n"
    path.write_text(text, encoding="utf-8", newline="\n")
    return [path]


def _front_matter(folder: Path, context: ExportContext, dataset: About) -> dict[str, Any]:
    return {
        "pretty_name": dataset.title,
        "language": sorted(context.tally.languages.keys() - {"und"}),
        "license": "other",
        "license_name": "per-article",
        **({"license_link": context.license_link} if context.license_link else {}),
        "task_categories": TASKS,
        "size_categories": [_size(context.tally.articles)],
        "tags": [word.lower() for word in dataset.keywords],
        "configs": [
            {
                "config_name": config,
                # `load_dataset(folder)` keys its cache on these lines, not on the files. Without the version it
                # returned the old rows after an upgrade, without the hash after a second build of one version.
                "version": release(context.version),
                "description": f"{config_schema(config)['description']} Parquet sha256 {_short_hash(folder, entry)}.",
                "data_files": [{"split": "train", "path": f"{config}/train-*.parquet"}],
                **({"default": True} if config == CONFIGS[0] else {}),
            }
            for config, entry in ((config, context.configs[config]) for config in CONFIGS)
            # `datasets` raises over a Parquet file without rows; a table that it does not know it says so about.
            if entry.rows or config == CONFIGS[0]
        ],
    }


def _short_hash(folder: Path, entry: ConfigEntry) -> str:
    """Of the table's file; of the list of its files' hashes where there are several."""
    hashes = [file_hash(folder / name) for name in entry.files]
    return (hashes[0] if len(hashes) == 1 else hashlib.sha256("\n".join(hashes).encode()).hexdigest())[:16]


def _size(count: int) -> str:
    return next((name for name, limit in SIZES if count < limit), "100M<n<1B")


def _body(context: ExportContext, dataset: About) -> str:
    tally, configs = context.tally, context.configs
    version = dataset.version if dataset.own else context.version
    load, cite = (_LOAD_OWN, _CITE_OWN) if dataset.own else (_LOAD, _CITE)
    return f"""\
# {dataset.title}

{dataset.abstract}

Version {version}, {_plural(tally.articles, "article")}.
Content hash `{configs["articles"].hash}`: the SHA-256 of the articles as canonical JSON Lines, sorted by `id`.
`MANIFEST.json` holds the hash of every file and of every table's rows, `croissant.json` describes them for programs.
{_made_by(context, dataset)}

## Load

```python
from datasets import load_dataset

articles = load_dataset("path/to/this/folder", split="train")
mentions = load_dataset("path/to/this/folder", "mentions", split="train", streaming=True)
```

{load}
## Cite

{cite}

## Licence

The articles belong to those who wrote them. What is known about each one's licence stands in its `rights`
(`NOASSERTION`: nothing is known); {_licences(tally.licences)}.{_added(context)}

## What is in it

{_table(("table", "rows", "one row is"), ((f"`{c}`", str(configs[c].rows), _what(c)) for c in CONFIGS))}
{_counts("outlet", tally.outlets)}
{_counts("language", tally.languages)}
{_counts("year", tally.years)}
## Fields

Offsets count code points of `text`; `start` is the first, `end` is behind the last.

{"".join(_fields(config) for config in CONFIGS)}"""


_LOAD = """\
The Python package carries this folder, checks it before it reads it, and needs no network:

```python
import kg_news  # pip install kg-news

kg_news.load()  # datasets.Dataset; also load("mentions"), load(streaming=True)
kg_news.table(), kg_news.frame(), kg_news.path()  # pyarrow, pandas, the Parquet file
```
"""
_LOAD_OWN = """\
The Python package kg-news checks this folder before it reads it:

```python
import kg_news  # pip install kg-news

kg_news.load(folder="path/to/this/folder")  # datasets.Dataset; table() for pyarrow, frame() for pandas
```
"""
_CITE = """\
`kg_news.cite()`, or `kg-news cite --style bibtex` (also apa, ris, csl-json, cff), gives the citation of this version.
Name the version and the content hash: they say which rows were used."""
_CITE_OWN = """\
`kg-news cite --folder path/to/this/folder --style bibtex` (also apa, ris, csl-json, cff) gives the citation of this
version, from `CITATION.cff`. Name the version and the content hash: they say which rows were used."""


def _made_by(context: ExportContext, dataset: About) -> str:
    link = f"[{dataset.url.removeprefix('https://')}]({dataset.url})"
    if dataset.own:
        return f"Made by {', '.join(dataset.authors)}, {link}, with [kg-news {context.version}]({about().url})."
    return f"Made by {link}; the tools that build, check and load it are there."


def _added(context: ExportContext) -> str:
    """What holds for that which is not the articles' own words; of other people's dataset we cannot tell."""
    if not (link := context.license_link):
        return ""
    return (
        f" What the project adds to them is CC0-1.0.\nSee [LICENSE-DATA.md]({link}), also for how to ask for removal."
    )


def _fields(config: str) -> str:
    return f"### `{config}`\n\n{field_table(config_schema(config)).strip()}\n\n"


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _what(config: str) -> str:
    sentence: str = config_schema(config)["description"]
    return sentence.split(". ", maxsplit=1)[0].lower().rstrip(".")


def _licences(counts: Mapping[str, int]) -> str:
    return "here: " + (", ".join(f"`{name}` {count}" for name, count in sorted(counts.items())) or "no articles")


def _counts(of: str, counts: Mapping[str, int]) -> str:
    named = sorted(("unknown" if name == "-" else name, count) for name, count in counts.items())
    return _table((of, "articles"), ((_cell(name), str(count)) for name, count in named))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
