"""Strict YAML: what is refused, where it is placed, and that whatever bytes come, the answer is data or InputError."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kg_news.errors import InputError
from kg_news.yamlfile import DEEPEST, MOST, WAYS_OUT, check_file, read_yaml
from strategies import JSON_VALUES

HERE = Path("x.yml")
PARSERS = [True, False] if yaml.__with_libyaml__ else [False]


@pytest.fixture(params=PARSERS, ids=lambda fast: "libyaml" if fast else "python", autouse=True)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything holds with both of PyYAML's parsers."""
    monkeypatch.setattr(yaml, "__with_libyaml__", request.param)


def problems(text: str) -> list[tuple[str, int | None, int | None]]:
    with pytest.raises(InputError) as caught:
        read_yaml(HERE, text)
    return [(issue.code, issue.line, issue.column) for issue in caught.value.issues]


PLAIN: list[tuple[str, Any]] = [
    ("2022-01-06", "2022-01-06"),
    ("2022", 2022),
    ("'2022'", "2022"),
    ("no", "no"),
    ("yes", "yes"),
    ("on", "on"),
    ("true", True),
    ("'true'", "true"),
    ("False", False),
    ("~", None),
    ("null", None),
    ("''", ""),
    ("1.5", 1.5),
    (".5e1", 5.0),
    ("2e3", 2000.0),
    ("-7", -7),
    ("0x1F", "0x1F"),
    ("007", "007"),
    ("1_000", "1_000"),
    ("12:30:45", "12:30:45"),
    ("1.2.3", "1.2.3"),
    ("123456789012345678901234", 123456789012345678901234),
    ("1" * 5000, "1" * 5000),
    ("=", "="),
    ("Жогорку Кенеш", "Жогорку Кенеш"),
    ("<<", "<<"),
    ("|\n  two\n  lines\n", "two\nlines\n"),
]


@pytest.mark.parametrize(("text", "value"), PLAIN)
def test_plain_values(text: str, value: Any) -> None:
    read = read_yaml(HERE, f"key: {text}").data["key"]
    assert (type(read), read) == (type(value), value)


def test_places() -> None:
    file = read_yaml(HERE, "# first\nимя: Асан\nlist:\n  - {a/b: 1, c~: [x, y]}\n")
    assert file.data == {"имя": "Асан", "list": [{"a/b": 1, "c~": ["x", "y"]}]}
    assert file.places == {
        "": (2, 1),
        "/имя": (2, 6),
        "/list": (4, 3),
        "/list/0": (4, 5),
        "/list/0/a~1b": (4, 11),
        "/list/0/c~0": (4, 18),
        "/list/0/c~0/0": (4, 19),
        "/list/0/c~0/1": (4, 22),
    }
    assert file.keys == {"/имя": (2, 1), "/list": (3, 1), "/list/0/a~1b": (4, 6), "/list/0/c~0": (4, 14)}


REFUSED = [
    ("a: 1\nb: 2\na: 3\n", [("key-duplicate", 3, 1)]),
    ("a: {b: 1, b: 2}\nc: {b: 1}", [("key-duplicate", 1, 11)]),
    ("a: !!python/object/apply:os.system ['true']", [("yaml-tag", 1, 4)]),
    ("a: !x 1", [("yaml-tag", 1, 4)]),
    ("!!map {a: 1}", [("yaml-tag", 1, 1)]),
    ("a: &x 1\nb: *x", [("yaml-alias", 1, 4), ("yaml-alias", 2, 4)]),
    ("a: &x {k: 1}\nb:\n  <<: *x", [("yaml-alias", 1, 4), ("yaml-merge", 3, 3), ("yaml-alias", 3, 7)]),
    ("<<: {a: 1}", [("yaml-merge", 1, 1)]),
    ("a: 1\n---\nb: 2", [("yaml-documents", 2, 1)]),
    ("2022: a", [("yaml-key", 1, 1)]),
    ("null: a\ntrue: b", [("yaml-key", 1, 1), ("yaml-key", 2, 1)]),
    ("? [a, b]\n: c\nd: !x e", [("yaml-key", 1, 3), ("yaml-tag", 3, 4)]),
    (
        "a: .nan\nb: [-.inf]\nc: 1e999",
        [("number-not-finite", 1, 4), ("number-not-finite", 2, 5), ("number-not-finite", 3, 4)],
    ),
    ("", [("empty-file", None, None)]),
    ("# only a remark\n", [("empty-file", None, None)]),
    ("a: b\n\x07", [("yaml-character", 2, 1)]),
    ("б: \x00", [("yaml-character", 1, 4)]),
    ("б: '\ud83d'", [("lone-surrogate", 1, 5)]),
    ("a: b: c", [("yaml-syntax", 1, 5)]),
    ("a:\n\tb: 1", [("yaml-syntax", 2, 1)]),
    ("[" * (DEEPEST + 1), [("yaml-deep", 1, DEEPEST + 1)]),
    ("a: &x 1\nb: b: c", [("yaml-alias", 1, 4), ("yaml-syntax", 2, 5)]),
]


