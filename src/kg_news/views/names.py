"""Names of persons: which mentions are one person, and what the person is called in the nominative.

A word form allows several readings: `Токаева` is Токаев's genitive or a woman's nominative. Each mention keeps the
readings on which all its words agree in gender and case; mentions are joined where a reading is common to them; and
the reading that the whole document supports best is the name. Nothing is merged because it looks alike: `Токаев` and
`Токоева` have no reading in common.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from kg_news.views.morph import inflect, known, parses, plain

Cases = frozenset[str]
ALL_CASES: Cases = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct"})

_STANDARD = {"gen2": "gent", "loc2": "loct", "gen1": "gent", "acc2": "accs"}
_SURNAME = re.compile(r"(?:[ое]в|ёв|[иы]н)$")
_PARTICLES = frozenset(
    ["уулу", "кызы", "оглы", "улы", "углы", "угли", "де", "да", "ди", "ван", "фон", "бен", "ибн", "аль", "эль", "дель"]
)
_WORD = re.compile(r"[^\W\d_]\.|[^\W\d_]+(?:[-'’‑][^\W\d_]+)*")
_VOWELS = frozenset("аеёиоуыэюяөү")
_CONSONANT = re.compile(r"[бвгджзклмнпрстфхцчшщ]$")

# Endings of the two declensions that names follow (Зализняк's types 1 and 4 for persons), nominative first.
_MASCULINE = (("nomn", ""), ("gent", "а"), ("datv", "у"), ("accs", "а"), ("ablt", "ом"), ("ablt", "ем"), ("loct", "е"))
_SOFT = (("gent", "я"), ("datv", "ю"), ("accs", "я"), ("ablt", "ем"), ("loct", "е"))
_MASCULINE_OV = (("nomn", ""), ("gent", "а"), ("datv", "у"), ("accs", "а"), ("ablt", "ым"), ("loct", "е"))
_FEMININE_OVA = (("nomn", "а"), ("gent", "ой"), ("datv", "ой"), ("accs", "у"), ("ablt", "ой"), ("loct", "ой"))
_FEMININE_A = (
    ("nomn", "а"),
    ("gent", "ы"),
    ("gent", "и"),
    ("datv", "е"),
    ("accs", "у"),
    ("ablt", "ой"),
    ("ablt", "ей"),
    ("loct", "е"),
)


def name_words(text: str) -> tuple[str, ...]:
    """The words of a name, initials with their stops: `А. С. Петров`."""
    return tuple(_WORD.findall(text))


@dataclass(frozen=True)
class Reading:
    """One way to understand a name: the words in the nominative, whose gender, in which case, and at what cost."""

    words: tuple[str, ...]
    gender: str
    cases: Cases
    cost: float


@dataclass(frozen=True)
class NameMention:
    """A person's name in the text, and the case that the words around it demand, where they do."""

    start: int
    end: int
    words: tuple[str, ...]
    cases: Cases = ALL_CASES


@dataclass(frozen=True)
class Person:
    """All mentions of one person."""

    name: str
    gender: str
    mentions: tuple[NameMention, ...]


Add = Callable[[str, str, Iterable[str], float], None]


@lru_cache(maxsize=20_000)
def word_readings(word: str) -> tuple[Reading, ...]:
    """Every nominative that a word form of a name may come from, with е for ё. Guesses cost more than what the
    dictionary knows.
    """
    found: dict[tuple[str, str], tuple[set[str], float]] = {}

    def add(base: str, gender: str, cases: Iterable[str], cost: float) -> None:
        seen, least = found.get((base, gender), (set(), cost))
        found[base, gender] = (seen | set(cases), min(cost, least))

    if word in _PARTICLES or word[-1] == "." or not re.search(r"[А-Яа-яЁё]", word):
        return tuple(Reading((word,), gender, ALL_CASES, 0.0) for gender in ("masc", "femn"))
    word = plain(word)
    for index, parse in enumerate(parses(word)):
        case = next((_STANDARD.get(tag, tag) for tag in parse.tags if tag in ALL_CASES or tag in _STANDARD), None)
        if not parse.tags & {"Name", "Surn", "Patr"} or "plur" in parse.tags or case is None:
            continue
        base = inflect(word, frozenset({"nomn", "sing"}), index)
        for gender in [
            tag for tag in ("masc", "femn") if tag in parse.tags or "ms-f" in parse.tags or "GNdr" in parse.tags
        ]:
            if base:
                add(plain(base), gender, {case}, 0.0 if known(word) else 0.25)
    for stem in _stems(word):
        if _SURNAME.search(stem):
            _decline(word, stem, "masc", _MASCULINE_OV, stem, 0.0, add)
            _decline(word, stem, "femn", _FEMININE_OVA, stem + "а", 0.0, add)
        elif _CONSONANT.search(stem):
            _decline(word, stem, "masc", _MASCULINE, stem, 0.5, add)
            _decline(word, stem, "femn", _FEMININE_A, stem + "а", 0.5, add)
    if word[-1] in "йь":
        add(word, "masc", {"nomn"}, 0.5)
    for case, tail in _SOFT:
        if word.endswith(tail) and len(word) > len(tail) + 2:
            stem = word[: -len(tail)]  # Эдил|ю of Эдиль, Серге|ю of Сергей
            add(stem + ("й" if stem[-1] in _VOWELS else "ь"), "masc", {case}, 0.75)
    if not _SURNAME.search(word):
        add(word, "femn", ALL_CASES, 0.75)  # Айдай, Гульмира Ким: women's names in a consonant do not bend
        add(word, "masc", ALL_CASES, 1.0 if _CONSONANT.search(word) else 0.75)
    return tuple(
        Reading((base,), gender, frozenset(cases), cost)
        for (base, gender), (cases, cost) in sorted(found.items())
        if cases
    )


