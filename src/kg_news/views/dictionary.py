"""What pymorphy3 finds for words, several times faster than its own `parse` and `inflect`.

pymorphy3 makes an object of every reading and, to bend a word, one of every form of it. A reading is two numbers: the
paradigm and the form's place in it. All but the stem depends on these alone, so it is worked out once for each pair and
kept. Of words that the dictionary lacks pymorphy3 guesses the readings: by a word that it holds behind a prefix, known
or not, and by what words with the same ending are. These guesses are made here in the same way. Readings, their order
and the forms are pymorphy3's own (`tests/test_dictionary.py` holds them against it). Words with other signs than
Russian letters are left to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from kg_news.errors import MissingExtra


class Form(NamedTuple):
    """A form of a paradigm: word = prefix + stem + suffix."""

    paradigm: int
    place: int
    """In its paradigm."""
    head: int
    tail: int
    """Letters of its prefix and its suffix."""
    prefix: str
    suffix: str
    lemma_prefix: str
    lemma_suffix: str
    """Those of the paradigm's first form."""
    tag: str
    """As pymorphy3 writes it: `NOUN,anim,masc sing,nomn`."""
    grammemes: frozenset[str]
    productive: bool
    """Whether unknown words may be read like it: as nouns and verbs, but not as prepositions."""


class Reading(NamedTuple):
    """One reading of a word."""

    word: str
    """The word in lower case, with the ё that the dictionary has, without the prefix that is no part of it there."""
    lemma: str
    form: Form
    before: str = ""
    """The prefix behind which the word is guessed: `афро` of `афросоюз`."""


@cache
def analyzer() -> Any:
    """pymorphy3's analyzer of Russian. MissingExtra without pymorphy3."""
    try:
        from pymorphy3 import MorphAnalyzer
    except ModuleNotFoundError as error:
        raise MissingExtra("build", error.name) from error
    return MorphAnalyzer(lang="ru")


@lru_cache(maxsize=4_000)  # whoever asks for a word's readings bends it next
def readings(word: str) -> tuple[Reading, ...]:
    """The readings of a word, the likeliest first: of one that the dictionary holds, or guessed. None of a single
    letter, which may be an initial, nor of what the dictionary lacks and has other signs than Russian letters.
    """
    if len(word) < 2:
        return ()
    lower = word.lower()
    return _ranked(lower, _held(lower)) or (_guessed(lower) if _RUSSIAN.fullmatch(lower) else ())


def holds(lower: str) -> bool:
    """Whether the dictionary holds a word (in lower case), as pymorphy3's `word_is_known` says."""
    morph = analyzer()
    words = morph.dictionary.words
    # To look for this spelling alone takes a twentieth of the time, and most words have it in the dictionary too.
    return lower in words or ("е" in lower and bool(words.similar_keys(lower, morph.char_substitutes)))


LONGEST = 60
"""Letters of a word that is taken for one: of `суперсуперсупер…` pymorphy3 takes one prefix after the other off, each a
step deeper, till Python refuses.
"""
_RUSSIAN = re.compile("[а-яё]+")


def _held(lower: str) -> list[Reading]:
    """The readings of a word (in lower case) that the dictionary holds."""
    morph = analyzer()
    make: Any = tuple.__new__  # Reading(…) takes twice as long
    words = morph.dictionary.words
    # Most words cannot be spelled with ё, and to look for one spelling alone takes a third of the time.
    if "е" in lower and _may_have_yo(words, lower):
        items = words.similar_items(lower, morph.char_substitutes)
    else:
        items = [(lower, words.get(lower, ()))]
    return [
        make(Reading, (spelled, _lemma(spelled, form) if pair[1] else spelled, form, ""))
        for spelled, pairs in items
        for pair in pairs
        for form in (_form(pair),)
    ]


