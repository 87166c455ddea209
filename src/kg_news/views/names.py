"""Names of persons: which mentions are one person, and what the person is called in the nominative.

A word form allows several readings: `Токаева` is Токаев's genitive or a woman's nominative. Each mention keeps the
readings on which all its words agree in gender and case; mentions are joined where a reading is common to them; and
the reading that the whole document supports best is the name. Nothing is merged because it looks alike: `Токаев` and
`Токоева` have no reading in common.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

from kg_news.views.morph import inflect, known, parses, plain

Cases = frozenset[str]
ALL_CASES: Cases = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct"})

_STANDARD = {"gen2": "gent", "loc2": "loct", "gen1": "gent", "acc2": "accs"}
_SURNAME = re.compile(r"(?:[ое]в|ёв|[иы]н)$")
PATRONYMIC_PARTICLES = frozenset(
    ["уулу", "кызы", "оглы", "гызы", "улы", "ұлы", "қызы", "углы", "угли", "оғли", "қизи", "зода"]
)
"""`Болот кызы`: daughter of Bolot, in the languages of the region; they follow the father's name and do not bend."""
_PARTICLES = PATRONYMIC_PARTICLES | {"де", "да", "ди", "ван", "фон", "бен", "ибн", "аль", "эль", "дель"}
_WORD = re.compile(r"[^\W\d_]\.|[^\W\d_]+(?:[-'’‑][^\W\d_]+)*")
_VOWELS = frozenset("аеёиоуыэюяөү")
_CONSONANT = re.compile(r"[бвгджзклмнпрстфхцчшщ]$")

# Endings of the two declensions that names follow (Зализняк's types 1 and 4 for persons), nominative first.
_MASCULINE = (("nomn", ""), ("gent", "а"), ("datv", "у"), ("accs", "а"), ("ablt", "ом"), ("ablt", "ем"), ("loct", "е"))
_SOFT = (("gent", "я"), ("datv", "ю"), ("accs", "я"), ("ablt", "ем"), ("loct", "е"))
_MASCULINE_OV = (
    ("nomn", ""),
    ("gent", "а"),
    ("datv", "у"),
    ("accs", "а"),
    ("ablt", "ым"),
    ("ablt", "ом"),  # foreign ones: `Дарвином`
    ("loct", "е"),
)
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
    surname = False
    for stem in _stems(word):
        if _SURNAME.search(stem):
            surname |= _decline(word, stem, "masc", _MASCULINE_OV, stem, 0.0, add)
            surname |= _decline(word, stem, "femn", _FEMININE_OVA, stem + "а", 0.0, add)
        elif _CONSONANT.search(stem):
            _decline(word, stem, "masc", _MASCULINE, stem, 0.5, add)
            _decline(word, stem, "femn", _FEMININE_A, stem + "а", 0.5, add)
    for case, tail in _SOFT:
        if word.endswith(tail) and len(word) > len(tail) + 2 and word[-len(tail) - 1] not in "йь":
            stem = word[: -len(tail)]  # Эдил|ю of Эдиль, Серге|ю of Сергей
            add(stem + ("й" if stem[-1] in _VOWELS else "ь"), "masc", {case}, 0.75)
    if not surname:  # nothing else ends like that
        if word[-1] in "йь":
            add(word, "masc", {"nomn"}, 0.5)
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
) -> bool:
    """Whether a word is a stem with one of the endings; if so, its nominative is added with the endings' cases."""
    cases = {case for case, ending in endings if stem + ending == word}
    if cases:
        add(base, gender, cases, cost)
    return bool(cases)


@lru_cache(maxsize=20_000)
def readings(words: tuple[str, ...]) -> tuple[Reading, ...]:
    """The readings of a whole name, the likeliest first: its words agree in gender and in at least one case."""
    whole = [Reading((), gender, ALL_CASES, 0.0) for gender in ("masc", "femn")]
    for word in words[:_LONGEST]:
        found: dict[Key, Reading] = {}
        for begun, reading in product(whole, word_readings(word)):
            cases = begun.cases & reading.cases
            if begun.gender != reading.gender or not cases:
                continue
            base, cost = begun.words + reading.words, begun.cost + reading.cost
            if old := found.get((base, reading.gender)):
                cases, cost = cases | old.cases, min(cost, old.cost)
            found[base, reading.gender] = Reading(base, reading.gender, cases, cost)
        whole = sorted(found.values(), key=lambda reading: reading.cost)[:_MOST]
    rest = words[_LONGEST:]
    return tuple(replace(reading, words=reading.words + rest) for reading in whole) or (
        Reading(words, "masc", ALL_CASES, 3.0),
    )


_LONGEST = 5
"""Words of a name that are bent; a sixth is hardly a name's."""
_MOST = 64
"""Readings that are kept from word to word: `Касым-Жомарта Токаева` has 12."""

Key = tuple[tuple[str, ...], str]
"""A name in the nominative, and its gender."""


