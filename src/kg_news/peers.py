"""Others' programs on the same articles in the same run: natasha's chain and trafilatura beside ours.

What is compared is processor time in one thread, the models loaded and one article read before the clock starts.
Neither does quite the same work: natasha's chain gives names, types and normal forms but no offices, links or
quotations; trafilatura gives the text of a page but neither photos nor credits.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from kg_news.corpus import texts, without_header
from kg_news.errors import InputError
from kg_news.page_speed import invented_pages, page_speed
from kg_news.read.streams import unpacked
from kg_news.records import Issue

ARTICLES = 100
"""Invented articles that are compared on, where none are given."""

OURS = """
import json, sys, time
from kg_news.errors import InputError
from kg_news.inputs import read_input
from kg_news.normalize import normalize
from kg_news.quick import settled
from kg_news.registry import load_registry

registry = load_registry()
first, *raws = read_input(sys.argv[1], sys.stdin.buffer, format="jsonl")
normalize(first, registry)
settled()
start = time.process_time()
for raw in raws:
    try:
        normalize(raw, registry)
    except InputError:
        pass
seconds = time.process_time() - start
print(json.dumps({"seconds": seconds}))
"""

NATASHA = """
import json, sys, time, warnings
warnings.filterwarnings("ignore")
from natasha import (
    Doc, MorphVocab, NamesExtractor, NewsEmbedding, NewsMorphTagger, NewsNERTagger, NewsSyntaxParser, Segmenter
)

segmenter, vocabulary, vectors = Segmenter(), MorphVocab(), NewsEmbedding()
steps = NewsMorphTagger(vectors), NewsSyntaxParser(vectors), NewsNERTagger(vectors)
names = NamesExtractor(vocabulary)

def chain(text):
    doc = Doc(text)
    doc.segment(segmenter)
    doc.tag_morph(steps[0])
    doc.parse_syntax(steps[1])
    doc.tag_ner(steps[2])
    for span in doc.spans:
        span.normalize(vocabulary)
        if span.type == "PER":
            span.extract_fact(names)

with open(sys.argv[1], encoding="utf-8") as lines:
    first, *rest = [json.loads(line)["text"] for line in lines]
chain(first)
start = time.process_time()
for text in rest:
    chain(text)
seconds = time.process_time() - start
print(json.dumps({"seconds": seconds}))
"""


class Speed(NamedTuple):
    """How fast one program was."""

    name: str
    """With its version."""
    per_second: float
    """Articles or pages in a second of processor time."""


Line = Mapping[str, str]
"""An article as `id` and `text`."""

T = TypeVar("T")


@dataclass(frozen=True)
class Sample(Generic[T]):
    """What programs are compared on."""

    name: str
    """What figures call it."""
    items: Sequence[T]


def articles(given: Path | None) -> Sample[Line]:
    """The articles of a file of JSON Lines with `text`; without one, invented ones, and one more to be read first.

    The few sentences of invented ones come again and again, which is kind to our chain: it keeps what it knows of a
    word. InputError where the file is of another form, or has less than two texts.
    """
    if given:
        return Sample(given.name, _texts(given))
    lines = [{"id": name, "text": without_header(text)} for name, text in texts(ARTICLES + 1, seed=1)]
    return Sample(f"{ARTICLES} invented articles", lines)


def pages(given: Path | None) -> Sample[bytes]:
    """The pages (`*.html`, `*.html.gz`) in a folder, or in one file; without one, invented ones.

    InputError where there is none, or one cannot be unpacked.
    """
    if given:
        return Sample(given.name, _pages(given))
    return Sample(f"{ARTICLES} invented pages", list(invented_pages(ARTICLES)))


def chains(run: Callable[..., dict[str, Any]], place: Path, lines: Sequence[Line]) -> list[Speed]:
    """Our chain and natasha's on Russian articles; ours alone where natasha cannot be imported.

    run: (code, arguments) -> what the code, in a process of its own, prints last as JSON.
    """
    path = place / "chain.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    done = run(OURS, path)
    found = [Speed("kg-news", (len(lines) - 1) / done["seconds"])]
    try:
        done = run(NATASHA, path)
    except ChildProcessError:
        return found
    return [*found, Speed(f"natasha {metadata.version('natasha')}", (len(lines) - 1) / done["seconds"])]


def readers(pages: Sequence[bytes]) -> list[Speed]:
    """Our page reader and trafilatura's `extract`, each page by turns."""
    done = page_speed(pages)
    return [Speed("kg-news", done.ours), Speed(f"trafilatura {metadata.version('trafilatura')}", done.theirs)]


def _texts(path: Path) -> list[Line]:
    found: list[Line] = []
    way_out = 'name a file with a line {"text": "…"} for each of two articles or more'
    for number, line in enumerate(_read(path).split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            text = json.loads(line)["text"]
        except (ValueError, TypeError, LookupError, RecursionError):
            text = None
        if not isinstance(text, str) or not text.strip():
            message = "the line is not JSON with a `text`"
            raise InputError([Issue("bench-input", message, way_out, str(path), number)])
        found.append({"id": str(number), "text": text})
    if len(found) < 2:  # the first is read before the clock starts
        raise InputError([Issue("bench-input", "it holds less than two texts", way_out, str(path))])
    return found


def _pages(folder: Path) -> list[bytes]:
    paths = sorted(folder.rglob("*.html*")) if folder.is_dir() else [folder]
    if not paths:
        message, way_out = "there are no pages in the folder", "name one with *.html or *.html.gz"
        raise InputError([Issue("bench-input", message, way_out, str(folder))])
    return [_read(path) for path in paths]


def _read(path: Path) -> bytes:
    """A file's content, unpacked."""
    try:
        with path.open("rb") as stream:
            return unpacked(stream, str(path)).read()
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise InputError([Issue("file-unreadable", message, "check the name and the permissions", str(path))]) from None
