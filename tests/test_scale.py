"""Big builds: the same bytes by any number of processes and from any cache, and nothing wrong after a kill."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import datasets
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import kg_news
from dataset import article
from invented import TEXTS, snapshot, write_article
from kg_news import blocks, manifest, parts, shards, workers
from kg_news.build import INPUTS, REJECTED, BuildReport, build
from kg_news.cli import main
from kg_news.corpus import texts, with_outlet, write_corpus
from kg_news.errors import BuildError, InputError, KgNewsError, MissingExtra
from kg_news.export import write_tables
from kg_news.merging import FAN, merged, narrowed
from kg_news.normalize import normalize
from kg_news.records import Issue, RawArticle
from kg_news.registry import Correction, Registry
from kg_news.shards import FILES, Head, Run, read_listing, write_listing
from kg_news.store import SUMS, Store, cache, key_of
from kg_news.tables import CONFIGS
from kg_news.twins import twins
from kg_news.workers import Workers

ROOT = Path(__file__).resolve().parent.parent
COUNT = 24
LINES = [
    ("b", "Осенью сдали новый мост у мельницы."),
    ("a", "Паром сняли с реки до весны."),
    ("b", "Другой текст под тем же именем."),
    ("z", "Паром  сняли с реки до весны."),
]
SMALL = 20_000
"""Bytes of a part, for several parts out of few articles."""


@pytest.fixture(scope="module")
def known(registry: Registry) -> Registry:
    return with_outlet(registry)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    raw = tmp_path_factory.mktemp("many") / "raw"
    write_corpus(raw, COUNT)
    return raw


@pytest.fixture(scope="module")
def made(many: Path, known: Registry, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one process makes without a cache, in several parts."""
    out = tmp_path_factory.mktemp("made") / "data"
    assert build(many, out, known, part_size=SMALL).published
    return out


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the articles that are normalised."""
    seen: list[str] = []

    def counted(raw: RawArticle, registry: Registry) -> Any:
        seen.append(raw.id)
        return normalize(raw, registry)

    monkeypatch.setattr("kg_news.normalize.normalize", counted)
    return seen


# Invented articles


def test_the_corpus_is_always_the_same() -> None:
    first = list(texts(50, seed=3))
    assert first == list(texts(50, seed=3))
    assert first != list(texts(50, seed=4))
    assert [article_id for article_id, _ in first] == sorted({article_id for article_id, _ in first})
    assert len({text for _, text in first}) == 50


# The same bytes by any number of processes


def test_two_processes_make_the_same_bytes(many: Path, made: Path, known: Registry, tmp_path: Path) -> None:
    result = build(many, tmp_path / "data", known, processes=2, part_size=SMALL)
    assert (result.found, result.written) == (COUNT, COUNT)
    assert snapshot(tmp_path / "data") == snapshot(made)
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_refusals_are_the_same_by_two_processes(raw: Path, registry: Registry, tmp_path: Path) -> None:
    (raw / "gornyj-put/2031-05/sneg.txt").write_bytes(b"")
    write_article(raw, "vestnik-doliny/2031-09/most", TEXTS["vestnik-doliny/2031-04/most"])
    results: list[BuildReport] = [
        build(raw, tmp_path / str(number), registry, processes=number, max_rejected=2) for number in (1, 2)
    ]
    assert [(entry.path, entry.status) for entry in results[0].refused] == [
        (str(raw / "gornyj-put/2031-05/sneg.txt"), "rejected"),
        (str(raw / "vestnik-doliny/2031-09/most.txt"), "duplicate"),
    ]
    assert results[0].refused == results[1].refused
    assert snapshot(tmp_path / "1") == snapshot(tmp_path / "2")


def test_a_file_of_many_articles_has_its_good_ones_by_any_number_of_processes(
    raw: Path, registry: Registry, calls: list[str], tmp_path: Path
) -> None:
    """Lines bring their ids, in any order: `b` twice, a broken line between, and an id of another file."""
    lines = [f'{{"id": "{name}", "text": "{text}"}}' for name, text in LINES]
    write_article(raw, "vestnik-doliny/many", "\n".join([*lines[:2], "{broken", *lines[2:]]), suffix=".jsonl")
    html = "<html><body><article><h1>Мост</h1><p>Мост через реку открыли. Паром больше не ходит.</p></article></body></html>"
    page = write_article(raw, "vestnik-doliny/page", html, suffix=".html")
    cached = tmp_path / "cache"
    results = [
        build(raw, tmp_path / "1", registry, max_rejected=3, cache_folder=cached),
        build(raw, tmp_path / "2", registry, max_rejected=3, processes=2),
    ]
    found = [(entry.path.rpartition("/")[2], entry.status, entry.issues[0].code) for entry in results[0].refused]
    assert found == [
        ("many.jsonl", "duplicate", "id-duplicate"),
        ("many.jsonl", "rejected", "json-invalid"),
        ("many.jsonl", "duplicate", "text-duplicate"),
    ]
    lines_of = [str(entry.issues[0]).partition("many.jsonl:")[2].partition(";")[0] for entry in results[0].refused]
    assert (
        lines_of[0]
        == f"4: error[id-duplicate] article 'b': the id 'b' is already that of {raw}/vestnik-doliny/many.jsonl:1"
    )
    assert [line.partition(":")[0] for line in lines_of] == ["4", "3", "5"]
    assert (results[0].found, results[0].written) == (9, 6)
    assert results[0].refused == results[1].refused
    assert results[0].warnings == results[1].warnings
    assert snapshot(tmp_path / "1") == snapshot(tmp_path / "2")
    # Of a file in which a line came first all others are taken over, and what is said of them has their new lines.
    calls.clear()
    many = raw / "vestnik-doliny/many.jsonl"
    many.write_text(json.dumps({"id": "0", "text": "Туман над рекой."}) + "\n" + many.read_text("utf-8"), "utf-8")
    moved = build(raw, tmp_path / "1", registry, max_rejected=3, cache_folder=cached)
    assert calls == ["0"]
    assert [entry.issues[0].line for entry in moved.refused] == [5, 4, 6]
    # Of the shard in which one file changed every other article is taken over, whatever its format.
    calls.clear()
    page.with_suffix(".yml").write_text("source: gornyj-put\nurl: null\nrights: {license: NOASSERTION}\n")
    build(raw, tmp_path / "1", registry, max_rejected=3, cache_folder=cached)
    assert calls == ["vestnik-doliny/page"]
    calls.clear()
    write_article(raw, "gornyj-put/2031-05/tuman", " date 2031-05 Туман стоит над рекой третий день.\n")
    build(raw, tmp_path / "1", registry, max_rejected=3, cache_folder=cached)
    assert calls == ["gornyj-put/2031-05/tuman"]


def dies(given: int, job: int) -> int:
    if job == given:
        os.kill(os.getpid(), signal.SIGKILL)
    return job


def test_a_worker_that_is_killed_ends_the_build() -> None:
    with pytest.raises(BuildError, match=r"worker-died.*--workers"), workers.workers(1, 2) as pool:
        list(pool.map(dies, range(5)))


def test_results_keep_the_order_of_the_jobs() -> None:
    alone = list(Workers(7, None, 1).map(lambda given, job: given * job, range(4)))
    assert alone == [0, 7, 14, 21]
    with workers.workers(7, 2) as pool:
        assert list(pool.map(multiplied, range(20))) == [7 * number for number in range(20)]


def multiplied(given: int, job: int) -> int:
    return given * job


def deaf(_: None, __: int) -> bool:
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def test_ctrl_c_is_for_the_parent_from_a_workers_first_moment_on() -> None:
    with workers.workers(None, 2) as pool:
        assert list(pool.map(deaf, range(2))) == [True, True]
    assert not deaf(None, 0)


@pytest.mark.parametrize("processes", [1, 2])
def test_a_killed_build_leaves_no_process_and_no_trace(tmp_path: Path, registry_folder: Path, processes: int) -> None:
    """SIGKILL to the parent alone, as soon as it has said something."""
    write_article(tmp_path / "raw", "gornyj-put/2031-05/sneg", TEXTS["gornyj-put/2031-05/sneg"])
    code = (
        "import os, sys, signal, kg_news.build as b\n"
        "def stop(*_, **__):\n    print('here', flush=True); signal.pause()\n"
        "b.decide = stop\n"
        "from kg_news.cli import main\n"
        "if __name__ == '__main__':\n    sys.exit(main(sys.argv[1:]))"
    )
    script = tmp_path / "script.py"
    script.write_text(code)
    argv = ["build", "--raw", str(tmp_path / "raw"), "--out", str(tmp_path / "data"), "--no-cache"]
    argv += ["--registry", str(registry_folder), "--workers", str(processes)]
    with subprocess.Popen([sys.executable, str(script), *argv], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
        second = subprocess.run(
            [sys.executable, "-m", "kg_news", *argv], capture_output=True, text=True, check=False, env=absolute()
        )
        assert second.returncode == 1
        assert f"error[build-running] another build (process {process.pid}: " in second.stderr
        process.kill()
        process.stdout.read()  # to its end: whoever holds the pipe is gone
    assert not (tmp_path / "data").exists()
    subprocess.run([sys.executable, "-m", "kg_news", *argv, "--quiet"], check=True, env=absolute())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "raw", "script.py"]
    manifest.verify(tmp_path / "data")


def absolute() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "src")}


# Parts


def test_parts_are_what_others_read(made: Path, tmp_path: Path) -> None:
    read = manifest.Manifest.read(made)
    manifest.verify(made)
    for config, entry in read.configs.items():
        count = len(entry.files)
        assert count >= 3
        assert entry.files == tuple(f"{config}/train-{number:05}-of-{count:05}.parquet" for number in range(count))
        streamed = datasets.load_dataset(
            str(made), config, split="train", streaming=True, cache_dir=str(tmp_path / "cache")
        )
        assert sum(1 for _ in streamed) == entry.rows
    ids = kg_news.table(folder=made).column("id").to_pylist()
    assert ids == sorted(ids)
    assert len(ids) == COUNT
    whole = datasets.load_dataset(str(made), split="train", cache_dir=str(tmp_path / "cache"))
    assert whole["id"][:] == ids


def test_the_parts_have_the_rows_of_one_file(many: Path, made: Path, known: Registry, tmp_path: Path) -> None:
    build(many, tmp_path / "data", known)
    one, several = manifest.Manifest.read(tmp_path / "data"), manifest.Manifest.read(made)
    assert {entry.files for entry in one.configs.values()} == {
        (f"{config}/train-00000-of-00001.parquet",) for config in one.configs
    }
    assert {name: entry.hash for name, entry in one.configs.items()} == {
        name: entry.hash for name, entry in several.configs.items()
    }


def test_statistics_tell_which_part_has_an_id(made: Path) -> None:
    """By them Polars and DuckDB leave out the other parts."""
    ranges = []
    for name in manifest.Manifest.read(made).configs["articles"].files:
        metadata = pq.read_metadata(made / name)
        column = metadata.row_group(0).column(0)
        assert column.has_column_index
        ranges.append((column.statistics.min, column.statistics.max))
    assert ranges == sorted(ranges)
    assert all(before[1] < after[0] for before, after in pairwise(ranges))


def test_polars_and_duckdb_read_only_the_part_that_has_the_rows(made: Path, tmp_path: Path) -> None:
    """Pages of the other parts are overwritten: whoever read them would fail, or find other rows."""
    polars, duckdb = pytest.importorskip("polars"), pytest.importorskip("duckdb")
    folder = Path(shutil.copytree(made, tmp_path / "data"))
    first, *others = manifest.Manifest.read(folder).configs["articles"].files
    for name in others:
        spoil_pages(folder / name)
    wanted = pq.read_table(folder / first).column("id").to_pylist()[0]
    pattern = str(folder / "articles" / "*.parquet")
    found = polars.scan_parquet(pattern).filter(polars.col("id") == wanted).select("id", "text").collect()
    assert found["id"].to_list() == [wanted]
    rows = duckdb.execute(f"SELECT id, text FROM '{pattern}' WHERE id = ?", [wanted]).fetchall()
    assert [row[0] for row in rows] == [wanted]
    with pytest.raises(Exception, match=r"(?s)."):
        polars.scan_parquet(pattern).select("id", "text").collect()


def spoil_pages(path: Path) -> None:
    """Zeros in the place of all pages; the footer with its statistics stays."""
    content = bytearray(path.read_bytes())
    group = pq.read_metadata(path).row_group(0)
    columns = [group.column(number) for number in range(group.num_columns)]
    start = min(column.dictionary_page_offset or column.data_page_offset for column in columns)
    end = max(
        (column.dictionary_page_offset or column.data_page_offset) + column.total_compressed_size for column in columns
    )
    content[start:end] = bytes(end - start)
    path.write_bytes(content)


def piece(size: int) -> blocks.Piece:
    return blocks.Piece("shard-0", 0, 0, size, "00")


def planned(folder: Path, ids: list[str], size: int) -> list[int]:
    """How many articles each part has."""
    made = parts.write_plan(((name, piece(100)) for name in ids), folder, size)
    return [sum(len(path.read_text().splitlines()) for path in part.blocks) for part in made]


def test_a_part_ends_where_the_ids_say_so(tmp_path: Path) -> None:
    ids = [f"x/{number:06}" for number in range(4000)]
    lengths = planned(tmp_path / "a", ids, 20_000)
    assert sum(lengths) == 4000
    assert all(200 <= length <= 400 for length in lengths[:-1])
    fewer = planned(tmp_path / "b", ids[:500] + ids[501:], 20_000)
    assert len(set(ends(fewer, 1)) & set(ends(lengths, 0))) >= len(lengths) - 4


def test_a_part_is_cut_into_blocks_by_the_ids_alone(tmp_path: Path) -> None:
    """An article that comes, goes or grows moves no block but its own."""
    ids = [f"x/{number:06}" for number in range(6000)]

    def cut(folder: str, found: list[tuple[str, int]]) -> set[str]:
        made = parts.write_plan(((name, piece(size)) for name, size in found), tmp_path / folder, 10**9)
        assert len(made) == 1
        return {hashlib.sha256(path.read_bytes()).hexdigest() for path in made[0].blocks}

    same = [(name, 100) for name in ids]
    before = cut("before", [(name, number) for number, (name, _) in enumerate(same)])
    assert all(len(path.read_text().splitlines()) <= 2 * blocks.ARTICLES for path in (tmp_path / "before").iterdir())
    gone = cut("gone", [(name, number) for number, (name, _) in enumerate(same) if number != 3000])
    grown = cut("grown", [(name, number + (number == 3000)) for number, (name, _) in enumerate(same)])
    assert len(before) >= 6000 / blocks.ARTICLES / 2
    assert (len(before - gone), len(before - grown)) == (1, 1)


def test_blocks_do_not_show_in_the_files(tmp_path: Path) -> None:
    """A part of one block, and of blocks that end anywhere, one of them with no photo and no quote."""
    records = [article(number, id=f"x/{number:05}", quoted=number % 7 > 2) for number in range(60)]
    (tmp_path / "one").mkdir()
    parts.write_part(records, tmp_path / "one")
    wanted = {name: content for name, content in snapshot(tmp_path / "one").items() if not name.endswith(".zst")}
    for number, cuts in enumerate([(0, 1, 60), (0, 14, 17, 59, 60), (0, 30, 60)]):
        folders = []
        for start, end in pairwise(cuts):
            folders.append(tmp_path / f"block-{number}-{start}")
            folders[-1].mkdir()
            blocks.write_block(records[start:end], folders[-1])
        joined = tmp_path / str(number)
        joined.mkdir()
        parts.join(folders, joined)
        found = snapshot(joined)
        assert {name: content for name, content in found.items() if name in wanted} == wanted
        for config in CONFIGS:
            read = manifest.read_rows([joined / f"{config}.parquet"])
            with pa.CompressedInputStream(str(joined / f"{config}.jsonl.zst"), "zstd") as stream:
                assert stream.read() == b"".join(manifest.canonical(row) + b"\n" for row in read)


def spoiled(tables: Any, folder: Path, change: str) -> None:
    """Write the tables as they are not."""
    changed = []
    for table in tables:
        articles = table["articles"]
        if change == "a value":
            articles = articles.set_column(
                articles.schema.get_field_index("title"),
                articles.schema.field("title"),
                [["Другой"] * articles.num_rows],
            )
        elif change == "a row less":
            articles = articles.slice(1)
        elif change == "a row more":
            articles = pa.concat_tables([articles, articles.slice(0, 1)])
        changed.append({**table, "articles": articles})
    write_tables(changed, folder)


@pytest.mark.parametrize("change", ["a value", "a row less", "a row more"])
def test_a_file_that_reads_otherwise_than_it_was_written_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    monkeypatch.setattr(parts, "write_tables", lambda tables, folder: spoiled(tables, folder, change))
    with pytest.raises(BuildError, match=r"articles\.parquet has other rows than were written"):
        parts.write_part([article(0), article(1)], tmp_path)


@pytest.mark.parametrize("ids", [("b", "a"), ("a", "a")])
def test_blocks_out_of_order_are_refused(tmp_path: Path, ids: tuple[str, str]) -> None:
    folders = [tmp_path / str(number) for number in range(2)]
    for folder, name in zip(folders, ids, strict=True):
        folder.mkdir()
        blocks.write_block([article(id=name)], folder)
    (tmp_path / "part").mkdir()
    with pytest.raises(BuildError, match="comes after"):
        parts.join(folders, tmp_path / "part")


def ends(lengths: list[int], gone: int) -> Iterator[int]:
    total = 0
    for length in lengths:
        total += length
        yield total + gone if total >= 500 else total


# The cache


def test_what_is_unchanged_is_not_made_again(
    many: Path, made: Path, known: Registry, tmp_path: Path, calls: list[str]
) -> None:
    raw = Path(shutil.copytree(many, tmp_path / "raw"))
    cached = tmp_path / "cache"

    def again(registry: Registry = known) -> dict[str, bytes]:
        calls.clear()
        assert build(raw, tmp_path / "data", registry, cache_folder=cached, part_size=SMALL).published
        return snapshot(tmp_path / "data")

    first = again()
    assert len(calls) == COUNT
    assert first == snapshot(made)
    for path in raw.rglob("*"):
        os.utime(path, (1, 1))
    assert again() == first
    assert calls == []

    changed = sorted(raw.rglob("*.txt"))[7]
    changed.write_text(changed.read_text() + "Добавлено.\n")
    assert again() != first
    assert calls == [changed.relative_to(raw).with_suffix("").as_posix()]
    sidecar = sorted(raw.rglob("*.yml"))[9]
    sidecar.write_text(sidecar.read_text().replace("null", "https://probnyj-listok.example/9"))
    again()
    assert calls == [sidecar.relative_to(raw).with_suffix("").as_posix()]
    sorted(raw.rglob("*.txt"))[11].unlink()
    sorted(raw.rglob("*.yml"))[11].unlink()
    again()
    assert calls == []

    corrected = sorted(raw.rglob("*.txt"))[3].relative_to(raw).with_suffix("").as_posix()
    correction = Correction(corrected, "/title", "Проба", "The page says so.", "A. Curator", "2031-06-01", "x.yml")
    with_correction = replace(known, corrections={corrected: (correction,)})
    again(with_correction)
    assert calls == [corrected]
    clean = tmp_path / "clean"
    build(raw, clean, with_correction, part_size=SMALL)
    assert snapshot(clean) == snapshot(tmp_path / "data")
    again()
    assert calls == []


def test_other_knowledge_makes_every_article_anew(
    raw: Path, registry: Registry, tmp_path: Path, calls: list[str]
) -> None:
    for files in (registry.files, {**registry.files, "registry/photo.yml": "0" * 64}):
        calls.clear()
        build(raw, tmp_path / "data", replace(registry, files=files), cache_folder=tmp_path / "cache")
        assert len(calls) == 3


def test_a_damaged_cache_is_not_believed(raw: Path, registry: Registry, tmp_path: Path) -> None:
    cached = tmp_path / "cache"
    build(raw, tmp_path / "data", registry, cache_folder=cached)
    before = snapshot(tmp_path / "data")
    chance = random.Random(5)
    files = [path for path in sorted(cached.rglob("*")) if path.is_file()]
    for path in files:
        content = bytearray(path.read_bytes())
        if content:
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        path.write_bytes(content)
    build(raw, tmp_path / "data", registry, cache_folder=cached)
    assert snapshot(tmp_path / "data") == before


@pytest.mark.parametrize("place", ["file", "file/cache", "foreign"])
def test_a_cache_that_cannot_be_is_done_without(raw: Path, registry: Registry, tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "thesis.txt").write_text("mine")
    assert build(raw, tmp_path / "data", registry, cache_folder=tmp_path / place).published
    assert snapshot(tmp_path / "foreign") == {"thesis.txt": b"mine"}


def put(store: Store, name: str, size: int) -> str:
    def fill(folder: Path) -> str:
        (folder / "x").write_bytes(bytes(size))
        return key_of("test", name)

    return store.put(fill)


def test_the_cache_is_bounded(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    with cache(folder) as opened:
        assert opened == folder
        store = Store([folder])
        keys = [put(store, str(number), 1000) for number in range(5)]
        for number, key in enumerate(keys):
            os.utime(store.entry(key), (number, number))
        assert store.find(keys[0])  # used now: it stays
    with cache(folder, limit=2500):
        pass
    assert [bool(store.find(key)) for key in keys] == [True, False, False, False, True]


def test_a_cache_in_use_is_not_cut(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    with cache(folder):
        key = put(Store([folder]), "a", 1000)
        with cache(folder, limit=1):
            pass
        assert Store([folder]).find(key)


def test_a_store_that_fills_up_goes_on_in_the_next(tmp_path: Path) -> None:
    (tmp_path / "full").write_text("no folder")
    store = Store([tmp_path / "full", tmp_path / "spare"])
    key = put(store, "a", 10)
    assert store.find(key) == store.entry(key)
    assert (store.entry(key) / SUMS).exists()
    shutil.rmtree(store.entry(key))
    with pytest.raises(FileNotFoundError, match="taken away"):
        store.entry(key)


def test_what_a_full_folder_holds_is_still_read(tmp_path: Path) -> None:
    store = Store([tmp_path / "full", tmp_path / "spare"])
    early = put(store, "early", 10)

    def fill(folder: Path) -> str:
        assert store.entry(early).is_relative_to(tmp_path / "full")
        if folder.is_relative_to(tmp_path / "full"):
            raise OSError(28, "No space left on device")
        (folder / "file").write_bytes(b"x")
        return key_of("test", "late")

    late = store.put(fill)
    assert store.entry(late).is_relative_to(tmp_path / "spare")
    assert store.entry(early).is_relative_to(tmp_path / "full")


# Shards, merging, duplicates


def test_a_file_more_changes_its_own_shard_only(tmp_path: Path) -> None:
    for number in range(1000):
        (tmp_path / "raw" / f"{number:04}.txt").parent.mkdir(exist_ok=True)
        (tmp_path / "raw" / f"{number:04}.txt").touch()
    before = listed(tmp_path)
    (tmp_path / "raw" / "0500a.txt").touch()
    after = listed(tmp_path)
    assert max(map(len, after)) <= 2 * FILES
    assert len(set(after) - set(before)) <= 2
    assert sum(map(len, after)) == 1001


def listed(folder: Path) -> list[tuple[str, ...]]:
    write_listing(folder / "raw", folder / "listing")
    return [tuple(row.id for row in shard.rows) for shard in read_listing(folder / "listing")]


def head(name: str, order: int) -> Head:
    return Head(name, order, name, "article", 0, None, None, [], [], None, None, 0, 0, 0, None)


def test_heads_in_any_order_are_merged_with_few_files_open(tmp_path: Path) -> None:
    """Articles out of big files: every run reaches over all ids."""
    chance = random.Random(1)
    store = Store([tmp_path / "store"])
    runs = []
    for shard in range(FAN * 3):
        heads = sorted(head(f"{chance.randrange(10**9):09}", order) for order in range(3))

        def fill(folder: Path, heads: list[Head] = heads, shard: int = shard) -> str:
            (folder / "heads").write_text("".join(json.dumps(item) + "\n" for item in heads))
            return key_of("test", shard)

        runs.append(Run(heads[0].id, heads[-1].id, 3, shard, store.put(fill), "heads"))
    few = narrowed(list(runs), store, tmp_path)
    assert len(few) == 3
    ids = [(item.id, shard) for item, shard, _ in merged(few, store)]
    assert len(ids) == FAN * 9
    assert ids == sorted(ids) == [(item.id, shard) for item, shard, _ in merged(runs, store)]


@pytest.mark.parametrize("bucket", [2, 7, 1000])
def test_twins_are_found_in_buckets(tmp_path: Path, bucket: int) -> None:
    chance = random.Random(bucket)
    numbers = [chance.randrange(30) for _ in range(60)]
    hashes = {number: chance.randbytes(16) for number in numbers}
    (tmp_path / "texts").write_bytes(b"".join(hashes[number] for number in numbers))
    first: dict[int, int] = {}
    expected = {}
    for place, number in enumerate(numbers):
        if first.setdefault(number, place) != place:
            expected[place] = first[number]
    assert twins(tmp_path / "texts", bucket) == expected


def test_no_texts(tmp_path: Path) -> None:
    (tmp_path / "texts").touch()
    assert twins(tmp_path / "texts") == {}


# The books


def test_every_refusal_is_on_record(raw: Path, registry: Registry, tmp_path: Path) -> None:
    (raw / "gornyj-put/2031-05/sneg.txt").write_bytes(b"")
    write_article(raw, "vestnik-doliny/2031-09/most", TEXTS["vestnik-doliny/2031-04/most"])
    listed = tmp_path / "listed.jsonl"
    assert not build(raw, tmp_path / "data", registry, rejected=listed).published
    rows = [json.loads(line) for line in listed.read_text().splitlines()]
    assert [(row["path"], row["status"], row["issues"][0]["code"]) for row in rows] == [
        ("raw/gornyj-put/2031-05/sneg.txt", "rejected", "empty-file"),
        ("raw/vestnik-doliny/2031-09/most.txt", "duplicate", "text-duplicate"),
    ]
    assert build(raw, tmp_path / "data", registry, max_rejected=2).published
    assert (tmp_path / "data" / REJECTED).read_bytes() == listed.read_bytes()
    manifest.verify(tmp_path / "data")


def test_a_file_that_changes_while_it_is_read_is_rejected_and_not_kept(
    raw: Path, registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = raw / "vestnik-doliny/2031-04/most.txt"
    content = path.read_bytes()

    def slow(article: RawArticle, known: Registry) -> Any:
        if path.match(f"*/{article.path}"):
            path.write_bytes(content + b" ")
        return normalize(article, known)

    monkeypatch.setattr("kg_news.normalize.normalize", slow)
    result = build(raw, tmp_path / "data", registry, cache_folder=tmp_path / "cache")
    assert [(entry.path, entry.issues[0].code) for entry in result.refused] == [(str(path), "file-changed")]
    monkeypatch.undo()
    path.write_bytes(content)
    assert build(raw, tmp_path / "data", registry, cache_folder=tmp_path / "cache").published


def test_a_shard_whose_books_do_not_agree_stops_the_build(
    raw: Path, registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards._Writing, "_flush", lambda self: self.heads.pop())
    with pytest.raises(BuildError, match="3 articles were found, but 0 are fine"):
        build(raw, tmp_path / "data", registry)
    assert not (tmp_path / "data").exists()


def test_the_inputs_of_a_big_dataset_are_a_file(
    raw: Path, registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg_news.build.INLINE", 5)
    build(raw, tmp_path / "data", registry)
    manifest.verify(tmp_path / "data")
    assert not [name for name in manifest.Manifest.read(tmp_path / "data").inputs if name.startswith("raw/")]
    subprocess.run(["sha256sum", "--quiet", "--check", tmp_path / "data" / INPUTS], cwd=tmp_path, check=True)
    assert len((tmp_path / "data" / INPUTS).read_text().splitlines()) == 6


def test_a_report_holds_a_part_of_many_refusals(
    raw: Path, registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg_news.build.KEPT", 1)
    for path in raw.rglob("*.txt"):
        path.write_bytes(b"")
    result = build(raw, tmp_path / "data", registry)
    assert (result.rejected, len(result.refused)) == (3, 1)


# On many machines


def test_datatrove_makes_the_same_dataset(raw: Path, registry: Registry, registry_folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("datatrove")
    from kg_news import scale

    build(raw, tmp_path / "here", registry)
    job = scale.Job(raw, tmp_path / "there", tmp_path / "work", 2, registry_folder)
    (tmp_path / "work").mkdir()
    scale.run(job, "local", {"workers": 1})
    assert snapshot(tmp_path / "there") == snapshot(tmp_path / "here")


@pytest.mark.parametrize(("kind", "asked"), [("local", 2), ("ray", 2), ("slurm", 5)])
def test_a_stage_that_failed_is_the_last(job: Any, monkeypatch: pytest.MonkeyPatch, kind: str, asked: int) -> None:
    """Ray's executor says nothing of a rank that failed, and one that depends on it waits for ever."""
    from kg_news import scale

    ran: list[str] = []

    class Executor:
        """Fails at the second stage, without a word."""

        def __init__(self, *, logging_dir: str, depends: Executor | None = None, **_: object) -> None:
            self.stage, self.depends = Path(logging_dir).name, depends

        def run(self) -> None:
            if self.depends:
                self.depends.run()
            ran.append(self.stage)

        def get_incomplete_ranks(self, *, skip_completed: bool) -> list[int]:
            return [1] if skip_completed and self.stage == "shards" else []

    monkeypatch.setattr(scale, "_executor", lambda _: Executor)
    expected = pytest.raises(
        BuildError, match=r"(?s)shards/logs/task_00001\.log: error\[rank-failed\].*nothing was published"
    )
    with nullcontext() if kind == "slurm" else expected:
        scale.run(job, kind)
    assert ran == list(scale.STAGES[:asked])


