"""What speaks at a capital in a credit for a new sentence there: rules that need no weight or overrule it, then the
weighed facts (`views.credit_facts`).
"""

from __future__ import annotations

from math import inf

from kg_news.views.credit_cases import AGENT, cases, completes, full_name_cases
from kg_news.views.credit_facts import NEW_PERSON, facts, opens
from kg_news.views.credit_terms import LEGAL_FORMS, CreditTerms
from kg_news.views.credit_tokens import (
    Token,
    is_adjective,
    is_name_word,
    is_place_name,
    is_predicate,
    looks_like_surname,
)
from kg_news.views.declension import GENITIVE
from kg_news.views.morph import known, lemmas, parses

_OWNED_BY = frozenset({"страница", "страничка", "аккаунт", "архив"})
"""Nouns (lemmas) that a person's name follows who owns it."""
_SURE = 2.0
"""What a rule weighs that may err."""


def weigh(tokens: list[Token], first: int, i: int, terms: CreditTerms) -> float:
    """What the facts at `i` weigh for a new sentence there (`views.credit_facts`); infinite where a rule decides."""
    if _is_asked(tokens, i):
        return -inf
    company = tokens[i].text in LEGAL_FORMS and not tokens[i - 1].lower  # «Минсельхоз ОАО «Искра» скупает …»
    if _speaks(tokens, i) or _has_age(tokens, i) or company or tokens[i].text == tokens[first].text:
        return inf  # «МЧС Кыргызстана МЧС Кыргызстана сообщило»
    latin = tokens[i].latin and tokens[i - 1].latin and tokens[i - 1].cyrillic_free
    if latin and tokens[i - 1].text.lower() not in terms.platforms:
        return -_SURE  # «команда Steppe Film Production»
    found = frozenset(facts(tokens, first, i, terms))
    if _completes(tokens, first, i) or _owns_page(tokens, first, i, terms) or _is_given_by(tokens, i, terms):
        return -inf
    if _owner_fits(tokens, i, found):
        return -_SURE
    total = opens(found, terms.boundary)
    return max(total, _SURE) if NEW_PERSON in found else total


def _is_asked(tokens: list[Token], i: int) -> bool:
    """Whether the word before asks for it: `из Facebook`, `предоставлено МЧС`."""
    tags = parses(tokens[i - 1].text)[0].tags if tokens[i - 1].lower else frozenset()
    return "PREP" in tags or ("PRTS" in tags and tokens[i].abbreviation)


def _speaks(tokens: list[Token], i: int) -> bool:
    """Whether it is the subject of what follows: `МЧС Кыргызстана МЧС сообщило`, `ӨКМ Айылга каттоо токтоду`."""
    behind = tokens[i + 1] if i + 1 < len(tokens) else None
    if behind is None or not behind.lower:
        return False
    acts = tokens[i].abbreviation and not tokens[i - 1].lower and is_predicate(behind.text)
    return acts or not (known(tokens[i].text) or known(behind.text))


def _has_age(tokens: list[Token], i: int) -> bool:
    """`Нурэлу девять лет`, `Асану 12 лет`: a sentence of its own."""
    years = i + 2 < len(tokens) and tokens[i + 2].text in {"лет", "год", "года"}
    if not years:
        return False
    digits = tokens[i + 1].kind == "number" and len(tokens[i + 1].text) < 3
    return digits or "NUMR" in parses(tokens[i + 1].text)[0].tags


def _completes(tokens: list[Token], first: int, i: int) -> bool:
    """`Генеральной прокуратуры Кыргызской Республики`, `Национальная библиотека имени Алыкула Пробнова`."""
    named = i - 2 > first and tokens[i - 2].text.lower() == "имени" and looks_like_surname(tokens[i].text)
    owned = tokens[i - 1].abbreviation and is_place_name(tokens[i]) and cases(tokens[i].text) == GENITIVE
    return named or owned or completes(tokens[i - 1], tokens[i]) or _names_state(tokens, i)


def _is_given_by(tokens: list[Token], i: int, terms: CreditTerms) -> bool:
    """`предоставлено Асаном Примеровым`: the surname of who gave it."""
    if i < 2 or not tokens[i - 2].lower or "PRTS" not in parses(tokens[i - 2].text)[0].tags:
        return False
    return full_name_cases(tokens[i - 1], tokens[i], terms.bent) == AGENT


def _names_state(tokens: list[Token], i: int) -> bool:
    """`Министерство энергетики Республики Казахстан`; in `Кыргызской Республики Казахстан закрыл …` the republic has
    its name already.
    """
    if tokens[i - 1].text not in {"Республики", "Республика", "республики"} or not is_place_name(tokens[i]):
        return False
    return "nomn" in cases(tokens[i].text) and (i < 2 or not is_adjective(tokens[i - 2].text))


def _owner_fits(tokens: list[Token], i: int, found: frozenset[str]) -> bool:
    """`страница Асана Примерова`, `архив Эльзат Примеровой`, `Facebook Самира Примерова`."""
    before, another = tokens[i - 1], "another that fits behind"
    if before.latin and {"fits", another} <= found:
        return True
    unknown = not known(tokens[i].text) and found & {another, f"unknown, {another}"}
    return before.lower and bool(lemmas(before.text) & _OWNED_BY) and bool("person that fits" in found or unknown)


def _owns_page(tokens: list[Token], first: int, i: int, terms: CreditTerms) -> bool:
    """Whether the capital stands between a page's noun and its network, within three capitals."""
    start, end = i, i
    while start > first and tokens[start].capital:
        start -= 1
    while end < len(tokens) and end - start < 5 and is_name_word(tokens[end]):
        end += 1
    if end + 1 >= len(tokens) or tokens[end].text not in {"в", "на"}:
        return False
    network = tokens[end + 1].text.lower() in terms.platforms
    return network and tokens[start].lower and bool(lemmas(tokens[start].text) & _OWNED_BY)
