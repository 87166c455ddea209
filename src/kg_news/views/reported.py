"""Indirect speech of a Russian text: what somebody says, told in the article's words.

Four forms are looked for, each in one sentence:

- a verb and its clause: `Примеров заявил, что школу откроют`;
- a noun and its owner: `По словам Примерова, школу откроют`, `По его словам, …`, `По данным МЧС, …`;
- `Как сообщили в МЧС, дорога закрыта`;
- a clause with the verb behind it: `Дорогу закроют, сообщили в МЧС`.

What is reported goes on to the end of the sentence or to the next reporting verb. A stretch that holds direct speech is
none: there the words between the marks are the quotation.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg_news.records import Quote, Span
from kg_news.views.morph import Parse, parses
from kg_news.views.sieve import sieve
from kg_news.views.speakers import Speakers, SpeechTerms
from kg_news.views.tokens import Token, TokenIndex

_THAT = re.compile(r",\s(?:будто\s)?что\s")
_BY = re.compile(r"[ПпСс]о(?<!\w\w\w)\s(?P<whose>его|ее|её)?\s?(?P<noun>[а-я]+)(?P<owner>[^,.!?\n]{0,120}),\s")
_AS = re.compile(r"[Кк]ак\s(?P<clause>[^,.!?«»\n]{3,120}),\s")
_FORMS = {"by": _BY, "as": _AS, "that": _THAT}
"""In the order of trust."""
_MARK = re.compile(r"[.!?…«»]")
_NAMED_LAST = re.compile(r"\s«[^«».!?…]{1,60}»$")
"""`сообщает «Зорька»`"""
_NEXT = re.compile(r",\s(?:(?:и|а|но)\s)?")
_OUR_OWN = frozenset({"1per"})
"""`Отметим, что …` are the article's own words."""
_POINTS = re.compile(r"\sна\sто$")
"""`Всё указывает на то, что …`: nobody speaks."""
_REACH = 12
"""Tokens between a verb and its `что`: `сообщил журналистам на брифинге в Оше, что …`."""
_LONGEST = 600
"""Code points of what is reported at once, and between the beginning of a sentence and its verb."""


