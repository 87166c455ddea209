"""Files that appear whole or not at all, and stay."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""How a system says that a disk takes nothing more."""


def write_new(files: Mapping[Path, bytes]) -> None:
    """Write files that are not there yet: all of them or none, and their folders with them.

    FileExistsError where one is there already, whoever was quicker; other OSErrors as the disk gives them. What was
    written before an error is taken away again.
    """
    made: list[Path] = []
    try:
        for path, data in files.items():
            made += _folders(path.parent)
            aside = _aside(path, data)
            try:
                os.link(aside, path)  # unlike a rename, a link never replaces a file
            finally:
                aside.unlink()
            made.append(path)
    except BaseException:
        for path in reversed(made):
            path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)
        raise


def rewrite(path: Path, data: bytes) -> None:
    """Put new bytes in a file's place in one step; its permissions stay, and a link to it still is one.

    What is no file takes the bytes as it stands: who writes to `/dev/null` as root must not find a file in its place.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as stream:
            stream.write(data)
        return
    path = Path(os.path.realpath(path))
    aside = _aside(path, data)
    try:
        if path.exists():
            aside.chmod(path.stat().st_mode)
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def sync(path: Path) -> None:
    """Wait until a file or a folder's list of names is safe on the disk. OSError as the disk gives it."""
    if path.is_dir() and os.name == "nt":  # Windows cannot open a folder
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _aside(path: Path, data: bytes) -> Path:
    """The bytes in a hidden file beside, safe on the disk."""
    aside = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}")
    try:
        with aside.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    return aside


def _folders(folder: Path) -> list[Path]:
    """Make a folder and those above it; answers the new ones, from the top."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing[::-1]
