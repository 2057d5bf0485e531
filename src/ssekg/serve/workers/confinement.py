"""What a worker may not do: take all memory, open a file or a socket, run on when nobody waits, print."""

import os
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from ssekg.base.ending import end_with_parent

_MEBIBYTE: Final = 1 << 20
_PAGES: Final = Path("/proc/self/statm")


class AddressSpace:
    """How many bytes of addresses this process has, also once it may open no file any more."""

    def __init__(self) -> None:
        """Begin to watch it."""
        self._file = os.open(_PAGES, os.O_RDONLY) if _PAGES.exists() else None

    def size(self) -> int:
        """Its size now, 0 where the system does not say."""
        return int(os.pread(self._file, 64, 0).split()[0]) * resource.getpagesize() if self._file is not None else 0


def confine(memory: int, *, files: bool) -> AddressSpace:
    """Confine this process for as long as it lives.

    Args:
        memory: how many MiB more than now it may take. An allocation past that ends it.
        files: whether it may open files and sockets.
    """
    for handled in (signal.SIGINT, signal.SIGHUP):
        signal.signal(handled, signal.SIG_IGN)  # a key pressed at the terminal is for the server
    end_with_parent()
    if sys.platform == "linux":
        with suppress(OSError):  # of all processes the system should take this one, were memory short
            Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    space = AddressSpace()
    _limit(resource.RLIMIT_CORE, 0)
    if space.size():
        _limit(resource.RLIMIT_AS, space.size() + memory * _MEBIBYTE)
    if not files:
        _limit(resource.RLIMIT_NOFILE, 0)
    return space


def allow_seconds(seconds: float) -> None:
    """End this process once it has computed for so long from now: a second clock, should nobody end it in time."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = used.ru_utime + used.ru_stime
    _, highest = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(spent + seconds) + 2, highest))


def silence() -> None:
    """Let nothing of what libraries print get anywhere: Rust prints a page for each allocation that fails."""
    os.environ["RUST_BACKTRACE"] = "0"
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _limit(what: int, most: int) -> None:
    _, highest = resource.getrlimit(what)
    most = most if highest == resource.RLIM_INFINITY else min(most, highest)
    resource.setrlimit(what, (most, most))
