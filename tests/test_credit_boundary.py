"""Where a body's name in a credit ends: the facts before a capital, and what they weigh together."""

from __future__ import annotations

import pytest

from kg_news.views.credit_cases import cases
from kg_news.views.credit_facts import facts, is_speech
from kg_news.views.credit_tokens import credit_tokens
from kg_news.views.credits import read_credit
from kg_news.views.photo_blocks import photo_terms
from reading import shipped_registry

TERMS = photo_terms(shipped_registry()).credit

# A credit, and behind the bar the sentence that follows it.
ENDS = [
    "пресс-служба акимата Жамбылской области|Строители ищут подрядчика",
    "аппарат акима Джети-Огузского района|Сельчане ждут воду",
    "пресс-служба Министерства энергетики|Министр прилетел ночью",
    "МЧС Кыргызстана|МЧС Кыргызстана направило людей",
    "видео очевидцев|Мужчине стало плохо",
    "пресс-служба мэрии|«Мы ждем уже год», — сказал он",
    "пресс-служба президента|Садыр Примеров приехал утром",
    "Министерство труда, социальной защиты и миграции|Работу нашли",
    "страница Асана Примерова в Facebook|Друзья собирают деньги",
    "Reuters|19 журналистов вышли на площадь",
    "сайт Верховного суда|Коллегия отменила решение",
    "Али Примеров / «Зорька»|Соседи молчат",
    "Минсельхоз КР|Запрет на вывоз снят",
    "Красный Полумесяц Казахстана|Пробнинцы просят одеяла",
    "Степьгидромет|Прогноз обновили утром",
    "УОБДД Пробнинской области|Через год посты уберут",
    "пресс-служба Федерации спортивной борьбы|Сборную встретит тренер",
    "пресс-служба Генеральной прокуратуры Пробной Республики|Тестов снова судится",
    "из личного архива Эльзат Примеровой|Птицу выпустили через неделю",
    "личная страница Перизат Примеровой в Instagram|Суд назначили на март",
    "Асан Примеров / Искра|Тестова вернулась домой",
    "Асан Примеров / Steppe Zorka|EcoZorka советует не выходить",
]


@pytest.mark.parametrize("marked", ENDS)
def test_a_credit_ends_where_the_next_sentence_begins(marked: str) -> None:
    credit, _, behind = marked.partition("|")
    text = f"{credit} {behind} и так далее."
    found = read_credit(text, 0, TERMS)
    assert found is not None
    assert text[slice(*found.span)] == credit


def test_every_weight_belongs_to_a_fact_that_occurs() -> None:
    texts = [line.replace("|", " ") for line in ENDS]
    named = {fact for text in texts for fact in facts_of(text)}
    assert named <= set(TERMS.boundary)


def facts_of(text: str) -> list[str]:
    tokens = credit_tokens(text, 0, len(text))
    return [fact for i in range(1, len(tokens)) if tokens[i].capital for fact in facts(tokens, 0, i, TERMS)]


def test_a_speech_is_no_name() -> None:
    assert is_speech("«Мы ждем.»")
    assert is_speech("«Мы ждем уже год»")
    assert not is_speech("«Вечерняя Зорька»")


def test_a_word_stands_in_the_cases_that_it_can() -> None:
    assert cases("Министерства") == {"nomn", "gent", "accs"}
    assert "gent" in cases("Жамбылской")
    assert "nomn" not in cases("Жамбылской")
