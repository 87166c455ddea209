"""Photo blocks in flattened text: caption, marker and credit, that run into the body without a separator.

Three steps, each explained by the name of the rule that decided: a *marker* announces the credit (`markers` of
`registry/photo.yml`), the credit's *shape* says where it ends (`views.credits`), and rules on the sentences before the
marker say where the caption begins (`views.captions`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kg_news.records import Span
from kg_news.registry import Registry
from kg_news.views.caption_terms import CaptionTerms, is_label
from kg_news.views.captions import Found, captions_alone, find_caption, find_caption_after, find_line_below
from kg_news.views.credit_cases import cases, name_forms
from kg_news.views.credit_terms import LEGAL_FORMS, CreditTerms, is_body
from kg_news.views.credited import credited, is_genitive_person
from kg_news.views.credits import Credit, name_table, read_credit
from kg_news.views.morph import known, lemmas, parses
from kg_news.views.photo_markers import Marker, Markers


@dataclass(frozen=True)
class PhotoBlock:
    """A photo block; all spans are of the raw text."""

    span: Span
    marker: Span | None
    """None for a photo that has only a caption, or that the raw format alone marks."""
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

    markers: Markers
    heads: tuple[tuple[re.Pattern[str], str], ...]
    head: re.Pattern[str]
    """Any of the heads, to look for all of them at once."""
    opener: re.Pattern[str]
    footer: re.Pattern[str]
    caption: CaptionTerms
    credit: CreditTerms


def photo_terms(registry: Registry) -> PhotoTerms:
    """Compile the registry's words once."""
    data, russian = registry.photo, registry.languages["ru"]
    table, longest = name_table(_names(registry))
    given = frozenset(data.get("given_names", ()))
    return PhotoTerms(
        markers=Markers(data["markers"]),
        heads=tuple(
            (re.compile(rf"(?<!\w){re.escape(item['form'])}", re.IGNORECASE), item["kind"]) for item in data["heads"]
        ),
        head=re.compile(rf"(?<!\w)(?:{_any(item['form'] for item in data['heads'])})", re.IGNORECASE),
        opener=re.compile(rf"\s*(?:{_any(item['form'] for item in data['openers'])})(?![^\WА-ЯЁӨҮҢӘҒҚҰҺІ])"),
        footer=re.compile(_any(_forms(data, "footers")) or r"(?!)"),
        caption=CaptionTerms(
            labels=tuple((item["form"].lower(), item["kind"]) for item in data["labels"]),
            cues=russian.cues,
            states=frozenset(_forms(data, "states")),
            shown=frozenset(_forms(data, "shown")),
            narrative=re.compile(_any(_forms(data, "narrative")) or r"(?!)"),
            pointers=re.compile(rf"(?:{_any(_forms(data, 'pointers')) or '(?!)'})(?: \([^()\n]{{1,40}}\))?:(?=\s)"),
        ),
        credit=CreditTerms(
            names=table,
            longest=longest,
            closers=frozenset(_forms(data, "closers")),
            bodies=frozenset(_forms(data, "bodies")) | russian.public_bodies,
            carriers=frozenset(_forms(data, "carriers")),
            outlet_words=frozenset(_forms(data, "outlet_words")),
            platforms=frozenset(item["form"].lower() for item in data["heads"] if item["kind"] == "social"),
            apposed=frozenset(_forms(data, "apposed")),
            begins=frozenset(_forms(data, "begins")),
            given=given,
            places=name_forms(_cities(registry)),
            bent={form: of for form, of in name_forms(given).items() if form not in given},
            boundary={item["fact"]: item["weight"] for item in data.get("boundary", ())},
        ),
    )


def _forms(data: Mapping[str, Any], name: str) -> list[str]:
    return [item["form"] for item in data.get(name, ())]


def _names(registry: Registry) -> list[str]:
    """The names that credits have of agencies and outlets."""
    names = list(registry.photo["agencies"])
    for outlet in registry.outlets.values():
        names += [*outlet.names.values(), *outlet.aliases]
    return names


