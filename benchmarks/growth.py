"""How time and memory grow with the data: `python benchmarks/growth.py [LARGEST] [PART …]`.

Each command of ssekg is run once for 10 thousand, 100 thousand … triples up to LARGEST (10 million), beside other
programs in the same run, and the tables go into docs/benchmarks.md: all of them, or those of the PARTs in works.py that
are named, which then say that they were measured apart. A program that the size before shows to need more than the
limit is not started; one that does need more is ended. The limit is the minutes of the part up to 10 million triples,
and in proportion beyond.
"""

import os
import platform
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.docs_block import block_of, write_block
from benchmarks.measuring import Measured, measure
from benchmarks.works import PARTS, Part, Work

SMALLEST: Final = 10_000
LARGEST: Final = 10_000_000
STEP: Final = 10
_A_MINUTE: Final = 60.0
APART: Final = "Measured apart"
COLUMNS: Final = ("triples", "program", "time", "growth", "memory", "growth of memory")


def sizes(largest: int) -> list[int]:
    """The numbers of triples, from the smallest on."""
    found = [SMALLEST]
    while found[-1] * STEP <= largest:
        found.append(found[-1] * STEP)
    return found


# By size, None where a program was not started; and that by work and program.
Sizes = dict[int, Measured | None]
Found = dict[str, dict[str, Sizes]]


def measured(part: Part, largest: int, limit: float, told: Callable[[str], object] = print) -> Found:
    """The measurements of the works of a part; none may take more than some seconds."""
    found: Found = {}
    for triples in sizes(largest):
        before = [of_program[triples // STEP] for each in found.values() for of_program in each.values()]
        if not before or any(_may_end(each, limit) for each in before):
            with tempfile.TemporaryDirectory(prefix="growth-") as folder:
                for work in part.works(triples, Path(folder)):
                    _measure(work, triples, limit, found.setdefault(work.title, {}), told)
        for of_program in (of_program for each in found.values() for of_program in each.values()):
            of_program.setdefault(triples, None)
    return found


def _measure(work: Work, triples: int, limit: float, found: dict[str, Sizes], told: Callable[[str], object]) -> None:
    for program, command in work.commands.items():
        of_program = found.setdefault(program, {})
        before = of_program.get(triples // STEP)
        one = measure(command, limit) if triples == SMALLEST or _may_end(before, limit) else None
        of_program[triples] = one
        told(f"{work.title}: {' | '.join(_row(triples, program, one, before, limit))}")
        if one and not one.is_stopped and work.findings not in {None, one.findings}:
            told(f"  {one.findings} findings, not {work.findings}")


def _may_end(before: Measured | None, limit: float) -> bool:
    """Whether ten times the data may be done in time; a second of those before may have been for the start."""
    return before is not None and not before.is_stopped and (before.seconds - 1) * STEP <= limit


def tables(found: Found, limit: float) -> dict[str, str]:
    """The measurements in Markdown by work, a table for each."""
    made = {}
    for title, programs in found.items():
        lines = [f"| {' | '.join(COLUMNS)} |", "| ---: | --- | ---: | ---: | ---: | ---: |"]
        for triples in sorted({each for of_program in programs.values() for each in of_program}):
            for program, of_program in programs.items():
                cells = _row(triples, program, of_program.get(triples), of_program.get(triples // STEP), limit)
                lines.append(f"| {' | '.join(cells)} |")
        made[title] = "\n".join(lines)
    return made


def block(head: str, sections: Mapping[str, str]) -> str:
    """What is between the marks in the page: on what it was measured, then the sections below their titles."""
    return "\n\n".join([head, *(f"### {title}\n\n{section}" for title, section in sections.items())])


def sections_of(text: str) -> tuple[str, dict[str, str]]:
    """The head and the sections by title of a `block`."""
    head, *parts = text.strip().split("\n\n### ")
    return head, {title: section for title, _, section in (part.partition("\n\n") for part in parts)}


def _row(triples: int, program: str, one: Measured | None, before: Measured | None, limit: float) -> tuple[str, ...]:
    size = f"{triples:,}".replace(",", " ")
    if one is None:
        return size, program, f"more than {limit:.0f} s, not started", "", "", ""
    if one.is_stopped:
        return size, program, f"more than {limit:.0f} s", "", f"more than {one.megabytes:.0f} MB", ""
    growth = _ratio(one.seconds, before.seconds if before else 0)
    of_memory = _ratio(one.megabytes, before.megabytes if before else 0)
    return size, program, f"{one.seconds:.1f} s", growth, f"{one.megabytes:.0f} MB", of_memory


def _ratio(now: float, before: float) -> str:
    """The growth, if anything was before: a program can end before its memory is looked at."""
    return f"× {now / before:.1f}" if before else ""


def measured_on() -> str:
    """On what it was measured."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    names = ("pyoxigraph", "shacl", "pyshacl", "rdflib")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    load = f"load average before: {os.getloadavg()[0]:.1f}"
    return f"{os.cpu_count()} cores, {memory:.0f} GB of memory, Python {platform.python_version()}; {versions}; {load}."


def main(arguments: Sequence[str]) -> int:
    """Measure, and write the tables into the page; the exit code is 1 if a part failed, whose tables stay."""
    named = [each for each in arguments if not each.isdigit()]
    largest = next((int(each) for each in arguments if each.isdigit()), LARGEST)
    if unknown := set(named) - set(PARTS):
        raise SystemExit(f"There is no part {', '.join(unknown)}: they are {', '.join(PARTS)}.")
    machine = measured_on()
    sections: dict[str, str] = {}
    failed = False
    for part in (PARTS[name] for name in named or PARTS):
        limit = part.minutes * _A_MINUTE * max(1, largest / LARGEST)
        try:
            sections |= tables(measured(part, largest, limit, lambda line: print(line, flush=True)), limit)
        except RuntimeError as problem:
            print(problem, file=sys.stderr)
            failed = True
    if named or failed:
        head, before = sections_of(block_of("benchmarks.md", "growth.py"))
        apart = {title: f"{APART}: {machine}\n\n{section}" for title, section in sections.items()}
        write_block("benchmarks.md", "growth.py", block(head, before | apart))
    else:
        write_block("benchmarks.md", "growth.py", block(machine, sections))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
