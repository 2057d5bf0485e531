"""Connections over the limit: each is answered at once that the server is busy, rather than kept waiting.

The server below takes no more connections than it may have, and leaves the others in the queue of the system. They are
taken from there, as soon as there are as many as may be.
"""

import asyncio
import os
import select
import socket
import sys
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Final

from starlette.types import Message, Scope

from ssekg.serve.app import SURPLUS, Application

_LOOKED: Final = 0.05
# In which time a client has to say what it wants; it is answered in any case.
_PATIENCE: Final = 1.0
# So many at a time are answered; the others wait.
_MOST: Final = 64
_FILES: Final = Path("/proc/self/fd")


class Surplus:
    """Answers the connections over the limit of an application that is served at a port."""

    def __init__(self, application: Application, port: int) -> None:
        """Look after a port of this process."""
        self._application = application
        self._port = port
        self._answering: set[asyncio.Task[None]] = set()

    async def refuse(self) -> None:
        """Look for them, for ever. Where the system does not say which connections there are, they wait."""
        while not (listening := self._listening()):
            await asyncio.sleep(_LOOKED)
        self._have_answers_read(listening)
        waiting = select.poll()
        waiting.register(listening, select.POLLIN)
        with listening:
            while True:
                await asyncio.sleep(_LOOKED)
                if waiting.poll(0) and self._is_full():
                    while waiting.poll(0) and len(self._answering) < _MOST:
                        self._take(listening)

    def _listening(self) -> socket.socket | None:
        for each in self._sockets():
            if _is_listening(each):
                return each
            each.close()
        return None

    def _have_answers_read(self, listening: socket.socket) -> None:
        """Have the system hang up on who takes nothing of an answer for a while: the server below has no such clock."""
        if sys.platform == "linux":
            milliseconds = int(self._application.limits.reading_timeout * 1000)
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, milliseconds)

    def _take(self, listening: socket.socket) -> None:
        try:
            connection, address = listening.accept()
        except OSError:  # it has gone, or was taken in the meantime
            return
        task = asyncio.ensure_future(self._answer(connection, address))
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    def _is_full(self) -> bool:
        count = 0
        for each in self._sockets():
            with each:
                count += not _is_listening(each)
        return count - len(self._answering) >= self._application.limits.connections

    def _sockets(self) -> Iterator[socket.socket]:
        """The sockets of this process at the port, each to be closed."""
        for file in _FILES.iterdir() if _FILES.is_dir() else ():
            try:
                copy = os.dup(int(file.name))
            except OSError:  # closed in the meantime
                continue
            try:
                found = socket.socket(fileno=copy)
            except OSError:  # no socket
                os.close(copy)
                continue
            is_internet = found.family in {socket.AF_INET, socket.AF_INET6}
            if is_internet and found.getsockname()[1] == self._port:
                yield found
            else:
                found.close()

    async def _answer(self, connection: socket.socket, address: tuple[str, int]) -> None:
        connection.setblocking(False)
        reader, writer = await asyncio.open_connection(sock=connection, limit=self._application.limits.headers)

        async def send(message: Message) -> None:
            writer.write(_written(message))

        try:
            scope = _scope(await _head(reader), address)
            await self._application(scope, _nothing, send)
            async with asyncio.timeout(_PATIENCE):
                await writer.drain()
        except (OSError, TimeoutError):
            pass
        finally:
            writer.close()


def _is_listening(found: socket.socket) -> bool:
    return bool(found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))


async def _head(reader: asyncio.StreamReader) -> list[bytes]:
    """The lines of the head of a request, none if they do not come soon or are no head."""
    try:
        async with asyncio.timeout(_PATIENCE):
            return (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")
    except (OSError, EOFError, TimeoutError, asyncio.LimitOverrunError):
        return []


def _scope(head: list[bytes], address: tuple[str, int]) -> Scope:
    """As much of a request as it takes to refuse it in the words and the form that are wanted."""
    method, _, _ = (head[0] if head else b"GET").partition(b" ")
    pairs = (line.partition(b":") for line in head[1:])
    return {
        "type": "http",
        "method": method.decode("latin-1"),
        "path": "/",
        "raw_path": b"/",
        "query_string": b"",
        "headers": [(name.strip().lower(), value.strip()) for name, sign, value in pairs if sign],
        "client": address[:2],
        SURPLUS: True,
    }


async def _nothing() -> Message:
    return {"type": "http.disconnect"}


def _written(message: Message) -> bytes:
    """A message of an answer as HTTP/1.1 has it."""
    if message["type"] == "http.response.body":
        return bytes(message.get("body", b""))
    status = HTTPStatus(message["status"])
    lines = [f"HTTP/1.1 {status.value} {status.phrase}".encode()]
    lines += [name + b": " + value for name, value in (*message["headers"], (b"connection", b"close"))]
    return b"\r\n".join([*lines, b"", b""])
