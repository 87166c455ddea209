"""Shapes of capitalised Cyrillic words: persons, and the nicknames and outlets that look like them."""

from __future__ import annotations

import re

from kg_news.views.credit_cases import cases
from kg_news.views.credit_tails import past_number, past_outlet_word, past_state
from kg_news.views.credit_terms import LEADS_ON, PARTICLES, SEPARATORS, CreditTerms, Party
from kg_news.views.credit_tokens import (
    Token,
    is_adjective,
    is_common,
    is_function_word,
    is_name_word,
    is_place_name,
    is_predicate,
    is_proper,
    is_surname,
    is_verb,
    join,
    looks_like_surname,
)
from kg_news.views.morph import known, parses

_PATRONYMIC = re.compile(r"(?:ович|евич|ьич|овна|евна|ична|инична)$")


def initials(tokens: list[Token], i: int, _: CreditTerms) -> Party | None:
    """A person with initials: `И. Коваленко`, `Коваленко И. И.`, `Дмитрий Д. Коваленко`."""
    end = _past_initials(tokens, i)
    if end > i:
        named = end < len(tokens) and _may_be_surname(tokens, end)
        return Party("creator", join(tokens, i, end + 1), end + 1, "initials and surname") if named else None
    end = _past_initials(tokens, i + 1)
    if not is_name_word(tokens[i]) or end == i + 1:
        return None
    if end < len(tokens) and tokens[i].given and is_name_word(tokens[end]):
        end += looks_like_surname(tokens[end].text)
    return Party("creator", join(tokens, i, end), end, "surname and initials")


def _past_initials(tokens: list[Token], i: int) -> int:
    while i < len(tokens) and tokens[i].kind == "initial":
        i += 1
    return i


def outlet(tokens: list[Token], i: int, terms: CreditTerms) -> Party | None:
    """An outlet by its words: `Вечерний Талас`, and `Зорька` in `Зорька Асан Примеров открыл …`."""
    if not is_name_word(tokens[i]) or not _is_outlet(tokens, i, terms):
        return None
    end = i + 1 if _person_speaks(tokens, i) else past_state(tokens, i + 2)
    return Party("agency", join(tokens, i, end), end, "outlet")


def person(tokens: list[Token], i: int, _: CreditTerms) -> Party | None:
    """One person: `Айдай Токоева`, `Иван Иванович Петров`, `Болот Айбек уулу`, `Айбек уулу Болот`."""
    if not is_name_word(tokens[i]):
        return None
    end = i + 1
    if end < len(tokens) and tokens[end].text in PARTICLES:
        end += 1
        if end < len(tokens) and is_name_word(tokens[end]) and not opens_sentence(tokens, end):
            end += 1
        return Party("creator", join(tokens, i, end), end, "person")
    if end < len(tokens) and _may_be_surname(tokens, end) and not opens_sentence(tokens, end):
        end = _patronymic(tokens, i, end + 1)
    if end < len(tokens) and tokens[end].text in PARTICLES:
        end += 1
    return Party("creator", join(tokens, i, end), end, "person") if end - i > 1 else None


def one_word(tokens: list[Token], i: int, terms: CreditTerms) -> Party | None:
    """One word alone: a nickname, or an outlet: `Зорька`, `Хабар 24`; `Фото: Митинг в Бишкеке` announces a picture."""
    if not is_name_word(tokens[i]):
        return None
    word, end = tokens[i].text, i + 1
    if (behind := past_outlet_word(tokens, end, terms)) > end:
        return Party("agency", join(tokens, i, behind), behind, "one word")
    if (is_common(word) and end < len(tokens) and tokens[end].lower) or (is_verb(word) and not tokens[i].given):
        return None
    if tokens[i].given or is_surname(word):
        return Party("creator", word, end, "one word")
    end = past_state(tokens, past_number(tokens, end))
    return Party("agency", join(tokens, i, end), end, "one word")


def _patronymic(tokens: list[Token], i: int, end: int) -> int:
    """The end of a name that has a patronymic second or third: `Иван Иванович Петров`, `Петров Иван Иванович`."""
    if end < len(tokens) and tokens[end].kind == "word" and tokens[end].capital:
        second, third = tokens[i + 1].text, tokens[end].text
        surname = _PATRONYMIC.search(second) and is_name_word(tokens[end]) and not _is_no_surname(third)
        if _PATRONYMIC.search(third) or surname:
            return end + 1
    return end


def _is_outlet(tokens: list[Token], i: int, terms: CreditTerms) -> bool:
    """Whether capitals name an outlet: an adjective and a noun (`Вечерний Талас`), or a word behind which a person's
    full name begins the next sentence (`Зорька Асан Примеров открыл …`).
    """
    first = tokens[i].text
    surname = looks_like_surname(first) and (is_surname(first) or not known(first) or "nomn" not in cases(first))
    if tokens[i].given or (surname and i + 1 < len(tokens) and tokens[i + 1].given):
        return False  # «Примеров Асан»
    if i + 1 < len(tokens) and is_name_word(tokens[i + 1]):
        second = tokens[i + 1].text
        if is_adjective(first) and not is_surname(first) and not is_surname(second):
            return True
        if second in terms.outlet_words:
            return True
        return not (is_surname(first) and known(first)) and _person_speaks(tokens, i)
    return False


