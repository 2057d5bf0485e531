"""How a process ends: in order when it is asked to, and with the process that started it."""

import ctypes
import signal
import sys
from types import FrameType
from typing import Final, NoReturn

# What asks a process to end: `kill` and whoever stops a container, and a terminal that is closed.
ASKING: Final = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
_PARENT_DIED: Final = 1  # PR_SET_PDEATHSIG


def end_in_order() -> None:
    """Have this process end with SystemExit when it is asked to, so that what it keeps meanwhile is removed.

    The exit code is that by which shells name the signal. What the caller has it ignore, as nohup does, is ignored.
    """
    for number in ASKING:
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _end)


def end_with_parent() -> None:
    """Have the system end this process when the one that started it ends, where it can (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DIED, signal.SIGKILL)


def _end(number: int, _: FrameType | None) -> NoReturn:
    for each in ASKING:
        signal.signal(each, signal.SIG_IGN)  # being asked again must not keep it from removing the rest
    sys.exit(128 + number)