@pytest.mark.parametrize(
    ("asked", "workers"), [({}, [1, 2, 1, 2, 1]), ({"workers": 8}, [1, 2, 1, 2, 1]), ({"workers": 1}, [1] * 5)]
)
def test_a_stage_of_one_rank_starts_no_process(job: Any, asked: dict[str, int], workers: list[int]) -> None:
    """datatrove runs a stage in its own process only where it has one worker."""
    pytest.importorskip("datatrove")
    from kg_news import scale

    assert [stage.workers for stage in scale.executors(job, "local", asked)] == workers


def test_slurm_takes_stages_that_can_never_start_out_of_its_queue(job: Any) -> None:
    pytest.importorskip("datatrove")
    from kg_news import scale

    (job.work / "logs").mkdir(parents=True)
    for stage in scale.executors(job, "slurm", {"time": "00:10:00", "partition": "cpu"}):
        assert stage.get_sbatch_args()["kill-on-invalid-dep"] == "yes"


def test_ray_is_asked_for_by_its_name(job: Any) -> None:
    if find_spec("ray"):
        pytest.skip("Ray is installed")
    from kg_news import scale

    with pytest.raises(MissingExtra, match=r"needs ray.*kg-news\[ray\]"):
        scale.run(job, "ray")


@pytest.mark.parametrize(
    "error",
    [
        InputError(
            [Issue("a-code", "a message", "a way out", "raw/a.txt"), Issue("b-code", "another", "", "raw/b.txt")]
        ),
        MissingExtra("scale", "datatrove"),
        BuildError("a message"),
    ],
)
def test_an_error_is_the_same_in_another_process(error: KgNewsError) -> None:
    read = pickle.loads(pickle.dumps(error))
    assert (type(read), str(read), vars(read)) == (type(error), str(error), vars(error))


