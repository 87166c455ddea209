"""Flattened text: an article as one run of text, headed ` date 2022-01 `, captions and credits run into the body."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from kg_news import edtf
from kg_news.errors import InputError
from kg_news.read import unseen
from kg_news.records import Issue, RawArticle, Span
from kg_news.utf8 import decode, lone_surrogate, place

HEADER = re.compile(
    r"\A\ufeff?\s*date[ \t]+"
    r"(?P<date>(?:[0-9]{4}(?![0-9])|[0-9]{1,2}[-./][0-9]{1,2}[-./][0-9])\S*?)"
    r"(?:T[0-9]{2}\S*|[ \t]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
    r"(?:\s+|\Z)"
)
"""` date 2022-01 `, `date 2025-09-19\n`, ` date 2025-09-01 09:49`, `date 2025-09-01T09:49:00Z`; the time of day is
passed over, as our dates have none. What looks like a date is one, or an error; `date 24 people` is the article's text.
"""


LONGEST = 1_000_000
"""Code points of an article: the pages of two long books. Who forgot to part articles is told at once, and no text
takes more than some ten seconds and a gigabyte.
"""


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
        doubts=unseen.doubts(text, path),
    )


def text_issues(text: str, path: str) -> list[Issue]:
    """What makes a text unfit to be an article, whatever it says."""
    if not text:
        return [Issue("empty-file", "the file is empty", "save the article's text in it, or delete it", path)]
    if not text.strip("\ufeff").strip():
        return [Issue("blank-file", "there is only white space", "save the article's text in it, or delete it", path)]
    issues = []
    if len(text) > LONGEST:
        message = f"the article has {len(text):,} characters, more than {LONGEST:,}"
        way_out = "take out what is not the article, or part it: one article a file"
        issues.append(Issue("article-too-large", message, way_out, path))
    if (at := text.find("\0")) >= 0:
        line, column = place(text, at)
        issues.append(
            Issue(
                "nul-byte", "there is a NUL byte in the text", "save the file as plain UTF-8 text", path, line, column
            )
        )
    if surrogate := re.search(r"[\ud800-\udfff]", text):
        line, column = place(text, surrogate.start())
        issues.append(lone_surrogate(path, line, column))
    return issues
