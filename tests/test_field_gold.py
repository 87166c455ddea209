"""Dates, sources and languages on the gold of tests/gold/fields: what is found holds its floors."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from kg_news.evaluate.floors import below
from kg_news.evaluate.run import measure
from reading import shipped_registry

ROOT = Path(__file__).parent.parent
GOLD = Path("tests/gold/fields")


@pytest.mark.parametrize("gold", [GOLD, Path("tests/gold/dates")], ids=str)
def test_scores_hold_their_floors(gold: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    issues = list(below(Path("tests/floors.json"), gold, measure([gold], shipped_registry())))
    assert not issues, "\n".join(map(str, issues))


def test_every_language_has_short_texts() -> None:
    lines = (ROOT / GOLD / "short.jsonl").read_text(encoding="utf-8").splitlines()
    golds = [json.loads(line) for line in lines]
    assert max(len(gold["text"]) for gold in golds) <= 42
    found = Counter(gold["expected"]["language"] for gold in golds)
    assert found == dict.fromkeys(shipped_registry().languages, 8)
