"""Finds the registry's actors in a text by all their names, in whatever case the words stand.

Every name and alias becomes a row of *keys*, a set of possible dictionary forms for each word; a stretch of text
matches when each of its words shares a key with the row. Longest match wins. Generic forms («кабмин», «парламент»)
may belong to several actors; which one is meant is not decided here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import product, takewhile

from kg_news.errors import MissingExtra
from kg_news.registry import RegistryActor
from kg_news.views.morph import lemmas, parses, plain
from kg_news.views.sieve import Sieve, comes_from, sieve
from kg_news.views.tokens import QUOTES, Token, TokenIndex, tokens
from kg_news.views.turkic_endings import belonging

Keys = frozenset[str]
TURKIC = frozenset({"ky", "kk"})
"""Languages that are read by their endings, without a dictionary."""


@dataclass(frozen=True)
class Match:
    """A stretch of text that names one of `actors`."""

    start: int
    end: int
    actors: tuple[str, ...]
    """Ids, of the actors with this name; more than one for a generic form."""
    generic: bool
    first: int
    """Index of the first token."""
    last: int
    """Index behind the last token."""
    adjective: bool = False
    """Whether it is an adjective of a state: `казахстанский`."""


@dataclass(frozen=True)
class _Form:
    keys: tuple[Keys, ...]
    exact: str | None
    """For an abbreviation: the only way it is written."""
    capital: bool
    """Whether a single word must have a capital: «Того» the state, not «того»."""
    place: bool
    actor: str
    generic: bool
    adjective: bool = False


class Gazetteer:
    """All names in one language."""

    def __init__(self, actors: Sequence[RegistryActor], language: str) -> None:
        self._language = language
        self._forms: dict[tuple[str, ...], list[_Form]] = {}  # by the first word, or by the first two
        self._openers: set[str] = set()  # first words of the names that have several
        self._beginnings: set[str] = set()
        self._may_open = lru_cache(maxsize=12_000)(self._opens)
        self._adjectives: dict[str, str] = {}
        for actor in actors:
            generic = actor.generic.get(language, ())  # `партия «Реформа»`: an actor's own name may be others' too
            for name in dict.fromkeys([*names_of(actor, language), *generic]):
                self._add(actor, name, generic=name in generic)
            derived = _derived_adjectives(actor, language) if language in TURKIC else ()
            for adjective in dict.fromkeys([*map(plain, actor.adjectives.get(language, ())), *derived]):
                self._add_adjective(actor, adjective)
        if language in TURKIC:
            self._add_russian(actors)

    def _add_russian(self, actors: Sequence[RegistryActor]) -> None:
        """The Russian abbreviations that stand in Kyrgyz and Kazakh texts too, `СНГ елдері`, where these languages have
        not given them to others.
        """
        taken = {beginning[0] for beginning in self._forms}
        for actor in actors:
            for name in names_of(actor, "ru"):
                if name.isalpha() and name.isupper() and len(name) >= _OF_RUSSIAN and name.lower() not in taken:
                    self._add(actor, name, generic=False)

    def _add_adjective(self, actor: RegistryActor, adjective: str) -> None:
        """`казахстанский` in all its forms; in `российско-казахстанский` each part stands for its state."""
        form = _Form((frozenset({adjective}),), None, False, False, actor.id, False, adjective=True)
        self._forms.setdefault((adjective,), []).append(form)
        self._beginnings |= {_beginning(adjective), adjective[:3]}
        self._adjectives |= {adjective: actor.id, adjective.removesuffix("ий") + "о": actor.id}

    def _add(self, actor: RegistryActor, name: str, *, generic: bool) -> None:
        words = [token.text for token in tokens(name) if token.text not in QUOTES]
        abbreviation = len(words) == 1 and words[0].isupper() and 1 < len(words[0]) <= 7
        form = _Form(
            keys=tuple(self._name_keys(word) for word in words),
            exact=words[0] if abbreviation else None,
            capital=len(words) == 1 and words[0][0].isupper(),
            place=actor.type == "Country",
            actor=actor.id,
            generic=generic,
        )
        for beginning in product(*form.keys[:2]):
            self._forms.setdefault(beginning, []).append(form)
        if len(words) > 1:
            self._openers |= form.keys[0]
        if not form.exact or self._language in TURKIC:  # `УКМК` bends there: `УКМКнын`
            self._beginnings |= {beginning for key in form.keys[0] for beginning in (_beginning(key), key[:3])}

    def _name_keys(self, word: str) -> Keys:
        """Keys of a word in a name: its own form, and in Russian its likeliest dictionary form («министров» →
        «министр»).
        """
        if self._language == "ru":
            return word_keys(word, self._language)
        return frozenset({word.lower(), word.lower().removesuffix("ь")})  # `Беларустун` of `Беларусь`

    def matches(self, index: TokenIndex) -> tuple[Match, ...]:
        """The longest matches, from left to right, disjoint. Quotation marks between a name's words do not matter."""
        text_tokens, may_open, done = index.tokens, self._may_open, 0
        marks = sorted(at for mark in QUOTES for at in index.places.get(mark, ()))
        places: Sequence[int] = range(len(text_tokens))
        if marks:
            places = [at for at, (_, _, text) in enumerate(text_tokens) if text not in QUOTES]
        words = [text_tokens[at] for at in places] if marks else text_tokens
        found: list[Match] = []
        for at in index.those_listed(lambda word: "-" in word or may_open(word)):
            i = at - bisect_left(marks, at)
            if i < done:
                continue
            text = words[i].text
            if may_open(text) and (forms := self._longest(words, i)):
                done = i + len(forms[0].keys)
                last = _with_closing_mark(text_tokens, places[i], places[done - 1])
                found.append(_match(forms, text_tokens, _with_opening_mark(text_tokens, places[i], last), last))
            elif "-" in text and self._adjectives:
                found += self._joined_adjectives(words[i], places[i])
        return tuple(found)

    @cached_property
    def openings(self) -> Keys:
        """The dictionary forms that names begin with."""
        return frozenset(self._openers | {beginning[0] for beginning in self._forms})

    def _joined_adjectives(self, token: Token, at: int) -> list[Match]:
        """Both states of `советско-казахстанский`."""
        found, start = [], token.start
        for part in token.text.split("-"):
            lower = plain(part.lower())
            actor = self._adjectives.get(lower) or (
                next((self._adjectives[key] for key in lemmas(part) if key in self._adjectives), None)
                if start > token.start and comes_from(part, self._all_adjectives)
                else None
            )
            if actor:
                found.append(Match(start, start + len(part), (actor,), False, at, at + 1, adjective=True))
            start += len(part) + 1
        return found

    def _longest(self, words: Sequence[Token], i: int) -> list[_Form]:
        """The forms that begin with a word, those with the most words alone; an abbreviation goes before a word."""
        keys = word_keys(words[i].text, self._language)
        beginnings: list[tuple[str, ...]] = [(key,) for key in keys]
        if i + 1 < len(words) and (openers := keys & self._openers) and self._may_follow(words[i + 1].text):
            beginnings += product(openers, word_keys(words[i + 1].text, self._language))
        candidates = {form: None for beginning in beginnings for form in self._forms.get(beginning, ())}
        forms = [form for form in candidates if self._fits(form, words, i)]
        length = max((len(form.keys) for form in forms), default=0)
        longest = [form for form in forms if len(form.keys) == length]
        longest = [form for form in longest if not form.adjective] or longest
        return [form for form in longest if form.exact] or longest

    def _opens(self, word: str) -> bool:
        """Whether a name begins with the word in any of its forms. Asked of each word of each article, and kept."""
        if not word[0].isalnum() or not (self._language != "ru" or self._sieve(word)) or not self._may_begin(word):
            return False
        keys = word_keys(word, self._language)
        return not keys.isdisjoint(self._openers) or any((key,) in self._forms for key in keys)

    @cached_property
    def _all_adjectives(self) -> Keys:
        return frozenset(self._adjectives)

    @cached_property
    def _sieve(self) -> Sieve:
        return Sieve(self.openings)

    def _may_follow(self, word: str) -> bool:
        """Whether any name has the word as its second."""
        return self._language != "ru" or sieve(self._seconds)(word)

    @cached_property
    def _seconds(self) -> Keys:
        return frozenset(beginning[1] for beginning in self._forms if len(beginning) > 1)

    def _may_begin(self, word: str) -> bool:
        """Whether any name begins like the word. Most do not, and then nobody need ask the dictionary."""
        lower = plain(word.lower())
        short = len(lower) < _SHORT + 3  # with the longest of case endings
        return lower[:3] in self._beginnings or (short and lower[:2] in self._beginnings) or (lower,) in self._forms

    def _fits(self, form: _Form, words: Sequence[Token], i: int) -> bool:
        here = words[i : i + len(form.keys)]
        if len(here) < len(form.keys):
            return False
        if form.exact:
            return here[0].text == form.exact or (self._language in TURKIC and _bends(form.exact, here[0].text))
        if form.capital and not here[0].capital:
            return False
        if form.place and form.capital and self._language == "ru" and not _may_be_place(here[0].text):
            return False
        if form.adjective and self._language in TURKIC:  # no adjective bends: `кыргыздын` is a person
            return plain(here[0].text.lower()) in form.keys[0]
        return all(keys & word_keys(token.text, self._language) for keys, token in zip(form.keys, here, strict=True))


