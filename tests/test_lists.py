"""Offices that the persons of a list have in common: `text -> names: office`. All invented."""

from __future__ import annotations

import pytest

from reading import doc

TABLE = """
Он пел с такими музыкантами, как Асан Примеров (Ош), Бурул Образцова и Эркин Пробный. -> А Б Э музыкант
Проданы картины Асана Примерова, Бурул Образцовой и других художников. -> А Б художник
Ранены водители: Асан Примеров и Эркин Пробный. -> А Э водитель
Приехали известные актёры, включая Асана Примерова. -> А актёр
Он пел лучше, чем музыканты, как и Асан Примеров. ->
Асан Примеров и другие жители ждали художников. ->
Художник сказал: Асан Примеров ушёл. ->
"""


@pytest.mark.parametrize("line", TABLE.strip().splitlines())
def test_lists(line: str) -> None:
    text, expected = line.split("->")
    *initials, office = expected.split() or [""]
    people = [actor for actor in doc(text.strip()).actors if actor.type == "Person"]
    assert {one.name[0]: one.offices for one in people if one.offices} == dict.fromkeys(initials, (office,))


TITLES = [
    ("Казахский поэт Асан Примеров приехал.", "поэт"),
    ("Казахский посол Асан Примеров приехал.", "казахский посол"),
    ("Казахский и узбекский поэт Асан Примеров приехал.", "поэт"),
    ("Татарский поэт Асан Примеров приехал.", "татарский поэт"),
    ("Асан Примеров (англ. Asan Primerov; род. 24 мая 1941, Ош) — актёр.", "актёр"),
    ("Член партии «Зорька» Асан Примеров приехал.", ""),
    ("Член Совета судей Асан Примеров приехал.", "член Совета судей"),
    ("Адвокаты Асана Примерова приехали.", ""),
    ("Сотрудники президента Асана Примерова приехали.", "президент"),
    ("Законодатель Хосе Примера приехал.", "законодатель"),
]


@pytest.mark.parametrize(("text", "office"), TITLES)
def test_what_a_title_holds(text: str, office: str) -> None:
    (person,) = (actor for actor in doc(text).actors if actor.type == "Person")
    assert ", ".join(person.offices) == office
