"""What a text names, each stretch once: bodies of the registry, organisations and persons.

The registry's matches, the entity model's finds and the phrases around head words overlap. Here it is decided which of
them stands: the outer one, and of equal ones the registry's.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from kg_news.records import Span
from kg_news.registry import RegistryActor
from kg_news.views.bodies import Bodies, Body
from kg_news.views.morph import known, lemmas, parses
from kg_news.views.ner import Entity
from kg_news.views.phrases import HeadWords, Phrase, Surroundings, phrases
from kg_news.views.tokens import QUOTES, Token, TokenIndex


@dataclass(frozen=True)
class Named:
    """What a text names, disjoint."""

    bodies: Bodies
    organizations: tuple[Entity, ...]
    people: tuple[Entity, ...]
    echoes: tuple[tuple[Entity, str], ...]
    """Head words that stand alone (`комитет`), with their lemma: they mean a body that is named more fully before."""


@dataclass(frozen=True)
class Words:
    """What decides in Russian, from `registry/languages/ru.yml` (lemmas)."""

    heads: HeadWords = HeadWords()
    state_people: frozenset[str] = frozenset()
    """Those before whom an adjective of a state means the state: `кыргызский посол`."""
    things: frozenset[str] = frozenset()
    """Nouns for what is no actor, though it has a name: `стадион «Динамо»`."""
    not_bodies: frozenset[str] = frozenset()
    """Names that only look like those of organisations, in lower case: `СМИ`."""
    kinds: frozenset[str] = frozenset()
    """Nouns before an organisation's own name: `газета «Заря»`."""
    metonyms: tuple[tuple[str, ...], ...] = ()
    """Buildings that stand for those who work there, word by word, in lower case: `Белый дом`."""
    honours: frozenset[str] = frozenset()
    """Adjectives of awards: `народный артист Кыргызстана`."""
    memorials: frozenset[str] = frozenset()
    """Nouns before a person's name that is a part of another: `улица Асана Примерова`."""
    platforms: frozenset[str] = frozenset()
    """Sites that others write on, in lower case: `Facebook`."""


def name_all(
    bodies: Bodies,
    entities: Sequence[Entity],
    index: TokenIndex,
    sentences: Sequence[Span],
    words: Words,
    registry: Mapping[str, RegistryActor],
) -> Named:
    """Settle what the registry, the model and the head words find."""
    entities = _checked(entities, index, sentences, words)
    kept = [body for body in bodies if _stands(body, entities, index, words, registry)]
    taken = Bodies(kept)
    free = [entity for entity in entities if not taken.overlap(entity.start, entity.end)]
    found = phrases(index.tokens, words.heads, _surroundings(kept, free, index, sentences, registry))
    return _settled(kept, free, found, index)


def _checked(
    entities: Sequence[Entity], index: TokenIndex, sentences: Sequence[Span], words: Words
) -> list[Entity]:
    """The model's finds, none over the end of a sentence, without those that are no names of actors; and what the
    words around make one.
    """
    ends = [sentence.end for sentence in sentences]
    starts = {sentence.start for sentence in sentences}
    people = {key for entity in entities if entity.type == "PER" for key in _inner(entity, index, starts)}
    found = []
    for entity in entities:
        end = ends[min(bisect_right(ends, entity.start), len(ends) - 1)]
        if entity.end > end > entity.start:
            entity = entity._replace(end=end)
        if entity.type == "PER" and _is_kind_of(entity, index, words.kinds):
            entity = entity._replace(type="ORG")
        if entity.type == "ORG":
            entity = _without_brackets(entity, index)
        if entity.start in starts and _only_begins(entity, index, words, people):
            continue
        if entity.type == "LOC" or (entity.type == "ORG" and _is_body(entity, index, words)):
            found.append(entity)
        elif entity.type == "PER" and not _is_remembered(entity, index, words.memorials):
            found.append(entity)
    named = [
        *_titled(index.tokens, words.kinds),
        *_metonyms(index.tokens, words.metonyms),
        *_sites(index.tokens),
        *_latin(index.tokens, words.kinds),
    ]
    taken: list[Entity] = []
    for entity in sorted(named):
        if not taken or taken[-1].end <= entity.start:
            taken.append(entity)
    return sorted([e for e in found if not any(n.start < e.end and e.start < n.end for n in taken)] + taken)


def _inner(entity: Entity, index: TokenIndex, starts: Set[int]) -> Iterator[str]:
    """The dictionary forms of a name's words, but for one that stands alone where a sentence begins."""
    tokens = index.within(entity.start, entity.end)
    if len(tokens) > 1 or entity.start not in starts:
        for token in tokens:
            yield from lemmas(token.text)


