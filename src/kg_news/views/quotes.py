"""Quotations: what is said, where it stands, who says it, and by which word it is introduced.

Direct speech stands between quotation marks or behind a dash. A stretch between marks is a quotation when a cue leads
to it: behind it after a dash (`«…», — отметили власти`), before it in its sentence (`Токаев заявил, что «…»`), or
before a colon. Names of outlets and titles stand between « » too; they have no cue, or begin like a name. Where the
reporting words interrupt the speech, each part is a quotation. Indirect speech is `views.reported`'s; where a part of
the reported words stands between marks, that part is the quotation. Quotations never overlap.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from kg_news.records import Actor, Quote, Span
from kg_news.views.morph import Parse, lemmas, parses
from kg_news.views.reported import Reported
from kg_news.views.sieve import sieve
from kg_news.views.speakers import Speakers, SpeechTerms
from kg_news.views.tokens import Token, TokenIndex

_AFTER = re.compile(r"(?P<stop>[,.!?…]{0,3})\s{0,3}[—–-]\s(?P<clause>[^.!?»«\n]{0,160})")
_DASHED = re.compile(
    r"[—–]\s(?P<first>[^\n—–«»]{2,600}?)[,!?…]{1,3}[^\S\n][—–]\s"
    r"(?P<clause>[^.!?»«\n—–]{2,160})(?P<end>[.,])(?:[^\S\n][—–]\s(?P<second>[^\n—–.!?…«»]{2,300}))?",
)
"""`— Ждём, — сказал он. — Скоро.`, at a line's start or behind a sentence, as flattened texts have it."""
_DASH = re.compile(r"[—–]\s")
_BEGINS = re.compile(r"[.!?…»]\s|.?\n", re.DOTALL)
_INTERRUPTED = re.compile(r"[,.!?…]{1,3}\s[—–-]\s(?P<clause>[^.!?»«\n—–]{2,160})[.,]\s[—–-]\s")
_NAMING = frozenset({"назвать", "называть"})
_LOOK_BACK = 600
"""How far before a quotation its cue may stand, in code points, if the sentence is so long."""
_COLON = 3
"""Code points of a colon, a space and the mark behind it."""
_HEADING = 12
"""Tokens before the colon of a heading."""
_SENTENCE = 3
"""Words of a quotation that is no title."""
_MARKS = re.compile(r'[«»„“”"\n]')
_OPENS = {"»": "«", "”": "“„", "“": "„", '"': '"'}
"""The marks that a closing one can close; “ closes a „ that is open, and else opens."""


def quoted_spans(text: str) -> tuple[Span, ...]:
    """The insides of the outermost quotation marks « », “ ”, „ “ and " "; a mark without its partner is passed over,
    and " does not reach over a line's end.
    """
    open_: list[int] = []
    count: dict[str, int] = {}  # how many marks of each kind are open
    pairs: list[Span] = []
    for match in _MARKS.finditer(text):
        at, mark = match.start(), match.group()
        if mark == "\n":
            while open_ and text[open_[-1]] == '"':
                count[text[open_.pop()]] -= 1
            continue
        opens = mark in "«„“" or (mark == '"' and _opens(text, at))
        closes = "" if mark == '"' and opens else _OPENS.get(mark, "")
        if any(count.get(opening) for opening in closes):
            while open_:
                start = open_.pop()
                count[text[start]] -= 1
                if text[start] in closes:
                    break
            while pairs and pairs[-1].start > start:
                pairs.pop()
            if start + 1 < at:
                pairs.append(Span(start + 1, at))
        elif opens:
            open_.append(at)
            count[mark] = count.get(mark, 0) + 1
    return tuple(pairs)


