"""Floors: the scores that a change must not let fall, pinned with a digest of the gold that they were measured on.

A floor file is JSON, by the gold's path as it was named: `{"tests/gold/photos": {"gold": "<SHA-256>", "f1": {"credit":
0.98}}}`. It changes on purpose only, by `kg-news evaluate --floors FILE --raise GOLD`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg_news.atomic import rewrite
from kg_news.errors import InputError
from kg_news.evaluate.core import Result
from kg_news.evaluate.run import gold_files
from kg_news.records import Issue

_DIGITS = 4
"""Scores are pinned, and compared, to this many decimals."""


def digest(gold: Path) -> str:
    """SHA-256 over the names and the bytes of the gold files that a path stands for."""
    found = hashlib.sha256()
    for path in gold_files([gold]):
        found.update(f"{path.relative_to(gold).as_posix() if path != gold else path.name}\0".encode())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def read_floors(path: Path) -> dict[str, Any]:
    """The floor file's content; empty where there is no file. InputError where it cannot be read."""
    if not path.exists():
        return {}
    try:
        floors: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for entry in floors.values():
            _ = entry["gold"], {field: float(score) for field, score in entry["f1"].items()}
        return floors
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        way_out = "delete it, and write it anew with --raise"
        raise InputError([Issue("floors-invalid", f"is no floor file: {error}", way_out, str(path))]) from None


def floor(gold: Path, results: Sequence[Result]) -> dict[str, Any]:
    """The entry that pins the results."""
    return {"gold": digest(gold), "f1": {result.field: round(result.score.f1, _DIGITS) for result in results}}


def raise_floor(path: Path, gold: Path, results: Sequence[Result]) -> None:
    """Pin the results for the gold in the floor file; other golds' floors stay."""
    floors = read_floors(path) | {gold.as_posix(): floor(gold, results)}
    rewrite(path, (json.dumps(floors, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode())


def below(path: Path, gold: Path, results: Sequence[Result]) -> Iterator[Issue]:
    """What has fallen, or was measured on other gold."""
    pinned: Mapping[str, Any] | None = read_floors(path).get(gold.as_posix())
    command = f"if it is meant so: kg-news evaluate --floors {path} --raise {gold}"
    if pinned is None:
        yield Issue("floor-missing", f"no floor is pinned for {gold}", command, str(path))
        return
    now = floor(gold, results)
    if now["gold"] != pinned["gold"]:
        yield Issue("gold-changed", f"{gold} is not what its floor was measured on", command, str(path))
    for field, least in pinned["f1"].items():
        score = now["f1"].get(field, 0.0)
        if score < least:
            message = f"F1 of {field} on {gold} is {score:.4f}, its floor {least:.4f}"
            yield Issue("score-dropped", message, f"mend it; {command}", str(path))
