"""Nothing is lost: what is cut out of a text and what is changed in it lead back to the raw text exactly."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import asdict

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg_news.check import check
from kg_news.errors import InputError
from kg_news.normalize import normalize
from kg_news.records import Record, Span, rebuild
from kg_news.views.layout import Layout, lay_out
from reading import raw_article, shipped_registry

AWKWARD = st.text(
    alphabet=st.sampled_from(
        list(" \n\r\t.абй\u0306\u0301\u0323и\u1100\u1161\u11a8\uac00е\u0308\ufeff\u09c7\u09be\u0958")
    ),
    min_size=1,
    max_size=30,
)
"""Letters with accents before or behind them, both kinds of line ends, Hangul in pieces, a byte order mark."""


@st.composite
def cut_texts(draw: st.DrawFn) -> tuple[str, Span | None, list[Span]]:
    """A raw text, its header or none, and disjoint stretches of it in order."""
    raw = draw(AWKWARD)
    ends = sorted(draw(st.sets(st.integers(0, len(raw)), max_size=6)))
    spans = [Span(start, end) for start, end in zip(ends[::2], ends[1::2], strict=False)]
    header = spans.pop(0) if spans and spans[0].start == 0 else None
    return raw, header, spans


def as_record(raw: str, layout: Layout, blocks: list[Span]) -> Record:
    photos = [
        {"raw_start": block.start, "position": position, "block": raw[slice(*block)]}
        for block, position in zip(blocks, layout.positions, strict=True)
    ]
    return {
        "text": layout.text,
        "photo_credits": photos,
        "provenance": {"edits": [asdict(edit) for edit in layout.edits]},
    }


@settings(max_examples=500, deadline=None)
@given(cut_texts())
@example(("и\u0306", None, [Span(0, 1)]))
@example(("\ufeffа\r\n\r\nб", None, []))
@example(("а \n\n[] \n б", None, [Span(4, 6)]))
def test_any_text_with_any_cuts_is_rebuilt(case: tuple[str, Span | None, list[Span]]) -> None:
    raw, header, blocks = case
    layout = lay_out(raw, header, blocks)
    assert rebuild(as_record(raw, layout, blocks)) == raw
    assert unicodedata.is_normalized("NFC", layout.text)
    assert "\r" not in layout.text
    assert layout.text == layout.text.strip()


CASES = [
    # raw, with [ ] around what is cut out; the text that is left
    ("Первое. [Фото: А.] Второе.", "Первое. Второе."),
    ("Первое.\n\n[Фото: А.]\n\nВторое.", "Первое.\n\nВторое."),
    ("Первое.\n[Фото: А.] Второе.", "Первое.\nВторое."),
    ("Первое. [Фото: А.]\nВторое.", "Первое.\nВторое."),
    ("[Фото: А.] Второе.", "Второе."),
    ("Первое. [Фото: А.]", "Первое."),
    ("Первое.[Фото: А.]Второе.", "Первое.Второе."),
    ("Первое. [Фото: А.] [Фото: Б.] Второе.", "Первое. Второе."),
    ("  Первое.\r\nВторое.\rТретье.  \n", "Первое.\nВторое.\nТретье."),
    ("Жапаров встал.", "Жапаров встал."),
    ("Бейшеналиев и и\u0306од", "Бейшеналиев и йод"),
]


@pytest.mark.parametrize(("marked", "text"), CASES)
def test_one_of_the_white_spaces_around_a_cut_stays(marked: str, text: str) -> None:
    raw, blocks = "", []
    for number, part in enumerate(marked.replace("]", "[").split("[")):
        if number % 2:
            blocks.append(Span(len(raw), len(raw) + len(part)))
        raw += part
    layout = lay_out(raw, None, blocks)
    assert layout.text == text
    assert rebuild(as_record(raw, layout, blocks)) == raw


def test_edits_name_what_was_done() -> None:
    raw = " date 2031-04 Первое.\r\n[фото]  Второе: и\u0306."
    start = raw.index("[")
    layout = lay_out(raw, Span(0, 14), [Span(start, start + 6)])
    assert [(edit.kind, edit.raw) for edit in layout.edits] == [
        ("header", " date 2031-04 "),
        ("newline", "\r\n"),
        ("whitespace", "  "),
        ("unicode", "и\u0306"),
    ]


SENTENCES = [
    "Совет собрался утром.",
    "Министр образования Асан Примеров сказал, что «ждали её десять лет».",
    "«Мы откроем школу», — пообещала Бегимай Образцова.",
    "В МВД Казахстана сообщили о двух задержанных.",
    "Президент Армении Левон Арзуманян прибыл в Ош.",
    "Парламент принял Устав ООН к сведению…",
    "Қазақша сөйлем де бар, кыргызча да.",
    "They signed it in Osh.",
    "«Незакрытая кавычка",
    "Число выросло на 3,5% (в 2030 г. — на 2%)!",
]
BLOCKS = [
    "Заседание горсовета 3 мая. Фото: пресс-служба мэрии",
    "Пикет возле вокзала. Они вышли против сноса домов. Фото: Бегимай Ормокова / «Зорька»",
    "Фото предоставлено МЧС области.",
    "Фото: Reuters",
    "Сүрөт: Зорька агенттиги",
    "© Улан Образцов",
    "Фото:",
]
HEADERS = ["", " date 2031-04 ", "date 2031-04-05 09:49\n", "\ufeff date 2031\r\n", " date 2031-04-05T09:49:00+06:00 "]
GAPS = [" ", "  ", "\n", "\r\n\r\n", "", "\t", "\u00a0", "\n \n"]
FORMS = ["NFC", "NFD"]


@st.composite
def articles(draw: st.DrawFn) -> str:
    """A raw article: a header or none, sentences and photo blocks in any order, any white space between them."""
    parts = draw(st.lists(st.sampled_from(SENTENCES + BLOCKS), min_size=1, max_size=7))
    text = draw(st.sampled_from(HEADERS)) + "".join(part + draw(st.sampled_from(GAPS)) for part in parts)
    return unicodedata.normalize(draw(st.sampled_from(FORMS)), text)


@settings(max_examples=120, deadline=None)
@given(articles())
def test_any_article_is_rebuilt_from_its_record(raw: str) -> None:
    article = raw_article(raw, source="kloop")
    try:
        record, _ = normalize(article, shipped_registry())
    except InputError as error:
        assert [issue.code for issue in error.issues] == ["text-empty"]  # photo blocks alone make no article
        return
    assert rebuild(record) == raw
    assert record["provenance"]["raw_sha256"] == hashlib.sha256(raw.encode()).hexdigest()
    assert unicodedata.is_normalized("NFC", record["text"])
    assert check(record) == []
