"""Which language a text is in: on sentences of tests/languages, half of which nothing was tuned on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given

from kg_news.doc import Doc
from kg_news.read.flattened import article
from kg_news.registry import Registry
from kg_news.views.language import guess_language

TAGS = {"ru", "ky", "kk", "uz", "tg", "en"}
FOLDER = Path(__file__).parent / "languages"


def held_out(name: str) -> list[str]:
    """The even lines of a file."""
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()[1::2]


def right(texts: Sequence[str], tag: str) -> float:
    return sum(guess_language(text, TAGS).tag == tag for text in texts) / len(texts)


@pytest.mark.parametrize("name", ["ru", "ky", "kk", "uz", "uz-Cyrl", "tg", "en"])
def test_sentences_cut_to_40_characters(name: str) -> None:
    texts, tag = held_out(name), name.partition("-")[0]
    assert len(texts) == 30
    assert right(texts, tag) == 1.0
    assert right([text[:40] for text in texts], tag) == 1.0


def test_names_keyboards_and_mixtures() -> None:
    """Kyrgyz names in Russian, Kyrgyz typed without ң ө ү, Kazakh without its letters, words of two languages."""
    lines = [line.split("\t") for line in held_out("tricky")]
    wrong = [(tag, text) for tag, _, text in lines if guess_language(text, TAGS).tag != tag]
    assert len(wrong) <= 4, wrong  # 36 of 40 were right when this was written


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Белоруссия Президенті Александр Примеров.", "kk"),
        ("Боксшы Виктор Примеров жеңді.", "kk"),
        ("Франция президенті Пьер Примо.", "kk"),
        ("Андорра өкүлү Пабло Примеро.", "ky"),
        ("Президент Қ. Примеров прибыл в столицу, где проведёт переговоры с министром.", "ru"),
    ],
)
def test_letters_tell_where_names_do_not(text: str, tag: str) -> None:
    assert guess_language(text, TAGS).tag == tag


OTHERS = [
    "Belediye yeni okulun inşaatının sonbahara kadar biteceğini açıkladı.",
    "Oba ilaty agyz suwy meselesiniň çözülmegini talap etdi.",
    "Die neue Schule in der Stadt soll bis zum Herbst fertig sein.",
    "Les habitants du village ont demandé une solution pour l'eau potable.",
    "Мешканці села зібралися й зажадали вирішити питання з питною водою.",
    "Жителите на селото се събраха и поискаха да се реши въпросът с водата.",
    "Шинэ сургуулийн барилга намар дуусна гэж хотын захиргаа мэдэгдэв.",
    "Авыл халкы эчә торган су мәсьәләсен хәл итүне таләп итте.",
    "警方找到了被盗的汽车并归还给车主。",
    "عثرت الشرطة على السيارة المسروقة وأعادتها إلى صاحبها",
]


@pytest.mark.parametrize("text", [*OTHERS, "", " \n", "12:30, 5 + 7 = 12.", "…«»—"])
def test_other_languages_and_no_language(text: str) -> None:
    assert guess_language(text, TAGS) == ("und", 0.0)


def test_only_languages_that_are_asked_for() -> None:
    assert guess_language("Айыл тургундары суу маселесин чечүүнү талап кылды.", {"ru", "en"}).tag == "und"


def test_longer_texts_are_surer() -> None:
    text = "Министр айыл тургундары менен жолугуп, жол маселесин талкуулады."
    assert guess_language(text[:12], TAGS).confidence < guess_language(text, TAGS).confidence


@given(st.text(max_size=60))
def test_any_text_has_a_language_or_none(text: str) -> None:
    tag, confidence = guess_language(text, TAGS)
    assert tag in TAGS | {"und"}
    assert 0 <= confidence <= 1
    assert (tag == "und") == (confidence == 0)
    assert guess_language(text, TAGS) == (tag, confidence)


def test_what_stands_far_behind_changes_nothing() -> None:
    """So a line of ten megabytes costs what a page costs."""
    page = "Айыл тургундары суу маселесин чечүүнү талап кылды. " * 20
    assert guess_language(page + "The council met. " * 1000, TAGS) == guess_language(page, TAGS)


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [({}, "ru"), ({"language": "ky"}, "ky")],
)
def test_the_sidecar_is_believed(registry: Registry, metadata: dict[str, str], expected: str) -> None:
    raw = article("Совет района утвердил бюджет на будущий год.", "a.txt", "a")
    guess = Doc(type(raw)(**{**raw.__dict__, "metadata": metadata}), registry).language
    assert guess.tag == expected
    assert guess.confidence == 1.0 or not metadata
