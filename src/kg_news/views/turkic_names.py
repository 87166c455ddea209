"""Persons in Kyrgyz and Kazakh texts: by a title before the name, the endings of surnames, and what is the same in all
their forms.

Both languages put the case into an ending that follows the vowels of the word (Kyrgyz: `Примеровдун`, `Примеровго`;
Kazakh: `Примеровтың`, `Примеровке`). A name is found where two capitalised words stand together and the second, once an
ending is taken off, is a surname in -ов, -ова, -ев, -ин …, a father's name with `уулу`, `кызы`, `ұлы`, `қызы`, or where
a title stands before them. No Russian morphology is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg_news.records import Span
from kg_news.views.tokens import Token

_ENDINGS = {
    # Genitive, accusative, dative, locative, ablative, instrumental, in all their harmonies. Which one a surname takes
    # is not checked: -ев, which is front itself, goes with the stem before it: `Тоқаевтың`, but `Әлиевтің`.
    "ky": r"(?:[нтд][ыиуү]н|[нтд][ыиуү]|[гк][аеоө]|на|[дт][аеоө]н?)",
    "kk": r"(?:[нтд][ыі]ң|[нтд][ыі]|[гқкғ][ае]|[дтн][ае]н|[дтн][ае]|[мбп]ен)",
}
_ENDING = {tag: re.compile(rf"(?P<base>.{{3,}}?)(?P<ending>{endings})$") for tag, endings in _ENDINGS.items()}
_SURNAME = re.compile(r"(?:[оеё]в|[иы]н|[цс]кий|[цс]кая|[оеё]ва|[иы]на|ұлы|улы|уулу|тегин|қызы|кызы)$")
_PATRONYMIC = re.compile(r"(?:вич|вна|ұлы|қызы)$")
_LINKS = {"уулу", "кызы", "ұлы", "қызы", "улы", "тегин"}


@dataclass(frozen=True)
class Title:
    """A title before a name, as worded."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Named:
    """A person in the text: the name without the ending of a case, where it stands, and the titles before it."""

    name: tuple[str, ...]
    span: Span
    first: int
    """Index of its first token."""
    titles: tuple[Title, ...]


@dataclass(frozen=True)
class Found:
    """One person of a text."""

    name: str
    mentions: tuple[Span, ...]
    titles: tuple[Title, ...]


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """A surname or a particle behind a father's name without the ending of its case; another word as it is.

    >>> stem("Примеровдун", "ky"), stem("Примеровамен", "kk"), stem("Асан", "ky")
    ('Примеров', 'Примерова', 'Асан')
    """
    match = _ENDING[language].match(word)
    return match["base"] if match and (_SURNAME.search(match["base"]) or match["base"] in _LINKS) else word


def find_persons(
    tokens: Sequence[Token], sentences: Sequence[int], language: str, heads: frozenset[str]
) -> tuple[Found, ...]:
    """The persons whom a text names, in the order of first mention.

    `sentences` are the offsets at which sentences begin, `heads` the titles of the language in the nominative. A
    surname alone belongs to the one person of the text who is named in full with it.
    """
    named = list(_named(tokens, frozenset(sentences), language, heads))
    people: dict[tuple[str, ...], list[Named]] = {}
    for one in named:
        people.setdefault(one.name, []).append(one)
    taken = {at for one in named for at in range(one.first, one.first + len(one.name))}
    by_surname: dict[str, list[tuple[str, ...]]] = {}
    for name in people:
        by_surname.setdefault(name[-1], []).append(name)
    for at, token in enumerate(tokens):
        base = stem(token.text, language)
        owners = by_surname.get(base, []) if at not in taken and token.capital and base not in _LINKS else []
        if len(owners) == 1 and not _between_capitals(tokens, at):
            titles = _titles(tokens, at, heads, language)
            people[owners[0]].append(Named((base,), Span(token.start, token.end), at, titles))
    return tuple(
        Found(
            " ".join(name),
            tuple(sorted(one.span for one in mentions)),
            tuple(dict.fromkeys(title for one in sorted(mentions, key=_place) for title in one.titles)),
        )
        for name, mentions in sorted(people.items(), key=lambda item: min(one.span for one in item[1]))
    )


