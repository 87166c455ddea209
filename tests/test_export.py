"""Parquet and the dataset card: the bytes, and what `datasets` makes of the folder."""

from __future__ import annotations

import datetime
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import datasets
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

from dataset import article, articles, make_dataset
from kg_news.about import about
from kg_news.build import write_dataset
from kg_news.export import parquet, table_of, write_tables
from kg_news.manifest import Manifest, Totals, file_hash, read_rows
from kg_news.parts import write_part
from kg_news.records import Record
from kg_news.schema import field_table
from kg_news.tables import CONFIGS, config_schema, rows
from kg_news.tally import tally

FILE = "train-00000-of-00001.parquet"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_dataset(tmp_path_factory.mktemp("exported") / "data", articles(5))


@pytest.fixture
def cache(tmp_path: Path) -> str:
    return str(tmp_path / "cache")


def export(records: list[Record], folder: Path, batch: int = 500) -> dict[str, bytes]:
    ordered = by_id(records)
    some = [ordered[start : start + batch] for start in range(0, len(ordered), batch)]
    write_tables(({config: table_of(config, part) for config in CONFIGS} for part in some), make(folder))
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def make(folder: Path) -> Path:
    folder.mkdir()
    return folder


def by_id(records: list[Record]) -> list[Record]:
    return sorted(records, key=lambda record: str(record["id"]))


def json_row(row: dict[str, Any]) -> dict[str, Any]:
    """A row as `datasets` gives it, with days as JSON has them."""
    return {name: value.isoformat() if isinstance(value, datetime.date) else value for name, value in row.items()}


# Parquet


@pytest.mark.parametrize("config", CONFIGS)
def test_rows_come_back_sorted(folder: Path, config: str) -> None:
    assert list(read_rows([folder / config / FILE])) == list(rows(config, by_id(articles(5))))


def test_how_records_are_batched_does_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = [article(number, id=f"x/{number:05}") for number in range(30)]
    monkeypatch.setattr(parquet, "GROUPS", {"articles": 8})
    monkeypatch.setattr(parquet, "GROUP", 8)
    whole = export(records, tmp_path / "whole")
    for batch in (1, 3, 8, 13):
        assert export(records, tmp_path / str(batch), batch) == whole


