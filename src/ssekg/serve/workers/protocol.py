"""Messages between the server and its workers: four bytes of length, a head in JSON, a line feed, and a body.

Nothing is pickled: what a worker sends has been made from what a stranger asked.
"""

import asyncio
import json
import socket
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

_LENGTH: Final = struct.Struct("!I")


@dataclass(frozen=True, slots=True)
class Message:
    """A message: what is said in `head`, and bytes that nobody on the way looks into."""

    head: Mapping[str, Any]
    body: bytes = b""


def packed(message: Message) -> bytes:
    """A message as it is sent."""
    head = json.dumps(message.head, ensure_ascii=False, separators=(",", ":")).encode()
    return b"".join((_LENGTH.pack(len(head) + 1 + len(message.body)), head, b"\n", message.body))


def receive(connection: socket.socket) -> Message | None:
    """The next message, None where there will be none.

    Raises:
        OSError: the connection is broken.
    """
    length = _exactly(connection, _LENGTH.size)
    content = length and _exactly(connection, _LENGTH.unpack(length)[0])
    return _unpacked(content) if content else None


async def receive_from(reader: asyncio.StreamReader, most: int) -> Message | None:
    """The next message of a worker, None if it has ended or sends more than `most` bytes.

    Raises:
        OSError: the connection is broken.
    """
    try:
        length = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))[0]
        return _unpacked(await reader.readexactly(length)) if length <= most else None
    except asyncio.IncompleteReadError:
        return None


def _exactly(connection: socket.socket, size: int) -> bytes:
    """So many bytes, or none if they don't come any more."""
    content = bytearray()
    while len(content) < size:
        part = connection.recv(min(size - len(content), 1 << 20))
        if not part:
            return b""
        content += part
    return bytes(content)


def _unpacked(content: bytes) -> Message:
    head, _, body = content.partition(b"\n")
    return Message(json.loads(head), body)
