"""py3langid's model in less memory gives what its own tables give."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg_news.views import byte_groups
from kg_news.views.byte_groups import Groups, Likelihoods
from kg_news.views.language import _identifier

TEXTS = (
    "",
    "7",
    "Кабинет министров рассмотрел проект бюджета на следующий год.",
    "Өкмөт кийинки жылдын бюджетинин долбоорун карап чыкты.",
    "Үкімет келесі жылдың бюджет жобасын қарады.",
    "The cabinet discussed next year's budget.",
    "ВЛАСТИ ОТВЕТИЛИ",
    "حكومة 内阁 \U0001f600",
)


@cache
def whole() -> Any:
    """py3langid's identifier as it loads it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def groups_by_py3langid(text: bytes) -> list[tuple[int, int]]:
    from py3langid.langid import visit_counts

    model = whole()
    return list((visit_counts(model.tk_nextmove, model._rowbase, model.tk_output, text) or {}).items())


@pytest.mark.parametrize("text", TEXTS)
def test_texts_have_the_same_languages_and_shares(text: str) -> None:
    assert _identifier().rank(text) == whole().rank(text)


@given(st.binary(max_size=80) | st.text(max_size=80).map(lambda text: text.encode("utf8", "surrogatepass")))
def test_the_same_groups_are_found_in_the_same_order(text: bytes) -> None:
    assert list(_identifier().groups.counts(text).items()) == groups_by_py3langid(text)


def test_a_byte_that_leads_to_the_last_stretch() -> None:
    moves = [0] * 512
    moves[255] = 1  # from the first state by the byte 255 to the second, where group 7 ends
    assert Groups(moves, [0, 1], [-1, 7]).counts(b"\xff\x00\xff\xff") == {7: 2}


def test_every_row_is_the_same_in_single_precision() -> None:
    table, own = whole().nb_ptc, Likelihoods(whole().nb_ptc)
    for start in range(0, len(table), 997):
        rows = np.arange(start, min(start + 997, len(table)))
        assert np.array_equal(own[rows], table[rows].astype(np.float32))


def test_every_half_is_read_as_numpy_reads_it() -> None:
    """Also the smallest numbers, which have no leading one, and both signs; infinities are left out."""
    bits = np.arange(1 << 16, dtype=np.uint16)
    table = bits[(bits & 0x7C00) != 0x7C00].view(np.float16).reshape(-1, 32)
    read = Likelihoods(table)[np.arange(len(table))]
    assert read.dtype == np.float32
    assert np.array_equal(read.view(np.uint32), table.astype(np.float32).view(np.uint32))


def test_rows_are_the_same_when_there_is_no_room_to_keep_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(byte_groups, "_KEPT_ROWS", 3)
    table = np.array([[0, 0.5, 0], [0, 0, -2], [1, 0, 0], [0, 3, 0]], np.float16)
    own = Likelihoods(table)
    for rows in ([0], [1, 2], [3, 0], [0, 1, 2, 3], [2]):
        assert np.array_equal(own[np.array(rows)], table[rows].astype(np.float32))
