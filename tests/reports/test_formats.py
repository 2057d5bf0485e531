"""`ssekg validate` in each format: by option, by the name of the output, on a terminal and off it."""

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ssekg.base.findings import Finding, Place, Report, Severity
from ssekg.base.language import LANGUAGES
from ssekg.reports.formats import EXTENSIONS, FORMATS, RenderOptions, rendered
from tests.conftest import Cli

STARTS = {
    "text": "data.ttl:",
    "json": "{",
    "sarif": '{"$schema": ',
    "junit": "<?xml",
    "github": "::error file=data.ttl,",
    "html": "<!DOCTYPE html>",
    "turtle": "@prefix ",
}


def arguments(files: tuple[Path, Path]) -> list[str]:
    return ["validate", "data.ttl", "--shapes", str(files[1])]


@pytest.mark.parametrize("form", FORMATS)
def test_format_by_option(cli: Cli, files: tuple[Path, Path], form: str) -> None:
    done = cli("--lang", "en", *arguments(files), "--format", form, cwd=files[0].parent)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith(STARTS[form])


@pytest.mark.parametrize(("extension", "form"), EXTENSIONS.items())
def test_format_by_name_of_the_output(
    cli: Cli, files: tuple[Path, Path], tmp_path: Path, extension: str, form: str
) -> None:
    output = tmp_path / f"report{extension}"
    done = cli(*arguments(files), "-o", output, cwd=files[0].parent)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    assert output.read_text(encoding="utf-8").startswith(STARTS[form])


def test_unknown_format_is_refused(cli: Cli) -> None:
    done = cli("validate", "--format", "pdf")
    assert done.returncode == 2
    assert "sarif" in done.stderr


def test_broken_project_in_every_format_and_language(broken: Path, project_report: Report) -> None:
    for form in FORMATS:
        written = {
            rendered(form, project_report, project_report.findings, RenderOptions(language)).decode()
            for language in LANGUAGES
        }
        assert len(written) == (1 if form == "turtle" else 3)
        assert all("2022-10-34" in content for content in written)
        assert not any(str(broken) in content for content in written)


def test_turtle_of_a_file_that_does_not_parse_is_a_report_and_the_rest_is_told(
    cli: Cli, files: tuple[Path, Path], tmp_path: Path
) -> None:
    (tmp_path / "half.ttl").write_text("<x:a> <x:b> ;", encoding="utf-8")
    done = cli("--lang", "en", "validate", "half.ttl", "--shapes", files[1], "--format", "turtle", cwd=tmp_path)
    assert done.returncode == 1
    assert "sh:conforms true" in done.stdout
    assert "syntax" not in done.stdout
    assert "half.ttl:1:" in done.stderr


def test_half_a_surrogate_pair_breaks_no_format() -> None:
    finding = Finding(
        "table-required", Severity.VIOLATION, Place("a\udcff.csv", 1, 1, 1, 2), {"column": "\ud800", "purpose": ""}
    )
    report = Report((finding,), texts={"a\udcff.csv": "x\udcff"})
    for form in FORMATS:
        if form != "turtle":
            assert b"table-required" in rendered(form, report, report.findings, RenderOptions("ar"))


def on_a_terminal(files: tuple[Path, Path], columns: int, **environment: str) -> str:
    """What the command writes to a terminal of so many columns."""
    leader, follower = pty.openpty()
    bare = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR", "COLUMNS"}}
    process = subprocess.Popen(
        [str(Path(sys.executable).with_name("ssekg")), "--lang", "en", *arguments(files)],
        cwd=files[0].parent,
        env={**bare, "TERM": "xterm", "COLUMNS": str(columns), **environment},
        stdout=follower,
        stderr=follower,
    )
    os.close(follower)
    content = b""
    while True:
        try:
            piece = os.read(leader, 65536)
        except OSError:  # how Linux tells that the other end is closed
            piece = b""
        if not piece:
            break
        content += piece
    os.close(leader)
    assert process.wait() == 1
    return content.decode().replace("\r\n", "\n")


def test_colours_on_a_terminal_only(cli: Cli, files: tuple[Path, Path]) -> None:
    coloured = on_a_terminal(files, 100)
    assert "\x1b[1;31m" in coloured
    plain = on_a_terminal(files, 100, NO_COLOR="1")
    assert "\x1b" not in plain
    assert "\x1b" not in on_a_terminal(files, 100, TERM="dumb")
    piped = cli("--lang", "en", *arguments(files), cwd=files[0].parent, FORCE_COLOR="1").stdout
    assert "\x1b" not in piped

    def untimed(text: str) -> str:
        return re.sub(r"\d+\.\d s", "", re.sub(r"\x1b\[[\d;]*m", "", text))

    assert untimed(coloured) == untimed(plain) == untimed(piped)


def test_json_keeps_its_keys(cli: Cli, files: tuple[Path, Path]) -> None:
    content = json.loads(cli(*arguments(files), "--format", "json", "--max", "1", cwd=files[0].parent).stdout)
    assert len(content["findings"]) == 1
    assert sum(content["counts"].values()) > 1
