"""A person's name in another script behind the Russian one."""

from __future__ import annotations

import pytest

from kg_news.records import Span
from kg_news.views.foreign_names import own_spelling


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        (" (John Primers) ушёл", "John Primers"),
        (" (англ. John A. Primers; 1950) ушёл", "John A. Primers"),
        ("» (Jon Prymers, Вена) ушёл", "Jon Prymers"),
        (" (John Primers Jr.) ушёл", "John Primers Jr."),
        (" (約翰) ушёл", "約翰"),
        (" (Primers Band 7) ушёл", None),
        (" (Soundbox) ушёл", None),
        (" (Soundbox, группа «Проба») ушёл", None),
        (" (Вена) ушёл", None),
        (" (7) ушёл", None),
        (" и John Primers ушёл", None),
    ],
)
def test_own_spelling(behind: str, expected: str | None) -> None:
    name = "Джоном Примерсом"
    found = own_spelling(name + behind, Span(0, len(name)))
    assert (found and (name + behind)[slice(*found)]) == expected
