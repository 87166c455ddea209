"""Forms of names: which nominatives a word may come from, and how a name in the nominative is likely to look.

The dictionary is asked where it knows the word; beside it stand the declensions that names follow (Зализняк 1977: types
1, 2, 4 and 8 of nouns, the adjectives, and what does not bend). What the dictionary guesses of words that it does not
know is not used: it takes `Копполы` for a short adjective.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from math import inf, log
from typing import NamedTuple

from kg_news.views.given_names import genders_of
from kg_news.views.morph import PERSONAL, inflect, known, parses, plain
from kg_news.views.ner import frequency
from kg_news.views.recall import recalled

Cases = frozenset[str]
ALL_CASES: Cases = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct"})
UNLED: Cases = ALL_CASES - {"loct"}
"""Those that need no preposition before the name."""
NOMINATIVE: Cases = frozenset({"nomn"})
GENITIVE: Cases = frozenset({"gent"})
OBLIQUE: Cases = ALL_CASES - {"nomn"}
GENDERS = ("masc", "femn")
_NOUN_GENDERS = frozenset({"masc", "femn", "neut"})
_SHARED_CASES: dict[Cases, Cases] = {}


def shared(cases: Cases) -> Cases:
    """The same set of cases, once for all: there are 64, and a set takes more memory than all else of a reading."""
    return _SHARED_CASES.setdefault(cases, cases)


PATRONYMIC_PARTICLES = frozenset(
    ["уулу", "кызы", "оглы", "гызы", "улы", "ұлы", "қызы", "углы", "угли", "оғли", "қизи", "зода"]
)
"""`Болот кызы`: daughter of Bolot, in the languages of the region; they follow the father's name and do not bend."""
_CHILD = dict.fromkeys(["уулу", "оглы", "улы", "ұлы", "угли", "оғли"], "masc") | dict.fromkeys(
    ["кызы", "гызы", "қызы", "қизи"], "femn"
)
"""Whose gender they tell."""
_PARTICLES = (
    PATRONYMIC_PARTICLES
    | {"де", "да", "ди", "дю", "ду", "ла", "ле", "ван", "фон", "бен", "бин", "ибн", "абу", "аль", "эль", "дель"}
    | {"дер", "ден", "дос", "душ", "оф", "Аль", "Эль", "хаджи", "Хаджи"}
)
ARTICLES = frozenset({"аль", "эль", "Аль", "Эль"})
"""Behind which a name in -и does not bend: `Аль Примери`."""

_YOUNGER = {"младший", "старший", "младшая", "старшая"}
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_VOWELS = frozenset("аеёиоуыэюяөү")
_REGULAR = ("ов", "ев", "ёв", "ин", "ын")
_REGULAR_FORM = tuple(
    stem + ending for stem in _REGULAR for ending in ("а", "у", "е", "ой", "ым", "ом", "ы", "ых", "ыми")
)
_CONSONANTS = frozenset("бвгджзклмнпрстфхцчшщ")
_REGULAR_SURNAME = re.compile(r"(?:[ое]в|ёв|[иы]н)а?$")

_LIKE_ADJECTIVE = re.compile(r"(?:[сц]к|[нтвр])а$")
"""Stems of which a form in -ая is rather a woman's nominative: `Образцовская`, not `Югая`."""

Endings = Sequence[tuple[str, str]]


def go_together(adjective: frozenset[str], noun: frozenset[str]) -> bool:
    """Whether an adjective and a noun agree in case, number and gender; in the accusative also in being alive."""
    if not adjective & noun & ALL_CASES or ("plur" in adjective) != ("plur" in noun):
        return False
    if "accs" in noun and adjective & {"anim", "inan"} and not adjective & noun & {"anim", "inan"}:
        return False
    return "plur" in noun or bool(adjective & noun & _NOUN_GENDERS)


def _declension(**endings: str) -> dict[str, Cases]:
    """For each ending, the cases that have it."""
    return {ending: frozenset(cases.split()) for ending, cases in endings.items()}


