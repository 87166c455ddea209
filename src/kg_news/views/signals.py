"""What the words around make of the entity model's finds: which are no actors, which are of another type, and which
organisations the model leaves out though a word before them tells.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg_news.records import Span
from kg_news.views.declension import PATRONYMIC_PARTICLES
from kg_news.views.disjoint import Disjoint
from kg_news.views.given_names import genders_of
from kg_news.views.lone_names import LoneNames, is_personal
from kg_news.views.morph import PERSONAL, RELATIONAL, known, lemmas, parses
from kg_news.views.name_spans import past_adjectives
from kg_news.views.names import readings, unlikelihood
from kg_news.views.naming import Naming
from kg_news.views.ner import Entity
from kg_news.views.phrases import RURAL, hangs
from kg_news.views.sieve import comes_from
from kg_news.views.tokens import QUOTES, Token, TokenIndex

_OPENING = frozenset({"«", "“", "„", '"', "''", "'"})
_CLOSING = frozenset({"»", "”", '"', "''", "'", "“"})
_LONGEST = 7
"""Tokens that an own name in quotation marks may have."""
_PROPER = PERSONAL | {"Geox", "Orgn", "Abbr", "Trad"}
_NAMING = _PROPER | {"NOUN", "ADJF"}
_THERE = frozenset({"в", "во", "на", "через", "из", "по", "мессенджере", "канале"})
"""Words behind which a site is where something was written: `в Facebook`."""
_NETS = frozenset({"сети", "соцсети"})
_FAR = 4
"""Tokens before a site's name that tell whether it is where something was written."""
_SHORTENED = frozenset({"Inc", "Ltd", "Co", "Corp"})
_DOMAINS = frozenset(
    {"ру", "ru", "рф", "su", "com", "org", "net", "info", "media", "kg", "kz", "uz", "tj", "tm", "by", "ua"}
)


def actors_among(
    entities: Sequence[Entity],
    index: TokenIndex,
    sentences: Sequence[Span],
    words: Naming,
    is_place: Callable[[Token], bool],
) -> list[Entity]:
    """The finds that name actors or places, none over the end of a sentence, and what the words around make known.
    `is_place` tells cities and regions.
    """
    signalled: list[Entity] = []
    for entity in sorted(_signalled(index, words)):
        if not signalled or signalled[-1].end <= entity.start:
            signalled.append(entity)
    told = Disjoint(signalled)
    found = _checked(entities, index, sentences, words, is_place)
    kept = [entity for entity in found if not told.overlap(entity.start, entity.end)]
    return sorted(kept + signalled)


def _checked(
    entities: Sequence[Entity],
    index: TokenIndex,
    sentences: Sequence[Span],
    words: Naming,
    is_place: Callable[[Token], bool],
) -> Iterator[Entity]:
    """The model's finds, each cut at the end of its sentence, as what the words around make of it."""
    ends = [sentence.end for sentence in sentences]
    starts = {sentence.start for sentence in sentences}
    begun = _Begun(entities, index, words)
    checks = _Checks(index, words, LoneNames(entities, index, words), is_place)
    for found in entities:
        end = ends[min(bisect_right(ends, found.start), len(ends) - 1)]
        entity = found._replace(end=min(found.end, end)) if end > found.start else found
        if entity.type == "PER" and checks.is_town(entity):
            entity = entity._replace(type="LOC")
        if entity.type == "PER":
            yield from checks.person(entity)
        elif entity.start in starts and begun.only(entity):
            continue
        elif entity.type == "ORG":
            yield from checks.organization(entity)
        else:
            yield entity


