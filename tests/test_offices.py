"""Offices beside a name. The name stands between [ ]; what is held is written behind the arrow, in the nominative."""

from __future__ import annotations

import pytest

from kg_news.views.declension import ALL_CASES
from kg_news.views.offices import Office, is_head, offices_after, offices_before
from kg_news.views.tokens import tokens
from reading import shipped_registry

HEADS = shipped_registry().languages["ru"].offices

BEFORE = """
Президент Армении [Левон Арзуманян] прибыл. -> президент Армении
Об этом сказал президенту Армении [Левону Арзуманяну]. -> президент Армении
Встреча с президентом Армении [Левоном Арзуманяном]. -> президент Армении
Премьер-министр Армении и председатель ОДКБ [Левон Арзуманян] -> премьер-министр Армении | председатель ОДКБ
премьер-министром Армении и председателем ОДКБ [Левоном Арзуманяном] -> премьер-министр Армении | председатель ОДКБ
Министр иностранных дел и торговли [Асан Примеров] -> министр иностранных дел и торговли
Заместитель председателя кабинета министров [Асан Примеров] -> заместитель председателя кабинета министров
заместителю председателя кабинета министров [Асану Примерову] -> заместитель председателя кабинета министров
Первый вице-премьер [Асан Примеров] -> первый вице-премьер
первого вице-премьера [Асана Примерова] -> первый вице-премьер
бывшего первого заместителя министра финансов [Асана Примерова] -> бывший первый заместитель министра финансов
Чрезвычайный и полномочный посол Армении [Левон Арзуманян] -> чрезвычайный и полномочный посол Армении
Свергнутый президент Армении и бывший лидер партии [Левон Арзуманян] -> свергнутый президент Армении | бывший лидер партии
Бывшему депутату Жогорку Кенеша [Бурул Образцовой] -> бывший депутат Жогорку Кенеша
Экс-глава ГКНБ [Асан Примеров] -> экс-глава ГКНБ
И.о. мэра Бишкека [Асан Примеров] -> и.о. мэра Бишкека
работает и. о. министра финансов [Асан Примеров] -> и. о. министра финансов
Исполняющий обязанности министра финансов [Асан Примеров] -> исполняющий обязанности министра финансов
исполняющей обязанности мэра [Бурул Образцовой] -> исполняющая обязанности мэра
Врио главы Минюста [Асан Примеров] -> врио главы Минюста
Директор школы №5 [Асан Примеров] -> директор школы №5
Директор завода «Зорька» [Асан Примеров] -> директор завода «Зорька»
Главный редактор [Бурул Образцова] -> главный редактор
Торага Жогорку Кенеша [Асан Примеров] -> торага Жогорку Кенеша
Председатель Верховного суда [Бурул Образцова] -> председатель Верховного суда
Посол по особым поручениям [Асан Примеров] -> посол по особым поручениям
Указом президента депутат [Асан Примеров] назначен. -> депутат
Директор школы учитель [Асан Примеров] -> директор школы | учитель
МИД и МВД глава [Асан Примеров] -> глава
Вчера [Асан Примеров] уехал. ->
5 мая президент Армении [Левон Арзуманян] уехал. -> президент Армении
Президент уехал, а [Асан Примеров] остался. ->
После [Асана Примерова] выступили другие. ->
Сообщил президент. [Асан Примеров] молчал. ->
"""

AFTER = """
[Асан Примеров], министр финансов, ушёл. -> министр финансов
[Асана Примерова], министра финансов, ждали. -> министр финансов
[Асан Примеров], бывший депутат Жогорку Кенеша, рад. -> бывший депутат Жогорку Кенеша
[Асан Примеров] — депутат пятого созыва. -> депутат пятого созыва
[Асан Примеров], председатель ГКНБ. -> председатель ГКНБ
[Асан Примеров], министр финансов и заместитель премьера, рад. -> министр финансов | заместитель премьера
[Асан Примеров], а министр финансов ушёл. ->
[Асан Примеров], который знал министра, ушёл. ->
[Асан Примеров] министр. ->
[Асан Примеров], житель села Ак-Таш ->
[Асан Примеров], в прошлом большой друг нашего министра, ушёл. ->
[Асан Примеров], ->
[Асан Примеров] ->
"""


def cases(table: str) -> list[tuple[str, str]]:
    return [(text, held) for line in table.splitlines() if line for text, held in [line.split("->")]]


def beside(marked: str, *, before: bool) -> tuple[Office, ...]:
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "").rstrip()
    found = tokens(text)
    first = next(at for at, token in enumerate(found) if token.start == start)
    last = next(at for at, token in enumerate(found) if token.end == end) + 1
    if before:
        return offices_before(found, first, HEADS, 0)
    return offices_after(found, last, HEADS, len(found))


@pytest.mark.parametrize(("text", "held"), cases(BEFORE))
def test_before_a_name(text: str, held: str) -> None:
    assert " | ".join(office.title for office in beside(text, before=True)) == held.strip()


@pytest.mark.parametrize(("text", "held"), cases(AFTER))
def test_behind_a_name(text: str, held: str) -> None:
    assert " | ".join(office.title for office in beside(text, before=False)) == held.strip()


@pytest.mark.parametrize("line", [line for line, held in cases(BEFORE) if held.strip()])
def test_an_office_stands_in_the_text_from_its_start_to_its_end(line: str) -> None:
    text = line.replace("[", "").replace("]", "")
    for office in beside(line, before=True):
        words = text[office.start : office.end].split()
        assert [word[:3].lower() for word in words] == [word[:3].lower() for word in office.title.split()]


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("президенту Армении [Левону Арзуманяну]", "datv"),
        ("президентом [Левоном Арзуманяном]", "ablt"),
        ("президент [Левон Арзуманян]", "nomn"),
        ("исполняющему обязанности мэра [Асану Примерову]", "datv"),
    ],
)
def test_an_office_tells_the_case_of_the_name(text: str, case: str) -> None:
    (office,) = beside(text, before=True)
    assert case in office.cases
    assert office.cases != ALL_CASES


def test_an_office_that_does_not_bend_tells_no_case() -> None:
    (office,) = beside("и.о. мэра [Асана Примерова]", before=True)
    assert office.cases == ALL_CASES


def test_no_office_reaches_over_the_floor() -> None:
    found = tokens("Президент Армении Левон Арзуманян и депутат Бурул Образцова")
    assert [office.title for office in offices_before(found, 6, HEADS, 4)] == ["депутат"]


@pytest.mark.parametrize(
    ("word", "head"),
    [("послом", True), ("после", False), ("экс-посол", True), ("глава", True), ("главный", False), ("Армении", False)],
)
def test_head(word: str, head: bool) -> None:
    assert is_head(tokens(word)[0], HEADS) is head