def _cities(registry: Registry) -> set[str]:
    """Cities of datelines and of the states in the registry."""
    states = (actor.places.get("ru", ()) for actor in registry.actors.values())
    return {city for cities in (registry.languages["ru"].places, *states) for city in cities if city[0].isupper()}


def _any(forms: Iterable[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))


def photo_blocks(text: str, start: int, terms: PhotoTerms) -> tuple[PhotoBlock, ...]:
    """All blocks of `text` from `start` (behind the header) on, in order and disjoint."""
    blocks: list[PhotoBlock] = []
    done = start
    for marker, limit in _with_next(terms.markers.find(text, start), len(text)):
        span = marker.span
        if span.start < done or not _may_announce(text, start, marker):
            continue
        if marker.form == "sign" and blocks and span.start == done:
            continue  # «Турар Примеров© Акимат отчитался»
        credit = read_credit(text, span.end, terms.credit, limit)
        if credit is None:
            if marker.form == "colon" and not text[span.end : span.end + 200].strip():
                blocks.append(_cut_off(text, Span(done, start), marker, terms))
                done = span.end
        elif _announces(text, marker, credit, terms) and not _is_label_before(text, marker, credit, terms):
            style = bool(blocks) and _caption_before(blocks[-1])
            blocks.append(_block(text, Span(done, start), marker, credit, terms, captions_before=style))
            done = blocks[-1].span.end
    return tuple(_with_captions_alone(text, start, blocks, terms))


def _with_next(markers: Iterable[Marker], end: int) -> Iterator[tuple[Marker, int]]:
    """Each marker, and where the next one with a colon begins, which no credit reaches over: `МЧС КРФото: …`."""
    queue: list[Marker] = []
    for marker in markers:
        queue.append(marker)
        if marker.form == "colon":
            yield from ((waiting, marker.span.start) for waiting in queue[:-1])
            del queue[:-1]
    yield from ((waiting, end) for waiting in queue)


def _caption_before(block: PhotoBlock) -> bool:
    return bool(block.caption and block.marker and block.caption.start < block.marker.start)


def _is_label_before(text: str, marker: Marker, credit: Credit, terms: PhotoTerms) -> bool:
    """`Фото из архива. Фото: …`: a label of the next photo, and no credit of its own."""
    if marker.form != "bare" or not is_label(text[marker.span.start : credit.span.end], terms.caption.labels):
        return False
    behind = next(terms.markers.find(text, credit.span.end, min(len(text), credit.span.end + 30)), None)
    return behind is not None and not text[credit.span.end : behind.span.start].strip(" .")


def _announces(text: str, marker: Marker, credit: Credit, terms: PhotoTerms) -> bool:
    """Whether the marker announces a credit here, and is no ordinary word, label or footer."""
    if marker.form == "sign":
        return not _is_footer(text, marker.span, credit, terms)
    if marker.form == "colon":
        return not (_is_figure_reference(text, marker.span) or _is_title(credit) or _runs_on(credit, terms))
    return _is_bare_credit(text, marker.span, credit, terms)


def _may_announce(text: str, start: int, marker: Marker) -> bool:
    """What can be told before the credit is read: a marker without a colon begins a sentence, or stands in brackets."""
    return marker.form != "bare" or marker.bracket or _begins_sentence(text, marker.span.start, start)


def _is_figure_reference(text: str, marker: Span) -> bool:
    """`На фото: …` tells what a picture shows; it credits nobody."""
    before = text[max(0, marker.start - 4) : marker.start].split()
    return bool(before) and before[-1].lower() in {"на", "с", "о", "и", "в"}


def _is_title(credit: Credit) -> bool:
    """`ФОТО: Ысык-Көлдө суу тартылды`: one word that nobody has for a name, and small letters behind it; `Снимок: УЗИ
    показало двойню`.
    """
    if len(credit.parties) > 1:
        return False
    first = credit.parties[0]
    acts = first.shape == "body" and first.text.isalpha() and first.text.isupper() and credit.follows == "verb"
    return acts or (first.shape == "one word" and credit.follows in {"lower", "verb"})


