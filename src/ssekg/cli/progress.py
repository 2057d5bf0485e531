"""A bar that shows how much of a long piece of work is done, and how long the rest may take, on a terminal only."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ssekg.cli.session import Session


@contextmanager
def progress(session: Session, code: str) -> Iterator[Callable[[float], None]]:
    """What is given the share that is done; the message `code` names the work. Nothing is shown before the first."""
    if session.quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(session.text(code), total=1.0, visible=False)
        yield lambda share: bar.update(task, completed=share, visible=True)
