"""`kg-news correct` and `kg-news review`: values set by hand, by one person or by coders, and how far coders agree."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataset import article, make_dataset
from invented import write_article, write_raw
from kg_news.agreement import Agreement, nominal_alpha
from kg_news.cli import main
from kg_news.records import rebuild
from kg_news.registry import Registry
from kg_news.review import answers, differences, doubts, labeling_config, tasks
from kg_news.yamlfile import read_yaml

Captured = pytest.CaptureFixture[str]

# Krippendorff's alpha: the three worked examples for nominal data of Krippendorff (2011), parts A, B and C


def columns(*coders: str) -> list[list[str]]:
    """Units from coders' rows; a dot is a missing value."""
    return [[value for value in unit if value != "."] for unit in zip(*(row.split() for row in coders), strict=True)]


PUBLISHED = [
    (columns("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"), 0.095),
    (columns("a a b b d c c c e d d a", "b a b b b c c c e d d d"), 0.692),
    (
        columns(
            "1 2 3 3 2 1 4 1 2 . . .",
            "1 2 3 3 2 2 4 1 2 5 . 3",
            ". 3 3 3 2 3 4 2 2 5 1 .",
            "1 2 3 3 2 4 4 1 2 5 1 .",
        ),
        0.743,
    ),
]


@pytest.mark.parametrize(("units", "alpha"), PUBLISHED)
def test_alpha_is_the_published_one(units: list[list[str]], alpha: float) -> None:
    assert nominal_alpha(units).alpha == pytest.approx(alpha, abs=0.0005)


units = st.lists(st.lists(st.sampled_from("abc"), max_size=4), max_size=8)


@given(units)
def test_alpha_of_anything(made: list[list[str]]) -> None:
    found = nominal_alpha(made)
    paired = [unit for unit in made if len(unit) > 1]
    assert found.units == len(paired)
    assert found.agreed == sum(len(set(unit)) == 1 for unit in paired)
    if len({value for unit in paired for value in unit}) < 2:
        assert found.alpha is None, "where nothing varies there is nothing to agree on"
    else:
        assert found.alpha is not None
        assert found.alpha <= 1
        assert (found.alpha == 1) == (found.agreed == found.units)
        renamed = nominal_alpha([[{"a": "x", "b": "y", "c": "z"}[value] for value in reversed(unit)] for unit in made])
        assert renamed.alpha == pytest.approx(found.alpha)


def test_alpha_of_nothing() -> None:
    assert nominal_alpha([]) == Agreement(None, 0, 0)


# A correction

ID = "vestnik-doliny/2031-04/shkola"


