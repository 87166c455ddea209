"""Tokens: razdel's, as the entity model was trained on them.

razdel cuts a text into atoms (runs of Russian letters, of Latin letters, of digits; each other sign by itself), and
joins neighbours by rules. Its rules are applied here without its objects, which took nine tenths of the time, and what
stands between two spaces is cut once and kept: `(Оша),` is cut alike wherever it stands. `tests/test_tokens.py` holds
the tokens against razdel's own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from itertools import chain, compress, pairwise
from operator import itemgetter
from typing import Any, NamedTuple

from kg_news.errors import MissingExtra
from kg_news.records import Span

_PIECE = re.compile(r"(?s:.{1,10000})(?:(?<=\s)|\Z)|\S{1,10000}")
"""At most 10,000 code points, up to white space where there is any: no token reaches over it, and none is longer."""
_SMILE = 5
"""Signs of razdel's longest smile, `:-)))`."""


QUOTES = frozenset("«»“”„\"'")


class Token(NamedTuple):
    """A word, a number or a mark, with its place in the text."""

    start: int
    end: int
    text: str

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def tokens(text: str) -> tuple[Token, ...]:
    """All tokens of a text, in order. MissingExtra without razdel."""
    rules = _rules()
    found: list[Token] = []
    for piece in _PIECE.finditer(text):
        _add_piece(found, text, *piece.span(), rules)
    return tuple(found)


class _Rules(NamedTuple):
    """What razdel's rules are made of: its own values, so that a new version of it is followed."""

    atom: re.Pattern[str]
    smile: re.Pattern[str]
    dashes: str
    endings: str
    links: frozenset[str]
    """Signs that may join what stands on both sides of them."""


@cache
def _rules() -> _Rules:
    try:
        from razdel.segmenters.punct import DASHES, ENDINGS
        from razdel.segmenters.tokenize import ATOM, SMILE
    except ModuleNotFoundError as error:
        raise MissingExtra("build", error.name) from error
    return _Rules(ATOM, SMILE, DASHES, ENDINGS, frozenset(DASHES + "_.,/\\"))


def _add_piece(found: list[Token], text: str, start: int, end: int, rules: _Rules) -> None:
    """Add the tokens of a stretch of text to those found before it."""
    make: Any = tuple.__new__  # Token(…) takes twice as long
    before = stop = start  # where the chunk before begins and ends
    for chunk in text[start:end].split():
        begin = text.index(chunk, stop)
        stop = begin + len(chunk)
        cut = _cut(chunk) if len(chunk) < _KEPT else None
        if cut is None:
            following = _CHUNK.search(text, stop, end)
            atoms = _atoms(text, before, following.end() if following else end, rules)
            joints = [joint for joint in _joints(text, atoms, rules) if begin <= joint[0] < stop]
            found += (make(Token, (first, last, text[first:last])) for first, last in joints)
        elif len(cut) == 1:
            found.append(make(Token, (begin, stop, cut[0][2])))  # the kept string has its hash
        else:
            found += [make(Token, (begin + first, begin + last, word)) for first, last, word in cut]
        before = begin


_CHUNK = re.compile(r"\S+")
_PLAIN = re.compile(r"([А-Яа-яЁё]+)([,.]?)")
"""Most chunks: a Russian word, and perhaps one sign that never joins it."""
_KEPT = 40
"""Code points of a chunk that is kept at most."""


@lru_cache(maxsize=12_000)
def _cut(chunk: str) -> tuple[tuple[int, int, str], ...] | None:
    """The tokens of what stands between two spaces; None where those beyond the spaces may decide (`_linked`): it
    begins with a sign that joins, as `-то` does, or ends with one as `5,` and `слово-` do.
    """
    if plain := _PLAIN.fullmatch(chunk):
        word, sign = plain.groups()
        middle = len(word)
        return ((0, middle, word), (middle, middle + 1, sign)) if sign else ((0, middle, word),)
    rules = _rules()
    atoms = _atoms(chunk, 0, len(chunk), rules)
    if len(atoms) > 1:
        if chunk[0] in rules.links:
            return None
        if chunk[-1] in rules.links and (atoms[-2][2] == "INT" or chunk[-1] not in ".,/\\"):
            return None
    return tuple((first, last, chunk[first:last]) for first, last in _joints(chunk, atoms, rules))


_Atom = tuple[int, int, str | None]


def _atoms(text: str, start: int, end: int, rules: _Rules) -> list[_Atom]:
    return [(*match.span(), match.lastgroup) for match in rules.atom.finditer(text, start, end)]


def _joints(text: str, atoms: Sequence[_Atom], rules: _Rules) -> Iterator[tuple[int, int]]:
    """The tokens' places: atoms that razdel's rules join."""
    first = last = -1
    kind: str | None = None
    for at, (begin, stop, own) in enumerate(atoms):
        # Letters of two scripts, or a number beside a letter, are never joined: only signs are looked at.
        if begin != last or (kind in _WORDS and own in _WORDS) or not _joined(text, first, atoms, at, rules):
            if last > first:
                yield first, last
            first = begin
        last, kind = stop, own
    if last > first:
        yield first, last


