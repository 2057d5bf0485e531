"""`ssekg push`: a release into a store over SPARQL 1.1."""

import os
import sys
from pathlib import Path

import click

from ssekg.base.errors import SsekgError
from ssekg.cli.localized_click import Command, Option
from ssekg.cli.session import Session


@click.command(cls=Command)
@click.argument("endpoint", metavar="ENDPOINT")
@click.argument("folder", type=click.Path(path_type=Path), metavar="[DIR]", required=False)
@click.option("--graph", cls=Option, metavar="IRI")
@click.option("--query-endpoint", cls=Option, metavar="URL")
@click.option("--graph-store", cls=Option, metavar="URL")
@click.option("--user", cls=Option, metavar="NAME")
@click.option("--timeout", cls=Option, type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", default=600.0)
@click.pass_obj
def push(
    session: Session,
    endpoint: str,
    folder: Path | None,
    graph: str | None,
    query_endpoint: str | None,
    graph_store: str | None,
    user: str | None,
    timeout: float,
) -> None:
    """Push, and report what became of it; what stops it leaves the graph that people read as it was."""
    from rich.console import Console
    from rich.progress import Progress

    from ssekg.push.pushing import Release, put_in_place, stage
    from ssekg.push.store import Store
    from ssekg.queries.transport import credentials

    store = Store(endpoint, query_endpoint or endpoint, graph_store, credentials(os.environ, user), timeout)
    release = Release.read(folder or session.project.root / "public", graph)
    console = Console(file=sys.stderr)
    with Progress(console=console, transient=True, disable=session.quiet or not console.is_terminal) as bars:
        bar = bars.add_task(session.text("push-progress"), total=2 * release.count)
        try:
            staged = stage(release, store, lambda triples: bars.advance(bar, triples))
        except SsekgError:
            bars.stop()
            session.say("push-again")
            raise
    try:
        put_in_place(release, store, staged)
    except SsekgError:
        session.say("push-unsure")
        raise
    figures = {"version": release.manifest.version, "triples": str(release.count), "graph": release.graph}
    session.say("push-found" if staged.is_found else "pushed", endpoint=endpoint, **figures)
    if staged.resumed:
        session.say("push-resumed", count=str(staged.resumed))
    if staged.rewritten:
        session.say("push-rewritten", count=str(staged.rewritten), example=staged.example)
