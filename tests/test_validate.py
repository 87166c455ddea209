"""`validate` tells what a path is, finds everything that is wrong with it, and says where."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import formats
from invented import write_article
from kg_news.build import build
from kg_news.errors import InputError
from kg_news.normalize import normalize
from kg_news.read import read_articles, read_file
from kg_news.records import Issue
from kg_news.registry import Registry, load_registry
from kg_news.schema import load_schema
from kg_news.validate import validate

TEXT = " date 2031-04 Мост через реку закрыли до осени. Жителей перевозят паромом.\n"
SIDECAR = "source: kloop\nurl: null\nrights: {license: NOASSERTION}\n"
CORRECTION = "article: a/b\nfield: /title\nvalue: Мост\nreason: It says so.\nby: A. Curator\ndate: 2031-05-01\n"


def brief(issues: Iterable[Issue], folder: Path) -> list[tuple[str, str, int | None]]:
    """Code, file below `folder`, and line of each issue."""
    return [(issue.code, Path(issue.path or "").relative_to(folder).as_posix(), issue.line) for issue in issues]


# Raw articles and sidecars


def test_a_good_raw_folder(raw: Path, registry_folder: Path) -> None:
    assert [issue for issue in validate([raw], registry_folder) if issue.severity == "error"] == []


BAD_RAW: list[tuple[str, str, tuple[str, str, int | None]]] = [
    ("x/a.txt", "", ("empty-file", "x/a.txt", None)),
    ("x/a.txt", " date 2031-13 Мост.", ("date-invalid", "x/a.txt", 1)),
    ("x/a.yml", "source: x\nurl: null\n", ("field-missing", "x/a.yml", 1)),
    ("x/a.yml", "source: x\nurl: null\nrights: {license: MIT}\ndatte: 2031\n", ("field-unknown", "x/a.yml", 4)),
    ("x/a.yml", "url: null\nrights: {license: MIT}\nsource: vestnik-dolin\n", ("outlet-unknown", "x/a.yml", 3)),
    ("x/a.yml", "source: x\nurl: null\nrights: {license: MIT}\ndatte: 2031\n", ("outlet-unknown", "x/a.yml", 1)),
    ("x/a.yml", "source: kloop\nurl: null\nrights: {license: MITT}\n", ("license-invalid", "x/a.yml", 3)),
    ("x/a.yml", "source: kloop\nrights: {license: MIT OR}\n", ("license-invalid", "x/a.yml", 2)),
    ("x/a.yml", "source: [", ("yaml-syntax", "x/a.yml", 1)),
    ("x/b.yml", "source: x\n", ("sidecar-orphan", "x/b.yml", None)),
    ("x/b.docx", "?", ("format-unknown", "x/b.docx", None)),
]


@pytest.mark.parametrize(("name", "text", "expected"), BAD_RAW)
def test_bad_raw_files(
    tmp_path: Path, registry_folder: Path, name: str, text: str, expected: tuple[str, str, int | None]
) -> None:
    raw = tmp_path / "raw"
    write_article(raw, "x/a", TEXT, source="vestnik-doliny")
    (raw / name).write_text(text, encoding="utf-8")
    issues = [issue for issue in validate([raw], registry_folder) if issue.severity == "error"]
    # A file that no reader knows lacks its sidecar too.
    assert expected in brief(issues, raw)
    assert {path for _, path, _ in brief(issues, raw)} == {name}
    one = raw / name
    if expected[0] not in ("sidecar-orphan", "format-unknown"):  # by themselves they are something else
        assert expected in brief(validate([one], registry_folder), raw)


def test_a_sidecar_and_its_article_name_an_unknown_outlet_once(tmp_path: Path, registry_folder: Path) -> None:
    path = write_article(tmp_path / "raw", "x/a", TEXT, source="vestnik-dolin")
    issues = validate([path, path.with_suffix(".yml"), tmp_path / "raw"], registry_folder)
    assert [(issue.code, issue.line, issue.column) for issue in issues] == [("outlet-unknown", 1, 9)]
    assert "vestnik-doliny" in issues[0].way_out


FUTURE = [
    ("header", " date 2031-04 Мост закрыли.", "", ("a.txt", None)),
    ("metadata", " date 2021-04 Мост закрыли.", "date: 2031-04-06\n", ("a.yml", 4)),
    ("url", "Мост закрыли.", "url: https://kloop.kg/blog/2031/04/06/most/\n", ("a.txt", None)),
]


@pytest.mark.parametrize(("basis", "text", "more", "place"), FUTURE)
def test_a_date_after_today_is_doubtful(
    tmp_path: Path, registry_folder: Path, basis: str, text: str, more: str, place: tuple[str, int | None]
) -> None:
    path = write_article(tmp_path / "raw", "kloop/a", text)
    path.with_suffix(".yml").write_text(SIDECAR.replace("url: null\n", "" if "url" in more else "url: null\n") + more)

    def doubts(today: str, *paths: Path) -> list[Issue]:
        issues = validate(paths, registry_folder, today=date.fromisoformat(today))
        return [issue for issue in issues if issue.code == "date-future"]

    (doubt,) = doubts("2031-03-31", tmp_path / "raw")
    assert (doubt.severity, Path(doubt.path or "").name, doubt.line) == ("warning", *place)
    assert f"the {basis} says 2031-04" in doubt.message
    beside = [path.with_suffix(".yml")] if basis == "metadata" else []
    assert doubts("2031-03-31", path, *beside) == [doubt], "the sidecar by itself is told the same, once"
    assert doubts("2031-04-06", tmp_path / "raw") == []


def test_a_corrected_date_after_today_is_doubtful(tmp_path: Path, registry_folder: Path) -> None:
    registry = tmp_path / "registry"
    shutil.copytree(registry_folder, registry)
    (registry / "corrections").mkdir()
    path = write_article(tmp_path / "raw", "kloop/a", " date 2021-04 Мост закрыли.")
    wrong = CORRECTION.replace("a/b", "kloop/a").replace("/title", "/date").replace("Мост", "2031-04")
    (registry / "corrections/a.yml").write_text(wrong)
    issues = validate([path], registry, today=date(2031, 3, 31))
    assert [issue.code for issue in issues] == ["date-future"]
    assert validate([path], registry, today=date(2031, 4, 1)) == []


def test_two_files_with_one_id(tmp_path: Path, registry_folder: Path) -> None:
    raw = tmp_path / "raw"
    path = write_article(raw, "x/a", TEXT, source="vestnik-doliny")
    shutil.copy(path, path.with_suffix(".TXT"))
    assert [issue.code for issue in validate([raw], registry_folder) if issue.severity == "error"] == ["id-duplicate"]


def test_a_broken_registry_is_reported_with_the_articles(raw: Path, tmp_path: Path) -> None:
    (raw / "gornyj-put/2031-05/sneg.txt").write_bytes("Снег".encode("cp1251"))
    registry = tmp_path / "registry"
    registry.mkdir()
    assert [issue.code for issue in validate([raw], registry)] == ["not-utf8", "file-missing"]


def test_actors_are_looked_for_only_where_it_matters(
    raw: Path, registry_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An article with corrections is normalised whole: the correction's value is held against the record's."""
    asked: list[str] = []

    def entities(text: str) -> tuple[()]:
        asked.append(text)
        return ()

    monkeypatch.setattr("kg_news.doc.entities", entities)
    assert [issue for issue in validate([raw], registry_folder) if issue.severity == "error"] == []
    assert asked == []
    folder = tmp_path / "registry"
    shutil.copytree(registry_folder, folder, ignore=shutil.ignore_patterns("actors"))
    (folder / "corrections").mkdir()
    text = CORRECTION.replace("a/b", "gornyj-put/2031-05/sneg").replace("/title", "/language").replace("Мост", "ru")
    (folder / "corrections" / "a.yml").write_text(text, encoding="utf-8")
    assert "correction-stale" in [issue.code for issue in validate([raw], folder)]
    assert len(asked) == 1
    validate([raw], folder, full=True)
    assert len(asked) == 4


