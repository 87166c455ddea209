"""Names of the registry in running text: whatever their case, the longest first, never inside another word."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg_news.doc import knowledge
from kg_news.registry import RegistryActor
from kg_news.views.gazetteer import Gazetteer, country_names, name_of, names_of, turkic_stems, word_keys
from kg_news.views.tokens import TokenIndex, tokens
from reading import shipped_registry


def actor(id: str, *names: str, type: str = "PublicBody", language: str = "ru", **more: Any) -> RegistryActor:
    """A registry entry: the first name is its own, the others are aliases."""
    return RegistryActor(
        id=id,
        type=type,
        names=MappingProxyType({language: names[0]} if names else {}),
        aliases=MappingProxyType({language: names[1:]}),
        generic=MappingProxyType({language: more.get("generic", ())}),
        role=None,
        country=more.get("country"),
        wikidata=None,
        wikidata_source=None,
        offices=(),
    )


ACTORS = [
    actor("council", "Совет долины", "Совет долины Чон-Таш", generic=("совет",)),
    actor("other-council", "Совет ущелья", generic=("совет",)),
    actor("service", "Служба горных троп", "СГТ", "Горная служба"),
    actor("alliance", "Союз «Зелёный перевал»", type="Organization"),
    actor("father", "Отец перевала", type="Organization"),
    actor("mot", "МОТ", type="Organization"),
    actor("kgz", "Кыргызстан", "КР", type="Country", country="KGZ"),
    actor("tgo", "Того", type="Country", country="TGO"),
]
GAZETTEER = Gazetteer(ACTORS, "ru")

FOUND = [
    # text, matches: `words=ids`, with `?` for a generic name
    ("Совет долины решил.", "Совет долины=council"),
    ("В Совете долины решили.", "Совете долины=council"),
    ("Советом долины Чон-Таш решено.", "Советом долины Чон-Таш=council"),
    ("СОВЕТ ДОЛИНЫ решил.", "СОВЕТ ДОЛИНЫ=council"),
    ("Совет решил.", "Совет=council,other-council?"),
    ("Советам долины не верят.", "Советам долины=council"),
    ("Совет долин решил.", "Совет долин=council"),
    ("Служба горных троп и СГТ.", "Служба горных троп=service; СГТ=service"),
    ("сгт и Сгт.", ""),
    ("Горной службой довольны.", "Горной службой=service"),
    ("Служба долины.", ""),
    ("Члены союза «Зеленый перевал» ушли.", "союза «Зеленый перевал»=alliance"),
    ("«Союз «Зелёный перевал» ушёл.", "Союз «Зелёный перевал»=alliance"),
    ("Союз Зелёный перевал» ушёл.", "Союз Зелёный перевал=alliance"),
    ("«Совет долины» — газета.", "Совет долины=council"),
    ("Союз, Зелёный перевал.", ""),
    ("Союз Зеленый перевал ушёл.", "Союз Зеленый перевал=alliance"),
    ("Отца перевала помнят.", "Отца перевала=father"),
    ("Он мот и кутила.", ""),
    ("МОТ и КР.", "МОТ=mot; КР=kgz"),
    ("Кыргызстаном гордятся.", "Кыргызстаном=kgz"),
    ("кыргызстан", ""),
    ("Кыргызстанцы гордятся.", ""),
    ("Того, кто пришёл, ждали.", ""),
    ("Его столица — в Того.", ""),
    ("Советский человек.", ""),
    ("Посоветовали уйти.", ""),
    ("", ""),
]


def matched(gazetteer: Gazetteer, text: str) -> str:
    return "; ".join(
        f"{text[match.start : match.end]}={','.join(match.actors)}{'?' if match.generic else ''}"
        for match in gazetteer.matches(TokenIndex(tokens(text), ()))
    )


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_matches(text: str, expected: str) -> None:
    assert matched(GAZETTEER, text) == expected


def test_a_name_that_two_actors_have_says_not_who_is_meant() -> None:
    gazetteer = Gazetteer([actor("a", "Ак-Суу"), actor("b", "Ак-Суу")], "ru")
    assert matched(gazetteer, "Ак-Суу") == "Ак-Суу=a,b?"


def test_a_name_of_its_own_goes_before_a_generic_one() -> None:
    gazetteer = Gazetteer([actor("a", "Курултай"), actor("b", "Курултай долины", generic=("Курултай",))], "ru")
    assert matched(gazetteer, "Курултай") == "Курултай=a"


TURKIC = [
    ("ky", "Өзгөн шаары", "Өзгөн шаарында жыйын өттү.", "Өзгөн шаарында=x"),
    ("ky", "Кыргызстан", "Кыргызстандын эли, Кыргызстанга.", "Кыргызстандын=x; Кыргызстанга=x"),
    ("ky", "Кыргызстан", "Кыргызстандыктар чогулду.", ""),
    ("kk", "Қазақстан", "Қазақстанның елшісі Қазақстанға келді.", "Қазақстанның=x; Қазақстанға=x"),
    ("kk", "Ішкі істер министрлігі", "Ішкі істер министрлігінің хабары.", "Ішкі істер министрлігінің=x"),
    # An abbreviation bends, with a hyphen and without.
    ("ky", "ТЖБ", "ТЖБ менен ТЖБнын кызматы.", "ТЖБ=x; ТЖБнын=x"),
    ("kk", "ТЖ", "ТЖ-ның хабары, ТЖда.", "ТЖ-ның=x; ТЖда=x"),
    ("ky", "ТЖБ", "тжбнын ТЖБНЫН ТЖБдер ТЖБ-Талас.", ""),
    ("en", "Council of Elders", "The Council of Elders met.", "Council of Elders=x"),
    ("en", "Council of Elders", "The council of elders met.", "council of elders=x"),
]


@pytest.mark.parametrize(("language", "name", "text", "expected"), TURKIC)
def test_other_languages(language: str, name: str, text: str, expected: str) -> None:
    assert matched(Gazetteer([actor("x", name, language=language)], language), text) == expected


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("бишкекте", "бишкек"),
        ("кыргызстандын", "кыргызстан"),
        ("министрлигинин", "министрлиг"),
        ("токтогулга", "токтогул"),
    ],
)
def test_endings_of_kyrgyz_come_off(word: str, stem: str) -> None:
    assert stem in turkic_stems(word)


def test_a_stem_keeps_three_letters() -> None:
    assert turkic_stems("анын") == {"анын"} | {stem for stem in turkic_stems("анын") if len(stem) >= 3}


def test_no_russian_morphology_on_other_languages() -> None:
    assert word_keys("Кеңештин", "ky") == turkic_stems("кеңештин")
    assert word_keys("Districts", "en") == {"districts"}


@pytest.mark.parametrize(
    ("alpha3", "language", "name"), [("KGZ", "ru", "Киргизия"), ("KAZ", "ru", "Казахстан"), ("ARM", "en", "Armenia")]
)
def test_states_have_the_names_of_cldr(alpha3: str, language: str, name: str) -> None:
    assert country_names(alpha3, language) == (name,)


@pytest.mark.parametrize(("alpha3", "language"), [("XXA", "ru"), ("KGZ", "qqq")])
def test_what_cldr_lacks_has_no_name(alpha3: str, language: str) -> None:
    assert country_names(alpha3, language) == ()


def test_the_registrys_name_goes_before_cldrs() -> None:
    state = shipped_registry().actors["kgz"]
    assert name_of(state, "ru") == "Кыргызстан"
    assert "Киргизия" in names_of(state, "ru")


def test_a_name_is_asked_in_the_language_then_in_russian_then_in_english() -> None:
    assert name_of(actor("a", "Совет"), "ky") == "Совет"
    assert name_of(actor("a", "Council", language="en"), "ky") == "Council"
    assert name_of(actor("a", "Geňeş", language="tk"), "ky") == "Geňeş"


# The shipped registry

SHIPPED = knowledge(shipped_registry()).gazetteers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Жогорку Кенешу", "Жогорку Кенешу=kg-jogorku-kenesh"),
        ("Жогорку кенеш", "Жогорку кенеш=kg-jogorku-kenesh"),
        ("кабмином Кыргызстана", "кабмином Кыргызстана=kg-cabinet"),
        ("в Киргизии и США", "Киргизии=kgz; США=usa"),
        ("на фоне ОДКБ", "ОДКБ=csto"),
        ("Белый дом, Кремль, Акорда, Бишкек", ""),
    ],
)
def test_shipped_names(text: str, expected: str) -> None:
    assert matched(SHIPPED["ru"], text) == expected


def test_every_shipped_name_is_found_as_it_is_written() -> None:
    """But for a state whose name is a pronoun's form, far more often."""
    lost = []
    for entry in shipped_registry().actors.values():
        if entry.type == "Person":
            continue
        for name in names_of(entry, "ru"):
            found = SHIPPED["ru"].matches(TokenIndex(tokens(name), ()))
            if not any(entry.id in match.actors for match in found):
                lost.append((entry.id, name))
    assert lost == [("tgo", "Того")]


