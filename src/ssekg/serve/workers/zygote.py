"""The process that workers are made of: it reads a release once, then forks a worker whenever the server asks.

It has no threads, so that what it forks is sound, and it asks nothing itself, so that nothing can take it down. Run as
a module with the number of an inherited socket and what to read. Orders and replies alternate on that socket; its end
is the end of the zygote and of all its workers.
"""

import gc
import json
import os
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from ssekg.base.memory import give_back_memory
from ssekg.serve.workers.confinement import confine, silence
from ssekg.serve.workers.contents import Contents, read_contents
from ssekg.serve.workers.worker import work

# No order or reply is longer.
LONGEST: Final = 4096


class Zygote:
    """Forks workers and ends them. One that has ended by itself keeps its number until the server has asked for it."""

    def __init__(self, control: socket.socket, contents: Contents) -> None:
        """Take the socket on which the server gives orders."""
        self._control = control
        self._contents = contents
        self._workers: set[int] = set()

    def run(self) -> None:
        """Do as the server says until it has gone."""
        while True:
            content, files, _, _ = socket.recv_fds(self._control, LONGEST, 1)
            if not content:
                break
            order = json.loads(content)
            reply = {"pid": self._fork(files[0], order["fork"])} if files else {"status": self._end(order["end"])}
            self._control.sendall(json.dumps(reply).encode())
        for worker in list(self._workers):
            self._end(worker)

    def _fork(self, file: int, lane: dict[str, Any]) -> int:
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                self._control.close()
                space = confine(lane["memory"], files=lane["files"])
                with socket.socket(fileno=file) as connection:
                    work(connection, self._contents, space, lane["memory"])
                status = 0
            finally:
                os._exit(status)  # nothing that the zygote would do at its end
        os.close(file)
        self._workers.add(pid)
        return pid

    def _end(self, pid: int) -> int:
        """End a worker; returns how it ended: its exit code or, negative, the signal."""
        if pid not in self._workers:
            return -signal.SIGKILL  # it was another's, who has ended
        self._workers.remove(pid)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        return os.waitstatus_to_exitcode(status)


def main(file: str, folder: str, whole: str) -> None:
    """Read a release, say so, and serve."""
    silence()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(fileno=int(file)) as control:
        try:
            contents = read_contents(Path(folder), whole=whole == "whole")
        except Exception as problem:
            control.sendall(json.dumps({"problem": str(problem)[: LONGEST // 8]}).encode())
            return
        gc.collect()
        give_back_memory()
        gc.freeze()  # else the first collection in each worker would copy what they share
        control.sendall(json.dumps({"pid": os.getpid()}).encode())
        Zygote(control, contents).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
