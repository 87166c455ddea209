"""Loading: the same rows by every way, offline, without a cache, after an upgrade, and never from a damaged folder."""

from __future__ import annotations

import datetime
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import datasets
import pyarrow as pa
import pytest

import kg_news
from dataset import article, articles, make_dataset
from kg_news import dataset as loader
from kg_news import manifest
from kg_news.errors import DataError
from kg_news.manifest import Manifest
from kg_news.records import Record
from kg_news.schema import to_features, to_rows
from kg_news.tables import CONFIGS, config_schema, rows

EXTRACTION = ("py3langid", "pymorphy3", "slovnet", "natasha", "razdel", "babel", "rich", "jsonschema_rs", "navec")
ARTICLES = "articles/train-00000-of-00001.parquet"


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_dataset(tmp_path_factory.mktemp("master") / "data", articles(5))


@pytest.fixture
def folder(master: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(master, tmp_path / "data"))


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    cache = tmp_path / "cache"
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", cache)
    return cache


def expected_rows(config: str, count: int = 5) -> list[Record]:
    return list(rows(config, sorted(articles(count), key=lambda record: str(record["id"]))))


def json_rows(loaded: Any) -> list[dict[str, Any]]:
    """Rows as `datasets` gives them, with days as JSON has them."""
    return [
        {name: value.isoformat() if isinstance(value, datetime.date) else value for name, value in row.items()}
        for row in loaded
    ]


def flip(path: Path, rng: random.Random) -> None:
    content = bytearray(path.read_bytes())
    content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    path.write_bytes(content)


