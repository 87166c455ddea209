"""Markers: where a text may announce a photo's credit.

The patterns begin with plain letters and look at nothing before them, so that a long text is passed over quickly; what
stands around a form is looked at afterwards.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from kg_news.records import Span

_COLON = re.compile(r"[ \t\u00a0]*:")
_SPACE = re.compile(r"[ \t\u00a0]+(?=[\w«@])")
_SIGNED = re.compile(r"\ufe0f?[ \t\u00a0]?(?=[\w«@\"])")
_INSIDE = re.compile(r"[«-]|[A-ZА-ЯЁ\d](?=[A-ZА-ЯЁ]{2})")
"""What a marker with a colon does not stand behind: `«Фото: год спустя»`, `ВИДЕОФОТО:`; any other letter it may:
`площадьФото:`, `МЧС КРФото:`.
"""


class Marker(NamedTuple):
    span: Span
    form: Literal["colon", "bare", "sign"]
    """With a colon; without one; a sign or words that need none, such as `©`."""
    kind: str | None
    """The kind of photo that the marker alone tells of."""
    bracket: bool
    """Whether it stands behind a bracket, a slash, a line's or a sentence's start with a small letter: `(фото …)`."""
    whole: bool = False
    """Whether it speaks of the whole article's photos, or of its cover: no caption stands before it."""


class Markers:
    """The forms of `registry/photo.yml`, compiled."""

    def __init__(self, items: Iterable[Mapping[str, Any]]) -> None:
        self._items = {item["form"]: item for item in items}
        forms = sorted(self._items, key=len, reverse=True)
        self._forms = re.compile("|".join(map(re.escape, forms)) or r"(?!)")
        self._small = re.compile(
            rf"(?:\A|[\n(/|]|[.!?…] ) ?({'|'.join(re.escape(_lower(form)) for form in forms) or '(?!)'})"
        )
        self._within = {form: [other for other in forms if form.startswith(other)] for form in forms}
        self._capital = {_lower(form): form for form in reversed(forms)}

    def find(self, text: str, start: int, end: int | None = None) -> Iterator[Marker]:
        """Every marker in reading order, of several at one place the longest that fits."""
        limit = len(text) if end is None else end
        yield from heapq.merge(self._capitals(text, start, limit), self._smalls(text, start, limit))

    def _capitals(self, text: str, start: int, limit: int) -> Iterator[Marker]:
        for match in self._forms.finditer(text, start, limit):
            at = match.start()
            bracket = text[max(0, at - 2) : at].rstrip(" \u00a0")[-1:] in {"(", "/", "|"}
            for form in self._within[match.group()]:
                if marker := self._marker(text, at, form, form, bracket=bracket):
                    yield marker
                    break

    def _smalls(self, text: str, start: int, limit: int) -> Iterator[Marker]:
        for match in self._small.finditer(text, start, limit):
            for small in [_lower(form) for form in self._within[self._capital[match[1]]]]:
                if small[0].islower() and (
                    marker := self._marker(text, match.start(1), small, self._capital[small], bracket=True)
                ):
                    yield marker
                    break

    def _marker(self, text: str, at: int, words: str, form: str, *, bracket: bool) -> Marker | None:
        item, end = self._items[form], at + len(words)
        before = text[at - 1 : at]
        if not item.get("colon", True):
            fits = (gap := _SIGNED.match(text, end)) and not (before.isalnum() and words[0].isalpha())
            if gap and (next_form := self._forms.match(text, gap.end())) and _COLON.match(text, next_form.end()):
                return None  # «© Фото: …» is one marker
            return Marker(Span(at, end), "sign", item.get("kind"), bracket) if fits else None
        if colon := _COLON.match(text, end):
            if _INSIDE.match(text, max(0, at - 1)) and at:
                return None
            sign = len("©") if before == "©" else len("© ") if text[max(0, at - 2) : at] in {"© ", "©\u00a0"} else 0
            whole = item.get("whole", False)
            return Marker(Span(at - sign, colon.end()), "colon", item.get("kind"), bracket, whole)
        bare = item.get("bare") and not before.isalnum() and (not bracket or before != "\n")
        if bare and _SPACE.match(text, end):
            return Marker(Span(at, end), "bare", item.get("kind"), bracket)
        return None


def _lower(form: str) -> str:
    return form[0].lower() + form[1:]