_MASCULINE = _declension(а="gent accs", у="datv", ом="ablt", ем="ablt", е="loct")
_SOFT = _declension(я="gent accs", ю="datv", ем="ablt", е="loct")
_REGULAR_MASCULINE = _MASCULINE | _declension(ым="ablt")  # `Дарвином`, foreign, beside `Примеровым`
_REGULAR_FEMININE = _declension(а="nomn", ой="gent datv ablt loct", у="accs")
_PLURAL = _declension(ы="nomn", ых="gent accs loct", ым="datv", ыми="ablt")
_IN_A = _declension(а="nomn", ы="gent", е="datv loct", у="accs", ой="ablt")
_IN_KA = _declension(а="nomn", и="gent", е="datv loct", у="accs", ой="ablt")
_IN_SHA = _declension(а="nomn", и="gent", е="datv loct", у="accs", ой="ablt", ей="ablt")
_IN_TSA = _declension(а="nomn", ы="gent", е="datv loct", у="accs", ой="ablt", ей="ablt")
_IN_YA = _declension(я="nomn", и="gent", е="datv loct", ю="accs", ей="ablt", ёй="ablt")
_IN_IYA = _declension(я="nomn", и="gent datv loct", ю="accs", ей="ablt")
_FEMININE_SOFT = _declension(и="gent datv loct", ью="ablt")
_BY_SOUND = dict.fromkeys("гкх", _IN_KA) | dict.fromkeys("жшчщ", _IN_SHA) | {"ц": _IN_TSA}
"""Names in -а by the consonant before it: `Ортеги`, `Миши`, `Палицей`, but `Анны` and `Анной`."""
_NOUN_ENDINGS = frozenset().union(
    *(_REGULAR_MASCULINE, _SOFT, _REGULAR_FEMININE, _PLURAL, _IN_SHA, _IN_TSA, _IN_YA, _IN_IYA, _FEMININE_SOFT), [""]
)
_ADJECTIVE: Endings = (
    *(("gent", "ого"), ("datv", "ому"), ("accs", "ого"), ("ablt", "ым"), ("ablt", "им"), ("loct", "ом")),
    *(("gent", "его"), ("datv", "ему"), ("accs", "его"), ("loct", "ем")),
)
_FEMININE_ADJECTIVE: Endings = (
    *(("nomn", "ая"), ("gent", "ой"), ("datv", "ой"), ("accs", "ую"), ("ablt", "ой"), ("loct", "ой")),
    *(("gent", "ей"), ("datv", "ей"), ("ablt", "ей"), ("loct", "ей")),
)

_ADJECTIVE_ENDINGS = frozenset({"ий", "ый", "ой", *(form for _, form in (*_ADJECTIVE, *_FEMININE_ADJECTIVE))})

_SHAPES: Sequence[tuple[re.Pattern[str], float, float]] = [
    (re.compile(shape), man, woman)
    for shape, man, woman in (
        (r"(?:[ое]в|ёв|[иы]н)$", 0.1, 1.5),
        (r"(?:[ое]ва|ёва)$", 3.0, 0.1),
        (r"[иы]на$", 2.0, 0.1),
        (r"[сц]кий$", 0.1, 4.0),
        (r"ый$", 0.3, 4.0),
        (r"[аеиоуыэюяй]ей$", 4.0, 4.0),
        (r"ской$", 1.6, 4.0),
        (r"ой$", 2.4, 4.0),
        (r"[сц]кая$", 4.0, 0.1),
        (r"[нтвр]ая$", 4.0, 0.4),
        (r"[аеоу]я$", 1.2, 0.6),
        (r"(?:вна|ична)$", 3.0, 0.1),
        (r"(?:бек|бай|жон)$", 0.1, 2.0),
        (r"(?:[аеоиуэя]ть|дз|[кг]ав)$", 4.0, 4.0),
        (r"(?:гуль|гул|гүл)$", 2.0, 0.1),
        (r"(?:ко|швили|дзе|оглу|зода|заде)$", 0.1, 0.1),
        (r"(?:вич|янц?)$", 0.2, 0.5),
        (r"[иы]х$", 0.3, 0.3),
        (r"(?:ого|его|ому|ему)$", 3.5, 3.5),
        (r"(?:[сц]к(?:им|ом|уй)|[ую]ю)$", 5.0, 5.0),
        (r"..[^аеиоуыэюяй](?:ом|ем|ым)$", 3.6, 3.8),
        (r"[аеиоуыэюя]ем$", 3.6, 3.8),
        (r"[аеиоыэя]ю$", 4.0, 4.0),
        (r"[аеиоуыэюяй]е$", 2.5, 2.5),
        (r"[бвгджзклмнпрстфхцчшщ][ую]$", 3.4, 3.6),
        (r"[сц]ки$", 0.3, 0.3),
        (r"[сц]ка$", 1.5, 0.3),
        (r"[кгх]и$", 1.0, 1.0),
        (r"[бвгджзкмпрстфхц]я$", 2.0, 2.0),
        (r"[ая]$", 0.9, 0.3),
        (r"й$", 0.3, 1.0),
        (r"ь$", 0.4, 0.7),
        (r"[бвгджзклмнпрстфхцчшщ]е$", 2.2, 2.2),
        (r"[бвгджзклмнпрстфхцчшщ]и$", 0.8, 0.8),
        (r"[аеоуыэюяй]и$", 1.5, 1.5),
        (r"[еиоэөёі]$", 0.5, 0.5),
        (r"[ую]$", 1.2, 1.6),
        (r"(?:[уы]лы|сары)$", 2.8, 2.8),
        (r"ы$", 4.5, 4.5),
        (r"", 0.4, 0.7),
    )
]
"""How unlikely a nominative is by its ending, of a man and of a woman: logarithms, roughly, of how rare it is."""