def python(code: str, *arguments: object, **environment: str) -> str:
    """What a fresh Python prints."""
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(["src", "tests"]), **environment}
    command = [sys.executable, "-c", code, *map(str, arguments)]
    run = subprocess.run(command, capture_output=True, text=True, env=surroundings, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout


# The same rows by every way


@pytest.mark.parametrize("config", CONFIGS)
def test_every_way_gives_the_rows(folder: Path, config: str) -> None:
    expected = expected_rows(config)
    assert json_rows(kg_news.load(config, folder=folder)) == expected
    assert json_rows(kg_news.load(config, folder=folder)) == expected  # from the cache
    assert json_rows(kg_news.load(config, folder=folder, streaming=True)) == expected
    assert to_rows(kg_news.table(config, folder=folder)) == expected
    assert to_rows(pa.parquet.read_table(kg_news.path(config, folder=folder))) == expected
    frame = kg_news.frame(config, folder=folder)
    assert list(frame["id"]) == [row["id"] for row in expected]
    assert list(frame.columns) == list(expected[0])


def test_articles_are_the_default(folder: Path) -> None:
    assert kg_news.load(folder=folder).column_names == list(config_schema("articles")["properties"])
    assert kg_news.path(folder=str(folder)) == folder / ARTICLES


def test_fields_of_the_table_are_described(folder: Path) -> None:
    assert b"never padded" in kg_news.table(folder=folder).schema.field("date").metadata[b"description"]


def test_columns_can_be_chosen(folder: Path) -> None:
    assert kg_news.table("actors", columns=["country", "id"], folder=folder).column_names == ["country", "id"]
    assert list(kg_news.frame(columns=["title"], folder=folder)) == ["title"]
    assert kg_news.table(columns=(name for name in ("url", "date")), folder=folder).column_names == ["url", "date"]
    with pytest.raises(ValueError, match=r"actors has no column 'nme'; choose from: id, order, name"):
        kg_news.table("actors", columns=["name", "nme"], folder=folder)
    with pytest.raises(ValueError, match=r"a list of names: write columns=\['title'\]"):
        kg_news.frame(columns="title", folder=folder)


def test_days_of_a_frame_are_days_to_pandas(tmp_path: Path) -> None:
    undated: dict[str, Any] = dict.fromkeys(("date", "date_start", "date_end", "date_basis"))
    frame = kg_news.frame(folder=make_dataset(tmp_path / "data", [article(0), article(1, **undated)]))
    days = frame.set_index("source")["date_start"].dt
    assert (days.year["ala-too-vestnik"], days.month["ala-too-vestnik"]) == (2021, 1)
    assert frame["date_end"].isna().tolist() == [False, True]


@pytest.mark.parametrize("streaming", [False, True])
def test_info(folder: Path, streaming: bool) -> None:
    loaded = kg_news.load("actors", folder=folder, streaming=streaming)
    info = loaded.info
    assert str(info.version) == "0.1.0"
    assert info.citation == kg_news.cite(folder=folder)
    assert info.homepage == "https://github.com/kg-news/kg-news"
    assert "CC0-1.0" in info.license
    assert "One actor of an article." in info.description
    assert info.features == loaded.features == to_features(config_schema("actors"))
    assert loaded.split == "train"


def test_several_files(folder: Path) -> None:
    """A big dataset's tables lie in several files; the path is then their folder's."""
    whole, parts = folder / ARTICLES, [folder / f"articles/train-0000{n}-of-00002.parquet" for n in range(2)]
    table = pa.parquet.read_table(whole)
    for part, start in zip(parts, (0, 3), strict=True):
        pa.parquet.write_table(table.slice(start, 3), part)
    whole.unlink()
    totals = manifest.Totals(read=5, written=5, rejected=0, duplicates=0)
    manifest.write(folder, manifest.make(folder, version="0.1.0", inputs={}, totals=totals))
    for loaded in (kg_news.load(folder=folder), kg_news.load(folder=folder, streaming=True)):
        assert json_rows(loaded) == expected_rows("articles")
    assert to_rows(kg_news.table(folder=folder)) == expected_rows("articles")
    assert kg_news.path(folder=folder) == folder / "articles"


@pytest.mark.parametrize("streaming", [False, True])
def test_a_table_without_rows(tmp_path: Path, streaming: bool) -> None:
    folder = make_dataset(tmp_path / "none", [article(quoted=False)])
    loaded = kg_news.load("quotes", folder=folder, streaming=streaming)
    assert list(loaded) == []
    assert loaded.features == to_features(config_schema("quotes"))


# The cache


def test_the_cache_is_used(folder: Path, cache: Path) -> None:
    first = kg_news.load(folder=folder)
    written = {path: path.stat().st_mtime_ns for path in cache.rglob("*.arrow")}
    again = kg_news.load(folder=folder)
    assert written
    assert {path: path.stat().st_mtime_ns for path in cache.rglob("*.arrow")} == written
    assert first.cache_files == again.cache_files
    assert first._fingerprint == again._fingerprint


@pytest.mark.parametrize("version", ["0.1.0", "0.2.0"])
@pytest.mark.parametrize("config", CONFIGS)
def test_new_data_is_never_answered_from_the_cache(folder: Path, version: str, config: str) -> None:
    old = kg_news.load(config, folder=folder)
    make_dataset(folder, articles(3), version)
    new = kg_news.load(config, folder=folder)
    assert json_rows(new) == expected_rows(config, 3)
    assert json_rows(old) == expected_rows(config)
    assert new._fingerprint != old._fingerprint
    assert str(new.info.version) == version


def test_streaming_writes_no_rows_to_the_cache(folder: Path, cache: Path) -> None:
    assert len(list(kg_news.load(folder=folder, streaming=True))) == 5
    assert not list(cache.rglob("*.arrow"))


@pytest.mark.parametrize("streaming", [False, True])
@pytest.mark.parametrize("config", CONFIGS)
def test_a_cache_that_cannot_be_written(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, config: str, streaming: bool
) -> None:
    (tmp_path / "file").touch()  # a folder without permissions does not stop root
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "file" / "cache")
    loaded = kg_news.load(config, folder=folder, streaming=streaming)
    assert json_rows(loaded) == expected_rows(config)
    assert loaded.info.citation == kg_news.cite(folder=folder)
    assert loaded.split == "train"


