"""Doubtful records to Label Studio and its answers back: as corrections, and as agreement between coders.

Coders see the article with its photo blocks in place. They mark captions, credits and quotes, and may write date and
title and choose the language. Actors are not theirs: who they are is knowledge of the registry, not of one article.
Source of the forms: Label Studio's documentation, "Label Studio JSON format of annotated tasks".
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg_news.errors import InputError
from kg_news.preview import pieces
from kg_news.records import Issue, Record
from kg_news.schema import explain_part, load_schema, part_at

SURE = 0.8
"""Photo blocks of less confidence are shown to coders."""

SPANS = {"caption": "Caption", "credit": "Credit", "quote": "Quote"}
"""Labels, by what they are in a record."""

LINES = ("date", "title")
"""Fields that coders write."""


@dataclass(frozen=True)
class Answer:
    """What one coder said of one article."""

    article: str
    text: str
    """The text that the coder saw."""
    coder: str
    date: str
    """The day, YYYY-MM-DD."""
    spans: tuple[tuple[int, int, str], ...]
    """Start, end and label, in the text that the coder saw."""
    values: Mapping[str, str]
    """What was written or chosen, by field: empty for a value that the coder took away."""


def doubts(record: Record, sure: float = SURE) -> list[str]:
    """Why somebody should look at a record; empty where nothing in it is doubtful."""
    photos, quotes = record["photo_credits"], record["quotes"]
    found = [
        f"photo {photo['order'] + 1}: confidence {photo['confidence']:g}"
        for photo in photos
        if photo["confidence"] < sure
    ]
    found += [
        f"quote {number}: speaker not known" for number, quote in enumerate(quotes, 1) if quote["speaker"] is None
    ]
    if record["date"] is None:
        found.append("no date")
    if record["language"] == "und":
        found.append("language not known")
    return found


def certainty(record: Record) -> float:
    """The least confidence of a photo block, 1 without one: the less, the sooner a coder should see it."""
    return min((float(photo["confidence"]) for photo in record["photo_credits"]), default=1.0)


def tasks(records: Iterable[Record], sure: float = SURE, *, every: bool = False) -> list[dict[str, Any]]:
    """Doubtful records (or all) as tasks of Label Studio, the most doubtful first, today's values as predictions."""
    chosen = [(record, doubts(record, sure)) for record in records]
    chosen = [pair for pair in chosen if every or pair[1]]
    chosen.sort(key=lambda pair: (certainty(pair[0]), pair[0]["id"]))
    return [_task(record, reasons) for record, reasons in chosen]


def _task(record: Record, reasons: list[str]) -> dict[str, Any]:
    text, spans = shown(record)
    result = [
        {
            "id": f"s{number}",
            "from_name": "span",
            "to_name": "text",
            "type": "labels",
            "value": {"start": start, "end": end, "text": text[start:end], "labels": [label]},
        }
        for number, (start, end, label) in enumerate(spans)
    ]
    for field in LINES:
        if record[field] is not None:
            value: dict[str, Any] = {"text": [record[field]]}
            result.append({"id": field, "from_name": field, "to_name": "text", "type": "textarea", "value": value})
    choice = {"choices": [record["language"]]}
    result.append({"id": "language", "from_name": "language", "to_name": "text", "type": "choices", "value": choice})
    data = {"id": record["id"], "text": text, "doubts": "; ".join(reasons), "sha256": _digest(text)}
    version = f"kg-news {record['provenance']['normalizer_version']}"
    prediction = {"model_version": version, "score": certainty(record), "result": result}
    return {"data": data, "predictions": [prediction]}


def shown(record: Record) -> tuple[str, list[tuple[int, int, str]]]:
    """The text as coders see it, photo blocks in lines of their own, and what is marked in it."""
    out: list[str] = []
    spans: list[tuple[int, int, str]] = []
    length, photo = 0, None
    open_quote: tuple[int, int] | None = None
    for piece in pieces(record):
        if piece.photo != photo and out:
            out.append("\n")
            length += 1
        photo = piece.photo
        start, length = length, length + len(piece.text)
        out.append(piece.text)
        if piece.part in SPANS:
            spans.append((start, length, SPANS[piece.part]))
        if piece.quote is not None:  # a mention in a quote, or a photo block, cuts it into pieces
            begin = open_quote[1] if open_quote and open_quote[0] == piece.quote else start
            open_quote = (piece.quote, begin)
            spans = [span for span in spans if span[2] != SPANS["quote"] or span[0] != begin]
            spans.append((begin, length, SPANS["quote"]))
    return "".join(out), sorted(spans)


