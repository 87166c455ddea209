"""Titles beside a person's name in Kyrgyz and Kazakh texts, with what belongs to them: `Кыргызстандын президенти`.

Both languages put the noun last. One that is somebody's (`әкімі`, `министрлигинин`) has before it whose it is, with an
ending (`Кыргызстандын`) or without one (`Алматы қаласының`, `сыртқы істер`). So a title reaches back from its noun over
all such words, to one that nothing need stand before; a word in another case belongs to the clause and ends it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg_news.views.tokens import QUOTES, Token, spaced
from kg_news.views.turkic_endings import VOICED, is_genitive, is_object, is_placed

_FARTHEST = 10
"""Words of a title before its noun."""
_LOWER = 4
"""Words without a capital and without an ending that stand together in a title: `айыл чарба`, `ауыл шаруашылығы`."""
_MOST_CHAINED = 3
"""Titles of one person that a comma or an `and` joins."""
_POSSESSED = re.compile(r"[ыиуүі]$")
_OF_SOMEBODY = re.compile(r"(?:[ыиуүі]н[ыиуүі][нң]|с[ыиуүі]|л[ыиуүі][гғ][ыиуүі])$")
"""What must have its owner before it: a genitive of what is somebody's itself (`финансы министринин орун басары`), and
`қаласы`, `шаруашылығы`.
"""
_OF_A_MATTER = re.compile(r"(?:вице-)?министр[иі]")
"""Before it stands a common noun, what the ministry is for, where before `мэринин` a town's name stands."""
_AND = frozenset({"жана", "және"})
_AS = frozenset({"болуп", "болып"})
"""Between an office and the verb that gives it: `мэри болуп дайындалды`."""
_POST = frozenset({"кызматына", "кызматынан", "қызметіне", "қызметінен"})
"""Between an office and the verb by which somebody gets or leaves it: `мэр кызматынан бошотулду`."""
_ADVERBS = 3
"""Words between a name and the office that a verb gives: `Асан Примеров бүгүн Ош шаарынын мэри болуп дайындалды`."""
_BEFORE_A_HYPHEN = frozenset({"экс", "вице"})


@dataclass(frozen=True)
class TitleNouns:
    """What titles are told by in a language, from `registry/languages/<tag>.yml`."""

    nouns: frozenset[str]
    """In the nominative."""
    function_words: frozenset[str] = frozenset()
    """What belongs to no title: `боюнча`, `жана`."""
    qualifying: frozenset[str] = frozenset()
    """What belongs to a title before a noun that is nobody's: `мурдагы`, `башкы`."""
    apart: frozenset[str] = frozenset()
    """What may begin a sentence before a title: `кечээ`."""
    matters: frozenset[str] = frozenset()
    """What ministries are for, where another matter follows: `білім және ғылым министрі`."""
    residents: frozenset[str] = frozenset()
    """Those of the nouns that tell a name but no office: `тургун`."""
    given: frozenset[str] = frozenset()
    """Verbs by which somebody gets, has or leaves an office: `дайындалды`."""

    def is_resident(self, title: Title) -> bool:
        """Whether a title only says that somebody is from somewhere: `айыл тургуну`."""
        return title_noun(title.text.split()[-1], self.residents) is not None


@dataclass(frozen=True)
class Title:
    """A title beside a name, as worded."""

    text: str
    start: int
    end: int


def titles_before(tokens: Sequence[Token], name: int, words: TitleNouns, floor: int = 0) -> tuple[Title, ...]:
    """The titles right before a name, in the order of the text: `университеттин ректору, профессор Асан Примеров`. None
    reaches before `floor`, where another name ends.
    """
    found: list[Title] = []
    stop = name
    for _ in range(_MOST_CHAINED):
        place = _title_at(tokens, stop, words, floor)
        if place is None:
            break
        found.insert(0, place[1])
        joint = place[0] - 1
        if joint <= floor or not (tokens[joint].text == "," or tokens[joint].text in _AND):
            break
        stop = joint
    return tuple(found)


def titles_after(tokens: Sequence[Token], behind: int, words: TitleNouns) -> tuple[Title, ...]:
    """The title in apposition behind a name: `Асан Примеров, Ош облусунун губернатору, …`; `behind` is the token behind
    the name.
    """
    if behind >= len(tokens) or tokens[behind].text != ",":
        return ()
    ends = range(behind + 2, min(len(tokens), behind + 2 + _FARTHEST))
    stop = next((at for at in ends if tokens[at].text in {",", ".", "—", "–"}), None)
    place = _title_at(tokens, stop, words) if stop is not None else None
    return (place[1],) if place and place[0] == behind + 1 else ()


