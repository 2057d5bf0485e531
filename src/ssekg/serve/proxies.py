"""Who asks and at which address, where a proxy that is trusted says so: by Forwarded (RFC 7239) or X-Forwarded-For.

A header that a client has sent reaches us through a proxy that does not know it. So each of the two is believed only as
far as trusted proxies have written it, from its end, and neither where the other says something else.
"""

import ipaddress
import re
from collections.abc import Iterable, Sequence
from typing import Final

from starlette.datastructures import Headers
from starlette.types import Scope

from ssekg.base.errors import AskedWronglyError

_PAIR: Final = re.compile(r'\b([\w-]++)\s*=\s*(?:"((?:[^"\\]|\\.)*+)"?|([^\s;,"]++))')
_ELEMENT: Final = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*+"?)++')
# No chain of proxies takes more characters to name.
_LONGEST: Final = 2048
_SCHEMES: Final = frozenset({"http", "https"})
NAMING: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host")
"""The headers by which a proxy says for whom it asks."""
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def read_networks(given: Iterable[str]) -> tuple[_Network, ...]:
    """Networks by how they are written: an address, or `10.0.0.0/8`.

    Raises:
        AskedWronglyError: one is neither.
    """
    try:
        return tuple(ipaddress.ip_network(text := each) for each in given)
    except ValueError:
        raise AskedWronglyError("bad-proxy", address=text) from None


class Proxies:
    """The proxies that are trusted, by their addresses; by default none is."""

    def __init__(self, networks: Sequence[_Network] = ()) -> None:
        """Trust what asks from some networks."""
        self._networks = networks

    def trusts(self, host: str) -> bool:
        """Whether a host is one of the proxies."""
        address = _address(host)
        return address is not None and any(address in network for network in self._networks)

    def read(self, scope: Scope) -> None:
        """Have a request come from whom a trusted proxy asks for, and be for the scheme that was asked for there."""
        client = scope.get("client")
        if not client or not self.trusts(client[0]):
            return
        headers = Headers(scope=scope)
        if sum(len(value) for name, value in headers.items() if name in NAMING) > _LONGEST:
            return
        elements = _elements(headers)
        found = {self._asking([each.get("for", "") for each in elements])} if elements else set()
        listed = ",".join(headers.getlist("x-forwarded-for"))
        found |= {self._asking(listed.split(","))} if listed else set()
        if len(found) == 1 and (asking := found.pop()):
            scope["client"] = (asking, 0)
        scheme = (elements[-1].get("proto") if elements else headers.get("x-forwarded-proto", "")) or ""
        if scheme.lower() in _SCHEMES:
            scope["scheme"] = scheme.lower()

    def _asking(self, hosts: Sequence[str]) -> str:
        """The last host of a list that is none of the proxies, "" if it is unknown."""
        for host in reversed(hosts):
            bare = _bare(host)
            if not self.trusts(bare):
                return bare if _address(bare) else ""
        return ""


def _elements(headers: Headers) -> list[dict[str, str]]:
    """What each proxy has put into Forwarded, the last one last."""
    elements = _ELEMENT.findall(",".join(headers.getlist("forwarded")))
    return [{name.lower(): quoted or plain for name, quoted, plain in _PAIR.findall(each)} for each in elements]


def _bare(host: str) -> str:
    """A host without its port and the brackets of IPv6."""
    host = host.strip()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0] if host.count(":") == 1 else host


def _address(host: str) -> _Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
