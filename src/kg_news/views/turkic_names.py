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
from kg_news.views.turkic_endings import is_placed
from kg_news.views.turkic_titles import Title, TitleNouns, title_noun, titles_after, titles_before

_ENDINGS = {
    # Genitive, accusative, dative, locative, ablative, instrumental, in all their harmonies. Which one a surname takes
    # is not checked: -ев, which is front itself, goes with the stem before it: `Тоқаевтың`, but `Әлиевтің`.
    "ky": r"(?:[нтд][ыиуү]н|[нтд][ыиуү]|[гк][аеоө]|на|[дт][аеоө]н?)",
    "kk": r"(?:[нтд][ыі]ң|[нтд][ыі]|[гқкғ][ае]|[дтн][ае]н|[дтн][ае]|[мбп]ен)",
}
_ENDING = {tag: re.compile(rf"(?P<base>.{{3,}}?)(?P<ending>{endings})$") for tag, endings in _ENDINGS.items()}
_SURNAME = re.compile(r"(?:[оеё]в|[иы]н|[цс]кий|[цс]кая|[оеё]ва|[иы]на|ұлы|улы|уулу|тегин|қызы|кызы)$")
_STRONG = re.compile(r"[оеё]ва?$")
_WEAK = re.compile(r"[ыи]н$")
"""What ends some first names too: `Эркин`."""
_PATRONYMIC = re.compile(r"(?:вич|вна|ұлы|қызы)$")
_LINKS = {"уулу", "кызы", "ұлы", "қызы", "улы", "тегин"}


@dataclass(frozen=True)
class PersonWords:
    """What persons are told by in a language, from `registry/languages/<tag>.yml`."""

    language: str
    titles: TitleNouns
    given_names: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Named:
    """A person in the text: the name without the ending of a case, where it stands, and the titles before it."""

    name: tuple[str, ...]
    span: Span
    first: int
    """Index of its first token."""
    last: int
    """The token behind it."""
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


def find_persons(tokens: Sequence[Token], sentences: Sequence[int], words: PersonWords) -> tuple[Found, ...]:
    """The persons whom a text names, in the order of first mention.

    `sentences` are the offsets at which sentences begin. A surname alone, or a first name that is known as one, belongs
    to the one person of the text who is named in full with it.
    """
    named = list(_named(tokens, frozenset(sentences), words))
    people: dict[tuple[str, ...], list[Named]] = {}
    for one in named:
        people.setdefault(one.name, []).append(one)
    by_short: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for name in people:
        for key in _shortened(name):
            by_short.setdefault(key, []).append(name)
    for short in [name for name in people if len(name) == 2]:
        owners = [name for name in by_short.get(_key(short), ()) if name in people and _is_short_for(short, name)]
        if len(owners) == 1:
            people[owners[0]] += people.pop(short)
    taken = {at for one in named for at in range(one.first, one.last)}
    by_word: dict[str, list[tuple[str, ...]]] = {}
    for name in people:
        for word in {name[-1], *(name[:1] if name[0] in words.given_names else ())}:
            by_word.setdefault(word, []).append(name)
    by_father = {name[-2:]: name for name in people if name[-1] in _LINKS}
    for at, token in enumerate(tokens):
        if at in taken or not token.capital:
            continue
        link = stem(tokens[at + 1].text, words.language) if at + 1 < len(tokens) else ""
        if (token.text, link) in by_father:
            name = by_father[token.text, link]
            people[name].append(Named(name[-2:], Span(token.start, tokens[at + 1].end), at, at + 2, ()))
            continue
        base = next((base for base in _bases(token.text, words) if base in by_word and base not in _LINKS), "")
        owners = by_word.get(base, [])
        if len(owners) == 1 and not _between_capitals(tokens, at):
            titles = titles_before(tokens, at, words.titles)
            people[owners[0]].append(Named((base,), Span(token.start, token.end), at, at + 1, titles))
    return tuple(
        Found(
            " ".join(name),
            tuple(sorted(one.span for one in mentions)),
            tuple(dict.fromkeys(title for one in sorted(mentions, key=_place) for title in one.titles)),
        )
        for name, mentions in sorted(people.items(), key=lambda item: min(one.span for one in item[1]))
    )


def _nominative(word: str, known: PersonWords) -> str:
    """A surname or a first name without the ending of its case: `Асан` of `Асандын`."""
    match = _ENDING[known.language].match(word)
    return match["base"] if match and match["base"] in known.given_names else stem(word, known.language)


def _bases(word: str, known: PersonWords) -> tuple[str, ...]:
    """What a word may be without the ending of a case, the likeliest first: `Ким` of `Кимнің`."""
    match = _ENDING[known.language].match(word)
    return (_nominative(word, known), word, *([match["base"]] if match else ()))


def _place(named: Named) -> Span:
    return named.span


