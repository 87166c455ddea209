"""Tasks in this process or in several: the same results in the same order.

Processes are spawned, not forked: nothing of the parent is in them but what they are given. One that dies (killed, out
of memory) breaks the pool at once, and the build with it. They die with their parent: each holds one end of a pipe
whose other end only the parent has, and leaves when that is closed, however the parent ended.
"""

from __future__ import annotations

import copyreg
import io
import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import Connection
from types import MappingProxyType
from typing import Any, TypeVar

from kg_news.errors import BuildError
from kg_news.quick import frugal, restored, settled
from kg_news.records import Issue

Job = TypeVar("Job")
Result = TypeVar("Result")
AHEAD = 2
"""Jobs that wait for each process: enough to keep it busy, few enough to keep them small."""


class Workers:
    """Runs `task(given, job)`, where `given` is what all tasks share."""

    def __init__(self, given: Any, pool: ProcessPoolExecutor | None, count: int) -> None:
        self.given, self.pool, self.count = given, pool, count

    @property
    def alone(self) -> bool:
        """Whether this process does the work itself."""
        return self.pool is None

    def map(self, task: Callable[[Any, Job], Result], jobs: Iterable[Job]) -> Iterator[Result]:
        """The results in the order of the jobs, which are taken as they are needed.

        BuildError (`worker-died`) where a process died; what a task raises is raised here.
        """
        if self.pool is None:
            for job in jobs:
                yield task(self.given, job)
                settled()
            return
        running: deque[Future[Result]] = deque()
        try:
            for job in jobs:
                with _interrupts_later():
                    running.append(self.pool.submit(_run, task, job))
                while len(running) > AHEAD * self.count or (running and running[0].done()):
                    yield running.popleft().result()
            while running:
                yield running.popleft().result()
        except BrokenProcessPool as error:
            way_out = "if memory is short, build with fewer --workers; else look at the system's log"
            issue = Issue("worker-died", "a process of the build died (killed, or out of memory)", way_out)
            raise BuildError(f"{issue}\nnothing was published") from error


@contextmanager
def _interrupts_later() -> Iterator[None]:
    """Ctrl-C is heard behind the block. A process that is started within it never hears it: it would print where it was
    interrupted while its modules are imported, before `_start` can say that it should not.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def workers(given: Any, count: int) -> Iterator[Workers]:
    """`count` processes; this one alone for 1. At the end of the block, however it comes, they are gone.

    Who calls it with more than one from a script needs the script's `if __name__ == "__main__":`, as for every program
    that spawns.
    """
    if count <= 1:
        with restored():
            yield Workers(given, None, 1)
        return
    context = multiprocessing.get_context("spawn")
    theirs, ours = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(count, context, _start, (theirs, _pickled(given)))
    try:
        yield Workers(given, pool, count)
    finally:
        ours.close()  # the processes leave, in mid-task if there is one
        pool.shutdown(wait=True, cancel_futures=True)
        theirs.close()


_GIVEN: list[Any] = []
"""In a worker: what its tasks share."""


def _start(lifeline: Connection, given: bytes) -> None:
    frugal()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its workers itself
    threading.Thread(target=_leave_with_parent, args=(lifeline,), daemon=True).start()
    _GIVEN.append(pickle.loads(given))  # noqa: S301 - from the parent, over its own pipe


def _leave_with_parent(lifeline: Connection) -> None:
    try:
        lifeline.recv_bytes()
    except (EOFError, OSError):
        os._exit(1)


def _run(task: Callable[[Any, Job], Result], job: Job) -> Result:
    result = task(_GIVEN[0], job)
    settled()  # the first task has loaded the models
    return result


def _pickled(given: Any) -> bytes:
    """Pickled; read-only mappings, which a registry is made of, pickle does not know by itself."""
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer)
    pickler.dispatch_table = copyreg.dispatch_table | {MappingProxyType: _mapping}
    pickler.dump(given)
    return buffer.getvalue()


def _mapping(value: MappingProxyType[Any, Any]) -> tuple[Callable[[dict[Any, Any]], Any], tuple[dict[Any, Any]]]:
    return _read_only, (dict(value),)


def _read_only(value: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(value)
