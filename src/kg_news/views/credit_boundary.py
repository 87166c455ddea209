"""Where a body's name in a credit ends and the article's next sentence begins, by weighed facts.

`Фото: пресс-служба мэрии Оша Суд вернул дело`: before each capital behind the first word the facts that hold there
are named (AROUND, and a table for each kind of word), and their weights (`boundary` in `registry/photo.yml`) are added
up. A sum above zero says that a new sentence begins. The weights are those of a logistic regression, which
`scripts/fit_boundaries.py` fits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Protocol

from kg_news.views.credit_tokens import (
    Token,
    is_function_word,
    is_proper,
    is_surname,
    looks_like_surname,
)
from kg_news.views.declension import plain_readings
from kg_news.views.morph import known, lemmas, parses

_CASES = {
    "nomn": "nomn",
    "gent": "gent",
    "gen1": "gent",
    "gen2": "gent",
    "datv": "datv",
    "accs": "accs",
    "acc2": "accs",
    "ablt": "ablt",
    "loct": "loct",
    "loc2": "loct",
}
_GENITIVE = frozenset({"gent"})
_NOMINATIVE = frozenset({"nomn"})
_AGENT = frozenset({"ablt"})
_GOVERNED = {
    "в": frozenset({"loct"}),
    "на": frozenset({"loct"}),
    "о": frozenset({"loct"}),
    "при": frozenset({"loct"}),
    "по": frozenset({"datv"}),
    "к": frozenset({"datv"}),
    "с": frozenset({"gent", "ablt"}),
    "со": frozenset({"gent", "ablt"}),
    "за": frozenset({"ablt", "accs"}),
    "под": frozenset({"ablt"}),
    "над": frozenset({"ablt"}),
    "между": frozenset({"ablt"}),
}
"""The cases that a preposition asks for; any other asks for the genitive."""
_REACH = 7
"""How many words behind a capital its sentence's verb is looked for."""
_MAN = re.compile(r"(?:[оеё]в|[иы]н|ский)$")
_CONSONANT = re.compile(r"[бвгджзклмнпрстфхцчшщй]$")
_BENT_SURNAME = re.compile(r"(?:[оеё]в|[иы]н)(?:ой|ою|у|ым|ом)$")
"""A surname in -ов or -ин that bends: `Примеровой`; a nominative in -ой (`Толстой`) has other letters before."""
_GENDERS = ("masc", "femn")
_SURNAME_FORM = re.compile(r"(?:[оеё]в|[иы]н)(|а|у|ым|ом|е|ой)$|(?:(?:ск|н)(ий|ый|ого|ому|ая|ую))$")
_SURNAME_CASES = {
    "": {("masc", "nomn")},
    "а": {("femn", "nomn"), ("masc", "gent"), ("masc", "accs")},
    "у": {("masc", "datv"), ("femn", "accs")},
    "ым": {("masc", "ablt")},
    "ом": {("masc", "ablt")},
    "е": {("masc", "loct")},
    "ой": {("femn", "gent"), ("femn", "datv"), ("femn", "ablt"), ("femn", "loct")},
    "ий": {("masc", "nomn")},
    "ый": {("masc", "nomn")},
    "ого": {("masc", "gent"), ("masc", "accs")},
    "ому": {("masc", "datv")},
    "ая": {("femn", "nomn")},
    "ую": {("femn", "accs")},
}
_STOPS = frozenset("./;)|")
_SPOKEN = frozenset(".,!?…")


@lru_cache(maxsize=20_000)
def cases(word: str) -> frozenset[str]:
    """The cases that a word form can stand in; empty where neither dictionary nor declension of names knows."""
    found = {
        _CASES[tag]
        for parse in parses(word)
        if known(word) or "ADJF" in parse.tags
        for tag in parse.tags & _CASES.keys()
    }
    if not known(word) or looks_like_surname(word):
        own = _CONSONANT.search(word) and not looks_like_surname(word)  # any such word could be its own nominative
        telling = [
            reading.cases
            for reading in plain_readings(word)
            if len(reading.cases) < len(_CASES) / 2 and not (own and reading.words == (word,))
        ]
        found |= {case for reading in telling for case in reading}
    if any("Fixd" in parse.tags for parse in parses(word)[:1]) and known(word):
        found |= set(_CASES.values())
    if _BENT_SURNAME.search(word):
        found.discard("nomn")
    return frozenset(found)


