"""Modest floors on the development sets, where they lie beside the checkout. They are raised on purpose only."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from kg_news.doc import Doc
from kg_news.fields.date import date
from kg_news.files import CHECKOUT
from kg_news.read.jsonl import read_lines
from kg_news.records import RawArticle
from reading import shipped_registry

SETS = CHECKOUT.parent / "shared" / "eval"

pytestmark = pytest.mark.skipif(not SETS.is_dir(), reason=f"no development sets in {SETS}")

Gold = dict[str, Any]


def documents(name: str) -> Iterator[tuple[Gold, Doc]]:
    lines = (SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines:
        gold = json.loads(line)
        (raw,) = read_lines([line], f"{name}.jsonl")
        assert isinstance(raw, RawArticle), gold["id"]
        yield gold, Doc(raw, shipped_registry())


@cache
def flattened() -> list[tuple[Gold, Doc]]:
    return list(documents("flattened-dev"))


def plain(text: str) -> str:
    """Without quotation marks, full stops and letter case, as the sets' own scorer compares."""
    return " ".join(re.sub(r"[«»\"“”„'.]", "", text.lower().replace("ё", "е")).split())


def found(doc: Doc, part: str) -> Counter[str]:
    spans = [getattr(block, part) for block in doc.photo_blocks]
    return Counter(plain(doc.raw.text[slice(*span)]) for span in spans if span)


def scores(part: str) -> tuple[float, float]:
    """Precision and recall over all documents, part by part exactly."""
    hit = said = due = 0
    for gold, doc in flattened():
        expected = Counter(plain(photo[part]) for photo in gold["photos"] if photo.get(part))
        got = found(doc, part)
        hit, said, due = hit + (expected & got).total(), said + got.total(), due + expected.total()
    assert due > 20, "the set has photos"
    return hit / said, hit / due


@pytest.mark.parametrize(("part", "precision", "recall"), [("credit", 1.0, 0.95), ("caption", 1.0, 0.69)])
def test_photo_credits_and_captions(part: str, precision: float, recall: float) -> None:
    got = scores(part)
    assert got[0] >= precision, got
    assert got[1] >= recall, got


def test_every_date() -> None:
    wrong = [
        gold["id"]
        for gold, doc in flattened()
        if date(doc)["date"] not in {gold["date_url"] or gold["date_header"], gold["date_header"] or gold["date_url"]}
    ]
    assert wrong == []


def test_every_language() -> None:
    assert [(gold["id"], doc.language.tag) for gold, doc in flattened() if doc.language.tag != gold["lang"]] == []


@pytest.mark.parametrize("name", ["factrueval-dev", "nerel-dev", "nerel-train"])
def test_no_photo_is_found_where_there_is_none(name: str) -> None:
    """But for agencies' credits that did stand in the texts, each behind a marker."""
    credits = [
        doc.raw.text[slice(*block.marker)] + doc.raw.text[slice(*block.credit)]
        for _, doc in documents(name)
        for block in doc.photo_blocks
        if block.credit and block.marker
    ]
    assert [credit for credit in credits if "Reuters" not in credit] == []
