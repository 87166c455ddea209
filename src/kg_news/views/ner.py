"""Named entities in Russian text, by slovnet's news model (MIT), run by numpy alone.

The model and its word vectors lie in natasha's wheel; natasha itself is not imported, and slovnet only unpacks them.
The network is a window of three words, three times over, and a chain of tags (Lample et al. 2016, with convolutions
for the recurrent layer). It runs on whole documents, which on NEREL is more accurate than sentence by sentence, and
gives the same spans as slovnet's own run, several times faster: a word's part of the first convolution is computed
once and kept, nothing is padded, and the tags' best path is searched only where it may leave `O`.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from kg_news.errors import MissingExtra
from kg_news.views.tokens import Token

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array = npt.NDArray[np.float32]

EntityType = Literal["PER", "LOC", "ORG"]

_STRETCH = 4096
"""Tokens that go through the network at once: bounds the memory for a text of any length."""
_REACH = 3
"""Tokens on each side that a tag depends on: one for each convolution."""
_KEPT_WORDS = 20_000
"""Words whose first convolution is kept: 60 MB."""


class Entity(NamedTuple):
    """A named entity, as the model sees it."""

    start: int
    end: int
    type: EntityType


def entities(tokens: Sequence[Token]) -> tuple[Entity, ...]:
    """The persons, places and organisations that a Russian text names, in order and disjoint."""
    if not tokens:
        return ()
    tags = _network().tags([token.text for token in tokens])
    return tuple(_spans(tokens, tags))


def _spans(tokens: Sequence[Token], tags: Sequence[str]) -> Iterator[Entity]:
    """`B-PER I-PER O` to spans; an I- without its own type before it goes on nothing, and is passed over."""
    start, kind, end = 0, "", 0
    for token, tag in zip(tokens, tags, strict=True):
        if tag == "O" and not kind:
            continue
        mark, _, own = tag.partition("-")
        if mark == "I" and own == kind:
            end = token.end
            continue
        if kind:
            yield Entity(start, end, kind)  # type: ignore[arg-type]
        start, kind, end = token.start, own if mark == "B" else "", token.end
    if kind:
        yield Entity(start, end, kind)  # type: ignore[arg-type]


def frequency(word: str) -> int:
    """How often a word form (in whatever letter case) stands in the billion words of news that the model's word
    vectors were made from; 0 for those under a hundred or so.
    """
    return _network().frequency(word.lower())


@cache
def _network() -> _Network:
    return _Network(*_unpacked())


def _unpacked() -> tuple[Any, array[int]]:
    """slovnet's model with its word vectors, and how often each word stood in what these were made from."""
    try:
        from navec import Navec
        from slovnet import NER
    except ModuleNotFoundError as error:
        raise MissingExtra("build", error.name) from error
    spec = find_spec("natasha")
    if spec is None or spec.origin is None:
        raise MissingExtra("build", "natasha")
    data = Path(spec.origin).parent / "data"
    model = NER.load(str(data / "model" / "slovnet_ner_news_v1.tar"))
    vectors = Navec.load(str(data / "emb" / "navec_news_v1_1B_250K_300d_100q.tar"))
    model.navec(vectors)
    return model.infer, array("L", vectors.vocab.counts)


