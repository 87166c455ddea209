"""Invented articles in any number, to measure and to test with: sentences of invented news, shuffled, always the same.

The sentences name invented people, places and outlets; they have what the extraction looks for (persons with offices,
bodies and states of the registry, quotations, photo credits), in about the density of real news. The texts differ from
each other as shuffled sentences do: figures on them say how fast the code is, and nothing of how well it reads.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from kg_news.registry import Outlet, Registry

OUTLET = "probnyj-listok"
SENTENCES = tuple(
    line.strip()
    for line in """
    В селе Верхние Примеры открыли школу на триста мест, которую строили четыре года.
    Министр образования Асан Примеров сказал, что «ждали её десять лет».
    Мост через реку Образцовку закрыли до осени, жителей перевозят паромом.
    На перевале Долгий выпал снег, водителей просят взять цепи и запас топлива.
    Президент Кыргызстана подписал закон о поддержке сельских библиотек.
    Депутат Жогорку Кенеша Бегимай Образцова предложила перенести слушания на весну.
    «Мы проверим каждую смету и опубликуем итоги», — заявил глава комитета Улан Тестов.
    Кабинет министров Казахстана обсудил поставки воды с соседями.
    Фермеры долины собрали на треть больше картофеля, чем в прошлом году.
    Директор завода Нургуль Пробная пояснила, что цех остановили из-за ремонта печи.
    В больнице города Пробинска открыли отделение для недоношенных детей.
    Врач Темирлан Сынаков рассказал, что «аппараты привезли из трёх областей».
    Посол Узбекистана передал библиотеке шестьсот книг.
    Жители улицы Садовой жалуются на перебои с электричеством уже вторую неделю.
    По данным мэрии Бишкека, новые автобусы выйдут на линию в мае.
    Эксперт Анна Ковальчук считает, что цены на муку вырастут к зиме.
    Организация объединённых наций направила в долину двух наблюдателей.
    Суд оставил под стражей бухгалтера Игоря Ли, который отрицает вину.
    «Решение мы обжалуем», — сказала адвокат Жылдыз Ормокова.
    Спасатели нашли троих туристов, которые сбились с тропы у ледника.
    Команда школы № 12 выиграла областную олимпиаду по физике.
    В парламенте напомнили, что бюджет должны принять до конца декабря.
    Премьер-министр Казахстана Әсел Примерова встретилась с учителями.
    Власти Таджикистана сообщили об открытии ещё одного пункта пропуска.
    Музей показал ковры, сотканные в начале прошлого века.
    Водитель автобуса Марат Проверяев вернул пассажирке забытый кошелёк.
    Евразийский банк развития выделит деньги на две гидростанции.
    Синоптики обещают дожди в горах и сильный ветер в долинах.
    Пресс-служба МВД Кыргызстана подтвердила, что дорога открыта для всех машин.
    «Дети рисовали всё лето», — вспоминает руководитель студии Айдай Черновик.
    Союз пекарей попросил снизить плату за газ.
    На рынке Пробинска снесли старые ряды и начали строить крытый павильон.
    Тренер Эмиль Макетов объявил состав сборной на весенние игры.
    Россия и Кыргызстан договорились упростить отправку посылок.
    Археологи расчистили стену крепости и нашли монеты.
    Рыбаки выпустили в озеро сто тысяч мальков.
    В театре поставили пьесу о почтальоне, который потерял письмо.
    Комитет по делам молодёжи набирает добровольцев на посадку деревьев.
    Жители просят вернуть ночной рейс до столицы.
    Губернатор области Данияр Шаблонов посетил новый родник и поблагодарил строителей.
    """.strip().splitlines()
)
PHOTOS = (
    "Зал новой школы. Фото: Бурул Образцова / «Пробный листок»",
    "Фото: пресс-служба мэрии Бишкека",
    "Ряды на рынке Пробинска. Фото: Азамат Тестов",
    "Фото предоставлено школой № 12",
)
LENGTH = 24
"""Sentences of an article, on the average."""


def texts(count: int, seed: int = 0) -> Iterator[tuple[str, str]]:
    """Articles as (id, flattened text), sorted by id. No two texts are the same."""
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")  # noqa: S311 - for measuring, and always the same
        month = f"20{31 + number // 60_000:02}-{number // 5_000 % 12 + 1:02}"
        body = chance.choices(SENTENCES, k=chance.randint(LENGTH // 2, LENGTH * 3 // 2))
        for photo in chance.sample(PHOTOS, chance.randint(0, 2)):
            body.insert(chance.randint(1, len(body)), photo)
        body.append(f"Это сообщение № {number} архива {seed}.")
        yield f"{OUTLET}/{month}/{number:08}", f" date {month} {' '.join(body)}\n"


def without_header(text: str) -> str:
    """The body of a flattened text, behind its ` date 2031-01 `."""
    return text.split(" ", 3)[3].strip()


def write_corpus(raw: Path, count: int, seed: int = 0) -> int:
    """Write invented articles and their sidecars below `raw`; the bytes of their texts."""
    size = 0
    for article_id, text in texts(count, seed):
        path = raw / f"{article_id}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        data = text.encode()
        size += path.write_bytes(data)
        path.with_suffix(".yml").write_text(
            f"source: {OUTLET}\nurl: null\nrights: {{license: CC0-1.0}}\n", encoding="utf-8"
        )
    return size


def with_outlet(registry: Registry) -> Registry:
    """The registry, knowing the outlet of the invented articles too."""
    names = MappingProxyType({"ru": "Пробный листок"})
    outlet = Outlet(OUTLET, names, (), (f"{OUTLET}.example",), "KGZ", ("ru",), None, None, None)
    return replace(registry, outlets=MappingProxyType({**registry.outlets, OUTLET: outlet}))
