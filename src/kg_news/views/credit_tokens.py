"""Tokens of a credit line, with what the dictionary and the registry say of each."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kg_news.views.morph import known, parses

_UPPER = "А-ЯЁӨҮҢӘҒҚҰҺІ"
_TOKEN = re.compile(
    r"(?P<quote>«[^«»\n]{1,80}»|“[^“”\n]{1,80}”|„[^„“\n]{1,80}“|\"[^\"\n]{1,80}\")"
    r"|(?P<open>«[^«»\n]{1,80}\Z)"
    r"|(?P<handle>@[A-Za-z0-9_.]*[A-Za-z0-9_])"
    r"|(?P<domain>(?:https?://)?\w[\w-]*(?:\.[\w-]+)*\.(?:[a-z]{2,12}|[A-Z]{2,4}|рф|қаз|укр)(?![A-Za-z0-9])(?:/[A-Za-z0-9_@-](?:[A-Za-z0-9_.@-]*[A-Za-z0-9_@-])?)*)"
    r"|(?P<latinpair>[A-Z]{2,}/[A-Z]{2,}(?![A-Za-z]))"
    r"|(?P<short>\b(?:г|им|пос|обл|с|ул)\.(?=\s?[А-ЯЁӨҮҢ«]))"
    rf"|(?P<initial>[A-Z{_UPPER}]\.(?!\w\.\w{{2}}))"
    r"|(?P<word>[A-Za-z][A-Za-z0-9]*+(?:[_'’‘ʻʼ-][A-Za-z0-9]++)*+[_‘ʻ]?+(?![-’'‘ʻʼ]?[^\W\d_A-Za-z])|[^\W\d_]+(?:[-'’ʼ‑][^\W\d_]+)*)"
    r"|(?P<number>\d+)"
    r"|(?P<mark>[^\w\s]\ufe0f?|_)"
)
_GLUED = re.compile(
    rf"(?<=[a-zа-яёөүңіәғқұһ])(?=[{_UPPER}](?:[а-яёөүңіәғқұһ]|$))"
    rf"|(?<=[{_UPPER}][{_UPPER}])(?=[{_UPPER}][а-яёөүңіәғқұһ]{{2}})"
)
"""Where a space was lost: `Тестов|Депутаты`, `Тестов|В Бишкеке`, `МЧС КР|Дорогу`; not in `КирТАГ`."""
_SURNAME = re.compile(r"(?<=[А-ЯЁ]{3})(?:[ОЕ]ВА?|ИНА?|СКИЙ|СКАЯ|ЕНКО|БАЕВ|ИЕВА?)$")
"""Endings of a surname in capitals: `ТЕСТОВ`."""
_SMALL_SURNAME = re.compile(r"(?:[оеё]ва?|[иы]на?|ск(?:ий|ая)|енко|ұлы|қызы|улы)$")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_INNER_CAPITAL = re.compile(r"[a-z][A-Z][a-z]")


class Token(NamedTuple):
    """A word, a mark or a whole quotation of a credit line."""

    kind: str
    """quote, handle, domain, latinpair, initial, word, number, mark; `opener` for a word that begins sentences."""
    text: str
    start: int
    end: int
    listed: bool = False
    """Whether the registry lists it as a given name."""

    @property
    def capital(self) -> bool:
        """A capital begins it, or stands second as in `iPhone`."""
        return self.text[0].isupper() or _INNER_CAPITAL.match(self.text) is not None

    @property
    def given(self) -> bool:
        """A given name that the dictionary or the registry knows: `Вера`, `Бегимай`."""
        return self.listed or is_given_name(self.text) or is_given_name(self.text.rpartition("-")[2])

    @property
    def latin(self) -> bool:
        return self.text[0].isascii() and self.text[0].isalpha()

    @property
    def cyrillic_free(self) -> bool:
        return not _CYRILLIC.search(self.text)

    @property
    def abbreviation(self) -> bool:
        """`МВД`, `РФ`, `РУз`; a surname in capitals (`ПЕТРОВ`) is none."""
        if self.kind != "word" or not 1 < len(self.text) < 7:
            return False
        return (self.text.isupper() and not is_surname(self.text)) or self.text == "РУз"

    @property
    def lower(self) -> bool:
        """A word in small letters."""
        return self.kind == "word" and self.text[0].islower() and not self.capital


def credit_tokens(
    text: str,
    start: int,
    limit: int,
    begins: frozenset[str] = frozenset(),
    given: frozenset[str] = frozenset(),
    *,
    ends: bool = False,
) -> list[Token]:
    """The tokens of `text[start:limit]`; words that lost the space between them are parted. `begins` and `given` are
    the registry's words that begin sentences, and its given names. `ends` says that the article ends there: a quotation
    that is open was cut off with it.
    """
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text, start, limit):
        kind, words, first = str(match.lastgroup), match.group(), match.start()
        cuts = [m.end() for m in _GLUED.finditer(words)] if kind == "word" else []
        for piece_start, piece_end in zip([0, *cuts], [*cuts, len(words)], strict=True):
            piece = words[piece_start:piece_end]
            begin = kind == "word" and piece in begins
            kind = "word" if kind == "short" else kind
            if kind == "open":  # elsewhere only the window's end cut it off
                kind = "quote" if ends else "mark"
            tokens.append(
                Token(
                    "opener" if begin else kind,
                    piece,
                    first + piece_start,
                    first + piece_end,
                    piece.rpartition("-")[2] in given,
                )
            )
    return tokens


def join(tokens: list[Token], i: int, end: int) -> str:
    """The tokens' words with single spaces where the text has white space."""
    pieces = [tokens[i].text]
    for before, token in zip(tokens[i:end], tokens[i + 1 : end], strict=False):
        pieces += [" " if token.start > before.end else "", token.text]
    return "".join(pieces)


