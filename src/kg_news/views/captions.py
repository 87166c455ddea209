"""Captions: how many of the sentences before a credit's marker belong to the photo, and captions elsewhere.

Nothing marks where a caption begins. A rule (`views.caption_rules`) looks at the sentences before the marker and says
how many of them are the caption. Where none answers, there is no caption: a cut into the article's own sentences is
worse than a caption that is missed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg_news.records import Span
from kg_news.views.caption_rules import CAPTION_RULES, LONGEST, Before
from kg_news.views.caption_sentences import is_closed, is_scene, is_turkic
from kg_news.views.caption_terms import CaptionTerms, capitalised, is_label, label_pattern
from kg_news.views.sentences import sentences

_LOOK_BACK = 1200
"""How far before a marker its caption may begin, in code points."""
_NAMED_BEFORE = 3000
"""How far before a caption the article's mentions of its person are looked for."""
_NEAR = 600
"""How far around a marker its language is looked at, at least, in code points."""
_LOST_SPACE = re.compile(r"(?<=[а-яёөүңіәғқұһ]{3})[.!?…](?=[А-ЯЁӨҮҢӘҒҚҰҺІ][а-яёөүңіәғқұһ])")
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True)
class Found:
    """The caption before a marker (null where none can be told), the rule that decided, and how sure it is."""

    span: Span | None
    rule: str
    sure: float


def find_caption(
    text: str, floor: int, marker: int, terms: CaptionTerms, *, opening: int = 0, captions_before: bool = False
) -> Found:
    """The caption before a marker. `floor` is where the last cut ended, `opening` where the article begins,
    `captions_before` whether its last photo had a caption before the marker.
    """
    window = max(floor, marker - _LOOK_BACK)
    line_start = text.rfind("\n", window, marker) + 1 or window
    bracket = text[max(line_start, marker - 3) : marker].rstrip().endswith(("(", "/", "|"))
    end = marker
    while bracket and end > line_start and text[end - 1] in " \u00a0(/|":
        end -= 1
    spans = _parted(text, sentences(text, line_start, end))
    if not spans:
        return Found(None, "no caption before the marker", 0.9)
    if line_start == window > floor:
        spans = spans[1:]  # the first one may be cut by the window
    if not spans:
        return Found(None, "the caption's beginning cannot be told", 0.5)
    before = Before(
        texts=tuple(text[slice(*span)] for span in reversed(spans)),
        earlier=text[max(opening, spans[0].start - _NAMED_BEFORE) : spans[0].start],
        whole_line=text[line_start - 1 : line_start] == "\n",
        around=_around(text, opening, marker),
        bracket=bracket,
        captions_before=captions_before,
        behind_photo=line_start == floor > opening,
        headed=opening > 0,
        terms=terms,
    )
    for rule, sure in CAPTION_RULES:
        if count := rule(before):
            start = _with_number(text, max(opening, line_start), spans[-count].start)
            return Found(Span(start, spans[-1].end), rule.__name__, sure)
    if not before.closed():
        return Found(None, "the words before the marker end no sentence", 0.5)
    return Found(None, "the caption's beginning cannot be told", 0.5)


def _with_number(text: str, floor: int, start: int) -> int:
    """The caption's beginning with its number, `2. Пруд у села`, where the number before it stands further up."""
    number = _NUMBERED.search(text, max(floor, start - 5), start)
    if number is None:
        return start
    above = text[max(0, start - _NAMED_BEFORE) : start]
    return number.start(1) if number[1] == "1" or f" {int(number[1]) - 1}. " in above else start


_NUMBERED = re.compile(r"(?<!\S)([1-9]\d?)\. $")


def _parted(text: str, spans: Sequence[Span]) -> list[Span]:
    """The sentences, parted also where the space between two was lost: `Скот погиб.Отара на пастбище.`"""
    parted: list[Span] = []
    for start, end in spans:
        cuts = [match.end() for match in _LOST_SPACE.finditer(text, start, end)]
        parted += [Span(*piece) for piece in zip([start, *cuts], [*cuts, end], strict=True)]
    return parted


