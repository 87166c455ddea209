"""The entity model's own run: the same tags as slovnet's, whatever the text's length."""

from __future__ import annotations

import itertools
from array import array
from typing import Any

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

Unpacked = tuple[Any, Any]


@pytest.fixture(scope="module")
def unpacked() -> Unpacked:
    return ner._unpacked()


@pytest.mark.parametrize(
    "text", [TEXT, TEXT * 3, "Асан", ".", "Он ушёл.", "Kurmanbek Sample met Асана Примерова in Osh."]
)
def test_tags_as_slovnet_does(unpacked: Unpacked, text: str) -> None:
    network = ner._network()
    words = [token.text for token in tokens(text)]
    infer = unpacked[0]
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


@pytest.mark.parametrize("rows", [8, 10, 24])
def test_forgetting_words_changes_nothing(monkeypatch: pytest.MonkeyPatch, unpacked: Unpacked, rows: int) -> None:
    words = [token.text for token in tokens(TEXT)]
    whole = [ner._network().tags(text) for text in (words, words[::-1])]
    monkeypatch.setattr(ner, "_STRETCH", 2)  # with its neighbours 8 words, which have to have room
    monkeypatch.setattr(ner, "_KEPT_ROWS", rows)
    network = ner._Network(*unpacked)
    for _ in range(3):
        assert [network.tags(text) for text in (words, words[::-1])] == whole
    assert len(network._pairs) <= rows < len(set(words))
    assert len(network._rows) <= 4 * rows


def test_words_that_most_texts_use_are_kept(monkeypatch: pytest.MonkeyPatch, unpacked: Unpacked) -> None:
    monkeypatch.setattr(ner, "_STRETCH", 2)
    monkeypatch.setattr(ner, "_KEPT_ROWS", 8)
    network = ner._Network(*unpacked)
    for word in ("дождь", "снег", "ветер", "град", "мороз", "туман", "иней"):
        network.tags(["вода", word])
    network.tags(["лёд", "жара"])
    assert "вода" in network._rows and "дождь" not in network._rows


def test_words_without_a_vector_share_what_is_kept(unpacked: Unpacked) -> None:
    network = ner._Network(*unpacked)
    network.tags(["Жыпылдакбеков", "Чоңбулактегин", "жыпылдакбеков"])
    rows = network._rows
    assert rows["Жыпылдакбеков"] == rows["Чоңбулактегин"] != rows["жыпылдакбеков"]


WORDS = ("вода", "снег", "туча", "ө", "вода-то")


@pytest.mark.parametrize("same_hash", [False, True])
def test_a_word_is_found_by_its_letters(monkeypatch: pytest.MonkeyPatch, same_hash: bool) -> None:
    if same_hash:
        monkeypatch.setattr(ner, "hash", len, raising=False)  # three of them have the same
    words = ner._Words(WORDS, array("L", range(10, 15)))
    assert [words.find(word) for word in WORDS] == [0, 1, 2, 3, 4]
    assert [words.find(word) for word in ("водат", "ода", "", "гтуч", "лёд")] == [None] * 5
    assert [words.frequency(word) for word in ("вода", "вода-то", "лёд")] == [10, 14, 0]


@pytest.mark.parametrize("code", [-(2**63), -1, 0, 2**63 - 1])
def test_a_word_is_found_wherever_its_hash_lies(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    monkeypatch.setattr(ner, "hash", {"вода": code, "снег": 5}.__getitem__, raising=False)
    words = ner._Words(["снег", "вода"], array("L", [1, 2]))
    assert (words.find("снег"), words.find("вода")) == (0, 1)


def test_the_model_s_own_words_are_found(unpacked: Unpacked) -> None:
    vocabulary = unpacked[0].encoder.words_vocab
    words = ner._network()._words
    assert all(words.find(word) == vocabulary.item_ids[word] for word in vocabulary.items[::500])


@pytest.mark.parametrize("length", [1, 2, 3, 4, 9])
def test_two_words_at_a_time_are_convolved_as_one_by_one(length: int) -> None:
    first, layer, _ = ner._network()._layers
    room = ner._Room(ner._network()._layers)
    room.results[0][:] = 5  # what another text has left there
    x = first._result(room, length)
    x[1 : length + 1] = np.random.default_rng(length).random((length, x.shape[1]), np.float32)
    before, both, after = layer.weight[0], layer.weight[1] * 2 - layer.weight[0] - layer.weight[3], layer.weight[3]
    wanted = x[: length + 2][:-2] @ before + x[1 : length + 1] @ both + x[2 : length + 2] @ after + layer.bias
    wanted[0] -= layer.first
    wanted[-1] -= layer.last
    found = layer.convolved(x, length, room)
    assert np.allclose(found[1 : length + 1], np.maximum(wanted, 0), atol=1e-3)
    assert not found[0].any() and not found[length + 1 :].any()


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
