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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from math import log, sqrt
from typing import NamedTuple

from kg_news.views.declension import (
    ALL_CASES,
    ARTICLES,
    GENDERS,
    ODD,
    Cases,
    Reading,
    base_cost,
    shared,
    surname_cost,
    word_readings,
)
from kg_news.views.given_names import genders_of, short_forms
from kg_news.views.morph import known, parses, plain
from kg_news.views.recall import recalled
from kg_news.views.same_person import Called, grouped

_WORD = re.compile(r"(?:[^\W\d_]|[БВГДЖЗКЛМНПРСТФХЦЧШЩ][бвгджзклмнпрстфхцчшщ])\.|[^\W\d_]+(?:[-'’‑][^\W\d_]+)*")


_LETTER = re.compile(r"[А-ЯЁ]")


def name_words(text: str) -> tuple[str, ...]:
    """The words of a name, initials with their stops, also where a sentence's end takes it: `А. С. Петров`,
    `Дж. Примерс`, `Петров А. С`.
    """
    words = _WORD.findall(text)
    if len(words) > 2 and _LETTER.fullmatch(words[-1]) and words[-2][-1] == ".":
        words[-1] += "."
    return tuple(words)


class Setting(NamedTuple):
    """What the words around a name tell beside the case that they demand."""

    likely: Cases = frozenset()
    """Cases in which the name rather stands: behind a noun the genitive, at a line's start the nominative."""
    subject: str = ""
    """Gender of the verb beside it, of which the name may be the subject: `сказала`."""
    gender: str = ""
    """Gender of a title or an adjective that agrees with the name: `29-летняя`, `актрисы`."""


@dataclass(frozen=True)
class NameMention:
    """A person's name in the text, and the case that the words around it demand, where they do."""

    start: int
    end: int
    words: tuple[str, ...]
    cases: Cases = ALL_CASES
    setting: Setting = field(default=Setting())


@dataclass(frozen=True)
class Person:
    """All mentions of one person."""

    name: str
    gender: str
    mentions: tuple[NameMention, ...]


@recalled(6_000)  # a reading has many objects, and most names stand in one article
def readings(words: tuple[str, ...]) -> tuple[Reading, ...]:
    """The readings of a whole name, the likeliest first: its words agree in gender and in at least one case."""
    whole = [Reading((), gender, ALL_CASES, 0.0) for gender in GENDERS]
    for at, word in enumerate(words[:_LONGEST]):
        found: dict[tuple[Key, float], Reading] = {}
        for begun, reading in product(whole, _readings_at(words, at, word)):
            cases = begun.cases & reading.cases
            if begun.gender != reading.gender or not cases:
                continue
            base, strain = begun.words + reading.words, begun.strain + reading.strain
            if old := found.get(((base, reading.gender), strain)):
                cases |= old.cases
            cost = begun.cost + reading.cost
            found[(base, reading.gender), strain] = Reading(base, reading.gender, shared(cases), cost, strain)
        whole = sorted(found.values(), key=_unlikelihood)[:_MOST]
    if not whole:
        return (Reading(words, "masc", ALL_CASES, _AGREED),)
    rest, worst = words[_LONGEST:], _unlikelihood(whole[0])[0] + _WORSE
    kept = [reading for reading in whole if _unlikelihood(reading)[0] <= worst]
    own = tuple(map(plain, words[:_LONGEST]))
    if not any(reading.words == own for reading in kept):
        kept += (one for one in whole if one.words == own and _unlikelihood(one)[0] <= worst + _AS_IT_STANDS)
    return tuple([reading._replace(words=reading.words + rest) for reading in kept] if rest else kept)


def agree(words: tuple[str, ...]) -> bool:
    """Whether words can be one name: there are a gender and a case that all of them may have."""
    return any(reading.cost + reading.strain < _AGREED for reading in readings(words))


def cases_of(words: tuple[str, ...]) -> Cases:
    """The cases in which a name can stand whose bearer is not known."""
    return frozenset().union(*(reading.cases for reading in readings(words) if reading.strain < ODD))


def unlikelihood(words: tuple[str, ...]) -> float:
    """How unlikely the likeliest reading of a name is."""
    return _unlikelihood(readings(words)[0])[0]


def _unlikelihood(reading: Reading) -> tuple[float, tuple[str, ...], str]:
    return reading.cost + reading.strain, reading.words, reading.gender


def _readings_at(words: tuple[str, ...], at: int, word: str) -> tuple[Reading, ...]:
    """The readings of one word of a name; of three short ones (`Ким Чен Ына`) and behind a surname of one syllable
    (`Ху Цзиньтао`, `Чжан Вэйдуна`) the last alone bends.
    """
    if at and word[-1] == "и" and words[at - 1] in ARTICLES:
        return tuple(Reading((plain(word),), gender, ALL_CASES, 0.0) for gender in GENDERS)
    short = len(words) == 3 and at < 2 and all(len(_VOWEL.findall(word)) <= 2 and len(word) < 6 for word in words)
    if short or (at == 0 and len(words) in {2, 3} and is_syllable(word)):
        return (*word_readings(word), *(Reading((plain(word),), gender, ALL_CASES, 0.2) for gender in GENDERS))
    return word_readings(word)


