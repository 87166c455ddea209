"""Words of captions that the registry knows, and labels: words that are a caption by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class CaptionTerms:
    """Words that the registry knows (`registry/photo.yml`, verbs of saying from `registry/languages/ru.yml`)."""

    labels: tuple[tuple[str, str], ...] = ()
    """Words that are a caption by themselves, in lower case, and the kind they tell of: `архивное фото`."""
    cues: frozenset[str] = frozenset()
    """Verbs of saying (lemmas): a sentence that reports speech is no caption."""
    states: frozenset[str] = frozenset()
    """Verbs (lemmas) that in the present tense show no scene: `являться`."""
    shown: frozenset[str] = frozenset()
    """Verbs of saying (lemmas) that a picture can show: `отвечать` on questions."""
    narrative: re.Pattern[str] | None = None
    """How a sentence of the article begins: `По словам`."""
    pointers: re.Pattern[str] | None = None
    """How a caption begins that says who stands where: `Справа:`."""


def is_label(sentence: str, labels: Iterable[tuple[str, str]]) -> bool:
    """Whether a sentence is a label and nothing else: `Архивное фото.`"""
    bare = sentence.rstrip(".").lower()
    return any(bare == label for label, _ in labels)


def capitalised(labels: Iterable[tuple[str, str]]) -> list[str]:
    """The labels as a sentence has them: `Архивное фото`."""
    return [label.capitalize() for label, _ in labels]


@lru_cache(maxsize=64)
def label_pattern(labels: tuple[tuple[str, str], ...]) -> re.Pattern[str] | None:
    """Any of the labels as a sentence of its own; None where there are none."""
    forms = "|".join(map(re.escape, sorted(capitalised(labels), key=len, reverse=True)))
    return re.compile(rf"(?:{forms})(?:\.(?=\s|\Z)|(?=[ \t]*(?:\n|\Z)))") if forms else None
