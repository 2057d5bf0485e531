"""The processes that work on parts, one for each core; results come in the order of what was asked."""

import gc
import multiprocessing
import os
import signal
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

from ssekg.base.errors import CannotRunError

_Result = TypeVar("_Result")
# How many tasks are given out at once for each process: no process waits, and few results are held.
_AHEAD: Final = 2
# How many objects a process makes before it looks for those that nobody can reach.
_ALLOCATIONS: Final = 200_000


def core_count() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workers:
    """Some processes; a single one is this one."""

    def __init__(self, count: int, pool: ProcessPoolExecutor | None) -> None:
        """Take the processes; `workers` makes them."""
        self.count = count
        self._pool = pool

    def each(self, work: Callable[..., _Result], tasks: Iterable[tuple[Any, ...]]) -> Iterator[_Result]:
        """What `work` returns for each task, its arguments, in order.

        Raises:
            CannotRunError: a process ended before its work was done.
        """
        waiting: deque[Future[_Result]] = deque()
        for task in tasks:
            waiting.append(self.begin(work, *task))
            if len(waiting) > self.count * _AHEAD:
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())

    def begin(self, work: Callable[..., _Result], *arguments: Any) -> "Future[_Result]":
        """Have something done; without other processes it is done when this returns.

        Raises:
            CannotRunError: a process ended before its work was done.
        """
        if self._pool is not None:
            try:
                return self._pool.submit(work, *arguments)
            except BrokenProcessPool:
                raise CannotRunError("process-ended") from None
        done: Future[_Result] = Future()
        done.set_result(work(*arguments))
        return done

    def result(self, future: "Future[_Result]") -> _Result:
        """What comes of what has begun.

        Raises:
            CannotRunError: a process ended before its work was done.
        """
        return _result(future)


@contextmanager
def workers(count: int, folder: Path) -> Iterator[Workers]:
    """Some processes for a while; other processes than this one keep in a folder what they need meanwhile."""
    if count == 1:
        yield Workers(1, None)
        return
    pool = ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), _begin, (folder,))
    try:
        yield Workers(count, pool)
    except BaseException:
        for process in pool._processes.values():  # noqa: SLF001 - Python 3.14 has terminate_workers()
            process.terminate()  # nobody waits for what it is at
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _result(future: "Future[_Result]") -> _Result:
    try:
        return future.result()
    except BrokenProcessPool:
        raise CannotRunError("process-ended") from None


def _begin(folder: Path) -> None:
    """Have this process end with the one that made it, and without words when the user interrupts.

    It may be ended at any moment, so what it keeps is in a folder that others remove.
    Circles of objects are seldom looked for: work on parts makes hardly any, and looking at all lines takes its time.
    """
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS)
    tempfile.tempdir = str(folder)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: Any) -> None:
    parent.join()
    os._exit(1)
