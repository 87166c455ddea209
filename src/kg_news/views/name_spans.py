"""Where persons' names begin and end in what the entity model takes for one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg_news.views.morph import PERSONAL, known, parses
from kg_news.views.tokens import Token

_LATIN = re.compile(r"[A-Za-zÀ-ɏ'’.-]+")
_MARKS = frozenset('(),;:/|[]—–…"«»!?')


def name_stretches(text: str, tokens: Sequence[Token], first: int, last: int) -> Iterator[tuple[int, int]]:
    """The names in a stretch of tokens that the model took for one, as index of the first token and behind the last.

    It runs over line ends (`Асан Примеров` above a photo and again below), and takes in the name in Latin letters that
    stands in parentheses behind the Cyrillic one. A common word that follows on a line of its own is dropped.
    """
    cyrillic = False
    for begin, end in _stretches(text, tokens, first, last):
        words = [token.text for token in tokens[begin:end] if token.is_word]
        latin = all(_LATIN.fullmatch(word) for word in words)
        if not words or (latin and cyrillic) or (begin > first and len(words) == 1 and is_common(words[0])):
            continue
        cyrillic |= not latin
        yield begin, end


def _stretches(text: str, tokens: Sequence[Token], first: int, last: int) -> Iterator[tuple[int, int]]:
    begin = first
    for at in range(first, last):
        mark = tokens[at].text in _MARKS
        if at > begin and (mark or "\n" in text[tokens[at - 1].end : tokens[at].start]):
            yield begin, at
            begin = at
        if mark:
            begin = at + 1
    if begin < last:
        yield begin, last


def past_adjectives(tokens: Sequence[Token], at: int) -> int:
    """The place behind an adjective, over the one that `и` joins to it: of `районов` in `Горного и Речного районов`."""
    joined = tokens[at + 1 : at + 3]
    paired = len(joined) == 2 and joined[0].text == "и" and joined[1].capital
    return at + 1 + 2 * (paired and any("ADJF" in parse.tags for parse in parses(joined[1].text)))


def is_common(word: str) -> bool:
    """`Купюра` and `На`, which begin the next line, and no name."""
    return known(word) and not any(parse.tags & PERSONAL for parse in parses(word))


_AGE = re.compile(r"(?:\d+|[а-яё]{4,})-?(?:х|ти|и)?-?летн(?:ий|его|ему|им|ем|яя|ей|юю)", re.IGNORECASE)


def is_age(word: str) -> bool:
    """`69-летнего`, `Шестидесятивосьмилетняя`, which the model takes into the name behind."""
    return bool(_AGE.fullmatch(word))


_KIN = frozenset({"брат", "сестра", "супруг", "супруга", "сын", "дочь"})
_COLLECTIVE = frozenset({"семья", "семейство", "чета", "клан", "династия", "дом", "род"})
_PLURAL = re.compile(r"(?:[оеё]в|[иы]н|ск|цк)(?:ы|и|ых|их|ым|им|ыми|ими)$|(?:[а-яё]{2}(?:[оеё]в|ей|ы|ам|ами))$")
_PLURAL_ALONE = re.compile(r"[а-яё]{3}[оеё]в(?:ы|ых|ыми)$")
"""What is a plural by itself: `Примеровы`."""
_PLURAL_GENITIVE = re.compile(r"(?:[оеё]в|[иы]н|ск|цк)(?:ых|их)$|(?:[а-яё]{2}(?:[оеё]в|ей))$")


def is_family(tokens: Sequence[Token], first: int, last: int) -> bool:
    """A surname in the plural, which names no one person: `Примеровы`, `братья Тестины`, `семья Бекхэмов`."""
    word = tokens[last - 1].text
    if last - first > 1 or word in {"", word.upper()}:
        return False
    if _PLURAL_ALONE.search(word) and not known(word):
        return True
    if not first:
        return False
    kin = parses(tokens[first - 1].text)[0]
    if kin.lemma in _COLLECTIVE:
        return bool(_PLURAL_GENITIVE.search(word))
    return kin.lemma in _KIN and "plur" in kin.tags and bool(_PLURAL.search(word))
