"""The blocks of the pages in docs/ that a command writes: as it writes them today."""

import subprocess
import sys

from tests.conftest import ROOT


def test_the_blocks_are_what_their_commands_write() -> None:
    command = [sys.executable, "-m", "docs.blocks", "--check"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
