"""Quotations: what stands between quotation marks, who says it, and by which word it is introduced.

A stretch between quotation marks is a quotation when a cue leads to it: behind it after a dash (`«…», — отметили
власти`), before it in its sentence (`Токаев заявил, что «…»`), or before a colon. Names of outlets and titles stand
between « » too; they have no cue, or begin like a name. The speaker is the actor in the cue's clause who can be its
subject; if none can, there is none. Direct speech that a dash opens is not looked for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg_news.records import Actor, Quote, Span
from kg_news.views.morph import Parse, lemmas, parses, plain
from kg_news.views.names import name_words, readings
from kg_news.views.tokens import QUOTES, Token, TokenIndex

_AFTER = re.compile(r"[,.!?…]{0,3}\s{0,3}[—–-]\s(?P<clause>[^.!?»«\n]{0,160})")
_NAMING = frozenset({"назвать", "называть"})
_LOOK_BACK = 600
"""How far before a quotation its cue may stand, in code points, if the sentence is so long."""
_MARKS = re.compile(r"[«»„“”]")
_OPENS = {"»": "«", "”": "“„", "“": "„"}
"""The marks that a closing one can close; “ closes a „ that is open, and else opens."""


def quoted_spans(text: str) -> tuple[Span, ...]:
    """The insides of the outermost quotation marks « », “ ” and „ “; a mark without its partner is passed over."""
    open_: list[int] = []
    count: dict[str, int] = {}  # how many marks of each kind are open
    pairs: list[Span] = []
    for match in _MARKS.finditer(text):
        mark, closes = match.group(), _OPENS.get(match.group(), "")
        if any(count.get(opening) for opening in closes):
            while open_:
                start = open_.pop()
                count[text[start]] -= 1
                if text[start] in closes:
                    break
            while pairs and pairs[-1].start > start:
                pairs.pop()
            if start + 1 < match.start():
                pairs.append(Span(start + 1, match.start()))
        elif mark in "«„“":
            open_.append(match.start())
            count[mark] = count.get(mark, 0) + 1
    return tuple(pairs)


@dataclass(frozen=True)
class _Named:
    """A place where an actor is named."""

    start: int
    end: int
    name: str
    is_person: bool


def quotes(
    text: str, tokens: Sequence[Token], sentences: Sequence[Span], actors: Sequence[Actor], cues: frozenset[str]
) -> tuple[Quote, ...]:
    """All quotations of a Russian text, in reading order. `cues` are the lemmas of verbs that lead to one."""
    finder = _Finder(text, TokenIndex(tokens, sentences), actors, cues)
    return tuple(quote for span in quoted_spans(text) if (quote := finder.quote(span)))


class _Finder:
    def __init__(self, text: str, index: TokenIndex, actors: Sequence[Actor], cues: frozenset[str]) -> None:
        self._text = text
        self._index = index
        self._cues = cues
        self._named = sorted(
            (
                _Named(mention.start, mention.end, actor.name, actor.type == "Person")
                for actor in actors
                for mention in actor.mentions
            ),
            key=_start,
        )
        self._asked = 0
        """How far the text has been searched for cues that stand before a quotation: it is searched once."""
        self._last_cue: Token | None = None

    def quote(self, span: Span) -> Quote | None:
        """The quotation between two marks; None where the words between them are none."""
        return self._led_from_behind(span) or self._led_from_before(span)

    def _led_from_behind(self, span: Span) -> Quote | None:
        """`«…», — сказал Бекмурзаев`."""
        after = _AFTER.match(self._text, span.end + 1)
        if not after:
            return None
        clause = Span(*after.span("clause"))
        cue = self._cue(self._index.within(*clause))
        if cue is None:
            return None
        speaker = self._subject(self._named_in(*clause), cue)
        return Quote(self._text[slice(*span)], *span, "direct", speaker, cue.text)

    def _led_from_before(self, span: Span) -> Quote | None:
        """`Токаев … обратился к членам ОДКБ и попросил «…»`; the nearest actor before the cue is asked first."""
        start = max(self._index.sentence(span.start).start, span.start - _LOOK_BACK)
        cue = self._cue_before(span.start - 1)
        if cue and cue.start < start:
            return None
        words = self._text[slice(*span)]
        if cue is None or not self._is_speech(words, span, cue):
            return None
        before = reversed(self._named_in(start, cue.start))
        speaker = self._subject(before, cue) or self._subject(self._named_in(cue.end, span.start), cue)
        return Quote(words, *span, "direct", speaker, cue.text)

    def _is_speech(self, words: str, span: Span, cue: Token) -> bool:
        """Whether words with a cue before them are said: behind a colon, or a fragment that goes on in lower case."""
        if self._text[max(0, span.start - 4) : span.start - 1].rstrip().endswith(":"):
            return True
        if not words[0].islower():
            return False
        return len(words.split()) > 1 or bool(lemmas(cue.text) & _NAMING)

    def _cue_before(self, end: int) -> Token | None:
        """The last cue before a place that is behind all that were asked for earlier; none far back."""
        fresh = self._index.within(max(self._asked, end - _LOOK_BACK), end)
        self._last_cue, self._asked = self._cue(reversed(fresh)) or self._last_cue, end
        return self._last_cue

    def _cue(self, tokens: Iterable[Token]) -> Token | None:
        return next((token for token in tokens if self._verb(token)), None)

    def _verb(self, token: Token) -> Parse | None:
        """The token's reading as a verb that leads to speech."""
        found = (parse for parse in parses(token.text)[:2] if "VERB" in parse.tags and parse.lemma in self._cues)
        return next(found, None) if token.is_word else None

    def _named_in(self, start: int, end: int) -> Sequence[_Named]:
        first, last = bisect_left(self._named, start, key=_start), bisect_left(self._named, end, key=_start)
        return [named for named in self._named[first:last] if named.end <= end]

    def _subject(self, named: Iterable[_Named], cue: Token) -> str | None:
        """The first who can be the verb's subject; `— говорится в сообщении` has none."""
        verb = self._verb(cue)
        return next((one.name for one in named if verb and self._can_be_subject(one, verb.tags)), None)

    def _can_be_subject(self, named: _Named, verb: frozenset[str]) -> bool:
        """A nominative that agrees with the verb, or `в` + body with a verb in the plural: `В кабмине отметили`."""
        if named.is_person:
            return "plur" not in verb and self._is_nominative_name(named, verb)
        at = self._index.at(named.start)
        quoted = at > 0 and self._index.tokens[at - 1].text in QUOTES
        before = self._index.tokens[at - 1 - quoted].text if at > quoted else ""
        if before.lower() in {"в", "во"}:
            return "plur" in verb
        return not _governs(before, quoted=quoted) and any(
            parse.tags & {"nomn", "Fixd", "Abbr"} for parse in parses(self._index.tokens[at].text)
        )

    def _is_nominative_name(self, named: _Named, verb: frozenset[str]) -> bool:
        words = name_words(self._text[named.start : named.end])
        gender = next(iter(verb & {"masc", "femn"}), None)
        name = set(plain(named.name).split())
        return any(
            "nomn" in reading.cases and set(reading.words) <= name and gender in {None, reading.gender}
            for reading in readings(words)
        )


def _start(named: _Named) -> int:
    return named.start


def _governs(word: str, *, quoted: bool) -> bool:
    """Whether the word before makes a body its complement: `членам ОДКБ`, `с ОДКБ`; `директор компании «Зорька»`.

    A name between quotation marks may stand behind the noun that says what it is: `агентство «Зорька» сообщило`.
    """
    if not word[:1].isalpha():
        return False
    tags = parses(word)[0].tags
    if quoted and any(parse.tags >= {"NOUN", "nomn", "sing"} for parse in parses(word)):
        return False
    return bool(tags & {"NOUN", "PREP"})
