"""Bytes as they come: gzip and zstd are taken off, whatever the file is called, and nothing is read that is not asked
for.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from typing import BinaryIO

from kg_news.errors import InputError
from kg_news.records import Issue

LARGEST = 20 * 2**20
"""Bytes of the largest article that is read: 20 MiB. The longest page of the 181 in the evaluation set has 2 MB."""
_LAYERS = 3
_BUFFER = 2**16
_FREE = 64 * 2**20
_RATIO = 250
"""Once 64 MiB have come out, they may be 250 times what went in at most: text packs 3 to 50 times."""

_MAGIC = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}


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


def too_large(path: str, largest: int = LARGEST) -> InputError:
    message = f"the article has more than {largest // 2**20} MiB"
    return InputError([Issue("article-too-large", message, "take out what is not the article", path)])
