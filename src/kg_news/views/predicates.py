"""Offices that a sentence gives to a person by a verb: `Примеров стал мэром Оша`, `занимал пост министра финансов`,
`На пост главы МЧС назначен Примеров`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from kg_news.views.declension import GENDERS
from kg_news.views.morph import Parse, parses
from kg_news.views.offices import Office, is_head_word, offices_within
from kg_news.views.sieve import comes_from
from kg_news.views.tokens import Token

_BEING = frozenset(
    {"стать", "становиться", "быть", "являться", "работать", "служить", "остаться", "оставаться", "побывать"}
) | {
    "оказаться",
    "числиться",
    "трудиться",
    "пробыть",
    "проработать",
    "прослужить",
    "сделаться",
    "считаться",
}
_APPOINTING = frozenset(
    {
        "назначить",
        "назначать",
        "избрать",
        "избирать",
        "переизбрать",
        "выбрать",
        "утвердить",
        "провозгласить",
        "сделать",
    }
) | {"переназначить", "утверждать", "назначаться", "избираться", "избрание", "назначение", "короновать"}
_GIVING = _BEING | _APPOINTING
_POSTS = frozenset(
    {"пост", "должность", "место", "роль", "звание", "кресло", "полномочие", "обязанность", "чин", "ранг"}
)
_REACH = 14
"""Tokens between the verb and the office."""
_CLAUSE_MARKS = frozenset({";", ":", "—", "–", "«", "»", '"'})


class Named(NamedTuple):
    """A person's name in a sentence, by its tokens."""

    first: int
    last: int
    place: int
    """Where it stands in the text: the name mention's key."""
    may_be_subject: bool
    gender: str


def predicated(
    tokens: Sequence[Token],
    sentence: tuple[int, int],
    found: Sequence[int],
    heads: frozenset[str],
    named: Sequence[Named],
    before: Named | None,
) -> Iterator[tuple[int, Office]]:
    """The offices that verbs give in a sentence, each with the place of the name that gets it.

    `sentence` is its first token and the one behind its last; `found` are the heads of offices among them.
    `named` are the persons named in the sentence, in order; `before` is the one named last before it, whom `он` and
    `она` may mean.
    """
    if not found or (not named and before is None):
        return
    (start, end), behind = sentence, 0
    for at in _before_heads(tokens, start, found, heads):
        if not _role(tokens[at].text, heads) or tokens[at].start < behind:
            continue
        phrase = _phrase(tokens, at, start, end, heads)
        if phrase is None:
            continue
        verb, begin = phrase
        stop = next((name.first for name in named if name.first > begin), end)
        offices = offices_within(tokens, begin, heads, stop)
        holder = _holder(tokens, verb, begin, start, named, before) if offices else None
        if holder:
            yield from ((holder.place, office) for office in offices)
        behind = max((office.end for office in offices), default=0)


_BETWEEN = 4
"""Tokens up to a head from where its office may begin: `пост первого заместителя`."""


def _before_heads(tokens: Sequence[Token], start: int, heads: Sequence[int], words: frozenset[str]) -> Sequence[int]:
    """Where a phrase with an office may begin: at its head, or as far before it as adjectives stand, and `пост`."""
    found: set[int] = set()
    for head in heads:
        found.add(head)
        for at in range(head - 1, max(start - 1, head - 1 - _BETWEEN), -1):
            role = _role(tokens[at].text, words)
            if role:
                found.add(at)
            if not (role and role.adjective):
                break
    return sorted(found)


class _Role(NamedTuple):
    """What a word can be in a phrase that gives an office."""

    post: bool
    """`пост`, `должность`."""
    head: frozenset[str]
    """The cases in which it is an office's head, of those that such phrases have."""
    adjective: frozenset[str]
    """The cases in which it is an adjective before one."""


_CASES = frozenset({"ablt", "gent"})


