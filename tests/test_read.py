"""From bytes to `RawArticle`: headers in every form that occurs, sidecars, JSON Lines, and what is refused."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg_news.doc import Doc
from kg_news.errors import InputError
from kg_news.fields import date, source, title
from kg_news.read import flattened, read_articles, read_file, read_stream, reader_of, table
from kg_news.read.jsonl import read_lines
from kg_news.records import Issue, RawArticle, Stated
from reading import shipped_registry

BODY = "Совет собрался утром."

HEADERS = [
    (" date 2031-04 ", "2031-04"),
    ("date 2031-04-05\n", "2031-04-05"),
    ("date 2031\r\n\r\n", "2031"),
    (" date 2031-04-05 09:49 ", "2031-04-05"),
    (" date 2031-04-05 9:49:07\n", "2031-04-05"),
    ("date 2031-04-05T09:49:00+06:00 ", "2031-04-05"),
    ("date 2031-04-05T09:49:00Z\n", "2031-04-05"),
    ("\ufeffdate 2031-04 ", "2031-04"),
    ("\ufeff\n\n date\t2031-04 ", "2031-04"),
    ("\n  date   2031-04   \n ", "2031-04"),
    ("date 2031-04\u00a0", "2031-04"),
]


@pytest.mark.parametrize(("header", "date"), HEADERS)
def test_header(header: str, date: str) -> None:
    article = flattened.article(header + BODY, "a.txt", "a")
    assert article.header is not None
    assert article.header_date == date
    assert (article.text[slice(*article.header)], article.text[article.header.end :]) == (header, BODY)


NO_HEADERS = [
    BODY,
    "",
    "date palms grow in the valley.",
    "date 24 people were counted.",
    "date 1,000 people were counted.",
    "date 20315 is a number.",
    "Date 2031-04 is written with a capital.",
    "dates 2031-04 are two.",
    "date2031-04 has no space.",
    "A date 2031-04 in the middle.",
    "\ufeffСовет собрался.",
]


@pytest.mark.parametrize("text", [text for text in NO_HEADERS if text])
def test_no_header(text: str) -> None:
    article = flattened.article(text, "a.txt", "a")
    assert (article.header, article.header_date) == (None, None)


BAD_HEADERS = [
    (" date 2031-13 ", "'2031-13' has no month 13, in the header", 1, 7),
    ("\n\n date 2031-02-30 ", "'2031-02-30' has no day 30, in the header", 3, 7),
    ("date 2031-4 ", "'2031-4' is not a date, in the header", 1, 6),
    ("date 05.04.2031 ", "'05.04.2031' is not a date, in the header", 1, 6),
    ("date 2031-04Совет ", "'2031-04Совет' is not a date, in the header", 1, 6),
    ("date 2031-04/2031-05 ", "'2031-04/2031-05' is not a date, in the header", 1, 6),
    ("date 0000 ", "'0000' has no year 0000, in the header", 1, 6),
]


@pytest.mark.parametrize(("header", "message", "line", "column"), BAD_HEADERS)
def test_a_header_with_a_bad_date_is_refused(header: str, message: str, line: int, column: int) -> None:
    (issue,) = issues_of(lambda: flattened.article(header + BODY, "a.txt", "a"))
    assert (issue.code, issue.message, issue.line, issue.column) == ("date-invalid", message, line, column)
    assert "YYYY-MM-DD" in issue.way_out


def issues_of(act: Any) -> tuple[Issue, ...]:
    with pytest.raises(InputError) as caught:
        act()
    return caught.value.issues


BAD_BYTES = [
    # what, bytes, code, words of the message, line and column
    ("an empty file", b"", "empty-file", "empty", None, None),
    ("white space", " \n\u00a0\t".encode(), "blank-file", "white space", None, None),
    ("a byte order mark alone", "\ufeff\n".encode(), "blank-file", "white space", None, None),
    ("cp1251", BODY.encode("cp1251"), "not-utf8", "cp1251", 1, 1),
    ("cp1251 behind a header", b"date 2031-04\n" + BODY.encode("cp1251"), "not-utf8", "cp1251", 2, 1),
    ("UTF-16", BODY.encode("utf-16"), "not-utf8", "UTF-16", 1, 1),
    ("Latin 1 in English", b"The caf\xe9 opened at noon.", "not-utf8", "not UTF-8", 1, 8),
    ("a cut letter at the end", BODY.encode() + b"\xd0", "not-utf8", "not UTF-8", 1, 22),
    ("a NUL byte", "Совет\nсо\0брался".encode(), "nul-byte", "NUL", 2, 3),
    ("a lone surrogate", "Совет \ud83d".encode("utf-8", "surrogatepass"), "lone-surrogate", "surrogate", 1, 7),
]


@pytest.mark.parametrize(
    ("what", "data", "code", "says", "line", "column"), BAD_BYTES, ids=[row[0] for row in BAD_BYTES]
)
def test_bad_bytes_are_refused(
    what: str, data: bytes, code: str, says: str, line: int | None, column: int | None
) -> None:
    (issue,) = issues_of(lambda: list(flattened.read(data, "a.txt")))
    assert (issue.code, issue.line, issue.column) == (code, line, column), what
    assert says in issue.message
    assert issue.way_out


def test_both_problems_of_a_text_are_named() -> None:
    issues = issues_of(lambda: flattened.article(" date 2031-13 Совет\0", "a.txt", "a"))
    assert [issue.code for issue in issues] == ["nul-byte", "date-invalid"]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_text_is_kept_to_the_last_character(text: str) -> None:
    if not text.strip("\ufeff").strip() or "date" in text:
        return
    (article,) = flattened.read(text.encode(), "kloop/2031-04/a.b.txt")
    assert (article.id, article.text, article.format) == ("kloop/2031-04/a.b", text, "flattened")
    assert article.sha256 == hashlib.sha256(text.encode()).hexdigest()


# Files with their sidecars


def write(
    folder: Path, text: str = BODY, sidecar: str | None = "source: kloop\nurl: null\nrights: {license: CC0-1.0}\n"
) -> Path:
    path = folder / "kloop" / "2031-04" / "a.txt"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8", newline="")
    if sidecar is not None:
        path.with_suffix(".yml").write_text(sidecar, encoding="utf-8")
    return path


def test_a_file_and_its_sidecar(tmp_path: Path) -> None:
    path = write(tmp_path, "Первое.\r\nВторое.")
    (article,) = read_file(path, tmp_path)
    assert (article.id, article.path) == ("kloop/2031-04/a", "kloop/2031-04/a.txt")
    assert article.text == "Первое.\r\nВторое."
    assert article.metadata == {"source": "kloop", "url": None, "rights": {"license": "CC0-1.0"}}
    assert article.metadata_path == str(path.with_suffix(".yml"))


def test_a_null_of_the_sidecar_takes_nothing_from_the_lines_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "kloop.jsonl"
    line = {"id": "a", "text": BODY, "url": "https://kloop.kg/x", "date": "2031", "title": "Снег"}
    path.write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
    sidecar = "source: kloop\nurl: null\nrights: {license: CC0-1.0}\ndate: null\ntitle: null\n"
    path.with_suffix(".yml").write_text(sidecar, encoding="utf-8")
    (article,) = read_file(path, tmp_path)
    doc = Doc(article, shipped_registry())
    values = {**source.source(doc), **date.date(doc), **title.title(doc)}
    assert (values["url"], values["date"], values["title"]) == ("https://kloop.kg/x", "2031", "Снег")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "Nr;Статья;День\n7;Снег выпал.;2031-04-05\n"),
        ("a.jsonl", '{"Nr": "7", "Статья": "Снег выпал.", "День": "2031-04-05"}\n'),
    ],
)
def test_a_sidecar_names_the_columns(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    sidecar = "source: kloop\nurl: null\nrights: {license: MIT}\ncolumns: {id: Nr, text: Статья, date: День}\n"
    path.with_suffix(".yml").write_text(sidecar, encoding="utf-8")
    (article,) = read_file(path, tmp_path)
    assert (article.id, article.text, article.stated.date) == ("7", "Снег выпал.", "2031-04-05")
    assert set(article.metadata) == {"source", "url", "rights"}


def test_columns_of_a_file_that_has_none_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, sidecar="source: kloop\nurl: null\nrights: {license: MIT}\ncolumns: {text: Статья}\n")
    (issue,) = issues_of(lambda: list(read_file(path, tmp_path)))
    assert issue.code == "columns-useless"


def test_a_file_without_a_sidecar_is_for_looking_only(tmp_path: Path) -> None:
    path = write(tmp_path, sidecar=None)
    (issue,) = issues_of(lambda: list(read_file(path, tmp_path)))
    assert (issue.code, issue.path) == ("sidecar-missing", str(path.with_suffix(".yml")))
    (article,) = read_file(path, tmp_path, sidecar="optional")
    assert (article.metadata, article.metadata_path) == ({}, None)


def test_the_problems_of_file_and_sidecar_come_together(tmp_path: Path) -> None:
    path = write(tmp_path, " date 2031-13 Совет.", "source: [\n")
    issues = issues_of(lambda: list(read_file(path, tmp_path)))
    assert [Path(issue.path or "").suffix for issue in issues] == [".txt", ".yml"]
    assert issues[0].code == "date-invalid"


def test_an_unknown_kind_of_file_is_refused_with_what_is_known(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_text(BODY)
    (issue,) = issues_of(lambda: list(read_file(path, tmp_path)))
    assert (issue.code, issue.path) == ("format-unknown", str(path))
    assert "bare text as .txt" in issue.way_out


@pytest.mark.parametrize(
    ("name", "reader"), [("a.txt", "flattened"), ("a.TXT", "flattened"), ("a.yml", None), ("a", None)]
)
def test_a_file_is_known_by_its_suffix(name: str, reader: str | None) -> None:
    assert reader_of(Path(name)) == reader


# JSON Lines


def read(*values: Any) -> list[RawArticle | InputError]:
    lines = [value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for value in values]
    return list(read_lines([line + "\n" for line in lines], "a.jsonl"))


def test_a_line_is_an_article() -> None:
    line = {"id": "any id: 7", "text": f" date 2031-04 {BODY}", "url": "https://a.example/x", "date": "2031", "mood": 7}
    (article,) = read(line)
    assert isinstance(article, RawArticle)
    assert (article.id, article.format, article.path, article.text) == ("any id: 7", "jsonl", "a.jsonl", line["text"])
    assert article.stated == Stated(url="https://a.example/x", date="2031")
    assert article.header_date == "2031-04"


@pytest.mark.parametrize("key", ["url", "date"])
@pytest.mark.parametrize("nothing", [{}, {"url": None, "date": None}, {"url": "", "date": ""}])
def test_url_and_date_may_be_missing(key: str, nothing: dict[str, str | None]) -> None:
    (article,) = read({"id": "a", "text": BODY, **nothing})
    assert isinstance(article, RawArticle)
    assert getattr(article.stated, key) is None


STAMPS = [
    ("2031-04-05T09:49:00+06:00", "2031-04-05"),
    ("2031-04-05 09:49", "2031-04-05"),
    ("2031-12-31T23:10:00Z", None),  # a stamp, though it may be either of two years
]


@pytest.mark.parametrize(("stamp", "day"), STAMPS)
def test_a_date_may_be_a_time_stamp(stamp: str, day: str | None) -> None:
    (line,) = read({"id": "a", "text": BODY, "date": stamp})
    (row,) = table.read(io.BufferedReader(io.BytesIO(f"text,date\n{BODY},{stamp}\n".encode())), "a.csv")
    for article in (line, row):
        assert isinstance(article, RawArticle), article
        assert article.stated.date == day


SHY, SPACE, JOINER, NON_JOINER, BOM = "\u00ad", "\u200b", "\u200d", "\u200c", "\ufeff"


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        (f"Снег.\nМо{SHY}ст.", (2, 3), "U+00AD (soft hyphen)"),
        (f"Мо{SPACE}ст за{SHY}{SHY}крыт.", (1, 3), "so in 2 words"),
        (f"Асан Прим{BOM}еров.", (1, 10), "U+FEFF"),
        ("Мо\x02ст.", (1, 3), "a control character"),
        (f"Кыр{NON_JOINER}гыз Ө{JOINER}мүр.", (1, 4), "so in 2 words"),
        (f"{BOM}Мост {SHY}закрыт{SPACE} — {SPACE}да.", None, ""),
        ("می‌روم", None, ""),  # U+200C, as Persian is written
        (f"Семья 👨{JOINER}👩{JOINER}👧 дома.", None, ""),
    ],
)
def test_signs_that_part_a_word_unseen(text: str, place: tuple[int, int] | None, says: str) -> None:
    doubts = flattened.article(text, "a.txt", "a").doubts
    assert [(doubt.code, doubt.line, doubt.column) for doubt in doubts] == ([("word-broken", *place)] if place else [])
    assert all(says in doubt.message and doubt.severity == "warning" for doubt in doubts)


def test_a_long_run_of_them_takes_no_longer_than_its_length() -> None:
    """Tried from each sign anew it would take hours."""
    assert flattened.article("а" + SPACE * 900_000, "a.txt", "a").doubts == ()


def test_in_files_of_many_they_are_told_with_the_article_s_line(tmp_path: Path) -> None:
    broken = f"Мо{SHY}ст."
    files = {
        "a.jsonl": json.dumps({"id": "1", "text": BODY}) + "\n" + json.dumps({"id": "2", "text": f"\n\n{broken}"}),
        "b.csv": f"text\n{BODY}\n{broken}\n",
        "c.txt": f" date 2031-04 {BODY}\n date 2031-05 {broken}\n",
    }
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
        *_, last = read_articles(tmp_path / name, tmp_path, sidecar="optional")
        assert isinstance(last, RawArticle)
        (doubt,) = last.doubts
        assert (doubt.line, doubt.article) == (3 if name == "b.csv" else 2, last.id)


def test_a_page_s_soft_hyphens_are_for_the_browser() -> None:
    page = "<html><body><article><p>Мост через ре&shy;ку за&#8203;крыли до осени, и паром ходит.</p></article></body></html>"
    (article,) = read_stream(io.BytesIO(page.encode()), "a.html")
    assert isinstance(article, RawArticle)
    assert (article.text, article.doubts) == ("Мост через реку закрыли до осени, и паром ходит.", ())


BAD_LINES = [
    ('{"id": "a", "text": "x"', "json-invalid", None),
    ("[]", "json-invalid", None),
    ('"text"', "json-invalid", None),
    ("[" * 100_000, "json-invalid", None),
    ({"text": BODY}, "type-wrong", "/id"),
    ({"id": 7, "text": BODY}, "type-wrong", "/id"),
    ({"id": "a"}, "type-wrong", "/text"),
    ({"id": "a", "text": None}, "type-wrong", "/text"),
    ({"id": "a", "text": BODY, "url": 7}, "type-wrong", "/url"),
    ({"id": "a", "text": BODY, "date": 2031}, "type-wrong", "/date"),
    ({"id": " ", "text": BODY}, "id-empty", "/id"),
    ({"id": "a", "text": BODY, "date": "2031-13"}, "date-invalid", "/date"),
    ({"id": "a", "text": ""}, "empty-file", None),
    ({"id": "a", "text": "a\0"}, "nul-byte", None),
    ('{"id": "a", "text": "\\ud83d"}', "lone-surrogate", None),
    ({"id": "a", "text": "date 2031-13 x"}, "date-invalid", None),
]


@pytest.mark.parametrize(("line", "code", "pointer"), BAD_LINES, ids=[str(row[0])[:40] for row in BAD_LINES])
def test_a_bad_line_does_not_hide_the_good_ones(line: Any, code: str, pointer: str | None) -> None:
    first, bad, last = read({"id": "1", "text": BODY}, line, {"id": "3", "text": BODY})
    assert isinstance(bad, InputError)
    (issue,) = bad.issues
    assert (issue.code, issue.pointer, issue.path, issue.line) == (code, pointer, "a.jsonl", 2)
    assert [article.id for article in (first, last) if isinstance(article, RawArticle)] == ["1", "3"]


def test_empty_lines_are_passed_over_but_counted() -> None:
    (bad,) = read("", "  ", "{")
    assert isinstance(bad, InputError)
    assert bad.issues[0].line == 3
