"""What is said of `--engine spark` where it can't be done: without its packages, or asked wrongly."""

from pathlib import Path

import pytest

from tests.conftest import Cli

FILES = ("validate", "data.nt", "--shapes", "shapes.ttl")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Data and shapes."""
    (tmp_path / "data.nt").write_text('<http://x/a> <http://x/p> "v" .\n', encoding="utf-8")
    shapes = "@prefix sh: <http://www.w3.org/ns/shacl#> . <http://x/S> a sh:NodeShape ; sh:targetNode <http://x/a> ."
    (tmp_path / "shapes.ttl").write_text(shapes, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("command", "code", "words"),
    [
        ((*FILES, "--engine", "spark"), 3, 'pip install "ssekg[spark]"'),
        (("build", "data.nt", "--engine", "spark", "-o", "new.parquet"), 3, 'pip install "ssekg[spark]"'),
        (("validate", "data.nt", "--engine", "spark"), 2, "--shapes"),
        ((*FILES, "--master", "yarn"), 2, "--engine spark"),
        (("build", "data.nt", "--master", "yarn"), 2, "--engine spark"),
        (("build", "--engine", "spark", "-o", "new.nt"), 2, "files are named"),
        (("build", "data.nt", "--engine", "spark"), 2, "new folder"),
    ],
)
def test_what_is_missing_is_said(command: tuple[str, ...], code: int, words: str, cli: Cli, folder: Path) -> None:
    done = cli(*command, cwd=folder)
    assert (done.returncode, words in done.stderr) == (code, True), done.stderr
    assert not {"new.parquet", "new.nt"} & {path.name for path in folder.iterdir()}
