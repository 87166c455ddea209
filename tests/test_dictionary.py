"""The fast look-up in pymorphy3's dictionary: the readings and forms are pymorphy3's own, in its order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg_news.views.dictionary import analyzer, bent, grammemes_of, holds, readings
from kg_news.views.morph import inflect, lemmas, parses, plain

WORDS = (
    # several readings, ranked by how often they are meant: «стали», «мыла», «после»
    *["стали", "мыла", "после", "три", "еду", "ели", "Асана", "Марата", "Ивановой", "Саре", "Бишкеке"],
    # е for ё, prefixes of a paradigm, words that are written with a hyphen, in capitals
    *[
        "еще",
        "Елка",
        "Пётр",
        "Петр",
        "береза",
        "наилучший",
        "покрасивее",
        "кто-то",
        "премьер-министр",
        "ООН",
        "США",
        "СНГ",
    ],
    # of these the dictionary has none: behind a prefix that pymorphy3 knows, behind another, by their endings
    *["супергородом", "экстремьер", "афросоюза", "бишкекчанина", "Токаева", "кабминовские", "наипушнейший", "тпруу"],
    *["правительства", "министров", "Кыргызстана", "кыргызские", "сказал", "заявила", "говорится", "дети", "людьми"],
)
CASES = ("nomn", "nomn sing", "nomn plur", "gent", "nomn sing masc", "voct")


@pytest.mark.parametrize("word", WORDS)
def test_readings_are_those_of_pymorphy3(word: str) -> None:
    wanted = [(parse.word, parse.normal_form, str(parse.tag)) for parse in analyzer().parse(word)]
    found = [(one.before + one.word, one.lemma, one.form.grammemes) for one in readings(word)]
    assert found == [(spelled, lemma, frozenset(tag.replace(" ", ",").split(","))) for spelled, lemma, tag in wanted]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("case", CASES)
def test_words_are_bent_as_pymorphy3_bends_them(word: str, case: str) -> None:
    wanted = frozenset(case.split())
    forms = [parse.inflect(set(wanted)) for parse in analyzer().parse(word)]
    assert [bent(one, wanted) for one in readings(word)] == [form.word if form else None for form in forms]


@pytest.mark.parametrize("word", ["А", "я", "Өмүрбек", "врач-реаниматолог", "NATO", "2031", "...", ""])
def test_what_is_no_russian_word_is_left_to_pymorphy3(word: str) -> None:
    assert readings(word) == ()


@pytest.mark.parametrize(
    "word", ["NATO", "Covid-19", "24.kg", "IV", "7,5", "U.S.", "--", "don't", "e-mail", "2031-2035"]
)
def test_what_has_no_letter_but_latin_ones_does_not_bend(word: str) -> None:
    assert lemmas(word) == {word.lower()} == {word.lower(), *(parse.normal_form for parse in analyzer().parse(word))}


@given(st.text(alphabet="abcdilmvxABCDILMVXQZ", min_size=1, max_size=6))
def test_latin_words_are_read_as_pymorphy3_reads_them(word: str) -> None:
    wanted = [(parse.normal_form, grammemes_of(str(parse.tag))) for parse in analyzer().parse(word)]
    assert list(parses(word)) == wanted
    assert inflect(word, frozenset({"gent"})) is None


@pytest.mark.parametrize("word", [*WORDS, "всё", "все", "ёж", "еж", "шмуглик", "А", "2031", ",", "", "NATO", "кто-то"])
def test_the_dictionary_holds_what_pymorphy3_knows(word: str) -> None:
    assert holds(word.lower()) == analyzer().word_is_known(word)


@given(st.text(alphabet="абвеёиклмнорстуыьяпзджцх", max_size=9))
def test_the_dictionary_holds_what_pymorphy3_knows_of_any_letters(word: str) -> None:
    assert holds(word) == analyzer().word_is_known(word)


@pytest.mark.parametrize("word", ["супер" * 1900, "дез" * 400, "Ак-" * 3000 + "Суу", "ъ" * 9000, "а" * 61])
def test_no_word_is_too_long(word: str) -> None:
    assert plain(word.lower()) in lemmas(word)
    assert inflect(word, frozenset({"gent"})) is None or readings(word)


def test_an_unknown_grammeme_is_an_error_as_in_pymorphy3() -> None:
    with pytest.raises(ValueError, match="nominative"):
        bent(readings("министры")[0], frozenset({"nominative"}))


@given(st.text(alphabet="абвеёиклмнорстуыьяпзджцх", min_size=2, max_size=9))
def test_any_word_of_russian_letters_has_the_readings_of_pymorphy3(word: str) -> None:
    if found := readings(word):
        parses = analyzer().parse(word)
        wanted = [(parse.word, parse.normal_form) for parse in parses]
        assert [(one.before + one.word, one.lemma) for one in found] == wanted
        forms = [parse.inflect({"gent"}) for parse in parses]
        assert [bent(one, frozenset({"gent"})) for one in found] == [form.word if form else None for form in forms]