class Reading(NamedTuple):
    """One way to understand a name: the words in the nominative, whose gender, in which cases."""

    words: tuple[str, ...]
    gender: str
    cases: Cases
    cost: float
    """How unlikely such a name is, whatever its form here."""
    strain: float = 0.0
    """How unlikely this form of it is: a man's name in a consonant that does not bend."""


@lru_cache(maxsize=20_000)
def base_cost(base: str, gender: str) -> float:
    """How unlikely a word is as a man's (`masc`) or a woman's (`femn`) name in the nominative; 0 for what the
    dictionary has as one.
    """
    if not _bends(base):
        return 0.0
    head, _, last = base.rpartition("-")
    if head and last in _YOUNGER:
        return base_cost(head, gender)
    if head and last:
        return base_cost(last.capitalize(), gender) + base_cost(head, gender) / 2
    listed = genders_of(base)
    if gender in listed:
        return _LISTED if _is_anothers(base) else 0.0
    named, given, rare = _as_name(base)
    if any(gender in of or of & {"ms-f", "GNdr"} for of in named):
        return rare
    man, woman = _shape_costs(base[-_SHAPE:])
    if gender == "masc" and base.endswith("ин") and _is_womans(base + "а"):
        man += 2.5  # `Ирин`, of which `Ирина` would be a genitive
    return (woman if gender == "femn" else man) + rare + (2.0 if given or listed else 0.0)


@lru_cache(maxsize=4_000)  # whoever asks for one gender asks for the other next
def _as_name(base: str) -> tuple[Sequence[frozenset[str]], bool, float]:
    """The readings of a nominative as a name, as sets of grammemes, whether one is a first name, and how rare it is."""
    tags = [parse.tags for parse in parses(base)] if known(base) else []  # to guess another's takes long
    named = [of for of in tags if "nomn" in of and "plur" not in of and of & PERSONAL]
    given = any("Name" in of for of in named)
    if given or not _REGULAR_SURNAME.search(base):
        return named, given, _rarity(base)
    return named, given, _ADJECTIVE_TOO if base[-1] == "а" and known(base[:-1] + "ая") else 0.0


@lru_cache(maxsize=2_000)
def _is_womans(name: str) -> bool:
    """Whether a nominative is known as a woman's first name."""
    found = parses(name) if known(name) else ()
    return "femn" in genders_of(name) or any(parse.tags >= {"Name", "femn", "nomn"} for parse in found)


@lru_cache(maxsize=20_000)
def surname_cost(base: str, gender: str) -> float:
    """How unlikely a word is behind a first name: there a man's first name (`Сара Скотт`) is as good as others."""
    own = base_cost(base, gender)
    other = base_cost(base, "masc" if gender == "femn" else "femn")
    return min(own, other + _OTHERS) if own > _OTHERS + other and is_given(base) else own


