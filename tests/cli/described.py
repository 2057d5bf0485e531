"""What `ssekg describe` writes, for the tests of it."""

from pathlib import Path
from typing import Final

from tests.conftest import Cli

FSI: Final = "\N{FIRST STRONG ISOLATE}"
PDI: Final = "\N{POP DIRECTIONAL ISOLATE}"
NBSP: Final = "\N{NO-BREAK SPACE}"


def described(cli: Cli, project: Path, language: str, *arguments: object) -> str:
    """The description of something in a project, in a language."""
    done = cli("--project", project, "--lang", language, "describe", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout
