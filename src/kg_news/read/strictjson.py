"""JSON as RFC 8259 means it: no NaN, no key twice; and an array's items one by one, however long it is."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from kg_news.errors import InputError
from kg_news.read.streams import LARGEST, too_large
from kg_news.records import Issue

_SPACE = re.compile(r"[ \t\n\r]*")


class StrictError(ValueError):
    """What JSON does not allow, though Python's reader takes it."""

    def __init__(self, code: str, message: str, way_out: str) -> None:
        super().__init__(message)
        self.code, self.way_out = code, way_out


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise StrictError(
            "json-key-twice", f"the key {twice!r} stands twice in one object", "keep the one that is meant"
        )
    return made


def _no_constant(name: str) -> Any:
    raise StrictError("json-not-a-number", f"{name} is no JSON", "write null, or leave the key out")


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_constant)


def loads(text: str) -> Any:
    """One JSON value. ValueError (StrictError too) where it is not JSON; RecursionError where it is nested too deep."""
    return _DECODER.decode(text)


def issue(error: Exception, path: str) -> Issue:
    """What `loads` raised, as an issue; its way out suits a line of JSON Lines."""
    if isinstance(error, StrictError):
        return Issue(error.code, str(error), error.way_out, path)
    message = f"the line is not JSON: {getattr(error, 'msg', 'nested too deep')}"
    return Issue("json-invalid", message, "write one JSON object a line", path)


def items(stream: BinaryIO, path: str) -> Iterator[Any]:
    """The items of the array in the stream, each when it is asked for; a single object is its own only item.

    InputError, with line and column, where it is not JSON in UTF-8; the items before that place have been given.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    window = _Window(text, path)
    try:
        if window.next_character() != "[":
            yield window.value()
        else:
            window.skip()
            if window.next_character() == "]":
                window.skip()
            else:
                while True:
                    yield window.value()
                    mark = window.next_character()
                    if mark not in {",", "]"}:
                        raise window.trouble("there is no comma or bracket behind the item")
                    window.skip()
                    if mark == "]":
                        break
        if window.next_character():
            raise window.trouble("there is more behind the value's end")
    except UnicodeDecodeError:
        message = "the file is not UTF-8"
        raise InputError([Issue("not-utf8", message, "convert it to UTF-8", path)]) from None
    finally:
        text.detach()


class _Window:
    """The part of a long text that is being read."""

    def __init__(self, text: io.TextIOWrapper, path: str) -> None:
        self._text, self._path = text, path
        self._buffer, self._at = "", 0
        self._line, self._line_start = 1, 0
        self._ended = False

    def next_character(self) -> str:
        """The next character that is no white space; empty at the end."""
        while True:
            match = _SPACE.match(self._buffer, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._buffer) or not self._more():
                return self._buffer[self._at : self._at + 1]

    def skip(self) -> None:
        self._at += 1

    def value(self) -> Any:
        """The value that begins here."""
        self.next_character()
        while True:
            try:
                found, end = _DECODER.raw_decode(self._buffer, self._at)
                # A number that ends the buffer may go on.
                if end < len(self._buffer) or not self._more():
                    self._at = end
                    return found
            except StrictError as error:
                line, column = self._place(self._at)
                raise InputError([Issue(error.code, str(error), error.way_out, self._path, line, column)]) from None
            except json.JSONDecodeError as error:
                behind = error.pos - self._at
                if not self._more():
                    raise self.trouble(f"this is not JSON: {error.msg}", self._at + behind) from None
            except RecursionError:
                raise self.trouble("this is not JSON: nested too deep") from None

    def trouble(self, message: str, at: int | None = None) -> InputError:
        line, column = self._place(self._at if at is None else at)
        return InputError([Issue("json-invalid", message, "write the file again as JSON", self._path, line, column)])

    def _place(self, at: int) -> tuple[int, int]:
        before = self._buffer[:at]
        breaks = before.count("\n")
        column = at - before.rfind("\n") if breaks else at + 1 + self._line_start
        return self._line + breaks, column

    def _more(self) -> bool:
        """Read on, as much again as there is, and forget what is done with; False at the end."""
        if self._ended:
            return False
        rest = self._buffer[self._at :]
        self._line, column = self._place(self._at)
        self._line_start = column - 1
        if len(rest) > LARGEST:
            raise too_large(self._path)
        data = self._text.read(max(2**16, len(rest)))
        self._ended = not data
        self._buffer, self._at = rest + data, 0
        return not self._ended
