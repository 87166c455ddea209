"""Persons in Kyrgyz and Kazakh: invented sentences; `text -> name (titles): mentions`, several between semicolons."""

from __future__ import annotations

import pytest

from kg_news.views.turkic_names import stem
from reading import doc

KYRGYZ = """
Кыргызстандын президенти Асан Примеров барды. Примеровдун үйү. -> Асан Примеров (Кыргызстандын президенти): 2
Бурул Сынакова келди. Сынакованын сөзү. Сынаковага айтты. -> Бурул Сынакова (): 3
Болот Айбек уулу келди. Бегимай Айбек кызынын үйү. -> Болот Айбек уулу (): 1; Бегимай Айбек кызы (): 1
Бул тууралуу ИИМдин өкүлү Бегимай Тестова айтты. -> Бегимай Тестова (ИИМдин өкүлү): 1
Жогорку Кеңештин депутаты Асан Примеров Ошко барды. -> Асан Примеров (Жогорку Кеңештин депутаты): 1
Министр Чынара Сулайман келди. -> Чынара Сулайман (министр): 1
Кечээ Асан Примеров келди. Үсөн Примеров да келди. Примеров айтты. -> Асан Примеров (): 1; Үсөн Примеров (): 1
Нурлан Сулайман келди. Нурландын сөзү. -> Нурлан Сулайман (): 2
Нурлан Сулайман жана Нурлан Примеров келди. Нурландын сөзү. -> Нурлан Сулайман (): 1; Нурлан Примеров (): 1
Нурлан келди. Нурландын сөзү. ->
Болот Айбек уулу келди. Айбек уулунун сөзү. -> Болот Айбек уулу (): 2
Ош шаарынын мурдагы мэри Асан Примеров келди. -> Асан Примеров (Ош шаарынын мурдагы мэри): 1
Бул тууралуу саламаттык сактоо министри Асан Примеров айтты. -> Асан Примеров (саламаттык сактоо министри): 1
Башында Асан Примеров келди. Аягында Примеров кетти. -> Асан Примеров (): 2
Бишкек Ош шаарлары. Чоң Ала-Тоо тоолору. ->
Примеров келди. ->
"""

KAZAKH = """
Қазақстан президенті Асан Үлгібаев айтты. Үлгібаевтың сөзі. -> Асан Үлгібаев (Қазақстан президенті): 2
Айгүл Бекқызы келді. Нұрлан Асанұлының үйі. -> Айгүл Бекқызы (): 1; Нұрлан Асанұлы (): 1
Мәжіліс депутаты Асан Үлгібаев. Үлгібаевпен кездесті. -> Асан Үлгібаев (Мәжіліс депутаты): 2
Кеше Сәуле Үлгібаевамен кездесті. -> Сәуле Үлгібаева (): 1
Ерлан Үлгі келді. Ерланның сөзі. Үлгі айтты. -> Ерлан Үлгі (): 3
Игорь Ким шағым түсіреді. Кимнің айтуынша, бәрі дұрыс. -> Игорь Ким (): 2
Астана Алматы қалалары. ->
"""


def rows(language: str, table: str) -> list[tuple[str, str, str]]:
    return [(language, *line.split(" ->")) for line in table.splitlines() if line]  # type: ignore[misc]


@pytest.mark.parametrize(("language", "text", "expected"), rows("ky", KYRGYZ) + rows("kk", KAZAKH))
def test_persons(language: str, text: str, expected: str) -> None:
    people = [actor for actor in doc(text, language=language).actors if actor.type == "Person"]
    shown = (f"{actor.name} ({', '.join(actor.offices)}): {len(actor.mentions)}" for actor in people)
    assert "; ".join(shown) == expected.strip()


def test_a_person_of_the_registry_is_linked_by_the_whole_name() -> None:
    (actor,) = (one for one in doc("Садыр Жапаровдун үйү.", language="ky").actors if one.type == "Person")
    assert (actor.id, actor.country, actor.method) == ("sadyr-japarov", "KGZ", "registry")


STEMS = [
    *(("ky", f"Примеров{ending}", "Примеров") for ending in ("", "дун", "ду", "го", "до", "дон", "ко", "тон")),
    *(("ky", f"Үлгүев{ending}", "Үлгүев") for ending in ("дин", "ди", "ге", "де", "ден")),
    *(("kk", f"Үлгібаев{ending}", "Үлгібаев") for ending in ("тың", "ты", "қа", "та", "тан", "пен")),
    ("ky", "кызынын", "кызы"),
    ("kk", "Асанұлына", "Асанұлы"),
    ("ky", "Асанга", "Асанга"),  # a first name may end in anything
    ("ky", "Бишкекте", "Бишкекте"),
    ("ky", "", ""),
]


@pytest.mark.parametrize(("language", "word", "expected"), STEMS)
def test_stem(language: str, word: str, expected: str) -> None:
    assert stem(word, language) == expected
