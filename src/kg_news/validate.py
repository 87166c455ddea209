"""Tells contributors what is wrong with what they wrote, all at once: raw articles, sidecars, registry, records.

What a path is, its place says first (beside a raw file, inside a registry), then its content.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from kg_news import edtf
from kg_news.discover import Copies, RawFile, discover, hidden, trouble
from kg_news.errors import BuildError, InputError
from kg_news.records import Issue, RawArticle, Record
from kg_news.registry import FILES, FOLDERS, Registry, check_registry, load_registry, shown, unknown_outlet
from kg_news.schema import SCHEMAS, load_schema
from kg_news.twins import fingerprint, same_text
from kg_news.validate_parquet import SUFFIX as PARQUET
from kg_news.validate_parquet import validate_parquet
from kg_news.yamlfile import check_file, placed, read_yaml

RECORDS = ".jsonl"


def validate(
    paths: Sequence[Path], registry_folder: Path | None = None, *, full: bool = False, today: date | None = None
) -> list[Issue]:
    """Everything that is wrong or doubtful in files and folders, by path, line and column, each thing once.

    Raw articles are read with the registry in `registry_folder` (None: the shipped one); they need the libraries of
    `kg-news[build]`, else MissingExtra. Actors and quotes are looked for only where an article has corrections, which
    may concern them, or where `full` asks for it. What cannot be read is an issue like any other. No article is from a
    day after `today` (None: the day that it is now).
    """
    knowledge = _Knowledge(registry_folder, full, today or _today())
    issues: set[Issue] = set()
    for path in paths:
        try:
            issues.update(_path(path, knowledge))
        except InputError as error:
            issues.update(error.issues)
        except OSError as error:
            way_out = "check the path and its permissions"
            issues.add(Issue("file-unreadable", f"cannot be read: {error.strerror}", way_out, shown(path)))
    issues.update(knowledge.texts.issues())
    return sorted(issues, key=_order)


def _path(path: Path, knowledge: _Knowledge) -> Iterable[Issue]:
    # As a build sees it, which follows no link and passes over no odd name: a link to `/` would be read to its end.
    root = next((folder for folder in path.absolute().parents if folder.name == "raw"), None)
    if root and (path.exists() or path.is_symlink()):
        if any(hidden(part) for part in path.absolute().relative_to(root).parts):
            message, way_out = "a hidden file, which a build passes over", "rename it if it is an article"
            return [Issue("file-hidden", message, way_out, shown(path), severity="warning")]
        if issue := trouble(path, root):
            return [replace(issue, path=shown(path))]
    if path.is_dir():
        return _folder(path, knowledge)
    if path.exists() and not path.is_file():
        way_out = "save as a file what comes out of it, or look at that with `kg-news preview`"
        return [Issue("not-a-file", "neither a file nor a folder", way_out, shown(path))]
    return _file(path, knowledge)


def _today() -> date:
    """The day where it begins first: an article of this morning in Bishkek is not from tomorrow for who reads it in
    Lisbon.
    """
    return datetime.now(timezone(timedelta(hours=14))).date()


def _order(issue: Issue) -> tuple[str, int, int, str, str]:
    return issue.path or "", issue.line or 0, issue.column or 0, issue.code, str(issue)


class _Texts:
    """The articles that were looked at, by their texts: of two with one text a build takes the first by id."""

    def __init__(self) -> None:
        self._articles: dict[str, dict[str, tuple[str, str | None, int | None]]] = {}

    def add(self, text: str, article_id: str, path: str, name: str | None, line: int | None) -> None:
        """`name` is what the article is called in a file that can hold several, and `line` where it begins there."""
        self._articles.setdefault(fingerprint(text), {}).setdefault(article_id, (path, name, line))

    def issues(self) -> Iterator[Issue]:
        for articles in self._articles.values():
            if len(articles) > 1:
                first, *others = sorted(articles)
                for path, name, line in (articles[other] for other in others):
                    yield replace(same_text(path, first), article=name, line=line)


@dataclass(frozen=True)
class _Knowledge:
    """What is known while paths are looked at: the registry, read when the first raw article asks for it, and what
    was seen.
    """

    folder: Path | None
    full: bool
    """Whether articles are normalised as a build does it."""
    today: date
    texts: _Texts = field(default_factory=_Texts)
    copies: dict[Path, Copies] = field(default_factory=dict)
    """By the raw folder, for files that are looked at without the others there."""

    @cached_property
    def loaded(self) -> tuple[Registry | None, tuple[Issue, ...]]:
        try:
            return load_registry(self.folder), ()
        except InputError as error:
            return None, error.issues


def _known() -> str:
    from kg_news.read import SUFFIXES

    raw = ", ".join(sorted(SUFFIXES))
    return (
        f"known are raw articles ({raw}) and folders of them, their sidecars (.yml), a registry, its folders and files "
        f"(.yml), corrections (.yml), and records ({RECORDS}, {PARQUET})"
    )


def _unknown(path: Path, message: str) -> Issue:
    return Issue("kind-unknown", message, _known(), shown(path))


def _folder(path: Path, knowledge: _Knowledge) -> Iterable[Issue]:
    if _is_registry(path):
        return check_registry(path)
    if _is_registry(path.parent) and path.name in FOLDERS:
        return _within(check_registry(path.parent), path)
    if (path / "MANIFEST.json").exists():
        way_out = "check it with `kg-news verify`"
        return [Issue("kind-unknown", "this is a built dataset, not what one is made from", way_out, shown(path))]
    # A checkout: what is written by hand in it, and not the rest.
    parts = [part for part in (path / "raw", path / "registry") if part.is_dir()]
    if parts and path.name != "raw":
        return [issue for part in parts for issue in _folder(part, knowledge)]
    return _raw_folder(path, knowledge)


def _is_registry(folder: Path) -> bool:
    """A folder with `photo.yml`, or with two of the folders that a registry has."""
    marks = [(folder / name).is_dir() for name in FOLDERS]
    return sum(marks) >= 2 or any((folder / name).is_file() for name in FILES)


def _within(issues: Iterable[Issue], path: Path) -> list[Issue]:
    """The issues of one file or folder."""
    place = Path(shown(path))
    return [issue for issue in issues if issue.path and Path(issue.path).is_relative_to(place)]


def _raw_folder(folder: Path, knowledge: _Knowledge) -> Iterator[Issue]:
    from kg_news.read import reader_of

    try:
        found = list(discover(folder))
    except BuildError as error:
        locked = error.__cause__.filename if isinstance(error.__cause__, OSError) else None
        place = shown(Path(locked or folder))
        yield Issue("folder-unreadable", "the folder cannot be listed", "check its permissions", place)
        return
    raw = any(reader_of(entry.path) for entry in found) or "raw" in folder.resolve().parts
    if not found or not (raw or any(_is_loose(entry.path) for entry in found)):
        yield _unknown(folder, "there is nothing in the folder that can be checked")
        return
    twins: dict[str, RawFile] = {}
    for entry in found:
        if _is_loose(entry.path) and not raw:
            yield from _file(entry.path, knowledge)
            continue
        if entry.issue:
            yield entry.issue
            continue
        if (twin := twins.setdefault(entry.id, entry)) is not entry:
            way_out = "keep one of the two, or rename one with its sidecar"
            yield Issue("id-duplicate", f"the id is already that of {shown(twin.path)}", way_out, shown(entry.path))
        yield from _raw_file(entry.path, _raw_root(folder), knowledge)


def _is_loose(path: Path) -> bool:
    """A file that can be checked by itself, wherever it lies."""
    return path.suffix in (".yml", RECORDS, PARQUET)


def _raw_root(path: Path) -> Path:
    """The folder that ids start from: the one called `raw`, else the one that was named."""
    folder = path if path.is_dir() else path.parent
    return next((place for place in (folder, *folder.parents) if place.name == "raw"), folder)


def _file(path: Path, knowledge: _Knowledge) -> Iterable[Issue]:
    from kg_news.read import reader_of

    if not path.exists():
        way_out = f"check the name; {_known()}"
        return [Issue("path-missing", "there is no such file or folder", way_out, shown(path))]
    if path.suffix == ".yml":
        return _yaml_file(path, knowledge)
    if path.suffix == PARQUET:
        return validate_parquet(path, shown(path))
    if path.suffix == RECORDS and not reader_of(path) and _holds_records(path):
        return _records(path)
    if reader_of(path) or path.suffix == RECORDS or _is_raw(path):
        root = _raw_root(path)
        return [*_raw_file(path, root, knowledge), *_copied(path, root, knowledge)]
    return [_unknown(path, "this is no kind of file that can be checked")]


def _holds_records(path: Path) -> bool:
    """Whether JSON Lines are records: by the first line that is an object, which has a field that only records have.

    Otherwise they are raw articles. Where no line tells it, they are records.
    """
    from kg_news.read.jsonl import FIELDS
    from kg_news.read.streams import lines

    own = set(load_schema("article")["properties"]) - set(FIELDS)
    with path.open("rb") as stream:
        for line in islice(lines(stream, shown(path)), 100):
            if isinstance(line, InputError):
                continue
            try:
                value = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(value, dict):
                return bool(own & set(value))
    return True


def _is_raw(path: Path) -> bool:
    """Whether a file whose name does not tell it holds raw articles; any object of JSON could be a line of them."""
    from kg_news.read.recognise import HEAD, recognise
    from kg_news.read.streams import unpacked

    try:
        with path.open("rb") as stream:
            return recognise(unpacked(stream, str(path)).peek(HEAD)) not in (None, "jsonl")
    except InputError:  # packed, but broken: the reader says how
        return True


def _raw_file(path: Path, root: Path, knowledge: _Knowledge) -> Iterator[Issue]:
    """A raw article and its sidecar: what cannot be read, and what is doubtful or wrong in the record made of it."""
    from kg_news.read import in_file, name_in_file, read_file

    registry, broken = knowledge.loaded
    yield from broken
    found: list[Issue] = []
    ids: dict[str, int | None] = {}
    failed = False
    try:
        for article in read_file(path, root):
            if article.id in ids:
                first = f"is already that of line {ids[article.id]}" if ids[article.id] else "stands twice in the file"
                issue = Issue("id-duplicate", f"the id {article.id!r} {first}", "keep one of the two", article.path)
                found.append(in_file(issue, article))
            ids.setdefault(article.id, article.line)
            if registry is None:
                continue
            made, issues = _made(article, registry, full=knowledge.full)
            if made is None:
                failed = True
            else:
                place = article.metadata_path if article.metadata.get("date") == made["date"] else None
                future = _in_future(made["date"], made["date_basis"], place or article.path, knowledge.today)
                issues = [*issues, *future]
            found += (in_file(issue, article) for issue in issues)
            if made is not None:
                knowledge.texts.add(made["text"], article.id, shown(path), name_in_file(article), article.line)
    except InputError as error:
        failed = True
        found += error.issues
    # Where an article is not made, nothing else may say that the sidecar names an unknown outlet.
    if failed and (beside := path.with_suffix(".yml")).is_file():
        yield from _sidecar(beside, knowledge)
    for issue in found:
        yield located(issue, path)


def _in_future(day: Any, basis: str, path: str, today: date) -> list[Issue]:
    """The doubt where a date begins after today; what is no date is a matter of the schema."""
    if not isinstance(day, str) or edtf.problem(day) or edtf.interval(day)[0] <= today:
        return []
    message = f"the {basis} says {day}, and today is {today}: nothing is published in the future"
    way_out = "write the right one as `date:` in the sidecar"
    return [Issue("date-future", message, way_out, path, severity="warning", pointer="/date")]


def _made(article: RawArticle, registry: Registry, *, full: bool) -> tuple[Record | None, Sequence[Issue]]:
    """An article's values, where they could be made, and what is wrong or doubtful."""
    from kg_news.check import check
    from kg_news.normalize import normalize, surface

    try:
        if not full and article.id not in registry.corrections:
            return surface(article, registry)
        record, doubts = normalize(article, registry)
    except InputError as error:
        return None, error.issues
    return record, (*doubts, *check(record))