def _match(forms: Sequence[_Form], text_tokens: Sequence[Token], first: int, last: int) -> Match:
    generic = all(form.generic for form in forms)
    actors = tuple(sorted({form.actor for form in forms if form.generic == generic}))
    start, end = text_tokens[first].start, text_tokens[last].end
    return Match(start, end, actors, generic or len(actors) > 1, first, last + 1, forms[0].adjective)


def _with_closing_mark(text_tokens: Sequence[Token], first: int, last: int) -> int:
    """The last token of a name, with the quotation mark that closes in it: `партия «Зелёный перевал»`."""
    behind = text_tokens[last + 1].text if last + 1 < len(text_tokens) else ""
    return last + 1 if _more_open(text_tokens[first:last]) > 0 and behind in QUOTES else last


def _with_opening_mark(text_tokens: Sequence[Token], first: int, last: int) -> int:
    """The first token of a name, with the quotation mark whose partner stands in it: `«Ак Булак» ААК`."""
    before = text_tokens[first - 1].text if first else ""
    return first - 1 if _more_open(text_tokens[first:last]) < 0 and before in QUOTES else first


def _more_open(some: Sequence[Token]) -> int:
    """How many more quotation marks open than close among some tokens."""
    return sum((token.text in "«“„") - (token.text in "»”") for token in some)


