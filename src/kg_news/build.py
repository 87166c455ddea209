"""The build: read -> normalize -> check -> export, into a folder of its own, then published in one step.

What happens to the articles is decided here and nowhere else:

- written    it is in the dataset
- rejected   it, its file or its sidecar is broken; the issues say where
- duplicate  another article has its id, or its text (compared with white space evened out); of two the second by id is
             refused and its issue names the first

The three make up what was found, or nothing is published. Nothing is published either where more articles are refused
(rejected or duplicate) than `max_rejected` allows; that is 0 unless it is said otherwise: a contributor's mistake must
not become a hole in the dataset.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kg_news import __version__, files, manifest
from kg_news.discover import RawFile, discover
from kg_news.errors import BuildError, InputError
from kg_news.near import NearDuplicates
from kg_news.publish import disk_errors, exchange, workspace
from kg_news.records import Issue, RawArticle, Record
from kg_news.tally import Tally, tally

if TYPE_CHECKING:
    from kg_news.registry import Registry

Progress = Callable[[int, int], None]
"""Called after every raw file: (files done, files in all)."""

Status = Literal["rejected", "duplicate"]


@dataclass(frozen=True)
class Refused:
    """An article that is not in the dataset, or a file that gave none."""

    path: str
    status: Status
    issues: tuple[Issue, ...]


@dataclass(frozen=True)
class BuildReport:
    """What became of a build."""

    raw: str
    out: str
    version: str
    found: int
    """Articles, and files in which none could be read."""
    written: int
    refused: tuple[Refused, ...]
    warnings: tuple[Issue, ...]
    tally: Tally
    """Counts over the written articles."""
    manifest: manifest.Manifest | None
    """Of the published dataset; None where nothing was published."""

    @property
    def published(self) -> bool:
        return self.manifest is not None

    @property
    def rejected(self) -> int:
        return sum(entry.status == "rejected" for entry in self.refused)

    @property
    def duplicates(self) -> int:
        return sum(entry.status == "duplicate" for entry in self.refused)


def build(
    raw: Path,
    out: Path,
    registry: Registry | None = None,
    progress: Progress | None = None,
    *,
    max_rejected: int = 0,
) -> BuildReport:
    """Build the dataset in the folder `out` from the raw articles below `raw`.

    Where articles are refused beyond `max_rejected`, the report says so (`published` is false) and `out` is as it was.
    Without `registry`, the one that ships with kg-news is used. BuildError where the build cannot go on: a folder that
    cannot be read or written, a full disk, totals that do not add up; InputError where the registry is broken. After
    any of them, and after an interrupt, `out` is as it was and nothing new lies beside it.
    """
    from kg_news.registry import load_registry

    out = out.resolve()
    _apart(raw, out)
    registry = registry or load_registry()
    with workspace(out) as folder:
        listing = discover(raw)
        if not listing:
            way_out = "add articles as CONTRIBUTING.md says, or name another folder with --raw"
            raise BuildError(str(Issue("raw-empty", "there is no raw article in the folder", way_out, str(raw))))
        run = _Run(raw, registry)
        for done, file in enumerate(listing, 1):
            run.take(file)
            if progress:
                progress(done, len(listing))
        run.close()
        if not run.records or len(run.refused) > max_rejected:
            return run.report(out, None)
        published = run.write(folder, out)
        exchange(folder, out)
        return run.report(out, published)


class _Run:
    """The books of one build."""

    def __init__(self, raw: Path, registry: Registry) -> None:
        self.raw = raw
        self.registry = registry
        self.found = 0
        self.records: list[Record] = []
        self.refused: list[Refused] = []
        self.warnings: list[Issue] = []
        self.inputs: dict[str, str] = {}
        self._paths: dict[str, str] = {}
        """Raw file by the id that its path gives."""
        self._ids: dict[str, str] = {}
        """Raw file by article id."""
        self._texts: dict[str, str] = {}
        """Article id by the hash of the text."""
        self._near = NearDuplicates()

    def take(self, file: RawFile) -> None:
        """Read a raw file and enter each of its articles; whatever is wrong ends in the books."""
        from kg_news.read import read_articles

        before = self.found
        path = str(file.path)
        if file.issue:
            return self._refuse_file(path, "rejected", [file.issue])
        if (twin := self._paths.setdefault(file.id, path)) != path:
            return self._refuse_file(path, "duplicate", [_same_id(path, file.id, twin)])
        try:
            for raw in read_articles(file.path, self.raw):
                if isinstance(raw, InputError):
                    self._refuse_file(path, "rejected", raw.issues)
                else:
                    self.found += 1
                    self._enter(file, raw)
        except InputError as error:
            self._refuse_file(path, "rejected", error.issues)
        if self.found == before:
            issue = Issue("no-article", "no article could be read from the file", "delete it, or add one", path)
            self._refuse_file(path, "rejected", [issue])
        return None

    def _enter(self, file: RawFile, raw: RawArticle) -> None:
        from kg_news.check import check
        from kg_news.normalize import normalize

        path = str(file.path)
        if raw.id in self._ids:
            self._refuse(path, "duplicate", [_same_id(path, raw.id, self._ids[raw.id])])
            return
        self._ids[raw.id] = path
        try:
            record, doubts = normalize(raw, self.registry)
        except InputError as error:
            self._refuse(path, "rejected", error.issues)
            return
        if issues := check(record):
            self._refuse(path, "rejected", [replace(issue, path=path) for issue in issues])
            return
        twin = self._texts.setdefault(_fingerprint(record["text"]), raw.id)
        if twin != raw.id:
            self._refuse(path, "duplicate", [_same_text(path, twin)])
            return
        try:
            for used in (file.path, file.sidecar):
                name = f"raw/{used.relative_to(self.raw).as_posix()}"
                if name not in self.inputs:  # a file of many articles is hashed once
                    self.inputs[name] = manifest.file_hash(used)
        except OSError as error:
            message = f"the file was lost while it was read: {error.strerror}"
            self._refuse(path, "rejected", [Issue("file-unreadable", message, "put it back and build again", path)])
            return
        self.records.append(record)
        self.warnings += doubts
        self.warnings += self._near.issues(raw.id, record["text"], record["source"], path)

    def _refuse_file(self, path: str, status: Status, issues: Iterable[Issue]) -> None:
        self.found += 1
        self._refuse(path, status, issues)

    def _refuse(self, path: str, status: Status, issues: Iterable[Issue]) -> None:
        self.refused.append(Refused(path, status, tuple(issues)))

    def close(self) -> None:
        """in = out + rejected + duplicates, each refusal with a reason: BuildError where it is not so.

        A correction of an article that was not found is a doubt only: the registry may know more than this raw folder.
        """
        if self.found != len(self.records) + len(self.refused) or not all(entry.issues for entry in self.refused):
            booked = f"{len(self.records)} written and {len(self.refused)} refused"
            raise BuildError(f"{self.found} articles were found, but {booked} are in the books; nothing was published")
        for article_id in sorted(self.registry.corrections.keys() - self._ids.keys()):
            for correction in self.registry.corrections[article_id]:
                message, way_out = f"there is no article {article_id!r}", "correct the id, or delete the correction"
                place = f"registry/corrections/{correction.file}"
                self.warnings.append(Issue("correction-unused", message, way_out, place, severity="warning"))

    def write(self, folder: Path, out: Path) -> manifest.Manifest:
        """Every export into the folder, the manifest last. BuildError where the disk refuses or a count differs."""
        from kg_news.export import EXPORTS, ExportContext

        report = self.report(out, None)
        self.records.sort(key=lambda record: str(record["id"]))
        inputs = {**self.inputs, **_knowledge(self.registry)}
        context = ExportContext(__version__, inputs, report.rejected, report.duplicates)
        totals = manifest.Totals(self.found, len(self.records), report.rejected, report.duplicates)
        with disk_errors(out):
            for export in EXPORTS:
                export(self.records, folder, context)
            made = manifest.make(folder, version=__version__, inputs=inputs, totals=totals)
            manifest.write(folder, made)
        return made

    def report(self, out: Path, published: manifest.Manifest | None) -> BuildReport:
        return BuildReport(
            raw=str(self.raw),
            out=str(out),
            version=__version__,
            found=self.found,
            written=len(self.records),
            refused=tuple(self.refused),
            warnings=tuple(self.warnings),
            tally=tally(self.records),
            manifest=published,
        )


def _apart(raw: Path, out: Path) -> None:
    """The dataset may not lie among the raw articles, nor they in it."""
    inside = raw.resolve()
    if out.is_relative_to(inside) or inside.is_relative_to(out):
        message = f"the dataset's folder and the raw folder {raw} lie one in the other"
        raise BuildError(str(Issue("output-unwritable", message, "name another folder with --out", str(out))))


def _fingerprint(text: str) -> str:
    """Two texts with the same one differ in white space alone."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def _same_id(path: str, article_id: str, twin: str) -> Issue:
    way_out = "keep one of the two, or rename one with its sidecar"
    return Issue("id-duplicate", f"the id {article_id!r} is already that of {twin}", way_out, path)


def _same_text(path: str, twin: str) -> Issue:
    return Issue(
        "text-duplicate",
        f"the article {twin!r} has the same text",
        "keep one of the two files and delete the other",
        path,
    )


def _knowledge(registry: Registry) -> dict[str, str]:
    """SHA-256 of the registry's and the schema's files: what went in besides the raw articles."""
    schemas = {f"schema/{path.name}": manifest.file_hash(path) for path in files.shipped("schema").glob("*.json")}
    return {**schemas, **registry.files}
