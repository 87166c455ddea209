"""Scores who acts: mentions, actors, their names, links, types and countries, by kind of actor.

The kinds are `person`, `organization` (bodies and companies too) and `country`; a kind that a gold file does not mark
is not scored on it, nor is a field that it lacks. A gold line's `actors` have `type`, `mentions` as `[start, end]` in
the line's text, `name` where it is known, `wikidata` or the registry's `id`, `country` and `offices`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg_news.doc import Doc
from kg_news.evaluate.alignment import Marked, Match, align, found_actors, gold_actors, kinds_of, overlap, same_name
from kg_news.evaluate.core import Gold, Item, Pair, Tally, accuracy, context, values


def actors(gold: Gold, doc: Doc) -> Mapping[str, Pair | Tally]:
    """The fields `<kind> mention`, `<kind> partial`, `<kind> found`, `<kind> CEAF-e`, `<kind> name`, the same for all
    kinds together as `actor …`, then `actor link`, `actor type`, `actor country`, and `country code`.
    """
    if not gold.keys() & {"actors", "persons", "organizations"}:
        return {}
    kinds = gold.get("kinds") or kinds_of([gold])
    marked, found = gold_actors(gold), found_actors(doc)
    scores: dict[str, Pair | Tally] = {}
    for kind in (*kinds, "actor"):
        of_kind = kinds if kind == "actor" else [kind]
        wanted, got = ([one for one in some if one.kind in of_kind] for some in (marked, found))
        scores |= {f"{kind} {name}": score for name, score in _of_kind(wanted, got, doc.raw.text)}
    wanted, got = ([one for one in some if one.kind in kinds] for some in (marked, found))
    scores.update(_of_matches(wanted, got, doc))
    scores.update(_countries(gold, doc))
    return scores


def _of_kind(gold: Sequence[Marked], found: Sequence[Marked], text: str) -> Iterator[tuple[str, Pair | Tally]]:
    yield "mention", mentions(gold, found, text)
    yield "partial", partial(gold, found)
    matches = align(gold, found)
    yield "found", _found(gold, found, matches, text)
    yield "CEAF-e", Tally(sum(match.similarity for match in matches), len(found), len(gold))
    if any(one.name for one in gold):
        yield "name", _names(gold, found, [match for match in matches if gold[match.gold].name])


def mentions(gold: Sequence[Marked], found: Sequence[Marked], text: str) -> Pair:
    """Mentions with exactly the gold's first and last character, and of its kind.

    The strict measure of SemEval-2013, task 9 (Segura-Bedmar, Martínez, Herrero-Zazo).
    """
    return Pair(*(_items(some, text) for some in (gold, found)))


def partial(gold: Sequence[Marked], found: Sequence[Marked]) -> Tally:
    """Mentions of the gold's kind; a half for one that only overlaps: P = (COR + ½·PAR) / found, R = (COR + ½·PAR) /
    gold.

    MUC-5 (Chinchor and Sundheim 1993), as SemEval-2013, task 9, has it. Each mention counts once: exact ones first,
    then those that overlap, in the order of the text.
    """
    wanted, got = ({(one.kind, span) for one in some for span in one.spans} for some in (gold, found))
    exact = wanted & got
    free = sorted(got - exact)
    half = 0
    for kind, span in sorted(wanted - exact):
        place = next((at for at, other in enumerate(free) if other[0] == kind and overlap(span, other[1])), None)
        if place is not None:
            free.pop(place)
            half += 1
    return Tally(len(exact) + half / 2, len(got), len(wanted))


def _found(gold: Sequence[Marked], found: Sequence[Marked], matches: Sequence[Match], text: str) -> Tally:
    """Found-F: actors of one kind are matched one to one where a mention overlaps; F over the matched."""
    missed = tuple(_shown(one, text) for at, one in enumerate(gold) if at not in {match.gold for match in matches})
    extra = tuple(_shown(one, text) for at, one in enumerate(found) if at not in {match.found for match in matches})
    return Tally(len(matches), len(found), len(gold), missed, extra)


def _names(gold: Sequence[Marked], found: Sequence[Marked], named: Sequence[Match]) -> Tally:
    """Name accuracy: matched actors whose name is the gold's, of the matched whose gold has a name."""
    wrong = [
        (gold[match.gold].name or "", found[match.found].name or "")
        for match in named
        if not same_name(gold[match.gold].kind, gold[match.gold].name or "", found[match.found].name)
    ]
    return accuracy(len(named), wrong)


def _of_matches(gold: Sequence[Marked], found: Sequence[Marked], doc: Doc) -> Iterator[tuple[str, Tally]]:
    matches = align(gold, found)
    if any("id" in one.said or one.said.get("wikidata") for one in gold):
        yield "actor link", _links(gold, found, matches, doc)
    pairs = [(gold[match.gold], found[match.found]) for match in matches]
    for field in ("type", "country"):
        told = [(one, other) for one, other in pairs if "id" in one.said and field in one.said]
        wrong = [
            (f"{one.name}: {one.said[field]}", f"{other.name}: {other.said[field]}")
            for one, other in told
            if one.said[field] != other.said[field]
        ]
        if told:
            yield f"actor {field}", accuracy(len(told), wrong)


def _links(gold: Sequence[Marked], found: Sequence[Marked], matches: Sequence[Match], doc: Doc) -> Tally:
    """Links to the registry: P over matched actors that are linked and whose gold says who it is, R over the gold
    actors that the registry has. Gold with Wikidata ids says nothing of an actor without one; own gold with `id: null`
    says that there is nothing to link to.
    """
    known = {actor.wikidata for actor in doc.known.registry.actors.values()} - {None}
    key = "id" if any("id" in one.said for one in gold) else "wikidata"
    reachable = [one for one in gold if one.said.get(key) and (key == "id" or one.said[key] in known)]
    linked = [
        (gold[match.gold], found[match.found])
        for match in matches
        if found[match.found].said[key] and (key == "id" or gold[match.gold].said.get(key))
    ]
    right = [pair for pair in linked if pair[0].said.get(key) == pair[1].said[key]]
    hit = [id(one) for one, _ in right]
    missed = tuple(f"{one.name}: {one.said[key]}" for one in reachable if id(one) not in hit)
    extra = tuple(f"{other.name}: {other.said[key]}" for one, other in linked if (one, other) not in right)
    return Tally(len(right), len(linked), len(reachable), missed, extra)


def _countries(gold: Gold, doc: Doc) -> Mapping[str, Pair]:
    """`country code` for lines with `countries`: the ISO 3166-1 alpha-2 codes of the states named, as a set."""
    if "countries" not in gold:
        return {}
    from babel.core import get_global

    shorter = get_global("territory_aliases")  # by the alpha-3 code, the alpha-2 code in a list
    found = {code for actor in doc.actors if actor.type == "Country" for code in shorter.get(actor.country or "", ())}
    return {"country code": Pair(values(sorted(gold["countries"] or ())), values(sorted(found)))}


def _items(some: Sequence[Marked], text: str) -> tuple[Item, ...]:
    spans = sorted({(one.kind, span) for one in some for span in one.spans})
    return tuple(Item((kind, *span), context(text, *span)) for kind, span in spans)


def _shown(one: Marked, text: str) -> str:
    return f"{one.name or '?'} ({one.kind}, {len(one.spans)}): {context(text, *min(one.spans))}"
