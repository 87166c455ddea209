"""The entity model's own run: the same tags as slovnet's, whatever the text's length."""

from __future__ import annotations

import itertools

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra.numpy import arrays

from kg_news.views import ner
from kg_news.views.ner import best_path, entities
from kg_news.views.tokens import tokens

TEXT = (
    "Министр ирригации Асан Примеров приехал в Долинск. «Зорька» пишет, что Бурул Тестова из Союза пасечников "
    "встретила его у вокзала. В Кыргызстане ждут дождя, сказал Примеров корреспонденту «Вечернего Долинска». "
)


@pytest.mark.parametrize(
    "text", [TEXT, TEXT * 3, "Асан", ".", "Он ушёл.", "Kurmanbek Sample met Асана Примерова in Osh."]
)
def test_tags_as_slovnet_does(text: str) -> None:
    network = ner._network()
    words = [token.text for token in tokens(text)]
    infer = ner._unpacked()[0]
    (expected,) = infer.decoder(infer.process(infer.encoder([words])))
    assert network.tags(words) == list(expected)


def test_finds_persons_places_and_organisations() -> None:
    found = {(TEXT[entity.start : entity.end], entity.type) for entity in entities(tokens(TEXT))}
    assert {("Асан Примеров", "PER"), ("Бурул Тестова", "PER"), ("Примеров", "PER"), ("Кыргызстане", "LOC")} <= found


def test_a_text_without_words_names_nobody() -> None:
    assert entities(()) == ()


def test_long_texts_in_stretches_have_the_same_entities(monkeypatch: pytest.MonkeyPatch) -> None:
    words = tokens(TEXT * 5)
    whole = entities(words)
    monkeypatch.setattr(ner, "_STRETCH", 17)
    assert entities(words) == whole


def test_forgetting_words_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    words = tokens(TEXT)
    whole = entities(words)
    monkeypatch.setattr(ner, "_KEPT_WORDS", 8)
    assert entities(words) == whole


def slow_path(emissions: ner.Array, transitions: ner.Array) -> list[int]:
    """Viterbi as it stands in the textbook."""
    score, back = emissions[0], []
    for row in emissions[1:]:
        every = score[:, None] + transitions
        back.append(every.argmax(axis=0))
        score = every.max(axis=0) + row
    path = [int(score.argmax())]
    for best in reversed(back):
        path.append(int(best[path[-1]]))
    return path[::-1]


NUMBERS = st.integers(-50, 50).map(float)


@given(st.data(), st.integers(1, 100), st.integers(1, 5))
def test_best_path_is_the_textbook_s(data: st.DataObject, length: int, size: int) -> None:
    emissions = data.draw(arrays(np.float32, (length, size), elements=NUMBERS))
    transitions = data.draw(arrays(np.float32, (size, size), elements=NUMBERS))
    outside = data.draw(st.integers(0, size - 1))

    def worth(path: list[int]) -> float:
        steps = sum(transitions[a, b] for a, b in itertools.pairwise(path))
        return float(steps + sum(emissions[i, tag] for i, tag in enumerate(path)))

    # Ties may be broken otherwise; the sum may not be lower.
    assert worth(best_path(emissions, transitions, outside)) == worth(slow_path(emissions, transitions))