@lru_cache(maxsize=20_000)
def _role(word: str, heads: frozenset[str]) -> _Role | None:
    """None for what begins no such phrase, as nearly every word: it is asked of each word of a text."""
    if not word[0].isalpha():
        return None
    readings = parses(word)
    head = is_head_word(word, heads)
    nouns = [parse.tags & _CASES for parse in readings if parse.tags & {"NOUN", "Subx"}] if head else []
    adjectives = [parse.tags & _CASES for parse in readings if parse.tags & {"ADJF", "PRTF"}]
    post = word.islower() and comes_from(word, _POSTS)
    role = _Role(post, frozenset().union(*nouns), frozenset().union(*adjectives))
    return role if any(role) else None


def _phrase(tokens: Sequence[Token], at: int, start: int, end: int, heads: frozenset[str]) -> tuple[int, int] | None:
    """Where an office in the instrumental begins for which there is a verb, or one behind `пост`; with the place of
    the verb or of that noun.
    """
    role = _role(tokens[at].text, heads)
    if role and role.post:
        begin = at + 1
        return (at, begin) if _head_of(tokens, begin, end, heads, "gent") is not None else None
    head = _head_of(tokens, at, end, heads, "ablt")
    if head is None or (at > start and _is_bound(tokens[at - 1])):
        return None
    verb = _verb_near(tokens, at, head, start, end)
    return None if verb is None else (verb, at)


def _head_of(tokens: Sequence[Token], at: int, end: int, heads: frozenset[str], case: str) -> int | None:
    """The head of the office whose first word is `tokens[at]`, when it stands in a case."""
    for to in range(at, min(at + _BETWEEN, end)):
        role = _role(tokens[to].text, heads)
        if role is None or (case not in role.head and case not in role.adjective):
            return None
        if case in role.head:
            return to
    return None


def _is_bound(token: Token) -> bool:
    """`с президентом`, `новым президентом`: a preposition, or an adjective that is the phrase's own beginning."""
    tags = parses(token.text)[0].tags
    return "PREP" in tags or bool(tags >= {"ADJF", "ablt"} and "Apro" not in tags)


def _verb_near(tokens: Sequence[Token], at: int, head: int, start: int, end: int) -> int | None:
    """The verb of being or appointing in the same clause: before the office, or else behind it."""
    for to in range(at - 1, max(start, at - _REACH) - 1, -1):
        if tokens[to].text in _CLAUSE_MARKS or _is_conjunction(tokens[to]):
            break
        if comes_from(tokens[to].text, _GIVING):
            return to
    for to in range(head + 1, min(end, head + _REACH)):
        if tokens[to].text in _CLAUSE_MARKS:
            break
        if comes_from(tokens[to].text, _GIVING):
            return to
    return None


def _is_conjunction(token: Token) -> bool:
    return token.text.lower() in {"что", "когда", "если", "чтобы", "хотя", "но", "а"}


def _holder(
    tokens: Sequence[Token], verb: int, begin: int, start: int, named: Sequence[Named], before: Named | None
) -> Named | None:
    """Who gets the office: the person named last before verb and office, or else first behind them."""
    first, last = min(verb, begin), max(verb, begin)
    passive = comes_from(tokens[verb].text, _APPOINTING) or (verb < begin and not _is_verb(tokens[verb]))
    earlier = [name for name in named if name.last <= first and (passive or name.may_be_subject)]
    between = [name for name in named if first < name.first < last]
    later = [name for name in named if name.first > last]
    if between and passive:
        return between[-1]
    if earlier:
        return earlier[-1]
    pronoun = next((token for token in tokens[start:first] if token.text.lower() in {"он", "она"}), None)
    if pronoun is not None:
        return before if before and before.gender == GENDERS[pronoun.text.lower() == "она"] else None
    if later and (between or _is_opening(tokens, start, first)):
        return later[0]
    return between[0] if between else None


def _is_verb(token: Token) -> bool:
    return any(_is_finite(parse) for parse in parses(token.text))


def _is_finite(parse: Parse) -> bool:
    return bool(parse.tags & {"VERB", "PRTS", "GRND", "PRTF"})


def _is_opening(tokens: Sequence[Token], start: int, first: int) -> bool:
    """Whether the office opens its sentence: `На пост главы МЧС назначен Примеров`, `Новым мэром стал Примеров`."""
    return not any(_is_verb(token) for token in tokens[start:first] if token.is_word)
