"""Endings of Kyrgyz and Kazakh words that tell what a word hangs on. No dictionary is asked."""

from __future__ import annotations

import re

_PLACED = re.compile(
    r"(?:[кптсшчхфц][кқ][аеоө]|[^кптсшчхфц][гғ][аеоө]|[ыу]на|[иі]не|[үө]нө|[кпстшчхфц]т[аеоө]|[кптшчхфц]т[аеоө]н"
    r"|[^кптсшчхфц]д[аеоө]н?|[ыиуүі]н[аеоө]н|[мбп]ен)$"
)
_VOWELS = "аяоёуюыиіеэөүұә"
_ROUND = re.compile(rf"(?P<vowel>[{_VOWELS}])[^{_VOWELS}]*(?P<last>[оө])н?$")
_ROUNDING = {"о": "оё", "ө": "өүоеи"}
"""Behind which vowels Kyrgyz endings have о and ө."""
_PARTICIPLE = re.compile(r"\w{2,}(?:[ғгқк][аеоө]н|[аеөй]т[ыі]н)$")
_OBJECT = re.compile(r"(?<=\w{3})(?:[нтд][ыиуүі]|[гкғқ][аеоө]н|[ыиуүі]п)$")
_GENITIVE = re.compile(r"[нтд][ыиуүі][нң]$")
_PEOPLE = re.compile(r"[лдт][аеоө]р[ыиуүі](?:н\w*)?$")
VOICED = {"г": "к", "ғ": "қ", "б": "п"}
"""What a final consonant was before the ending that voices it: `бөлүгү` of `бөлүк`."""
_VOICELESS = "кқпстфхһчцшщ"
_KEEPS_L = {"ky": "йр", "kk": "йру"}
"""Letters, beside the vowels, behind which `-лык` keeps its л: `ресейлік`."""


def belonging(name: str, language: str) -> str:
    """What belongs to a country, by the harmony of vowels and consonants: `жапониялык`, `ирактык`, `ресейлік`."""
    base = name.removesuffix("ь")
    vowel = next((letter for letter in reversed(base) if letter in _VOWELS), "а")
    last = base[-1]
    begins = "л" if last in _VOWELS or last in _KEEPS_L[language] else "т" if last in _VOICELESS else "д"
    if language == "kk":
        return f"{base}{begins}{'ік' if vowel in 'іеэөүәи' else 'ық'}"
    rounded = {"о": "у", "ё": "у", "у": "у", "ю": "у", "ө": "ү", "ү": "ү"}
    return f"{base}{begins}{rounded.get(vowel, 'и' if vowel in 'иеэ' else 'ы')}к"


def is_people(word: str) -> bool:
    """`өкүлдөрү`, `қызметкерлері`: a plural that is somebody's, in any case."""
    return bool(_PEOPLE.search(word.lower()))


def is_placed(word: str) -> bool:
    """Whether a word stands in the dative, locative, ablative or instrumental, by the consonants that these may follow:
    `Ошко`, `Таразда`, but not `экономика`, `медицина`, `Қазақстан`, `Бардо`.
    """
    lower = word.lower()
    return bool(_PLACED.search(lower)) and _is_harmonic(lower)


def _is_harmonic(word: str) -> bool:
    """Whether о or ө in an ending follows the vowel before it: `Ошто`, but not `Бардо`."""
    match = _ROUND.search(word)
    return match is None or match["vowel"] in _ROUNDING[match["last"]]


def is_participle(word: str) -> bool:
    """`қорғайтын`, `болгон`: the end of a clause that says something of the next noun."""
    return bool(_PARTICIPLE.match(word.lower()))


def is_object(word: str) -> bool:
    """Whether a word looks like an accusative, a participle or a gerund; a name need not be one: `Алматы`."""
    return bool(_OBJECT.search(word.lower()))


def is_genitive(word: str) -> bool:
    """`Кыргызстандын`, `Қазақстанның`."""
    return bool(_GENITIVE.search(word.lower()))