def _copied(path: Path, root: Path, knowledge: _Knowledge) -> Iterator[Issue]:
    """Whether another file of the raw folder has the very same bytes. Texts that only look otherwise (in another
    format, say) are told where the folder is checked.
    """
    if root.name != "raw":
        return
    if root not in knowledge.copies:
        try:
            knowledge.copies[root] = Copies(root)
        except BuildError:  # a folder that cannot be listed is told where the folder is checked
            return
    if twin := knowledge.copies[root].of(path.read_bytes(), path):
        yield same_text(shown(path), twin.id)


def located(issue: Issue, raw: Path) -> Issue:
    """An issue about a raw article with the path of the file to mend: its sidecar, or the raw file itself.

    Rooms below know the raw file by its path under `raw/`; a value of the sidecar they know by its JSON pointer.
    """
    if issue.path is None or not Path(issue.path).exists():
        registry = issue.path is not None and issue.path.startswith("registry/")
        return issue if registry else replace(issue, path=shown(raw))
    path = Path(issue.path)
    if path.suffix == ".yml" and issue.pointer and issue.line is None:
        return placed([issue], read_yaml(path), shown(path))[0]
    return replace(issue, path=shown(path))


def _yaml_file(path: Path, knowledge: _Knowledge) -> list[Issue]:
    from kg_news.read import raw_of

    folder = path.parent
    if path.name in FILES and _is_registry(folder):
        return _within(check_registry(folder), path)
    if folder.name in FOLDERS and _is_registry(folder.parent):
        return _within(check_registry(folder.parent), path)
    if folder.name in FOLDERS:
        return check_file(path, FOLDERS[folder.name], shown=shown(path))[1]
    if raw_of(path):
        return _sidecar(path, knowledge)
    kind = _kind(read_yaml(path, shown=shown(path)).data)
    if kind is None:
        return [_unknown(path, "neither its place nor its keys tell what the file is")]
    return _sidecar(path, knowledge) if kind == "sidecar" else check_file(path, kind, shown=shown(path))[1]


