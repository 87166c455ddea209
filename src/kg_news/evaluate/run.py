"""From gold files to results."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg_news.doc import Doc
from kg_news.errors import InputError
from kg_news.evaluate import SCORERS
from kg_news.evaluate.core import Pair, Result, evaluate
from kg_news.read import jsonl
from kg_news.records import Issue
from kg_news.registry import Registry


def measure(paths: Sequence[Path], registry: Registry) -> tuple[Result, ...]:
    """Every field's result over all lines of the gold files. InputError where a file or a line is broken."""
    return evaluate(pair for path in paths for pair in _answers(path, registry))


def _answers(path: Path, registry: Registry) -> Iterator[tuple[str, Mapping[str, Pair]]]:
    lines = [line for line in _read(path).split("\n") if line.strip()]  # blank ones are dropped by the reader too
    articles, issues = [], []
    for article in jsonl.read_lines(lines, str(path)):
        if isinstance(article, InputError):
            issues += article.issues
        else:
            articles.append(article)
    if issues:
        raise InputError(issues)
    for line, article in zip(lines, articles, strict=True):
        gold: Mapping[str, Any] = json.loads(line)
        doc = Doc(article, registry)
        yield article.id, {field: pair for scorer in SCORERS for field, pair in scorer(gold, doc).items()}


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise InputError([Issue("file-unreadable", message, "check the name and the permissions", str(path))]) from None
    except UnicodeDecodeError as error:
        message = f"is not UTF-8 from byte {error.start} on"
        raise InputError([Issue("encoding-invalid", message, "save it as UTF-8", str(path))]) from None
