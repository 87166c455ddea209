"""Named entities in Russian text, by slovnet's news model (MIT).

The model and its word vectors lie in natasha's wheel; natasha itself is not imported. Whole documents are tagged at
once: on NEREL that is more accurate than sentence by sentence, and faster.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, NamedTuple

from kg_news.errors import MissingExtra

EntityType = Literal["PER", "LOC", "ORG"]


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


def entities(text: str) -> tuple[Entity, ...]:
    """The persons, places and organisations that a Russian text names, in order and disjoint."""
    return tuple(Entity(span.start, span.stop, span.type) for span in _model()(text).spans)
