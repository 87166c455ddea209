"""The dateline: `БИШКЕК, 22 мая — Sputnik.`, what an agency's article opens with, and what it says.

Three steps. *Where*: a dateline stands at the text's start, at the start of one of its first lines or sentences, or
behind a headline that ran into it. *What*: one part after another is read (time, date, place, outlet), as long as
punctuation joins them. *Whether*: the first of `RULES` that says yes; a date in a sentence («Бишкек 22 мая отмечает …»)
is stopped by the word that follows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kg_news import edtf
from kg_news.records import Span
from kg_news.registry import Language, Outlet

_LOOK_AT = 600
"""Code points in which a dateline must begin."""
_LONGEST = 250
"""Code points that a dateline may have."""
_LINE = re.compile(r"(?:\A|\n)\s*")
_SENTENCE = re.compile(r"(?<=[.!?…»\"])\s+")
_RUN_IN = re.compile(r"(?<=\s)(?:[0-2]?\d:[0-5]\d(?=,)|[^\W\d_]{2,}(?=[.,]\s|\s[(/]))")
_TAIL = re.compile(
    r"\n[ \t\u00a0]*(?P<lead>[^\n.!?]{2,60}?)[ \t\u00a0]*(?P<mark>[|•·]|,(?=\s))[ \t\u00a0]*(?=\d|[^\W\d_]{3,9} \d)"
)
"""What may stand before a date that ends a line: `Общество | 12 мая 2021`, `Асан Примеров, 12 мая 2021`."""
_BYLINE = re.compile(r"[^\W\d_]\.?[^\W\d_]* [^\W\d_]\.?[^\W\d_]*")
# `17:40 МСК`, `17:40 (GMT+6)`, `17:40:00+06:00`, `5:40 p.m.`: a day is where it was written, so a zone moves none.
_HALF = r"(?:\s?[AaPp]\.?[Mm]\.?(?!\w))?"
_ZONE = r"(?:\s?(?:(?:МСК|мск|MSK|Z)(?!\w)|\(?(?:GMT|UTC)(?:\s?[+-]\d{1,2}(?::?\d\d)?)?\)?|[+-]\d\d:?\d\d))?"
_TIME = re.compile(
    rf"(?:(?:в|at|саат|сағат|soat)\s)?(?:[01]?\d|2[0-3])[:.][0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?![\d.]){_HALF}{_ZONE}"
)
_CAPITALS = re.compile(r"[^\W\d_]{3,}(?:[- ][^\W\d_]{2,})?(?![\w-])")
_ENCLOSED = re.compile(r"/([^/\n]{2,80})/|\(([^()\n]{2,80})\)|\[([^\[\]\n]{2,80})\]")
_CITY = r"(?:\s(?:(?:ш|қ|sh)\.|(?:шаары|қаласы|шаҳри|shahri)(?!\w)))?"
"""A word for “city” behind its name: `Бишкек ш., 12-май`."""
_CORRESPONDENT = re.compile(r"(?:(?:[Сс]об|[Сс]пец)\.\s?)?[Кк]орр\.\s")
_PIECE = re.compile(r"\s[-–—]+\s|[,/]")
_QUOTED = re.compile(r"(?:[^\W\d_]{2,5}\s+)?[«\"“„]")
_UNQUOTE = re.compile(r"[»\"”“]")
_JOIN = re.compile(
    r"[ \t\u00a0]*(?P<stop>\.[ \t\u00a0]*)?(?P<mark>--|[,;:|–—•·]|(?<=\s)/(?=\s)|(?<=\s)-|-(?=\s))?[ \t\u00a0]*"
)
_DASHES = {"-", "--", "–", "—"}
_OPENING = frozenset('«"“„')
_OPENERS = _OPENING | set("(/[")
_SOMEWHERE = ("place", "place in capitals", "capitals")


class Day(NamedTuple):
    """A date as it is written; what is not written is None."""

    year: int | None
    month: int | None
    day: int | None

    def edtf(self) -> str | None:
        """The date in EDTF level 0; None without a year.

        >>> Day(2022, 5, 22).edtf(), Day(2022, None, None).edtf(), Day(None, 5, 22).edtf()
        ('2022-05-22', '2022', None)
        """
        if self.year is None:
            return None
        return f"{self.year:04}" + "".join(f"-{part:02}" for part in (self.month, self.day) if part)


@dataclass(frozen=True)
class Dateline:
    """What the dateline says."""

    span: Span
    """Of `text`."""
    day: Day | None
    outlet: str | None
    """The outlet's id in the registry; None where none is named that the registry knows."""
    form: str | None
    """The outlet as it is written."""
    rule: str
    """The rule that decided."""


