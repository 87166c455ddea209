"""`registry/`: what curators know, as data. Read strictly, checked as a whole, handed on typed and frozen."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from kg_news.clashes import Entry, clashes
from kg_news.errors import InputError
from kg_news.files import shipped
from kg_news.records import Issue
from kg_news.schema import explain, is_valid
from kg_news.yamlfile import decode, placed, read_yaml

FOLDERS: Mapping[str, str] = {
    "outlets": "outlet",
    "actors": "actors",
    "languages": "language",
    "corrections": "correction",
}
"""The folders of the registry, and the schema of the files in each."""

FILES: Mapping[str, str] = {"photo.yml": "photo"}
"""The single files, and the schema of each."""

REQUIRED = ("photo.yml",)
"""Without these no article can be read."""

KNOWN = f"a registry holds {', '.join(f'{name}/*.yml' for name in FOLDERS)}, {', '.join(FILES)} and README.md"


@dataclass(frozen=True)
class Outlet:
    """A newspaper, site or agency. `schema/outlet.schema.json` says what each field means."""

    id: str
    names: Mapping[str, str]
    aliases: tuple[str, ...]
    domains: tuple[str, ...]
    """Host names; their subdomains belong to the outlet as well."""
    country: str | None
    languages: tuple[str, ...]
    homepage: str | None
    wikidata: str | None
    wikidata_source: str | None

    def name(self, language: str) -> str:
        """The name in a language; without one there, the name in the first language that it publishes in."""
        for choice in (language, *self.languages):
            if choice in self.names:
                return self.names[choice]
        return next(iter(self.names.values()))


@dataclass(frozen=True)
class Office:
    """An office that an actor holds or held; `start` and `end` are EDTF level 0, or null."""

    title: Mapping[str, str]
    body: str | None
    country: str | None
    start: str | None
    end: str | None
    source: str | None


@dataclass(frozen=True)
class RegistryActor:
    """Somebody or something that articles can be linked to. `schema/actors.schema.json` says what each field means."""

    id: str
    type: str
    names: Mapping[str, str]
    """May be empty, or lack languages, for a country: CLDR has the rest."""
    aliases: Mapping[str, tuple[str, ...]]
    generic: Mapping[str, tuple[str, ...]]
    """Names shared with others, such as «парламент»."""
    role: str | None
    country: str | None
    wikidata: str | None
    wikidata_source: str | None
    offices: tuple[Office, ...]
    adjectives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By language, for a country: «казахстанский»."""
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By language, for a country: its cities and regions, and their adjectives."""


@dataclass(frozen=True)
class Language:
    """A language that articles are written in. `schema/language.schema.json` says what each field means."""

    id: str
    name: str
    months: Mapping[int, tuple[str, ...]]
    """Names as dates use them, by number from 1."""
    year_words: tuple[str, ...]
    weekdays: tuple[str, ...]
    places: tuple[str, ...]
    published: tuple[str, ...]
    offices: frozenset[str]
    documents: frozenset[str]
    cues: frozenset[str]
    attributions: frozenset[str]
    public_bodies: frozenset[str]
    companies: frozenset[str]
    organizations: frozenset[str]
    given_names: frozenset[str]
    function_words: frozenset[str]
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Lists of words that persons' names are told by, where no entity model is asked."""
    naming: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Lists of words that names are told by."""
    bodies: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Nouns that stand for a body named before, and the types of actor that it can have."""
    anonymous: frozenset[str] = frozenset()
    statements: frozenset[str] = frozenset()
    holders: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Nouns that stand for a person named before, and the offices that tell whom."""
    callings: frozenset[str] = frozenset()
    titles: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Lists of words that tell where a title begins and ends, and whose it is."""


@dataclass(frozen=True)
class Correction:
    """A value of an article that a curator sets by hand."""

    article: str
    field: str
    """JSON pointer into the record."""
    value: Any
    """Plain JSON: lists and dictionaries in it are not frozen."""
    reason: str
    by: str
    date: str
    file: str
    """The file's name under `corrections/`."""


