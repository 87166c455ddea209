"""The build's guarantees: the books add up, the bytes are the same everywhere, a run cut short leaves no trace."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from invented import TEXTS, snapshot, write_article
from kg_news import __version__, manifest, report
from kg_news.build import BuildReport, build
from kg_news.discover import RawFile, discover
from kg_news.errors import BuildError
from kg_news.merging import judged
from kg_news.normalize import normalize
from kg_news.records import Issue, RawArticle, Record
from kg_news.registry import Correction, Registry


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_every_article_is_written(raw: Path, out: Path, registry: Registry) -> None:
    result = build(raw, out, registry)
    assert result.published
    assert (result.found, result.written, result.refused) == (3, 3, ())
    manifest.verify(out)
    entries = manifest.Manifest.read(out)
    assert [row["id"] for row in manifest.read_rows([out / entries.configs["articles"].files[0]])] == sorted(TEXTS)
    assert entries.version == __version__
    assert entries.totals == manifest.Totals(read=3, written=3, rejected=0, duplicates=0)
    assert result.manifest == entries


def test_the_manifest_names_every_input(raw: Path, out: Path, registry: Registry) -> None:
    build(raw, out, registry)
    inputs = manifest.Manifest.read(out).inputs
    for article_id in TEXTS:
        for suffix in (".txt", ".yml"):
            assert inputs[f"raw/{article_id}{suffix}"] == manifest.file_hash(raw / f"{article_id}{suffix}")
    assert {name.split("/")[0] for name in inputs} == {"raw", "registry", "schema"}
    assert "schema/article.schema.json" in inputs
    assert "registry/outlets/gornyj-put.yml" in inputs


def test_progress_counts_files(raw: Path, out: Path, registry: Registry) -> None:
    seen: list[tuple[str, int, int]] = []
    build(raw, out, registry, lambda *told: seen.append(told))
    files = [("files", done, 3) for done in (1, 2, 3)]
    assert seen == [*files, ("tables", 0, 2), ("tables", 1, 2), ("tables", 2, 2)]  # a block, and the part of it


def spoil(raw: Path) -> None:
    """One article is broken, one is there twice."""
    (raw / "gornyj-put/2031-05/sneg.txt").write_bytes(b"")
    write_article(raw, "vestnik-doliny/2031-09/most", TEXTS["vestnik-doliny/2031-04/most"])


def test_refused_articles_are_in_the_books(raw: Path, out: Path, registry: Registry) -> None:
    spoil(raw)
    result = build(raw, out, registry)
    assert not result.published
    assert not out.exists()
    assert (result.found, result.written, result.rejected, result.duplicates) == (4, 2, 1, 1)
    assert [issue.code for issue in report.issues(result) if issue.severity == "error"] == [
        "empty-file",
        "text-duplicate",
    ]


@pytest.mark.parametrize(("allowed", "published"), [(0, False), (1, False), (2, True), (3, True)])
def test_refused_articles_may_be_allowed(
    raw: Path, out: Path, registry: Registry, allowed: int, published: bool
) -> None:
    spoil(raw)
    result = build(raw, out, registry, max_rejected=allowed)
    assert result.published is published
    assert out.exists() is published
    if published:
        totals = manifest.Manifest.read(out).totals
        assert totals == manifest.Totals(read=4, written=2, rejected=1, duplicates=1)
        inputs = manifest.Manifest.read(out).inputs
        assert "raw/gornyj-put/2031-05/sneg.txt" not in inputs


def test_a_dataset_without_articles_is_not_published(raw: Path, out: Path, registry: Registry) -> None:
    for path in raw.rglob("*.txt"):
        path.write_bytes(b"")
    assert not build(raw, out, registry, max_rejected=100).published
    assert not out.exists()


def test_an_article_that_vanishes_from_the_books_stops_the_build(
    raw: Path, out: Path, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg_news.build.judged", lambda heads: list(judged(heads))[:1])
    with pytest.raises(BuildError, match="3 articles were found, but 1 written and 0 refused"):
        build(raw, out, registry)
    assert not out.exists()


def test_a_record_that_does_not_hold_together_is_rejected(
    raw: Path, out: Path, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(raw: RawArticle, registry: Registry) -> tuple[Record, tuple[Issue, ...]]:
        record, doubts = normalize(raw, registry)
        return {**record, "date_start": "1999-01-01"}, doubts

    monkeypatch.setattr("kg_news.normalize.normalize", careless)
    result = build(raw, out, registry)
    assert not result.published
    assert {issue.code for entry in result.refused for issue in entry.issues} == {"interval-wrong"}
    assert {issue.path for entry in result.refused for issue in entry.issues} == {
        str(path) for path in raw.rglob("*.txt")
    }


def test_a_file_that_is_lost_in_mid_run_is_rejected(
    raw: Path, out: Path, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = raw / "vestnik-doliny/2031-04/most.txt"

    def slow(raw: RawArticle, registry: Registry) -> tuple[Record, tuple[Issue, ...]]:
        if lost.match(f"*/{raw.path}"):
            lost.unlink()
        return normalize(raw, registry)

    monkeypatch.setattr("kg_news.normalize.normalize", slow)
    result = build(raw, out, registry)
    assert not result.published
    assert [(entry.path, entry.issues[0].code) for entry in result.refused] == [(str(lost), "file-unreadable")]
    assert "was lost while it was read" in result.refused[0].issues[0].message


def test_a_correction_of_no_article_is_doubtful(raw: Path, out: Path, registry: Registry) -> None:
    correction = Correction(
        "vestnik-doliny/lost", "/title", "Мост", "The page says so.", "A. Curator", "2031-06-01", "lost.yml"
    )
    result = build(raw, out, replace(registry, corrections={correction.article: (correction,)}))
    assert result.published
    assert [str(issue) for issue in result.warnings if issue.code == "correction-unused"] == [
        "registry/corrections/lost.yml: warning[correction-unused] there is no article 'vestnik-doliny/lost'; "
        "correct the id, or delete the correction"
    ]


def test_files_are_found_in_the_order_of_their_ids(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a-b.txt",
        "a.txt",
        "a/c.txt",
        ".hidden.txt",
        ".git/x.txt",
        "~$a.txt",
        "Thumbs.db",
        "desktop.ini",
        "a.yml",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    assert [file.id for file in discover(tmp_path)] == ["a", "a-b", "a/c", "b"]


@pytest.mark.parametrize(
    "name", ["a.txt", "a", "a.tar.gz", ".hidden", ".hidden.txt", "dot.", "in.folder/a", "/in/a.b/c.d"]
)
def test_a_sidecar_is_where_pathlib_says(name: str) -> None:
    assert RawFile(name, "x").sidecar == Path(name).with_suffix(".yml")


SURROUNDINGS = [
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "reverse": "yes", "umask": "077"},
    {"PYTHONHASHSEED": "77", "TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "umask": "000"},
]


def test_the_bytes_are_the_same_everywhere(tmp_path: Path, registry_folder: Path) -> None:
    """Whatever the order of files on the disk, hash seed, time zone, locale and umask, and from whichever folder."""
    results = []
    for number, surrounding in enumerate(SURROUNDINGS):
        home = tmp_path / str(number)
        for article_id in sorted(TEXTS, reverse="reverse" in surrounding):
            write_article(home / "raw", article_id, TEXTS[article_id])
        command = [sys.executable, "-m", "kg_news", "build", "--registry", str(registry_folder)]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
        environment = {**kept, **{name: value for name, value in surrounding.items() if name.isupper()}}
        umask = int(surrounding.get("umask", "022"), 8)
        subprocess.run(command, cwd=home, env=environment, umask=umask, check=True, capture_output=True)
        results.append(snapshot(home / "data"))
    assert results[0]["MANIFEST.json"]
    assert results[0] == results[1] == results[2]


def test_a_second_build_changes_nothing(raw: Path, out: Path, registry: Registry) -> None:
    build(raw, out, registry)
    before = snapshot(out)
    build(raw, out, registry)
    assert snapshot(out) == before
    assert sorted(path.name for path in out.parent.iterdir()) == ["data", "raw"]


@pytest.mark.parametrize("old", [False, True], ids=["no dataset", "an old dataset"])
def test_an_interrupt_leaves_no_trace(
    raw: Path, out: Path, registry_folder: Path, registry: Registry, *, old: bool
) -> None:
    """Ctrl-C when the first article has been read."""
    if old:
        build(raw, out, registry)
    before = snapshot(out)
    code = (
        "import sys, signal, kg_news.shards as s; take = s._Writing.take\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell's background job ignores it
        "def slow(*args):\n    take(*args); print('reading', flush=True); signal.pause()\n"
        "s._Writing.take = slow\n"
        "from kg_news.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    command = [
        sys.executable,
        "-c",
        code,
        "build",
        "--raw",
        str(raw),
        "--out",
        str(out),
        "--registry",
        str(registry_folder),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "reading\n"
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
    assert process.returncode == 130
    assert said == "interrupted\n"
    assert snapshot(out) == before
    assert sorted(path.name for path in out.parent.iterdir()) == (["data", "raw"] if old else ["raw"])


def test_the_file_of_refusals_is_looked_at_before_the_build(raw: Path, out: Path, registry: Registry) -> None:
    told: list[str] = []
    for path, says in [(raw.parent / "nowhere/r.jsonl", "there is no folder"), (raw.parent, "it is a folder")]:
        with pytest.raises(BuildError, match=rf"output-unwritable.*{says}.*--rejected"):
            build(raw, out, registry, lambda stage, *_: told.append(stage), rejected=path)
    assert told == []
    assert not out.exists()


@pytest.mark.parametrize("where", ["raw", "out"])
@pytest.mark.parametrize("option", ["rejected", "cache_folder"])
def test_what_would_become_an_article_or_vanish_with_the_old_dataset_is_refused(
    raw: Path, out: Path, registry: Registry, where: str, option: str
) -> None:
    path = {"raw": raw, "out": out}[where] / "rejected.jsonl"
    named = {"rejected": "--rejected", "cache_folder": "--cache"}[option]
    with pytest.raises(BuildError, match=rf"output-unwritable.*it lies in .*{named}"):
        build(raw, out, registry, **{option: path})  # type: ignore[arg-type]
    assert not path.exists()


def test_issues_name_files_that_can_be_opened(raw: Path, out: Path, registry: Registry) -> None:
    path = write_article(raw, "zorka/2031-05/pochta", " date 2031-04 Почту открыли.\n", source="vestnik-doliny")
    text = path.with_suffix(".yml").read_text(encoding="utf-8")
    path.with_suffix(".yml").write_text(f"{text}date: 2031-05\n", encoding="utf-8")
    found = {issue.code: issue.path for issue in report.issues(build(raw, out, registry))}
    assert found["date-conflict"] == str(path)
    assert all(Path(place or "").exists() for place in found.values())


def test_what_is_wrong_with_all_articles_of_a_file_is_one_line(raw: Path, out: Path, registry: Registry) -> None:
    many = raw / "many.jsonl"
    lines = [json.dumps({"id": f"m{number}", "text": f"Снег выпал {number} мая."}) for number in range(1, 4)]
    many.write_text("\n".join(lines), encoding="utf-8")
    many.with_suffix(".yml").write_text("source: zorka-2\nurl: null\nrights: {license: MIT}\n", encoding="utf-8")
    (line,) = report.lines(build(raw, out, registry))
    assert line.startswith(f"{many.with_suffix('.yml')}: error[outlet-unknown]")
    assert line.endswith("add registry/outlets/zorka-2.yml (3 times)")


def test_the_summary_says_the_same_to_people_and_programs(raw: Path, out: Path, registry: Registry) -> None:
    spoil(raw)
    result: BuildReport = build(raw, out, registry, max_rejected=2)
    facts = json.loads(json.dumps(report.as_json(result)))
    assert facts["published"] is True
    assert (facts["found"], facts["written"], facts["rejected"], facts["duplicates"]) == (4, 2, 1, 1)
    assert facts["outlets"] == {"vestnik-doliny": 2}
    assert facts["rows"]["articles"] == 2
    assert facts["filled"]["photos with a credit"] == {"have": 1, "of": 1}
    text = report.as_text(result)
    for line in ("  rejected    1", "  vestnik-doliny  2", "  photos with a credit"):
        assert line in text
    assert text.endswith(f"is in {out}")
