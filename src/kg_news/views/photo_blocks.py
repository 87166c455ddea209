"""Photo blocks in flattened text: caption, marker and credit, that run into the body without a separator.

Three steps, each explained by the name of the rule that decided: a *marker* announces the credit (`MARKERS` of
`registry/photo.yml`), the credit's *shape* says where it ends (`views.credits`), and rules on the sentences before the
marker say where the caption begins. Where no rule is sure, the caption is null and the words stay in the text: a cut
through a sentence is worse than a caption that is missed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg_news.records import Span
from kg_news.views.credits import Credit, CreditTerms, read_credit
from kg_news.views.morph import PREDICATES, Parse, parses
from kg_news.views.sentences import sentences


@dataclass(frozen=True)
class PhotoBlock:
    """A photo block; all spans are of the raw text."""

    span: Span
    marker: Span | None
    """None where only the raw format tells that this is a photo."""
    credit: Span | None
    caption: Span | None
    creators: tuple[str, ...]
    agencies: tuple[str, ...]
    kind: str
    """What the marker and the credit's own words say; whether an agency is the outlet itself is not known here."""
    confidence: float
    rule: str
    """Names of the rules that decided: credit's shapes, then the caption's rule."""


@dataclass(frozen=True)
class PhotoTerms:
    """`registry/photo.yml`, made ready."""

    marker: re.Pattern[str]
    marker_kinds: Mapping[str, str]
    heads: tuple[tuple[re.Pattern[str], str], ...]
    labels: tuple[tuple[str, str], ...]
    cues: frozenset[str]
    """Verbs of saying (lemmas): a sentence that reports speech is no caption."""
    credit: CreditTerms


def photo_terms(data: Mapping[str, Any], cues: frozenset[str] = frozenset()) -> PhotoTerms:
    """Compile the registry's words once."""
    colon = _any(item["form"] for item in data["markers"] if item.get("colon", True))
    signs = _any(item["form"] for item in data["markers"] if not item.get("colon", True))
    openers = _any(item["form"] for item in data["openers"])
    # A word marker needs a colon, unless what follows can only be a credit: «Фото предоставлено …», «Фото «Азаттыка»».
    # It must not stand inside a word or behind an opening bracket of a title: «(фото)».
    pattern = re.compile(
        rf"(?<![\w«(])(?P<word>(?:{colon})[ \t\u00a0]*:)"
        rf"|(?<![\w])(?P<sign>{signs})(?=[ \t\u00a0]?[\w«@\"])"
        rf"|(?<![\w])(?P<bare>Фото)(?=[ \t\u00a0]+(?:(?:{openers})\b|«))",
    )
    return PhotoTerms(
        marker=pattern,
        marker_kinds={item["form"].lower(): item["kind"] for item in data["markers"] if item.get("kind")},
        heads=tuple(
            (re.compile(rf"(?<!\w){re.escape(item['form'])}", re.IGNORECASE), item["kind"]) for item in data["heads"]
        ),
        labels=tuple((item["form"].lower(), item["kind"]) for item in data["labels"]),
        cues=cues,
        credit=CreditTerms(frozenset(data["agencies"]), frozenset(item["form"] for item in data["closers"])),
    )


def _any(forms: Iterable[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))


def photo_blocks(text: str, start: int, terms: PhotoTerms) -> tuple[PhotoBlock, ...]:
    """All blocks of `text` from `start` (behind the header) on, in order and disjoint."""
    blocks: list[PhotoBlock] = []
    done = start
    for match in terms.marker.finditer(text, start):
        marker = Span(*match.span())
        if marker.start < done or _is_figure_reference(text, marker):
            continue
        if match["bare"] and not _begins_sentence(text, done, marker.start):
            continue
        credit = read_credit(text, marker.end, terms.credit)
        if credit is None:
            continue
        block = _block(text, done, marker, credit, terms)
        blocks.append(block)
        done = block.span.end
    return tuple(blocks)


