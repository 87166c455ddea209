"""Persons in Kyrgyz and Kazakh texts: by a title before the name, the endings of surnames, and what is the same in all
their forms.

Both languages put the case into an ending that follows the vowels of the word (Kyrgyz: `Примеровдун`, `Примеровго`;
Kazakh: `Примеровтың`, `Примеровке`). A name is found where two capitalised words stand together and the second, once an
ending is taken off, is a surname in -ов, -ова, -ев, -ин …, a father's name with `уулу`, `кызы`, `ұлы`, `қызы`, or where
a title stands before them. No Russian morphology is asked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from kg_news.records import Span
from kg_news.views.tokens import Token
from kg_news.views.turkic_alone import alone, is_arabic, is_first_name, names_a_thing
from kg_news.views.turkic_endings import is_genitive, is_placed
from kg_news.views.turkic_person_words import ENDING, LINKS, SURNAME, PersonWords, bases, is_place, nominative, stem
from kg_news.views.turkic_titles import Title, title_noun, titles_after, titles_before, titles_given

_STRONG = re.compile(r"[оеё]ва?$")
_WEAK = re.compile(r"[ыи]н$")
"""What ends some first names too: `Эркин`."""
_PATRONYMIC = re.compile(r"(?:вич|вна|ұлы|қызы)$")
_LONG_ENDING = {
    "ky": re.compile(r"(?P<base>\w{3,})(?:[нтд][ыуү]н|[нт]ин)$"),
    "kk": re.compile(r"(?P<base>\w{3,})(?:[нтд][ыі]ң|[мбп]ен)$"),
}
"""What is taken for the ending of a case behind any last name: `Педричтің`."""


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


def find_persons(
    tokens: Sequence[Token], sentences: Sequence[int], words: PersonWords, bodies: Collection[int] = frozenset()
) -> tuple[Found, ...]:
    """The persons whom a text names, in the order of first mention.

    `sentences` are the offsets at which sentences begin, `bodies` the tokens that name bodies and states. A surname
    alone, or a first name that is known as one, belongs to the one person of the text who is named in full with it; who
    is never named in full is told by that word alone (`turkic_alone`).
    """
    return _People(tokens, frozenset(sentences), words, bodies).found()


class _People:
    """The persons of one text, each with where it names them."""

    def __init__(
        self, tokens: Sequence[Token], begins: frozenset[int], words: PersonWords, bodies: Collection[int]
    ) -> None:
        self._tokens, self._begins, self._words, self._bodies = tokens, begins, words, bodies
        self._people: dict[tuple[str, ...], list[Named]] = {}
        named = list(_named(tokens, begins, words, bodies))
        for one in named:
            self._people.setdefault(one.name, []).append(one)
        self._join_short()
        self._by_word: dict[str, list[tuple[str, ...]]] = {}
        for name in self._people:
            for word in {name[-1], *(name[:1] if name[0] in words.given_names else ())}:
                self._by_word.setdefault(word, []).append(name)
        self._by_father = {name[-2:]: name for name in self._people if name[-1] in LINKS}
        taken = {at for one in named for at in range(one.first, one.last)}.union(bodies)
        for at, token in enumerate(tokens):
            if at not in taken and (token.capital or is_arabic(token.text)):
                self._add_part(at)

    def found(self) -> tuple[Found, ...]:
        return tuple(
            Found(
                " ".join(name),
                tuple(sorted(one.span for one in mentions)),
                tuple(dict.fromkeys(title for one in sorted(mentions, key=_place) for title in one.titles)),
            )
            for name, mentions in sorted(self._people.items(), key=lambda item: min(one.span for one in item[1]))
        )

    def _join_short(self) -> None:
        """Give the mentions by a short name to the one person whose longer name it is short for."""
        by_short: dict[tuple[str, str], list[tuple[str, ...]]] = {}
        for name in self._people:
            for key in _shortened(name):
                by_short.setdefault(key, []).append(name)
        for short in [name for name in self._people if len(name) == 2]:
            longer = (name for name in by_short.get(_key(short), ()) if name in self._people)
            owners = [name for name in longer if _is_short_for(short, name)]
            if len(owners) == 1:
                self._people[owners[0]] += self._people.pop(short)

    def _add_part(self, at: int) -> None:
        """Add what a token that is in no full name says: a father's name with `уулу`, a surname or a first name of who
        is named in full, or who is named by this word alone.
        """
        tokens, words = self._tokens, self._words
        token = tokens[at]
        link = stem(tokens[at + 1].text, words.language) if at + 1 < len(tokens) else ""
        if name := self._by_father.get((token.text, link)):
            span = Span(token.start, tokens[at + 1].end)
            self._people[name].append(Named(name[-2:], span, at, at + 2, ()))
            return
        base = next((base for base in bases(token.text, words) if base in self._by_word and base not in LINKS), "")
        owners = self._by_word.get(base, [])
        if len(owners) == 1 and not self._goes_on(at):
            name, part = owners[0], base
        elif not owners and (lone := alone(tokens, at, self._begins, words, self._bodies)):
            name, part = (lone,), lone
        else:
            return
        titles = _held(titles_before(tokens, at, words.titles), words)
        one = Named((part,), Span(token.start, token.end), at, at + 1, titles)
        self._people.setdefault(name, []).append(one)

    def _goes_on(self, at: int) -> bool:
        """Whether a word with a capital stands behind one, be it of a longer name; a state or a town is none:
        `Примерова Монголиянын балбанын жеңди`.
        """
        behind = self._tokens[at + 1] if at + 1 < len(self._tokens) else None
        if behind is None or not (behind.is_word and behind.capital) or at + 1 in self._bodies:
            return False
        return not is_place(behind.text, self._words)


def _held(titles: Sequence[Title], words: PersonWords) -> tuple[Title, ...]:
    return tuple(title for title in titles if not words.titles.is_resident(title))


def _place(named: Named) -> Span:
    return named.span


def _named(
    tokens: Sequence[Token], begins: frozenset[int], known: PersonWords, bodies: Collection[int]
) -> Iterator[Named]:
    """The full names, from left to right."""
    at = floor = 0
    while at < len(tokens):
        words = _capitalised(tokens, at, begins, known, bodies)
        if words is None:
            at += 1
            continue
        titles = titles_before(tokens, at, known.titles, floor)
        told = bool(words and titles) and not (is_placed(words[0]) or words[0].isascii())  # `маман Таразда Өзен …`
        begun = bool(words) and tokens[at].start in begins and not titles and words[0] not in known.given_names
        size, words = _sized(words, known, told=told or _speaks(tokens, at + len(words), known), begun=begun)
        name, stop = (*words[: size - 1], _last(words[size - 1], known)) if size else (), at + size
        if not size and len(words) < 2 and (last := _with_initials(tokens, at, known.language)):
            initials = (f"{tokens[place].text}." for place in range(at, last - 1, 2))
            name, stop = (*initials, nominative(tokens[last - 1].text, known)), last
        if name and not names_a_thing(tokens, stop - 1, name[-1], known):
            given = titles_given(tokens, at, stop, known.titles)
            held = _held((*titles, *titles_after(tokens, stop, known.titles), *given), known)
            yield Named(name, Span(tokens[at].start, tokens[stop - 1].end), at, stop, held)
            floor = stop
        at = stop if name else at + _skipped(words, known)


def _capitalised(
    tokens: Sequence[Token], at: int, begins: frozenset[int], known: PersonWords, bodies: Collection[int]
) -> list[str] | None:
    """The row of capitalised words from a token on that may begin with a name, none of which is an initial; None where
    no name can begin there.
    """
    heads = known.titles.nouns
    if not tokens[at].capital or at in bodies:
        return None
    if title_noun(tokens[at].text, heads) and not _is_first(tokens, at, known):
        return None
    words = [token.text for token in tokens[at : _run(tokens, at, begins, heads, bodies)]]
    first = tokens[at].start in begins or (words[:1] and is_place(words[0], known))
    if words[1:] and first and _opens(words[0], known):
        return None  # `Соңында Сейітова …`, `Ташкентте Асан Примеров …`, `Бүгін Асан Примеров …`
    return words


def _sized(words: list[str], known: PersonWords, *, told: bool, begun: bool) -> tuple[int, list[str]]:
    """How many of some capitalised words are a name, and those of them that may belong to it: the word that begins the
    sentence (`begun`) need not, as in `Кечээ Эркин келди`.
    """
    size = _size(words, known, told=told)
    if begun and size == 3 and _size(words[1:], known, told=False) == 2:
        return (3, words[:3]) if _PATRONYMIC.search(words[1]) else (0, words[:1])
    if begun and size == 2 and words[1] in known.given_names and not SURNAME.search(words[0]):
        return 0, words[:1]
    return size, words


def _with_initials(tokens: Sequence[Token], at: int, language: str) -> int | None:
    """The token behind a name that begins with one or two initials: `А. Примеров`, `А.Б. Примеровго`."""
    first = at
    while at + 2 < len(tokens) and len(tokens[at].text) == 1 and tokens[at].capital and tokens[at + 1].text == ".":
        at += 2
    if not 2 <= at - first <= 4 or not tokens[at].capital or tokens[at].text.isupper():
        return None
    return at + 1 if SURNAME.search(stem(tokens[at].text, language)) else None


def _is_short_for(short: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """`А. Примеров` for `Асан Примеров`, `Асан Болотович` or `Асан Примеров` for `Асан Болотович Примеров`."""
    if short[0][-1] == ".":
        return name[0][-1] != "." and name[-1] == short[1] and name[0][0] == short[0][0]
    patronymic = len(name) == 3 and name[2] not in LINKS and name[0] == short[0]
    return patronymic and _PATRONYMIC.search(name[1]) is not None and short[1] in name[1:]


def _key(short: tuple[str, ...]) -> tuple[str, str]:
    """Under which words a name of two words may look for the longer ones that it is short for."""
    return f"{short[0][0]}." if short[0][-1] == "." else short[0], short[1]


def _shortened(name: tuple[str, ...]) -> set[tuple[str, str]]:
    """The keys of all names that may be short for this one."""
    return {(f"{name[0][0]}.", name[-1]), *((name[0], word) for word in name[1:])}


def _is_first(tokens: Sequence[Token], at: int, known: PersonWords) -> bool:
    """Whether a title is a first name too, right before a surname: `Ғалым Үлгіев`."""
    if tokens[at].text not in known.given_names or at + 1 >= len(tokens) or not tokens[at + 1].capital:
        return False
    return SURNAME.search(stem(tokens[at + 1].text, known.language)) is not None


def _skipped(words: Sequence[str], known: PersonWords) -> int:
    """How many of the capitalised words that are no name are none of the next either: in `Әріптесім Асан Үлгі` one, as
    a first name follows, in `Алтын Орда` all.
    """
    rest = (at for at in range(1, len(words) - 1) if is_first_name(words[at], known))
    return next(rest, max(1, len(words)))


def _opens(word: str, known: PersonWords) -> bool:
    """Whether a word begins a sentence and no name: by its case, or as `бүгін`."""
    if word in known.given_names:
        return False
    return is_placed(word) or word.lower() in known.titles.apart or word.lower() in known.titles.function_words


def _speaks(tokens: Sequence[Token], end: int, known: PersonWords) -> bool:
    """Whether it is told of the name before a token what its bearer says: `Яцек Педричтің айтуынша`."""
    return end < len(tokens) and tokens[end].text in known.sayings and is_genitive(tokens[end - 1].text)


def _last(word: str, known: PersonWords) -> str:
    """The last word of a name without the ending of its case."""
    found = nominative(word, known)
    match = _LONG_ENDING[known.language].match(word) if found == word and not is_first_name(word, known) else None
    return match["base"] if match else found


def _stem(word: str, known: PersonWords) -> str:
    """A surname without its ending; a first name in the genitive looks like a surname in -ин: `Нурперинин`."""
    found = nominative(word, known)
    return found if found in known.given_names or found in known.surnames else stem(word, known.language)


def _size(words: Sequence[str], known: PersonWords, *, told: bool) -> int:
    """How many of the capitalised words that stand together are a name; 0 where they begin with none."""
    stems = [_stem(word, known) for word in words[:3]]
    if stems[2:] and _are_three(stems):
        return 3
    for size in (2, 3):
        if len(stems) >= size and SURNAME.search(stems[size - 1]) and stems[size - 1] not in LINKS:
            return 0 if is_placed(words[size - 1]) and is_place(words[size - 1], known) else size  # `Нарында`
    given = bool(words) and is_first_name(words[0], known)
    if len(words) < 2 or not (given or (told and len(words) == 2)) or is_place(words[1], known):
        return 0
    behind = words[2:] and not is_place(words[2], known) and (len(words) == 3 or stems[2] in known.surnames)
    if given and behind and is_first_name(words[1], known):
        return 3  # `Реджеп Тайып Ердоған`
    return 2 if all(_is_long(word, known) for word in words[:2]) else 0


def _are_three(stems: Sequence[str]) -> bool:
    """`Болот Айбек уулу`, `Иван Петрович Примеров`, and `Мигрант Алтын Примеров`, of which the second is no surname."""
    weak = _WEAK.search(stems[1]) and _STRONG.search(stems[2])
    return stems[2] in LINKS or bool(weak or (_PATRONYMIC.search(stems[1]) and SURNAME.search(stems[2])))


def _is_long(word: str, known: PersonWords) -> bool:
    return len(word) > 2 or word in known.given_names or word in known.surnames


def _run(
    tokens: Sequence[Token], at: int, begins: frozenset[int], heads: frozenset[str], bodies: Collection[int]
) -> int:
    """The end of the row of capitalised words that begins at a token, `уулу` and the like with them; a title ends it:
    `Қазақстан Республикасының Президенті`.
    """
    last = at
    while last < len(tokens) and tokens[last].is_word and not tokens[last].text.isupper():
        if last > at and (tokens[last].start in begins or last in bodies or title_noun(tokens[last].text, heads)):
            break
        if not tokens[last].capital and not (last > at + 1 and _is_link(tokens[last].text)):
            break
        last += 1
    return last


def _is_link(word: str) -> bool:
    return any(stem(word, language) in LINKS for language in ENDING)