_WORDS = frozenset({"RU", "LAT", "INT"})


def _joined(text: str, first: int, atoms: Sequence[_Atom], at: int, rules: _Rules) -> bool:
    """Whether an atom goes on the token that begins at `first`, by the first of razdel's rules that says so."""
    (start, middle, left), (_, end, right) = atoms[at - 1], atoms[at]
    signs = left == "PUNCT", right == "PUNCT"
    linking = (signs[0] and text[start] in rules.links) or (signs[1] and text[middle] in rules.links)
    if linking and _linked(text, atoms, at, rules):
        return True
    if all(signs):
        before, after = text[start], text[middle]
        return (
            (middle - first < _SMILE and bool(rules.smile.match(text[first:end])))
            or (before in rules.endings and after in rules.endings)
            or (before == after and before in "-*")
        )
    if any(signs):
        return text[middle] == "!" and text[start:middle].lower() == "yahoo"
    return left != "INT" and right != "INT"  # one of them is neither letter nor digit: Δσ, mβ


def _linked(text: str, atoms: Sequence[_Atom], at: int, rules: _Rules) -> bool:
    """Whether a dash or the like makes one token of what stands on both its sides, white space or not.

    Of a rule's sign on the left, what stands before it and behind it counts; else, of one on the right.
    """
    left = text[atoms[at - 1][0]] if atoms[at - 1][2] == "PUNCT" else ""
    right = text[atoms[at][0]] if atoms[at][2] == "PUNCT" else ""
    for signs, numbers in ((rules.dashes, False), ("_", False), (".,", True), ("/\\", True)):
        if left and left in signs:
            sides = (at - 2, at)
        elif right and right in signs:
            sides = (at - 1, at + 1)
        else:
            continue
        if sides[0] < 0 or sides[1] >= len(atoms):
            continue
        kinds = {atoms[side][2] for side in sides}
        if kinds == {"INT"} or (not numbers and "PUNCT" not in kinds):
            return True
    return False


def spaced(tokens: Sequence[Token], forms: Sequence[str]) -> str:
    """Other forms of the tokens, with the spaces that the text has between them."""
    gaps = ["", *(" " if after.start > before.end else "" for before, after in pairwise(tokens))]
    return "".join(gap + form for gap, form in zip(gaps, forms, strict=True))


_START = itemgetter(0)  # attribute access by name takes four times as long


class TokenIndex:
    """Finds tokens by their place in the text, or by their word.

    `may_tell` says of which words lists of words may know something: all, by default.
    """

    def __init__(
        self, tokens: Sequence[Token], sentences: Sequence[Span], may_tell: Callable[[str], bool] | None = None
    ) -> None:
        self.tokens = tokens
        self._may_tell = may_tell
        self._starts = [*map(_START, tokens)]
        self._sentences = sentences
        self._sentence_starts = [*map(_START, sentences)]

    @cached_property
    def places(self) -> Mapping[str, Sequence[int]]:
        """The places of each word among the tokens: what depends on the word alone is asked once for all of them."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for at, (_, _, text) in enumerate(self.tokens):
            found[text].append(at)
        return dict(found)

    @cached_property
    def telling(self) -> Mapping[str, Sequence[int]]:
        """`places` of the words that may tell something."""
        if self._may_tell is None:
            return self.places
        return dict(compress(self.places.items(), map(self._may_tell, self.places)))

    def those_listed(self, wanted: Callable[[str], object]) -> list[int]:
        """The places of the words of which something is true, in order; what is true of no word that does not tell."""
        return _those(self.telling, wanted)

    @cached_property
    def raised(self) -> Mapping[str, Sequence[int]]:
        """`places` of what is no word in small letters, which most are."""
        return {text: found for text, found in self.places.items() if not text.islower()}

    def those_raised(self, wanted: Callable[[str], object]) -> list[int]:
        """The places of what is no word in small letters and of which something is true, in order."""
        return _those(self.raised, wanted)

    def at(self, offset: int) -> int:
        """Index of the token that holds the offset, or of the one before it."""
        return (bisect_right(self._starts, offset) or 1) - 1

    def span(self, start: int, end: int) -> tuple[int, int]:
        """First token of a stretch of text, and the token behind its last."""
        return (bisect_right(self._starts, start) or 1) - 1, bisect_right(self._starts, end - 1) or 1

    def within(self, start: int, end: int) -> Sequence[Token]:
        """The tokens that begin in a stretch of text."""
        return self.tokens[bisect_right(self._starts, start - 1) : bisect_right(self._starts, end - 1)]

    def sentence(self, offset: int) -> Span:
        """The sentence around an offset, or the one before it. Every token stands in a sentence."""
        return self._sentences[(bisect_right(self._sentence_starts, offset) or 1) - 1]


def _those(places: Mapping[str, Sequence[int]], wanted: Callable[[str], object]) -> list[int]:
    return sorted(chain.from_iterable(compress(places.values(), map(wanted, places))))
