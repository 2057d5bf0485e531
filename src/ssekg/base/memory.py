"""Memory that nobody uses any more, for the system and other programs."""

import ctypes
import multiprocessing
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Final, TypeVar

_Outcome = TypeVar("_Outcome")

_ARENA_MAX: Final = -8  # the parameter of glibc's mallopt


def give_back_memory() -> None:
    """Give what was freed back to the system: glibc keeps it for what is asked for next, other systems do not."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def share_memory() -> None:
    """Have all threads take memory from one place: what is free in the place of another thread nobody else can use."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def apart(work: Callable[[], _Outcome]) -> _Outcome:
    """What `work` returns, which is done in a process of its own where the system can fork one.

    What it needs is free again when the process ends, which no interpreter gives back as completely. What goes wrong
    there is done again here, and so are its errors raised.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        return work()
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(work, there))
    process.start()
    there.close()
    try:
        outcome: _Outcome = here.recv()
    except EOFError:
        return work()
    finally:
        here.close()
        process.join()
    return outcome


def _send(work: Callable[[], object], connection: Connection) -> None:
    with suppress(Exception):  # the parent meets it itself
        connection.send(work())
    connection.close()
