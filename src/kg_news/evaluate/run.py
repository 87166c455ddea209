"""From gold files to results."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg_news.doc import Doc
from kg_news.errors import InputError
from kg_news.evaluate import SCORERS
from kg_news.evaluate.alignment import kinds_of
from kg_news.evaluate.annotated import annotated_lines, is_annotated
from kg_news.evaluate.core import Pair, Result, Tally, evaluate
from kg_news.evaluate.gold import gold_issues
from kg_news.evaluate.marked import gold_lines
from kg_news.read import jsonl
from kg_news.records import Issue, RawArticle
from kg_news.registry import Registry

SUFFIXES = (".jsonl", ".txt")
"""Gold files: JSON Lines, and texts marked inline (`evaluate.marked`, `evaluate.annotated`)."""


def measure(paths: Sequence[Path], registry: Registry) -> tuple[Result, ...]:
    """Every field's result over all lines of the gold files. InputError where a file or a line is broken, or where
    nothing is marked at all.
    """
    results = evaluate(pair for path in gold_files(paths) for pair in _answers(path, registry))
    if not results:
        way_out = "name files or folders with *.jsonl or *.txt in which something is marked"
        named = ", ".join(map(str, paths))
        raise InputError([Issue("gold-empty", "no gold line marks anything", way_out, named)])
    return results


def gold_files(paths: Sequence[Path]) -> list[Path]:
    """The files themselves, and for a folder the gold files below it, in order."""
    return [
        found
        for path in paths
        for found in (sorted(p for p in path.rglob("*") if p.suffix in SUFFIXES) if path.is_dir() else [path])
    ]


def _answers(path: Path, registry: Registry) -> Iterator[tuple[str, Mapping[str, Pair | Tally]]]:
    """The lines of a file, each with what is found on it. InputError with everything that is wrong in the file."""
    content = _read(path)
    by_lines = path.suffix != ".txt"
    if not by_lines:
        known = is_annotated(content)
        marked = annotated_lines(content, str(path), registry) if known else gold_lines(content, str(path))
        lines = [json.dumps(gold, ensure_ascii=False) for gold in marked]
    else:
        lines = content.split("\n")
    articles: list[RawArticle] = []
    golds: list[Mapping[str, Any]] = []
    issues: list[Issue] = []
    for number, line in enumerate(lines, 1):
        for article in jsonl.read_lines([line], str(path)):  # none for a blank line
            if isinstance(article, InputError):
                issues += [replace(issue, line=number if by_lines else None) for issue in article.issues]
                continue
            articles.append(article)
            golds.append(json.loads(line))
            for issue in gold_issues(golds[-1]):
                message = f"in `{article.id}` at {issue.pointer or '/'}: {issue.message}"
                line_of = number if by_lines else None
                issues.append(replace(issue, path=str(path), message=message, line=line_of, pointer=None))
    if issues:
        raise InputError(issues)
    kinds = kinds_of(golds)
    for marked_line, article in zip(golds, articles, strict=True):
        gold = {"kinds": kinds, **marked_line}
        doc = Doc(article, registry)
        yield article.id, {field: pair for scorer in SCORERS for field, pair in scorer(gold, doc).items()}


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise InputError([Issue("file-unreadable", message, "check the name and the permissions", str(path))]) from None
    except UnicodeDecodeError as error:
        message = f"is not UTF-8 from byte {error.start} on"
        raise InputError([Issue("not-utf8", message, "save it as UTF-8", str(path))]) from None
