"""Whatever happens to the files of a project: a message and the right exit code, and an end within half a minute.

A few mutants are tried in the gates; `SSEKG_MUTANTS=1000 pytest tests/test_mutants.py` tries a thousand.
"""

import json
import os
import subprocess
import sys
from typing import Final

from tests.conftest import ROOT

COUNT: Final = int(os.environ.get("SSEKG_MUTANTS", "32"))
PROCESSES: Final = min(os.cpu_count() or 1, 4)


def test_no_mutant_of_a_project_is_too_much() -> None:
    commands = [
        [sys.executable, "-m", "tests.mutants", str(first), str(COUNT), str(PROCESSES)] for first in range(PROCESSES)
    ]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") for command in commands]
    outcomes = [process.communicate()[0] for process in running]
    assert [json.loads(line) for outcome in outcomes for line in outcome.splitlines()] == []
    assert [process.returncode for process in running] == [0] * PROCESSES
