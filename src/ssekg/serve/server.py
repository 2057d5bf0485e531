"""The server: one process and one loop, which ends when it is asked to."""

import asyncio
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.embed import Server

from ssekg.base.ending import ASKING
from ssekg.base.errors import AskedWronglyError, CannotRunError, SsekgError
from ssekg.base.files import reason
from ssekg.base.said import Said
from ssekg.serve.app import Application, Observer
from ssekg.serve.engines import start_engines
from ssekg.serve.guard import is_loopback
from ssekg.serve.limits import Limits
from ssekg.serve.proxies import Proxies
from ssekg.serve.release import Release, read_release
from ssekg.serve.reload import Follower
from ssekg.serve.routes import ROUTES
from ssekg.serve.surplus import Surplus

_ENDING: Final = (signal.SIGINT, *ASKING)


@dataclass(frozen=True)
class Serving:
    """How to serve a release: the path where releases are published, the address, the limits, the proxies to trust."""

    folder: Path
    host: str
    port: int
    limits: Limits
    whole: bool = False
    proxies: Proxies = field(default_factory=Proxies)


async def serve(
    serving: Serving,
    begun: Callable[[Release, str], None],
    refused: Callable[[SsekgError], None],
    observers: tuple[Observer, ...] = (),
) -> None:
    """Serve until the process is asked to end.

    Args:
        serving: what, where and how.
        begun: is called with each release once it is served, and with the address.
        refused: is called with the reason why a new release is not served.
        observers: who is given a note of each request.

    Raises:
        AskedWronglyError: what is withheld would be served to other machines.
        CannotRunError: there is no release, or the address can't be taken.
    """
    require_loopback(serving)
    release = read_release(serving.folder, whole=serving.whole)
    await start_engines(release, serving.limits)
    port = _free_port(serving)
    application = Application(release, serving.limits, ROUTES, observers, serving.proxies)
    server = Server(
        application,
        address=serving.host,
        port=port,
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        websockets=False,
        backpressure=serving.limits.connections,
        http1_settings=HTTP1Settings(header_read_timeout=int(serving.limits.headers_timeout * 1000)),
        log_enabled=False,
    )
    loop = asyncio.get_running_loop()
    for number in _ENDING:
        loop.add_signal_handler(number, server.stop)
    begun(release, f"http://{_written(serving.host)}:{port}/")

    async def open_release(folder: Path, before: Release) -> Release:
        opened = await asyncio.to_thread(read_release, folder, whole=serving.whole, before=before)
        await start_engines(opened, serving.limits)
        return opened

    surplus = loop.create_task(Surplus(application, port).refuse())
    follower = Follower(serving.folder, application, open_release, refused)
    following = loop.create_task(follower.follow())
    try:
        await server.serve()
    finally:
        surplus.cancel()
        following.cancel()
        await application.release.close()


def require_loopback(serving: Serving) -> None:
    """Refuse to serve what is withheld to other machines than this one.

    Raises:
        AskedWronglyError: the address is not one of this machine alone.
    """
    if serving.whole and not is_loopback(serving.host):
        raise AskedWronglyError("whole-on-loopback", host=serving.host)


def _free_port(serving: Serving) -> int:
    """The port, or a free one for 0.

    Raises:
        CannotRunError: somebody listens there, or the address is none of this machine.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(serving.host, serving.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            return int(probe.getsockname()[1])
    except (OSError, UnicodeError) as problem:  # the latter where no machine can have such a name
        where = f"{_written(serving.host)}:{serving.port}"
        if isinstance(problem, UnicodeError | socket.gaierror):
            raise CannotRunError("cannot-listen", address=where, problem=Said("no-such-host")) from None
        raise CannotRunError("cannot-listen", address=where, problem=reason(problem)) from None


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host
