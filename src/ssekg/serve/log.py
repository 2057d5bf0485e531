"""What is written of each request: never who asked, nor what was asked for by name."""

import asyncio
import datetime
from typing import Final, TextIO

from ssekg.serve.exchange import Note

# How long lines are gathered before they are written.
_GATHERED: Final = 0.5


class AccessLog:
    """Writes a line for each request: time, method, route, status, bytes, milliseconds, those of the engine or `-`."""

    def __init__(self, stream: TextIO) -> None:
        """Write to a stream."""
        self._stream = stream
        self._lines: list[str] = []

    def __call__(self, note: Note) -> None:
        """Note a request."""
        if not self._lines:
            asyncio.get_running_loop().call_later(_GATHERED, self.flush)
        time = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        engine = "-" if note.engine_seconds is None else f"{note.engine_seconds * 1000:.1f}"
        spent = f"{note.seconds * 1000:.1f} {engine}"
        self._lines.append(f"{time} {note.method} {note.route} {note.status} {note.size} {spent}\n")

    def flush(self) -> None:
        """Write what was gathered."""
        lines, self._lines = self._lines, []
        self._stream.writelines(lines)
        self._stream.flush()
