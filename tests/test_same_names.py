"""Which wordings of a name are within others. Invented bodies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg_news.doc import knowledge
from kg_news.records import Span
from kg_news.views.same_names import Wording, is_within, wordings
from kg_news.views.tokens import TokenIndex, tokens
from reading import shipped_registry

WORDS = knowledge(shipped_registry()).actors.naming
STATES = {"Армении": "armenia", "армянская": "armenia", "Китая": "china"}


def wording(name: str) -> Wording:
    words = tokens(name)
    states = {at: STATES[token.text] for at, token in enumerate(words) if token.text in STATES}
    (only,) = wordings([Span(0, len(name))], TokenIndex(words, []), states, WORDS)
    return only


WITHIN = [
    ("полиция Армении", "армянская полиция", True),
    ("полиция Армении", "полиция Китая", False),
    ("районный суд", "Нижний районный суд", True),
    ("Нижний районный суд", "районный суд", False),
    ("горный совет", "горный комитет", False),
    ("горсуд Нарына", "городской суд Нарына", True),
    ("горсуд Нарына", "областной суд Нарына", False),
    # a head alone may mean any
    ("суд", "Нижний суд", False),
    # own names
    ("Заря", "Заря Групп", True),
    ("Заря", "Первая Заря", True),
    ("Заря", "Первая Заря Групп", False),
    ("вещательная корпорация Заря", "Заря", True),
    ("Заря", "Совет Заря", False),
]


@pytest.mark.parametrize(("short", "long", "expected"), WITHIN)
def test_within(short: str, long: str, expected: bool) -> None:
    assert is_within(wording(short), wording(long)) is expected


def test_a_name_with_another_noun_before_the_head_is_not_compared() -> None:
    """Of `пункт помощи суда Нарына` the court is not the head."""
    assert wordings([Span(0, 25)], TokenIndex(tokens("пункт помощи суда Нарына."), []), {}, WORDS) == ()


def test_an_abbreviation_by_itself_is_not_compared() -> None:
    assert wordings([Span(0, 3)], TokenIndex(tokens("АГТ"), []), {}, WORDS) == ()


NAMES = st.lists(st.sampled_from(["суд", "горсуд", "Нарына", "Армении", "Заря", "Нижний"]), min_size=2, max_size=5)


@given(NAMES.map(" ".join))
def test_a_wording_of_several_words_is_within_itself(name: str) -> None:
    own = wording(name)
    assert is_within(own, own) is bool(own.rest and (own.head or own.proper))