def _person_speaks(tokens: list[Token], i: int) -> bool:
    """Whether a person's full name begins the next sentence behind the word: `Зорька Асан Примеров открыл …`. A given
    name tells so; behind a slash, where an outlet is due, a surname and a small letter do.
    """
    if _surname_speaks(tokens, i):
        return True
    if i + 2 >= len(tokens) or tokens[i + 2].kind != "word" or not tokens[i + 2].capital:
        return False
    second, third = tokens[i + 1].text, tokens[i + 2].text
    if is_function_word(third):
        return False
    behind_slash = i > 0 and tokens[i - 1].text in SEPARATORS
    speaks = i + 3 < len(tokens) and tokens[i + 3].lower
    surname = looks_like_surname(third) and not looks_like_surname(second)
    surname = surname and not (
        is_adjective(second) or _is_first_name(tokens[i + 2])
    )  # «/ Табылды Пробный Обама назначит …»
    return (tokens[i + 1].given and not looks_like_surname(second)) or (behind_slash and speaks and surname)


def _is_first_name(token: Token) -> bool:
    """`Зарина`, which looks like a surname too; `Бабаков` is the genitive of a name at most."""
    return token.listed or any({"Name", "nomn", "sing"} <= parse.tags for parse in parses(token.text)[:3])


def _surname_speaks(tokens: list[Token], i: int) -> bool:
    """Whether, behind a person and a slash, a surname and its verb follow an outlet of one word: `Асан Примеров / Искра
    Сынакова вернулась …`.
    """
    if i < 3 or i + 2 >= len(tokens) or tokens[i - 1].text not in SEPARATORS:
        return False
    after_person = is_name_word(tokens[i - 2], surname=True) and is_name_word(tokens[i - 3])
    surname = is_surname(tokens[i + 1].text) or looks_like_surname(tokens[i + 1].text)
    return after_person and surname and tokens[i + 2].lower and is_predicate(tokens[i + 2].text)


def _may_be_surname(tokens: list[Token], i: int) -> bool:
    """Whether a word behind a name can be its surname; behind a given name or an initial also one that is a number or
    capitals elsewhere: `Айдай Сорока`, `Асан САПАР`.
    """
    token = tokens[i]
    if is_name_word(token, surname=True):
        return True
    if (
        not (tokens[i - 1].given or tokens[i - 1].kind == "initial")
        or token.kind != "word"
        or token.latin
        or len(token.text) < 4
    ):
        return False
    return token.text.isupper() or (
        token.capital and any({"NOUN", "nomn"} <= parse.tags for parse in parses(token.text))
    )


def _is_no_surname(word: str) -> bool:
    """A noun, a verb, or an adjective in the neuter or the plural, which no person is called by."""
    if not known(word) or is_proper(word) or looks_like_surname(word) or _PATRONYMIC.search(word):
        return False
    tags = parses(word)[0].tags
    return bool(tags & {"NOUN", "VERB", "PRTS"}) or ("ADJF" in tags and bool(tags & {"neut", "plur"}))


def opens_sentence(tokens: list[Token], i: int) -> bool:
    """Whether the second capitalised word rather starts the next sentence: `Токоева Депутаты собрались`.

    A common word may be a surname too (`Улан Пробный Потом разошлись`); what follows a surname has a capital.
    """
    word, behind = tokens[i].text, tokens[i + 1] if i + 1 < len(tokens) else None
    if behind is None or behind.text in PARTICLES | SEPARATORS:
        return False
    if tokens[i - 1].given:
        common = not is_surname(word) and known(word) and not is_proper(word)
        return common and behind.lower and behind.text not in LEADS_ON
    if is_common(tokens[i - 1].text) and (behind.text in {"—", "–"} or (behind.lower and behind.text not in LEADS_ON)):
        return True  # «Искра Примеров вернулся»
    if is_common(tokens[i - 1].text) and is_place_name(tokens[i]) and behind.lower:
        return True  # «Искра Турция и соседи …»
    if behind.text in LEADS_ON or (tokens[i].given and not behind.lower):  # «Примеров Улан Жители …»
        return behind.lower and _is_bent(word)  # «Зорька Основанием для лишения …»
    return _is_no_surname(word) or (behind.lower and _acts_alone(tokens[i], behind))


def _is_bent(word: str) -> bool:
    """Whether it is a common word that can be no nominative: `Основанием`."""
    common = known(word) and not is_proper(word) and not looks_like_surname(word)
    return common and bool(cases(word)) and "nomn" not in cases(word)


def _acts_alone(token: Token, behind: Token) -> bool:
    """Whether a word before small letters is their subject, and no surname: `Талас примет чемпионат`."""
    if known(token.text):
        return not is_proper(token.text) or (is_place_name(token) and is_predicate(behind.text))
    return not looks_like_surname(token.text)
