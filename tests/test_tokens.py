"""Tokens and sentences are razdel's; that a long text is read in pieces changes none of them."""

from __future__ import annotations

import pytest
import razdel
from hypothesis import given, settings
from hypothesis import strategies as st

from kg_news.records import Span
from kg_news.views import sentences as sentence_view
from kg_news.views.sentences import sentences
from kg_news.views.tokens import Token, TokenIndex, spaced, tokens

SENTENCE = st.sampled_from(
    [
        "Совет собрался в 10.30 утра, т.е. рано. ",
        "А. С. Примеров сказал: «Да. Нет!» И ушёл… ",
        "В г. Ош пришли 3,5 тыс. человек (по данным мэрии). ",
        "— Кто там? — Никого... ",
        "Слово " * 40 + ". ",
    ]
)
LONG = st.lists(SENTENCE, min_size=200, max_size=260).map(lambda parts: "".join(parts) * 3)


@settings(max_examples=12, deadline=None)
@given(LONG)
def test_a_long_text_has_the_same_tokens_and_sentences_as_in_one_piece(text: str) -> None:
    assert len(text) > 10_000
    assert list(tokens(text)) == [Token(token.start, token.stop, token.text) for token in razdel.tokenize(text)]
    assert list(sentences(text)) == [Span(span.start, span.stop) for span in razdel.sentenize(text)]


@pytest.mark.parametrize(
    "text",
    [
        "кто-то из-за 3,5 т.е. 10.30 1/2 и/или x_1 а_ б",
        "слово -то слово- то 2031. 5 мая 2031 .5 - -",
        "Да?.. Нет!!! :-) ;)) -- ** … -–- №5 «»",
        "Δσ Δ5 mβж aб a1 5% Yahoo! yahoo!! не!",
    ],
)
def test_tokens_of_signs_are_razdel_s(text: str) -> None:
    assert list(tokens(text)) == [Token(token.start, token.stop, token.text) for token in razdel.tokenize(text)]


@settings(max_examples=400)
@given(st.text(alphabet="аБxY12 -–_.,/\\!?…:;()=*Δβ«№%", max_size=14))
def test_tokens_of_any_text_are_razdel_s(text: str) -> None:
    assert list(tokens(text)) == [Token(token.start, token.stop, token.text) for token in razdel.tokenize(text)]


@pytest.mark.parametrize("text", ["а" * 25_000, "." * 25_000, "а. " * 12_000, "слово " * 5_000])
def test_a_text_without_an_end_in_sight_is_cut_and_lost_nowhere(text: str) -> None:
    for spans in ([(token.start, token.end) for token in tokens(text)], sentences(text)):
        assert "".join(text[start:end] for start, end in spans).replace(" ", "") == text.replace(" ", "")
        assert all(text[start:end].strip() for start, end in spans)


@given(st.text(alphabet="Аб. \n\r«»", max_size=40), st.integers(0, 10), st.integers(0, 30))
def test_sentences_of_a_stretch_lie_within_it(text: str, start: int, length: int) -> None:
    end = min(start + length, len(text))
    last = min(start, end)
    for span in sentences(text, start, end):
        assert last <= span.start < span.end <= end
        words = text[slice(*span)]
        assert words == words.strip()
        assert "\n" not in words
        last = span.end


def test_a_line_break_ends_a_sentence() -> None:
    text = "Первое без точки\nВторое. Третье\r\nЧетвёртое"
    assert [text[slice(*span)] for span in sentences(text)] == ["Первое без точки", "Второе.", "Третье", "Четвёртое"]


def test_tokens_are_found_by_their_place() -> None:
    text = "Совет ушёл. Депутат «Зорьки» остался."
    found = tokens(text)
    index = TokenIndex(found, sentences(text))
    at = text.index("Зорьки")
    first, last = index.span(at, at + 6)
    assert [token.text for token in found[first:last]] == ["Зорьки"]
    assert [token.text for token in index.within(at, len(text))] == ["Зорьки", "»", "остался", "."]
    assert text[slice(*index.sentence(at))] == "Депутат «Зорьки» остался."
    assert index.at(0) == 0
    assert found[index.at(at + 3)].text == "Зорьки"


def test_other_forms_keep_the_spaces_of_the_text() -> None:
    found = tokens("завода  «Зорька»-2")
    assert spaced(found, ["завод", *(token.text for token in found[1:])]) == "завод «Зорька»-2"


@pytest.mark.parametrize("text", ["." * 60_000, ". " * 30_000, "слово. Слово " * 5_000, "Он ушёл. " * 7_000])
def test_razdel_s_rules_see_no_more_than_they_need(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What there is of a sentence would else be copied at every mark in it."""
    real, lengths = sentence_view._rules(), []

    def watched(*parts: str) -> object:
        lengths.append(sum(map(len, parts)))
        return real.split(*parts)

    monkeypatch.setattr(sentence_view, "_rules", lambda: real._replace(split=watched))
    sentences(text)
    assert max(lengths, default=0) <= 60
    assert len(lengths) <= 1.1 * len(text), "nothing is read again and again"


@given(st.text(alphabet="аБв1I §)(.!?…;:\"«»”„’'-—–", max_size=40))
def test_sentences_of_any_line_are_razdel_s(text: str) -> None:
    assert list(sentences(text)) == [Span(s.start, s.stop) for s in razdel.sentenize(text) if s.start < s.stop]


@given(st.lists(st.sampled_from(["т.", "е.", "Он", "А.", "С.", "ушёл.", "г.", "1.", "а)", "—", "«Да!»", ":)", "им."])))
def test_sentences_of_shortened_words_are_razdel_s(words: list[str]) -> None:
    text = " ".join(words)
    assert list(sentences(text)) == [Span(s.start, s.stop) for s in razdel.sentenize(text) if s.start < s.stop]