@dataclass(frozen=True)
class _Checks:
    """What the words around a find make of it."""

    index: TokenIndex
    words: Naming
    lone: LoneNames
    is_place: Callable[[Token], bool]

    def is_town(self, entity: Entity) -> bool:
        """`Баткен`, `Кара-Буура`: a place that the model takes for a person, known or by what such names begin with."""
        first, stop = self.index.span(entity.start, entity.end)
        token = self.index.tokens[first]
        begun, hyphen, _ = token.text.partition("-")
        placed = stop - first == 1 and (bool(hyphen and begun in _LANDSCAPE) or self.is_place(token))
        return placed and not self.lone.is_named(token.text)

    def person(self, entity: Entity) -> Iterator[Entity]:
        """What the model takes for a person: also whose employer it took in, an organisation, or nobody."""
        tokens, words = self.index.tokens, self.words
        first, stop = self.index.span(entity.start, entity.end)
        town = self._behind_town(first, stop)
        if begin := town or _behind_employer(tokens, first, stop, words):
            place = town or comes_from(tokens[first - 1].text, words.governing)
            yield Entity(entity.start, tokens[begin - 1].end, "LOC" if place else "ORG")
            first, entity = begin, entity._replace(start=tokens[begin].start)
        alone = stop - first == 1
        kind = self.lone.type_of(first) if alone else "PER"
        if kind is None:
            return
        named = alone and self.lone.is_named(tokens[first].text)
        if kind == "ORG" or (not named and _is_own_name(tokens, first, stop, words.kinds)):
            yield from self.organization(entity._replace(type="ORG"))
        elif not (
            _is_remembered(tokens, first, stop, words.memorials)
            or (alone and (_is_nobody(tokens[first], words) or _describes_body(tokens, first, words)))
        ):
            yield entity

    def _behind_town(self, first: int, stop: int) -> int | None:
        """Where the name begins behind a place that the model took in: `мэр Нарына Примеров`. What stands in one case,
        `мэра Владимира Примерова`, is one name.
        """
        tokens, offices = self.index.tokens, self.words.offices
        first += comes_from(tokens[first].text, offices)  # `Аким` is a first name too
        if stop - first < _WITH_TOWN or not first or not comes_from(tokens[first - 1].text, offices):
            return None
        if not self.is_place(tokens[first]) or not hangs(tokens[first]):
            return None
        name = tuple(token.text for token in tokens[first:stop])
        nominative = readings(name[1:])[0].cases <= {"nomn"}
        return first + 1 if nominative and unlikelihood(name) > _STRAINED else None

    def organization(self, entity: Entity) -> Iterator[Entity]:
        """What the model takes for an organisation, without what is none of its name; also whoever holds an office."""
        tokens, words = self.index.tokens, self.words
        first, stop = self.index.span(entity.start, entity.end)
        stop = _bracket(tokens, first, stop)
        if _is_bearer(tokens, first, stop, words):
            yield Entity(entity.start, tokens[stop - 1].end, "PER")
            return
        first = _behind_leader(tokens, first, stop, words)
        if not _is_body(tokens, first, stop, words):
            return
        if _is_led(tokens, first, stop, words) and self.lone.is_anybody(tokens[stop - 1].text):
            yield Entity(tokens[first + 1].start, tokens[stop - 1].end, "PER")
            stop = first + 1
        start = max(entity.start, tokens[first].start)
        yield entity._replace(start=start, end=min(entity.end, tokens[stop - 1].end))


_LANDSCAPE = frozenset(
    {"Ак", "Ала", "Жаны", "Кара", "Кок", "Кош", "Кызыл", "Орто", "Сары", "Таш", "Тогуз", "Чон", "Чоң"}
)
"""`Кызыл-Туу`, a red banner; names of persons do not begin so with a hyphen."""


class _Begun:
    """Tells single words that have their capital from the beginning of a sentence: `Отметим`, `Источник`. Of those that
    the model takes for persons `person_names` asks more, as the names that it makes of them are known there.
    """

    def __init__(self, entities: Sequence[Entity], index: TokenIndex, words: Naming) -> None:
        self._entities = entities
        self._index = index
        self._heads = words.heads

    def only(self, entity: Entity) -> bool:
        """Whether the beginning alone makes the word a name; where another place of the text has it, it is one."""
        tokens = self._index.within(entity.start, entity.end)
        if len(tokens) != 1 or tokens[0].text.isupper() or not known(tokens[0].text):
            return False
        readings = parses(tokens[0].text)
        if any(parse.tags & _PROPER or parse.lemma in self._heads for parse in readings):
            return False
        here = lemmas(tokens[0].text)
        return not any(self._names[lemma] > (lemma in here) for lemma in {parse.lemma for parse in readings})

    @cached_property
    def _names(self) -> Counter[str]:
        """In how many finds each dictionary form stands."""
        found: Counter[str] = Counter()
        for entity in self._entities:
            tokens = self._index.within(entity.start, entity.end)
            found.update(set().union(*(lemmas(token.text) for token in tokens)))
        return found