def _between_capitals(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 < len(tokens) and tokens[at + 1].is_word and tokens[at + 1].capital


def _named(tokens: Sequence[Token], begins: frozenset[int], known: PersonWords) -> Iterator[Named]:
    heads = known.titles.nouns
    at = 0
    while at < len(tokens):
        if title_noun(tokens[at].text, heads):
            at += 1
            continue
        words = [token.text for token in tokens[at : _run(tokens, at, begins, heads)]]
        if words[1:] and tokens[at].start in begins and words[0] not in known.given_names and is_placed(words[0]):
            at += 1  # `Соңында Сейітова …`, `Ташкентте Асан Примеров …`
            continue
        titles = titles_before(tokens, at, known.titles) if words else ()
        size = _size(words, known, titled=bool(titles) and not is_placed(words[0]))  # `маман Таразда Өзен …`
        apart = tokens[at].start in begins and not titles and words[:1] and words[0] not in known.given_names
        if size == 3 and apart and _size(words[1:], known, titled=False) == 2:
            size = 0 if _PATRONYMIC.search(words[1]) is None else 3
            words = words[: size or 1]  # the word that begins the sentence does not belong to the name
        elif size == 2 and apart and words[1] in known.given_names and not _SURNAME.search(words[0]):
            size, words = 0, words[:1]  # `Кечээ Эркин келди`
        name, stop = (*words[: size - 1], _nominative(words[size - 1], known)) if size else (), at + size
        if not size and len(words) < 2 and (last := _with_initials(tokens, at, known.language)):
            initials = (f"{tokens[place].text}." for place in range(at, last - 1, 2))
            name, stop = (*initials, _nominative(tokens[last - 1].text, known)), last
            titles = titles_before(tokens, at, known.titles)
        if name:
            titles += titles_after(tokens, stop, known.titles)
            held = tuple(title for title in titles if not known.titles.is_resident(title))
            yield Named(name, Span(tokens[at].start, tokens[stop - 1].end), at, stop, held)
        at = stop if name else at + max(1, len(words))


def _with_initials(tokens: Sequence[Token], at: int, language: str) -> int | None:
    """The token behind a name that begins with one or two initials: `А. Примеров`, `А.Б. Примеровго`."""
    first = at
    while at + 2 < len(tokens) and len(tokens[at].text) == 1 and tokens[at].capital and tokens[at + 1].text == ".":
        at += 2
    if not 2 <= at - first <= 4 or not tokens[at].capital or tokens[at].text.isupper():
        return None
    return at + 1 if _SURNAME.search(stem(tokens[at].text, language)) else None


def _is_short_for(short: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """`А. Примеров` for `Асан Примеров`, `Асан Болотович` or `Асан Примеров` for `Асан Болотович Примеров`."""
    if short[0][-1] == ".":
        return name[0][-1] != "." and name[-1] == short[1] and name[0][0] == short[0][0]
    patronymic = len(name) == 3 and name[2] not in _LINKS and name[0] == short[0]
    return patronymic and _PATRONYMIC.search(name[1]) is not None and short[1] in name[1:]


def _key(short: tuple[str, ...]) -> tuple[str, str]:
    """Under which words a name of two words may look for the longer ones that it is short for."""
    return f"{short[0][0]}." if short[0][-1] == "." else short[0], short[1]


def _shortened(name: tuple[str, ...]) -> set[tuple[str, str]]:
    """The keys of all names that may be short for this one."""
    return {(f"{name[0][0]}.", name[-1]), *((name[0], word) for word in name[1:])}


def _size(words: Sequence[str], known: PersonWords, *, titled: bool) -> int:
    """How many of the capitalised words that stand together are a name; 0 where they begin with none."""
    bases = [stem(word, known.language) for word in words[:3]]
    if bases[2:] and bases[2] in _LINKS:
        return 3
    if bases[2:] and _WEAK.search(bases[1]) and _STRONG.search(bases[2]):
        return 3  # `Мигрант Алтын Примеров`, of which the second is no surname
    for size in (2, 3):
        if len(bases) >= size and (_SURNAME.search(bases[size - 1]) and bases[size - 1] not in _LINKS):
            return size
    given = bool(words) and words[0] in known.given_names
    told = given or (titled and len(words) == 2)
    return 2 if told and len(words) > 1 and all(len(word) > 2 for word in words[:2]) else 0


def _run(tokens: Sequence[Token], at: int, begins: frozenset[int], heads: frozenset[str]) -> int:
    """The end of the row of capitalised words that begins at a token, `уулу` and the like with them; a title ends it:
    `Қазақстан Республикасының Президенті`.
    """
    last = at
    while last < len(tokens) and tokens[last].is_word and not tokens[last].text.isupper():
        if last > at and (tokens[last].start in begins or title_noun(tokens[last].text, heads)):
            break
        if not tokens[last].capital and not (last > at + 1 and _is_link(tokens[last].text)):
            break
        last += 1
    return last


def _is_link(word: str) -> bool:
    return any(stem(word, language) in _LINKS for language in _ENDING)