_VOWEL = re.compile(r"[аеёиоуыэюя]", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether a word has one syllable and is no first name that Russian bends: `Чжан`, not `Глеб`."""
    if len(word) > _SYLLABLE or len(_VOWEL.findall(word)) != 1 or genders_of(word):
        return False
    return not (known(word) and any("Name" in parse.tags for parse in parses(word)))


_SYLLABLE = 5
"""Letters of one at most."""
_AGREED = 3.0
"""The cost of words that agree in nothing."""
_WORSE = 4.0
"""How much less likely than the best one a reading may be."""
_AS_IT_STANDS = 2.0
"""How much less likely a name may be that does not bend, or stands in the nominative: `Шульце`."""
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
        """Add a mention that leaves these readings; they are not taken over where they are far less likely: one
        `Пробалда` does not make `Криштиану Пробалду` another name.
        """
        insort(self.mentions, mention, key=_start)
        if min(map(_cost, keys)) < min(map(_cost, self.keys)) + _DOUBTFUL:
            self.keys = keys

    def likelihood(self, key: Key) -> float:
        """The logarithm, roughly, of how likely one of the names is, beside the likeliest: `полковника А. Примерова`
        is hardly a woman.
        """
        if len(self.keys) == 1:
            return 0.0
        forms = Counter(map(_form, self.mentions[:_TELLING]))
        return _score(forms, key) - max(_score(forms, other) for other in self.keys)

    def best(self) -> Key:
        if len(self.keys) == 1:
            return next(iter(self.keys))
        forms = Counter(map(_form, self.mentions))
        return min(self.keys, key=lambda key: (-_score(forms, key), key))


def _start(mention: NameMention) -> int:
    return mention.start


def _form(mention: NameMention) -> _Form:
    return mention.words, mention.cases, mention.setting


def _score(forms: Mapping[_Form, int], key: Key) -> float:
    """The logarithm, roughly, of how likely a name is and that it stands in these forms where it stands. A form that
    comes again tells less than a new one: of `Пробалды` five times, in the genitive each, Пробалда is still the name.
    """
    by_words: dict[tuple[str, ...], list[float]] = {}
    for form, count in forms.items():
        by_words.setdefault(form[0], []).extend([_support(form, key)] * count)
    return sum(sum(found) / sqrt(len(found)) for found in by_words.values()) - _cost(key)


def _cost(key: Key) -> float:
    """How unlikely a name is, whatever its forms."""
    words, gender = key
    last = surname_cost if len(words) > 1 else base_cost
    costs = sum(base_cost(word, gender) for word in words[:-1]) + last(words[-1], gender)
    return costs + (_WOMEN if gender == "femn" else 0.0)


_TELLING = 8
"""Mentions that are asked which of the names is likely."""
_DOUBTFUL = 2.5
"""By how much less likely a name may become by one more mention."""


def cases_in(mention: NameMention, person: Person) -> Cases:
    """The cases in which a person's name can stand in one of its mentions."""
    key = (tuple(plain(person.name).split()), person.gender)
    found = [reading.cases for reading in readings(mention.words) if _names(reading, key) and reading.strain < ODD]
    return frozenset().union(*found) or ALL_CASES


def _names(reading: Reading, key: Key) -> bool:
    """Whether a reading is the name or a part of it: `Жапаров` and `С. Жапаров` of `Садыр Жапаров`."""
    words, gender = key
    if reading.gender != gender:
        return False
    unlike = [word for word in reading.words if word not in words]
    return not unlike or (all(word[-1] == "." for word in unlike) and _initials_fit(reading.words, words))


@lru_cache(maxsize=20_000)
def _initials_fit(short: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether the initials of a name are those of another that has its other words. `Г. А. Примеров` is `Геннадий
    Примеров` too, whose patronymic is not told: behind a first name, or its initial, one may be left over where the
    other has no word left.
    """
    free = [word for word in words if word not in short]
    named = sum(word[-1] != "." for word in short)
    left = 0
    for initial in (word[:-1] for word in short if word[-1] == "."):
        owner = next((word for word in free if word.startswith(initial)), None)
        if owner is not None:
            free.remove(owner)
            named += 1
        elif named < 2:
            return False
        else:
            left += 1
    return not left or not free


_Form = tuple[tuple[str, ...], Cases, Setting]
_WOMEN = 0.7
"""What a woman's name costs more: three of ten persons in NEREL's training documents are women."""
_OFTEN: Mapping[str, float] = {"nomn": 0.45, "gent": 0.25, "datv": 0.07, "accs": 0.08, "ablt": 0.1, "loct": 0.05}
"""How often names stand in each case in news."""
_LIKELY = 3.0
"""How much oftener they stand in a case that the words around make likely."""


def _support(form: _Form, key: Key) -> float:
    """How well a name explains a form of it in its place: the logarithm of its cases' share, less the strain."""
    words, cases, setting = form
    gender = key[1]
    weights = _weights(cases, setting.likely, setting.subject, gender)
    best = -8.0
    for reading in readings(words):
        if _names(reading, key):
            best = max(best, log(sum(weights[case] for case in reading.cases)) - reading.strain)
    return best - (2.0 if setting.gender not in {"", gender} else 0.0)


@lru_cache(maxsize=4096)
def _weights(cases: Cases, likely: Cases, subject: str, gender: str) -> Mapping[str, float]:
    """Each case's share, for a name of a gender; beside a verb that may have it as its subject, less for the others."""
    weights = {
        case: often * (1.0 if case in cases else 0.03) * (_LIKELY if case in likely else 1.0)
        for case, often in _OFTEN.items()
    }
    total = sum(weights.values())
    shares = {case: weight / total for case, weight in weights.items()}
    if subject:
        other = 0.15 if subject != gender else 1.0
        shares = {case: share * (other if case == "nomn" else 0.3) for case, share in shares.items()}
    return shares


def persons(mentions: Sequence[NameMention], told: Iterable[tuple[int, int]] = ()) -> tuple[Person, ...]:
    """Group a document's name mentions into persons, in the order of first mention.

    The fullest names come first; a shorter one then joins the person whose name it can be a form of, of several the
    likeliest one. Then names are joined that are one person's without being forms of each
    other (`same_person`); `told` has the starts of pairs of mentions that the text says are one.
    """
    clusters: list[_Cluster] = []
    by_word: dict[str, list[_Cluster]] = {}
    for mention in sorted(mentions, key=_fullness):
        fits = [(cluster, keys) for cluster in _near(by_word, mention) if (keys := cluster.narrowed(mention))]
        if fits:
            cluster, keys = _likeliest(fits, mention)
            cluster.add(mention, keys)
        else:
            cluster = _Cluster(mention)
            clusters.append(cluster)
            for word in cluster.words:
                insort(by_word.setdefault(word, []), cluster, key=_place)
    people = []
    named = _with_patronymics([(cluster.best(), cluster.mentions) for cluster in clusters])
    for (words, gender), found in _joined(named, told):
        people.append(Person(" ".join(_as_written(words, found)), gender, tuple(found)))
    return tuple(sorted(people, key=lambda person: person.mentions[0].start))


def _likeliest(fits: Sequence[_Fit], mention: NameMention) -> _Fit:
    """Of the persons whose name a mention may be a form of, those whom the words around it fit about as well as the
    best (`говорит Примерова` is rather `Бурул Примерова` than `Асан Примеров`); of these who is named first: news call
    by the surname alone whom they are about, and others of the name in full.
    """
    if len(fits) == 1:
        return fits[0]
    form = _form(mention)
    support = [max(_support(form, key) + cluster.likelihood(key) for key in keys) for cluster, keys in fits]
    good = max(support) - _AS_GOOD
    return min(
        (fit for fit, own in zip(fits, support, strict=True) if own > good), key=lambda fit: _start(fit[0].mentions[0])
    )


_Fit = tuple[_Cluster, frozenset[Key]]
"""A person, and the readings of the name that a mention leaves."""
_AS_GOOD = 0.9
"""How much worse the words around a name may fit a person who is named before others."""


def _joined(
    named: Sequence[tuple[Key, list[NameMention]]], told: Iterable[tuple[int, int]]
) -> Iterator[tuple[Key, list[NameMention]]]:
    """Names with their mentions, those of one person together, under the name that the person keeps."""
    called = [Called(*key, len(mentions)) for key, mentions in named]
    at = {mention.start: number for number, (_, mentions) in enumerate(named) for mention in mentions}
    for group in grouped(called, [(at[one], at[other]) for one, other in told], short_forms()):
        key, mentions = named[group[0]]
        others = [mention for number in group[1:] for mention in named[number][1]]
        yield key, sorted([*mentions, *others], key=_start) if others else mentions


def _with_patronymics(named: Sequence[tuple[Key, list[NameMention]]]) -> list[tuple[Key, list[NameMention]]]:
    """Names with their mentions; a first name with a patronymic alone (`Асан Болотович`) is the one person of that
    first name whose surname was given before, and no patronymic.
    """
    by_first: dict[tuple[str, str], list[list[NameMention]]] = {}
    for (words, gender), mentions in named:
        if len(words) > 1 and not any(map(is_patronymic, words)):
            by_first.setdefault((words[0], gender), []).append(mentions)
    kept: list[tuple[Key, list[NameMention]]] = []
    for (words, gender), mentions in named:
        alone = len(words) == 2 and is_patronymic(words[1])
        owners = by_first.get((words[0], gender), []) if alone else []
        if len(owners) == 1 and owners[0][0].start < mentions[0].start:
            owners[0][:] = sorted([*owners[0], *mentions], key=_start)
        else:
            kept.append(((words, gender), mentions))
    return kept


def is_patronymic(word: str) -> bool:
    return any("Patr" in parse.tags for parse in parses(word))


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
