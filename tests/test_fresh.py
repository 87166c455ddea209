"""What is generated and committed is what the code makes today. Whatever fails here names the command that mends it."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from invented import snapshot
from kg_news import __version__
from kg_news.about import about, read_about
from kg_news.build import build
from kg_news.manifest import Manifest, libraries

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("rebuilt") / "data"
    report = build(ROOT / "raw", out)
    assert report.published, report
    return out


def test_the_committed_dataset_was_built_by_the_locked_libraries() -> None:
    assert dict(Manifest.read(DATA).libraries) == libraries(), "run scripts/build in the environment of scripts/install"


def test_the_committed_dataset_is_what_the_build_makes(rebuilt: Path) -> None:
    committed, made = snapshot(DATA), snapshot(rebuilt)
    different = sorted(name for name in committed.keys() | made.keys() if committed.get(name) != made.get(name))
    assert not different, f"data/ is not fresh in {different}; run scripts/build"


def test_the_generated_parts_of_documents_are_fresh() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "generate.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_version_is_the_same_everywhere() -> None:
    changelog = re.search(
        r"^## \[?(\d\S*?)\]?(?:\s|$)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert changelog is not None
    versions = {
        "src/kg_news/__init__.py": __version__,
        "CITATION.cff": read_about(ROOT / "CITATION.cff").version,
        "data/MANIFEST.json": Manifest.read(DATA).version,
        "CHANGELOG.md": changelog[1],
    }
    assert set(versions.values()) == {__version__}, versions


def test_a_stale_part_is_shown_and_mended(tmp_path: Path) -> None:
    """On a copy of the documents, with one part made stale."""
    (tmp_path / "scripts").mkdir()
    script = tmp_path / "scripts" / "generate.py"
    script.write_bytes((ROOT / "scripts" / "generate.py").read_bytes())
    for name in ("README.md", "DATASHEET.md"):
        (tmp_path / name).write_text("Before.\n<!-- generated:configs -->\nold\n<!-- /generated -->\nAfter.\n")

    def run(*argv: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, str(script), *argv], capture_output=True, text=True, check=False)

    stale = run("--check")
    assert stale.returncode == 1
    assert "-old" in stale.stdout
    assert "run: scripts/generate" in stale.stderr
    assert "old" in (tmp_path / "README.md").read_text()
    assert run().returncode == 0
    mended = (tmp_path / "README.md").read_text()
    assert mended.startswith("Before.\n<!-- generated:configs -->\n| config")
    assert mended.endswith("<!-- /generated -->\nAfter.\n")
    assert run("--check").returncode == 0


def test_scripts_can_be_run() -> None:
    names = ["install", "build", "test", "lock", "generate", "action"]
    for path in [*(ROOT / "scripts" / name for name in names), ROOT / ".ci" / "run"]:
        assert path.stat().st_mode & 0o111, f"chmod +x {path}"
        subprocess.run(["bash", "-n", str(path)], check=True)


def test_the_address_is_the_same_wherever_it_stands() -> None:
    urls = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["urls"]
    assert all(url.startswith(about().url) for url in urls.values())
    assert f"({about().url}/issues/new)" in (ROOT / "LICENSE-DATA.md").read_text(encoding="utf-8")
