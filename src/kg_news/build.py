"""The build: read -> normalize -> check -> export, into a folder of its own, then published in one step.

What happens to the articles is decided here and nowhere else:

- written    it is in the dataset
- rejected   it, its file or its sidecar is broken; the issues say where
- duplicate  another article has its id, or its text (compared with white space evened out); of two the second by id is
             refused and its issue names the first

The three make up what was found, or nothing is published. Nothing is published either where more articles are refused
(rejected or duplicate) than `max_rejected` allows; that is 0 unless it is said otherwise: a contributor's mistake must
not become a hole in the dataset.

Records are never all in memory: shards of raw files put them on the disk (`shards`), their heads are merged (`merging`)
and judged here, and the tables are written part by part (`parts`). Shards and parts are made by any number of
processes, in any order, and the bytes are the same.
"""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import accumulate, chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from kg_news import __version__, manifest
from kg_news.about import NAME as CITATION
from kg_news.about import about as shipped_about
from kg_news.about import read_about
from kg_news.blocks import Piece, make_block
from kg_news.errors import BuildError
from kg_news.merging import Refused, Verdict, judged, merged, narrowed
from kg_news.near import WIDTH, Nearest, nearest
from kg_news.near import issue as near_issue
from kg_news.parts import SIZE, Part, assemble, make_part, missing, write_plan
from kg_news.publish import disk_errors, exchange, scratch, workspace
from kg_news.records import Issue
from kg_news.shard_index import Index
from kg_news.shards import (
    Books,
    Head,
    Shard,
    Site,
    knowledge_of,
    make_shard,
    read_books,
    read_listing,
    schema_hashes,
    write_listing,
)
from kg_news.store import LIMIT, Store, cache
from kg_news.tally import Count, Tally
from kg_news.twins import Names, same_text, twins
from kg_news.workers import Workers, workers

if TYPE_CHECKING:
    from kg_news.registry import Registry

Progress = Callable[[str, int, int], None]
"""Called as the work goes on: (`files` or `tables`, how many are done, how many there are)."""


KEPT = 1000
"""Refusals and warnings that a report holds; `rejected.jsonl` has every refusal."""
REJECTED = "rejected.jsonl"
"""In the dataset folder, where something was refused: a line a refusal, with file, place and code."""
INPUTS = "INPUTS.sha256"
"""In the dataset folder of more than INLINE raw files: their hashes, as `sha256sum --check` reads them."""
INLINE = 10_000
"""Raw files and sidecars whose hashes the manifest itself can hold."""


@dataclass(frozen=True)
class BuildReport:
    """What became of a build."""

    raw: str
    out: str
    version: str
    found: int
    """Articles, and files in which none could be read."""
    written: int
    rejected: int
    duplicates: int
    refused: tuple[Refused, ...]
    """The first KEPT of them, by id."""
    warnings: tuple[Issue, ...]
    """The first KEPT of them."""
    warned: dict[str, int]
    """How many warnings there are, by code."""
    tally: Tally
    """Counts over the written articles."""
    manifest: manifest.Manifest | None
    """Of the published dataset; None where nothing was published."""

    @property
    def published(self) -> bool:
        """Whether the dataset was written."""
        return self.manifest is not None


