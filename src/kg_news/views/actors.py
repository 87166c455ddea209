"""The actors of an article: registry matches and named entities, joined into who acts.

The order of trust: a name in the registry, then the entity model. A body's name takes the state behind it in
(`кабмине Кыргызстана`), a generic word (`кабмин`) means the one body that the document names otherwise, persons are
grouped by the readings of their names, and what is named only inside a document's name (`Устав ООН`) is no actor.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg_news.records import Actor, Mention, Span
from kg_news.views.gazetteer import ActorLike, Match, name_of
from kg_news.views.morph import inflect, known, lemmas, parses
from kg_news.views.names import ALL_CASES, Cases, NameMention, name_words, persons
from kg_news.views.ner import Entity
from kg_news.views.offices import Office, offices_after, offices_before
from kg_news.views.tokens import Token

_PREPOSITION_CASES: dict[str, Cases] = {
    **dict.fromkeys(("у", "от", "для", "против", "без", "из", "после", "около", "кроме"), frozenset({"gent"})),
    **dict.fromkeys(("к", "ко", "благодаря"), frozenset({"datv"})),
    **dict.fromkeys(("с", "со", "над", "между", "перед"), frozenset({"ablt", "gent"})),
    **dict.fromkeys(("о", "об", "обо", "при"), frozenset({"loct"})),
}
_QUOTES = frozenset("«»“”„\"'")


@dataclass(frozen=True)
class Terms:
    """Russian words that decide, from `registry/languages/ru.yml` (lemmas)."""

    offices: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    public_bodies: frozenset[str] = frozenset()
    companies: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Article:
    """What is known of the text before its actors are."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Span, ...]
    entities: tuple[Entity, ...]
    matches: tuple[Match, ...]
    language: str
    country: str | None
    """Where the outlet is at home."""


@dataclass
class _Draft:
    """An actor that is being put together."""

    name: str
    type: str
    id: str | None
    wikidata: str | None
    country: str | None
    method: str
    offices: list[str] = field(default_factory=list)
    mentions: list[Span] = field(default_factory=list)
    in_documents: int = 0


def actors(article: Article, registry: Mapping[str, ActorLike], terms: Terms) -> tuple[Actor, ...]:
    """Everybody who acts, in the order of first mention."""
    index = _TokenIndex(article)
    bodies = _with_states(article, registry, index)
    drafts = [*_registered(article, registry, bodies, index, terms)]
    taken = [Span(*body.span) for body in bodies]
    entities = [entity for entity in article.entities if not _overlaps(entity, taken)]
    drafts += _organizations([entity for entity in entities if entity.type == "ORG"], index, terms)
    drafts += _persons([entity for entity in entities if entity.type == "PER"], article, registry, index, terms, bodies)
    kept = [draft for draft in drafts if draft.in_documents < len(draft.mentions)]
    return tuple(_finish(draft, article.text) for draft in sorted(kept, key=lambda draft: min(draft.mentions)))


def _finish(draft: _Draft, text: str) -> Actor:
    return Actor(
        name=draft.name,
        type=draft.type,
        id=draft.id,
        wikidata=draft.wikidata,
        country=draft.country,
        offices=tuple(dict.fromkeys(draft.offices)),
        method=draft.method,
        mentions=tuple(Mention(span.start, span.end, text[slice(*span)]) for span in sorted(set(draft.mentions))),
    )


