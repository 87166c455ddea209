"""Which raw articles there are: every file below `raw/`, in an order that no disk can change."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg_news.errors import BuildError
from kg_news.records import Issue

SIDECAR = ".yml"
_LONG = ".yaml"
"""What others call such files."""


_LITTER = frozenset({"thumbs.db", "desktop.ini"})
_LEFT = (".bak", ".orig", ".rej", ".tmp", ".swp", ".part", ".crdownload")


def hidden(name: str) -> bool:
    """Whether a file is left out by custom: its name starts with a dot, or Windows and Word hide it."""
    return name.startswith((".", "~$")) or name.lower() in _LITTER


def _left_behind(name: str) -> bool:
    """Whether an editor, a merge or a broken download left the file behind: `a.txt~`, `#a.txt#`, `a.txt.bak`."""
    return name.endswith("~") or name[0] == name[-1] == "#" or name.lower().endswith(_LEFT)


@dataclass(frozen=True)
class RawFile:
    """A file (or what stands in a file's place) below `raw/`."""

    name: str
    """Its path, as text: of a million files that did not change nothing dearer is made."""
    id: str
    """Its path below `raw/` without the suffix."""
    issue: Issue | None = None
    """Why it cannot be read as an article."""

    @property
    def path(self) -> Path:
        return Path(self.name)

    @property
    def sidecar(self) -> Path:
        return Path(sidecar(self.name))


def sidecar(path: str) -> str:
    """Where a raw file's sidecar lies, or would lie. As text: `Path.with_suffix` takes ten times as long."""
    folder, slash, name = path.rpartition(os.sep)
    return folder + slash + name.removesuffix(_suffix(name)) + SIDECAR


def _suffix(name: str) -> str:
    """As pathlib has it."""
    dot = name.rfind(".")
    return name[dot:] if 0 < dot < len(name) - 1 else ""


def discover(raw: Path) -> Iterator[RawFile]:
    """Every raw file below the folder, by id and then by path, found as they are asked for.

    Hidden files and folders are left out, and so are sidecars; a sidecar without its article is an entry with an
    issue, as are symlinks and what is no file at all. BuildError (`folder-unreadable`) where a folder cannot be listed:
    how many articles it hides nobody knows.
    """
    return _walk(raw, raw)


class Copies:
    """Raw files by their size: whether bytes lie below a folder already is seen without reading the files there."""

    def __init__(self, raw: Path) -> None:
        self._by_size: dict[int, list[RawFile]] = {}
        for file in discover(raw):
            if not file.issue:
                self._by_size.setdefault(Path(file.name).stat().st_size, []).append(file)

    def of(self, data: bytes, own: Path | None = None) -> RawFile | None:
        """The first file with these bytes, `own` aside."""
        same = (file for file in self._by_size.get(len(data), ()) if file.path != own)
        return next((file for file in same if file.path.read_bytes() == data), None)


_ORPHAN = (
    "sidecar-orphan",
    "the sidecar has no article beside it",
    "add the article under the same name, or delete the sidecar",
)


def _walk(folder: Path, raw: Path) -> Iterator[RawFile]:
    """One folder after the other, each where its articles' ids stand: `a-b` before `a/c`, and `a` before both."""
    try:
        with os.scandir(folder) as listing:
            items = [item for item in listing if not hidden(item.name)]
    except OSError as error:
        way_out = "check that it is a folder and its permissions, or name another one with --raw"
        raise BuildError(
            str(_issue(folder, "folder-unreadable", f"the folder cannot be read: {error.strerror}", way_out))
        ) from error
    prefix = f"{folder.relative_to(raw).as_posix()}/" if folder != raw else ""
    here = str(folder / "x")[:-1]
    # Of a million files half are sidecars: nothing is made for them but these tuples.
    found = [(*_called(prefix, item, raw), item) for item in items]
    articles = {article_id for article_id, suffix, _, _ in found if suffix != SIDECAR}
    for article_id, suffix, issue, item in sorted(found, key=lambda entry: (entry[0], entry[3].name)):
        if article_id.endswith("/"):
            yield from _walk(folder / item.name, raw)
        elif suffix != SIDECAR or issue:
            yield RawFile(here + item.name, article_id, issue)
        elif article_id not in articles:
            yield RawFile(here + item.name, article_id, _issue(folder / item.name, *_ORPHAN))


def _called(prefix: str, item: os.DirEntry[str], raw: Path) -> tuple[str, str, Issue | None]:
    """The id that a folder's entry gives (a folder's ends with `/`), its suffix, and what forbids to open it."""
    name = item.name
    suffix = _suffix(name)
    issue = trouble(item, raw)
    if issue is None and item.is_dir():
        return f"{prefix}{name}/", "", None
    return prefix + name.removesuffix(suffix), suffix, issue


def trouble(item: os.DirEntry[str] | Path, raw: Path) -> Issue | None:
    """What forbids to open the path at all; None for a plain file or folder with a plain name."""
    path = Path(item) if item.is_symlink() or not _is_plain(item.name) else None
    if path is None:
        if item.name.endswith(_LONG):
            way_out = f"rename it to {item.name.removesuffix(_LONG)}{SIDECAR}"
            return _issue(
                Path(item), "name-invalid", f"a sidecar is called {SIDECAR}, and {_LONG} is not read", way_out
            )
        if item.is_file() and _left_behind(item.name):
            way_out = "delete it, or rename it if the article is in it"
            return _issue(Path(item), "file-left-behind", "a copy that some program left behind", way_out)
        if item.is_file() or item.is_dir():
            return None
        return _issue(Path(item), "not-a-file", "neither a file nor a folder", "delete it")
    if not _is_plain(path.name):
        way_out = "rename it, best in lower-case Latin letters and digits"
        message = "the name is not UTF-8 in Unicode form NFC, or has control characters"
        return Issue("name-invalid", message, way_out, _printable(path))
    leaves = not path.resolve().is_relative_to(raw.resolve())
    code, where = (
        ("symlink-outside", "leaves the raw folder") if leaves else ("symlink-inside", "gives an article a second id")
    )
    return _issue(path, code, f"a symbolic link that {where}", "put the file itself there, or delete the link")


def _is_plain(name: str) -> bool:
    """The same name on every disk. Bytes that are not UTF-8 reach Python as surrogates, which are not printable."""
    return name.isprintable() and unicodedata.is_normalized("NFC", name)


def _printable(path: Path) -> str:
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def _issue(path: Path, code: str, message: str, way_out: str) -> Issue:
    return Issue(code, message, way_out, str(path))
