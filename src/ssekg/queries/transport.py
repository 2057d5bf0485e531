"""Send a query to an address over HTTP and take the whole answer, within a time that nothing can stretch."""

import base64
import email.utils
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from http.client import HTTPException
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

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


def authorization(environment: Mapping[str, str]) -> str | None:
    """The header by which an endpoint knows its user: from a token, or from a name and a password; None without."""
    token = "".join(environment.get(TOKEN, "").split())
    if token:
        return f"Bearer {token}"
    if USER not in environment and PASSWORD not in environment:
        return None
    pair = f"{environment.get(USER, '')}:{environment.get(PASSWORD, '')}"
    return f"Basic {base64.b64encode(pair.encode()).decode()}"


def send(address: str, query: str, accept: str, authorized: str | None, timeout: float) -> Reply:
    """The reply of a SPARQL 1.1 endpoint to a query, which is sent by GET or, if it is long, by POST.

    A server that is busy is asked again, after the time that it wants (Retry-After), as far as `timeout` seconds allow.

    Raises:
        TimeoutError: the reply did not come in time.
        OSError: the server can't be reached.
        HTTPException: it does not speak HTTP.
        TooLargeError: the reply is larger than any that a person can want.
    """
    deadline = time.monotonic() + timeout
    for number in range(1, _TRIES + 1):
        reply = _in_time(_request(address, query, accept, authorized), deadline)
        pause = _pause(reply.headers.get("Retry-After"), number)
        if reply.status not in _PASSING or number == _TRIES or time.monotonic() + pause >= deadline:
            break
        time.sleep(pause)
    return reply


def _request(address: str, query: str, accept: str, authorized: str | None) -> Request:
    from ssekg import __version__

    parameters = urlencode({"query": query})
    url = f"{address}{'&' if urlsplit(address).query else '?'}{parameters}"
    is_short = len(url) <= _LONGEST_ADDRESS
    request = Request(url) if is_short else Request(address, parameters.encode(), method="POST")  # noqa: S310 - http only
    request.add_header("Accept", accept)
    request.add_header("User-Agent", f"ssekg/{__version__}")
    if authorized:
        request.add_unredirected_header("Authorization", authorized)  # not for whoever the server refers to
    return request


def _in_time(request: Request, deadline: float) -> Reply:
    """What comes of a request by the deadline.

    The time limit of a socket starts anew with every byte, and looking up a name has none, so the work is done in a
    thread that is left alone when the time is up.
    """
    outcome: list[Reply | Exception] = []

    def work() -> None:
        try:
            outcome.append(_exchange(request, deadline))
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


def _exchange(request: Request, deadline: float) -> Reply:
    try:
        with urlopen(request, timeout=max(deadline - time.monotonic(), 0.001)) as response:  # noqa: S310 - http only
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