def test_the_fingerprint_without_a_cache_follows_the_data(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "file" / "cache")
    first, again = (kg_news.load(folder=folder)._fingerprint for _ in range(2))
    make_dataset(folder, articles(3))
    assert first == again != kg_news.load(folder=folder)._fingerprint


def test_a_disk_that_fills_up_while_the_cache_is_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(datasets.arrow_writer.ArrowWriter, "write_table", full)
    loaded = kg_news.load(folder=folder)
    assert json_rows(loaded) == expected_rows("articles")
    assert loaded.cache_files == []


def test_two_processes_at_once(folder: Path, cache: Path) -> None:
    code = "import sys, kg_news; print(kg_news.load('mentions', folder=sys.argv[1]).num_rows)"
    environment = {**os.environ, "PYTHONPATH": "src", "HF_HOME": str(cache)}
    command = [sys.executable, "-c", code, str(folder)]
    running = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert [process.communicate()[0] for process in running] == ["15\n", "15\n"]


@pytest.mark.parametrize("offline", ["0", "1"])
def test_no_network(folder: Path, cache: Path, offline: str) -> None:
    code = """
import socket, sys
def refuse(*arguments): raise AssertionError(f"network: {arguments}")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = socket.create_connection = refuse
import kg_news
folder = sys.argv[1]
streamed = list(kg_news.load(streaming=True, folder=folder))
print(len(kg_news.load(folder=folder)), len(streamed), len(kg_news.frame(folder=folder)))
kg_news.verify(folder)
"""
    assert python(code, folder, HF_HOME=str(cache), HF_HUB_OFFLINE=offline) == "5 5 5\n"


# What it refuses

ways: list[Callable[[Path], object]] = [
    lambda folder: kg_news.load(folder=folder),
    lambda folder: list(kg_news.load(streaming=True, folder=folder)),
    lambda folder: kg_news.table(folder=folder),
    lambda folder: kg_news.frame(folder=folder),
    lambda folder: kg_news.path(folder=folder),
]
every_way = pytest.mark.parametrize("way", ways, ids=["load", "streaming", "table", "frame", "path"])


@every_way
def test_a_folder_without_a_manifest(folder: Path, way: Callable[[Path], object]) -> None:
    way(folder)
    (folder / "MANIFEST.json").unlink()
    with pytest.raises(DataError, match=r"not a complete dataset.*run `kg-news build` again"):
        way(folder)


@every_way
def test_flipped_bits_are_noticed(folder: Path, way: Callable[[Path], object]) -> None:
    way(folder)  # a good copy in the cache does not excuse a damaged folder
    content = (folder / ARTICLES).read_bytes()
    rng = random.Random(4)
    for _ in range(60):
        (folder / ARTICLES).write_bytes(content)
        flip(folder / ARTICLES, rng)
        with pytest.raises(DataError, match=r"articles/train-00000-of-00001\.parquet: other bytes"):
            way(folder)


@every_way
@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda path: path.unlink(), "missing"),
        (lambda path: path.write_bytes(path.read_bytes()[:-1]), r"\d+ bytes, \d+ in the manifest"),
        (lambda path: path.write_bytes(b""), "0 bytes"),
    ],
    ids=["missing", "cut", "empty"],
)
def test_a_damaged_file(
    folder: Path, way: Callable[[Path], object], damage: Callable[[Path], object], message: str
) -> None:
    damage(folder / ARTICLES)
    with pytest.raises(DataError, match=message):
        way(folder)