def _sidecar(path: Path, knowledge: _Knowledge) -> list[Issue]:
    """A sidecar by itself: its form, and whether the registry has its outlet."""
    from kg_news.read.sidecar import check_sidecar

    data, issues = check_sidecar(path, shown(path))
    registry, broken = knowledge.loaded
    if registry is None:
        return [*issues, *broken]
    if not isinstance(data, dict):
        return issues
    yaml = read_yaml(path, shown=shown(path))
    issues += placed(_in_future(data.get("date"), "metadata", shown(path), knowledge.today), yaml, shown(path))
    source = data.get("source")
    # A source that is no text, or no id, is a matter of the schema.
    if not isinstance(source, str) or source in registry.outlets or any(one.pointer == "/source" for one in issues):
        return issues
    return [*issues, *placed([unknown_outlet(source, registry, None)], read_yaml(path), shown(path))]


def _kind(data: Any) -> str | None:
    """The schema that knows most of a file's keys; None where none knows more than it lacks, or two know as many."""
    first = data[0] if isinstance(data, list) and data else data
    if not isinstance(first, Mapping):
        return None
    scores = {name: _score(set(first), name, isinstance(data, list)) for name in SCHEMAS if name != "article"}
    best = max(scores.values())
    names = [name for name, score in scores.items() if score == best]
    return names[0] if best > 0 and len(names) == 1 else None