def _around(text: str, opening: int, marker: int) -> str:
    """Some 2,000 code points around a marker: the same for markers that are near, so that they are read once."""
    start = max(opening, (marker - _NEAR) // _NEAR * _NEAR)
    return text[start : (marker + _NEAR) // _NEAR * _NEAR + _NEAR]


def find_caption_after(
    text: str, end: int, terms: CaptionTerms, *, own_line: bool, before_marker: bool
) -> Found | None:
    """The caption behind a credit that ends in a full stop at `end`; None where there is none.

    `Фото «Азаттыка». Судья назначила срок` at the end of a line, without a stop of its own; or a sentence without a
    predicate behind a credit that begins a line: `Фото «Азаттыка». Зал суда. Судья назначила срок.` `before_marker`
    says that another photo's marker follows behind it: then the sentence is the other photo's.
    """
    labelled = any(text.startswith(label, end + 1) for label in capitalised(terms.labels))
    if before_marker or not (own_line or labelled):
        return None
    limit = min(len(text), end + 2 * LONGEST)
    line_end = text.find("\n", end, limit)
    closed_line = line_end >= 0
    spans = sentences(text, end, line_end if closed_line else limit)
    if not spans:
        return None
    first = text[slice(*spans[0])]
    if own_line and closed_line and len(spans) == 1 and not is_closed(first) and len(first) < LONGEST:
        return Found(spans[0], "line behind the credit", 0.85)
    turkic = is_turkic(text[max(0, end - 600) : limit])
    if is_label(first, terms.labels):
        return Found(spans[0], "label behind the credit", 0.8)
    if own_line and is_closed(first) and len(first) < 140 and is_scene(first, terms, turkic=turkic):
        return Found(spans[0], "scene behind the credit", 0.6)
    return None


def find_line_below(text: str, end: int, terms: CaptionTerms) -> Found | None:
    """The caption on the line below a credit, as agencies print it: `© Sputnik / Асан Примеров⏎Праздник чабанов⏎БИШКЕК,
    6 мар — Sputnik. …`: it has no stop and no predicate.
    """
    line = _LINE.match(text, end + 1) if text[end : end + 1] == "\n" else None
    if line is None or text[line.end() : line.end() + 1] != "\n" or len(line.group()) > LONGEST:
        return None
    words = line.group().rstrip()
    if (
        not words
        or is_closed(words)
        or not is_scene(words, terms, turkic=is_turkic(text[max(0, end - 600) : end + 600]))
    ):
        return None
    start = line.start() + len(words) - len(words.lstrip())
    return Found(Span(start, line.start() + len(words)), "line below the credit", 0.7)


def captions_alone(text: str, start: int, terms: CaptionTerms, ends: Collection[int] = ()) -> Iterator[Found]:
    """Captions of photos that credit nobody, where they are sure: `Справа: глава комитета.`, `Иллюстративное фото.`, a
    line without a predicate that is printed twice. One that points may stand behind a photo block, at one of `ends`:
    `Фото: Reuters На снимке: победители.`
    """
    yield from sorted(
        [
            *_pointers_alone(text, start, terms, ends),
            *_labels_alone(text, start, terms),
            *_lines_twice(text, start, terms),
        ],
        key=lambda found: found.span or Span(0, 0),
    )


def _pointers_alone(text: str, start: int, terms: CaptionTerms, ends: Collection[int]) -> Iterator[Found]:
    for match in terms.pointers.finditer(text, start) if terms.pointers else ():
        behind = match.start() - (text[match.start() - 1 : match.start()] in {" ", "\u00a0"})
        if behind not in ends and not _begins_sentence(text, match.start(), start):
            continue
        limit = min(len(text), match.start() + LONGEST)
        line_end = text.find("\n", match.start(), limit)
        spans = sentences(text, match.start(), line_end if line_end >= 0 else limit)
        if spans and is_closed(text[slice(*spans[0])]):
            yield Found(spans[0], "pointer", 0.8)


def _labels_alone(text: str, start: int, terms: CaptionTerms) -> Iterator[Found]:
    pattern = label_pattern(terms.labels)
    for match in pattern.finditer(text, start) if pattern else ():
        if _begins_sentence(text, match.start(), start):
            yield Found(Span(_scene_before(text, match.start(), start, terms), match.end()), "label", 0.8)


def _scene_before(text: str, label: int, start: int, terms: CaptionTerms) -> int:
    """Where a scene that stands before a label begins: `Медведь в зоопарке. Иллюстративное фото.`; else the label."""
    window = max(start, label - LONGEST)
    line = text.rfind("\n", window, label) + 1 or window
    spans = sentences(text, line, label)
    if len(spans) > (line == window > start):
        words = text[slice(*spans[-1])]
        if is_closed(words) and is_scene(words, terms, turkic=is_turkic(text[window : label + LONGEST])):
            return spans[-1].start
    return label


def _lines_twice(text: str, start: int, terms: CaptionTerms) -> Iterator[Found]:
    lines = [(match.start(), match.group().rstrip()) for match in _LINE.finditer(text, start)]
    for (at, line), (again, other) in pairwise(lines):
        twice = line == other and 15 < len(line) < LONGEST and line[-1] == "." and again == at + len(line) + 1
        if twice and is_scene(line, terms, turkic=is_turkic(line)):
            yield Found(Span(at, at + len(line)), "line twice", 0.85)
            yield Found(Span(again, again + len(line)), "line twice", 0.85)


def _begins_sentence(text: str, at: int, start: int) -> bool:
    before = text[max(start, at - 3) : at].rstrip(" \u00a0")
    return at <= start or not before or before[-1] in ".!?…»)\n"
