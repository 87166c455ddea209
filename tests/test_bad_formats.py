"""Broken files of every format: each a clear issue with a place and a way out, and what is sound before it is read."""

from __future__ import annotations

import gzip
import io
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import pytest

import formats
from kg_news.cli import main
from kg_news.errors import InputError
from kg_news.normalize import normalize
from kg_news.read import read_stream, streams
from kg_news.read.flattened import LONGEST
from kg_news.read.markup import parse
from kg_news.read.stamps import day
from kg_news.read.streams import LARGEST
from kg_news.records import Issue, RawArticle
from kg_news.registry import Registry
from kg_news.validate_formats import IN_FULL


def read(data: bytes, name: str = "x.bin", **options: Any) -> tuple[list[RawArticle], list[Issue]]:
    """The articles and the issues of a file."""
    found = list(read_stream(io.BytesIO(data), name, **options))
    good = [article for article in found if isinstance(article, RawArticle)]
    return good, [issue for error in found if isinstance(error, InputError) for issue in error.issues]


class Row(NamedTuple):
    what: str
    data: bytes
    code: str
    says: str
    line: int | None = None
    good: int = 0
    """How many articles are read all the same."""
    name: str = "x.bin"


PAGE = formats.page().encode()
FEED = formats.rss()
WARC = formats.warc()
CELLS = "id,text\n1,Снег.\n2,Лёд.\n"
LINE = formats.jsonl()


def laughs() -> str:
    """Ten entities, each ten times the one before: a gigabyte of «ха»."""
    entities = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    return FEED.replace("<rss", f'<!DOCTYPE rss [<!ENTITY a0 "ха">{entities}]><rss').replace("Министр", "&a9;")


def packed(times: int) -> bytes:
    data = PAGE
    for _ in range(times):
        data = gzip.compress(data)
    return data


def in_cp1251(says: str) -> bytes:
    return formats.page().replace('charset="utf-8"', f'charset="{says}"').encode("cp1251", "replace")


