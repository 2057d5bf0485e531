"""How long a command takes, and how much memory it takes with all processes that it starts."""

import os
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

ROOT: Final = Path(__file__).parents[1]
_PAUSE: Final = 0.05  # seconds between two looks at the memory


@dataclass(frozen=True)
class Measured:
    """The seconds that a command took, its megabytes at most, and how many findings it told of.

    What several processes share counts in each of them. Where it `is_stopped`, the seconds are those until then.
    """

    seconds: float
    megabytes: float
    findings: int
    is_stopped: bool = False


def measure(command: Sequence[str], limit: float) -> Measured:
    """Run a command in the folder of the repository; after some seconds it is ended with all that it has started.

    Raises:
        RuntimeError: it failed: it ended with more than 1, which is the code of a validation that found something.
    """
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=ROOT, env=installed(), stdout=output, stderr=errors, start_new_session=True
        )
        most = 0.0
        is_stopped = False
        while process.poll() is None:
            most = max(most, _megabytes(process.pid))
            if time.perf_counter() - started > limit:
                is_stopped = True
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            with suppress(subprocess.TimeoutExpired):
                process.wait(_PAUSE)
        seconds = time.perf_counter() - started
        if not is_stopped and process.returncode not in {0, 1}:
            errors.seek(0)
            raise RuntimeError(f"{' '.join(command)}: {errors.read().decode(errors='replace')}")
        output.seek(0)
        return Measured(seconds, most, found_in(output.read()), is_stopped)


def found_in(report: bytes) -> int:
    """How many results a report of SHACL in Turtle, or that of pyshacl for people, has."""
    return len(re.findall(rb"a sh:ValidationResult|Constraint Violation in", report))


def installed() -> dict[str, str]:
    """The environment of a command that keeps what modules compile to, as an installation does."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _megabytes(pid: int) -> float:
    """What a process and all that it has started hold in memory."""
    total = 0
    with suppress(psutil.Error):
        first = psutil.Process(pid)
        for process in (first, *first.children(recursive=True)):
            with suppress(psutil.Error):
                total += process.memory_info().rss
    return total / 1_000_000
