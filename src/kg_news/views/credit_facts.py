"""The named facts about a place in a credit where the article's next sentence may begin.

AROUND are asked everywhere; a table for each kind of word holds the others. Each fact has a weight (`boundary` in
`registry/photo.yml`), and a sum above zero says that a new sentence begins. The weights are those of a logistic
regression, which `scripts/fit_boundaries.py` fits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from kg_news.views.credit_place import Place, opens_clause
from kg_news.views.credit_terms import CreditTerms
from kg_news.views.credit_tokens import Token, is_capital_word, is_function_word, is_predicate
from kg_news.views.morph import lemmas, parses

Fact = tuple[str, Callable[[Place], bool]]
_STOPS = frozenset("./;)|")
_SPOKEN = frozenset(".,!?…")
AROUND: tuple[Fact, ...] = (
    ("always", lambda _: True),
    ("after a small letter", lambda at: at.small),
    ("after a quotation", lambda at: at.before.kind == "quote"),
    ("after Latin", lambda at: at.foreign),
    ("after an abbreviation", lambda at: not at.foreign and at.before.abbreviation),
    ("after a capital", lambda at: not (at.small or at.foreign or at.before.abbreviation or at.before.kind == "quote")),
    ("after an address", lambda at: at.before.kind in {"handle", "domain"}),
    ("after a place", lambda at: at.after_place),
    ("second capital", lambda at: any(map(is_capital_word, at.tokens[at.first + 1 : at.i]))),
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
"""Where it holds, a rule says that a new sentence begins (`views.credit_weights`)."""
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


def facts(tokens: Sequence[Token], first: int, i: int, words: CreditTerms) -> tuple[str, ...]:
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
    return OPENER if opens_clause(token.text) else WORD


def _another_fits(at: Place) -> bool:
    return "nomn" not in at.follows and bool(at.follows & at.asked)


def _branches(at: Place) -> bool:
    """`ЮНИСЕФ Кыргызстан`, `Steppe Post Казахстан`."""
    return (at.before.abbreviation or at.before.latin) and not at.behind.lower


def _is_other_mark(token: Token) -> bool:
    return not (token.kind in {"end", "number"} or token.lower or token.capital or token.text in _STOPS | {","})


def is_speech(quotation: str) -> bool:
    """`«Мы ждем уже год.»`, and no outlet's name: it has a stop or a predicate in it, or many words."""
    words = quotation.strip('«»“”„"').split()
    return len(words) > 4 or quotation[-2:-1] in _SPOKEN or any(is_predicate(word.strip(".,!?")) for word in words)


def opens(found: Iterable[str], weights: Mapping[str, float]) -> float:
    """The weights of facts, added up: above zero a new sentence begins (log-odds)."""
    return sum(weights.get(fact, 0.0) for fact in found)
