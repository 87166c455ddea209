"""Bodies and organisations in Kyrgyz and Kazakh texts that the registry lacks, by the noun that their name ends with.

Both languages put what a body is last, and as somebody's: `Нарын облусунун администрациясы`, `Қостанай облысының
әкімдігі`. From that noun a name reaches back to its first capitalised word, over what agrees in being unbent or in the
genitive (`Билим берүү жана илим министрлиги`); a word in another case belongs to the clause and ends it. A name between
quotation marks is told by the noun behind: `«Талас Дан» ишканасы`. The noun by itself (`министрлик`) means the body
with it that was named last. No Russian morphology is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from kg_news.records import Span
from kg_news.views.disjoint import Disjoint
from kg_news.views.gazetteer import turkic_stems
from kg_news.views.tokens import QUOTES, Token, spaced
from kg_news.views.turkic_alone import NAMED_AFTER
from kg_news.views.turkic_endings import VOICED, is_genitive, is_object, is_participle, is_people, is_placed
from kg_news.views.turkic_marks import in_title
from kg_news.views.turkic_titles import is_post

_FARTHEST = 9
"""Words of the longest name."""
_LOWER = 5
"""Words without a capital that stand together in a name: `Сыбайлас жемқорлыққа қарсы іс-қимыл агенттігі` has three."""
_AND = frozenset({"жана", "және", "мен", "менен"})
_AGAINST = frozenset({"каршы", "қарсы", "бойынша", "жөніндегі", "боюнча"})
"""What a word in any case may stand before in a name: `жемқорлыққа қарсы`, `су саясаты жөніндегі`."""
_CASE = re.compile(r"(?:н[ыиуүі][нң]|н[ыиуүі]?|н[аеоө]н?|н[дт][аеоө](?:н|[ғг][ыиуүі])?|мен)?$")
"""The ending of a case behind a possessive: `-нын`, `-на`, `-нда`, `-нан`, `-н`."""
_OWNS = re.compile(r"н[ыиуүі][нң]$")
"""The genitive among them."""
_BARE_CASE = re.compile(r"(?:[нтд][ыиуүі][нң]?|[гкғқ][аеоө]|[дтн][аеоө](?:н|[ғг][ыиуүі])?|[мбп]ен)?$")
"""The same behind the noun by itself; its plural means no one body."""
_IN_S = {"кеңесі": "кеңес", "конгресі": "конгресс"}
"""Whose с is the noun's own, where that of `мэриясы` is the ending's."""
_DOING = re.compile(r"(?:уу|үү|оо|өө|ау|еу|у|ю|іс-қимыл)$")
"""A verbal noun, which may have an object: `балдарды коргоо`, `сот үкімдерін орындау`."""
_ADJECTIVE = re.compile(r"\w{2,}[лдт][ыиуүі][қк]$|^(?:жоғарғы|жогорку|бас|башкы)$")
"""What a noun that is nobody's has before it in a name: `Конституциялық кеңес`."""
_SITED = re.compile(r"\w{2,}[дт][аеоө][ғг][ыиуүі]$")
"""`өңірдегі`, `облустагы`: where something is."""
_INNER_CAPITAL = re.compile(r"[^\W\d_]*[а-яәғқңөұүһі][А-ЯӘҒҚҢӨҰҮҺІ]\w*$")
"""`ҚазПошта`, as companies are called."""
_STATE_FIRM = re.compile(r"(?:Қаз|Каз|Кыргыз|Өзбек|Өз)[А-ЯӘҒҚҢӨҰҮҺІ]\w*$")
"""`ҚазҰУ`, `ҚазТрансОйл`: the state's name, cut short, before a name."""
_BETWEEN = 3
"""Words that may stand between a name in quotation marks, a number or `атындагы` and the noun."""
_OPENING = frozenset("«„")


