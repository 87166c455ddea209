"""Names of a text that are one person's without being forms of each other. One line a case; all invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg_news.views.aliases import is_alias
from kg_news.views.given_names import genders_of, short_forms
from kg_news.views.same_person import Called, grouped, sound
from kg_news.views.tokens import Token, tokens
from reading import doc

GROUPS = """
Кэмерон Тестс, Камерон Тестс -> Кэмерон Тестс + Камерон Тестс
Марк Проэбрен, Марк Дэвид Проебрен -> Марк Дэвид Проебрен + Марк Проэбрен
Абу бин Примерди, Абу ибн Примерди -> Абу бин Примерди + Абу ибн Примерди
Дэвид Прэкхем, Прекхем -> Дэвид Прэкхем + Прекхем
Зин эль-Пробидин, Пробидин -> Зин эль-Пробидин + Пробидин
Владимир Пробмник, Пробник -> Владимир Пробмник; Пробник
Асан Токсанаев, Токсонаев -> Асан Токсанаев; Токсонаев
Анна Тестова-Пробер, Пробер -> Анна Тестова-Пробер + Пробер
Дэвид Прэкхем, Анна Прекхем, Прэкхем -> Дэвид Прэкхем; Анна Прекхем; Прэкхем
Алексей Тестов, Леша Тестов -> Алексей Тестов + Леша Тестов
Юрий Тестов, Юра -> Юрий Тестов + Юра
Юрий Тестов, Юрий Пробов, Юра -> Юрий Тестов; Юрий Пробов; Юра
Саша, Александр Тестов, Александра Пробова -> Саша; Александр Тестов; Александра Пробова
Алексей Тестов, Леша Пробов -> Алексей Тестов; Леша Пробов
Джон Проберс-младший, Джон Проберс -> Джон Проберс-младший + Джон Проберс
Джон Проберс-младший, Джон Проберс-старший, Проберс -> Джон Проберс-младший; Джон Проберс-старший; Проберс
Асан Токсанаев, Асан Токсонаев -> Асан Токсанаев; Асан Токсонаев
Токсанаев, Токсонаева -> Токсанаев; Токсонаева
Алина Тестова, Алена Тестова -> Алина Тестова; Алена Тестова
Асан Тестов, Асан Пробов -> Асан Тестов; Асан Пробов
А. Проберс, А. Проберт -> А. Проберс; А. Проберт
Асан Ким, Асан Лим -> Асан Ким; Асан Лим
"""


def cases(table: str) -> list[tuple[str, str]]:
    return [(names, groups) for line in table.splitlines() if line for names, groups in [line.split(" -> ")]]


def called(names: str) -> list[Called]:
    return [Called(tuple(name.split()), "masc", 1) for name in names.split(", ")]


@pytest.mark.parametrize(("names", "groups"), cases(GROUPS))
def test_groups(names: str, groups: str) -> None:
    people = called(names)
    found = grouped(people, (), short_forms())
    assert "; ".join(" + ".join(" ".join(people[at].words) for at in group) for group in found) == groups


def test_of_two_spellings_the_name_is_the_commoner() -> None:
    people = [Called(("Кэмерон", "Тестс"), "masc", 1), Called(("Камерон", "Тестс"), "masc", 3)]
    assert grouped(people, (), {}) == [[1, 0]]


def test_who_is_told_to_be_another_keeps_the_main_name_however_short() -> None:
    people = called("Проба, Асан Болотович Тестов, Бурул Образцова")
    assert grouped(people, [(0, 1)], {}) == [[0, 1], [2]]


@given(st.lists(st.lists(st.text("Авбекйноэ-", min_size=1, max_size=7), min_size=1, max_size=4), max_size=8))
def test_every_name_is_in_one_group(names: list[list[str]]) -> None:
    people = [Called(tuple(words), "masc", 1) for words in names]
    found = grouped(people, (), short_forms())
    assert sorted(at for group in found for at in group) == list(range(len(people)))


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Бэкпро", "Бекпро", True),
        ("Пробретт", "Пробрет", True),
        ("Прийма", "Приима", True),
        ("Проухани", "Прухани", True),
        ("Токсанаев", "Токсонаев", False),
        ("Проберс", "Проберт", False),
    ],
)
def test_sound(one: str, other: str, alike: bool) -> None:
    assert (sound(one) == sound(other)) is alike


TOLD = """
Писатель Асан Примеров (настоящее имя — Болот Тестов) приехал. Тестова ждали. -> Асан Примеров
Певица Бурул Образцова (в девичестве Тестова) приехала. -> Бурул Образцова
Выступил Асан Примеров, известный также как Болот Тестов. -> Асан Примеров
Актёр Дональд Проберс (англ. Donald Probers) приехал. -> Дональд Проберс
Асан Примеров (Болот Тестов) приехал. -> Асан Примеров | Болот Тестов
Приехали депутаты Асан Примеров, Болот Тестов. -> Асан Примеров | Болот Тестов
Асан Примеров, также приехал Болот Тестов. -> Асан Примеров | Болот Тестов
"""


@pytest.mark.parametrize(("text", "names"), cases(TOLD))
def test_what_the_text_says_itself(text: str, names: str) -> None:
    assert " | ".join(actor.name for actor in doc(text).actors if actor.type == "Person") == names


BETWEEN = """
[Примеров] ([Тестов]) -> no
[Примеров] ([Тестов], Пробов) -> no
[Проба] ([Болот Тестов]) -> yes
[Проба] ([Болот Тестов], Россия) -> no
[Асан Примеров] ([Болот Тестов]) -> no
[Асан Примеров] ([Asan Primerov], 1970) -> yes
[Асан Примеров] (англ. ''[Asan Primerov]'') -> yes
[Асан Примеров], он же [Болот Тестов], -> yes
[Асан Примеров] (также [Асан Примерев]) -> yes
[Асан Примеров], также [Болот Тестов], -> no
[Асан Примеров] и [Болот Тестов] -> no
"""


@pytest.mark.parametrize(("marked", "answer"), cases(BETWEEN))
def test_what_stands_between_two_names(marked: str, answer: str) -> None:
    found, bounds = list[Token](), list[int]()
    for token in tokens(marked):
        if token.text in {"[", "]"}:
            bounds.append(len(found))
        else:
            found.append(token)
    first, second = (bounds[0], bounds[1]), (bounds[2], bounds[3])
    assert is_alias(found, first, second) is (answer == "yes")


WHOLE = """
Приехал 69-летний Примеров. Асан Примеров выступил. -> Асан Примеров
Шестидесятилетний Примеров приехал. Асан Примеров выступил. -> Асан Примеров
Г. А. Примеров приехал. Геннадий Примеров выступил. -> Геннадий Примеров
Примеров Г. А. приехал. Геннадий Примеров выступил. -> Геннадий Примеров
Дж. Проберс приехал. Джеймс Проберс выступил. -> Джеймс Проберс
Приехал Б. Примеров. Потом Геннадий Примеров выступил. -> Б. Примеров | Геннадий Примеров
Тамерлан Примеров приехал. Братья Примеровы выступили. -> Тамерлан Примеров
Папа прибыл вчера. ->
"""


@pytest.mark.parametrize(("text", "names"), [line.split(" ->") for line in WHOLE.splitlines() if line])
def test_persons_of_a_text(text: str, names: str) -> None:
    assert " | ".join(actor.name for actor in doc(text).actors if actor.type == "Person") == names.strip()


def test_given_names_are_known_with_their_gender() -> None:
    assert genders_of("Ляйсан") == {"femn"}
    assert genders_of("Жоомарт") == {"masc"}
    assert genders_of("Примеров") == frozenset()


def test_no_short_form_stands_for_itself() -> None:
    assert all(short not in fulls for short, fulls in short_forms().items())
