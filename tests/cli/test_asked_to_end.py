"""A command that is asked to end, by `kill`, a container or a closed terminal, leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.test_watch import PATIENCE

SSEKG = str(Path(sys.executable).with_name("ssekg"))
# Work for years in other processes, each in its own way.
IN_PARTS = """
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from time import sleep
from ssekg.base.ending import end_in_order
from ssekg.shacl.chunks.workers import workers

if __name__ == "__main__":
    end_in_order()
    with TemporaryDirectory() as folder, workers(2, Path(folder)) as processes:
        list(processes.each(mkdtemp, [()] * 4))
        list(processes.each(sleep, [(10**8,)] * 4))
"""
APART = """
from tempfile import TemporaryDirectory
from time import sleep
from ssekg.base.ending import end_in_order
from ssekg.base.memory import at_once, be_frugal

def work():
    with TemporaryDirectory():
        sleep(10**8)

end_in_order()
be_frugal()
with TemporaryDirectory():
    at_once([work, work])
"""


@contextmanager
def started(temporary: Path, *command: str | Path, kept: int) -> Iterator["subprocess.Popen[bytes]"]:
    """A process that keeps what it needs meanwhile in a folder, begun when so many files and folders are in there."""
    temporary.mkdir()
    environment = os.environ | {"TMPDIR": str(temporary)}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, start_new_session=True) as process:
        try:
            end = time.monotonic() + PATIENCE
            while len([*temporary.rglob("*")]) < kept:
                assert process.poll() is None
                assert time.monotonic() < end
                time.sleep(0.02)
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_nothing_is_left_in_the_folder_for_temporary_files(number: signal.Signals, tmp_path: Path) -> None:
    endless = tmp_path / "endless.nt"
    endless.write_text("<x:a> <x:b> <x:c> .\n<x:b> <x:b> <x:c> .\n" * 2_000_000, encoding="utf-8")
    temporary, target = tmp_path / "temporary", tmp_path / "target.ttl"
    with started(temporary, SSEKG, "build", endless, "-o", target, kept=1) as process:
        process.send_signal(number)
        _, errors = process.communicate(timeout=PATIENCE)
    endless.unlink()
    assert process.returncode == 128 + number
    assert (errors, [*temporary.iterdir()], [*tmp_path.glob("*target*")]) == (b"", [], [])


@pytest.mark.parametrize(("script", "kept"), [(IN_PARTS, 5), (APART, 3)], ids=["in parts", "apart"])
def test_other_processes_end_as_well(script: str, kept: int, tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text(script, encoding="utf-8")
    temporary = tmp_path / "temporary"
    with started(temporary, sys.executable, tmp_path / "script.py", kept=kept) as process:
        process.terminate()
        _, errors = process.communicate(timeout=PATIENCE)  # as long as another process has it open, there is no end
    assert process.returncode == 128 + signal.SIGTERM
    assert (errors, [*temporary.iterdir()]) == (b"", [])


def test_what_the_caller_has_a_command_ignore_is_ignored() -> None:
    script = """
import os
import signal
from ssekg.base.ending import end_in_order

signal.signal(signal.SIGHUP, signal.SIG_IGN)
end_in_order()
os.kill(os.getpid(), signal.SIGHUP)
"""
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
