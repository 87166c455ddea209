"""Scores the offices of persons.

What is compared are pairs of a person and an office, each once in a document. Persons are aligned as `actors` aligns
them. `office strict` counts a pair whose words have the gold's dictionary forms, one by one; `office` also one where
the words of the one are part of the other's, in order, and the head noun is the same: `президент` for `президент
Казахстана`. In NEREL they are its relation WORKS_AS (Loukachevitch and others 2021) between outermost spans; a pair
whose person is no actor is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg_news.doc import Doc
from kg_news.evaluate.alignment import Marked, align, found_actors, gold_actors, overlap
from kg_news.evaluate.core import Gold, Tally
from kg_news.records import Span
from kg_news.views.morph import lemmas, parses

_WORD = re.compile(r"экс(?=-)|\w+(?:-\w+)*", re.IGNORECASE)
"""`экс-министр` is two words, as `бывший министр` is."""


def offices(gold: Gold, doc: Doc) -> Mapping[str, Tally]:
    """`office` and `office strict`, where the gold line speaks of offices."""
    if "offices" not in gold and not any("offices" in actor for actor in gold.get("actors", ())):
        return {}
    russian = doc.language.tag == "ru"
    wanted = [one for one in gold_actors(gold) if one.kind == "person"]
    found = [one for one in found_actors(doc) if one.kind == "person"]
    due = [_distinct(phrases, russian) for phrases in _gold_phrases(gold, wanted)]
    got = [_distinct(one.said["offices"], russian) for one in found]
    matches = {match.gold: match.found for match in align(wanted, found)}
    tallies: dict[str, Tally] = {}
    for name, rules in (("office", (_equal, _contained)), ("office strict", (_equal,))):
        right, missed, extra = 0, list[str](), list[str]()
        for at, titles in enumerate(due):
            answers = list(got[matches[at]]) if at in matches else []
            left = list(titles)
            for rule in rules:
                for title in tuple(left):
                    answer = next((other for other in answers if rule(title, other)), None)
                    if answer:
                        left.remove(title)
                        answers.remove(answer)
                        right += 1
            missed += [f"{wanted[at].name}: {title.text}" for title in left]
            extra += [f"{found[matches[at]].name}: {answer.text}" for answer in answers]
        free = [at for at in range(len(found)) if at not in matches.values()]
        extra += [f"{found[at].name}: {title.text}" for at in free for title in got[at]]
        tallies[name] = Tally(right, sum(map(len, got)), sum(map(len, due)), tuple(missed), tuple(extra))
    return tallies


@dataclass(frozen=True)
class _Title:
    text: str
    words: tuple[frozenset[str], ...]
    """The possible dictionary forms of each word; of another language than Russian, the word."""
    head: int


def _title(text: str, *, russian: bool) -> _Title:
    forms = _WORD.findall(text)
    if not russian:
        return _Title(text, tuple(frozenset({form.lower()}) for form in forms), len(forms) - 1)
    nouns = (at for at, form in enumerate(forms) if "NOUN" in parses(form)[0].tags and form.lower() != "экс")
    return _Title(text, tuple(lemmas(form) for form in forms), next(nouns, 0))


def _equal(one: _Title, other: _Title) -> bool:
    """`президента Казахстана` and `президент Казахстана`."""
    return len(one.words) == len(other.words) and all(a & b for a, b in zip(one.words, other.words, strict=True))


def _contained(one: _Title, other: _Title) -> bool:
    """`бывший министр юстиции` and `экс-министр` hold `министр`; `замминистра` is another word."""
    short, long = sorted((one, other), key=lambda title: len(title.words))
    if not short.words or not short.words[short.head] & long.words[long.head]:
        return False
    rest = iter(long.words)
    return all(any(word & candidate for candidate in rest) for word in short.words)


def _distinct(phrases: Sequence[str], russian: bool) -> list[_Title]:
    """Each office once, however often it is said, and in which case."""
    kept: list[_Title] = []
    for phrase in phrases:
        title = _title(phrase, russian=russian)
        if not any(_equal(title, other) for other in kept):
            kept.append(title)
    return kept


def _gold_phrases(gold: Gold, persons: Sequence[Marked]) -> Iterator[list[str]]:
    """The offices of each person: its own list, or the pairs of spans that the line has."""
    text = gold["text"]
    pairs = [(Span(*pair["person"]), Span(*pair["office"])) for pair in gold.get("offices", ())]
    for person in persons:
        said = list(person.said.get("offices", ()))
        held = [office for name, office in pairs if any(overlap(name, span) for span in person.spans)]
        yield said + [text[slice(*office)] for office in sorted(held)]
