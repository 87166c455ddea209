"""Flattened text: an article as one run of text, headed ` date 2022-01 `, captions and credits run into the body."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from kg_news import edtf
from kg_news.errors import InputError
from kg_news.records import Issue, RawArticle, Span

HEADER = re.compile(
    r"\A\ufeff?\s*date[ \t]+"
    r"(?P<date>(?:[0-9]{4}(?![0-9])|[0-9]{1,2}[-./][0-9]{1,2}[-./][0-9])\S*?)"
    r"(?:T[0-9]{2}\S*|[ \t]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
    r"(?:\s+|\Z)"
)
"""` date 2022-01 `, `date 2025-09-19\n`, ` date 2025-09-01 09:49`, `date 2025-09-01T09:49:00Z`; the time of day is
passed over, as our dates have none. What looks like a date is one, or an error; `date 24 people` is the article's text.
"""

_CYRILLIC = re.compile(r"[А-Яа-яЁё]")


def read(data: bytes, path: str) -> Iterator[RawArticle]:
    """The one article of a file. InputError where it is not UTF-8 text."""
    yield article(decode(data, path), path, str(PurePosixPath(path).with_suffix("")))


def article(text: str, path: str, article_id: str) -> RawArticle:
    """An article from its raw text. InputError for an empty text, NUL bytes, surrogates, a header with a bad date."""
    issues = text_issues(text, path)
    header = HEADER.match(text)
    date = header["date"] if header else None
    if header and date and (trouble := edtf.problem(date)):
        line, column = place(text, header.start("date"))
        issues.append(Issue("date-invalid", f"{trouble}, in the header", edtf.WAY_OUT, path, line, column))
    if issues:
        raise InputError(issues)
    return RawArticle(
        id=article_id,
        text=text,
        path=path,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        format="flattened",
        header=Span(*header.span()) if header else None,
        header_date=date,
    )


def text_issues(text: str, path: str) -> list[Issue]:
    """What makes a text unfit to be an article, whatever it says."""
    if not text:
        return [Issue("empty-file", "the file is empty", "save the article's text in it, or delete it", path)]
    if not text.strip("\ufeff").strip():
        return [Issue("blank-file", "there is only white space", "save the article's text in it, or delete it", path)]
    issues = []
    if (at := text.find("\0")) >= 0:
        line, column = place(text, at)
        issues.append(
            Issue(
                "nul-byte", "there is a NUL byte in the text", "save the file as plain UTF-8 text", path, line, column
            )
        )
    if surrogate := re.search(r"[\ud800-\udfff]", text):
        line, column = place(text, surrogate.start())
        issues.append(_surrogate(path, line, column))
    return issues


def decode(data: bytes, path: str) -> str:
    """UTF-8, strictly. The error names the place, and the encoding that the bytes probably have."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = place(data[: error.start].decode("utf-8", "replace"), None)
        if data[error.start] == 0xED and data[error.start + 1 : error.start + 2] >= b"\xa0":
            raise InputError([_surrogate(path, line, column)]) from None
        hint, way_out = _likely(data)
        message = f"the file is not UTF-8{hint}"
        raise InputError([Issue("not-utf8", message, way_out, path, line, column)]) from None


def place(text: str, offset: int | None) -> tuple[int, int]:
    """Line and column, both from 1, of an offset in a text (of its end for None)."""
    before = text[:offset]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _surrogate(path: str, line: int, column: int) -> Issue:
    message = "half of a UTF-16 surrogate pair stands alone"
    return Issue("lone-surrogate", message, "save the file again from its source as UTF-8", path, line, column)


def _likely(data: bytes) -> tuple[str, str]:
    """The other encodings in which Central Asian news lie about: UTF-16, and Windows' Cyrillic code page."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "; it looks like UTF-16", "convert it: iconv -f UTF-16 -t UTF-8"
    text = data.decode("cp1251", "replace")
    letters = sum(char.isalpha() for char in text)
    if letters and len(_CYRILLIC.findall(text)) > 0.5 * letters:
        return "; it looks like cp1251 (Windows Cyrillic)", "convert it: iconv -f CP1251 -t UTF-8"
    return "", "convert it to UTF-8"