@pytest.fixture
def correct(tmp_path: Path, registry: Registry, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("kg_news.registry.load_registry", lambda _: registry)
    write_raw(tmp_path / "raw")
    (tmp_path / "registry").mkdir()
    usual = ["--reason", "The page has it.", "--by", "A. Curator", "--date", "2031-05-01"]
    return lambda *argv: main(["correct", *argv, *usual])


def test_a_correction_is_written(correct: Callable[..., int], capsys: Captured) -> None:
    assert correct(ID, "/photo_credits/0/caption", "null") == 0
    path = Path("registry/corrections/2031-05-01-vestnik-doliny-2031-04-shkola-photo-credits-0-caption.yml")
    assert capsys.readouterr().out == f"{path}\n"
    assert path.read_text(encoding="utf-8") == (
        f"article: {ID}\nfield: /photo_credits/0/caption\nvalue: null\nreason: The page has it.\nby: A. Curator\n"
        "date: 2031-05-01\n"
    )
    assert main(["validate", str(path)]) == 0
    assert correct(ID, "title", "112") == 0
    (title,) = [read_yaml(found).data for found in Path("registry/corrections").glob("*title.yml")]
    assert (title["field"], title["value"]) == ("/title", "112")


def test_an_article_out_of_a_file_of_many_can_be_corrected(correct: Callable[..., int], capsys: Captured) -> None:
    """A line brings its own id, which says nothing of the file; a broken line in another file is not its matter."""
    write_article(Path("raw"), "gornyj-put/broken", "{", suffix=".jsonl")
    write_article(
        Path("raw"), "gornyj-put/many", '{"id": "77", "text": "Паром сняли с реки до весны."}', suffix=".jsonl"
    )
    assert correct("77", "title", "Паром") == 0
    assert capsys.readouterr().out == "registry/corrections/2031-05-01-77-title.yml\n"
    assert correct("gornyj-put/broken", "title", "Паром") == 1
    assert "json-invalid" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (
            (ID[:-1], "/title", "x"),
            f"error[article-unknown] there is no article '{ID[:-1]}' in raw; did you mean: {ID}",
        ),
        ((ID, "/date", "2031-13"), "/date: error[date-invalid] '2031-13' has no month 13"),
        ((ID, "/text", "x"), "/text: error[field-not-correctable]"),
        ((ID, "/language", "ru"), "/language: error[correction-stale]"),
        ((ID, "/photo_credits/7/caption", "x"), "/photo_credits/7/caption: error[correction-lost]"),
        ((ID, "/photo_credits/0/caption", "Зал"), ""),
        ((ID, "/photo_credits/0/caption", "Другой зал"), "error[not-verbatim]"),
        ((ID, "/mood", "x"), "/mood: error[correction-lost]"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(
    correct: Callable[..., int], argv: tuple[str, str, str], says: str, capsys: Captured
) -> None:
    assert correct(*argv) == (1 if says else 0)
    assert says in capsys.readouterr().err
    assert Path("registry/corrections").exists() == (not says), "nothing is written where something is wrong"


# Label Studio


def records() -> list[dict[str, Any]]:
    """Two articles, the second with a doubtful photo block."""
    made = [article(0), article(1)]
    for record in made:
        record |= {"date": None, "date_start": None, "date_end": None, "date_basis": None, "quotes": record["quotes"]}
        record["photo_credits"][0] |= {"block": "Зал школы. Фото: Бурул Асанкызы ", "caption": "Зал школы."}
    made[0] |= {"date": "2021", "date_start": "2021-01-01", "date_end": "2021-12-31", "date_basis": "header"}
    made[1]["photo_credits"][0]["confidence"] = 0.4
    return made


def exported(*changes: Callable[[list[dict[str, Any]]], None], coder: str = "a@example.org") -> list[dict[str, Any]]:
    """Label Studio's export of every record: a coder's answers are the predictions, and then the changes."""
    made = tasks(records(), every=True)
    for number, task in enumerate(made):
        result = task.pop("predictions")[0]["result"]
        for change in changes:
            change(result)
        task |= {"id": number, "annotations": [annotation(result, coder)]}
    return made


def annotation(result: list[dict[str, Any]], coder: str) -> dict[str, Any]:
    who = {"id": 1, "email": coder}
    return {"completed_by": who, "created_at": "2031-05-02T10:00:00Z", "result": result, "was_cancelled": False}


def test_doubtful_records_are_exported_with_predictions() -> None:
    sure, doubtful = records()
    assert doubts(sure) == []
    assert doubts(doubtful) == ["photo 1: confidence 0.4", "no date"]
    (task,) = tasks([sure, doubtful])
    assert task["data"]["id"] == doubtful["id"]
    assert [found["data"]["id"] for found in tasks([sure, doubtful], every=True)] == [doubtful["id"], sure["id"]]
    (prediction,) = task["predictions"]
    assert prediction["score"] == 0.4
    marked = {item["value"]["labels"][0]: item["value"] for item in prediction["result"] if item["type"] == "labels"}
    assert {label: value["text"] for label, value in marked.items()} == {
        "Caption": "Зал школы.",
        "Credit": "Бурул Асанкызы",
        "Quote": "Ждали её долго",
    }
    for value in marked.values():
        assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
    names = {item["from_name"] for item in prediction["result"]}
    assert all(f'name="{name}"' in labeling_config() for name in names)


def test_an_answer_that_changes_nothing_gives_no_correction() -> None:
    given = answers(json.dumps(exported()).encode(), "a.json")
    by_id = {record["id"]: record for record in records()}
    assert [differences(by_id[answer.article], answer) for answer in given] == [({}, [])] * 2


def no_caption(result: list[dict[str, Any]]) -> None:
    result[:] = [item for item in result if item["value"].get("labels") != ["Caption"]]


def new_date(result: list[dict[str, Any]]) -> None:
    result[:] = [item for item in result if item["from_name"] != "date"]
    result.append({"from_name": "date", "to_name": "text", "type": "textarea", "value": {"text": ["2021-03"]}})


def shorter_quote(result: list[dict[str, Any]]) -> None:
    for item in result:
        if item["value"].get("labels") == ["Quote"]:
            item["value"] |= {"end": item["value"]["end"] - 6, "text": item["value"]["text"][:-6]}


def caption_outside(result: list[dict[str, Any]]) -> None:
    for item in result:
        if item["value"].get("labels") == ["Caption"]:
            item["value"] |= {"start": 0, "text": None}
            del item["value"]["text"]


@pytest.fixture
def place(tmp_path: Path, registry: Registry, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a dataset and a registry."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("kg_news.registry.load_registry", lambda _: registry)
    made = records()
    for record in made:
        record["provenance"]["raw_sha256"] = hashlib.sha256(rebuild(record).encode()).hexdigest()
    make_dataset(tmp_path / "data", made)
    return tmp_path


@pytest.mark.usefixtures("place")
def test_answers_become_corrections(capsys: Captured) -> None:
    Path("a.json").write_text(json.dumps(exported(no_caption, new_date, shorter_quote)), encoding="utf-8")
    assert main(["review", "import", "a.json", "--folder", "data"]) == 0
    said = capsys.readouterr()
    assert said.err == "2 answers gave 6 corrections\n"
    made = [read_yaml(Path(path)).data for path in said.out.splitlines()]
    assert {(entry["by"], entry["date"]) for entry in made} == {("a@example.org", "2031-05-02")}
    of_one = {entry["field"]: entry["value"] for entry in made if entry["article"] == records()[1]["id"]}
    assert of_one["/date"] == "2021-03"
    assert of_one["/photo_credits/0/caption"] is None
    (quote,) = of_one["/quotes"]
    assert (quote["text"], quote["speaker"], quote["cue"]) == ("Ждали её", "Алмаз Токобеков", "сказал")
    assert records()[1]["text"][quote["start"] : quote["end"]] == "Ждали её"
    assert main(["validate", "registry/corrections"]) == 0


@pytest.mark.usefixtures("place")
def test_what_no_correction_can_say_is_told(capsys: Captured) -> None:
    Path("a.json").write_text(json.dumps(exported(caption_outside)), encoding="utf-8")
    assert main(["review", "import", "a.json", "--folder", "data"]) == 1
    said = capsys.readouterr()
    assert said.err.count("error[review-span-wrong] Caption") == 2


def test_offsets_of_a_browser_are_understood() -> None:
    """Behind «🙂» a browser counts one more."""
    (task,) = exported()[:1]
    text = task["data"]["text"]
    assert "🙂." in text
    start = text.index("🙂.") + 1
    mark = {"start": start + 1, "end": start + 2, "text": ".", "labels": ["Quote"]}
    task["annotations"][0]["result"].append({"type": "labels", "from_name": "span", "value": mark})
    (answer,) = answers(json.dumps([task]).encode(), "a.json")
    assert (start, start + 1, "Quote") in answer.spans


def broken(change: Callable[[Any], Any]) -> bytes:
    made: Any = exported()
    return json.dumps(change(made) or made).encode()


@pytest.mark.parametrize(
    ("content", "code", "pointer"),
    [
        (b"{", "json-invalid", None),
        (b"\xff", "json-invalid", None),
        (b"[" * 100_000, "json-invalid", None),
        (b"{}", "type-wrong", ""),
        (broken(lambda made: made[0]["data"].pop("id") and None), "field-missing", "/0/data"),
        (broken(lambda made: made[0]["data"].update(text="x")), "review-text-changed", "/0/data/text"),
        (
            broken(lambda made: made[1]["annotations"][0].pop("created_at") and None),
            "field-missing",
            "/1/annotations/0",
        ),
        (
            broken(lambda made: made[1]["annotations"][0]["result"][0]["value"].update(labels=["Mood"])),
            "value-unknown",
            "/1/annotations/0/result/0/value/labels/0",
        ),
    ],
)
@pytest.mark.usefixtures("place")
def test_a_broken_export(content: bytes, code: str, pointer: str | None, capsys: Captured) -> None:
    Path("a.json").write_bytes(content)
    for step in ("import", "agree"):
        assert main(["review", step, "a.json", "--folder", "data"]) == 1
        assert f"a.json: error[{code}]{f' at {pointer}' if pointer else ''} " in capsys.readouterr().err
    assert not Path("registry").exists()


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(("answers", "whose"), [([], "none"), (None, "a@example.org")])
def test_one_coder_agrees_with_nobody(answers: list[Any] | None, whose: str, capsys: Captured) -> None:
    Path("a.json").write_text(json.dumps(exported() if answers is None else answers), encoding="utf-8")
    assert main(["review", "agree", "a.json", "--folder", "data"]) == 1
    assert capsys.readouterr().err == f"agreement needs two coders; the files hold answers of {whose}\n"


@pytest.mark.usefixtures("place")
def test_two_coders(capsys: Captured) -> None:
    Path("a.json").write_text(json.dumps(exported()), encoding="utf-8")
    Path("b.json").write_text(json.dumps(exported(no_caption, coder="b@example.org")), encoding="utf-8")
    assert main(["review", "agree", "a.json", "b.json", "--folder", "data", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["coders"] == ["a@example.org", "b@example.org"]
    assert found["fields"]["date"] == {"alpha": 1.0, "units": 2, "agreed": 2}
    assert found["fields"]["caption"]["agreed"] == 0
    assert found["fields"]["caption"]["alpha"] < 0
    assert found["fields"]["quote"]["alpha"] == 1
    assert main(["review", "agree", "a.json", "b.json", "--folder", "data"]) == 0
    said = capsys.readouterr().out
    assert "coders: a@example.org, b@example.org\n" in said
    assert "date       alpha 1.000  agreed 2 of 2\n" in said
    assert "title      alpha   n/a  agreed 2 of 2\n" in said

    both = exported()
    for task, other in zip(both, exported(no_caption, coder="b@example.org"), strict=True):
        task["annotations"] += other["annotations"]
    Path("both.json").write_text(json.dumps(both), encoding="utf-8")
    assert main(["review", "import", "both.json", "--folder", "data"]) == 1
    assert "error[review-coders] 2 coders answered" in capsys.readouterr().err
    assert main(["review", "import", "both.json", "--folder", "data", "--coder", "b@example.org"]) == 0
    assert "2 answers gave 2 corrections" in capsys.readouterr().err


@pytest.mark.usefixtures("place")
def test_the_export_command(capsys: Captured) -> None:
    assert main(["review", "export", "--folder", "data"]) == 0
    assert [task["data"]["id"] for task in json.loads(capsys.readouterr().out)] == [records()[1]["id"]]
    assert main(["review", "config"]) == 0
    assert capsys.readouterr().out == labeling_config()


@given(st.integers(0, 20), st.integers(0, 20), st.sampled_from(["Caption", "Credit", "Quote"]))
def test_any_mark_is_a_correction_or_an_issue_or_nothing(start: int, length: int, label: str) -> None:
    record = records()[1]
    mark = {"start": start * 4, "end": start * 4 + length + 1, "labels": [label]}
    (task,) = [task for task in exported() if task["data"]["id"] == record["id"]]
    task["annotations"][0]["result"].append({"type": "labels", "from_name": "span", "value": mark})
    (answer,) = answers(json.dumps([task]).encode(), "a.json")
    changed, issues = differences(record, answer)
    assert set(changed) <= {"/quotes", "/photo_credits/0/caption", "/photo_credits/0/credit"}
    assert all(issue.code == "review-span-wrong" for issue in issues)
    for quote in changed.get("/quotes", []):
        assert record["text"][quote["start"] : quote["end"]] == quote["text"] != ""
