"""Nothing hangs on the first article's names: the same text with other people, photographers and outlets gives the
same record, but for the names. Everybody here is invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg_news.check import check
from kg_news.files import CHECKOUT
from kg_news.normalize import normalize
from kg_news.records import Record
from reading import raw_article, shipped_registry

FILE = CHECKOUT / "raw/kloop/2022-01/000_4e5e20c31f26acd1.txt"

pytestmark = pytest.mark.skipif(not FILE.exists(), reason="the raw articles are in the checkout only")


class Forms(NamedTuple):
    """A person's given name and surname in the three cases in which the article has them."""

    nominative: str
    genitive: str
    instrumental: str

    @property
    def surname(self) -> str:
        return self.nominative.split()[-1]

    @property
    def surname_instrumental(self) -> str:
        return self.instrumental.split()[-1]


MEN = [
    Forms("Ерлан Сынаков", "Ерлана Сынакова", "Ерланом Сынаковым"),
    Forms("Бакытжан Омеров", "Бакытжана Омерова", "Бакытжаном Омеровым"),
    Forms("Жанибек Тестин", "Жанибека Тестина", "Жанибеком Тестиным"),
    Forms("Нурлан-Али Сыдыкбеков", "Нурлана-Али Сыдыкбекова", "Нурланом-Али Сыдыкбековым"),
    Forms("Пётр Ковальчук", "Петра Ковальчука", "Петром Ковальчуком"),
    Forms("Левон Арзуманян", "Левона Арзуманяна", "Левоном Арзуманяном"),
    Forms("Тимур Петренко", "Тимура Петренко", "Тимуром Петренко"),
    Forms("Бек-Султан Ормонов", "Бек-Султана Ормонова", "Бек-Султаном Ормоновым"),
]
WOMEN = [
    Forms("Мээрим Примерова", "Мээрим Примеровой", "Мээрим Примеровой"),
    Forms("Анна Образцова", "Анны Образцовой", "Анной Образцовой"),
    Forms("Гульмира Тестина", "Гульмиры Тестиной", "Гульмирой Тестиной"),
    Forms("Чинара Ормонова", "Чинары Ормоновой", "Чинарой Ормоновой"),
]
PHOTOGRAPHERS = [
    "Нургуль Ташматова",
    "Бегимай Асан кызы",
    "Азамат Болот уулу",
    "Сергей Волков",
    "Анна-Мария Образцова",
    "Игорь Ли",
    "Вера Цой",
    "А. Сынаков",
    "И. О. Тестин",
    "Жылдыз Бек",
    "Гүлмайрам Өмүрова",
    "Әсел Қуатова",
    "Нур Ким",
]
OUTLETS = ["Искра", "Вечерний Ош", "24.test", "Хабар-7", "Өрүк", "Пик Медиа", "Зорька"]


@dataclass(frozen=True)
class Cast:
    """Who plays in the article instead of those who really did."""

    first: Forms
    second: Forms
    third: Forms
    photographer: str
    outlet: str

    def play(self, text: str) -> str:
        """The article with this cast; the verbs that tell a woman from a man follow the first one."""
        names = {
            "Касым-Жомарта Токаева": self.first.genitive,
            "Касым-Жомарт Токаев": self.first.nominative,
            "Токаевым": self.first.surname_instrumental,
            "Токаев назвал": f"{self.first.surname} назвал",
            "Садыр Жапаров": self.second.nominative,
            "Никол Пашинян": self.third.nominative,
            "Айдай Токоева": self.photographer,
            "Клооп": self.outlet,
        }
        verbs = {"обратился": "обратилась", "и попросил": "и попросила", "назвал": "назвала", "и заявил": "и заявила"}
        for old, new in {**names, **(verbs if self.first in WOMEN else {})}.items():
            assert old in text, old
            text = text.replace(old, new)
        return text