def _may_have_yo(words: Any, lower: str) -> bool:
    """Whether a word of the dictionary begins like this one up to an е, and has ё there."""
    at = lower.find("е")
    while at >= 0:
        if words.has_keys_with_prefix(lower[:at] + "ё"):
            return True
        at = lower.find("е", at + 1)
    return False


def _lemma(spelled: str, form: Form) -> str:
    return form.lemma_prefix + spelled[form.head : len(spelled) - form.tail] + form.lemma_suffix


def _ranked(lower: str, found: Sequence[Reading]) -> tuple[Reading, ...]:
    """The readings by the share of each in texts, where pymorphy3 knows shares of the word; else in their order."""
    shares = analyzer().prob_estimator.p_t_given_w
    if len(found) < 2 or not shares.has_keys_with_prefix(f"{lower}:"):
        return tuple(found)
    own = [shares.get(f"{lower}:{form.tag}", 0) for _, _, form, _ in found]
    order = sorted(range(len(found)), key=own.__getitem__, reverse=True)  # stable, as pymorphy3's
    return tuple(found[at] for at in order)


def _guessed(lower: str) -> tuple[Reading, ...]:
    """The readings that pymorphy3 guesses of a word of Russian letters that the dictionary lacks; none where it cannot
    guess any.
    """
    if len(lower) > LONGEST:
        return tuple(_by_ending(lower))
    found: dict[tuple[str, int, str], Reading] = {}
    for before, rest in _known_prefixes().possible_splits(lower):
        inner = readings(rest)
        if not inner:
            return ()
        _add_behind(found, before, inner)
    if not found:
        for cut in range(1, 1 + min(_PREFIX, len(lower) - _REST)):
            _add_behind(found, lower[:cut], _held(lower[cut:]))
        for one in _by_ending(lower) if len(lower) >= _SHORTEST else ():
            found.setdefault((one.word, one.form.paradigm, one.form.tag), one)
    return _ranked(lower, tuple(found.values()))


_PREFIX, _REST = 5, 3
"""Letters of an unknown prefix at most, and of the word behind it at least: `word_splits` of pymorphy3."""
_ENDING, _SHORTEST = 5, 4
"""Letters of an ending by which is guessed at most, and of the whole word at least."""


@cache
def _known_prefixes() -> Any:
    """pymorphy3's unit that tries the prefixes which it knows."""
    from pymorphy3.lang.ru.config import KNOWN_PREFIXES
    from pymorphy3.units import KnownPrefixAnalyzer

    unit = KnownPrefixAnalyzer(known_prefixes=KNOWN_PREFIXES)
    unit.init(analyzer())
    return unit


def _add_behind(found: dict[tuple[str, int, str], Reading], before: str, inner: Sequence[Reading]) -> None:
    """Add the readings of what stands behind a prefix, but for those that stand there."""
    for spelled, lemma, form, earlier in inner:
        if form.productive:
            key = (before + earlier + spelled, form.paradigm, form.tag)
            found.setdefault(key, Reading(spelled, before + lemma, form, before + earlier))


def _by_ending(lower: str) -> Iterator[Reading]:
    """What words with the same ending are, the commonest first: of the longest ending that some word has."""
    morph = analyzer()
    found: list[tuple[float, Reading]] = []
    seen: set[tuple[str, int, str]] = set()
    for at, prefix in reversed(list(enumerate(morph.dictionary.paradigm_prefixes))):
        if not lower.startswith(prefix):
            continue
        endings, total = morph.dictionary.prediction_suffixes_dawgs[at], 1
        counted: list[tuple[int, Reading]] = []
        for length in range(_ENDING, 0, -1):
            for ending, rows in endings.similar_items(lower[-length:], morph.char_substitutes):
                spelled = lower[:-length] + ending
                for count, paradigm, place in rows:
                    form = _form((paradigm, place))
                    if not form.productive:
                        continue
                    total += count
                    key = (spelled, paradigm, form.tag)
                    if key not in seen:
                        seen.add(key)
                        counted.append((count, Reading(spelled, _lemma(spelled, form) if place else spelled, form)))
            if total > 1:
                break
        found += ((count / total, reading) for count, reading in counted)
    found.sort(key=itemgetter(0), reverse=True)
    return (reading for _, reading in found)


