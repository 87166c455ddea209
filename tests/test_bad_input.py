"""Broken input: a clear error with its place and a way out, and nothing written. One row each."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from invented import TEXTS, snapshot, write_article, write_raw
from kg_news.build import build
from kg_news.cli import main
from kg_news.registry import Registry

ID = "vestnik-doliny/2031-04/most"
FILE = f"{ID}.txt"
SIDECAR = f"{ID}.yml"
OUTSIDE = " date 2031-04 Этот файл лежит снаружи.\n"


def put(name: str, text: str, encoding: str = "utf-8") -> Callable[[Path], None]:
    """Write a file of the raw folder anew."""

    def break_it(raw: Path) -> None:
        (raw / name).write_bytes(text.encode(encoding, "surrogatepass"))

    return break_it


def no_articles(raw: Path) -> None:
    for folder in raw.iterdir():
        shutil.rmtree(folder)


def same_id(raw: Path) -> None:
    (raw / f"{ID}.html").write_text("<p>Мост закрыли.</p>")


def same_text(raw: Path) -> None:
    """The same text with other white space, in a folder that comes later."""
    write_article(raw, "vestnik-doliny/2031-09/most", TEXTS[ID].replace("паромом, ", "паромом,   ").rstrip())


def link_outside(raw: Path) -> None:
    outside = raw.parent / "outside.txt"
    outside.write_text(OUTSIDE)
    (raw / FILE).unlink()
    (raw / FILE).symlink_to(outside)


def folder_link_outside(raw: Path) -> None:
    (raw.parent / "elsewhere").mkdir()
    (raw / "vestnik-doliny" / "2031-06").symlink_to(raw.parent / "elsewhere")


def dangling_link(raw: Path) -> None:
    (raw / "vestnik-doliny" / "lost.txt").symlink_to(raw.parent / "nowhere.txt")


def link_inside(raw: Path) -> None:
    (raw / "vestnik-doliny" / "again.txt").symlink_to(raw / FILE)


def loop(raw: Path) -> None:
    (raw / "vestnik-doliny" / "loop").symlink_to(raw, target_is_directory=True)


def name_in_cp1251(raw: Path) -> None:
    (raw / os.fsdecode("мост.txt".encode("cp1251"))).write_text("x")


class Row(NamedTuple):
    what: str
    break_it: Callable[[Path], None]
    code: str
    place: str
    """Where, below the raw folder, with line and column where there is one."""
    says: str
    """Words of the message and of the way out."""


DATE = "write YYYY, YYYY-MM or YYYY-MM-DD"
CP1251 = r"cp1251.*; .*iconv -f CP1251 -t UTF-8"
GOOD = "source: vestnik-doliny\nurl: null\nrights: {license: NOASSERTION}\n"

ROWS = [
    Row("an empty file", put(FILE, ""), "empty-file", FILE, "empty.*; .*delete it"),
    Row("white space only", put(FILE, " \n\t \n"), "blank-file", FILE, "white space; .*delete it"),
    Row("a byte order mark only", put(FILE, "\ufeff"), "blank-file", FILE, "white space"),
    Row("cp1251", put(FILE, "Мост закрыли", "cp1251"), "not-utf8", f"{FILE}:1:1", CP1251),
    Row("UTF-16", put(FILE, "Мост", "utf-16"), "not-utf8", FILE, "UTF-16.*; .*iconv -f UTF-16 -t UTF-8"),
    Row("latin-1", put(FILE, "a\nété", "latin-1"), "not-utf8", f"{FILE}:2:1", "not UTF-8; .*UTF-8"),
    Row("a NUL byte", put(FILE, "Мост\nза\0крыли"), "nul-byte", f"{FILE}:2:3", "NUL.*; .*UTF-8"),
    Row("a lone surrogate", put(FILE, "Мост \ud83d"), "lone-surrogate", f"{FILE}:1:6", "surrogate.*; .*UTF-8"),
    Row(
        "month 13",
        put(FILE, " date 2022-13 Мост"),
        "date-invalid",
        f"{FILE}:1:7",
        f"'2022-13' has no month 13.*; {DATE}",
    ),
    Row("30 February", put(FILE, " date 2022-02-30 Мост"), "date-invalid", f"{FILE}:1:7", f"no day 30.*; {DATE}"),
    Row("no sidecar", lambda raw: (raw / SIDECAR).unlink(), "sidecar-missing", SIDECAR, "no sidecar; .*source:"),
    Row(
        "no article", lambda raw: (raw / FILE).unlink(), "sidecar-orphan", SIDECAR, "no article.*; .*delete the sidecar"
    ),
    Row("an empty sidecar", put(SIDECAR, ""), "empty-file", SIDECAR, "; "),
    Row("no YAML", put(SIDECAR, "source: [vestnik\n"), "yaml-syntax", SIDECAR, "; "),
    Row("a sidecar in cp1251", put(SIDECAR, "source: вестник\n", "cp1251"), "not-utf8", f"{SIDECAR}:1:9", "cp1251"),
    Row("no rights", put(SIDECAR, "source: vestnik-doliny\nurl: null\n"), "field-missing", SIDECAR, "rights"),
    Row("no such field", put(SIDECAR, f"{GOOD}mood: gloomy\n"), "field-unknown", f"{SIDECAR}:4:1", "mood"),
    Row(
        "month 13, again",
        put(SIDECAR, f"{GOOD}date: '2022-13'\n"),
        "date-invalid",
        f"{SIDECAR}:4:7",
        f"no month 13.*; {DATE}",
    ),
    Row("no such outlet", put(SIDECAR, GOOD.replace("ny", "nу")), "id-invalid", f"{SIDECAR}:1:9", "; "),
    Row(
        "an outlet misspelt",
        put(SIDECAR, GOOD.replace("y", "i")),
        "outlet-unknown",
        SIDECAR,
        "'vestnik-dolini'.*vestnik-doliny",
    ),
    Row("two files of one id", same_id, "id-duplicate", FILE, f"'{ID}'.*{ID}.html; .*rename"),
    Row("two ids with one text", same_text, "text-duplicate", "vestnik-doliny/2031-09/most.txt", f"'{ID}'.*; .*delete"),
    Row("a link out", link_outside, "symlink-outside", FILE, "leaves.*; put the file itself there"),
    Row("a folder's link out", folder_link_outside, "symlink-outside", "vestnik-doliny/2031-06", "leaves"),
    Row("a link to nowhere", dangling_link, "symlink-outside", "vestnik-doliny/lost.txt", "leaves"),
    Row("a link within", link_inside, "symlink-inside", "vestnik-doliny/again.txt", "second id"),
    Row("a link that goes round", loop, "symlink-inside", "vestnik-doliny/loop", "; "),
    Row("no such format", put("x.docx", "PK"), "format-unknown", "x.docx", r"bare text as \.txt.*explain"),
    *(
        Row(f"a copy called {name}", put(f"{ID[:-4]}{name}", OUTSIDE), "file-left-behind", f"{ID[:-4]}{name}", "delete")
        for name in ("most.txt~", "#most.txt#", "most.TXT.bak", "most.orig", "most.txt.part")
    ),
    Row("a pipe", lambda raw: os.mkfifo(raw / "pipe.txt"), "not-a-file", "pipe.txt", "delete"),
    Row("a name in cp1251", name_in_cp1251, "name-invalid", r"\xec\xee\xf1\xf2.txt", "rename"),
    Row("a name in two lines", put("a\nb.txt", "Мост"), "name-invalid", r"a\nb.txt", "rename"),
    Row("an empty folder", no_articles, "raw-empty", "", "--raw"),
    Row("no folder", shutil.rmtree, "folder-unreadable", "", "--raw"),
]


@pytest.fixture(scope="session")
def old_dataset(tmp_path_factory: pytest.TempPathFactory, registry: Registry) -> Path:
    folder = tmp_path_factory.mktemp("old")
    build(write_raw(folder / "raw"), folder / "data", registry)
    return folder / "data"


@pytest.fixture(params=["there is no dataset", "there is an old dataset"])
def out(request: pytest.FixtureRequest, tmp_path: Path, old_dataset: Path) -> Path:
    folder = tmp_path / "data"
    if request.param == "there is an old dataset":
        shutil.copytree(old_dataset, folder)
    return folder


@pytest.fixture(autouse=True)
def _registry_is_read_once(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg_news.registry.load_registry", lambda _: registry)


def run(raw: Path, out: Path) -> int:
    return main(["build", "--quiet", "--raw", str(raw), "--out", str(out)])


@contextmanager
def unchanged(out: Path) -> Iterator[None]:
    """The dataset and what lies beside it are as they were."""
    beside, before = {path.name for path in out.parent.iterdir()}, snapshot(out)
    yield
    assert snapshot(out) == before
    assert {path.name for path in out.parent.iterdir()} == beside


@pytest.mark.parametrize("row", ROWS, ids=[row.what for row in ROWS])
def test_broken_input_is_refused(row: Row, raw: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row.break_it(raw)
    with unchanged(out):
        assert run(raw, out) == 1
    said = capsys.readouterr().err
    place = re.escape(f"{raw}/{row.place}".rstrip("/"))
    assert re.search(rf"{place}(:\d+)*: error\[{row.code}\].*{row.says}", said), said
    assert "Traceback" not in said


def test_every_problem_is_named_at_once(raw: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for row in (row for row in ROWS if row.what in ("an empty file", "a pipe")):
        row.break_it(raw)
    (raw / "gornyj-put/2031-05/sneg.yml").unlink()
    with unchanged(out):
        assert run(raw, out) == 1
    said = capsys.readouterr().err
    for code in ("empty-file", "not-a-file", "sidecar-missing", "3 of 4 were refused"):
        assert code in said


def test_a_folder_that_cannot_be_read(
    raw: Path, out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By a disk that refuses: permissions do not hold back an administrator who runs the tests."""
    real, locked = os.scandir, raw / "gornyj-put"

    def scandir(path: Path) -> object:
        if path == locked:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    with unchanged(out):
        monkeypatch.setattr("kg_news.discover.os.scandir", scandir)
        code = run(raw, out)
        monkeypatch.undo()
    assert code == 1
    assert re.search(
        rf"{locked}: error\[folder-unreadable\].*Permission denied; check .*permissions", capsys.readouterr().err
    )