def _is_own_name(tokens: Sequence[Token], first: int, stop: int, kinds: frozenset[str]) -> bool:
    """`газета Кларин`: what the model takes for a person is an organisation's own name, unless one of its words is
    known as a person's: `команда Асана`.
    """
    if not first or not comes_from(tokens[first - 1].text, kinds):
        return False
    if stop - first > 1 and all(token.is_word and not token.text.isascii() for token in tokens[first:stop]):
        return False  # `президент компании Асан Примеров`
    if all("plur" in parse.tags for parse in parses(tokens[first - 1].text) if parse.lemma in kinds):
        return False  # `по данным изданий Примеров уехал`: several have no own name in common
    own = [token.text for token in tokens[first:stop] if known(token.text)]
    return not any(parse.tags & PERSONAL for word in own for parse in parses(word))


def _behind_employer(tokens: Sequence[Token], first: int, stop: int, words: Naming) -> int | None:
    """Where the person's own name begins, who holds an office: behind `Зорпрома` in `директор Зорпрома Асан Примеров`,
    which the model takes for three names.
    """
    given = first + 1
    if stop - first < _WITH_EMPLOYER or not first or not comes_from(tokens[first - 1].text, words.offices):
        return None
    if not _is_given(tokens[given].text) or is_personal(tokens[first].text) or not hangs(tokens[first]):
        return None
    return None if _is_fathers(tokens[stop - 1].text) else given


_INITIAL = 2
_WITH_TOWN = 2
"""Tokens of a place and a person's name."""
_STRAINED = 1.5
"""How unlikely words are that are hardly one name: `Нарына Примеров`."""
_WITH_EMPLOYER = 3
"""Tokens of an employer's name and a person's."""


def _is_given(word: str) -> bool:
    """Whether a word may be a first name in some case, and is no initial."""
    if len(word) <= _INITIAL:
        return False
    if known(word) and any("Name" in parse.tags for parse in parses(word)):
        return True
    return any(genders_of(lemma.capitalize()) for lemma in lemmas(word))


def _is_fathers(word: str) -> bool:
    """`Тестов Асан Эркинович`: a surname may stand before a name that ends with the father's."""
    return word in PATRONYMIC_PARTICLES or any("Patr" in parse.tags for parse in parses(word))


def _is_remembered(tokens: Sequence[Token], first: int, stop: int, memorials: frozenset[str]) -> bool:
    """`улица Асана Примерова`, `театр имени Примеровой`: the name right behind is a part of another; not that of
    `человек по имени Асан`, nor `глава «Горной станции» Асан Примеров`.
    """
    at = first - 2 if first > 1 and tokens[first - 1].text in _OPENING else first - 1
    if at > 0 and tokens[at].text == "." and tokens[at - 1].text == "им":
        at -= 1  # `театр им. Примеровой`
    before = tokens[at] if at >= 0 else None
    if before is None or not before.is_word:
        return False
    if before.text in {"имени", "им"}:
        if at and tokens[at - 1].text.lower() == "по":
            return False
    elif not comes_from(before.text, memorials):
        return False
    own = [token.text for token in tokens[first:stop] if token.is_word]
    return all(any(parse.tags & {"gent", "datv", "Fixd"} for parse in parses(word)) for word in own)


def _is_nobody(token: Token, words: Naming) -> bool:
    """`Впоследствии`, `Коран`, `Инстаграм`: a word that the dictionary knows, and as no name, or a listed site."""
    if _is_listed(token, words.platforms) or _is_listed(token, words.not_bodies):
        return True
    return known(token.text) and not any(parse.tags & _NAMING for parse in parses(token.text))


def _describes_body(tokens: Sequence[Token], at: int, words: Naming) -> bool:
    """`Ташкентский хокимият`, `Ошский район`: an adjective made from a place, which the model takes for a surname; in
    `Ошского и Нарынского районов` the noun is common to two.
    """
    if not any("ADJF" in parse.tags and parse.lemma.endswith(RELATIONAL) for parse in parses(tokens[at].text)):
        return False
    behind = past_adjectives(tokens, at)
    behind += behind < len(tokens) and tokens[behind].text in RURAL
    noun = tokens[behind].text if behind < len(tokens) else ""
    return noun.islower() and (words.head(noun) is not None or comes_from(noun, _REGIONS))