@pytest.mark.parametrize("way", ways[:4], ids=["load", "streaming", "table", "frame"])
def test_a_bit_that_flips_after_the_check_is_noticed_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch, way: Callable[[Path], object]
) -> None:
    """By the pages' own checksums: a file may change between the check and the reading."""
    monkeypatch.setattr(manifest, "file_problem", lambda *_: None)
    path = folder / ARTICLES
    with pa.parquet.ParquetFile(path) as file:
        group = file.metadata.row_group(0)
        columns = [group.column(number) for number in range(group.num_columns)]
    chunk = next(column for column in columns if column.path_in_schema == "text")
    content = bytearray(path.read_bytes())
    content[chunk.data_page_offset + chunk.total_compressed_size - 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(DataError, match="cannot be read"):
        way(folder)


@every_way
def test_a_column_whose_name_is_no_utf8(folder: Path, way: Callable[[Path], object]) -> None:
    """pyarrow tells of it by another error than of all other damage."""
    path = folder / ARTICLES
    content = path.read_bytes()
    path.write_bytes(content.replace(b"photo_credits", b"photo_\xe5redits"))
    with pytest.raises(DataError, match="other bytes"):
        way(folder)
    with pytest.raises(DataError, match="cannot be read"):
        list(manifest.read_tables(path))


def test_what_is_decoded_lies_in_memory_of_arrow(folder: Path) -> None:
    """Bytes of Python's abort a short script at its end, seldom: a thread of Arrow's may be the last to let go of them."""
    path = folder / ARTICLES
    before = pa.total_allocated_bytes()
    held = loader._buffer(path)
    assert held.to_pybytes() == path.read_bytes()
    assert pa.total_allocated_bytes() - before >= path.stat().st_size


@pytest.mark.parametrize("call", [kg_news.load, kg_news.table, kg_news.frame, kg_news.path])
def test_unknown_config(folder: Path, call: Callable[..., object]) -> None:
    with pytest.raises(ValueError, match=r"no config 'authors'; choose one of: actors, articles, mentions, photo_c"):
        call("authors", folder=folder)


def test_verify(folder: Path) -> None:
    kg_news.verify(folder)
    flip(folder / "README.md", random.Random(1))
    with pytest.raises(DataError, match=r"README\.md: other bytes"):
        kg_news.verify(folder)


# The package


@pytest.mark.parametrize("config", [None, 5, ["articles"], "bogus"])
def test_what_is_no_config_is_told_with_those_that_are(config: Any) -> None:
    for call in (kg_news.load, kg_news.table, kg_news.frame, kg_news.path):
        with pytest.raises(ValueError, match="choose one of: actors, articles"):
            call(config)
    with pytest.raises(ValueError, match="choose one of: bibtex"):
        kg_news.cite(config)


def test_version_and_fingerprint_are_the_datasets(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "shipped", lambda _: folder)
    read = Manifest.read(folder)
    assert kg_news.version == read.version
    assert kg_news.fingerprint == read.content_hash
    assert len(kg_news.load()) == 5


def test_importing_the_package_imports_nothing_else() -> None:
    code = "import typing, sys; before = set(sys.modules); import kg_news; print(sorted(set(sys.modules) - before))"
    assert python(code) == "['kg_news']\n"


def test_loading_needs_no_extraction_library(folder: Path, cache: Path) -> None:
    code = """
import json, sys, kg_news
folder = sys.argv[1]
kg_news.load(folder=folder), kg_news.frame(folder=folder), kg_news.verify(folder), kg_news.cite(folder=folder)
print(json.dumps(sorted({name.split(".")[0] for name in sys.modules})))
"""
    assert not set(EXTRACTION) & set(json.loads(python(code, folder, HF_HOME=str(cache))))


@pytest.mark.parametrize("code", ["from kg_news.dataset import load", "from kg_news.citation import cite"])
def test_the_packages_functions_stay_functions(code: str) -> None:
    """A module `kg_news.load` would take the function's place as soon as somebody imported it."""
    ask = "import kg_news; print(callable(kg_news.load), callable(kg_news.cite), kg_news.load is kg_news.load)"
    assert python(f"{code}\n{ask}") == "True True True\n"


def test_names() -> None:
    assert set(kg_news.__all__) <= set(dir(kg_news))
    for name in ("load", "table", "frame", "path", "verify"):
        assert getattr(kg_news, name) is getattr(loader, name)
    with pytest.raises(AttributeError, match="module 'kg_news' has no attribute 'laod'"):
        _ = kg_news.laod  # type: ignore[attr-defined]  # a checker says it too