_SHORT = 5


def _beginning(key: str) -> str:
    """What all forms of a word begin with: one under five letters may lose its second vowel (`отец`, `отца`)."""
    return key[:2] if len(key) < _SHORT else key[:3]


def _may_be_place(word: str) -> bool:
    """Whether the dictionary takes a word for a place first of all: «Мали», but not «Того» at the start of a
    sentence.
    """
    readings = parses(word)
    return "Geox" in readings[0].tags or not any(parse.tags & _OTHER for parse in readings)


_OTHER = frozenset({"NPRO", "PREP", "CONJ", "ADVB", "VERB", "PRCL", "Apro"})


def names_of(actor: RegistryActor, language: str) -> tuple[str, ...]:
    """All its names in a language that say who it is, the registry's own first; a state has those of CLDR too."""
    names = [actor.names[language]] if language in actor.names else []
    if actor.type == "Country" and actor.country:
        names += country_names(actor.country, language)
    return tuple(dict.fromkeys([*names, *actor.aliases.get(language, ())]))


def _derived_adjectives(actor: RegistryActor, language: str) -> tuple[str, ...]:
    """What Kyrgyz and Kazakh make of a state's names: `жапониялык`, `франциялық`."""
    if actor.type != "Country":
        return ()
    names = (name for name in names_of(actor, language) if name.isalpha() and not name.isupper())
    return tuple(plain(belonging(name.lower(), language)) for name in names)


