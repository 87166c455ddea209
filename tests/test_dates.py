"""Datelines, and the date that an article gets from them and from the rest. All outlets named here are real names of the
registry; what the texts say is invented.
"""

from __future__ import annotations

from dataclasses import replace

import hypothesis.strategies as st
import pytest
from hypothesis import given

from kg_news import edtf
from kg_news.doc import Doc, knowledge
from kg_news.fields.date import date
from kg_news.read.flattened import article
from kg_news.registry import load_registry
from kg_news.views.dateline import datelines
from kg_news.views.published import url_date

REGISTRY = load_registry()
TERMS = knowledge(REGISTRY).datelines

# The dateline in brackets, the day in EDTF (`--05-22` without a year), the outlet.
DATELINES = [
    ("[БИШКЕК, 22 мая — Sputnik]. Совет утвердил бюджет.", "--05-22", "sputnik"),
    ("[БИШКЕК, 22 мая - Sputnik]. Совет утвердил бюджет.", "--05-22", "sputnik"),
    ("[11:35, 10 января 2022, Бишкек - 24.kg] , Асан ПРИМЕРОВ Совет утвердил бюджет.", "2022-01-10", "24kg"),
    ("[05/01/22 11:35, Bishkek – 24.KG news agency], by Asan PRIMEROV The council met.", "2022", "24kg"),
    ("[25/01/22 11:35, Bishkek – 24.KG news agency], by Asan PRIMEROV The council met.", "2022-01-25", "24kg"),
    ("[Бишкек, 17.11.21. /Асан Примеров - Кабар/]. Совет утвердил бюджет.", "2021-11-17", "kabar"),
    ("[АСТАНА. КАЗИНФОРМ] - Совет утвердил бюджет.", None, "kazinform"),
    ("[Алматы. 5 января. Интерфакс-Казахстан] - Совет утвердил бюджет.", "--01-05", "interfax-kazakhstan"),
    ("[МОСКВА, 5 янв - РИА Новости]. Совет утвердил бюджет.", "--01-05", "ria-novosti"),
    ("[МОСКВА, 5 января. /ТАСС/]. Совет утвердил бюджет.", "--01-05", "tass"),
    ("[Ташкент. 5 января. (АКИpress)] Совет утвердил бюджет.", "--01-05", "akipress"),
    ("[Ош, 5 января /Зорька/]. Совет утвердил бюджет.", "--01-05", None),
    ("[Бишкек, 5 января 2022 г]. — Совет утвердил бюджет.", "2022-01-05", None),
    ("[ДУШАНБЕ, 5 января 2022 года]. Совет утвердил бюджет.", "2022-01-05", None),
    ("[БИШКЕК, 2022-жылдын 5-январы /Кабар/]. Кеңеш бюджетти бекитти.", "2022-01-05", "kabar"),
    ("[БИШКЕК, 18-май — Sputnik]. Кеңеш бюджетти бекитти.", "--05-18", "sputnik"),
    ("[Алматы, 5 қаңтар 2022 ж]. — Кеңес бюджетті бекітті.", "2022-01-05", None),
    ("[АСТАНА, 2022 жылғы 5 қаңтар. ҚазАқпарат] – Кеңес бюджетті бекітті.", "2022-01-05", "kazinform"),
    ("[ТОШКЕНТ, 5 янв — Sputnik]. Кенгаш бюджетни тасдиқлади.", "--01-05", "sputnik"),
    ("[Toshkent, 5-yanvar, 2022-yil. OʻzA] — Kengash byudjetni tasdiqladi.", "2022-01-05", "uza"),
    ("[ДУШАНБЕ, 05.01.2022 /АМИТ «Ховар»/]. Шӯро буҷетро тасдиқ кард.", "2022-01-05", "khovar"),
    ("[Душанбе, 5 январи соли 2022] — Шӯро буҷетро тасдиқ кард.", "2022-01-05", None),
    ("[BISHKEK (AKIpress)] - The council approved the budget.", None, "akipress"),
    ("[ALMATY, Jan 5 (Reuters)] - The council approved the budget.", "--01-05", "reuters"),
    ("[TASHKENT, Uzbekistan (AP)] — The council approved the budget.", None, "ap"),
    ("[BISHKEK, January 5, 2022] — The council approved the budget.", "2022-01-05", None),
    ("Совет утвердил бюджет [БИШКЕК, 22 мая — Sputnik]. Совет собрался утром.", "--05-22", "sputnik"),
    ("Совет утвердил бюджет [11:35, 10 января 2022, Бишкек - 24.kg] Совет собрался.", "2022-01-10", "24kg"),
    ("Совет утвердил бюджет\n[10 января 2022, 11:35]\nСовет собрался утром.", "2022-01-10", None),
    ("[Опубликовано: 10 января 2022] Совет собрался утром.", "2022-01-10", None),
    ("[10.01.2022 11:35]\nСовет собрался утром.", "2022-01-10", None),
    ("[11:35 / 10.01.2022]\nСовет собрался утром.", "2022-01-10", None),
    ("[Понедельник, 10 января 2022, 11:35]\nСовет собрался утром.", "2022-01-10", None),
    ("[10 января 2022, пн]\nСовет собрался утром.", "2022-01-10", None),
    ("[2022-01-10T23:35:00+06:00]\nСовет собрался утром.", "2022-01-10", None),
    ("[10 января 2022 г. в 11:35]\nСовет собрался утром.", "2022-01-10", None),
    ("[11:35 МСК, 10 января 2022]\nСовет собрался утром.", "2022-01-10", None),
    ("[(10.01.2022, 11:35)]\nСовет собрался утром.", "2022-01-10", None),
    ("[10.01.2022] | Общество\nСовет собрался утром.", "2022-01-10", None),
    ("Общество | [10 января 2022]\nСовет собрался утром.", "2022-01-10", None),
    ("Совет собрался\nАсан Примеров, [10 января 2022]\nСовет собрался утром.", "2022-01-10", None),
    ("[Опубликовано 10 января 2022]\nСовет собрался утром.", "2022-01-10", None),
    ("[Дата создания: 10.01.2022] Совет собрался утром.", "2022-01-10", None),
    ("[2022-ж. 10-январь]\nКеңеш утурлады.", "2022-01-10", None),
    ("[Дүйшөмбү, 10-январь, 2022]\nКеңеш утурлады.", "2022-01-10", None),
    ("[Жарыяланган күнү: 10.01.2022] Кеңеш утурлады.", "2022-01-10", None),
    ("[2022 ж. 10 қаңтар, 11:35]\nКеңес өтті.", "2022-01-10", None),
    ("[Алматы қаласы, 10 қаңтар 2022] — Кеңес өтті.", "2022-01-10", None),
    ("[January 10, 2022 5:40 p.m.]\nThe council met.", "2022-01-10", None),
    ("[Monday, January 10, 2022]\nThe council met.", "2022-01-10", None),
    ("[Published January 10, 2022 at 5:40 PM]\nThe council met.", "2022-01-10", None),
    ("[10-Jan-2022]\nThe council met.", "2022-01-10", None),
    ("[10 января, Минск /Корр. БелТА/]. Совет утвердил бюджет.", "--01-10", "belta"),
    ("[Бишкек, 10 января. Корр. ТАСС] Асан Примеров. Совет утвердил бюджет.", "--01-10", "tass"),
    ("[Tazabek] — Совет утвердил бюджет.", None, "tazabek"),
]