_PROPER = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn", "Abbr", "Trad"})


def _only_begins(entity: Entity, index: TokenIndex, words: Words, people: Set[str]) -> bool:
    """Whether a single word has its capital from the beginning of a sentence: `Отметим`, `Источник`."""
    tokens = index.within(entity.start, entity.end)
    if len(tokens) != 1 or tokens[0].text.isupper() or not known(tokens[0].text):
        return False
    readings = parses(tokens[0].text)
    if any(parse.tags & _PROPER or words.heads.holds(parse.lemma) for parse in readings):
        return False
    return not {parse.lemma for parse in readings} & people


def _is_kind_of(entity: Entity, index: TokenIndex, kinds: Set[str]) -> bool:
    """`газета Кларин`: what the model takes for a person is an organisation's own name, unless it is a known one:
    `команда Асана`.
    """
    first, stop = index.span(entity.start, entity.end)
    if not first or not lemmas(index.tokens[first - 1].text) & kinds:
        return False
    return not any(
        parse.tags & {"Name", "Surn", "Patr"}
        for token in index.tokens[first:stop]
        if known(token.text)
        for parse in parses(token.text)
    )


def _is_remembered(entity: Entity, index: TokenIndex, memorials: Set[str]) -> bool:
    """`улица Асана Примерова`, `пакет Примеровой`: the name right behind is a part of another."""
    first, stop = index.span(entity.start, entity.end)
    before = index.tokens[first - 1].text if first else ""
    if before in QUOTES and first > 1:
        before = index.tokens[first - 2].text
    if before != "имени" and (not before[:1].isalpha() or not lemmas(before) & memorials):
        return False
    if before == "имени" and first > 1 and index.tokens[first - 2].text.lower() == "по":
        return False  # `по имени Асан`
    return all(
        any(parse.tags & {"gent", "datv", "Fixd"} for parse in parses(token.text))
        for token in index.tokens[first:stop]
        if token.is_word
    )


def is_honour(tokens: Sequence[Token], first: int, honours: Set[str]) -> bool:
    """`народный артист Кыргызстана`, `заслуженный мастер спорта СССР`: what stands before a name is an award."""
    for at in range(first - 1, max(-1, first - 6), -1):
        token = tokens[at]
        if not token.is_word:
            return False
        parse = parses(token.text)[0]
        if parse.lemma in honours:
            return True
        if not parse.tags & {"NOUN", "ADJF"}:
            return False
    return False


_DOMAINS = frozenset({"ру", "ru", "com", "kg", "kz", "uz", "tj", "tm", "org", "net", "info", "media", "ua", "by", "рф", "su", "me", "kom"})


def _sites(tokens: Sequence[Token]) -> Iterator[Entity]:
    """Names of sites: `Лента.ру`, `zona.kz`; not an address with a path, nor of a mailbox."""
    for at in range(1, len(tokens) - 1):
        name, dot, end = tokens[at - 1 : at + 2]
        if dot.text != "." or end.text.lower() not in _DOMAINS or not name.end == dot.start == end.start - 1:
            continue
        before = tokens[at - 2] if at > 1 else None
        after = tokens[at + 2] if at + 2 < len(tokens) else None
        if before and before.end == name.start and before.text in {".", "/", "@", "-", ":"}:
            continue
        if after and after.start == end.end and (after.text in {"/", "@"} or after.text[0].isalnum()):
            continue
        if name.text[0].isalnum():
            yield Entity(name.start, end.end, "ORG")


def _without_brackets(entity: Entity, index: TokenIndex) -> Entity:
    """`Фонд горных троп` of `Фонд горных троп (ФГТ)`: what stands in brackets is another name."""
    first, stop = index.span(entity.start, entity.end)
    at = next((at for at in range(first + 1, stop) if index.tokens[at].text == "("), None)
    return entity._replace(end=index.tokens[at - 1].end) if at else entity


def _latin(tokens: Sequence[Token], kinds: frozenset[str]) -> Iterator[Entity]:
    """A name in Latin letters behind a word for a kind of organisation: `канал Long News`, `группа Zarya`."""
    for at in range(1, len(tokens)):
        token = tokens[at]
        if not (token.is_word and token.capital and token.text.isascii()) or not lemmas(tokens[at - 1].text) & kinds:
            continue
        stop = at + 1
        while stop < len(tokens) and tokens[stop].is_word and tokens[stop].text.isascii():
            stop += 1
        yield Entity(token.start, tokens[stop - 1].end, "ORG")


