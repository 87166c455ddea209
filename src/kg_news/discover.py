"""Which raw articles there are: every file below `raw/`, in an order that no disk can change."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg_news.errors import BuildError
from kg_news.records import Issue

SIDECAR = ".yml"


@dataclass(frozen=True)
class RawFile:
    """A file (or what stands in a file's place) below `raw/`."""

    path: Path
    id: str
    """Its path below `raw/` without the suffix."""
    issue: Issue | None = None
    """Why it cannot be read as an article."""

    @property
    def sidecar(self) -> Path:
        return self.path.with_suffix(SIDECAR)


def discover(raw: Path) -> Iterator[RawFile]:
    """Every raw file below the folder, by id and then by path, found as they are asked for.

    Names that start with a dot are left out, and so are sidecars; a sidecar without its article is an entry with an
    issue, as are symlinks and what is no file at all. BuildError (`folder-unreadable`) where a folder cannot be listed:
    how many articles it hides nobody knows.
    """
    return _walk(raw, raw)


_ORPHAN = (
    "sidecar-orphan",
    "the sidecar has no article beside it",
    "add the article under the same name, or delete the sidecar",
)


def _walk(folder: Path, raw: Path) -> Iterator[RawFile]:
    """One folder after the other, each where its articles' ids stand: `a-b` before `a/c`, and `a` before both."""
    try:
        with os.scandir(folder) as listing:
            items = [item for item in listing if not item.name.startswith(".")]
    except OSError as error:
        way_out = "check that it is a folder and its permissions, or name another one with --raw"
        raise BuildError(
            str(_issue(folder, "folder-unreadable", f"the folder cannot be read: {error.strerror}", way_out))
        ) from error
    found: list[RawFile] = []
    for item in items:
        path = folder / item.name
        issue = _trouble(path, raw)
        name = path.relative_to(raw)
        if issue is None and item.is_dir():
            found.append(RawFile(path, f"{name.as_posix()}/"))
        else:
            found.append(RawFile(path, name.with_suffix("").as_posix(), issue))
    articles = {entry.id for entry in found if entry.path.suffix != SIDECAR}
    for entry in sorted(found, key=lambda entry: (entry.id, str(entry.path))):
        if entry.id.endswith("/"):
            yield from _walk(entry.path, raw)
        elif entry.path.suffix != SIDECAR or entry.issue:
            yield entry
        elif entry.id not in articles:
            yield RawFile(entry.path, entry.id, _issue(entry.path, *_ORPHAN))


def _trouble(path: Path, raw: Path) -> Issue | None:
    """What forbids to open the path at all; None for a plain file or folder with a plain name."""
    if not _is_plain(path.name):
        way_out = "rename it, best in lower-case Latin letters and digits"
        message = "the name is not UTF-8 in Unicode form NFC, or has control characters"
        return Issue("name-invalid", message, way_out, _printable(path))
    if path.is_symlink():
        leaves = not path.resolve().is_relative_to(raw.resolve())
        code, where = (
            ("symlink-outside", "leaves the raw folder")
            if leaves
            else ("symlink-inside", "gives an article a second id")
        )
        return _issue(path, code, f"a symbolic link that {where}", "put the file itself there, or delete the link")
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        return _issue(path, "not-a-file", "neither a file nor a folder", "delete it")
    return None


def _is_plain(name: str) -> bool:
    """The same name on every disk. Bytes that are not UTF-8 reach Python as surrogates, which are not printable."""
    return name.isprintable() and unicodedata.is_normalized("NFC", name)


def _printable(path: Path) -> str:
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def _issue(path: Path, code: str, message: str, way_out: str) -> Issue:
    return Issue(code, message, way_out, str(path))
