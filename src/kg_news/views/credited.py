"""Who is credited: creators and agencies out of a credit's parties, in the nominative where the grammar allows it.

`Фото Николая Гладкова` credits Николай Гладков; `скриншот видео «Клоопа»` credits Клооп; `фейсбук-страница Примерова`
and `из личного архива Асана Примерова` say where a picture is from, and credit nobody.
"""

from __future__ import annotations

from functools import lru_cache
from operator import ne

from kg_news.views.credit_terms import CreditTerms, Party
from kg_news.views.credit_tokens import Token, credit_tokens, is_common, is_surname, join
from kg_news.views.credits import Credit
from kg_news.views.declension import GENITIVE, NOMINATIVE, plain_readings
from kg_news.views.morph import Parse, inflect, lemmas, parses
from kg_news.views.names import NameMention, name_words, persons, readings

_BENT = frozenset({"gent", "ablt", "loct", "datv", "gen2", "loc2"})


def credited(credit: Credit, terms: CreditTerms, *, genitive: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Creators and agencies. `genitive` says that the marker had no colon: `Фото Николая Гладкова`."""
    return _credited(credit.parties, terms, genitive)


@lru_cache(maxsize=4096)
def _credited(
    parties: tuple[Party, ...], terms: CreditTerms, genitive: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    creators = tuple(
        nominative_person(party.text) if genitive and number == 0 else party.text
        for number, party in enumerate(parties)
        if party.role == "creator"
    )
    named = (
        agency(party, terms, genitive=genitive and number == 0)
        for number, party in enumerate(parties)
        if party.role == "agency"
    )
    return creators, tuple(name for name in named if name)


def nominative_person(name: str) -> str:
    """The name that stands in the genitive: `Алтынай Тестовой` to Алтынай Тестова."""
    words = name_words(name)
    bent = [reading for reading in readings(words) if "gent" in reading.cases and "nomn" not in reading.cases]
    if not bent:
        (person,) = persons([NameMention(0, len(name), words, GENITIVE)])
        return " ".join(_surname_of_adjective(word, person.gender) for word in person.name.split())
    best = min(
        bent, key=lambda reading: (reading.cost + reading.strain, -sum(map(ne, reading.words, words)), reading.words)
    )
    return " ".join(_surname_of_adjective(word, best.gender) for word in best.words)


def _surname_of_adjective(word: str, gender: str) -> str:
    """`Случайного` to Случайный: surnames that bend as adjectives do."""
    for index, parse in enumerate(parses(word)):
        if {"ADJF", "gent", "sing"} <= parse.tags and not parse.tags & {"Surn", "Name"}:
            return inflect(word, frozenset({"nomn", gender, "sing"}), index) or word
    return word


def is_genitive_person(name: str) -> bool:
    """Whether all words of a name can be genitives, and not all are common nouns (`Новости Контакты`, a menu)."""
    words = name_words(name)
    return all(map(_may_be_genitive, words)) and not all(map(is_common, words))


def _may_be_genitive(word: str) -> bool:
    return any("gent" in reading.cases for reading in plain_readings(word)) or bool(
        word[0].isupper() and any({"ADJF", "gent"} <= parse.tags for parse in parses(word))
    )


def agency(party: Party, terms: CreditTerms, *, genitive: bool) -> str:
    """The agency that a party names, without the words that only carry it; empty where they are all there is."""
    tokens = credit_tokens(party.text, 0, len(party.text), ends=True)
    first = 0
    while first < len(tokens) and _carries(tokens[first], terms):
        first += 1
    last = len(tokens)
    while party.shape == "head last" and last > first + 1 and tokens[last - 1].text.lower() in terms.carriers:
        last -= 1
    if first == last:
        return ""
    head = tokens[first]
    if first and _is_owner(tokens[first:last], terms):
        return ""  # «страница Примерова»: whose it is, not who took the picture
    if party.shape == "head last":
        return join(tokens, first, last).strip("«»") if last - first == 1 else join(tokens, first, last)
    if head.kind == "quote" and last - first == 1:
        return _nominative_title(head.text[1:-1], terms, bent=bool(first) or genitive)
    if party.shape == "quoted":
        return _nominative_title(party.text, terms, bent=genitive)
    return _nominative_body(tokens, first, last, bent=bool(first) or genitive)


def _is_owner(tokens: list[Token], terms: CreditTerms) -> bool:
    head = tokens[0]
    if head.kind != "word" or head.lower or head.latin or head.abbreviation:
        return False
    return is_surname(head.text) or not any(lemmas(token.text) & terms.bodies for token in tokens)


def _carries(token: Token, terms: CreditTerms) -> bool:
    return token.kind == "word" and (token.lower or token.text.isupper()) and bool(lemmas(token.text) & terms.carriers)


def _nominative_title(title: str, terms: CreditTerms, *, bent: bool) -> str:
    """`Зорьки` to Зорька, `Вечернего Таласа` to Вечерний Талас, where a title stands in an oblique case."""
    if not bent or title.lower() in terms.names:
        return title
    tokens = credit_tokens(title, 0, len(title), ends=True)
    if not all(token.kind == "word" and not token.latin for token in tokens):
        return title
    if len(tokens) == 1:
        return _nominative_word(title, terms)
    return _nominative_body(tokens, 0, len(tokens), bent=True)


def _nominative_word(word: str, terms: CreditTerms) -> str:
    registered = [name for name in (word[:-1], word[:-1] + "а", word[:-2]) if name.lower() in terms.names]
    if registered:
        return registered[0]
    for index, parse in enumerate(parses(word)):
        if _is_bent_noun(parse) and "sing" in parse.tags:
            return inflect(word, NOMINATIVE, index) or word
    readings = [reading for reading in plain_readings(word) if "gent" in reading.cases and "nomn" not in reading.cases]
    return min(readings, key=lambda reading: reading.cost + reading.strain).words[0] if readings else word


def _is_bent_noun(parse: Parse) -> bool:
    return "NOUN" in parse.tags and bool(parse.tags & _BENT)


def _nominative_body(tokens: list[Token], first: int, last: int, *, bent: bool) -> str:
    """The name with its head noun, and the adjectives before it, in the nominative: `пресс-службы МЧС` to
    пресс-служба МЧС.
    """
    as_it_stands = join(tokens, first, last)
    at = next((at for at in range(first, last) if "ADJF" not in parses(tokens[at].text)[0].tags), None)
    if not bent or at is None or tokens[at].kind != "word" or tokens[at].latin or tokens[at].abbreviation:
        return as_it_stands
    readings = enumerate(parses(tokens[at].text))
    index, noun = next(((index, parse) for index, parse in readings if _is_bent_noun(parse)), (0, None))
    if noun is None:
        return as_it_stands
    number = "plur" if "plur" in noun.tags else "sing"
    form = inflect(tokens[at].text, NOMINATIVE | {number}, index)
    if form is None:
        return as_it_stands
    gender = next((tag for tag in ("masc", "femn", "neut") if tag in noun.tags), "masc")
    wanted = NOMINATIVE | ({number, gender} if number == "sing" else {number})
    forms = [*(inflect(token.text, wanted) or token.text for token in tokens[first:at]), form]
    changed = [token._replace(text=text) for token, text in zip(tokens[first : at + 1], forms, strict=True)]
    return join([*changed, *tokens[at + 1 : last]], 0, last - first)