@dataclass(frozen=True)
class DatelineTerms:
    """The registry's words, made ready."""

    dates: tuple[re.Pattern[str], ...]
    months: Mapping[str, int]
    places: frozenset[str]
    """First words, folded."""
    place: re.Pattern[str]
    weekday: re.Pattern[str]
    published: re.Pattern[str]
    """With the colon as a group, where one stands."""
    outlets: Mapping[str, str]
    """Ids by folded form."""
    outlet: Mapping[str, re.Pattern[str]]
    """The forms that begin with a character, by that character, folded."""


class _Part(NamedTuple):
    kind: str
    """`time`, `date`, `weekday`, `outlet`, `enclosed` (in brackets or slashes), `place` (of the registry), `place in
    capitals`, or `capitals` (other words in them).
    """
    end: int
    day: Day | None = None
    outlet: str | None = None
    form: str | None = None


@dataclass(frozen=True)
class _Line:
    """The parts from one place on, and the mark behind the last one."""

    span: Span
    parts: tuple[_Part, ...]
    mark: str
    """The punctuation mark; `\\n` for the end of the line or text, empty where a word follows at once."""
    announced: bool
    """Whether words like `Опубликовано:` stand before the date."""
    opens: str
    """`line` or `sentence` where it opens one; `tail` behind a line's first words; else empty."""
    behind: str
    """The character behind the mark."""
    begins: bool
    """Whether the article begins with it."""

    def has(self, *kinds: str) -> bool:
        return any(part.kind in kinds for part in self.parts)

    def named(self) -> _Part | None:
        """The last outlet that the registry knows."""
        return next((part for part in reversed(self.parts) if part.outlet), None)

    def dated(self) -> Day | None:
        return next((part.day for part in self.parts if part.day), None)


def dateline_terms(languages: Iterable[Language], outlets: Iterable[Outlet]) -> DatelineTerms:
    """Compile the words of all languages at once: a Kyrgyz outlet's Russian pages have Russian datelines."""
    languages = tuple(languages)
    months = {name.lower(): number for one in languages for number, names in one.months.items() for name in names}
    month = rf"(?P<month>{_any(months)})(?!\w)"
    day, year = r"(?P<day>0?[1-9]|[12]\d|3[01])(?!\d)", r"(?P<year>(?:19|20)\d\d)(?!\d)"
    year_word = rf"(?:[\s-]{{0,2}}(?:{_any(word for one in languages for word in one.year_words)})(?!\w))"
    short_year = r"(?P<year>(?:19|20)\d\d|\d\d)(?!\d)"
    dates = (
        rf"{year}-(?P<number>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?!\d)(?:T(?={_TIME.pattern}))?",
        rf"(?P<day>0?[1-9]|[12]\d|3[01])\.(?P<number>0?[1-9]|1[0-2])\.{short_year}{year_word}?",
        rf"(?P<slash>(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|[12]\d|3[01]))/{short_year}",
        # `2022-жылдын 5-январы`, `2022 жылғы 5 қаңтар`, `2022-yil 5-yanvar`
        rf"{year}{year_word}?[,.]?\s{{1,2}}{day}[\s-]{{1,2}}{month}",
        # `22 мая`, `22-май`, `10 января 2022 года`, `5 қаңтар 2022 ж.`, `5 январи соли 2022`
        rf"{day}[\s-]{{1,2}}{month}(?:,?[\s-]{{1,2}}(?:(?:{_any(w for o in languages for w in o.year_words)})\s)?"
        rf"{year}{year_word}?)?",
        rf"{month}\s{day}(?:,?\s{year})?",
    )
    forms = {
        _fold(form): outlet.id
        for outlet in outlets
        for form in (*outlet.domains, *outlet.aliases, *outlet.names.values())
    }
    places = {_fold(place) for one in languages for place in one.places}
    by_first: dict[str, list[str]] = {}
    for form in forms:
        by_first.setdefault(form[0], []).append(form)
    return DatelineTerms(
        dates=tuple(re.compile(date, re.IGNORECASE) for date in dates),
        months=months,
        places=frozenset(place.split()[0] for place in places),
        place=re.compile(rf"(?:{_any(places)})(?!\w|-\w){_CITY}", re.IGNORECASE),
        weekday=re.compile(rf"(?:{_any(word for one in languages for word in one.weekdays)})(?!\w)", re.IGNORECASE),
        published=re.compile(
            rf"(?:{_any(word for one in languages for word in one.published)})(?:\s?(?P<colon>:)\s?|\s)", re.IGNORECASE
        ),
        outlets=forms,
        outlet={first: re.compile(rf"(?:{_any(found)})(?!\w|-\w)", re.IGNORECASE) for first, found in by_first.items()},
    )


