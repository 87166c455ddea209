"""Scores quotes: where they stand, of which kind they are, and who speaks.

A gold line's `quotes` have `start` and `end` in the line's text, `speaker` (the name of one of its actors, or null) and
`kind`. Where `indirect` is true in the line, it marks indirect speech too, and null says that no actor speaks. Else, as
in the flattened development set, it marks some direct speech alone, and null says nothing of the speaker.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kg_news.doc import Doc
from kg_news.evaluate.alignment import align, found_actors, gold_actors, overlap, same_name
from kg_news.evaluate.core import Gold, Item, Pair, Tally, accuracy, context
from kg_news.evaluate.places import Places
from kg_news.records import Quote, Span


def quotes(gold: Gold, doc: Doc) -> Mapping[str, Pair | Tally]:
    """`quote` by exact span and kind, `quote partial`, `quote speaker` and `quote named`.

    `quote partial` matches quotes one to one where they overlap, whatever their kind: F over the matched. `quote
    speaker` is the accuracy of the speaker on these, null for null counted as right. `quote named` has the speakers
    that the gold names: P over all quotes that were found with a speaker (where null says nothing, over the matched),
    R over all gold quotes with one.
    """
    if "quotes" not in gold:
        return {}
    places = Places(doc)
    wanted = gold["quotes"]
    complete = gold.get("indirect", False)
    got = [quote for quote in doc.quotes if complete or quote.kind == "direct"]
    due = [Span(quote["start"], quote["end"]) for quote in wanted]
    found = [places.raw(quote.start, quote.end) for quote in got]
    text = doc.raw.text
    kind_of = [quote.get("kind", "direct") for quote in wanted]
    said_by = [quote.kind for quote in got]
    exact = Pair(*(_items(kind, spans, text) for kind, spans in ((kind_of, due), (said_by, found))))
    matches = _matched(due, found)
    pairs = [(wanted[at], got[place]) for at, place in matches.items() if complete or wanted[at]["speaker"]]
    right = _judge(gold, doc)
    wrong = [
        (f"{quote['speaker']}: {context(text, quote['start'], quote['end'])}", f"{other.speaker}")
        for quote, other in pairs
        if not right(quote, other)
    ]
    named = sum(bool(quote["speaker"]) and right(quote, other) for quote, other in pairs)
    answered = sum(quote.speaker is not None for quote in (got if complete else [other for _, other in pairs]))
    missed = tuple(context(text, *span) for at, span in enumerate(due) if at not in matches)
    extra = tuple(context(text, *span) for at, span in enumerate(found) if at not in matches.values())
    return {
        "quote": exact,
        "quote partial": Tally(len(matches), len(found), len(due), missed, extra),
        "quote speaker": accuracy(len(pairs), wrong),
        "quote named": Tally(named, answered, sum(bool(quote["speaker"]) for quote in wanted)),
    }


def _items(kinds: Sequence[str], spans: Sequence[Span], text: str) -> tuple[Item, ...]:
    return tuple(
        Item((kind, *span), f"{kind}: {context(text, *span)}") for kind, span in zip(kinds, spans, strict=True)
    )


def _matched(gold: Sequence[Span], found: Sequence[Span]) -> dict[int, int]:
    """The place of the found quote for the place of the gold quote: those that share the most characters first."""
    shared = sorted(
        (
            (max(one.start, other.start) - min(one.end, other.end), at, place)
            for at, one in enumerate(gold)
            for place, other in enumerate(found)
            if overlap(one, other)
        ),
    )
    matches: dict[int, int] = {}
    for _, at, place in shared:
        if at not in matches and place not in matches.values():
            matches[at] = place
    return matches


def _judge(gold: Gold, doc: Doc) -> Callable[[Gold, Quote], bool]:
    """Whether a quote's speaker is the gold's: by the actors that the two names stand for, else by the names."""
    wanted, found = gold_actors(gold), found_actors(doc)
    same = {(wanted[match.gold].name, found[match.found].name) for match in align(wanted, found)}
    kinds = {one.name: one.kind for one in wanted}

    def is_right(quote: Gold, answer: Quote) -> bool:
        said = quote["speaker"]
        if said is None or answer.speaker is None:
            return said is answer.speaker
        return (said, answer.speaker) in same or same_name(kinds.get(said, ""), said, answer.speaker)

    return is_right