@dataclass(frozen=True, eq=False)
class Registry:
    """The whole registry, by id. Compared by identity, so that what is compiled from it can be kept beside it."""

    outlets: Mapping[str, Outlet]
    actors: Mapping[str, RegistryActor]
    languages: Mapping[str, Language]
    photo: Mapping[str, Any]
    """`photo.yml`, its lists as tuples."""
    corrections: Mapping[str, tuple[Correction, ...]]
    """By the article's id; in the order of the files' names, then as they stand in the file."""
    files: Mapping[str, str]
    """SHA-256 of every file, by its path from `registry/` on."""

    def outlet_at(self, url: str) -> Outlet | None:
        """The outlet whose domain an address has: `ky.kloop.asia` itself, or the domain above it."""
        try:
            host = urlsplit(url).hostname or ""
        except ValueError:  # `http://[`
            return None
        while host:
            if host in self._by_domain:
                return self._by_domain[host]
            host = host.partition(".")[2]
        return None

    @cached_property
    def _by_domain(self) -> Mapping[str, Outlet]:
        return {domain: outlet for outlet in self.outlets.values() for domain in outlet.domains}


def load_registry(folder: Path | None = None) -> Registry:
    """Read and check a registry; the shipped one for None.

    InputError with every problem of every file. Warnings do not count; `check_registry` lists them.
    """
    reading = _read(folder or shipped("registry"))
    if errors := [issue for issue in reading.issues if issue.severity == "error"]:
        raise InputError(errors)
    return _typed(reading)


def check_registry(folder: Path | None = None) -> list[Issue]:
    """Everything that is wrong or doubtful in a registry, in the order of files and lines."""
    return _read(folder or shipped("registry")).issues


def unknown_outlet(source: str, registry: Registry, path: str | None) -> Issue:
    """The error about an outlet's id that the registry does not have; `path` is where it was named."""
    close = get_close_matches(source, registry.outlets, n=1)
    near = f"write '{close[0]}' if that is meant, or " if close else ""
    message, way_out = f"no outlet '{source}' in the registry", f"{near}add registry/outlets/{source}.yml"
    return Issue("outlet-unknown", message, way_out, path, pointer="/source")


@dataclass(frozen=True)
class _Reading:
    """A registry as it was read: entries by folder, single files by name."""

    entries: Mapping[str, list[Entry]]
    single: Mapping[str, Any]
    hashes: Mapping[str, str]
    issues: list[Issue]


def _read(folder: Path) -> _Reading:
    entries: dict[str, list[Entry]] = {name: [] for name in FOLDERS}
    single: dict[str, Any] = {}
    hashes: dict[str, str] = {}
    issues: list[Issue] = []
    broken = False
    for path, problem in _walk(folder):
        relative = path.relative_to(folder)
        schema_name = FOLDERS.get(relative.parts[0]) if len(relative.parts) == 2 else FILES.get(str(relative))
        if problem or schema_name is None or path.suffix != ".yml":
            issues.append(problem or Issue("file-unknown", "the registry has no such file", KNOWN, shown(path)))
            continue
        found, troubles, digest = _file(path, relative.stem, schema_name)
        issues += troubles
        hashes[f"registry/{relative.as_posix()}"] = digest
        broken |= bool(troubles)
        if troubles:
            continue
        if len(relative.parts) == 2:
            entries[relative.parts[0]] += found
        else:
            single[relative.name] = found[0].data
    if folder.is_dir():
        for name in REQUIRED:
            if f"registry/{name}" not in hashes:
                way_out = f"copy {name} from the registry that ships with kg-news, or begin with a copy of all of it"
                issues.append(Issue("file-missing", f"the registry has no {name}", way_out, shown(folder / name)))
    # An actor in a broken file is not known to be missing.
    issues += [issue for issue in clashes(entries) if issue.code != "body-unknown" or not broken]
    unique = sorted(set(issues), key=lambda issue: (issue.path or "", issue.line or 0, issue.column or 0, str(issue)))
    return _Reading(entries, single, hashes, unique)


def _walk(folder: Path) -> Iterator[tuple[Path, Issue | None]]:
    """Every file below a folder but README.md and hidden ones, in order; an issue for what cannot be listed."""
    try:
        children = sorted(folder.iterdir())
    except OSError as error:
        way_out = "work in the folder that holds it, or name it with --registry"
        problem = Issue("folder-unreadable", f"cannot be listed: {error.strerror}", way_out, shown(folder))
        yield folder / ".", problem
        return
    for child in children:
        if child.name.startswith(".") or child.name == "README.md":
            continue
        if child.is_dir():
            yield from _walk(child)
        else:
            yield child, None


