"""Organisations that the entity model finds: which mentions are one, and what it is called in the nominative."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import contains

from kg_news.records import Span
from kg_news.views.declension import Cases
from kg_news.views.morph import Parse, inflect, known, lemmas, parses, plain
from kg_news.views.tokens import QUOTES, Token, spaced


@dataclass(frozen=True)
class NamedOrganization:
    """A place where the entity model finds an organisation."""

    span: Span
    words: Sequence[Token]
    """Without the quotation marks around them."""
    first: int
    """Index of the first token."""
    cases: Cases | None
    """In which the words around let the name stand; None where they do not tell."""

    @property
    def text(self) -> tuple[str, ...]:
        return tuple(token.text for token in self.words)

    @property
    def keys(self) -> tuple[frozenset[str], ...]:
        """The dictionary forms that each word may come from."""
        return tuple(lemmas(token.text) for token in self.words if token.text not in QUOTES)

    @property
    def likeliest(self) -> list[str]:
        """Of each word the dictionary form that it most likely comes from."""
        return [parses(token.text)[0].lemma for token in self.words if token.text not in QUOTES]


def own_name(words: Sequence[Token], kinds: frozenset[str]) -> Sequence[Token]:
    """What an organisation is called, without the words before that say of what kind it is: `Заря` of `областная газета
    «Заря»`, `Genentech` of `компания Genentech`.
    """
    at = next((at for at, token in enumerate(words) if token.text in QUOTES or token.text.isascii()), 0)
    if not at or not any(lemmas(token.text) & kinds for token in words[:at]):
        return words
    own = [token for token in words[at:] if token.text not in QUOTES]
    return own if own and own[0].is_word else words


def grouped(
    mentions: Iterable[NamedOrganization], kinds: frozenset[str] = frozenset()
) -> list[list[NamedOrganization]]:
    """Mentions of one organisation together: word by word, each has a dictionary form in common with the first one.
    `kinds` are nouns that do not count before an own name.
    """
    groups: list[list[NamedOrganization]] = []
    having: dict[tuple[int, int, str], list[int]] = {}  # groups by number of words, place of a word, its form
    for mention in mentions:
        keys = _keys(mention, kinds)
        rows = [[having.get((len(keys), place, key), []) for key in row] for place, row in enumerate(keys)]
        rarest = min(rows, key=lambda row: sum(map(len, row)))
        fits = (number for number in sorted({number for row in rarest for number in row}))
        number = next((number for number in fits if _same(_keys(groups[number][0], kinds), keys)), None)
        if number is None:
            number = len(groups)
            groups.append([])
            for place, row in enumerate(keys):
                for key in row:
                    having.setdefault((len(keys), place, key), []).append(number)
        groups[number].append(mention)
    return groups


def _keys(mention: NamedOrganization, kinds: frozenset[str]) -> tuple[frozenset[str], ...]:
    return tuple(lemmas(token.text) for token in own_name(mention.words, kinds) if token.text not in QUOTES)


def _same(one: Sequence[frozenset[str]], other: Sequence[frozenset[str]]) -> bool:
    return all(a & b for a, b in zip(one, other, strict=True))


def unquoted(words: Sequence[Token]) -> Sequence[Token]:
    """The words of a name, without quotation marks but for those within it that have their partner: `ОАО «Зорька»`."""
    marks = "".join(token.text for token in words if token.text in QUOTES)
    whole = words[0].text in QUOTES and words[-1].text in QUOTES and len(marks) == 2
    if _PAIRED.fullmatch(marks) and not whole:
        return words
    return [token for token in words if token.text not in QUOTES]


_PAIRED = re.compile(r"(?:«»|“”|„“|„”|\"\")*")


def name_of_group(group: Sequence[NamedOrganization], plurals: frozenset[str] = frozenset()) -> str:
    """The nominative that most of the mentions can be a form of, then that most likely are; of equal ones the first.
    `plurals` are nouns that name a body in the plural alone.
    """
    counts = Counter(mention.text for mention in group)
    firsts = {mention.text: mention for mention in reversed(group)}
    best, most = "", (-1, -1)
    for mention in sorted(firsts.values(), key=lambda mention: mention.span):
        forms = nominative(mention.words, mention.cases, plurals)
        name = [plain(form.lower()) for form in forms if form not in QUOTES]
        possible = sum(counts[text] for text, other in firsts.items() if _can_be(other.keys, name))
        likely = sum(counts[text] for text, other in firsts.items() if other.likeliest == name)
        if (possible, likely) > most:
            best, most = spaced(mention.words, forms), (possible, likely)
    return best


def _can_be(keys: Sequence[frozenset[str]], name: Sequence[str]) -> bool:
    return len(keys) == len(name) and all(map(contains, keys, name))


def nominative(words: Sequence[Token], cases: Cases | None = None, plurals: frozenset[str] = frozenset()) -> list[str]:
    """A body's name with its first noun, and the adjectives before it, in the nominative: `Пограничной службе` →
    `Пограничная служба`. What follows a preposition stays: `Уполномоченный по правам человека`. `cases` are those in
    which the words around let the name stand; `plurals` name a body in the plural alone: `власти`.
    """
    forms = [token.text for token in words]
    if words[0].is_word and not words[0].text.isascii() and not _bends(words[0]):
        return forms  # `ГУ МВД России`: the abbreviation is the noun, and what follows hangs on it
    end = next((place for place, form in enumerate(forms) if "PREP" in parses(form)[0].tags), len(forms))
    bent = [place for place, token in enumerate(words[:end]) if _bends(token)]
    if len(bent) > 1 and not known(forms[bent[0]]) and lemmas(forms[bent[-1]]) & _LAST:
        bent = bent[-1:]
    noun = next((place for place in bent if _is_noun(forms[place]) and not _agrees(forms, place, bent)), None)
    gender: frozenset[str] = frozenset()
    many = False
    if noun is not None:
        many = not plurals.isdisjoint(lemmas(forms[noun])) or any(
            _is_plural(forms[place]) for place in bent if place < noun
        )
        gender = _reading(forms[noun], cases, many)[1].tags & {"masc", "femn", "neut"}
        forms[noun] = _noun(forms[noun], cases, many)
    for place in bent:
        if noun is None or place < noun:
            forms[place] = _adjective(forms[place], gender, many)
    return forms


_AGREEING = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct", "masc", "femn", "neut", "plur"})
_LAST = frozenset({"банк", "холдинг", "сервис", "строй", "инвест", "телеком"})
"""Nouns that a company's name ends with as in English, so that they alone bend: `Кереге Банке` → `Кереге Банк`."""


