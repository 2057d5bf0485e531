"""The zygote as the server sees it: an address at which workers are to be had."""

import asyncio
import json
import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ssekg.base.errors import CannotRunError
from ssekg.serve.workers.protocol import Message, packed, receive_from
from ssekg.serve.workers.zygote import LONGEST

_PATIENCE: Final = 2
_MODULE: Final = "ssekg.serve.workers.zygote"


class NurseryLostError(Exception):
    """The zygote has ended, and its workers with it."""


@dataclass(slots=True)
class Worker:
    """A worker that waits for a request, or works at one."""

    pid: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def ask(self, request: Message, most: int) -> Message | None:
        """The reply to a request, None if the worker ends without one or sends more than `most` bytes."""
        try:
            self.writer.write(packed(request))
            await self.writer.drain()
            return await receive_from(self.reader, most)
        except OSError:
            return None


class Nursery:
    """A zygote that has read a release."""

    def __init__(self, process: "subprocess.Popen[bytes]", control: socket.socket) -> None:
        """Take the process, and the socket on which it takes orders."""
        self._process = process
        self._control = control
        self._order = asyncio.Lock()

    @classmethod
    async def open(cls, folder: Path, *, whole: bool) -> "Nursery":
        """Start a zygote over the release in a folder, and wait until it has read it.

        Raises:
            CannotRunError: it can't be read.
        """
        ours, theirs = socket.socketpair()
        number = theirs.fileno()
        process = subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-P", "-m", _MODULE, str(number), str(folder), "whole" if whole else "public"],
            pass_fds=[number],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "RUST_BACKTRACE": "0"},
        )
        theirs.close()
        ours.setblocking(False)
        nursery = cls(process, ours)
        try:
            reply = await nursery._reply()
        except NurseryLostError:
            await nursery.close()
            raise CannotRunError("no-workers", problem="") from None
        except BaseException:
            await nursery.close()
            raise
        if "problem" in reply:
            await nursery.close()
            raise CannotRunError("no-workers", problem=reply["problem"])
        return nursery

    @property
    def pid(self) -> int:
        """The number of the zygote's process."""
        return self._process.pid

    async def worker(self, memory: int, *, files: bool) -> Worker:
        """A new worker.

        Raises:
            NurseryLostError: there are none any more.
        """
        ours, theirs = socket.socketpair()
        with theirs:  # the zygote has it by then
            try:
                reply = await self._ordered({"fork": {"memory": memory, "files": files}}, [theirs.fileno()])
            except BaseException:
                ours.close()
                raise
        ours.setblocking(False)
        reader, writer = await asyncio.open_connection(sock=ours)
        return Worker(reply["pid"], reader, writer)

    async def end(self, worker: Worker) -> int:
        """End a worker if it has not ended; returns its exit code or, negative, the signal that ended it.

        Raises:
            NurseryLostError: all have ended.
        """
        reply = await self._ordered({"end": worker.pid}, [])
        return int(reply["status"])

    async def close(self) -> None:
        """End the zygote and all workers."""
        self._control.close()
        await asyncio.to_thread(self._wait)

    def _wait(self) -> None:
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    async def _ordered(self, order: dict[str, Any], files: list[int]) -> dict[str, Any]:
        """The reply to an order. Who gives up while waiting must not leave it to who comes next."""
        return await asyncio.shield(asyncio.ensure_future(self._exchange(order, files)))

    async def _exchange(self, order: dict[str, Any], files: list[int]) -> dict[str, Any]:
        async with self._order:
            try:
                socket.send_fds(self._control, [json.dumps(order).encode()], files)
            except OSError:
                raise NurseryLostError from None
            return await self._reply()

    async def _reply(self) -> dict[str, Any]:
        try:
            content = await asyncio.get_running_loop().sock_recv(self._control, LONGEST)
        except OSError:
            content = b""
        if not content:
            raise NurseryLostError
        reply: dict[str, Any] = json.loads(content)
        return reply
