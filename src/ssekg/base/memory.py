"""Memory that nobody uses any more, for the system and other programs."""

import ctypes
import gc
import multiprocessing
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.abc import MetaPathFinder
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Final, TypeVar

_Outcome = TypeVar("_Outcome")

# Parameters of glibc's mallopt.
_MMAP_THRESHOLD: Final = -3
_ARENA_MAX: Final = -8
_LARGE: Final = 1 << 20
_HABITS: Final[set[str]] = set()


def give_back_memory() -> None:
    """Give what was freed back to the system: glibc keeps it for what is asked for next, other systems do not."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def be_frugal() -> None:
    """Take less memory for work that ends with the process.

    All threads take memory from one place, since what is free in the place of another thread nobody else can use, and
    what is large goes back when it is free. What needs much for a while is done in a process of its own (`apart`).
    """
    _HABITS.add("forks")
    sys.meta_path.insert(0, _WithoutPandas())
    with suppress(OSError, AttributeError, TypeError):
        for parameter, value in ((_ARENA_MAX, 1), (_MMAP_THRESHOLD, _LARGE)):
            ctypes.CDLL(None).mallopt(parameter, value)


class _WithoutPandas(MetaPathFinder):
    """Finds no pandas: pyarrow imports it, which takes 50 MB, to see whether it is given something of it."""

    def find_spec(self, fullname: str, *_: object) -> None:
        """None for others to look.

        Raises:
            ImportError: it is pandas.
        """
        if fullname == "pandas":
            raise ImportError(fullname)


def is_frugal() -> bool:
    """Whether what is done `apart` is done in a process of its own, so that nothing comes back but its outcome."""
    return "forks" in _HABITS and "fork" in multiprocessing.get_all_start_methods()


def apart(work: Callable[[], _Outcome]) -> _Outcome:
    """What `work` returns, which a frugal process has done by another one where the system can fork one.

    What it needs is free again when that process ends, which no interpreter gives back as completely. What goes wrong
    there is done again here, and so are its errors raised.
    """
    return at_once([work])[0]


def at_once(works: Sequence[Callable[[], _Outcome]]) -> list[_Outcome]:
    """What each of several works returns, done apart and all at the same time."""
    if not is_frugal():
        return [work() for work in works]
    give_back_memory()
    gc.freeze()  # what is here lives to the end: nobody need look for circles in it again and again
    started = [_started(work) for work in works]
    try:
        return [_outcome_of(connection, work) for (_, connection), work in zip(started, works, strict=True)]
    except BaseException:
        for process, _ in started:
            process.terminate()  # nobody waits for it any more
        raise
    finally:
        for process, connection in started:
            connection.close()
            process.join()


def _started(work: Callable[[], object]) -> tuple[BaseProcess, Connection]:
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(work, there))
    process.start()
    there.close()
    return process, here


def _outcome_of(connection: Connection, work: Callable[[], _Outcome]) -> _Outcome:
    try:
        outcome: _Outcome = connection.recv()
    except (EOFError, OSError):  # it was ended, maybe while it sent
        return work()
    return outcome


def _send(work: Callable[[], object], connection: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal interrupts the parent as well, which ends this one
    with suppress(Exception):  # the parent meets it itself
        connection.send(work())
    connection.close()
