"""The grammatical cases of words in a credit: those that a word can stand in, those that a word asks of the next one,
and those of names that the dictionary lacks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from kg_news.views.credit_tokens import Token, is_capital_word, is_proper, is_surname, looks_like_surname
from kg_news.views.declension import GENDERS, GENITIVE, go_together, plain_readings
from kg_news.views.morph import known, parses
from kg_news.views.surroundings import PREPOSITION_CASES

_CASES = {
    "nomn": "nomn",
    "gent": "gent",
    "gen1": "gent",
    "gen2": "gent",
    "datv": "datv",
    "accs": "accs",
    "acc2": "accs",
    "ablt": "ablt",
    "loct": "loct",
    "loc2": "loct",
}
AGENT = frozenset({"ablt"})
"""The case of who does something: `предоставлено Асаном Примеровым`."""
CONSONANT = re.compile(r"[бвгджзклмнпрстфхцчшщй]$")
"""A word that ends in a consonant, as men's first names do in the nominative."""
_BENT_SURNAME = re.compile(r"(?:[оеё]в|[иы]н)(?:ой|ою|у|ым|ом)$")
"""A surname in -ов or -ин that bends: `Примеровой`; a nominative in -ой (`Толстой`) has other letters before."""
_SURNAME_FORM = re.compile(r"(?:[оеё]в|[иы]н)(|а|у|ым|ом|е|ой)$|(?:(?:ск|н)(ий|ый|ого|ому|ая|ую))$")
_SURNAME_CASES = {
    "": {("masc", "nomn")},
    "а": {("femn", "nomn"), ("masc", "gent"), ("masc", "accs")},
    "у": {("masc", "datv"), ("femn", "accs")},
    "ым": {("masc", "ablt")},
    "ом": {("masc", "ablt")},
    "е": {("masc", "loct")},
    "ой": {("femn", "gent"), ("femn", "datv"), ("femn", "ablt"), ("femn", "loct")},
    "ий": {("masc", "nomn")},
    "ый": {("masc", "nomn")},
    "ого": {("masc", "gent"), ("masc", "accs")},
    "ому": {("masc", "datv")},
    "ая": {("femn", "nomn")},
    "ую": {("femn", "accs")},
}


@lru_cache(maxsize=20_000)
def cases(word: str) -> frozenset[str]:
    """The cases that a word form can stand in; empty where neither dictionary nor declension of names knows."""
    found = {
        _CASES[tag]
        for parse in parses(word)
        if known(word) or "ADJF" in parse.tags
        for tag in parse.tags & _CASES.keys()
    }
    if not known(word) or looks_like_surname(word):
        own = CONSONANT.search(word) and not looks_like_surname(word)  # any such word could be its own nominative
        telling = [
            reading.cases
            for reading in plain_readings(word)
            if len(reading.cases) < len(_CASES) / 2 and not (own and reading.words == (word,))
        ]
        found |= {case for reading in telling for case in reading}
    if any("Fixd" in parse.tags for parse in parses(word)[:1]) and known(word):
        found |= set(_CASES.values())
    if _BENT_SURNAME.search(word):
        found.discard("nomn")
    return frozenset(found)


def cases_in(tags: frozenset[str]) -> frozenset[str]:
    """The cases among the dictionary's tags of one reading."""
    return frozenset(_CASES[tag] for tag in tags & _CASES.keys())


def wanted(token: Token) -> frozenset[str]:
    """The cases that a token asks of the word behind it."""
    if token.kind != "word" or token.latin:
        return GENITIVE
    word = token.text.lower()
    first = parses(word)[0].tags
    if "PREP" in first:
        return PREPOSITION_CASES.get(word, GENITIVE)
    if first & {"ADJF", "PRTF"}:
        return cases(token.text) or GENITIVE
    if "PRTS" in first:
        return AGENT
    return GENITIVE


def _unbent(word: str) -> frozenset[tuple[str, str]]:
    """Gender and case of a given name that no list has, by its ending: `Мекуны`; a woman's in a consonant bends not."""
    endings = {"а": {("femn", "nomn"), ("masc", "gent"), ("masc", "accs")}, "ы": {("femn", "gent")}}
    return frozenset(endings.get(word[-1], {("masc", "nomn"), *(("femn", case) for case in _CASES.values())}))


@lru_cache(maxsize=20_000)
def _given_forms(word: str) -> frozenset[tuple[str, str]]:
    """Gender and case of each reading of a word as a given name: the dictionary's, or by the ending of a word that it
    lacks.
    """
    if not known(word):
        return frozenset() if _SURNAME_FORM.search(word) else _unbent(word)
    return frozenset(
        (gender, _CASES[case])
        for parse in parses(word)
        if "Name" in parse.tags
        for gender in GENDERS
        if gender in parse.tags or parse.tags & {"ms-f", "GNdr"}
        for case in parse.tags & _CASES.keys()
    )


def full_name_cases(first: Token, surname: Token, bent: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The cases of a given name with a surname in -ов, -ев or -ин: `Асана Примерова` is no nominative, though each word
    could be one. Empty where they are no such name. `bent` has forms of given names that the dictionary lacks.
    """
    match = _SURNAME_FORM.search(surname.text)
    if not match or not surname.capital:
        return frozenset()
    own: Iterable[tuple[str, str]]
    if taken := bent.get(first.text):
        own = {(gender, case) for case in taken for gender in GENDERS}
    elif first.listed:
        own = _unbent(first.text)
    else:
        own = _given_forms(first.text)
    fitting = _SURNAME_CASES[match[1] or match[2] or ""]
    own = set(own) & fitting or (_unbent(first.text) & fitting if first.given else set())
    return frozenset(case for _, case in own)


def completes(adjective: Token, noun: Token) -> bool:
    """`Кыргызской Республики`: whether the noun is the one that an adjective with a capital waits for."""
    if not is_capital_word(adjective) or is_surname(adjective.text) or not known(noun.text):
        return False
    likely = "ADJF" in parses(adjective.text)[0].tags and "NOUN" in parses(noun.text)[0].tags
    if not likely or is_proper(noun.text):
        return False
    ones = [parse.tags for parse in parses(adjective.text) if "ADJF" in parse.tags]
    others = [parse.tags for parse in parses(noun.text) if "NOUN" in parse.tags]
    return any(go_together(one, other) for one in ones for other in others)


def name_forms(names: Iterable[str]) -> dict[str, frozenset[str]]:
    """The forms, with their cases, of the cities' or given names that the dictionary lacks.

    >>> sorted(name_forms(["Шымкент"])["Шымкента"])
    ['gent']
    """
    found: dict[str, set[str]] = {}
    for name in names:
        if known(name) or not name.replace("-", "").isalpha():
            continue
        for form, taken in _endings(name):
            found.setdefault(form, set()).update(taken)
    return {form: frozenset(taken) for form, taken in found.items()}


def _endings(name: str) -> Iterable[tuple[str, Iterable[str]]]:
    stem = name[:-1]
    if CONSONANT.search(name) and name[-1] != "й":
        forms: Sequence[tuple[str, str]] = (("а", "gent"), ("у", "datv"), ("ом", "ablt"), ("е", "loct"))
        return [(name, ("nomn", "accs")), *((name + ending, (case,)) for ending, case in forms)]
    if name[-1] in "ая":
        soft = name[-1] == "я" or stem[-1] in "гкхжшчщ"
        forms = (("и" if soft else "ы", "gent"), ("е", "datv loct"), ("ю" if name[-1] == "я" else "у", "accs"))
        return [(name, ("nomn",)), *((stem + ending, case.split()) for ending, case in forms)]
    return [(name, _CASES.values())]
