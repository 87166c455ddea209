"""Scores photo blocks: the spans of credits, captions and markers, and who is credited.

A gold line's `photos` have the spans `credit_start`, `credit_end`, `caption_start`, `caption_end`, the `marker`
verbatim (with `marker_start`, `marker_end` where they are known), and `creators` and `agencies` where somebody wrote
them down.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg_news.doc import Doc
from kg_news.evaluate.core import Gold, Item, Pair, Tally, accuracy, span, values


def photos(gold: Gold, doc: Doc) -> Mapping[str, Pair | Tally]:
    """`credit`, `caption` and `marker` by exact span, `creators` and `agencies` by name; `no photo` counts the texts
    without any, and is the share of those in which none is found.
    """
    if "photos" not in gold:
        return {}
    text, marked = doc.raw.text, gold["photos"]
    pairs: dict[str, Pair | Tally] = {
        name: Pair(
            _items(span(text, photo.get(f"{name}_start"), photo.get(f"{name}_end")) for photo in marked),
            _items(span(text, *(getattr(block, name) or (None, None))) for block in doc.photo_blocks),
        )
        for name in ("credit", "caption")
    }
    pairs["marker"] = Pair(
        _items(_marker(text, photo) for photo in marked),
        _items(span(text, *(block.marker or (None, None))) for block in doc.photo_blocks),
    )
    for name in ("creators", "agencies"):
        if marked and all(name in photo for photo in marked):
            pairs[name] = Pair(
                values(who for photo in marked for who in photo[name]),
                values(who for block in doc.photo_blocks for who in getattr(block, name)),
            )
    if not marked:
        blocks = [text[slice(*block.span)] for block in doc.photo_blocks]
        pairs["no photo"] = accuracy(1, [("no photo", " … ".join(blocks))] if blocks else [])
    return pairs


def _items(found: Iterable[tuple[Item, ...]]) -> tuple[Item, ...]:
    return tuple(item for items in found for item in items)


def _marker(text: str, photo: Gold) -> tuple[Item, ...]:
    """The marker's span; where the gold has its words only, the last place that they have before the credit."""
    if "marker_start" in photo or not photo.get("marker"):
        return span(text, photo.get("marker_start"), photo.get("marker_end"))
    words = photo["marker"]
    limit = photo["credit_start"] if photo.get("credit_start") is not None else photo.get("caption_end")
    start = text.rfind(words, 0, limit)
    return span(text, start, start + len(words)) if start >= 0 else ()