class _Cluster:
    """Mentions that may be one person, and the readings that all of them share."""

    def __init__(self, mention: NameMention) -> None:
        self.place = mention.start
        """Where the fullest name stands first."""
        self.mentions = [mention]
        self.keys: frozenset[Key] = frozenset((reading.words, reading.gender) for reading in readings(mention.words))

    @property
    def words(self) -> frozenset[str]:
        return frozenset(word for words, _ in self.keys for word in words)

    def narrowed(self, mention: NameMention) -> frozenset[Key]:
        """The shared readings that the mention allows as well, as the whole name or a part of it."""
        own = readings(mention.words)
        return frozenset(key for key in self.keys if any(_names(reading, key) for reading in own))

    def add(self, mention: NameMention, keys: frozenset[Key]) -> None:
        insort(self.mentions, mention, key=_start)
        self.keys = keys

    def distance(self, mention: NameMention) -> tuple[bool, int]:
        """How far before the mention the person is named last, or else how far behind it first."""
        at = bisect_left(self.mentions, mention.start, key=_start)
        if at:
            return False, mention.start - self.mentions[at - 1].end
        return True, self.mentions[0].start - mention.end

    def best(self) -> Key:
        explained = Counter((mention.words, mention.cases) for mention in self.mentions)
        return min(self.keys, key=lambda key: (-_score(explained, key), key))


def _start(mention: NameMention) -> int:
    return mention.start


def _score(explained: Mapping[tuple[tuple[str, ...], Cases], int], key: Key) -> float:
    return sum(count * _support(words, cases, key) for (words, cases), count in explained.items())


def _names(reading: Reading, key: Key) -> bool:
    """Whether a reading is the name or a part of it: `Жапаров` and `С. Жапаров` of `Садыр Жапаров`."""
    words, gender = key
    return reading.gender == gender and all(
        any(word == whole or (word[-1] == "." and whole[0] == word[0]) for whole in words) for word in reading.words
    )


def _support(words: tuple[str, ...], cases: Cases, key: Key) -> float:
    """How well a reading explains a mention: cheap, in the case that the words around demand, rather nominative."""
    best = -4.0
    for reading in readings(words):
        if not _names(reading, key):
            continue
        fit = 2.0 if cases != ALL_CASES and reading.cases & cases else 0.0
        fit -= 2.0 if not reading.cases & cases else 0.0
        best = max(best, fit - reading.cost + (0.4 if "nomn" in reading.cases & cases else 0.0))
    return best


def persons(mentions: Sequence[NameMention]) -> tuple[Person, ...]:
    """Group a document's name mentions into persons, in the order of first mention.

    The fullest names come first; a shorter one then joins the person whose name it can be a form of, of several the
    one named last before it (or first after it).
    """
    clusters: list[_Cluster] = []
    by_word: dict[str, list[_Cluster]] = {}
    for mention in sorted(mentions, key=_fullness):
        fits = [(cluster, keys) for cluster in _near(by_word, mention) if (keys := cluster.narrowed(mention))]
        if fits:
            cluster, keys = min(fits, key=lambda fit: fit[0].distance(mention))
            cluster.add(mention, keys)
        else:
            cluster = _Cluster(mention)
            clusters.append(cluster)
            for word in cluster.words:
                insort(by_word.setdefault(word, []), cluster, key=_place)
    people = []
    for cluster in clusters:
        words, gender = cluster.best()
        people.append(Person(" ".join(_as_written(words, cluster.mentions)), gender, tuple(cluster.mentions)))
    return tuple(sorted(people, key=lambda person: person.mentions[0].start))


def _fullness(mention: NameMention) -> tuple[int, int, int]:
    """`Асан Примеров` before `А. С. Примеров` before `Примеров`."""
    return -sum(word[-1] != "." for word in mention.words), -len(mention.words), mention.start


_NEAR = 16
"""Persons with one word of a name in common that are looked at on either side of a mention."""


def _near(by_word: Mapping[str, list[_Cluster]], mention: NameMention) -> Iterable[_Cluster]:
    """Persons who share with the mention a reading of its rarest word; initials are shared by too many."""
    rows = []
    for word in mention.words:
        if word[-1] != ".":
            bases = dict.fromkeys(reading.words[0] for reading in word_readings(word))
            rows.append([by_word[base] for base in bases if base in by_word])
    found: dict[int, _Cluster] = {}
    for clusters in min(rows, key=lambda row: sum(map(len, row)), default=[]):
        at = bisect_left(clusters, mention.start, key=_place)
        found |= {cluster.place: cluster for cluster in clusters[max(0, at - _NEAR) : at + _NEAR]}
    return found.values()


def _place(cluster: _Cluster) -> int:
    return cluster.place


def _as_written(words: Iterable[str], mentions: Sequence[NameMention]) -> list[str]:
    """The words with the ё that the text gives them in some form: `Пётр` stays, though elsewhere it writes `Петра`."""
    marked = {word for mention in mentions for word in mention.words if "ё" in word.lower()}
    return [_with_marks(word, marked) for word in words]


def _with_marks(word: str, marked: Iterable[str]) -> str:
    for other in marked:
        for at, letter in enumerate(other):
            if letter in "ёЁ" and plain(other[: at + 1]) == plain(word[: at + 1]):
                word = word[:at] + letter + word[at + 1 :]
    return word
