"""What pymorphy3 finds for the words of its dictionary, several times faster than its own `parse` and `inflect`.

pymorphy3 makes an object of every reading and, to bend a word, one of every form of it. Nearly all words of a text are
in the dictionary, where a reading is two numbers: the paradigm and the form's place in it. All but the stem depends on
these alone, so it is worked out once for each pair and kept. Readings, their order and the forms are pymorphy3's own
(`tests/test_dictionary.py` holds both against it); words that the dictionary lacks are left to it.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any, NamedTuple

from kg_news.errors import MissingExtra


class Reading(NamedTuple):
    """One reading of a word of the dictionary."""

    word: str
    """The word in lower case, with the ё that the dictionary has."""
    lemma: str
    paradigm: int
    form: int
    """The word's place in its paradigm."""


class _Form(NamedTuple):
    """A form of a paradigm: word = prefix + stem + suffix."""

    prefix: str
    suffix: str
    tag: str
    """As pymorphy3 writes it: `NOUN,anim,masc sing,nomn`."""
    grammemes: frozenset[str]


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
    """The readings of a word that the dictionary holds, the likeliest first; none of another, nor of a single letter,
    which may be an initial.
    """
    if len(word) < 2:
        return ()
    morph, lower = analyzer(), word.lower()
    dictionary = morph.dictionary
    found = []
    for spelled, pairs in dictionary.words.similar_items(lower, morph.char_substitutes):
        for paradigm, form in pairs:
            lemma = spelled
            if form:
                own, first = _form(paradigm, form), _form(paradigm, 0)
                lemma = first.prefix + spelled[len(own.prefix) : len(spelled) - len(own.suffix)] + first.suffix
            found.append(Reading(spelled, lemma, paradigm, form))
    if len(found) < 2:
        return tuple(found)
    share = morph.prob_estimator.p_t_given_w.get
    shares = [share(f"{lower}:{_form(reading.paradigm, reading.form).tag}", 0) for reading in found]
    order = sorted(range(len(found)), key=shares.__getitem__, reverse=True)  # stable, as pymorphy3's
    return tuple(found[at] for at in order)


@lru_cache(maxsize=4_000)
def guesses(word: str) -> tuple[Any, ...]:
    """pymorphy3's own `Parse` objects, for a word that the dictionary lacks: it guesses by endings and prefixes."""
    return tuple(analyzer().parse(word))


def grammemes(reading: Reading) -> frozenset[str]:
    """OpenCorpora's grammemes of a reading."""
    return _form(reading.paradigm, reading.form).grammemes


def bent(reading: Reading, wanted: frozenset[str]) -> str | None:
    """The word in the form that has all `wanted` grammemes and else differs least; None where there is none.

    ValueError for a grammeme that OpenCorpora does not know.
    """
    at = _place(reading.paradigm, reading.form, wanted)
    if at is None:
        return None
    own, other = _form(reading.paradigm, reading.form), _form(reading.paradigm, at)
    return other.prefix + reading.word[len(own.prefix) : len(reading.word) - len(own.suffix)] + other.suffix


@lru_cache(maxsize=50_000)
def _form(paradigm: int, place: int) -> _Form:
    dictionary = analyzer().dictionary
    numbers = dictionary.paradigms[paradigm]
    length = len(numbers) // 3
    tag = dictionary.gramtab[numbers[length + place]]
    return _Form(
        dictionary.paradigm_prefixes[numbers[2 * length + place]],
        dictionary.suffixes[numbers[place]],
        str(tag),
        grammemes_of(str(tag)),
    )


@lru_cache(maxsize=5_000)
def grammemes_of(tag: str) -> frozenset[str]:
    """The grammemes of a tag as pymorphy3 writes it: `NOUN,anim,masc sing,nomn`."""
    return frozenset(tag.replace(" ", ",").split(","))


@lru_cache(maxsize=50_000)
def _place(paradigm: int, form: int, wanted: frozenset[str]) -> int | None:
    """Which form of the paradigm pymorphy3's `inflect` takes."""
    morph = analyzer()
    tags = [tag for _, tag, _ in morph.dictionary.build_paradigm_info(paradigm)]
    possible = [at for at, tag in enumerate(tags) if wanted <= tag.grammemes]
    if not possible:
        wanted = morph.TagClass.fix_rare_cases(wanted)
        possible = [at for at, tag in enumerate(tags) if wanted <= tag.grammemes]
    aim = tags[form].updated_grammemes(wanted)

    def likeness(at: int) -> float:
        own = tags[at].grammemes
        return len(aim & own) - 0.1 * len(aim ^ own)

    return max(possible, key=likeness, default=None)