@pytest.mark.parametrize(("text", "expected"), REFUSED)
def test_refused(text: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    assert problems(text) == expected


def test_the_second_of_two_keys_names_the_first() -> None:
    with pytest.raises(
        InputError, match=r"^x\.yml:3:1: error\[key-duplicate\] 'a' stands here again, first in line 1; "
    ):
        read_yaml(HERE, "a: 1\nb: 2\na: 3\n")


def test_what_is_missed_at_the_end_is_placed_in_the_file() -> None:
    ((code, line, _),) = problems("a: [1, 2")
    assert (code, line) == ("yaml-syntax", 1)


@pytest.mark.parametrize("escape", ["\\ud83d", "\\U00110000", "\\UFFFFFFFF"])
def test_escapes_of_no_character(escape: str) -> None:
    ((code, *_),) = problems(f'a: "{escape}"')
    assert code in ("lone-surrogate", "yaml-syntax")


def test_nesting_has_a_limit_that_does_not_refuse_real_files() -> None:
    assert read_yaml(HERE, "[" * DEEPEST + "]" * DEEPEST).data
    assert problems("[" * 100_000) == [("yaml-deep", 1, DEEPEST + 1)]


def test_an_alias_bomb_is_refused_before_it_grows() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 60))
    assert {code for code, *_ in problems(bomb)} == {"yaml-alias"}


def test_of_very_many_problems_the_first_are_told() -> None:
    assert len(problems("a: &a 1\nb: [" + "*a, " * 10_000 + "]")) == MOST


@pytest.mark.parametrize(
    ("data", "place", "words"),
    [
        ("имя: Клооп\n".encode("cp1251"), (1, 1), "cp1251"),
        ("a: 1\nname: Вестник\n".encode("cp1251"), (2, 7), "iconv -f CP1251"),
        ("a: Вестник\n".encode("utf-16"), (1, 1), "UTF-16"),
        ("я: я".encode() + b"\xff", (1, 5), "save it as UTF-8"),
    ],
)
def test_other_encodings_are_named(tmp_path: Path, data: bytes, place: tuple[int, int], words: str) -> None:
    path = tmp_path / "x.yml"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_yaml(path, shown="raw/x.yml")
    (issue,) = caught.value.issues
    assert (issue.code, issue.path, (issue.line, issue.column)) == ("not-utf8", "raw/x.yml", place)
    assert words in str(issue)


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    path = tmp_path / "x.yml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    assert read_yaml(path).data == {"a": 1, "b": 2}


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.yml"):
        with pytest.raises(InputError, match="file-unreadable"):
            read_yaml(path)


@given(st.text() | st.binary().map(lambda data: data.decode("utf-8", "surrogateescape")))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        json.dumps(read_yaml(HERE, text).data, allow_nan=False)
    except InputError as error:
        assert {issue.code for issue in error.issues} <= set(WAYS_OUT)


@given(
    st.lists(
        st.sampled_from([*"{}[]:,-?&*!|>'\"#%@\\ \n\ta1", "<<", "---", "...", ": ", "- ", "é", "~", "true"]),
        max_size=25,
    )
)
def test_no_yaml_breaks_the_reader(pieces: list[str]) -> None:
    try:
        read_yaml(HERE, "".join(pieces))
    except InputError as error:
        assert {issue.code for issue in error.issues} <= set(WAYS_OUT)


@given(st.binary(max_size=40))
def test_no_bytes_break_the_reader(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.yml"
    path.write_bytes(data)
    value, issues = check_file(path, "sidecar")
    assert issues
    assert value is None or not isinstance(value, dict) or "source" not in value


@given(JSON_VALUES)
def test_json_reads_as_itself(value: Any) -> None:
    """JSON is YAML; its numbers, strings and nulls must not turn into others."""
    text = json.dumps(value, ensure_ascii=True)
    if "\\ud" in text or "\\u00" in text.lower():  # YAML has no surrogate pairs in escapes, nor all control characters
        return
    assert read_yaml(HERE, text).data == value


# Schemas with places

SIDECAR = """\
source: Kloop
url: null
rights:
  licence: MIT
date: 2022
title: !x t
"""


def test_check_file_joins_schema_and_places() -> None:
    _, issues = check_file(HERE, "sidecar", SIDECAR.replace("!x ", ""))
    assert [(issue.code, issue.line, issue.column, issue.pointer) for issue in issues] == [
        ("id-invalid", 1, 9, "/source"),
        ("field-missing", 4, 3, "/rights"),
        ("field-unknown", 4, 3, "/rights/licence"),
        ("type-wrong", 5, 7, "/date"),
    ]
    assert str(issues[-1]).startswith("x.yml:5:7: error[type-wrong] `date` is 2022")
    assert issues[-1].way_out == "put it in quotes"


def test_check_file_of_what_is_not_yaml() -> None:
    data, issues = check_file(HERE, "sidecar", SIDECAR, "shown.yml")
    assert data is None
    assert [(issue.code, issue.path, issue.line) for issue in issues] == [("yaml-tag", "shown.yml", 6)]


def test_check_file_of_a_good_file() -> None:
    text = "source: kloop\nurl: null\nrights: {license: NOASSERTION}\ndate: 2022-01-06\n"
    data, issues = check_file(HERE, "sidecar", text)
    assert issues == []
    assert data == {"source": "kloop", "url": None, "rights": {"license": "NOASSERTION"}, "date": "2022-01-06"}


def test_a_schema_error_in_the_whole_file_has_a_place() -> None:
    _, issues = check_file(HERE, "sidecar", "\njust text\n")
    assert [(issue.code, issue.line) for issue in issues] == [("type-wrong", 2)]
