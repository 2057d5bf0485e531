"""A proxy is believed for whom it asks if it is trusted, and its clients can't pass for others."""

import pytest
from starlette.types import Scope

from ssekg.serve.proxies import Proxies, read_networks

PROXY = "10.0.0.1"
CLIENT = "192.0.2.7"
TRUSTED = Proxies(read_networks(["10.0.0.0/8", "::1"]))


def read(proxies: Proxies, host: str, *headers: tuple[str, str]) -> tuple[str, str]:
    """Who asks then, and by which scheme."""
    given = [(name.encode(), value.encode()) for name, value in headers]
    scope: Scope = {"type": "http", "scheme": "http", "client": (host, 5), "headers": given}
    proxies.read(scope)
    return str(scope["client"][0]), str(scope["scheme"])


@pytest.mark.parametrize(
    ("headers", "client"),
    [
        ((("x-forwarded-for", CLIENT),), CLIENT),
        ((("x-forwarded-for", f"203.0.113.9, {CLIENT}, 10.9.9.9"),), CLIENT),
        ((("x-forwarded-for", "203.0.113.9"), ("x-forwarded-for", CLIENT)), CLIENT),
        ((("forwarded", f"for={CLIENT};proto=https;by=10.0.0.1"),), CLIENT),
        ((("forwarded", 'for="[2001:db8::1]:4711", for=10.0.0.2'),), "2001:db8::1"),
        ((("forwarded", f'for="x, for=203.0.113.9", for={CLIENT}:80'),), CLIENT),
        ((("forwarded", f"For={CLIENT}"), ("x-forwarded-for", CLIENT)), CLIENT),
        # What the proxy does not know it passes on.
        ((("forwarded", "for=203.0.113.9"), ("x-forwarded-for", CLIENT)), PROXY),
        ((("forwarded", "for=_hidden"),), PROXY),
        ((("forwarded", "for=unknown"),), PROXY),
        ((("x-forwarded-for", "10.0.0.2"),), PROXY),
        ((("x-forwarded-for", "<script>"),), PROXY),
        ((("x-forwarded-for", ""),), PROXY),
        ((), PROXY),
    ],
)
def test_who_asks(headers: tuple[tuple[str, str], ...], client: str) -> None:
    assert read(TRUSTED, PROXY, *headers)[0] == client
    assert read(Proxies(), PROXY, *headers)[0] == PROXY
    assert read(TRUSTED, "192.0.2.99", *headers)[0] == "192.0.2.99"


def test_by_which_scheme() -> None:
    assert read(TRUSTED, "::1", ("x-forwarded-proto", "https"))[1] == "https"
    assert read(TRUSTED, PROXY, ("forwarded", f"for={CLIENT};proto=https"))[1] == "https"
    assert read(TRUSTED, PROXY, ("x-forwarded-proto", "javascript"))[1] == "http"
    assert read(TRUSTED, CLIENT, ("x-forwarded-proto", "https"))[1] == "http"