def _runs_on(credit: Credit, terms: PhotoTerms) -> bool:
    """`Обложка: журнал вышел в новом виде`, `Фото: закат над Бишкеком`: small letters that head no body, and go on
    behind the shape, or say where something is.
    """
    first = credit.parties[0]
    if first.shape != "body" or first.text[0].isupper():
        return False
    words = first.text.split()
    if words[0] in _NOWHERE and not terms.opener.match(first.text):
        return True  # «Фото: в нашем Telegram-канале»
    headed = is_body(words[0], terms.credit) or terms.opener.match(first.text) or terms.head.search(first.text)
    if not headed and not any(is_body(word, terms.credit) for word in words) and _WHERE & set(words):
        return True
    if not headed and first.text.islower() and not (known(words[0]) and _takes_pictures(words, terms)):
        return True  # «Сурет: аптасына екі сағат», «Рисунок: закат»: such a body would have its head last
    return credit.follows == "verb" or (credit.follows == "lower" and not headed)


def _takes_pictures(words: list[str], terms: PhotoTerms) -> bool:
    """Whether small letters alone can say who took a picture, or where it is from: `очевидцы`, `ревизионная комиссия`,
    `камера наблюдения`.
    """
    carried = any("anim" in parses(word)[0].tags or lemmas(word) & terms.credit.carriers for word in words)
    return carried or any(is_body(word, terms.credit) for word in words)


_NOWHERE = {"в", "во", "на", "о", "об", "по", "под", "над", "у", "к", "как"}
"""Small words that begin what a picture shows, or where it is."""
_WHERE = {"в", "во", "на", "над", "под", "у", "до", "после", "перед"}


def _is_footer(text: str, marker: Span, credit: Credit, terms: PhotoTerms) -> bool:
    """`© 2022 «Зорька». Все права защищены`: a site's own copyright, no photo's."""
    around = text[max(0, marker.start - 40) : credit.span.end + 80].lower()
    words = text[slice(*credit.span)]
    company = words.split()[0] in LEGAL_FORMS
    year = words[:1].isdigit() and not re.match(r"\d+\.\w", words)
    dated = year or _YEAR_LAST.search(words) or _YEAR_BEHIND.match(text, credit.span.end)
    return bool(dated or company or terms.footer.search(around))


_YEAR_LAST = re.compile(r", (?:19|20)\d\d(?: \w+\.?)?$")
_YEAR_BEHIND = re.compile(r"[,.]?\s*(?:19|20)\d\d\b(?! год)")


def _begins_sentence(text: str, at: int, start: int) -> bool:
    before = text[max(start, at - 3) : at]
    bare = before.rstrip(" \t\u00a0")
    return not bare or bare[-1] in ".!?…»)\n©" or bool(_TITLE_ENDS.search(text, max(start, at - 30), at))


_TITLE_ENDS = re.compile(r"(?<![^\W\d_])(?:[А-ЯЁӨҮҢӘҒҚҰҺІ]?[а-яёөүңіәғқұһ]{3,}|\d+) \Z")
"""A word that is no abbreviation, or a number, before a marker with a capital: a title or a caption without a stop."""


