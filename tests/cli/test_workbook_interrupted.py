"""An import that is killed, finds the disk full or meets another: data/ is as before or as after, never between."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Final

import openpyxl
import pytest

from tests.conftest import Cli
from tests.editing.workbooks import cell

SSEKG: Final = str(Path(sys.executable).with_name("ssekg"))
# How often an import is killed; it takes about as long each time.
KILLED: Final = 6


def contents(project: Path) -> dict[str, bytes]:
    """What is in data/, by the names of the files."""
    return {path.name: path.read_bytes() for path in (project / "data").iterdir()}


def filled_in(cli: Cli, project: Path, name: str, text: str) -> Path:
    """A workbook that changes a row of each of two tables."""
    path = project.parent / name
    assert cli("workbook", "export", "-o", str(path), "--lang", "fr", cwd=project).returncode == 0
    book = openpyxl.load_workbook(path)
    cell(book["Groupements"], "Sigle", 3).value = text
    cell(book["Quais de débarquement"], "Nom en français *", 3).value = text
    book.save(path)
    return path


def started(project: Path, path: Path, before: Callable[[], None] | None = None) -> "subprocess.Popen[str]":
    """An import in a process of its own."""
    return subprocess.Popen(
        [SSEKG, "--lang", "en", "workbook", "import", str(path)],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        preexec_fn=before,
    )


def finished(importing: "subprocess.Popen[str]") -> tuple[int, str]:
    """How an import ended, and what it said of what went wrong."""
    _, errors = importing.communicate()
    return importing.returncode, errors


def test_killed_at_any_moment(cli: Cli, littoral: Path) -> None:
    old = contents(littoral)
    path = filled_in(cli, littoral, "facts.xlsx", "Xyz")
    other = Path(shutil.copytree(littoral, littoral.parent / "other"))
    began = time.perf_counter()
    assert finished(started(other, path))[0] == 0
    lasted, new = time.perf_counter() - began, contents(other)
    assert {name for name in new if new[name] != old[name]} == {"groupements.csv", "quais.csv"}
    chance = Random(13)  # noqa: S311 - nothing secret
    for _ in range(KILLED):
        importing = started(littoral, path)
        time.sleep(chance.uniform(0.4, 1.05) * lasted)
        importing.send_signal(signal.SIGKILL)
        finished(importing)
        assert contents(littoral) in (old, new)
    assert finished(started(littoral, path))[0] == 0
    assert contents(littoral) == new
    assert sorted(each.name for each in littoral.iterdir()) == sorted(each.name for each in other.iterdir())


def test_two_at_once(cli: Cli, littoral: Path) -> None:
    """Each writes all that it has or nothing: the one that finds the other's row changed reports it."""
    old = contents(littoral)
    first, second = (filled_in(cli, littoral, f"{text}.xlsx", text) for text in ("Abc", "Xyz"))
    importing = [started(littoral, each) for each in (first, second)]
    ended = [finished(each) for each in importing]
    now = contents(littoral)
    assert now != old
    whole = {text for text in (b"Abc", b"Xyz") if text in now["groupements.csv"] and text in now["quais.csv"]}
    assert len(whole) == 1
    assert min(code for code, _ in ended) == 0, ended
    assert all("Traceback" not in errors for _, errors in ended)


def test_no_room(cli: Cli, littoral: Path) -> None:
    """No file may grow beyond a size that the copy that is checked would have."""
    old = contents(littoral)
    path = filled_in(cli, littoral, "facts.xlsx", "x" * 30_000)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    code, errors = finished(started(littoral, path, limit))
    assert (code, contents(littoral)) == (3, old), errors
    assert "Traceback" not in errors


def test_a_full_disk(cli: Cli, littoral: Path, tmp_path: Path) -> None:
    """The project is on a disk with less room than the new table takes; the copy that is checked is elsewhere."""
    disk = tmp_path / "disk"
    disk.mkdir()
    path = filled_in(cli, littoral, "facts.xlsx", "x" * 30_000)
    room = sum(-(-each.stat().st_size // 4096) * 4096 + 4096 for each in littoral.rglob("*"))
    mounted = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", f"size={room + 20_000}", "none", str(disk)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode != 0:
        pytest.skip("only root may mount a small disk")
    try:
        project = Path(shutil.copytree(littoral, disk / "littoral"))
        with (project / "filler").open("wb") as filler:
            filler.write(b"x" * max(0, os.statvfs(disk).f_bavail * 4096 - 8192))
        old = contents(project)
        done = cli("--lang", "en", "workbook", "import", str(path), cwd=project)
        assert (done.returncode, contents(project)) == (3, old), done.stderr
        assert "Traceback" not in done.stderr
        (project / "filler").unlink()
        assert cli("workbook", "import", str(path), cwd=project).returncode == 0
    finally:
        subprocess.run(["/bin/umount", str(disk)], check=True)
