"""The shape of a photo credit: where a credit line ends in text that runs on without a separator.

A credit is a chain of *parties* between slashes, commas and «и». A party has one of a few shapes, and the credit ends
where the last party's shape ends; nothing else marks the place. Of 92 real credit lines only two end in a full stop.
Each shape is a small function `(tokens, i) -> Party | None` with an example; SHAPES lists them in the order they are
asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from kg_news.records import Span
from kg_news.views.morph import known, parses
from kg_news.views.names import PATRONYMIC_PARTICLES

_TOKEN = re.compile(
    r"(?P<quote>«[^«»\n]{1,80}»|“[^“”\n]{1,80}”|„[^„“\n]{1,80}“|\"[^\"\n]{1,80}\")"
    r"|(?P<handle>@[\w.]*\w)"
    r"|(?P<domain>\w[\w-]*(?:\.[\w-]*[^\W\d_]{2,})+(?:/[\w-]+)*)"
    r"|(?P<latinpair>[A-Z]{2,}/[A-Z]{2,})"
    r"|(?P<initial>[A-ZА-ЯЁӨҮҢӘҒҚҰҺІ]\.(?!\w\.\w{2}))"
    r"|(?P<word>[^\W\d_]+(?:[-'’ʼ‑][^\W\d_]+)*)"
    r"|(?P<number>\d+)"
    r"|(?P<mark>[^\w\s])"
)
_MAX_LENGTH = 160
"""Longest stretch that is looked at: the longest of the 92 real credit lines has under 100 characters."""

_PATRONYMIC = re.compile(r"(?:ович|евич|ьич|овна|евна|ична|инична)$")
_LATIN = re.compile(r"[A-Za-z]")
_OBLIQUE = frozenset({"gent", "loct", "datv", "ablt", "gen2", "loc2"})


class CreditTerms(NamedTuple):
    """Words of credits that the registry knows (`registry/photo.yml`)."""

    agencies: frozenset[str] = frozenset()
    """Names of two Latin words that are no person's: `Getty Images`."""
    closers: frozenset[str] = frozenset()
    """Kyrgyz and Kazakh words that end a body's name, as its head stands last: `кызматы`, `агенттігі`."""


class Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def latin(self) -> bool:
        return bool(_LATIN.match(self.text))

    @property
    def abbreviation(self) -> bool:
        """`МВД`, `РФ`; a surname in capitals (`ПЕТРОВ`) is none."""
        return self.kind == "word" and 1 < len(self.text) < 6 and self.text.isupper() and not _is_surname(self.text)


@dataclass(frozen=True)
class Party:
    """One name in a credit."""

    role: Literal["creator", "agency"]
    text: str
    """The name, without quotation marks."""
    end: int
    """Index of the token behind it."""
    shape: str


@dataclass(frozen=True)
class Credit:
    span: Span
    parties: tuple[Party, ...]
    certain: bool
    """Whether what follows looks like the start of something new, and every shape was a plain one."""


def read_credit(text: str, start: int, terms: CreditTerms | None = None) -> Credit | None:
    """The credit that begins at `start` (white space passed over); None where no shape fits.

    >>> body = "Айдай Токоева / «Клооп» На фоне протестов"
    >>> credit = read_credit(body, 0)
    >>> body[slice(*credit.span)]
    'Айдай Токоева / «Клооп»'
    """
    terms = terms or CreditTerms()
    line_end = text.find("\n", start, start + _MAX_LENGTH)
    limit = min(start + _MAX_LENGTH, len(text)) if line_end < 0 else line_end
    tokens = [
        Token(str(match.lastgroup), match.group(), *match.span()) for match in _TOKEN.finditer(text, start, limit)
    ]
    parties: list[Party] = []
    i = 0
    while (party := _party(tokens, i, terms)) is not None:
        parties.append(party)
        i = party.end
        if (following := _separator(tokens, i)) is None or _party(tokens, following, terms) is None:
            break
        i = following
    if not parties:
        return None
    last = tokens[i - 1]
    if i < len(tokens) and tokens[i].text == ")" and any(token.text == "(" for token in tokens[:i]):
        last = tokens[i]  # «Иван Петров (Клооп)»: the chain's bracket closes with it
        i += 1
    certain = _begins_anew(tokens, i) and all(party.shape != "one word" for party in parties)
    return Credit(Span(tokens[0].start, last.end), tuple(parties), certain)


def _party(tokens: list[Token], i: int, terms: CreditTerms) -> Party | None:
    if i >= len(tokens):
        return None
    for shape in SHAPES:
        if party := shape(tokens, i, terms):
            if party.role == "creator" and party.text in terms.agencies:
                return Party("agency", party.text, party.end, party.shape)
            return party
    return None