class _Network:
    """slovnet's weights, laid out for whole documents."""

    def __init__(self, infer: Any, counts: array[int]) -> None:
        import numpy as np
        from slovnet.shape import word_shape

        self._np = np
        self._word_shape = word_shape
        words, shapes = infer.encoder.words_vocab, infer.encoder.shapes_vocab
        self._word_ids, self._unknown_word = words.item_ids, words.unk_id
        self._counts = counts
        self._shape_ids, self._unknown_shape = shapes.item_ids, shapes.unk_id
        embedding = infer.model.emb
        # A word vector is a hundred pieces of three numbers, each one of 256: laid flat, a piece is one row.
        pieces, choices, width = embedding.word.codes.array.shape
        self._pieces = embedding.word.codes.array.reshape(pieces * choices, width).astype(np.float32)
        self._offsets = np.arange(pieces) * choices
        self._choices = embedding.word.indexes.array
        self._shape_vectors = embedding.shape.weight.array.astype(np.float32)
        self._names = infer.decoder.tags_vocab.items
        # A convolution over three words is three matrices side by side: for the word before, the word, the word behind.
        self._layers = []
        for layer in infer.model.encoder.layers:
            weight = layer.conv.weight.array.astype(np.float32)
            size, width, window = weight.shape
            norm = layer.norm
            scale = norm.weight.array / norm.std.array
            self._layers.append(
                _Layer(
                    np.ascontiguousarray(weight.transpose(1, 2, 0).reshape(width, window * size)),
                    layer.conv.bias.array.astype(np.float32),
                    scale.astype(np.float32),
                    (norm.bias.array - norm.mean.array * scale).astype(np.float32),
                )
            )
        head = infer.model.head
        self._out = head.proj.weight.array.astype(np.float32)
        self._out_bias = head.proj.bias.array.astype(np.float32)
        self._transitions = head.crf.transitions.array.astype(np.float32)
        self._rooms: list[tuple[Array, Array]] = []
        """Memory that no thread works in just now."""
        self._forget()

    def _forget(self) -> None:
        """Start the kept words anew."""
        self._rows: dict[str, int] = {}
        self._kept = self._np.empty((0, self._layers[0].weight.shape[1]), self._np.float32)

    def frequency(self, word: str) -> int:
        at = self._word_ids.get(word)
        return 0 if at is None else int(self._counts[at])

    def tags(self, words: Sequence[str]) -> list[str]:
        """The best tag of each word: `O`, `B-PER`, `I-PER`, …"""
        np = self._np
        emissions = []
        for start in range(0, len(words), _STRETCH):
            first, last = max(0, start - _REACH), min(len(words), start + _STRETCH + _REACH)
            scores = self._emissions(words[first:last])
            emissions.append(scores[start - first : min(start + _STRETCH, len(words)) - first])
        path = best_path(np.concatenate(emissions), self._transitions, self._names.index("O"))
        return [self._names[tag] for tag in path]

    def _emissions(self, words: Sequence[str]) -> Array:
        """How well each tag fits each word by itself: words x tags."""
        products, sums = self._rooms.pop() if self._rooms else self._new_rooms()
        x = self._layers[0].finish(self._first(words, products), sums)
        for layer in self._layers[1:]:
            product = _shaped(products, len(words), layer.weight.shape[1])
            x = layer.finish(self._np.matmul(x, layer.weight, out=product), sums)
        scores: Array = x @ self._out + self._out_bias
        self._rooms.append((products, sums))
        return scores

    def _new_rooms(self) -> tuple[Array, Array]:
        """Memory for a layer's product and for its sum. It is used again: to get fresh memory from the system takes
        longer than what is then written to it.
        """
        words, width = _STRETCH + 2 * _REACH, max(layer.weight.shape[1] for layer in self._layers)
        return self._np.empty(words * width, self._np.float32), self._np.empty(words * width // 3, self._np.float32)

    def _first(self, words: Sequence[str], room: Array) -> Array:
        """The first layer's product, word by word: the same word always gives the same row."""
        new = [word for word in dict.fromkeys(words) if word not in self._rows]
        if len(self._rows) + len(new) > _KEPT_WORDS:
            self._forget()
            new = list(dict.fromkeys(words))
        if new:
            ids = [self._word_ids.get(word.lower(), self._unknown_word) for word in new]
            shapes = [self._shape_ids.get(self._word_shape(word), self._unknown_shape) for word in new]
            self._keep(new, self._vectors(ids, shapes) @ self._layers[0].weight)
        rows = [self._rows[word] for word in words]
        # Without `clip`, take() writes to memory of its own first.
        return self._kept.take(rows, axis=0, out=_shaped(room, len(words), self._kept.shape[1]), mode="clip")

    def _vectors(self, ids: list[int], shapes: list[int]) -> Array:
        """The words' vectors from Navec, and behind each the vector of the word's shape."""
        words = self._pieces.take(self._choices[ids] + self._offsets, axis=0).reshape(len(ids), -1)
        return self._np.concatenate((words, self._shape_vectors[shapes]), axis=1)

    def _keep(self, words: Sequence[str], rows: Array) -> None:
        np = self._np
        used, needed = len(self._rows), len(self._rows) + len(words)
        if needed > len(self._kept):  # what is not written to takes no memory yet
            room = np.empty((max(needed, _KEPT_WORDS), rows.shape[1]), np.float32)
            room[:used] = self._kept[:used]
            self._kept = room
        self._kept[used:needed] = rows
        self._rows.update(zip(words, range(used, needed), strict=True))


def _shaped(room: Array, words: int, width: int) -> Array:
    """The beginning of the room, as a matrix."""
    return room[: words * width].reshape(words, width)


class _Layer(NamedTuple):
    """A convolution over three words, and the normalisation behind it as one factor and one summand."""

    weight: Array
    bias: Array
    scale: Array
    shift: Array

    def finish(self, product: Array, room: Array) -> Array:
        """Sum what the word before, the word itself and the word behind give; rectify; normalise. The result lies in
        the room.
        """
        import numpy as np

        size = len(self.bias)
        x = _shaped(room, len(product), size)
        np.add(product[:, size : 2 * size], self.bias, out=x)
        x[1:] += product[:-1, :size]
        x[:-1] += product[1:, 2 * size :]
        np.maximum(x, 0, out=x)
        x *= self.scale
        x += self.shift
        return x


def best_path(emissions: Array, transitions: Array, outside: int) -> list[int]:
    """The tags with the highest sum of emissions and transitions (Viterbi 1967).

    `emissions` is words x tags, `transitions` tags x tags (from, to), `outside` the tag of what is no entity.

    Most words are outside so clearly that no path through another tag can win: what another tag can gain later is
    bounded for all words at once, and the loop over words goes only where the bound does not decide. The path is the
    best of all, not of some.
    """
    import numpy as np

    length = len(emissions)
    # Tags are rows here, and words columns: numpy is slow where the last axis is short.
    fits = np.ascontiguousarray(emissions.T)
    gains = _gains(fits, transitions, outside)
    # From a word that is outside: the score of each tag of the next word, by how much it falls short of `outside`.
    ahead = transitions[outside][:, None] + fits
    ahead -= ahead[outside]
    ahead += gains
    open_ends = (ahead > -_MARGIN).sum(axis=0) > 1
    if length:
        open_ends[0] = True  # nothing stands before the first word
    path = [outside] * length
    steps = transitions.tolist()
    done = 0
    for start in np.flatnonzero(open_ends).tolist():
        if start >= done:
            done = _stretch(path, start, emissions, gains.T, steps, outside)
    return path


_MARGIN = 0.01
"""Far more than sums of float32 are off; a tag that is this near to winning is looked at."""
_LOOK_AHEAD = 3
"""Words behind a word whose emissions bound what a tag can gain there."""


def _gains(fits: Array, transitions: Array, outside: int) -> Array:
    """For each tag and word, the most by which a path through the tag can gain on one through `outside` behind it.

    `fits` is tags x words.
    """
    import numpy as np

    least = np.maximum((transitions - transitions[outside]).max(axis=1), 0).astype(np.float32)[:, None]
    gains = np.tile(least, (1, fits.shape[1]))
    gains[:, -1:] = 0
    stays = transitions[outside, outside] + fits[outside, 1:]
    for _ in range(_LOOK_AHEAD):
        ahead = fits[:, 1:] + gains[:, 1:]
        best = transitions[:, 0, None] + ahead[0]
        for tag in range(1, len(transitions)):
            np.maximum(best, transitions[:, tag, None] + ahead[tag], out=best)
        gains[:, :-1] = np.minimum(best - stays, least)
    return gains


def _stretch(
    path: list[int], start: int, emissions: Array, gains: Array, steps: Sequence[Sequence[float]], outside: int
) -> int:
    """Find the best tags from a word whose predecessor is outside up to the next that surely is; its place.

    Tags that cannot win any more are dropped on the way, by what `gains` allows them.
    """
    back: list[list[int]] = []
    scores = {outside: 0.0}
    at, tag = start, outside
    for at in range(start, len(path)):
        row, most = emissions[at].tolist(), gains[at].tolist()
        (old, score), *others = scores.items()
        values = [score + step for step in steps[old]] if at else [0.0] * len(row)  # the first word has no step to it
        origin = [old] * len(row)
        for old, score in others:
            for tag, step in enumerate(steps[old]):
                if score + step > values[tag]:
                    values[tag], origin[tag] = score + step, old
        values = list(map(add, values, row))
        floor = values[outside] - _MARGIN
        scores = {tag: value for tag, value in enumerate(values) if tag == outside or value + most[tag] > floor}
        back.append(origin)
        if len(scores) == 1:
            tag = outside
            break
    else:
        tag = max(scores, key=lambda tag: scores[tag])
    for place in range(at, start - 1, -1):
        path[place] = tag
        tag = back[place - start][tag]
    return at + 1
