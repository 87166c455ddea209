"""Actors while they are put together, and which of those that a text names differently are one.

`Организация Тестовых Наук (ОТН)` and `ОТН`, `партия «Заря»` and `«Заря»`, `Комитет по рекам` and later `комитет`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache, lru_cache
from operator import itemgetter

from kg_news.records import Span
from kg_news.registry import RegistryActor
from kg_news.views.morph import lemmas, parses
from kg_news.views.naming import Naming
from kg_news.views.ner import Entity
from kg_news.views.same_names import Keys, Wording, is_within, wordings
from kg_news.views.sieve import comes_from
from kg_news.views.tokens import QUOTES, Token, TokenIndex

_SHORTEST, _LONGEST = 2, 10
"""Letters of an abbreviation in brackets."""
_LEAST = 3
"""Letters of one that is told by its letters alone."""


@dataclass
class Draft:
    """An actor that is being put together."""

    name: str
    type: str
    entry: RegistryActor | None = None
    country: str | None = None
    offices: list[str] = field(default_factory=list)
    mentions: list[Span] = field(default_factory=list)
    in_documents: int = 0
    method: str = "ner"
    """`registry`, `ner` or `rules`, as in the schema."""

    def take(self, other: Draft) -> None:
        """Make another draft's mentions its own."""
        self.mentions += other.mentions
        self.in_documents += other.in_documents
        self.country = self.country or other.country


def join(
    drafts: Sequence[Draft],
    index: TokenIndex,
    echoes: Iterable[tuple[Entity, str]],
    states: Mapping[int, str],
    naming: Naming,
) -> list[Draft]:
    """The drafts of bodies and organisations, those that are one put together. `states` has the states that the text
    names, by the index of their tokens.
    """
    kept = _by_beginning(_by_initials(_by_brackets(list(drafts), index, naming.kinds), index))
    kept = _by_kind(_by_adjective(kept), index, naming.called)
    kept = _by_words(_by_head(kept, index, naming), index, states, naming)
    bare = list(echoes)
    heads = _heads(kept, {lemma for _, lemma in bare}, index)
    for span, lemma in bare:
        before = heads.get(lemma, [])
        if at := bisect_left(before, span.start, key=itemgetter(0)):
            before[at - 1][1].mentions.append(Span(span.start, span.end))
    return kept


def _by_brackets(drafts: list[Draft], index: TokenIndex, kinds: frozenset[str]) -> list[Draft]:
    """`Фонд горных троп (ФГТ)`: what stands alone in brackets behind a name is another name; wherever the abbreviation
    comes again, it means the same.
    """
    at_start = {span.start: draft for draft in drafts for span in draft.mentions}
    named = {span for draft in drafts for span in draft.mentions}
    places: dict[str, list[Token]] = {}
    for at in index.those_raised(_is_abbreviation):
        places.setdefault(index.tokens[at].text, []).append(index.tokens[at])
    done: set[tuple[str, int]] = set()
    stops = {span.start: span.end for draft in drafts for span in draft.mentions}
    ends = sorted((span.end, span.start) for draft in drafts for span in draft.mentions)
    for end, start in ends:
        at = index.at(end - 1) + 1
        short = _in_brackets(index.tokens, at)
        if short is None:
            owner = at_start[start]
            other = None if owner.type == "Country" else _other_name(index.tokens, at, at_start, stops, kinds)
            if other and other is not owner:
                _merge(drafts, at_start, owner, other)
            continue
        owner, other = at_start[start], at_start.get(short.start)
        if other is None:
            owner.mentions.append(Span(short.start, short.end))
            at_start[short.start] = owner
        elif other is not owner:
            owner = _merge(drafts, at_start, owner, other)
        if (short.text, id(owner)) in done:
            continue
        for token in places[short.text]:
            span = Span(token.start, token.end)
            if (again := at_start.setdefault(token.start, owner)) is owner:
                owner.mentions.append(span)
            elif span in named:
                owner = _merge(drafts, at_start, owner, again)
        done.add((short.text, id(owner)))
    return drafts


