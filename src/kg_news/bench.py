"""How fast the project is, on invented articles and on this machine: each figure with how it was taken.

Every build and every start runs in a process of its own, so that its memory and its start are its own. Peers (bare
pyarrow, `datasets`, polars, DuckDB, jsonschema, datatrove, natasha, trafilatura) do the same work on the same files in
the same run; one that is not installed is left out. Times are the best of a few runs, as other programs can only make
them worse.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from kg_news import __version__, manifest, peers
from kg_news.corpus import OUTLET, texts, with_outlet, write_corpus
from kg_news.files import shipped
from kg_news.quick import frugal
from kg_news.records import Record
from kg_news.registry import load_registry

SAMPLE = 40
"""Articles on which the steps are timed."""

_BUILD = """
import json, resource, sys, time
from pathlib import Path
from kg_news.build import build
from kg_news.corpus import with_outlet
from kg_news.registry import load_registry

def peak(who):
    return resource.getrusage(who).ru_maxrss * 1024

def core_seconds(who):
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime

if __name__ == "__main__":
    raw, out, processes, cache = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    registry = with_outlet(load_registry())
    start, before = time.perf_counter(), core_seconds(resource.RUSAGE_SELF)
    report = build(raw, out, registry, processes=processes, cache_folder=Path(cache))
    seconds, first = time.perf_counter() - start, core_seconds(resource.RUSAGE_SELF) - before
    cores = first + core_seconds(resource.RUSAGE_CHILDREN)
    peaks = [peak(resource.RUSAGE_SELF), peak(resource.RUSAGE_CHILDREN)]
    found = {"written": report.written, "seconds": seconds, "first": first, "cores": cores, "peaks": peaks}
    print(json.dumps(found))
"""

_SCALE = """
import sys
from pathlib import Path
from kg_news.scale import Job, run

if __name__ == "__main__":
    raw, out, work, registry = map(Path, sys.argv[1:5])
    run(Job(raw, out, work, int(sys.argv[5]), registry), "local", {"workers": int(sys.argv[5])})
