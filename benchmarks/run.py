"""How fast ssekg is, as ratios side by side in one run: `python benchmarks/run.py`.

Each case runs two commands in turn, A B A B, and prints the medians and the ratio A/B with the bound that it is meant
to keep. Seconds belong to one machine; ratios travel.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Case:
    """Two commands to compare; `bound` is what A/B is meant to stay below."""

    title: str
    command: tuple[str, ...]
    against: tuple[str, ...]
    bound: float
    runs: int = 7


def cases(folder: Path) -> list[Case]:
    """The cases; what they write goes to `folder`."""
    ssekg, python = str(BIN / "ssekg"), sys.executable
    public = str(folder / "public")
    return [
        Case("help / importing click", (ssekg, "--help"), (python, "-c", "import click"), 2.0, runs=15),
        Case("validate, fast / pyshacl", (ssekg, "validate"), (ssekg, "validate", "--engine", "pyshacl"), 0.2, runs=3),
        Case("publish / validate", (ssekg, "publish", "-o", public), (ssekg, "validate"), 4.0),
    ]


def seconds(command: tuple[str, ...]) -> float:
    """The wall time of one run of a command in the project's folder."""
    started = time.perf_counter()
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - started


def main() -> None:
    """Print the table."""
    print(f"{'case':44} {'A':>8} {'B':>8} {'A/B':>7} {'bound':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for case in cases(Path(folder)):
            pairs = [(seconds(case.command), seconds(case.against)) for _ in range(case.runs + 1)][1:]
            first, second = (statistics.median(column) for column in zip(*pairs, strict=True))
            ratio = statistics.median(a / b for a, b in pairs)
            print(f"{case.title:44} {first:7.3f}s {second:7.3f}s {ratio:7.2f} {case.bound:6.1f}")


if __name__ == "__main__":
    main()