def forms(lemma: str) -> Iterator[str]:
    """All forms of a word in lower case, of each paradigm that the dictionary has for it as a dictionary form; е in the
    word may be ё there. None for what it lacks.
    """
    dictionary = analyzer().dictionary
    prefixes, suffixes = dictionary.paradigm_prefixes, dictionary.suffixes
    for reading in _held(lemma):
        paradigm, place, head, tail = reading.form[:4]
        if place == 0:
            stem = reading.word[head : len(reading.word) - tail]
            numbers = dictionary.paradigms[paradigm].tolist()
            length = len(numbers) // 3
            for suffix, prefix in zip(numbers[:length], numbers[2 * length :], strict=True):
                yield prefixes[prefix] + stem + suffixes[suffix]


@lru_cache(maxsize=1_000)
def left_over(word: str) -> tuple[Any, ...]:
    """pymorphy3's own `Parse` objects, for a word that has no `readings`."""
    return tuple(analyzer().parse(word))


def bent(reading: Reading, wanted: frozenset[str]) -> str | None:
    """The word in the form that has all `wanted` grammemes and else differs least; None where there is none.

    ValueError for a grammeme that OpenCorpora does not know.
    """
    paradigm, place, head, tail = reading.form[:4]
    at = _place(paradigm, place, wanted)
    if at is None:
        return None
    other = _form((paradigm, at))
    return reading.before + other.prefix + reading.word[head : len(reading.word) - tail] + other.suffix


@lru_cache(maxsize=50_000)
def _form(pair: tuple[int, int]) -> Form:
    """A form by its paradigm and its place there."""
    dictionary = analyzer().dictionary
    paradigm, place = pair
    numbers = dictionary.paradigms[paradigm]
    length = len(numbers) // 3
    prefix, suffix = dictionary.paradigm_prefixes[numbers[2 * length + place]], dictionary.suffixes[numbers[place]]
    return Form(
        paradigm,
        place,
        len(prefix),
        len(suffix),
        prefix,
        suffix,
        dictionary.paradigm_prefixes[numbers[2 * length]],
        dictionary.suffixes[numbers[0]],
        *_tag(numbers[length + place]),
    )


@lru_cache(maxsize=6_000)  # the dictionary has 5,532
def _tag(number: int) -> tuple[str, frozenset[str], bool]:
    """A tag of the dictionary as text, its grammemes, and whether unknown words may have it."""
    tag = analyzer().dictionary.gramtab[number]
    return str(tag), grammemes_of(str(tag)), tag.is_productive()


@lru_cache(maxsize=5_000)
def grammemes_of(tag: str) -> frozenset[str]:
    """The grammemes of a tag as pymorphy3 writes it: `NOUN,anim,masc sing,nomn`."""
    return frozenset(tag.replace(" ", ",").split(","))


@lru_cache(maxsize=20_000)
def _place(paradigm: int, form: int, wanted: frozenset[str]) -> int | None:
    """Which form of the paradigm pymorphy3's `inflect` takes."""
    morph = analyzer()
    numbers = morph.dictionary.paradigms[paradigm]
    length = len(numbers) // 3
    forms_of = [_tag(number)[1] for number in numbers[length : 2 * length]]
    possible = [at for at, own in enumerate(forms_of) if wanted <= own]
    if not possible:
        wanted = morph.TagClass.fix_rare_cases(wanted)
        possible = [at for at, own in enumerate(forms_of) if wanted <= own]
    aim = morph.dictionary.gramtab[numbers[length + form]].updated_grammemes(wanted)

    def likeness(at: int) -> float:
        own = forms_of[at]
        return len(aim & own) - 0.1 * len(aim ^ own)

    return max(possible, key=likeness, default=None)
