"""Answers that are ready: the files of a release, by which codings a client takes and what it has already."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from ssekg.serve.headers import Header, content_headers, encoded, security_headers
from ssekg.serve.negotiation import codings
from ssekg.serve.problems import ProblemError
from ssekg.serve.release_files import Content, ServedFile

_OK: Final = 200
_NOT_MODIFIED: Final = 304
# It may be kept, but is to be asked for again: the next release has the same addresses.
_CACHE: Final = "no-cache"


@dataclass(frozen=True, slots=True)
class Ready:
    """What is sent: status, headers, and the content, which is empty where the client has it."""

    status: int
    headers: tuple[Header, ...]
    content: Content


@dataclass(frozen=True, slots=True)
class ReadyFile:
    """A file with the headers that go with it, which are written once for each coding."""

    file: ServedFile
    own: Mapping[str, str]
    shared: bool
    _ready: dict[str, tuple[Ready, Ready] | None] = field(default_factory=dict)

    def answer(self, accept_encoding: str | None, if_none_match: str | None) -> Ready:
        """The file in the best coding that a client takes, or that it has it already.

        Raises:
            ProblemError: the client takes no coding that there is, not even none.
        """
        for coding in codings(accept_encoding):
            if coding not in self._ready:
                self._ready[coding] = self._written(coding, self.file.in_coding(coding))
            ready = self._ready[coding]
            if ready is not None:
                whole, unchanged = ready
                return unchanged if if_none_match and is_known(self.etag(coding), if_none_match) else whole
        raise ProblemError("not-encodable", 406)

    def is_at_hand(self, accept_encoding: str | None) -> bool:
        """Whether `answer` takes no time: no large content has to be compressed first."""
        return self.file.is_at_hand(next(iter(codings(accept_encoding)), "identity"))

    def etag(self, coding: str) -> str:
        """The tag of the file in a coding: the same bytes have the same on every machine."""
        return f'"{self.file.digest[:32]}-{coding}"'

    def _written(self, coding: str, content: Content | None) -> tuple[Ready, Ready] | None:
        if content is None:
            return None
        about = {"etag": self.etag(coding), "cache-control": _CACHE, "vary": "Accept-Encoding"} | dict(self.own)
        encoding = {} if coding == "identity" else {"content-encoding": coding}
        security = security_headers(self.file.media_type, self.file.path, shared=self.shared)
        whole = content_headers(self.file.path, self.file.media_type) | encoding | {"content-length": str(len(content))}
        return (
            Ready(_OK, (*encoded(whole | about), *security), content),
            Ready(_NOT_MODIFIED, (*encoded(about), *security), b""),
        )


async def ready_response(file: ReadyFile, request: Request) -> Response:
    """A file as the answer to a request.

    Raises:
        ProblemError: the client takes no coding that there is.
    """
    accepted, known = request.headers.get("accept-encoding"), request.headers.get("if-none-match")
    if file.is_at_hand(accepted):
        ready = file.answer(accepted, known)
    else:
        ready = await asyncio.to_thread(file.answer, accepted, known)
    response = Response(ready.content, ready.status)
    response.raw_headers = list(ready.headers)
    return response


def is_known(etag: str, if_none_match: str) -> bool:
    """Whether a client that names what it has (RFC 9110, 13.1.2) has the content with a tag."""
    named = [each.strip().removeprefix("W/") for each in if_none_match.split(",")]
    return etag in named or named == ["*"]