def _titled(tokens: Sequence[Token], kinds: frozenset[str]) -> Iterator[Entity]:
    """A name in quotation marks behind a word for a kind of organisation: `газете «Голос долины»`, `журнал ''Time''`."""
    for at, token in enumerate(tokens):
        if token.text not in _OPENING or not at or at + 2 >= len(tokens) or not lemmas(tokens[at - 1].text) & kinds:
            continue
        first = at + 1
        while first < len(tokens) and tokens[first].text in _OPENING:
            first += 1
        if first >= len(tokens):
            return
        stop = next((i for i in range(first + 1, min(len(tokens), first + 7)) if tokens[i].text in _CLOSING), None)
        if stop and (tokens[first].capital or tokens[first].text[0].isdigit()):
            yield Entity(tokens[first].start, tokens[stop - 1].end, "ORG")


_OPENING = frozenset({"«", "“", "„", '"', "''", "'"})
_CLOSING = frozenset({"»", "”", '"', "''", "'", "“"})
_PLACING = frozenset({"возле", "у", "около", "перед", "к", "рядом", "напротив", "мимо", "здание", "стена", "площадь", "территория", "штурм", "от"})


def _metonyms(tokens: Sequence[Token], names: Sequence[Sequence[str]]) -> Iterator[Entity]:
    """`Кремль` that speaks, but not the one that a meeting is held at: `возле Белого дома`."""
    beginnings = {name[0][:3] for name in names}
    for at, token in enumerate(tokens):
        if not token.capital or token.text[:3].lower() not in beginnings:
            continue
        for name in names:
            here = tokens[at : at + len(name)]
            if len(here) == len(name) and all(w in lemmas(t.text) for w, t in zip(name, here, strict=True)):
                if not (at and _is_place(tokens, at, at + len(name))):
                    yield Entity(token.start, here[-1].end, "ORG")


def _is_place(tokens: Sequence[Token], first: int, stop: int) -> bool:
    """`возле Кремля`, `в Кремле прошёл приём`; but `в Кремле заявили` speaks of people."""
    before = tokens[first - 1].text.lower()
    if before in {"в", "во", "на"}:
        return stop >= len(tokens) or not any("VERB" in p.tags and "plur" in p.tags for p in parses(tokens[stop].text))
    return bool(lemmas(before) & _PLACING)


def _is_body(entity: Entity, index: TokenIndex, words: Words) -> bool:
    """Not `СМИ`, `Центральная больница` and `орден Дружбы`; nor a name behind such a noun: `стадион «Динамо»`."""
    first, stop = index.span(entity.start, entity.end)
    own = [token for token in index.tokens[first:stop] if token.is_word]
    if not own or (len(own) == 1 and _is_listed(own[0], words.not_bodies)):
        return False
    there = {token.text.lower() for token in index.tokens[max(0, first - 2) : first]}
    if len(own) == 1 and there & _THERE and _is_listed(own[0], words.platforms):
        return False
    noun = next((parse for token in own if "NOUN" in (parse := parses(token.text)[0]).tags), None)
    if noun and noun.lemma in words.things:
        return False
    if own[0].text.isascii() and len(own) > 1 and _is_dated(index.tokens, stop):
        return False
    quoted = first > 0 and index.tokens[first - 1].text in QUOTES
    at = _row(index.tokens, first - 1) if quoted else first
    before = [token for token in index.tokens[max(0, at - 3) : at] if token.is_word]
    return not (
        (quoted or own[0].text.isascii()) and before and parses(before[-1].text)[0].lemma in words.things
    )


def _row(tokens: Sequence[Token], opening: int) -> int:
    """Where a row of quotations begins: `кинотеатры «Заря», «Свет» и «Луч»`; its first mark, by that of another."""
    while opening > 3 and tokens[opening - 1].text in {",", "и"} and tokens[opening - 2].text in _CLOSING:
        before = next((at for at in range(opening - 3, max(0, opening - 12), -1) if tokens[at].text in _OPENING), None)
        if before is None:
            break
        opening = before
    return opening


def _is_dated(tokens: Sequence[Token], stop: int) -> bool:
    """`The Long Road (1997)`: a work with its year."""
    after = [token.text for token in tokens[stop : stop + 3]]
    return len(after) == 3 and after[0] == "(" and after[2] == ")" and after[1].isdecimal() and len(after[1]) == 4


_THERE = frozenset({"в", "во", "на", "через", "из", "по", "сети", "соцсети", "мессенджере", "мессенджера", "канале"})


def _is_listed(token: Token, names: frozenset[str]) -> bool:
    return token.text.lower() in names or (not token.text.isupper() and bool(lemmas(token.text) & names))