def _is_noun(word: str) -> bool:
    """Whether a word is a noun first of all; one that the dictionary lacks is no verb: `Зордоя` of `Зордой`."""
    readings = parses(word)
    if not known(word) and "GRND" in readings[0].tags:
        return any("NOUN" in parse.tags and parse.lemma.endswith("й") for parse in readings)
    return "NOUN" in readings[0].tags


def _agrees(forms: Sequence[str], place: int, bent: Sequence[int]) -> bool:
    """Whether what may be a noun is the adjective of the word behind: `главного` of `главного управления`."""
    if place + 1 not in bent:
        return False
    own = [parse.tags for parse in parses(forms[place]) if "ADJF" in parse.tags]
    behind = [parse.tags for parse in parses(forms[place + 1])[:3] if parse.tags & {"NOUN", "ADJF"}]
    return any(tags & _AGREEING <= other and tags & _AGREEING for tags in own for other in behind)


def _bends(token: Token) -> bool:
    if token.text == "окмоту":
        return False  # `айыл окмоту`, a Kyrgyz word that the dictionary takes for a case
    return token.is_word and not (token.text.isupper() and len(token.text) > 1) and not token.text.isascii()


def _is_plural(word: str) -> bool:
    """Whether an adjective is one of many: `казахстанские` before `власти`."""
    tags = parses(word)[0].tags
    return "plur" in tags and "ADJF" in tags


def _noun(word: str, cases: Cases | None, many: bool = False) -> str:
    """A noun that the dictionary lacks (`Клоопа`) is bent only where it cannot be a nominative; one in -а can."""
    at, reading = _reading(word, cases, many)
    if not known(word) and ("plur" in reading.tags or "Fixd" in reading.tags or (word[-1] in "ая" and not cases)):
        return word
    if not known(word) and any("nomn" in parse.tags and _stands_in(parse, cases) for parse in parses(word)):
        return word
    return inflect(word, frozenset({"nomn"}) | (reading.tags & {"sing", "plur"}), at) or word


def _adjective(word: str, gender: frozenset[str], many: bool = False) -> str:
    """An adjective that the dictionary lacks is bent where it ends like one that is made from a place's name. Before
    one of `many` it is a plural: `питерским властям`.
    """
    readings = list(enumerate(parses(word)))
    if many:
        readings = [(at, parse) for at, parse in readings if "plur" in parse.tags] or readings
    for at, parse in readings:
        if "ADJF" in parse.tags and _HIGHEST.fullmatch(word):
            ending = "ие" if "plur" in parse.tags else _ENDINGS.get(next(iter(gender), "masc"), "ий")
            return word[:4] + (ending.upper() if word.isupper() else ending)
        if "ADJF" in parse.tags and (known(word) or parse.lemma.endswith(("ский", "цкий"))):
            if "plur" in parse.tags:
                return inflect(word, frozenset({"nomn", "plur"}), at) or word
            gender = gender or parse.tags & {"masc", "femn", "neut"}
            return inflect(word, frozenset({"nomn", "sing"}) | gender, at) or word
    return word


_HIGHEST = re.compile(r"(?:выс|низ)ш[а-я]{2,3}", re.IGNORECASE)
"""`Высшего совета`: for the dictionary the same word as `высочайший`, which it makes the nominative of."""
_ENDINGS = {"masc": "ий", "femn": "ая", "neut": "ее"}


def _reading(word: str, cases: Cases | None, many: bool = False) -> tuple[int, Parse]:
    """The likeliest noun that can stand in one of the cases, with its place among the readings; of `many`, a plural."""
    readings = [(at, parse) for at, parse in enumerate(parses(word)) if "NOUN" in parse.tags]
    if many:
        readings = [(at, parse) for at, parse in readings if "plur" in parse.tags] or readings
    return next(((at, parse) for at, parse in readings if _stands_in(parse, cases)), readings[0])


def _stands_in(parse: Parse, cases: Cases | None) -> bool:
    return not cases or bool(parse.tags & cases)