def _is_figure_reference(text: str, marker: Span) -> bool:
    """`На фото: …` tells what a picture shows; it credits nobody."""
    before = text[max(0, marker.start - 4) : marker.start].split()
    return bool(before) and before[-1].lower() in {"на", "с", "о", "и"} and text[marker.start].islower()


def _begins_sentence(text: str, floor: int, start: int) -> bool:
    """Whether `Фото` without a colon stands where a sentence can begin."""
    before = text[max(floor, start - 20) : start]
    end = before.rstrip()
    return not end or end[-1] in ".!?»…)" or "\n" in before[len(end) :]


def _block(text: str, floor: int, marker: Span, credit: Credit, terms: PhotoTerms) -> PhotoBlock:
    caption, rule, sure = _caption(text, floor, marker.start, terms)
    end = credit.span.end
    if text[end : end + 1] == "." and text[end : end + 3] != "...":
        end += 1
    words = text[slice(*credit.span)]
    return PhotoBlock(
        span=Span(caption.start if caption else marker.start, end),
        marker=marker,
        credit=credit.span,
        caption=caption,
        creators=tuple(party.text for party in credit.parties if party.role == "creator"),
        agencies=tuple(party.text for party in credit.parties if party.role == "agency"),
        kind=kind_of(text[slice(*marker)], words, text[slice(*caption)] if caption else "", credit, terms),
        confidence=round(sure * (1.0 if credit.certain else 0.6), 2),
        rule="; ".join([*(party.shape for party in credit.parties), rule]),
    )


def kind_of(marker: str, words: str, caption: str, credit: Credit | None, terms: PhotoTerms) -> str:
    """The kind that the marker, a word of the credit, or a label in the caption names; else by who is credited."""
    if kind := terms.marker_kinds.get(marker.rstrip(" :\u00a0").lower()):
        return kind
    for pattern, kind in terms.heads:
        if pattern.search(words):
            return kind
    for label, kind in terms.labels:
        if label in caption.lower():
            return kind
    parties = credit.parties if credit else ()
    shapes = {party.shape for party in parties}
    if "address" in shapes and not any(party.role == "creator" for party in parties):
        return "web"
    if "body" in shapes and not any(party.role == "creator" for party in parties):
        return "press_service"
    return "agency" if any(party.role == "agency" for party in parties) else "unknown"


# Captions. A rule looks at the sentences before the marker, the nearest first, and says how many of them are the
# caption.

_LOOK_BACK = 1200
"""How far before a marker its caption may begin, in code points."""

Rule = Callable[["Before"], int]


@dataclass(frozen=True)
class Before:
    """The sentences between the last cut and a marker, on the marker's own line, the nearest first."""

    texts: tuple[str, ...]
    whole_line: bool
    """Whether they are all that stands on a line of its own."""
    labels: tuple[str, ...]
    cues: frozenset[str]


def line_of_its_own(before: Before) -> int:
    """One sentence that has a line to itself, up to the marker, behind other lines."""
    return 1 if before.whole_line and len(before.texts) == 1 and len(before.texts[0]) < 300 else 0


def labelled(before: Before) -> int:
    """A label and the scene before it: `Министр энергетики. Архивное фото. Фото: …`."""
    if (
        len(before.texts) > 1
        and is_label(before.texts[0], before.labels)
        and (is_scene(before.texts[1]) or is_now(before.texts[1], before.cues))
    ):
        return 2
    return 0


def scene(before: Before) -> int:
    """A sentence without a predicate: `Совещание кабмина 6 января. Фото: …`."""
    return 1 if is_scene(before.texts[0]) else 0


def scene_told_on(before: Before) -> int:
    """A scene, and a sentence that takes it up by a pronoun: `Митинг активистов. Они выступили против … Фото: …`."""
    return 2 if len(before.texts) > 1 and takes_up(before.texts[0]) and is_scene(before.texts[1]) else 0


