"""The shapes that a party of a photo credit has, each a small function with an example; SHAPES lists them in the order
they are asked.
"""

from __future__ import annotations

from collections.abc import Callable

from kg_news.views.credit_bodies import body, head_last
from kg_news.views.credit_latin import joined
from kg_news.views.credit_names import initials, one_word, outlet, person
from kg_news.views.credit_outlets import address, latin_run, quoted, registered
from kg_news.views.credit_terms import CreditTerms, Party
from kg_news.views.credit_tokens import Token

SHAPES: tuple[Callable[[list[Token], int, CreditTerms], Party | None], ...] = (
    head_last,
    quoted,
    registered,
    address,
    joined,
    latin_run,
    body,
    initials,
    outlet,
    person,
    one_word,
)
