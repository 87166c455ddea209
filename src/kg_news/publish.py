"""A dataset folder appears whole or not at all.

The new dataset is written into a folder beside the old one, on the same disk, and takes its place in one step. A run
that is killed leaves at most its own folder, `.<name>.kg-news-…`, which the next run removes. The folder is locked as
long as its run lives, so that two runs cannot write one dataset. Its name ends with the number of its run's process.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg_news import manifest
from kg_news.atomic import FULL, sync
from kg_news.errors import BuildError, DataError
from kg_news.records import Issue

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # linux/fcntl.h, linux/fs.h


@contextmanager
def workspace(out: Path) -> Iterator[Path]:
    """An empty folder beside `out`; whatever lies there at the end of the block is removed.

    BuildError where `out` holds anything but a dataset (`output-foreign`), cannot be written (`output-unwritable`,
    `disk-full`), or is being written by another run (`build-running`).
    """
    refuse_foreign(out)
    with disk_errors(out):
        if not out.parent.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "its parent is not a folder")
        with _one_at_a_time(out.parent):
            _clear(out)
            folder = out.parent / f"{_prefix(out)}{secrets.token_hex(4)}-{os.getpid()}"
            folder.mkdir()  # not mkdtemp: its 0700 would stay with the dataset
            lock = os.open(folder, os.O_RDONLY)
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """A folder beside a run's workspace for what the run needs and the dataset does not; removed as that is."""
    path = folder.with_name(f"{folder.name}-scratch")
    path.mkdir()
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _one_at_a_time(parent: Path) -> Iterator[None]:
    """Two runs that start in the same moment look one after the other who is there."""
    descriptor = os.open(parent, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def exchange(folder: Path, out: Path) -> None:
    """Let `folder`, whose files are safe on the disk, take the place of `out`; an old dataset then lies in `folder`.

    Atomic where the file system can swap two folders (Linux `renameat2`) and where there was no dataset. Elsewhere the
    old one is moved aside first; a run killed in between is put right by the next one.
    """
    with disk_errors(out):
        if not out.exists() or not any(out.iterdir()):
            folder.rename(out)
        elif not _swap(folder, out):
            _replace(folder, out)
        sync(out.parent)


@contextmanager
def disk_errors(out: Path) -> Iterator[None]:
    """What the disk refuses becomes a BuildError that names the way out."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            issue = Issue(
                "disk-full",
                f"the disk is full ({error.strerror})",
                "free some space, or build elsewhere: --out",
                str(out),
            )
        else:
            reason = error.strerror or str(error)
            way_out = "check the folder's permissions, or build elsewhere: --out"
            issue = Issue("output-unwritable", f"the dataset cannot be written: {reason}", way_out, str(out))
        raise BuildError(f"{issue}\nnothing was published") from error


def refuse_foreign(out: Path) -> None:
    """BuildError where a build may not write to `out`.

    Nothing is overwritten but a dataset, and no dataset in which somebody keeps files of his own (a `.git`, say).
    """
    if not out.exists():
        return
    way_out = "name an empty or a new folder with --out, or move these files away"
    if not out.is_dir():
        raise BuildError(str(Issue("output-unwritable", "there is a file in the folder's place", way_out, str(out))))
    present = {path.relative_to(out).as_posix() for path in out.rglob("*") if not path.is_dir() or path.is_symlink()}
    foreign = sorted(present - _known(out))
    if foreign:
        listed = ", ".join(foreign[:3]) + (f" and {len(foreign) - 3} more" if len(foreign) > 3 else "")
        message = f"the folder holds what no build of kg-news put there: {listed}"
        raise BuildError(str(Issue("output-foreign", message, way_out, str(out))))


def _known(out: Path) -> set[str]:
    """The manifest and what it lists. Its own hash is not asked: a damaged dataset may be built again."""
    try:
        content = json.loads((out / manifest.NAME).read_bytes())
        return {*content["files"], manifest.NAME} if content["name"] == manifest.DATASET else set()
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _complete(folder: Path) -> bool:
    try:
        manifest.verify(folder)
    except DataError:
        return False
    return True


def _clear(out: Path) -> None:
    """Remove what killed runs left behind. Where one was killed between two renames, its old dataset comes back."""
    leftovers = [path for path in out.parent.iterdir() if path.name.startswith(_prefix(out))]
    for path in leftovers:
        if _locked(path):
            way_out = "wait for it to end, or build elsewhere: --out"
            message = f"another build{_owner(path)} is writing this dataset"
            raise BuildError(str(Issue("build-running", message, way_out, str(out))))
    for path in leftovers:
        if path.name.endswith("-old") and not _complete(out) and _complete(path):
            shutil.rmtree(out, ignore_errors=True)
            path.rename(out)
        else:
            shutil.rmtree(path)


def _replace(folder: Path, out: Path) -> None:
    """Two steps where folders cannot be swapped: aside with the old one (a copy, if need be), in with the new."""
    aside = folder.with_name(f"{folder.name}-old")
    shutil.move(out, aside)
    try:
        folder.rename(out)
    except OSError:
        aside.rename(out)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _swap(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where system or file system cannot."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    done: int = renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return done == 0


def _prefix(out: Path) -> str:
    return f".{out.name}.kg-news-"


def _owner(folder: Path) -> str:
    """The process whose folder it is, in words; nothing where the name does not tell."""
    number = folder.name.rpartition("-")[2]
    if not number.isdigit() or len(number) > len("4194304"):  # the largest process number of Linux
        return ""
    try:
        words = Path(f"/proc/{number}/cmdline").read_bytes().decode("utf-8", "replace").split("\0")
    except OSError:
        return f" (process {number})"
    return f" (process {number}: {' '.join(words).strip()})"


def _locked(folder: Path) -> bool:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False
