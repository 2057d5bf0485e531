"""A Virtuoso for a test: Debian's program on the loopback, with settings and data in a folder of the test."""

import os
import resource
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from ssekg.graph.store import Graph

PROGRAM: Final = "virtuoso-t"
# It returns no more rows than this, whatever the query says.
MOST_ROWS: Final = 20_000
_ROOM: Final = 300_000
_SETTINGS: Final = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
DirsAllowed = {folder}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
TransactionAfterImageLimit = 1000000000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
[SPARQL]
ResultSetMaxRows = {rows}
"""


class Virtuoso:
    """A running server; `address` is that of its endpoint, `home` what its other addresses begin with."""

    def __init__(self, folder: Path, buffers: int = 20_000) -> None:
        """Start it in an empty folder; it may hold so many pages of 8 KB in memory."""
        self.folder = folder
        self._sql, http = _free_ports()
        self.home = f"http://127.0.0.1:{http}"
        self.address = f"{self.home}/sparql"
        memory = {"buffers": buffers, "dirty": buffers * 3 // 4}
        settings = _SETTINGS.format(sql=self._sql, http=http, folder=folder, rows=MOST_ROWS, **memory)
        (folder / "virtuoso.ini").write_text(settings, "utf-8")
        command = [PROGRAM, "+configfile", "virtuoso.ini", "+foreground"]
        self._output = (folder / "output").open("wb")
        self._process = subprocess.Popen(command, cwd=folder, stdout=self._output, stderr=subprocess.STDOUT)
        self._wait()

    def _wait(self) -> None:
        for _ in range(300):
            if "Server online" in (self.folder / "output").read_text("utf-8", "replace"):
                return
            assert self._process.poll() is None, (self.folder / "output").read_text("utf-8", "replace")
            time.sleep(0.1)
        pytest.fail("Virtuoso does not start")

    def load(self, graph: Graph) -> None:
        """Put a graph in place of what there was."""
        file = self.folder / "graph.nt"
        file.write_bytes(bytes(ox.serialize([*graph.vocabulary, *graph.triples], format=ox.RdfFormat.N_TRIPLES) or b""))
        self.load_file(file, f"{graph.base}graph")

    def load_file(self, file: Path, graph: str) -> None:
        """Put the triples of a file of N-Triples in the folder in place of what a graph had."""
        self._run(
            f"sparql clear graph <{graph}>; log_enable(2); "
            f"ttlp_mt(file_to_string_output('{file}'), '', '{graph}'); checkpoint;"
        )

    def leave_no_room(self) -> None:
        """Let none of its files grow any more, as on a full disk."""
        resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, (_ROOM, _ROOM))

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(60)
        self._output.close()

    def command(self, statements: str) -> list[str]:
        """What has it carry out statements in SQL; what fails is told on the standard output."""
        return ["isql-vt", f"127.0.0.1:{self._sql}", "dba", "dba", "ERRORS=STDOUT", f"exec={statements}"]

    def _run(self, statements: str) -> None:
        done = subprocess.run(self.command(statements), capture_output=True, encoding="utf-8", check=False)
        assert "*** Error" not in done.stdout, done.stdout


@contextmanager
def running_virtuoso(folder: Path, buffers: int = 20_000) -> Iterator[Virtuoso]:
    """A server that runs while the context lasts; a test where there is none is skipped."""
    require_virtuoso()
    server = Virtuoso(folder, buffers)
    try:
        yield server
    finally:
        server.stop()


def require_virtuoso() -> None:
    """Skip a test where there is no Virtuoso; in continuous integration there has to be one."""
    if shutil.which(PROGRAM) is None and not os.environ.get("CI"):
        pytest.skip("no virtuoso-t here (Debian: apt-get install virtuoso-opensource-7-bin)")


def _free_ports() -> tuple[int, int]:
    """Two ports that nothing uses."""
    with socket.socket() as first, socket.socket() as second:
        first.bind(("127.0.0.1", 0))
        second.bind(("127.0.0.1", 0))
        return first.getsockname()[1], second.getsockname()[1]