def test_a_file_that_cannot_be_read(
    raw: Path, out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = Path.open

    def refuse(path: Path, *arguments: Any, **options: Any) -> Any:
        if path == raw / FILE:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *arguments, **options)

    with unchanged(out):
        monkeypatch.setattr(Path, "open", refuse)
        code = run(raw, out)
        monkeypatch.undo()
    assert code == 1
    assert re.search(
        rf"{FILE}: error\[file-unreadable\].*Permission denied; check .*permissions", capsys.readouterr().err
    )


@contextmanager
def small_files(size: int) -> Iterator[None]:
    """No file can grow beyond `size` bytes, as on a full disk. It holds for an administrator too."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.parametrize("size", [0, 100, 6000], ids=lambda size: f"after {size} bytes")
def test_a_full_disk(size: int, raw: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with unchanged(out), small_files(size):
        assert run(raw, out) == 1
    assert re.search(
        rf"{out}: error\[disk-full\].*; free some space, or build elsewhere: --out", capsys.readouterr().err
    )


def test_an_output_that_cannot_be_written(tmp_path: Path, raw: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for place in ("file", "file/data", "nowhere/data"):
        (tmp_path / "file").write_text("mine")
        assert run(raw, tmp_path / place) == 1
        said = capsys.readouterr().err
        assert re.search(rf"{tmp_path / place}: error\[output-unwritable\].*; .*--out", said), said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "raw"]


def test_an_output_among_the_raw_articles(raw: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = snapshot(raw)
    for place in (raw, raw / "data", raw.parent):
        assert run(raw, place) == 1
        assert "output-unwritable" in capsys.readouterr().err
    assert snapshot(raw) == before
