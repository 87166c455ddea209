"""Which of a text's names are one person's though neither is a form of the other.

`Кэмерон Примерс` and `Камерон Примерс` are spelled in two ways, `Юра` is `Юрий`, `Джон Примерс-младший` is `Джон
Примерс` where no older one is named, and of some the text itself says that they are one: `Асан Примеров (псевдоним
Тестов)`. Nothing is joined because it looks alike by itself. Two spellings are one name where they sound alike to a
reader (`sound`), or where the other word of both names is the same and they differ in one letter; not where both are
known as names of their own, as `Алина` and `Алена` are, nor where surnames in -ов, -ев, -ин differ in more than a
sound: `Токаев` and `Токоев` are two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from kg_news.views.declension import is_regular
from kg_news.views.morph import known, parses

Nicknames = Mapping[str, frozenset[str]]
"""For a short form of a first name the names that it may stand for: `Саша` of `Александр` and `Александра`."""


class Called(NamedTuple):
    """A name in the nominative under which a text has somebody."""

    words: tuple[str, ...]
    gender: str
    mentions: int
    """How often the text has it."""


_SOUNDS = str.maketrans({"э": "е", "ё": "е", "є": "е", "і": "и", "ї": "и", "й": "и", "ы": "и", "ь": "", "ъ": ""})
_SPELLINGS = (
    (re.compile("оу"), "у"),
    (re.compile("дж"), "ж"),
    (re.compile("ия"), "иа"),
    (re.compile(r"(.)\1+"), r"\1"),
)
_VARYING = str.maketrans({"е": "а", "и": "а", "з": "с"})
_PARTICLES = {"бин": "бен", "ибн": "бен", "аль": "", "эль": "", "аз": "", "ас": "", "аш": "", "ад": "", "ар": ""}
_AGES = {"младший", "старший", "младшая", "старшая", "мл.", "ст."}
_ENDINGS = ("бек", "бай", "жан")
_LEAST = 4
"""Letters of a word that may be spelled in two ways."""
_ONE_OFF = 5
"""Letters of one that may differ in a letter."""
_CROWD = 8
"""Names with one spelling in common that are looked at."""


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """What a foreign name sounds like, however it is written in Russian: `Бэкхем` and `Бекхэм`, `Барретт` and
    `Баретт`.
    """
    text = word.lower().translate(_SOUNDS)
    for pattern, spelled in _SPELLINGS:
        text = pattern.sub(spelled, text)
    return text


def grouped(called: Sequence[Called], told: Iterable[tuple[int, int]], nicknames: Nicknames) -> list[list[int]]:
    """The names by person, as their places in `called`: first in each group the name that the person keeps.

    `told` has pairs of which the text says that they are one, the main name first.
    """
    if len(called) < 2:
        return [[at] for at in range(len(called))]
    owner = list(range(len(called)))

    def root(at: int) -> int:
        while owner[at] != at:
            owner[at] = at = owner[owner[at]]
        return at

    second: set[int] = set()
    for main, other in told:
        if root(main) != root(other):
            owner[root(other)] = root(main)
            second.add(other)
    parts = [_parts(one.words) for one in called]
    for one, owners in chain(
        _spelled_alike(parts), _of_an_age(called), _short_forms(called, nicknames), _alone(parts, nicknames)
    ):
        if len(roots := {root(other) for other in owners}) == 1:
            owner[root(one)] = roots.pop()
    groups: dict[int, list[int]] = {}
    for at in range(len(called)):
        groups.setdefault(root(at), []).append(at)

    def weight(at: int) -> tuple[bool, int, int, bool, int]:
        words = called[at].words
        full = sum(word[-1] != "." for word in words)
        return at in second, -full, -called[at].mentions, words[0] in nicknames, at

    return [sorted(group, key=weight) for group in groups.values()]


def _parts(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a name, those of double ones apart, without the Arabic article; `бин` is `бен`."""
    parts = (part for word in words for part in word.split("-") if part)
    told = (_PARTICLES.get(part.lower(), part) for part in parts)
    return tuple(part for part in told if part) or words


Owners = Iterator[tuple[int, Sequence[int]]]
"""A name, and those that may be the same person's; it is joined where all of these are one person by then."""


def _spelled_alike(names: Sequence[tuple[str, ...]]) -> Owners:
    """Full names that are one but for the spelling."""
    found: dict[tuple[str, str], list[int]] = {}
    for at, words in enumerate(names):
        if len(words) < 2 or words[0][-1] == ".":
            continue
        first, last = words[0], words[-1]
        keys = [(sound(first), sound(last)), (_coarse(first), _coarse(last))]
        keys += [(first, variant) for variant in _variants(last)] + [(variant, last) for variant in _variants(first)]
        for key in dict.fromkeys(keys):
            others = found.setdefault(key, [])
            yield from ((other, [at]) for other in others[-_CROWD:] if _is_one(names[other], words))
            others.append(at)