WORD = st.sampled_from(
    [
        "Совет",
        "совета",
        "долины",
        "Чон-Таш",
        "СГТ",
        "КР",
        "Кыргызстана",
        "отец",
        "перевала",
        ",",
        ".",
        "«",
        "»",
        "и",
        "в",
    ]
)


@given(st.lists(WORD, max_size=12))
def test_matches_are_disjoint_and_in_order(words: list[str]) -> None:
    text = " ".join(words)
    end = 0
    for match in GAZETTEER.matches(TokenIndex(tokens(text), ())):
        assert end <= match.start < match.end <= len(text)
        assert match.actors
        end = match.end


def test_most_words_need_no_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def keys(word: str, language: str) -> frozenset[str]:
        asked.append(word)
        return word_keys(word, language)

    monkeypatch.setattr("kg_news.views.gazetteer.word_keys", keys)
    text = "Вчера жители пришли на базар и купили хлеба, а Совет долины молчал."
    assert matched(GAZETTEER, text) == "Совет долины=council"
    assert set(asked) == {"Совет", "долины", "молчал"}, "the last one could go on `Совет долины Чон-Таш`"


def test_adjectives_name_their_state() -> None:
    states = [
        replace(actor("kgz", "Кыргызстан", type="Country"), adjectives=MappingProxyType({"ru": ("кыргызский",)})),
        replace(actor("tgo", "Того", type="Country"), adjectives=MappingProxyType({"ru": ("тоголезский",)})),
    ]
    text = "Кыргызские и тоголезско-кыргызские школы Кыргызстана, кыргыз."
    found = Gazetteer(states, "ru").matches(TokenIndex(tokens(text), ()))
    assert [(text[match.start : match.end], match.actors, match.adjective) for match in found] == [
        ("Кыргызские", ("kgz",), True),
        ("тоголезско", ("tgo",), True),
        ("кыргызские", ("kgz",), True),
        ("Кыргызстана", ("kgz",), False),
    ]
