"""A process that works for Spark is ended on the way: the report is that of one machine all the same."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.generator import expected, generate

TRIPLES = 9_000
# What holds triples and works on them, in a process of Java with processes of Python; Spark starts two of them here.
EXECUTOR = "CoarseGrainedExecutorBackend"


def descendants(process: int) -> Iterator[int]:
    """The processes that one has started, directly or not."""
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for child in task.read_text().split() if task.exists() else ():
            yield int(child)
            yield from descendants(int(child))


def command_line(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text(errors="replace")
    except OSError:  # it has ended
        return ""


def busy_executor(process: int) -> int | None:
    """An executor with a process of Python, which is there once triples are worked on."""
    for each in descendants(process):
        if EXECUTOR in command_line(each) and any("pyspark.daemon" in command_line(one) for one in descendants(each)):
            return each
    return None


def test_an_executor_that_is_killed_changes_nothing(tmp_path: Path) -> None:
    data, shapes = generate(TRIPLES, tmp_path)
    shapes = shapes.with_name("core.ttl")
    ssekg = str(Path(sys.executable).with_name("ssekg"))
    command = [ssekg, "validate", str(data), "--shapes", str(shapes), "--format", "turtle"]
    whole = subprocess.run(command, capture_output=True, text=True, check=False)
    cluster = ["--engine", "spark", "--master", "local-cluster[2,1,1024]"]
    environment = os.environ | {"JDK_JAVA_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}
    with subprocess.Popen(
        [*command, *cluster], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as running:
        while (executor := busy_executor(running.pid)) is None:
            assert running.poll() is None, running.communicate()[1]
            time.sleep(0.05)
        os.kill(executor, signal.SIGKILL)
        report, _ = running.communicate()
    assert report == whole.stdout
    assert report.count("a sh:ValidationResult") == expected(TRIPLES, core_only=True)
    assert running.returncode == 1