def shown(path: Path) -> str:
    """A path as short as it can be: from the working directory on where it lies below."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path)


def _file(path: Path, stem: str, schema_name: str) -> tuple[list[Entry], list[Issue], str]:
    """A file's entries, what is wrong with it in itself, and its SHA-256. Read once: what is hashed is what is used."""
    name = shown(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        return [], [Issue("file-unreadable", message, "check the path and its permissions", name)], ""
    digest = hashlib.sha256(data).hexdigest()
    try:
        file = read_yaml(path, decode(data, name), name)
    except InputError as error:
        return [], list(error.issues), digest
    if not is_valid(file.data, schema_name):
        return [], placed(explain(file.data, schema_name), file, name), digest
    if isinstance(file.data, list):
        return [Entry(item, name, stem, file, (number,)) for number, item in enumerate(file.data)], [], digest
    return [Entry(file.data, name, stem, file)], [], digest


def _typed(reading: _Reading) -> Registry:
    corrections: dict[str, list[Correction]] = defaultdict(list)
    for entry in reading.entries["corrections"]:
        correction = Correction(**entry.data, file=f"{entry.stem}.yml")
        corrections[correction.article].append(correction)
    return Registry(
        outlets=_by_id(_outlet(entry.data) for entry in reading.entries["outlets"]),
        actors=_by_id(_actor(entry.data) for entry in reading.entries["actors"]),
        languages=_by_id(_language(entry.data) for entry in reading.entries["languages"]),
        photo=_frozen(reading.single["photo.yml"]),
        corrections=MappingProxyType({article: tuple(items) for article, items in corrections.items()}),
        files=MappingProxyType(dict(sorted(reading.hashes.items()))),
    )


def _by_id(items: Iterator[Any]) -> Mapping[str, Any]:
    return MappingProxyType({item.id: item for item in items})


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(item) for key, item in value.items()})
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


def _outlet(data: Mapping[str, Any]) -> Outlet:
    return Outlet(
        id=data["id"],
        names=_frozen(data["names"]),
        aliases=tuple(data.get("aliases", ())),
        domains=tuple(data["domains"]),
        country=data["country"],
        languages=tuple(data["languages"]),
        homepage=data.get("homepage"),
        wikidata=data.get("wikidata"),
        wikidata_source=data.get("wikidata_source"),
    )


def _actor(data: Mapping[str, Any]) -> RegistryActor:
    return RegistryActor(
        id=data["id"],
        type=data["type"],
        names=_frozen(data.get("names", {})),
        aliases=_frozen(data.get("aliases", {})),
        generic=_frozen(data.get("generic", {})),
        role=data.get("role"),
        country=data.get("country"),
        wikidata=data.get("wikidata"),
        wikidata_source=data.get("wikidata_source"),
        offices=tuple(_office(office) for office in data.get("offices", ())),
        adjectives=_frozen(data.get("adjectives", {})),
        places=_frozen(data.get("places", {})),
    )


def _office(data: Mapping[str, Any]) -> Office:
    rest = {name: data.get(name) for name in ("body", "country", "start", "end", "source")}
    return Office(title=_frozen(data["title"]), **rest)


def _language(data: Mapping[str, Any]) -> Language:
    return Language(
        id=data["id"],
        name=data["name"],
        months=MappingProxyType({int(number): tuple(names) for number, names in data["months"].items()}),
        year_words=tuple(data.get("year_words", ())),
        weekdays=tuple(data.get("weekdays", ())),
        places=tuple(data.get("places", ())),
        published=tuple(data.get("published", ())),
        offices=frozenset(data.get("offices", ())),
        documents=frozenset(data.get("documents", ())),
        cues=frozenset(data.get("cues", ())),
        attributions=frozenset(data.get("attributions", ())),
        public_bodies=frozenset(data.get("public_bodies", ())),
        companies=frozenset(data.get("companies", ())),
        organizations=frozenset(data.get("organizations", ())),
        given_names=frozenset(data.get("given_names", ())),
        function_words=frozenset(data.get("function_words", ())),
        names=_sets(data.get("names", {})),
        naming=_sets(data.get("naming", {})),
        bodies=_sets(data.get("bodies", {})),
        anonymous=frozenset(data.get("anonymous", ())),
        statements=frozenset(data.get("statements", ())),
        holders=_sets(data.get("holders", {})),
        callings=frozenset(data.get("callings", ())),
        titles=_sets(data.get("titles", {})),
    )


def _sets(lists: Mapping[str, Iterable[str]]) -> Mapping[str, frozenset[str]]:
    return MappingProxyType({name: frozenset(words) for name, words in lists.items()})