def wanted(token: Token) -> frozenset[str]:
    """The cases that a token asks of the word behind it."""
    if token.kind != "word" or token.latin:
        return _GENITIVE
    word = token.text.lower()
    first = parses(word)[0].tags
    if "PREP" in first:
        return _GOVERNED.get(word, _GENITIVE)
    if first & {"ADJF", "PRTF"}:
        return cases(token.text) or _GENITIVE
    if "PRTS" in first:
        return _AGENT
    return _GENITIVE


@lru_cache(maxsize=20_000)
def is_predicate(word: str) -> bool:
    """Whether a word is a predicate: finite verb, short participle or adjective, `нет`."""
    return known(word) and bool(parses(word)[0].tags & {"VERB", "INFN", "PRED", "PRTS", "ADJS"})


def _unbent(word: str) -> frozenset[tuple[str, str]]:
    """Gender and case of a given name that no list has, by its ending: `Мекуны`; a woman's in a consonant bends not."""
    endings = {"а": {("femn", "nomn"), ("masc", "gent"), ("masc", "accs")}, "ы": {("femn", "gent")}}
    return frozenset(endings.get(word[-1], {("masc", "nomn"), *(("femn", case) for case in _CASES.values())}))


@lru_cache(maxsize=20_000)
def _given_forms(word: str) -> frozenset[tuple[str, str]]:
    """Gender and case of each reading of a word as a given name: the dictionary's, or by the ending of a word that it
    lacks.
    """
    if not known(word):
        return frozenset() if _SURNAME_FORM.search(word) else _unbent(word)
    return frozenset(
        (gender, _CASES[case])
        for parse in parses(word)
        if "Name" in parse.tags
        for gender in _GENDERS
        if gender in parse.tags or parse.tags & {"ms-f", "GNdr"}
        for case in parse.tags & _CASES.keys()
    )


class Words(Protocol):
    """What the registry knows of nouns, by lemma."""

    @property
    def apposed(self) -> frozenset[str]:
        """Behind them a name stands in the nominative: `радио Азаттык`."""

    @property
    def bodies(self) -> frozenset[str]:
        """They head bodies' names: `министерство`."""

    @property
    def places(self) -> Mapping[str, frozenset[str]]:
        """Forms of cities' names that the dictionary lacks, with their cases."""

    @property
    def bent(self) -> Mapping[str, frozenset[str]]:
        """The same of given names, their nominatives left out."""

    @property
    def names(self) -> Mapping[str, int]:
        """Names of agencies and outlets, in lower case."""


