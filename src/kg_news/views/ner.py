"""Named entities in Russian text, by slovnet's news model (MIT), run by numpy alone.

The model and its word vectors lie in natasha's wheel; natasha itself is not imported, and slovnet only unpacks them.
The network is a window of three words, three times over, and a chain of tags (Lample et al. 2016, with convolutions
for the recurrent layer). It runs on whole documents, which on NEREL is more accurate than sentence by sentence, and
gives the same spans as slovnet's own run, several times faster: a word's part of the first convolution is computed
once and kept, the others take two words at a time, nothing is padded, and the tags' best path is searched only where it
may leave `O`.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from kg_news.errors import MissingExtra
from kg_news.views.tokens import Token

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array = npt.NDArray[np.float32]

EntityType = Literal["PER", "LOC", "ORG"]

_STRETCH = 1024
"""Tokens that go through the network at once: bounds the memory for a text of any length."""
_REACH = 3
"""Tokens on each side that a tag depends on: one for each convolution."""
_PLAIN = re.compile("([А-ЯЁ])?(?(1)[а-яё]+|[а-яё]{2,})")
_KEPT_ROWS = 8192
"""Words whose first convolution is kept: 25 MB, more than the words of a stretch."""


class Entity(NamedTuple):
    """A named entity, as the model sees it."""

    start: int
    end: int
    type: EntityType


def entities(tokens: Sequence[Token]) -> tuple[Entity, ...]:
    """The persons, places and organisations that a Russian text names, in order and disjoint."""
    return tuple(_spans(tokens, _network().tags([text for _, _, text in tokens]))) if tokens else ()


def _spans(tokens: Sequence[Token], tags: Sequence[str]) -> Iterator[Entity]:
    """`B-PER I-PER O` to spans; an I- without its own type before it goes on nothing, and is passed over."""
    start, kind, end, behind = 0, "", 0, -1
    for at, tag in enumerate(tags):
        if tag == "O":
            continue
        mark, _, own = tag.partition("-")
        if mark == "I" and own == kind and at == behind:
            behind, end = at + 1, tokens[at].end
            continue
        if kind:
            yield Entity(start, end, kind)  # type: ignore[arg-type]
        start, kind, end, behind = tokens[at].start, own if mark == "B" else "", tokens[at].end, at + 1
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
        from slovnet import NER
    except ModuleNotFoundError as error:
        raise MissingExtra("build", error.name) from error
    spec = find_spec("natasha")
    if spec is None or spec.origin is None:
        raise MissingExtra("build", "natasha")
    data = Path(spec.origin).parent / "data"
    model = NER.load(str(data / "model" / "slovnet_ner_news_v1.tar"))
    vectors = _vectors(data / "emb" / "navec_news_v1_1B_250K_300d_100q.tar")
    model.navec(vectors)
    return model.infer, array("L", vectors.vocab.counts)


def _vectors(path: Path) -> Any:
    """The word vectors as `Navec.load` gives them, without what takes it most of its time and nothing here asks for: a
    dictionary of the words, the vectors' lengths and all products of their pieces.
    """
    from navec import Navec, navec, pq, vocab
    from navec.meta import Meta
    from navec.tar import Tar

    class Words(vocab.Vocab):  # type: ignore[misc]
        def __init__(self, words: list[str], counts: list[int]) -> None:
            self.words, self.counts = words, counts

    class Pieces(pq.PQ):  # type: ignore[misc]
        def precompute(self) -> None:
            pass

    with Tar(str(path)) as tar:
        meta = Meta.from_file(tar.load(navec.META))
        Meta.check_protocol(meta.protocol)
        return Navec(meta, Words.from_file(tar.load(navec.VOCAB)), Pieces.from_file(tar.load(navec.PQ_)))


_LEADING = 18
"""Bits of a word's hash that tell where it is looked for."""


class _Words:
    """The word forms that have a vector, and each one's number, in 27 MB less than a dictionary of strings takes."""

    def __init__(self, words: Sequence[str], counts: array[int]) -> None:
        import numpy as np

        codes = np.fromiter(map(hash, words), np.int64, len(words))
        ends = np.fromiter(map(len, words), np.int32, len(words)).cumsum(dtype=np.int32)
        order = codes.argsort(kind="stable").astype(np.int32)
        firsts = np.arange(-(1 << _LEADING - 1), 1 << _LEADING - 1, dtype=np.int64) << 64 - _LEADING
        self._begins = array("i", codes[order].searchsorted(firsts).astype(np.int32).tobytes())
        """Where the hashes begin that have the same leading bits: one or two."""
        # One item of an array of Python's own is read in a tenth of the time that one of numpy's takes.
        self._codes = array("q", codes[order].tobytes())
        self._numbers = array("i", order.tobytes())
        self._ends = array("i", ends.tobytes())
        self._letters = "".join(words)
        self._counts = counts

    def find(self, word: str) -> int | None:
        """The word's number; None where it has none."""
        code = hash(word)
        at = self._begins[(code >> 64 - _LEADING) + (1 << _LEADING - 1)]
        while at < len(self._codes) and (found := self._codes[at]) <= code:
            if found == code:
                number = self._numbers[at]
                start = self._ends[number - 1] if number else 0
                if self._letters[start : self._ends[number]] == word:  # no other word of the same hash passes for it
                    return number
            at += 1
        return None

    def frequency(self, word: str) -> int:
        """How often the word stood in what the vectors were made from; 0 where it has none."""
        number = self.find(word)
        return 0 if number is None else self._counts[number]