"""

_STARTS = {
    "import kg_news": "import kg_news",
    "kg-news --version": "import sys; sys.argv[1:] = ['--version']; import kg_news.cli as c; c.main()",
    "kg_news.cite()": "import kg_news; kg_news.cite()",
    "kg_news.table()": "import kg_news; kg_news.table()",
    "kg_news.load()": "import kg_news; kg_news.load()",
    "peer: import datasets": "import datasets",
    "peer: import pyarrow.parquet": "import pyarrow.parquet",
}


class Figure(NamedTuple):
    """One measured value."""

    group: str
    what: str
    value: float
    unit: str
    note: str = ""


class _Bench(NamedTuple):
    """What all measurements share."""

    place: Path
    sizes: Sequence[int]
    processes: Sequence[int]
    tell: Callable[[str], None]
    articles: peers.Sample[peers.Line]
    pages: peers.Sample[bytes]


def measure(
    sizes: Sequence[int],
    processes: Sequence[int],
    tell: Callable[[str], None] = lambda _: None,
    *,
    articles: Path | None = None,
    pages: Path | None = None,
    only: Sequence[str] = (),
) -> list[Figure]:
    """All figures; `sizes` are numbers of articles, the first is that of every comparison. Takes minutes.

    tell: called with what is measured next.
    articles: JSON Lines with `text`, and pages: a folder of HTML pages, to compare with other programs on; by default
        invented ones.
    only: names of groups (see GROUPS) to measure, by default all; `load` and `validation` need `build`.

    InputError where `articles` or `pages` cannot be used; MissingExtra without the libraries of `kg-news[build]`.
    """
    frugal()
    samples = peers.articles(articles), peers.pages(pages)  # what is wrong with them shows before minutes are spent
    found: list[Figure] = []
    with tempfile.TemporaryDirectory() as name:
        it = _Bench(Path(name), sizes, processes, tell, *samples)
        for group, figures in GROUPS.items():
            if not only or group in only:
                found += figures(it)
    return found


def about_machine() -> dict[str, Any]:
    """On what the figures were taken."""
    return {
        "kg_news": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "load": [round(value, 2) for value in os.getloadavg()],
        "libraries": manifest.libraries(),
    }


def as_json(figures: Sequence[Figure]) -> dict[str, Any]:
    """The figures and the machine, for a program."""
    return {"machine": about_machine(), "figures": [figure._asdict() for figure in figures]}


def as_table(figures: Sequence[Figure]) -> str:
    """The figures as a Markdown table."""
    lines = ["| | what | value | note |", "| --- | --- | ---: | --- |"]
    for figure in figures:
        value = f"{figure.value:,.0f}" if figure.value >= 100 else f"{figure.value:.3g}"
        lines.append(f"| {figure.group} | {figure.what} | {value} {figure.unit} | {figure.note} |")
    return "\n".join(lines)


def _builds(it: _Bench) -> Iterator[Figure]:
    """Every build has a cache of its own, and finds it empty."""
    alone = 0.0
    least: dict[str, float] = {}
    for size in it.sizes:
        raw, out, cache = (it.place / str(size) / name for name in ("raw", "data", "cache"))
        count = write_corpus(raw, size)
        it.tell(f"a build of {size:,} articles by {it.processes[0]} processes")
        done = _run(_BUILD, raw, out, it.processes[0], cache)
        alone = alone or done["seconds"]
        what = f"{size:,} articles, {it.processes[0]} processes"
        yield Figure("build", what, size / done["seconds"], "articles/s")
        yield Figure(
            "build", what, size / done["cores"], "articles/s a core", "of core time: other programs do not count"
        )
        yield Figure("build", what, count / done["cores"] / 1e6, "MB/s a core", "of raw text")
        for name, value in zip(("", " of its largest worker"), done["peaks"], strict=True):
            if value:
                times = f"{value / least.setdefault(name, value):.2f} times that of {it.sizes[0]:,}"
                yield Figure("memory", f"{size:,} articles, peak{name}", value / 2**20, "MiB", times)
    yield from _cached(it, size, done["cores"])
    yield from _scaling(it, alone)


def _cached(it: _Bench, size: int, full: float) -> Iterator[Figure]:
    """The build of `size` articles again; the first, which filled the cache, took `full` seconds of core time."""
    raw, out, cache = (it.place / str(size) / name for name in ("raw", "data", "cache"))
    path = next(raw.rglob("*.txt"))
    for what in ("nothing changed", "one article changed"):
        it.tell(f"a build of {size:,} articles, {what}")
        again = _run(_BUILD, raw, out, it.processes[0], cache)["cores"]
        yield Figure("cache", what, 100 * again / full, "% of a full build", f"of {size:,}; core time")
        path.write_text(path.read_text(encoding="utf-8") + "Добавлено.\n", encoding="utf-8")


def _scaling(it: _Bench, alone: float) -> Iterator[Figure]:
    """The first size by more processes, and through datatrove; by the first number of them it took `alone` seconds."""
    size = it.sizes[0]
    raw, out = it.place / str(size) / "raw", it.place / str(size) / "data"
    for number in it.processes[1:]:
        it.tell(f"a build of {size:,} articles by {number} processes")
        start = time.perf_counter()
        done = _run(_BUILD, raw, out, number, it.place / f"cache of {number}")
        whole = time.perf_counter() - start
        yield Figure("scaling", f"{number} processes against {it.processes[0]}", alone / done["seconds"], "times")
        share = 100 * done["first"] / done["cores"]
        note = "of core time: what the first process does alone, and more processes do not shorten"
        yield Figure("scaling", f"{number} processes, share of the first", share, "%", note)
        if find_spec("datatrove"):
            it.tell(f"the same through datatrove, {number} ranks")
            start = time.perf_counter()
            _run(_SCALE, raw, it.place / "datatrove", it.place / "work", _registry_folder(it.place), number)
            taken = time.perf_counter() - start
            note = "the program's start included"
            yield Figure("scaling", f"kg-news, {number} processes", size / whole, "articles/s", note)
            note = f"peer: {whole / taken:.2f} times; its start included"
            yield Figure("scaling", f"datatrove, {number} ranks", size / taken, "articles/s", note)


def _steps(it: _Bench) -> Iterator[Figure]:
    """The share of each step, on SAMPLE articles, in one process."""
    from kg_news.check import check
    from kg_news.doc import Doc
    from kg_news.normalize import normalize
    from kg_news.parts import write_part
    from kg_news.read import flattened

    it.tell("the share of each step")
    registry = with_outlet(load_registry())
    taken: dict[str, float] = {}
    # The views in the order of their definition: each asks only those before it.
    views = [name for name, value in vars(Doc).items() if isinstance(value, cached_property)]
    records: list[Record] = []
    for number, (article_id, text) in enumerate(texts(SAMPLE + 1)):
        spent = taken if number else {}  # the first loads the models

        def timed(name: str, call: Callable[[], Any], spent: dict[str, float] = spent) -> Any:
            start = time.perf_counter()
            value = call()
            spent[name] = spent.get(name, 0.0) + time.perf_counter() - start
            return value

        raw = timed("read", partial(flattened.article, text, f"{article_id}.txt", article_id))
        doc = Doc(raw, registry)
        for view in views:
            timed(f"view {view}", partial(getattr, doc, view))
        record = normalize(raw, registry)[0]
        timed("check", partial(check, record))
        records.append(record)
    for folder in (it.place / "first part", it.place / "part"):  # the first loads pyarrow
        folder.mkdir()
        start = time.perf_counter()
        write_part(records, folder)
        taken["tables, with reading back"] = time.perf_counter() - start
    for name, seconds in sorted(taken.items(), key=lambda item: -item[1]):
        share = 100 * seconds / sum(taken.values())
        if share >= 0.1:
            yield Figure("steps", name, share, "%", f"{1000 * seconds / SAMPLE:.2f} ms an article")


def _starts(it: _Bench) -> Iterator[Figure]:
    environment = {**os.environ, "HF_HOME": str(it.place / "hf"), "HF_HUB_OFFLINE": "1"}
    for name, code in _STARTS.items():
        it.tell(f"the start of {name}")
        best = _best(
            partial(subprocess.run, [sys.executable, "-c", code], check=True, capture_output=True, env=environment)
        )
        yield Figure("start", name, 1000 * best, "ms", "a process of its own")


def _loading(it: _Bench) -> Iterator[Figure]:
    import pyarrow.parquet as pq

    from kg_news import dataset

    it.tell("loading")
    folder = it.place / str(it.sizes[0]) / "data"
    files = [str(path) for path in sorted((folder / "articles").glob("*.parquet"))]
    ways: dict[str, Callable[[], Any]] = {
        "peer: pyarrow.parquet.read_table": lambda: [pq.read_table(name) for name in files],
        "kg_news.table()": lambda: dataset.table(folder=folder),
        "peer: pyarrow with page checksums": lambda: [
            pq.read_table(name, page_checksum_verification=True) for name in files
        ],
        "kg_news.load(), cached": lambda: dataset.load(folder=folder),
        "kg_news.verify()": lambda: dataset.verify(folder),
    }
    if find_spec("polars"):
        import polars

        ways["peer: polars"] = lambda: polars.read_parquet(files)
    if find_spec("duckdb"):
        import duckdb

        ways["peer: DuckDB to Arrow"] = lambda: duckdb.read_parquet(files).arrow()
    best = dict.fromkeys(ways, float("inf"))
    with _own_cache(it.place):
        for _ in range(10):  # by turns: what comes first must not pay for the start, nor for another program's burst
            for name, call in ways.items():
                best[name] = min(best[name], _best(call, 1))
    bare = best["peer: pyarrow.parquet.read_table"]
    for name, taken in best.items():
        yield Figure(
            "load", name, 1000 * taken, "ms", f"{it.sizes[0]:,} articles; {taken / bare:.2f} times bare pyarrow"
        )


def _validation(it: _Bench) -> Iterator[Figure]:
    from jsonschema import Draft202012Validator

    from kg_news.check import check
    from kg_news.schema import explain, is_valid, load_schema

    it.tell("validation")
    parts = sorted((it.place / str(it.sizes[0]) / "data" / "articles").glob("*.parquet"))
    records = [row for row, _ in zip(manifest.read_rows(parts), range(SAMPLE), strict=False)]
    peer = Draft202012Validator(load_schema("article"))
    ways: dict[str, Callable[[Record], Any]] = {
        "schema: yes or no": is_valid,
        "schema: every problem": explain,
        "schema and meaning (check)": check,
        "peer: jsonschema": peer.is_valid,
    }
    for name, call in ways.items():
        taken = _best(lambda call=call: [call(record) for record in records])  # type: ignore[misc]
        yield Figure("validation", name, 1e6 * taken / len(records), "µs a record")


def _peers(it: _Bench) -> Iterator[Figure]:
    """The whole chain, and the reader of pages, beside other programs."""
    it.tell("the chain, and natasha's")
    chains = peers.chains(_run, it.place, it.articles.items)
    for speed in chains:
        note = f"{it.articles.name}; one thread; {chains[0].per_second / speed.per_second:.1f} : 1"
        yield Figure("chain", speed.name, speed.per_second, "documents a processor-second", note)
    it.tell("the reader of pages, and trafilatura")
    readers = peers.readers(it.pages.items)
    for speed in readers:
        note = f"{it.pages.name}; {readers[0].per_second / speed.per_second:.2f} : 1"
        yield Figure("pages", speed.name, speed.per_second, "pages a processor-second", note)


GROUPS: Mapping[str, Callable[[_Bench], Iterator[Figure]]] = {
    "build": _builds,
    "steps": _steps,
    "peers": _peers,
    "start": _starts,
    "load": _loading,
    "validation": _validation,
}


def _run(code: str, *arguments: object) -> dict[str, Any]:
    """Run code in a process of its own, with its linear algebra in one thread; what it says last, if it is JSON.

    ChildProcessError where it fails.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".py", encoding="utf-8") as script:
        script.write(code)
        script.flush()
        command = [sys.executable, script.name, *map(str, arguments)]
        done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise ChildProcessError(f"a program that was to be measured failed:\n{done.stderr[-2000:]}")
    last = done.stdout.strip().splitlines()[-1:]
    value: dict[str, Any] = json.loads(last[0]) if last and last[0].startswith("{") else {}
    return value


def _best(call: Callable[[], Any], runs: int = 3) -> float:
    """Seconds of the fastest of a few runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


@contextmanager
def _own_cache(place: Path) -> Iterator[None]:
    """The cache of `datasets` in a folder that goes away."""
    import datasets

    before = datasets.config.HF_DATASETS_CACHE
    datasets.config.HF_DATASETS_CACHE = place / "hf-datasets"
    try:
        yield
    finally:
        datasets.config.HF_DATASETS_CACHE = before


def _registry_folder(place: Path) -> Path:
    """The shipped registry as a folder that knows the invented outlet."""
    folder = place / "registry"
    if not folder.exists():
        shutil.copytree(shipped("registry"), folder)
        outlet = (
            f"id: {OUTLET}\nnames: {{ru: Пробный листок}}\ndomains: [{OUTLET}.example]\ncountry: KGZ\nlanguages: [ru]\n"
        )
        (folder / "outlets" / f"{OUTLET}.yml").write_text(outlet, encoding="utf-8")
    return folder
