"""Scores the fields that an article has once: date, source, language.

A gold line's `date` is EDTF; where it has `date_url` and `date_header` instead, the most precise of the two is right.
`source` is an outlet's id, or any of its names or domains, with or without a language behind it («24.kg (ky)»). `lang`
or `language` is a BCP 47 tag, `syndicated_from` the id of the outlet that was copied. Null says that there is none: an
answer then counts as one too many.

Where the line has an object `expected`, they stand in there: a `date` beside the text is what the raw format states.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kg_news.doc import Doc
from kg_news.evaluate.core import Gold, Pair, values
from kg_news.fields.date import date
from kg_news.registry import Outlet

_TONGUE = re.compile(r"\s*\([a-z]{2}\)$")


def fields(gold: Gold, doc: Doc) -> Mapping[str, Pair]:
    """`date`, `source`, `syndicated` and `language`, each where the gold line speaks of it."""
    pairs: dict[str, Pair] = {}
    gold = gold.get("expected", gold)
    if gold.keys() & {"date", "date_url", "date_header"}:
        pairs["date"] = Pair(values([_date(gold)]), values([date(doc)["date"]]))
    if "source" in gold:
        known = doc.known.registry.outlets.values()
        found = doc.outlet.id if doc.outlet else None
        pairs["source"] = Pair(values([_outlet(gold["source"], known)]), values([found]))
    if "syndicated_from" in gold:
        origin = doc.syndicated_from.id if doc.syndicated_from else None
        pairs["syndicated"] = Pair(values([gold["syndicated_from"]]), values([origin]))
    for key in ("language", "lang"):
        if key in gold:
            found = doc.language.tag
            pairs["language"] = Pair(values([gold[key]]), values([found if found != "und" else None]))
    return pairs


def _date(gold: Gold) -> str | None:
    if "date" in gold:
        told: str | None = gold["date"]
        return told
    return max((gold.get(key) or "" for key in ("date_url", "date_header")), key=len) or None


def _outlet(name: str | None, outlets: Iterable[Outlet]) -> str | None:
    """The id of the outlet of this name; the name itself where the registry has none: nothing found can equal it."""
    if name is None:
        return None
    wanted = _TONGUE.sub("", name).lower()
    for outlet in outlets:
        if wanted in {form.lower() for form in (outlet.id, *outlet.names.values(), *outlet.aliases, *outlet.domains)}:
            return outlet.id
    return name
