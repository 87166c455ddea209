"""Names of persons: which forms are one person, and the nominative. One line a case: `forms -> name`; all invented.

`Асану Примерову:datv` says that the words around demand a case. Several persons stand between semicolons.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg_news.views.declension import ALL_CASES, word_readings
from kg_news.views.names import NameMention, Person, Setting, is_syllable, name_words, persons, readings

ONE_PERSON = """
Асана Примерова, Примеров -> Асан Примеров
Асаном Примеровым, Примерова, Примеров -> Асан Примеров
Асану Примерову:datv, Примерову -> Асан Примеров
Асане Примерове, Примеров -> Асан Примеров
Бурул Образцовой, Образцова -> Бурул Образцова
Бурул Образцову, Образцовой -> Бурул Образцова
Анны Образцовой, Образцова -> Анна Образцова
Анной Образцовой:ablt -> Анна Образцова
Нурлан-Али Сыдыкбекова, Сыдыкбековым -> Нурлан-Али Сыдыкбеков
Касым-Жомарта Сынакова:gent -> Касым-Жомарт Сынаков
Ахмат-Хаджи Примерова -> Ахмат-Хаджи Примеров
Эдилю Тестинову:datv, Тестинов -> Эдиль Тестинов
Сергею Сынакову:datv -> Сергей Сынаков
Ильёй Сынаковым:ablt -> Илья Сынаков
Тимура Тестина, Тестин -> Тимур Тестин
Гульмиры Тестиной, Тестина -> Гульмира Тестина
Левона Арзуманяна, Арзуманян -> Левон Арзуманян
Левоном Арзуманяном:ablt -> Левон Арзуманян
Игоря Петренко, Петренко -> Игорь Петренко
Игоря Ковальчука, Ковальчуком -> Игорь Ковальчук
Анны Ковальчук, Ковальчук -> Анна Ковальчук
Веры Ким, Ким -> Вера Ким
Игоря Кима, Ким -> Игорь Ким
Игорю Ли:datv -> Игорь Ли
Айдай Бек, Бек -> Айдай Бек
Болот Айбек уулу, Болот Айбек уулу -> Болот Айбек уулу
Бегимай Асан кызы -> Бегимай Асан кызы
А. Примеров, Асан Примеров, Примерова -> Асан Примеров
А. С. Примеровым:ablt, Примеров -> А. С. Примеров
Иван Иванович Сынаков, Ивана Ивановича, Сынакову -> Иван Иванович Сынаков
Анны Петровны Образцовой, Образцова -> Анна Петровна Образцова
Пётр Сынаков, Петра Сынакова -> Пётр Сынаков
Петра Сынакова, Петром Сынаковым -> Петр Сынаков
Алёны Ковалёвой, Ковалева -> Алёна Ковалёва
Джона Смита, Смит -> Джон Смит
Джоном Смитом:ablt -> Джон Смит
Ангелы Гессель:gent, Гессель -> Ангела Гессель
John Proof, Proof -> John Proof
Степана Бандурки:gent, Бандурки:gent -> Степан Бандурка
Ильи Небалды:gent -> Илья Небалда
Ильи Зандеры, Ильи Зандеры, Зандеры, Ильи Зандеры, Зандеры -> Илья Зандера
Тамима бен Хамада Аль Кати:gent, Тамима:gent -> Тамим бен Хамад Аль Кати
Тамима Аль Примара:gent -> Тамим Аль Примар
Грасой Прескотт -> Граса Прескотт
Джона Проброя -> Джон Проброй
Чжан Пробуна:gent -> Чжан Пробун
Раулю Пробойе:datv -> Рауль Пробойя
Раулем Тестегой:ablt -> Рауль Тестега
Бабаром Пробзаде:ablt -> Бабар Пробзаде
Сарой Прескотт:ablt -> Сара Прескотт
Эркине Сынакове:loct -> Эркин Сынаков
Игоря Югая:gent -> Игорь Югай
Эркин Примеровы:nomn -> Эркин Примеров
Криштиану Пробалду, Пробалду, Пробалду -> Криштиану Пробалду
Юрия Зелёного:gent -> Юрий Зелёный
Ириной Вежевской:ablt -> Ирина Вежевская
Чон Мин Ына:gent -> Чон Мин Ын
Джорджу Пробушу-младшему:datv -> Джордж Пробуш-младший
Алины Тестовой, Алина Тестова -> Алина Тестова
Викторию Пробенко:accs -> Виктория Пробенко
Тимом Проберсом-Ли:ablt -> Тим Проберс-Ли
Романа Кравца:gent -> Роман Кравец
Николь Пробман, Пробман -> Николь Пробман
Елену Кан:accs -> Елена Кан
Сергея Чёрных:gent -> Сергей Чёрных
Юлией Пробенко:ablt -> Юлия Пробенко
Юлией Пробенко -> Юлия Пробенко
Спробтеру:datv -> Спробтер
Джо Пробедену -> Джо Пробеден
Аиды Пробер, Пробер -> Аида Пробер
Айгуль Пробенкова, Пробенковой -> Айгуль Пробенкова
Айгуль Асанбаевой -> Айгуль Асанбаева
Лейлы Пробер -> Лейла Пробер
Ирина Сынакова:gent, Сынакова -> Ирина Сынакова
Абу Бакра аль-Примбади:gent -> Абу Бакр аль-Примбади
Анатолий Берёзовой -> Анатолий Берёзовой
Марьяном Пробецом -> Марьян Пробец
Энрике Пробонски:gent, Пробонски -> Энрике Пробонски
Дж. Проберс, Джеймс Проберс -> Джеймс Проберс
Г. А. Сынаков, Геннадий Сынаков -> Геннадий Сынаков
Геннадий Болотович Сынаков, Г. Б. Сынакова -> Геннадий Болотович Сынаков
Сынаков Г. А, Геннадий Сынаков -> Геннадий Сынаков
Юрий Сынаков, Юра -> Юрий Сынаков
Отто Пробце, Пробце:nomn -> Отто Пробце
Росу Проберу:accs -> Роса Пробера
Марьян Пробец, Марьяна Пробеца:gent -> Марьян Пробец
Нурзаде Асан кызы:datv -> Нурзада Асан кызы
Өмүр Үсөнов, Үсөновдун -> Өмүр Үсөнов; Үсөновдун
ПРИМЕРОВ -> ПРИМЕРОВ
"""

SEVERAL = """
Вера Ким, Кима:gent -> Вера Ким; Ким
Садыр Примеров, Акылбек Примеров, Примеров -> Садыр Примеров; Акылбек Примеров
Токсанаев, Токсонаева:nomn -> Токсанаев; Токсонаева
Асан Примеров, Бурул Примерова, Примеровой:gent -> Асан Примеров; Бурул Примерова
Асан Примеров, Бурул Образцова -> Асан Примеров; Бурул Образцова
Тимур Сынаков, Тимур Тестин -> Тимур Сынаков; Тимур Тестин
Геннадий Болотович Сынаков, Г. А. Сынаков -> Геннадий Болотович Сынаков; Г. А. Сынаков
А. Примеров, Б. Примеров -> А. Примеров; Б. Примеров
Асан Примеров, Асанов -> Асан Примеров; Асанов
"""


def cases(table: str) -> list[tuple[str, str]]:
    return [(forms, names) for line in table.splitlines() if line for forms, names in [line.split(" -> ")]]


def grouped(forms: str) -> tuple[Person, ...]:
    """Persons of a text in which the forms stand one after the other."""
    mentions, start = [], 0
    for form in forms.split(", "):
        words, _, case = form.partition(":")
        demanded = frozenset({case}) if case else ALL_CASES
        mentions.append(NameMention(start, start + len(words), name_words(words), demanded))
        start += len(words) + 40
    return persons(mentions)


@pytest.mark.parametrize(("forms", "names"), cases(ONE_PERSON + SEVERAL))
def test_names(forms: str, names: str) -> None:
    assert "; ".join(person.name for person in grouped(forms)) == names


@pytest.mark.parametrize(
    ("last", "owner"),
    [
        (NameMention(150, 158, ("Примеров",)), "Садыр Примеров"),
        (NameMention(150, 158, ("Примеровой",)), "Бурул Примерова"),
        (NameMention(150, 158, ("Примерова",), frozenset({"gent"})), "Садыр Примеров"),
        (NameMention(150, 158, ("Примерова",), setting=Setting(subject="femn")), "Бурул Примерова"),
    ],
)
def test_a_surname_alone_goes_to_whom_it_fits_and_then_to_the_one_named_first(last: NameMention, owner: str) -> None:
    mentions = [
        NameMention(0, 14, ("Садыр", "Примеров")),
        NameMention(50, 66, ("Акылбек", "Примеров")),
        NameMention(100, 116, ("Бурул", "Примерова")),
        last,
    ]
    assert [person.name for person in persons(mentions) if last in person.mentions] == [owner]


def test_a_surname_before_every_full_name_goes_to_the_first_that_follows() -> None:
    mentions = [NameMention(0, 8, ("Примеров",)), NameMention(50, 64, ("Садыр", "Примеров"))]
    assert [person.name for person in persons(mentions)] == ["Садыр Примеров"]


@pytest.mark.parametrize(
    ("forms", "gender"),
    [("Асан Примеров", "masc"), ("Бурул Образцова", "femn"), ("Веры Ким, Ким", "femn"), ("Примерова:gent", "masc")],
)
def test_gender(forms: str, gender: str) -> None:
    (person,) = grouped(forms)
    assert person.gender == gender


@pytest.mark.parametrize(
    ("word", "expected"),
    [("Чжан", True), ("Ху", True), ("Глеб", False), ("Тестов", False), ("Взмахтск", False), ("Мстр", False)],
)
def test_a_name_of_one_syllable(word: str, expected: bool) -> None:
    assert is_syllable(word) is expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("А. С. Примеров", ("А.", "С.", "Примеров")),
        ("А.С.Примеров", ("А.", "С.", "Примеров")),
        ("Касым-Жомарт Сынаков", ("Касым-Жомарт", "Сынаков")),
        ("Жаннa д’Арк", ("Жаннa", "д’Арк")),
        ("№ 7", ()),
    ],
)
def test_name_words(text: str, words: tuple[str, ...]) -> None:
    assert name_words(text) == words


def test_a_form_has_the_readings_that_grammar_allows() -> None:
    found = {(reading.words[0], reading.gender): reading.cases for reading in word_readings("Примерова")}
    assert found["Примеров", "masc"] >= {"gent", "accs"}
    assert found["Примерова", "femn"] == {"nomn"}
    assert "nomn" not in found["Примеров", "masc"]


def test_words_of_a_name_agree() -> None:
    assert {reading.gender for reading in readings(("Анны", "Образцовой"))} == {"femn"}
    assert all("nomn" not in reading.cases for reading in readings(("Асана", "Примерова")) if reading.gender == "masc")


# Every form of a declined name leads back to its nominative.

SURNAMES = ["Примеров", "Сынаков", "Тестинов", "Ормоков", "Бекбоев", "Абдыев", "Ниязалин"]
STEMS = st.sampled_from(SURNAMES)
MEN = [
    ("Асан", "Асана", "Асану", "Асаном"),
    ("Тимур", "Тимура", "Тимуру", "Тимуром"),
    ("Нурлан", "Нурлана", "Нурлану", "Нурланом"),
]
WOMEN = [("Анна", "Анны", "Анне", "Анной"), ("Гульмира", "Гульмиры", "Гульмире", "Гульмирой"), ("Бурул",) * 4]


@settings(deadline=None)
@given(STEMS, st.sampled_from(MEN), st.permutations(range(4)))
def test_every_form_of_a_mans_name(stem: str, given_name: tuple[str, ...], order: list[int]) -> None:
    forms = [f"{name} {stem}{ending}" for name, ending in zip(given_name, ("", "а", "у", "ым"), strict=True)]
    (person,) = grouped(", ".join(forms[place] for place in order))
    assert (person.name, person.gender) == (forms[0], "masc")


@settings(deadline=None)
@given(STEMS, st.sampled_from(WOMEN), st.permutations(range(4)))
def test_every_form_of_a_womans_name(stem: str, given_name: tuple[str, ...], order: list[int]) -> None:
    forms = [f"{name} {stem}{ending}" for name, ending in zip(given_name, ("а", "ой", "ой", "ой"), strict=True)]
    (person,) = grouped(", ".join(forms[place] for place in order))
    assert (person.name, person.gender) == (forms[0], "femn")


WORDS = st.lists(
    st.text("АБабвинёуо.-", min_size=1, max_size=8).filter(lambda word: word[0] not in ".-"), min_size=1, max_size=7
)


@settings(deadline=None)
@given(st.lists(WORDS, max_size=6))
def test_every_mention_has_one_person_whatever_the_words(names: list[list[str]]) -> None:
    mentions = [NameMention(40 * at, 40 * at + 9, tuple(words)) for at, words in enumerate(names)]
    found = persons(mentions)
    assert sorted(mention.start for person in found for mention in person.mentions) == [m.start for m in mentions]
    assert [person.mentions[0].start for person in found] == sorted(person.mentions[0].start for person in found)
