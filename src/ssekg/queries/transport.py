"""Send a query or an update to an address over HTTP and take the whole answer, in a time that nothing can stretch."""

import base64
import email.utils
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from http import HTTPStatus
from http.client import HTTPException
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import (
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    OpenerDirector,
    Request,
    build_opener,
)

USER: Final = "SSEKG_ENDPOINT_USER"
PASSWORD: Final = "SSEKG_ENDPOINT_PASSWORD"
TOKEN: Final = "SSEKG_ENDPOINT_TOKEN"
# Servers and what is in front of them take addresses of this length.
_LONGEST_ADDRESS: Final = 2_000
_PART: Final = 65_536
MOST_BYTES: Final = 512 * 1024 * 1024
_TRIES: Final = 4
# What a server answers that may do better soon, and how long to wait if it does not say.
_PASSING: Final = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE})
_PAUSE: Final = 1.0


class TooLargeError(ValueError):
    """A reply of more than MOST_BYTES, which may have no end."""


@dataclass(frozen=True)
class Reply:
    """What a server answers, whatever its status; `is_whole` is False if fewer bytes came than were promised."""

    status: int
    headers: Message
    content: bytes
    is_whole: bool = True


@dataclass(frozen=True)
class Credentials:
    """By what a server knows its user: a token, or a name and a password."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @property
    def header(self) -> str:
        """What is sent without being asked for."""
        if self.token:
            return f"Bearer {self.token}"
        return f"Basic {base64.b64encode(f'{self.user}:{self.password}'.encode()).decode()}"


def credentials(environment: Mapping[str, str], user: str | None = None) -> Credentials | None:
    """The credentials in the environment, with another name if one is given; None without."""
    token = "".join(environment.get(TOKEN, "").split())
    if not token and user is None and USER not in environment and PASSWORD not in environment:
        return None
    return Credentials(environment.get(USER, "") if user is None else user, environment.get(PASSWORD, ""), token)


def send(address: str, query: str, accept: str, known: Credentials | None, timeout: float) -> Reply:
    """The reply of a SPARQL 1.1 endpoint to a query, which is sent by GET or, if it is long, by POST.

    Raises:
        TimeoutError: the reply did not come in time.
        OSError: the server can't be reached.
        HTTPException: it does not speak HTTP.
        TooLargeError: the reply is larger than any that a person can want.
    """
    parameters = urlencode({"query": query})
    url = f"{address}{'&' if urlsplit(address).query else '?'}{parameters}"
    is_short = len(url) <= _LONGEST_ADDRESS
    request = Request(url) if is_short else Request(address, parameters.encode(), method="POST")  # noqa: S310 - http only
    request.add_header("Accept", accept)
    return _sent(request, known, timeout, _TRIES)


def post(address: str, content: bytes, media_type: str, known: Credentials | None, timeout: float, tries: int) -> Reply:
    """The reply of a server to what is written to it.

    Args:
        address: of the server.
        content: what is sent.
        media_type: of the content.
        known: the user.
        timeout: seconds to wait in all.
        tries: how often it may be sent, if the server is busy.

    Raises:
        TimeoutError: the reply did not come in time.
        OSError: the server can't be reached.
        HTTPException: it does not speak HTTP.
        TooLargeError: the reply is larger than any that a person can want.
    """
    request = Request(address, content, {"Content-Type": media_type}, method="POST")  # noqa: S310 - http only
    return _sent(request, known, timeout, tries)


def _sent(request: Request, known: Credentials | None, timeout: float, tries: int) -> Reply:
    """The reply to a request.

    A server that is busy is asked again, after the time that it wants (Retry-After), as far as `timeout` seconds allow.
    """
    from ssekg import __version__

    request.add_header("User-Agent", f"ssekg/{__version__}")
    deadline = time.monotonic() + timeout
    for number in range(1, tries + 1):
        reply = _in_time(request, known, deadline)
        pause = _pause(reply.headers.get("Retry-After"), number)
        if reply.status not in _PASSING or number == tries or time.monotonic() + pause >= deadline:
            break
        time.sleep(pause)
    return reply


def _in_time(request: Request, known: Credentials | None, deadline: float) -> Reply:
    """What comes of a request by the deadline.

    The time limit of a socket starts anew with every byte, and looking up a name has none, so the work is done in a
    thread that is left alone when the time is up.
    """
    outcome: list[Reply | Exception] = []

    def work() -> None:
        try:
            outcome.append(_authorized(request, known, deadline))
        except (OSError, HTTPException, ValueError) as problem:
            outcome.append(problem)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(max(deadline - time.monotonic(), 0))
    if not outcome:
        raise TimeoutError
    if isinstance(outcome[0], Exception):
        problem = outcome[0].reason if isinstance(outcome[0], URLError) else outcome[0]
        raise problem if isinstance(problem, Exception) else OSError(str(problem))
    return outcome[0]


def _authorized(request: Request, known: Credentials | None, deadline: float) -> Reply:
    """The reply to a request by somebody: in the open way first, then by Digest, if only that opens the door."""
    if known:
        request.add_unredirected_header("Authorization", known.header)  # not for whoever the server refers to
    reply = _exchange(request, build_opener(), deadline)
    if reply.status != HTTPStatus.UNAUTHORIZED or known is None or known.token:
        return reply
    # Virtuoso asks for Digest only of who has not offered anything else.
    request.remove_header("Authorization")
    passwords = HTTPPasswordMgrWithDefaultRealm()
    passwords.add_password(None, request.full_url, known.user, known.password)
    return _exchange(request, build_opener(HTTPDigestAuthHandler(passwords)), deadline)


def _exchange(request: Request, opener: OpenerDirector, deadline: float) -> Reply:
    try:
        with opener.open(request, timeout=max(deadline - time.monotonic(), 0.001)) as response:
            return _read(response, response.status, deadline)
    except HTTPError as refusal:
        with refusal:
            return _read(refusal, refusal.code, deadline)


def _read(response: Any, status: int, deadline: float) -> Reply:
    parts = []
    size = 0
    try:
        while part := response.read1(_PART):
            parts.append(part)
            size += len(part)
            if time.monotonic() > deadline:
                raise TimeoutError
            if size > MOST_BYTES:
                raise TooLargeError
    except HTTPException:  # the end of a part that was announced did not come
        return Reply(status, response.headers, b"".join(parts), is_whole=False)
    content = b"".join(parts)
    promised = response.headers.get("Content-Length", "")
    return Reply(status, response.headers, content, is_whole=not promised.isdecimal() or len(content) >= int(promised))


def _pause(wanted: str | None, number: int) -> float:
    """The seconds to wait before another try: what the server wants (a number or a date), or longer each time."""
    if wanted and wanted.strip().isdecimal():
        return float(wanted)
    try:
        return max(email.utils.parsedate_to_datetime(wanted or "").timestamp() - time.time(), 0)
    except ValueError:
        return _PAUSE * number