@st.composite
def casts(draw: st.DrawFn) -> Cast:
    """Three people of different families: with two of one, nobody could say who `Примеровой` is."""

    def family(forms: Forms) -> str:
        return forms.surname.removesuffix("а")

    first, second, third = draw(st.lists(st.sampled_from(MEN + WOMEN), min_size=3, max_size=3, unique_by=family))
    return Cast(first, second, third, draw(st.sampled_from(PHOTOGRAPHERS)), draw(st.sampled_from(OUTLETS)))


def read(text: str) -> Record:
    raw = raw_article(text, source="kloop", url="https://kloop.kg/blog/2022/01/06/x/")
    return normalize(raw, shipped_registry())[0]


def people(record: Record) -> list[tuple[Any, ...]]:
    return [
        (actor["name"], actor["offices"], actor["country"], [mention["text"] for mention in actor["mentions"]])
        for actor in record["actors"]
        if actor["type"] == "Person"
    ]


def others(record: Record) -> list[tuple[Any, ...]]:
    return [
        (actor["name"], actor["type"], len(actor["mentions"]))
        for actor in record["actors"]
        if actor["type"] != "Person"
    ]


def photos(record: Record) -> list[tuple[Any, ...]]:
    keys = ("caption", "marker", "credit", "creators", "agencies")
    return [tuple(photo[key] for key in keys) for photo in record["photo_credits"]]


REAL = FILE.read_text(encoding="utf-8") if FILE.exists() else ""


@settings(max_examples=40, deadline=None)
@given(casts())
def test_another_cast_changes_names_only(cast: Cast) -> None:
    real, record = read(REAL), read(cast.play(REAL))
    assert check(record) == []
    first, second, third = cast.first, cast.second, cast.third
    assert people(record) == [
        (
            first.nominative,
            ["президент Казахстана"],
            "KAZ",
            [first.genitive, first.surname_instrumental, first.nominative, first.surname],
        ),
        (second.nominative, ["президент Кыргызстана"], "KGZ", [second.nominative]),
        (third.nominative, ["премьер-министр Армении", "председатель ОДКБ"], "ARM", [third.nominative]),
    ]
    assert others(record) == others(real)
    assert photos(record) == [
        photos(real)[0],
        (
            photos(real)[1][0],
            "Фото:",
            f"{cast.photographer} / «{cast.outlet}»",
            [cast.photographer],
            [cast.outlet],
        ),
    ]
    renamed = {"Касым-Жомарт Токаев": first.nominative, "Никол Пашинян": third.nominative}
    assert [(quote["speaker"], quote["text"][:20]) for quote in record["quotes"]] == [
        (renamed.get(quote["speaker"], quote["speaker"]), quote["text"][:20]) for quote in real["quotes"]
    ]


@pytest.mark.parametrize("photographer", PHOTOGRAPHERS)
@pytest.mark.parametrize("outlet", OUTLETS)
def test_every_photographer_and_outlet(photographer: str, outlet: str) -> None:
    """All of them, as a credit's end is the thing most easily got wrong."""
    credit = f"{photographer} / «{outlet}»"
    text = f"Дороги закрыли. Пикет возле вокзала 4 мая. Фото: {credit} На фоне пикета совет молчит."
    raw = raw_article(text, language="ru")
    (photo,) = normalize(raw, shipped_registry())[0]["photo_credits"]
    assert (photo["credit"], photo["creators"], photo["agencies"]) == (credit, [photographer], [outlet])
    assert photo["caption"] == "Пикет возле вокзала 4 мая."


def test_the_forms_are_in_the_article() -> None:
    """The table above would be worth nothing if a name stood in the article in a form that it lacks."""
    cast = Cast(MEN[0], WOMEN[1], MEN[5], "Игорь Ли", "Искра").play(REAL)
    for name in ("Токаев", "Жомарт", "Жапаров", "Пашинян", "Токоева", "Клооп"):
        assert name not in cast