@dataclass(frozen=True)
class BodyNouns:
    """The nouns that names of bodies end with in a language, each as somebody's: `министрлиги`."""

    public: frozenset[str] = frozenset()
    companies: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    describing: frozenset[str] = frozenset()
    """Words that may stand before a name with a capital, at a sentence's beginning: `бул`."""
    quoted: frozenset[str] = frozenset()
    """Nouns of what is a body with a name between quotation marks alone: `«Үлгі» арнасы`."""
    loose: frozenset[str] = frozenset()
    """Nouns before which a capital at a sentence's beginning tells no name: `Өрт өчүрүү кызматы`, `Қала мектебі`."""
    named: frozenset[str] = frozenset()
    """Nouns, nobody's, that name a body with an adjective before them: `Конституциялық кеңес`."""
    given: frozenset[str] = frozenset()
    """Verbs by which somebody gets or leaves an office, whose `кызматы` is no service."""
    media: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)
    """By the name of an outlet in small letters, which stands between quotation marks without a noun too, what it is
    called and its id in the registry.
    """

    @cached_property
    def types(self) -> Mapping[str, str]:
        """The actor's type by the noun."""
        return {
            **dict.fromkeys(self.quoted | self.others, "Organization"),
            **dict.fromkeys(self.companies, "Company"),
            **dict.fromkeys(self.public, "PublicBody"),
        }

    @cached_property
    def _possessive(self) -> Callable[[str], re.Match[str] | None]:
        return re.compile(_any(self.types) + _CASE.pattern).match

    @cached_property
    def _bare(self) -> Callable[[str], re.Match[str] | None]:
        return re.compile(_any(self._of_bare) + _BARE_CASE.pattern).match

    @cached_property
    def _of_bare(self) -> Mapping[str, str]:
        return {_unpossessed(noun): noun for noun in sorted(self.types)}

    def head(self, word: str) -> str | None:
        """The noun of which a word is a form, as somebody's: `министрлиги` of `министрлигинин`."""
        match = self._possessive(word.lower()) if self.types else None
        return match["noun"] if match else None

    def bare(self, word: str) -> str | None:
        """The noun of which a word is a form that is nobody's: `министрлиги` of `министрликтин`."""
        match = self._bare(word.lower()) if self.types else None
        return self._of_bare[match["noun"]] if match else None


