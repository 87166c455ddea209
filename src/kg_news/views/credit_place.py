"""A capital, a quotation or a Latin word in a credit, and what stands around it: what the facts are told by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kg_news.views.credit_cases import CONSONANT, cases, cases_in, full_name_cases, wanted
from kg_news.views.credit_terms import CreditTerms
from kg_news.views.credit_tokens import (
    Token,
    is_capital_word,
    is_function_word,
    is_predicate,
    is_proper,
    looks_like_surname,
)
from kg_news.views.declension import NOMINATIVE
from kg_news.views.morph import known, lemmas, parses

_REACH = 7
"""How many words behind a capital its sentence's verb is looked for."""
_MAN = re.compile(r"(?:[оеё]в|[иы]н|ский)$")
_CLAUSE = frozenset({"VERB", "GRND", "PRTS", "PRED", "INFN", "ADJS"})


@dataclass(frozen=True)
class Place:
    """A capital, a quotation or a Latin word in a credit, and what stands around it."""

    tokens: Sequence[Token]
    first: int
    """Where the name begins."""
    i: int
    words: CreditTerms

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
            return NOMINATIVE
        return both or self.cases_of(self.token)

    def agreed(self, first: Token, surname: Token) -> frozenset[str]:
        return full_name_cases(first, surname, self.words.bent)

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
        bent = is_capital_word(self.before) and "gent" in self.joined and "nomn" not in self.joined
        return "nomn" in self.can and not (self.fits and (singular or (bent and looks_like_surname(self.token.text))))

    @cached_property
    def likely(self) -> bool:
        """Whether it fits at the likeliest of its readings."""
        return self.fits and self.sure and bool(cases_in(self.likeliest) & self.asked)

    @cached_property
    def place(self) -> bool:
        may = self.token.given or (_MAN.search(self.behind.text) and CONSONANT.search(self.token.text))
        named = may and looks_like_surname(self.behind.text) and "nomn" in self.follows
        known_place = self.sure and any("Geox" in parse.tags for parse in parses(self.token.text)[:2])
        return not named and (known_place or self.token.text in self.words.places)

    @cached_property
    def after_place(self) -> bool:
        """Whether a state or a city stands before: most names end with it."""
        word = self.before.text
        surname = looks_like_surname(self.token.text) or "ADJF" in self.likeliest
        owned = self.tokens[self.i - 2] if self.i > 1 else None
        if owned and surname and self.fits and (owned.latin or lemmas(owned.text) & {"архив", "страница"}):
            return False  # «архив Темира Пробного», «Facebook Темира Пробного»: a first name too
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
        bent = is_capital_word(self.before) and "nomn" not in self.joined | self.can
        return bent and bool((self.joined or self.asked) & self.can & self.asked)

    @cached_property
    def new_person(self) -> bool:
        """`Садыр Примеров`: behind a word that does not fit, a surname in the nominative alone."""
        word = self.behind.text
        if self.fits and self.can and "nomn" not in self.can and self.token.text[-1] in "йыиуеаяю":
            return False
        if _MAN.search(word) and CONSONANT.search(self.token.text) and not self.place:
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
        capital = is_capital_word(self.behind) and not known(self.behind.text) and not self.behind.latin
        return capital and self.token.given and ("nomn" in self.can or not self.can)

    @cached_property
    def first_name(self) -> bool:
        """`Дмитрий Пробташ`: a given name that can only be a nominative, and a capital behind it."""
        return self.token.given and "gent" not in self.can and is_capital_word(self.behind)


def _is_noun(word: str) -> bool:
    """Whether it is a common noun at its likeliest reading: `Республики`, `Брак`."""
    tags = parses(word)[0].tags
    return known(word) and "NOUN" in tags and not tags & {"Name", "Surn", "Patr", "Geox"}


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
    return opens_clause(word) or "nomn" in cases(word)


def opens_clause(word: str) -> bool:
    """A preposition, a conjunction, an adverb, a pronoun or a verb: `Через`, `Когда`, `Напомним`."""
    return is_function_word(word) or (known(word) and bool(parses(word)[0].tags & _CLAUSE))
