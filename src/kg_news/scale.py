"""The same build on many machines, as stages of datatrove: its executors start the ranks, locally, by Slurm or by Ray.

    list    1 rank    which shards there are
    shards  N ranks   raw files -> records on the shared disk (`shards.make_shard`)
    decide  1 rank    what is written, rejected, a duplicate (`build.decide`)
    parts   N ranks   records -> tables (`parts.make_part`)
    publish 1 rank    the dataset takes its place in one step

Each stage is a step of its own kind: datatrove's readers skip lines that they cannot read without a word, and its
writers guess a schema. Here the project's own reader and schema are used, and a rank is one process. A rank's report is
written last; a stage that finds a report missing, or counts that do not agree, stops with an error, and nothing is
published. A stage that is run again finds what it has made and makes only the rest.

The functions here need the libraries of `kg-news[scale]`, and a folder `work` that all machines see.
"""

from __future__ import annotations

import heapq
import json
import os
import pickle
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from inspect import Parameter, signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg_news import build, manifest
from kg_news.about import read_about
from kg_news.blocks import make_block
from kg_news.errors import BuildError, MissingExtra
from kg_news.parts import SIZE, make_part, missing
from kg_news.publish import disk_errors, exchange, refuse_foreign, workspace
from kg_news.quick import restored, settled
from kg_news.records import Issue
from kg_news.shards import Books, Shard, Site, knowledge_of, make_shard, read_books, read_listing, write_listing
from kg_news.store import Store

if TYPE_CHECKING:
    from kg_news.build import Decision
    from kg_news.registry import Registry

STAGES: tuple[str, ...] = ("list", "shards", "decide", "parts", "publish")


@dataclass(frozen=True)
class Job:
    """A build for several ranks. Plain values: it travels to every one of them."""

    raw: Path
    out: Path
    work: Path
    """A folder on a disk that all ranks see; may be deleted after the build."""
    ranks: int
    registry: Path | None = None
    """None: the one that ships with kg-news."""
    max_rejected: int = 0
    part_size: int = SIZE
    citation: Path | None = None
    """CITATION.cff of a dataset that is another than the project's."""

    def tasks(self, stage: str) -> int:
        """How many ranks a stage has."""
        return self.ranks if stage in ("shards", "parts") else 1


class OptionError(ValueError):
    """An option that datatrove's executor does not take."""


def run_stage(job: Job, stage: str, rank: int) -> dict[str, int]:
    """Run one rank of a stage; what it counted.

    BuildError where another rank's report is missing or differs, articles are refused beyond `max_rejected`, or this
    rank has other code or another registry than the first one had.
    """
    return _RUN[stage](job, rank)


def executors(job: Job, kind: str, options: Mapping[str, Any]) -> list[Any]:
    """datatrove's executors for the stages, in order; Slurm's each depend on the one before.

    kind: `local`, `slurm` or `ray`. options: what the executor takes (`workers`, `time`, `partition`, …). ValueError
    for another kind (OptionError for options that it does not take), MissingExtra without datatrove.
    """
    make = _executor(kind)
    _check_options(make, options)
    made: list[Any] = []
    for stage in STAGES:
        values = {
            "pipeline": [_step(job, stage)],
            "tasks": job.tasks(stage),
            "logging_dir": str(job.work / "logs" / stage),
            # Whether a rank has done its work the store knows, and it knows whether the work is still the same.
            "skip_completed": False,
            **options,
        }
        if kind == "local":
            # A stage of one rank runs in this process: datatrove starts as many as there are workers, whatever they do.
            workers = values.get("workers", -1)
            values["workers"] = job.tasks(stage) if workers == -1 else min(workers, job.tasks(stage))
        if kind == "slurm":
            values |= {"job_name": f"kg-news-{stage}", "depends": made[-1] if made else None}
            # Else the stages behind one that failed would stand in the queue until somebody takes them out.
            values["sbatch_args"] = {"kill-on-invalid-dep": "yes"} | values.get("sbatch_args", {})
        made.append(make(**values))
    return made