NONE = [
    "Обновлено: 10 января 2022\nСовет собрался.",
    "Асан Примеров, 10 января 2022\nСовет собрался.",
    "Совет собрался\nАсан Примеров, 10 января 1961\nСовет собрался.",
    "Указ вступит в силу в понедельник, 10 января 2022\nСовет собрался.",
    "Понедельник 10 января 2022 года начался с дождя.",
    "Опубликовано 10 января 2022 года исследование совета.",
    "8 мая 2017 года в районе открыли мост.",
    "10 января 2022 года совет собрался утром.",
    "Бишкек 22 мая отмечает день города.",
    "В Бишкеке 5 января «Азаттык» сообщил о пожаре.",
    "5 января ТАСС сообщил о пожаре.",
    "Бишкек, Ош и Талас остались без света.",
    "Вчера, 8 сентября 2017 года, в Оше открыли мост.",
    "Алматы, Хабар, Зорька — названия команд.",
    "Алматы. Пожар потушили.",
    "22 мая — день рождения города.",
    "Казинформ - агентство новостей.",
    "Совет прибыл в город Ош, 5 января начались работы.",
    "Бишкек-Ош: дорога закрыта.",
    "МЧС, 5 января. Сель сошёл.",
    "Дома сгорели. Архив, 18 сентября 2014 года.\nСовет собрался.",
    "Москвада 18-майда чогулуш өттү.",
    "2022-жылдын 5-январында чогулуш өттү.",
    "5–6 января в городе дождь.",
    "БИШКЕК, 32 мая — Зорька.",
    "БИШКЕК, 30 февраля — Sputnik сообщает.",
    "БИШКЕК, 22 мая отмечает.",
    "00/05/22 11:35, Bishkek – 24.KG news agency, by Asan PRIMEROV The council met.",
]


def written(text: str) -> str | None:
    days = [line.day for line in datelines(text, TERMS) if line.day]
    return next((day.edtf() or f"--{day.month:02}-{day.day:02}" for day in days), None)


@pytest.mark.parametrize(("marked", "day", "outlet"), DATELINES)
def test_datelines(marked: str, day: str | None, outlet: str | None) -> None:
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    (line,) = datelines(text, TERMS)
    assert text[slice(*line.span)] == text[start:end]
    assert (written(text), line.outlet) == (day, outlet)


