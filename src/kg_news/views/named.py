"""What a text names, each stretch once: bodies of the registry, organisations and persons.

The registry's matches, the entity model's finds and the phrases around head words overlap. Here it is decided which of
them stands: the outer one, and of equal ones the registry's.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg_news.records import Span
from kg_news.views.bodies import Bodies, Body, Registry
from kg_news.views.disjoint import Disjoint
from kg_news.views.gazetteer import TURKIC, word_keys
from kg_news.views.morph import known, lemmas, parses
from kg_news.views.naming import Naming
from kg_news.views.ner import Entity
from kg_news.views.phrases import Phrase, Surroundings, hangs, phrases
from kg_news.views.quotations import quotation_start
from kg_news.views.sieve import comes_from
from kg_news.views.signals import actors_among
from kg_news.views.tokens import QUOTES, Token, TokenIndex
from kg_news.views.turkic_marks import in_title

_FAR = 5
"""Tokens that may stand between a state's adjective and its noun."""
_TITLE = 5
"""Tokens that an award may have: `заслуженный мастер спорта` has 3."""
_AND = frozenset({"жана", "мен", "менен", "және", "бен", "пен"})
_ABBREVIATION = 4
"""Letters that the abbreviation of a body's part may have: `ГУВД`."""
_NEW = frozenset({"новый"})
_RURAL = frozenset({"айыл", "ауыл"})
"""`Арча айыл өкмөтү` governs a village, and is no state's `өкмөт`."""
_THE_STATE = frozenset({"страна", "республика", "государство"})


@dataclass(frozen=True)
class Named:
    """What a text names, disjoint."""

    bodies: Bodies
    organizations: tuple[Entity, ...]
    people: tuple[Entity, ...]
    echoes: tuple[tuple[Entity, str], ...]
    """Head words that stand alone (`комитет`), with their lemma: they mean a body that is named more fully before."""


def name_all(
    bodies: Bodies,
    entities: Sequence[Entity],
    index: TokenIndex,
    sentences: Sequence[Span],
    words: Naming,
    registry: Registry,
    is_place: Callable[[Token], bool],
    language: str = "ru",
) -> Named:
    """Settle what the registry, the model and the head words find; `words` are of the language."""
    found = actors_among(entities, index, sentences, words, is_place)
    starts_of = [entity.start for entity in found]

    def stands(body: Body) -> bool:
        at = bisect_right(starts_of, body.span.start) - 1
        around = found[at] if at >= 0 and found[at].end >= body.span.end else None
        return _stands(body, around, index, words, registry, language)

    kept = [body for body in bodies if stands(body)]
    taken = Bodies(kept)
    free = [entity for entity in found if not taken.overlap(entity.start, entity.end)]
    starts = frozenset(index.at(sentence.start) for sentence in sentences)
    kept, free = _with_offshoots(kept, free, index, starts, registry)
    around = _surroundings(kept, free, index, starts, registry)
    return _settled(kept, free, phrases(index, words, around), index, words.kinds)


def _stands(
    body: Body, around: Entity | None, index: TokenIndex, words: Naming, registry: Registry, language: str
) -> bool:
    """Not where a state's name is a part of a person's or another name: `Мартин Куба`, `Российский союз`; nor where its
    adjective tells a nationality.
    """
    if registry[body.candidates[0]].type != "Country" or body.state is not None:
        before = index.tokens[body.first - 1] if body.first and body.generic else None
        titled = before is not None and (before.text.lower() in _RURAL or _is_title(body, index))
        return not titled and not _is_within_firm(body, around, index, words)
    own = index.within(around.start, around.end) if around else ()
    person = around is not None and around.type == "PER"
    if person and (len(own) > 1 or any("Name" in parse.tags for parse in parses(own[0].text))):
        return False
    if not body.adjective:
        if language in TURKIC:
            return not _names_another(body, index, words)
        return around is None or not _is_part(body, around, index)
    if language in TURKIC:
        return _describes(index.tokens, body.last, words, language)
    return len(own) <= 1 and means_state(index.tokens, body.last, words)