def happening_now(before: Before) -> int:
    """News tell in the past, captions in the present: `Жители возвращаются в село. Фото: …`."""
    return 1 if is_now(before.texts[0], before.cues) else 0


CAPTION_RULES: tuple[tuple[Rule, float], ...] = (
    (line_of_its_own, 0.95),
    (labelled, 0.9),
    (scene, 0.9),
    (scene_told_on, 0.85),
    (happening_now, 0.75),
)
"""In the order they are asked, each with how sure it is: a rank that was set by judgement, not measured."""


def _caption(text: str, floor: int, marker: int, terms: PhotoTerms) -> tuple[Span | None, str, float]:
    """The caption before a marker, the rule that found it, and how sure it is."""
    window = max(floor, marker - _LOOK_BACK)
    line_start = text.rfind("\n", window, marker) + 1
    start, cut = line_start or window, not line_start and window > floor
    spans = sentences(text, start, marker)
    if not spans:
        return None, "no caption before the marker", 0.9
    if not _closed(text[slice(*spans[-1])]):
        return None, "the words before the marker end no sentence", 0.5
    spans = spans[1:] if cut else spans  # the first one may have begun before the window
    before = Before(
        texts=tuple(text[slice(*span)] for span in reversed(spans)),
        whole_line=start > 0 and text[start - 1] == "\n",
        labels=tuple(label for label, _ in terms.labels),
        cues=terms.cues,
    )
    for rule, sure in CAPTION_RULES if spans else ():
        if count := rule(before):
            return Span(spans[-count].start, spans[-1].end), rule.__name__, sure
    return None, "the caption's beginning cannot be told", 0.5


def _closed(sentence: str) -> bool:
    return sentence[-1] in ".!?…»"


def is_label(sentence: str, labels: tuple[str, ...]) -> bool:
    return sentence.rstrip(".").lower() in labels


def is_scene(sentence: str) -> bool:
    """Whether a sentence has no predicate outside quotations, and no dash that stands for one."""
    bare = _RELATIVE.sub(" ", _QUOTED.sub(" ", sentence))
    return (
        not _DASH.search(bare)
        and _has_words(bare)
        and not any(reading.tags & PREDICATES for reading in _readings(bare))
    )


def is_now(sentence: str, cues: frozenset[str] = frozenset()) -> bool:
    """Whether all its predicates are in the present tense, and it denies nothing and quotes nobody."""
    if _NOT.search(sentence) or _DASH.search(sentence) or "«" in sentence or len(sentence) > 160:
        return False
    predicates = [reading for reading in _readings(sentence) if reading.tags & PREDICATES]
    return bool(predicates) and all(
        {"pres", "3per"} <= reading.tags and reading.lemma not in cues for reading in predicates
    )


_TAKES_UP = re.compile(r"(?:Он|Она|Оно|Они|Здесь|Сюда|Там|Туда|Это|Эти|Этот|Эта|На фото|Слева|Справа|В центре)\b")


def takes_up(sentence: str) -> bool:
    return bool(_TAKES_UP.match(sentence))


_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”")
_RELATIVE = re.compile(r",(?:\s\w+)?\sкотор[а-я]+\s[^,.]*,?")
"""`Пассажиры, которых не выпускали из аэропорта.` is a scene: the predicate is the relative clause's."""
_NOT = re.compile(r"\b[Нн]е\b")
_DASH = re.compile(r"\s[—–-]\s")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def _has_words(text: str) -> bool:
    return bool(_WORD.search(text))


def _readings(text: str) -> Iterator[Parse]:
    """The likeliest reading of each word; a capitalised word inside a sentence is a name, whatever it looks like."""
    for number, match in enumerate(_WORD.finditer(text)):
        word = match.group()
        if number and word[0].isupper():
            continue
        yield parses(word)[0]