def is_given(base: str) -> bool:
    """Whether a nominative is known as a first name."""
    return bool(genders_of(base)) or (known(base) and any(parse.tags >= {"Name", "nomn"} for parse in parses(base)))


_OTHERS = 0.3
"""What a first name of the other gender costs as a surname."""
_ADJECTIVE_TOO = 1.0
"""What a woman's surname costs whose forms are also those of an adjective: `Чернова` beside `черновая`."""
_LISTED = 1.5
"""What a listed first name costs that is rarer than the one of which it may be a form: `Зои`, `Карине`."""


@lru_cache(maxsize=2_000)
def _is_anothers(name: str) -> bool:
    """Whether a first name is also the genitive or dative of a commoner one."""
    endings = {"и": "я", "е": "а"}
    partner = name[:-1] + endings.get(name[-1], "-")
    return frequency(partner) > frequency(name) and _is_womans(partner)


_SHAPE = 5
"""Letters at a word's end that the shapes look at."""


@lru_cache(maxsize=20_000)
def _shape_costs(ending: str) -> tuple[float, float]:
    return next((man, woman) for shape, man, woman in _SHAPES if shape.search(ending))


_COMMON = 10_000
"""How often a word must stand in the news not to count as rare."""


def _rarity(base: str) -> float:
    """How rare a word is in the nominative: 0 to 3. A form that may be another name's oblique case (`Дениса`, `Юлией`)
    counts only as far as it exceeds what such forms the other name has.
    """
    seen: float = frequency(base)
    if not seen:
        return _RAREST
    for ending, partners, share in _OBLIQUE_FORMS:
        if base.endswith(ending):
            stem = base[: -len(ending)]
            seen = max(seen - share * sum(frequency(stem + partner) for partner in partners), seen * 0.03)
            break
    return 0.65 * log((_COMMON + 100) / (min(_COMMON, seen) + 100))


_RAREST = 0.65 * log((_COMMON + 100) / 100)
_OBLIQUE_FORMS: Sequence[tuple[str, Sequence[str], float]] = (
    ("ого", ("ый", "ий", "ой"), 0.7),
    ("ому", ("ый", "ий", "ой"), 0.2),
    ("ой", ("а", "ая"), 0.3),
    ("ей", ("а", "я"), 0.3),
    ("ом", ("",), 0.2),
    ("ем", ("", "й", "ь"), 0.2),
    ("ым", ("", "ый"), 0.2),
    ("а", ("",), 0.6),
    ("я", ("й", "ь"), 0.6),
    ("у", ("", "а"), 0.3),
    ("ю", ("й", "ь", "я"), 0.3),
    ("е", ("", "а"), 0.2),
    ("ы", ("а",), 0.8),
    ("и", ("а", "я"), 0.6),
)
"""For an ending, those of the nominatives whose oblique case it may be, and about how often that stands for ten of
theirs.
"""


def is_regular(base: str) -> bool:
    """Whether a nominative looks like a surname in -ов, -ев, -ин, a man's or a woman's."""
    return bool(_REGULAR_SURNAME.search(base))


def _bends(word: str) -> bool:
    return word not in _PARTICLES and word[-1] != "." and bool(_CYRILLIC.search(word))


@recalled(8_000)
def word_readings(word: str) -> tuple[Reading, ...]:
    """Every nominative that a word form of a name may come from, with е for ё, the likeliest first."""
    if not _bends(word):
        genders = (_CHILD[word],) if word in _CHILD else GENDERS
        return tuple(Reading((word,), gender, ALL_CASES, 0.0) for gender in genders)
    least: dict[tuple[str, str], dict[str, float]] = {}  # the least strain of each case
    for base, gender, cases, strain in _guesses(plain(word)):
        own = least.setdefault((base, gender), {})
        for case in cases:
            if strain < own.get(case, inf):
                own[case] = strain
    made = []
    for (base, gender), own in least.items():
        cost = base_cost(base, gender)
        for strain in set(own.values()):
            alike = shared(frozenset([case for case, other in own.items() if other == strain]))
            made.append(Reading((base,), gender, alike, cost, strain))
    return tuple(sorted(made, key=lambda reading: (reading.cost + reading.strain, reading.words, reading.gender)))