class Reported:
    """Finds indirect speech, sentence by sentence, in the order of the text."""

    def __init__(self, text: str, index: TokenIndex, speakers: Speakers, terms: SpeechTerms) -> None:
        self._text = text
        self._index = index
        self._speakers = speakers
        self._terms = terms
        found = [(match.start(), form, match) for form in _FORMS for match in _FORMS[form].finditer(text)]
        self._waiting = sorted(found, key=lambda one: one[0], reverse=True)
        """Where the forms may be, the last first: a text is searched once, and not sentence by sentence."""

    def quotes(self, sentence: Span, direct: Sequence[Span]) -> list[Quote]:
        """The indirect speech of a sentence, none of which touches the direct speech there."""
        here: list[tuple[str, re.Match[str]]] = []
        while self._waiting and self._waiting[-1][0] < sentence.end:
            here.append(self._waiting.pop()[1:])
        candidates = [*self._of_forms(sentence, here), *self._tail(sentence)]
        found: list[Quote] = []
        taken = sorted(direct) if candidates else []
        for quote in candidates:
            span = Span(quote.start, quote.end)
            at = bisect_left(taken, span)
            if all(other.end <= span.start or span.end <= other.start for other in taken[max(0, at - 1) : at + 1]):
                taken.insert(at, span)
                found.append(quote)
                self._speakers.heard(quote.end, quote.speaker)
        return found

    def _of_forms(self, sentence: Span, here: Sequence[tuple[str, re.Match[str]]]) -> Iterator[Quote]:
        reading = {"by": self._by_noun, "as": self._as, "that": self._that}
        for form in _FORMS if here else ():
            for name, match in here:
                if name == form and match.end() < sentence.end:
                    yield from reading[form](sentence, match)

    def _that(self, sentence: Span, match: re.Match[str]) -> Iterator[Quote]:
        """`Примеров заявил, что …`."""
        start = max(sentence.start, match.start() - _LONGEST)
        before = self._index.within(start, match.start())[-_REACH:]
        if not any(self._verb(token) for token in before):
            return
        cue = next((token for token in reversed(before) if _is_finite(token)), None)
        verb = self._verb(cue) if cue else None
        if cue is None or verb is None or self._denied(cue) or verb.tags & _OUR_OWN:
            return
        speaker = self._speakers.subject(Span(start, cue.start), verb, nearest_last=True)
        behind = Span(cue.end, match.start())
        if not speaker and not (self._is_told(behind) and self._speakers.is_unnamed(Span(start, cue.start), verb)):
            speaker = self._speakers.subject(behind, verb)
        if speaker or not _POINTS.search(self._text, cue.end, match.start()):
            yield from self._quote(match.end(), sentence.end, speaker, cue)

    def _is_told(self, behind: Span) -> bool:
        """Whether a body stands right behind the verb: with a subject before the verb it is whom it is told,
        `Источник рассказал «Зорька», что …`, `Источник рассказал 24.kg, что …`.
        """
        named = self._speakers.within(*behind)[:1]
        return any(one.type != "Person" and not self._text[behind.start : one.start].strip(' «“„"') for one in named)

    def _by_noun(self, sentence: Span, match: re.Match[str]) -> Iterator[Quote]:
        """`По словам Примерова, …`, `Дорогу, по словам Примерова, откроют …`."""
        token = self._index.tokens[self._index.at(match.start("noun"))]
        if any(parse.lemma in self._terms.attributions for parse in parses(token.text)):
            speaker = self._speakers.of_genitive(Span(match.start(), match.end("owner")))
            yield from self._quote(match.end(), sentence.end, speaker, token)

    def _as(self, sentence: Span, match: re.Match[str]) -> Iterator[Quote]:
        """`Как сообщили в МЧС, …`; in a sentence's middle behind a comma."""
        before = self._text[sentence.start : match.start()].rstrip()
        if not before or before.endswith(","):
            clause = Span(*match.span("clause"))
            if led := self._led(clause):
                yield from self._quote(match.end(), sentence.end, *led)

    def _tail(self, sentence: Span) -> Iterator[Quote]:
        """`Дорогу закроют, сообщили в МЧС.`; the verb comes first and has a subject behind it."""
        comma = self._text.rfind(", ", *sentence)
        if comma < 0 or not 0 < comma - sentence.start <= _LONGEST or sentence.end - comma > _LONGEST:
            return
        words = self._text[comma + 2 : sentence.end].rstrip(".!?…")
        if _MARK.search(_NAMED_LAST.sub("", words)):
            return
        clause = Span(comma + 2, comma + 2 + len(words))
        at = self._index.at(clause.start)
        at += words.startswith("как ")
        cue = self._index.tokens[at]
        if cue.start >= clause.end or not self._verb(cue):
            return
        led = self._led(clause)
        if led and led[0] and led[1] == cue and self._text[comma - 1] not in "»”":
            yield self._made(Span(sentence.start, comma), *led)

    def _led(self, clause: Span) -> tuple[str | None, Token] | None:
        cue = next((token for token in self._index.within(*clause) if self._verb(token)), None)
        verb = self._verb(cue) if cue else None
        return (self._speakers.subject(clause, verb), cue) if cue and verb else None

    def _quote(self, start: int, end: int, speaker: str | None, cue: Token) -> Iterator[Quote]:
        """From a place to the end of its sentence, or to where the next reporting verb follows a comma."""
        end = min(end, start + _LONGEST)
        for match in _NEXT.finditer(self._text, start, end):
            following = self._index.within(match.end(), end)[:1]
            if following and self._verb(following[0]):
                end = match.start()
                break
        words = self._text[start:end].rstrip(" .!?…:;,")
        if words:
            yield self._made(Span(start, start + len(words)), speaker, cue)

    def _made(self, span: Span, speaker: str | None, cue: Token) -> Quote:
        return Quote(self._text[slice(*span)], *span, "indirect", speaker, cue.text)

    def _denied(self, cue: Token) -> bool:
        """`не сказал, что …`."""
        at = self._index.at(cue.start)
        return at > 0 and self._index.tokens[at - 1].text.lower() == "не"

    def _verb(self, token: Token) -> Parse | None:
        """The token's reading as a verb of saying, finite or a gerund: `заявив, что …`."""
        return _reporting_verb(token.text, self._terms.cues)


@lru_cache(maxsize=20_000)
def _reporting_verb(word: str, cues: frozenset[str]) -> Parse | None:
    if not word[0].isalpha() or not sieve(cues)(word):
        return None
    return next((p for p in parses(word)[:2] if p.tags & {"VERB", "GRND"} and p.lemma in cues), None)


def _is_finite(token: Token) -> bool:
    return token.is_word and bool(parses(token.text)[0].tags & {"VERB", "GRND", "PRTS", "PRED"})
