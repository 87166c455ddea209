"""Facts about sentences that a caption is told by: whether one shows a scene, tells what goes on now, names a place.

They ask nothing of the text around but whether it is Kyrgyz or Kazakh, which the Russian dictionary does not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from kg_news.views.caption_terms import CaptionTerms
from kg_news.views.credit_tokens import looks_like_surname
from kg_news.views.declension import ALL_CASES
from kg_news.views.morph import PREDICATES, Parse, known, parses


def is_closed(sentence: str) -> bool:
    """Whether a sentence has a mark at its end."""
    return sentence[-1] in ".!?…»"


def is_scene(sentence: str, terms: CaptionTerms, *, turkic: bool = False) -> bool:
    """Whether a sentence has no predicate outside quotations and relative clauses, no dash that stands for one, and
    does not begin as the article's own sentences do.
    """
    bare = _RELATIVE.sub(" ", _QUOTED.sub(" ", sentence))
    if (
        _DASH.search(_APPOSED.sub(_without_apposition, _ROUTE.sub(" ", bare)))
        or not WORD.search(sentence)
        or is_narrated(sentence, terms)
        or _lists(bare)
    ):
        return False
    if _TELLING_TIME.search(bare):
        return False
    if not _CYRILLIC.search(sentence):
        return not _LATIN_TELLS.search(bare.rstrip())
    small = _SMALL_WORD.findall(bare)
    if turkic or (small and not any(map(known, small))):
        return not ends_in_verb(bare) and not _TURKIC_SPEECH.search(bare) and not bare.rstrip().endswith("?")
    words = list(_own_words(bare))
    if words and _noun_first(bare) and bare.lstrip().startswith(words[0]):
        del words[0]
    return not any(parses(word)[0].tags & PREDICATES for word in words)


def _without_apposition(match: re.Match[str]) -> str:
    """`Флаги стран — участниц союза.`: two nouns in one oblique case; the dash joins them."""
    one, other = (
        frozenset(tag for parse in parses(word) if "NOUN" in parse.tags for tag in parse.tags & ALL_CASES)
        for word in match.groups()
    )
    return " " if one & other - {"nomn"} and "nomn" not in other else match.group()


def _noun_first(sentence: str) -> bool:
    """Whether the first word can be a noun in the nominative, whatever else: `Смог над Алматы.`"""
    first = WORD.search(sentence)
    return first is not None and any({"NOUN", "nomn"} <= parse.tags for parse in parses(first.group()))


def is_now(sentence: str, terms: CaptionTerms, *, turkic: bool = False) -> bool:
    """Whether all its predicates are in the present tense, and it denies nothing and quotes nobody."""
    bare = _RELATIVE.sub(" ", _QUOTED.sub(" ", sentence))
    if _NOT.search(bare) or _DASH.search(bare) or _LONG_QUOTE.search(sentence) or len(sentence) > 200:
        return False
    if is_narrated(sentence, terms) or _POINTS_BACK.search(bare):
        return False
    if not _CYRILLIC.search(sentence):
        return False  # what is told in English or Uzbek no dictionary says
    if turkic:
        return bool(_TURKIC_NOW.search(bare.rstrip(" .!?…»")))
    predicates = list(_predicates(bare))
    told = terms.states | (terms.cues if says_what(bare) else terms.cues - terms.shown)
    return bool(predicates) and all(
        {"pres", "3per"} <= reading.tags and reading.lemma not in told for reading in predicates
    )


def is_told(sentence: str, terms: CaptionTerms) -> bool:
    """Whether a Russian or English sentence can only be the article's own: it takes up what was told, or says how
    things are now: `Дорогу уже построили.`, `Мотор он снял с мотоцикла.`, `Гостей было немного.`, `Завод остановлен.`
    """
    bare = _QUOTED.sub(" ", sentence)
    if not _CYRILLIC.search(bare):
        return bool(_LATIN_TELLS.search(bare.rstrip()))
    predicates = list(_predicates(bare))
    told = predicates and (_TELLING_TIME.search(bare) or _POINTS_BACK.search(bare))
    states = {"PRTS", "ADJS", "PRED"}
    still = terms.states | {"быть"}
    return bool(told) or any(reading.tags & states or reading.lemma in still for reading in predicates)


def _predicates(text: str) -> Iterator[Parse]:
    """The predicates by the likeliest readings; what can be a noun behind a verb is its object: `сажают ели`."""
    before = False
    for word in _own_words(text):
        reading = _now_if_it_can(word)
        predicate = bool(reading.tags & PREDICATES)
        if predicate and not (before and any("NOUN" in parse.tags for parse in parses(word))):
            yield reading
        before = predicate


def _now_if_it_can(word: str) -> Parse:
    """The likeliest reading; of a verb of both aspects, the present: `эвакуируют`."""
    first = parses(word)[0]
    if "futr" not in first.tags:
        return first
    return next((parse for parse in parses(word) if parse.lemma == first.lemma and "pres" in parse.tags), first)


def is_going_on(sentence: str, terms: CaptionTerms) -> bool:
    """Whether all its predicates are imperfective verbs of the past, none of them a verb of saying or being."""
    bare = _RELATIVE.sub(" ", _QUOTED.sub(" ", sentence))
    if _NOT.search(bare) or _DASH.search(bare) or _LONG_QUOTE.search(sentence) or len(sentence) > 140:
        return False
    if is_narrated(sentence, terms) or takes_up(sentence):
        return False
    predicates = [word for word in _own_words(bare) if parses(word)[0].tags & PREDICATES]
    told = terms.cues | terms.states | {"быть"}
    return bool(predicates) and all(
        any({"past", "impf"} <= parse.tags and parse.lemma not in told for parse in parses(word)) for word in predicates
    )


def reports_speech(sentence: str, terms: CaptionTerms) -> bool:
    """Whether a sentence reports what somebody said."""
    return bool(_LONG_QUOTE.search(sentence)) or any(reading.lemma in terms.cues for reading in _readings(sentence))


def says_what(sentence: str) -> bool:
    """Whether a verb of saying has its content with it: `Министр отвечает на вопросы` can be seen, `Врачи говорят о
    вирусе` cannot.
    """
    return bool(_SAYS_WHAT.search(sentence))


def is_place_or_date(sentence: str) -> bool:
    """`Талас, 6 января.`, `11 июня 2021 года.`, `Бишкек.`: names, numbers and months only."""
    if len(sentence) > 60 or _DATE_WORDS.sub(" ", sentence).strip(" .,"):
        return False
    return all(_may_be_place(word) for word in WORD.findall(sentence) if word[0].isupper())


def _may_be_place(word: str) -> bool:
    return not known(word) or any("Geox" in parse.tags for parse in parses(word))


def looks_on(sentence: str) -> bool:
    """Whether it does not begin with its subject: `На митинг пришли пятьсот человек.`"""
    first = parses(WORD.findall(sentence)[0])[0].tags if WORD.search(sentence) else frozenset()
    return bool(first & {"PREP", "ADVB", "PRED", "PRTS", "ADJS", "NUMR"})


def takes_up(sentence: str) -> bool:
    """Whether it points at what was shown before it: `Они выступили против отправки солдат.`"""
    return bool(_TAKES_UP.match(sentence) or _HERE.search(sentence))


@lru_cache(maxsize=64)
def is_turkic(text: str) -> bool:
    """Whether a text is Kyrgyz or Kazakh: by the letters that Russian lacks, or as most of its words are not in the
    Russian dictionary. Names do not count: `Гүлмайрам Өмүрова` is credited in Russian articles too.
    """
    words = list(islice(_SMALL_WORD.findall(text), 120))
    if sum(bool(_TURKIC_LETTER.search(word)) for word in words) * 10 > len(words):
        return True
    return len(words) > 2 and sum(known(word) for word in words[:60]) * 2 < len(words[:60])


def ends_in_verb(sentence: str) -> bool:
    """Whether the last word is a finite verb, as in every full Kyrgyz or Kazakh sentence: `Эл чогулду.`"""
    words = WORD.findall(sentence)
    return bool(words) and (words[-1].islower() and bool(_TURKIC_VERB.search(words[-1])))


def tells_finitely(sentence: str) -> bool:
    """Whether a Kyrgyz or Kazakh sentence ends in a verb that is no participle: `бил|ди|`, `жалғаса|ды|`; in -ған a
    noun may end as well.
    """
    words = WORD.findall(sentence)
    return bool(words) and words[-1].islower() and bool(_TURKIC_FINITE.search(words[-1]))


def is_narrated(sentence: str, terms: CaptionTerms) -> bool:
    """Whether it begins as the article's own sentences do: `По словам министра, …`."""
    return bool(terms.narrative and terms.narrative.match(sentence))


