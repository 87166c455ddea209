"""What a process that reads many articles sets for itself, so that it spends its time on them.

Only programs do so (the command, the workers of a build): a library leaves its caller's process as it is.
"""

from __future__ import annotations

import gc
import os

_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def one_thread() -> None:
    """Let the linear algebra of this process, and of those it starts, run in one thread, unless the user has said
    otherwise. It heeds this only when it has not been imported yet.

    The entity model's matrices are small: on two cores a second thread took twice the processor time for the same
    result, and in a build it takes the core of another worker.
    """
    for name in _THREADS:
        os.environ.setdefault(name, "1")


def settled() -> None:
    """What is in memory now (registry, dictionary, models) stays: the garbage collector need not look through it again
    and again.
    """
    gc.freeze()
