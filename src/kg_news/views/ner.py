"""Named entities in Russian text, by slovnet's news model (MIT).

The model and its word vectors lie in natasha's wheel; natasha itself is not imported. Whole documents are tagged at
once: on NEREL that is more accurate than sentence by sentence, and faster.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast

from kg_news.errors import MissingExtra
from kg_news.views.tokens import Token

EntityType = Literal["PER", "LOC", "ORG"]

_AT_ONCE = 4096
"""Tokens that the model sees at once: it needs about 20 kB for each."""


class Entity(NamedTuple):
    """A named entity, as the model sees it."""

    start: int
    end: int
    type: EntityType


@cache
def _model() -> Any:
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
    model.navec(Navec.load(str(data / "emb" / "navec_news_v1_1B_250K_300d_100q.tar")))
    return model


def entities(tokens: Sequence[Token]) -> tuple[Entity, ...]:
    """The persons, places and organisations that a Russian text names, in order and disjoint."""
    return tuple(entity for piece in _pieces(tokens) for entity in _spans(piece, _tags(piece)))


def _pieces(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """A long text in pieces that end with a sentence, where one ends in their second half."""
    start = 0
    while start < len(tokens):
        end = min(start + _AT_ONCE, len(tokens))
        if end < len(tokens):
            stops = range(end, start + _AT_ONCE // 2, -1)
            end = next((stop for stop in stops if tokens[stop - 1].text in {".", "!", "?", "…"}), end)
        yield tokens[start:end]
        start = end


def _tags(tokens: Sequence[Token]) -> Iterable[str]:
    """A tag a token: `O` for none, `B-PER` for the first token of a person, `I-PER` for those behind it."""
    infer = _model().infer
    inputs = infer.encoder([[token.text for token in tokens]])
    (tags,) = infer.decoder(infer.process(inputs))
    return cast("Iterable[str]", tags)


def _spans(tokens: Sequence[Token], tags: Iterable[str]) -> Iterator[Entity]:
    open_: Entity | None = None
    for token, tag in zip(tokens, tags, strict=True):
        part, _, kind = tag.partition("-")
        if open_ and part == "I" and kind == open_.type:
            open_ = open_._replace(end=token.end)
            continue
        if open_:
            yield open_
        open_ = Entity(token.start, token.end, cast("EntityType", kind)) if kind else None
    if open_:
        yield open_