_STRANGE = 1.0
"""The strain of an adjective whose stem is not known to make one: `Шарецом` of `Шарецый`."""
ODD = 1.5
"""The strain from which on a form is not counted as one of the name's."""
_SHARED = 1.2
"""The strain of a surname that two share: `Асан и Бурул Примеровы`."""
_UNKNOWN = 1.2
"""The strain of a nominative that the dictionary lacks where it has another for the form: a man `Хайнлайна`."""


def plain_readings(word: str) -> tuple[Reading, ...]:
    """The readings of a form that need no odd declension: `Асан` is no genitive of a man."""
    return tuple(reading for reading in word_readings(word) if reading.strain < ODD)


Guess = tuple[str, str, Iterable[str], float]
"""A nominative, its gender, the cases that the form has of it, the strain."""


def _guesses(word: str) -> Iterator[Guess]:
    head, _, last = word.rpartition("-")
    if head and last:
        yield from _of_two(head, last)
        return
    certain = list(_in_dictionary(word))
    yield from certain
    strange = _UNKNOWN if certain else 0.0
    for base, gender, cases, strain in chain(_declined(word), _others(word)):
        yield base, gender, cases, strain + (0.0 if strange and gender in genders_of(base) else strange)


def _others(word: str) -> Iterator[Guess]:
    regular = word.endswith(_REGULAR_FORM)
    if word[-2:] == "ой":
        yield word, "masc", {"nomn"}, 0.5 if regular else 0.0  # `Берёзовой`, `Толстой`
    if not regular:  # nothing else ends like that
        yield from _adjectives(word)
        yield from _unbent(word)


def _of_two(head: str, last: str) -> Iterator[Guess]:
    """`Касым-Жомарта`, where the last part alone bends; `Салтыкова-Щедрина` and `Буша-младшего`, where both do; of
    `аль-Примери`, neither.
    """
    if head.lower() in _PARTICLES and last[-1] == "и":
        yield f"{head}-{last}", "masc", ALL_CASES, 0.0
        return
    for reading in word_readings(last):
        base = reading.words[0]
        for first in word_readings(head):
            cases = first.cases & reading.cases
            if not cases or first.gender != reading.gender or first.strain > 0.0:
                continue
            both = base in _YOUNGER or first.words[0].endswith(_REGULAR)
            strain = 0.0 if both else 0.1 if first.words[0] == head else 0.3
            yield f"{first.words[0]}-{base}", reading.gender, cases, reading.strain + strain
        if last[0].isupper():
            yield f"{head}-{base}", reading.gender, reading.cases, reading.strain + 0.2


def _in_dictionary(word: str) -> Iterator[Guess]:
    if not known(word):
        return
    for index, parse in enumerate(parses(word)):
        if not parse.tags & PERSONAL or "plur" in parse.tags or not parse.tags & ALL_CASES:
            continue
        base = inflect(word, frozenset({"nomn", "sing"}), index)
        for gender in GENDERS:
            if base and (gender in parse.tags or parse.tags & {"ms-f", "GNdr"}):
                yield plain(base), gender, parse.tags & ALL_CASES, 0.0


def _declined(word: str) -> Iterator[Guess]:
    """The declensions of nouns."""
    for cut in (0, 1, 2, 3):
        stem, ending = word[: len(word) - cut], word[len(word) - cut :]
        if len(stem) < 2:
            return
        if ending not in _NOUN_ENDINGS:
            continue
        if stem[-1] in _CONSONANTS:
            yield from _hard(stem, ending)
            if stem[-1] == "ц" and stem[-2] not in _VOWELS:  # `Кравца` of Кравец
                yield from _row(stem[:-1] + "ец", "masc", _MASCULINE, ending, 0.3)
            yield from _row(stem + "я", "femn", _IN_YA, ending, 0.2)
            yield from _row(stem + "я", "masc", _IN_YA, ending, 0.2)
            yield from _row(stem + "ь", "femn", _FEMININE_SOFT, ending, 0.5)
            yield from _row(stem + "ь", "masc", _SOFT, ending, 0.2)
        elif stem[-1] in "ьъй":  # `Дарья`, `Монтойя`
            yield from (guess for gender in GENDERS for guess in _row(stem + "я", gender, _IN_YA, ending, 0.1))
        elif stem[-1] in _VOWELS:
            endings = _IN_IYA if stem[-1] == "и" else _IN_YA
            yield from (guess for gender in GENDERS for guess in _row(stem + "я", gender, endings, ending, 0.1))
            adjective = ending == "я" and _LIKE_ADJECTIVE.search(stem)
            yield from _row(stem + "й", "masc", _SOFT, ending, 1.5 if adjective else 0.1)


