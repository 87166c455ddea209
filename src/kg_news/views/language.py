"""Which language a text is written in: naive Bayes over groups of letters, counted in `registry/languages/`.

For each language and script the model counts groups of one to three letters (a word's edges count as letters) in the
sentences (`sample`) and frequent words (`words`) of the language's file; nothing is trained beforehand, and no other
text goes in. A text is compared with the languages of the script that most of it is in. Measured against libraries in
`docs/decisions/2026-11-22-language-model.md`.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, Protocol

_WORD = re.compile(r"[^\W\d_]+(?:['’‘ʻʼ][^\W\d_]+)*")
_APOSTROPHES = str.maketrans("’‘ʻʼ", "''''")  # oʻ, o‘ and o' are one letter of Uzbek
_LOOK_AT = 1000
"""Code points that are looked at: more change no decision."""
_LONGEST = 3
"""Letters in the longest group. Groups of four and five were no better on the tuning sentences."""
_SMOOTHING = 0.1
"""Added to every count, so that a group never seen is unlikely and not impossible."""
_WORDS_TIMES = 3
"""How often each frequent word counts, beside the sentences."""
_NAME_WEIGHT = 0.5
"""A word with a capital is likely a name, and names travel: «Улан Пробный уулу выступил» is Russian."""
_SCALE = 0.2
"""Groups overlap, so their evidence is counted several times; this factor on its logarithm gave the likeliest
confidence on the tuning sentences, cut to 12 to 40 code points.
"""
_KNOWN_PAIRS = 0.8
_STRANGE_WORDS = 0.25
"""A text in none of the languages: fewer pairs of letters than this share are known, or more than this share of the
words have a letter that the language lacks.
"""


class LanguageLike(Protocol):
    @property
    def alphabet(self) -> frozenset[str]: ...
    @property
    def words(self) -> frozenset[str]: ...
    @property
    def sample(self) -> tuple[str, ...]: ...


class Guess(NamedTuple):
    tag: str
    """BCP 47; `und` where it cannot be told."""
    confidence: float
    """The language's share of the probability of all languages in the same script, 0 to 1, in hundredths."""


class _Evidence(NamedTuple):
    """What one word says, all of it times the word's weight; by language in the order of `LanguageModel.tags`."""

    script: str
    size: float
    """Letters."""
    likelihood: tuple[float, ...]
    """Logarithms."""
    known: tuple[float, ...]
    """How many of the pairs of letters the language's sample has."""
    strange: tuple[float, ...]
    """Whether a letter is none of the language's."""
    pairs: float
    weight: float


@dataclass(frozen=True, eq=False)
class LanguageModel:
    """Languages ready to be told apart."""

    tags: Mapping[str, tuple[str, ...]]
    """The languages that are printed in a script, by script."""
    evidence: Callable[[str], _Evidence]
    """Of a word; remembered, since most words of an article were in the one before."""


@dataclass(frozen=True)
class _Counts:
    """The groups of letters of the languages of one script."""

    tags: tuple[str, ...]
    logs: Mapping[str, tuple[float, ...]]
    """By group: the logarithm of its share among the groups of its length, in each language."""
    pairs: tuple[frozenset[str], ...]
    alphabets: tuple[frozenset[str], ...]


def language_model(languages: Mapping[str, LanguageLike]) -> LanguageModel:
    """Count the groups of letters of every language once; some 0.1 s."""
    counts: dict[str, dict[str, Counter[str]]] = {}
    for tag, language in languages.items():
        for sentence in language.sample:
            words = [(word, script) for word in _WORD.findall(sentence) if (script := _script(word))]
            main = Counter(script for _, script in words).most_common(1)
            for word, script in words:
                if script == main[0][0]:  # «Instagram» in a Kyrgyz sentence says nothing about Kyrgyz
                    counts.setdefault(script, {}).setdefault(tag, Counter()).update(_groups(word.lower()))
    for tag, language in languages.items():
        for word in language.words:
            if tag in counts.get(_script(word), {}):
                for group in _groups(word):
                    counts[_script(word)][tag][group] += _WORDS_TIMES
    ready = {script: _ready(found, languages) for script, found in counts.items()}
    remembered = lru_cache(maxsize=1 << 15)(lambda word: _evidence(word, ready))
    return LanguageModel({script: found.tags for script, found in ready.items()}, remembered)


