"""The actors of an article: registry matches and named entities, joined into who acts.

The order of trust: a name in the registry, then the entity model. Persons are grouped by the readings of their names,
and what is named only inside a document's name (`Устав ООН`) is no actor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from kg_news.records import Actor, Mention, Span
from kg_news.views.article import Article, Known
from kg_news.views.bodies import Bodies, Body, Origin, find_bodies
from kg_news.views.declension import GENITIVE, NOMINATIVE, Cases
from kg_news.views.disjoint import Disjoint
from kg_news.views.drafts import Draft, join
from kg_news.views.gazetteer import name_of
from kg_news.views.lone_names import is_official
from kg_news.views.morph import PREDICATES, RELATIONAL, parses
from kg_news.views.named import is_honour, name_all
from kg_news.views.naming import Naming
from kg_news.views.ner import Entity
from kg_news.views.organizations import NamedOrganization, grouped, is_nominative, name_of_group, nominative, unquoted
from kg_news.views.people import People
from kg_news.views.person_names import with_whole_names
from kg_news.views.phrases import RURAL
from kg_news.views.recall import one_article
from kg_news.views.served import Servants, Served
from kg_news.views.sieve import comes_from
from kg_news.views.surroundings import PREPOSITION_CASES
from kg_news.views.tokens import QUOTES, Token, spaced
from kg_news.views.turkic_bodies import NamedBody, turkic_bodies
from kg_news.views.turkic_names import Found, find_persons
from kg_news.views.turkic_person_words import is_place

_JOINING = frozenset({"и", ","})


def actors(article: Article, knowledge: Known) -> tuple[Actor, ...]:
    """Everybody who acts, in the order of first mention."""
    with one_article():
        return _Finder(article, knowledge).actors()


class _Finder:
    """One article, and what its actors are put together from."""

    def __init__(self, article: Article, knowledge: Known) -> None:
        self._article = article
        self._known = knowledge
        if article.language == "ru":
            _ = knowledge.sieves  # made with the first article, whatever stands in it
        self._tokens = article.tokens
        self._index = article.index
        naming = knowledge.naming if article.language == "ru" else knowledge.namings.get(article.language, Naming())
        self._naming = naming
        origin = Origin(article.language, article.country, knowledge.focus)
        bodies, about = find_bodies(article.matches, article.tokens, knowledge.registry, origin)
        entities = with_whole_names(article, self._index)
        self._named_here = name_all(
            bodies,
            entities,
            self._index,
            article.sentences,
            naming,
            knowledge.registry,
            lambda token: knowledge.focus.is_place(token, article.language),
            article.language,
        )
        self._bodies = self._named_here.bodies
        self._states = {
            at: match.actors[0]
            for match in article.matches
            if knowledge.registry[match.actors[0]].type == "Country"
            for at in range(match.first, match.last)
        }
        countries = {at: knowledge.registry[state].country for at, state in self._states.items()}
        words = knowledge.servants.get(article.language, Servants())
        self._served = Served(self._index, countries, about, words, article.language)
        self._persons: tuple[Found, ...] = ()
        self._turkic: tuple[NamedBody, ...] = ()
        if article.language in knowledge.person_words:
            self._read_turkic(article.language)

    def _read_turkic(self, language: str) -> None:
        """Find persons and bodies where no entity model is asked. A state within a body's name is a part of it."""
        beginnings = [sentence.start for sentence in self._article.sentences]
        busy = {at for body in self._bodies if not body.adjective for at in range(body.first, body.last)}
        words = self._known.person_words[language]
        persons = find_persons(self._tokens, beginnings, words, busy)
        self._persons = tuple(
            found for found in persons if not any(self._bodies.overlap(*span) for span in found.mentions)
        )
        registry, bodies = self._known.registry, list(self._bodies)
        is_state = [registry[body.candidates[0]].type == "Country" for body in bodies]
        states = Disjoint(body.span for body, state in zip(bodies, is_state, strict=True) if state)
        named = {number: body for number, body in enumerate(bodies) if not is_state[number]}
        theirs = [span for found in self._persons for span in found.mentions]
        taken = Disjoint([*(body.span for body in named.values()), *theirs])
        self._turkic, echoes = turkic_bodies(
            self._tokens,
            frozenset(beginnings),
            self._known.body_nouns[language],
            lambda token: states.overlap(token.start, token.end),
            lambda token: taken.overlap(token.start, token.end),
            {self._tokens[body.last - 1].start: number for number, body in named.items()},
            lambda token: is_place(token.text, words),
        )
        bodies += [replace(bodies[number], span=span, first=self._index.at(span.start)) for span, number in echoes]
        found_here = Disjoint(span for body in self._turkic for span in body.mentions)
        outside = (  # `Асан Примеров атындагы китепкана` names a library
            replace(found, mentions=tuple(span for span in found.mentions if not found_here.overlap(*span)))
            for found in self._persons
        )
        self._persons = tuple(found for found in outside if found.mentions)
        free = (body for body in bodies if not found_here.overlap(*body.span))
        self._bodies = Bodies(sorted(free, key=lambda body: body.span))

    def actors(self) -> tuple[Actor, ...]:
        bodies = [*self._registered(), *self._organizations(self._named_here.organizations)]
        people = People(self._article, self._known, self._index, self._bodies, self._served)
        drafts = [
            *join(bodies, self._index, self._named_here.echoes, self._states, self._naming),
            *people.by_titles(self._persons),
            *map(self._of_rules, self._turkic),
            *people.of_entities(self._named_here.people),
        ]
        kept = [draft for draft in drafts if draft.in_documents < len(draft.mentions)]
        return tuple(self._finish(draft) for draft in sorted(kept, key=lambda draft: min(draft.mentions)))

    def _of_rules(self, body: NamedBody) -> Draft:
        if body.id is None:
            return Draft(body.name, body.type, mentions=list(body.mentions), method="rules")
        entry = self._known.registry[body.id]
        return Draft(body.name, entry.type, entry, entry.country, mentions=list(body.mentions), method="registry")

    def _finish(self, draft: Draft) -> Actor:
        text = self._article.text
        return Actor(
            name=draft.name,
            type=draft.type,
            id=draft.entry.id if draft.entry else None,
            wikidata=draft.entry.wikidata if draft.entry else None,
            country=draft.country or self._country(draft),
            offices=tuple(dict.fromkeys(draft.offices)),
            method=draft.method,
            mentions=tuple(Mention(*span, text[slice(*span)]) for span in sorted(set(draft.mentions))),
        )

    def _country(self, draft: Draft) -> str | None:
        """The state of a body that the registry lacks, or does not tell from others'."""
        if draft.entry or draft.type == "Person":
            return None
        public = draft.type == "PublicBody"
        found = (self._served.by_body(mention, public=public) for mention in sorted(draft.mentions))
        return next(filter(None, found), None)

    def _in_document(self, first: int) -> bool:
        """`Устав ООН`: the word before the token names a document; or an award: `народный артист Кыргызстана`."""
        if first > 0 and comes_from(self._tokens[first - 1].text, self._known.documents):
            return True
        return is_honour(self._tokens, first, self._known.naming.honours)

    # Bodies and states of the registry

    def _registered(self) -> Iterator[Draft]:
        groups: dict[object, list[Body]] = {}
        states = _states_of(self._bodies)
        for body in self._bodies:
            key = body.id or (body.candidates, body.state or states.get(body.candidates))
            groups.setdefault(key, []).append(body)
        _join_variants(groups)
        for group in groups.values():
            draft = self._draft(max(group, key=lambda body: body.state is not None))
            draft.mentions = [body.span for body in group]
            draft.in_documents = sum(self._in_document(body.first) for body in group)
            yield draft

    def _draft(self, body: Body) -> Draft:
        if body.id:
            entry = self._known.registry[body.id]
            name = name_of(entry, self._article.language)
            return Draft(name, entry.type, entry, entry.country, method="registry")
        first, last = self._index.span(*body.span)
        words = self._tokens[first:last]
        kind = self._known.registry[body.candidates[0]].type
        russian = self._article.language == "ru"
        forms = nominative(words) if russian else [token.text for token in words]
        return Draft(spaced(words, forms), kind, country=body.state, method="registry")

    # Organisations that the entity model and the rules of `named` find

    def _organizations(self, entities: Sequence[Entity]) -> Iterator[Draft]:
        found = [named for entity in entities if (named := self._organization(entity))]
        by_model = {entity.end for entity in self._article.entities if entity.type == "ORG"}
        for group in grouped(found, self._known.naming.kinds):
            yield Draft(
                name=self._name(group),
                type=self._organization_type(group[0]),
                mentions=[mention.span for mention in group],
                in_documents=sum(self._in_document(mention.first) for mention in group),
                method="ner" if any(mention.span.end in by_model for mention in group) else "rules",
            )

    def _name(self, group: Sequence[NamedOrganization]) -> str:
        """In the nominative; of a building that stands for who works in it, as it is listed: `Акорда`."""
        naming = self._known.naming
        if len(group[0].keys) == 1 and (building := min(group[0].keys[0] & naming.metonyms, default="")).isalpha():
            return building.capitalize()
        full = [mention for mention in group if mention.words[0].text.lower() in naming.legal]
        return name_of_group(full or group, naming.plurals)

    def _organization(self, entity: Entity) -> NamedOrganization | None:
        """The organisation that an entity names; None where it has no word, or is a document: `Хартию ООН`."""
        first, last = self._index.span(entity.start, entity.end)
        quoted = self._tokens[max(0, first - 1)].text in QUOTES or self._tokens[first].text in QUOTES
        if quoted and any(_is_predicate(token) for token in self._tokens[first:last]):
            return None  # a headline: `«Дорога закрыта»`
        if not quoted:
            last = next((at for at in range(first + 1, last) if _is_verb(self._tokens[at])), last)
        words = [*unquoted(self._tokens[first:last]), *self._shared(first, last)]
        if not any(token.is_word for token in words) or comes_from(words[0].text, self._known.documents):
            return None
        cases = self._demanded(first) or self._governed(first)
        if quoted and is_nominative(words):
            cases = NOMINATIVE  # `в журналах «Квант» и «Луч»`
        unbent = quoted and self._is_told(first) and not self._governed(first)
        return NamedOrganization(Span(entity.start, self._tokens[last - 1].end), words, first, cases, unbent)

    def _is_told(self, first: int) -> bool:
        """Whether a noun before the quotation mark bends in a name's stead: `директор завода «Заря»`."""
        opening = first - 1 if self._tokens[first].text not in QUOTES else first
        if opening < 1 or self._tokens[opening].text not in QUOTES:
            return False
        before = self._tokens[opening - 1].text
        return comes_from(before, self._known.naming.kinds) or comes_from(before, self._known.companies)

    def _shared(self, first: int, last: int) -> Sequence[Token]:
        """The noun that an adjective has in common with the next one: `театров` of `Малого и Заречного театров`."""
        behind = self._tokens[last : last + 3]
        if last - first > 1 or len(behind) < 3 or behind[0].text not in _JOINING or not behind[1].capital:
            return ()
        adjectives = all("ADJF" in parses(token.text)[0].tags for token in (self._tokens[first], behind[1]))
        noun = behind[2]
        return (noun,) if adjectives and noun.text.islower() and "NOUN" in parses(noun.text)[0].tags else ()

    def _organization_type(self, mention: NamedOrganization) -> str:
        naming, companies = self._known.naming, self._known.companies
        if any(key & (companies | naming.legal) for key in mention.keys) or comes_from(
            self._before(mention.first), companies
        ):
            return "Company"
        public = self._known.public_bodies | naming.alone | naming.plurals
        adjectives = takewhile(_is_adjective, mention.words)
        head = sum(1 for _ in adjectives)  # `Первомайский районный суд`; the word behind it may tell too
        named = any(key & public for key in mention.keys[: max(2, head + 1)])
        return "PublicBody" if named or is_official(mention.words[0].text, naming.official) else "Organization"

    def _governed(self, first: int) -> Cases | None:
        """The genitive behind the noun on which a name hangs: `журналисты «Клоопа»`. A singular thing may be what the
        name names: `агентство «Клооп»`.
        """
        tags = parses(self._before(first))[0].tags
        return GENITIVE if "NOUN" in tags and tags & {"anim", "plur"} else None

    def _demanded(self, first: int) -> Cases | None:
        """The cases in which a name can stand, by the preposition before it."""
        return PREPOSITION_CASES.get(self._before(first).lower())

    def _before(self, first: int) -> str:
        """The word before a name; nothing where another mark than a quotation mark stands between."""
        if first and self._tokens[first - 1].text in QUOTES:
            first -= 1
        return self._tokens[first - 1].text if first else ""


