"""A copy of the second project with two releases, published by the real command."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import SECOND, made_once


def ssekg(*arguments: str | Path, cwd: Path) -> "subprocess.CompletedProcess[str]":
    """Run the real command in English."""
    command = [str(Path(sys.executable).with_name("ssekg")), "--lang", "en", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture(scope="session")
def published(shared: Path) -> Path:
    """A copy of the second project, published as it is and once more after a change; nobody changes it."""
    return made_once(shared / "littoral", publish_twice)


def publish_twice(folder: Path, ssekg: "Callable[..., subprocess.CompletedProcess[str]]" = ssekg) -> None:
    """Publish a copy of the second project in `folder` as it is, and once more after a change; `ssekg` is what does."""
    shutil.copytree(SECOND, folder)
    first = ssekg("publish", cwd=folder)
    assert first.returncode == 0, first.stdout + first.stderr
    quays = folder / "data" / "quais.csv"
    quays.write_text(quays.read_text("utf-8").replace("Quai de Joal", "Quai de Joal-Fadiouth"), "utf-8")
    with (folder / "data" / "agents.csv").open("a", encoding="utf-8") as file:
        file.write("5,Yacine Mbodj Koné,Yaasin Mbooj Kone,SP-40760,controleur,note-2024,lu\n")
    with (folder / "data" / "retraits.csv").open("a", encoding="utf-8") as file:
        file.write("boat,penda,2025-04-05,doublon,group/gie-yoff\nboat,sokhna,2025-04-05,doublon,\n")
    settings = folder / "ssekg.toml"
    settings.write_text(settings.read_text("utf-8").replace('version = "2.3.0"', 'version = "2.4.0"'), "utf-8")
    second = ssekg("publish", cwd=folder)
    assert second.returncode == 0, second.stdout + second.stderr


@pytest.fixture(scope="session")
def second_release(published: Path) -> Path:
    """The last release of the second project."""
    return (published / "public").resolve()
