"""What no schema of one file can see: whether the registry's files fit together.

`RULES` lists the checks. Each takes the entries of the whole registry and yields issues, placed at the later entry.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from itertools import combinations
from typing import Any

from kg_news import edtf
from kg_news.records import Issue, Severity
from kg_news.schema import explain_part, load_schema, part_at
from kg_news.wording import pointer
from kg_news.yamlfile import YamlFile


@dataclass(frozen=True)
class Entry:
    """One outlet, actor, language or correction, which its schema has passed, and where it stands."""

    data: Mapping[str, Any]
    shown: str
    """The file's path, as issues show it."""
    stem: str
    """The file's name without `.yml`."""
    file: YamlFile
    path: tuple[str | int, ...] = ()
    """Where in the file: empty for the whole."""

    def at(self, *parts: str | int) -> str:
        """`path:line` of a value in the entry."""
        return f"{self.shown}:{self._place(parts)[0]}"

    def issue(self, code: str, message: str, way_out: str, *parts: str | int, severity: Severity = "error") -> Issue:
        """An issue about a value in the entry, placed there."""
        line, column = self._place(parts)
        return Issue(code, message, way_out, self.shown, line, column, severity, pointer((*self.path, *parts)))

    def _place(self, parts: tuple[str | int, ...]) -> tuple[int, int]:
        return self.file.places.get(pointer((*self.path, *parts)), (1, 1))


Entries = Mapping[str, list[Entry]]
"""By folder: outlets, actors, languages, corrections."""


def clashes(entries: Entries) -> list[Issue]:
    """Everything that does not fit together; warnings too."""
    return [issue for rule in RULES for issue in rule(entries)]


def key(name: str) -> str:
    """Two names with the same key cannot be told apart: case, ё, white space and Unicode form do not count.

    >>> key("Нацбанк  Казахстана") == key("нацбанк казахстана")
    True
    """
    return " ".join(unicodedata.normalize("NFC", name).casefold().replace("ё", "е").split())


def _ids(entries: Entries) -> Iterator[Issue]:
    """An id belongs to one entry."""
    for kind in ("outlets", "languages", "actors"):
        first: dict[str, Entry] = {}
        for entry in entries[kind]:
            twin = first.setdefault(entry.data["id"], entry)
            if twin is not entry:
                message = f"the id '{entry.data['id']}' is already that of {twin.at('id')}"
                yield entry.issue("id-duplicate", message, "give one of the two another id", "id")


def _stems(entries: Entries) -> Iterator[Issue]:
    """The file of an outlet or a language is called by its id, so that it can be found."""
    for entry in (*entries["outlets"], *entries["languages"]):
        if entry.data["id"] != entry.stem:
            message = f"the id '{entry.data['id']}' stands in a file called '{entry.stem}.yml'"
            yield entry.issue("id-not-file-name", message, "rename the file, or write its name as the id", "id")


Name = tuple[Entry, tuple[str | int, ...], str]
"""Whose name it is, where it stands in the entry, and the name."""


def _named(entry: Entry) -> Iterator[tuple[str, Name]]:
    """The names of `names`, each with its language."""
    for language, name in entry.data.get("names", {}).items():
        yield language, (entry, ("names", language), name)


def _listed(entry: Entry, field: str) -> Iterator[tuple[str, Name]]:
    """The names of `{language: [name, …]}`, each with its language."""
    for language, names in entry.data.get(field, {}).items():
        for number, name in enumerate(names):
            yield language, (entry, (field, language, number), name)


def _aliases(entries: Entries) -> Iterator[Issue]:
    """A name or alias means one actor. «Токаев» may not be two people; «парламент» is for `generic`."""
    own: dict[tuple[str, str], Name] = {}
    for entry in entries["actors"]:
        for language, name in (*_named(entry), *_listed(entry, "aliases")):
            first = own.setdefault((language, key(name[2])), name)
            if first[0] is not entry:
                way_out = "make the names differ, or move the shared one to `generic` of both"
                yield _clash(name, first, language, way_out)
    for entry in entries["actors"]:
        for language, name in _listed(entry, "generic"):
            owner = own.get((language, key(name[2])))
            if owner and owner[0] is not entry:
                yield _clash(name, owner, language, "move the other's to `generic` too, or leave this one out")


def _generic(entries: Entries) -> Iterator[Issue]:
    """A generic name may be shared, but not within a country: nothing could tell the two apart then."""
    seen: dict[tuple[str, str, str | None], Name] = {}
    for entry in entries["actors"]:
        for language, name in _listed(entry, "generic"):
            first = seen.setdefault((language, key(name[2]), entry.data.get("country")), name)
            if first[0] is not entry:
                yield _clash(name, first, language, "leave it out of one of the two, as they share the country")


def _clash(name: Name, first: Name, language: str, way_out: str) -> Issue:
    entry, parts, text = name
    message = (
        f"'{text}' ({language}) of '{entry.data['id']}' also names '{first[0].data['id']}' in {first[0].at(*first[1])}"
    )
    return entry.issue("alias-clash", message, way_out, *parts)