@pytest.fixture
def job(raw: Path, registry_folder: Path, tmp_path: Path) -> Any:
    from kg_news import scale

    return scale.Job(raw, tmp_path / "data", tmp_path / "work", 2, registry_folder)


def stages(job: Any, *wanted: tuple[str, int]) -> None:
    from kg_news import scale

    for stage, rank in wanted:
        scale.run_stage(job, stage, rank)


def test_nothing_is_published_before_every_rank_has_reported(job: Any) -> None:
    stages(job, ("list", 0), ("shards", 0))
    with pytest.raises(BuildError, match=r"shards-00001.*rank-missing"):
        stages(job, ("decide", 0))
    stages(job, ("shards", 1), ("decide", 0), ("parts", 1))
    with pytest.raises(BuildError, match=r"parts-00000.*rank-missing"):
        stages(job, ("publish", 0))
    assert not job.out.exists()
    stages(job, ("parts", 0), ("publish", 0))
    manifest.verify(job.out)


def test_counts_that_differ_stop_the_publication(job: Any) -> None:
    stages(job, ("list", 0), ("shards", 0), ("shards", 1))
    path = job.work / "ranks" / "shards-00000.json"
    report = json.loads(path.read_bytes())
    path.write_text(json.dumps({**report, "found": report["found"] + 1}))
    with pytest.raises(BuildError, match="not what lies on the disk"):
        stages(job, ("decide", 0))