def test_the_environment_does_not_show(folder: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from dataset import articles, make_dataset;"
        "make_dataset(Path(sys.argv[1]), articles(5)[::-1])"
    )
    search = os.pathsep.join(["src", "tests"])
    for number, surroundings in enumerate(
        [
            {"PYTHONHASHSEED": "1", "TZ": "Asia/Bishkek", "LC_ALL": "C"},
            {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1"},
        ]
    ):
        other = tmp_path / str(number)
        environment = {**os.environ, **surroundings, "PYTHONPATH": search}
        subprocess.run([sys.executable, "-c", code, str(other)], check=True, env=environment)
        for path in folder.rglob("*.*"):
            assert (other / path.relative_to(folder)).read_bytes() == path.read_bytes(), path.name


def test_how_the_files_are_written(folder: Path) -> None:
    with pq.ParquetFile(folder / "articles" / FILE) as file:
        metadata, schema = file.metadata, file.schema_arrow
        column = metadata.row_group(0).column(0)
        assert column.compression == "ZSTD"
        assert column.statistics.min == articles(1)[0]["id"]
        assert column.has_offset_index
        assert column.has_column_index
        assert b"pandas" not in (schema.metadata or {})
        assert not schema.field("text").nullable
        assert schema.field("date").nullable
        assert b"never padded" in schema.field("date").metadata[b"description"]


def test_row_groups_have_a_fixed_size(tmp_path: Path) -> None:
    many = [article(number, id=f"x/{number:05}") for number in range(2100)]
    export(many, tmp_path / "many")
    with pq.ParquetFile(tmp_path / "many" / "articles.parquet") as file:
        groups = [file.metadata.row_group(number).num_rows for number in range(file.num_row_groups)]
    assert groups == [1000, 1000, 100]


def test_pages_carry_checksums(folder: Path, tmp_path: Path) -> None:
    content = bytearray((folder / "quotes" / FILE).read_bytes())
    with pq.ParquetFile(folder / "quotes" / FILE) as file:
        chunk = file.metadata.row_group(0).column(2)
    content[chunk.data_page_offset + chunk.total_compressed_size - 2] ^= 1
    flipped = tmp_path / "flipped.parquet"
    flipped.write_bytes(content)
    with pytest.raises(OSError, match=r"(?i)crc|checksum"):
        pq.read_table(flipped, page_checksum_verification=True)


# The card


def card(folder: Path) -> tuple[dict[str, Any], str]:
    _, front, body = (folder / "README.md").read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(front), body


def test_front_matter(folder: Path) -> None:
    front, _ = card(folder)
    assert [config["config_name"] for config in front["configs"]] == list(CONFIGS)
    assert [config["config_name"] for config in front["configs"] if config.get("default")] == ["articles"]
    for config in front["configs"]:
        assert config["version"] == "0.1.0"
        assert file_hash(folder / config["config_name"] / FILE)[:16] in config["description"]
    assert front["language"] == ["ru"]
    assert front["license"] == "other"
    assert front["license_name"]
    assert front["license_link"].startswith(about().url)
    assert front["size_categories"] == ["n<1K"]
    assert front["pretty_name"] == about().title


@pytest.mark.parametrize(
    ("changes", "expected"),
    [({"language": "ky"}, ["ky", "ru"]), ({"language": "und"}, ["ru"]), ({"language": "ru"}, ["ru"])],
)
def test_languages(tmp_path: Path, changes: dict[str, Any], expected: list[str]) -> None:
    folder = make_dataset(tmp_path / "data", [article(0), article(1, **changes)])
    assert card(folder)[0]["language"] == expected


def test_counts(tmp_path: Path) -> None:
    undated: dict[str, Any] = dict.fromkeys(("date", "date_start", "date_end", "date_basis", "source", "source_name"))
    records = [article(0), article(2), article(1, language="ky"), article(3, **undated)]
    _, body = card(make_dataset(tmp_path / "data", records))
    for line in (
        "| ala-too-vestnik | 2 |",
        "| naryn-press | 1 |",
        "| unknown | 1 |",
        "| ru | 3 |",
        "| ky | 1 |",
        "| 2021 | 3 |",
        "| `mentions` | 12 | one place in an article's text where an actor is named |",
    ):
        assert line in body.splitlines()


def test_every_table_is_described(folder: Path) -> None:
    _, body = card(folder)
    for config in CONFIGS:
        assert field_table(config_schema(config)).strip() in body
    assert Manifest.read(folder).content_hash in body


def test_no_table_is_torn(folder: Path) -> None:
    for table in re.findall(r"(?:^\|.*\n)+", card(folder)[1], re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1, table


def test_the_cards_python_runs_as_it_stands(folder: Path, cache: str) -> None:
    block = re.findall(r"```python\n(.*?)```", card(folder)[1], re.DOTALL)[0]
    run = subprocess.run(
        [sys.executable, "-c", block.replace("path/to/this/folder", str(folder)) + "\nprint(len(articles))"],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "HF_HOME": cache, "HF_HUB_OFFLINE": "1"},
    )
    assert run.stdout == "5\n"


# Croissant


def croissant(folder: Path) -> dict[str, Any]:
    made: dict[str, Any] = json.loads((folder / "croissant.json").read_text(encoding="utf-8"))
    return made


def test_croissant_says_what_the_dataset_is(folder: Path) -> None:
    made, read = croissant(folder), Manifest.read(folder)
    assert made["conformsTo"] == "http://mlcommons.org/croissant/1.0"
    assert (made["name"], made["url"], made["version"]) == (about().title, about().url, "0.1.0")
    assert made["license"] == [card(folder)[0]["license_link"]]
    assert made["datePublished"] == about().released.isoformat()
    assert read.content_hash in made["citeAs"]
    for part in made["distribution"]:
        entry = read.files[part["contentUrl"]]
        assert (part["sha256"], part["contentSize"]) == (entry.sha256, f"{entry.size} B")
    assert [part["contentUrl"] for part in made["distribution"]] == [f"{config}/{FILE}" for config in CONFIGS]


def test_croissant_has_every_column_but_lists_of_objects(folder: Path) -> None:
    types = {"string": "sc:Text", "date32[day]": "sc:Date", "int32": "sc:Integer", "double": "sc:Float"}

    def expected(schema: Any, place: str) -> Iterator[tuple[str, Any]]:
        for field in schema:
            kind = field.type.value_type if pa.types.is_list(field.type) else field.type
            if not pa.types.is_struct(kind):
                yield f"{place}/{field.name}", (types[str(kind)], kind is not field.type)
            elif kind is field.type:
                yield from expected(kind, f"{place}/{field.name}")

    def found(fields: list[dict[str, Any]]) -> Iterator[tuple[str, Any]]:
        for field in fields:
            if "subField" in field:
                yield from found(field["subField"])
            else:
                assert field["description"]
                yield field["@id"], (field["dataType"], field.get("repeated", False))

    made = croissant(folder)
    ids = [part["@id"] for part in (*made["distribution"], *made["recordSet"])]
    for records in made["recordSet"]:
        config = records["name"]
        schema = pq.read_schema(folder / config / FILE)
        here = dict(found(records["field"]))
        ids += here
        assert here == dict(expected(schema, config))
        assert all(field["source"]["fileObject"]["@id"] in ids for field in records["field"] if "source" in field)
        key = [part["@id"].removeprefix(f"{config}/") for part in records["key"]]
        rows = pq.read_table(folder / config / FILE, columns=key).to_pylist()
        assert len({tuple(row.values()) for row in rows}) == len(rows)
    assert len(set(ids)) == len(ids)
    rights = next(field for field in made["recordSet"][0]["field"] if field["name"] == "rights")
    assert rights["subField"][0]["source"]["extract"] == {"column": "rights"}
    assert rights["subField"][0]["source"]["transform"] == {"jsonPath": "license"}


def test_croissant_of_tables_in_several_files(tmp_path: Path) -> None:
    parts, records = [make(tmp_path / name) for name in "ab"], by_id(articles(4))
    for number, part in enumerate(parts):
        write_part(records[2 * number : 2 * number + 2], part)
    totals = Totals(read=4, written=4, rejected=0, duplicates=0)
    folder = make(tmp_path / "data")
    write_dataset(parts, folder, version="0.1.0", tally=tally(records), inputs={}, totals=totals)
    made = croissant(folder)
    assert {part["@type"] for part in made["distribution"]} == {"cr:FileSet"}
    for config, part in zip(CONFIGS, made["distribution"], strict=True):
        assert len(list(folder.glob(part["includes"]))) == 2
        assert part["@id"] == f"{config}-files"
    assert made["recordSet"][0]["field"][0]["source"]["fileSet"] == {"@id": "articles-files"}


@pytest.mark.parametrize(
    ("said", "licences"),
    [
        ("", [{"@type": "sc:CreativeWork", "name": "per article, see `rights`"}]),
        ("license: CC-BY-4.0", ["https://spdx.org/licenses/CC-BY-4.0"]),
        ("license: [MIT, CC0-1.0]", ["https://spdx.org/licenses/MIT", "https://spdx.org/licenses/CC0-1.0"]),
        ("license-url: https://snow.example/terms", ["https://snow.example/terms"]),
    ],
)
def test_croissant_of_other_peoples_dataset(tmp_path: Path, said: str, licences: list[Any]) -> None:
    cff = tmp_path / "own.cff"
    cff.write_text(
        "title: Снег\nabstract: Articles about snow.\nauthors: [{given-names: Асан, family-names: Примеров}]\n"
        "version: 2.0.0\ndate-released: '2031-04-05'\nrepository-code: https://snow.example\nkeywords: [snow]\n" + said,
        encoding="utf-8",
    )
    part, folder, records = make(tmp_path / "part"), make(tmp_path / "data"), articles(1)
    write_part(records, part)
    totals = Totals(read=1, written=1, rejected=0, duplicates=0)
    write_dataset([part], folder, version="0.1.0", tally=tally(records), inputs={}, totals=totals, citation=cff)
    made = croissant(folder)
    assert made["license"] == licences
    assert (made["name"], made["version"], made["datePublished"]) == ("Снег", "2.0.0", "2031-04-05")
    assert made["creator"] == [{"@type": "sc:Person", "name": "Асан Примеров"}]


# What `datasets` makes of it


@pytest.mark.parametrize("config", CONFIGS)
def test_load_dataset(folder: Path, cache: str, config: str) -> None:
    expected = list(rows(config, by_id(articles(5))))
    whole = datasets.load_dataset(str(folder), config, split="train", cache_dir=cache)
    streamed = datasets.load_dataset(str(folder), config, split="train", streaming=True, cache_dir=cache)
    parquet = datasets.load_dataset("parquet", data_files=str(folder / config / FILE), split="train", cache_dir=cache)
    assert [json_row(row) for row in whole] == expected
    assert [json_row(row) for row in streamed] == expected
    assert [json_row(row) for row in parquet] == expected


def test_articles_are_the_default(folder: Path, cache: str) -> None:
    loaded = datasets.load_dataset(str(folder), cache_dir=cache)
    assert list(loaded) == ["train"]
    assert loaded["train"]["id"][0] == articles(1)[0]["id"]


@pytest.mark.parametrize("version", ["0.1.0", "0.2.0"])
def test_load_dataset_never_gives_the_rows_of_before(tmp_path: Path, cache: str, version: str) -> None:
    """A second build into the same folder: of one version, or of the next."""
    folder = tmp_path / "data"
    make_dataset(folder, articles(2))
    assert len(datasets.load_dataset(str(folder), split="train", cache_dir=cache)) == 2
    changed = [article(0, title="Новая школа"), article(1)]
    make_dataset(folder, changed, version)
    titles = datasets.load_dataset(str(folder), split="train", cache_dir=cache)["title"]
    assert list(titles) == ["Новая школа", None]


def test_a_table_without_rows_is_not_offered(tmp_path: Path, cache: str) -> None:
    folder = make_dataset(tmp_path / "data", [article(quoted=False)])
    with pytest.raises(ValueError, match="quotes"):
        datasets.load_dataset(str(folder), "quotes", cache_dir=cache)
    assert len(datasets.load_dataset(str(folder), "actors", split="train", cache_dir=cache)) == 2
