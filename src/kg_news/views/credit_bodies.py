"""Shapes of bodies and pages: with the head last, as in Kyrgyz and Kazakh, or first, as in Russian."""

from __future__ import annotations

import re

from kg_news.views.credit_cases import cases
from kg_news.views.credit_ends import ends, likeliest
from kg_news.views.credit_tails import past_number
from kg_news.views.credit_terms import PARTICLES, CreditTerms, Party, is_body
from kg_news.views.credit_tokens import Token, is_adjective, is_surname, join
from kg_news.views.morph import known, lemmas, parses

_OWNED = re.compile(r"(?:с[ыиуүі]|(?<![дт])[ыиуүі])(?:н[аеоө]н)?$")
"""Ending of a Kyrgyz or Kazakh noun that is owned, `киностудиясы`, and of no verb of the past: `токтоду`."""
_GENITIVE = re.compile(r"(?:[нтд][ыиуү]н|[нтд][ыі]ң|с[ыиуү]|с[ыі])$")
"""Endings of a Kyrgyz or Kazakh noun that owns or is owned: `Республикасынын`, `Кеңештин`, `мэриясы`."""
_ATTRIBUTE = re.compile(r"[лдт][ыиуүі][кқ]$")
"""Ending of a Kyrgyz or Kazakh adjective made of a noun: `Улуттук`, `Мемлекеттік`."""
_LANDS = frozenset({"Республикасы", "Respublikasi", "Республикаси", "облысы", "қаласы", "ауданы", "облусу", "шаары"})
"""Behind them a body's own name may have a capital: `Жетісу облысы Полиция департаменті`."""
_PRESS = frozenset({"басма", "баспасөз", "matbuot", "матбуот"})
"""Behind a body's name its press service follows: `Shaharlar vazirligi matbuot xizmati`."""
_HAS = re.compile(r"[нтд](?:[ыиуү]н|[ыі]ң)$")
"""Ending of a Kyrgyz or Kazakh noun that owns: `облысының`."""


def head_last(tokens: list[Token], i: int, terms: CreditTerms) -> Party | None:
    """A body in Kyrgyz or Kazakh, whose head ends it: `Бишкек шаардык мэриясынын басма сөз кызматы`, `«Зорька»
    архивинен алынды`. Behind the first word a capital stands only on an owner: `Талас облусунун`.
    """
    end, found, small, second = i, 0, 0, False
    while end < len(tokens) and end - i < 9 and tokens[end].kind in {"word", "quote", "number", "domain"}:
        token = tokens[end]
        page = token.abbreviation or token.cyrillic_free  # «Асан Примеровдун Facebook баракчасынан»
        state = end == i + 1 and tokens[i].abbreviation  # «ҚР Энергетика министрлігі»
        if end > i and token.kind == "word" and token.capital and not (page or state or _owns(token.text)):
            second = _is_second(tokens, i, end)
            if not second:
                break
        if end > i and found and token.capital:
            break
        end += 1
        if token.abbreviation and end - i > 1 and _HAS.search(tokens[end - 2].text):
            return Party("agency", join(tokens, i, end), end, "head last")  # «Алматы облысының ТЖД»
        if token.text.lower() in terms.closers and not (end == i + 1 and is_body(token.text, terms)):
            if _is_russian(tokens, end - 1):
                break  # «Национальный банк КР»: its head does not end it
            found = end  # «архивинен алынды»: the last of several
        elif found and not (found == end - 1 and token.text in _PRESS):
            break
        elif token.lower and token.text not in PARTICLES:
            small = end if not known(token.text) and _OWNED.search(token.text) else -1
    sentence = small > i + 1 and tokens[i + 1].capital and tokens[i + 1].kind == "word"  # «ТЖМ Үйлер жылы»
    if not found and small == end > i + 1 and not sentence:
        found = end  # «Зорька» киностудиясы
    if not found or (second and found < len(tokens) and tokens[found].lower):
        return None  # «Кабар Улуттук банк билдирди»
    return Party("agency", join(tokens, i, found), found, "head last")


def _is_second(tokens: list[Token], i: int, end: int) -> bool:
    """Whether a capital goes on a name: `Кыргыз Улуттук университети`, `Қазақстан Республикасы Ішкі істер …`."""
    attribute = end == i + 1 and _ATTRIBUTE.search(tokens[end].text) and not known(tokens[end].text)
    return bool(attribute) or (end > i + 1 and tokens[end - 1].text in _LANDS)


def _is_russian(tokens: list[Token], i: int) -> bool:
    """Whether a closer and the word before are Russian: `Национальный банк`, and not `Улуттук банк`."""
    word = tokens[i].text
    return known(word) and "nomn" in cases(word) and i > 0 and known(tokens[i - 1].text)


def _owns(word: str) -> bool:
    return bool(_GENITIVE.search(word))


def body(tokens: list[Token], i: int, terms: CreditTerms) -> Party | None:
    """A body or a page, from its head noun on: `пресс-служба кабмина`, `скриншот видео «Клоопа»`, `МЧС Кыргызстана`.

    It goes on over lower-case words, quotations, abbreviations, and capitalised words that can stand in an oblique
    case: `Посольство Кыргызстана в России` ends before the nominative `Посольство`.
    """
    if tokens[i].kind != "word" or not _heads(tokens, i, terms):
        return None
    end = past_number(tokens, likeliest(ends(tokens, i, terms)).end)
    return Party("agency", join(tokens, i, end), end, "body")


def _heads(tokens: list[Token], i: int, terms: CreditTerms) -> bool:
    """Whether a body's name can begin here: in small letters any noun, participle or `из`, `с`; with a capital a noun
    that heads bodies, an abbreviation, or an adjective before a noun in small letters (`Верховный суд`).
    """
    token = tokens[i]
    if token.lower and not token.latin:
        tags = parses(token.text)[0].tags
        return not tags & {"CONJ", "PRCL", "NPRO", "ADVB", "INTJ", "VERB", "PRED", "PRTS", "ADJS", "NUMR"} or bool(
            lemmas(token.text) & (terms.bodies | terms.carriers)
        )
    if token.latin:
        return is_body(token.text, terms)
    if token.abbreviation:
        return True
    if _is_attribute(tokens, i, terms) and i + 1 < len(tokens) and tokens[i + 1].lower:
        return bool(parses(tokens[i + 1].text)[0].tags & {"NOUN", "ADJF"})
    office = known(token.text) and "Orgn" in parses(token.text)[0].tags  # «Минсельхоз»
    return (office or is_body(token.text, terms)) and not is_surname(token.text)


def _is_attribute(tokens: list[Token], i: int, terms: CreditTerms) -> bool:
    """`Верховный суд`; `Баткенская областная администрация`, though it looks like a surname, by what follows."""
    word = tokens[i].text
    if is_adjective(word) and not is_surname(word):
        return True
    behind = tokens[i + 1] if i + 1 < len(tokens) else None
    noun = (
        behind is not None and behind.lower and ("ADJF" in parses(behind.text)[0].tags or is_body(behind.text, terms))
    )
    return noun and any({"ADJF", "nomn"} <= parse.tags for parse in parses(word))
