"""Offices beside a person's name: `президент Казахстана Касым-Жомарт Токаев`, `Данияр Тербишалиев, бывший депутат`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg_news.views.declension import ALL_CASES, Cases
from kg_news.views.morph import PREDICATES, Parse, inflect, lemmas, parses
from kg_news.views.tokens import Token, spaced

_LONGEST = 12
"""Tokens that an office may have: `заместитель председателя комитета по топливно-энергетическому комплексу и …` has
10.
"""
_INNER = frozenset({"по", "в", "во", "на", "при", "и", "-", "«", "»", "№"})
_BLOCKERS = PREDICATES | {"INFN", "GRND", "NPRO", "PREP", "CONJ", "PRCL", "ADVB", "COMP", "INTJ"}


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


def offices_before(tokens: Sequence[Token], name: int, heads: frozenset[str], floor: int) -> tuple[Office, ...]:
    """The offices right before the name whose first token is `name`; none begins before the token `floor`.

    `премьер-министр Армении и председатель ОДКБ Никол Пашинян` holds two.
    """
    start = name
    while start > floor and name - start < _LONGEST and _may_belong(tokens[start - 1]):
        start -= 1
    if start - 4 >= floor and _acting(tokens, start - 4):
        start -= 4
    return tuple(_office(tokens, *place) for place in _places(tokens, start, name, heads))


def offices_after(tokens: Sequence[Token], name_end: int, heads: frozenset[str], ceiling: int) -> tuple[Office, ...]:
    """The offices in apposition behind the name: `Камчыбек Ташиев, председатель ГКНБ, …`; `… — депутат пятого
    созыва`.
    """
    if name_end >= ceiling or tokens[name_end].text not in {",", "—", "–"}:
        return ()
    start = end = name_end + 1
    while end < ceiling and end - start < _LONGEST and _may_belong(tokens[end]):
        end += 1
    if end < ceiling and tokens[end].text not in {",", ".", ";", ")", "—", "!", "?"}:
        return ()
    places = _places(tokens, start, end, heads)
    if not places or places[0].head - start > 2:
        return ()
    return tuple(_office(tokens, *place) for place in places)


def _may_belong(token: Token) -> bool:
    if token.text in _INNER:
        return True
    if token.text.isdecimal():
        return True  # `директор школы №5`
    return token.is_word and not parses(token.text)[0].tags & _BLOCKERS


def is_head(token: Token, heads: frozenset[str]) -> bool:
    """`послом`, but not the preposition `после`, though both may come from `посол`; a former one too: `экс-посол`."""
    forms = {lemma.removeprefix("экс-") for lemma in lemmas(token.text)}
    return bool(forms & heads) and not parses(token.text)[0].tags & _BLOCKERS


def _acting(tokens: Sequence[Token], at: int) -> bool:
    """`и.о. мэра`, `исполняющего обязанности мэра`: what stands in for the head of the office."""
    if "".join(token.text for token in tokens[at : at + 4]).lower() == "и.о.":
        return True
    following = tokens[at + 1].text if at + 1 < len(tokens) else ""
    return following == "обязанности" and "исполнять" in lemmas(tokens[at].text)


class _Place(NamedTuple):
    """Where an office stands: its first token, its head, and the token behind it."""

    first: int
    head: int
    stop: int


def _places(tokens: Sequence[Token], start: int, end: int, heads: frozenset[str]) -> list[_Place]:
    """Cut a stretch into offices.

    A second head in the same case is another office: `премьер-министр Армении и председатель ОДКБ`. In the genitive it
    belongs to the first: `заместитель председателя`. In neither, the first belonged to something before it: `указом
    президента депутат …`.
    """
    found: list[_Place] = []
    for head in range(start, end):
        if not is_head(tokens[head], heads) and not _acting(tokens, head):
            continue
        first = _beginning(tokens, start, head)
        joined = first > start and tokens[first - 1].text == "и"
        if (
            found
            and _cases(tokens[head]) & _cases(tokens[found[0].head])
            and (joined or not _is_genitive(tokens[head]))
        ):
            found[-1] = found[-1]._replace(stop=first - joined)
            found.append(_Place(first, head, end))
        elif not found or not (joined or _is_genitive(tokens[head])):
            found = [_Place(first, head, end)]
    return found


def _beginning(tokens: Sequence[Token], start: int, head: int) -> int:
    """The first of the adjectives that agree with a head: `бывший первый заместитель`, `чрезвычайный и полномочный
    посол`.
    """
    first = head
    while first > start and _agrees(tokens[first - 1], tokens[head]):
        first -= 1
        if first - 1 > start and tokens[first - 1].text == "и" and _agrees(tokens[first - 2], tokens[head]):
            first -= 1
    return first


def _is_genitive(token: Token) -> bool:
    return "gent" in _cases(token)


def _cases(token: Token) -> Cases:
    return frozenset().union(*(parse.tags & ALL_CASES for parse in _noun_readings(token)))


def _noun_readings(token: Token) -> list[Parse]:
    return [parse for parse in parses(token.text) if "NOUN" in parse.tags and "plur" not in parse.tags] or list(
        parses(token.text)[:1]
    )


def _agrees(adjective: Token, head: Token) -> bool:
    """`бывшего` before `депутата`."""
    cases = _cases(head)
    return any(
        parse.tags & {"ADJF", "PRTF"} and "Apro" not in parse.tags and parse.tags & cases
        for parse in parses(adjective.text)[:4]
    )


def _office(tokens: Sequence[Token], first: int, head: int, stop: int) -> Office:
    noun_tags = _noun_readings(tokens[head])[0].tags
    gender = noun_tags & {"masc", "femn", "neut"}
    forms = [token.text for token in tokens[first:stop]]
    for at, form in enumerate(forms[: head - first]):
        forms[at] = _nominative(form, "ADJF", gender) or _nominative(form, "PRTF", gender) or form
    noun = forms[head - first]
    forms[head - first] = _nominative(noun, "NOUN") or _nominative(noun, "PRTF") or noun
    title = spaced(tokens[first:stop], forms)
    if not (tokens[first].text.isupper() and len(tokens[first].text) > 1):
        title = title[0].lower() + title[1:]
    return Office(title, tokens[first].start, tokens[stop - 1].end, _cases(tokens[head]) or ALL_CASES, "femn" if noun_tags >= {"femn", "anim"} else "")


def _nominative(word: str, part: str, gender: frozenset[str] = frozenset()) -> str | None:
    for index, parse in enumerate(parses(word)):
        if part in parse.tags and "plur" not in parse.tags:
            return inflect(word, frozenset({"nomn", "sing"}) | gender, index)
    return None