def _score(keys: set[str], name: str, is_list: bool) -> int:
    schema = load_schema(name)
    if is_list != (schema.get("type") == "array") and name != "correction":
        return 0
    node = schema["$defs"]["correction"] if name == "correction" else schema.get("items", schema)
    known = set(node["properties"])
    return len(keys & known) - len(keys - known)


class _RepeatedKeyError(ValueError):
    """A key twice in one object: readers of JSON do not agree on which one counts."""


def _records(path: Path) -> Iterator[Issue]:
    """Records as JSON Lines: each line by schema and meaning; an id only once."""
    from kg_news.check import check
    from kg_news.read.streams import LARGEST, lines

    name = shown(path)
    places: dict[str, int] = {}
    with path.open("rb") as stream:
        # Beside the text a record has what was found in it.
        for number, line in enumerate(lines(stream, name, 4 * LARGEST), 1):
            if isinstance(line, InputError):
                yield from (replace(issue, line=number) for issue in line.issues)
                continue
            if not line.strip():
                continue
            try:
                record = _parsed(line)
            except _RepeatedKeyError as error:
                yield Issue("key-duplicate", str(error), "leave one of the two out", name, number)
            except UnicodeDecodeError as error:
                column = len(line[: error.start].decode("utf-8", "replace")) + 1
                yield Issue("not-utf8", "the line is not UTF-8", "save the file as UTF-8", name, number, column)
            except json.JSONDecodeError as error:
                message = f"the line is not JSON: {error.msg}"
                yield Issue("json-invalid", message, "write one JSON object a line", name, number, error.colno)
            except (ValueError, RecursionError) as error:
                message = f"the line is not JSON: {error if isinstance(error, ValueError) else 'nested too deep'}"
                yield Issue("json-invalid", message, "write one JSON object a line", name, number)
            else:
                for issue in check(record):
                    at = f"at {issue.pointer}: " if issue.pointer else ""
                    yield replace(issue, path=name, line=number, message=f"{at}{issue.message}")
                key = record.get("id") if isinstance(record, dict) else None
                if isinstance(key, str) and (first := places.setdefault(key, number)) != number:
                    message = f"the id {key!r} is already that of line {first}"
                    yield Issue("id-duplicate", message, "keep one of the two", name, number)


def _parsed(line: bytes) -> Any:
    """A line of JSON, strictly: no key twice, no NaN or Infinity. ValueError and its kinds, RecursionError."""
    return json.loads(line.decode("utf-8"), object_pairs_hook=_pairs, parse_constant=_refuse)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise _RepeatedKeyError(f"{key!r} stands twice in one object")
        made[key] = value
    return made


def _refuse(constant: str) -> Callable[[], None]:
    raise ValueError(f"{constant} is no JSON number")
