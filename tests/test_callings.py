"""Callings that stand for the person whom an article is about: `text -> name: offices`. All invented."""

from __future__ import annotations

import pytest

from kg_news.doc import knowledge
from reading import doc, shipped_registry

TABLE = """
Асан Примеров запел. Все слушали Примерова. Певец уехал. -> Асан Примеров: певец
Асан Примеров уехал. Примерову 68 лет. Друзья ждут 68-летнего певца. -> Асан Примеров: певец
Анна Образцова уехала. Образцова поёт давно. Певица отдыхает. -> Анна Образцова: певица
# another gender, or named but once
Асан Примеров запел. Все слушали Примерова. Певица уехала. ->
Асан Примеров уехал. Певец уехал. ->
# two that are named as often
Асан Примеров и Игорь Пробный запели. Все слушали Примерова и Пробного. Певец уехал. ->
# another one, several, or what somebody may be
Асан Примеров запел. Все слушали Примерова. Другой певец рад. ->
Асан Примеров запел. Все слушали Примерова. Певец из Оша рад. ->
Асан Примеров запел. Все слушали Примерова. Певцы рады. ->
Асан Примеров запел. Все слушали Примерова. Карьера певца трудна. ->
# not a word that others beside him are called by
Асан Примеров запел. Все слушали Примерова. Полицейский уехал. ->
# named too long ago
Асан Примеров запел. Все слушали Примерова. Идёт дождь. Холодно. Зима близко. Все ждут. Ночь темна. Снег бел. Ветер силён. Певец уехал. ->
# what his office says already, or contradicts
Посол Асан Примеров запел. Все слушали Примерова. Дипломат уехал. -> Асан Примеров: посол, дипломат
Тренер Асан Примеров запел. Все слушали Примерова. Дипломат уехал. -> Асан Примеров: тренер
Министр Асан Примеров запел. Все слушали Примерова. Политик уехал. -> Асан Примеров: министр, политик
# the thing, not the man
Асан Примеров уехал. Примеров говорил о политике. Политика сложна. ->
"""


@pytest.mark.parametrize("line", [line for line in TABLE.splitlines() if line and line[0] != "#"])
def test_callings(line: str) -> None:
    text, expected = line.split("->")
    held = {actor.name: actor.offices for actor in doc(text.strip()).actors if actor.offices}
    assert "; ".join(f"{name}: {', '.join(offices)}" for name, offices in held.items()) == expected.strip()


def test_callings_are_heads_of_offices() -> None:
    known = knowledge(shipped_registry()).actors
    assert known.callings.keys() <= known.offices
