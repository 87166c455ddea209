"""Fields that are read from what is around the text: date, source, language, title, rights, and whose photos are the
outlet's own.
"""

from __future__ import annotations

from typing import Any

import pytest

from kg_news.errors import InputError
from kg_news.fields.date import date
from kg_news.fields.photo_credits import photo_credits
from kg_news.fields.rights import rights
from kg_news.fields.source import source
from kg_news.fields.text import text
from kg_news.fields.title import title
from kg_news.normalize import normalize
from kg_news.views.language import guess_language
from kg_news.views.published import evidence, url_date
from reading import doc, raw_article, shipped_registry

BODY = "Совет собрался утром и принял решение."
DAY = "https://kloop.kg/blog/2031/04/05/sovet/"
MONTH = "https://kloop.kg/blog/2031/04/sovet/"
NO_DATE = "https://kloop.kg/sovet/"

DATES = [
    # header, url, sidecar's date -> date, basis, conflicts
    ("", None, None, None, None, 0),
    ("", NO_DATE, None, None, None, 0),
    (" date 2031-04 ", None, None, "2031-04", "header", 0),
    (" date 2031 ", None, None, "2031", "header", 0),
    ("", DAY, None, "2031-04-05", "url", 0),
    (" date 2031-04 ", DAY, None, "2031-04-05", "url", 0),
    (" date 2031-04-05 ", MONTH, None, "2031-04-05", "header", 0),
    (" date 2031-04 ", MONTH, None, "2031-04", "url", 0),
    ("", DAY, "2031", "2031-04-05", "url", 0),
    ("", DAY, "2031-04-05", "2031-04-05", "metadata", 0),
    (" date 2031-05 ", DAY, None, "2031-04-05", "url", 1),
    (" date 2031-04-06 ", DAY, None, "2031-04-05", "url", 1),
    (" date 2031-04-06 ", DAY, "2031-04-07", "2031-04-07", "metadata", 2),
    (" date 2030 ", DAY, "2031-04", "2031-04-05", "url", 1),
    (" date 2031-04-06 ", MONTH, "2031-04-07", "2031-04-07", "metadata", 1),
]


@pytest.mark.parametrize(("header", "url", "sidecar", "expected", "basis", "conflicts"), DATES)
def test_date(
    header: str, url: str | None, sidecar: str | None, expected: str | None, basis: str | None, conflicts: int
) -> None:
    article = doc(header + BODY, url=url, **({"date": sidecar} if sidecar else {}))
    found = date(article)
    assert (found["date"], found["date_basis"]) == (expected, basis)
    assert [issue.code for issue in article.issues] == ["date-conflict"] * conflicts


def test_a_conflict_names_both_sides_and_the_way_out() -> None:
    article = doc(" date 2031-05 " + BODY, url=DAY)
    date(article)
    (issue,) = article.issues
    assert issue.message == "the url says 2031-04-05, the header 2031-05; 2031-04-05 was taken"
    assert issue.severity == "warning"
    assert "`date:` in the sidecar" in issue.way_out


def test_the_interval_goes_with_the_date() -> None:
    found = date(doc(" date 2032-02 " + BODY))
    assert (found["date_start"], found["date_end"]) == ("2032-02-01", "2032-02-29")


def test_evidence_comes_in_the_order_of_trust() -> None:
    article = doc(" date 2031-04 " + BODY, url=DAY, date="2031")
    found = evidence((article.raw.metadata["date"],), article.url, article.raw.header_date, article.datelines)
    assert list(found) == [("metadata", "2031"), ("url", "2031-04-05"), ("header", "2031-04")]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/2031/04/05/x/", "2031-04-05"),
        ("https://a.example/news/2031-04-05-x", "2031-04-05"),
        ("https://a.example/2031/04/x", "2031-04"),
        ("https://a.example/2031/04", "2031-04"),
        ("https://a.example/2031/02/30/x", None),  # no such day: nothing is made of it
        ("https://a.example/2031/13/x", None),
        ("https://a.example/344193_2031/", None),
        ("https://a.example/1204/05/06/", None),
        ("https://a.example/2031/041/x", None),
        ("https://2031.example/x", None),
        ("https://a.example/x?d=/2031/04/05/", None),
        ("https://a.example/", None),
    ],
)
def test_url_date(url: str, expected: str | None) -> None:
    assert url_date(url) == expected


SOURCES = [
    # sidecar's source, url -> source, its name, conflicts
    (None, None, None, None, 0),
    ("kloop", None, "kloop", "Клооп", 0),
    (None, DAY, "kloop", "Клооп", 0),
    (None, "https://ky.kloop.asia/x", "kloop", "Клооп", 0),
    (None, "https://KLOOP.kg:443/x", "kloop", "Клооп", 0),
    (None, "https://notkloop.kg/x", None, None, 0),
    (None, "https://kloop.kg.example/x", None, None, 0),
    ("kloop", "https://a.example/x", "kloop", "Клооп", 0),
    ("kloop", DAY, "kloop", "Клооп", 0),
]


@pytest.mark.parametrize(("named", "url", "expected", "name", "conflicts"), SOURCES)
def test_source(named: str | None, url: str | None, expected: str | None, name: str | None, conflicts: int) -> None:
    article = doc(BODY, url=url, **({"source": named} if named else {}))
    assert source(article) == {"source": expected, "source_name": name, "syndicated_from": None, "url": url}
    assert len(article.issues) == conflicts


def test_a_photo_credit_tells_no_source() -> None:
    assert source(doc(f"{BODY} Фото: Улан Сынаков / «Клооп»"))["source"] is None