def _separator(tokens: list[Token], i: int) -> int | None:
    """Index behind a separator: `/`, `//`, `|`, `,`, `(`, «и»; None where there is none.

    A comma and «и» lead on only to a capital letter or a quotation: «Иван Петров, фото сделано…» ends at the comma.
    """
    if i >= len(tokens):
        return None
    if tokens[i].text in {"/", "|", "("}:
        while i < len(tokens) and tokens[i].text in {"/", "|", "("}:
            i += 1
        return i
    if tokens[i].text in {",", "и", "&"} and i + 1 < len(tokens):
        following = tokens[i + 1]
        return i + 1 if following.capital or following.kind in {"quote", "handle", "domain"} else None
    return None


def _begins_anew(tokens: list[Token], i: int) -> bool:
    return i >= len(tokens) or not (tokens[i].kind == "word" and tokens[i].text[0].islower())


def _join(tokens: list[Token], i: int, end: int) -> str:
    pieces = [tokens[i].text]
    for before, token in zip(tokens[i:end], tokens[i + 1 : end], strict=False):
        pieces += [" " if token.start > before.end else "", token.text]
    return "".join(pieces)


# Shapes


def quoted(tokens: list[Token], i: int, _: CreditTerms) -> Party | None:
    """An outlet in quotation marks: `«Клооп»`."""
    if tokens[i].kind != "quote":
        return None
    return Party("agency", tokens[i].text[1:-1].strip(), i + 1, "quoted")


def head_last(tokens: list[Token], i: int, terms: CreditTerms) -> Party | None:
    """A body in Kyrgyz or Kazakh, whose head ends it: `Бишкек шаардык мэриясынын басма сөз кызматы`, `TASS
    агенттиги`.
    """
    end = i
    while end < len(tokens) and end - i < 9 and tokens[end].kind in {"word", "quote", "number"}:
        end += 1
        if tokens[end - 1].text.lower() in terms.closers:
            return Party("agency", _join(tokens, i, end), end, "head last")
    return None


def address(tokens: list[Token], i: int, _: CreditTerms) -> Party | None:
    """A site or an account: `Vласть.kz`, `@gum_chynar`, `VK.com`."""
    if tokens[i].kind not in {"handle", "domain", "latinpair"}:
        return None
    return Party("agency", tokens[i].text, i + 1, "address")


def latin_run(tokens: list[Token], i: int, _: CreditTerms) -> Party | None:
    """Latin words where Cyrillic text follows: `RFE/RL`, `Sputnik`; two with capitals are a person: `John Smith`."""
    end = i
    while (
        end < len(tokens)
        and tokens[end].kind in {"word", "number"}
        and (tokens[end].latin or end > i)
        and _cyrillic_free(tokens[end])
    ):
        end += 1
    if end == i:
        return None
    words = tokens[i:end]
    if end - i > 3:
        # The text around is Latin too: take the words that are written as a name.
        end = i + next((n for n, token in enumerate(words) if not token.capital), 2)
        end = min(max(end, i + 1), i + 2)
        words = tokens[i:end]
    person = len(words) == 2 and all(
        token.capital and not token.abbreviation and token.kind == "word" for token in words
    )
    return Party("creator" if person else "agency", _join(tokens, i, end), end, "latin run")


def _cyrillic_free(token: Token) -> bool:
    return token.text.isascii()


def body(tokens: list[Token], i: int, _: CreditTerms) -> Party | None:
    """A body or a page, from its head noun on: `пресс-служба кабмина`, `скриншот видео «Клоопа»`, `МЧС Кыргызстана`.

    It goes on over lower-case words, quotations, abbreviations, and capitalised words that can stand in an oblique
    case: `Посольство Кыргызстана в России` ends before the nominative `Посольство`.
    """
    first = tokens[i]
    if (
        first.kind != "word"
        or first.latin
        or not (first.text[0].islower() or first.abbreviation or is_common(first.text))
    ):
        return None
    if first.text[0].islower() and first.text in {"и", "а", "но"}:
        return None
    end = i + 1
    while end < len(tokens) and end - i < 12 and _continues(tokens, end):
        end += 1
    while end > i + 1 and is_function_word(tokens[end - 1].text):
        end -= 1
    return Party("agency", _join(tokens, i, end), end, "body")