def test_ranks_with_other_knowledge_are_refused(job: Any, tmp_path: Path, registry_folder: Path) -> None:
    stages(job, ("list", 0))
    other = Path(shutil.copytree(registry_folder, tmp_path / "other"))
    outlet = other / "outlets" / "gornyj-put.yml"
    outlet.write_text(outlet.read_text().replace("Горный путь", "Горная тропа"))
    with pytest.raises(BuildError, match=r"ranks-differ.*install the same kg-news"):
        stages(replace(job, registry=other), ("shards", 1))


def test_ranks_have_about_as_many_files(job: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg_news import scale

    lengths = [9, 200, 30, 1, 250, 4, 90, 120, 2, 60]
    listing = [shards.Shard(number, 0, (shards.Row("x", "x", None),) * length) for number, length in enumerate(lengths)]
    monkeypatch.setattr(scale, "read_listing", lambda _: iter(listing))
    shares = [list(scale._share(job, rank)) for rank in range(job.ranks)]
    assert sorted(shard.number for share in shares for shard in share) == list(range(len(lengths)))
    files = [sum(len(shard.rows) for shard in share) for share in shares]
    assert max(files) - min(files) <= max(lengths)


def test_a_rank_makes_the_blocks_that_another_has_not(job: Any) -> None:
    """All ranks share the blocks, and none waits for them."""
    stages(job, ("list", 0), ("shards", 0), ("shards", 1), ("decide", 0), ("parts", 0))
    shutil.rmtree(job.work / "store" / "new", ignore_errors=True)
    assert len(list((job.work / "store").glob("*/block-*"))) == 1
    assert len(list((job.work / "store").glob("*/part-*"))) == 1
    stages(job, ("parts", 1), ("publish", 0))
    manifest.verify(job.out)


def test_refusals_beyond_the_limit_stop_the_stages(job: Any) -> None:
    (job.raw / "gornyj-put/2031-05/sneg.txt").write_bytes(b"")
    stages(job, ("list", 0), ("shards", 0), ("shards", 1))
    with pytest.raises(BuildError, match=r"too-many-refused.*1 of 3.*rejected\.jsonl"):
        stages(job, ("decide", 0))


# A short run of the long checks


@pytest.mark.parametrize(
    ("script", "arguments", "says"),
    [
        ("faults.py", ["--kills", "1", "--flips", "24", "--articles", "6"], ["0 wrong folders", "24 noticed"]),
        ("fuzz.py", ["--count", "400", "--seed", "11"], ["400 inputs", " 0 crashes"]),
    ],
)
def test_faults_and_fuzz(script: str, arguments: list[str], says: list[str]) -> None:
    command = [sys.executable, str(ROOT / "scripts" / script), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=absolute())
    assert done.returncode == 0, done.stdout + done.stderr
    for words in says:
        assert words in done.stdout


def test_libfuzzer_runs() -> None:
    pytest.importorskip("atheris", reason="atheris is not installed: scripts/fuzz-atheris has it")
    command = [sys.executable, str(ROOT / "scripts" / "fuzz.py"), "--atheris", "--target", "yaml", "--count", "200"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=absolute())
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Done 200 runs" in done.stderr


@pytest.mark.parametrize(
    ("kind", "options", "says"),
    [
        ("local", ["bogus=1"], "takes no option 'bogus'; it takes: "),
        ("local", ["tasks=3"], "takes no option 'tasks'"),
        ("local", ["workers=many"], "must be a number"),
        ("local", ["workers=0"], "must be 1 or more"),
        ("slurm", [], "needs time and partition"),
        ("slurm", ["time=1:00", "partition=cpu", "sbatch_args=x"], "must be a mapping in JSON"),
    ],
)
def test_options_that_no_executor_takes_are_wrong_use(
    kind: str, options: list[str], says: str, job: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("datatrove")
    folders = ["--raw", str(job.raw), "--out", str(job.out), "--work", str(job.work)]
    asked = [word for option in options for word in ("--option", option)]
    assert main(["scale", *folders, "--executor", kind, *asked]) == 2
    assert says in capsys.readouterr().err


def test_folders_that_cannot_be_used_are_told_before_anything_starts(
    job: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("datatrove")
    file = tmp_path / "file"
    file.touch()
    for changed, says in [
        ({"--work": file}, "nothing can be written into it"),
        ({"--work": file / "deeper"}, "nothing can be written into it"),
        ({"--work": job.raw / "work"}, "lie one in the other"),
        ({"--out": job.raw / "data"}, "lie one in the other"),
        ({"--out": file}, "there is a file in the folder's place"),
        ({"--raw": tmp_path / "nowhere"}, "there is no such folder"),
    ]:
        folders = {"--raw": job.raw, "--out": job.out, "--work": job.work} | changed
        assert main(["scale", *(str(word) for pair in folders.items() for word in pair)]) == 1
        told = capsys.readouterr().err
        assert told.count("\n") == 1
        assert says in told


@pytest.mark.parametrize("kind", ["local", "slurm"])
def test_the_command_says_where_the_dataset_is(
    job: Any, made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    monkeypatch.setattr("kg_news.scale.run", lambda *_: None)  # `made` stands for what it would publish
    folders = ["--raw", str(job.raw), "--out", str(made), "--work", str(job.work)]
    assert main(["scale", *folders, "--executor", kind]) == 0
    said = capsys.readouterr().out
    assert said.endswith(f"is in {made}\n")
    assert ("written" in said) == (kind == "local")