def _stands(
    body: Body, entities: Sequence[Entity], index: TokenIndex, words: Words, registry: Mapping[str, RegistryActor]
) -> bool:
    """Not where a state's name is a part of a person's or another name: `Мартин Куба`, `Российский союз`; nor where its
    adjective tells a nationality.
    """
    if registry[body.candidates[0]].type != "Country" or body.state is not None:
        return True
    around = next((e for e in entities if e.start <= body.span.start and body.span.end <= e.end), None)
    if around and around.type == "PER":
        words_of = index.within(around.start, around.end)
        if len(words_of) > 1 or any("Name" in parse.tags for parse in parses(words_of[0].text)):
            return False
    if not body.adjective:
        return True
    if around and len(index.within(around.start, around.end)) > 1:
        return False
    return means_state(index.tokens, body.last, words.state_people)


_NATIONAL = frozenset({"язык", "акцент", "алфавит", "кухня", "происхождение", "диалект", "фамилия", "перевод", "транскрипция", "яз", "слово", "имя", "культура", "литература", "поэзия", "народность"})


def means_state(tokens: Sequence[Token], behind: int, people: frozenset[str]) -> bool:
    """Whether an adjective of a state means the state, by the noun behind it (`behind` is the next token).

    `кыргызские военные` and `американский посол` do; `русский язык`, `французский актёр` tell a language and a
    nationality. Other adjectives may stand between.
    """
    for at in range(behind, min(len(tokens), behind + 5)):
        token = tokens[at]
        if token.text in QUOTES or (token.is_word and token.text.isascii()):
            return True  # `французский «Прогресс»`
        if token.text == "и":
            continue
        if not token.is_word:
            return False
        parse = parses(token.text)[0]
        if lemmas(token.text) & people:
            return True
        if parse.tags & {"ADJF", "PRTF"} and "Subx" not in parse.tags:
            continue
        if "NOUN" not in parse.tags:
            return False
        return "anim" not in parse.tags and parse.lemma not in _NATIONAL
    return False


def _surroundings(
    bodies: Sequence[Body],
    entities: Sequence[Entity],
    index: TokenIndex,
    sentences: Sequence[Span],
    registry: Mapping[str, RegistryActor],
) -> Surroundings:
    states: dict[int, int] = {}
    names: dict[int, int] = {}
    people: dict[int, int] = {}
    organizations: dict[int, tuple[int, int]] = {}
    adjectives, covered = set(), set()
    for body in bodies:
        if body.adjective:
            adjectives.add(body.first)
            continue
        state = registry[body.candidates[0]].type == "Country"
        (states if state else names)[body.first] = body.last
        covered |= set(range(body.first + 1, body.last))
        if state:
            covered.add(body.first)
    for entity in entities:
        first, stop = index.span(entity.start, entity.end)
        if entity.type == "PER":
            people[first] = stop
            covered |= set(range(first, stop))
        else:
            names[first] = stop
            if entity.type == "ORG":
                organizations |= {at: (first, stop) for at in range(first, stop)}
    return Surroundings(
        states, frozenset(adjectives), names, people, frozenset(covered), organizations, frozenset(index.at(sentence.start) for sentence in sentences)
    )


_OF_THE_STATE = frozenset({"страна", "республика", "государство"})


def _settled(bodies: Sequence[Body], entities: Sequence[Entity], found: Iterable[Phrase], index: TokenIndex) -> Named:
    by_token = {at: body for body in bodies if not body.adjective for at in range(body.first, body.last)}
    outer: list[tuple[int, int]] = []
    echoes: list[tuple[Entity, str]] = []
    tokens = index.tokens
    for phrase in found:
        body = by_token.get(phrase.head)
        if body and phrase.stop == body.last:
            continue
        if body and all(lemmas(token.text) & _OF_THE_STATE for token in tokens[body.last : phrase.stop]):
            continue
        span = Entity(tokens[phrase.first].start, tokens[phrase.stop - 1].end, "ORG")
        if phrase.sure:
            outer.append((span.start, span.end))
        elif not any(entity.start < span.end and span.start < entity.end for entity in entities):
            echoes.append((span, phrase.lemma))
    spans = Bodies([Body(Span(*span), 0, (), False) for span in outer])
    rest = [entity for entity in entities if not spans.overlap(entity.start, entity.end)]
    return Named(
        bodies=Bodies([body for body in bodies if not spans.overlap(*body.span)]),
        organizations=tuple(
            sorted([entity for entity in rest if entity.type == "ORG"] + [Entity(*span, "ORG") for span in outer])
        ),
        people=tuple(entity for entity in rest if entity.type == "PER"),
        echoes=tuple(echoes),
    )
