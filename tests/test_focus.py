"""Which state a text is about, and what a name that several states' bodies bear means in it. Invented persons and
events; states, cities and public bodies are real ones.
"""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg_news.views.focus import Focus
from kg_news.views.tokens import tokens
from reading import doc, shipped_registry

FOCUS = Focus(shipped_registry().actors.values())

STATES = [
    # language, outlet's country, weight of what is named, text -> what it is about
    ("ru", None, {}, "Дождь шёл весь день.", None),
    ("ru", None, {"KAZ": 1}, "Дождь шёл весь день.", None),
    ("ru", None, {"KAZ": 2}, "Дождь шёл весь день.", "KAZ"),
    ("ru", None, {}, "Под Сулюктой сошёл сель.", "KGZ"),
    ("ru", None, {}, "В Чуйской области сошёл сель.", "KGZ"),
    ("ru", None, {}, "В Париже и в Екатеринбурге шёл дождь.", None),
    ("ru", None, {}, "В Париже шёл дождь.", "FRA"),
    ("ru", None, {}, "Пришёл ош.", None),
    ("ru", None, {"UZB": 3, "KGZ": 2}, "Дождь шёл весь день.", None),
    ("ru", None, {"UZB": 4, "KGZ": 2}, "Дождь шёл весь день.", "UZB"),
    ("ru", "KGZ", {}, "Дождь шёл весь день.", "KGZ"),
    ("ru", "KGZ", {"KAZ": 1}, "Дождь шёл весь день.", None),
    ("ru", "KGZ", {"KAZ": 2}, "Дождь шёл весь день.", "KAZ"),
    ("ru", "KGZ", {"KAZ": 3, "KGZ": 1}, "Дождь шёл весь день.", None),
    ("ru", "KGZ", {"KAZ": 2}, "В Бишкеке шёл дождь.", "KGZ"),
    ("ky", None, {"TUR": 2}, "Күнү бою жамгыр жаады.", "KGZ"),
    ("kk", None, {"RUS": 2}, "Күні бойы жаңбыр жауды.", "KAZ"),
    ("kk", None, {}, "Бішкекте, Ошта, Нарында, Таласта жаңбыр жауды.", None),
    ("tg", None, {}, "", "TJK"),
    ("qq", None, {}, "Bishkek", None),
]


@pytest.mark.parametrize(("language", "home", "named", "text", "expected"), STATES)
def test_focus(language: str, home: str | None, named: dict[str, int], text: str, expected: str | None) -> None:
    assert FOCUS.about(Counter(named), tokens(text), language, home).state() == expected


AMONG = [
    # evidence of states, states that a name may belong to -> the one that is meant
    ({"KGZ": 4, "KOR": 3}, (), None),
    ({"KGZ": 4, "KOR": 3}, ("KAZ", "KGZ"), "KGZ"),
    ({"KGZ": 4, "KOR": 4}, ("KAZ", "KGZ"), None),
    ({"KGZ": 4, "KAZ": 3}, ("KAZ", "KGZ"), None),
    ({"KOR": 9}, ("KAZ", "KGZ"), None),
]


@pytest.mark.parametrize(("evidence", "among", "expected"), AMONG)
def test_a_state_that_has_no_such_body_need_only_have_less(
    evidence: dict[str, int], among: tuple[str, ...], expected: str | None
) -> None:
    assert FOCUS.about(Counter(evidence), (), "ru", None).state(among) == expected


def test_nothing_is_known_without_states() -> None:
    assert Focus().about(Counter(), tokens("В Бишкеке шёл дождь."), "ru", None).state() is None


@given(st.dictionaries(st.sampled_from(["KGZ", "KAZ", "UZB"]), st.integers(1, 9)), st.integers(2, 5))
def test_the_weights_only_count_in_proportion(named: dict[str, int], factor: int) -> None:
    """What a text is about does not change when it says everything several times."""
    once = FOCUS.about(Counter(named), (), "ru", None).state()
    often = FOCUS.about(Counter({state: factor * count for state, count in named.items()}), (), "ru", None).state()
    assert often == once or once is None


def links(text: str, language: str) -> list[tuple[str, str | None]]:
    return [(mention.text, actor.id) for actor in doc(text, language=language).actors for mention in actor.mentions]