def name_of(actor: RegistryActor, language: str) -> str:
    """What the dataset calls an actor: its name in the article's language, else in Russian, else in English."""
    for tag in (language, "ru", "en"):
        if names := names_of(actor, tag):
            return names[0]
    return next(iter(actor.names.values()))


_FORMER = frozenset({"SUN", "YUG", "DDR"})
"""Codes of ISO 3166-3: CLDR gives them the names of the states that came after."""


@cache
def country_names(alpha3: str, language: str) -> tuple[str, ...]:
    """The state's name in CLDR; empty for a code or a language that CLDR lacks, and for a state that is no more."""
    if alpha3 in _FORMER:
        return ()
    try:
        from babel import Locale, UnknownLocaleError
        from babel.core import get_global
    except ModuleNotFoundError as error:
        raise MissingExtra("build", error.name) from error
    try:
        territories = Locale.parse(language).territories
    except UnknownLocaleError:
        return ()
    alpha2 = next(iter(get_global("territory_aliases").get(alpha3, ())), "")
    return (territories[alpha2],) if alpha2 in territories else ()


@lru_cache(maxsize=20_000)
def word_keys(word: str, language: str) -> Keys:
    """The dictionary forms that a word may come from: by morphology in Russian, by endings in Kyrgyz and Kazakh."""
    if language == "ru":
        return lemmas(word)
    lower = word.lower()
    return turkic_stems(lower) | _abbreviated(word) if language in TURKIC else frozenset({lower})


# Case and possessive endings of Kyrgyz and Kazakh, after vowel harmony and assimilation: Кыргызстан|да, Токаев|дин,
# Казакстан|га, министрлиг|и|нин. Plural endings change who is meant, so they are not here.
_ENDINGS = re.compile(
    r"[ндт][ыиуүі][нң]"  # genitive: Кыргызстан|дын, министрлиг|и|нин
    r"|[гкқғ][аеоөә]|н[аеә]"  # dative
    r"|[ндт][ыиуүі]|н"  # accusative
    r"|н?[дт][аеоөә]н?|н[аеә]н"  # locative and ablative: шаары|нда
    r"|н?[дт][аеоөә][ғг][ыиуүі]"  # what is there: Қазақстан|дағы
    r"|[мбп]ен"  # Kazakh instrumental
    r"|с?[ыиуүі]н?"  # possessive
    r"|[ыиуүі]?[мб][ыиуүі]з"  # ours: Қазақстан|ымыз|да, Кыргызстан|ыбыз|га
)


def turkic_stems(word: str) -> Keys:
    """The word, and what is left of it when up to two endings are taken off, and a hyphen before them: `ІІМ-нің`."""
    stems = {word}
    for _ in range(2):
        for stem in tuple(stems):
            for cut in range(1, 6):
                if len(stem) - cut >= 3 and _ENDINGS.fullmatch(stem, len(stem) - cut):
                    stems.add(stem[:-cut].removesuffix("-"))
    return frozenset(stems)


def _abbreviated(word: str) -> Keys:
    """An abbreviation before endings in small letters: `жк` of `ЖКнын`, `іім` of `ІІМ-нің`; it may have two letters."""
    capitals = len(list(takewhile(str.isupper, word)))
    behind = word[capitals:].removeprefix("-")
    if capitals < _LEAST_CAPITALS or not behind.islower():
        return frozenset()
    return frozenset({word[:capitals].lower()} if _BEHIND.fullmatch(behind) else ())


def _bends(abbreviation: str, word: str) -> bool:
    """Whether a word is an abbreviation with endings: `УКМКнын`, but not `укмкнын`."""
    return word.startswith(abbreviation) and abbreviation.lower() in _abbreviated(word)


_LEAST_CAPITALS = 2
_OF_RUSSIAN = 3
"""Letters of a Russian abbreviation that hardly means anything else."""
_BEHIND = re.compile(rf"(?:{_ENDINGS.pattern}){{1,2}}")
