"""A dataset folder appears whole or not at all, and nothing that is not ours is overwritten."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from pathlib import Path

import pytest

from dataset import articles, make_dataset
from kg_news import manifest, publish
from kg_news.errors import BuildError
from kg_news.publish import exchange, workspace


def publish_to(out: Path, count: int) -> None:
    with workspace(out) as folder:
        make_dataset(folder, articles(count))
        exchange(folder, out)


def rows(out: Path) -> int:
    manifest.verify(out)
    return manifest.Manifest.read(out).configs["articles"].rows


@pytest.fixture(params=["the disk swaps folders", "the disk cannot swap folders", "the folder cannot even be renamed"])
def _disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param != "the disk swaps folders":
        monkeypatch.setattr(publish, "_swap", lambda *_: False)
    if request.param == "the folder cannot even be renamed":
        real = os.rename

        def rename(source: str | Path, target: str | Path) -> None:
            if Path(source).name == "data":  # a folder of a container's image (overlayfs)
                raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
            real(source, target)

        monkeypatch.setattr(os, "rename", rename)


@pytest.mark.usefixtures("_disk")
def test_the_new_dataset_takes_the_place_of_the_old(tmp_path: Path) -> None:
    out = tmp_path / "data"
    for count in (2, 3):
        publish_to(out, count)
        assert rows(out) == count
        assert [path.name for path in tmp_path.iterdir()] == ["data"]


@pytest.mark.usefixtures("_disk")
def test_a_failure_leaves_the_old_dataset_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "data"
    publish_to(out, 2)
    with pytest.raises(KeyboardInterrupt), workspace(out) as folder:
        make_dataset(folder, articles(3))
        raise KeyboardInterrupt
    assert rows(out) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    out = tmp_path / "data"
    out.mkdir()
    publish_to(out, 1)
    assert rows(out) == 1


def test_a_damaged_dataset_may_be_built_again(tmp_path: Path) -> None:
    out = tmp_path / "data"
    publish_to(out, 1)
    path = out / manifest.NAME
    path.write_bytes(path.read_bytes().replace(b'"rows": 1', b'"rows": 7'))
    publish_to(out, 2)
    assert rows(out) == 2


@pytest.mark.parametrize("name", ["thesis.txt", "articles/notes.txt", ".git/config"])
def test_files_of_others_are_not_overwritten(tmp_path: Path, name: str) -> None:
    out = tmp_path / "data"
    publish_to(out, 1)
    (out / name).parent.mkdir(exist_ok=True)
    (out / name).write_text("mine")
    with pytest.raises(BuildError, match=rf"output-foreign.*{name}"):
        publish_to(out, 2)
    assert (out / name).read_text() == "mine"


def test_a_folder_without_a_manifest_is_not_overwritten(tmp_path: Path) -> None:
    out = tmp_path / "data"
    publish_to(out, 1)
    (out / manifest.NAME).unlink()
    with pytest.raises(BuildError, match="output-foreign"):
        publish_to(out, 2)
    assert (out / "README.md").exists()


def test_what_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    out, left = tmp_path / "data", tmp_path / ".data.kg-news-0badcafe"
    left.mkdir()
    (left / "articles").mkdir()
    publish_to(out, 1)
    assert rows(out) == 1
    assert not left.exists()


def test_folders_of_other_datasets_are_left(tmp_path: Path) -> None:
    other = tmp_path / ".data2.kg-news-0badcafe"
    other.mkdir()
    publish_to(tmp_path / "data", 1)
    assert other.exists()


@pytest.mark.parametrize("half", ["gone", "in pieces", "still whole"])
def test_a_run_killed_between_two_renames_is_put_right(tmp_path: Path, half: str) -> None:
    """The old dataset was moved, or was being copied, aside when the run was killed."""
    out, aside = tmp_path / "data", tmp_path / ".data.kg-news-0badcafe-old"
    publish_to(out, 2)
    if half == "gone":
        out.rename(aside)
    else:
        shutil.copytree(out, aside)
        ((out if half == "in pieces" else aside) / "articles" / "train-00000-of-00001.parquet").unlink()
    with pytest.raises(KeyboardInterrupt), workspace(out):
        raise KeyboardInterrupt
    assert rows(out) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_two_runs_cannot_write_one_dataset(tmp_path: Path) -> None:
    out = tmp_path / "data"
    publish_to(out, 1)
    with workspace(out) as folder:
        with pytest.raises(BuildError, match="build-running"):
            publish_to(out, 2)
        assert folder.is_dir()
    publish_to(out, 3)
    assert rows(out) == 3


def test_the_lock_ends_with_its_process(tmp_path: Path) -> None:
    out, left = tmp_path / "data", tmp_path / ".data.kg-news-0badcafe"
    left.mkdir()
    descriptor = os.open(left, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    with pytest.raises(BuildError, match="build-running"):
        publish_to(out, 1)
    os.close(descriptor)  # as the kernel does for a process that is killed
    publish_to(out, 1)
    assert rows(out) == 1


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk-full"),
        (errno.EDQUOT, "disk-full"),
        (errno.EACCES, "output-unwritable"),
        (errno.EROFS, "output-unwritable"),
    ],
)
def test_what_the_disk_refuses_is_said_with_a_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def mkdir(self: Path, *_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number), str(self))

    monkeypatch.setattr(Path, "mkdir", mkdir)
    with pytest.raises(BuildError, match=rf"data: error\[{code}\].*--out"), workspace(tmp_path / "data"):
        pass


@pytest.mark.parametrize("name", ["file", "file/data", "nowhere/data"])
def test_a_folder_that_cannot_be_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(BuildError, match="output-unwritable"), workspace(tmp_path / name):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
