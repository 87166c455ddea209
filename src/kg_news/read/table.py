"""CSV and its kin (commas, semicolons, tabs or bars between the columns), with a header line: an article a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg_news import edtf
from kg_news.errors import InputError
from kg_news.read.compose import id_issue, key, stem, unplaced
from kg_news.read.flattened import article
from kg_news.read.mapping import columns_of
from kg_news.read.stamps import day, is_stamp
from kg_news.read.streams import LARGEST, too_large
from kg_news.records import Issue, RawArticle, Stated

DELIMITERS = ",;\t|"


def read(
    stream: io.BufferedReader, path: str, columns: Mapping[str, str] | None = None
) -> Iterator[RawArticle | InputError]:
    """An article a row, or what is wrong with it; `columns` says which column holds what (`mapping.FIELDS`)."""
    csv.field_size_limit(LARGEST)  # the csv module has one limit for all; its own is 128 KiB
    head = stream.peek(2**16)[: 2**16].decode("utf-8", "replace").partition("\n")[0]
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    rows = csv.reader(_lines(text, path), delimiter=max(DELIMITERS, key=head.count), strict=True)
    try:
        header = next(rows, [])
        places = columns_of(header, columns or {}, path)
        line = rows.line_num + 1
        for row in rows:
            if row:
                yield _article(row, header, places, path, line)
            line = rows.line_num + 1
    except InputError as error:
        yield error
    except csv.Error as error:
        message = f"this is not CSV: {error}"
        yield InputError([Issue("csv-invalid", message, "check the quotation marks in this line", path, rows.line_num)])
    except UnicodeDecodeError:
        message, way_out = "the file is not UTF-8", "export it again as UTF-8, or: iconv -f CP1251 -t UTF-8"
        yield InputError([Issue("not-utf8", message, way_out, path, rows.line_num + 1)])
    finally:
        text.detach()


def _lines(text: io.TextIOWrapper, path: str) -> Iterator[str]:
    """The lines of a text. InputError for one that is larger than an article can be."""
    number = 1
    while line := text.readline(LARGEST + 1):
        if len(line) > LARGEST:
            raise too_large(path, what="the line", line=number)
        yield line
        number += 1


def _article(
    row: list[str], header: list[str], places: Mapping[str, int], path: str, line: int
) -> RawArticle | InputError:
    if len(row) != len(header):
        message = f"the row has {len(row)} columns, the header {len(header)}"
        way_out = "put quotation marks around a value that holds the delimiter, or mend the row"
        return InputError([Issue("row-ragged", message, way_out, path, line)])
    value = {field: row[place].strip() if field != "text" else row[place] for field, place in places.items()}
    stamp = value.get("date") or ""
    if stamp and not is_stamp(stamp):
        return InputError([Issue("date-invalid", f"{stamp!r} is no date", edtf.WAY_OUT, path, line, pointer="/date")])
    article_id = value.get("id") or f"{stem(path)}/{key(value.get('url') or value['text'])}"
    if trouble := id_issue(article_id, path):
        return InputError([replace(trouble, line=line)])
    stated = Stated(
        title=value.get("title") or None,
        url=value.get("url") or None,
        date=day(stamp) if stamp else None,
        authors=(value["author"],) if value.get("author") else (),
    )
    try:
        made = article(value["text"], path, article_id)
        return replace(made, format="csv", stated=stated, line=line, doubts=unplaced(made.doubts))
    except InputError as error:
        return InputError(replace(issue, line=line, column=None) for issue in error.issues)