def _is_within_firm(body: Body, around: Entity | None, index: TokenIndex, words: Naming) -> bool:
    """Whether a body's name is only a part of what a firm is called: `ОсОО «Газпром нефть Азия»`."""
    if around is None:
        return False
    first, *own = (token for token in index.within(around.start, around.end) if token.text not in QUOTES)
    if first.text.lower() not in words.legal:
        return False
    return any(not body.span.start <= token.start < body.span.end for token in own)


def _names_another(body: Body, index: TokenIndex, words: Naming) -> bool:
    """`Батыс Қазақстан облысы`, `Латын Америкасы`, `«Үлгілі Қазақстан» жобасы`."""
    before = index.tokens[body.first - 1].text.lower() if body.first else ""
    return before in words.regions or in_title(index.tokens, body.first, body.last)


def _is_title(body: Body, index: TokenIndex) -> bool:
    """`Федеральная антимонопольная служба`: an adjective with a capital before a name that several share is a part of
    the name, but where it begins the sentence.
    """
    before = index.tokens[body.first - 1]
    if not before.capital or before.start == index.sentence(before.start).start:
        return False
    return "ADJF" in parses(before.text)[0].tags


def _is_part(body: Body, around: Entity, index: TokenIndex) -> bool:
    """Whether a state's name is only a part of an organisation's name (`Почта Кыргызстана`) or of another place's:
    `Новая Гвинея`.
    """
    first, stop = index.span(around.start, around.end)
    if around.type == "ORG":
        return body.first > first
    before = index.tokens[body.first - 1]
    return first < body.first and stop == body.last and before.capital and comes_from(before.text, _NEW)


def means_state(tokens: Sequence[Token], behind: int, words: Naming) -> bool:
    """Whether an adjective of a state means the state, by the noun behind it (`behind` is the next token).

    `кыргызские военные` and `американский посол` do; `русский язык`, `французский актёр` tell a language and a
    nationality. Other adjectives may stand between.
    """
    for token in tokens[behind : behind + _FAR]:
        if token.text == "и":
            continue
        if not token.is_word:
            return token.text in QUOTES  # `французский «Прогресс»`
        if token.text.isascii() or comes_from(token.text, words.state_people):
            return True
        if token.capital and (not known(token.text) or any("Geox" in parse.tags for parse in parses(token.text))):
            return True  # `в армянском Гаваре`
        parse = parses(token.text)[0]
        if not (parse.tags & {"ADJF", "PRTF"} and "Subx" not in parse.tags):
            return "NOUN" in parse.tags and "anim" not in parse.tags and parse.lemma not in words.nationality
    return False


def _describes(tokens: Sequence[Token], behind: int, words: Naming, language: str) -> bool:
    """Whether a word that is adjective and noun in one, `кыргыз`, stands before what it describes: `кыргыз курамасы`,
    but not `кыргыз тили` and `ал — кыргыз.`
    """
    if behind + 1 < len(tokens) and tokens[behind].text in _AND:
        behind += 2  # `кыргыз жана тажик соодагерлери`
    noun = tokens[behind] if behind < len(tokens) else None
    return noun is not None and noun.is_word and not word_keys(noun.text, language) & words.nationality


def is_honour(tokens: Sequence[Token], first: int, honours: frozenset[str]) -> bool:
    """`народный артист Кыргызстана`, `заслуженный мастер спорта СССР`: what stands before a name is an award."""
    before = range(first - 1, max(-1, first - 1 - _TITLE), -1)
    if not any(comes_from(tokens[at].text, honours) for at in before):
        return False
    for at in before:
        if not tokens[at].is_word:
            return False
        parse = parses(tokens[at].text)[0]
        if parse.tags & {"ADJF", "PRTF"} and parse.lemma in honours:
            return True
        if not parse.tags & {"NOUN", "ADJF"}:
            return False
    return False


