"""Quotations: what stands between quotation marks, who says it, and by which word it is introduced.

A stretch between « » is a quotation when a cue leads to it: behind it after a dash (`«…», — отметили власти`),
before it in its sentence (`Токаев заявил, что «…»`), or before a colon. Names of outlets and titles stand between «
» too; they have no cue, or begin like a name. The speaker is the actor in the cue's clause who can be its subject;
if none can, there is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from kg_news.records import Actor, Quote, Span
from kg_news.views.morph import lemmas, parses
from kg_news.views.names import name_words, readings
from kg_news.views.tokens import Token

_AFTER = re.compile(r"[,.!?…]*\s*[—–-]\s+(?P<clause>[^.!?»«\n]{0,160})")
_NAMING = frozenset({"назвать", "называть"})


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
    """All quotations of a Russian text, in reading order."""
    finder = _Finder(text, tokens, sentences, actors, cues)
    return tuple(quote for span in quoted_spans(text) if (quote := finder.quote(span)))


def quoted_spans(text: str) -> tuple[Span, ...]:
    """The insides of the outermost quotation marks « » and “ ”; a mark without its partner opens nothing."""
    spans: list[Span] = []
    stack: list[int] = []
    for match in re.finditer(r"[«»“”]", text):
        mark = match.group()
        if mark in "«“":
            stack.append(match.start())
        elif stack:
            start = stack.pop()
            if text[start] + mark not in {"«»", "“”"}:
                stack.clear()
            elif not stack and start + 1 < match.start():
                spans.append(Span(start + 1, match.start()))
    return tuple(spans)


class _Finder:
    def __init__(
        self,
        text: str,
        tokens: Sequence[Token],
        sentences: Sequence[Span],
        actors: Sequence[Actor],
        cues: frozenset[str],
    ) -> None:
        self._text = text
        self._tokens = tokens
        self._starts = [token.start for token in tokens]
        self._sentence_starts = [sentence.start for sentence in sentences]
        self._cues = cues
        self._named = sorted(
            (
                _Named(mention.start, mention.end, actor.name, actor.type == "Person")
                for actor in actors
                for mention in actor.mentions
            ),
            key=lambda named: named.start,
        )

    def quote(self, span: Span) -> Quote | None:
        words = self._text[slice(*span)]
        if after := _AFTER.match(self._text, span.end + 1):
            clause = Span(*after.span("clause"))
            if cue := self._first_cue(clause):
                return Quote(words, *span, self._speaker_behind(cue, clause), cue.text)
        sentence = self._sentence_start(span.start)
        cue = self._last_cue(Span(sentence, span.start - 1))
        if cue is None or not self._is_speech(words, span, cue):
            return None
        return Quote(
            words,
            *span,
            self._speaker_before(cue, sentence) or self._speaker_behind(cue, Span(cue.end, span.start)),
            cue.text,
        )

    def _is_speech(self, words: str, span: Span, cue: Token) -> bool:
        """Whether words with a cue before them are said: behind a colon, or a fragment that goes on in lower case."""
        if self._text[: span.start - 1].rstrip().endswith(":"):
            return True
        if not words[0].islower():
            return False
        return len(words.split()) > 1 or bool(lemmas(cue.text) & _NAMING)

    def _sentence_start(self, offset: int) -> int:
        at = bisect_right(self._sentence_starts, offset) - 1
        return self._sentence_starts[at] if at >= 0 else 0

    def _tokens_in(self, span: Span) -> Sequence[Token]:
        return self._tokens[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]

    def _first_cue(self, clause: Span) -> Token | None:
        return next((token for token in self._tokens_in(clause) if self._is_cue(token)), None)

    def _last_cue(self, stretch: Span) -> Token | None:
        return next((token for token in reversed(self._tokens_in(stretch)) if self._is_cue(token)), None)

    def _is_cue(self, token: Token) -> bool:
        return token.is_word and any(
            "VERB" in parse.tags and parse.lemma in self._cues for parse in parses(token.text)[:2]
        )

    def _speaker_behind(self, cue: Token, clause: Span) -> str | None:
        """`— сказал Бекмурзаев`, `— заявили в Погранслужбе`; for `— говорится в сообщении` there is none."""
        for named in self._named:
            if clause.start <= named.start and named.end <= clause.end and self._can_be_subject(named, cue):
                return named.name
        return None

    def _speaker_before(self, cue: Token, sentence: int) -> str | None:
        """The nearest actor before the cue who can be its subject: `Токаев … обратился к членам ОДКБ и попросил`."""
        for named in reversed(self._named):
            if sentence <= named.start and named.end <= cue.start and self._can_be_subject(named, cue):
                return named.name
        return None

    def _can_be_subject(self, named: _Named, cue: Token) -> bool:
        """A nominative that agrees with the verb, or `в` + body with a verb in the plural: `В кабмине отметили`."""
        verb = next(parse.tags for parse in parses(cue.text) if "VERB" in parse.tags)
        at = bisect_left(self._starts, named.start)
        before = self._tokens[at - 1] if at else None
        if before and before.text.lower() in {"в", "во"}:
            return "plur" in verb and not named.is_person
        if before and not named.is_person and self._governs(before):
            return False
        if named.is_person:
            return "plur" not in verb and self._nominative(named, verb)
        return self._nominative(named, verb)

    def _governs(self, token: Token) -> bool:
        """Whether the word before makes a body its complement: `членам ОДКБ`, `с ОДКБ`."""
        return token.is_word and bool(parses(token.text)[0].tags & {"NOUN", "PREP"})

    def _nominative(self, named: _Named, verb: frozenset[str]) -> bool:
        if named.is_person:
            words = name_words(self._text[named.start : named.end])
            gender = next(iter(verb & {"masc", "femn"}), None)
            name = set(named.name.split())
            return any(
                "nomn" in reading.cases and set(reading.words) <= name and gender in {None, reading.gender}
                for reading in readings(words)
            )
        first = next(token for token in self._tokens[bisect_left(self._starts, named.start) :] if token.is_word)
        return any(parse.tags & {"nomn", "Fixd", "Abbr"} for parse in parses(first.text))