# What the dictionary says of a word

_ENCLITICS = frozenset({"ли", "же", "бы", "то"})
"""Function words that never start a sentence: with a capital they are a name, as in `Игорь Ли`."""
_FUNCTION = frozenset({"PREP", "CONJ", "PRCL", "NPRO", "ADVB", "INTJ", "NUMR", "COMP"})


def is_surname(word: str) -> bool:
    return len(word) > 3 and (any("Surn" in parse.tags for parse in parses(word)) or bool(_SURNAME.search(word)))


def looks_like_surname(word: str) -> bool:
    """By the dictionary or by its ending: `Сынақова`, `Қуатұлы`."""
    return (is_surname(word) and known(word)) or (len(word) > 4 and bool(_SMALL_SURNAME.search(word)))


def is_given_name(word: str) -> bool:
    return known(word) and any("Name" in parse.tags for parse in parses(word)[:3])


def is_proper(word: str) -> bool:
    """Whether the dictionary knows the word as a name of a place or a person."""
    return any(parse.tags & {"Geox", "Surn", "Name"} for parse in parses(word)[:3])


def is_common(word: str) -> bool:
    """Whether a capitalised word is a common noun: `Посольство`, `Вести`, `Митинг`."""
    tags = parses(word)[0].tags
    return "NOUN" in tags and "inan" in tags and not is_proper(word) and known(word)


def is_adjective(word: str) -> bool:
    tags = parses(word)[0].tags
    return "ADJF" in tags and known(word)


def is_function_word(word: str) -> bool:
    """Preposition, conjunction, particle, pronoun, adverb: `На`, `Они`, `Однако`; such a capital starts a sentence."""
    if word.lower() in _ENCLITICS:
        return False
    readings = parses(word)
    if len(word) > 2 and word[0].isupper() and any("Name" in parse.tags for parse in readings):
        return False  # «Али Примеров», and an old word for «или»
    if not known(word):
        return False  # «Ўктам», which ends as «там» does: the dictionary has all of them
    return bool(readings[0].tags & _FUNCTION) or "Apro" in readings[0].tags


def is_verb(word: str) -> bool:
    """A finite verb, an infinitive or a predicative (`нет`) that the dictionary knows."""
    return bool(parses(word)[0].tags & {"VERB", "INFN", "PRED"}) and known(word)


@lru_cache(maxsize=20_000)
def is_predicate(word: str) -> bool:
    """Whether a word is a predicate: finite verb, short participle or adjective, `нет`."""
    return known(word) and bool(parses(word)[0].tags & {"VERB", "INFN", "PRED", "PRTS", "ADJS"})


def is_capital_word(token: Token) -> bool:
    """A capitalised word of letters alone that is no abbreviation: `Республики`, `Reuters`."""
    return token.kind == "word" and token.capital and not token.abbreviation and token.text.isalpha()


def is_name_word(token: Token, *, surname: bool = False) -> bool:
    """A capitalised Cyrillic word that is no function word; an upper-case surname (`ПЕТРОВ`) counts, `МВД` does not."""
    if token.kind != "word" or token.latin or not token.capital or is_function_word(token.text):
        return False
    return len(token.text) > 1 and (not token.abbreviation or (surname and _upper_surname(token.text)))


def _upper_surname(word: str) -> bool:
    return is_surname(word) or any("Surn" in parse.tags for parse in parses(word.capitalize()))


def is_place_name(token: Token) -> bool:
    """A capitalised noun that the dictionary has as a place: `Талас`; not a given name, nor `Таласская`."""
    return (
        token.kind == "word"
        and token.capital
        and known(token.text)
        and "ADJF" not in parses(token.text)[0].tags
        and not token.given
        and any("Geox" in parse.tags for parse in parses(token.text)[:2])
    )