def _surroundings(
    bodies: Sequence[Body], entities: Sequence[Entity], index: TokenIndex, starts: frozenset[int], registry: Registry
) -> Surroundings:
    """What `phrases` is told of the other names. A sentence begins at each of the tokens `starts`."""
    types = {body.first: registry[body.candidates[0]].type for body in bodies}
    nouns = [body for body in bodies if not body.adjective]
    states = {body.first: body.last for body in nouns if types[body.first] == "Country"}
    names = {body.first: body.last for body in nouns if types[body.first] != "Country"}
    tails = [range(first + 1, last) for first, last in names.items()]
    found = [(entity.type, *index.span(entity.start, entity.end)) for entity in entities]
    people = {first: stop for kind, first, stop in found if kind == "PER"}
    others = {first: stop for kind, first, stop in found if kind != "PER"}
    short = [first for kind, first, _ in found if kind == "ORG" and index.tokens[first].text.isupper()]
    whole = [range(*span) for span in (*states.items(), *people.items())]
    return Surroundings(
        states=states,
        state_adjectives=frozenset(body.first for body in bodies if body.adjective),
        names=names | others,
        people=people,
        recurring=_recurring(people, index),
        covered=frozenset(at for places in (*whole, *tails) for at in places),
        organizations={at: span for span in others.items() for at in range(*span)},
        starts=starts,
        senders=frozenset([*(first for first, kind in types.items() if kind == "Organization"), *short]),
        stated=frozenset(body.first for body in bodies if not body.generic and types[body.first] == "PublicBody"),
    )


def _recurring(people: Mapping[int, int], index: TokenIndex) -> frozenset[int]:
    """The first tokens of persons whose surname the text has elsewhere too."""
    surnames = {first: lemmas(index.tokens[stop - 1].text) for first, stop in people.items()}
    often = Counter(lemma for keys in surnames.values() for lemma in keys)
    return frozenset(first for first, keys in surnames.items() if any(often[key] > 1 for key in keys))


def _with_offshoots(
    bodies: Sequence[Body], entities: Sequence[Entity], index: TokenIndex, starts: frozenset[int], registry: Registry
) -> tuple[list[Body], list[Entity]]:
    """`ГУ МВД`, `Горная школа КГБ`: what stands right before another body's name in the genitive is a part of that
    body, and the whole is one name. A sentence begins at each of the tokens `starts`.
    """
    behind: dict[int, tuple[int, Body | Entity]] = {}  # by the first token: the one behind the last
    behind |= {body.first: (body.last, body) for body in bodies if not body.adjective}
    for entity in entities:
        if entity.type == "ORG":
            first, stop = index.span(entity.start, entity.end)
            behind[first] = stop, entity
    behind = {first: there for first, there in behind.items() if first not in starts}
    gone: set[Body | Entity] = set()
    wholes: list[Entity] = []
    for entity in entities:
        if entity.type != "ORG" or entity in gone:
            continue
        first, stop = index.span(entity.start, entity.end)
        end = stop
        while (next_ := behind.get(end)) and _is_part_of(index.tokens, first, end, next_[1], registry):
            gone |= {entity, next_[1]}
            end = next_[0]
        if end > stop:
            wholes.append(entity._replace(end=index.tokens[end - 1].end))
    kept = [body for body in bodies if body not in gone]
    return kept, sorted([*(entity for entity in entities if entity not in gone), *wholes])


