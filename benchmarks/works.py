"""What `benchmarks/growth.py` measures: parts of it by name, each with its works for so many triples."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks import edited_register, pushing, registers
from benchmarks.generator import expected, generate
from benchmarks.peers import BUFFERS, QUESTION
from tests.queries.virtuoso import running_virtuoso

ROOT: Final = Path(__file__).parents[1]
# How many triples the generator of registers makes of a row.
_A_ROW: Final = 12
_PYTHON: Final = sys.executable
_SSEKG: Final = str(Path(sys.executable).with_name("ssekg"))
_OTHERS: Final = str(ROOT / ".venv-morph/bin/python")
_PEERS: Final = str(ROOT / "benchmarks/peers.py")
_DUMPS: Final = (_PYTHON, str(ROOT / "benchmarks/dumps.py"))


@dataclass(frozen=True)
class Work:
    """What is done by several programs; `findings` is what each of them has to find, None where nothing is."""

    title: str
    commands: Mapping[str, Sequence[str]]
    findings: int | None = None


@dataclass(frozen=True)
class Part:
    """What is measured together: `works` gives it for a number of triples, and makes what it needs in an empty folder.

    A program that needs more than some `minutes` is not waited for.
    """

    works: Callable[[int, Path], Iterator[Work]]
    minutes: int = 1


def _validating(triples: int, folder: Path) -> Iterator[Work]:
    data, shapes = generate(triples, folder)
    for title, file, is_core in (
        ("Validate a file, 13 core constraints", shapes.with_name("core.ttl"), True),
        ("Validate a file, 2 constraints in SPARQL as well", shapes, False),
    ):
        pyshacl = (_PYTHON, "-m", "pyshacl", "-s", str(file), str(data))
        ours = (_SSEKG, "validate", str(data), "--format", "turtle", "--shapes", str(file))
        yield Work(title, {"ssekg": ours, "pyshacl": pyshacl}, expected(triples, core_only=is_core))


def _building(triples: int, folder: Path) -> Iterator[Work]:
    data, _ = generate(triples, folder)
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


def _dumping(triples: int, folder: Path) -> Iterator[Work]:
    data, _ = generate(triples, folder)
    yield Work(
        "Write the dumps of a release: six formats, plain and packed",
        {program: (*_DUMPS, program, str(data), str(folder)) for program in ("ssekg", "pyoxigraph")},
    )


def _comparing(triples: int, folder: Path) -> Iterator[Work]:
    data, _ = generate(triples, folder)
    edited_register.make(0, folder / "project")  # whose terms are named
    changed = folder / "changed.nt"
    with data.open(encoding="utf-8") as lines, changed.open("w", encoding="utf-8") as file:
        # Every hundredth organisation has another status.
        file.writelines(line.replace('"active"', '"closed"') if "00> " in line else line for line in lines)
    files = (str(data), str(changed))
    sorted_lines = 'export LC_ALL=C; sort "$0" > "$2"; sort "$1" | comm -3 "$2" -'
    yield Work(
        "Say what changed between two files",
        {
            "ssekg": (*_of_project(folder), "diff", *files),
            "sort, comm": ("sh", "-c", sorted_lines, *files, str(folder / "sorted")),
            "rdflib": (_PYTHON, _PEERS, "rdflib", "diff", *files),
        },
    )


def _asking(triples: int, folder: Path) -> Iterator[Work]:
    data, _ = generate(triples, folder)
    edited_register.make(triples, folder / "project")
    yield Work(
        "Read everything and answer a question",
        {
            "ssekg": (*_of_project(folder), "query", "run", "--ids", "--format", "csv", "--sparql", QUESTION),
            "maplib": (_OTHERS, _PEERS, "maplib", "ask", str(data)),
            "Virtuoso": (_PYTHON, _PEERS, "virtuoso", "ask", str(data)),
            "rdflib": (_PYTHON, _PEERS, "rdflib", "ask", str(data)),
        },
    )


def _editing(triples: int, folder: Path) -> Iterator[Work]:
    project = folder / "project"
    edited_register.make(triples, project)
    edited_register.commit(project)
    since = (*_of_project(folder), "validate", "--since", "HEAD")
    yield Work("Validate a project, whose records are in a table, for the first time", {"ssekg --since": since})
    edited_register.edit(project)
    every = (*_of_project(folder), "validate")
    yield Work("Validate it again after a row was edited", {"ssekg --since": since, "ssekg, everything": every})


def _registering(triples: int, folder: Path) -> Iterator[Work]:
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


def _publishing(triples: int, folder: Path) -> Iterator[Work]:
    edited_register.make(triples, folder / "project", mistakes=False)
    data, _ = generate(triples, folder, mistakes=False)
    yield Work(
        "Publish a project, whose records are in a table",
        {
            "ssekg": (*_of_project(folder), "publish"),
            "rdflib, dumps only": (*_DUMPS, "rdflib", str(data), str(folder)),
        },
    )
    public = folder / "project" / "public"
    if public.exists():  # it was published in time
        hashed = ("find", f"{public}/", "-type", "f", "-exec", "sha256sum", "{}", "+")
        yield Work("Verify what was published", {"ssekg": (_SSEKG, "verify", str(public)), "sha256sum": hashed})


def _pushing(triples: int, folder: Path) -> Iterator[Work]:
    release = pushing.make_release(triples, folder / "release")
    with running_virtuoso(folder, BUFFERS) as server:
        yield Work("Bring a release into a running Virtuoso", pushing.commands(server, release))


def _of_project(folder: Path) -> Sequence[str]:
    return ("env", f"SSEKG_CACHE={folder / 'cache'}", _SSEKG, "--project", str(folder / "project"))


PARTS: Final[Mapping[str, Part]] = {
    "validate": Part(_validating),
    "build": Part(_building),
    "dumps": Part(_dumping),
    "diff": Part(_comparing),
    "query": Part(_asking),
    "since": Part(_editing, minutes=2),
    "registers": Part(_registering, minutes=15),
    "publish": Part(_publishing, minutes=15),
    "push": Part(_pushing, minutes=15),
}
