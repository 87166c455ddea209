"""WARC, the archive format of web crawls (ISO 28500): an article a response that is an HTML page.

Other records (requests, images, redirects, errors) hold no article. A page without text is reported, like any other.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from kg_news.errors import InputError
from kg_news.read import page
from kg_news.read.compose import key, stem
from kg_news.read.streams import LARGEST, too_large
from kg_news.records import Issue, RawArticle

_PAGES = frozenset({"text/html", "application/xhtml+xml"})


def read(stream: io.BufferedReader, path: str) -> Iterator[RawArticle | InputError]:
    """An article a page, or what is wrong with its record; behind a broken length nothing can be found any more."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    source: Any = _Forward(stream)
    kinds = WarcRecordType.response | WarcRecordType.resource
    last = "the first record"
    held: RawArticle | InputError | None = None  # until the next record begins: only then was the length right
    try:
        for record in ArchiveIterator(source, record_types=WarcRecordType.any_type, parse_http=True):
            if held:
                yield held
                held = None
            name = record.headers.get("WARC-Target-URI") or record.record_id
            last = f"the record of {name}" if name else "a record without a name"
            length = record.content_length
            if not record.record_type & kinds or not _is_page(record):
                continue
            data = record.reader.read(LARGEST + 1)
            if len(data) > LARGEST:
                held = too_large(path)
            elif len(data) < length:
                message = f"{last} says that it has {length} bytes more, but {len(data)} are there"
                held = InputError([_broken(path, message)])
            else:
                held = _article(record, data, path)
        if held:
            yield held
    except InputError as error:  # of the stream below
        yield error
    except OSError as error:
        yield InputError([_broken(path, f"behind {last} no record begins ({error})")])


class _Forward:
    """A stream as FastWARC wants it: it asks where it is, which an unpacked stream cannot say."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream, self._at = stream, 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._at += len(data)
        return data

    def tell(self) -> int:
        return self._at


def _is_page(record: Any) -> bool:
    if not record.is_http:
        return (record.headers.get("Content-Type") or "").partition(";")[0].strip().lower() in _PAGES
    http = record.http_headers
    return http is not None and http.status_code == 200 and (record.http_content_type or "").lower() in _PAGES


def _article(record: Any, data: bytes, path: str) -> RawArticle | InputError:
    url = record.headers.get("WARC-Target-URI") or None
    name = f"{url} {record.headers.get('WARC-Date')}" if url else record.record_id
    try:
        return page.article(
            data, path, f"{stem(path)}/{key(name)}", url=url, charset=record.http_charset or None, format="warc"
        )
    except InputError as error:
        return InputError(error.issues)


def _broken(path: str, message: str) -> Issue:
    way_out = "the length in the record's head is wrong, or the file was cut off: fetch it again"
    return Issue("warc-broken", message, way_out, path)