def _hard(stem: str, ending: str) -> Iterator[Guess]:
    """Stems in a hard consonant; those in -ов and -ин bend as surnames do, or as given names: `Кристины`."""
    regular = stem.endswith(_REGULAR)
    if not ending:
        yield stem, "masc", {"nomn"}, 0.0
    yield from _row(stem, "masc", _REGULAR_MASCULINE if regular else _MASCULINE, ending, 0.0)
    if regular:
        yield from _row(stem + "а", "femn", _REGULAR_FEMININE, ending, 0.0)
        yield from _row(stem, "masc", _PLURAL, ending, _SHARED)
        yield from _row(stem + "а", "femn", _PLURAL, ending, _SHARED)
    if not regular or stem[-2:] in {"ин", "ын"}:
        endings = _BY_SOUND.get(stem[-1], _IN_A)
        yield from _row(stem + "а", "femn", endings, ending, 0.3 if regular else 0.0)
        yield from _row(stem + "а", "masc", endings, ending, 0.3 if regular else 0.0)


def _row(base: str, gender: str, endings: Mapping[str, Cases], ending: str, strain: float) -> Sequence[Guess]:
    cases = endings.get(ending)
    return ((base, gender, cases, strain),) if cases else ()


def _adjectives(word: str) -> Iterator[Guess]:
    """`Красного` of Красный, `Липницкой` of Липницкая, `младшего`."""
    for cut in (2, 3):
        stem, ending = word[: len(word) - cut], word[len(word) - cut :]
        if len(stem) < 3:
            continue
        if ending not in _ADJECTIVE_ENDINGS:
            continue
        soft = stem[-1] in "кгхжчшщ"
        odd = 0.0 if stem[-1] in "квнт" or known(stem + "ый") else _STRANGE
        for case, form in _ADJECTIVE:
            if form == ending:
                yield stem + ("ий" if soft else "ый"), "masc", {case}, odd
                yield stem + "ой", "masc", {case}, odd + 0.5
        if ending in {"ий", "ый"}:
            yield word, "masc", {"nomn"}, 0.0
        for case, form in _FEMININE_ADJECTIVE:
            if form == ending and (stem[-2:] in {"ск", "цк"} or form in {"ая", "ую"} or known(stem + "ая")):
                yield stem + "ая", "femn", {case}, 0.0


def _unbent(word: str) -> Iterator[Guess]:
    """What does not bend: `Месси`, `Шевченко`, `Черных`; women's names in a consonant, `Айдай`, `Вера Ким`."""
    last = word[-1]
    if word.endswith(_REGULAR):
        yield word, "femn", ALL_CASES, 0.3
    elif last in _CONSONANTS:
        black = word[-2:] in {"ых", "их"}
        yield word, "femn", ALL_CASES, 0.0
        yield word, "masc", OBLIQUE, 0.0 if black else 2.0
    elif last in "йь":
        yield word, "femn", {"nomn", "accs"} if last == "ь" else ALL_CASES, 0.0
        yield word, "femn", ALL_CASES, 0.5
        yield word, "masc", {"nomn"}, 0.0
        yield word, "masc", OBLIQUE, 2.0
    elif last in "ая":
        unbent = word[-2:-1] in _VOWELS and last == "а"  # `Моравиа`
        for gender in GENDERS:
            yield word, gender, {"nomn"}, 0.0
            yield word, gender, OBLIQUE, 0.0 if unbent else 1.5
    else:
        yield from ((word, gender, ALL_CASES, 0.0) for gender in GENDERS)
