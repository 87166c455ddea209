"""The actors that are shipped: what the schema and the clash rules cannot say of them."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pytest
import yaml

from kg_news.files import shipped
from kg_news.registry import check_registry, load_registry

FILES = sorted((shipped("registry") / "actors").glob("*.yml"))
ACTORS: dict[str, list[dict[str, Any]]] = {
    file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in FILES
}
ALL = [actor for actors in ACTORS.values() for actor in actors]
LATIN = re.compile("[A-Za-z]")
CYRILLIC = re.compile("[\u0400-\u04ff]")
TWO_SCRIPTS = {"АКИpress"}
"""Words that really mix two alphabets; a name before a dot, as in «Вести.kg», may do so anyhow."""


def forms(actor: dict[str, Any], *fields: str) -> list[tuple[str, str]]:
    """(language, form) of the fields, in the order in which they stand."""
    found = []
    for field in fields:
        for language, value in actor.get(field, {}).items():
            found += [(language, form) for form in ([value] if isinstance(value, str) else value)]
    return found


def alpha2(alpha3: str) -> str | None:
    """The alpha-2 code that CLDR has for an ISO 3166-1 alpha-3 code."""
    from babel import Locale
    from babel.core import get_global

    code: str | None = next(iter(get_global("territory_aliases").get(alpha3, ())), None)
    return code if code in Locale.parse("ru").territories else None


def test_the_registry_has_no_error() -> None:
    assert [str(issue) for issue in check_registry() if issue.severity == "error"] == []
    assert len(load_registry().actors) == len(ALL)


def test_there_are_enough_actors() -> None:
    """A floor: raise it with the registry; lower it only on purpose."""
    assert len(ALL) >= 1000
    for name in ("kyrgyzstan", "kazakhstan", "uzbekistan", "tajikistan", "turkmenistan"):
        assert {actor["type"] for actor in ACTORS[name]} >= {"Person", "PublicBody", "Organization", "Company"}, name


def test_ids_belong_to_one_actor() -> None:
    ids = [actor["id"] for actor in ALL]
    assert sorted({id for id in ids if ids.count(id) > 1}) == []


@pytest.mark.parametrize("code", sorted({actor["country"] for actor in ALL if actor["country"]}))
def test_countries_are_known_to_cldr(code: str) -> None:
    assert alpha2(code), f"{code} is no ISO 3166-1 alpha-3 code with a name in CLDR"


def test_a_state_is_called_by_its_code() -> None:
    assert [actor["id"] for actor in ACTORS["states"] if actor["id"] != actor["country"].lower()] == []
    assert {actor["type"] for actor in ACTORS["states"]} == {"Country"}
    assert [actor["id"] for actor in ALL if actor["type"] == "Country" and actor not in ACTORS["states"]] == []


def test_a_body_begins_with_its_country() -> None:
    wrong = [
        actor["id"]
        for file, actors in ACTORS.items()
        if file not in {"states", "international"}
        for actor in actors
        if actor["type"] != "Person" and actor["country"]
        if actor["id"].split("-")[0] != (alpha2(actor["country"]) or "").lower()
    ]
    assert wrong == []


def test_a_wikidata_item_has_a_source() -> None:
    assert [actor["id"] for actor in ALL if actor["wikidata"] and not actor.get("wikidata_source")] == []


def test_an_office_has_a_start_and_a_source() -> None:
    wrong = [
        f"{actor['id']}: {office['title']['ru']}"
        for actor in ALL
        for office in actor.get("offices", ())
        if not (office["start"] and office["source"] and office["title"].keys() >= {"ru", "en"})
        or not (office["body"] or office["country"])
    ]
    assert wrong == []


def test_a_source_can_be_looked_up() -> None:
    """An address, a file of a repository, or `curator` for what is common knowledge; several are joined by «; »."""
    place = r"(https?://[^\s;]+|[\w.-]+/[\w.-]+ [^;]+)"
    office_source = re.compile(rf"(curator|{place})(; {place})*")
    wrong = [
        f"{actor['id']}: {office['source']}"
        for actor in ALL
        for office in actor.get("offices", ())
        if not office_source.fullmatch(office["source"])
    ]
    wrong += [
        f"{actor['id']}: {actor['wikidata_source']}"
        for actor in ALL
        if actor["wikidata"] and not re.fullmatch(place, actor["wikidata_source"])
    ]
    assert wrong == []


def test_every_actor_but_a_state_is_named_in_russian_and_english() -> None:
    assert [a["id"] for a in ALL if a["type"] != "Country" and not a["names"].keys() >= {"ru", "en"}] == []


def test_forms_are_clean() -> None:
    wrong = [
        (actor["id"], form)
        for actor in ALL
        for _, form in forms(actor, "names", "aliases", "generic")
        if not form.strip() or " ".join(form.split()) != form or unicodedata.normalize("NFC", form) != form
    ]
    assert wrong == []


def test_no_word_mixes_two_alphabets() -> None:
    """A Latin «c» in «Россия» looks right and is never found."""
    wrong = [
        (actor["id"], word)
        for actor in ALL
        for _, form in forms(actor, "names", "aliases", "generic")
        for word in re.split(r"[\s«».,/—–-]+", form)
        if LATIN.search(word) and CYRILLIC.search(word) and word not in TWO_SCRIPTS
    ]
    assert wrong == []


def test_languages_use_their_own_letters() -> None:
    own = {
        "ru": re.compile("[өңүқғұіһәӣӯҷҳ]", re.I),
        "ky": re.compile("[қғұіһәӣӯҷҳ]", re.I),
        "kk": re.compile("[ӣӯҷҳ]", re.I),
        "tg": re.compile("[өңүұіһә]", re.I),
    }
    allowed = {"Егемен Қазақстан", "Самрук-Қазына"}
    wrong = [
        (actor["id"], language, form)
        for actor in ALL
        for language, form in forms(actor, "names", "aliases", "generic")
        if language in own and own[language].search(form)
        if not any(name in form for name in allowed) and "«" not in form
    ]
    assert wrong == []


def test_uzbek_has_the_right_apostrophes() -> None:
    """Oʻ and gʻ have U+02BB, the glottal stop U+02BC; «'», «`», «‘» and «’» are what keyboards give."""
    wrong = [
        (actor["id"], form)
        for actor in ALL
        for language, form in forms(actor, "names", "aliases", "generic")
        if language == "uz" and re.search("['`‘’]", form)
    ]
    assert wrong == []