def _other_name(
    tokens: Sequence[Token], at: int, at_start: Mapping[int, Draft], stops: Mapping[int, int], kinds: frozenset[str]
) -> Draft | None:
    """Who stands alone in brackets behind a name: `«Заря» (Zarya News)`; `at` is the token behind the name."""
    at += at < len(tokens) and tokens[at].text in QUOTES
    if at + 2 >= len(tokens) or tokens[at].text != "(":
        return None
    first = at + 1
    while first < len(tokens) - 1 and tokens[first].start not in at_start:
        if tokens[first].text not in QUOTES and not comes_from(tokens[first].text, kinds):
            break
        first += 1  # `«Заря» (газета «Заря гор»)`
    other = at_start.get(tokens[first].start)
    if other is None or other.type == "Country":
        return None
    stop = next((i for i in range(first, min(len(tokens), first + _LONGEST)) if tokens[i].text == ")"), None)
    if stop is None:
        return None
    ends = {tokens[stop - 1].end, tokens[stop - 1 - (tokens[stop - 1].text in QUOTES)].end}
    return other if stops.get(tokens[first].start) in ends else None


def _in_brackets(tokens: Sequence[Token], at: int) -> Token | None:
    """An abbreviation alone in brackets: `(ФГТ)`."""
    if at + 2 >= len(tokens) or tokens[at].text != "(" or tokens[at + 2].text != ")":
        return None
    return tokens[at + 1] if _is_abbreviation(tokens[at + 1].text) else None


def _is_abbreviation(text: str) -> bool:
    if text.islower() or not text.isalpha():  # most words, told at once
        return False
    return _SHORTEST <= len(text) <= _LONGEST and sum(map(str.isupper, text)) > len(text) / 2


def _merge(drafts: list[Draft], at_start: dict[int, Draft], one: Draft, other: Draft) -> Draft:
    """Put two together, unless the registry knows them as two; the one that it knows keeps its name."""
    if one.entry and other.entry:
        return one
    if other.entry or (other.method == "registry" and one.method != "registry"):
        one, other = other, one
    one.take(other)
    at_start |= {span.start: one for span in other.mentions}
    drafts[:] = [draft for draft in drafts if draft is not other]
    return one


def _by_initials(drafts: list[Draft], index: TokenIndex) -> list[Draft]:
    """`ФГТ` is the one organisation whose words begin with these letters: `Фонд горных троп`."""
    taken = {span.start for draft in drafts for span in draft.mentions}
    short: dict[str, list[Span]] = {
        draft.name: [] for draft in drafts if draft.name.isupper() and len(draft.name) > 1 and not draft.entry
    }
    for token in [index.tokens[at] for at in index.those_raised(str.isupper)]:
        if _LEAST <= len(token.text) <= _LONGEST and token.text.isalpha():
            spans = short.setdefault(token.text, [])
            if token.start not in taken:
                spans.append(Span(token.start, token.end))
    if not short:
        return drafts
    owners: dict[str, list[Draft]] = {}
    for draft in drafts:
        for initials in short.keys() & (_initials(draft.name) - {draft.name}):
            owners.setdefault(initials, []).append(draft)
    sole = {initials: some[0] for initials, some in owners.items() if len(some) == 1}
    for initials, owner in sole.items():
        owner.mentions += short[initials]
    kept = []
    for draft in drafts:
        named = sole.get(draft.name) if not draft.entry else None
        if named and named is not draft:
            named.take(draft)
        else:
            kept.append(draft)
    return kept


@lru_cache(maxsize=20_000)
def _initials(name: str) -> frozenset[str]:
    """`ФГТ` of `Фонд горных троп`, with and without the small words; of `Фонд горных троп Кыргызстана` too, and of what
    stands in quotation marks by itself: `ЗП` of `партия «Зелёный перевал»`.
    """
    found: set[str] = set()
    for part in {name, *_QUOTED.findall(name)}:
        words = [word for word in re.split(r"[\W_]+", part) if word]
        large = [word for word in words if not parses(word)[0].tags & {"PREP", "CONJ"}]
        for some in (words, large):
            ends = [end for end in range(2, len(some)) if some[end][0].isupper() or some[end] == "имени"]
            found |= {"".join(word[0] for word in some[:end]).upper() for end in (*ends, len(some)) if end > 1}
    return frozenset(found)


