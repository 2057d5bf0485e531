"""`ssekg serve`: a release over HTTP."""

import asyncio
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from ssekg.base.errors import CannotRunError, SsekgError
from ssekg.cli.localized_click import Command, Option
from ssekg.cli.session import Session

if TYPE_CHECKING:
    from ssekg.serve.release import Release


@click.command(cls=Command)
@click.argument("folder", type=click.Path(path_type=Path), metavar="[DIR]", required=False)
@click.option("--host", cls=Option, default="127.0.0.1", metavar="ADDRESS")
@click.option("--port", cls=Option, type=click.IntRange(0, 65535), default=8000)
@click.option("--timeout", cls=Option, type=float, metavar="SECONDS")
@click.option("--workers", cls=Option, type=int, metavar="N")
@click.option("--metrics-port", cls=Option, type=click.IntRange(1, 65535), metavar="PORT")
@click.option("--proxy", "proxies", cls=Option, multiple=True, metavar="NETWORK")
@click.option("--limit", "limits", cls=Option, multiple=True, metavar="NAME=VALUE")
@click.option("--whole", cls=Option, is_flag=True)
@click.pass_obj
def serve(
    session: Session,
    folder: Path | None,
    host: str,
    port: int,
    timeout: float | None,
    workers: int | None,
    metrics_port: int | None,
    proxies: tuple[str, ...],
    limits: tuple[str, ...],
    whole: bool,
) -> NoReturn:
    """Serve until the process is asked to end; the end of it is no failure."""
    try:
        from ssekg.serve.metrics import Metrics
        from ssekg.serve.proxies import Proxies, read_networks
        from ssekg.serve.server import Serving
        from ssekg.serve.server import serve as run
    except ImportError:
        raise CannotRunError("no-server") from None
    from ssekg.serve.limits import read_limits
    from ssekg.serve.log import AccessLog

    def begun(release: "Release", address: str) -> None:
        session.say("serving", version=release.project.version, folder=str(place), address=address)

    def refused(problem: SsekgError) -> None:
        session.say("release-refused", problem=problem.message(session.language))

    place = folder or session.project.root / "public"
    trusted = Proxies(read_networks(proxies))
    serving = Serving(place, host, port, read_limits(limits, timeout=timeout, workers=workers), whole, trusted)
    log = None if session.quiet else AccessLog(sys.stderr)
    metrics = None if metrics_port is None else Metrics(metrics_port)
    asyncio.run(run(serving, begun, refused, tuple(filter(None, (log, metrics)))))
    if log is not None:
        log.flush()
    # A thread of the server may still be at work, and would panic if the interpreter were taken from under it.
    os._exit(0)
