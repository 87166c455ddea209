"""The end of a photo credit in text that runs on without a separator.

A credit is a chain of *parties* between slashes, commas and «и». A party has one of a few shapes
(`views.credit_shapes`), and the credit ends where the last party's shape ends; nothing else marks the place. Of 92 real
credit lines only two end in a full stop.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from kg_news.records import Span
from kg_news.views.credit_shapes import SHAPES
from kg_news.views.credit_tails import past_year
from kg_news.views.credit_terms import SEPARATORS, CreditTerms, Party, is_body
from kg_news.views.credit_tokens import Token, credit_tokens, is_function_word, is_verb, join

_MAX_LENGTH = 160
"""Longest stretch that is looked at: the longest of the 92 real credit lines has under 100 characters."""


@dataclass(frozen=True)
class Credit:
    """Who is credited, in which words."""

    span: Span
    parties: tuple[Party, ...]
    certain: bool
    """Whether what follows looks like the start of something new, and every shape was a plain one."""
    follows: str
    """What stands behind: `end`, `verb` (in small letters), `lower` (another word in small letters), or `new`."""


def read_credit(text: str, start: int, terms: CreditTerms | None = None, end: int | None = None) -> Credit | None:
    """The credit that begins at `start` (white space passed over) and ends before `end`; None where no shape fits.

    >>> body = "Айдай Токоева / «Клооп» На фоне протестов"
    >>> credit = read_credit(body, 0)
    >>> body[slice(*credit.span)]
    'Айдай Токоева / «Клооп»'
    """
    stop = _window_end(text, start, end)
    credit = _read(text[start:stop], stop == len(text), terms or _NO_TERMS)
    return credit and replace(credit, span=Span(start + credit.span.start, start + credit.span.end))


def _window_end(text: str, start: int, end: int | None) -> int:
    limit = min(start + _MAX_LENGTH, len(text) if end is None else max(start, end))
    line_end = text.find("\n", start, limit)
    return limit if line_end < 0 else line_end


_NO_TERMS = CreditTerms()


@lru_cache(maxsize=4096)  # a photographer is credited again and again
def _read(window: str, ends: bool, terms: CreditTerms) -> Credit | None:
    """The credit that begins a stretch of text; `ends` says that the text ends with it."""
    tokens = credit_tokens(window, 0, len(window), terms.begins, terms.given, ends=ends)
    parties = [party for _, party in parties_in(tokens, terms)]
    if not parties:
        return None
    i = past_year(tokens, parties[-1].end)
    last = tokens[i - 1]
    if i < len(tokens) and tokens[i].text == ")" and any(token.text == "(" for token in tokens[:i]):
        last = tokens[i]  # «Иван Петров (Клооп)»: the chain's bracket closes with it
        i += 1
    follows = _follows(tokens, i)
    certain = follows in {"end", "new"} and all(party.shape != "one word" for party in parties)
    return Credit(Span(tokens[0].start, last.end), tuple(parties), certain, follows)


def window_tokens(text: str, start: int, terms: CreditTerms, end: int | None = None) -> list[Token]:
    """The tokens that `read_credit` looks at."""
    stop = _window_end(text, start, end)
    window = text[start:stop]
    return credit_tokens(window, 0, len(window), terms.begins, terms.given, ends=stop == len(text))


def parties_in(tokens: list[Token], terms: CreditTerms) -> Iterator[tuple[int, Party]]:
    """The parties of the credit that begins the tokens, each with the index of its first token."""
    i: int | None = 1 if tokens and tokens[0].text in {"©", "©\ufe0f"} else 0
    while i is not None and (party := _party(tokens, i, terms)) is not None:
        yield i, party
        i = _separator(tokens, party.end, terms)


def _follows(tokens: list[Token], i: int) -> str:
    if i >= len(tokens):
        return "end"
    if not tokens[i].lower:
        return "new"
    return "verb" if is_verb(tokens[i].text) else "lower"


def _party(tokens: list[Token], i: int, terms: CreditTerms) -> Party | None:
    if i >= len(tokens):
        return None
    for shape in SHAPES:
        if party := shape(tokens, i, terms):
            return party
    return None


def _separator(tokens: list[Token], i: int, terms: CreditTerms) -> int | None:
    """Index behind a separator: `/`, `//`, `|`, `,`, `(`, «и», a dash, `специально для`; None where there is none."""
    if i >= len(tokens):
        return None
    if tokens[i].kind == "handle":
        return i  # «Instagram @zorka»
    if tokens[i].text in SEPARATORS:
        while i < len(tokens) and tokens[i].text in SEPARATORS:
            i += 1
        return i
    if tokens[i].text == "via" and i + 1 < len(tokens) and tokens[i + 1].capital:
        return i + 1  # «AFP via Getty Images»
    made_for = _made_for(tokens, i)
    return _weak_separator(tokens, i, terms) if made_for is None else made_for


def _weak_separator(tokens: list[Token], i: int, terms: CreditTerms) -> int | None:
    """A comma and «и» lead on only to a name: «Иван Петров, фото сделано…» ends at the comma, «Иван Петров,
    пресс-служба мэрии» goes on. A dash leads on only to what cannot start a sentence.
    """
    if i + 1 >= len(tokens):
        return None
    following = tokens[i + 1]
    leads = following.kind in {"quote", "handle", "domain"} or following.text.lower() in terms.names
    if tokens[i].text in {"—", "–", "-"}:
        leads |= following.latin
    elif tokens[i].text in {",", "и", "&", ";", "жана", "және", "and"}:
        leads |= following.kind in {"word", "initial"} and following.capital and not is_function_word(following.text)
        leads |= following.lower and is_body(following.text, terms)
    else:
        return None
    return i + 1 if leads else None


def _made_for(tokens: list[Token], i: int) -> int | None:
    """Index behind `, специально для` where an outlet follows."""
    words = [token.text for token in tokens[i : i + 3]]
    for lead in ([",", "специально", "для"], ["специально", "для"], [",", "для"], ["для"], ["for"]):
        if words[: len(lead)] == lead and i + len(lead) < len(tokens):
            outlet = tokens[i + len(lead)]
            return i + len(lead) if outlet.kind in {"quote", "domain"} or outlet.latin else None
    return None


def name_table(names: Iterable[str]) -> tuple[dict[str, int], dict[str, int]]:
    """`names` and `longest` of CreditTerms.

    >>> name_table(["РИА Новости"])
    ({'риа новости': 2}, {'риа': 2})
    """
    table: dict[str, int] = {}
    longest: dict[str, int] = {}
    for name in names:
        tokens = credit_tokens(name, 0, len(name))
        table[join(tokens, 0, len(tokens)).lower()] = len(tokens)
        first = tokens[0].text.lower()
        longest[first] = max(longest.get(first, 0), len(tokens))
    return table, longest