def datelines(text: str, terms: DatelineTerms) -> tuple[Dateline, ...]:
    """The datelines of an article, in reading order: a page may have a line with the date and the agency's own below.

    It reads the first 1,000 code points.
    """
    head = text[: _LOOK_AT + _LONGEST + 150]  # the last part may go beyond `_LONGEST`
    found: list[Dateline] = []
    for start, opens in _places(head[:_LOOK_AT], terms):
        if found and start < found[-1].span.end:
            continue
        line = _parts(head, start, opens, terms)
        if line.parts and (rule := next((rule for rule in RULES if rule(line)), None)):
            named = line.named()
            outlet, form = (named.outlet, named.form) if named else (None, None)
            found.append(Dateline(line.span, line.dated(), outlet, form, rule.__name__.strip("_")))
    return tuple(found)


def same_house(form: str, outlet: Outlet) -> bool:
    """Whether a form can mean the outlet: «Sputnik» stands in datelines of Sputnik Кыргызстан."""
    folded = _fold(form)
    names = (*outlet.names.values(), *outlet.aliases, *outlet.domains)
    return any(re.match(rf"{re.escape(folded)}(?!\w)", _fold(name)) for name in names)


def is_city(text: str, span: Span, terms: DatelineTerms) -> bool:
    """Whether a city of datelines stands there alone in capitals: `БИШКЕК`, but not `«АСТАНА»`, which may be a club."""
    words = text[slice(*span)]
    quoted = text[max(0, span.start - 1) : span.start] in _OPENING
    return words.isupper() and not quoted and terms.place.fullmatch(words) is not None


def _places(head: str, terms: DatelineTerms) -> Iterator[tuple[int, str]]:
    """Where a dateline may begin, and what it opens there."""
    places = {match.start(): "" for match in _RUN_IN.finditer(head) if _leads(match[0], terms)}
    places |= {match.end(): "sentence" for match in _SENTENCE.finditer(head)}
    places |= {match.end() - 1: "tail" for match in _TAIL.finditer(f"\n{head}") if _leads_to_date(match)}
    places |= {match.end(): "line" for match in _LINE.finditer(head)}
    yield from sorted(places.items())


def _leads_to_date(lead: re.Match[str]) -> bool:
    """Whether a line's first words can stand before its date: a rubric behind which a sign stands, or, before a
    comma and below the title, the author's name: `Асан Примеров, 12 мая 2021`.
    """
    words = lead["lead"]
    author = words.istitle() and _BYLINE.fullmatch(words) is not None and lead.string[: lead.start()].strip() != ""
    return lead["mark"] != "," or author


def _leads(word: str, terms: DatelineTerms) -> bool:
    """Whether a dateline behind a headline can begin with the word: a time, a city, a word in capitals."""
    return word[0].isdigit() or word.isupper() or (word[0].isupper() and _fold(word) in terms.places)


