"""`kg-news validate --format …`: the same issues for people, programs, GitHub and code scanning."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataset import articles
from kg_news.cli import main
from kg_news.records import Issue
from kg_news.validate_formats import FORMATS, IN_FULL, as_github, as_sarif, as_text, summary

SARIF = json.loads((Path(__file__).parent / "sarif.schema.json").read_text(encoding="utf-8"))

ISSUES = [
    Issue("date-invalid", "'2031-13' has no month 13", "write YYYY-MM", "raw/x/a.yml", 3, 7),
    Issue("date-conflict", "100 % two\nlines", "look", "raw/x/a, b:c.txt", severity="warning", pointer="/date"),
    Issue("raw-empty", "nothing", "add some"),
]

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
issues = st.lists(
    st.builds(
        Issue,
        st.sampled_from(["date-invalid", "date-conflict", "never-heard-of"]),
        texts,
        texts,
        st.none() | texts,
        st.none() | st.integers(1, 9999),
        st.none() | st.integers(1, 9999),
        st.sampled_from(["error", "warning"]),
    ),
    max_size=5,
)


def test_text() -> None:
    assert (
        as_text(ISSUES).splitlines()[0]
        == "raw/x/a.yml:3:7: error[date-invalid] '2031-13' has no month 13; write YYYY-MM"
    )
    assert summary(ISSUES) == "2 errors and 1 warning; `kg-news explain date-invalid` tells more"
    assert (summary([]), as_text([])) == ("no problems found", "")


def test_text_of_very_many_names_them_all() -> None:
    many = [
        Issue("empty-file", "the file is empty", "delete it", f"raw/x/{number}.txt", 1, 1) for number in range(10_000)
    ]
    lines = as_text(many).splitlines()
    assert lines[IN_FULL - 1].endswith("; delete it")
    assert lines[IN_FULL] == "and 9500 more, in short (--format json has them in full):"
    assert lines[-1] == "raw/x/9999.txt:1:1: error[empty-file]"
    assert len(lines) == 10_001


def test_github() -> None:
    assert as_github(ISSUES).split("\n") == [
        "::error file=raw/x/a.yml,line=3,col=7,title=date-invalid::'2031-13' has no month 13; write YYYY-MM",
        "::warning file=raw/x/a%2C b%3Ac.txt,title=date-conflict::at /date: 100 %25 two%0Alines; look",
        "::error title=raw-empty::nothing; add some",
    ]


@given(issues)
def test_github_commands_can_be_read_back(made: list[Issue]) -> None:
    """As the runner reads them: a command a line, and nothing that an issue says can start another."""
    lines = as_github(made).split("\n") if made else []
    assert len(lines) == len(made)
    for line, issue in zip(lines, made, strict=True):
        assert "\r" not in line
        command = re.fullmatch(r"::(error|warning) ([^:]*)::(.*)", line, re.DOTALL)
        assert command is not None
        found = dict(part.split("=", 1) for part in command[2].split(","))
        assert unescaped(found.get("file", "")) == (issue.path or "")
        assert unescaped(command[3]) == f"{issue.message}; {issue.way_out}"


def unescaped(text: str) -> str:
    for code, char in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, char)
    return text


@given(issues)
def test_sarif_is_what_the_standard_asks_for(made: list[Issue]) -> None:
    log: Any = json.loads(as_sarif(made))
    jsonschema.Draft202012Validator(SARIF).validate(log)
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(rules) == len(set(rules))
    assert [rules[result["ruleIndex"]] for result in run["results"]] == [issue.code for issue in made]
    assert [result["ruleId"] for result in run["results"]] == [issue.code for issue in made]


def test_sarif() -> None:
    (run,) = json.loads(as_sarif(ISSUES))["runs"]
    assert run["results"][0]["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "raw/x/a.yml"},
                "region": {"startLine": 3, "startColumn": 7},
            }
        }
    ]
    assert run["results"][1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "raw/x/a%2C%20b%3Ac.txt"
    assert "locations" not in run["results"][2]
    assert "calendar" in run["tool"]["driver"]["rules"][0]["shortDescription"]["text"]


def test_the_sarif_schema_can_refuse() -> None:
    log = json.loads(as_sarif(ISSUES))
    log["runs"][0]["results"][0]["level"] = "fatal"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SARIF).validate(log)


@pytest.mark.parametrize("name", FORMATS)
def test_the_command(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yml").write_text("source: x\nurl: null\nrights: {license: MIT}\nurl: null\n", encoding="utf-8")
    assert main(["validate", "a.yml", "--format", name]) == 1
    said = capsys.readouterr()
    assert "key-duplicate" in said.out
    assert said.err == ("1 error; `kg-news explain key-duplicate` tells more\n" if name == "text" else "")
    Path("a.yml").unlink()
    Path("b.yml").write_text("article: a/b\nfield: /title\nvalue: a\nreason: b\nby: c\ndate: 2031-05-01\n")
    assert main(["validate", "b.yml", "--format", name]) == 0
    said = capsys.readouterr()
    assert said.err == ("no problems found\n" if name == "text" else "")
    if name in ("json", "sarif"):
        assert json.loads(said.out)
    else:
        assert said.out == ""


def test_an_unknown_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(tmp_path), "--format", "xml"]) == 2
    assert "choose one of: text, json, github, sarif" in capsys.readouterr().err


# Parquet of others


def test_parquet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import pyarrow.parquet as pq

    from kg_news.schema import load_schema, to_table

    schema = load_schema("article")
    path = tmp_path / "others.parquet"
    good = articles(3)
    for record in good:  # the invented articles end their month on the 28th
        record |= {"date": None, "date_start": None, "date_end": None, "date_basis": None}
    pq.write_table(to_table(good, schema), path)
    assert main(["validate", str(path)]) == 0
    bad = [good[0], good[1], {**good[2], "id": good[0]["id"], "language": "xx"}]
    pq.write_table(to_table(bad, schema).drop_columns(["url"]), path)
    assert main(["validate", str(path), "--format", "json"]) == 1
    found = {
        (issue["code"], re.split("[:;]", issue["message"])[0])
        for issue in json.loads(capsys.readouterr().out)["issues"]
    }
    assert found == {
        ("field-missing", "the table lacks the column url"),
        ("value-unknown", "row 3 at /language"),
        ("id-duplicate", "row 3"),
    }
    content = path.read_bytes()
    for damaged in (b"", b"PAR1", content[: len(content) // 2], os.urandom(100)):
        path.write_bytes(damaged)
        assert main(["validate", str(path)]) == 1
        assert "error[parquet-invalid]" in capsys.readouterr().out
