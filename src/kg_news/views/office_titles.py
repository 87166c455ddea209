"""Offices as they are given: the words, with the head noun and what agrees with it in the nominative."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg_news.views.declension import ALL_CASES, Cases
from kg_news.views.morph import Parse, inflect, known, parses
from kg_news.views.sieve import comes_from
from kg_news.views.tokens import Token, spaced

Words = frozenset[str]
_NONE: Words = frozenset()


@dataclass(frozen=True, eq=False)
class TitleWords:
    """`offices` and `titles` of `registry/languages/ru.yml`; the schema of languages says what each list is for."""

    heads: Words = _NONE
    describing: Words = _NONE
    circumstances: Words = _NONE
    groups: Words = _NONE
    ranks: Words = _NONE
    somebodys: Words = _NONE


@dataclass(frozen=True)
class Office:
    """An office that the text gives to a person."""

    title: str
    """As worded, with the head noun and what agrees with it in the nominative."""
    start: int
    end: int
    cases: Cases
    """The cases in which the head noun can stand: the name beside it stands in one of them."""
    gender: str = ""
    """`femn` where the head noun means a woman: `актриса`. Most of the others mean women too."""
    inner: Office | None = None
    """The office inside this one that may be the name's: `президент Армении` of `помощник президента Армении`."""
    shared: str = ""
    """The title of one holder where the head noun is, or may be, a plural: of `депутаты Жогорку Кенеша` `депутат …`."""
    shared_cases: Cases = frozenset()
    """The cases of that plural."""
    many: bool = False
    """Whether the head noun can be nothing but a plural."""

    def of_each(self) -> Office:
        """The office as each of several holders has it."""
        return replace(self, title=self.shared, cases=self.shared_cases, many=False)


def needs_holder(office: Office, words: TitleWords) -> bool:
    """Whether the name behind an office in the nominative is its holder's, in whatever case it seems to stand:
    `законодатель Хосе Авила`, but not `адвокат Асана Примерова`.
    """
    return "nomn" in office.cases and " " not in office.title and office.title.split("-")[-1] not in words.somebodys


def is_membership(office: Office, words: TitleWords) -> bool:
    """`член партии`, `член экипажа`: who only belongs to something has no office in it."""
    head, *rest = office.title.split()
    return head == "член" and any(comes_from(word.strip('«»"'), words.groups) for word in rest[:3])


def office_of_head(tokens: Sequence[Token], head: int, words: TitleWords) -> Office:
    """An office of one word."""
    return office_at(tokens, head, head, head + 1, words)


def office_at(tokens: Sequence[Token], first: int, head: int, stop: int, words: TitleWords) -> Office:
    """The office from its first token on, with a head; without adjectives that only describe the holder or the time."""
    while first < head and comes_from(tokens[first].text, words.describing):
        first += 1
    noun_tags = _noun_readings(tokens[head].text)[0].tags
    return Office(
        title=_title(tokens, first, head, stop, plural="plur" in noun_tags),
        start=tokens[first].start,
        end=tokens[stop - 1].end,
        cases=head_cases(tokens[head]) or ALL_CASES,
        gender="femn" if noun_tags >= {"femn", "anim"} else "",
        shared=_title(tokens, first, head, stop, plural=True) if (cases := _plural_cases(tokens[head])) else "",
        shared_cases=cases,
        many="plur" in noun_tags,
    )


def _plural_cases(token: Token) -> Cases:
    plurals = [parse for parse in parses(token.text) if "plur" in parse.tags and parse.tags & {"NOUN", "Subx"}]
    return frozenset().union(*(parse.tags & ALL_CASES for parse in plurals))


def _title(tokens: Sequence[Token], first: int, head: int, stop: int, *, plural: bool) -> str:
    nouns = [parse.tags for parse in parses(tokens[head].text) if "NOUN" in parse.tags]
    nouns = [tags for tags in nouns if ("plur" in tags) == plural] or [_noun_readings(tokens[head].text)[0].tags]
    noun_tags = next((tags for tags in nouns if "anim" in tags), nouns[0])
    gender = noun_tags & {"masc", "femn", "neut"}
    forms = [token.text for token in tokens[first:stop]]
    for at, form in enumerate(forms[: head - first]):
        forms[at] = _nominative(form, "ADJF", plural, gender) or _nominative(form, "PRTF", plural, gender) or form
    noun = forms[head - first]
    forms[head - first] = _nominative(noun, "NOUN", plural) or _nominative(noun, "PRTF", plural) or noun
    title = spaced(tokens[first:stop], forms)
    if not (tokens[first].text.isupper() and len(tokens[first].text) > 1):
        title = title[0].lower() + title[1:]
    return title


def _nominative(word: str, part: str, plural: bool, gender: frozenset[str] = frozenset()) -> str | None:
    found = [
        (index, parse.tags)
        for index, parse in enumerate(parses(word))
        if part in parse.tags and ("plur" in parse.tags) == plural
    ]
    for index, _ in sorted(found, key=lambda reading: part == "NOUN" and "anim" not in reading[1]):
        form = inflect(word, frozenset({"nomn", "sing"}) | gender, index)
        if form and form[:2].lower() != word[:2].lower():  # `наихороший` of `лучшим`
            form = _SUPERLATIVE.sub("ая" if "femn" in gender else "ий", word)
        return form
    return None


_SUPERLATIVE = re.compile(r"(?:ими|ий|его|ему|им|ем|ая|ей|ую|ие|их)$")


def is_genitive(token: Token) -> bool:
    return "gent" in head_cases(token)


def head_cases(token: Token) -> Cases:
    return _noun_cases(token.text)


@lru_cache(maxsize=20_000)
def _noun_cases(word: str) -> Cases:
    found = frozenset().union(*(parse.tags & ALL_CASES for parse in _noun_readings(word)))
    return found if known(word) else found | {"nomn"}  # `аятолла`


def _noun_readings(word: str) -> list[Parse]:
    nouns = [parse for parse in parses(word) if "NOUN" in parse.tags]
    nouns = [parse for parse in nouns if "anim" in parse.tags] or nouns  # `премьера` is the premier, not a first night
    return [parse for parse in nouns if "plur" not in parse.tags] or nouns or list(parses(word)[:1])


def agrees(adjective: Token, head: Token) -> bool:
    """`бывшего` before `депутата`."""
    return bool(adjective_cases(adjective.text) & head_cases(head))


@lru_cache(maxsize=20_000)
def adjective_cases(word: str) -> Cases:
    """The cases that a word has as an adjective or a participle, by its likeliest readings."""
    adjectives = [parse.tags for parse in parses(word)[:4] if parse.tags & {"ADJF", "PRTF"}]
    return frozenset().union(*(tags & ALL_CASES for tags in adjectives if "Apro" not in tags))
