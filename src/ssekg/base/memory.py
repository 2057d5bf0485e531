"""Memory that nobody uses any more, for the system and other programs."""

import ctypes
from contextlib import suppress
from typing import Final

_ARENA_MAX: Final = -8  # the parameter of glibc's mallopt


def give_back_memory() -> None:
    """Give what was freed back to the system: glibc keeps it for what is asked for next, other systems do not."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def share_memory() -> None:
    """Have all threads take memory from one place: what is free in the place of another thread nobody else can use."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)
