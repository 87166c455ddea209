"""Fit the weights by which a credit's end is told (`boundary` in registry/photo.yml) on the gold of tests/gold/photos.

Every gold credit, and as many that a grammar makes (tests/gold/photos/forms.yml), is put before many beginnings of
sentences: those of the gold texts and of the grammar, and with `--texts FILE` those of the texts of a JSON Lines file
(the shipped weights: the devset of FactRuEval-2016, MIT licence). At each capital, quotation or Latin word where the
rules ask, the facts are noted, and whether the credit goes on there. The weights are those of a logistic regression in
which every credit counts alike.

Prints, for each part of the gold, the share of wrong decisions on its credits by weights fitted without that part, and
with `--measure FILE` the same before the sentences of another file. `--write` puts the weights into the registry.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from math import inf
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import numpy as np
from numpy.typing import NDArray

from kg_news.evaluate.forms import load_grammar
from kg_news.evaluate.marked import gold_lines
from kg_news.registry import load_registry
from kg_news.views import credit_shapes
from kg_news.views.captions import is_turkic
from kg_news.views.credit_boundary import facts
from kg_news.views.credit_shapes import CreditTerms
from kg_news.views.credit_tokens import Token
from kg_news.views.credits import read_credit
from kg_news.views.photo_blocks import photo_terms
from kg_news.views.sentences import sentences

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold" / "photos"
REGISTRY = ROOT / "registry" / "photo.yml"
HEADING = "\n# What each fact at a capital in a credit weighs for a new sentence there: scripts/fit_boundaries.py.\n"
RIDGE = 0.03
"""How much large weights cost: chosen among 0.3, 0.1, 0.03 and 0.01 by the parts left out, which hardly differed; 0.01
was worse on one.
"""
OWN, OTHER = 80, 30
"""Beginnings that each credit is put before: of the gold, and of the other texts."""
FORMS, MADE, MADE_SEED = "forms", 500, 2024
"""The part of what the grammar makes, how many credits and how many sentences that is, and by which seed: another than
the tests take.
"""


class Decision(NamedTuple):
    facts: tuple[str, ...]
    new: bool
    """Whether a new sentence begins there."""
    part: str
    credit: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, help="JSON Lines whose sentences are fitted on too")
    parser.add_argument("--measure", type=Path, help="JSON Lines whose sentences are measured on")
    parser.add_argument("--write", action="store_true", help="put the weights into registry/photo.yml")
    args = parser.parse_args()
    terms = photo_terms(load_registry()).credit
    parts = sorted(folder.name for folder in GOLD.iterdir() if folder.is_dir())
    credits = {part: sorted({credit for gold in golds(part) for credit in credits_of(gold)}) for part in parts}
    own = sorted({(part, start) for part in parts for gold in golds(part) for start in starts_of(gold)})
    parts.append(FORMS)
    credits[FORMS] = made("credit")
    own += [(FORMS, start) for start in made("sentence")]
    other = [("", start) for start in starts_in(args.texts)] if args.texts else []
    chance = random.Random(7)  # noqa: S311
    fitted: list[tuple[str, Decision]] = []
    for part in parts:
        for credit in credits[part]:
            chosen = chance.sample(own, min(OWN, len(own))) + chance.sample(other, min(OTHER, len(other)))
            for origin, start in chosen:
                gap = " " if chance.random() < 0.7 else ". "
                fitted += [(origin, found) for found in decisions(part, credit, gap + start, terms)]
    foreign = starts_in(args.measure) if args.measure else []
    for part in parts:
        weights = fit([found for origin, found in fitted if part not in {origin, found.part}])
        mine = [found for _, found in fitted if found.part == part]
        line = f"{part:<10} {len(credits[part]):4} credits, wrong: {share(mine, weights)}"
        if foreign:
            unseen = [
                found
                for credit in credits[part]
                for start in chance.sample(foreign, min(25, len(foreign)))
                for found in decisions(part, credit, " " + start, terms)
            ]
            line += f", before the other sentences: {share(unseen, weights)}"
        print(line)
    weights = fit([found for _, found in fitted])
    print(f"all, fitted on themselves: {share([found for _, found in fitted], weights)}")
    if args.write:
        write(weights)


def made(name: str) -> list[str]:
    """What the grammar makes for a name."""
    return sorted({words for words, _ in islice(load_grammar(GOLD / "forms.yml").made(name, MADE_SEED), MADE)})


def golds(part: str) -> Iterator[dict[str, Any]]:
    """The gold texts in Russian; Kyrgyz and Kazakh bodies have their head last, and are read by it."""
    for path in sorted((GOLD / part).glob("*.txt")):
        for gold in gold_lines(path.read_text(encoding="utf-8"), path.name):
            if not is_turkic(gold["text"]):
                yield gold


def credits_of(gold: dict[str, Any]) -> Iterator[str]:
    """The credits that something follows; the others may be cut off."""
    for photo in gold["photos"]:
        if photo.get("credit") and gold["text"][photo["credit_end"] :].strip():
            yield photo["credit"]


def starts_of(gold: dict[str, Any]) -> Iterator[str]:
    """Sentences without a credit, and what follows the credits."""
    text = re.sub(r"\A date \S+ ", "", gold["text"])
    yield from (words for words in _sentences(text) if len(words) > 15)
    for photo in gold["photos"]:
        if photo.get("credit"):
            words = gold["text"][photo["credit_end"] :].split("\n")[0].lstrip(" .")[:150]
            if _begins(words):
                yield words


def starts_in(path: Path) -> list[str]:
    """The sentences of the texts of a JSON Lines file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [words for line in lines for words in _sentences(json.loads(line)["text"]) if len(words) > 30]


