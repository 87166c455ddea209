"""Characters inside words that nobody sees and that part the word for every search: soft hyphens, spaces and joiners
without width, direction marks, control characters.

Only between letters of the Latin and Cyrillic scripts, where they mean nothing: Persian and Arabic words are written
with U+200C and U+200D, and emoji are joined by them.
"""

from __future__ import annotations

import re
import unicodedata

from kg_news.records import Issue
from kg_news.utf8 import place

# What stands around a run is looked at afterwards: to look ahead from every sign of a long run takes its square.
_UNSEEN = re.compile(
    "[\x01-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+"
)
_LETTER = re.compile("[A-Za-zÀ-ÖØ-öø-ɏЀ-ҁҊ-ԯ]")


def found(text: str) -> list[re.Match[str]]:
    """Each run of such characters inside a word."""
    return [
        match
        for match in _UNSEEN.finditer(text)
        if _LETTER.match(text, match.end()) and _LETTER.match(text, match.start() - 1)
    ]


def without(text: str) -> str:
    """The text with its words whole.

    >>> without("пра" + chr(0xAD) + "во")
    'право'
    """
    pieces, done = [], 0
    for match in found(text):
        pieces.append(text[done : match.start()])
        done = match.end()
    return "".join([*pieces, text[done:]]) if pieces else text


def doubts(text: str, path: str) -> tuple[Issue, ...]:
    """A warning, at the first place, where words of an article hold such characters."""
    runs = found(text)
    if not runs:
        return ()
    sign = runs[0][0][0]
    name = f"U+{ord(sign):04X} ({unicodedata.name(sign, 'a control character').lower()})"
    message = f"{name} stands inside a word, where nobody sees it and searches stop"
    message += f"; so in {len(runs)} words" if len(runs) > 1 else ""
    way_out = "take it out if you typed or pasted the text: kg-news validate --fix-raw; leave it as it is if it came so"
    line, column = place(text, runs[0].start())
    return (Issue("word-broken", message, way_out, path, line, column, severity="warning"),)
