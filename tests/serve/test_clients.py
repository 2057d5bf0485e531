"""No client takes what is there for all, and none is remembered for long."""

import pytest

from ssekg.serve.clients import Clients, subscriber
from ssekg.serve.limits import Limits
from ssekg.serve.problems import ProblemError

HERE = "192.0.2.1"


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        """Begin at some time."""
        self.now = 1000.0

    def __call__(self) -> float:
        """The time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def clients(clock: Clock) -> Clients:
    return Clients(Limits(client_requests=2, client_seconds=60, client_errors=30), clock)


def refused(clients: Clients, address: str = HERE) -> tuple[str, int] | None:
    try:
        with clients.asking(address):
            return None
    except ProblemError as problem:
        return problem.code, int(problem.headers["Retry-After"])


def test_two_requests_at_a_time(clients: Clients) -> None:
    with clients.asking(HERE):
        with clients.asking(HERE):
            assert refused(clients) == ("too-many-at-once", 1)
            assert refused(clients, "192.0.2.2") is None
        assert refused(clients) is None


def test_a_minute_of_engines_a_minute(clients: Clients, clock: Clock) -> None:
    with clients.asking(HERE) as account:
        account.spend(70)
    assert refused(clients) == ("too-much-time", 10)
    clock.now += 9
    assert refused(clients) == ("too-much-time", 1)
    clock.now += 1
    assert refused(clients) is None


def test_thirty_errors_a_minute(clients: Clients, clock: Clock) -> None:
    for _ in range(31):
        with clients.asking(HERE) as account:
            account.err()
    assert refused(clients) == ("too-many-errors", 2)
    clock.now += 2
    assert refused(clients) is None


def test_a_subscriber_has_many_addresses() -> None:
    assert subscriber("2001:db8:1:2:aaaa::1") == subscriber("2001:db8:1:2:bbbb::9") != subscriber("2001:db8:1:3::1")
    assert subscriber("::ffff:192.0.2.1") == subscriber("192.0.2.1")


def test_nobody_is_remembered_for_longer_than_two_minutes(clients: Clients, clock: Clock) -> None:
    for number in range(100):
        assert refused(clients, f"198.51.100.{number}") is None
    assert len(clients) == 100
    clock.now += 121
    for _ in range(40):
        assert refused(clients) is None
    assert len(clients) == 1
    assert not any(b"198.51" in key for key in clients._clients)
