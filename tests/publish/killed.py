"""A publisher that is killed: `python -m tests.publish.killed TARGET RANDOM`, run by test_faults.py.

It publishes, then again and again in forks of itself: the first kills itself before the first step that changes the
file system, the second before its second, and so on until one lives to the end. Some more kill themselves while they
clear away what was left behind, and RANDOM more are killed at any moment. After each, the release in place must be
whole, and be the old one or the new one. The last line tells how many were killed at a step, and how many otherwise.
"""

import os
import random
import signal
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from ssekg.checks.run import CheckedGraph
from ssekg.publish.manifest import Manifest
from ssekg.publish.previous import Previous
from ssekg.publish.release import publish, roll_back
from ssekg.publish.release_store import KEPT, ReleaseStore
from tests.publish.small import small

# How many steps are taken at the start to clear away what the one before left behind.
CLEARING: Final = 30
STEPS: Final = ("os.rename", "os.remove", "os.rmdir", "os.symlink")


def is_step(event: str, arguments: tuple[Any, ...]) -> bool:
    """Whether an audit event changes the file system: whoever only reads leaves it as it was at the step before."""
    if event == "open":
        return bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))
    return event in STEPS or (event == "os.mkdir" and not Path(arguments[0]).exists())


def killed_at(step: int, checked: CheckedGraph, target: Path) -> bool:
    """Publish in a fork that kills itself at a step; False if it lived to the end."""
    child = os.fork()
    if child == 0:
        left = step

        def count(event: str, arguments: tuple[Any, ...]) -> None:
            nonlocal left
            if is_step(event, arguments):
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        publish(checked, target)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def killed_after(seconds: float, checked: CheckedGraph, target: Path) -> None:
    """Publish in a fork that is killed after some seconds."""
    child = os.fork()
    if child == 0:
        publish(checked, target)
        os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


class Publisher:
    """Publishes the same new release over and over, each time over the same old one, and looks after each death."""

    def __init__(self, folder: Path, target: Path) -> None:
        """Publish as many releases as are kept, which also tells how long it takes."""
        self.target = target
        graphs = [small(folder / str(n), more=f"<place/other> sse:communeCount {n} .") for n in range(2)]
        self.known = set()
        for number in range(KEPT):
            started = time.perf_counter()
            publish(_of_version(graphs[number % 2], number), target)
            self.known.add(self.in_place())
        self.lasted = time.perf_counter() - started
        self.old = self.in_place()
        self.new = _of_version(graphs[KEPT % 2], KEPT)

    def in_place(self) -> str:
        """The hash of the graph in place."""
        return Manifest.read(self.target).whole.digest

    def next(self) -> CheckedGraph:
        """The graph to publish, once the old release is in place again."""
        if self.in_place() != self.old:
            roll_back(self.target)
        return self.new

    def look(self) -> None:
        """The release in place is whole, and one of the two."""
        assert Previous(self.target).is_intact, "not whole"
        assert self.in_place() in self.known, "neither the old nor the new"


def _of_version(checked: CheckedGraph, number: int) -> CheckedGraph:
    return replace(checked, project=replace(checked.project, version=f"1.0.{number}"))


def main(target: Path, count: int) -> None:
    """Kill publishers and print how many."""
    with tempfile.TemporaryDirectory() as folder:
        publisher = Publisher(Path(folder), target)
        steps = 0
        while killed_at(steps + 1, publisher.next(), target):
            steps += 1
            publisher.look()
            with ReleaseStore(target).locked():
                pass  # cleared of what was left behind, so that the next one takes the same steps
        killed_at(steps // 2, publisher.next(), target)
        for step in range(1, CLEARING + 1):
            killed_at(step, publisher.next(), target)
            publisher.look()
        chance = random.Random(7)  # noqa: S311 - nothing secret
        for _ in range(count):
            killed_after(chance.uniform(0, 1.2 * publisher.lasted), publisher.next(), target)
            publisher.look()
        publish(publisher.next(), target)
        assert publisher.in_place() != publisher.old, "the next run does not go through"
    print(steps, CLEARING + count)  # noqa: T201 - read by the test


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
