"""Other programs beside ours, as `kg-news bench` measures them: that both do their work, and that figures are divided right."""

from __future__ import annotations

import gc
import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg_news import peers
from kg_news.bench import GROUPS, Figure, as_table, measure
from kg_news.cli import main
from kg_news.page_speed import invented_pages
from kg_news.quick import frugal, restored, settled

LINES = [
    {"id": str(number), "text": f"Министр {name} приехал в Долинск. «Дорогу откроют», — сказал {name}."}
    for number, name in enumerate(("Асан Примеров", "Улан Тестов", "Эмиль Макетов"))
]


def written(folder: Path) -> Path:
    path = folder / "articles.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in LINES), encoding="utf-8")
    return path


def test_both_chains_read_the_articles_but_the_first(tmp_path: Path) -> None:
    seen = []

    def run(code: str, path: Path) -> dict[str, Any]:
        seen.append((code, path.read_text(encoding="utf-8").count("\n")))
        return {"seconds": 0.5 if code == peers.OURS else 4.0}

    ours, theirs = peers.chains(run, tmp_path, LINES)
    assert seen == [(peers.OURS, 3), (peers.NATASHA, 3)]
    assert (ours.name, ours.per_second, theirs.per_second) == ("kg-news", 4.0, 0.5)
    assert theirs.name.startswith("natasha 1.")


def test_ours_stands_alone_where_natasha_cannot_run(tmp_path: Path) -> None:
    def run(code: str, _: Path) -> dict[str, Any]:
        if code == peers.NATASHA:
            raise ChildProcessError("No module named natasha")
        return {"seconds": 1.0}

    assert [speed.name for speed in peers.chains(run, tmp_path, LINES)] == ["kg-news"]


def test_the_peers_are_measured_in_one_run(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for number, data in enumerate(invented_pages(2)):
        (pages / f"{number}.html.gz").write_bytes(gzip.compress(data))
    figures = measure([1], [1], only=["peers"], articles=written(tmp_path), pages=pages)
    assert [(one.group, one.what.split()[0]) for one in figures] == [
        ("chain", "kg-news"),
        ("chain", "natasha"),
        ("pages", "kg-news"),
        ("pages", "trafilatura"),
    ]
    assert all(one.value > 0 for one in figures)
    assert all(one.note.startswith("articles.jsonl; one thread") for one in figures[:2])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--only", "speed"], "no group speed; choose from: build, "),
        (["--only", "load"], "add build"),
        (["--articles", "no-such-file.jsonl"], "there is no no-such-file.jsonl"),
    ],
)
def test_wrong_use_of_bench(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", *arguments]) == 2
    assert says in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "content"),
    [
        ("--articles", ""),
        ("--articles", "[1]"),
        ("--articles", "Дороги закрыли."),
        ("--articles", '{"text": "Дороги закрыли."}'),
        ("--articles", '{"text": 5}\n{"text": "Дороги закрыли."}'),
        ("--articles", None),
        ("--pages", None),
    ],
)
def test_files_of_another_form_are_told_before_anything_is_measured(
    option: str, content: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = tmp_path / "given"
    if content is None:
        given.mkdir()
    else:
        given.write_text(content, encoding="utf-8")
    assert main(["bench", option, str(given)]) == 1
    told = capsys.readouterr().err
    assert told.startswith(f"{given}")
    assert "error[" in told


def test_figures_as_a_table() -> None:
    assert next(iter(GROUPS)) == "build"
    table = as_table([Figure("chain", "kg-news", 1234.5, "documents", "a note")])
    assert table.splitlines()[-1] == "| chain | kg-news | 1,234 documents | a note |"


def test_frugal_leaves_what_the_user_has_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "4")
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    frugal()
    assert (os.environ["OPENBLAS_NUM_THREADS"], os.environ["OMP_NUM_THREADS"]) == ("4", "1")


def test_settled_keeps_what_is_there_from_the_collector() -> None:
    gc.unfreeze()  # another test may have settled this process before
    before = gc.get_threshold()
    gc.set_threshold(700, *before[1:])  # Python's own
    try:
        with restored():
            settled()
            assert gc.get_freeze_count() > 0
            assert gc.get_threshold()[0] > 700 and gc.get_threshold()[1:] == before[1:] and gc.isenabled()
        assert (gc.get_freeze_count(), gc.get_threshold()[0]) == (0, 700)
    finally:
        gc.set_threshold(*before)


def test_what_a_caller_has_set_stays() -> None:
    gc.freeze()
    before = gc.get_threshold()
    try:
        with restored():
            settled()
            assert gc.get_threshold() == before
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()


def test_the_command_is_frugal() -> None:
    code = "import os, sys; sys.argv[1:] = ['explain', 'date-conflict']; import kg_news.cli as c; c.main(); print(os.environ['OMP_NUM_THREADS'], os.environ['ARROW_DEFAULT_MEMORY_POOL'])"
    clean = {name: value for name, value in os.environ.items() if not name.endswith(("_NUM_THREADS", "_POOL"))}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=clean)
    assert done.stdout.splitlines()[-1] == "1 system"
