"""Texts made by a grammar of forms, to try what no gold text has yet: many credits before many sentences.

A grammar is a YAML mapping: each name has forms, between bars in one string, in a list, or in a mapping from form to
how often it is taken. `{name}` in a form stands for one of that name's forms.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_NAME = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True)
class Grammar:
    """For each name its forms, and how often each is taken."""

    forms: Mapping[str, tuple[Sequence[str], Sequence[int]]]

    def made(self, name: str, seed: int) -> Iterator[tuple[str, frozenset[str]]]:
        """Words for `name` without end, the same for the same seed; with each the names that were taken to make it.

        >>> grammar = read_grammar("credit: '{who} / {who}'\\nwho: Асан Примеров")
        >>> next(grammar.made("credit", 1))[0]
        'Асан Примеров / Асан Примеров'
        """
        chance = random.Random(seed)  # noqa: S311 - a choice of examples
        while True:
            taken: set[str] = set()
            yield self._expanded(name, chance, taken), frozenset(taken)

    def _expanded(self, name: str, chance: random.Random, taken: set[str]) -> str:
        taken.add(name)
        forms, weights = self.forms[name]
        form = chance.choices(forms, weights)[0]
        return _NAME.sub(lambda match: self._expanded(match[1], chance, taken), form)


def read_grammar(content: str) -> Grammar:
    """The grammar of a file's content. KeyError for a name that has no forms."""
    grammar = Grammar({name: _forms(listed) for name, listed in yaml.safe_load(content).items()})
    for forms, _ in grammar.forms.values():
        for name in (match[1] for form in forms for match in _NAME.finditer(form)):
            _ = grammar.forms[name]
    return grammar


def load_grammar(path: Path) -> Grammar:
    """The grammar of a file."""
    return read_grammar(path.read_text(encoding="utf-8"))


def _forms(listed: Any) -> tuple[Sequence[str], Sequence[int]]:
    if isinstance(listed, dict):
        return tuple(listed), tuple(listed.values())
    forms = [form.strip() for form in listed.split(" | ")] if isinstance(listed, str) else listed
    return tuple(forms), (1,) * len(forms)