_REGIONS = frozenset({"район", "область", "округ", "край", "уезд"})
"""`Примеровский возглавил министерство` has none behind it."""


def _bracket(tokens: Sequence[Token], first: int, stop: int) -> int:
    """Behind `Фонд горных троп` of `Фонд горных троп (ФГТ)`: what stands in brackets is another name."""
    return next((at for at in range(first + 1, stop) if tokens[at].text in {"(", ")"}), stop)


def _behind_leader(tokens: Sequence[Token], first: int, stop: int, words: Naming) -> int:
    """Where a body's name begins that the model takes with whoever leads it: `администрации` in `глава администрации`,
    but not `по` in `Уполномоченный по правам человека`.
    """
    if stop - first < 2 or not comes_from(tokens[first].text, words.offices) or tokens[first + 1].text in QUOTES:
        return first
    behind = tokens[first + 1]
    return first + 1 if behind.is_word and hangs(behind) and "anim" in parses(tokens[first].text)[0].tags else first


def _is_bearer(tokens: Sequence[Token], first: int, stop: int, words: Naming) -> bool:
    """`епископ Асан Примеров (ФГТ)`: an office stands before a first name and what looks like a surname."""
    if stop - first < 2 or not first or not comes_from(tokens[first - 1].text, words.offices):
        return False
    own = [token.text for token in tokens[first:stop]]
    return _is_given(own[0]) and all(word[0].isupper() and is_personal(word) for word in own[1:])


def _is_led(tokens: Sequence[Token], first: int, stop: int, words: Naming) -> bool:
    """`администрация Примерова`: whoever leads a body is no part of its name, where the text names them elsewhere."""
    if stop - first < 2 or not comes_from(tokens[first].text, words.led):
        return False
    return all(
        token.capital and not token.text.isupper() and is_personal(token.text) for token in tokens[first + 1 : stop]
    )


def _is_body(tokens: Sequence[Token], first: int, stop: int, words: Naming) -> bool:
    """Not `СМИ`, `Центральная больница` and `орден Дружбы`; nor a name behind such a noun: `стадион «Динамо»`."""
    own = [token for token in tokens[first:stop] if token.is_word]
    if len(own) == 1 and _is_compound(own[0].text, words.heads):
        return False
    if not own or (len(own) == 1 and _is_no_actor(own[0], tokens[max(0, first - _FAR) : first], words)):
        return False
    quoted = first > 0 and tokens[first - 1].text in QUOTES
    latin = own[0].text.isascii()
    nouns = (parse for token in own if "NOUN" in (parse := parses(token.text)[0]).tags)
    if (not quoted and _is_holder(own, words.offices)) or (
        any(comes_from(token.text, words.things) for token in own)
        and (noun := next(nouns, None))
        and noun.lemma in words.things
    ):
        return False
    if latin and len(own) > 1 and _is_dated(tokens, stop):
        return False
    return not ((quoted or latin) and _is_behind_thing(tokens, _row(tokens, first - 1) if quoted else first, words))


def _is_behind_thing(tokens: Sequence[Token], at: int, words: Naming) -> bool:
    """Whether the word before a name says that it is no actor's: `стадион «Динамо»`; not `издательский дом «Заря»`."""
    before = [token for token in tokens[max(0, at - 3) : at] if token.is_word]
    if before and _is_shop(tokens, at - 1, words):
        return True
    if not before or not comes_from(before[-1].text, words.things) or _is_kind(tokens, at - 1, words):
        return False
    return parses(before[-1].text)[0].lemma in words.things


def _is_holder(own: Sequence[Token], offices: frozenset[str]) -> bool:
    """`Нарынская лётчица`: what a person is, with adjectives before it."""
    noun = next((token.text for token in own if "ADJF" not in parses(token.text)[0].tags), own[-1].text)
    return noun.islower() and comes_from(noun, offices) and parses(noun)[0].tags >= {"anim", "sing"}