class _TokenIndex:
    """Finds tokens by their place."""

    def __init__(self, article: Article) -> None:
        self.tokens = article.tokens
        self._starts = [token.start for token in article.tokens]
        self._sentence_starts = [sentence.start for sentence in article.sentences]
        self._sentences = article.sentences

    def at(self, offset: int) -> int:
        """Index of the token that holds the offset, or of the one before it."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def span(self, span: Span | Entity) -> tuple[int, int]:
        return self.at(span.start), self.at(span.end - 1) + 1

    def sentence(self, offset: int) -> tuple[int, int]:
        """First token and token behind the last of the sentence around an offset."""
        if not self._sentences:
            return 0, len(self.tokens)
        sentence = self._sentences[max(0, bisect_right(self._sentence_starts, offset) - 1)]
        return self.at(sentence.start), self.at(sentence.end - 1) + 1


def _overlaps(entity: Entity, spans: Iterable[Span]) -> bool:
    return any(entity.start < span.end and span.start < entity.end for span in spans)


# Bodies and states of the registry


@dataclass(frozen=True)
class _Body:
    """A match with the state behind it taken in."""

    span: Span
    actors: tuple[str, ...]
    generic: bool
    first: int
    state: str | None


def _with_states(article: Article, registry: Mapping[str, ActorLike], index: _TokenIndex) -> list[_Body]:
    bodies: list[_Body] = []
    for match in article.matches:
        is_state = registry[match.actors[0]].type == "Country"
        last = bodies[-1] if bodies else None
        if is_state and last and _takes_state(last, match, registry, index):
            state = registry[match.actors[0]].country
            own = tuple(actor for actor in last.actors if registry[actor].country == state)
            bodies[-1] = _Body(Span(last.span.start, match.end), own or last.actors, not own, last.first, state)
        else:
            bodies.append(_Body(Span(match.start, match.end), match.actors, match.generic, match.first, None))
    return bodies


def _takes_state(body: _Body, state: Match, registry: Mapping[str, ActorLike], index: _TokenIndex) -> bool:
    """`Кабинет министров Кыргызстана`, `парламента РК`: the state stands right behind, in the genitive or unbent."""
    if any(registry[actor].type != "PublicBody" for actor in body.actors) or body.state is not None:
        return False
    if index.tokens[state.first - 1].end != body.span.end:
        return False
    tags = parses(index.tokens[state.first].text)
    return (
        any("gent" in parse.tags or "Fixd" in parse.tags for parse in tags) or index.tokens[state.first].text.isupper()
    )


def _registered(
    article: Article, registry: Mapping[str, ActorLike], bodies: Sequence[_Body], index: _TokenIndex, terms: Terms
) -> list[_Draft]:
    named = {body.actors[0] for body in bodies if not body.generic and len(body.actors) == 1}
    states = {body.state or registry[actor].country for body in bodies for actor in body.actors if not body.generic} - {
        None
    }
    home = article.country if states <= {article.country} else None
    drafts: dict[str, _Draft] = {}
    for body in bodies:
        actor = _resolve(body, registry, named, home)
        if actor:
            key, entry = actor, registry[actor]
            draft = drafts.setdefault(
                key,
                _Draft(
                    name_of(entry, article.language), entry.type, actor, _wikidata(entry), entry.country, "registry"
                ),
            )
        else:
            first, last = index.span(body.span)
            name = nominative(index.tokens[first:last])
            kind = registry[body.actors[0]].type
            draft = drafts.setdefault(f"{kind} {name.lower()}", _Draft(name, kind, None, None, body.state, "registry"))
        draft.mentions.append(body.span)
        draft.in_documents += _in_document(index.tokens, body.first, terms.documents)
    return list(drafts.values())


def _wikidata(entry: ActorLike) -> str | None:
    return getattr(entry, "wikidata", None)


def _resolve(body: _Body, registry: Mapping[str, ActorLike], named: set[str], home: str | None) -> str | None:
    """Which actor a match means: the only one; of several the one that the document names; else the outlet's own
    country's.

    `home` is that country as long as the document names no other state: in an article of a Kyrgyz outlet on Kazakhstan
    «МВД» may be either state's.
    """
    if body.state is not None:
        own = [actor for actor in body.actors if registry[actor].country == body.state]
        return own[0] if len(own) == 1 else None
    if not body.generic and len(body.actors) == 1:
        return body.actors[0]
    here = [actor for actor in body.actors if actor in named]
    if len(here) == 1:
        return here[0]
    at_home = [actor for actor in body.actors if home is not None and registry[actor].country == home]
    return at_home[0] if len(at_home) == 1 and not here else None


def _in_document(tokens: Sequence[Token], first: int, documents: frozenset[str]) -> bool:
    """`Устав ООН`: the word before names a document."""
    return first > 0 and bool(lemmas(tokens[first - 1].text) & documents)


# Organisations that the entity model finds


def _organizations(entities: Sequence[Entity], index: _TokenIndex, terms: Terms) -> list[_Draft]:
    drafts: list[tuple[list[frozenset[str]], _Draft]] = []
    for entity in entities:
        first, last = index.span(entity)
        words = [token for token in index.tokens[first:last] if token.text not in _QUOTES]
        if not words or not any(token.is_word for token in words):
            continue
        keys = [lemmas(token.text) for token in words]
        draft = next(
            (
                draft
                for own, draft in drafts
                if len(own) == len(keys) and all(a & b for a, b in zip(own, keys, strict=True))
            ),
            None,
        )
        if draft is None:
            draft = _Draft(nominative(words), _organization_type(keys, terms), None, None, None, "ner")
            drafts.append((keys, draft))
        draft.mentions.append(Span(entity.start, entity.end))
        draft.in_documents += _in_document(index.tokens, first, terms.documents)
    return [draft for _, draft in drafts]


def _organization_type(keys: Sequence[frozenset[str]], terms: Terms) -> str:
    if any(key & terms.companies for key in keys):
        return "Company"
    return "PublicBody" if any(key & terms.public_bodies for key in keys[:2]) else "Organization"


def nominative(words: Sequence[Token]) -> str:
    """A body's name with its first noun, and the adjectives before it, in the nominative: `Пограничной службе` →
    `Пограничная служба`.
    """
    out: list[str] = []
    done = False
    for number, token in enumerate(words):
        form = token.text
        tags = parses(form)[0].tags
        if not done and token.is_word and not (form.isupper() and len(form) > 1) and not form.isascii():
            noun = "NOUN" in tags
            if (noun or "ADJF" in tags) and known(form):
                gender = tags & {"masc", "femn", "neut"} if not noun else frozenset()
                number_tag = tags & {"sing", "plur"}
                form = inflect(form, frozenset({"nomn"}) | gender | number_tag) or form
            done = noun
        out.append((" " if number and token.start > words[number - 1].end else "") + form)
    return "".join(out)


# Persons


def _persons(
    entities: Sequence[Entity],
    article: Article,
    registry: Mapping[str, ActorLike],
    index: _TokenIndex,
    terms: Terms,
    bodies: Sequence[_Body],
) -> list[_Draft]:
    offices: dict[int, tuple[Office, ...]] = {}
    mentions = []
    for entity in entities:
        first, last = index.span(entity)
        words = name_words(article.text[entity.start : entity.end])
        if not words:
            continue
        floor, ceiling = index.sentence(entity.start)
        before = offices_before(index.tokens, first, terms.offices, floor)
        offices[entity.start] = before + offices_after(index.tokens, last, terms.offices, ceiling)
        mentions.append(NameMention(entity.start, entity.end, words, _demanded(index.tokens, first, before)))
    linked = _persons_by_name(registry, article.language)
    drafts = []
    for person in persons(mentions):
        held = [office for mention in person.mentions for office in offices[mention.start]]
        entry = linked.get(person.name)
        country = entry.country if entry else _country_of(held, bodies, registry)
        drafts.append(
            _Draft(
                name=person.name,
                type="Person",
                id=entry.id if entry else None,
                wikidata=_wikidata(entry) if entry else None,
                country=country,
                method="registry" if entry else "ner",
                offices=[office.title for office in held],
                mentions=[Span(mention.start, mention.end) for mention in person.mentions],
            )
        )
    return drafts


def _persons_by_name(registry: Mapping[str, ActorLike], language: str) -> dict[str, ActorLike]:
    """Persons of the registry by full name; a name that two of them have links to none."""
    found: dict[str, list[ActorLike]] = {}
    for actor in registry.values():
        if actor.type == "Person":
            for name in {actor.names.get(language, ""), *actor.aliases.get(language, ())} - {""}:
                found.setdefault(name.replace("ё", "е"), []).append(actor)
    return {name: actors[0] for name, actors in found.items() if len(actors) == 1}


def _demanded(tokens: Sequence[Token], first: int, before: Sequence[Office]) -> Cases:
    """The cases in which a name can stand, by the office or the preposition before it."""
    if before:
        return before[-1].cases
    if first and (cases := _PREPOSITION_CASES.get(tokens[first - 1].text.lower())):
        return cases
    return ALL_CASES


def _country_of(held: Sequence[Office], bodies: Sequence[_Body], registry: Mapping[str, ActorLike]) -> str | None:
    """The state that an office names, itself or by its body: `президент Казахстана`, `председатель ГКНБ`."""
    found = {
        body.state or registry[body.actors[0]].country
        for office in held
        for body in bodies
        if office.start <= body.span.start < office.end and (body.state or len(body.actors) == 1)
    } - {None}
    return found.pop() if len(found) == 1 else None
