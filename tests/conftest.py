"""What several tests start from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from invented import write_raw, write_registry
from kg_news.registry import Registry, load_registry


@pytest.fixture(scope="session")
def registry_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_registry(tmp_path_factory.mktemp("knowledge") / "registry")


@pytest.fixture(scope="session")
def registry(registry_folder: Path) -> Registry:
    return load_registry(registry_folder)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A folder with three good articles."""
    return write_raw(tmp_path / "raw")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds by the command keep their results in a cache: here in one that no other test sees."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("home-cache")))


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Invented articles are of 2031, which must be over."""
    monkeypatch.setattr("kg_news.validate._today", lambda: date(2040, 1, 1))