def run(job: Job, kind: str = "local", options: Mapping[str, Any] | None = None) -> None:
    """Run all stages. With `slurm` they are handed to the scheduler, and this returns before they have run.

    BuildError where a folder cannot be used or a stage did not come to its end; OptionError for options that
    the executor does not take.
    """
    _check_folders(job)
    stages = executors(job, kind, options or {})
    if kind == "slurm":
        stages[-1].run()  # and with it those that it depends on
        return
    if kind == "local":
        _preload()
    for name, stage in zip(STAGES, stages, strict=True):
        shutil.rmtree(job.work / "logs" / name, ignore_errors=True)  # what an earlier run has completed counts no more
        stage.run()
        # Ray's executor logs the error of a rank and returns; one that depends on it would wait for it for ever.
        if failed := stage.get_incomplete_ranks(skip_completed=True):
            message, way_out = f"rank {failed[0]} of {name} has failed", "its log says why; run the build again"
            log = job.work / "logs" / name / "logs" / f"task_{failed[0]:05}.log"
            raise BuildError(f"{Issue('rank-failed', message, way_out, str(log))}\nnothing was published")


def _executor(kind: str) -> Callable[..., Any]:
    try:
        if kind == "local":
            from datatrove.executor.local import LocalPipelineExecutor as Executor
        elif kind == "slurm":
            from datatrove.executor.slurm import SlurmPipelineExecutor as Executor
        elif kind == "ray":
            import ray  # noqa: F401 - datatrove itself looks for it when it runs, with a traceback
            from datatrove.executor.ray import RayPipelineExecutor as Executor
        else:
            raise ValueError(f"there is no executor {kind!r}; choose one of: local, slurm, ray")
    except ModuleNotFoundError as error:
        raise MissingExtra("ray" if error.name == "ray" else "scale", error.name) from error
    return Executor  # type: ignore[no-any-return]


_OURS = frozenset(
    {"pipeline", "tasks", "local_tasks", "local_rank_offset", "logging_dir", "skip_completed", "depends", "job_name"}
)
"""What this module itself gives an executor, and what would leave ranks out."""


def _check_options(make: Callable[..., Any], options: Mapping[str, Any]) -> None:
    """OptionError where an executor does not take the options; it says what it takes."""
    parameters = signature(make).parameters
    known = {name: one for name, one in parameters.items() if name not in _OURS and one.kind is not one.VAR_KEYWORD}
    if unknown := sorted(set(options) - set(known)):
        listed = ", ".join(sorted(known))
        raise OptionError(f"the executor takes no option {', '.join(map(repr, unknown))}; it takes: {listed}")
    if lacking := [name for name, one in known.items() if one.default is one.empty and name not in options]:
        raise OptionError(f"the executor needs {' and '.join(lacking)}: --option {lacking[0]}=…")
    for name, value in options.items():
        form = _form(known[name])
        if form and not isinstance(value, form[0]):
            raise OptionError(f"the option {name} is {value!r}, but must be {form[1]}")
    if not (options.get("workers", -1) == -1 or options["workers"] >= 1):
        raise OptionError("the option workers must be 1 or more, or -1 for as many as there are ranks")


def _form(option: Parameter) -> tuple[Any, str] | None:
    """Which values an option takes, with a name for them; None where datatrove does not tell."""
    if isinstance(option.default, bool):
        return bool, "true or false"
    if isinstance(option.default, (int, float)):
        return (int, float), "a number"
    return (Mapping, 'a mapping in JSON, {"name": "value"}') if "dict" in str(option.annotation) else None


def _check_folders(job: Job) -> None:
    """BuildError where one cannot be used, and DataError for the citation, before anything is started."""
    build.apart(job.raw, job.out)
    build.apart(job.raw, job.work, "--work")
    if not job.raw.is_dir():
        raise BuildError(
            str(Issue("folder-unreadable", "there is no such folder", "name another one with --raw", str(job.raw)))
        )
    if job.citation:
        read_about(job.citation, own=True)
    refuse_foreign(job.out)
    try:
        job.work.mkdir(parents=True, exist_ok=True)
        probe = job.work / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        message, way_out = f"nothing can be written into it: {error.strerror}", "name another folder with --work"
        raise BuildError(str(Issue("output-unwritable", message, way_out, str(job.work)))) from error