def _any(words: Mapping[str, str]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return f"(?P<noun>{'|'.join(map(re.escape, longest_first))})"


def _unpossessed(noun: str) -> str:
    """`министрлик` of `министрлиги`, `мэрия` of `мэриясы`, `сот` of `соту`; a legal form as it is."""
    if noun in _IN_S:
        return _IN_S[noun]
    if re.search(r"[аяоеэөәүуи]с[ыиуүі]$", noun):
        return noun[:-2]
    if re.search(r"[ыиуүі]$", noun):
        return noun[:-2] + VOICED.get(noun[-2], noun[-2])
    return noun


def _without_ending(word: str) -> str:
    """`ҚазҰУ` of `ҚазҰУдың`: an ending is in small letters."""
    ends = (len(stem) for stem in turkic_stems(word.lower()))
    return word[: min(end for end in ends if word[end:].islower() or end == len(word))]


@dataclass(frozen=True)
class NamedBody:
    """A body in the text."""

    name: str
    type: str
    mentions: tuple[Span, ...]
    id: str | None = None
    """Of an outlet that the registry has."""


class Found(NamedTuple):
    """What a text has of bodies that the registry lacks, and of those that it knows already."""

    bodies: tuple[NamedBody, ...]
    """In the order of first mention."""
    echoes: tuple[tuple[Span, int], ...]
    """Where a noun by itself means a body that is known, and which one."""


def turkic_bodies(
    tokens: Sequence[Token],
    beginnings: frozenset[int],
    nouns: BodyNouns,
    is_state: Callable[[Token], bool],
    taken: Callable[[Token], bool],
    known: Mapping[int, int],
    is_town: Callable[[Token], bool] = lambda _: False,
) -> Found:
    """The bodies that a text names.

    `beginnings` are the offsets at which sentences begin; `is_state` says whether a token belongs to a state's name,
    `taken` whether it belongs to a person or a body that is known already. `known` has the numbers of these bodies by
    the offset of their last token; `is_town` says whether a token is a town's name.
    """
    return _Finder(tokens, beginnings, nouns, is_state, taken, known, is_town).found()


@dataclass(frozen=True)
class _Finder:
    """The bodies of one text; `turkic_bodies` says what each field is."""

    tokens: Sequence[Token]
    beginnings: frozenset[int]
    nouns: BodyNouns
    is_state: Callable[[Token], bool]
    taken: Callable[[Token], bool]
    known: Mapping[int, int]
    is_town: Callable[[Token], bool]

    def found(self) -> Found:
        """What `turkic_bodies` answers."""
        spans, types, echoes = self._by_nouns()
        for name, span in self._again(spans):
            spans[name].append(span)
        for name, span, kind in list(self._unheaded(spans)):
            spans.setdefault(name, []).append(span)
            types.setdefault(name, kind)
        ids = dict(self.nouns.media.values())
        bodies = (NamedBody(name, types[name], tuple(sorted(at)), ids.get(name)) for name, at in spans.items())
        return Found(tuple(bodies), tuple(echoes))

    def _by_nouns(self) -> tuple[dict[str, list[Span]], dict[str, str], list[tuple[Span, int]]]:
        """What the nouns of bodies tell: by name where each is named and its type, and the echoes of known ones."""
        spans: dict[str, list[Span]] = {}
        types: dict[str, str] = {}
        echoes: list[tuple[Span, int]] = []
        last: dict[str, str | int] = {}
        """By noun, the body that was named last: its name, or its number."""
        floor = 0
        """Where the last name ended: of `мэриясынын басма сөз кызматы` the city hall alone is one."""
        for at, token in enumerate(self.tokens):
            if not token.is_word or is_post(self.tokens, at, self.nouns.given):
                continue
            if (number := self._known_at(at)) is not None and (noun := self.nouns.head(token.text)):
                last[noun] = number
                continue
            if self.taken(token):
                continue
            noun, named = self._in_full(at, floor)
            if noun and named and named[1].start >= floor:
                name, span = named
                spans.setdefault(name, []).append(span)
                types.setdefault(name, self.nouns.types[noun])
                floor = span.end
                if self.nouns.head(token.text) or self.tokens[at - 1].text in QUOTES:
                    last[noun] = name  # but `мектеп` alone is not `№ 5 мектеп`
            elif noun and not named and noun in last and not self._goes_on(at):
                meant, span = last[noun], Span(token.start, token.end)
                floor = span.end
                if isinstance(meant, int):
                    echoes.append((span, meant))
                else:
                    spans[meant].append(span)
        return spans, types, echoes

    def _again(self, spans: Mapping[str, Sequence[Span]]) -> list[tuple[str, Span]]:
        """Where a name that stood between quotation marks stands between them again, without its noun."""
        titles = self._titles(spans)
        taken = {span.start for places in spans.values() for span in places}
        found = []
        for at, token in enumerate(self.tokens[:-1] if titles else ()):
            if token.text not in _OPENING or token.start in taken or self.tokens[at + 1].start in taken:
                continue
            words = self._to_mark(at + 1)
            lasts = titles.get(tuple(words[:-1]), {}) if words else {}
            last = lasts.keys() & turkic_stems(words[-1].lower()) if lasts else ()
            if last:
                found.append((lasts[min(last)], Span(self.tokens[at + 1].start, self.tokens[at + len(words)].end)))
        return found

    def _titles(self, spans: Mapping[str, Sequence[Span]]) -> Mapping[tuple[str, ...], Mapping[str, str]]:
        """The names that stood between quotation marks, by all words but the last, and by that in small letters."""
        places = {token.start: at for at, token in enumerate(self.tokens)} if spans else {}
        found: dict[tuple[str, ...], dict[str, str]] = {}
        for name, named in spans.items():
            at = places[named[0].start]
            at += self.tokens[at].text in QUOTES
            if not at or self.tokens[at - 1].text not in QUOTES:
                continue
            if words := self._to_mark(at):
                found.setdefault(tuple(words[:-1]), {})[words[-1].lower()] = name
        return found

    def _to_mark(self, at: int) -> list[str]:
        """The words from a token to the next quotation mark; none where there is none near."""
        words = [token.text for token in self.tokens[at : at + _FARTHEST]]
        return words[: next((end for end, text in enumerate(words) if text in QUOTES), 0)]

    def _in_full(self, at: int, floor: int) -> tuple[str | None, tuple[str, Span] | None]:
        """The noun that a token is, and the name that ends with it."""
        word = self.tokens[at].text
        if noun := self.nouns.head(word):
            return noun, self._quoted(at) or (self._row(at, noun, floor) if noun not in self.nouns.quoted else None)
        noun = self.nouns.bare(word)
        if noun is None:
            return None, None
        entitled = self._entitled(at, noun, floor) if noun in self.nouns.named else None
        return noun, self._quoted(at) or self._numbered(at) or entitled

    def _entitled(self, at: int, noun: str, floor: int) -> tuple[str, Span] | None:
        """`Конституциялық кеңес`: a noun that is nobody's with an adjective, where a capital tells."""
        if not (at and _ADJECTIVE.match(self.tokens[at - 1].text.lower())):
            return None
        found = self._row(at, _unpossessed(noun), floor)
        return None if found is None or found[1].start in self.beginnings else found

    def _unheaded(self, spans: Mapping[str, Sequence[Span]]) -> Iterator[tuple[str, Span, str]]:
        """What tells a body without a noun behind it: an outlet's name between quotation marks, `«Үлгі банк»`,
        `«ҚазПошта»`, and `ҚазҰУ` without marks too.
        """
        free = 0
        taken = Disjoint(span for places in spans.values() for span in places)
        for at, token in enumerate(self.tokens[:-1]):
            found = None
            if token.text in _OPENING:
                found = self._marked(at + 1)
            elif token.capital and _STATE_FIRM.match(token.text) and not self.taken(token):
                found = _without_ending(token.text), Span(token.start, token.end), "Organization"
            if found and found[1].start >= free and not taken.overlap(*found[1]):
                free = found[1].end
                yield found

    def _marked(self, first: int) -> tuple[str, Span, str] | None:
        """The body whose name stands from a token on to the next quotation mark."""
        words = self._to_mark(first)
        if not words or any(map(self.taken, self.tokens[first : first + len(words)])):
            return None
        before = " ".join(words[:-1])
        span = Span(self.tokens[first].start, self.tokens[first + len(words) - 1].end)
        for last in sorted(turkic_stems(words[-1].lower()), key=len):
            if outlet := self.nouns.media.get(f"{before} {last}".strip()):
                return outlet[0], span, "Organization"
        if before:
            noun = self.nouns.bare(words[-1])
            return (f"{before} {_unpossessed(noun)}", span, self.nouns.types[noun]) if noun else None
        return (_without_ending(words[0]), span, "Company") if _INNER_CAPITAL.match(words[0]) else None

    def _known_at(self, at: int) -> int | None:
        """The number of the known body that ends with a token, or stands between quotation marks before it:
        `«ҚазМұнайГаз» компаниясы`.
        """
        if self.taken(self.tokens[at]):
            return self.known.get(self.tokens[at].start)
        if at < 2 or self.tokens[at - 1].text not in QUOTES - _OPENING:
            return None
        return self.known.get(self.tokens[at - 2].start, self.known.get(self.tokens[at - 1].start))

    def _goes_on(self, at: int) -> bool:
        """Whether a noun by itself belongs to a longer name, `Жаңы университет`, is somebody's, `министрлиги`, or only
        says whose people are meant: `ишкана өкүлдөрү`.
        """
        if at + 1 < len(self.tokens) and is_people(self.tokens[at + 1].text):
            return True
        before = self.tokens[at - 1] if at else None
        own = before is not None and before.is_word and before.capital and before.start not in self.beginnings
        return own or self.nouns.head(self.tokens[at].text) is not None

    def _quoted(self, at: int) -> tuple[str, Span] | None:
        """`«Талас Дан» ишканасы`, what stands between the marks; a form of company belongs to it: `«Талас Дан» ЖЧК`."""
        closing = at - 1
        while closing > max(0, at - 1 - _BETWEEN) and self._describes(closing):
            closing -= 1  # `«Мурас» коомдук фонду`
        if closing < 2 or self.tokens[closing].text not in QUOTES - _OPENING:
            return None
        low = max(-1, closing - _FARTHEST)
        opening = next((i for i in range(closing - 1, low, -1) if self.tokens[i].text in QUOTES), None)
        if opening is None or opening + 1 == closing or not self.tokens[opening + 1].capital:
            return None
        whole = self.tokens[at].text.isupper()
        first, last = (opening, at) if whole else (opening + 1, closing - 1)
        return self._text(first, last), Span(self.tokens[first].start, self.tokens[last].end)

    def _describes(self, at: int) -> bool:
        """Whether a word may stand between a name in quotation marks and its noun."""
        token = self.tokens[at]
        done = any(_DOING.search(self.tokens[place].text) for place in (at, at + 1))  # `кәсіпкерлікті дамыту қоры`
        hangs = is_placed(token.text) if done else self._hangs(at)
        return token.text.islower() and token.text not in _AND and not hangs

    def _numbered(self, at: int) -> tuple[str, Span] | None:
        """`№ 5 мектеп`, `Асан Примеров атындагы орто мектеп`: what is nobody's, told by its number or by whom it is
        called after.
        """
        first = at - 1
        while (
            first > max(0, at - 1 - _BETWEEN) and self._describes(first) and self.tokens[first].text not in NAMED_AFTER
        ):
            first -= 1
        if first > 0 and self.tokens[first].text.isdigit() and self.tokens[first - 1].text == "№":
            first -= 1
        elif first > 0 and self.tokens[first].text in NAMED_AFTER and self.tokens[first - 1].capital:
            first -= 1
            while first > 0 and self.tokens[first - 1].is_word and self.tokens[first - 1].capital:
                first -= 1
        else:
            return None
        bare = _unpossessed(self.nouns.bare(self.tokens[at].text) or "")
        return f"{self._text(first, at - 1)} {bare}", Span(self.tokens[first].start, self.tokens[at].end)

    def _row(self, head: int, noun: str, floor: int) -> tuple[str, Span] | None:
        """`Нарын облусунун администрациясы`: back to the first capitalised word."""
        first, lower, own, states = head, 0, 0, 0
        named_after = False
        for at in range(head - 1, max(-1, head - 1 - _FARTHEST), -1):
            token = self.tokens[at]
            if not (token.is_word or token.text.isdigit() or token.text == "№"):
                break
            begins = token.start in self.beginnings
            if first < head and self.tokens[first].text.isascii() and not (token.text.isascii() or token.text in _AND):
                break  # `Мемлекет басшысы Example Media компаниясын …`
            named_after = named_after or token.text in NAMED_AFTER
            latin = token.text.isascii() and self.tokens[at + 1].text.isascii()  # `Example Media Group компаниясы`
            if (self.taken(token) and not (named_after or latin)) or token.start < floor:
                break
            if token.capital:
                if not self._may_stand(at, head) or (begins and self._stands_apart(at, first, head)):
                    break
                first, lower = at, 0
                states += self.is_state(token)
                loose = begins and noun in self.nouns.loose and not self.is_town(token)
                own += not (self.is_state(token) or loose)
            else:
                lower += 1
                apart = token.text in self.nouns.describing or is_participle(token.text)
                if lower > _LOWER or apart or not self._may_stand(at, head):
                    break
            if begins:
                break
        if first == head or not (own or states > 1 or (states and self._is_called(first, head))):
            return None
        if first and self.tokens[first - 1].text in _OPENING and self._goes_on_in_marks(first, head):
            return None  # `«Үлгілі қызметі үшін» медалі`
        words = self._text(first, head - 1)
        if words.isascii() and noun in self.nouns.companies:  # `Haima Foods компаниясы`: the noun only says what it is
            return words, Span(self.tokens[first].start, self.tokens[head - 1].end)
        return f"{words} {noun}", Span(self.tokens[first].start, self.tokens[head].end)

    def _goes_on_in_marks(self, first: int, head: int) -> bool:
        ends = head + 1 == len(self.tokens) or self.tokens[head + 1].text in QUOTES
        return not ends and in_title(self.tokens, first, head + 1)

    def _is_called(self, first: int, head: int) -> bool:
        """Whether a state's name and words without a capital are what a body is called: `Қазақстан шаңғы федерациясы`,
        but not `Қазақстанның бас мешіті`, which only says which one it is.
        """
        return head - first > 1 and not is_genitive(self.tokens[first].text)

    def _stands_apart(self, at: int, first: int, head: int) -> bool:
        """Whether the word that begins the sentence is none of the name that begins behind it: `Кечээ Арча …`; `Иш
        Талас райондук сотунда каралды` has its subject there, as the name stands in another case.
        """
        word, last = self.tokens[at].text.lower(), self.tokens[head].text.lower()
        subject = first < head and self.nouns.head(last) != last and not _OWNS.search(last)
        object_of_clause = first < head and is_object(word) and not self.is_town(self.tokens[at])  # `Жиынды …`
        if (
            object_of_clause
            or word in self.nouns.describing
            or (_SITED.match(word) and not self.is_state(self.tokens[at]))
        ):
            return True
        return subject and not is_genitive(word) and not self.is_state(self.tokens[at])

    def _may_stand(self, at: int, head: int) -> bool:
        """Whether a word before the noun is a part of the name, by its case."""
        word, following = self.tokens[at].text.lower(), self.tokens[at + 1].text.lower()
        if word in _AND:
            return at + 1 < head
        if self.tokens[at].text.isupper() or not self._hangs(at):
            return True
        return following in _AGAINST or (bool(_DOING.search(following)) and at + 1 < head)

    def _hangs(self, at: int) -> bool:
        """Whether a word hangs on a verb."""
        token = self.tokens[at]
        return is_placed(token.text) or (not token.capital and is_object(token.text))

    def _text(self, first: int, last: int) -> str:
        """The words as they stand, without what the line end put between them."""
        return spaced(self.tokens[first : last + 1], [token.text for token in self.tokens[first : last + 1]])