LINKS = [
    ("ru", "В Нарыне ждут зимы. Минэнерго завезло уголь.", [("Минэнерго", "kg-ministry-of-energy")]),
    ("ru", "В Таразе ждут зимы. Минэнерго завезло уголь.", [("Минэнерго", "kz-ministry-of-energy")]),
    ("ru", "Зимы ждут. Минэнерго завезло уголь.", [("Минэнерго", None)]),
    ("ky", "Башкы прокуратура унчукпайт.", [("Башкы прокуратура", "kg-prosecutor-general")]),
    ("kk", "Бас прокуратура үндемейді.", [("Бас прокуратура", "kz-prosecutor-general")]),
    # a bare head word means the body that a short form named before
    (
        "ru",
        "Минсельхоз Казахстана молчит. В его министерстве ждут.",
        [("Минсельхоз Казахстана", "kz-ministry-of-agriculture"), ("министерстве", "kz-ministry-of-agriculture")],
    ),
    # in Kyrgyz and Kazakh a state stands before its body, and not behind
    (
        "ky",
        "Саламаттык сактоо министрлиги Индия менен сүйлөшөт.",
        [("Саламаттык сактоо министрлиги", "kg-ministry-of-health"), ("Индия", "ind")],
    ),
    ("kk", "Қырғызстанның парламенті үндемейді.", [("Қырғызстанның парламенті", "kg-jogorku-kenesh")]),
    ("kk", "Түркияның парламенті үндемейді.", [("Түркияның парламенті", None)]),
    # their adjectives do not bend, and are nouns as well
    ("ky", "Кыргыз жана тажик соодагерлери келди.", [("Кыргыз", "kgz"), ("тажик", "tjk")]),
    ("kk", "Ресейлік тасымалдаушылар күтіп тұр.", [("Ресейлік", "rus")]),
    ("ky", "Ал кыргыз тилинде сүйлөйт.", []),
    ("ky", "Ал кыргыздын үйүнө келди.", []),
    ("ky", "Ал кыргыз.", []),
    ("kk", "Ол қазақ тілін біледі.", []),
]


@pytest.mark.parametrize(("language", "text", "expected"), LINKS)
def test_links(language: str, text: str, expected: list[tuple[str, str | None]]) -> None:
    assert links(text, language) == expected


COUNTRIES = [
    # language, text, name of an actor -> its country
    # the state or the city in the name
    ("ru", "Приговор огласила судья Тестового районного суда Бишкека Бурул Тестова.", "Бурул Тестова", "KGZ"),
    ("ru", "Федерация гребли Кыргызстана молчит. В Астане ждут.", "Федерация гребли Кыргызстана", "KGZ"),
    ("ru", "Мэр Тараза Асан Примеров приехал в Ош.", "Асан Примеров", "KAZ"),
    # what the article is about
    ("ru", "В Оше ждут зимы. Аким района Асан Примеров обещал уголь.", "Асан Примеров", "KGZ"),
    ("ru", "В Оше ждут зимы. Прокуратура проверила склады.", "Прокуратура", "KGZ"),
    ("ru", "Аким района Асан Примеров обещал уголь.", "Асан Примеров", None),
    ("ru", "В Оше и Таразе ждут зимы. Аким района Асан Примеров обещал уголь.", "Асан Примеров", None),
    # who serves no state, or another one
    ("ru", "В Оше ждут зимы. Пекарь Асан Примеров обещал хлеб.", "Асан Примеров", None),
    ("ru", "В Оше ждут зимы. Консул Ульрих Пример обещал уголь.", "Ульрих Пример", None),
    ("ky", "Оштун мэри Асан Примеров кышты күтөт.", "Асан Примеров", "KGZ"),
    ("kk", "Таразда қысты күтеді. Қала әкімі Асан Примеров көмір әкелді.", "Асан Примеров", "KAZ"),
]


@pytest.mark.parametrize(("language", "text", "name", "expected"), COUNTRIES)
def test_country_of_bodies_and_people_in_office(language: str, text: str, name: str, expected: str | None) -> None:
    found = {actor.name: actor.country for actor in doc(text, language=language).actors}
    assert found.get(name, f"not among {sorted(found)}") == expected


def test_an_own_name_may_be_generic() -> None:
    """`Партия реформ` stands in many states."""
    assert links("Партия реформ победила. Эстония ждёт.", "ru")[0] == ("Партия реформ", None)
    assert links("В Оше выступила партия «Реформа».", "ru")[-1][1] == "kg-reforma"
