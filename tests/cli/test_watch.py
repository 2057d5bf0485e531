"""`ssekg validate --watch`: a steward saves, and reads what is wrong; mends it, and reads that nothing is."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ssekg.cli.watch import folders_within, is_source, saves
from tests.conftest import Cli
from tests.examples import SETTINGS_ALONE

PATIENCE = 60.0
SHAPES = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n\n<S> a sh:NodeShape ;\n  sh:targetNode <a> .\n"
Watch = Callable[..., "Watched"]


class Watched:
    """A running `ssekg validate --watch`, with all that it prints in one file."""

    def __init__(self, folder: Path, output: Path, *arguments: str) -> None:
        """Start the command in `folder`."""
        command = [str(Path(sys.executable).with_name("ssekg")), *arguments]
        self.output = output
        with output.open("wb") as file:
            self.process = subprocess.Popen(
                command, cwd=folder, env=os.environ | {"LANG": "C.UTF-8"}, stdout=file, stderr=subprocess.STDOUT
            )

    def reports(self, count: int) -> list[str]:
        """What was printed, one text a check, as soon as so many are there."""
        end = time.monotonic() + PATIENCE
        while (text := self.output.read_text(encoding="utf-8")).count("Ctrl+C") < count:
            assert self.process.poll() is None, text
            assert time.monotonic() < end, text
            time.sleep(0.05)
        return text.split("Ctrl+C")[:-1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with one Turtle file."""
    folder = tmp_path / "project"
    (folder / "data").mkdir(parents=True)
    (folder / "ssekg.toml").write_text(SETTINGS_ALONE, encoding="utf-8")
    (folder / "data" / "a.ttl").write_text("<a> <b> 1 .\n", encoding="utf-8")
    (folder / "shapes").mkdir()
    (folder / "shapes" / "s.ttl").write_text(SHAPES, encoding="utf-8")
    return folder


@pytest.fixture
def watch(folder: Path, tmp_path: Path) -> Iterator[Watch]:
    """Start watching; what still runs is ended after the test."""
    started: list[Watched] = []

    def start(*arguments: str) -> Watched:
        started.append(Watched(folder, tmp_path / "output.txt", *arguments))
        return started[-1]

    yield start
    for each in started:
        each.process.kill()
        each.process.wait()


def test_break_and_mend(watch: Watch, folder: Path) -> None:
    running = watch("--lang", "fr", "validate", "--watch")
    assert "syntax-error" not in running.reports(1)[0]
    saved = folder / "data" / "saved by an editor"
    saved.write_text("<a> <b> ; .\n", encoding="utf-8")
    saved.replace(folder / "data" / "a.ttl")
    broken = running.reports(2)[1]
    assert "Modifié : a.ttl" in broken.replace("\xa0", " ")
    assert "data/a.ttl:1:9: violation [syntax-error]" in broken
    (folder / "data" / "a.ttl").write_text("<a> <b> 2 .\n", encoding="utf-8")
    assert "syntax-error" not in running.reports(3)[2]
    (folder / "data" / "new").mkdir()
    running.reports(4)
    (folder / "data" / "new" / "b.ttl").write_text("<a> <b> ; .\n", encoding="utf-8")
    assert "data/new/b.ttl:1:9" in running.reports(5)[4]
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(PATIENCE) == 130
    assert "Traceback" not in running.output.read_text(encoding="utf-8")


def test_the_settings_are_read_again(watch: Watch, folder: Path) -> None:
    running = watch("--lang", "en", "validate", "--watch")
    assert "harvest-contact" not in running.reports(1)[0]
    settings = folder / "ssekg.toml"
    settings.write_text(re.sub("contact = .*", 'contact = "nobody"', SETTINGS_ALONE), encoding="utf-8")
    told = running.reports(2)[1]
    assert "Changed: ssekg.toml" in told
    assert "harvest-contact" in told
    settings.write_text(SETTINGS_ALONE.replace("[project]", "[project"), encoding="utf-8")
    assert "ssekg.toml" in running.reports(3)[2].partition("Changed")[2].partition("\n")[2]
    settings.write_text(SETTINGS_ALONE, encoding="utf-8")
    assert "harvest-contact" not in running.reports(4)[3]


def test_files_with_shapes_of_ones_own(watch: Watch, folder: Path) -> None:
    (folder / "mine").mkdir()
    (folder / "mine" / "shapes.ttl").write_text(SHAPES, encoding="utf-8")
    (folder / "mine" / "data.ttl").write_text("<x> <y> <z> .\n", encoding="utf-8")
    running = watch("--lang", "ar", "validate", "mine/data.ttl", "--shapes", "mine/shapes.ttl", "--watch")
    assert "لا مخالفات" in running.reports(1)[0]
    (folder / "mine" / "data.ttl").write_text("<x> <y> ; .\n", encoding="utf-8")
    assert "syntax-error" in running.reports(2)[1]


@pytest.mark.parametrize(
    "arguments", [["--format", "json"], ["-o", "report.txt"], ["-o", "report.html"]], ids=["format", "file", "html"]
)
def test_text_to_the_terminal_only(cli: Cli, folder: Path, arguments: list[str]) -> None:
    done = cli("--lang", "en", "validate", "--watch", *arguments, cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--watch" in done.stderr


def test_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    with pytest.raises(Exception, match="not installed"):
        next(saves(set))


def test_what_is_looked_at(tmp_path: Path) -> None:
    for name in ("data/deep", "data/.git/objects", ".venv/lib", "public/tables", "node_modules/x"):
        (tmp_path / name).mkdir(parents=True)
    found = folders_within({tmp_path, tmp_path / "data" / "a.ttl"})
    assert found == {tmp_path, tmp_path / "data", tmp_path / "data" / "deep"}
    names = ["a.ttl", "a.csv", "a.csv-metadata.json", "a.rq", "a.xlsx", "ssekg.toml"]
    assert [
        name for name in [*names, ".a.ttl", "~$a.xlsx", "a.ttl~", ".a.ttl.swp", "4913"] if is_source(Path(name))
    ] == (names)
