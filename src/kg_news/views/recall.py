"""What was worked out for an article stays at hand until the article is done.

The caches that all articles share are small, since an article has some dozens of names. A long one that names thousands
goes through them step by step, and when a step begins such a cache has lost what the step before had asked: each
name's forms were worked out nine times.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import Any, TypeVar

Key = TypeVar("Key", bound=Hashable)
Answer = TypeVar("Answer")

_AT_HAND: ContextVar[dict[Any, Any] | None] = ContextVar("_AT_HAND", default=None)
"""By function and argument; None where no article is worked on."""


@contextmanager
def one_article() -> Iterator[None]:
    """Within the block the answers of functions that are `recalled` are kept."""
    token = _AT_HAND.set({})
    try:
        yield
    finally:
        _AT_HAND.reset(token)


def recalled(maxsize: int) -> Callable[[Callable[[Key], Answer]], Callable[[Key], Answer]]:
    """As `lru_cache`, for a function of one argument; what the cache has lost is sought among the article's answers."""

    def decorate(work: Callable[[Key], Answer]) -> Callable[[Key], Answer]:
        @lru_cache(maxsize)
        @wraps(work)
        def answer(key: Key) -> Answer:
            at_hand = _AT_HAND.get()
            if at_hand is None:
                return work(key)
            if (work, key) not in at_hand:
                at_hand[work, key] = work(key)
            found: Answer = at_hand[work, key]
            return found

        return answer

    return decorate
