"""The measure of how fast pages are read: what it reads, and that it counts both readers."""

from __future__ import annotations

import pytest

from kg_news.page_speed import Speed, invented_pages, page_speed, read_ours, read_theirs


def test_invented_pages_are_read_as_pages_of_a_news_site() -> None:
    first, second = invented_pages(2)
    assert first != second
    assert list(invented_pages(2)) == [first, second]
    text = read_ours(first)
    assert "Это сообщение № 0 архива 0" in text
    assert not [words for words in ("Подписаться", "1 апреля", "Все права", "show(") if words in text]


def test_both_readers_are_timed() -> None:
    speed = page_speed(list(invented_pages(3)))
    assert speed.pages == 3
    assert speed.ours > 0 and speed.theirs > 0
    assert Speed(1, 30.0, 10.0).ratio == 3.0


def test_what_holds_no_text_is_no_error() -> None:
    assert read_ours(b"<html><body></body></html>") == read_theirs(b"<html><body></body></html>") == ""


def test_without_pages_there_is_nothing_to_measure() -> None:
    with pytest.raises(ValueError, match="no page"):
        page_speed([])
