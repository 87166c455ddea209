"""One office for each of several persons: of `президенты Турции и Грузии Асан Примеров и Бурул Тестова` the first is
Turkey's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg_news.views.morph import inflect, parses
from kg_news.views.office_heads import is_head
from kg_news.views.office_titles import Office, TitleWords
from kg_news.views.tokens import Token, spaced

_FORMER = frozenset({"бывшие", "бывших", "бывшим", "бывшими"})
"""`бывшие министры труда и миграции` may have had one office, one after the other."""


def apportioned(
    tokens: Sequence[Token], first: int, stop: int, office: Office, persons: int, words: TitleWords
) -> tuple[Office, ...]:
    """The offices of as many persons as a plural office in some tokens has parts, in their order; none where the
    numbers differ, or they have the whole in common: `депутаты парламента`.
    """
    head = next((at for at in range(first, stop) if is_head(tokens[at], words.heads)), None)
    if head is None or tokens[first].text.lower() in _FORMER or not all(token.is_word for token in tokens[first:head]):
        return ()
    parts = _parts(tokens, head + 1, stop)
    if len(parts) != persons or len(parts) < 2 or is_head(tokens[parts[0][0]], words.heads):
        return ()
    before, behind = _common(tokens, parts)
    begun = office.title.split()[: head - first + 1]
    made: list[Office] = []
    for start, end in _without(parts, len(before), len(behind)):
        own = spaced(tokens[start:end], [token.text for token in tokens[start:end]])
        begin = tokens[start].start if made and _is_name(tokens[start]) else office.start  # its own state
        title = " ".join([*begun, *before, own, *behind])
        made.append(replace(office, title=title, start=begin, end=tokens[end - 1].end))
    return tuple(made)


def _is_name(token: Token) -> bool:
    return token.capital and "ADJF" not in parses(token.text)[0].tags


def _parts(tokens: Sequence[Token], start: int, stop: int) -> list[tuple[int, int]]:
    """What commas and an `и` part, as tokens."""
    found: list[tuple[int, int]] = []
    at = start
    for end in range(start, stop + 1):
        if end == stop or tokens[end].text in {",", "и"}:
            if end == at:
                return []
            found.append((at, end))
            at = end + 1
    return found


def _common(tokens: Sequence[Token], parts: Sequence[tuple[int, int]]) -> tuple[list[str], list[str]]:
    """The words that all parts have in common before or behind their own: `МИД` of `МИД Турции и Грузии`, `района` of
    `Горного и Речного районов`.
    """
    (start, end), *rest = parts
    singles = all(stop - at == 1 and tokens[at].capital for at, stop in rest)
    if end - start > 1 and singles and tokens[end - 1].capital:
        return [token.text for token in tokens[start : end - 1]], []
    *some, (at, stop) = parts
    quality = all(end - start == 1 and "ADJF" in parses(tokens[start].text)[0].tags for start, end in some)
    noun = tokens[stop - 1].text
    if quality and stop - at == 2 and {"NOUN", "gent", "plur"} <= parses(noun)[0].tags:
        return [], [inflect(noun, frozenset({"gent", "sing"}), 0) or noun]
    return [], []


def _without(parts: Sequence[tuple[int, int]], before: int, behind: int) -> list[tuple[int, int]]:
    """The parts by themselves, without the words that they have in common."""
    (first, end), *rest = parts
    found = [(first + before, end), *rest]
    last, stop = found[-1]
    return [*found[:-1], (last, stop - behind)]