def _outlets(entries: Entries) -> Iterator[Issue]:
    """A domain, and a name, belongs to one outlet."""
    domains: dict[str, Entry] = {}
    names: dict[str, Entry] = {}
    for entry in entries["outlets"]:
        for number, domain in enumerate(entry.data["domains"]):
            if (twin := domains.setdefault(domain, entry)) is not entry:
                message = f"the domain {domain} is already that of '{twin.data['id']}' in {twin.at('domains')}"
                yield entry.issue("domain-duplicate", message, "leave it to one of the two", "domains", number)
        own = [(("names", language), name) for language, name in entry.data["names"].items()]
        own += [(("aliases", number), name) for number, name in enumerate(entry.data.get("aliases", ()))]
        for parts, name in own:
            if (twin := names.setdefault(key(name), entry)) is not entry:
                message = f"'{name}' also names the outlet '{twin.data['id']}' in {twin.shown}"
                yield entry.issue("alias-clash", message, "leave it to one of the two", *parts)


def _items(entries: Entries) -> Iterator[Issue]:
    """A Wikidata item is one actor, a country one entry."""
    for field, code in (("wikidata", "wikidata-duplicate"), ("country", "country-duplicate")):
        first: dict[str, Entry] = {}
        for entry in entries["actors"]:
            value = entry.data.get(field)
            if value is None or (field == "country" and entry.data["type"] != "Country"):
                continue
            if (twin := first.setdefault(value, entry)) is not entry:
                message = f"{value} is already '{twin.data['id']}' in {twin.at(field)}"
                yield entry.issue(code, message, "make one entry of the two, or mend the wrong one", field)


def _bodies(entries: Entries) -> Iterator[Issue]:
    """An office's body is an actor of the registry."""
    known = {entry.data["id"]: entry.data["type"] for entry in entries["actors"]}
    for entry, number, office in _offices(entries):
        body = office.get("body")
        if body is not None and known.get(body, "Person") == "Person":
            close = get_close_matches(body, [name for name, kind in known.items() if kind != "Person"], n=1)
            way_out = f"did you mean '{close[0]}'?" if close else "add the body to `registry/actors/`, or write null"
            message = f"'{body}' is a person" if body in known else f"no actor has the id '{body}'"
            yield entry.issue("body-unknown", message, way_out, "offices", number, "body")


def _terms(entries: Entries) -> Iterator[Issue]:
    """An office ends after it begins, as far as the dates can tell."""
    for entry, number, office in _offices(entries):
        start, end = office.get("start"), office.get("end")
        if start and end and edtf.interval(end)[1] < edtf.interval(start)[0]:
            message = f"the office ends in {end}, before it begins in {start}"
            yield entry.issue("office-dates", message, "look at both dates", "offices", number, "end")


def _holders(entries: Entries) -> Iterator[Issue]:
    """A warning where two people certainly hold one office at once: often a missing end, but there are such offices.

    Certain is what lies between the last day that `start` may mean and the first that `end` may mean; a missing end
    goes on. One day in common is no overlap: offices are handed over. An office that is `shared` has no overlaps.
    """
    groups: dict[tuple[str, str | None, str | None], list[tuple[date, date, Entry, int]]] = defaultdict(list)
    for entry, number, office in _offices(entries):
        title = office["title"].get("ru") or next(iter(office["title"].values()))
        group = (key(title), office.get("body"), office.get("country"))
        if office.get("start") and group[1:] != (None, None) and not office.get("shared"):
            begin = edtf.interval(office["start"])[1]
            end = edtf.interval(office["end"])[0] if office.get("end") else date.max
            groups[group].append((begin, end, entry, number))
    told: set[tuple[int, int]] = set()
    for (title, *_), terms in groups.items():
        for (begin, end, first, _), (other_begin, other_end, entry, number) in combinations(terms, 2):
            here = (id(entry), number)
            if first is not entry and max(begin, other_begin) < min(end, other_end) and here not in told:
                told.add(here)
                message = f"'{first.data['id']}' and '{entry.data['id']}' are both '{title}' at one time"
                way_out = "mend the dates, or write `shared: true` where both are right"
                yield entry.issue("office-overlap", message, way_out, "offices", number, severity="warning")


def _offices(entries: Entries) -> Iterator[tuple[Entry, int, Mapping[str, Any]]]:
    for entry in entries["actors"]:
        for number, office in enumerate(entry.data.get("offices", ())):
            yield entry, number, office


def _corrections(entries: Entries) -> Iterator[Issue]:
    """A correction sets a field that exists to a value that may stand there, and is the only one that does."""
    article = load_schema("article")
    seen: dict[tuple[str, str], Entry] = {}
    for entry in entries["corrections"]:
        field = entry.data["field"]
        twin = seen.setdefault((entry.data["article"], field), entry)
        if twin is not entry:
            message = f"{field} of this article is already corrected in {twin.at('field')}"
            yield entry.issue("correction-duplicate", message, "leave one of the two out", "field")
        if (part := part_at(article, field)) is None:
            message = f"'{field}' is no place in a record"
            yield entry.issue("field-unknown", message, "look at schema/article.schema.json", "field")
            continue
        for issue in explain_part(entry.data["value"], part):
            line, column = entry.file.places.get(pointer((*entry.path, "value")) + (issue.pointer or ""), (1, 1))
            yield replace(issue, path=entry.shown, line=line, column=column, pointer=None)


RULES: tuple[Callable[[Entries], Iterator[Issue]], ...] = (
    _ids,
    _stems,
    _aliases,
    _generic,
    _outlets,
    _items,
    _bodies,
    _terms,
    _holders,
    _corrections,
)
