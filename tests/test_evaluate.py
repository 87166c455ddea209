"""Measuring: scores, worst cases, gold files of both kinds, and floors that do not fall unseen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg_news.cli import main
from kg_news.errors import InputError
from kg_news.evaluate.alignment import gold_actors
from kg_news.evaluate.core import Case, Item, Pair, Score, as_json, as_table, evaluate
from kg_news.evaluate.floors import read_floors
from kg_news.evaluate.marked import gold_lines, parse
from kg_news.evaluate.run import measure
from kg_news.registry import load_registry

GOLD = "Дороги закрыли. [caption|Пикет 4 мая.] [marker|Фото:] [credit|Асан Примеров / «Зорька»] Совет молчит.\n"
NAMED = GOLD + "= Асан Примеров @ Зорька\n"


def pair(gold: str, found: str) -> Pair:
    return Pair(tuple(Item(x, x) for x in gold), tuple(Item(x, x) for x in found))


@pytest.mark.parametrize(
    ("score", "precision", "recall", "f1"),
    [
        (Score(1, 2, 4), 0.5, 0.25, 1 / 3),
        (Score(0, 0, 0), 1.0, 1.0, 1.0),
        (Score(0, 0, 3), 1.0, 0.0, 0.0),
        (Score(0, 3, 0), 0.0, 1.0, 0.0),
    ],
)
def test_scores(score: Score, precision: float, recall: float, f1: float) -> None:
    assert (score.precision, score.recall) == (precision, recall)
    assert score.f1 == pytest.approx(f1)


def test_what_occurs_twice_must_be_found_twice() -> None:
    (result,) = evaluate([("a", {"x": pair("aab", "abc")})])
    assert result.score == Score(2, 3, 3)
    assert result.cases == (Case("a", ("a",), ("c",)),)


def test_the_worst_cases_come_first_and_a_field_counts_only_where_it_is_marked() -> None:
    results = evaluate([("a", {"x": pair("a", "b")}), ("b", {"x": pair("abc", ""), "y": pair("a", "a")})])
    assert [(result.field, result.score.gold) for result in results] == [("x", 4), ("y", 1)]
    assert [case.id for case in results[0].cases] == ["b", "a"]
    assert as_table(results, worst=1).count("\nx b") == 1
    assert as_json(results)["y"]["f1"] == 1.0


def test_marks_become_spans() -> None:
    gold = parse("Ушли.⏎[caption|Зал.] [marker|Фото:] [credit|А. Примеров] [label|Архивное фото.]")
    text, (first, second) = gold["text"], gold["photos"]
    assert text == "Ушли.\nЗал. Фото: А. Примеров Архивное фото."
    for kind in ("caption", "marker", "credit"):
        assert text[first[f"{kind}_start"] : first[f"{kind}_end"]] == first[kind]
    assert (second["caption"], second["marker"], second.get("credit")) == ("Архивное фото.", "Архивное фото", None)


def test_a_caption_behind_belongs_to_the_credit_before() -> None:
    gold = parse("[marker|Фото] [credit|«Зорьки»]. [after|Зал] [marker|Фото:] [credit|Улан Пробный]")
    assert [photo.get("caption") for photo in gold["photos"]] == ["Зал", None]


def test_names_follow_their_text() -> None:
    (gold,) = gold_lines(f"# heading\n\n{NAMED}", "a.txt")
    assert gold["id"] == "a.txt:3"
    assert (gold["photos"][0]["creators"], gold["photos"][0]["agencies"]) == (["Асан Примеров"], ["Зорька"])


def test_the_parts_of_a_persons_name_are_its_name() -> None:
    said = {"type": "person", "slots": {"firstname": ["Асан"], "lastname": ["Примеров"]}, "mentions": [[0, 15]]}
    (actor,) = gold_actors({"text": "Асана Примерова ждут.", "actors": [said]})
    assert actor.name == "Асан Примеров"


def test_both_kinds_of_gold_file_give_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NAMED, encoding="utf-8")
    (gold,) = gold_lines(NAMED, "a.txt")
    (tmp_path / "b.jsonl").write_text(json.dumps(gold, ensure_ascii=False) + "\n\n", encoding="utf-8")
    registry = load_registry()
    one, other = (measure([tmp_path / name], registry) for name in ("a.txt", "b.jsonl"))
    assert [(result.field, result.score) for result in one] == [(result.field, result.score) for result in other]
    assert {result.field: result.score.f1 for result in one} == dict.fromkeys(
        ("credit", "caption", "marker", "creators", "agencies"), 1.0
    )


@pytest.mark.parametrize("content", [b"{", b'{"id": "a"}', b"\xff", b'{"id": "a", "text": ""}'])
def test_a_broken_gold_file_is_named(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"gold\.jsonl"):
        measure([path], load_registry())


TEXT = "Дороги закрыли. Асан Примеров сказал: «Нет»."


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        ({"actors": [{"mentions": [[0, 6]]}]}, "`type` is missing"),
        ({"actors": [{"type": "Person"}]}, "`mentions` is missing"),
        ({"actors": {"type": "Person"}}, "not a list"),
        ({"actors": [{"type": "Person", "mentions": []}]}, "is empty"),
        ({"actors": [{"type": "Person", "mentions": [[3]]}]}, "has 1 of at least 2"),
        ({"actors": [{"type": "Person", "mentions": [[0, 500]]}]}, "0:500 is no span of the text"),
        ({"actors": [{"type": "Person", "mentions": [[6, 0]]}]}, "ends before it has begun"),
        ({"persons": [{"name": "Асан Примеров"}]}, "`spans` is missing"),
        ({"offices": [{"person": [0, 6]}]}, "`office` is missing"),
        ({"quotes": [{"start": 0, "end": 6}]}, "`speaker` is missing"),
        ({"photos": [{"credit_start": 3}]}, "has one end only"),
        ({"photos": ["Фото"]}, "not a mapping"),
        ({"expected": {"source": 5}}, "not text"),
        ({"kinds": ["alien"], "actors": []}, "person, organization, country"),
    ],
)
def test_a_gold_line_of_another_form_is_told_by_its_line(
    marked: dict[str, object], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fine = {"id": "fine", "text": TEXT, "lang": "ru"}
    lines = [json.dumps(line) for line in (fine, fine | {"id": "odd"} | marked)]
    path = tmp_path / "gold.jsonl"
    path.write_text("\n\n".join(lines), encoding="utf-8")
    assert main(["evaluate", str(path)]) == 1
    told = capsys.readouterr().err
    assert told.startswith(f"{path}:3: error[")
    assert "in `odd` at /" in told
    assert said in told


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("Ушли. [credit|А. Примеров", 1),
        ("# mend me\n[after|Зал] Ушли.", 2),
    ],
)
def test_marks_that_make_no_photo_are_told_by_their_line(content: str, line: int, tmp_path: Path) -> None:
    path = tmp_path / "gold.txt"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=rf"gold\.txt:{line}: error\[gold-invalid\]"):
        measure([path], load_registry())


def test_an_actor_whose_id_is_a_list_is_told(tmp_path: Path) -> None:
    path = tmp_path / "gold.txt"
    path.write_text("---\nid: x\nasan: {id: []}\n---\n[asan|Асан] уехал.", encoding="utf-8")
    with pytest.raises(InputError, match="neither in the header nor in the registry"):
        measure([path], load_registry())


@pytest.mark.parametrize("content", ["", "\n\n", '{"id": "a", "text": "Мост"}'])
def test_gold_that_marks_nothing_is_no_score(content: str, tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text(content, encoding="utf-8")
    (tmp_path / "notes").mkdir()
    for path in (tmp_path / "gold.jsonl", tmp_path / "notes"):
        with pytest.raises(InputError, match="gold-empty"):
            measure([path], load_registry())


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "a", "text": TEXT, "lang": "ru"}), encoding="utf-8-sig")
    assert [result.field for result in measure([path], load_registry())] == ["language"]


def test_the_command_prints_scores_and_worst_cases(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(NAMED.replace("[credit|Асан Примеров / «Зорька»]", "[credit|Асан] Примеров"), encoding="utf-8")
    assert main(["evaluate", str(path)]) == 0
    printed = capsys.readouterr().out
    assert "caption       100.0" in printed
    assert "  - " not in printed
    assert main(["evaluate", "--errors", str(path)]) == 0
    assert "  - Асан\n" in capsys.readouterr().out
    assert main(["evaluate", "--json", str(path)]) == 0
    assert json.loads(capsys.readouterr().out)["credit"]["right"] == 0


def test_a_floor_is_pinned_on_purpose_and_says_what_fell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    gold = tmp_path / "a.txt"
    gold.write_text(NAMED, encoding="utf-8")
    call = ["evaluate", "--worst", "0", "--floors", "floors.json", "a.txt"]
    assert main(call) == 1
    assert "floor-missing" in capsys.readouterr().err
    assert main([*call, "--raise"]) == 0
    assert main(call) == 0
    gold.write_text(NAMED.replace("[credit|Асан Примеров / «Зорька»]", "[credit|Асан] Примеров"), encoding="utf-8")
    assert main(call) == 1
    told = capsys.readouterr().err
    assert "gold-changed" in told
    assert "F1 of credit on a.txt is 0.0000, its floor 1.0000" in told
    assert "kg-news evaluate --floors floors.json --raise a.txt" in told


@pytest.mark.parametrize("content", ["{", "[]", '{"a": 1}', '{"a": {"gold": "x", "f1": {"credit": "high"}}}'])
def test_a_broken_floor_file_is_named(content: str, tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="floors-invalid"):
        read_floors(path)


@pytest.mark.parametrize("options", [["--raise", "a.txt"], ["--floors", "f.json", "a.txt", "b.txt"]])
def test_wrong_use(options: list[str]) -> None:
    assert main(["evaluate", *options]) == 2
