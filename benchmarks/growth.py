"""How time and memory grow with the data, of ssekg and of other programs: `python benchmarks/growth.py [LARGEST]`.

Each command is run once for 10 thousand, 100 thousand … triples up to LARGEST (10 million), all programs in one run,
and the tables go into docs/benchmarks.md. A program that the size before shows to need more than the limit is not
started; one that does need more is ended. The limit is a minute up to 10 million triples, and in proportion beyond.
"""

import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import edited_register, registers  # noqa: E402
from benchmarks.docs_block import write_block  # noqa: E402
from benchmarks.generator import expected, generate  # noqa: E402
from benchmarks.measuring import Measured, measure  # noqa: E402
from benchmarks.peers import QUESTION  # noqa: E402

SMALLEST: Final = 10_000
LARGEST: Final = 10_000_000
STEP: Final = 10
_LIMIT: Final = 60.0
# How many triples the generator of registers makes of a row.
_A_ROW: Final = 12
COLUMNS: Final = ("triples", "program", "time", "growth", "memory", "growth of memory")
_PYTHON: Final = sys.executable
_SSEKG: Final = str(Path(sys.executable).with_name("ssekg"))
_OTHERS: Final = str(ROOT / ".venv-morph/bin/python")
_PEERS: Final = str(ROOT / "benchmarks/peers.py")


@dataclass(frozen=True)
class Work:
    """What is done by several programs; `findings` is what each of them has to find, None where nothing is."""

    title: str
    commands: Mapping[str, Sequence[str]]
    findings: int | None = None