class _Network:
    """slovnet's weights, laid out for whole documents."""

    def __init__(self, infer: Any, counts: array[int]) -> None:
        import numpy as np
        from slovnet.shape import word_shape

        self._np = np
        self._word_shape = word_shape
        words, shapes = infer.encoder.words_vocab, infer.encoder.shapes_vocab
        self._words, self._unknown_word = _Words(words.items, counts), words.unk_id
        self._shape_ids, self._unknown_shape = shapes.item_ids, shapes.unk_id
        embedding = infer.model.emb
        # A word vector is a hundred pieces of three numbers, each one of 256: laid flat, a piece is one row.
        pieces, choices, width = embedding.word.codes.array.shape
        self._pieces = embedding.word.codes.array.reshape(pieces * choices, width).astype(np.float32)
        self._offsets = np.arange(pieces) * choices
        self._choices = embedding.word.indexes.array
        self._names = infer.decoder.tags_vocab.items
        self._layers, last = _layers(infer.model.encoder.layers)
        # What the first layer takes is a word's vector, and behind it that of the word's shape.
        weight, bias = self._layers[0].weight, self._layers[0].bias
        self._word_weight = weight[: pieces * width]
        self._shape_products = embedding.shape.weight.array.astype(np.float32) @ weight[pieces * width :]
        """What each shape adds to the product of a word that has it; and the bias of the word itself."""
        self._shape_products[:, len(bias) : 2 * len(bias)] += bias
        head = infer.model.head
        out = head.proj.weight.array.astype(np.float32)
        self._out = last.scale[:, None] * out
        self._out_bias = head.proj.bias.array.astype(np.float32) + last.shift @ out
        self._transitions = head.crf.transitions.array.astype(np.float32)
        self._rooms: list[_Room] = []
        """Memory that no thread works in just now."""
        self._rows: dict[str, int] = {}
        """Where each word's product of the first layer is kept: one row a shape for all words that have no vector."""
        self._pairs: dict[tuple[int, int], int] = {}
        """The same by what the product depends on: the number of the word and that of its shape."""
        self._kept = np.empty((_KEPT_ROWS, self._layers[0].weight.shape[1]), np.float32)
        self._uses = np.zeros(_KEPT_ROWS, np.int32)
        """How many texts used each row."""

    def frequency(self, word: str) -> int:
        return self._words.frequency(word)

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
        length = len(words)
        room = self._rooms.pop() if self._rooms else _Room(self._layers)
        first, *others = self._layers
        x = first.finish_rows(self._first(words, room), room)
        for layer in others:
            x = layer.convolved(x, length, room)
        scores: Array = x[1 : length + 1] @ self._out + self._out_bias
        self._rooms.append(room)
        return scores

    def _first(self, words: Sequence[str], room: _Room) -> Array:
        """The first layer's product, word by word: the same word always gives the same row."""
        new = [word for word in dict.fromkeys(words) if word not in self._rows]
        if new:
            self._keep(new, words)
        rows = self._np.array([self._rows[word] for word in words])
        self._uses[rows] += 1
        # Without `clip`, take() writes to memory of its own first.
        product = _shaped(room.rows, len(words), self._kept.shape[1])
        return self._kept.take(rows, axis=0, out=product, mode="clip")

    def _keep(self, new: Sequence[str], words: Sequence[str]) -> None:
        """Make the rows that the words lack. Where there is no room for them, the rows that fewest texts used go."""
        if len(self._pairs) + len(new) > len(self._kept):
            self._forget(len(self._kept) // 2)
            new = [word for word in dict.fromkeys(words) if word not in self._rows]
        if len(self._pairs) + len(new) > len(self._kept):
            self._forget(0)
            new = list(dict.fromkeys(words))
        if len(self._rows) + len(new) > 4 * len(self._kept):  # words without a vector need no new row
            self._rows.clear()
            new = list(dict.fromkeys(words))
        find, shapes, pairs = self._words.find, self._shape_ids, []
        for word in new:
            at = find(word.lower())
            shape = shapes.get(self._shape(word), self._unknown_shape)
            pairs.append((self._unknown_word if at is None else at, shape))
        fresh = [pair for pair in dict.fromkeys(pairs) if pair not in self._pairs]
        if fresh:
            used = len(self._pairs)
            ids_of, shapes_of = zip(*fresh, strict=True)
            product = self._kept[used : used + len(fresh)]
            self._np.matmul(self._vectors(ids_of), self._word_weight, out=product)
            product += self._shape_products[list(shapes_of)]
            self._uses[used : used + len(fresh)] = 0
            self._pairs.update(zip(fresh, range(used, used + len(fresh)), strict=True))
        self._rows.update((word, self._pairs[pair]) for word, pair in zip(new, pairs, strict=True))

    def _shape(self, word: str) -> str:
        """slovnet's shape of a word; that of most Russian words is told at once."""
        if plain := _PLAIN.fullmatch(word):
            return "RU_xx" if plain[1] is None else "RU_Xx"
        shape: str = self._word_shape(word)
        return shape

    def _forget(self, size: int) -> None:
        """Keep no more than so many rows: those that most texts used. A text long ago counts less."""
        most = self._uses[: len(self._pairs)].argsort(kind="stable")[::-1][:size]
        self._kept[: len(most)] = self._kept[most]
        self._uses[: len(most)] = self._uses[most] // 2
        places = dict(zip(most.tolist(), range(size), strict=False))
        self._pairs = {pair: places[row] for pair, row in self._pairs.items() if row in places}
        self._rows = {word: places[row] for word, row in self._rows.items() if row in places}

    def _vectors(self, ids: Sequence[int]) -> Array:
        """The words' vectors from Navec."""
        found: Array = self._pieces.take(self._choices[list(ids)] + self._offsets, axis=0).reshape(len(ids), -1)
        return found


class _Room:
    """Memory for what the layers make of a stretch of words. It is used again: to get fresh memory from the system
    takes longer than what is then written to it.
    """

    def __init__(self, layers: Sequence[_Layer]) -> None:
        import numpy as np

        words, widths = _STRETCH + 2 * _REACH + 4, [len(layer.bias) for layer in layers]
        self.rows = np.empty(3 * words * widths[0], np.float32)
        """The first layer's products; later what `convolved` multiplies."""
        self.products = np.empty(2 * words * max(widths[1:]), np.float32)
        self.results = [np.empty(words * width, np.float32) for width in widths]
        """Each layer's result, with a row of zeros before the words and one or two behind them."""


def _shaped(room: Array, words: int, width: int) -> Array:
    """The beginning of the room, as a matrix."""
    return room[: words * width].reshape(words, width)


class _Norm(NamedTuple):
    """What a layer's result is normalised by: one factor and one summand a column."""

    scale: Array
    shift: Array


class _Layer(NamedTuple):
    """A convolution over three words: a matrix for the word before, one for the word, one for the word behind.

    The normalisation of the layer before is taken into weight and bias. Its summand is none of the words that a text
    does not have: `first` is what the word before the first would have given, `last` the word behind the last.
    """

    number: int
    weight: Array
    """The three matrices side by side; for `convolved` four sums of them."""
    bias: Array
    first: Array
    last: Array

    def finish_rows(self, product: Array, room: _Room) -> Array:
        """Sum what the word before, the word itself (which has the bias) and the word behind give, and rectify."""
        import numpy as np

        size, length = len(self.bias), len(product)
        x = self._result(room, length)
        inner = x[1 : length + 1]
        inner[0] = product[0, size : 2 * size]
        np.add(product[1:, size : 2 * size], product[:-1, :size], out=inner[1:])
        inner[:-1] += product[1:, 2 * size :]
        inner[0] -= self.first
        inner[-1] -= self.last
        np.maximum(inner, 0, out=inner)
        return x

    def convolved(self, x: Array, length: int, room: _Room) -> Array:
        """The layer's result for that of the layer before, two words at a time (Winograd 1980).

        With a, b, c for the word before, the word and the word behind, the results of words 1 and 2 are a0 + b1 + c2
        and a1 + b2 + c3: six products. (0 - 2)a, (1 + 2)(a + b + c)/2, (2 - 1)(a - b + c)/2 and (1 - 3)c are four, and
        the results are sums of these.
        """
        import numpy as np

        pairs, width, size = (length + 1) // 2, x.shape[1], len(self.bias)
        before, one, two, behind = x[:-2:2], x[1:-1:2], x[2::2], x[3::2]
        mixed = _shaped(room.rows, pairs, width)
        product = room.products[: 4 * pairs * size].reshape(4, pairs, size)
        for at, (mix, left, right) in enumerate(
            ((np.subtract, before, two), (np.add, one, two), (np.subtract, two, one), (np.subtract, one, behind))
        ):
            np.matmul(mix(left, right, out=mixed), self.weight[at], out=product[at])
        first, both, half, last = product
        both += self.bias
        first += both
        first += half
        both -= half
        both -= last
        first[0] -= self.first
        (first if length % 2 else both)[-1] -= self.last
        result = self._result(room, length)
        np.maximum(first, 0, out=result[1:-1:2])
        np.maximum(both, 0, out=result[2::2])
        result[length + 1] = 0
        return result

    def _result(self, room: _Room, length: int) -> Array:
        """Room for the result, of which the rows around the words are zeros."""
        x = _shaped(room.results[self.number], length + 2 + length % 2, len(self.bias))
        x[0] = 0
        x[length + 1 :] = 0
        return x


def _layers(convolutions: Sequence[Any]) -> tuple[list[_Layer], _Norm]:
    """slovnet's layers (convolution, rectifier, normalisation), and the normalisation behind the last."""
    import numpy as np

    found: list[_Layer] = []
    width = convolutions[0].conv.weight.shape[1]
    norm = _Norm(np.ones(width, np.float32), np.zeros(width, np.float32))
    for layer in convolutions:
        weights = layer.conv.weight.array.astype(np.float32)
        size, width, window = weights.shape
        weight = weights.transpose(1, 2, 0).reshape(width, window * size)
        before, own, behind = (norm.shift @ weight).reshape(window, size)
        bias = layer.conv.bias.array.astype(np.float32) + before + own + behind
        weight = np.ascontiguousarray(norm.scale[:, None] * weight)
        if found:
            one, two, three = np.split(weight, window, axis=1)
            weight = np.stack([one, (one + two + three) / 2, (one - two + three) / 2, three])
        found.append(_Layer(len(found), weight, bias, before, behind))
        scale = (layer.norm.weight.array / layer.norm.std.array).astype(np.float32)
        norm = _Norm(scale, (layer.norm.bias.array - layer.norm.mean.array * scale).astype(np.float32))
    return found, norm


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
    open_ends[:1] = True  # nothing stands before the first word
    path = [outside] * length
    steps = transitions.tolist()
    starts = np.flatnonzero(open_ends)
    done = 0
    for at in range(0, len(starts), _STRETCH):  # lists of all of them at once take a kilobyte a word
        places = starts[at : at + _STRETCH]
        firsts = emissions[places].astype(np.float64) + transitions[outside]
        if not at:
            firsts[0] = emissions[0]  # the first word has no step to it
        alive = firsts + gains.T[places] > firsts[:, outside, None] - _MARGIN
        for start, values, living in zip(places.tolist(), firsts.tolist(), alive.tolist(), strict=True):
            if start >= done:
                scores = {tag: value for tag, (value, lives) in enumerate(zip(values, living, strict=True)) if lives}
                done = _stretch(path, start, scores, emissions, gains.T, steps, outside)
    return path


_MARGIN = 0.01
"""Far more than sums of float32 are off; a tag that is this near to winning is looked at."""
_LOOK_AHEAD = 4
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
    steps = transitions[:, :, None]
    for _ in range(_LOOK_AHEAD):
        ahead = fits[:, 1:] + gains[:, 1:]
        best = np.empty_like(ahead)
        for start in range(0, ahead.shape[1], _STRETCH):  # all pairs of tags at once, which takes room for each word
            words = slice(start, start + _STRETCH)
            best[:, words] = (steps + ahead[:, words]).max(axis=1)
        gains[:, :-1] = np.minimum(best - stays, least)
    return gains


def _stretch(
    path: list[int],
    start: int,
    scores: dict[int, float],
    emissions: Array,
    gains: Array,
    steps: Sequence[Sequence[float]],
    outside: int,
) -> int:
    """Find the best tags from a word whose predecessor is outside up to the next that surely is; the place behind it.

    `scores` are those of the first word's tags. Tags that cannot win any more are dropped on the way, by what `gains`
    allows them.
    """
    back = [bytes([outside] * len(steps))]
    at, tags = start, range(len(steps))
    while len(scores) > 1 and at + 1 < len(path):
        at += 1
        row, most = emissions[at].tolist(), gains[at].tolist()
        (old, score), *others = scores.items()
        values = [score + step for step in steps[old]]
        origin = [old] * len(row)
        for old, score in others:
            for tag, step in enumerate(steps[old]):
                if score + step > values[tag]:
                    values[tag], origin[tag] = score + step, old
        floor = values[outside] + row[outside] - _MARGIN  # `outside` gains nothing on itself: it stays
        scores = {
            tag: value
            for tag, before, fit, gain in zip(tags, values, row, most, strict=True)
            if (value := before + fit) + gain > floor
        }
        back.append(bytes(origin))  # a list takes five times the room
    tag = max(scores, key=lambda tag: scores[tag])
    for place in range(at, start - 1, -1):
        path[place] = tag
        tag = back[place - start][tag]
    return at + 1
