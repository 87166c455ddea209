"""What the words around a person's name tell of its case and of the person's gender.

`смерти Примерова` is a genitive, `сообщила Примерова` a woman's nominative, `29-летнему Примерову` a man's dative.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg_news.views.declension import ALL_CASES, GENDERS, GENITIVE, NOMINATIVE, OBLIQUE, UNLED, Cases
from kg_news.views.morph import Parse, parses
from kg_news.views.names import Setting
from kg_news.views.tokens import Token

_CASES_BY_PREPOSITION: Sequence[tuple[str, frozenset[str]]] = (
    ("у от для против без из после около кроме вокруг ради вместо до среди возле помимо мимо", GENITIVE),
    ("к ко благодаря вопреки согласно навстречу", frozenset({"datv"})),
    ("с со", frozenset({"ablt", "gent"})),
    ("над между перед передо", frozenset({"ablt", "gent"})),
    ("за под", frozenset({"ablt", "accs"})),
    ("о об обо при", frozenset({"loct"})),
    ("в во на", frozenset({"loct", "accs"})),
    ("про через сквозь включая спустя", frozenset({"accs"})),
    ("по", frozenset({"datv"})),
)
PREPOSITION_CASES = {word: cases for words, cases in _CASES_BY_PREPOSITION for word in words.split()}
"""The cases that a preposition asks for (lower case)."""

_OBJECT: Cases = frozenset({"accs", "datv", "gent"})
_SHE = re.compile(r"(?:[аяео]н|ст)ка$|риса$")
"""Nouns for women that are nobody's: a name behind `россиянка`, `теннисистка`, `актриса` is the woman's own."""
_LISTS = frozenset({"и", ",", "или"})
_PARENTHESIS = 8
"""Tokens that a remark in parentheses behind a name may have: `Асан Примеров (Ош) сказал`."""


def surroundings(tokens: Sequence[Token], first: int, last: int, start: int, end: int) -> tuple[Cases, Setting]:
    """The cases that the words around a name demand, and what they tell besides.

    The name is `tokens[first:last]`, its sentence `tokens[start:end]`.
    """
    begun = first - 1 == start
    cases, setting = _before(tokens[first - 1] if first > start else None, begun)
    if "nomn" not in cases:
        return cases, setting
    behind = _behind(tokens, last, end)
    if first > start and (verb := _verb(tokens[first - 1], begun)):
        listed = behind is not None and tokens[behind].text in _LISTS
        if _does(tokens, first - 2, start, verb) or ("plur" in verb and not listed):
            return OBLIQUE & cases, Setting(frozenset({"ablt"}) if "PRTS" in verb else _OBJECT)
    verb = _verb(tokens[behind]) if behind is not None else None
    if behind is None or verb is None:
        return cases, setting
    listed = first > start and tokens[first - 1].text in _LISTS
    if "neut" in verb or ("plur" in verb and not listed) or _does(tokens, behind + 1, start, verb, end):
        return cases & OBLIQUE, Setting(gender=setting.gender)
    subject = _gender_of(verb)
    if first == start and subject and not _may_do(tokens, behind + 1, end):
        cases = NOMINATIVE
    if setting.likely <= NOMINATIVE or subject:
        likely = setting.likely | NOMINATIVE if setting.likely else NOMINATIVE
        setting = setting._replace(likely=likely, subject=setting.subject or subject)
    return cases, setting


def leading_gender(tokens: Sequence[Token], first: int, start: int) -> str:
    """`femn` where a verb right before an office tells that its holder is a woman: `сказала представитель`; a verb in
    the masculine may agree with the noun alone.
    """
    verb = _verb(tokens[first - 1]) if first > start else None
    return "femn" if verb and _gender_of(verb) == "femn" else ""


def _before(token: Token | None, begun: bool) -> tuple[Cases, Setting]:
    """What the word before the name tells, and whether it begins the sentence; None where the name does."""
    if token is None:
        return UNLED, Setting(NOMINATIVE)
    if token.text.lower() in PREPOSITION_CASES:
        return PREPOSITION_CASES[token.text.lower()], Setting()
    if not token.is_word and not token.text[0].isdigit():
        return ALL_CASES, Setting()
    return _before_word(token, parses(token.text), begun)


def _before_word(token: Token, readings: Sequence[Parse], begun: bool) -> tuple[Cases, Setting]:
    tags = readings[0].tags
    if tags & {"ADJF", "PRTF"} and ("Apro" not in tags or readings[0].lemma == "сам"):
        agreeing = [parse for parse in readings if parse.tags & {"ADJF", "PRTF"} and "plur" not in parse.tags]
        by = frozenset({"ablt"}) if "pssv" in tags else frozenset()  # `план, обещанный Примеровым`
        return _cases(agreeing) | by or ALL_CASES, Setting(gender=_gender(agreeing))
    if tags & {"VERB", "PRTS"}:
        return UNLED, Setting(_likely_behind_verb(tags), _gender_of(_verb(token, begun) or frozenset()))
    if tags & {"INFN", "GRND"}:
        return UNLED, Setting(_OBJECT)
    if "NOUN" in tags and token.text[0].islower():
        gender = "femn" if _SHE.search(readings[0].lemma) else ""
        return ALL_CASES, Setting(_likely_behind_noun(readings), gender=gender)
    return ALL_CASES, Setting()


def _likely_behind_noun(readings: Sequence[Parse]) -> Cases:
    """`смерть Примерова`; `её сестра Бурул` or `сестра Примерова`. A genitive may end a title: `… области Примеров`."""
    tags = readings[0].tags
    if tags >= {"anim", "sing"}:
        return _cases([parse for parse in readings if "NOUN" in parse.tags]) | GENITIVE
    if "anim" in tags:
        return GENITIVE | (tags & ALL_CASES)
    return frozenset() if "gent" in tags else GENITIVE


def _likely_behind_verb(tags: frozenset[str]) -> Cases:
    """`прибыл Примеров`; `назначил Примерова` as well as `заявил Примеров`."""
    if "PRTS" in tags:
        return frozenset({"nomn", "ablt"})  # `подписан Примеровым`
    return NOMINATIVE if "intr" in tags else frozenset({"nomn", "accs", "datv"})


def _cases(readings: Sequence[Parse]) -> Cases:
    return frozenset().union(*(parse.tags & ALL_CASES for parse in readings))


def _gender(readings: Sequence[Parse]) -> str:
    """The one gender of persons that the readings leave open; nothing where both are possible."""
    found = {gender for parse in readings for gender in GENDERS if gender in parse.tags}
    return found.pop() if len(found) == 1 else ""


def _behind(tokens: Sequence[Token], last: int, end: int) -> int | None:
    """The word behind a name, over a remark in parentheses."""
    if last < end and tokens[last].text == "(":
        stop = min(end, last + _PARENTHESIS)
        last = next((at + 1 for at in range(last, stop) if tokens[at].text == ")"), end)
    return last if last < end else None


def _verb(token: Token, begins: bool = False) -> frozenset[str] | None:
    """What is known of a finite verb that may have a person as its subject; None for another word. With a capital it is
    one only where it begins a sentence: `Победила Бурул Примерова`.
    """
    tags = parses(token.text)[0].tags if token.is_word and (begins or token.text[0].islower()) else frozenset()
    return tags if tags & {"VERB", "PRTS"} and "impr" not in tags else None


def _gender_of(verb: frozenset[str]) -> str:
    """The gender of a verb's subject where it tells one."""
    return next((gender for gender in GENDERS if gender in verb and "sing" in verb), "")


