"""Results that are found by what they were made from, so that nothing is made twice.

An entry is a folder of files under a key: the hash of everything that has a say in it. It appears whole or not at all,
and its own list of hashes (`SHA256SUMS`, as `sha256sum --check` reads it) is held against its files whenever it is
found: what a disk or a hand has changed is made anew. So the folder may be deleted, cut off or damaged at any time.

A build has two of them: the cache, which outlives it, and a folder of its own beside the dataset. Entries go to the
first that can be written, so that a full or locked cache costs time and never a build.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

SUMS = "SHA256SUMS"
TAG = "CACHEDIR.TAG"
"""By this file backup programs know a cache: https://bford.info/cachedir/."""
_SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55\n# Made by kg-news; safe to delete.\n"
LIMIT = 10 * 2**30
"""Bytes that the cache may hold after a build."""


class Store:
    """Folders of entries, the most lasting first. Raises OSError where the last one cannot be written."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = list(folders)
        self._closed: set[Path] = set()
        """Those that could not be written, and are not asked to be again in this process: full, read-only. What they
        hold is still there to be read.
        """

    def find(self, key: str) -> Path | None:
        """The entry's folder; None where there is none, or it is not what it was."""
        for folder in self.folders:
            entry = _place(folder, key)
            if _whole(entry):
                return entry
            shutil.rmtree(entry, ignore_errors=True)
        return None

    def entry(self, key: str) -> Path:
        """The folder of an entry that `find` or `put` has answered. FileNotFoundError where somebody took it away."""
        for folder in self.folders:
            if (entry := _place(folder, key)).is_dir():
                return entry
        raise FileNotFoundError(2, "an entry of the cache was taken away", key)

    def put(self, make: Callable[[Path], str]) -> str:
        """Let `make` fill a folder and name its key; then it is an entry."""
        for folder in self.folders[:-1]:
            if folder not in self._closed:
                try:
                    return _put(folder, make)
                except OSError:
                    self._closed.add(folder)
        return _put(self.folders[-1], make)


def key_of(kind: str, *parts: object) -> str:
    """The key of what is made from these JSON values. TypeError for what is not JSON."""
    text = json.dumps(parts, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return f"{kind}-{hashlib.sha256(text.encode()).hexdigest()}"


@contextmanager
def cache(folder: Path | None, limit: int = LIMIT) -> Iterator[Path | None]:
    """A cache folder for the time of a build, made where it is missing; None where that cannot be.

    At the end entries that were not used for longest are deleted until the rest fits into `limit` bytes, unless another
    build is using the folder: then that one does it.
    """
    lock = _opened(folder)
    if folder is None or lock is None:
        yield None
        return
    try:
        yield folder
    finally:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _prune(folder, limit)
        except OSError:
            pass  # in use
        os.close(lock)


def _opened(folder: Path | None) -> int | None:
    if folder is None:
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / TAG).exists():
            if any(folder.iterdir()):
                return None  # somebody's own files: nothing is deleted among them
            (folder / TAG).write_text(_SIGNATURE)
        lock = os.open(folder, os.O_RDONLY)
        fcntl.flock(lock, fcntl.LOCK_SH)
    except OSError:
        return None
    return lock


def _prune(folder: Path, limit: int) -> None:
    """Delete what was begun and not ended, then the entries used longest ago beyond the limit."""
    entries = []
    for path in folder.glob("*/*"):
        if path.name.startswith("new-"):
            shutil.rmtree(path, ignore_errors=True)
        elif path.is_dir():
            size = sum(file.stat().st_size for file in path.iterdir())
            entries.append((path.stat().st_mtime, str(path), size))
    room = limit
    for _, name, size in sorted(entries, reverse=True):
        room -= size
        if room < 0:
            shutil.rmtree(name, ignore_errors=True)


def _place(folder: Path, key: str) -> Path:
    return folder / key.rpartition("-")[2][:2] / key


def _put(folder: Path, make: Callable[[Path], str]) -> str:
    new = folder / "new" / f"new-{os.getpid()}-{secrets.token_hex(8)}"
    new.mkdir(parents=True)
    try:
        key = make(new)
        lines = [f"{_sum(path)}  {path.name}\n" for path in sorted(new.iterdir())]
        (new / SUMS).write_text("".join(lines), encoding="utf-8")
        place = _place(folder, key)
        if not _whole(place):
            shutil.rmtree(place, ignore_errors=True)
            place.parent.mkdir(exist_ok=True)
            try:
                new.rename(place)
            except OSError:
                if not _whole(place):  # else another build was faster, with the same
                    raise
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return key


def _whole(entry: Path) -> bool:
    try:
        lines = (entry / SUMS).read_text(encoding="utf-8").splitlines()
        whole = all(_sum(entry / name) == digest for digest, _, name in (line.partition("  ") for line in lines))
        if whole:
            os.utime(entry)  # used now: what is used longest ago is deleted first
    except (OSError, ValueError):
        return False
    return whole and bool(lines)


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