def _opens(text: str, at: int) -> bool:
    """Whether a straight mark opens: a word begins behind it, and none ends before it."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (not before or before.isspace() or before in "(«„“—–-:") and (after.isalnum() or after in "«„“")


def quotes(
    text: str, tokens: Sequence[Token], sentences: Sequence[Span], actors: Sequence[Actor], terms: SpeechTerms
) -> tuple[Quote, ...]:
    """All quotations of a Russian text, in reading order."""
    index = TokenIndex(tokens, sentences)
    speakers = Speakers(text, index, sentences, actors, terms)
    spans = quoted_spans(text)
    direct = _Direct(text, index, speakers, terms.cues)
    candidates: list[tuple[int, Span | re.Match[str]]] = [(span.start, span) for span in spans]
    candidates += [
        (match.start("first"), match)
        for dash in _DASH.finditer(text)
        if (not dash.start() or _BEGINS.match(text, max(0, dash.start() - 2), dash.start()))
        and (match := _DASHED.match(text, dash.start()))
    ]
    found: list[Quote] = []
    reported = Reported(text, index, speakers, terms)
    last = Span(0, 0)  # direct speech may go on for sentences
    for sentence, mine in _with_their(candidates, sentences):
        said = [quote for candidate in mine for quote in direct.quotes(candidate)]
        spans_of = [last, *(Span(quote.start, quote.end) for quote in said)]
        found += [*said, *reported.quotes(sentence, spans_of)]
        last = spans_of[-1]
    return tuple(sorted(found, key=lambda quote: quote.start))


def _with_their(
    candidates: Sequence[tuple[int, Span | re.Match[str]]], sentences: Sequence[Span]
) -> Iterator[tuple[Span, list[Span | re.Match[str]]]]:
    """Each sentence, with what may be direct speech and begins in it."""
    waiting = sorted(candidates, key=lambda pair: pair[0])
    at = 0
    for sentence in sentences:
        mine: list[Span | re.Match[str]] = []
        while at < len(waiting) and waiting[at][0] < sentence.end:
            mine.append(waiting[at][1])
            at += 1
        yield sentence, mine


class _Direct:
    """Direct speech. It is asked in the order of the text."""

    def __init__(self, text: str, index: TokenIndex, speakers: Speakers, cues: frozenset[str]) -> None:
        self._text = text
        self._index = index
        self._speakers = speakers
        self._cues = cues
        sieve(cues)  # made with the first article, whatever stands in it
        self._asked = 0
        """How far the text has been searched for cues that stand before a quotation: it is searched once."""
        self._last_cue: Token | None = None
        self._done = 0
        """Where the last quotation ended."""

    def quotes(self, candidate: Span | re.Match[str]) -> list[Quote]:
        """The quotations that a stretch between two marks, or behind a dash, holds; none where no cue leads there."""
        if isinstance(candidate, Span):
            found = self._interrupted(candidate)
            if not found:
                led = self._led_from_behind(candidate) or self._led_from_before(candidate) or self._headed(candidate)
                found = [led] if led else []
        else:
            found = self._dashed(candidate) if candidate.start("first") >= self._done else []
        if found and found[0].start < self._done:
            return []
        if found:
            self._done = found[-1].end
            self._speakers.heard(found[-1].end, found[-1].speaker)
        return found

    def _quote(self, span: Span, speaker: str | None, cue: Token) -> Quote:
        return Quote(self._text[slice(*span)], *span, "direct", speaker, cue.text)

    def _dashed(self, match: re.Match[str]) -> list[Quote]:
        """`— Ждём, — сказал Примеров. — Скоро.`"""
        if not (led := self._clause(Span(*match.span("clause")), match.start("first"), sure=True)):
            return []
        spans = [Span(*match.span(part)) for part in ("first", "second") if match[part]]
        return [self._quote(span, *led) for span in spans]

    def _interrupted(self, span: Span) -> list[Quote]:
        """`«Ждём, — сказал Примеров. — Скоро»`: the marks close behind both parts."""
        found: list[Quote] = []
        start = span.start
        for match in _INTERRUPTED.finditer(self._text, *span):
            if led := self._clause(Span(*match.span("clause")), start, sure=False):
                parts = (Span(start, match.start()), Span(match.end(), span.end))
                found = [*found[:-1], *(self._quote(part, *led) for part in parts)]
                start = match.end()
        return found

    def _led_from_behind(self, span: Span) -> Quote | None:
        """`«…», — сказал Бекмурзаев`; with the mark of a whole sentence before the dash, any verb will do."""
        after = _AFTER.match(self._text, span.end + 1)
        if not after:
            return None
        span = self._with_unclosed(span)
        sure = bool(after["stop"]) or self._text[span.end - 1] in "!?…,"
        led = self._clause(Span(*after.span("clause")), span.start, sure=sure)
        return self._quote(span, *led) if led else None

    def _clause(self, clause: Span, before: int, *, sure: bool) -> tuple[str | None, Token] | None:
        """The speaker and the cue of a clause of reporting words; None where it has no cue."""
        tokens = self._index.within(*clause)
        cue = self._cue(tokens) or (next((t for t in tokens[:3] if _predicate(t)), None) if sure else None)
        if cue is None:
            return None
        verb = self._verb(cue) or _predicate(cue)
        if verb is None:
            return None
        speaker = self._speakers.subject(clause, verb, before=before) or self._before(clause, before, verb)
        return speaker, cue

    def _before(self, clause: Span, before: int, verb: Parse) -> str | None:
        """A pronoun's or an office's holder is named before the speech; `— добавила.` means who spoke last."""
        words = [token for token in self._index.within(*clause) if token.is_word]
        if len(words) == 1 and "sing" in verb.tags:
            return self._speakers.last(before, next(iter(verb.tags & {"masc", "femn"}), None))
        return None

    def _with_unclosed(self, span: Span) -> Span:
        """`«Мы едем в «Зорьку», — сказал …`: one mark closes both, as the rules of typesetting have it."""
        inner = span.start - 1
        before = self._text[max(0, inner - _LOOK_BACK) : inner]
        outer = max(before.rfind("«"), before.rfind("»"))
        if outer < 0 or before[outer] == "»" or "\n" in before[outer:]:
            return span
        words = before[outer + 1 :].rstrip()
        return Span(inner - len(before) + outer + 1, span.end) if words and words[-1] not in ".!?…" else span

    def _led_from_before(self, span: Span) -> Quote | None:
        """`Токаев … обратился к членам ОДКБ и попросил «…»`; the nearest actor before the cue is asked first."""
        start = max(self._index.sentence(span.start).start, span.start - _LOOK_BACK)
        cue = self._cue_before(span.start - 1)
        if cue and cue.start < start:
            return None
        words = self._text[slice(*span)]
        if cue is None or not self._is_speech(words, span, cue):
            return None
        verb = self._verb(cue)
        if verb is None:
            return None
        speaker = self._speakers.subject(Span(start, cue.start), verb, nearest_last=True)
        return self._quote(span, speaker or self._speakers.subject(Span(cue.end, span.start), verb), cue)

    def _headed(self, span: Span) -> Quote | None:
        """The quotation of a heading, `Асан Примеров: «Дорога снова закрыта»`: no verb stands before it. Two words
        would rather be a title: `Асан Примеров: «Горная заря»`.
        """
        said = self._text[slice(*span)]
        if self._text[span.start - _COLON : span.start - 1] != ": " or len(said.split()) < _SENTENCE:
            return None
        start = self._index.sentence(span.start).start
        before = self._index.within(start, span.start - _COLON)
        if len(before) > _HEADING or any(_predicate(token) for token in before):
            return None
        named = [one for one in self._speakers.within(start, span.start) if one.type == "Person"]
        if len(named) != 1 or not self._speakers.is_called(named[0]):
            return None
        return Quote(said, *span, "direct", named[0].name, None)

    def _is_speech(self, words: str, span: Span, cue: Token) -> bool:
        """Whether words with a cue before them are said: behind a colon, or a fragment that goes on in lower case; one
        word alone is more often a name, but not in `сказал, что «рад»`.
        """
        if self._text[max(0, span.start - 4) : span.start - 1].rstrip().endswith(":"):
            return True
        if not words[0].islower():
            return False
        whole = self._text[max(0, span.start - 6) : span.start - 1].endswith(" что ")
        return whole or len(words.split()) > 1 or bool(lemmas(cue.text) & _NAMING)

    def _cue_before(self, end: int) -> Token | None:
        """The last cue before a place that is behind all that were asked for earlier; none far back."""
        fresh = self._index.within(max(self._asked, end - _LOOK_BACK), end)
        self._last_cue, self._asked = self._cue(reversed(fresh)) or self._last_cue, end
        return self._last_cue

    def _cue(self, tokens: Iterable[Token]) -> Token | None:
        return next((token for token in tokens if self._verb(token)), None)

    def _verb(self, token: Token) -> Parse | None:
        """The token's reading as a verb that leads to speech."""
        return _speech_verb(token.text, self._cues)


@lru_cache(maxsize=12_000)
def _speech_verb(word: str, cues: frozenset[str]) -> Parse | None:
    if not word[0].isalpha() or not sieve(cues)(word):
        return None
    return next((parse for parse in parses(word)[:2] if "VERB" in parse.tags and parse.lemma in cues), None)


def _predicate(token: Token) -> Parse | None:
    """The token's reading as a finite verb: `— усмехнулся он`."""
    return next((parse for parse in parses(token.text)[:1] if "VERB" in parse.tags), None) if token.is_word else None
