"""Where persons are named in a Russian text: `text -> name: mentions`, several between semicolons; all are invented."""

from __future__ import annotations

import pytest

from reading import doc

SENTENCES = """
Свет вернулся во все районы. Газ включили утром. ->
На плакате написано: «Кыргыз, казак бир тууган». ->
Болельщики ждали «Ленком» у входа в Ленком. ->
Арест Калмурзаева Эрлан Калмурзаев — депутат пятого созыва. -> Эрлан Калмурзаев: Калмурзаева, Эрлан Калмурзаев
Сынаков Эмил Бакытович родился в Нарыне. -> Сынаков Эмил Бакытович: Сынаков Эмил Бакытович
Отношения Тестаева с братом. Эрлан Тестаев прибыл. -> Эрлан Тестаев: Тестаева, Эрлан Тестаев
Эрланбек Калмурзаев рядом. «Держись, Эрлан, мы рядом». -> Эрланбек Калмурзаев: Эрланбек Калмурзаев, Эрлан
Бактыбек Сынаков в суде. «Держись, Бакыт, мы рядом». -> Бактыбек Сынаков: Бактыбек Сынаков, Бакыт
Ким Дмитрий пришёл на заседание. Дмитрию Киму дали слово. -> Ким Дмитрий: Ким Дмитрий, Дмитрию Киму
Дело Каныкей Арановой Каныкей Аранова приехала в Бишкек. -> Каныкей Аранова: Каныкей Арановой, Каныкей Аранова
Эрлан Тестаев Эмил Корбачо приехали. Эрлан Тестаев молчал. Эмил Корбачо и Анна Тестова ушли. \
-> Эрлан Тестаев: Эрлан Тестаев, Эрлан Тестаев; Эмил Корбачо: Эмил Корбачо, Эмил Корбачо; Анна Тестова: Анна Тестова
Рауль Проберо и Эдвард Скоуден ушли. Анна Тестова молчит. После свержения Проберо Скоуден уехал. \
-> Рауль Проберо: Рауль Проберо, Проберо; Эдвард Скоуден: Эдвард Скоуден, Скоуден; Анна Тестова: Анна Тестова
Отец Асана Калмурзаева Болот подал жалобу. -> Асан Калмурзаев: Асана Калмурзаева; Болот: Болот
Бакыт Сынаков по прозвищу «Чика» сдался. Чику увезли. -> Бакыт Сынаков: Бакыт Сынаков, Чика, Чику
Но брат Убурова, чья фамилия на самом деле Юбуров, ушёл. -> Убуров: Убурова, Юбуров
А. Сынаков и Б. Сакиева осуждены. Б. Сакиеву отпустили. -> А. Сынаков: А. Сынаков; Б. Сакиева: Б. Сакиева, Б. Сакиеву
Нурзада Токтосун кызы училась в Оше. -> Нурзада Токтосун кызы: Нурзада Токтосун кызы
Нурзаде Токтосун кызы вручили диплом. -> Нурзада Токтосун кызы: Нурзаде Токтосун кызы
"""


def rows(table: str) -> list[list[str]]:
    return [line.split(" ->") for line in table.splitlines() if line]


@pytest.mark.parametrize(("text", "expected"), rows(SENTENCES))
def test_persons(text: str, expected: str) -> None:
    people = [actor for actor in doc(text).actors if actor.type == "Person"]
    shown = (f"{actor.name}: {', '.join(mention.text for mention in actor.mentions)}" for actor in people)
    assert "; ".join(shown) == expected.strip()


LEADERS = """
Токаев уехал. Казахстан ждёт перемен. -> kassym-jomart-tokayev
Токаев уехал. Никто не ждёт перемен. ->
Казахстан ждёт перемен. Жители города Токаевых помнят. ->
"""


@pytest.mark.parametrize(("text", "expected"), rows(LEADERS))
def test_a_president_is_known_by_the_surname_where_the_state_is_named(text: str, expected: str) -> None:
    found = [actor.id or "" for actor in doc(text).actors if actor.type == "Person"]
    assert found == [expected.strip()] * bool(expected)


@pytest.mark.parametrize(("word", "case"), [("Примерова", "Назначили врача для Примерова."), ("Бурул", "")])
def test_a_surname_in_a_case_that_only_one_can_have_is_his(word: str, case: str) -> None:
    text = f"Асан Примеров ушёл. Бурул Примерова осталась. {case}"
    people = {actor.name: [mention.text for mention in actor.mentions] for actor in doc(text).actors}
    assert people["Асан Примеров"][1:] == ([word] if case else [])