def _parts(text: str, start: int, opens: str, terms: DatelineTerms) -> _Line:
    at, mark, end = start, "", start
    if published := terms.published.match(text, at):
        at = published.end()
    announced = published is not None and published["colon"] is not None
    limit, parts = start + _LONGEST, list[_Part]()
    while at < limit and (part := _part(text, at, terms)):
        if parts and not mark and not _joined_by_space(parts[-1], part):
            break
        parts.append(part)
        end = part.end
        join = _JOIN.match(text, end)
        mark, at = (join["mark"] or (join["stop"] and ".") or "", join.end()) if join else ("", end)
    if end >= len(text.rstrip()) or text[end:].lstrip(" \t\u00a0.")[:1] == "\n":
        mark = "\n"
    return _Line(Span(start, end), tuple(parts), mark, announced, opens, text[at : at + 1], not text[:start].strip())


def _joined_by_space(one: _Part, other: _Part) -> bool:
    """`BISHKEK (24.kg)`, `10.01.2022 11:35`, `БИШКЕК 22 мая`; but not «5 января ТАСС сообщил …»."""
    return other.kind == "enclosed" or (one.kind, other.kind) in _BY_SPACE


_BY_SPACE = frozenset(
    [("date", "time"), ("time", "date"), ("place in capitals", "date"), ("weekday", "date"), ("time", "weekday")]
)
"""Kinds of parts that a space alone joins."""


def _part(text: str, at: int, terms: DatelineTerms) -> _Part | None:
    """The part that begins here."""
    first = text[at : at + 1]
    if not (first.isdigit() or first.isupper() or first in _OPENERS):
        return _time(text, at, terms) or _weekday(text, at, terms)
    readers = (_date, _time, _enclosed, _outlet, _place, _weekday)  # «Душанбе» is a Monday too
    return next((part for read in readers if (part := read(text, at, terms))), None)


def _date(text: str, at: int, terms: DatelineTerms) -> _Part | None:
    for pattern in terms.dates:
        if (found := pattern.match(text, at)) and (day := _day(found, terms.months)):
            return _Part("date", found.end(), day=day)
    return None


def _time(text: str, at: int, _: DatelineTerms) -> _Part | None:
    found = _TIME.match(text, at)
    return _Part("time", found.end()) if found else None


def _weekday(text: str, at: int, terms: DatelineTerms) -> _Part | None:
    found = terms.weekday.match(text, at)
    return _Part("weekday", found.end()) if found else None


def _enclosed(text: str, at: int, terms: DatelineTerms) -> _Part | None:
    """The last piece in slashes or brackets may be an outlet, `/Асан Примеров - Кабар/`, or a date, `[12.05.21]`."""
    if not (found := _ENCLOSED.match(text, at)):
        return None
    for piece in reversed(_PIECE.split(found[1] or found[2] or found[3])):
        words = piece.strip(" .")
        part = _outlet(words, 0, terms) or _date(words, 0, terms)
        if part and part.end == len(words):
            return part._replace(kind="enclosed", end=found.end())
    return _Part("enclosed", found.end())


def _place(text: str, at: int, terms: DatelineTerms) -> _Part | None:
    if found := terms.place.match(text, at):
        return _Part("place in capitals" if found[0].isupper() else "place", found.end())
    found = _CAPITALS.match(text, at)
    return _Part("capitals", found.end()) if found and found[0].isupper() else None


def _outlet(text: str, at: int, terms: DatelineTerms) -> _Part | None:
    """An outlet of the registry, in quotation marks or not: `24.kg`, `АМИТ «Ховар»`, `Корр. ТАСС`."""
    sent = _CORRESPONDENT.match(text, at)
    at = sent.end() if sent else at
    quoted = _QUOTED.match(text, at)
    at = quoted.end() if quoted else at
    pattern = terms.outlet.get(text[at : at + 1].lower())
    if not pattern or not (found := pattern.match(text, at)):
        return None
    end = found.end()
    if quoted:
        if not (close := _UNQUOTE.match(text, end)):
            return None
        end = close.end()
    known = terms.outlets.get(_fold(found[0]))
    return _Part("enclosed" if sent else "outlet", end, None, known, found[0]) if known else None