def _is_bare_credit(text: str, marker: Span, credit: Credit, terms: PhotoTerms) -> bool:
    """Whether what follows a marker without a colon can only be a credit: it does not run on in small letters, and is
    an opener (`из архива …`), a known name, an address, a body, an abbreviation, or a person in the genitive.
    """
    first = credit.parties[0]
    words = first.text.split()
    given_to = words[0].startswith("предоставлен") and len(words) > 1 and _is_given_to(words[1])
    about = words[0] in _PEOPLE and words[1:2] and words[1] in _NOWHERE  # «Фото автора на обложке крупнее названия»
    runs_on = credit.follows in {"lower", "verb"} or text[credit.span.end : credit.span.end + 1] == ","
    if runs_on or given_to or about or first.text == "с места":
        return False  # «Фото предоставлено суду»: to whom, not by whom; «Фото с места ДТП попали в сеть»
    page = first.shape == "body" and words[0] in {"с", "со", "из"} and is_body(" ".join(words[1:2]), terms.credit)
    if page or terms.opener.match(text, marker.end):
        return True
    if not _FOR_PHOTOS.match(text, marker.start):
        return False
    if first.shape == "body":
        return words[0].isupper() or is_body(words[0], terms.credit)
    if first.role == "creator" and first.shape != "latin run":
        return first.shape != "one word" and is_genitive_person(first.text)
    person = first.shape == "latin run" and first.role == "creator" and len(credit.parties) == 1
    return not person and first.shape in {"latin run", "registered", "quoted", "address", "head last"}


def _is_given_to(word: str) -> bool:
    """`предоставлено полиции`: who gave it would stand in the instrumental."""
    found = cases(word)
    return word.islower() and known(word) and "datv" in found and "ablt" not in found


_PEOPLE = {"автора", "редакции", "читателя", "читателей", "очевидца", "очевидцев", "героя", "героини"}
_FOR_PHOTOS = re.compile(r"(?:[Фф]ото|[Сс]үрөт|[Сс]урет|Архивное|Иллюстративное|Foto|Коллаж|Инфографика)")
"""Markers behind which any credit may stand; a screenshot or a frame is of something: `Скриншот переписки`."""


def _cut_off(text: str, bounds: Span, marker: Marker, terms: PhotoTerms) -> PhotoBlock:
    """A marker that ends the text: the credit was cut off."""
    found = find_caption(text, bounds.start, marker.span.start, terms.caption, opening=bounds.end)
    return PhotoBlock(
        span=Span(found.span.start if found.span else marker.span.start, marker.span.end),
        marker=marker.span,
        credit=None,
        caption=found.span,
        creators=(),
        agencies=(),
        kind=marker.kind or "unknown",
        confidence=round(found.sure * 0.6, 2),
        rule=f"cut off; {found.rule}",
    )


def _block(
    text: str, bounds: Span, announced: Marker, credit: Credit, terms: PhotoTerms, *, captions_before: bool
) -> PhotoBlock:
    """`bounds`: where the last block ended, and where the article begins."""
    marker = announced.span
    found = find_caption(
        text, bounds.start, marker.start, terms.caption, opening=bounds.end, captions_before=captions_before
    )
    found = _alternative_text(text, bounds.start, marker, credit) or found
    if announced.whole:
        found = Found(None, "the photos of the whole article", 0.9)
    start, end = _with_brackets(text, bounds.start, marker.start, credit.span.end)
    stop = text[end : end + 1] == "." and text[end : end + 3] != "..."
    end += stop
    if found.span is None:
        found = _behind(text, announced, end, terms, stop=stop) or found
    caption = found.span
    words = text[slice(*credit.span)]
    creators, agencies = credited(credit, terms.credit, genitive=announced.form == "bare")
    return PhotoBlock(
        span=Span(min(caption.start, start) if caption else start, max(caption.end, end) if caption else end),
        marker=marker,
        credit=credit.span,
        caption=caption,
        creators=creators,
        agencies=agencies,
        kind=announced.kind or kind_of(words, text[slice(*caption)] if caption else "", credit, terms),
        confidence=round(found.sure * (1.0 if credit.certain else 0.6), 2),
        rule="; ".join([*(party.shape for party in credit.parties), found.rule]),
    )


def _behind(text: str, announced: Marker, end: int, terms: PhotoTerms, *, stop: bool) -> Found | None:
    """The caption behind a credit that a stop closes, or the sign of an agency announces."""
    own_line = not text[max(0, announced.span.start - 1) : announced.span.start].strip("\n")
    if stop:
        before_marker = _marker_behind(text, end, terms)
        return find_caption_after(text, end, terms.caption, own_line=own_line, before_marker=before_marker)
    return find_line_below(text, end, terms.caption) if announced.form == "sign" else None


