"""The catalogue of codes: every code that the source can print and no other, with examples that do what they say."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from invented import write_article
from kg_news.cli import main
from kg_news.codes import Code, codes, explanation
from kg_news.files import PACKAGE
from kg_news.read import IN_RAW, SUFFIXES
from kg_news.records import Issue
from kg_news.registry import Registry, load_registry
from kg_news.validate import validate

KEBAB = re.compile(r"[a-z]+[0-9]*(-[a-z0-9]+)+")

NO_CODES = {
    "amp-img",  # an element of HTML
    "correction-field",  # the name of a format in the schema
    "csl-json",
    "data-src",
    "date-parts",
    "date-released",
    "license-url",
    "family-names",  # keys of CITATION.cff
    "given-names",
    "name-particle",
    "name-suffix",
    "hf-datasets",
    "iso8859-1",
    "kg-news",
    "koi8-r",
    "kill-on-invalid-dep",  # an option of Slurm
    "ms-f",
    "per-article",
    "probnyj-listok",  # an outlet of invented articles
    "pymorphy3-dicts-ru",
    "repository-code",
    "text-classification",
    "token-classification",
    "utf-16",
    "utf-16-le",
    "utf-8",
    "utf-8-sig",
}
"""Words of the source that look like codes and are none. A new one belongs here or into codes.toml."""


def constants() -> Iterator[tuple[str, str]]:
    """Every string of the source that could be a code, with its file."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEBAB.fullmatch(node.value):
                yield node.value, path.name


def severities() -> Iterator[tuple[str, str]]:
    """Code and severity of every issue that is made with both written out."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (
                isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1].lstrip("_").lower() == "issue"
            ):
                continue
            written = [arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)]
            keyword = [key.value for key in node.keywords if key.arg == "severity"]
            severity = keyword[0].value if keyword and isinstance(keyword[0], ast.Constant) else "error"
            for code in written:
                if not keyword or isinstance(keyword[0], ast.Constant):
                    yield str(code), str(severity)


def test_every_code_of_the_source_is_explained() -> None:
    lacking = {code: name for code, name in constants() if code not in codes() and code not in NO_CODES}
    assert not lacking, "explain these in src/kg_news/codes.toml, or add them to NO_CODES here if they are no codes"


def test_every_explained_code_is_used() -> None:
    used = {code for code, _ in constants()}
    assert set(codes()) <= used, "take out of src/kg_news/codes.toml what the source no longer prints"
    assert used >= NO_CODES


def test_codes_are_kebab_case_and_nothing_else_is_a_code() -> None:
    found = dict(severities())
    assert len(found) > 40
    assert [code for code in found if not KEBAB.fullmatch(code) and code.isascii() and " " not in code] == []


def test_a_code_is_a_warning_where_it_is_never_an_error() -> None:
    found = set(severities())
    for code, entry in codes().items():
        if said := {severity for name, severity in found if name == code}:
            assert ("error" in said) == (entry.severity == "error"), code


@pytest.mark.parametrize("entry", codes().values(), ids=str)
def test_an_entry_is_whole(entry: Code) -> None:
    assert (entry.file is None) == (entry.wrong is None)
    assert entry.example is not None or (entry.wrong is not None and entry.right is not None)
    assert entry.means.endswith("."), "sentences"
    assert entry.mend.endswith("."), "sentences"
    if entry.example:
        assert f"{entry.severity}[{entry.code}]" in entry.example


@pytest.fixture(scope="session")
def small_registry(registry_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """No actors but those of the examples: their files are read in a moment."""
    folder = tmp_path_factory.mktemp("small") / "registry"
    shutil.copytree(registry_folder, folder, ignore=shutil.ignore_patterns("actors"))
    return folder


@pytest.fixture(scope="session")
def known(small_registry: Path) -> Registry:
    return load_registry(small_registry)


@pytest.mark.parametrize(
    "entry", [entry for entry in codes().values() if entry.wrong is not None], ids=lambda e: e.code
)
def test_an_example_shows_its_code(
    entry: Code, tmp_path: Path, small_registry: Path, known: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg_news.validate.load_registry", lambda _: known)
    write_article(tmp_path / "raw", "vestnik-doliny/2031-04/most", " date 2031-04 Мост закрыли до осени.\n")
    shutil.copytree(small_registry, tmp_path / "registry")
    assert entry.file is not None
    path = tmp_path / entry.file
    path.parent.mkdir(exist_ok=True)

    def found(content: str) -> list[Issue]:
        path.write_text(content, encoding="utf-8")
        # A sidecar's own form is its own matter; what it means shows with its article.
        beside = path.with_suffix(".txt")
        return [*validate([path]), *(validate([beside]) if beside.exists() else [])]

    before = found(entry.wrong or "")
    assert (entry.code, entry.severity) in [(issue.code, issue.severity) for issue in before]
    if entry.right is not None:
        assert entry.code not in [issue.code for issue in found(entry.right)]
        if entry.code not in ("json-invalid",):  # a record would be long
            assert [str(issue) for issue in found(entry.right) if issue.severity == "error"] == []


def test_all_formats_are_listed_where_one_is_not_known() -> None:
    said = codes()["format-unknown"].mend
    assert [suffix for suffix in SUFFIXES | IN_RAW if not re.search(rf"{re.escape(suffix)}\b", said)] == []


def test_explain(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "date-invalid", "disk-full"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("date-invalid (error)\n")
    assert "\n    date: 2031-13\n" in said
    assert "\n    date: 2031-12\n" in said
    assert "data: error[disk-full]" in said
    assert main(["explain"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(codes())


@pytest.mark.parametrize("code", ["error[date-invalid]", "DATE-invalid", " date-invalid "])
def test_explain_takes_a_code_as_it_was_copied(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", code]) == 0
    assert capsys.readouterr().out.startswith("date-invalid (error)\n")


def test_explain_does_not_know_everything(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "date-invalit"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "did you mean: date-invalid" in said.err


def test_an_explanation_says_nothing_of_what_is_not_there() -> None:
    said = explanation(codes()["empty-file"])
    assert "Wrong, in raw/vestnik-doliny/2031-04/most.txt:\n    (nothing)" in said
    assert "printed as" not in said