@lru_cache(maxsize=20_000)
def _coarse(word: str) -> str:
    return sound(word).translate(_VARYING)


@lru_cache(maxsize=20_000)
def _variants(word: str) -> tuple[str, ...]:
    """The word, and it without one letter: two words share one of these where they differ in a letter."""
    if len(word) < _ONE_OFF or is_regular(word):
        return ()
    return (word, *(word[:at] + word[at + 1 :] for at in range(1, len(word))))


def _is_one(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether names whose first and last words are alike are one name; the shorter may lack a middle name."""
    ends = [(one[0], other[0]), (one[-1], other[-1])]
    if not all(a == b or _may_be_spelled(a, b) for a, b in ends):
        return False
    short, long = sorted((one[1:-1], other[1:-1]), key=len)
    heard = {sound(word) for word in long}
    return all(sound(word) in heard or any(name.startswith(word[:-1]) for name in long) for word in short)


def _may_be_spelled(one: str, other: str) -> bool:
    if one[0] != other[0] and sound(one)[0] != sound(other)[0]:
        return False
    if sound(one) == sound(other):
        return True
    if min(len(one), len(other)) < _LEAST or is_regular(one) or is_regular(other):
        return False
    return not (_is_known_name(one) and _is_known_name(other))


def _is_known_name(word: str) -> bool:
    return known(word) and any(parse.tags & {"Name", "Surn"} and "nomn" in parse.tags for parse in parses(word))


def _alone(names: Sequence[tuple[str, ...]], nicknames: Nicknames) -> Owners:
    """`Бэкхем` of the one `Дэвид Бекхэм`, `Пример` of the one `Анна Тестова-Пример`, `Юра` of the one `Юрий Тестов`."""
    owners: dict[str, list[int]] = {}
    for at, words in enumerate(names):
        if len(words) > 1:
            owners.setdefault(sound(words[-1]), []).append(at)
    firsts: dict[str, list[int]] = {}
    for at, words in enumerate(names):
        firsts.setdefault(words[0], []).append(at)
    for at, words in enumerate(names):
        if len(words) > 1:
            continue
        if len(words[0]) >= _LEAST:
            yield at, [other for other in owners.get(sound(words[0]), []) if _is_surname_of(words[0], names[other])]
        fulls = [*sorted(nicknames.get(words[0], ())), *_with_ending(words[0])]
        yield at, [other for full in fulls for other in firsts.get(full, ())]


def _with_ending(name: str) -> Iterator[str]:
    """The first names for which a man is called by the beginning alone: `Эрлан` of `Эрланбек`."""
    return (name + ending for ending in _ENDINGS if len(name) >= _LEAST)


def _is_surname_of(word: str, words: tuple[str, ...]) -> bool:
    return words[-1] == word or _may_be_spelled(words[-1], word)


def _short_forms(called: Sequence[Called], nicknames: Nicknames) -> Owners:
    """`Лёша Тестов` of `Алексей Тестов`."""
    named: dict[tuple[str, str], list[int]] = {}
    for at, one in enumerate(called):
        if len(one.words) > 1:
            named.setdefault((one.words[0], one.words[-1]), []).append(at)
    for at, one in enumerate(called):
        if len(one.words) > 1:
            fulls = sorted(nicknames.get(one.words[0], ()))
            yield at, [other for full in fulls for other in named.get((full, one.words[-1]), ())]


def _of_an_age(called: Sequence[Called]) -> Owners:
    """`Джон Примерс-младший` of `Джон Примерс`, and `Примерс-младший` of the one `Примерс`, where nobody else of the
    name is told by age.
    """
    plain: dict[tuple[str, ...], list[int]] = {}
    aged: dict[tuple[str, ...], set[str]] = {}
    stripped: list[tuple[int, tuple[str, ...]]] = []
    for at, one in enumerate(called):
        parts = tuple(part for word in one.words for part in word.split("-"))
        if len(parts) > 1 and parts[-1].lower() in _AGES:
            stripped.append((at, parts[:-1]))
            aged.setdefault(parts[-2:-1], set()).add(parts[-1][:2].lower())
        else:
            plain.setdefault(parts, []).append(at)
            if len(parts) > 1:
                plain.setdefault(parts[-1:], []).append(at)
    for at, base in stripped:
        if len(aged[base[-1:]]) == 1:
            yield at, plain.get(base, [])
