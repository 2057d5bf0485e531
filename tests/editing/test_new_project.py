"""A new project can be checked, filled in, asked and published at once, and nothing in it is of this country."""

import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from ssekg import __version__
from ssekg.base.language import LANGUAGES
from ssekg.checks.run import CheckedGraph, check_project
from ssekg.cli import run
from ssekg.editing.new_project import make_project
from ssekg.project.settings import Project, read_project
from tests.conftest import ROOT

MOROCCAN = re.compile("maroc|moroc|مغرب|فاس|fes|fès|dahir|ظهير|moazara|مؤازرة|HCP|المندوبية السامية|MAD", re.IGNORECASE)
COMMANDS = re.compile(r"^ssekg (?:[^\\\n]|\\\n)+", re.MULTILINE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_project_has_no_finding_and_its_readme_works(
    language: str, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "Mon projet"
    make_project(folder, project, language)
    new = read_project(folder)
    assert (new.id, new.default_language, new.languages[0]) == ("mon-projet", language, language)
    checked = check_project(new)
    assert isinstance(checked, CheckedGraph)
    assert checked.report.findings == ()
    monkeypatch.chdir(folder)
    readme = (folder / "README.md").read_text(encoding="utf-8")
    commands = [shlex.split(command.replace("\\\n", ""))[1:] for command in COMMANDS.findall(readme)]
    assert {"workbook", "new", "validate", "query", "publish", "serve"} == {command[0] for command in commands}
    for command in commands:
        # The wheel publishes and serves (test_wheel.py); what is the same in each language is tried in one.
        if command[0] == "new" or (language == "ar" and command[0] not in {"publish", "serve"}):
            assert run(command) == 0, command


def test_nothing_of_this_country_is_in_it(project: Project, tmp_path: Path) -> None:
    make_project(tmp_path / "new", project, "ar")
    files = [path for path in (tmp_path / "new").rglob("*") if path.is_file()]
    assert len(files) > 200
    found = {path.name: MOROCCAN.findall(path.read_text(encoding="utf-8")) for path in files}
    # Words of other languages that have these letters in them.
    assert {name: words for name, words in found.items() if set(map(str.lower, words)) - {"mad", "fes"}} == {}


def test_it_is_formatted(project: Project, tmp_path: Path) -> None:
    make_project(tmp_path / "new", project, "en")
    assert run(["--project", str(tmp_path / "new"), "fmt", "--check"]) == 0


def test_the_hooks_and_the_workflow_are_of_this_version(project: Project, tmp_path: Path) -> None:
    make_project(tmp_path / "new", project, "en")
    hooks = yaml.safe_load((tmp_path / "new/.pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hooks["rev"] == f"v{__version__}"
    assert {hook["id"] for hook in hooks["hooks"]} == {hook["id"] for hook in offered}
    assert (tmp_path / "new/.github/workflows/validate.yml").is_file()


@pytest.mark.parametrize("is_there", [True, False])
def test_killed_half_way(tmp_path: Path, *, is_there: bool) -> None:
    folder = tmp_path / "new"
    if is_there:
        folder.mkdir()
    process = subprocess.Popen([Path(sys.executable).with_name("ssekg"), "init", folder])
    while not list(tmp_path.rglob(".ssekg-unfinished*/data")) and process.poll() is None:
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert folder.exists() == is_there
    assert not (folder / "ssekg.toml").exists()
    assert run(["init", str(folder)]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["new"]
    assert not list(folder.glob(".ssekg-*"))


def test_what_is_in_the_way_stays(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    for folder, words in (("full", "already"), ("file", "already"), ("file/new", "folder")):
        assert run(["--lang", "en", "init", str(tmp_path / folder)]) == 3
        assert words in capfd.readouterr().err
    assert run(["--lang", "en", "init", str(tmp_path / "new"), "--lang", "wo"]) == 2
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "full", "mine.txt"]


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ssekg.editing.new_folder.os.fsync", full)
    assert run(["init", str(tmp_path / "above" / "new")]) == 3
    assert not list((tmp_path / "above").iterdir())
