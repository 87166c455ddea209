"""What a process that reads many articles sets for itself, so that it spends its time on them.

Only programs do so (the command, the workers of a build): a library leaves its caller's process as it was.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager

_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
_SELDOM = 200_000
"""Objects, more made than freed, after which the collector looks for rings among them; Python's own number is 700."""


def frugal() -> None:
    """Let the linear algebra of this process, and of those it starts, run in one thread, and Arrow hand back memory
    that it does not need; unless the user has said otherwise. Both heed this only when they have not been imported yet.
    The garbage collector comes seldom from the start: what a long article is made into it would look through again and
    again, for a third of the time.

    The entity model's matrices are small: on two cores a second thread took twice the processor time for the same
    result, and in a build it takes the core of another worker. Arrow's own allocator keeps what the largest block took:
    a build of 2,000 articles in one process had a peak of 433 MiB with it, and of 363 MiB with the system's.
    """
    for name in _THREADS:
        os.environ.setdefault(name, "1")
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    _collect_seldom()


def settled() -> None:
    """What is in memory now (registry, dictionary, models) stays: the garbage collector need not look through it again
    and again. It also comes more seldom: what is made from here on is nearly all either kept, as what is known of a
    word, or freed as soon as nothing names it; to look for rings took a twentieth of the time of new texts.
    """
    if not gc.get_freeze_count():
        gc.freeze()
        _collect_seldom()


def _collect_seldom() -> None:
    gc.set_threshold(_SELDOM, *gc.get_threshold()[1:])


@contextmanager
def restored() -> Iterator[None]:
    """Take back at the end of the block what `settled` has set in it: the process may be somebody else's."""
    thresholds, frozen = gc.get_threshold(), gc.get_freeze_count()
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        if not frozen:
            gc.unfreeze()
