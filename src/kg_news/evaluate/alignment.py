"""Which found actor is which gold actor, and whether two names are one.

Gold comes in three forms: the project's own (`evaluate.annotated`), lines with `actors` as the development sets have
them, and lines with `persons`, `organizations` and `countries`. Here they become one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg_news.doc import Doc
from kg_news.evaluate.core import Gold
from kg_news.evaluate.places import Places
from kg_news.records import Actor, Span

KINDS: Mapping[str, str] = {
    "Person": "person",
    "Organization": "organization",
    "PublicBody": "organization",
    "Company": "organization",
    "Country": "country",
}
"""The kinds that are scored, by the record's types. Places are mentions and no actors."""

_MARKS = re.compile(r"[«»\"“”„'.]")


@dataclass(frozen=True)
class Marked:
    """An actor that a person marked, or one that was found: `said` has what else is known of it."""

    kind: str
    name: str | None
    spans: tuple[Span, ...]
    """In the raw text, in the order in which they were marked."""
    said: Mapping[str, Any]


def gold_actors(gold: Gold) -> list[Marked]:
    """The actors of a gold line. In lines with `persons`, who is named in a photo's caption or credit alone is none."""
    if "actors" in gold:
        return [
            Marked(KINDS.get(actor["type"], actor["type"]), _name(actor), _spans(actor["mentions"]), actor)
            for actor in gold["actors"]
        ]
    photos = [
        Span(photo[f"{part}_start"], photo[f"{part}_end"])
        for photo in gold.get("photos", ())
        for part in ("caption", "credit")
        if photo.get(f"{part}_start") is not None
    ]
    return [
        Marked(kind, actor["name"], spans, {})
        for key, kind in (("persons", "person"), ("organizations", "organization"))
        for actor in gold.get(key) or ()
        if (spans := tuple(s for s in _spans(actor["spans"]) if not any(overlap(s, photo) for photo in photos)))
    ]


def _name(actor: Mapping[str, Any]) -> str | None:
    """What an actor is called; FactRuEval gives the parts of a person's name, `firstname` and others, with all that the
    annotators let count for each.
    """
    parts = [word for words in actor.get("slots", {}).values() for word in words] if actor["type"] == "person" else []
    return actor.get("name") or " ".join(parts) or None


def kinds_of(golds: Iterable[Gold]) -> list[str]:
    """The kinds of actors that lines of gold mark at all; FactRuEval knows no countries."""
    marked = {actor.kind for gold in golds for actor in gold_actors(gold)}
    return [kind for kind in dict.fromkeys(KINDS.values()) if kind in marked]


def found_actors(doc: Doc) -> list[Marked]:
    """The actors that the program finds."""
    places = Places(doc)
    return [
        Marked(
            KINDS[actor.type],
            actor.name,
            tuple(places.raw(mention.start, mention.end) for mention in actor.mentions),
            _said(actor),
        )
        for actor in doc.actors
    ]


def overlap(one: Span, other: Span) -> bool:
    """Whether two stretches share a character."""
    return one.start < other.end and other.start < one.end


@dataclass(frozen=True)
class Match:
    """A gold actor and the found actor that is taken for it, by their places in the lists."""

    similarity: float
    """2·|shared mentions| / (|mentions of the one| + |mentions of the other|): φ4 of Luo (2005), with mentions that
    overlap for mentions that are equal.
    """
    gold: int
    found: int


def align(gold: Sequence[Marked], found: Sequence[Marked]) -> list[Match]:
    """One to one, those of one kind that share a mention, the most similar first.

    Luo (2005) takes the best of all alignments; to take the best pair first is what the sets' own scorer does.
    """
    candidates = []
    for at, one in enumerate(gold):
        for place, other in enumerate(found):
            if one.kind == other.kind and (shared := _shared(one.spans, other.spans)):
                candidates.append((2 * shared / (len(one.spans) + len(other.spans)), at, place))
    matches: list[Match] = []
    taken: set[int] = set()
    given: set[int] = set()
    for similarity, at, place in sorted(candidates, reverse=True):
        if at not in taken and place not in given:
            taken.add(at)
            given.add(place)
            matches.append(Match(similarity, at, place))
    return matches


def same_name(kind: str, gold: str, found: str | None) -> bool:
    """Equal but for letter case, ё and marks. A person's gold name may hold words that the text never gives.

    >>> same_name("person", "Примеров, Асан Болотович", "Асан Примеров")
    True
    """
    wanted, got = name_parts(gold), name_parts(found or "")
    return bool(got) and (wanted == got or (kind == "person" and set(got) <= set(wanted)))


def _shared(gold: Sequence[Span], found: Sequence[Span]) -> int:
    """How many gold mentions overlap a found mention that no other has taken."""
    used: set[int] = set()
    for span in gold:
        place = next((at for at, other in enumerate(found) if at not in used and overlap(span, other)), None)
        if place is not None:
            used.add(place)
    return len(used)


def name_parts(name: str) -> list[str]:
    """The words of a name as names are compared: in lower case, with е for ё, without marks, the first name first."""
    if name.count(",") == 1:  # NEREL: «Примеров, Асан»
        name = " ".join(part.strip() for part in reversed(name.split(",")))
    return _MARKS.sub("", name.lower().replace("ё", "е")).split()


def _spans(pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in pairs)


def _said(actor: Actor) -> Mapping[str, Any]:
    return {
        "type": actor.type,
        "id": actor.id,
        "wikidata": actor.wikidata,
        "country": actor.country,
        "offices": actor.offices,
    }
