"""Bytes as they come: gzip and zstd are taken off, whatever the file is called, and nothing is read that is not asked
for.
"""

from __future__ import annotations

import gzip
import io
import os
import stat
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

from kg_news.errors import InputError
from kg_news.records import Issue

LARGEST = 20 * 2**20
"""Bytes of the largest article that is read: 20 MiB. The longest page of the 181 in the evaluation set has 2 MB."""
PATIENCE = 10.0
"""Seconds that something may take to begin writing into a named pipe."""
_LAYERS = 3
_BUFFER = 2**16
_FREE = 64 * 2**20
_RATIO = 250
"""Once 64 MiB have come out, they may be 250 times what went in at most: text packs 3 to 50 times."""

_MAGIC = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}


def opened(path: Path) -> BinaryIO:
    """A file's bytes, or those of a pipe, as a shell's `<(…)` gives it, or of a terminal.

    InputError for other devices, and for a named pipe that nothing writes into: to open it would wait for ever.
    """
    if stat.S_ISFIFO(path.stat().st_mode):
        return _opened_pipe(path)
    stream = path.open("rb")
    kind = os.fstat(stream.fileno()).st_mode
    if stat.S_ISBLK(kind) or (stat.S_ISCHR(kind) and not stream.isatty()):
        stream.close()
        raise InputError([Issue("not-a-file", "this is a device", "name a file, or - for standard input", str(path))])
    return stream


def _opened_pipe(path: Path) -> BinaryIO:
    """Only an open that waits knows a writer from none without taking a byte: it waits in a thread."""
    with ThreadPoolExecutor(1) as pool:
        opening = pool.submit(path.open, "rb")
        try:
            return opening.result(PATIENCE)
        except TimeoutError:
            way_out = "start what writes into it first, or name a file"
            raise InputError([Issue("not-a-file", "nothing writes into this pipe", way_out, str(path))]) from None
        finally:
            if not opening.done():
                os.close(os.open(path, os.O_WRONLY | os.O_NONBLOCK))  # a writer, so that the thread comes back
                opening.result().close()


def unpacked(stream: BinaryIO, path: str) -> io.BufferedReader:
    """The stream without its layers of gzip and zstd.

    Reading from it gives InputError where a layer is cut off, damaged, or far larger inside than any text can be.
    """
    counted = _Counted(stream)
    source: io.BufferedReader = io.BufferedReader(counted, _BUFFER)
    for _ in range(_LAYERS):
        kind = next((kind for magic, kind in _MAGIC.items() if source.peek(len(magic)).startswith(magic)), None)
        if kind is None:
            return source
        source = io.BufferedReader(_Guarded(_OPENERS[kind](source), kind, path, counted), _BUFFER)
    message = f"the file is packed more than {_LAYERS - 1} times"
    raise InputError([Issue("packed-too-deep", message, "unpack it before you give it to kg-news", path)])


def _zstd(source: io.BufferedReader) -> BinaryIO:
    import pyarrow as pa

    packed: BinaryIO = pa.CompressedInputStream(pa.PythonFile(source, mode="r"), "zstd")
    return packed


_OPENERS: dict[str, Callable[[io.BufferedReader], BinaryIO]] = {
    "gzip": lambda source: gzip.GzipFile(fileobj=source),  # type: ignore[dict-item,return-value]
    "zstd": _zstd,
}


class _Counted(io.RawIOBase):
    """A stream that knows how many bytes were read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)


class _Guarded(io.RawIOBase):
    """What comes out of a packed stream; its faults are issues."""

    def __init__(self, inner: BinaryIO, kind: str, path: str, counted: _Counted) -> None:
        self._inner, self._kind, self._path, self._counted = inner, kind, path, counted
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._inner.read(len(buffer))
        except (EOFError, OSError, zlib.error) as error:  # pyarrow names a cut-off stream in words only
            if isinstance(error, EOFError) or "Truncated" in str(error):
                raise self._cut_off() from None
            message = f"the {self._kind} data are damaged: {error}"
            raise InputError([Issue("packed-damaged", message, "fetch or pack the file again", self._path)]) from None
        self._given += len(data)
        if self._given > _FREE and self._given > _RATIO * self._counted.count:
            message = (
                f"{self._counted.count} bytes unpack to more than {self._given // 2**20} MiB: no text packs so well"
            )
            way_out = "look into the file by hand; if it is sound, give it unpacked"
            raise InputError([Issue("packed-bomb", message, way_out, self._path)])
        buffer[: len(data)] = data
        return len(data)

    def _cut_off(self) -> InputError:
        message = f"the {self._kind} data end in the middle"
        return InputError([Issue("packed-truncated", message, "fetch or pack the file again", self._path)])


def whole(stream: BinaryIO, path: str, largest: int = LARGEST) -> bytes:
    """All that is left of a stream. InputError where it is more than an article can be."""
    data = stream.read(largest + 1)
    if len(data) > largest:
        raise too_large(path, largest)
    return data


def lines(stream: BinaryIO, path: str, largest: int = LARGEST) -> Iterator[bytes | InputError]:
    """The lines of a stream, each with its end. One that is larger than an article can be is an error in its place,
    given before its end is looked for: there may be none.
    """
    while line := stream.readline(largest + 1):
        if len(line) <= largest:
            yield line
            continue
        yield too_large(path, largest, what="the line")
        while line and not line.endswith(b"\n"):
            line = stream.readline(largest)


def too_large(path: str, largest: int = LARGEST, *, what: str = "the article", line: int | None = None) -> InputError:
    message = f"{what} has more than {largest // 2**20} MiB"
    return InputError([Issue("article-too-large", message, "take out what is not the article", path, line)])