@pytest.mark.parametrize("text", NONE)
def test_dates_in_running_text_are_no_datelines(text: str) -> None:
    assert datelines(text, TERMS) == ()


@pytest.mark.parametrize("marked", [case[0] for case in DATELINES])
def test_a_dateline_far_behind_is_none(marked: str) -> None:
    assert datelines("Совет собрался утром. " * 40 + marked.replace("[", "").replace("]", ""), TERMS) == ()


PIECES = st.sampled_from(
    ["БИШКЕК", "Ош", ", ", ". ", " — ", "22 мая", "22-май", "31.12.", "2022", "21", "/", "(", ")", "Кабар", "«", "»",
     "ТАСС", "11:35", "\n", " ", "ſep 5", "а", "İ", "05/01/22", "мая 5"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
def test_whatever_the_text_the_dates_are_dates_and_the_spans_are_in_order(text: str) -> None:
    end = 0
    for line in datelines(text, TERMS):
        assert end <= line.span.start < line.span.end <= len(text)
        end = line.span.end
        day = line.day.edtf() if line.day else None
        assert day is None or edtf.problem(day) is None


def test_only_the_opening_is_read() -> None:
    """So the cost does not grow with the text, whatever it is made of."""
    opening = "БИШКЕК, 22 мая — Зорька. " * 20 + "/" * 400
    assert datelines(opening + "((((БИШКЕК, " * 1000, TERMS) == datelines(opening + "((((БИШКЕК, ", TERMS)


def doc(text: str, **metadata: str) -> Doc:
    return Doc(replace(article(text, "a.txt", "a"), metadata=metadata), REGISTRY)


# Text and what is known from outside; date, basis, codes of the issues.
DATES = [
    ("Совет собрался.", {}, None, None, []),
    (" date 2022-05 Совет собрался.", {}, "2022-05", "header", []),
    (" date 2022-05 БИШКЕК, 22 мая — Sputnik. Совет.", {}, "2022-05-22", "dateline", []),
    (" date 2022 БИШКЕК, 22 мая — Sputnik. Совет.", {}, "2022-05-22", "dateline", []),
    ("БИШКЕК, 22 мая — Sputnik. Совет.", {}, None, None, []),
    ("БИШКЕК, 22 мая — Sputnik. Совет.", {"url": "https://zorka.test/2022/05/slug/"}, "2022-05-22", "dateline", []),
    ("БИШКЕК, 22 мая — Sputnik. Совет.", {"url": "https://zorka.test/2022/05/22/s/"}, "2022-05-22", "url", []),
    (" date 2022-06 БИШКЕК, 31 мая — Sputnik. Совет.", {}, "2022-06", "header", ["date-conflict"]),
    (" date 2021 БИШКЕК, 29 февраля — Sputnik. Совет.", {}, "2021", "header", []),
    ("Бишкек, 17.11.21. /Кабар/. Совет.", {}, "2021-11-17", "dateline", []),
    ("Бишкек, 17.11.21. /Кабар/. Совет.", {"date": "2021-11-18"}, "2021-11-18", "metadata", ["date-conflict"]),
    ("05/01/22 11:35, Bishkek – 24.KG news agency, by A", {}, "2022", "dateline", []),
    ("05/08/2008 10:35\n\nБИШКЕК, 5 августа /Зорька/. Совет.", {}, "2008-08-05", "dateline", []),
    ("Совет собрался 5 января 2022 года.", {}, None, None, []),
]


@pytest.mark.parametrize(("text", "metadata", "day", "basis", "codes"), DATES)
def test_the_date_is_as_precise_as_what_is_written(
    text: str, metadata: dict[str, str], day: str | None, basis: str | None, codes: list[str]
) -> None:
    one = doc(text, **metadata)
    found = date(one)
    assert (found["date"], found["date_basis"]) == (day, basis)
    assert [issue.code for issue in one.issues] == codes


URLS = [
    ("https://a.test/blog/2022/01/06/slug/", "2022-01-06"),
    ("https://a.test/2022-01-06-slug", "2022-01-06"),
    ("https://a.test/20220106/slug-1061234.html", "2022-01-06"),
    ("https://a.test/2022/01/", "2022-01"),
    ("https://a.test/news/20220106", "2022-01-06"),
    ("https://a.test/2022/1/6/slug", "2022-01-06"),
    ("https://a.test/2022-01/06/c_1.htm", "2022-01-06"),
    ("https://a.test/2022-01/slug", "2022-01"),
    ("https://a.test/2022/1/slug", None),
    ("https://a.test/2022/0106/slug", None),
    ("https://a.test/2022/2/30/slug", None),
    ("https://a.test/2022/02/30/slug/", None),
    ("https://a.test/344193_2022/", None),
    ("https://a.test/2022/slug/", None),
    ("https://a.test/201912345/", None),
    ("https://a.test/20221306/", None),
]


@pytest.mark.parametrize(("url", "day"), URLS)
def test_dates_in_addresses(url: str, day: str | None) -> None:
    assert url_date(url) == day