def works(triples: int, folder: Path) -> Iterator[Work]:
    """What is measured with so many triples; each is made ready in a folder when it is asked for."""
    data, shapes = generate(triples, folder)
    for title, file, is_core in (
        ("Validate a file, 13 core constraints", shapes.with_name("core.ttl"), True),
        ("Validate a file, 2 constraints in SPARQL as well", shapes, False),
    ):
        pyshacl = (_PYTHON, "-m", "pyshacl", "-s", str(file), str(data))
        ours = (_SSEKG, "validate", str(data), "--format", "turtle", "--shapes", str(file))
        yield Work(title, {"ssekg": ours, "pyshacl": pyshacl}, expected(triples, core_only=is_core))
    target = str(folder / "written.ttl")
    yield Work(
        "Read a file of N-Triples and write Turtle",
        {
            "ssekg": (_SSEKG, "build", str(data), "-o", target),
            "rapper": ("sh", "-c", 'rapper -q -i ntriples -o turtle "$0" > "$1"', str(data), target),
            "maplib": (_OTHERS, _PEERS, "maplib", "write", str(data), target),
            "rdflib": (_PYTHON, _PEERS, "rdflib", "write", str(data), target),
        },
    )
    dumps = (_PYTHON, str(ROOT / "benchmarks/dumps.py"))
    yield Work(
        "Write the dumps of a release: six formats, plain and packed",
        {program: (*dumps, program, str(data), str(folder)) for program in ("ssekg", "pyoxigraph")},
    )
    project = folder / "project"
    edited_register.make(triples, project)
    edited_register.commit(project)
    of_project = ("env", f"SSEKG_CACHE={folder / 'cache'}", _SSEKG, "--project", str(project))
    yield Work(
        "Read everything and answer a question",
        {
            "ssekg": (*of_project, "query", "run", "--ids", "--format", "csv", "--sparql", QUESTION),
            "maplib": (_OTHERS, _PEERS, "maplib", "ask", str(data)),
            "Virtuoso": (_PYTHON, _PEERS, "virtuoso", "ask", str(data)),
            "rdflib": (_PYTHON, _PEERS, "rdflib", "ask", str(data)),
        },
    )
    data.unlink()
    since = (*of_project, "validate", "--since", "HEAD")
    yield Work("Validate a project, whose records are in a table, for the first time", {"ssekg --since": since})
    edited_register.edit(project)
    every = (*of_project, "validate")
    yield Work("Validate it again after a row was edited", {"ssekg --since": since, "ssekg, everything": every})
    register = registers.generate(triples // _A_ROW, folder / "register")
    checked = f"{_SSEKG} validate {register} --shapes {register.with_name('shapes.ttl')} --format turtle"
    morph = f"{_OTHERS} -m morph_kgc {register.with_name('morph.ini')} >&2"
    pyshacl_after = f"{_PYTHON} -m pyshacl -s {register.with_name('shapes.ttl')} {register.with_name('morph.nt')}"
    yield Work(
        "From the rows of a register to checked triples",
        {
            "ssekg": ("sh", "-c", f"{checked}; {_SSEKG} build {register} -o {register.with_suffix('.nt')}"),
            "morph-kgc, pyshacl": ("sh", "-c", f"{morph}; {pyshacl_after}"),
        },
        registers.expected(triples // _A_ROW),
    )


def sizes(largest: int) -> list[int]:
    """The numbers of triples, from the smallest on."""
    found = [SMALLEST]
    while found[-1] * STEP <= largest:
        found.append(found[-1] * STEP)
    return found


def measured(
    largest: int, limit: float, folder: Path, told: Callable[[str], object] = print
) -> dict[str, dict[str, dict[int, Measured | None]]]:
    """The measurements by work, program and size; None where a program was not started."""
    found: dict[str, dict[str, dict[int, Measured | None]]] = {}
    for triples in sizes(largest):
        with tempfile.TemporaryDirectory(dir=folder) as place:
            for work in works(triples, Path(place)):
                for program, command in work.commands.items():
                    of_program = found.setdefault(work.title, {}).setdefault(program, {})
                    before = of_program.get(triples // STEP)
                    is_hopeless = triples > SMALLEST and (before is None or not _may_end(before, limit))
                    one = None if is_hopeless else measure(command, limit)
                    of_program[triples] = one
                    told(f"{work.title}: {' | '.join(_row(triples, program, one, before, limit))}")
                    if one and not one.is_stopped and work.findings not in {None, one.findings}:
                        told(f"  {one.findings} findings, not {work.findings}")
    return found


def _may_end(before: Measured, limit: float) -> bool:
    """Whether ten times the data may be done in time; a second of those before may have been for the start."""
    return not before.is_stopped and (before.seconds - 1) * STEP <= limit


def tables(found: Mapping[str, Mapping[str, Mapping[int, Measured | None]]], limit: float) -> str:
    """The measurements in Markdown, a table for each work."""
    lines = []
    for title, programs in found.items():
        lines += ["", f"### {title}", "", f"| {' | '.join(COLUMNS)} |", "| ---: | --- | ---: | ---: | ---: | ---: |"]
        for triples in sorted({each for of_program in programs.values() for each in of_program}):
            for program, of_program in programs.items():
                cells = _row(triples, program, of_program.get(triples), of_program.get(triples // STEP), limit)
                lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _row(triples: int, program: str, one: Measured | None, before: Measured | None, limit: float) -> tuple[str, ...]:
    size = f"{triples:,}".replace(",", " ")
    if one is None:
        return size, program, f"more than {limit:.0f} s, not started", "", "", ""
    if one.is_stopped:
        return size, program, f"more than {limit:.0f} s", "", f"more than {one.megabytes:.0f} MB", ""
    growth = (
        (f"× {one.seconds / before.seconds:.1f}", f"× {one.megabytes / before.megabytes:.1f}") if before else ("", "")
    )
    return size, program, f"{one.seconds:.1f} s", growth[0], f"{one.megabytes:.0f} MB", growth[1]


def machine() -> str:
    """On what it was measured."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    names = ("pyoxigraph", "shacl", "pyshacl", "rdflib")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    load = f"load average before: {os.getloadavg()[0]:.1f}"
    return f"{os.cpu_count()} cores, {memory:.0f} GB of memory, Python {platform.python_version()}; {versions}; {load}."


def main(arguments: Sequence[str]) -> None:
    """Measure, and write the tables into the page."""
    largest = int(arguments[0].replace(" ", "")) if arguments else LARGEST
    limit = _LIMIT * max(1, largest / LARGEST)
    head = machine()
    with tempfile.TemporaryDirectory(prefix="growth-") as folder:
        found = measured(largest, limit, Path(folder), lambda line: print(line, flush=True))
    write_block("benchmarks.md", "growth.py", f"{head}\n{tables(found, limit)}")


if __name__ == "__main__":
    main(sys.argv[1:])
