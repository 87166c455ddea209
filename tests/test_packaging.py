"""Wheel and sdist: what is in them, and that a user who has nothing else can load, cite, verify and upgrade."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from dataset import article, articles, make_dataset
from kg_news import __version__
from kg_news.about import about
from kg_news.manifest import Manifest
from kg_news.records import Record

ROOT = Path(__file__).parent.parent
LOADER = ROOT / ".env/load/bin/python"
"""Python with what `pip install kg-news` brings, and nothing else."""
OLDER = ROOT / ".env/arrow-older"
"""A folder with an older pyarrow."""
SHIPPED = ("schema", "registry", "data")
SOURCES = (
    "src",
    "schema",
    "registry",
    "pyproject.toml",
    "README.md",
    "CITATION.cff",
    "LICENSE",
    "LICENSE-DATA.md",
    "hatch_build.py",
)

USE = """
import json, sys
import kg_news
folder = {folder}
loaded = kg_news.load(**folder)
kg_news.verify(**folder)
print(json.dumps({{
    "where": kg_news.__file__,
    "version": kg_news.version,
    "fingerprint": kg_news.fingerprint,
    "titles": loaded["title"][:],
    "streamed": len(list(kg_news.load("mentions", streaming=True, **folder))),
    "table": kg_news.table("actors", **folder).num_rows,
    "frame": len(kg_news.frame("quotes", **folder)),
    "path": str(kg_news.path(**folder)),
    "bibtex": kg_news.cite("bibtex", **folder),
    "cff": kg_news.cite("cff", **folder),
    "modules": sorted({{name.split(".")[0] for name in sys.modules}}),
}}))
"""


def run(command: Sequence[object], **options: str | Path | dict[str, str]) -> str:
    """What a command prints."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stderr
    return str(done.stdout)


@pytest.fixture(autouse=True)
def prepared() -> None:
    for path in (LOADER, OLDER / "pyarrow"):
        if not path.exists():
            pytest.fail(f"{path.relative_to(ROOT)} is missing; run scripts/install")


def source_tree(folder: Path, records: Sequence[Record], version: str) -> Path:
    """This checkout with other data and another version."""
    folder.mkdir()
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    code = folder / "src/kg_news/__init__.py"
    code.write_text(code.read_text().replace(f'__version__ = "{__version__}"', f'__version__ = "{version}"'))
    citation = folder / "CITATION.cff"
    citation.write_text(citation.read_text().replace(f"\nversion: {__version__}\n", f"\nversion: {version}\n"))
    make_dataset(folder / "data", records, version)
    return folder


def build(tree: Path, target: str, out: Path) -> Path:
    """A wheel or an sdist of a source tree, made without a network and without pip."""
    run([sys.executable, "-m", "hatchling", "build", "-t", target, "-d", out], cwd=tree)
    (made,) = out.iterdir()
    return made


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel with two invented articles."""
    root = tmp_path_factory.mktemp("first")
    return build(source_tree(root / "tree", articles(2), "0.1.0"), "wheel", root / "dist")


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the next version: another title, one more article."""
    root = tmp_path_factory.mktemp("second")
    records = [article(0, title="Новая школа"), article(1), article(2)]
    return build(source_tree(root / "tree", records, "0.2.0"), "wheel", root / "dist")


def install(wheel: Path, target: Path) -> Path:
    """Install a wheel into a folder, in place of what is there; answers the folder."""
    pip = [LOADER, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile", "--upgrade"]
    run([*pip, "--target", target, wheel])
    return target


def use(python: Path, search: Path | None, home: Path, code: str) -> str:
    """Run code as a user would: in an empty folder, nothing of this checkout or of another environment in reach."""
    home.mkdir(exist_ok=True)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "HF_HOME": str(home / "hf"),
        "HF_HUB_OFFLINE": "1",
        **({"PYTHONPATH": str(search)} if search else {}),
    }
    return run([python, "-c", code], cwd=home, env=environment)


