"""How fast ssekg is, as ratios side by side in one run: `python benchmarks/run.py`.

Each case runs two commands in turn, A B A B, and prints the medians and the ratio A/B with the bound that it is meant
to keep, and the memory that A took at most. Seconds belong to one machine; ratios travel. With words as arguments only
the cases whose titles hold one of them are run; those of `"10 000 000"`, `"1 000 000 rows"` and `Spark`, which take
minutes, only if they are named. What modules compile to is kept, as in an installation.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import registers  # noqa: E402
from benchmarks.edited_register import commit, edit, make  # noqa: E402
from benchmarks.generator import expected, generate  # noqa: E402
from benchmarks.measuring import found_in, installed  # noqa: E402
from benchmarks.questions import make_questions  # noqa: E402

BIN = Path(sys.executable).parent
SINCE = "1 000 000 triples, --since / all"
READ = "import sys, pyoxigraph; [None for _ in pyoxigraph.parse(path=sys.argv[1])]"


@dataclass(frozen=True)
class Case:
    """Two commands to compare; `bound` is what A/B is meant to stay below.

    `results` is how many findings A has to tell of, and B unless it is a bare reading, None where they tell of none.
    """

    title: str
    command: tuple[str, ...]
    against: tuple[str, ...]
    bound: float
    runs: int = 7
    warm_up: int = 1
    results: int | None = None


def cases(folder: Path) -> list[Case]:
    """The cases; what they write goes to `folder`."""
    ssekg, python = str(BIN / "ssekg"), sys.executable
    public = str(folder / "public")
    small, shapes = generate(100_000, folder)
    right, _ = generate(100_000, folder / "right", mistakes=False)
    found = expected(100_000)
    dumps = (python, "benchmarks/dumps.py")
    with_shapes = ("--shapes", str(shapes), "--format", "turtle")
    pyshacl = (python, "-m", "pyshacl", "-s", str(shapes), str(small))
    question = (ssekg, "query", "run", "--format", "csv", "regions-without-known-programme")
    questions = str(make_questions(1_000_000, ROOT, folder / "questions"))
    answering = (python, "benchmarks/questions.py")
    cache = folder / "cache"
    cold = ("sh", "-c", 'rm -rf "$0" && SSEKG_CACHE="$0" exec "$@"', str(cache), *question)
    # What starting the engine takes, and three tenths of a second more.
    soon = (python, "-c", "import pyoxigraph, time; time.sleep(0.3)")
    bare = (python, "-c", "import time; time.sleep(0.01)")
    return [
        Case("warm query / engine and 0.3 s", ("env", f"SSEKG_CACHE={cache}-warm", *question), soon, 1.0, runs=15),
        Case("cold query / nothing kept", cold, ("env", "SSEKG_CACHE=off", *question), 1.3),
        Case(
            "questions, 10⁶ triples / rdflib, ≤ 10 s",
            (*answering, "ssekg", questions),
            (*answering, "rdflib", questions),
            0.1,
            runs=1,
            warm_up=0,
        ),
        Case("import ssekg / Python and 10 ms", (python, "-c", "import ssekg"), bare, 1.0, runs=31),
        Case("help / importing click", (ssekg, "--help"), (python, "-c", "import click"), 2.0, runs=15),
        Case("validate, fast / pyshacl", (ssekg, "validate"), (ssekg, "validate", "--engine", "pyshacl"), 0.2, runs=3),
        Case(
            "100 000 triples, ssekg / pyshacl",
            (ssekg, "validate", str(small), *with_shapes),
            pyshacl,
            0.02,
            runs=1,
            warm_up=0,
            results=found,
        ),
        Case(
            "100 000 triples, mistakes / none",
            (ssekg, "validate", str(small), *with_shapes),
            (ssekg, "validate", str(right), *with_shapes),
            2.0,
            runs=3,
        ),
        # Of the seconds that a million takes, starting the processes takes one or two.
        *of_size(1_000_000, folder, (5.0, 7.0), runs=3),
        *(of_size(10_000_000, folder, (3.0, 5.0), runs=1) if any("10 000 000" in word for word in sys.argv) else ()),
        Case(
            "1 000 000 triples dumped / pyoxigraph",
            (*dumps, "ssekg", str(folder / "data-1000000.nt"), str(folder)),
            (*dumps, "pyoxigraph", str(folder / "data-1000000.nt"), str(folder)),
            4.0,
            runs=3,
        ),
        *(of_spark(folder) if any("Spark" in word for word in sys.argv) else ()),
        *of_registers(folder),
        *(since(1_000_000, folder) if not sys.argv[1:] or any(word in SINCE for word in sys.argv[1:]) else ()),
        # A release is some fourteen thousand files, most of them pages, each written, hashed and read again.
        Case("publish / validate", (ssekg, "publish", "-o", public), (ssekg, "validate"), 25.0),
    ]


def of_spark(folder: Path) -> list[Case]:
    """Spark on this machine beside the processes of ssekg: what a cluster has to make up for."""
    data, shapes = generate(1_000_000, folder)
    arguments = ("validate", str(data), "--format", "turtle", "--shapes", str(shapes))
    spark = (str(ROOT / ".venv-spark/bin/ssekg"), *arguments, "--engine", "spark")
    found = expected(1_000_000)
    return [Case("1 000 000 triples, Spark / processes", spark, (str(BIN / "ssekg"), *arguments), 12.0, 1, 0, found)]


def of_registers(folder: Path) -> list[Case]:
    """Registers, from rows to checked triples, beside morph-kgc with pyshacl, and a large one beside a small one."""
    register = registers.generate(50_000, folder / "register")
    found = registers.expected(50_000)
    shapes, triples = register.with_name("shapes.ttl"), register.with_name("morph.nt")
    morph = f"{ROOT / '.venv-morph/bin/python'} -m morph_kgc {register.with_name('morph.ini')}"
    peers = ("sh", "-c", f"{morph} >/dev/null; {sys.executable} -m pyshacl -s {shapes} {triples}")
    cases = [Case("register, 50 000 rows / morph-kgc, pyshacl", _checked(register), peers, 0.2, 1, 0, found)]
    if any("1 000 000 rows" in word for word in sys.argv):
        large = registers.generate(1_000_000, folder / "large-register")
        cases.append(Case("register, 1 000 000 rows / 50 000", _checked(large), _checked(register), 22.0, 1, 0))
    return cases


def _checked(register: Path) -> tuple[str, ...]:
    ssekg, shapes = BIN / "ssekg", register.with_name("shapes.ttl")
    check = f"{ssekg} validate {register} --shapes {shapes} --format turtle"
    return ("sh", "-c", f"{check}; {ssekg} build {register} -o {register.with_suffix('.nt')}")


def since(triples: int, folder: Path) -> list[Case]:
    """One row of a register that was edited after a full run: what it can reach, beside everything."""
    project = folder / "edited"
    make(triples, project)
    commit(project)
    command = ("env", f"SSEKG_CACHE={folder}/since", str(BIN / "ssekg"), "--project", str(project), "validate")
    again = (*command, "--since", "HEAD")
    run(again)
    edit(project)
    return [Case(SINCE, again, command, 0.02, runs=3)]


def of_size(triples: int, folder: Path, bounds: tuple[float, float], runs: int) -> list[Case]:
    """Large data validated in parts beside the bare reading of the file."""
    data, shapes = generate(triples, folder)
    bare = (sys.executable, "-c", READ, str(data))
    command = (str(BIN / "ssekg"), "validate", str(data), "--format", "turtle", "--shapes")
    title = f"{triples:,} triples".replace(",", " ")
    core = (*command, str(shapes.with_name("core.ttl")))
    found = [expected(triples, core_only=core_only) for core_only in (True, False)]
    return [
        Case(f"{title}, core / reading", core, bare, bounds[0], runs, 0, found[0]),
        Case(f"{title}, all / reading", (*command, str(shapes)), bare, bounds[1], runs, 0, found[1]),
    ]


@dataclass(frozen=True)
class Run:
    """One run of a command: its wall time, the memory it took at most, and the findings that it told of."""

    seconds: float
    megabytes: float
    results: int


def run(command: tuple[str, ...]) -> Run:
    """Run a command in the project's folder, as a process of its own."""
    with tempfile.TemporaryFile() as output:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, env=installed(), stdout=output, stderr=subprocess.DEVNULL)
        _, _, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = 0  # it has been waited for
        output.seek(0)
        return Run(seconds, usage.ru_maxrss / 1024, found_in(output.read()))


def main() -> None:
    """Print the table."""
    print(f"{'case':38} {'A':>8} {'B':>8} {'A/B':>7} {'bound':>6} {'A, MB':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for case in cases(Path(folder)):
            if sys.argv[1:] and not any(word in case.title for word in sys.argv[1:]):
                continue
            pairs = [(run(case.command), run(case.against)) for _ in range(case.runs + case.warm_up)][case.warm_up :]
            first, second = (statistics.median(one.seconds for one in column) for column in zip(*pairs, strict=True))
            ratio = statistics.median(a.seconds / b.seconds for a, b in pairs)
            memory = max(a.megabytes for a, _ in pairs)
            line = f"{case.title:38} {first:7.3f}s {second:7.3f}s {ratio:7.3f} {case.bound:6.2f} {memory:6.0f}"
            told = {one.results for pair in pairs for one in (pair[:1] if READ in case.against else pair)}
            wrong = case.results is not None and told != {case.results}
            print(f"{line}  results: {sorted(told)}, not {case.results}" if wrong else line, flush=True)


if __name__ == "__main__":
    main()
