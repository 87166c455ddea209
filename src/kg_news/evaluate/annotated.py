"""Gold articles with their actors and quotes marked inline, so that a label is read, and changed, in one look.

    ---
    id: bridge
    aidai: {name: Айдай Примерова, country: KGZ, offices: [мэр Таласа]}
    ---
    «{aidai|Мост откроют}», — сказала мэр Таласа [aidai|Айдай Примерова].
    В [kg-ministry-of-transport|Минтрансе] ответили, что {~kg-ministry-of-transport|денег нет}.

An article begins with its header, YAML between two lines `---`: `id`, `language` (a BCP 47 tag; `ru` without it), and
the actors by label. An actor has a `name`, a `type` (`Person` without it), `country` and `offices`; one of the registry
has `id` in their stead, and needs no header where that is all: the label is then the registry's id. In the text
`[label|…]` marks a mention, `{label|…}` direct speech and `{~label|…}` indirect speech with the label of the speaker,
`-` where none of the actors speaks. Marks may lie in marks. `docs/annotating-actors.md` says what is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from kg_news.errors import InputError
from kg_news.records import Issue
from kg_news.registry import Registry
from kg_news.views.gazetteer import name_of
from kg_news.yamlfile import read_yaml

_TOKEN = re.compile(r"\[(?P<mention>[a-z0-9-]+)\||\{(?P<indirect>~?)(?P<speaker>[a-z0-9-]+)\||(?P<end>[\]}])")
_RULE = "---"
_ITS_OWN = frozenset({"id", "language"})
_KEYS = frozenset({"id", "name", "type", "country", "offices"})


def is_annotated(content: str) -> bool:
    """Whether a gold file is of this form: it begins with a header."""
    return content.startswith(_RULE)


def annotated_lines(content: str, path: str, registry: Registry) -> Iterator[dict[str, Any]]:
    """The articles of a file as gold lines. InputError with the line where a header or a mark is wrong."""
    lines = content.split("\n")
    rules = [at for at, line in enumerate(lines) if line.rstrip() == _RULE]
    if len(rules) % 2:
        raise _error("a header has no end", "close it with a line ---", path, rules[-1] + 1)
    for opening, closing, following in zip(rules[::2], rules[1::2], [*rules[2::2], len(lines)], strict=True):
        place = _Place(path, opening + 1)
        header = read_yaml(Path(path), "\n" * (opening + 1) + "\n".join(lines[opening + 1 : closing])).data
        if not isinstance(header, dict) or not isinstance(header.get("id"), str):
            raise _error("a header has no `id`", "give the article a name: `id: bridge`", path, opening + 1)
        text = "\n".join(lines[closing + 1 : following]).rstrip("\n")
        yield _Reading(header, registry, place).line(text)


class _Place(NamedTuple):
    path: str
    line: int


@dataclass
class _Reading:
    """One article."""

    header: dict[str, Any]
    registry: Registry
    place: _Place
    language: str = "ru"
    mentions: dict[str, list[list[int]]] = field(default_factory=dict)
    quotes: list[dict[str, Any]] = field(default_factory=list)

    def line(self, marked: str) -> dict[str, Any]:
        self.language = self.header.get("language", "ru")
        plain = self._unmarked(marked)
        labels = dict.fromkeys([*self.mentions, *(key for key in self.header if key not in _ITS_OWN)])
        actors = {label: self._actor(label) for label in labels}
        for quote in self.quotes:
            label = quote.pop("label")
            if label != "-" and label not in actors:
                raise self._wrong(f"`{label}` speaks and is never named")
            quote |= {"text": plain[quote["start"] : quote["end"]]}
            quote |= {"speaker": None if label == "-" else actors[label]["name"]}
        self.quotes.sort(key=lambda quote: quote["start"])
        return {
            "id": self.header["id"],
            "lang": self.language,
            "text": plain,
            "kinds": ["person", "organization", "country"],
            "actors": list(actors.values()),
            "quotes": self.quotes,
            "indirect": True,
        }

    def _unmarked(self, marked: str) -> str:
        pieces: list[str] = []
        open_: list[tuple[re.Match[str], int]] = []
        done = length = 0
        for match in _TOKEN.finditer(marked):
            pieces.append(marked[done : match.start()])
            length, done = length + match.start() - done, match.end()
            if not match["end"]:
                open_.append((match, length))
                continue
            if not open_ or (open_[-1][0]["mention"] is None) != (match["end"] == "}"):
                raise self._wrong(f"{match['end']!r} closes no mark, behind «{marked[: match.start()][-30:]}»")
            opening, start = open_.pop()
            if label := opening["mention"]:
                self.mentions.setdefault(label, []).append([start, length])
            else:
                kind = "indirect" if opening["indirect"] else "direct"
                self.quotes.append({"label": opening["speaker"], "start": start, "end": length, "kind": kind})
        if open_:
            raise self._wrong(f"the mark «{marked[open_[-1][0].start() :][:30]}» is never closed")
        return "".join([*pieces, marked[done:]])

    def _actor(self, label: str) -> dict[str, Any]:
        said = self.header.get(label, {"id": label})
        if not isinstance(said, dict) or not said.keys() <= _KEYS or not said.keys() & {"id", "name"}:
            raise self._wrong(f"`{label}` in the header is no actor: it has {', '.join(sorted(_KEYS))}")
        if label not in self.mentions:
            raise self._wrong(f"`{label}` is in the header and nowhere marked in the text")
        actor = {"type": "Person", "id": None, "country": None, "offices": [], **said}
        if actor["id"] is not None:
            entry = self.registry.actors.get(actor["id"]) if isinstance(actor["id"], str) else None
            if entry is None:
                raise self._wrong(f"`{actor['id']}` is neither in the header nor in the registry")
            actor |= {"name": name_of(entry, self.language), "type": entry.type, "country": entry.country}
        if actor["type"] != "Person":
            del actor["offices"]
        return actor | {"mentions": sorted(self.mentions[label])}

    def _wrong(self, message: str) -> InputError:
        return _error(f"in `{self.header['id']}` {message}", "see docs/annotating-actors.md", *self.place)


def _error(message: str, way_out: str, path: str, line: int) -> InputError:
    return InputError([Issue("gold-invalid", message, way_out, path, line)])