def _preload() -> None:
    """Let the processes of the local executor begin with the libraries imported. They are forked from a server that
    imports them once, for all stages."""
    import multiprocess

    multiprocess.set_forkserver_preload(["__main__", "datatrove.executor.local", "kg_news.scale", "pyarrow.parquet"])


def _step(job: Job, stage: str) -> Any:
    """A stage as datatrove wants it. Made here, so that importing this module needs no datatrove."""
    from datatrove.pipeline.base import PipelineStep

    class Stage(PipelineStep):  # type: ignore[misc]
        name = f"kg-news {stage}"
        type = "kg-news"

        def run(self, data: Any, rank: int = 0, world_size: int = 1) -> Iterator[Any]:
            yield from data or ()
            if world_size != job.tasks(stage):
                raise BuildError(f"{stage} has {job.tasks(stage)} ranks, not {world_size}; nothing was published")
            for label, value in run_stage(job, stage, rank).items():
                self.stat_update(label, value=value)

    return Stage()


def _list(job: Job, rank: int) -> dict[str, int]:  # noqa: ARG001 - there is one
    _ranks(job).mkdir(parents=True, exist_ok=True)
    listing = job.work / "listing.jsonl"
    files, shards = write_listing(job.raw, listing)
    if not files:
        raise build.no_articles(job.raw)
    digest = manifest.file_hash(listing)
    values = {
        "files": files,
        "shards": shards,
        "listing": digest,
        "knowledge": knowledge_of(_registry(job)),
    }
    _write(job.work / "listing.json", values)
    return {"files": files, "shards": shards}


def _shards(job: Job, rank: int) -> dict[str, int]:
    site, listing = _site(job)
    keys, found = [], 0
    with restored():
        for shard in _share(job, rank):
            books = make_shard(site, shard)
            settled()
            keys.append([shard.number, books.key])
            found += books.found
    _write(_ranks(job) / f"shards-{rank:05}.json", {"listing": listing["listing"], "shards": keys, "found": found})
    return {"shards": len(keys), "found": found}


def _share(job: Job, rank: int) -> Iterator[Shard]:
    """A rank's shards. Each goes to the rank that has the fewest files so far: one is ten times as long as another, and
    all ranks together are as slow as the slowest."""
    loads = [(0, number) for number in range(job.ranks)]
    for shard in read_listing(job.work / "listing.jsonl"):
        files, number = loads[0]
        heapq.heapreplace(loads, (files + len(shard.rows), number))
        if number == rank:
            yield shard


def _decide(job: Job, rank: int) -> dict[str, int]:  # noqa: ARG001
    site, listing = _site(job)
    books = _all_books(job, site, listing)
    scratch = _fresh(job.work / "parts")
    decision = build.decide(site, books, scratch, max_rejected=job.max_rejected, part_size=job.part_size)
    if not decision.allowed:
        refused = decision.rejected + decision.duplicates
        message = f"{refused} of {decision.found} were refused, {job.max_rejected} are allowed"
        way_out = f"mend them: {decision.rejections} names every one; or allow them: --max-rejected"
        raise BuildError(f"{Issue('too-many-refused', message, way_out, str(job.raw))}\nnothing was published")
    (job.work / "decision").write_bytes(pickle.dumps(decision))
    return {"written": decision.written, "rejected": decision.rejected, "duplicates": decision.duplicates}


def _parts(job: Job, rank: int) -> dict[str, int]:
    site, listing = _site(job)
    decision = _decision(job)
    # Parts may be fewer than ranks, so all share the blocks first. No rank waits for another: what is not there when
    # its own part wants it, it makes itself.
    blocks = [path for part in missing(site, decision.parts) for path in part.blocks]
    for path in blocks[rank :: job.ranks]:
        make_block(site, path)
    made = [(number, make_part(site, part)) for number, part in enumerate(decision.parts) if number % job.ranks == rank]
    _write(_ranks(job) / f"parts-{rank:05}.json", {"listing": listing["listing"], "parts": made})
    return {"parts": len(made)}


