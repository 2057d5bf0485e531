"""What each client has asked for lately, so that none takes what is there for all.

Clients are told apart by a hash of their address, of IPv6 by the network that one subscriber has, with a salt that is
made anew whenever the server starts. Nothing is kept on a disk, and nothing longer than two minutes.
"""

import hashlib
import ipaddress
import math
import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Final

from ssekg.serve.limits import Limits
from ssekg.serve.problems import ProblemError

_MINUTE: Final = 60
_FORGOTTEN: Final = 2 * _MINUTE
_SUBSCRIBER: Final = 64
# How many of the oldest are looked at whenever somebody asks: more than come in.
_LOOKED_AT: Final = 4
_TOO_MANY: Final = 429


class Allowance:
    """So much of something a minute, which comes back bit by bit."""

    def __init__(self, a_minute: float) -> None:
        """Begin with all of it."""
        self._most = a_minute
        self._spent = 0.0
        self._at = 0.0

    def spend(self, amount: float, now: float) -> None:
        """Take some of it; more than is there can be taken once."""
        self._spent = self._left_over(now) + amount
        self._at = now

    def wait(self, now: float) -> float:
        """After how many seconds there is some of it."""
        return max(0.0, self._left_over(now) - self._most) * _MINUTE / self._most

    def _left_over(self, now: float) -> float:
        return max(0.0, self._spent - (now - self._at) * self._most / _MINUTE)


class Client:
    """What one client does and has done: `seconds` of engines, and how many `errors` it got."""

    def __init__(self, limits: Limits, now: float) -> None:
        """Begin with nothing done."""
        self.requests = 0
        self.seconds = Allowance(limits.client_seconds)
        self.errors = Allowance(limits.client_errors)
        self.seen = now


class Clients:
    """The clients of the last two minutes."""

    def __init__(self, limits: Limits, clock: Callable[[], float]) -> None:
        """Begin without any; `clock` gives seconds."""
        self._limits = limits
        self._clock = clock
        self._salt = secrets.token_bytes(16)
        self._clients: OrderedDict[bytes, Client] = OrderedDict()

    @contextmanager
    def asking(self, address: str) -> Iterator["Account"]:
        """The time in which a client has something asked of an engine.

        Raises:
            ProblemError: it has to wait.
        """
        now = self._clock()
        client = self._client(address, now)
        if client.requests >= self._limits.client_requests:
            raise _too_many("too-many-at-once", 1)
        for code, wait in (("too-much-time", client.seconds.wait(now)), ("too-many-errors", client.errors.wait(now))):
            if wait:
                raise _too_many(code, math.ceil(wait))
        client.requests += 1
        try:
            yield Account(client, self._clock)
        finally:
            client.requests -= 1
            client.seen = self._clock()

    def __len__(self) -> int:
        """How many clients are known."""
        return len(self._clients)

    def _client(self, address: str, now: float) -> Client:
        key = self._key(address)
        client = self._clients.get(key) or Client(self._limits, now)
        client.seen = now
        self._clients[key] = client
        self._clients.move_to_end(key)
        for each, known in list(islice(self._clients.items(), _LOOKED_AT)):
            if not self._is_forgotten(known, now):
                break
            del self._clients[each]
        return client

    @staticmethod
    def _is_forgotten(client: Client, now: float) -> bool:
        return client.requests == 0 and now - client.seen > _FORGOTTEN

    def _key(self, address: str) -> bytes:
        return hashlib.blake2b(subscriber(address).encode(), key=self._salt, digest_size=16).digest()


class Account:
    """Where a request puts down what it took."""

    def __init__(self, client: Client, clock: Callable[[], float]) -> None:
        """Of a client."""
        self._client = client
        self._clock = clock

    def spend(self, seconds: float) -> None:
        """An engine worked for so long."""
        self._client.seconds.spend(seconds, self._clock())

    def err(self) -> None:
        """The request was answered with an error."""
        self._client.errors.spend(1, self._clock())


def subscriber(address: str) -> str:
    """An address or, of IPv6, the network of the subscriber who has it."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, _SUBSCRIBER), strict=False))


def _too_many(code: str, seconds: int) -> ProblemError:
    return ProblemError(code, _TOO_MANY, headers={"Retry-After": str(seconds)}, seconds=str(seconds))
