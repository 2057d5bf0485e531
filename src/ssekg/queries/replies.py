"""What the replies of servers mean for people: which address is one, what went wrong on the way, what is refused."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPException
from typing import Final
from urllib.parse import urlsplit

from ssekg.base.errors import AskedWronglyError, CannotRunError, SsekgError
from ssekg.base.files import reason
from ssekg.base.language import visible
from ssekg.base.said import Argument, Arguments, Said
from ssekg.queries.transport import MOST_BYTES, PASSWORD, TOKEN, USER, Reply, TooLargeError

_LONGEST_DETAIL: Final = 200


def require_address(endpoint: str) -> None:
    """Refuse what is no address of a server.

    Raises:
        AskedWronglyError: it is none, or it holds a password.
    """
    try:
        parts = urlsplit(endpoint)
        is_address = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_address = False
    if not is_address or "@" in parts.netloc or not endpoint.isprintable() or " " in endpoint:
        raise AskedWronglyError("endpoint-address", user=USER, password=PASSWORD)


@contextmanager
def failures_in_words(endpoint: str, timeout: float) -> Iterator[None]:
    """Turn what goes wrong on the way to an endpoint and back within so many seconds into errors for people.

    Raises:
        CannotRunError: the endpoint can't be reached, is too slow or speaks no HTTP, or its reply has no end.
    """
    try:
        yield
    except TimeoutError:
        raise CannotRunError("query-timeout", seconds=f"{timeout:g}") from None
    except OSError as problem:
        is_unknown = isinstance(problem, socket.gaierror)
        raise failure(endpoint, Said("no-such-host") if is_unknown else reason(problem)) from None
    except TooLargeError:
        raise CannotRunError("endpoint-too-large", endpoint=endpoint, most=str(MOST_BYTES // 1024**2)) from None
    except (HTTPException, ValueError) as problem:
        raise failure(endpoint, Said("endpoint-says-no-http", {"problem": repr(problem)})) from None


def refusal(endpoint: str, reply: Reply) -> SsekgError:
    """The error for a reply with a status that is not a success."""
    detail = detail_of(reply)
    if reply.status == HTTPStatus.BAD_REQUEST:
        return AskedWronglyError("endpoint-refuses", endpoint=endpoint, **detail)
    if reply.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        names = {"user": USER, "password": PASSWORD, "token": TOKEN}
        return CannotRunError("endpoint-credentials", endpoint=endpoint, status=str(reply.status), **names)
    if reply.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        return CannotRunError("endpoint-missing", endpoint=endpoint, status=str(reply.status))
    if reply.status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
        return CannotRunError("endpoint-busy", endpoint=endpoint, status=str(reply.status))
    return failure(endpoint, Said("endpoint-says-status", {"status": str(reply.status), **detail}))


def failure(endpoint: str, problem: Argument) -> CannotRunError:
    """The error for an endpoint that does not do what it should."""
    return CannotRunError("endpoint-fails", endpoint=endpoint, problem=problem)


def detail_of(reply: Reply) -> Arguments:
    """The argument `detail`: the first words of a reply, without what could disturb a terminal; none if it is empty."""
    words = re.sub(r"<[^>]*>", " ", reply.content[: _LONGEST_DETAIL * 10].decode("utf-8", "replace"))
    line = " ".join("".join(each for each in visible(words) if each.isprintable() or each.isspace()).split())
    line = line if len(line) <= _LONGEST_DETAIL else f"{line[:_LONGEST_DETAIL]}…"
    return {"detail": Said("endpoint-detail", {"words": line})} if line else {}