# What is in them


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout as it is."""
    return build(ROOT, "wheel", tmp_path_factory.mktemp("released") / "dist")


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, "sdist", tmp_path_factory.mktemp("sdist") / "dist")


def files_of(*folders: str) -> dict[str, bytes]:
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*")]
    kept = [path for path in paths if path.is_file() and "__pycache__" not in path.parts]
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in kept}


def test_the_wheel_holds_data_schema_and_registry(released: Path) -> None:
    with zipfile.ZipFile(released) as wheel:
        found = {name: wheel.read(name) for name in wheel.namelist()}
    expected = {f"kg_news/{name}": content for name, content in files_of(*SHIPPED).items()}
    expected |= {name.removeprefix("src/"): content for name, content in files_of("src").items()}
    expected["kg_news/CITATION.cff"] = (ROOT / "CITATION.cff").read_bytes()
    assert "kg_news/data/MANIFEST.json" in expected
    own = {name: content for name, content in found.items() if ".dist-info/" not in name}
    assert sorted(own) == sorted(expected)
    assert own == expected
    notices = {name.rsplit("/")[-1] for name in found if "/licenses/" in name}
    assert notices == {"LICENSE", "LICENSE-DATA.md"}


def test_the_long_description_leads_to_the_repository(released: Path, sdist: Path) -> None:
    """On a package index nothing lies beside it; its headings are there."""
    with zipfile.ZipFile(released) as wheel:
        (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = wheel.read(name).decode()
    with tarfile.open(sdist) as archive:
        (member,) = (member for member in archive.getmembers() if re.fullmatch(r"[^/]+/PKG-INFO", member.name))
        told = archive.extractfile(member)
        assert told
        assert told.read().decode() == metadata
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = metadata.split("\n\n", 1)[1]
    links = re.findall(r"\]\(([^)]*)\)", shown)
    files = f"{about().url}/blob/v{__version__}/"
    assert f"{files}docs/scale.md#your-own-articles" in links
    assert [link for link in links if not link.startswith(("#", "https://"))] == []
    assert [
        link
        for link in links
        if link.startswith(files) and not (ROOT / link.removeprefix(files).split("#")[0]).exists()
    ] == []
    assert shown.replace(files, "") == readme.replace(files, "")
    assert "\nDescription-Content-Type: text/markdown\n" in metadata


def test_nobody_takes_the_articles_for_free(released: Path) -> None:
    """The licence of the wheel, of the card and of CITATION.cff are the three rows of LICENSE-DATA.md."""
    with zipfile.ZipFile(released) as wheel:
        (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
        (expression,) = re.findall(r"^License-Expression: (.*)$", wheel.read(name).decode(), re.MULTILINE)
        card = wheel.read("kg_news/data/README.md").decode()
    code, added, articles = expression.split(" AND ")
    assert (code, added) == ("MIT", "CC0-1.0")
    assert articles == f"LicenseRef-{yaml.safe_load(card.split('---')[1])['license_name']}"
    assert f"{about().url}/blob/main/LICENSE-DATA.md" == about().content["license-url"]
    for document in ("LICENSE-DATA.md", "README.md", "DATASHEET.md"):
        assert f"`{expression}`" in (ROOT / document).read_text(encoding="utf-8"), document


_SAFELY: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
"""Debian's Python 3.11.2 lacks it."""


def test_the_sdist_holds_what_the_wheel_is_made_of(sdist: Path, released: Path, tmp_path: Path) -> None:
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, **_SAFELY)
    (tree,) = tmp_path.iterdir()
    for name, content in files_of(*SHIPPED, "raw", "src", "tests", "scripts").items():
        assert (tree / name).read_bytes() == content, name
    assert build(tree, "wheel", tmp_path / "dist").read_bytes() == released.read_bytes()


