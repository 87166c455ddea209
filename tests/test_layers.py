"""Imports go down only, and what loads the dataset imports nothing that makes it."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import kg_news

SOURCE = Path(kg_news.__file__).parent

LAYERS = [
    ["__main__"],
    ["cli"],
    ["commands"],
    ["bench"],
    ["peers"],
    ["preview_terminal", "preview_html", "review", "correcting"],
    ["preview"],
    ["validate"],
    [
        "dataset",
        "hub",
        "show",
        "report",
        "validate_formats",
        "fix",
        "inputs",
        "scaffold",
        "scale",
        "evaluate",
        "page_speed",
    ],
    ["validate_parquet"],
    ["build"],
    ["parts", "merging", "shard_index"],
    ["blocks"],
    ["shards"],
    ["twins", "check", "export", "publish", "discover", "tally", "store", "workers", "corpus", "near"],
    ["normalize", "corrections"],
    ["fields"],
    ["doc"],
    ["views"],
    ["read"],
    ["citation"],
    ["manifest", "tables", "about", "registry", "clashes"],
    ["yamlwrite"],
    ["yamlfile"],
    ["schema"],
    ["columns", "ecma", "wording"],
    ["codes", "utf8"],
    ["records", "errors", "files", "edtf", "atomic", "agreement", "quick", "licences", "weburl", "__init__"],
]
"""From the top. A module may import from its own layer and from those below; whatever is new is put in here."""

RANK = {name: len(LAYERS) - height for height, names in enumerate(LAYERS) for name in names}

EXTRACTION = {
    "babel",
    "fastwarc",
    "lxml",
    "natasha",
    "navec",
    "numpy",
    "py3langid",
    "pymorphy3",
    "razdel",
    "rensa",
    "slovnet",
    "trafilatura",
}
HEAVY = EXTRACTION | {"datasets", "jsonschema", "jsonschema_rs", "pandas", "pyarrow", "rich", "yaml"}


def rooms() -> set[str]:
    """The modules and packages directly below kg_news."""
    return {path.stem for path in SOURCE.glob("*.py")} | {path.parent.name for path in SOURCE.glob("*/__init__.py")}


def imports(path: Path) -> Iterator[str]:
    """The rooms that a file imports, wherever in it; what it imports for the type checker alone does not count."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write the import in full"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            package, _, rest = name.partition(".")
            if package == "kg_news" and rest:
                room = rest.split(".")[0]
                yield room if room in RANK else "__init__"


def test_every_module_has_its_layer() -> None:
    assert rooms() == set(RANK), "put a new module into LAYERS, and take out one that is gone"


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_imports_go_down(path: Path) -> None:
    room = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    if room == "__init__":  # its lazy names are there for the user, not for the rooms
        return
    up = {name for name in imports(path) if RANK[name] > RANK[room]}
    assert not up, f"{path.name} imports {up} from above"


def test_imports_among_the_views_go_down_too() -> None:
    below: dict[str, set[str]] = {}
    for path in (SOURCE / "views").glob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        names = (node.module or "" for node in nodes if isinstance(node, ast.ImportFrom))
        below[f"kg_news.views.{path.stem}"] = {name for name in names if name.startswith("kg_news.views.")}
    assert set(TopologicalSorter(below).static_order()) == set(below)  # CycleError names two that import each other


@pytest.mark.parametrize(
    ("statement", "forbidden"),
    [
        ("import kg_news", HEAVY),
        ("import kg_news.cli", HEAVY | {"typing", "argparse"}),  # Ctrl-C is not looked after before it is imported
        ("import kg_news.commands.dispatch", HEAVY),
        ("import kg_news.dataset, kg_news.citation, kg_news.show, kg_news.report", HEAVY),
        ("import kg_news.build", HEAVY),
        ("import kg_news; kg_news.cite()", EXTRACTION | {"rich"}),
        ("import kg_news; kg_news.table()", EXTRACTION - {"numpy"} | {"rich"}),
        ("import kg_news; kg_news.verify()", EXTRACTION - {"numpy"} | {"rich"}),
    ],
)
def test_nothing_heavy_is_imported_early(statement: str, forbidden: set[str]) -> None:
    code = f"import sys; {statement}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not set(done.stdout.split()) & forbidden
