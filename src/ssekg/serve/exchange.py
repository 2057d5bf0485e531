"""One request and its answer: what every answer has in its headers, and what is noted of it."""

import time
from dataclasses import dataclass, field

from starlette.types import Message, Scope, Send

from ssekg.serve.files import Ready
from ssekg.serve.headers import security_headers
from ssekg.serve.release_files import LargeFile

FILES: str = "files"
"""What stands for the route of a request that is answered by a file of the release."""
KEPT: str = "kept"
"""What stands for the route of a request that is answered by an answer that is kept."""


@dataclass(frozen=True, slots=True)
class Note:
    """What is noted of a request: nothing of who asked, or of what was asked for by name."""

    method: str
    route: str
    status: int
    size: int
    seconds: float
    engine_seconds: float | None


@dataclass(slots=True)
class Exchange:
    """The answer to a request while it is sent; `send` is where to."""

    scope: Scope
    send: Send
    shared: bool = True
    status: int = 0
    size: int = 0
    started: float = field(default_factory=time.perf_counter)

    async def __call__(self, message: Message) -> None:
        """Send a message of an answer that is not ready, with the headers that all have."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            given = message["headers"] = list(message.get("headers", ()))
            names = {name.lower() for name, _ in given}
            media_type = next((value.decode("latin-1") for name, value in given if name == b"content-type"), "")
            given += [pair for pair in security_headers(media_type, shared=self.shared) if pair[0] not in names]
        elif message["type"] == "http.response.body":
            if self.scope["method"] == "HEAD":
                message = {**message, "body": b""}
            self.size += len(message.get("body", b""))
        await self.send(message)

    async def send_ready(self, ready: Ready) -> None:
        """Send an answer that is ready."""
        self.status = ready.status
        await self.send({"type": "http.response.start", "status": ready.status, "headers": ready.headers})
        content = b"" if self.scope["method"] == "HEAD" else ready.content
        if isinstance(content, LargeFile):
            for chunk in content.chunks():
                await self.send({"type": "http.response.body", "body": chunk, "more_body": True})
                self.size += len(chunk)
            content = b""
        self.size += len(content)
        await self.send({"type": "http.response.body", "body": content})

    def note(self, route: str) -> Note:
        """What is noted of the request once it is answered."""
        seconds = time.perf_counter() - self.started
        method = self.scope["method"] if self.scope["method"] in _METHODS else "other"
        return Note(method, route, self.status, self.size, seconds, self.scope.get("engine_seconds"))


_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"})
