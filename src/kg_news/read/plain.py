"""Plain text with paragraphs, headed by YAML between two lines `---`: title, url, date, language, author."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg_news import edtf
from kg_news.errors import InputError
from kg_news.read import flattened
from kg_news.read.compose import stem
from kg_news.read.streams import whole
from kg_news.records import Issue, RawArticle, Span, Stated
from kg_news.utf8 import decode

FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(?P<yaml>.*?)^---[ \t]*(?:\r?\n\s*|\Z)", re.DOTALL | re.MULTILINE)
_KEYS = ("title", "url", "date", "language", "author")
_WAY_OUT = f"write {', '.join(f'`{key}:`' for key in _KEYS)}, each once and as text"


def read(stream: io.BufferedReader, path: str) -> Iterator[RawArticle | InputError]:
    """The one article of a file. The front matter is its header, so that a record rebuilds it to the letter."""
    try:
        yield _article(decode(whole(stream, path), path), path)
    except InputError as error:
        yield error


def _article(text: str, path: str) -> RawArticle:
    from kg_news.yamlfile import read_yaml

    article = flattened.article(text, path, stem(path))
    match = FRONT.match(text)
    if match is None:
        message = "the file opens with --- but the front matter does not end"
        raise InputError([Issue("front-matter-invalid", message, "close it with a line ---", path, 1, 1)])
    # In a file of its own the YAML would begin one line earlier.
    file = read_yaml(Path(path), "\n" + match["yaml"], path) if match["yaml"].strip() else None
    values: Any = file.data if file else {}
    if not isinstance(values, dict):
        raise InputError([Issue("front-matter-invalid", "the front matter is no mapping", _WAY_OUT, path, 2, 1)])
    issues = []
    for key, value in values.items():
        line, column = file.places.get(f"/{key}", (2, 1)) if file else (2, 1)
        if key not in _KEYS:
            message = f"there is no field {key!r} in front matter"
            issues.append(Issue("field-unknown", message, _WAY_OUT, path, line, column))
        elif not isinstance(value, str):
            issues.append(Issue("type-wrong", f"`{key}` is not text", _WAY_OUT, path, line, column))
        elif key == "date" and (trouble := edtf.problem(value)):
            issues.append(Issue("date-invalid", trouble, edtf.WAY_OUT, path, line, column))
    if issues:
        raise InputError(issues)
    stated = Stated(
        title=values.get("title"),
        url=values.get("url"),
        date=values.get("date"),
        language=values.get("language"),
        authors=(values["author"],) if values.get("author") else (),
    )
    return replace(article, format="plain", header=Span(*match.span()), header_date=None, stated=stated)
