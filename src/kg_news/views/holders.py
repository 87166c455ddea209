"""Who of the registry's persons a text means: by the whole name, or by surname and office at the article's date.

`Президент Казахстана Назарбаев` is one person in 2010, and nobody in office in 2023. Where several fit, or none, there
is no link.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from kg_news import edtf
from kg_news.registry import Office as Term
from kg_news.registry import RegistryActor
from kg_news.views.morph import plain

_FORMER = ("экс-", "бывш", "мурдагы", "экс ", "бұрынғы")


@dataclass(frozen=True)
class Claim:
    """An office that a text gives somebody: its title in the nominative and the state it names."""

    title: str
    country: str | None

    @property
    def former(self) -> bool:
        return self.title.lower().startswith(_FORMER)


class Holders:
    """The registry's persons in one language, by their names."""

    def __init__(self, registry: Mapping[str, RegistryActor], language: str) -> None:
        self._by_name: dict[str, list[RegistryActor]] = {}
        self._by_surname: dict[str, dict[str, RegistryActor]] = {}
        self._terms: dict[str, list[tuple[str, RegistryActor, Term]]] = {}
        """By state, its presidents' terms of office with their surnames, of whose surname there is nobody else."""
        self._language = language
        persons = [actor for actor in registry.values() if actor.type == "Person"]
        for actor in persons:
            for name in {actor.names.get(language, ""), *actor.aliases.get(language, ())} - {""}:
                self._by_name.setdefault(plain(name), []).append(actor)
                self._by_surname.setdefault(plain(name).split()[-1], {})[actor.id] = actor
        for actor in persons:
            surname = plain(actor.names.get(language, "-")).split()[-1]
            for term in filter(_is_president, actor.offices if len(self._by_surname.get(surname, ())) == 1 else ()):
                self._terms.setdefault(term.country or "", []).append((surname, actor, term))

    def person(self, name: str, claims: Sequence[Claim], when: str | None) -> RegistryActor | None:
        """Who is meant by a name in the nominative (with е for ё or not); `when` is the article's date in EDTF.

        A whole name that one person has is enough. Among several of that name, and for a surname alone or with
        initials, the offices of the text decide: exactly one person must hold one of them at that time.
        """
        words = plain(name).split()
        if not words:
            return None
        named = self._by_name.get(" ".join(words), [])
        if len(named) == 1 and len(words) > 1:
            return named[0]
        candidates = named or [
            actor
            for actor in self._by_surname.get(words[-1], {}).values()
            if all(word[-1] == "." for word in words[:-1]) and self._has_initial(actor, words[:-1])
        ]
        fitting = [actor for actor in candidates if any(self._holds(actor, claim, when) for claim in claims)]
        return fitting[0] if len(fitting) == 1 else None

    def leaders(self, states: Set[str], when: str | None) -> Mapping[str, RegistryActor]:
        """By surname, the presidents whom an article that names these states means by their surname alone: those in
        office at its date, or still, of whose surname the registry has nobody else.
        """
        return {
            surname: actor
            for state in states
            for surname, actor, term in self._terms.get(state, ())
            if (when or term.end is None) and _in_time(term, when, former=False)
        }

    def _has_initial(self, actor: RegistryActor, initials: Sequence[str]) -> bool:
        names = [actor.names.get(self._language, ""), *actor.aliases.get(self._language, ())]
        return not initials or any(plain(name)[:1] == initials[0][0] for name in names if name)

    def _holds(self, actor: RegistryActor, claim: Claim, when: str | None) -> bool:
        return any(
            same_office(term.title.get(self._language, ""), claim.title)
            and claim.country in {None, term.country}
            and _in_time(term, when, former=claim.former)
            for term in actor.offices
        )


def _is_president(term: Term) -> bool:
    return term.title.get("en") == "president" and term.country is not None


def office_words(registry: Mapping[str, RegistryActor]) -> frozenset[str]:
    """The words by which the offices of the registry's persons begin in Russian: `президент`, `министр`."""
    titles = (term.title.get("ru", "") for actor in registry.values() for term in actor.offices)
    return frozenset(title.split()[0].lower() for title in titles if title)


def same_office(registered: str, worded: str) -> bool:
    """Whether the text's words begin, behind `бывший` and the like, with the office's in the registry: `президент` and
    `президент Казахстана`; `министр` is not `министр финансов`.
    """
    due, said = plain(registered.lower()).split(), plain(worded.lower()).removeprefix("экс-").split()
    return bool(due) and any(said[at : at + len(due)] == due for at in (0, 1))


def _in_time(term: Term, when: str | None, *, former: bool) -> bool:
    """Whether a term of office covers some day of the article's date; a former one has begun before it ends.

    An office without a known beginning or end is open on that side. Without the article's date every term may be
    meant.
    """
    if when is None:
        return True
    first, last = edtf.interval(when)
    begin = edtf.interval(term.start)[0] if term.start else date.min
    end = edtf.interval(term.end)[1] if term.end else date.max
    return begin <= last and (former or first <= end)
