"""Quotations of a Kyrgyz or Kazakh text.

Direct speech stands between quotation marks, with a verb of saying behind it (`«…», — деди Асанов`) or before a colon
(`Асанов мындай деди: «…»`). Indirect speech follows `айтымында` (`Асановдун айтымында, …`) or stands before `деп` and a
verb of saying (`Асанов жол ачылат деп билдирди`). No morphology is applied: verbs are listed as forms, and the speaker
is the actor named beside the verb, the person before the body.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg_news.records import Actor, Quote, Span
from kg_news.views.disjoint import Disjoint
from kg_news.views.quotes import quoted_spans
from kg_news.views.speakers import Named, SpeechTerms, named_places
from kg_news.views.tokens import Token, TokenIndex
from kg_news.views.turkic_endings import is_genitive, is_people

_AFTER = re.compile(r"[,.!?…]{0,3}\s{0,3}(?:[—–-]\s)?(?P<clause>[^.!?»«\n]{1,160})")
_THAT = "деп"
_PRONOUNS = frozenset({"ал", "ол"})
_POSSESSIVES = frozenset({"анын", "оның"})
_LOOK_BACK = 3
"""Sentences in which the one whom `анын` means is sought."""
_POSSESSED = re.compile(r"(?<=\w{4})[ыиуүі]$")
_WHILE = re.compile(r"^[,\s]*(?:болсо|болса)[,\s]")
"""`Асанов болсо жол ачылат деп эсептейт`: what sets a speaker against another."""
_ENDING = 4
"""Letters of the endings that an office may have: `-сынын`."""
_PLACES = 20
"""Places where persons are named, among which the holder of an office is sought."""
_NEAR = 4
"""Words of the clause behind a quotation in which the verb must stand: `— деп кошумчалады Эргешов`."""


def turkic_quotes(
    text: str, tokens: Sequence[Token], sentences: Sequence[Span], actors: Sequence[Actor], terms: SpeechTerms
) -> tuple[Quote, ...]:
    """All quotations of a Kyrgyz or Kazakh text, in reading order."""
    return _Finder(text, TokenIndex(tokens, sentences), sentences, actors, terms).quotes()


class _Finder:
    def __init__(
        self, text: str, index: TokenIndex, sentences: Sequence[Span], actors: Sequence[Actor], terms: SpeechTerms
    ) -> None:
        self._text = text
        self._index = index
        self._sentences = sentences
        self._named = named_places(actors)
        self._starts = [named.start for named in self._named]
        self._people = [named for named in self._named if named.type == "Person"]
        self._held = {actor.name: {_bare(office.split()[-1]) for office in actor.offices} for actor in actors}
        """The heads of a person's offices."""
        self._terms = terms

    def quotes(self) -> tuple[Quote, ...]:
        direct = [quote for span in quoted_spans(self._text) if (quote := self._direct(span))]
        taken = Disjoint(direct)
        indirect = [quote for sentence in self._sentences for quote in self._indirect(sentence)]
        free = [quote for quote in indirect if not taken.overlap(quote.start, quote.end)]
        return tuple(sorted([*direct, *free], key=lambda quote: quote.start))

    def _direct(self, span: Span) -> Quote | None:
        if any(span == (one.start, one.end) for one in self._within(*span)):
            return None  # `«Үлгі» студиясы кабарлады`
        after = _AFTER.match(self._text, span.end + 1)
        if after:
            clause = Span(*after.span("clause"))
            cue = self._cue([token for token in self._index.within(*clause) if token.is_word][:_NEAR])
            if cue:
                speaker = self._speaker(clause, span.start) or self._announced(span) or self._beside(span)
                return self._made(span, "direct", speaker, cue)
        if not self._is_announced(span):
            return None
        before = self._before(span)
        cue = self._cue(self._index.within(*before)[::-1])
        speaker = self._speaker(before, before.start)
        return self._made(span, "direct", speaker, cue) if cue or speaker else None

    def _is_announced(self, span: Span) -> bool:
        return self._text[max(0, span.start - 4) : span.start - 1].rstrip().endswith(":")

    def _before(self, span: Span) -> Span:
        return Span(self._index.sentence(span.start - 2).start, span.start - 1)

    def _announced(self, span: Span) -> str | None:
        """Who stands before the colon: `Асанов: «…», — деп жооп берди`."""
        before = self._before(span)
        return self._speaker(before, before.start) if self._is_announced(span) else None

    def _beside(self, span: Span) -> str | None:
        """Who stands right before the quotation mark: `Асанов «жол жок» деди`."""
        named = self._within(self._index.sentence(span.start).start, span.start)
        beside = named and not self._text[named[-1].end : span.start - 1].strip()
        return named[-1].name if beside and not is_genitive(self._text[named[-1].start : named[-1].end]) else None

    def _indirect(self, sentence: Span) -> Iterator[Quote]:
        tokens = self._index.within(*sentence)
        for token, following in pairwise(tokens):
            if token.text.lower() in self._terms.attributions and following.text == ",":
                whose = Span(sentence.start, token.start)
                owner = self._speaker(whose, sentence.start)
                if owner is None and self._text[slice(*whose)].rstrip().lower().endswith(tuple(_POSSESSIVES)):
                    owner = self._meant(sentence.start)
                yield from self._reported(Span(following.end, sentence.end), owner, token)
                return
        for at, token in enumerate(tokens):
            found = self._before_that(sentence, tokens, at) if token.text.lower() == _THAT else None
            if found is not None:
                yield from found
                return

    def _before_that(self, sentence: Span, tokens: Sequence[Token], at: int) -> Iterator[Quote] | None:
        """What is reported before the `деп` at a token, behind who reports it: `Асанов жол жабык деп эсептейт`; or who
        does stands behind the verb: `Жол жабылды, деп билдирди ӨКМ`. None where no verb of saying follows.
        """
        cue, that = self._cue(tokens[at + 1 : at + _NEAR]), tokens[at]
        if cue is None:
            return None
        if at and tokens[at - 1].text == ",":
            behind = self._within(cue.end, sentence.end)[:1]
            said = Span(sentence.start, tokens[at - 1].start)
            return (quote for one in behind for quote in self._reported(said, one.name, cue))
        if ":" in self._text[cue.end : sentence.end]:
            return None  # `былай деп жауап берді: «…»`
        named = self._within(sentence.start, that.start)
        subject = next((one for one in reversed(named) if one.type == "Person"), named[0] if named else None)
        if subject and not self._owns(subject):
            return self._reported(Span(subject.end, that.start), subject.name, cue)
        unnamed = self._unnamed(subject, tokens[:at])
        return self._reported(Span(unnamed.end, that.start), None, cue) if unnamed else None

    def _unnamed(self, owner: Named | None, tokens: Sequence[Token]) -> Token | None:
        """The noun for a speaker without a name: `өкмөттүн башчысы`, `ишкана өкүлдөрү`."""
        if owner:
            return next((token for token in tokens if token.start >= owner.end), None)
        return next((token for token in tokens if is_people(token.text)), None)

    def _reported(self, span: Span, speaker: str | None, cue: Token) -> Iterator[Quote]:
        words = self._text[slice(*span)]
        stripped = _WHILE.sub("", words).strip(" .!?…,»")
        if stripped:
            start = span.start + words.index(stripped)
            yield self._made(Span(start, start + len(stripped)), "indirect", speaker, cue)

    def _speaker(self, clause: Span, before: int) -> str | None:
        """Who is named in a clause, persons before bodies; for a pronoun the person named last before it, for an
        office (`деди министр`) the one who holds it.
        """
        named = [one for one in self._within(*clause) if one.type != "Country"]
        for one in (*(one for one in named if one.type == "Person"), *named):
            return one.name
        earlier = self._people[: bisect_right(self._people, before, key=_end)]
        words = [token.text.lower() for token in self._index.within(*clause)]
        if any(word in _PRONOUNS for word in words):
            return earlier[-1].name if earlier else None
        near = earlier[-_PLACES:][::-1]
        return next((one.name for one in near if any(self._is_of(word, one) for word in words)), None)

    def _meant(self, before: int) -> str | None:
        """The one person whom the nearest sentence before names that names any: `Анын айтымында, …`."""
        at = bisect_left(self._sentences, before, key=_start)
        for sentence in self._sentences[max(0, at - _LOOK_BACK) : at][::-1]:
            if names := {one.name for one in self._within(*sentence) if one.type == "Person"}:
                return names.pop() if len(names) == 1 else None
        return None

    def _is_of(self, word: str, person: Named) -> bool:
        """Whether a word is the head of a person's office, in whatever case: `министрдин`."""
        return any(word.startswith(head) and len(word) - len(head) <= _ENDING for head in self._held[person.name])

    def _owns(self, body: Named) -> bool:
        """Whether a body stands in the genitive: it is another who speaks, `өкмөтүнүн башчысы`."""
        return body.type != "Person" and is_genitive(self._text[body.start : body.end])

    def _within(self, start: int, end: int) -> list[Named]:
        named = self._named[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return [one for one in named if one.end <= end]

    def _cue(self, tokens: Sequence[Token]) -> Token | None:
        return next((token for token in tokens if token.text.lower() in self._terms.cues), None)

    def _made(self, span: Span, kind: str, speaker: str | None, cue: Token | None) -> Quote:
        return Quote(self._text[slice(*span)], *span, kind, speaker, cue.text if cue else None)


def _bare(head: str) -> str:
    """`өкүл` of `өкүлү`: an office is often somebody's."""
    return _POSSESSED.sub("", head.lower())


def _start(sentence: Span) -> int:
    return sentence.start


def _end(named: Named) -> int:
    return named.end
