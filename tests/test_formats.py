"""The same article in every format gives the same record, but for what a format lacks."""

from __future__ import annotations

import io
from typing import Any

import pytest

import formats
from kg_news.check import check
from kg_news.errors import InputError
from kg_news.normalize import normalize
from kg_news.read import READERS, documents, read_stream
from kg_news.read.recognise import recognise
from kg_news.records import RawArticle, Record, rebuild
from kg_news.registry import Registry

NAMES = {"csv": "x.csv"}


def read(data: bytes, name: str = "x.bin", **options: Any) -> list[RawArticle | InputError]:
    return list(read_stream(io.BytesIO(data), name, **options))


def read_one(data: bytes, name: str = "x.bin", **options: Any) -> RawArticle:
    (article,) = read(data, name, **options)
    assert isinstance(article, RawArticle), article
    return article


def record_of(article: RawArticle, registry: Registry) -> Record:
    record, _ = normalize(article, registry)
    assert check(record) == []
    assert rebuild(record) == article.text
    return record


def without_layout(record: Record) -> Record:
    """What must be equal: all but where it was read, how it was written down, and how sure the photo's bounds are."""
    photos = [
        {key: value for key, value in photo.items() if key not in {"raw_start", "confidence"}}
        for photo in record["photo_credits"]
    ]
    left_out = {"id", "provenance", "photo_credits", "text", "date_basis"}
    kept = {key: value for key, value in record.items() if key not in left_out}
    return {**kept, "text": record["text"].replace("\n", " "), "photos": photos}


LACKS: dict[str, dict[str, Any]] = {
    "flattened": {
        "title": None,
        "url": None,
        "source": None,
        "source_name": None,
        "date": "2031-04",
        "date_start": "2031-04-01",
        "date_end": "2031-04-30",
    }
}
"""What flattened text does not tell; every other format tells all."""


def test_every_reader_has_its_sample() -> None:
    assert set(formats.FORMATS) == set(READERS)


@pytest.mark.parametrize("format", READERS)
def test_the_same_article_gives_the_same_record(format: str, registry: Registry) -> None:
    full = without_layout(record_of(read_one(formats.data("wordpress")), registry))
    made = without_layout(record_of(read_one(formats.data(format), NAMES.get(format, "x.bin")), registry))
    expected = full | LACKS.get(format, {})
    if format == "flattened":
        # without the outlet, its name in a credit is that of any agency, and nothing tells whose minister speaks
        expected["photos"] = [photo | {"kind": "agency"} for photo in expected["photos"]]
        expected["actors"] = [actor | {"country": None} for actor in expected["actors"]]
    assert made == expected


def test_the_record_is_the_right_one(registry: Registry) -> None:
    record = record_of(read_one(formats.data("html")), registry)
    assert record["text"] == "\n".join((*formats.BEFORE, *formats.AFTER))
    (photo,) = record["photo_credits"]
    assert (photo["caption"], photo["marker"], photo["credit"]) == (formats.CAPTION, "Фото:", formats.CREDIT)
    assert (photo["block"], photo["kind"], photo["confidence"]) == (formats.BLOCK, "staff", 1.0)
    assert record["text"][photo["position"] :] == "\n".join(formats.AFTER)
    assert (record["title"], record["url"]) == (formats.TITLE, formats.URL)
    assert (record["date"], record["date_basis"], record["source"]) == ("2031-04-05", "metadata", "vestnik-doliny")


@pytest.mark.parametrize("packing", formats.PACKINGS)
@pytest.mark.parametrize("format", READERS)
def test_a_format_is_known_by_its_content(format: str, packing: str) -> None:
    article = read_one(formats.PACKINGS[packing](formats.data(format)), NAMES.get(format, "x.bin"))
    assert article.format == format


@pytest.mark.parametrize("format", READERS)
def test_a_format_can_be_forced(format: str) -> None:
    assert read_one(formats.data(format), "x.docx", format=format).format == format