def test_the_name_is_in_the_articles_language() -> None:
    assert source(doc("The council met.", source="kloop", language="en"))["source_name"] == "Kloop"


def test_a_sidecar_that_contradicts_the_address_is_reported(registry: Any) -> None:
    article = doc(BODY)
    from kg_news.doc import Doc

    article = Doc(raw_article(BODY, source="vestnik-doliny", url=DAY, language="ru"), registry)
    assert source(article)["source"] == "vestnik-doliny"
    (issue,) = article.issues
    assert (issue.code, issue.message) == (
        "source-conflict",
        "the sidecar says vestnik-doliny, but the address belongs to kloop",
    )


@pytest.mark.parametrize("url", ["https://[kloop.kg/x", "kloop.kg/x", "ftp://kloop.kg/x", "https://"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(InputError) as caught:
        normalize(raw_article(BODY, url=url), shipped_registry())
    (issue,) = caught.value.issues
    assert (issue.code, issue.pointer) == ("url-invalid", "/url")


def test_an_unknown_outlet_is_refused_with_the_nearest_known_one() -> None:
    with pytest.raises(InputError) as caught:
        normalize(raw_article(BODY, source="klop"), shipped_registry())
    (issue,) = caught.value.issues
    assert issue.code == "outlet-unknown"
    assert "'kloop'" in issue.way_out
    assert "registry/outlets/klop.yml" in issue.way_out


LANGUAGES = [
    ("ru", "Совет собрался утром и не принял решения."),
    ("ru", "Дорогу закрыли до осени, сообщили в мэрии."),
    ("ru", "Снег выпал на перевале. Водителей просят взять цепи."),
    ("ky", "Кеңеш бүгүн чогулуп, жаңы токтом кабыл алды."),
    ("ky", "Жол күзгө чейин жабык болот деп билдирди мэрия."),
    ("ky", "Ашууга кар жаады, айдоочулар үчүн эскертүү бар."),
    ("kk", "Кеңес бүгін жиналып, жаңа қаулы қабылдады."),
    ("kk", "Жол күзге дейін жабық болады деп хабарлады әкімдік."),
    ("uz", "Kengash bugun yig‘ilib, yangi qaror qabul qildi."),
    ("uz", "Yo‘l kuzgacha yopiq bo‘ladi, dedi hokimlik."),
    ("tg", "Шӯро имрӯз ҷамъ омад ва қарори нав қабул кард."),
    ("tg", "Роҳ то тирамоҳ баста аст, гуфтанд дар ҳукумат."),
    ("en", "The council met this morning and took no decision."),
    ("en", "Snow fell on the pass, drivers were told to wait."),
    ("und", "12345 — 67!"),
    ("und", ""),
]


@pytest.mark.parametrize(("tag", "words"), LANGUAGES)
def test_language_of_a_short_text(tag: str, words: str) -> None:
    assert guess_language(words, shipped_registry().languages).tag == tag


def test_a_quotation_in_another_language_changes_nothing() -> None:
    words = (
        "Депутат сказал, что «бул мыйзам эл үчүн керек эмес», и ушёл. "
        "Совет не стал голосовать за закон, как и было обещано, но вернётся к нему в мае, когда все приедут."
    )
    assert guess_language(words, shipped_registry().languages).tag == "ru"


def test_the_sidecar_decides_on_the_language() -> None:
    assert doc("Совет собрался.", language="ky").language.tag == "ky"


KINDS = [
    ("Фото: Улан Сынаков / «Клооп»", "kloop", "staff"),
    ("Фото: Улан Сынаков / Kloop", "kloop", "staff"),
    ("Фото: kloop.kg", "kloop", "staff"),
    ("Фото: Улан Сынаков / «Зорька»", "kloop", "agency"),
    ("Фото: Улан Сынаков / «Клооп»", None, "agency"),
    ("Фото: Улан Сынаков", "kloop", "unknown"),
    ("Фото: zorka.test", "kloop", "web"),
    ("Фото: скриншот видео «Клоопа»", "kloop", "screenshot"),
    ("Архивное фото: «Клооп»", "kloop", "archive"),
    ("Фото: пресс-служба мэрии", "kloop", "press_service"),
]


@pytest.mark.parametrize(("block", "outlet", "kind"), KINDS)
def test_kind_of_a_photo(block: str, outlet: str | None, kind: str) -> None:
    article = doc(f"Совет собрался.\n{block}\n{BODY}", **({"source": outlet} if outlet else {}))
    (photo,) = photo_credits(article)["photo_credits"]
    assert photo.kind == kind


def test_title_and_rights_are_the_sidecars() -> None:
    stated = {"license": "CC-BY-4.0", "holder": "Зорька", "evidence_url": "https://a.example/terms"}
    article = doc(BODY, title="Совет собрался", rights=stated)
    assert title(article) == {"title": "Совет собрался"}
    assert vars(rights(article)["rights"]) == stated


def test_without_a_statement_nothing_is_asserted() -> None:
    assert title(doc(BODY)) == {"title": None}
    assert vars(rights(doc(BODY))["rights"]) == {"license": "NOASSERTION", "holder": None, "evidence_url": None}


@pytest.mark.parametrize("words", [" date 2031-04 ", "Зал совета. Фото: Улан Сынаков", " date 2031-04 Фото: Reuters "])
def test_an_article_of_header_and_photos_alone_is_refused(words: str) -> None:
    with pytest.raises(InputError) as caught:
        text(doc(words))
    assert [issue.code for issue in caught.value.issues] == ["text-empty"]