def _continues(tokens: list[Token], i: int) -> bool:
    token, before = tokens[i], tokens[i - 1]
    if token.kind != "word" or token.latin:
        return token.kind in {"quote", "domain", "handle", "word"}
    if token.text[0].islower():
        return "VERB" not in parses(token.text)[0].tags
    if token.abbreviation:
        return not before.abbreviation  # «пресс-служба МВД КР» is rare, «… МВД МЧС сообщило» is not
    # «скриншот видео «Зорьки» Пострадавших нет»: a closed name is not bent further
    return before.kind != "quote" and not is_function_word(token.text) and _oblique(token.text)


def _oblique(word: str) -> bool:
    """Whether a capitalised word can be a genitive or locative: `Кыргызстана`, `Тербишалиева` (his), not `Садыр`."""
    readings = parses(word)
    if readings[0].tags & _OBLIQUE or "Fixd" in readings[0].tags:
        return True
    return "femn" in readings[0].tags and any({"gent", "masc"} <= parse.tags for parse in readings)


def _is_surname(word: str) -> bool:
    return any("Surn" in parse.tags for parse in parses(word)) and len(word) > 3


def _proper(word: str) -> bool:
    return any(parse.tags & {"Geox", "Surn", "Name"} for parse in parses(word)[:3])


def initials(tokens: list[Token], i: int, _: CreditTerms) -> Party | None:
    """A person with initials: `И. Коваленко`, `Коваленко И. И.`."""
    end = _behind_initials(tokens, i)
    if end > i:
        named = end < len(tokens) and _name_word(tokens[end])
        return Party("creator", _join(tokens, i, end + 1), end + 1, "initials and surname") if named else None
    end = _behind_initials(tokens, i + 1)
    if end > i + 1 and _name_word(tokens[i]):
        return Party("creator", _join(tokens, i, end), end, "surname and initials")
    return None


def _behind_initials(tokens: list[Token], i: int) -> int:
    while i < len(tokens) and tokens[i].kind == "initial":
        i += 1
    return i


def person(tokens: list[Token], i: int, _: CreditTerms) -> Party | None:
    """A person in one or two words, three with a patronymic: `Айдай Токоева`, `Иван Иванович Петров`, `Болот Айбек
    уулу`.
    """
    end = i
    while end < len(tokens) and end - i < 3 and _name_word(tokens[end]):
        end += 1
    if end == i:
        return None
    if end - i == 3 and not any(_PATRONYMIC.search(token.text) for token in tokens[i + 1 : end]):
        end -= 1
    if end - i > 1 and _opens_sentence(tokens, i + 1):
        end = i + 1
    if end < len(tokens) and tokens[end].text in PATRONYMIC_PARTICLES:
        end += 1
    return Party("creator", _join(tokens, i, end), end, "person" if end - i > 1 else "one word")


def _name_word(token: Token) -> bool:
    """A capitalised Cyrillic word that is no function word; an upper-case surname (`ПЕТРОВ`) counts, `МВД` does not."""
    if token.kind != "word" or token.latin or not token.capital or is_function_word(token.text):
        return False
    return len(token.text) > 1 and not token.abbreviation


def _opens_sentence(tokens: list[Token], i: int) -> bool:
    """Whether the second capitalised word rather starts the next sentence: `Токоева Депутаты собрались`.

    A common word may be a surname too (`Улан Пробный Потом разошлись`); what follows a surname has a capital.
    """
    word = tokens[i].text
    if _proper(word) or not known(word):
        return False
    behind = tokens[i + 1] if i + 1 < len(tokens) else None
    return behind is not None and behind.text[0].islower() and behind.text not in PATRONYMIC_PARTICLES | {"и"}


SHAPES: tuple[Callable[[list[Token], int, CreditTerms], Party | None], ...] = (
    quoted,
    head_last,
    address,
    latin_run,
    body,
    initials,
    person,
)


# What the dictionary says of a word


def is_common(word: str) -> bool:
    """Whether a capitalised word is a common noun that heads a body's name: `Посольство`, `Министерство`."""
    tags = parses(word)[0].tags
    return "NOUN" in tags and "inan" in tags and not _proper(word) and known(word)


_ENCLITICS = frozenset({"ли", "же", "бы"})
"""Function words that never start a sentence: with a capital they are a name, as in `Игорь Ли`."""
_FUNCTION = frozenset({"PREP", "CONJ", "PRCL", "NPRO", "ADVB", "INTJ", "NUMR"})


def is_function_word(word: str) -> bool:
    """Preposition, conjunction, particle, pronoun, adverb: `На`, `Они`, `Однако`; such a capital starts a sentence."""
    if word.lower() in _ENCLITICS:
        return False
    readings = parses(word)
    return bool(readings[0].tags & _FUNCTION) or "Apro" in readings[0].tags
