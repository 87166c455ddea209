"""Whatever README and CONTRIBUTING tell a reader to type does what they say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)

NOT_HERE = ("pip install", "scripts/", "kg-news build")
"""Run elsewhere: wheels by test_packaging, the scripts by .ci/run, the build by test_fresh and test_build."""


def blocks(name: str, language: str) -> list[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return [body for kind, body in BLOCK.findall(text) if kind == language]


def run(command: list[str], tmp_path: Path) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, "PATH": path, "HF_HOME": str(tmp_path / "hf"), "HF_HUB_OFFLINE": "1"}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, encoding="utf-8")


@pytest.mark.parametrize("code", blocks("README.md", "python"))
def test_python(code: str, tmp_path: Path) -> None:
    done = run([sys.executable, "-c", code], tmp_path)
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


@pytest.mark.parametrize("name", ["README.md", "DATASHEET.md", "CONTRIBUTING.md", "LICENSE-DATA.md"])
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
        assert not path or (ROOT / path).exists(), target
        assert path or anchor in headings, target


def test_paths_that_contributing_names_are_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    names = re.findall(r"`((?:src|schema|registry|tests|docs|scripts)/[\w./-]+)`", text)
    assert len(names) > 10
    assert [name for name in names if not (ROOT / name).exists()] == []