@dataclass(frozen=True)
class Place:
    """A capital, a quotation or a Latin word in a credit, and what stands around it."""

    tokens: Sequence[Token]
    first: int
    """Where the name begins."""
    i: int
    words: Words

    @cached_property
    def token(self) -> Token:
        return self.tokens[self.i]

    @cached_property
    def before(self) -> Token:
        return self.tokens[self.i - 1]

    @cached_property
    def behind(self) -> Token:
        """The next token; where there is none, an empty one of the kind `end`."""
        return self.tokens[self.i + 1] if self.i + 1 < len(self.tokens) else Token("end", "\n", 0, 0)

    @cached_property
    def acts(self) -> bool:
        """Whether a verb follows."""
        return self.behind.lower and is_predicate(self.behind.text)

    @cached_property
    def small(self) -> bool:
        """Whether a word in small letters stands before, or one such as `YouTube-канал`."""
        return self.before.lower or (self.before.latin and not self.before.cyrillic_free)

    @cached_property
    def foreign(self) -> bool:
        return not self.small and (self.before.latin or self.before.kind in {"handle", "domain"})

    @cached_property
    def sure(self) -> bool:
        """Whether the dictionary has the word."""
        return known(self.token.text)

    @cached_property
    def likeliest(self) -> frozenset[str]:
        return parses(self.token.text)[0].tags

    @cached_property
    def can(self) -> frozenset[str]:
        """The cases of the word; of a given name with its surname, those that both can stand in."""
        both = self.agreed(self.token, self.behind) or self.agreed(self.before, self.token)
        if not both and self.token.listed and self.behind.lower:
            return _NOMINATIVE
        return both or self.cases_of(self.token)

    def agreed(self, first: Token, surname: Token) -> frozenset[str]:
        """The cases of a given name with a surname in -ов, -ев or -ин: `Асана Примерова` is no nominative, though each
        word could be one. Empty where they are no such name.
        """
        match = _SURNAME_FORM.search(surname.text)
        if not match or not surname.capital:
            return frozenset()
        own: Iterable[tuple[str, str]]
        if bent := self.words.bent.get(first.text):
            own = {(gender, case) for case in bent for gender in _GENDERS}
        elif first.listed:
            own = _unbent(first.text)
        else:
            own = _given_forms(first.text)
        fitting = _SURNAME_CASES[match[1] or match[2] or ""]
        own = set(own) & fitting or (_unbent(first.text) & fitting if first.given else set())
        return frozenset(case for _, case in own)

    def cases_of(self, token: Token) -> frozenset[str]:
        return self.words.places.get(token.text) or self.words.bent.get(token.text) or cases(token.text)

    @cached_property
    def asked(self) -> frozenset[str]:
        return wanted(self.before)

    @cached_property
    def named(self) -> bool:
        """Whether a noun stands before behind which a name is in the nominative."""
        return self.before.kind == "word" and bool(lemmas(self.before.text) & self.words.apposed)

    @cached_property
    def fits(self) -> bool:
        return bool(self.can & self.asked) or (self.named and "nomn" in self.can)

    @cached_property
    def soon(self) -> bool:
        return _verb_soon(self.tokens, self.i)

    @cached_property
    def capital_between(self) -> bool:
        """Whether another capital stands before the next verb: `Министерства энергетики Казахстана Детям подарили`."""
        for token in self.tokens[self.i + 1 : self.i + 1 + _REACH]:
            if token.lower and is_predicate(token.text):
                return False
            if token.capital:
                return True
        return False

    @cached_property
    def body(self) -> bool:
        return bool(lemmas(self.token.text) & self.words.bodies)

    @cached_property
    def joined(self) -> frozenset[str]:
        """The cases of the capital before; all of them say nothing where there is none."""
        return self.cases_of(self.before)

    @cached_property
    def follows(self) -> frozenset[str]:
        """The cases of the Cyrillic capital behind; empty where there is none."""
        capital = self.behind.kind == "word" and self.behind.capital and not self.behind.latin
        if not capital:
            return frozenset()
        return self.agreed(self.token, self.behind) or self.cases_of(self.behind)

    @cached_property
    def nominative(self) -> bool:
        """Whether it can be one here: `Министерства энергетики` and `имени Алыкула Осмонова` hardly ever are."""
        singular = self.sure and {"gent", "sing"} <= self.likeliest and (self.body or not self.soon)
        bent = _is_capital_word(self.before) and "gent" in self.joined and "nomn" not in self.joined
        return "nomn" in self.can and not (self.fits and (singular or (bent and looks_like_surname(self.token.text))))

    @cached_property
    def likely(self) -> bool:
        """Whether it fits at the likeliest of its readings."""
        at_first = {_CASES[tag] for tag in self.likeliest & _CASES.keys()}
        return self.fits and self.sure and bool(at_first & self.asked)

    @cached_property
    def place(self) -> bool:
        may = self.token.given or (_MAN.search(self.behind.text) and _CONSONANT.search(self.token.text))
        named = may and looks_like_surname(self.behind.text) and "nomn" in self.follows
        known_place = self.sure and any("Geox" in parse.tags for parse in parses(self.token.text)[:2])
        return not named and (known_place or self.token.text in self.words.places)

    @cached_property
    def after_place(self) -> bool:
        """Whether a state or a city stands before: most names end with it."""
        word = self.before.text
        surname = looks_like_surname(self.token.text) or "ADJF" in self.likeliest
        if self.i > 1 and self.fits and surname and lemmas(self.tokens[self.i - 2].text) & {"архив", "страница"}:
            return False  # «архив Темира Пробного»: a first name too
        if self.before.kind != "word" or not self.before.capital or not known(word):
            return word in self.words.places
        return "Geox" in parses(word)[0].tags and "ADJF" not in parses(word)[0].tags

    @cached_property
    def person(self) -> bool:
        return not self.place and (is_proper(self.token.text) or looks_like_surname(self.token.text))

    @cached_property
    def with_noun(self) -> bool:
        """Whether it is an adjective, and its noun follows in small letters."""
        noun = self.behind.lower and cases(self.behind.text) & self.can & self.asked
        return "ADJF" in self.likeliest and bool(noun)

    @cached_property
    def agrees(self) -> bool:
        """Whether it stands in the case of the capital before, and neither can be a nominative."""
        bent = _is_capital_word(self.before) and "nomn" not in self.joined | self.can
        return bent and bool((self.joined or self.asked) & self.can & self.asked)

    @cached_property
    def new_person(self) -> bool:
        """`Садыр Примеров`: behind a word that does not fit, a surname in the nominative alone."""
        word = self.behind.text
        if self.fits and self.can and "nomn" not in self.can and self.token.text[-1] in "йыиуеаяю":
            return False
        if _MAN.search(word) and _CONSONANT.search(self.token.text) and not self.place:
            return "nomn" in self.follows  # «МЧС Расан Примеров»: a man's first name in the genitive ends in a vowel
        common = known(word) and "NOUN" in parses(word)[0].tags and not looks_like_surname(word)
        bent = self.fits or self.place or bool(self.follows & self.asked)
        return "nomn" in self.follows and not bent and not common

    @cached_property
    def full_name(self) -> bool:
        surname = looks_like_surname(self.behind.text) and not _is_noun(self.behind.text)
        named = self.token.given or (surname and not (self.body or _is_noun(self.token.text)))
        return "nomn" in self.follows and (not self.can or "nomn" in self.can) and named

    @cached_property
    def foreign_name(self) -> bool:
        """`Томас Пробнинг`: a given name that can be a nominative, and a capital that no dictionary has."""
        capital = _is_capital_word(self.behind) and not known(self.behind.text) and not self.behind.latin
        return capital and self.token.given and ("nomn" in self.can or not self.can)

    @cached_property
    def first_name(self) -> bool:
        """`Дмитрий Пробташ`: a given name that can only be a nominative, and a capital behind it."""
        return self.token.given and "gent" not in self.can and _is_capital_word(self.behind)


