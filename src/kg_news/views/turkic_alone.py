"""Persons whom a Kyrgyz or Kazakh text names by one word alone: `Тоқаевтың`, `Абай`, `Трамп`.

A capital tells a name where it does not begin a sentence. There first names count that are listed, and surnames in -ов,
-ева or known everywhere. At a sentence's beginning a first name that is a common noun too (`Азамат`) needs more: what
stands behind a name alone (`ата`, `айтуынша`), or the comma behind who is spoken to. What is only called after somebody
(`Абай көшесі`) is no mention.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from kg_news.views.gazetteer import turkic_stems
from kg_news.views.tokens import QUOTES, Token
from kg_news.views.turkic_endings import is_genitive, is_placed
from kg_news.views.turkic_marks import in_title
from kg_news.views.turkic_person_words import ENDING, PersonWords, bases, is_place
from kg_news.views.turkic_titles import title_noun

_LEAST = 3
_SURE = re.compile(r"\w{2,}[оеё]ва?$")
_LIKELY = re.compile(r"\w{2,}(?:[бвгжзклнпрстхчш]кин|[цс]кий|енко|швили|[^әо]вич)$")
"""What ends surnames, and towns and things in a sentence's beginning as well."""
_ARABIC = re.compile(r"(?:әл|аль|ал|ибн|эл)-[А-ЯӘҒҚҢӨҰҮІҺ]\w{2,}")
_COMPOUND = re.compile(r"\w{2,}(?:жан|гүл|бек|ғали|болат|болот|сұлтан|султан|мұхамед|мұрат|назар)$")
"""What first names are made of: `Нұржан`."""
_NOT_COMPOUND = re.compile(r"(?i)(?:еңбек|өзбек|кебек|баклажан|[әа]з[еіи]рбайжан)$")
NAMED_AFTER = frozenset({"атындағы", "атындагы"})
"""Behind whom something is called after: `Абай атындағы мектеп`."""
_BEGINNING = frozenset({"—", "–", "-", ":", "(", "…"})


def is_arabic(word: str) -> bool:
    """`әл-Үлгіди`: a name with a small letter."""
    return "-" in word and _ARABIC.match(word) is not None


def is_first_name(word: str, known: PersonWords) -> bool:
    """Whether a word is a first name, listed or made as they are: `Нұржан`."""
    if word in known.given_names:
        return True
    return _COMPOUND.match(word) is not None and _NOT_COMPOUND.search(word) is None


def alone(
    tokens: Sequence[Token], at: int, begins: frozenset[int], known: PersonWords, bodies: Collection[int] = frozenset()
) -> str | None:
    """The name, in the nominative, of the person whom a token alone names; None where it names nobody. `bodies` are the
    tokens that name bodies and states.
    """
    word = tokens[at].text
    if is_arabic(word):
        return bases(word, known)[-1]
    if not tokens[at].capital or len(word) < _LEAST or (word[1:] != word[1:].lower() and "-" not in word):
        return None
    before = tokens[at - 1] if at else None
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    first = tokens[at].start in begins or before is None or before.text in _BEGINNING or before.text in QUOTES
    name = next((base for base in bases(word, known) if _is_name(base, word, following, known, first=first)), None)
    if name is None and not first and following:
        name = _told_behind(word, following.text, known)
    if name is None or name in known.never or is_place(word, known) or names_a_thing(tokens, at, name, known):
        return None
    titled = in_title(tokens, at, at + 1) or _in_marks(before, following)
    return name if not titled and _stands_free(tokens, at, begins, known, bodies) else None


def _in_marks(before: Token | None, following: Token | None) -> bool:
    """`«Манас»`."""
    return before is not None and following is not None and before.text in QUOTES and following.text in QUOTES


def _stands_free(
    tokens: Sequence[Token], at: int, begins: frozenset[int], known: PersonWords, bodies: Collection[int]
) -> bool:
    """Whether no capitalised word beside it belongs to the name, as in `Алтын Орда`, `Жаңа Абай`; one in another case
    does not, nor what is known otherwise: `Бишкекте Асан`.
    """
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    initial = following is not None and len(following.text) == 1  # `Асан С.`
    if following and following.is_word and following.capital and following.start not in begins and not initial:
        return at + 1 in bodies or is_placed(tokens[at].text) or is_genitive(tokens[at].text)
    before = tokens[at - 1] if at else None
    if before is None or not before.is_word or not before.capital or before.start in begins or at - 1 in bodies:
        return True
    return title_noun(before.text, known.titles.nouns) is not None or is_placed(before.text)


def _is_name(base: str, word: str, following: Token | None, known: PersonWords, *, first: bool) -> bool:
    if _SURE.match(base) or (not first and _LIKELY.match(base)):
        return True
    if not (base in known.surnames or is_first_name(base, known)):
        return False
    if not first or base not in known.common:
        return True
    behind = following.text if following else ""
    return behind == "," or behind in known.honorifics or (behind in known.sayings and word != base)


def _told_behind(word: str, behind: str, known: PersonWords) -> str | None:
    """The name that no list has, by what stands behind it: `Шыңтөренің айтуынша`, `Шыңтөре хан`."""
    if behind in known.sure and not title_noun(word, known.titles.nouns):
        return word
    match = ENDING[known.language].match(word) if behind in known.sayings and is_genitive(word) else None
    return match["base"] if match and not title_noun(match["base"], known.titles.nouns) else None


def names_a_thing(tokens: Sequence[Token], last: int, name: str, known: PersonWords) -> bool:
    """Whether a name that ends with a token is a part of another: `Абай көшесінде`, `Абай атындағы театр`."""
    if last + 1 >= len(tokens) or tokens[last].text != name:
        return False
    behind = tokens[last + 1].text
    return behind in NAMED_AFTER or not known.things.isdisjoint(turkic_stems(behind.lower()))