def _is_part_of(tokens: Sequence[Token], first: int, stop: int, whole: Body | Entity, registry: Registry) -> bool:
    """Whether the organisation in some tokens is a part of the one right behind: by a noun in small letters that ends
    it (`Горная школа`), or an abbreviation before a public body.
    """
    last = tokens[stop - 1]
    if isinstance(whole, Body) and registry[whole.candidates[0]].type == "Country":
        return False
    if isinstance(whole, Body) and stop - first == 1 and _is_offshoot(last, whole, registry):
        return True
    if stop - first < 2 or last.capital or tokens[stop - 2].text in QUOTES:
        return False
    readings = parses(last.text)
    return "NOUN" in readings[0].tags and hangs(tokens[stop])


def _is_offshoot(token: Token, body: Body, registry: Registry) -> bool:
    public = any(registry[actor].type == "PublicBody" for actor in body.candidates)
    public = public or (body.last - body.first == 1 and not body.generic)  # `УНП ООН`
    return public and token.text.isupper() and 1 < len(token.text) <= _ABBREVIATION


def _settled(
    bodies: Sequence[Body],
    entities: Sequence[Entity],
    found: Iterable[Phrase],
    index: TokenIndex,
    kinds: frozenset[str],
) -> Named:
    """A phrase goes before what lies in it, but for the registry's body that it only repeats."""
    named = Disjoint(entities)
    by_token = {at: body for body in bodies if not body.adjective for at in range(body.first, body.last)}
    outer: list[Entity] = []
    echoes: list[tuple[Entity, str]] = []
    for phrase in found:
        if _only_repeats(phrase, by_token, index.tokens, kinds):
            continue
        span = Entity(index.tokens[phrase.first].start, index.tokens[phrase.stop - 1].end, "ORG")
        if phrase.sure:
            outer.append(span)
        elif not named.overlap(span.start, span.end):
            echoes.append((span, phrase.lemma))
    spans = Disjoint(outer)
    rest = [entity for entity in entities if not spans.overlap(entity.start, entity.end)]
    return Named(
        bodies=Bodies([body for body in bodies if not spans.overlap(*body.span)]),
        organizations=tuple(sorted([*(entity for entity in rest if entity.type == "ORG"), *outer])),
        people=tuple(entity for entity in rest if entity.type == "PER"),
        echoes=tuple(echoes),
    )


def _only_repeats(phrase: Phrase, by_token: Mapping[int, Body], tokens: Sequence[Token], kinds: frozenset[str]) -> bool:
    """Whether a phrase says no more than the body or the quotation that stands in it."""
    if phrase.first == phrase.head and phrase.lemma in kinds and _is_called(phrase, by_token, tokens):
        return True  # `агентство «24.kg»`
    if phrase.lemma in kinds and phrase.stop > phrase.head + 1 == _opening(phrase, tokens):
        return True  # `благотворительный фонд «Заря»`: what stands between the marks is the name
    body = by_token.get(phrase.head)
    if body is None or (phrase.placed and phrase.first < body.first):
        return False  # `башкирское правительство`
    behind = tokens[body.last : phrase.stop]
    if all(lemmas(token.text) & _THE_STATE for token in behind):
        return True  # `правительство` alone, or `правительство страны`
    return not body.generic and all(token.text.islower() for token in behind)  # `Генпрокуратура подробностей не дала`


def _opening(phrase: Phrase, tokens: Sequence[Token]) -> int | None:
    """The quotation mark that opens what a phrase ends with; None where it ends otherwise."""
    return quotation_start(tokens, phrase.stop, phrase.head)


def _is_called(phrase: Phrase, by_token: Mapping[int, Body], tokens: Sequence[Token]) -> bool:
    """Whether all that stands behind a phrase's head is an own name of the registry: between quotation marks or in
    Latin letters, for `агентства ООН` are others.
    """
    first = tokens[min(phrase.head + 1, phrase.stop - 1)]
    own = [at for at in range(phrase.head + 1, phrase.stop) if tokens[at].text not in QUOTES]
    if not own or not (first.text in QUOTES or first.text.isascii()):
        return False
    body = by_token.get(own[0])
    return body is not None and not body.generic and all(by_token.get(at) is body for at in own)
