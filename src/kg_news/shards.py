"""The first half of a build, shard by shard: raw files -> records on the disk, and a line of books for each article.

A shard is a run of raw files in the order of their ids. Where one ends is told by the ids themselves (a file whose id
has a certain hash begins the next), so a file that is added or deleted changes its own shard and no other. A shard's
result is an entry of the store, under a key made of everything that it depends on: the files' bytes, their sidecars'
bytes, the code, the registry, the schemas, the libraries. Corrections are held against each article by itself.

An entry holds `records.bin`, the records as canonical JSON, each compressed by itself; `heads-….jsonl`, a `Head` for
every article and every broken file, sorted by id in runs of bounded length; `books.json`, the counts.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, field, fields, is_dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from kg_news import files, manifest
from kg_news.discover import RawFile, discover, sidecar
from kg_news.errors import BuildError, InputError
from kg_news.near import signature
from kg_news.records import Issue, RawArticle, Record
from kg_news.store import Store, key_of
from kg_news.tally import Facts, facts
from kg_news.twins import fingerprint

if TYPE_CHECKING:
    from kg_news.registry import Registry

FILES = 128
"""Files in a shard, on the average; at most twice as many."""
RUN = 2000
"""Heads that are sorted at once."""

Tick = Callable[[int], None]
"""Called with the number of the shard's files that are done."""


@dataclass(frozen=True)
class Site:
    """Where shards and parts are made, and from what. One for each process."""

    raw: Path
    registry: Registry
    store: Store
    knowledge: str
    """The hash of all that has a say in every article: code, registry, schemas, libraries."""

    @cached_property
    def fixes(self) -> Mapping[str, str]:
        """The hash of an article's corrections, by its id."""
        return {
            article: key_of("fix", *[astuple(correction) for correction in corrections])
            for article, corrections in self.registry.corrections.items()
        }


def knowledge_of(registry: Registry) -> str:
    """The hash of what every article depends on besides its own files: another one makes every article anew."""
    code = {path.relative_to(files.PACKAGE).as_posix(): path for path in sorted(files.PACKAGE.rglob("*.py"))}
    known = {name: digest for name, digest in registry.files.items() if not name.startswith("registry/corrections/")}
    return key_of(
        "knowledge",
        {name: manifest.file_hash(path) for name, path in code.items()},
        schema_hashes(),
        known,
        manifest.libraries(),
        sys.version,
    )


def schema_hashes() -> dict[str, str]:
    """SHA-256 of the schema's files, by path."""
    return {f"schema/{path.name}": manifest.file_hash(path) for path in files.shipped("schema").glob("*.json")}


class Row(NamedTuple):
    """A raw file as the listing has it."""

    path: str
    id: str
    issue: list[Any] | None
    """The values of the Issue that says why it cannot be read."""

    def file(self) -> RawFile:
        """As `discover` found it."""
        return RawFile(self.path, self.id, Issue(*self.issue) if self.issue else None)


@dataclass(frozen=True)
class Shard:
    """A run of raw files whose records are made together."""

    number: int
    before: int
    """Files of the shards before."""
    rows: tuple[Row, ...]
    old: tuple[str, ...] = ()
    """Keys of the entries that an earlier build made of these ids: what is unchanged in them is taken over."""


def write_listing(raw: Path, path: Path) -> tuple[int, int]:
    """Write which shards there are, a line each; how many files and shards they are. BuildError as `discover`."""
    total = shards = 0
    with path.open("w", encoding="ascii") as out:
        for group in _cut(discover(raw)):
            rows = [(file.name, file.id, astuple(file.issue) if file.issue else None) for file in group]
            out.write(json.dumps(rows) + "\n")
            total += len(group)
            shards += 1
    return total, shards


def read_listing(path: Path) -> Iterator[Shard]:
    """The shards that `write_listing` wrote."""
    before = 0
    with path.open(encoding="ascii") as lines:
        for number, line in enumerate(lines):
            found = tuple(Row(*row) for row in json.loads(line))
            yield Shard(number, before, found)
            before += len(found)