def guess_language(text: str, model: LanguageModel) -> Guess:
    """The likeliest language of a text; it reads the first 1,000 code points.

    `und` with confidence 0 where there are no words in a known script, two languages are equally likely, or the text
    does not look like the likeliest language either (Turkish, Ukrainian).
    """
    words = [model.evidence(word) for word in _WORD.findall(text[:_LOOK_AT])]
    sizes = dict.fromkeys(model.tags, 0.0)
    for word in words:
        if word.script:
            sizes[word.script] += word.size
    main = max(sizes, key=lambda script: sizes[script], default="")
    said = [word for word in words if main and word.script == main]
    if not said:
        return Guess("und", 0.0)
    scores = _sums(word.likelihood for word in said)
    top = max(scores)
    best = scores.index(top)
    if scores.count(top) > 1 or _unlike(said, best):
        return Guess("und", 0.0)
    return Guess(model.tags[main][best], round(1 / sum(math.exp(_SCALE * (score - top)) for score in scores), 2))


def _unlike(said: list[_Evidence], best: int) -> bool:
    """Whether the text looks like none of the languages."""
    known = _sums(word.known for word in said)[best]
    strange = _sums(word.strange for word in said)[best]
    return known < _KNOWN_PAIRS * sum(word.pairs for word in said) or strange > _STRANGE_WORDS * sum(
        word.weight for word in said
    )


def _sums(rows: Iterable[tuple[float, ...]]) -> list[float]:
    return [sum(column) for column in zip(*rows, strict=True)]


def _script(word: str) -> str:
    first = word[0]
    if "\u0400" <= first < "\u0530":
        return "Cyrl"
    return "Latn" if first < "\u0250" or "\u1e00" <= first < "\u1f00" else ""


def _groups(word: str) -> Iterator[str]:
    """The groups of one to three letters of a word in lower case.

    >>> list(_groups("да"))
    ['д', 'а', '_д', 'да', 'а_', '_да', 'да_']
    """
    whole = f"_{word.translate(_APOSTROPHES)}_"
    yield from whole[1:-1]
    for size in range(2, _LONGEST + 1):
        for start in range(len(whole) - size + 1):
            yield whole[start : start + size]


def _ready(counts: Mapping[str, Counter[str]], languages: Mapping[str, LanguageLike]) -> _Counts:
    tags = tuple(sorted(counts))
    known = sorted({group for counter in counts.values() for group in counter})
    kinds = Counter(map(len, known))
    totals: dict[tuple[str, int], int] = Counter()
    for tag in tags:
        for group, count in counts[tag].items():
            totals[tag, len(group)] += count

    def log(group: str, tag: str) -> float:
        size = len(group)
        return math.log((counts[tag][group] + _SMOOTHING) / (totals[tag, size] + _SMOOTHING * kinds[size]))

    return _Counts(
        tags=tags,
        logs={group: tuple(log(group, tag) for tag in tags) for group in known},
        pairs=tuple(frozenset(group for group in counts[tag] if len(group) == 2) for tag in tags),
        alphabets=tuple(languages[tag].alphabet | {"'"} for tag in tags),
    )


def _evidence(written: str, scripts: Mapping[str, _Counts]) -> _Evidence:
    weight = _NAME_WEIGHT if written[0].isupper() else 1.0
    word = written.lower()
    counts = scripts.get(script := _script(word))
    if not counts:
        return _Evidence("", 0.0, (), (), (), 0.0, 0.0)
    groups = list(_groups(word))
    pairs = [group for group in groups if len(group) == 2]
    nothing = (0.0,) * len(counts.tags)  # a group that no language has tells none from another
    letters = set(word.translate(_APOSTROPHES))
    return _Evidence(
        script=script,
        size=weight * len(word),
        likelihood=tuple(weight * total for total in _sums([nothing, *(counts.logs.get(g, nothing) for g in groups)])),
        known=tuple(weight * sum(pair in own for pair in pairs) for own in counts.pairs),
        strange=tuple(0.0 if letters <= alphabet else weight for alphabet in counts.alphabets),
        pairs=weight * len(pairs),
        weight=weight,
    )