_QUOTED = re.compile(r"[«“„\"]([^«»“”„\"]+)[»”“\"]")


def _by_beginning(drafts: list[Draft]) -> list[Draft]:
    """`Служба горных троп` is the one body whose name begins so: `Служба горных троп Кыргызстана`."""
    longer: dict[tuple[str, ...], list[Draft]] = {}
    names = [tuple(re.findall(r"\w+", draft.name.lower())) for draft in drafts]
    for draft, words in zip(drafts, names, strict=True):
        for end in range(2, len(words)):
            longer.setdefault(words[:end], []).append(draft)
    of = {id(draft): words for draft, words in zip(drafts, names, strict=True) if not draft.entry}
    return _into_sole_owners(drafts, lambda draft: longer.get(of.get(id(draft), ()), []))


def _into_sole_owners(drafts: Sequence[Draft], owners: Callable[[Draft], Sequence[Draft]]) -> list[Draft]:
    """Each draft that has one owner put together with it."""
    kept = []
    for draft in drafts:
        own = owners(draft)
        if len(own) == 1:
            own[0].take(draft)
        else:
            kept.append(draft)
    return kept


def _by_adjective(drafts: list[Draft]) -> list[Draft]:
    """`Большой` is the one organisation whose name begins with this adjective: `Худрук Большого` leads the `Большой
    театр`.
    """
    alone = {id(draft): lemma for draft in drafts if (lemma := _sole_adjective(draft))}
    if not alone:
        return drafts
    owners: dict[str, list[Draft]] = {}
    for draft in drafts:
        first, space, _ = draft.name.partition(" ")
        if space:
            for lemma in lemmas(first) & set(alone.values()):
                owners.setdefault(lemma, []).append(draft)
    return _into_sole_owners(drafts, lambda draft: owners.get(alone.get(id(draft), ""), []))


def _by_kind(drafts: list[Draft], index: TokenIndex, called: Set[str]) -> list[Draft]:
    """`партия НДС` is the `НДС` of the same text: what stands before an abbreviation says of what kind it is."""
    short = {draft.name: draft for draft in drafts if draft.type != "Country" and draft.name.isupper()}

    def owners(draft: Draft) -> list[Draft]:
        words = index.within(*min(draft.mentions))
        owner = None if draft.entry else short.get(words[-1].text)
        return [owner] if owner and owner is not draft and _tells_kind(words[:-1], called) else []

    return _into_sole_owners(drafts, owners)


def _tells_kind(words: Sequence[Token], called: Set[str]) -> bool:
    """`крайняя партия`, `Международная федерация футбола`: a kind with adjectives before it and a noun in small letters
    behind.
    """
    nouns = [parses(token.text)[0] for token in words if "ADJF" not in parses(token.text)[0].tags]
    behind = words[len(words) - len(nouns) + 1 :]
    return bool(nouns) and nouns[0].lemma in called and all(token.text.islower() for token in behind)


def _sole_adjective(draft: Draft) -> str | None:
    """The adjective that a draft is called by alone."""
    if draft.entry or draft.type == "Country" or not draft.name.isalpha() or not draft.name[0].isupper():
        return None
    parse = parses(draft.name)[0]
    return parse.lemma if "ADJF" in parse.tags else None