ROWS = [
    Row("nothing", b"", "empty-file", "empty"),
    Row("nothing, called a table", b"", "empty-file", "empty", name="x.csv"),
    Row("white space", b" \n\n", "blank-file", "white space"),
    Row("no posts at all", b"[]", "no-article", "wordpress"),
    Row("a feed without items", FEED[: FEED.index("<item>")].encode() + b"</channel></rss>", "no-article", "feed"),
    Row("a table of a header", b"id,text\n", "no-article", "csv", name="x.csv"),
    Row("an archive of a missing page", formats.warc_record(b"gone", status="404 Not Found"), "no-article", "warc"),
    Row("a PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "format-unknown", "a PDF"),
    Row("a PDF called text", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "format-unknown", "a PDF", name="x.txt"),
    Row("a Word document", b"PK\x03\x04\x14\0\x06\0", "format-unknown", "Word"),
    Row("bytes called text", bytes(range(256)), "not-utf8", "no text at all", name="x.txt"),
    Row("text of no known name", "Мост закрыли до осени.".encode(), "format-unknown", ".txt"),
    Row("gzip cut off", gzip.compress(PAGE)[:-40], "packed-truncated", "gzip"),
    Row("zstd cut off", formats.zstd(PAGE)[:-40], "packed-truncated", "zstd"),
    Row("gzip damaged", gzip.compress(PAGE)[:60] + b"\0" * 200, "packed-damaged", "gzip"),
    Row("packed five times", packed(5), "packed-too-deep", "packed"),
    Row("a page nested too deep", b"<html><body>" + b"<div>" * 100_000 + PAGE, "html-too-deep", "256"),
    Row("entities that unfold", laughs().encode(), "xml-entities", "entities"),
    Row(
        "an entity that reads a file",
        FEED.replace("<rss", '<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]><rss').encode(),
        "xml-entities",
        "entities",
    ),
    Row("a feed cut off", FEED[:-60].encode(), "xml-invalid", "well-formed", 10, 0),
    Row(
        "a feed cut off behind an item", FEED[: FEED.index("</channel>")].encode(), "xml-invalid", "well-formed", 11, 1
    ),
    Row("an export cut off", formats.wxr()[:-200].encode(), "xml-invalid", "well-formed"),
    Row("XML nested too deep", FEED.replace("<item>", "<a>" * 5000 + "<item>").encode(), "xml-invalid", "well-formed"),
    Row("a page in no charset", b"<html><body><p>" + bytes(range(128, 256)) * 9, "not-utf8", "UTF-8", 1),
    Row(
        "a charset it is not in",
        b'<html><meta charset="shift_jis"><p>' + b"\x85\x40\xff\xfd" * 60,
        "charset-wrong",
        "shift_jis",
    ),
    Row("a page without text", b"<html><body><nav><a href='/'></a></nav></body></html>", "text-empty", "no article"),
    Row("a WARC record that is too long", formats.warc_record(PAGE, length=10**6) + WARC, "warc-broken", "bytes"),
    Row(
        "a WARC record that is too short",
        WARC + formats.warc_record(PAGE, length=900) + WARC,
        "warc-broken",
        "no record",
        None,
        1,
    ),
    Row("a WARC record of length -5", formats.warc_record(PAGE, length=-5) + WARC, "warc-broken", "no record"),
    Row(
        "a WARC record of length -5 without a name",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\nx",
        "warc-broken",
        "behind a record without a name no record",
    ),
    Row("a WARC record of no length", formats.warc_record(PAGE, length="much") + WARC, "warc-broken", "no record"),
    Row("a WARC cut off", WARC + formats.warc_record(PAGE)[:-90], "warc-broken", "bytes", None, 1),
    Row("a table without its column", b"id,words\n1,a\n", "column-missing", "there are id, words", 1, 0, "x.csv"),
    Row("a column twice", b"text,Text\na,b\n", "column-twice", "rename", 1, 0, "x.csv"),
    Row("a row too short", (CELLS + "3\n4,Дождь.\n").encode(), "row-ragged", "1 columns, the header 2", 4, 3, "x.csv"),
    Row("a row too long", (CELLS + "3,a,b\n").encode(), "row-ragged", "3 columns, the header 2", 4, 2, "x.csv"),
    Row("an open quotation", (CELLS + '3,"a\n').encode(), "csv-invalid", "quotation marks", 4, 2, "x.csv"),
    Row("a table in cp1251", "id,text\n1,Снег".encode("cp1251"), "not-utf8", "iconv", 1, 0, "x.csv"),
    Row("a row without text", (CELLS + "3, \n").encode(), "blank-file", "white space", 4, 2, "x.csv"),
    Row("a row with a bad date", b"text,date\na,2031-13-01\n", "date-invalid", "2031-13-01", 2, 0, "x.csv"),
    Row("a key twice", (LINE + LINE.replace('"id"', '"id": "0", "id"')).encode(), "json-key-twice", "'id'", 2, 1),
    Row("an id that climbs", (LINE + LINE.replace('"4711"', '"a/../../b"')).encode(), "id-invalid", "`..`", 2, 1),
    Row("an id from the root", b'{"id": "/etc/x", "text": "Snow."}', "id-invalid", "slash", 1),
    Row("an id that climbs, in a table", b"id,text\n../b,Snow.\n", "id-invalid", "`..`", 2, 0, "x.csv"),
    Row("NaN", (LINE + LINE.replace('"4711"', "NaN")).encode(), "json-not-a-number", "NaN", 2, 1),
    Row("a bad line", (LINE + '{"id": \n' + LINE).encode(), "json-invalid", "not JSON", 2, 2),
    Row(
        "posts with a key twice",
        b'[{"id": 1,\n"content": {"rendered": "a", "rendered": "b"}}]',
        "json-key-twice",
        "rendered",
        1,
    ),
    Row("posts cut off", formats.wordpress()[:-30].encode(), "json-invalid", "JSON", 1),
    Row("posts cut off behind one", formats.wordpress()[:-1].encode() + b",\n{", "json-invalid", "JSON", 2, 1),
    Row(
        "posts nested too deep",
        formats.wordpress()[:-1].encode() + b"," + b"[" * 100_000,
        "json-invalid",
        "too deep",
        1,
        1,
    ),
    Row("no posts", b'[{"id": 1}, 2]', "post-invalid", "id"),
    Row("front matter without an end", b"---\ntitle: a\n\nSnow.\n", "front-matter-invalid", "---", 1),
    Row("front matter with a bad date", b"---\ntitle: a\ndate: 2031-13\n---\nSnow.\n", "date-invalid", "month 13", 3),
    Row("front matter with a stranger", b"---\nmood: gloomy\n---\nSnow.\n", "field-unknown", "mood", 2),
    Row(
        "a tag that would run code",
        b"---\ntitle: !!python/object/apply:os.system [ls]\n---\nSnow.\n",
        "yaml-tag",
        "",
        2,
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=[row.what for row in ROWS])
def test_broken_files(row: Row) -> None:
    good, issues = read(row.data, row.name)
    assert issues, good
    issue = issues[0]
    assert (issue.code, len(good)) == (row.code, row.good), issues
    assert row.says in f"{issue.message}; {issue.way_out}"
    assert issue.path == row.name
    assert row.line in (None, issue.line), issue


@pytest.mark.parametrize("format", ["html", "wordpress", "wxr", "feed", "csv", "plain", "jsonl"])
def test_no_cut_gives_a_traceback(format: str) -> None:
    """Whatever is left of a file is read or is an issue."""
    data = formats.data(format)
    for end in range(0, len(data), 97):
        good, issues = read(data[:end], "x.csv")
        assert good or issues, end
        good, issues = read(data[:end], format=format)
        assert good or issues or not data[:end].strip() or format in {"wxr", "jsonl", "csv", "feed"}, end


def test_a_charset_that_is_wrong_is_seen_through(registry: Registry) -> None:
    right = normalize(read(PAGE)[0][0], registry)[0]["text"].replace("\n", " ")
    assert right == formats.TEXT
    for data in (in_cp1251("utf-8"), PAGE.replace(b'charset="utf-8"', b'charset="windows-1251"')):
        (article,), issues = read(data)
        record, doubts = normalize(article, registry)
        assert record["text"].replace("\n", " ") == formats.TEXT
        assert "charset-wrong" in [doubt.code for doubt in doubts]
        assert not issues
    assert read(in_cp1251("windows-1251"))[0][0].doubts == ()


def test_a_page_of_50_megabytes_is_refused_before_it_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg_news.read.page.parse", lambda *_: pytest.fail("it was parsed"))
    _, issues = read(PAGE + b"<p>Snow.</p>" * (50 * 2**20 // 12))
    assert [issue.code for issue in issues] == ["article-too-large"]


@pytest.mark.parametrize("form", ["{}", "<html><body><article><p>{}</p></article></body></html>"])
def test_an_article_of_more_than_a_million_characters_is_refused(form: str) -> None:
    line = "Мост закрыли до осени. "
    _, (issue,) = read(form.format(line * (LONGEST // len(line) + 1)).encode(), "x.txt")
    assert (issue.code, issue.severity) == ("article-too-large", "error")
    assert "1,000,0" in issue.message
    assert "part it" in issue.way_out
    assert read(form.format(line * (LONGEST // len(line) - 1)).encode(), "x.txt")[1] == []


class Endless(io.RawIOBase):
    """A stream that repeats itself up to a size, without holding it."""

    def __init__(self, head: bytes, part: bytes, size: int) -> None:
        self._parts = self._made(head, part, size)
        self._rest = b""

    @staticmethod
    def _made(head: bytes, part: bytes, size: int) -> Iterator[bytes]:
        yield head
        for _ in range(size // len(part)):
            yield part

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._rest = self._rest or next(self._parts, b"")
        taken, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


def peak(stream: BinaryIO, **options: Any) -> tuple[int, int]:
    """How many articles were read, and the most memory that it took, in bytes."""
    tracemalloc.start()
    try:
        count = sum(isinstance(found, RawArticle) for found in read_stream(stream, "x.csv", **options))
        return count, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


ITEM = FEED[FEED.index("<item>") : FEED.index("</channel>")]


@pytest.mark.parametrize(
    ("format", "head", "part"),
    [
        ("flattened", "", f"{formats.flattened()}\n"),
        ("feed", FEED[: FEED.index("<item>")], ITEM),
        ("wordpress", "[" + formats.wordpress()[1:-1], "," + formats.wordpress()[1:-1]),
        ("csv", "text\n", '"' + formats.RAW * 2 + '"\n'),
        ("jsonl", "", LINE),
    ],
)
def test_memory_does_not_grow_with_the_file(format: str, head: str, part: str) -> None:
    def run(size: int) -> tuple[int, int]:
        stream = Endless(head.encode(), part.encode(), size)
        return peak(stream, format=format)  # type: ignore[arg-type]

    run(20_000)  # what is loaded once
    few, little = run(300_000)
    many, much = run(900_000)
    assert many > 2.5 * few > 100
    assert much < 1.5 * little


@pytest.mark.parametrize(
    ("name", "head", "good", "places"),
    [("x.jsonl", b'{"id": "1", "html": "', 1, [1]), ("x.csv", b"text,html\nSnow.,", 0, [2])],
)
def test_a_line_has_a_largest_size(name: str, head: bytes, good: int, places: list[int]) -> None:
    """Behind it JSON Lines are read on; where a table's next row begins nobody knows."""
    articles, issues = read(head + b"a" * LARGEST + f"\n{LINE}\n".encode(), name)
    assert ([issue.code for issue in issues], len(articles)) == (["article-too-large"], good)
    assert [issue.line for issue in issues] == places
    assert "the line has more than 20 MiB" in issues[0].message


@pytest.mark.parametrize(("name", "head"), [("x.jsonl", b'{"id": "1", "text": "'), ("x.csv", b"text\n")])
def test_a_line_without_an_end_is_told_at_once(name: str, head: bytes) -> None:
    stream = io.BufferedReader(Endless(head, b"a" * 2**16, 2**40))
    tracemalloc.start()
    try:
        error = next(read_stream(stream, name))
        assert tracemalloc.get_traced_memory()[1] < 10 * LARGEST
    finally:
        tracemalloc.stop()
    assert isinstance(error, InputError)
    assert [issue.code for issue in error.issues] == ["article-too-large"]


def test_json_lines_may_begin_with_a_byte_order_mark() -> None:
    assert len(read(f"\ufeff{LINE}".encode(), "x.jsonl")[0]) == LINE.count('"id"')


def test_a_bomb_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "_FREE", 2**20)
    bomb = gzip.compress(b" date 2031-04 " + b"a" * 2**24)
    assert [issue.code for issue in read(bomb)[1]] == ["packed-bomb"]
    text = gzip.compress(" ".join(str(number) for number in range(10**6)).encode())
    assert "packed-bomb" not in [issue.code for issue in read(text, "x.txt")[1]]


@pytest.mark.parametrize(
    ("stamp", "date"),
    [
        ("2031-04-05", "2031-04-05"),
        ("2031-04", "2031-04"),
        ("2031-04-05T23:10:00+06:00", "2031-04-05"),
        ("2031-04-05 23:10:00", "2031-04-05"),
        ("2031-04-05T15:59:00Z", "2031-04-05"),
        ("2031-04-05T16:00:00Z", "2031-04"),
        ("2031-04-30T16:00:00.000Z", "2031"),
        ("2031-12-31T16:00:00+00:00", None),
        ("Sat, 05 Apr 2031 04:00:00 +0000", "2031-04-05"),
        ("Sat, 05 Apr 2031 20:00:00 GMT", "2031-04"),
        ("Sat, 05 Apr 2031 20:00:00 +0600", "2031-04-05"),
        ("2031-02-30", None),
        ("0000-00-00 00:00:00", None),
        ("5 апреля", None),
        ("", None),
        ("99999999999999999999", None),
    ],
)
def test_the_day_of_a_time_stamp(stamp: str, date: str | None) -> None:
    assert day(stamp) == date


def test_nothing_is_lost_in_strange_json_ld() -> None:
    for data in ('{"@type": "NewsArticle", "image": [null, 3, {"url": 5}], "author": 7}', "[[[[1]]]]", "{", "null"):
        page = formats.page().replace("</head>", f'<script type="application/ld+json">{data}</script></head>')
        assert read(page.encode())[0][0].stated.title == formats.TITLE
    assert parse("<!-- nothing -->", "x") is None


def test_ten_thousand_bad_files_are_all_named(
    tmp_path: Path, registry_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "raw" / "x"
    folder.mkdir(parents=True)
    for number in range(10_000):
        (folder / f"{number:05}.txt").touch()
    assert main(["validate", str(tmp_path / "raw"), "--registry", str(registry_folder)]) == 1
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert [line for line in lines[:IN_FULL] if "; " not in line] == [], "the first ones in full"
    assert all(f"{number:05}.txt: error[empty-file]" in said.out for number in range(0, 10_000, 501))
    assert sum("empty-file" in line for line in lines) == 10_000
    assert said.err.startswith("20000 errors; ")