def test_nothing_of_this_machine_is_in_them(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = [member.name.split("/", 1)[1] for member in archive.getmembers()]
    assert not [name for name in names if re.match(r"\.(env|venv|git)/|.*(__pycache__|\.pyc$|_cache/)", name)]


@pytest.mark.parametrize("target", ["wheel", "sdist"])
def test_building_twice_gives_the_same_bytes(tmp_path: Path, target: str) -> None:
    records = articles(2)
    made = []
    for number in range(2):
        tree = source_tree(tmp_path / f"tree-{number}", records, "0.1.0")
        for path in tree.rglob("*"):
            os.utime(path, (1e9 + number * 1e7, 1e9 + number * 1e7))
        made.append(build(tree, target, tmp_path / f"dist-{number}").read_bytes())
    assert made[0] == made[1]


def test_versions_agree() -> None:
    """One release: the code, CITATION.cff and the data name the same version."""
    assert about().version == __version__
    assert Manifest.read(ROOT / "data").version == __version__


# Using them


def test_a_clean_environment(first: Path, tmp_path: Path) -> None:
    site = install(first, tmp_path / "site")
    assert use(LOADER, None, tmp_path / "home", "import importlib.util as u; print(u.find_spec('kg_news'))") == "None\n"
    said = json.loads(use(LOADER, site, tmp_path / "home", USE.format(folder="{}")))
    assert said["where"] == str(site / "kg_news/__init__.py")
    assert said["path"] == str(site / "kg_news/data/articles/train-00000-of-00001.parquet")
    assert (said["version"], said["titles"]) == ("0.1.0", [None, None])
    assert (said["streamed"], said["table"], said["frame"]) == (6, 4, 2)
    assert said["fingerprint"] in said["bibtex"]
    assert yaml.safe_load(said["cff"])["version"] == "0.1.0"
    assert not {"pymorphy3", "slovnet", "natasha", "razdel", "babel", "rich", "jsonschema_rs"} & set(said["modules"])


def test_the_command_in_a_clean_environment(first: Path, tmp_path: Path) -> None:
    site = install(first, tmp_path / "site")
    code = """
import sys
from importlib.metadata import distribution
(command,) = (entry for entry in distribution("kg-news").entry_points if entry.name == "kg-news")
sys.argv = ["kg-news", *{arguments}]
sys.exit(command.load()())
"""
    info = use(LOADER, site, tmp_path / "home", code.format(arguments=["info"]))
    assert "0.1.0" in info
    assert Manifest.read(site / "kg_news/data").content_hash in info
    assert "@misc" in use(LOADER, site, tmp_path / "home", code.format(arguments=["cite"]))
    use(LOADER, site, tmp_path / "home", code.format(arguments=["verify"]))


def test_a_checkout(tmp_path: Path) -> None:
    """An editable install has the checkout's src/ on the path, and no copy of data, schema and registry beside it."""
    tree = source_tree(tmp_path / "tree", articles(2), "0.1.0")
    said = json.loads(use(LOADER, tree / "src", tmp_path / "home", USE.format(folder="{}")))
    assert said["path"] == str(tree / "data/articles/train-00000-of-00001.parquet")
    assert (said["version"], said["streamed"]) == ("0.1.0", 6)


def test_an_upgrade_brings_the_new_rows(first: Path, second: Path, tmp_path: Path) -> None:
    """One environment, one cache, two versions one after the other; the second of them also by `load_dataset`."""
    site, home = tmp_path / "site", tmp_path / "home"
    by_folder = """
import datasets, json, kg_news
folder = str(kg_news.path().parent.parent)
print(json.dumps(datasets.load_dataset(folder, split="train")["title"][:]))
"""
    install(first, site)
    assert json.loads(use(LOADER, site, home, USE.format(folder="{}")))["titles"] == [None, None]
    assert json.loads(use(LOADER, site, home, by_folder)) == [None, None]

    install(second, site)
    said = json.loads(use(LOADER, site, home, USE.format(folder="{}")))
    assert (said["version"], said["titles"]) == ("0.2.0", ["Новая школа", None, None])
    assert "Version 0.2.0" in said["bibtex"]
    assert json.loads(use(LOADER, site, home, by_folder)) == ["Новая школа", None, None]

    install(first, site)
    assert json.loads(use(LOADER, site, home, USE.format(folder="{}")))["titles"] == [None, None]


def test_the_content_hash_under_an_older_pyarrow(tmp_path: Path) -> None:
    """Written here and read there, and written there: other bytes, the same hashes."""
    here = make_dataset(tmp_path / "here", articles(4))
    code = """
import sys, json, pyarrow
from pathlib import Path
from dataset import articles, make_dataset
from kg_news.manifest import Manifest, verify
here, there = Path(sys.argv[1]), Path(sys.argv[2])
verify(here)
hashes = {name: entry.hash for name, entry in Manifest.read(make_dataset(there, articles(4))).configs.items()}
print(json.dumps([pyarrow.__version__, hashes]))
"""
    search = os.pathsep.join([str(OLDER), str(ROOT / "src"), str(ROOT / "tests")])
    there = tmp_path / "there"
    answer = run([sys.executable, "-c", code, here, there], env={**os.environ, "PYTHONPATH": search})
    version, hashes = json.loads(answer)
    read = Manifest.read(here)
    assert version != read.libraries["pyarrow"]
    assert hashes == {name: entry.hash for name, entry in read.configs.items()}
    assert Manifest.read(there).content_hash == read.content_hash
    other = {name for name, entry in Manifest.read(there).files.items() if entry != read.files[name]}
    assert "articles/train-00000-of-00001.parquet" in other