def _with_brackets(text: str, floor: int, start: int, end: int) -> tuple[int, int]:
    """The block with the bracket that it stands in, `(Фото: …)`, or the slash before it."""
    opened = start
    while opened > floor and text[opened - 1] == " ":
        opened -= 1
    if opened == floor or text[opened - 1] not in "(/|":
        return start, end
    return opened - 1, end + (text[opened - 1] == "(" and text[end : end + 1] == ")")


def _alternative_text(text: str, floor: int, marker: Span, credit: Credit) -> Found | None:
    """The line above, where it says what the credit says: a picture's alternative text, printed before it."""
    words = text[slice(*credit.span)]
    start = marker.start - 1 - len(words)
    if start >= floor and text[start : marker.start] == f"{words}\n" and (start == 0 or text[start - 1] == "\n"):
        return Found(Span(start, marker.start - 1), "the credit above itself", 0.6)
    return None


def _marker_behind(text: str, end: int, terms: PhotoTerms) -> bool:
    """Whether another marker follows within a sentence or two."""
    behind = next(terms.markers.find(text, end, min(len(text), end + 300)), None)
    return behind is not None and "\n" not in text[end : behind.span.start]


def _with_captions_alone(text: str, start: int, blocks: list[PhotoBlock], terms: PhotoTerms) -> Iterable[PhotoBlock]:
    """The blocks, and between them the photos that have only a caption."""
    whole: list[PhotoBlock] = []
    queue = iter(blocks)
    block = next(queue, None)
    done = start
    for found in captions_alone(text, start, terms.caption, {block.span.end for block in blocks}):
        span = found.span
        if span is None:
            continue
        while block is not None and block.span.start < span.end:
            done = max(done, block.span.end)
            whole.append(block)
            block = next(queue, None)
        if span.start < done:
            continue
        done = span.end
        last = whole[-1] if whole else None
        if last and not last.caption and last.credit and not text[last.span.end : span.start].strip():
            kind = _alone(text, span, found, terms).kind if last.kind in {"agency", "unknown"} else last.kind
            block_span = Span(last.span.start, span.end)
            whole[-1] = replace(last, span=block_span, caption=span, kind=kind, rule=f"{last.rule}; {found.rule}")
        else:
            whole.append(_alone(text, span, found, terms))
    return [*whole, *([block] if block else []), *queue]


def _alone(text: str, span: Span, found: Found, terms: PhotoTerms) -> PhotoBlock:
    words = text[slice(*span)]
    if found.rule != "label":
        return PhotoBlock(span, None, None, span, (), (), "unknown", found.sure, found.rule)
    bare = words.rstrip(".")
    label, kind = next((label, kind) for label, kind in terms.caption.labels if bare.lower().endswith(label))
    end = span.start + len(bare)
    marker = Span(end - len(label), end)
    return PhotoBlock(span, marker, None, span, (), (), kind, found.sure, found.rule)


def kind_of(words: str, caption: str, credit: Credit | None, terms: PhotoTerms) -> str:
    """The kind that a word of the credit or a label in the caption names; else by who is credited."""
    if terms.head.search(words):
        return next(kind for pattern, kind in terms.heads if pattern.search(words))
    for label, kind in terms.caption.labels:
        if label in caption.lower():
            return kind
    parties = credit.parties if credit else ()
    shapes = {party.shape for party in parties}
    creator = any(party.role == "creator" for party in parties)
    if "address" in shapes and not creator:
        return "web"
    if shapes & {"body", "head last"} and not creator:
        outlet = lemmas(parties[0].text.split()[0]) & terms.credit.apposed
        return "agency" if outlet else "press_service"
    return "agency" if any(party.role == "agency" for party in parties) else "unknown"
