"""Flattened text in a file: one document, or many, each headed ` date 2022-01 ` at the start of a line."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

from kg_news.errors import InputError
from kg_news.read import flattened
from kg_news.read.compose import key, stem
from kg_news.read.streams import LARGEST, too_large
from kg_news.records import Issue, RawArticle
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


_BLOCK = 2**20
_INDENT, _HEADER = 40, 200
"""Bytes at a line's start within which a header's word `date` ends, and that a header has at most."""


def _documents(stream: io.BufferedReader, path: str) -> Iterator[tuple[bytes, int]]:
    """Each document with the number of its first line. White space before the first header goes with it.

    Read in blocks, not line by line: ten million line ends took four seconds and a gigabyte.
    """
    data, line, looked, ended = b"", 1, 0, False
    while not ended:
        block = stream.read(_BLOCK)
        data, ended = data + block, not block
        until = len(data) if ended else max(0, len(data) - _HEADER)  # a header at the end may go on in the next block
        begin = 0
        for start in _headers(data, looked, until):
            if data[begin:start].strip():
                yield data[begin:start], line
                line += data.count(b"\n", begin, start)
                begin = start
        data, looked = data[begin:], until - begin
        if len(data) > LARGEST:
            raise too_large(path)
    yield data, line


def _headers(data: bytes, start: int, end: int) -> Iterator[int]:
    """Where lines begin that open a document, for every word `date` from `start` on and before `end`."""
    at = data.find(b"date", start, end + 3)
    while at >= 0:
        line = data.rfind(b"\n", max(0, at - _INDENT), at) + 1
        head = data[line : line + _HEADER]
        if at + 4 - line <= _INDENT and flattened.HEADER.match(head.decode("utf-8", "replace")):
            yield line
        at = data.find(b"date", at + 1, end + 3)


def _article(data: bytes, path: str, line: int) -> RawArticle | InputError:
    try:
        text = decode(data, path)
        made = flattened.article(text, path, f"{stem(path)}/{key(text)}")
        return replace(made, line=line, doubts=tuple(_moved(doubt, line) for doubt in made.doubts))
    except InputError as error:
        return InputError(_moved(issue, line) for issue in error.issues)


def _moved(issue: Issue, line: int) -> Issue:
    """In the file, where the document begins at that line."""
    return replace(issue, line=issue.line + line - 1 if issue.line else line)