def _sentences(text: str) -> Iterator[str]:
    yield from (words for span in sentences(text) if _begins(words := text[slice(*span)]))


def _begins(words: str) -> bool:
    return bool(words) and (words[0].isupper() or words[0] in '«"') and "Фото" not in words


def decisions(part: str, credit: str, behind: str, terms: CreditTerms) -> list[Decision]:
    """What is asked while the credit is read, each answered as the gold says."""
    found: list[Decision] = []

    def answer(tokens: list[Token], first: int, i: int, terms: CreditTerms) -> float:
        goes_on = tokens[i].start < len(credit)
        if tokens[i].start <= len(credit) + 2:  # not what stands behind the true end
            found.append(Decision(facts(tokens, first, i, terms), not goes_on, part, credit))
        return -inf if goes_on else inf

    with mock.patch.object(credit_shapes, "weigh", answer):
        read_credit((credit + behind)[:200], 0, replace(terms))  # a copy: answers are kept by the terms
    return found


def fit(rows: Sequence[Decision]) -> dict[str, float]:
    """The weights that make the answers likeliest, by Newton's method."""
    names = sorted({fact for row in rows for fact in row.facts})
    x, y = _matrix(rows, names), np.array([row.new for row in rows], float)
    often = Counter((row.credit, row.new) for row in rows)
    counts = np.array([1 / often[row.credit, row.new] for row in rows])
    weights = np.zeros(len(names))
    for _ in range(60):
        likely = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (counts * (likely - y)) + RIDGE * weights
        bend = (x * (counts * likely * (1 - likely))[:, None]).T @ x + RIDGE * np.eye(len(names))
        step = np.linalg.solve(bend, slope)
        weights -= step
        if abs(step).max() < 1e-6:
            break
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


def _matrix(rows: Sequence[Decision], names: Iterable[str]) -> NDArray[np.float64]:
    place = {name: column for column, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(place)))
    for number, row in enumerate(rows):
        matrix[number, [place[fact] for fact in row.facts]] = 1
    return matrix


def share(rows: Sequence[Decision], weights: dict[str, float]) -> str:
    """The share of decisions that the weights get wrong, per cent."""
    wrong = sum((sum(weights.get(fact, 0.0) for fact in row.facts) > 0) != row.new for row in rows)
    return f"{100 * wrong / len(rows):.2f} % of {len(rows)}"


def write(weights: dict[str, float]) -> None:
    """Replace the weights, which stand last in the file."""
    kept = REGISTRY.read_text(encoding="utf-8").partition(HEADING)[0].rstrip("\n")
    lines = "".join(
        f"  - {{fact: {json.dumps(name, ensure_ascii=False)}, weight: {weight}}}\n" for name, weight in weights.items()
    )
    REGISTRY.write_text(f"{kept}\n{HEADING}boundary:\n{''.join(lines)}", encoding="utf-8")


if __name__ == "__main__":
    main()
