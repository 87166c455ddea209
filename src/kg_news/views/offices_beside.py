"""The offices beside the names of persons: before a name, behind it, or before the list that it is in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from kg_news.records import Span
from kg_news.views.apportioned import apportioned
from kg_news.views.declension import GENITIVE
from kg_news.views.listed_names import Place, in_one_case
from kg_news.views.lists import is_joint
from kg_news.views.names import NameMention, Setting, cases_of, name_words
from kg_news.views.office_titles import Office, TitleWords
from kg_news.views.offices import offices_after, offices_before, offices_leading, remark_end
from kg_news.views.surroundings import leading_gender, surroundings
from kg_news.views.tokens import TokenIndex

Offices = tuple[Office, ...]


def offices_beside(
    text: str, index: TokenIndex, words: TitleWords, places: Sequence[Place]
) -> tuple[Sequence[NameMention], Mapping[int, Offices]]:
    """The names of persons at some places, in order, as they are read with their offices; by where a name begins, its
    offices.
    """
    reader = _Reader(text, index, words, places)
    for (first, last), (following, _) in pairwise([*places, (len(index.tokens), 0)]):
        reader.read(first, last, following)
    return reader.result()


class _Reader:
    """Reads one name after the other: what stands before one may be the last one's."""

    def __init__(self, text: str, index: TokenIndex, words: TitleWords, places: Sequence[Place]) -> None:
        self._text = text
        self._tokens = index.tokens
        self._index = index
        self._words = words
        self._begins = [first for first, _ in places]
        self._taken: list[Place] = []
        self._mentions: list[NameMention] = []
        self._offices: dict[int, Offices] = {}
        self._floor = 0
        """Behind the last name: no office reaches back over it."""
        self._shared: Offices = ()
        """What the persons of a list have in common: `депутаты Асан Примеров и Бурул Тестова`."""
        self._rows: list[list[int]] = []
        """Where the names of such lists begin."""

    def read(self, first: int, last: int, following: int) -> None:
        """The name between two tokens; the next one begins at the token `following`."""
        tokens = self._tokens
        span = Span(tokens[first].start, tokens[last - 1].end)
        words = name_words(self._text[slice(*span)])
        if all(word[-1] == "." for word in words):
            return  # `братья Х.`: initials alone name nobody
        start, end = self._index.span(*self._index.sentence(span.start))
        before = self._before(first, start, words)
        listed = bool(self._mentions) and not before and is_joint(tokens, self._floor, first)
        goes_on = is_joint(tokens, last, following)
        if before and before[-1].many and not goes_on:
            before = self._of_one(before, first, words)
        before = self._in_row(before, span.start, listed=listed, goes_on=goes_on)
        cases, setting = surroundings(tokens, first, last, start, end)
        if before and not listed:
            # `соратник Асана Примерова`: the name need not be the holder's
            cases, likely = before[-1].cases | GENITIVE, before[-1].cases
            led = leading_gender(tokens, self._index.at(before[0].start), start)
            setting = Setting(likely, setting.subject or led, before[-1].gender)
        after = self._behind(last, end, following)
        self._offices[span.start] = before + (after if listed else tuple(one for one in after if not one.many))
        self._mentions.append(NameMention(*span, words, cases, setting))
        self._taken.append((first, last))
        self._floor = last

    def result(self) -> tuple[Sequence[NameMention], Mapping[int, Offices]]:
        """What `offices_beside` answers, once all names are read."""
        for row in self._rows:
            self._offices.update(self._apportioned(row))
        return in_one_case(self._tokens, self._taken, self._mentions), self._offices

    def _before(self, first: int, start: int, words: tuple[str, ...]) -> Offices:
        """The offices right before a name, or with a comma between at its sentence's beginning, the token `start`."""
        adjacent = self._floor == first
        floor = start if adjacent else max(start, self._floor)
        before = offices_before(self._tokens, first, self._words, floor)
        if not before and floor == start:
            before = offices_leading(self._tokens, first, self._words, start)
        return self._behind_owner(before, words) if adjacent and before and self._mentions else before

    def _behind_owner(self, before: Offices, words: Sequence[str]) -> Offices:
        """What is left of the offices before a name that stands right behind another, whom they may belong to."""
        owner = self._mentions[-1]
        if before[0].cases <= {"gent", "accs"}:
            surname = len(owner.words) == 1 < len(words)
            if not surname or before[0].title.split()[0] not in self._words.somebodys:
                return ()  # `дочь президента Армении Асана Примерова Бурул Тестова`
            self._offices[owner.start] = ()  # `о советнике Примерова Бурул Тестовой`
        elif before[0].start < owner.start:
            # the one office that reaches back over a name: `адвокат Асана Примерова Бурул Тестова`
            self._offices[owner.start] = ()
            self._mentions[-1] = replace(owner, cases=GENITIVE)
        return before

    def _of_one(self, before: Offices, first: int, words: tuple[str, ...]) -> Offices:
        """What offices of several mean before one name: they are its bearer's in `сенаторы Асан Примеров из Оша и …`,
        but not in `адвокаты Асана Примерова`, nor in `сотрудники президента Асана Примерова`.
        """
        cases = cases_of(words)
        if before[-1].end == self._tokens[first - 1].end and before[-1].cases & cases and "gent" not in cases:
            return tuple(office.of_each() for office in before if office.shared)
        return (before[-1].inner,) if before[-1].inner else ()

    def _in_row(self, before: Offices, start: int, *, listed: bool, goes_on: bool) -> Offices:
        """The offices of a name that begins at `start`: those before it, or where it is `listed` behind others, before
        their list; `goes_on` says that the next name is listed with it.
        """
        if listed:
            if self._shared:
                self._rows[-1].append(start)
            return self._shared
        self._shared = ()
        if before and before[-1].shared and goes_on:
            self._rows.append([start])
            before = self._shared = tuple(office.of_each() for office in before if office.shared)
        return before

    def _behind(self, last: int, end: int, following: int) -> Offices:
        """The offices behind a name: its sentence goes on behind a remark in which another seems to end: `(род. 5 мая
        1950, Ош) — писатель`.
        """
        remark = remark_end(self._tokens, last, len(self._tokens))
        if remark is not None and remark >= min(end, following):
            end = self._index.span(*self._index.sentence(self._tokens[remark].start))[1]
            following = next(iter(self._begins[bisect_left(self._begins, remark) :]), len(self._tokens))
        return offices_after(self._tokens, last, self._words, end, following)

    def _apportioned(self, row: Sequence[int]) -> Iterator[tuple[int, Offices]]:
        """What each person of a list has of the office before them: `президенты Турции и Грузии`."""
        office, *others = self._offices[row[0]] or (None,)
        if office is None or others:
            return
        first, stop = self._index.span(office.start, office.end)
        own = apportioned(self._tokens, first, stop, office, len(row), self._words)
        for start, one in zip(row, own, strict=False):
            yield start, (one, *self._offices[start][1:])