def labeling_config() -> str:
    """The labelling interface, to be pasted into a project of Label Studio."""
    labels = "".join(f'<Label value="{label}"/>' for label in SPANS.values())
    lines = "".join(
        f'<Header size="5" value="{name.capitalize()}"/><TextArea name="{name}" toName="text" maxSubmissions="1"/>'
        for name in LINES
    )
    known = part_at(load_schema("article"), "/language") or {}
    choices = "".join(f'<Choice value="{html.escape(tag)}"/>' for tag in known["enum"])
    return (
        f'<View><Header size="4" value="$id"/><Text name="doubts" value="$doubts"/>'
        f'<Labels name="span" toName="text">{labels}</Labels>'
        f'<Text name="text" value="$text" granularity="character"/>{lines}'
        f'<Header size="5" value="Language"/>'
        f'<Choices name="language" toName="text" choice="single-radio">{choices}</Choices></View>\n'
    )


def answers(content: bytes, name: str) -> list[Answer]:
    """The annotations of an export of Label Studio (JSON); cancelled and empty ones are left out.

    InputError, with the JSON pointer of every problem, where it is none.
    """
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        message = f"the file is not JSON: {getattr(error, 'msg', 'nested too deep or not UTF-8')}"
        raise InputError([Issue("json-invalid", message, "export it anew: Export, JSON", name)]) from None
    issues = _explain(data, name)
    if issues:
        raise InputError(issues)
    return [
        _answer(task["data"], annotation)
        for task in data
        for annotation in task.get("annotations", [])
        if not annotation.get("was_cancelled")
    ]


_FORM: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["data", "annotations"],
        "properties": {
            "data": {
                "type": "object",
                "required": ["id", "text", "sha256"],
                "properties": {name: {"type": "string"} for name in ("id", "text", "sha256")},
            },
            "annotations": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["result", "completed_by", "created_at"],
                    "properties": {
                        "completed_by": {"type": ["integer", "string", "object"]},
                        "created_at": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}"},
                        "result": {"type": "array", "items": {"type": "object", "required": ["type"]}},
                    },
                },
            },
        },
    },
}
"""What is needed of an export; it may hold more."""

_VALUES: dict[str, dict[str, Any]] = {
    "labels": {
        "type": "object",
        "required": ["start", "end", "labels"],
        "properties": {
            "start": {"type": "integer", "minimum": 0},
            "end": {"type": "integer", "minimum": 1},
            "labels": {"type": "array", "minItems": 1, "items": {"type": "string", "enum": list(SPANS.values())}},
        },
    },
    "textarea": {
        "type": "object",
        "required": ["text"],
        "properties": {"text": {"type": "array", "items": {"type": "string"}}},
    },
    "choices": {
        "type": "object",
        "required": ["choices"],
        "properties": {"choices": {"type": "array", "minItems": 1, "items": {"type": "string"}}},
    },
}


def _explain(data: Any, name: str) -> list[Issue]:
    found = [Issue(i.code, i.message, i.way_out, name, pointer=i.pointer) for i in explain_part(data, _FORM)]
    if found:
        return found
    for number, task in enumerate(data):
        where = f"/{number}"
        if _digest(task["data"]["text"]) != task["data"]["sha256"]:
            message, way_out = "the text is not the one that was exported", "export the records and review them again"
            found.append(Issue("review-text-changed", message, way_out, name, pointer=f"{where}/data/text"))
        for place, annotation in enumerate(task["annotations"]):
            for index, item in enumerate(annotation["result"]):
                at = f"{where}/annotations/{place}/result/{index}/value"
                form = _VALUES.get(str(item["type"]), {})
                issues = explain_part(item.get("value"), form)
                found += [Issue(i.code, i.message, i.way_out, name, pointer=f"{at}{i.pointer}") for i in issues]
    return found


def _answer(data: Mapping[str, Any], annotation: Mapping[str, Any]) -> Answer:
    spans, values = set(), {}
    for item in annotation["result"]:
        value = item.get("value", {})
        if item["type"] == "labels":
            spans.add((*_span(data["text"], value), value["labels"][0]))
        elif item["type"] == "textarea" and item.get("from_name") in LINES:
            values[str(item["from_name"])] = "".join(value["text"]).strip()
        elif item["type"] == "choices" and item.get("from_name") == "language":
            values["language"] = value["choices"][0]
    coder = annotation["completed_by"]
    if isinstance(coder, Mapping):
        coder = coder.get("email") or coder.get("id")
    day = annotation["created_at"][:10]
    return Answer(data["id"], data["text"], str(coder), day, tuple(sorted(spans)), values)


def _span(text: str, value: Mapping[str, Any]) -> tuple[int, int]:
    """Start and end in code points. A browser counts UTF-16 units; the marked words, which come along, tell which."""
    start, end = value["start"], value["end"]
    words = value.get("text")
    if words is None or text[start:end] == words:
        return start, end
    units = text.encode("utf-16-le")
    before = units[: 2 * start].decode("utf-16-le", "replace")
    return len(before), len(before) + len(units[2 * start : 2 * end].decode("utf-16-le", "replace"))


