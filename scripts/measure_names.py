"""Measure how inflected names of persons come to the nominative: `measure_names.py GOLD.jsonl`, JSON Lines whose
`actors` have a `name` and `mentions`, as `kg-news evaluate` takes them.

Looked at are the mentions in an oblique case: those whose words are words of the gold name with another ending, one at
least. They are told by the gold name alone, not by our readings. `alone`: the mention is all that is known; `oblique`:
also that it is no nominative; `document`: the whole article is read, and the name of the person found in that place is
right where it has these words of the gold name, however many more. `--errors N` prints the first N wrong ones.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kg_news.doc import Doc
from kg_news.errors import InputError
from kg_news.evaluate.alignment import Marked, found_actors, gold_actors, name_parts, overlap
from kg_news.read import jsonl
from kg_news.records import Span
from kg_news.registry import Registry, load_registry
from kg_news.views.declension import ALL_CASES, OBLIQUE, Cases
from kg_news.views.morph import plain
from kg_news.views.names import NameMention, name_words, persons

_ENDING = re.compile("[аяуюеиы]|[оеыи]м|[оеуью]ю|[ое]й|[ыи]х|[ое]го|[ое]му|[ыи]ми")
"""Endings of the oblique cases of names (Зализняк 1977)."""


class Case(NamedTuple):
    """An inflected mention."""

    span: Span
    words: tuple[str, ...]
    wanted: tuple[str, ...]
    """The same words in the nominative, in lower case with е for ё."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, metavar="GOLD")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print up to N wrong ones of each kind")
    args = parser.parse_args()
    right = {"alone": 0, "oblique": 0, "document": 0}
    wrong: dict[str, list[str]] = {kind: [] for kind in right}
    total = 0
    for case, answers in _answers(args.gold, load_registry()):
        total += 1
        for kind, answer in answers.items():
            if set(case.wanted) <= set(answer):
                right[kind] += 1
            else:
                wrong[kind].append(f"{' '.join(case.words)}: {' '.join(answer) or '-'} | {' '.join(case.wanted)}")
    print(f"{total} inflected mentions")
    for kind, count in right.items():
        print(f"{kind:<10} {count:5} {100 * count / max(total, 1):5.1f} %")
        print(*wrong[kind][: args.errors], sep="\n", end="\n" if args.errors else "")


def _answers(path: Path, registry: Registry) -> Iterator[tuple[Case, dict[str, list[str]]]]:
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    for line, article in zip(lines, jsonl.read_lines(lines, str(path)), strict=True):
        if isinstance(article, InputError):
            raise article
        gold = json.loads(line)
        cases = [case for actor in gold_actors(gold) if actor.kind == "person" for case in _cases(actor, gold["text"])]
        found = [actor for actor in found_actors(Doc(article, registry)) if actor.kind == "person"] if cases else []
        for case in cases:
            name = next((one.name for one in found if any(overlap(case.span, span) for span in one.spans)), None)
            yield (
                case,
                {
                    "alone": _nominative(case.words, ALL_CASES),
                    "oblique": _nominative(case.words, OBLIQUE),
                    "document": name_parts(name or ""),
                },
            )


def _nominative(words: tuple[str, ...], cases: Cases) -> list[str]:
    (person,) = persons([NameMention(0, 1, words, cases)])
    return name_parts(person.name)


def _cases(actor: Marked, text: str) -> Iterator[Case]:
    label = name_parts(actor.name or "")
    for span in actor.spans:
        words = name_words(text[slice(*span)])
        wanted = [_base(word, label) for word in words]
        if words and None not in wanted and any(plain(word.lower()) not in label for word in words):
            yield Case(span, words, tuple(word for word in wanted if word))


def _base(word: str, label: Sequence[str]) -> str | None:
    """The word of a gold name of which a word is a form."""
    form = plain(word.lower())
    if form in label:
        return form
    return next((base for base in label if _is_form(form, base)), None)


def _is_form(form: str, base: str) -> bool:
    stem = re.sub(r"(?:ый|ий|ой|ая|яя|[аяоеиыуюйь])$", "", base)
    return len(stem) > 1 and form.startswith(stem) and bool(_ENDING.fullmatch(form[len(stem) :]))


if __name__ == "__main__":
    main()