def _is_compound(word: str, heads: frozenset[str]) -> bool:
    """`Telegram-канал`, `ИБ-компания`: a common noun with an abbreviation or a Latin word before it; `PR-служба` is a
    body.
    """
    before, hyphen, noun = word.rpartition("-")
    short = bool(hyphen) and (before.isascii() or before.isupper())
    return short and noun.islower() and known(noun) and not comes_from(noun, heads)


def _is_no_actor(token: Token, before: Sequence[Token], words: Naming) -> bool:
    """`СМИ`; `в Facebook`, where somebody else writes."""
    if _is_listed(token, words.not_bodies):
        return True
    behind_net = len(before) > 1 and before[-1].text.lower() in _NETS  # `в социальной сети Facebook`
    near = before[:-1] if behind_net else before[-2:]
    return any(other.text.lower() in _THERE for other in near) and _is_listed(token, words.platforms)


def _is_listed(token: Token, names: frozenset[str]) -> bool:
    return token.text.lower() in names or (not token.text.isupper() and comes_from(token.text, names))


def _is_dated(tokens: Sequence[Token], stop: int) -> bool:
    """`The Long Road (1997)`: a work with its year."""
    after = [token.text for token in tokens[stop : stop + 3]]
    return len(after) == 3 and (after[0], after[2]) == ("(", ")") and after[1].isdecimal() and len(after[1]) == 4


def _row(tokens: Sequence[Token], opening: int) -> int:
    """Where a row of quotations begins: the first mark of `кинотеатры «Заря», «Свет» и «Луч»`, by that of another."""
    while opening > 3 and tokens[opening - 1].text in {",", "и"} and tokens[opening - 2].text in _CLOSING:
        back = range(opening - 3, max(0, opening - 3 - _LONGEST), -1)
        before = next((at for at in back if tokens[at].text in _OPENING), None)
        if before is None:
            break
        opening = before
    return opening


def _signalled(index: TokenIndex, words: Naming) -> Iterator[Entity]:
    """Organisations that the words around them make known: own names behind a kind, sites, metonyms."""
    buildings, tokens = words.buildings, index.tokens

    def tells(text: str) -> bool:
        return "A" <= text < "[" or text in _OPENING or text == "." or text[:3] in buildings

    for at in index.those_raised(tells):
        text = tokens[at].text
        if text in _OPENING:
            found = _titled(tokens, at, words)
        elif text == ".":
            found = _site(tokens, at)
        elif "A" <= text < "[":  # it begins with A to Z
            found = _latin(tokens, at, words)
        else:
            found = _metonym(tokens, at, words)
        if found:
            yield found


def _titled(tokens: Sequence[Token], at: int, words: Naming) -> Entity | None:
    """A name in quotation marks behind a word for a kind of organisation: `газете «Голос долины»`; with its form a
    company's: `ОсОО «Заря»`.
    """
    if not at or at + 2 >= len(tokens):
        return None
    row = _row(tokens, at)
    if not _is_kind(tokens, row - 1, words):
        return None
    legal = row == at and tokens[at - 1].text.lower() in words.legal
    first = at + 1
    while first < len(tokens) - 1 and tokens[first].text in _OPENING:
        first += 1
    stop = next((i for i in range(first + 1, min(len(tokens), first + _LONGEST)) if tokens[i].text in _CLOSING), None)
    if not stop or not (tokens[first].capital or tokens[first].text[0].isdigit()):
        return None
    return Entity(tokens[at - 1 if legal else first].start, tokens[stop - 1 + legal].end, "ORG")


def _latin(tokens: Sequence[Token], at: int, words: Naming) -> Entity | None:
    """A name in Latin letters behind a word for a kind of organisation: `канал Long News`, `группа Zarya`."""
    if not at or not tokens[at].text.isascii():
        return None
    if not _is_kind(tokens, at - 1, words) and not _is_source(tokens, at - 1, words):
        return None
    legal = tokens[at - 1].text.lower() in words.legal
    stop = at + 1
    while stop < len(tokens) and (
        (tokens[stop].is_word and tokens[stop].text.isascii()) or _is_possessive(tokens, stop)
    ):
        stop += 1
    if stop == at + 1 and len(tokens[at].text) == 1:
        return None  # `в группе A`
    if tokens[stop - 1].text in _SHORTENED and stop < len(tokens) and tokens[stop].text == ".":
        stop += stop + 1 < len(tokens) and not tokens[stop + 1].capital  # `Zarya Inc. ответила`
    return Entity(tokens[at - legal].start, tokens[stop - 1].end, "ORG")