def titles_given(tokens: Sequence[Token], first: int, behind: int, words: TitleNouns) -> tuple[Title, ...]:
    """The title that a verb gives the person whose name has some tokens: `Асан Примеров Ош шаарынын мэри болуп
    дайындалды`, `мэр болуп Асан Примеров шайланды`, `Асан Примеров мэр кызматынан бошотулду`.
    """
    if first and behind < len(tokens) and tokens[first - 1].text in _AS and tokens[behind].text in words.given:
        place = _title_at(tokens, first - 1, words)
        return (place[1],) if place else ()
    for at in range(behind + 1, min(len(tokens) - 1, behind + _FARTHEST)):
        if not tokens[at - 1].is_word:
            break
        if is_post(tokens, at, words.given) or (tokens[at].text in _AS and tokens[at + 1].text in words.given):
            place = _title_at(tokens, at, words, behind)
            between = tokens[behind : place[0]] if place else ()
            apart = len(between) > _ADVERBS or any(token.capital or not token.is_word for token in between)
            return (place[1],) if place and not apart else ()
    return ()


def is_post(tokens: Sequence[Token], at: int, given: frozenset[str]) -> bool:
    """Whether `кызматы` is an office that somebody gets or leaves, and no service: `мэр кызматынан бошотулду`."""
    return tokens[at].text in _POST and at + 1 < len(tokens) and tokens[at + 1].text in given


def title_noun(word: str, nouns: frozenset[str]) -> str | None:
    """The title in its own form: `президент` of `президенти`, whose ending -ы, -и, -у, -ү, -сы … says that it is
    somebody's. None for another word.
    """
    lower = word.lower()
    if "-" in lower and lower.partition("-")[0] in _BEFORE_A_HYPHEN and lower not in nouns:
        prefix, _, rest = lower.partition("-")
        base = title_noun(rest, nouns)
        return f"{prefix}-{base}" if base else None
    if lower in nouns:
        return lower
    stems = [lower[:-1], lower[:-2], lower[:-2] + VOICED.get(lower[-2:-1], "-")]
    return next((base for base in stems if base in nouns and _POSSESSED.search(lower)), None)


def _title_at(tokens: Sequence[Token], stop: int, words: TitleNouns, floor: int = 0) -> tuple[int, Title] | None:
    """The title that ends before a token, with its first token."""
    last = head = stop - 1
    base = title_noun(tokens[head].text, words.nouns) if head >= floor else None
    if base is None and head > floor:  # `орун басары`
        head -= 1
        base = title_noun(f"{tokens[head].text} {tokens[last].text}", words.nouns)
    if base is None:
        return None
    worded = " ".join(token.text for token in tokens[head : last + 1])
    whole = base != worded.lower()  # it is somebody's
    first = _beginning(tokens, head, words, floor) if whole else _qualified(tokens, head, words)
    text = spaced(tokens[first : last + 1], [token.text for token in tokens[first : last + 1]])
    matter = _OF_A_MATTER.match(text.partition(" ")[2]) and not is_genitive(tokens[first].text)
    if not whole or matter:
        text = text[0].lower() + text[1:]  # `Финансы министринин …` begins a sentence
    return first, Title(text, tokens[first].start, tokens[last].end)


def _qualified(tokens: Sequence[Token], head: int, words: TitleNouns) -> int:
    """Where the title of a noun that is nobody's begins: at `мурдагы`, `башкы` before it."""
    first = head
    while first > 0 and tokens[first - 1].text.lower() in words.qualifying:
        first -= 1
    return first


def _beginning(tokens: Sequence[Token], head: int, words: TitleNouns, floor: int) -> int:
    """Where the title begins of which a noun is the head that is somebody's."""
    first, lower = head, 0
    while first > floor and head - first < _FARTHEST:
        before, here = tokens[first - 1], tokens[first].text
        needs = first == head or bool(_OF_SOMEBODY.search(here.lower()))
        if before.text in QUOTES and needs:
            opening = next((at for at in range(first - 2, max(-1, first - 8), -1) if tokens[at].text in QUOTES), None)
            if opening is None:
                break
            first = opening
            continue
        if before.text.isdecimal() and first > 1 and tokens[first - 2].text == "№":
            return first - 2  # `№ 5 мектептин директору`
        if before.text in _AND and first > 1 and tokens[first - 2].text.lower() in words.matters and first - 2 >= floor:
            first -= 2
            continue
        if not _may_stand(before, words):
            break
        if not before.capital and not is_genitive(before.text):
            lower += 1
        if lower > _LOWER or not (needs or before.capital or is_genitive(before.text) or not tokens[first].capital):
            break
        if not needs and is_genitive(here) and not before.capital and before.text.lower() not in words.qualifying:
            break  # `… мектептин директору`: what a plain genitive has before it is not looked for
        first -= 1
    return first


def _may_stand(token: Token, words: TitleNouns) -> bool:
    """Whether a word may belong to a title before its noun, by its case."""
    lower = token.text.lower()
    if not token.is_word or lower in words.function_words or lower in words.apart - words.qualifying:
        return False
    return not is_placed(lower) and (token.capital or not is_object(lower))