def _day(found: re.Match[str], months: Mapping[str, int]) -> Day | None:
    """The date of a match; None where the calendar has no such day.

    Two digits of a year are taken as POSIX takes them: 69 to 99 are 1969 to 1999, 00 to 68 are 2000 to 2068. Of
    `05/01/22` only the year is sure.
    """
    groups = found.groupdict()
    year = int(groups["year"]) if groups.get("year") else None
    if year is not None and year < 100:
        year += 1900 if year >= 69 else 2000
    if slash := groups.get("slash"):
        one, other = (int(part) for part in slash.split("/"))
        if one != other and max(one, other) <= 12:
            return Day(year, None, None)
        day = Day(year, min(one, other), max(one, other)) if max(one, other) > 12 else Day(year, one, other)
    else:
        month = int(groups["number"]) if groups.get("number") else months.get(groups["month"].lower())
        day = Day(year, month, int(found["day"]))
        if month is None:
            return None
    # 2000 had a 29th of February: without a year, the day may exist.
    return None if edtf.problem(day._replace(year=year or 2000).edtf() or "") else day


def _outlet_named(line: _Line) -> bool:
    """`БИШКЕК, 22 мая — Sputnik.`, `АСТАНА. КАЗИНФОРМ - …`, `Бишкек, 17.11.21. /Асан Примеров - Кабар/.`"""
    led = line.has(*_SOMEWHERE, "date", "time")
    firm = line.opens or (line.has(*_SOMEWHERE) and line.has("date", "time"))
    # «11:35, 10 января 2022, Бишкек - 24.kg Совет …» needs no mark behind it.
    closed = line.mark or line.parts[-1].kind == "enclosed" or (line.has("time") and line.has("date"))
    if line.mark == ",":  # «10 января 2022, Бишкек - 24.kg, Асан ПРИМЕРОВ»; but «Алматы, Хабар, Зорька …» may be a list
        closed = line.has("date")
    return line.named() is not None and led and firm and bool(closed)


def _place_and_day(line: _Line) -> bool:
    """`Бишкек, 22 мая — …`, `МОСКВА, 5 января. …`, `ОШ, 5 января /Зорька/. …`"""
    if not (line.opens and line.has(*_SOMEWHERE) and line.has("date")):
        return False
    closed = line.mark in _DASHES or line.mark == "\n" or line.parts[-1].kind == "enclosed"
    return closed or (line.has("place in capitals") and line.mark == ".")


def _line_of_its_own(line: _Line) -> bool:
    """`10 января 2022, 11:35` and nothing else in the line, or what signs part from it: `10.01.2022 | Общество`."""
    day = line.dated()
    if day is None or day.year is None or (line.opens == "tail" and day.year < _FIRST_SITES):
        return False
    return (line.opens in {"line", "tail"} and line.mark == "\n") or (line.opens == "line" and line.mark in _SIGNS)


_FIRST_SITES = 1991
"""`Асан Примеров, 12 мая 1961` is when he was born."""
_SIGNS = {"|", "•", "·"}


def _announced(line: _Line) -> bool:
    """`Опубликовано: 10 января 2022`"""
    day = line.dated()
    return line.announced and line.parts[0].kind in {"date", "time"} and day is not None and day.year is not None


def _outlet_alone(line: _Line) -> bool:
    """`Tazabek — Дорогу закрыли.` begins the article; «Казинформ - агентство новостей.» goes on in small letters."""
    alone = len(line.parts) == 1 and line.parts[0].kind == "outlet"
    return alone and line.mark in _DASHES and line.begins and line.behind.isupper()


RULES: tuple[Callable[[_Line], bool], ...] = (
    _outlet_named,
    _place_and_day,
    _announced,
    _line_of_its_own,
    _outlet_alone,
)


def _fold(form: str) -> str:
    return " ".join(form.lower().replace("ё", "е").split())


def _any(forms: Iterable[str]) -> str:
    """An alternation, the longest first; one that matches nothing for no forms."""
    ordered = sorted({re.escape(form).replace("е", "[её]") for form in forms}, key=lambda form: (-len(form), form))
    return "|".join(ordered) or r"(?!)"
