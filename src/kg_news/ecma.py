"""The `pattern` of JSON Schema is a regular expression of ECMA-262; Python's `re` reads some of its signs otherwise.

`$` is the one that bites: in Python it also matches before a last line break, so `2022-01\\n` would pass for a date.
"""

from __future__ import annotations

import re
from functools import cache

_SPACE = r"\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_SETS = {"d": "0-9", "w": "A-Za-z0-9_", "s": _SPACE}
_KEPT = set("tnvfr0") | set(r"^$\.*+?()[]{}|/-")
_GROUPS = ("(?:", "(?=", "(?!")


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The Python expression that matches what `pattern` matches in ECMA-262 (use `search`).

    Source: ECMA-262, 22.2.1 and 22.2.2 (`$` without the flag m, `\\d`, `\\s`, `\\w`). Known are the signs that engines
    agree on; ValueError for others, such as a bare dot (engines differ on which line ends it skips).

    >>> bool(compiled("^[0-9]+$").search("12")), bool(compiled("^[0-9]+$").search("12\\n"))
    (True, False)
    """
    out: list[str] = []
    inside, at = False, 0
    while at < len(pattern):
        char = pattern[at]
        piece = pattern[at : at + 2] if char == "\\" else char
        if char == "\\":
            piece, taken = _escape(pattern, at, inside)
        else:
            taken = 1
            if inside:
                piece, inside = _in_class(pattern, at)
            elif char == "[":
                inside, taken = True, 2 if pattern.startswith("[^", at) else 1
                piece = pattern[at : at + taken]
                if pattern.startswith("]", at + taken):
                    raise ValueError(f"pattern {pattern!r}: an empty class")
            elif char == "$":
                piece = r"\Z"
            elif char == "." or (pattern.startswith("(?", at) and not pattern.startswith(_GROUPS, at)):
                raise ValueError(f"pattern {pattern!r}: {pattern[at : at + 3]!r} has no meaning that all engines share")
        out.append(piece)
        at += taken
    return re.compile("".join(out))


def _escape(pattern: str, at: int, inside: bool) -> tuple[str, int]:
    """An escape as Python has it, and how many characters of the pattern it takes."""
    letter = pattern[at + 1 : at + 2]
    if letter.lower() in _SETS and (letter.islower() or not inside):
        members = _SETS[letter.lower()]
        return (members if inside else f"[{'' if letter.islower() else '^'}{members}]"), 2
    if letter == "u" and re.fullmatch("[0-9a-fA-F]{4}", pattern[at + 2 : at + 6]):
        return pattern[at : at + 6], 6
    if letter in _KEPT:
        return ("/" if letter == "/" else pattern[at : at + 2]), 2
    raise ValueError(f"pattern {pattern!r}: escape '\\{letter}' has no meaning that all engines share")


def _in_class(pattern: str, at: int) -> tuple[str, bool]:
    """A character inside […], and whether the class goes on behind it."""
    char = pattern[at]
    return (r"\[" if char == "[" else char), char != "]"