def build(
    raw: Path,
    out: Path,
    registry: Registry | None = None,
    progress: Progress | None = None,
    *,
    max_rejected: int = 0,
    processes: int = 1,
    cache_folder: Path | None = None,
    cache_limit: int = LIMIT,
    part_size: int = SIZE,
    rejected: Path | None = None,
    citation: Path | None = None,
) -> BuildReport:
    """Build the dataset in the folder `out` from the raw articles below `raw`.

    processes: how many work at it; with more than one they are spawned, so a script needs its `__main__` guard.
    cache_folder: what is unchanged since an earlier build is taken from there; None for no cache.
    cache_limit: bytes that the cache may hold at the end.
    part_size: bytes of canonical JSON behind which the tables begin a next file.
    rejected: also write the refusals to this file, whether something is published or not.
    citation: CITATION.cff of the dataset where it is another than the project's; the card and citations speak by it.

    Where articles are refused beyond `max_rejected`, the report says so (`published` is false) and `out` is as it was.
    Without `registry`, the one that ships with kg-news is used. BuildError where the build cannot go on: a folder that
    cannot be read or written, a full disk, totals that do not add up, a process that died; InputError where the
    registry is broken, DataError where the file of `citation` is. After any of them, and after an interrupt, `out` is
    as it was and nothing new lies beside it.
    """
    from kg_news.registry import load_registry

    out = out.resolve()
    apart(raw, out)
    if citation:
        read_about(citation, own=True)
    if rejected:
        _elsewhere(rejected, "--rejected", raw, out)
        _writable(rejected)
    if cache_folder:
        _elsewhere(cache_folder, "--cache", raw, out)
    registry = registry or load_registry()
    tell = progress or (lambda *_: None)
    with ExitStack() as stack:
        folder = stack.enter_context(workspace(out))
        stack.enter_context(disk_errors(out))
        spare = stack.enter_context(scratch(folder))
        lasting = stack.enter_context(cache(cache_folder, cache_limit))
        store = Store([*([lasting] if lasting else []), spare / "store"])
        site = Site(raw, registry, store, knowledge_of(registry))
        files, _ = write_listing(raw, spare / "listing.jsonl")
        if not files:
            raise no_articles(raw)
        index = Index(lasting, raw)
        with workers(site, processes) as pool:
            listed = index.known(read_listing(spare / "listing.jsonl"))
            books: list[Books] = []
            task = partial(_ticking_shard, tell, files) if pool.alone else make_shard
            for made in pool.map(task, listed):
                if not pool.alone:
                    tell("files", index.ends[len(books)], files)
                books.append(made)
            index.write(books)
            decision = decide(site, books, spare, max_rejected=max_rejected, part_size=part_size)
            if rejected:
                _copy(decision.rejections, rejected)
            if not decision.allowed:
                return decision.report(raw, out, None)
            keys = make_parts(site, pool, decision.parts, lambda done, of: tell("tables", done, of))
        published = write(site, decision, keys, books, folder, citation)
        exchange(folder, out)
        return decision.report(raw, out, published)


def make_parts(site: Site, pool: Workers, parts: Sequence[Part], tick: Callable[[int, int], None]) -> list[str]:
    """The keys of the parts' entries in the store, made unless they are there.

    The blocks come first: they are the most of the work, and enough for all processes however few the parts are.
    """
    fresh = missing(site, parts)
    blocks = [path for part in fresh for path in part.blocks]
    before, of = len(parts) - len(fresh), len(parts) + len(blocks)
    made = chain(pool.map(make_block, blocks), pool.map(make_part, fresh))
    tick(before, of)
    for number, _ in enumerate(made, before + 1):
        tick(number, of)
    return [part.key(site.knowledge) for part in parts]


def _ticking_shard(tell: Progress, files: int, site: Site, shard: Shard) -> Books:
    return make_shard(site, shard, lambda done: tell("files", shard.before + done, files))


@dataclass
class Decision:
    """What becomes of the articles, and the books of it."""

    found: int
    allowed: bool
    """Whether it may be published."""
    rejections: Path
    """A file with every refusal."""
    used: bytearray
    """For every raw file, in the order of the listing, whether an article of it is written."""
    written: int = 0
    rejected: int = 0
    duplicates: int = 0
    refused: list[Refused] = field(default_factory=list)
    warnings: list[Issue] = field(default_factory=list)
    warned: Counter[str] = field(default_factory=Counter)
    count: Count = field(default_factory=Count)
    parts: list[Part] = field(default_factory=list)

    @property
    def totals(self) -> manifest.Totals:
        """The counts, as the manifest has them."""
        return manifest.Totals(self.found, self.written, self.rejected, self.duplicates)

    def report(self, raw: Path, out: Path, published: manifest.Manifest | None) -> BuildReport:
        """What the build says of itself; `published` is the manifest of what was written."""
        return BuildReport(
            raw=str(raw),
            out=str(out),
            version=__version__,
            found=self.found,
            written=self.written,
            rejected=self.rejected,
            duplicates=self.duplicates,
            refused=tuple(self.refused),
            warnings=tuple(self.warnings),
            warned=dict(sorted(self.warned.items())),
            tally=self.count.tally(),
            manifest=published,
        )

    def warn(self, issues: Iterable[Issue]) -> None:
        """Enter warnings."""
        for issue in issues:
            self.warned[issue.code] += 1
            if len(self.warnings) < KEPT:
                self.warnings.append(issue)

    def refuse(self, refused: Refused) -> None:
        """Enter a refusal. BuildError for one without a reason."""
        if not refused.issues:
            raise BuildError(f"{refused.path} is refused without a reason; nothing was published")
        self.rejected += refused.status == "rejected"
        self.duplicates += refused.status == "duplicate"
        if len(self.refused) < KEPT:
            self.refused.append(refused)


