"""Flattened text in a file: one document, or many, each headed ` date 2022-01 ` at the start of a line."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

from kg_news.errors import InputError
from kg_news.read import flattened
from kg_news.read.compose import key, stem
from kg_news.read.streams import LARGEST, too_large
from kg_news.records import RawArticle
from kg_news.utf8 import decode


def read(stream: io.BufferedReader, path: str) -> Iterator[RawArticle | InputError]:
    """The article of a file, or each of many, or what is wrong with it.

    Alone in its file an article has the file's id; of many, each has the file's id and a key made of its text. Issues
    are placed in the file.
    """
    documents = _documents(stream, path)
    try:
        first = next(documents, (b"", 1))
        second = next(documents, None)
        if second is None:
            yield from flattened.read(first[0], path)
            return
        for data, line in (first, second):
            yield _article(data, path, line)
        for data, line in documents:
            yield _article(data, path, line)
    except InputError as error:
        yield error


def _documents(stream: io.BufferedReader, path: str) -> Iterator[tuple[bytes, int]]:
    """Each document with the number of its first line. White space before the first header goes with it."""
    lines: list[bytes] = []
    size, start = 0, 1
    for number, line in enumerate(_lines(stream, path), 1):
        if _opens(line) and any(before.strip() for before in lines):
            yield b"".join(lines), start
            lines, size, start = [], 0, number
        lines.append(line)
        size += len(line)
        if size > LARGEST:
            raise too_large(path)
    yield b"".join(lines), start


def _opens(line: bytes) -> bool:
    return b"date" in line[:40] and bool(flattened.HEADER.match(line[:200].decode("utf-8", "replace")))


def _lines(stream: io.BufferedReader, path: str) -> Iterator[bytes]:
    while line := stream.readline(LARGEST + 1):
        if len(line) > LARGEST:
            raise too_large(path)
        yield line


def _article(data: bytes, path: str, line: int) -> RawArticle | InputError:
    try:
        text = decode(data, path)
        return flattened.article(text, path, f"{stem(path)}/{key(text)}")
    except InputError as error:
        return InputError(replace(issue, line=issue.line + line - 1 if issue.line else line) for issue in error.issues)
