"""Bodies, organisations and states of the registry in a text, and which of them a name means.

A body's name takes the state behind it in (`кабмине Кыргызстана`); a generic word (`кабмин`) means the one body that
the document names otherwise, or the one of the state that the document is about. Where several are possible, none is
chosen.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg_news.records import Span
from kg_news.registry import RegistryActor
from kg_news.views.disjoint import Disjoint
from kg_news.views.focus import About, Focus
from kg_news.views.gazetteer import TURKIC, Match
from kg_news.views.morph import parses
from kg_news.views.tokens import Token

Registry = Mapping[str, RegistryActor]

_BODY = 2
"""Weight of a body that says whose it is, where a state that is named has 1."""


@dataclass(frozen=True)
class Body:
    """A registry name in the text."""

    span: Span
    first: int
    """Index of its first token."""
    candidates: tuple[str, ...]
    """Ids of all actors that have this name."""
    generic: bool
    """Whether the name alone does not say who is meant."""
    state: str | None = None
    """ISO 3166-1 alpha-3 code of the state that stands behind the name: `МВД Казахстана`."""
    last: int = 0
    """Index behind its last token."""
    adjective: bool = False
    """Whether it is an adjective of a state: `казахстанский`."""
    id: str | None = None
    """Which of the candidates is meant; None where that cannot be told, or where it is none of them."""


class Bodies:
    """The bodies of a text in reading order, disjoint, to be found by their place."""

    def __init__(self, bodies: Sequence[Body]) -> None:
        self._bodies = bodies
        self._starts = [body.span.start for body in bodies]
        self._places = Disjoint(body.span for body in bodies)

    def __iter__(self) -> Iterator[Body]:
        return iter(self._bodies)

    def overlap(self, start: int, end: int) -> bool:
        """Whether a stretch of text shares a character with one of them."""
        return self._places.overlap(start, end)

    def within(self, start: int, end: int) -> Sequence[Body]:
        """Those that begin in a stretch of text."""
        return self._bodies[bisect_right(self._starts, start - 1) : bisect_right(self._starts, end - 1)]


@dataclass(frozen=True)
class Origin:
    """What tells of which state an article is, before its names are read."""

    language: str
    home: str | None
    """The outlet's country, ISO 3166-1 alpha-3."""
    focus: Focus


def find_bodies(
    matches: Sequence[Match], tokens: Sequence[Token], registry: Registry, origin: Origin
) -> tuple[Bodies, Callable[[], About]]:
    """The matches with their states taken in, each with the actor that it means; and which state the text is about,
    worked out when it is first asked for.
    """
    bodies = _with_states(matches, tokens, registry, origin.language)

    @cache
    def about() -> About:
        return origin.focus.about(_evidence(bodies, registry), tokens, origin.language, origin.home)

    return Bodies(_resolved(bodies, registry, about)), about


def _with_states(matches: Sequence[Match], tokens: Sequence[Token], registry: Registry, language: str) -> list[Body]:
    bodies: list[Body] = []
    for match in reversed(matches):  # of `пограничная служба ГКНБ КР` the last word says whose all of it is
        span = Span(match.start, match.end)
        body = Body(span, match.first, match.actors, match.generic, last=match.last, adjective=match.adjective)
        if bodies and language not in TURKIC and _belongs_to(bodies[-1], body, tokens, registry):
            bodies[-1] = _of_state(body, bodies[-1], registry)
        elif bodies and _is_described(bodies[-1], body, registry, language):
            bodies[-1] = _of_state(bodies[-1], body, registry)
        else:
            bodies.append(body)
    return bodies[::-1]


def _belongs_to(state: Body, body: Body, tokens: Sequence[Token], registry: Registry) -> bool:
    """`Кабинет министров Кыргызстана`, `парламента РК`: the state stands right behind, in the genitive or unbent; or a
    body of a state, of which a body that many states have is a part: `пограничная служба ФСБ России`.
    """
    owner = registry[state.candidates[0]]
    sure = state.state or (len(state.candidates) == 1 and not state.generic and owner.country)
    whole = owner.type == "PublicBody" and body.generic and bool(sure)
    if not (owner.type == "Country" or whole) or state.adjective:
        return False
    if not _is_public(body, registry):
        return False
    if tokens[state.first - 1].end != body.span.end:
        return False
    word = tokens[state.first].text
    return word.isupper() or any("gent" in parse.tags or "Fixd" in parse.tags for parse in parses(word))


def _is_described(body: Body, state: Body, registry: Registry, language: str) -> bool:
    """`казахстанский парламент`, `Түркиянын парламенти`: an adjective of a state, or in Kyrgyz and Kazakh the state
    itself, right before a name that several states' bodies bear.
    """
    before = state.adjective or (language in TURKIC and registry[state.candidates[0]].type == "Country")
    return before and state.last == body.first and body.generic and _is_public(body, registry)


def _is_public(body: Body, registry: Registry) -> bool:
    """Whether a name is that of a state's body: `Совет безопасности` is, though the United Nations have one too."""
    return any(registry[actor].type == "PublicBody" for actor in body.candidates)


def _of_state(body: Body, state: Body, registry: Registry) -> Body:
    country = state.state or registry[state.candidates[0]].country
    own = tuple(actor for actor in body.candidates if registry[actor].country == country)
    return replace(
        body,
        span=Span(min(body.span.start, state.span.start), max(body.span.end, state.span.end)),
        first=min(body.first, state.first),
        last=max(body.last, state.last),
        candidates=own or body.candidates,
        generic=not own,
        state=country,
    )


def _resolved(bodies: Sequence[Body], registry: Registry, about: Callable[[], About]) -> tuple[Body, ...]:
    """Choose among the candidates."""
    named = {body.candidates[0] for body in bodies if not body.generic and len(body.candidates) == 1}
    return tuple(replace(body, id=_meant(body, registry, named, about)) for body in bodies)


def _evidence(bodies: Iterable[Body], registry: Registry) -> Counter[str]:
    """The weight of the states and bodies that a text names, by state."""
    states: Counter[str] = Counter()
    for body in bodies:
        actor = registry[body.candidates[0]]
        sure = not body.generic and len(body.candidates) == 1
        if state := body.state or (actor.country if sure else None):
            states[state] += 1 if actor.type == "Country" else _BODY
    return states


def _meant(body: Body, registry: Registry, named: set[str], about: Callable[[], About]) -> str | None:
    if body.state is not None:
        return _only([actor for actor in body.candidates if registry[actor].country == body.state])
    if not body.generic:
        return _only(body.candidates)
    here = [actor for actor in body.candidates if actor in named]
    if here:
        return _only(here)
    state = about().state({country for actor in body.candidates if (country := registry[actor].country)})
    return _only([actor for actor in body.candidates if state and registry[actor].country == state])


def _only(actors: Sequence[str]) -> str | None:
    return actors[0] if len(actors) == 1 else None