def _is_adjective(token: Token) -> bool:
    """`Первомайский`; `Кара-Балтинский`, which the dictionary takes for a noun; `айыл` of `айыл окмоту`."""
    parse = parses(token.text)[0]
    return "ADJF" in parse.tags or parse.lemma.endswith(RELATIONAL) or token.text.lower() in RURAL


def _is_verb(token: Token) -> bool:
    """The model at times takes one into a name: `Совет собрался`. `Уральской стали` has none."""
    tags = [parse.tags for parse in parses(token.text)] if token.text.islower() else []
    return any("VERB" in of for of in tags) and not any("NOUN" in of for of in tags)


def _is_predicate(token: Token) -> bool:
    return token.text.islower() and not PREDICATES.isdisjoint(parses(token.text)[0].tags)


def _join_variants(groups: dict[object, list[Body]]) -> None:
    """Put together what two generic names call one body of a state that the registry lacks: `правительство Армении` and
    `кабмин Армении` may both be the cabinet of the same states.
    """
    first: dict[tuple[str, str], object] = {}
    for key in list(groups):
        if not isinstance(key, tuple) or key[1] is None:
            continue
        candidates, state = key
        known = next((first[state, actor] for actor in candidates if (state, actor) in first), None)
        if known is None:
            first |= {(state, actor): key for actor in candidates}
        else:
            groups[known] += groups.pop(key)


def _states_of(bodies: Iterable[Body]) -> dict[tuple[str, ...], str]:
    """For a generic name that means no one actor, the one state that it has in the document: after `правительство
    Армении`, which the registry lacks, `правительство` is Armenia's too.
    """
    found: dict[tuple[str, ...], set[str]] = {}
    for body in bodies:
        if body.state and not body.id:
            found.setdefault(body.candidates, set()).add(body.state)
    return {candidates: states.pop() for candidates, states in found.items() if len(states) == 1}
