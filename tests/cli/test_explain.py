"""`ssekg explain` as people call it."""

from pathlib import Path

import pytest

from ssekg.base.codes import CODES
from tests.conftest import Cli
from tests.examples import empty_project


def test_a_code_is_explained_where_there_is_no_project(cli: Cli, tmp_path: Path) -> None:
    done = cli("explain", "table-date", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("violation [table-date]: Invalid date\n")
    assert "    2 | example,2023-02-30\n      |         ^^^^^^^^^^\n" in done.stdout
    assert cli("explain", "[Table-Date]", cwd=tmp_path).stdout == done.stdout, "as it is copied from a report"


def test_without_a_code_all_are_listed(cli: Cli, tmp_path: Path) -> None:
    done = cli("--lang", "fr", "explain", cwd=tmp_path)
    assert done.returncode == 0
    assert all(f"  {code} " in done.stdout for code in CODES)
    assert "Date non valide" in done.stdout


@pytest.mark.parametrize(
    ("language", "message", "question"),
    [
        ("ar", "لا توجد نتيجة", "هل تقصد"),
        ("fr", "Aucun constat", "Vouliez-vous dire"),
        ("en", "No finding", "Did you mean"),
    ],
)
def test_an_unknown_code_is_asked_wrongly_and_the_nearest_is_named(
    cli: Cli, language: str, message: str, question: str
) -> None:
    done = cli("--lang", language, "explain", "table-dat")
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert question in done.stderr
    assert "table-date" in done.stderr
    assert "ssekg explain" in done.stderr
    far = cli("--lang", language, "explain", "xyzzy")
    assert far.returncode == 2
    assert question not in far.stderr
    assert "ssekg explain" in far.stderr


def test_a_report_leads_to_the_explanation(cli: Cli, tmp_path: Path) -> None:
    project = empty_project(tmp_path / "project")
    (project / "data" / "x.ttl").write_text("what?", encoding="utf-8")
    for language in ("ar", "fr", "en"):
        last = cli("--lang", language, "validate", "data/x.ttl", cwd=project).stdout.splitlines()[-1]
        command = last[last.index("ssekg ") :].strip("\u2066\u2069").split()
        assert command == ["ssekg", "explain", "syntax-error"]
        assert cli(*command[1:], cwd=tmp_path).returncode == 0