def _cut(found: Iterator[RawFile]) -> Iterator[list[RawFile]]:
    group: list[RawFile] = []
    for file in found:
        # Two files of one id stay together: the second is a duplicate of the first.
        if group and group[-1].id != file.id and (begins(file.id, FILES) or len(group) >= 2 * FILES):
            yield group
            group = []
        group.append(file)
    if group:
        yield group


def begins(article_id: str, every: int) -> bool:
    """Whether the id is one of those, one in `every`, at which a shard may begin."""
    digest = hashlib.blake2b(article_id.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return int.from_bytes(digest, "big") % every == 0


class Head(NamedTuple):
    """What the books keep of an article, or of a file that gave none."""

    id: str
    order: int
    """Its place among the shard's."""
    path: str
    kind: str
    """`article`; `file` for a file that is broken; `copy` for one whose id another file has."""
    file: int
    """Its file's place in the shard."""
    key: str | None
    """The hash of what the record depends on; None where it cannot be told."""
    fix: str | None
    """The hash of the article's corrections."""
    issues: list[list[Any]]
    """Why it is refused."""
    doubts: list[list[Any]]
    text: str | None
    """Two articles with the same one differ in white space alone."""
    record: str | None
    """SHA-256 of the record as canonical JSON."""
    at: int
    """Where the record lies in `records.bin`."""
    stored: int
    """Its bytes there."""
    size: int
    """Its bytes as canonical JSON."""
    facts: list[Any] | None
    near: str | None = None
    """Its text's signature (`near.signature`) in base64, where it has one."""
    article: str | None = None
    """Its id, where its file can hold several: what issues call it."""
    line: int | None = None
    """Where it begins in such a file. Issues lack it: an article that is taken over may have moved."""

    def all_issues(self) -> tuple[Issue, ...]:
        """`issues`, typed."""
        return tuple(self.placed(Issue(*values)) for values in self.issues)

    def warnings(self) -> tuple[Issue, ...]:
        """`doubts`, typed."""
        return tuple(self.placed(Issue(*values)) for values in self.doubts)

    def placed(self, issue: Issue) -> Issue:
        """An issue about the article with its id and line, where its file can hold several."""
        if self.article is None or issue.path != self.path:
            return issue
        return replace(issue, article=self.article, line=issue.line or self.line)

    def outlet(self) -> str | None:
        """The outlet's id, where it is known."""
        return None if self.facts is None or self.facts[0] == "-" else str(self.facts[0])

    def signature(self) -> bytes | None:
        """`near` as bytes."""
        return b64decode(self.near) if self.near else None

    def counted(self) -> Facts:
        """What the record adds to the tally. ValueError where there is no record."""
        if self.facts is None:
            raise ValueError(f"{self.id} has no record")
        outlet, language, year, licence, filled = self.facts
        return Facts(outlet, language, year, licence, tuple((have, of) for have, of in filled))


class Run(NamedTuple):
    """Heads in the order of their ids, in a file."""

    first: str
    last: str
    heads: int
    """How many they are."""
    shard: int
    entry: str
    """Key of the store's entry that the file is in; empty for a file by itself."""
    file: str


@dataclass(frozen=True)
class Books:
    """A shard's counts: found is fine and rejected and duplicates (files of one id), or the build fails."""

    key: str
    found: int
    fine: int
    rejected: int
    duplicates: int
    runs: tuple[Run, ...]
    files: int
    """How many raw files it has."""
    inputs: tuple[tuple[tuple[str, str], ...], ...] = ()
    """Path and SHA-256 of each file and its sidecar."""
    fixed: tuple[str, ...] = ()
    """Ids of articles with corrections."""

    def agree(self) -> None:
        """BuildError where the counts do not add up."""
        booked = sum(run.heads for run in self.runs)
        if not self.found == self.fine + self.rejected + self.duplicates == booked:
            raise BuildError(
                f"{self.found} articles were found, but {self.fine} are fine, {self.rejected} rejected, "
                f"{self.duplicates} duplicates and {booked} in the books; nothing was published"
            )


def make_shard(site: Site, shard: Shard, tick: Tick | None = None) -> Books:
    """The shard's entry in the store, made unless it is there; its books without `inputs`."""
    sources = [_source(row, site.raw) for row in shard.rows]
    steady = all(source is not None for source in sources)
    listed = [(row.id, row.issue, row.path) for row in shard.rows]
    key = key_of("shard", str(site.raw), site.knowledge, listed, sources)
    # Whether a correction meets an article of the shard is known when it was read; then it has a say in the key too.
    corrected = key_of("shard", key, sorted(site.fixes.items()))
    books = _found(site, (key, corrected), shard.number) if steady else None
    if books is None:
        made: list[Books] = []

        def fill(folder: Path) -> str:
            with _Writing(site, shard, folder, _Old(site, shard.old)) as writing:
                for number, (row, source) in enumerate(zip(shard.rows, sources, strict=True)):
                    writing.take(number, row, source)
                    if tick:
                        tick(number + 1)
                name = corrected if writing.fixed else key
                if not (steady and writing.steady):  # what changed while it was read must not be found again
                    name = key_of("shard", secrets.token_hex())
                made[:] = [writing.close(name)]
            return name

        site.store.put(fill)
        books = made[0]
    elif tick:
        tick(len(shard.rows))
    books.agree()
    return replace(books, inputs=())


def read_books(store: Store, key: str, number: int) -> Books:
    """The books of a shard that lies in the store."""
    data = json.loads((store.entry(key) / "books.json").read_bytes())
    return Books(
        key=key,
        **{name: data[name] for name in ("found", "fine", "rejected", "duplicates")},
        runs=tuple(Run(first, last, count, number, key, file) for first, last, count, file in data["runs"]),
        files=len(data["inputs"]),
        inputs=tuple(tuple((name, digest) for name, digest in pairs) for pairs in data["inputs"]),
        fixed=tuple(data["fixed"]),
    )


def read_heads(store: Store, run: Run) -> Iterator[Head]:
    """The heads of a run that lies in the store, by id."""
    with (store.entry(run.entry) / run.file).open(encoding="utf-8") as lines:
        for line in lines:
            yield Head(*json.loads(line))


def read_record(file: BinaryIO, at: int, stored: int, size: int) -> bytes:
    """A record as canonical JSON from an open `records.bin`."""
    import pyarrow as pa

    file.seek(at)
    data: bytes = pa.decompress(file.read(stored), decompressed_size=size, codec="zstd", asbytes=True)
    return data


def _found(site: Site, keys: Sequence[str], number: int) -> Books | None:
    """The books of the first entry that is there and has today's corrections."""
    for key in keys:
        if site.store.find(key) is None:
            continue
        books = read_books(site.store, key, number)
        if not site.fixes and not books.fixed:
            return books
        heads = (head for run in books.runs for head in read_heads(site.store, run) if head.kind == "article")
        if all(head.fix == site.fixes.get(head.id) for head in heads):
            return books
    return None


def _source(row: Row, raw: Path) -> tuple[tuple[str, str], ...] | None:
    """Paths and hashes of a raw file and its sidecar; None where one of them cannot be read for now."""
    if row.issue:
        return ()
    found = []
    below = f"{str(raw).rstrip('/')}/"
    for path in (row.path, sidecar(row.path)):
        try:
            found.append((f"raw/{path.removeprefix(below)}", manifest.file_hash(path)))
        except FileNotFoundError:
            if path == row.path:
                return None
        except OSError:
            return None
    return tuple(found)


class _Old:
    """What earlier builds made of the shard's articles, by the articles' keys. Read when it is first asked for."""

    def __init__(self, site: Site, keys: Sequence[str]) -> None:
        self.store, self.keys = site.store, keys

    @cached_property
    def heads(self) -> dict[str, tuple[str, Head]]:
        found: dict[str, tuple[str, Head]] = {}
        for key in self.keys:
            if self.store.find(key):
                for run in read_books(self.store, key, 0).runs:
                    found |= {head.key: (key, head) for head in read_heads(self.store, run) if head.key}
        return found

    def get(self, key: str | None) -> tuple[Head, bytes | None] | None:
        """An article's head, and its record where it has one."""
        if key is None or key not in self.heads:
            return None
        entry, head = self.heads[key]
        if head.record is None:
            return head, None
        with (self.store.entry(entry) / "records.bin").open("rb") as file:
            return head, read_record(file, head.at, head.stored, head.size)


@dataclass
class _Writing:
    """Fills the folder of one shard's entry."""

    site: Site
    shard: Shard
    folder: Path
    old: _Old
    steady: bool = True
    """Whether every file stayed as it was."""
    heads: list[Head] = field(default_factory=list)
    flushed: bool = False
    """Whether heads of the file at hand were written already."""
    counts: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(("found", "fine", "rejected", "duplicates"), 0)
    )
    runs: list[tuple[str, str, int, str]] = field(default_factory=list)
    inputs: list[tuple[tuple[str, str], ...]] = field(default_factory=list)
    fixed: list[str] = field(default_factory=list)
    paths: dict[str, str] = field(default_factory=dict)
    """Raw file by the id that its path gives."""
    order: int = 0

    def __enter__(self) -> _Writing:
        self.records = (self.folder / "records.bin").open("wb")
        return self

    def __exit__(self, *_: object) -> None:
        self.records.close()

    def take(self, number: int, row: Row, source: tuple[tuple[str, str], ...] | None) -> None:
        """Read a raw file and enter each of its articles; whatever is wrong ends in the books."""
        from kg_news.read import read_articles

        path, file = row.path, row.file()
        self.inputs.append(source or ())
        if file.issue:
            return self._refuse(number, file, "file", [file.issue])
        if (twin := self.paths.setdefault(file.id, path)) != path:
            return self._refuse(number, file, "copy", [same_id(path, file.id, twin)])
        start, self.flushed = len(self.heads), False
        for raw in read_articles(file.path, self.site.raw):
            if isinstance(raw, InputError):
                self._refuse(number, file, "file", raw.issues)
            else:
                self._add(self._entered(number, path, raw))
            if len(self.heads) >= RUN and len(self.heads) > start:
                self._flush()
                start, self.flushed = 0, True
        if source is None or source != _source(row, self.site.raw):
            self._lost(file, start, gone=source is not None)
        return None

    def _lost(self, file: RawFile, start: int, *, gone: bool) -> None:
        """The file, or its sidecar, is not what it was when the build came to it."""
        self.steady = False
        if not gone:
            return
        try:
            file.path.read_bytes()
            file.sidecar.read_bytes()
            code, message = "file-changed", "the file or its sidecar was changed while it was read"
        except OSError as error:
            code, message = "file-unreadable", f"the file was lost while it was read: {error.strerror}"
        issue = Issue(code, message, "put it back and build again", str(file.path))
        if self.flushed:
            raise BuildError(f"{issue}\nnothing was published")
        self.heads[start:] = [head if head.issues else _without_record(head, [issue]) for head in self.heads[start:]]

    def _entered(self, number: int, path: str, raw: RawArticle) -> Head:
        """The head of an article; its record is written."""
        from kg_news.read import name_in_file

        key, fix = self._key(raw), self.site.fixes.get(raw.id)
        blank = Head(raw.id, self.order, path, "article", number, key, fix, [], [], None, None, 0, 0, 0, None)
        blank = blank._replace(article=name_in_file(raw), line=raw.line)
        if known := self.old.get(key):
            head, line = known
            head = head._replace(order=self.order, path=path, file=number, line=raw.line)
            return head if line is None else self._written(head, line)
        try:
            record, doubts = self._record(raw)
        except InputError as error:
            return blank._replace(issues=_tuples(_openable(error.issues, raw, path)))
        from kg_news.check import check

        if issues := check(record):
            found = (replace(issue, path=path) for issue in issues)
            return blank._replace(issues=_tuples(found))
        line = manifest.canonical(record)
        head = blank._replace(
            doubts=_tuples(_openable(doubts, raw, path)),
            text=fingerprint(record["text"]),
            record=hashlib.sha256(line).hexdigest(),
            facts=list(facts(record)),
            near=b64encode(sign).decode() if (sign := signature(record["text"])) else None,
        )
        return self._written(head, line)

    def _record(self, raw: RawArticle) -> tuple[Record, tuple[Issue, ...]]:
        from kg_news.normalize import normalize

        return normalize(raw, self.site.registry)

    def _key(self, raw: RawArticle) -> str | None:
        values = {item.name: getattr(raw, item.name) for item in fields(raw) if item.name != "line"}
        try:
            plain = json.loads(json.dumps(values, default=_plain))
        except (TypeError, ValueError):
            return None  # a reader hands on what is not JSON: the article is made anew
        return key_of("article", str(self.site.raw), self.site.knowledge, plain, self.site.fixes.get(raw.id))

    def _written(self, head: Head, line: bytes) -> Head:
        import pyarrow as pa

        data = pa.compress(line, codec="zstd", asbytes=True)
        at = self.records.tell()
        self.records.write(data)
        return head._replace(at=at, stored=len(data), size=len(line))

    def _refuse(self, number: int, file: RawFile, kind: str, issues: Sequence[Issue]) -> None:
        path = str(file.path)
        self._add(
            Head(file.id, self.order, path, kind, number, None, None, _tuples(issues), [], None, None, 0, 0, 0, None)
        )

    def _add(self, head: Head) -> None:
        self.heads.append(head)
        self.order += 1
        if head.fix:
            self.fixed.append(head.id)

    def _flush(self) -> None:
        if not self.heads:
            return
        for head in self.heads:
            status = "duplicates" if head.kind == "copy" else "rejected" if head.issues else "fine"
            if (head.record is None) != bool(head.issues):
                raise BuildError(
                    f"{head.path} is neither in the books nor refused with a reason; nothing was published"
                )
            self.counts[status] += 1
        self.heads.sort(key=lambda head: (head.id, head.order))
        name = f"heads-{len(self.runs):06}.jsonl"
        lines = [json.dumps(head, ensure_ascii=True, separators=(",", ":")) + "\n" for head in self.heads]
        (self.folder / name).write_text("".join(lines), encoding="ascii")
        self.runs.append((self.heads[0].id, self.heads[-1].id, len(self.heads), name))
        self.heads = []

    def close(self, key: str) -> Books:
        self._flush()
        self.counts["found"] = self.order
        values = {**self.counts, "runs": self.runs, "inputs": self.inputs, "fixed": self.fixed}
        (self.folder / "books.json").write_text(json.dumps(values), encoding="ascii")
        runs = tuple(Run(first, last, count, self.shard.number, key, file) for first, last, count, file in self.runs)
        counts = self.counts
        return Books(
            key, counts["found"], counts["fine"], counts["rejected"], counts["duplicates"], runs, len(self.inputs)
        )


def same_id(path: str, article_id: str, twin: str, *, named: bool = False) -> Issue:
    """Two articles cannot have one id; `named` where the second has it by its file's own words, not by its path."""
    way_out = f"keep one of the two, or {'give one another id' if named else 'rename one with its sidecar'}"
    return Issue("id-duplicate", f"the id {article_id!r} is already that of {twin}", way_out, path)


def _openable(issues: Iterable[Issue], raw: RawArticle, path: str) -> list[Issue]:
    """With the raw file's whole path: what makes an article knows the file by its path below the raw folder."""
    return [replace(issue, path=path) if issue.path in (None, raw.path) else issue for issue in issues]


def _without_record(head: Head, issues: Sequence[Issue]) -> Head:
    return head._replace(issues=_tuples(issues), doubts=[], text=None, record=None, facts=None, key=None, near=None)


def _tuples(issues: Any) -> list[list[Any]]:
    return [list(astuple(issue)) for issue in issues]


def _plain(value: object) -> dict[Any, Any]:
    if isinstance(value, Mapping):
        return dict(value)
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(type(value).__name__)