def _publish(job: Job, rank: int) -> dict[str, int]:  # noqa: ARG001
    site, listing = _site(job)
    decision = _decision(job)
    keys = dict(pair for report in _reports(job, "parts", listing) for pair in report["parts"])
    if sorted(keys) != list(range(len(decision.parts))):
        raise BuildError(f"{len(decision.parts)} parts were planned, {len(keys)} are made; nothing was published")
    out = job.out.resolve()
    with workspace(out) as folder, disk_errors(out):
        ordered = [keys[number] for number in range(len(decision.parts))]
        made = build.write(site, decision, ordered, _all_books(job, site, listing), folder, job.citation)
        exchange(folder, out)
    return {"rows": made.configs["articles"].rows}


_RUN: Mapping[str, Callable[[Job, int], dict[str, int]]] = {
    "list": _list,
    "shards": _shards,
    "decide": _decide,
    "parts": _parts,
    "publish": _publish,
}


def _site(job: Job) -> tuple[Site, dict[str, Any]]:
    """What this rank works with, and what the first stage said."""
    registry = _registry(job)
    listing = _read(job.work / "listing.json")
    knowledge = knowledge_of(registry)
    if listing["knowledge"] != knowledge or manifest.file_hash(job.work / "listing.jsonl") != listing["listing"]:
        message = "code, registry, libraries or raw files are not those that the first stage saw"
        way_out = "install the same kg-news on every machine, and run all stages again"
        raise BuildError(f"{Issue('ranks-differ', message, way_out, str(job.work))}\nnothing was published")
    return Site(job.raw, registry, Store([job.work / "store"]), knowledge), listing


@lru_cache(maxsize=1)
def _registry(job: Job) -> Registry:
    """Loaded once in a process: under the local executor three stages are one."""
    from kg_news.registry import load_registry

    return load_registry(job.registry)


def _all_books(job: Job, site: Site, listing: Mapping[str, Any]) -> list[Books]:
    """The books of all shards, in order, as the ranks reported them. BuildError where one is missing or differs."""
    keys: dict[int, str] = {}
    found = 0
    for report in _reports(job, "shards", listing):
        keys |= dict(report["shards"])
        found += report["found"]
    books = [replace(read_books(site.store, keys[number], number), inputs=()) for number in sorted(keys)]
    for shard in books:
        shard.agree()
    if sorted(keys) != list(range(listing["shards"])) or found != sum(shard.found for shard in books):
        counted = f"{len(keys)} of {listing['shards']} shards with {found} articles"
        raise BuildError(f"the ranks report {counted}, which is not what lies on the disk; nothing was published")
    return books


def _reports(job: Job, stage: str, listing: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    for rank in range(job.ranks):
        report = _read(_ranks(job) / f"{stage}-{rank:05}.json")
        if report["listing"] != listing["listing"]:
            raise _missing(job, f"rank {rank} of {stage} reports on other raw files")
        yield report


def _decision(job: Job) -> Decision:
    try:
        decision: Decision = pickle.loads((job.work / "decision").read_bytes())  # noqa: S301 - written by `_decide`
    except OSError as error:
        raise _missing(job, f"the stage decide has left no result: {error.strerror}") from error
    return decision


def _read(path: Path) -> dict[str, Any]:
    try:
        value: dict[str, Any] = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        message, way_out = "a rank has not reported, or not to its end", "run the stage again"
        raise BuildError(f"{Issue('rank-missing', message, way_out, str(path))}\nnothing was published") from error
    return value


def _missing(job: Job, message: str) -> BuildError:
    return BuildError(f"{Issue('rank-missing', message, 'run the stage again', str(job.work))}\nnothing was published")


def _write(path: Path, value: object) -> None:
    """Whole or not at all."""
    new = path.with_name(f"{path.name}-{os.getpid()}")
    new.write_text(json.dumps(value), encoding="ascii")
    new.replace(path)


def _ranks(job: Job) -> Path:
    return job.work / "ranks"


def _fresh(folder: Path) -> Path:
    """An empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder
