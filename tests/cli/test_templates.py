"""A project brings templates of its own, and is told where one is broken."""

from pathlib import Path

import pytest

from tests.conftest import Cli
from tests.publish.small import small

REPORT = '{% extends "ssekg/report.html" %}{% block footer %}<footer>Conseil</footer>{% endblock %}'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "small"
    small(folder)
    (folder / "templates").mkdir()
    return folder


def test_report_is_made_by_the_template_of_the_project(cli: Cli, folder: Path) -> None:
    (folder / "templates" / "report.html").write_text(REPORT, encoding="utf-8")
    ran = cli("validate", "--format", "html", cwd=folder)
    assert ran.returncode in {0, 1}, ran.stderr
    assert "<footer>Conseil</footer>" in ran.stdout
    assert "<main " in ran.stdout


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "The template templates/report.html can’t be used because of line 2"),
        ("fr", "Le gabarit templates/report.html est inutilisable à cause de la ligne 2"),
        ("ar", "بسبب السطر 2"),
    ],
)
def test_broken_template_ends_with_3_and_its_place(cli: Cli, folder: Path, language: str, said: str) -> None:
    (folder / "templates" / "report.html").write_text("<p>\n{% endfor %}", encoding="utf-8")
    ran = cli("--lang", language, "validate", "--format", "html", cwd=folder)
    assert (ran.returncode, ran.stdout) == (3, "")
    assert said in ran.stderr
    assert "docs/project.md" in ran.stderr
    assert "Traceback" not in ran.stderr