@pytest.mark.parametrize(
    ("head", "name", "format"),
    [
        (b"PK\x03\x04 a zip, or a docx", "x.docx", None),
        (b"%PDF-1.7", "x.pdf", None),
        ("Просто текст.".encode(), "x.bin", None),
        ("Просто текст.".encode(), "x.txt", "flattened"),
        ("Просто текст.".encode(), "x.txt.gz", "flattened"),
        ("\ufeff date 2031-04 Снег.".encode(), "x", "flattened"),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>", "x.txt", "html"),
        ("<html><body>Снег".encode("utf-16"), "x", "html"),
        (b"<?xml version='1.0'?><!-- a --><rdf:RDF xmlns:rdf='x'>", "x", "feed"),
        (b"<?xml version='1.0'?><kml>", "x.xml", None),
        (b"a;b\n", "x.tsv", "csv"),
        (b'{"id": 1, "content": {"rendered": ""}}', "x", "wordpress"),
        (b'{"id": "1", "text": ""}', "x", "jsonl"),
        (b"", "x.bin", None),
    ],
)
def test_recognise(head: bytes, name: str, format: str | None) -> None:
    assert recognise(head, name) == format


def test_an_unknown_format_is_refused_with_the_two_that_everybody_has() -> None:
    (error,) = read(b"PK\x03\x04")
    assert isinstance(error, InputError)
    (issue,) = error.issues
    assert issue.code == "format-unknown"
    assert all(words in issue.way_out for words in (".txt", ".html", "kg-news explain format-unknown"))


def test_atom_is_a_feed_too(registry: Registry) -> None:
    one = record_of(read_one(formats.atom().encode()), registry)
    two = record_of(read_one(formats.data("feed")), registry)
    assert without_layout(one) == without_layout(two)


@pytest.mark.parametrize("block", [1, 7, 100, 1_000_000])
def test_many_flattened_documents_in_one_file(monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    monkeypatch.setattr(documents, "_BLOCK", block)
    data = " date 2031-04 Снег выпал.\nЕго убрали.\n date 2031-05 Снег растаял.\ndate 2031-06-01\nЛето.\n".encode()
    found = read(data, "gornyj-put/2031.txt")
    articles = [article for article in found if isinstance(article, RawArticle)]
    assert [article.header_date for article in articles] == ["2031-04", "2031-05", "2031-06-01"]
    assert "".join(article.text for article in articles).encode() == data
    assert len({article.id for article in articles}) == 3
    assert all(article.id.startswith("gornyj-put/2031/") for article in articles)
    (bad,) = [error for error in read(data + b" date 2031-13 x\n") if isinstance(error, InputError)]
    assert [(issue.code, issue.line) for issue in bad.issues] == [("date-invalid", 6)]


def test_columns_and_keys_can_be_named() -> None:
    table = "Ссылка;Статья\nhttps://gornyj-put.example/1;«Снег; лёд»\n".replace("«Снег; лёд»", '"Снег; лёд"').encode()
    columns = {"text": "Статья", "url": "Ссылка"}
    article = read_one(table, "x.csv", columns=columns)
    assert (article.text, article.stated.url) == ("Снег; лёд", "https://gornyj-put.example/1")
    line = '{"nid": "7", "body": "Снег."}\n'.encode()
    article = read_one(line, columns={"id": "nid", "text": "body"})
    assert (article.id, article.text) == ("7", "Снег.")


def test_only_published_posts_of_an_export_are_articles() -> None:
    assert [article.id for article in read(formats.data("wxr"), "x.xml") if isinstance(article, RawArticle)] == [
        "x/4711"
    ]


def test_a_summary_is_said_to_be_one() -> None:
    feed = formats.rss().replace("content:encoded", "content:none")
    (doubt,) = read_one(feed.encode()).doubts
    assert (doubt.code, doubt.severity) == ("feed-summary", "warning")
