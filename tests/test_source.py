"""Who published an article, and from whom it was copied. The outlets are the registry's; what the texts say is invented."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg_news.doc import Doc
from kg_news.evaluate.core import Item
from kg_news.evaluate.fields import fields
from kg_news.fields.source import source
from kg_news.normalize import normalize
from kg_news.read.flattened import article
from kg_news.registry import load_registry
from kg_news.views.dateline import same_house

REGISTRY = load_registry()
KABAR = "Бишкек, 17.11.21. /Асан Примеров - Кабар/. Совет утвердил бюджет."
SPUTNIK = "БИШКЕК, 22 мая — Sputnik. Совет утвердил бюджет."
PLAIN = "Совет утвердил бюджет. Фото: Асан Примеров / Reuters Потом все ушли."


def doc(text: str, **metadata: str) -> Doc:
    return Doc(replace(article(text, "a.txt", "a"), metadata=metadata), REGISTRY)


# Text and what is known from outside; source, syndicated_from, codes of the issues.
SOURCES = [
    (PLAIN, {}, None, None, []),
    (PLAIN, {"url": "https://kloop.kg/a/"}, "kloop", None, []),
    (PLAIN, {"url": "https://ky.kloop.asia/a/"}, "kloop", None, []),
    (PLAIN, {"source": "kloop", "url": "https://kabar.kg/a/"}, "kloop", None, ["source-conflict"]),
    (KABAR, {}, "kabar", None, []),
    (KABAR, {"url": "https://kabar.kg/a/"}, "kabar", None, []),
    (KABAR, {"url": "https://kloop.kg/a/"}, "kloop", "kabar", ["syndicated-from"]),
    (KABAR, {"source": "kloop"}, "kloop", "kabar", ["syndicated-from"]),
    (KABAR, {"url": "https://mirror.test/a/"}, "kabar", None, ["source-by-dateline"]),
    (SPUTNIK, {"url": "https://ru.sputnik.kg/20220522/a.html"}, "sputnik-kyrgyzstan", None, []),
    (SPUTNIK, {"url": "https://vb.kg/a/"}, "vb", "sputnik", ["syndicated-from"]),
    ("Ош, 5 января /Зорька/. Совет утвердил бюджет.", {"url": "https://kloop.kg/a/"}, "kloop", None, []),
    ("Кабар жана Sputnik бул тууралуу жазышты.", {"url": "https://kloop.kg/a/"}, "kloop", None, []),
]


@pytest.mark.parametrize(("text", "metadata", "outlet", "origin", "codes"), SOURCES)
def test_source_and_origin(
    text: str, metadata: dict[str, str], outlet: str | None, origin: str | None, codes: list[str]
) -> None:
    one = doc(text, **metadata)
    found = source(one)
    assert (found["source"], found["syndicated_from"]) == (outlet, origin)
    assert [issue.code for issue in one.issues] == codes


def test_both_ids_are_in_the_warning_and_the_record() -> None:
    raw = replace(article(KABAR, "a.txt", "a"), metadata={"url": "https://kloop.kg/a/"})
    record, issues = normalize(raw, REGISTRY)
    assert (record["source"], record["syndicated_from"], record["date"]) == ("kloop", "kabar", "2021-11-17")
    (issue,) = issues
    assert (issue.code, issue.severity) == ("syndicated-from", "warning")
    assert "kabar" in issue.message
    assert "kloop" in issue.message


ADDRESSES = [
    ("https://kloop.kg/a/", "kloop"),
    ("https://ky.kloop.asia/a/", "kloop"),
    ("https://notkloop.kg/a/", None),  # ends as a domain does, and is none below it
    ("https://kg/a/", None),
    ("http://[", None),
    ("kloop.kg", None),
]


@pytest.mark.parametrize(("url", "expected"), ADDRESSES)
def test_the_outlet_of_an_address(url: str, expected: str | None) -> None:
    found = REGISTRY.outlet_at(url)
    assert (found and found.id) == expected


HOUSES = [
    ("Sputnik", "sputnik-kyrgyzstan", True),
    ("SPUTNIK", "sputnik-kazakhstan", True),
    ("Интерфакс", "interfax-kazakhstan", True),
    ("Sputnik", "kabar", False),
    ("Хаб", "khabar", False),
    ("Sputnik Кыргызстан", "sputnik", False),
]


@pytest.mark.parametrize(("form", "outlet", "expected"), HOUSES)
def test_a_short_name_can_mean_a_branch(form: str, outlet: str, expected: bool) -> None:
    assert same_house(form, REGISTRY.outlets[outlet]) is expected


# A gold line's fields; what is right, and what was found.
GOLD = [
    ({"source": "Кабар"}, {"source": ("kabar", "kabar")}),
    ({"source": "Кабар (ky)"}, {"source": ("kabar", "kabar")}),
    ({"source": "kabar.kg"}, {"source": ("kabar", "kabar")}),
    ({"source": "Зорька"}, {"source": ("Зорька", "kabar")}),
    ({"source": None}, {"source": (None, "kabar")}),
    ({"date": "2021-11-17"}, {"date": ("2021-11-17", "2021-11-17")}),
    ({"date_header": "2021-11", "date_url": None}, {"date": ("2021-11", "2021-11-17")}),
    ({"date_header": "2021-11", "date_url": "2021-11-17"}, {"date": ("2021-11-17", "2021-11-17")}),
    ({"date_header": None, "date_url": None}, {"date": (None, "2021-11-17")}),
    ({"lang": "ru"}, {"language": ("ru", "ru")}),
    ({"language": "ky"}, {"language": ("ky", "ru")}),
    ({"photos": []}, {}),
]


@pytest.mark.parametrize(("gold", "expected"), GOLD)
def test_scoring(gold: dict[str, str | None], expected: dict[str, tuple[str | None, str | None]]) -> None:
    def only(items: tuple[Item, ...]) -> str | None:
        return items[0].text if items else None

    pairs = fields(gold, doc(KABAR))
    assert {name: (only(pair.gold), only(pair.found)) for name, pair in pairs.items()} == expected


DEVELOPMENT = Path(__file__).parent.parent.parent / "shared" / "eval" / "flattened-dev.jsonl"


@pytest.mark.skipif(not DEVELOPMENT.exists(), reason="the development texts are not part of the repository")
def test_the_development_texts() -> None:
    from kg_news.evaluate.run import measure

    found = {result.field: result.score for result in measure([DEVELOPMENT], REGISTRY)}
    assert found["date"].f1 == 1.0
    assert found["language"].f1 == 1.0
    assert found["source"].right >= 31  # two of 33 come from sites that are not in the registry