# The registry


def test_a_registry_and_its_parts(registry_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "registry"
    shutil.copytree(registry_folder, folder)
    bad = folder / "outlets" / "gornyj-put.yml"
    bad.write_text(
        bad.read_text(encoding="utf-8").replace("gornyj-put.example", "vestnik-doliny.example"), encoding="utf-8"
    )
    # The clash is told at the later of the two files, wherever one asks.
    late = ("domain-duplicate", "outlets/vestnik-doliny.yml", 3)
    for path in (folder, folder / "outlets", folder / "outlets" / "vestnik-doliny.yml"):
        errors = [issue for issue in validate([path]) if issue.severity == "error"]
        assert brief(errors, folder) == [late], path
    assert validate([bad]) == []
    assert [issue for issue in validate([folder / "languages"]) if issue.severity == "error"] == []


def test_a_checkout_is_its_raw_articles_and_its_registry(tmp_path: Path, registry_folder: Path) -> None:
    write_article(tmp_path / "raw", "x/a", "", source="vestnik-doliny")
    shutil.copytree(registry_folder, tmp_path / "registry")
    (tmp_path / "registry" / "photo.yml").write_text("a: [", encoding="utf-8")
    codes = [issue.code for issue in validate([tmp_path], registry_folder) if issue.severity == "error"]
    assert codes == ["empty-file", "yaml-syntax"]


LOOSE = [
    ("corrections/a.yml", CORRECTION.replace("2031-05-01", "2031-05"), ("date-invalid", 6)),
    ("a.yml", CORRECTION.replace("by: A. Curator", "by: ''"), ("value-empty", 5)),
    ("a.yml", f"- {{{CORRECTION.strip().replace(chr(10), ', ')}, x: 1}}", ("field-unknown", 1)),
    ("a.yml", "source: 5\nurl: null\nrights: {license: MIT}\n", ("type-wrong", 1)),
    ("a.yml", "- id: A\n  type: Person\n  names: {ru: Асан}\n", ("id-invalid", 1)),
    ("a.yml", "id: a\nnames: {ru: Б}\ndomains: [Б]\ncountry: null\nlanguages: [ru]\n", ("host-invalid", 3)),
    ("a.yml", "id: ru\nname: R\nmonths: {'1': []}\n", ("value-empty", 3)),
    ("a.yml", "some: thing\n", ("kind-unknown", None)),
    ("a.yml", "[1, 2]\n", ("kind-unknown", None)),
    ("a.yml", "text\n", ("kind-unknown", None)),
    ("a.yml", "a: !!python/name:os.system\n", ("yaml-tag", 1)),
]


@pytest.mark.parametrize(("name", "text", "expected"), LOOSE)
def test_files_outside_any_registry_are_known_by_their_content(
    tmp_path: Path, name: str, text: str, expected: tuple[str, int | None]
) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    assert expected in [(issue.code, issue.line) for issue in validate([path])]
    assert expected in [(issue.code, issue.line) for issue in validate([path.parent])]


def test_a_good_correction_outside_any_registry(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(CORRECTION, encoding="utf-8")
    assert validate([tmp_path, tmp_path / "a.yml"]) == []


# Records


@pytest.fixture
def record(raw: Path, registry: Registry) -> dict[str, Any]:
    made, _ = normalize(next(read_file(raw / "vestnik-doliny/2031-04/most.txt", raw)), registry)
    return made


def test_good_records(tmp_path: Path, record: dict[str, Any]) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text(
        json.dumps(record, ensure_ascii=False) + "\n\n" + json.dumps({**record, "id": "b"}) + "\n", encoding="utf-8"
    )
    assert validate([path]) == []


def test_bad_records(tmp_path: Path, record: dict[str, Any]) -> None:
    good = json.dumps(record, ensure_ascii=False)
    lines = [
        good,
        good,
        json.dumps(record | {"id": "b", "language": "xx"}),
        '{"id": "c", "id": "d"}',
        '{"id": NaN}',
        "[1,",
        "5",
        "[" * 100_000,
        '{"id": 1e999}',
    ]
    path = tmp_path / "records.jsonl"
    path.write_bytes("\n".join(lines).encode() + b"\n" + '{"id": "я'.encode() + b"\xff\n")
    issues = validate([path])
    told = {(issue.line, issue.code) for issue in issues}
    assert {
        (2, "id-duplicate"),
        (3, "value-unknown"),
        (4, "key-duplicate"),
        (5, "json-invalid"),
        (6, "json-invalid"),
        (7, "type-wrong"),
        (8, "json-invalid"),
        (9, "number-not-finite"),
        (10, "not-utf8"),
    } <= told
    assert not [line for line, _ in told if line == 1]
    (language,) = [issue for issue in issues if issue.line == 3]
    assert str(language).startswith(f"{path}:3: error[value-unknown] at /language: `language` is 'xx'")
    assert [issue.column for issue in issues if issue.code == "not-utf8"] == [10]
    assert [issue.line for issue in issues] == sorted(issue.line or 0 for issue in issues)


def test_a_record_whose_meaning_is_wrong(tmp_path: Path, record: dict[str, Any]) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text(json.dumps(record | {"date_end": "2031-04-29"}), encoding="utf-8")
    assert [(issue.code, issue.line) for issue in validate([path])] == [("interval-wrong", 1)]


LINE = '{"id": "a", "text": "Мост закрыли до осени."}'
JSON_LINES: dict[str, tuple[str, list[tuple[str, int | None]]]] = {
    "raw articles": (LINE, []),
    "raw articles, the first line broken": (f"{{\n{LINE}", [("json-invalid", 1)]),
    "articles under other keys": ('{"nid": 5, "body": "Мост закрыли."}', [("type-wrong", 1), ("type-wrong", 1)]),
    "a record, far from whole": ('{"id": "a", "text": "Мост.", "actors": []}', [("field-missing", 1)]),
    "an id twice": (f"{LINE}\n{LINE}", [("id-duplicate", None)]),
    "nothing that tells": ("5\n", [("type-wrong", 1)]),
}


@pytest.mark.parametrize("what", JSON_LINES)
def test_json_lines_are_records_or_articles_by_their_first_line(what: str, tmp_path: Path) -> None:
    content, expected = JSON_LINES[what]
    path = tmp_path / "a.jsonl"
    path.write_text(content, encoding="utf-8")
    path.with_suffix(".yml").write_text(SIDECAR, encoding="utf-8")
    told = [(issue.code, issue.line) for issue in validate([path])]
    assert told[: len(expected)] == expected
    assert bool(told) == bool(expected)


def test_what_a_missing_sidecar_does_not_hide(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"{{\n{LINE}\n[]\n{LINE}\n", encoding="utf-8")
    assert brief(validate([path]), tmp_path) == [
        ("sidecar-missing", "a.jsonl", None),
        ("json-invalid", "a.jsonl", 1),
        ("json-invalid", "a.jsonl", 3),
    ]
    found = list(read_articles(path, tmp_path))
    assert all(isinstance(item, InputError) for item in found), "no article without its sidecar"


def test_a_named_file_of_posts_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "posts.json"
    path.write_text('[{"id": 1}]', encoding="utf-8")
    path.with_suffix(".yml").write_text(SIDECAR, encoding="utf-8")
    assert brief(validate([path]), tmp_path) == [("post-invalid", "posts.json", None)]
    path.write_text('{"id": 1}', encoding="utf-8")
    assert brief(validate([path]), tmp_path) == [("kind-unknown", "posts.json", None)]


@pytest.mark.parametrize(
    ("columns", "codes"),
    [
        ({"text": ["a", "b"], "label": [1, 2]}, ["field-missing"]),
        ({name: [None] for name in load_schema("article")["properties"] if name != "title"}, ["field-missing"]),
    ],
)
def test_a_table_without_some_columns_is_told_once(
    columns: dict[str, list[object]], codes: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "others.parquet"
    pq.write_table(pa.table(columns), path)
    told = [issue for issue in validate([path]) if issue.code == "field-missing"]
    assert [issue.code for issue in told] == codes
    assert "lacks the column" in told[0].message


# What it is not


def test_what_is_not_there_and_what_is_not_known(tmp_path: Path) -> None:
    (tmp_path / "notes.doc").write_text("x", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    built = tmp_path / "data"
    built.mkdir()
    (built / "MANIFEST.json").write_text("{}", encoding="utf-8")
    paths = [tmp_path / name for name in ("notes.doc", "empty", "data", "missing.yml")]
    issues = validate([*paths, *paths])
    assert brief(issues, tmp_path) == [
        ("kind-unknown", "data", None),
        ("kind-unknown", "empty", None),
        ("path-missing", "missing.yml", None),
        ("kind-unknown", "notes.doc", None),
    ]
    assert "kg-news verify" in issues[0].way_out
    for issue in issues[1:]:
        assert all(word in issue.way_out for word in (".txt", ".yml", ".jsonl", "registry"))


def test_paths_are_shown_from_here_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.yml").write_text("some: thing\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert [issue.path for issue in validate([tmp_path / "a.yml", Path("a.yml")])] == ["a.yml"]


# Texts that are there twice


def _two(raw: Path, first: str = TEXT, second: str = TEXT) -> None:
    for name, text in (("x/a.txt", first), ("x/b.txt", second)):
        (raw / name).parent.mkdir(parents=True, exist_ok=True)
        (raw / name).write_text(text, encoding="utf-8")
        (raw / name).with_suffix(".yml").write_text(SIDECAR, encoding="utf-8")


@pytest.mark.parametrize("second", [TEXT, TEXT.replace(" date 2031-04 ", "").replace(". ", ".\n\n")])
def test_one_text_in_two_files_is_told_as_a_build_tells_it(tmp_path: Path, registry_folder: Path, second: str) -> None:
    raw = tmp_path / "raw"
    _two(raw, second=second)
    twins = [issue for issue in validate([raw, raw / "x/a.txt"], registry_folder) if issue.severity == "error"]
    report = build(raw, tmp_path / "data", load_registry(registry_folder))
    assert not report.published
    told = {(issue.code, issue.message) for issue in twins if issue.path == str(raw / "x/b.txt")}
    assert told == {("text-duplicate", "the article 'x/a' has the same text")}


def test_one_text_twice_in_a_file_of_many(tmp_path: Path, registry_folder: Path) -> None:
    many = tmp_path / "raw/x/many.jsonl"
    many.parent.mkdir(parents=True)
    lines = [json.dumps({"id": name, "text": TEXT}, ensure_ascii=False) for name in "ab"]
    many.write_text("\n".join(lines), encoding="utf-8")
    many.with_suffix(".yml").write_text("source: kloop\nurl: null\nrights: {license: NOASSERTION}\n", encoding="utf-8")
    found = [str(issue) for issue in validate([many], registry_folder) if issue.code == "text-duplicate"]
    same = (
        "error[text-duplicate] article 'b': the article 'a' has the same text; keep one of the two and delete the other"
    )
    assert found == [f"{many}:2: {same}"]


def test_a_folder_that_cannot_be_listed_is_named(
    tmp_path: Path, registry_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = write_article(tmp_path / "raw", "kloop/2031-04/most", TEXT).parent
    real = os.scandir

    def scandir(path: Path) -> object:
        if path == locked:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr("kg_news.discover.os.scandir", scandir)
    assert [(issue.code, issue.path) for issue in validate([tmp_path], registry_folder)] == [
        ("folder-unreadable", str(locked))
    ]


def test_hidden_files_are_passed_over_as_a_build_does_it(tmp_path: Path, registry_folder: Path) -> None:
    """A hook names every file, and folders that git shall keep have a .gitkeep."""
    raw = write_article(tmp_path / "raw", "kloop/2031-04/most", TEXT).parent
    names = [".gitkeep", ".DS_Store", "Thumbs.db", "~$most.docx"]
    for name in names:
        (raw / name).write_bytes(b"\0")
    found = validate([raw / name for name in names], registry_folder)
    assert [(issue.code, issue.severity) for issue in found] == [("file-hidden", "warning")] * len(names)
    assert not [issue for issue in validate([tmp_path], registry_folder) if issue.severity == "error"]


OTHER = TEXT.replace("осени", "весны")
ROWS = [("1", TEXT.strip()), ("2", TEXT.strip()), ("1", OTHER.strip())]
ITEM = formats.rss().partition("<item>")[2].partition("</channel>")[0]
TWICE = formats.rss().replace("</channel>", f"<item>{ITEM.replace('4711', '4712')}</channel>")


@pytest.mark.parametrize(
    ("name", "content", "same_text", "same_id"),
    [
        ("m.jsonl", "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in ROWS), 2, 3),
        ("m.csv", "id,text\n" + "".join(f'{name},"{text}\n"\n' for name, text in ROWS), 4, 6),
        ("m.txt", f"{TEXT}{OTHER}{OTHER}", None, 3),
        ("m.xml", TWICE, 4, None),  # the first by id is the second in the file
    ],
    ids=["JSON Lines", "a table", "texts", "a feed"],
)
def test_articles_that_are_there_twice_are_told_with_their_line(
    tmp_path: Path, registry_folder: Path, name: str, content: str, same_text: int | None, same_id: int | None
) -> None:
    many = tmp_path / "raw/x" / name
    many.parent.mkdir(parents=True)
    many.write_text(content, encoding="utf-8")
    many.with_suffix(".yml").write_text("source: kloop\nurl: null\nrights: {license: NOASSERTION}\n", encoding="utf-8")
    expected = [("id-duplicate", same_id), ("text-duplicate", same_text)]
    expected = [row for row in expected if row[1]]
    found = validate([many], registry_folder)
    assert sorted((issue.code, issue.line) for issue in found if "duplicate" in issue.code) == expected
    report = build(tmp_path / "raw", tmp_path / "data", load_registry(registry_folder), max_rejected=3)
    refused = [issue for entry in report.refused for issue in entry.issues]
    assert sorted((issue.code, issue.line) for issue in refused if "duplicate" in issue.code) == expected


def test_what_is_wrong_in_a_file_of_many_names_the_article(tmp_path: Path, registry_folder: Path) -> None:
    many = tmp_path / "raw/x/many.jsonl"
    many.parent.mkdir(parents=True)
    lines = [
        {"id": "a", "text": TEXT},
        {"id": "no text", "text": " date 2031-04 "},
        {"id": "bad address", "text": TEXT.replace("осени", "весны"), "url": "kloop.kg/x"},
        {"id": "copy", "text": TEXT.replace(" ", "  ")},
        {"id": "dates", "text": TEXT.replace("осени", "зимы"), "date": "2031-05"},
    ]
    many.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    many.with_suffix(".yml").write_text(SIDECAR, encoding="utf-8")
    expected = {
        ("text-empty", "no text"),
        ("url-invalid", "bad address"),
        ("text-duplicate", "copy"),
        ("date-conflict", "dates"),
    }
    found = validate([many.parent], registry_folder)
    assert {(issue.code, issue.article) for issue in found} == expected
    assert {issue.path for issue in found} == {str(many)}
    assert [issue.way_out for issue in found if issue.article == "dates"] == [
        "set the right one with `kg-news correct`"
    ]
    assert "error[text-empty] article 'no text': there is no text" in str(
        next(i for i in found if i.article == "no text")
    )
    report = build(tmp_path / "raw", tmp_path / "data", load_registry(registry_folder), max_rejected=3)
    told = [issue for refused in report.refused for issue in refused.issues] + list(report.warnings)
    assert {(issue.code, issue.article) for issue in told if issue.code != "text-near-duplicate"} == expected
    assert {issue.path for issue in told} == {str(many)}


def test_a_file_by_itself_is_held_against_the_bytes_of_the_others(tmp_path: Path, registry_folder: Path) -> None:
    raw = tmp_path / "raw"
    _two(raw)
    (issue,) = (one for one in validate([raw / "x/a.txt"], registry_folder) if one.code == "text-duplicate")
    assert (issue.path, issue.message) == (str(raw / "x/a.txt"), "the article 'x/b' has the same text")
    (raw / "x/b.txt").write_text(TEXT + "Ремонт начался.", encoding="utf-8")
    assert "text-duplicate" not in {one.code for one in validate([raw / "x/a.txt", raw], registry_folder)}


# Single files that a build would not open


def test_a_sidecar_with_another_suffix_is_told_to_be_one(tmp_path: Path, registry_folder: Path) -> None:
    write_article(tmp_path / "raw", "gornyj-put/2031-05/sneg", " date 2031-05 Снег.\n")
    sidecar = tmp_path / "raw/gornyj-put/2031-05/sneg.yml"
    sidecar.rename(sidecar.with_suffix(".yaml"))
    issues = validate([tmp_path / "raw"], registry_folder)
    assert {issue.code: issue.way_out[:20] for issue in issues} == {
        "sidecar-missing": "write it with at lea",
        "name-invalid": "rename it to sneg.ym",
    }


def test_a_link_to_a_folder_is_not_followed_when_it_is_named(
    tmp_path: Path, registry_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `kg-news validate *` names it within the folder; a link to the raw folder itself is followed."""
    write_article(tmp_path / "raw", "gornyj-put/2031-05/sneg", " date 2031-05 Снег.\n")
    folder = tmp_path / "raw/gornyj-put"
    (folder / "outside").symlink_to(tmp_path)
    (folder / "loop").symlink_to(tmp_path / "raw")
    monkeypatch.chdir(folder)
    issues = validate([Path("outside"), Path("loop"), Path("2031-05")], registry_folder)
    assert [(issue.path, issue.code) for issue in issues if issue.severity == "error"] == [
        ("loop", "symlink-inside"),
        ("outside", "symlink-outside"),
    ]
    (tmp_path / "link").symlink_to(tmp_path / "raw")
    assert [issue.code for issue in validate([tmp_path / "link"], registry_folder)] == [
        "symlink-inside",
        "symlink-outside",
    ]


def test_a_link_in_a_raw_folder_is_one_by_itself_too(tmp_path: Path, registry_folder: Path) -> None:
    outside = tmp_path / "a.txt"
    outside.write_text(TEXT, encoding="utf-8")
    link = tmp_path / "raw/x/a.txt"
    link.parent.mkdir(parents=True)
    link.symlink_to(outside)
    link.with_suffix(".yml").write_text(SIDECAR, encoding="utf-8")
    (tmp_path / "raw/x/b.txt").symlink_to(tmp_path / "gone.txt")
    issues = validate([link, tmp_path / "raw/x/b.txt"], registry_folder)
    assert [issue.code for issue in issues] == ["symlink-outside"] * 2


def test_an_address_that_no_url_parser_takes_is_told(tmp_path: Path, registry_folder: Path) -> None:
    path = tmp_path / "raw/x/a.txt"
    path.parent.mkdir(parents=True)
    path.write_text(TEXT, encoding="utf-8")
    path.with_suffix(".yml").write_text(SIDECAR.replace("null", '"https://[zorka.example"'), encoding="utf-8")
    (issue,) = (one for one in validate([path], registry_folder) if one.severity == "error")
    assert (issue.code, issue.path) == ("url-invalid", str(path.with_suffix(".yml")))


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866"])
def test_an_old_encoding_is_named(encoding: str, tmp_path: Path, registry_folder: Path) -> None:
    path = write_article(tmp_path / "raw", "x/a", TEXT, source="vestnik-doliny")
    path.write_bytes(TEXT.encode(encoding))
    (issue,) = validate([path], registry_folder)
    assert issue.code == "not-utf8"
    assert issue.way_out == f"convert it: iconv -f {encoding.upper()} -t UTF-8"
