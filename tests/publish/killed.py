"""A publisher that is killed: `python -m tests.publish.killed TARGET RANDOM`, run by test_faults.py.

It publishes, then again and again in forks of itself: the first kills itself before the first step that changes the
file system, the second before its second, and so on until one lives to the end; of the hundreds of like steps by which
a folder that no reader sees is filled or taken away, it is some all along. Some more kill themselves while they clear
away what was left behind, and RANDOM more are killed at any moment. After each, the release in place must be whole, and
be the old one or the new one. The last line says how many were killed at each kind of step, and how many otherwise.
"""

import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from ssekg.checks.run import CheckedGraph
from ssekg.publish.manifest import Manifest
from ssekg.publish.previous import Previous
from ssekg.publish.release import publish, roll_back
from ssekg.publish.release_store import KEPT, ReleaseStore
from tests.publish.small import small

# How many of the steps at the start clear away what the one before left behind, and begin anew.
CLEARING: Final = 8
STEPS: Final = ("os.rename", "os.remove", "os.rmdir", "os.symlink")
# Of so many steps that fill or take away a folder that no reader sees, a publisher is killed at one.
SPREAD: Final = 30


def is_step(event: str, arguments: tuple[Any, ...]) -> bool:
    """Whether an audit event changes the file system: whoever only reads leaves it as it was at the step before."""
    if event == "open":
        return bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))
    return event in STEPS or (event == "os.mkdir" and not Path(arguments[0]).exists())


def is_hidden(event: str, arguments: tuple[Any, ...]) -> bool:
    """Whether what changes is in a folder that no reader sees; a folder is taken away by relative paths."""
    path = Path(arguments[1 if event == "os.symlink" else 0])
    return not path.is_absolute() or any(part.startswith((".writing", ".dropped")) for part in path.parts[:-1])


def killed_at(step: int, checked: CheckedGraph, target: Path) -> str:
    """Publish in a fork that kills itself at a step; what kind of step it was, nothing if it lived to the end."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        left, alike = step, 0

        def count(event: str, arguments: tuple[Any, ...]) -> None:
            nonlocal left, alike
            if not is_step(event, arguments):
                return
            hidden = is_hidden(event, arguments)
            alike += hidden
            if not hidden or alike % SPREAD == 1:
                left -= 1
                if left == 0:
                    os.write(writer, event.encode())
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        publish(checked, target)
        os._exit(0)
    os.close(writer)
    os.waitpid(child, 0)
    with open(reader, encoding="utf-8") as said:  # noqa: PTH123 - of a descriptor
        return said.read()


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
    """Kill publishers and print how many at which steps."""
    with tempfile.TemporaryDirectory() as folder:
        publisher = Publisher(Path(folder), target)
        steps: list[str] = []
        while kind := killed_at(len(steps) + 1, publisher.next(), target):
            steps.append(kind)
            publisher.look()
            with ReleaseStore(target).locked():
                pass  # cleared of what was left behind, so that the next one takes the same steps
        killed_at(len(steps) // 2, publisher.next(), target)
        for step in range(1, CLEARING + 1):
            killed_at(step, publisher.next(), target)
            publisher.look()
        chance = random.Random(7)  # noqa: S311 - nothing secret
        for _ in range(count):
            killed_after(chance.uniform(0, 1.2 * publisher.lasted), publisher.next(), target)
            publisher.look()
        publish(publisher.next(), target)
        assert publisher.in_place() != publisher.old, "the next run does not go through"
    print(json.dumps([Counter(steps), CLEARING + count]))  # noqa: T201 - read by the test


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