def decide(site: Site, books: Sequence[Books], folder: Path, *, max_rejected: int, part_size: int) -> Decision:
    """Judge every article of the shards; plan the tables' parts, in `folder`, where it may be published.

    A correction of an article that was not found is a doubt only: the registry may know more than this raw folder.
    BuildError where in is not out and rejected and duplicates.
    """
    runs = narrowed([run for shard in books for run in shard.runs], site.store, folder)
    with Names(folder) as names:
        refused = _write_texts(judged(merged(runs, site.store)), names, folder)
        later = twins(folder / "texts")
        alike = Alike(later, nearest(folder / "signatures", later, folder), names)
        found = sum(shard.found for shard in books)
        befores = _befores(books)
        allowed = found > refused + len(later) <= max_rejected
        made = Decision(found, allowed, folder / REJECTED, bytearray(befores[-1]))
        unused = set(site.registry.corrections)
        with made.rejections.open("w", encoding="ascii") as out:
            pieces = _kept(made, site, judged(merged(runs, site.store)), alike, befores, unused, out)
            if allowed:
                made.parts = write_plan(pieces, folder / "parts", part_size)
            else:
                for _ in pieces:
                    pass
    if found != made.written + made.rejected + made.duplicates:
        booked = f"{made.written} written and {made.rejected + made.duplicates} refused"
        raise BuildError(f"{found} articles were found, but {booked} are in the books; nothing was published")
    for article_id in sorted(unused):
        for correction in site.registry.corrections[article_id]:
            message, way_out = f"there is no article {article_id!r}", "correct the id, or delete the correction"
            place = f"registry/corrections/{correction.file}"
            made.warn([Issue("correction-unused", message, way_out, place, severity="warning")])
    return made


def _write_texts(verdicts: Iterable[Verdict], names: Names, folder: Path) -> int:
    """Write the texts' hashes and signatures of all articles that nothing else is wrong with, and note their names;
    how many others there are."""
    others = 0
    with (folder / "texts").open("wb") as texts, (folder / "signatures").open("wb") as signatures:
        for verdict in verdicts:
            head = verdict.head
            if verdict.refused or head.text is None:
                others += 1
            else:
                texts.write(bytes.fromhex(head.text))
                signatures.write(head.signature() or bytes(WIDTH))
                names.add(head.id, head.outlet())
    return others


class Alike(NamedTuple):
    """Which articles have the text of another, by the numbers of those that nothing else is wrong with."""

    later: Mapping[int, int]
    """Of two with one text the later one, with the number of the first."""
    near: Nearest
    """Of those that are nearly the same."""
    names: Names

    def doubts(self, number: int, head: Head) -> list[Issue]:
        """A warning where an article before is nearly the same."""
        twin = self.near.get(number)
        if twin is None:
            return []
        other, similarity = twin
        found = near_issue(head.path, head.outlet(), *self.names.get(other), similarity)
        return [head.placed(found)]


def _kept(
    made: Decision,
    site: Site,
    verdicts: Iterable[Verdict],
    alike: Alike,
    befores: Sequence[int],
    unused: set[str],
    out: IO[str],
) -> Iterator[tuple[str, Piece]]:
    """What is written, by id; all goes into the books on the way, and what is refused to `out`."""
    number = -1
    for head, shard, entry, refused in verdicts:
        if head.kind == "article":
            unused.discard(head.id)
        fate = refused
        if fate is None:
            number += 1
            if number in alike.later:
                twin, _ = alike.names.get(alike.later[number])
                fate = Refused(head.path, "duplicate", (head.placed(same_text(head.path, twin)),))
        if fate is not None:
            made.refuse(fate)
            row = {"path": fate.path, "status": fate.status, "issues": [asdict(issue) for issue in fate.issues]}
            out.write(_relative(row, str(site.raw)) + "\n")
            continue
        made.written += 1
        made.count.add(head.counted())
        made.warn([*head.warnings(), *alike.doubts(number, head)])
        made.used[befores[shard] + head.file] = 1
        yield head.id, Piece(entry, head.at, head.stored, head.size, head.record or "")


def write(
    site: Site,
    decision: Decision,
    keys: Sequence[str],
    books: Sequence[Books],
    folder: Path,
    citation: Path | None = None,
) -> manifest.Manifest:
    """Every table and export into the folder, the manifest last. BuildError where a count differs."""
    inputs = {**schema_hashes(), **site.registry.files}
    raw_files = _inputs(site.store, decision, books, folder)
    if decision.rejected + decision.duplicates:
        shutil.copyfile(decision.rejections, folder / REJECTED)
    return write_dataset(
        [site.store.entry(key) for key in keys],
        folder,
        version=__version__,
        tally=decision.count.tally(),
        inputs={**inputs, **raw_files},
        totals=decision.totals,
        citation=citation,
    )


