"""Several files written in one step: whoever looks, and whenever the writer is killed, finds all as before or after."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from ssekg.base.errors import CannotRunError
from ssekg.editing import writing
from ssekg.editing.writing import put
from ssekg.project.settings import Project, read_project

NAMES = ("zones.csv", "quais.csv", "agents.csv")


@pytest.fixture
def project(littoral: Path) -> Project:
    return read_project(littoral)


def contents(project: Project, text: str) -> dict[Path, bytes]:
    return {project.root / "data" / name: text.encode() for name in NAMES}


def now(project: Project) -> dict[Path, bytes]:
    return {project.root / "data" / name: (project.root / "data" / name).read_bytes() for name in NAMES}


def test_all_are_written_and_nothing_else_is_touched(project: Project) -> None:
    others = {path: path.read_bytes() for path in project.files_in("data") if path.name not in NAMES}
    names = sorted(path.name for path in project.root.iterdir())
    (project.root / "data" / "zones.csv").chmod(0o640)
    put(project, contents(project, "new"), now(project))
    assert now(project) == contents(project, "new")
    assert {path: path.read_bytes() for path in project.files_in("data") if path.name not in NAMES} == others
    assert sorted(path.name for path in project.root.iterdir()) == names
    assert (project.root / "data" / "zones.csv").stat().st_mode & 0o777 == 0o640


def test_what_somebody_has_changed_meanwhile_stays(project: Project) -> None:
    before = now(project)
    (project.root / "data" / "quais.csv").write_text("theirs", encoding="utf-8")
    with pytest.raises(CannotRunError, match=r"quais\.csv"):
        put(project, contents(project, "mine"), before)
    assert now(project) == before | {project.root / "data" / "quais.csv": b"theirs"}


def test_two_at_once(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before = now(project)

    def second(*_: object) -> None:
        with pytest.raises(CannotRunError, match="right now"):
            put(project, contents(project, "second"), before)

    monkeypatch.setattr(writing, "_put_right", second)
    put(project, contents(project, "first"), before)
    assert now(project) == contents(project, "first")


def test_a_full_disk(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = now(project)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotRunError):
        put(project, contents(project, "new"), before)
    assert now(project) == before
    assert not list(project.root.glob(".data-*"))


@pytest.mark.parametrize("is_one_step", [True, False], ids=["exchange", "two-renames"])
def test_killed_at_every_step(project: Project, *, is_one_step: bool) -> None:
    """The writer is killed before each of its calls to the file system in turn, until it is not killed any more."""
    texts = ["old", "new"]
    put(project, contents(project, "old"), now(project))
    seen = set()
    for step in range(400):
        before = now(project)
        wanted = texts[1] if before == contents(project, "old") else texts[0]
        child = os.fork()
        if child == 0:
            _killed_before(step, is_one_step=is_one_step)
            put(project, contents(project, wanted), before)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if not is_one_step:  # the next writer puts right what two renames leave
            writing._put_right(project.root / "data")
        assert now(project) in (contents(project, "old"), contents(project, "new"))
        seen.add(now(project) == before)
        if not os.WIFSIGNALED(status):
            break
    assert os.WEXITSTATUS(status) == 0
    assert seen == {True, False}
    put(project, contents(project, "last"), now(project))
    assert not list(project.root.glob(".data-*"))


def _killed_before(step: int, *, is_one_step: bool) -> None:
    """Have this process kill itself before a step: a write, a sync, a link, a rename or a removal."""
    left = [step]

    def watch(event: str, _: object) -> None:
        if event in {"os.link", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "open", "ctypes.dlopen"}:
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)
                time.sleep(60)

    if not is_one_step:
        writing._one_step = lambda: None
    sys.addaudithook(watch)
