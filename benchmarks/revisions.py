"""Two revisions of the tool side by side: `python benchmarks/revisions.py OLD [NEW] [--only CASE …]`.

Each is taken out of git into a folder of its own, and NEW is HEAD where it is not named. Both do the same with the data
of OLD, in turns, so that what else the machine does meets both; the ratio of the processor's time says which is slower.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.measuring import ROOT, installed

COLUMNS: Final = ("command", "old, CPU", "new, CPU", "new / old", "old, wall", "new, wall", "new / old")
_SSEKG: Final = str(Path(sys.executable).with_name("ssekg"))
_QUESTION: Final = ("query", "run", "regions-without-known-programme", "--format", "csv")


@dataclass(frozen=True)
class Case:
    """A command of ssekg, and how often each revision carries it out; `kept` is whether its cache is kept."""

    words: Sequence[str]
    runs: int
    kept: bool = True


CASES: Final[Mapping[str, Case]] = {
    "help": Case(("--help",), 15),
    "query": Case(_QUESTION, 9),
    "query-anew": Case(_QUESTION, 5, kept=False),
    "validate": Case(("validate",), 5),
    "publish": Case(("publish",), 1),
}


@dataclass(frozen=True)
class Spent:
    """The seconds that a command took: of the processor, with all that it started, and on the clock."""

    processor: float
    clock: float


def take_out(revision: str, folder: Path) -> None:
    """Write the files of a revision to a new folder.

    Raises:
        SystemExit: there is no such revision; git has said so.
    """
    git = shutil.which("git") or "git"
    packed = folder.with_suffix(".tar")
    if subprocess.run((git, "archive", "--output", str(packed), revision), cwd=ROOT, check=False).returncode:
        raise SystemExit(1)
    with tarfile.open(packed) as files:
        files.extractall(folder, filter="data")


def spend(case: Case, tool: Path, project: Path) -> Spent:
    """Carry out a command by the revision in the folder `tool`.

    Raises:
        RuntimeError: it failed.
    """
    cache = str(tool.with_suffix(".cache")) if case.kept else "off"
    environment = installed() | {"PYTHONPATH": str(tool / "src"), "SSEKG_CACHE": cache}
    target = ("-o", str(tool.with_suffix(".public"))) if "publish" in case.words else ()
    command = (_SSEKG, *case.words, *target)
    with tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=project, env=environment, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        clock = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            errors.seek(0)
            raise RuntimeError(f"{tool.name}: {' '.join(command)}: {errors.read().decode(errors='replace')}")
    return Spent(usage.ru_utime + usage.ru_stime, clock)


def row(name: str, case: Case, old: Path, new: Path) -> str:
    """The row of a case: medians of both revisions, whose runs take turns, and the medians of their ratios."""
    if case.runs > 1:  # what Python compiles, and what is kept, is made ready
        spend(case, old, old), spend(case, new, old)
    pairs = [(spend(case, old, old), spend(case, new, old)) for _ in range(case.runs)]
    cells = [name]
    for times in (
        [(one.processor, other.processor) for one, other in pairs],
        [(one.clock, other.clock) for one, other in pairs],
    ):
        first, second = (statistics.median(column) for column in zip(*times, strict=True))
        cells += [f"{first:.2f} s", f"{second:.2f} s", f"{statistics.median(b / a for a, b in times):.2f}"]
    return f"| {' | '.join(cells)} |"


def main(arguments: Sequence[str]) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("old")
    parser.add_argument("new", nargs="?", default="HEAD")
    parser.add_argument("--only", nargs="+", choices=CASES, default=list(CASES), metavar="CASE")
    chosen = parser.parse_args(arguments)
    print(f"| {' | '.join(COLUMNS)} |\n| --- |{' ---: |' * (len(COLUMNS) - 1)}")
    with tempfile.TemporaryDirectory(prefix="revisions-") as folder:
        old, new = Path(folder) / "old", Path(folder) / "new"
        take_out(chosen.old, old)
        take_out(chosen.new, new)
        for name in chosen.only:
            print(row(name, CASES[name], old, new), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