def write_dataset(
    parts: Sequence[Path],
    folder: Path,
    *,
    version: str,
    tally: Tally,
    inputs: dict[str, str],
    totals: manifest.Totals,
    citation: Path | None = None,
) -> manifest.Manifest:
    """A dataset folder from parts as `parts.write_part` writes them."""
    from kg_news.export import EXPORTS, ExportContext

    configs = assemble(parts, folder)
    if citation:
        shutil.copyfile(citation, folder / CITATION)
    about = read_about(folder / CITATION, own=True) if citation else shipped_about()
    for export in EXPORTS:
        export(folder, ExportContext(version, tally, configs, about))
    made = manifest.make(folder, version=version, inputs=inputs, totals=totals, configs=configs)
    manifest.write(folder, made)
    return made


def no_articles(raw: Path) -> BuildError:
    """There is nothing to build from."""
    way_out = "add articles as CONTRIBUTING.md says, or name another folder with --raw"
    return BuildError(str(Issue("raw-empty", "there is no raw article in the folder", way_out, str(raw))))


def _inputs(store: Store, decision: Decision, books: Sequence[Books], folder: Path) -> dict[str, str]:
    """Hashes of the raw files that gave what is written, and of their sidecars; in a file where they are many."""
    many = 2 * sum(decision.used) > INLINE
    found: dict[str, str] = {}
    before = 0
    with ExitStack() as stack:
        out = stack.enter_context((folder / INPUTS).open("w", encoding="utf-8")) if many else None
        for number, shard in enumerate(books):
            inputs = read_books(store, shard.key, number).inputs
            for place, pairs in enumerate(inputs):
                if not decision.used[before + place]:
                    continue
                if out:
                    out.writelines(f"{digest}  {name}\n" for name, digest in pairs)
                else:
                    found.update(pairs)
            before += len(inputs)
    return found


def _befores(books: Sequence[Books]) -> list[int]:
    """How many files lie before each shard; at the end, how many there are."""
    return list(accumulate((shard.files for shard in books), initial=0))


def _copy(source: Path, target: Path) -> None:
    try:
        shutil.copyfile(source, target)
    except OSError as error:
        raise BuildError(f"{_unwritable(target, error.strerror or str(error))}\nnothing was published") from error


def _elsewhere(target: Path, option: str, raw: Path, out: Path) -> None:
    """BuildError where a path lies among the raw articles, of which it would be one, or in the dataset, with which it
    would be replaced.
    """
    for folder, what in ((raw.resolve(), "the raw folder"), (out, "the dataset's folder")):
        if target.resolve().is_relative_to(folder):
            message = f"it lies in {what} {folder}"
            raise BuildError(str(Issue("output-unwritable", message, f"name another place with {option}", str(target))))


def _writable(target: Path) -> None:
    """BuildError where the file of --rejected cannot be written, as far as it shows before there is one."""
    place = target if target.exists() else target.parent  # /dev/stdout is there, and its folder is not to be written to
    if target.is_dir():
        raise BuildError(str(_unwritable(target, "it is a folder")))
    if not place.exists():
        raise BuildError(str(_unwritable(target, f"there is no folder {place}")))
    if not os.access(place, os.W_OK):
        raise BuildError(str(_unwritable(target, "permission denied")))


def _unwritable(target: Path, reason: str) -> Issue:
    message = f"the refused articles cannot be written: {reason}"
    return Issue("output-unwritable", message, "name another file with --rejected", str(target))


def _relative(row: Mapping[str, object], raw: str) -> str:
    """A line of JSON in which paths begin at `raw/`: the same on every machine. Any name can stand in it, also one that
    is not UTF-8."""
    line = json.dumps(row, ensure_ascii=True, separators=(",", ":"))
    return line.replace(json.dumps(f"{raw.rstrip('/')}/", ensure_ascii=True)[1:-1], "raw/")


def apart(raw: Path, out: Path, option: str = "--out") -> None:
    """What is written may not lie among the raw articles, nor they in it. BuildError where it does."""
    inside, written = raw.resolve(), out.resolve()
    if written.is_relative_to(inside) or inside.is_relative_to(written):
        message = f"the folder that is written and the raw folder {raw} lie one in the other"
        raise BuildError(str(Issue("output-unwritable", message, f"name another folder with {option}", str(out))))
