"""`ssekg query run --chart FILE`: a picture beside the answer, or a reason why there is none."""

import os
from pathlib import Path

import pytest

from tests.charts.drawings import Drawing
from tests.conftest import ROOT, SECOND, Cli

GROWTH = ("query", "run", "growth-of-cooperatives")


def test_a_chart_is_drawn_beside_the_answer(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "growth.svg"
    done = cli("--lang", "ar", *GROWTH, "--chart", file, "--format", "csv")
    assert done.returncode == 0
    assert str(file) in done.stderr
    drawing = Drawing(file.read_text(encoding="utf-8"))
    assert drawing.texts[0] == "تطور عدد التعاونيات"
    assert "65.000" in drawing.texts
    assert "65000" in done.stdout


def test_a_chart_of_another_project(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "captures.PNG"
    done = cli("--project", SECOND, "--lang", "fr", "query", "run", "captures-par-mois", "--chart", file)
    assert done.returncode == 0, done.stderr
    assert file.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("arguments", "file", "code", "words"),
    [
        (GROWTH, "growth.pdf", 2, ".pdf"),
        (("query", "run", "names-not-known"), "names.svg", 2, "#+ chart"),
        ((*GROWTH, "-p", "place=dakhla-oued-ed-dahab"), "growth.svg", 1, "no rows"),
        (GROWTH, "no-folder/growth.svg", 3, "no-folder"),
    ],
)
def test_what_can_not_be_drawn_has_a_reason(
    arguments: tuple[str, ...], file: str, code: int, words: str, cli: Cli, tmp_path: Path
) -> None:
    done = cli(*arguments, "--chart", tmp_path / file)
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / file).exists()


def test_png_without_its_package_names_the_extra(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "resvg_py.py").write_text("raise ImportError\n", encoding="utf-8")
    done = cli(
        *GROWTH, "--chart", tmp_path / "growth.png", PYTHONPATH=os.pathsep.join([str(tmp_path), str(ROOT / "src")])
    )
    assert done.returncode == 3
    assert 'pip install "ssekg[charts]"' in done.stderr