def test_a_person_is_never_a_surname_alone() -> None:
    """«Жапаров» is two heads of government; a surname is resolved within its document."""
    wrong = [
        (actor["id"], form)
        for actor in ALL
        if actor["type"] == "Person"
        for _, form in forms(actor, "names", "aliases")
        if len(form.split()) < 2
    ]
    assert wrong == []


def test_a_word_without_a_capital_is_generic() -> None:
    """«кабмин» alone may be any country's: it belongs to `generic`, «кабмин Кыргызстана» to `aliases`."""
    wrong = [
        (actor["id"], form)
        for actor in ALL
        for _, form in forms(actor, "names", "aliases")
        if form == form.lower() and len(form.split()) == 1 and form.isalpha()
    ]
    assert wrong == []


def test_what_has_generic_forms_has_a_country() -> None:
    """But for the one whose name states have for a body of theirs: it is meant where the text names it in full."""
    nobodys = [actor["id"] for actor in ALL if actor.get("generic") and not actor["country"]]
    assert nobodys == ["un-security-council"]


@pytest.mark.parametrize(
    ("id", "type", "country", "form"),
    [
        ("kgz", "Country", "KGZ", "Кыргызстан"),
        ("kgz", "Country", "KGZ", "КР"),
        ("kaz", "Country", "KAZ", "РК"),
        ("kg-cabinet", "PublicBody", "KGZ", "Кабинет министров Кыргызстана"),
        ("kg-cabinet", "PublicBody", "KGZ", "кабмин"),
        ("kg-jogorku-kenesh", "PublicBody", "KGZ", "Жогорку Кенеш"),
        ("kg-jogorku-kenesh", "PublicBody", "KGZ", "парламент"),
        ("csto", "Organization", None, "ОДКБ"),
        ("un", "Organization", None, "ООН"),
        ("sadyr-japarov", "Person", "KGZ", "Садыр Жапаров"),
        ("kassym-jomart-tokayev", "Person", "KAZ", "Касым-Жомарт Токаев"),
        ("nikol-pashinyan", "Person", "ARM", "Никол Пашинян"),
    ],
)
def test_actors_that_articles_need(id: str, type: str, country: str | None, form: str) -> None:
    (actor,) = (actor for actor in ALL if actor["id"] == id)
    assert (actor["type"], actor["country"]) == (type, country)
    assert form in {form for language, form in forms(actor, "names", "aliases", "generic") if language == "ru"}


@pytest.mark.parametrize(
    ("title", "country", "day", "holder"),
    [
        ("президент", "KGZ", "2001-06-01", "askar-akayev"),
        ("президент", "KGZ", "2019-06-01", "sooronbay-jeenbekov"),
        ("президент", "KGZ", "2022-01-06", "sadyr-japarov"),
        ("президент", "KAZ", "2018-01-01", "nursultan-nazarbayev"),
        ("президент", "KAZ", "2022-01-06", "kassym-jomart-tokayev"),
        ("президент", "UZB", "2010-01-01", "islam-karimov"),
        ("президент", "UZB", "2022-01-06", "shavkat-mirziyoyev"),
        ("президент", "TKM", "2022-01-06", "gurbanguly-berdimuhamedow"),
        ("премьер-министр", "ARM", "2022-01-06", "nikol-pashinyan"),
        ("председатель Кабинета министров", "KGZ", "2022-01-06", "akylbek-japarov"),
    ],
)
def test_who_held_an_office_on_a_day(title: str, country: str, day: str, holder: str) -> None:
    held = [
        actor["id"]
        for actor in ALL
        for office in actor.get("offices", ())
        if (office["title"]["ru"], office["country"]) == (title, country)
        if office["start"] <= day <= (office["end"] or "9999")
    ]
    assert held == [holder]
