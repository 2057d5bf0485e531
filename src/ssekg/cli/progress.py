"""A bar that shows how much of a long piece of work is done, and how long the rest may take, on a terminal only."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from ssekg.cli.session import Session


@contextmanager
def progress(session: Session, code: str) -> Iterator[Callable[[float], None]]:
    """What is given the share that is done; the message `code` names the work. Nothing is shown before the first."""
    with ExitStack() as shown:
        move: Callable[[float], None] | None = None

        def done(share: float) -> None:
            nonlocal move
            if session.quiet or not sys.stderr.isatty():
                return
            move = move or shown.enter_context(_bar(session.text(code)))
            move(share)

        yield done


@contextmanager
def _bar(title: str) -> Iterator[Callable[[float], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=1.0)
        yield lambda share: bar.update(task, completed=share)