def differences(record: Record, answer: Answer) -> tuple[dict[str, Any], list[Issue]]:
    """What an answer sets differently, value by field, and what of it no correction can say.

    A caption or credit that reaches out of its photo block would change the text: that is a matter of the rules.
    """
    text, marked = shown(record)
    if text != answer.text:
        message, way_out = "the record's text is another one by now", "export the record and review it again"
        return {}, [Issue("review-text-changed", message, way_out, answer.article)]
    before, _ = _said(record, marked, answer.article)
    after, issues = _said(record, answer.spans, answer.article)
    changed = {field: value for field, value in after.items() if value != before.get(field)}
    lines = {field: value or None for field, value in answer.values.items() if (value or None) != record[field]}
    return {f"/{field}": value for field, value in lines.items()} | changed, issues


def _said(record: Record, spans: Iterable[tuple[int, int, str]], article: str) -> tuple[dict[str, Any], list[Issue]]:
    """What marks say, value by field, and which of them say nothing that can be."""
    text, _ = shown(record)
    blocks, offsets = _frame(record)
    found: dict[str, Any] = {}
    issues: list[Issue] = []
    left = set(spans)
    for number, (start, end) in enumerate(blocks):
        for name in ("caption", "credit"):
            inside = [s for s in sorted(left) if s[2] == SPANS[name] and start <= s[0] and s[1] <= end]
            left -= set(inside)
            if len(inside) > 1:
                message = f"photo {number + 1} has {len(inside)} marks {SPANS[name]!r}"
                issues.append(Issue("review-span-wrong", message, "leave one of them", article))
            else:
                found[f"/photo_credits/{number}/{name}"] = text[slice(*inside[0][:2])] if inside else None
    for start, end, label in sorted(left):
        if label != SPANS["quote"]:
            message = f"{label} {text[start:end]!r} does not lie in one photo block"
            way_out = "the block is cut wrong: report it, or mend the rules of photo blocks"
            issues.append(Issue("review-span-wrong", message, way_out, article))
    quotes = [_quote(record, offsets, start, end) for start, end, label in sorted(left) if label == SPANS["quote"]]
    found["/quotes"] = [quote for quote in quotes if quote["text"]]
    return found, issues


def _frame(record: Record) -> tuple[list[tuple[int, int]], list[int | None]]:
    """Where each photo block lies in the text as shown, and the offset in `text` of each of its other characters."""
    blocks: dict[int, tuple[int, int]] = {}
    offsets: list[int | None] = []
    photo, place = None, 0
    for piece in pieces(record):
        if piece.photo != photo and offsets:
            offsets.append(None)
        photo = piece.photo
        if piece.photo is None:
            offsets += range(place, place + len(piece.text))
            place += len(piece.text)
        else:
            begin = blocks.get(piece.photo, (len(offsets), 0))[0]
            offsets += [None] * len(piece.text)
            blocks[piece.photo] = (begin, len(offsets))
    return [blocks[number] for number in sorted(blocks)], offsets


def _quote(record: Record, offsets: list[int | None], start: int, end: int) -> dict[str, Any]:
    """A marked quote in the record's offsets; kind, speaker and cue stay those of the quote that was there."""
    inside = [offset for offset in offsets[start:end] if offset is not None]
    first, last = (inside[0], inside[-1] + 1) if inside else (0, 0)
    old = next((quote for quote in record["quotes"] if quote["start"] < last and first < quote["end"]), None)
    return {
        "text": record["text"][first:last],
        "start": first,
        "end": last,
        "kind": old["kind"] if old else "direct",
        "speaker": old["speaker"] if old else None,
        "cue": old["cue"] if old else None,
    }


def coding(given: Iterable[Answer], records: Mapping[str, Record]) -> dict[tuple[str, Hashable], Hashable]:
    """What one coder said, value by field and unit, as agreement is counted.

    A unit of date, title and language is an article; of caption and credit a photo; of quote a word of the text, marked
    or not: long quotes count for more, and half a quote for half.
    """
    made: dict[tuple[str, Hashable], Hashable] = {}
    for answer in given:
        record = records.get(answer.article)
        if record is None or shown(record)[0] != answer.text:
            continue
        for field in (*LINES, "language"):
            made[field, answer.article] = answer.values.get(field) or None
        for number, (start, end) in enumerate(_frame(record)[0]):
            for name in ("caption", "credit"):
                label = SPANS[name]
                inside = [span[:2] for span in answer.spans if span[2] == label and start <= span[0] and span[1] <= end]
                made[name, (answer.article, number)] = tuple(inside)
        quotes = [span for span in answer.spans if span[2] == SPANS["quote"]]
        for word in re.finditer(r"\S+", answer.text):
            marked = any(start < word.end() and word.start() < end for start, end, _ in quotes)
            made["quote", (answer.article, word.start())] = marked
    return made


def by_coder(given: Iterable[Answer]) -> Iterator[tuple[str, list[Answer]]]:
    """Answers by coder; of two of one coder on one article the later counts."""
    coders: dict[str, dict[str, Answer]] = {}
    for answer in sorted(given, key=lambda answer: answer.date):
        coders.setdefault(answer.coder, {})[answer.article] = answer
    for coder in sorted(coders):
        yield coder, list(coders[coder].values())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
