"""Who of a registry's persons is meant: by name, or by surname and office at the article's date. All invented."""

from __future__ import annotations

import pytest

from kg_news.registry import Office, RegistryActor
from kg_news.views.holders import Claim, Holders, same_office


def person(id: str, name: str, *terms: tuple[str, str, str | None, str | None]) -> RegistryActor:
    offices = tuple(Office({"ru": title}, None, country, start, end, None) for title, country, start, end in terms)
    return RegistryActor(id, "Person", {"ru": name}, {}, {}, None, None, None, None, offices)


PEOPLE = [
    person("asan", "Асан Примеров", ("президент", "KAZ", "1991", "2019-03-20")),
    person("ulan", "Улан Примеров", ("президент", "KAZ", "2019-03-20", None)),
    person("ermek", "Ермек Сынаков", ("министр финансов", "KGZ", "2010", "2015")),
    person("namesake-1", "Нурбек Тестов", ("министр обороны", "KGZ", "2001", "2005")),
    person("namesake-2", "Нурбек Тестов", ("министр обороны", "KGZ", "2006", "2010")),
]
HOLDERS = Holders({one.id: one for one in PEOPLE}, "ru")

CASES = [
    # name, office in the text, its state, the article's date -> id
    ("Примеров", "президент Казахстана", "KAZ", "2010", "asan"),
    ("Примеров", "президент Казахстана", "KAZ", "2023-05-01", "ulan"),
    ("Примеров", "президент", None, "2023", "ulan"),
    ("Примеров", "президент Казахстана", "KAZ", "2019-03-20", None),  # the day of the change
    ("Примеров", "президент Казахстана", "KAZ", "2019", None),  # the year of the change
    ("Примеров", "президент Казахстана", "KAZ", None, None),
    ("Примеров", "президент Армении", "ARM", "2010", None),
    ("Примеров", "экс-президент Казахстана", "KAZ", "2010", "asan"),
    ("Примеров", "экс-президент Казахстана", "KAZ", "2023", None),  # either has begun
    ("А. Примеров", "экс-президент Казахстана", "KAZ", "2023", "asan"),
    ("У. Примеров", "президент", "KAZ", "2010", None),
    ("Асан Примеров", None, None, None, "asan"),
    ("Асан Примеров", "депутат", None, "2023", "asan"),
    ("Примеров", None, None, "2010", None),
    ("Бурул Примерова", "президент", "KAZ", "2010", None),
    ("Данияр Примеров", "президент", "KAZ", "2010", None),
    ("Сынаков", "министр", "KGZ", "2012", None),
    ("Сынаков", "министр финансов", "KGZ", "2012", "ermek"),
    ("Сынаков", "бывший министр финансов", "KGZ", "2020", "ermek"),
    ("Сынаков", "министр финансов", "KGZ", "2020", None),
    ("Нурбек Тестов", None, None, "2003", None),
    ("Нурбек Тестов", "министр обороны", None, "2003", "namesake-1"),
    ("Нурбек Тестов", "министр обороны", None, "2008", "namesake-2"),
    ("", None, None, None, None),
]


@pytest.mark.parametrize(("name", "office", "country", "when", "expected"), CASES)
def test_person(name: str, office: str | None, country: str | None, when: str | None, expected: str | None) -> None:
    found = HOLDERS.person(name, [Claim(office, country)] if office else [], when)
    assert (found.id if found else None) == expected


@pytest.mark.parametrize(
    ("registered", "worded", "same"),
    [
        ("президент", "президент Казахстана", True),
        ("президент", "нынешний президент", True),
        ("министр финансов", "министр", False),
        ("министр финансов", "Министр финансов КР", True),
        ("министр", "заместитель министра", False),
        ("", "министр", False),
    ],
)
def test_same_office(registered: str, worded: str, same: bool) -> None:
    assert same_office(registered, worded) is same
