"""Names of a list stand in one case. People are invented, but for painters whose pictures are shown."""

from __future__ import annotations

import pytest

from reading import doc

SENTENCES = [
    ("Участие приняли Анна Примерова и Мария Курсова.", "Анна Примерова, Мария Курсова"),
    ("Выступили Анна Примерова, Мария Рогова и Юлия Котова.", "Анна Примерова, Мария Рогова, Юлия Котова"),
    ("Участие приняли Иван Котов (Ош) и Александра Рогова.", "Иван Котов, Александра Рогова"),
    (
        "Дело Ивана Котова, Александра Рогова и Валерия Пробного передано.",
        "Иван Котов, Александр Рогов, Валерий Пробный",
    ),
    ("Суд оправдал Айдай Котову и Александра Рогова.", "Айдай Котова, Александр Рогов"),
    ("Показаны картины Пикассо, Дали, Ван Гога, Пита Мондриана.", "Пикассо, Дали, Ван Гог, Пит Мондриан"),
    (
        "Судят • Карлос Пример (Перу) • Бенито Арчундия (Мексика) • Петер Тестер.",
        "Карлос Пример, Бенито Арчундия, Петер Тестер",
    ),
    ("По словам Ивана Котова, Александра Рогова ушла.", "Иван Котов, Александра Рогова"),  # a comma alone joins no two
]


@pytest.mark.parametrize(("text", "names"), SENTENCES)
def test_names_of_a_list_stand_in_one_case(text: str, names: str) -> None:
    assert ", ".join(actor.name for actor in doc(text).actors if actor.type == "Person") == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Победила Александра Рогова.", "Александра Рогова"),
        ("Задержали Александра Рогова.", "Александр Рогов"),
    ],
)
def test_a_verb_that_begins_the_sentence_tells_of_the_name_behind_it(text: str, name: str) -> None:
    assert [actor.name for actor in doc(text).actors] == [name]
