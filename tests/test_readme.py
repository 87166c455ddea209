"""Whatever README and CONTRIBUTING tell a reader to type does what they say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

import kg_news

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)

NOT_HERE = ("pip install", "scripts/", "kg-news build")
"""Run elsewhere: wheels by test_packaging, the scripts by .ci/run, the build by test_fresh and test_build."""


def blocks(name: str, language: str) -> list[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return [dedent(body) for kind, body in BLOCK.findall(text) if kind == language]


def run(command: list[str], tmp_path: Path, cwd: Path = ROOT, **more: str) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, "PATH": path, "HF_HOME": str(tmp_path / "hf"), "HF_HUB_OFFLINE": "1", **more}
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False, encoding="utf-8")


@pytest.mark.parametrize("code", [*blocks("README.md", "python"), *blocks("LICENSE-DATA.md", "python")])
def test_python(code: str, tmp_path: Path) -> None:
    done = run([sys.executable, "-W", "error", "-c", code], tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("block", [block for block in blocks("README.md", "sh") if not block.startswith(NOT_HERE)])
def test_shell(block: str, tmp_path: Path) -> None:
    done = run(["bash", "-euc", block], tmp_path)
    assert done.returncode == 0, done.stderr


def test_normalize_prints_what_the_reader_expects(tmp_path: Path) -> None:
    (block,) = (block for block in blocks("README.md", "sh") if "normalize" in block)
    done = run(["bash", "-euc", block], tmp_path)
    assert '"credit": "Бегимай Ормокова / «Зорька»"' in done.stdout
    assert '"caption": "Пикет у вокзала 4 мая."' in done.stdout


def test_a_dataset_of_ones_own_as_the_page_says(tmp_path: Path) -> None:
    """docs/scale.md, word for word: each block of YAML is a file that its first line names."""
    (line,) = blocks("docs/scale.md", "json")
    (commands,) = (block for block in blocks("docs/scale.md", "sh") if "$EDITOR" in block)
    files = {text.split(maxsplit=2)[1]: text for text in blocks("docs/scale.md", "yaml")}
    assert sorted(files) == ["my/raw/my-paper.yml", "my/registry/outlets/my-paper.yml"]
    (tmp_path / "my/raw").mkdir(parents=True)
    (tmp_path / "my/raw/my-paper.jsonl").write_text(line, encoding="utf-8")
    for name, text in files.items():
        (tmp_path / Path(name).name if "registry" in name else tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "editor").write_text('#!/bin/sh\ncp my-paper.yml "$1"\n', encoding="utf-8")
    (tmp_path / "editor").chmod(0o755)
    done = run(["bash", "-euc", commands], tmp_path, cwd=tmp_path, EDITOR="./editor", XDG_CACHE_HOME=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "no problems found\n")
    (loaded,) = kg_news.table(folder=tmp_path / "my/data").to_pylist()
    assert (loaded["id"], loaded["source_name"], loaded["date"]) == ("my-paper/4711", "Моя газета", "2025-04-05")


PAGES = sorted(path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)]+)\)", text) if "://" not in target]
    headings = {
        re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).replace(" ", "-")
        for line in text.splitlines()
        if line[:1] == "#"
    }
    for target in targets:
        path, _, anchor = target.partition("#")
        assert not path or ((ROOT / name).parent / path).exists(), target
        assert path or anchor in headings, target


def test_paths_that_contributing_names_are_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    names = re.findall(r"`((?:src|schema|registry|tests|docs|scripts)/[\w./-]+)`", text)
    assert len(names) > 10
    assert [name for name in names if not (ROOT / name).exists()] == []