def _stems(word: str) -> list[str]:
    return [word[: len(word) - cut] for cut in (0, 1, 2) if len(word) - cut > 2]


def _decline(
    word: str, stem: str, gender: str, endings: Sequence[tuple[str, str]], base: str, cost: float, add: Add
) -> None:
    cases = {case for case, ending in endings if stem + ending == word}
    if cases:
        add(base, gender, cases, cost)


@lru_cache(maxsize=20_000)
def readings(words: tuple[str, ...]) -> tuple[Reading, ...]:
    """The readings of a whole name: its words agree in gender and in at least one case."""
    found: dict[tuple[tuple[str, ...], str], Reading] = {}
    for combination in product(*(word_readings(word) for word in words[:5])):
        genders = {reading.gender for reading in combination}
        cases = frozenset.intersection(*(reading.cases for reading in combination))
        if len(genders) > 1 or not cases:
            continue
        base = tuple(reading.words[0] for reading in combination) + words[5:]
        gender, cost = genders.pop(), sum(reading.cost for reading in combination)
        old = found.get((base, gender))
        if old:
            cases, cost = cases | old.cases, min(cost, old.cost)
        found[base, gender] = Reading(base, gender, cases, cost)
    return tuple(found.values()) or (Reading(words, "masc", ALL_CASES, 3.0),)


Key = tuple[tuple[str, ...], str]


class _Cluster:
    """Mentions that may be one person, and the readings that all of them share."""

    def __init__(self, mention: NameMention) -> None:
        self.mentions = [mention]
        self.keys: frozenset[Key] = frozenset((reading.words, reading.gender) for reading in readings(mention.words))

    def narrowed(self, mention: NameMention) -> frozenset[Key]:
        """The shared readings that the mention allows as well, as the whole name or a part of it."""
        own = readings(mention.words)
        return frozenset(key for key in self.keys if any(_names(reading, key) for reading in own))

    def best(self) -> Key:
        return min(self.keys, key=lambda key: (-self._score(key), key))

    def _score(self, key: Key) -> float:
        return sum(_support(mention, key) for mention in self.mentions)


def _names(reading: Reading, key: Key) -> bool:
    """Whether a reading is the name or a part of it: `Жапаров`, `Садыр Жапаров` and `С. Жапаров` of `Садыр Н. Жапаров`."""
    words, gender = key
    return reading.gender == gender and all(
        any(word == whole or (word[-1] == "." and whole[0] == word[0]) for whole in words) for word in reading.words
    )


def _support(mention: NameMention, key: Key) -> float:
    """How well a reading explains a mention: cheap, in the case that the words around demand, else rather nominative."""
    best = -4.0
    for reading in readings(mention.words):
        if not _names(reading, key):
            continue
        fit = 2.0 if mention.cases != ALL_CASES and reading.cases & mention.cases else 0.0
        fit -= 2.0 if not reading.cases & mention.cases else 0.0
        best = max(best, fit - reading.cost + (0.4 if "nomn" in reading.cases & mention.cases else 0.0))
    return best


def persons(mentions: Sequence[NameMention]) -> tuple[Person, ...]:
    """Group a document's name mentions into persons, in the order of first mention.

    The fullest names come first; a shorter one then joins the person whose name it can be a form of, of several the
    one named last before it (or first after it).
    """
    clusters: list[_Cluster] = []
    for mention in sorted(mentions, key=lambda mention: (-len(mention.words), mention.start)):
        fits = [(cluster, keys) for cluster in clusters if (keys := cluster.narrowed(mention))]
        if not fits:
            clusters.append(_Cluster(mention))
            continue
        cluster, keys = min(fits, key=lambda fit: _distance(fit[0], mention))
        cluster.mentions.append(mention)
        cluster.keys = keys
    people = []
    for cluster in clusters:
        words, gender = cluster.best()
        people.append(
            Person(
                " ".join(_as_written(words, cluster.mentions)),
                gender,
                tuple(sorted(cluster.mentions, key=lambda mention: mention.start)),
            )
        )
    return tuple(sorted(people, key=lambda person: person.mentions[0].start))


def _as_written(words: Iterable[str], mentions: Sequence[NameMention]) -> list[str]:
    """The words with the ё that the text gives them somewhere: `Пётр`, though elsewhere it writes `Петра`."""
    written = {plain(word): word for mention in mentions for word in mention.words if "ё" in word.lower()}
    return [written.get(word, word) for word in words]


def _distance(cluster: _Cluster, mention: NameMention) -> tuple[bool, int]:
    before = [mention.start - other.end for other in cluster.mentions if other.end <= mention.start]
    after = [other.start - mention.end for other in cluster.mentions if other.start >= mention.end]
    return (not before, min(before or after or [0]))