def _does(tokens: Sequence[Token], at: int, start: int, verb: frozenset[str], end: int | None = None) -> bool:
    """Whether the word beside a verb is its subject, so that the name on its other side is none: `полиция` of `полиция
    задержала Примерова`, not `суд` of `суд возглавил Примеров`, which may be the object. Before the verb an adverb or
    a `не` may stand between.
    """
    if end is None:
        while at >= start and parses(tokens[at].text)[0].tags & {"ADVB", "PRCL"}:
            at -= 1
    if not start <= at < (end or at + 1) or not tokens[at].is_word:
        return False
    nouns = [parse.tags for parse in parses(tokens[at].text) if parse.tags & {"NOUN", "NPRO"}]
    if "PRTS" not in verb and any("accs" in of for of in nouns):
        return False
    number = verb & {"sing", "plur"}
    return any("nomn" in of and of >= number and _agree(of, verb) for of in nouns)


def _may_do(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether the word behind a verb may be its subject: `суд` of `Примерова оправдал суд`."""
    return at < end and any(parse.tags >= {"NOUN", "nomn"} for parse in parses(tokens[at].text))


def _agree(noun: frozenset[str], verb: frozenset[str]) -> bool:
    gender = verb & {"masc", "femn", "neut"}
    return not gender or not noun & {"masc", "femn", "neut"} or bool(gender & noun) or "ms-f" in noun
