"""What other repositories take from this one: pre-commit hooks, a GitHub action; and the forms for contributors."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import yaml

from invented import OUTLET, write_article

ROOT = Path(__file__).resolve().parent.parent
TEXT = " date 2021-04 Мост через реку закрыли до осени.\n"


def load(path: str) -> Any:
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Somebody's repository of articles: one good, one with a slip."""
    folder = tmp_path / "theirs"
    write_article(folder / "raw", "kloop/2031-04/most", TEXT)
    bad = write_article(folder / "raw", "kloop/2031-04/sneg", " date 2021-04 Снег.\n").with_suffix(".yml")
    bad.write_bytes(b"url: null\r\nsource: klop\r\nrights: {license: MIT}\r\n")
    subprocess.run(["git", "init", "--quiet", folder], check=True)
    subprocess.run(["git", "-C", folder, "add", "."], check=True)
    return folder


def clean(**more: str) -> dict[str, str]:
    """The environment without what git sets while it runs a hook."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {"PATH": path, **more}


# pre-commit


def test_the_hooks_as_pre_commit_runs_them(repository: Path, tmp_path: Path) -> None:
    """`language: python`, installed by pre-commit itself, but without a network: the libraries are lent from here."""
    if not (ROOT / ".git").exists():
        pytest.skip("pre-commit clones a git repository, and this is none")
    environment = clean(
        PRE_COMMIT_HOME=str(tmp_path / "home"),
        PYTHONPATH=sysconfig.get_paths()["purelib"],
        PIP_NO_INDEX="1",
        PIP_NO_DEPS="1",
        PIP_NO_BUILD_ISOLATION="0",  # pip reads it as the option's own value: no isolation
        PIP_DISABLE_PIP_VERSION_CHECK="1",
    )
    command = [sys.executable, "-m", "pre_commit", "try-repo", str(ROOT), "--all-files", "--verbose"]
    done = subprocess.run(command, cwd=repository, env=environment, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert re.search(r"kg-news validate\.+Failed", said)
    assert "raw/kloop/2031-04/sneg.yml: mended: line ends, order of keys" in said
    assert re.search(r"raw/kloop/2031-04/sneg\.yml:\d:9: error\[outlet-unknown\]", said)
    assert "most" not in said, "the good article is passed over in silence"
    assert (repository / "raw/kloop/2031-04/sneg.yml").read_bytes().startswith(b"source: klop\nurl")


def test_hooks_take_the_files_they_mean() -> None:
    patterns = {hook["id"]: re.compile(hook["files"]) for hook in load(".pre-commit-hooks.yaml")}
    assert set(patterns) == {"kg-news-validate", "kg-news-fix"}
    for name in ("raw/a/2031-04/b.txt", "raw/a/2031-04/b.yml", "registry/outlets/a.yml", "notes/raw/a.yml"):
        assert bool(patterns["kg-news-validate"].search(name)) == (not name.startswith("notes"))
        assert bool(patterns["kg-news-fix"].search(name)) == (name.endswith(".yml") and not name.startswith("notes"))


# The action


def run_action(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    command = ["bash", str(ROOT / "scripts/action")]
    return subprocess.run(command, cwd=folder, env=clean(**inputs), capture_output=True, text=True, check=False)


def test_the_action_names_problems_at_their_lines(repository: Path) -> None:
    done = run_action(repository, INPUT_PATHS="raw\n", INPUT_SARIF="found.sarif", INPUT_REGISTRY="")
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error file=raw/kloop/2031-04/sneg.yml,line=2,col=9,title=outlet-unknown::")
    found = yaml.safe_load((repository / "found.sarif").read_text(encoding="utf-8"))
    assert [result["ruleId"] for result in found["runs"][0]["results"]] == ["outlet-unknown"]


def test_the_action_passes_and_takes_inputs_for_names_only(repository: Path, registry_folder: Path) -> None:
    (repository / "raw/kloop/2031-04/sneg.yml").write_text("source: zorka\nurl: null\nrights: {license: MIT}\n")
    (registry_folder / "outlets/zorka.yml").write_text(OUTLET.format(id="zorka", name="Зорька"), encoding="utf-8")
    try:
        done = run_action(repository, INPUT_PATHS="raw/kloop  raw", INPUT_REGISTRY=str(registry_folder))
    finally:
        (registry_folder / "outlets/zorka.yml").unlink()
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    done = run_action(repository, INPUT_PATHS="$(touch${IFS}caught) --help; *", INPUT_REGISTRY="")
    assert done.returncode == 1
    assert "path-missing" in done.stdout
    assert not (repository / "caught").exists()


def test_the_action_checks_what_is_there_without_being_told(repository: Path) -> None:
    assert load("action.yml")["inputs"]["paths"]["default"] == ""
    done = run_action(repository, INPUT_PATHS="", INPUT_REGISTRY="")
    assert [line.partition("title=")[2].partition("::")[0] for line in done.stdout.splitlines()] == ["outlet-unknown"]
    shutil.rmtree(repository / "raw")
    assert "title=path-missing" in run_action(repository, INPUT_PATHS="", INPUT_REGISTRY="").stdout


def test_the_action_hands_every_input_on() -> None:
    action = load("action.yml")
    steps = action["runs"]["steps"]
    script = (ROOT / "scripts/action").read_text(encoding="utf-8")
    (step,) = [step for step in steps if "scripts/action" in step.get("run", "")]
    used = " ".join(step["env"].values()) + str(steps[0]["with"])
    for name in action["inputs"]:
        assert f"inputs.{name} " in used, name
    for name in step["env"]:
        assert f"${{{name}" in script, name
    assert not [step for step in steps if "inputs." in step.get("run", "")], "an input in a script is code"


# Forms


@pytest.mark.parametrize("name", ["article", "wrong-value", "fault"])
def test_issue_forms_are_what_github_takes(name: str) -> None:
    form = load(f".github/ISSUE_TEMPLATE/{name}.yml")
    assert {"name", "description", "body"} <= set(form)
    ids = [item["id"] for item in form["body"] if item["type"] != "markdown"]
    assert len(ids) == len(set(ids)) >= 3
    for item in form["body"]:
        assert item["type"] in ("markdown", "input", "textarea")
        assert "value" in item["attributes"] if item["type"] == "markdown" else item["attributes"]["label"]
        for key in ("label", "description", "placeholder"):
            assert not isinstance(item["attributes"].get(key), (list, dict)), "a colon in the text wants quotes"


def test_the_form_for_pull_requests_names_what_there_is() -> None:
    text = (ROOT / ".github/PULL_REQUEST_TEMPLATE.md").read_text(encoding="utf-8")
    for name in ("scripts/test", "registry", "raw", "data"):
        assert name in text
        assert (ROOT / name).exists()


# The project's own checks on GitHub


def test_the_workflow_runs_what_a_submission_must_pass() -> None:
    steps = load(".github/workflows/ci.yml")["jobs"]["ci"]["steps"]
    assert [step["run"] for step in steps if "run" in step] == ["bash .ci/run"]