def completes(adjective: Token, noun: Token) -> bool:
    """`Кыргызской Республики`: whether the noun is the one that an adjective with a capital waits for."""
    if not _is_capital_word(adjective) or is_surname(adjective.text) or not known(noun.text):
        return False
    likely = "ADJF" in parses(adjective.text)[0].tags and "NOUN" in parses(noun.text)[0].tags
    return likely and not is_proper(noun.text) and _agree(adjective.text, noun.text)


def _is_noun(word: str) -> bool:
    """Whether it is a common noun at its likeliest reading: `Республики`, `Брак`."""
    tags = parses(word)[0].tags
    return known(word) and "NOUN" in tags and not tags & {"Name", "Surn", "Patr", "Geox"}


def _agree(adjective: str, noun: str) -> bool:
    """Whether both can stand in one case, number and gender."""
    ones = [parse.tags for parse in parses(adjective) if "ADJF" in parse.tags]
    others = [parse.tags for parse in parses(noun) if "NOUN" in parse.tags]
    return any(_form(one) == _form(other) for one in ones for other in others)


def _form(tags: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The case, and the number with the gender that only a singular has."""
    number = {"plur"} if "plur" in tags else tags & {"masc", "femn", "neut"}
    return frozenset(_CASES[tag] for tag in tags & _CASES.keys()), frozenset(number)


Fact = tuple[str, Callable[[Place], bool]]

AROUND: tuple[Fact, ...] = (
    ("always", lambda _: True),
    ("after a small letter", lambda at: at.small),
    ("after a quotation", lambda at: at.before.kind == "quote"),
    ("after Latin", lambda at: at.foreign),
    ("after an abbreviation", lambda at: not at.foreign and at.before.abbreviation),
    ("after a capital", lambda at: not (at.small or at.foreign or at.before.abbreviation or at.before.kind == "quote")),
    ("after an address", lambda at: at.before.kind in {"handle", "domain"}),
    ("after a place", lambda at: at.after_place),
    ("second capital", lambda at: any(map(_is_capital_word, at.tokens[at.first + 1 : at.i]))),
    ("nothing behind", lambda at: at.behind.kind == "end"),
    ("small letter behind", lambda at: at.behind.lower),
    ("verb behind", lambda at: at.acts),
    ("preposition behind", lambda at: at.behind.lower and "PREP" in parses(at.behind.text)[0].tags),
    ("colon behind", lambda at: at.behind.text == ":"),
    ("number behind", lambda at: at.behind.kind == "number"),
    ("comma behind", lambda at: at.behind.text == "," and at.token.kind != "quote"),
    ("stop behind", lambda at: at.behind.text in _STOPS),
    ("capital behind", lambda at: at.behind.capital),
    ("other mark behind", lambda at: _is_other_mark(at.behind)),
)
QUOTATION: tuple[Fact, ...] = (
    ("quotation", lambda _: True),
    ("quotation after a small letter", lambda at: at.small),
    ("quotation after a quotation", lambda at: at.before.kind == "quote"),
    ("quotation after a noun with the nominative", lambda at: bool(lemmas(at.before.text) & at.words.apposed)),
    ("quotation that speaks", lambda at: is_speech(at.token.text)),
    ("quotation, comma behind", lambda at: at.behind.text == ","),
    ("quotation, dash behind", lambda at: at.behind.text in {"—", "–", "-"}),
)
ADDRESS: tuple[Fact, ...] = (
    ("address", lambda _: True),
    ("address, verb behind", lambda at: at.acts),
)
LATIN: tuple[Fact, ...] = (
    ("Latin", lambda _: True),
    ("Latin after a small letter", lambda at: at.small),
    ("Latin, small letter behind", lambda at: at.behind.lower and not at.behind.latin),
)
ABBREVIATION: tuple[Fact, ...] = (
    ("verb soon", lambda at: at.soon),
    ("abbreviation", lambda _: True),
    ("two letters", lambda at: len(at.token.text) == 2),
    ("abbreviation behind another", lambda at: at.before.abbreviation),
    ("abbreviation, verb behind", lambda at: at.acts),
)
OPENER: tuple[Fact, ...] = (
    ("verb soon", lambda at: at.soon),
    ("function word", lambda at: is_function_word(at.token.text)),
    ("verb first", lambda at: not is_function_word(at.token.text)),
)
NEW_PERSON = "does not fit, a surname behind"
WORD: tuple[Fact, ...] = (
    ("verb soon", lambda at: at.soon),
    ("verb soon behind another capital", lambda at: at.soon and at.capital_between),
    ("agrees with the capital before", lambda at: at.agrees),
    ("not in the dictionary, small letter behind", lambda at: not at.sure and at.behind.lower),
    (NEW_PERSON, lambda at: at.new_person),
    ("full name", lambda at: at.full_name),
    ("given name, an unknown word behind", lambda at: at.foreign_name),
    ("given name in the nominative alone", lambda at: at.first_name and not at.place),
    ("another that fits behind", lambda at: bool(at.can) and _another_fits(at)),
    ("unknown, another that fits behind", lambda at: not at.can and _another_fits(at)),
    ("unknown", lambda at: not at.can),
    ("nominative", lambda at: at.nominative),
    ("nominative, does not fit", lambda at: at.nominative and not at.fits),
    ("neither case", lambda at: bool(at.can) and "nomn" not in at.can and not at.fits),
    ("neither case, known", lambda at: at.sure and bool(at.can) and "nomn" not in at.can and not at.fits),
    ("fits", lambda at: at.fits),
    ("body that fits", lambda at: at.fits and at.body),
    ("body in the genitive", lambda at: at.fits and at.body and not at.nominative),
    (
        "body in the genitive, verb behind another capital",
        lambda at: at.fits and at.body and not at.nominative and at.soon and at.capital_between,
    ),
    ("body that fits, no verb soon", lambda at: at.fits and at.body and not at.soon),
    ("fits, no nominative", lambda at: at.fits and "nomn" not in at.can),
    ("fits, no nominative, verb behind", lambda at: at.fits and "nomn" not in at.can and at.acts),
    ("fits, verb soon", lambda at: at.fits and at.soon),
    ("fits at the likeliest reading", lambda at: at.likely),
    ("fits at the likeliest reading, no verb soon", lambda at: at.likely and not at.soon),
    ("after a noun with the nominative", lambda at: at.named),
    ("nominative after its noun", lambda at: at.named and "nomn" in at.can),
    ("after «имени»", lambda at: at.before.text.lower() == "имени"),
    ("place", lambda at: at.place),
    ("place that fits", lambda at: at.place and at.fits),
    ("branch", lambda at: at.place and "nomn" in at.can and _branches(at)),
    ("person", lambda at: at.person),
    ("person that fits", lambda at: at.person and at.fits),
    ("adjective", lambda at: "ADJF" in at.likeliest),
    ("adjective with its noun", lambda at: at.with_noun),
    ("adjective with its noun, verb soon", lambda at: at.with_noun and at.soon),
)


def facts(tokens: Sequence[Token], first: int, i: int, words: Words) -> tuple[str, ...]:
    """The facts that hold before token `i`, of a name that begins at token `first`."""
    at = Place(tokens, first, i, words)
    return tuple(name for name, holds in (*AROUND, *_own(at.token)) if holds(at))


def _own(token: Token) -> tuple[Fact, ...]:
    """The facts that are asked of what stands there."""
    if token.kind == "quote":
        return QUOTATION
    if token.kind in {"domain", "handle", "latinpair"}:
        return ADDRESS
    if token.latin:
        return LATIN
    if token.abbreviation:
        return ABBREVIATION
    return OPENER if _opens_clause(token.text) else WORD


_CLAUSE = frozenset({"VERB", "GRND", "PRTS", "PRED", "INFN", "ADJS"})


def _another_fits(at: Place) -> bool:
    return "nomn" not in at.follows and bool(at.follows & at.asked)


def _branches(at: Place) -> bool:
    """`ЮНИСЕФ Кыргызстан`, `Steppe Post Казахстан`."""
    return (at.before.abbreviation or at.before.latin) and not at.behind.lower


def _is_other_mark(token: Token) -> bool:
    return not (token.kind in {"end", "number"} or token.lower or token.capital or token.text in _STOPS | {","})


def _is_capital_word(token: Token) -> bool:
    return token.kind == "word" and token.capital and not token.abbreviation and token.text.isalpha()


LEGAL_FORMS = frozenset(["ООО", "ОсОО", "ТОО", "АО", "ЗАО", "ОАО", "ПАО", "ИП", "ГП", "ГУП", "Ltd", "LLC"])
"""They stand before a company's name, and begin it."""


def is_speech(quotation: str) -> bool:
    """`«Мы ждем уже год.»`, and no outlet's name: it has a stop or a predicate in it, or many words."""
    words = quotation.strip('«»“”„"').split()
    return len(words) > 4 or quotation[-2:-1] in _SPOKEN or any(is_predicate(word.strip(".,!?")) for word in words)


def _verb_soon(tokens: Sequence[Token], i: int) -> bool:
    """Whether a finite verb follows before any mark and before a capital that opens a clause or can be its subject:
    in `УОБДД Чуйской области Через год работу сдали` the verb is not of a sentence that `Чуйской` begins.
    """
    for number, token in enumerate(tokens[i + 1 : i + 1 + _REACH]):
        if token.kind != "word" or token.abbreviation:
            return False
        if token.lower and is_predicate(token.text):
            return True
        unknown = number > 0 and not cases(token.text)  # right behind it is a surname: «Томас Пробнинг приехал»
        if token.capital and (token.latin or unknown or _may_be_subject(token.text)):
            return False
    return False


def _may_be_subject(word: str) -> bool:
    """Whether a capital opens a clause or can be a nominative."""
    return _opens_clause(word) or "nomn" in cases(word)


def _opens_clause(word: str) -> bool:
    """A preposition, a conjunction, an adverb, a pronoun or a verb: `Через`, `Когда`, `Напомним`."""
    return is_function_word(word) or (known(word) and bool(parses(word)[0].tags & _CLAUSE))


def name_forms(names: Iterable[str]) -> dict[str, frozenset[str]]:
    """The forms, with their cases, of the cities' or given names that the dictionary lacks.

    >>> sorted(name_forms(["Шымкент"])["Шымкента"])
    ['gent']
    """
    found: dict[str, set[str]] = {}
    for name in names:
        if known(name) or not name.replace("-", "").isalpha():
            continue
        for form, taken in _endings(name):
            found.setdefault(form, set()).update(taken)
    return {form: frozenset(taken) for form, taken in found.items()}


def _endings(name: str) -> Iterable[tuple[str, Iterable[str]]]:
    stem = name[:-1]
    if _CONSONANT.search(name) and name[-1] != "й":
        forms: Sequence[tuple[str, str]] = (("а", "gent"), ("у", "datv"), ("ом", "ablt"), ("е", "loct"))
        return [(name, ("nomn", "accs")), *((name + ending, (case,)) for ending, case in forms)]
    if name[-1] in "ая":
        soft = name[-1] == "я" or stem[-1] in "гкхжшчщ"
        forms = (("и" if soft else "ы", "gent"), ("е", "datv loct"), ("ю" if name[-1] == "я" else "у", "accs"))
        return [(name, ("nomn",)), *((stem + ending, case.split()) for ending, case in forms)]
    return [(name, _CASES.values())]


def opens(found: Iterable[str], weights: Mapping[str, float]) -> float:
    """The weights of facts, added up: above zero a new sentence begins (log-odds)."""
    return sum(weights.get(fact, 0.0) for fact in found)
