"""The own gold for actors and quotes: it can be read, is what its guidelines say, and its scores hold their floors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kg_news.evaluate.annotated import annotated_lines
from kg_news.evaluate.floors import below
from kg_news.evaluate.run import gold_files, measure
from kg_news.files import CHECKOUT
from reading import shipped_registry

GOLD = Path("tests/gold/actors")
FLOORS = Path("tests/floors.json")
SEED = CHECKOUT / "raw" / "kloop" / "2022-01" / "000_4e5e20c31f26acd1.txt"


def lines(part: str) -> Iterator[dict[str, Any]]:
    for path in gold_files([CHECKOUT / GOLD / part]):
        yield from annotated_lines(path.read_text(encoding="utf-8"), path.name, shipped_registry())


@pytest.mark.parametrize("part", ["seed", "tuned", "held-out", "fresh"])
def test_scores_hold_their_floors(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CHECKOUT)
    issues = list(below(FLOORS, GOLD / part, measure([GOLD / part], shipped_registry())))
    assert not issues, "\n".join(map(str, issues))


def test_there_are_eighty_articles_in_three_languages() -> None:
    languages = {part: Counter(line["lang"] for line in lines(part)) for part in ("tuned", "held-out", "fresh")}
    assert languages == {
        "tuned": {"ru": 27, "ky": 7, "kk": 7},
        "held-out": {"ru": 13, "ky": 3, "kk": 3},
        "fresh": {"ru": 13, "ky": 4, "kk": 3},
    }
    names = [line["id"] for part in languages for line in lines(part)]
    assert len(set(names)) == 80


@pytest.mark.skipif(not SEED.exists(), reason="the raw articles are in the checkout only")
def test_the_seeds_gold_is_the_seed() -> None:
    (line,) = lines("seed")
    assert line["text"] == SEED.read_bytes().decode().rstrip("\n")


@pytest.mark.parametrize("part", ["tuned", "held-out", "fresh"])
def test_nobody_real_acts_or_speaks_in_an_invented_article(part: str) -> None:
    linked = {a["id"] for line in lines(part) for a in line["actors"] if a["type"] == "Person"}
    assert linked == {None}


@pytest.mark.parametrize("part", ["seed", "tuned", "held-out", "fresh"])
def test_marks_are_whole(part: str) -> None:
    """No mark begins or ends with white space, and no mention stands in another."""
    for line in lines(part):
        text = line["text"]
        spans = sorted(tuple(span) for actor in line["actors"] for span in actor["mentions"])
        said = [(quote["start"], quote["end"]) for quote in line["quotes"]]
        assert all(text[start:end] == text[start:end].strip() != "" for start, end in [*spans, *said]), line["id"]
        assert all(one[1] <= other[0] for one, other in pairwise(spans)), line["id"]
        assert all(one[1] <= other[0] for one, other in pairwise(said)), line["id"]


@pytest.mark.parametrize("part", ["seed", "tuned", "held-out", "fresh"])
def test_names_and_types_agree_with_the_marks(part: str) -> None:
    """A person's mentions share a beginning with a word of the name; an actor stands once in a header."""
    for line in lines(part):
        names = [actor["name"] for actor in line["actors"]]
        assert len(set(names)) == len(names), line["id"]
        for actor in line["actors"]:
            if actor["type"] == "Person":
                stems = {word[:3].lower() for word in actor["name"].replace("-", " ").split()}
                for start, end in actor["mentions"]:
                    words = line["text"][start:end].replace("-", " ").split()
                    assert any(word[:3].lower() in stems for word in words), (line["id"], actor["name"])