def _by_head(drafts: list[Draft], index: TokenIndex, naming: Naming) -> list[Draft]:
    """A head with a capital and nothing beside it is the one body whose name has this head: `Комиссия` beside `Комиссия
    по рекам`, `Дума` beside `Госдума`.
    """
    bare = {id(draft): head for draft in drafts if (head := _bare_head(draft, index, naming))}
    if not bare:
        return drafts
    owners: dict[str, list[Draft]] = {}
    for draft in drafts:
        if id(draft) not in bare and draft.type != "Country":
            words = index.within(*min(draft.mentions))
            found = {noun[0] for token in words if token.is_word and (noun := naming.noun(token.text))}
            for head in found & set(bare.values()):
                owners.setdefault(head, []).append(draft)
    return _into_sole_owners(drafts, lambda draft: owners.get(bare.get(id(draft), ""), []))


def _bare_head(draft: Draft, index: TokenIndex, naming: Naming) -> str | None:
    """The head that a draft consists of, where it names a body only with more beside it: not `Парламент`."""
    if draft.entry or " " in draft.name or not draft.name[0].isupper() or draft.name.isupper():
        return None
    parse = naming.head(index.within(*min(draft.mentions))[0].text)
    return parse.lemma if parse and parse.lemma not in naming.alone else None


def _by_words(drafts: list[Draft], index: TokenIndex, states: Mapping[int, str], naming: Naming) -> list[Draft]:
    """`суд Нарына` is the one body whose name has all these words: `Нижний суд Нарына`; `полиция Кыргызстана` and
    `кыргызская полиция` have the same.
    """
    wordings_of = [() if d.type == "Country" else wordings(d.mentions, index, states, naming) for d in drafts]
    having: dict[str, set[int]] = {}  # drafts by each word
    for number, own in enumerate(wordings_of):
        for wording in own:
            for keys in (wording.head, *wording.rest):
                for key in keys:
                    having.setdefault(key, set()).add(number)

    @cache
    def row(keys: Keys) -> frozenset[int]:  # each once: a hundred funds have the drafts of `фонд` in common
        return frozenset().union(*(having[key] for key in keys))

    gone: dict[int, int] = {}
    for number in reversed(range(len(drafts))):  # of two that have the same words the first one stays
        own = wordings_of[number]
        if drafts[number].entry or not own:
            continue
        owners = {other for wording in own for other in _owners(wording, number, wordings_of, row)}
        owners = {_last(other, gone) for other in owners} - {number}
        owners = {other for other in owners if drafts[other].entry} or owners
        if len(owners) == 1:
            gone[number] = owners.pop()
    for number in gone:
        drafts[_last(number, gone)].take(drafts[number])
    return [draft for number, draft in enumerate(drafts) if number not in gone]


def _owners(
    short: Wording, number: int, wordings_of: Sequence[Sequence[Wording]], row: Callable[[Keys], frozenset[int]]
) -> set[int]:
    """The other drafts that have all the words of a wording in one of theirs."""
    rows = [row(keys) for keys in (short.head, *short.rest) if not all(key.endswith(".") for key in keys)]
    fewest: frozenset[int] = min(rows, key=len, default=frozenset())  # of `т.д.` no word is left
    return {n for n in fewest if n != number and any(is_within(short, long) for long in wordings_of[n])}


def _last(number: int, gone: Mapping[int, int]) -> int:
    """Where a draft is in the end, that has gone into another, which may have gone into a third."""
    while number in gone:
        number = gone[number]
    return number


def _heads(drafts: Sequence[Draft], wanted: Set[str], index: TokenIndex) -> dict[str, list[tuple[int, Draft]]]:
    """By head word, where bodies that it may mean are named, in the order of the text: a bare `министерство` means the
    one named last before it, be it by a short form: `Минсельхоз`, whose name in the registry is `Министерство сельского
    хозяйства`.
    """
    found: dict[str, list[tuple[int, Draft]]] = {}
    for draft in reversed(drafts):  # of two at one place the first draft is to come last
        own = lemmas(draft.name.split()[0]) if draft.entry else frozenset()
        for mention in draft.mentions:
            near = frozenset().union(own, *(lemmas(token.text) for token in index.within(*mention)[:4]))
            for lemma in near & wanted:
                found.setdefault(lemma, []).append((mention.start, draft))
    for places in found.values():
        places.sort(key=itemgetter(0))
    return found
