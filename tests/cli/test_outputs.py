"""The name of an output says its format, or is refused: no file holds something else than its name says."""

from pathlib import Path

import pytest

from tests.conftest import Cli

COMMANDS = {
    "query": ("query", "run", "structuring-projects"),
    "build": ("build",),
    "validate": ("validate", "query.rq"),
    "diff": ("diff", "one.ttl", "one.ttl"),
    "describe": ("describe", "place/morocco"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.ttl").write_text("<place/one> a <http://schema.org/Place> .", "utf-8")
    (tmp_path / "query.rq").write_text("ASK { ?s ?p ?o }", "utf-8")
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_an_ending_that_names_no_format_is_refused(cli: Cli, folder: Path, command: str) -> None:
    root = Path(__file__).parents[2]
    done = cli("--project", root, *COMMANDS[command], "-o", "out.docx", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "“.docx”" in done.stderr
    assert "(.txt)" in done.stderr or "(.ttl)" in done.stderr
    assert not (folder / "out.docx").exists()


@pytest.mark.parametrize(
    ("command", "output", "begins"),
    [
        ("query", "out.CSV", "project,project_label,"),
        ("query", "out", "Project "),
        ("describe", "out.ttl", "@prefix"),
        ("describe", "out.txt", "Morocco"),
        ("describe", "out", "Morocco"),
    ],
)
def test_an_ending_in_capitals_or_none_is_understood(
    cli: Cli, folder: Path, command: str, output: str, begins: str
) -> None:
    root = Path(__file__).parents[2]
    done = cli("--project", root, *COMMANDS[command], "-o", output, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert (folder / output).read_text("utf-8").startswith(begins)


def test_a_format_that_is_named_goes_before_the_ending(cli: Cli, folder: Path) -> None:
    done = cli("describe", "place/morocco", "--format", "turtle", "-o", folder / "out.data")
    assert done.returncode == 0, done.stderr
    assert (folder / "out.data").read_text("utf-8").startswith("@prefix")
