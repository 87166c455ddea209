"""Which words are heads of offices: `президент`, `экс-глава`, `управляющий`; what stands in for one: `и.о. мэра`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial

from kg_news.views.morph import PREDICATES, inflect, known, lemmas, parses
from kg_news.views.sieve import sieve
from kg_news.views.tokens import Token

_PREFIXES = (
    "экс-",
    "вице-",
    "топ-",
    "поп-",
    "рок-",
    "интернет-",
    "медиа-",
    "медиа",
    "теле",
    "радио",
    "кино",
    "видео",
    "фото",
)
_SHORTENED = ("зам", "со", "спец", "ген", "гос", "пост", "глав", "супер")
"""What stands before a head in one word with it: `замминистра`, `экс-глава`, `медиамагнат`."""
_BEGINNINGS = (*_PREFIXES, *_SHORTENED)
_DEPUTY = "зам"
"""What stands before a genitive in one word with it."""
BLOCKERS = PREDICATES | {"INFN", "GRND", "NPRO", "PREP", "CONJ", "PRCL", "ADVB", "COMP", "INTJ"}


def is_head(token: Token, heads: frozenset[str]) -> bool:
    """`послом`, but not the preposition `после`, though both may come from `посол`; a former one too: `экс-посол`."""
    return is_head_word(token.text, heads)


def is_head_word(word: str, heads: frozenset[str]) -> bool:
    """Whether a token's text is the head of an office: `is_head` for a word, False for a number or a mark."""
    return head_words(heads)(word)


@lru_cache(maxsize=64)
def head_words(heads: frozenset[str]) -> Callable[[str], bool]:
    """`is_head_word` for one set of heads, kept by the word alone: it is asked about every word of every article."""
    return lru_cache(maxsize=12_000)(partial(_is_head_word, heads=heads))


def _is_head_word(word: str, heads: frozenset[str]) -> bool:
    lower = word.lower()
    if not word[0].isalpha() or not (_may_be_head(lower, sieve(heads)) or lower.startswith(_participles(heads))):
        return False
    if "-" in word and any(part[:1].isupper() for part in word.split("-")[1:]):
        return False  # `Бек-Султан` is a name
    if parses(word)[0].tags & BLOCKERS and known(word):
        return False  # but `замсекретаря` and `комузист` are only guessed to be others
    if any(_is_known_head(lemma, heads) for lemma in lemmas(word)):
        return True
    if "Subx" not in parses(word)[0].tags:
        return False
    return inflect(lower, frozenset({"nomn", "sing", "masc"})) in heads  # `управляющим`, a participle used as a noun


@lru_cache(maxsize=64)
def _participles(heads: frozenset[str]) -> tuple[str, ...]:
    """How the heads begin that bend as participles do: `управляющ`, which the dictionary has under a verb."""
    return tuple(sorted(head[:-2] for head in heads if head.endswith(("щий", "ший"))))


def _may_be_head(lower: str, may_be: Callable[[str], bool]) -> bool:
    """Whether it is worth while to ask the dictionary: by the word itself, a part of it, or what stands behind one of
    the beginnings.
    """
    if may_be(lower) or ("-" in lower and (may_be(lower.partition("-")[0]) or may_be(lower.rpartition("-")[2]))):
        return True
    return lower.startswith(_BEGINNINGS) and any(
        lower.startswith(beginning) and may_be(lower.removeprefix(beginning)) for beginning in _BEGINNINGS
    )


def beginnings(heads: frozenset[str]) -> tuple[str, ...]:
    """How the words begin that are heads though no form of one, but for those with a hyphen."""
    return _BEGINNINGS + _participles(heads)


def _is_known_head(lemma: str, heads: frozenset[str]) -> bool:
    if lemma in heads:
        return True
    if "-" in lemma:  # `писатель-сатирик`, `экс-глава`
        parts = lemma.split("-")
        return any(part in heads for part in (parts[0], parts[-1])) and not parts[-1].endswith("летний")
    if not lemma.startswith(_BEGINNINGS):
        return False
    if lemma.startswith(_DEPUTY) and not heads.isdisjoint(lemmas(lemma.removeprefix(_DEPUTY))):
        return True  # `заммэра`
    return any(lemma.startswith(prefix) and lemma.removeprefix(prefix) in heads for prefix in _BEGINNINGS)


ACTING = frozenset({"о", "О", "обязанности"})
"""Words without which no two stand in for a head: `и.о.`, `исполняющий обязанности`."""


def acting(tokens: Sequence[Token], at: int) -> bool:
    """`и.о. мэра`, `исполняющего обязанности мэра`: what stands in for the head of the office."""
    if acting_tokens(tokens, at):
        return True
    following = tokens[at + 1].text if at + 1 < len(tokens) else ""
    return following == "обязанности" and "исполнять" in lemmas(tokens[at].text)


def acting_tokens(tokens: Sequence[Token], at: int) -> int:
    """How many tokens a token's `и.о.` has: none where another word stands there."""
    if tokens[at].text[0] not in "иИ":
        return 0
    return 4 * ("".join(token.text for token in tokens[at : at + 4]).lower() == "и.о.")