def _is_possessive(tokens: Sequence[Token], at: int) -> bool:
    """The mark within `Zarya's`."""
    around = tokens[at - 1 : at + 2]
    return tokens[at].text in _APOSTROPHES and len(around) == 3 and around[0].end + 1 == around[2].start


_APOSTROPHES = frozenset("'’")


def _is_kind(tokens: Sequence[Token], at: int, words: Naming) -> bool:
    """Whether a word tells of what kind an organisation is: `газета`, and `дом` of `издательский дом`."""
    if comes_from(tokens[at].text, words.kinds):
        return not _is_shop(tokens, at, words)
    return at > 0 and comes_from(tokens[at].text, _HOUSE) and comes_from(tokens[at - 1].text, words.trading)


def _is_shop(tokens: Sequence[Token], at: int, words: Naming) -> bool:
    """`торговый центр`, which is a building."""
    return at > 0 and comes_from(tokens[at].text, _CENTRE) and comes_from(tokens[at - 1].text, words.shopping)


def _is_source(tokens: Sequence[Token], at: int, words: Naming) -> bool:
    """`согласно`, `по данным`: behind them stands who says so."""
    if tokens[at].text.lower() == "согласно":
        return True
    return at > 0 and tokens[at - 1].text.lower() == "по" and comes_from(tokens[at].text, words.told)


_HOUSE, _CENTRE = frozenset({"дом"}), frozenset({"центр"})


def _site(tokens: Sequence[Token], at: int) -> Entity | None:
    """The site's name around a full stop: `Лента.ру`, `zona.kz`; not an address with a path, nor of a mailbox."""
    if not 0 < at < len(tokens) - 1:
        return None
    name, dot, end = tokens[at - 1 : at + 2]
    if end.text.lower() not in _DOMAINS or not name.end == dot.start == end.start - 1 or not name.text[0].isalnum():
        return None
    before = tokens[at - 2] if at > 1 else None
    if _is_address(tokens, at - 1):
        return None
    after = tokens[at + 2] if at + 2 < len(tokens) else None
    if before and before.end == name.start and before.text in {".", "/", "@", "-", ":"}:
        return None
    if after and after.start == end.end and (after.text in {"/", "@"} or after.text[0].isalnum()):
        return None
    return Entity(name.start, end.end, "ORG")


def _is_address(tokens: Sequence[Token], first: int) -> bool:
    """`короткий адрес test.com`, `на имена «zarya.kg» и «test.kg»`: the site is nobody who acts."""
    quoted = first > 0 and tokens[first - 1].text in QUOTES
    at = (_row(tokens, first - 1) if quoted else first) - 1
    return at >= 0 and comes_from(tokens[at].text, _ADDRESSES)


_ADDRESSES = frozenset({"адрес", "имя", "домен", "зона", "сайт", "страница", "страничка"})


def _metonym(tokens: Sequence[Token], at: int, words: Naming) -> Entity | None:
    """`Кремль` that speaks, but not the one that a meeting is held at: `возле Белого дома`."""
    for name in words.buildings[tokens[at].text[:3]]:
        here = tokens[at : at + len(name)]
        if len(here) == len(name) and all(word in lemmas(token.text) for word, token in zip(name, here, strict=True)):
            acts = not at or not _is_place(tokens, at, at + len(name), words)
            return Entity(here[0].start, here[-1].end, "ORG") if acts else None
    return None


def _is_place(tokens: Sequence[Token], first: int, stop: int, words: Naming) -> bool:
    """`возле Кремля`, `приём в Кремле`; but `в Кремле заявили` speaks of people."""
    first -= tokens[first - 1].text in QUOTES
    if not first:
        return False
    before = tokens[first - 1].text.lower()
    if tokens[first - 1].capital and "ADJF" in parses(before)[0].tags:
        return True  # `у Московского Кремля`
    if before in {"в", "во", "на"}:
        return stop >= len(tokens) or not any({"VERB", "plur"} <= p.tags for p in parses(tokens[stop].text))
    return comes_from(before, words.placing)