def _lists(sentence: str) -> bool:
    """`Чуйская область — 49;`, `Всего 39 человек.`, `Новости • Общество`: figures are news, bullets are menus."""
    return sentence.rstrip().endswith((";", ":")) or bool(_FIGURES.search(sentence)) or "•" in sentence


_TAKES_UP = re.compile(
    r"(?:Он|Она|Оно|Они|Здесь|Сюда|Там|Туда|Это|Эти|Этот|Эта|Его|Её|Ее|Их|Ему|Ей|Им|На фото|Слева|Справа|В центре"
    r"|Так(?:ой|ая|ие|их|им)|Алар|Анын|Алардын|Олар|Оның|Олардың|Бул|Бұл|Мында|Мұнда|Баары|Барлығы)\b"
)
_HERE = re.compile(r"\b(?:здесь|отсюда|сюда)\b")
_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\([^()]*\)")
_LONG_QUOTE = re.compile(r"«(?:[^«»\s]+\s+){5,}[^«»]*»|», [—–-]")
_RELATIVE = re.compile(r",(?:\s\w+)?\s(?:котор[а-я]+|где|куда|откуда|когда|чей|чья|чье|чьи)\s[^,.]*,?")
"""`Пассажиры, которых не выпускали из аэропорта.` is a scene: the predicate is the relative clause's."""
_TELLING_TIME = re.compile(
    r"\b(?:уже|пока|ещ[её]|сегодня|завтра|вчера|теперь|скоро"
    r"|во? (?:понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье))\b",
    re.IGNORECASE,
)
"""`Голосование в пятницу.`: the time of who tells; a picture has a date."""
_POINTS_BACK = re.compile(r"\b(?:он|она|оно|они)\b")
"""A pronoun inside a sentence, `Живет она в горах.`; one that begins it may tell on from a caption."""
_LATIN_TELLS = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|may|might|must|should|needs?|wants?|plans?"
    r"|says?|said|tells?|told|went|came|made|took|gave|found|became|began|got|left|lost|won|met|sent|spent|kept|held|led"
    r"|paid|fell|rose|grew|shows?)\b|[a-z]{2}ed\b(?! by\b)"
    r"|(?:d[iu]|dilar|moqda|yapti|yotir|adi|ydi|[gk]an|edi|ekan|kerak|mumkin|emas|bor|yo[‘ʻ']q)[.!?…]*$"
)
"""An English finite verb, or the ending of an Uzbek sentence."""
_CYRILLIC = re.compile(r"[а-яёА-ЯЁ]")
_SAYS_WHAT = re.compile(r"[,:]|\bоб? ")
_NOT = re.compile(r"\b[Нн]е\b")
_DASH = re.compile(r"\s[—–-]\s")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
"""A word, with its hyphens."""
_FIGURES = re.compile(
    r"\d\s?%|\d\s(?:сом|человек|случа|киши|адам)|\b(?:млн|млрд|тыс\.|тысяч|миллион|миллиард|миң|мың|тенге|теңге|рубл|доллар|процент|пайыз)"
)
_DATE_WORDS = re.compile(
    r"\d+(?:-\w+)?|[А-ЯЁӨҮҢҚҒҰІӘ][\w-]+|\b(?:года?|г|январ[ья]|феврал[ья]|марта?|апрел[ья]|ма[йя]|ию[нл][ья]|августа?"
    r"|сентябр[ья]|октябр[ья]|ноябр[ья]|декабр[ья]|город|село|область|район|жыл|жылы)\b"
)
_ROUTE = re.compile(r"(?<=[а-яё]) [—–-] (?=[А-ЯЁӨҮҢ][а-яё])")
"""`Трасса Бишкек — Ош.`: a dash between two names is no predicate."""
_APPOSED = re.compile(r"([а-яё]+) [—–-] ([а-яё]+)")
_SMALL_WORD = re.compile(r"(?<![\w-])[а-яёөүңіәғқұһўҳҷӯӣ-]{3,}(?![\w-])")
_TURKIC_LETTER = re.compile(r"[өүңәғқұһіўҳҷӯӣӨҮҢӘҒҚҰҺІЎҲҶӮӢ]")
_FINITE = r"[пткқсшчщцфх]т[ыиуүі]|[^пткқсшчщцфх]д[ыиуүі]|[йаеоөэ]т"
_TURKIC_FINITE = re.compile(rf"(?:{_FINITE})$")
_TURKIC_VERB = re.compile(
    rf"(?:{_FINITE}|[гкғқ][аеоө]н|жатыр|тұр|отыр|жүр|жок|жоқ|керек|болчу|екен|экен|эмес|емес|моқда"
    r"|шуд|кард|буд|дод|аст|нест|[ая]нд)$"
)
"""Endings of the past, the present and the participles that close a sentence: `чыкт|ы`, `барат`, `келген`, `айтып`."""
_TURKIC_SPEECH = re.compile(r"\b(?:деп|деди|дейт|деді|дейді|жок|жоқ)\b")
_TURKIC_NOW = re.compile(r"(?:жат(?:ат|ышат|ыр)|тур(?:ат|ушат)|тұр|отур(?:ат|ушат)|отыр|жүр(?:өт|үшөт)?)$")


def _readings(text: str) -> Iterator[Parse]:
    """The likeliest reading of each word."""
    for word in _own_words(text):
        yield parses(word)[0]


def _own_words(text: str) -> Iterator[str]:
    """The words but for names, whatever they look like: capitals inside the sentence, and a first word that the
    dictionary does not know or behind which a surname follows.
    """
    words = WORD.findall(text)
    for number, word in enumerate(words):
        if word[0].islower() or (number == 0 and known(word) and not _names_first(words)):
            yield word


def _names_first(words: Sequence[str]) -> bool:
    return len(words) > 1 and words[1][0].isupper() and looks_like_surname(words[1])
