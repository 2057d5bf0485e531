"""What a request may be: anything larger, slower or packed is refused before somebody works on it."""

import asyncio
import ipaddress

from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope

from ssekg.serve.limits import Limits
from ssekg.serve.problems import ProblemError
from ssekg.serve.proxies import NAMING


def refuse_oversize(scope: Scope, headers: Headers, limits: Limits) -> None:
    """Refuse a request by its head.

    Raises:
        ProblemError: its address, headers or announced body are too large, or its body is compressed.
    """
    if len(scope["raw_path"]) + len(scope["query_string"]) > limits.address:
        raise ProblemError("address-too-long", 414, most=str(limits.address))
    if sum(len(name) + len(value) + 4 for name, value in scope["headers"]) > limits.headers:
        raise ProblemError("headers-too-large", 431, most=str(limits.headers))
    if any(each.strip().lower() not in {"", "identity"} for each in headers.getlist("content-encoding")):
        raise ProblemError("body-encoded", 415, headers={"Accept-Encoding": "identity"})
    announced = headers.get("content-length", "")
    if announced.isdecimal() and int(announced[:20]) > limits.body:
        raise ProblemError("body-too-large", 413, most=str(limits.body))


def refuse_other_host(headers: Headers) -> None:
    """Refuse a request that names another machine than this one: a page elsewhere had its own name lead here.

    A request that a proxy passes on may be that of another machine, whatever it names.

    Raises:
        ProblemError: it does.
    """
    host = headers.get("host", "")
    name = host.partition("]")[0].strip("[") if host.startswith("[") else host.partition(":")[0]
    if not is_loopback(name) or any(each in headers for each in NAMING):
        raise ProblemError("other-host", 421)


def is_loopback(host: str) -> bool:
    """Whether a name or address is one of this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


class GuardedBody:
    """The body of a request as it comes in, as long as it is small and soon enough."""

    def __init__(self, receive: Receive, limits: Limits) -> None:
        """Take what gives the parts of the body."""
        self._receive = receive
        self._limits = limits
        self._deadline = asyncio.get_running_loop().time() + limits.body_timeout
        self._size = 0
        self._is_read = False

    async def __call__(self) -> Message:
        """The next part.

        Raises:
            ProblemError: it is too large, or was not here in time.
        """
        if self._is_read:  # what comes now is that the client is gone, and there is no hurry
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._deadline):
                message = await self._receive()
        except TimeoutError:
            headers = {"Connection": "close"}
            raise ProblemError(
                "body-too-slow", 408, headers=headers, seconds=f"{self._limits.body_timeout:g}"
            ) from None
        self._size += len(message.get("body", b""))
        self._is_read = not message.get("more_body", False)
        if self._size > self._limits.body:
            raise ProblemError("body-too-large", 413, most=str(self._limits.body))
        return message