def _place(named: Named) -> Span:
    return named.span


def _between_capitals(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 < len(tokens) and tokens[at + 1].is_word and tokens[at + 1].capital


def _named(tokens: Sequence[Token], begins: frozenset[int], language: str, heads: frozenset[str]) -> Iterator[Named]:
    at = 0
    while at < len(tokens):
        if _title(tokens[at].text, heads):
            at += 1
            continue
        words = [token.text for token in tokens[at : _run(tokens, at, begins)]]
        titles = _titles(tokens, at, heads, language) if words else ()
        size = _size(words, language, titled=bool(titles))
        if size == 3 and tokens[at].start in begins and _size(words[1:], language, titled=False) == 2:
            size = 0 if _PATRONYMIC.search(words[1]) is None else 3
            words = words[: size or 1]  # the word that begins the sentence does not belong to the name
        if size:
            name = (*words[: size - 1], stem(words[size - 1], language))
            yield Named(name, Span(tokens[at].start, tokens[at + size - 1].end), at, titles)
        at += size or max(1, len(words))


def _size(words: Sequence[str], language: str, *, titled: bool) -> int:
    """How many of the capitalised words that stand together are a name; 0 where they begin with none."""
    bases = [stem(word, language) for word in words[:3]]
    if bases[2:] and bases[2] in _LINKS:
        return 3
    for size in (2, 3):
        if len(bases) >= size and (_SURNAME.search(bases[size - 1]) and bases[size - 1] not in _LINKS):
            return size
    return 2 if titled and len(words) == 2 and all(len(word) > 2 for word in words) else 0


def _run(tokens: Sequence[Token], at: int, begins: frozenset[int]) -> int:
    """The end of the row of capitalised words that begins at a token, `уулу` and the like with them."""
    last = at
    while last < len(tokens) and tokens[last].is_word and not tokens[last].text.isupper():
        if last > at and tokens[last].start in begins:
            break
        if not tokens[last].capital and not (last > at + 1 and _is_link(tokens[last].text)):
            break
        last += 1
    return last


def _is_link(word: str) -> bool:
    return any(stem(word, language) in _LINKS for language in _ENDING)


def _titles(tokens: Sequence[Token], name: int, heads: frozenset[str], language: str) -> tuple[Title, ...]:
    """The title right before a name with what belongs to it: `Кыргызстандын президенти`, `ИИМдин өкүлү`."""
    head = name - 1
    base = _title(tokens[head].text, heads) if head >= 0 else None
    if base is None:
        return ()
    first = head
    while base != tokens[head].text.lower() and first > 0 and head - first < 4 and _owns(tokens[first - 1], language):
        first -= 1
    text = " ".join(token.text for token in tokens[first : head + 1]) if first < head else base
    return (Title(text, tokens[first].start, tokens[head].end),)


def _owns(token: Token, language: str) -> bool:
    """`Кыргызстандын`, `Жогорку Кеңештин`; in Kazakh without an ending too: `Қазақстан президенті`."""
    return token.is_word and (token.capital or bool(_GENITIVE[language].search(token.text)))


_GENITIVE = {"ky": re.compile(r"[нтд][ыиуү]н$"), "kk": re.compile(r"[нтд][ыі]ң$")}
_POSSESSED = re.compile(r"[ыиуүі]$")
_VOICED = {"г": "к", "ғ": "қ", "б": "п"}


def _title(word: str, heads: frozenset[str]) -> str | None:
    """The title in its own form: `президент` of `президенти`, whose ending -ы, -и, -у, -ү, -сы … says that it is
    somebody's. None for another word.
    """
    lower = word.lower()
    if lower in heads:
        return lower
    stems = [lower[:-1], lower[:-2], lower[:-2] + _VOICED.get(lower[-2:-1], "-")]
    return next((base for base in stems if base in heads and _POSSESSED.search(lower)), None)
