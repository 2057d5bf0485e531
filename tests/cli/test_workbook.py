"""`ssekg workbook` as stewards call it: out, filled in, tried, and back, in one step or not at all."""

from pathlib import Path

import openpyxl
import pytest

from tests.conftest import Cli
from tests.editing.workbooks import cell

TABLE = Path("data") / "groupements.csv"


@pytest.fixture
def facts(cli: Cli, littoral: Path, tmp_path: Path) -> Path:
    """The groups of the second project in a workbook, one of whose names is another."""
    path = tmp_path / "facts.xlsx"
    done = cli("workbook", "export", "Groupements", "-o", str(path), "--lang", "fr", cwd=littoral)
    assert done.returncode == 0, done.stderr
    book = openpyxl.load_workbook(path)
    cell(book["Groupements"], "Sigle", 3).value = "JGT"
    book.save(path)
    return path


def test_there_and_back(cli: Cli, littoral: Path, facts: Path) -> None:
    before = (littoral / TABLE).read_bytes()
    tried = cli("--lang", "fr", "workbook", "import", str(facts), "--dry-run", cwd=littoral)
    assert (tried.returncode, (littoral / TABLE).read_bytes()) == (0, before)
    assert "JGN → JGT" in "".join(each for each in tried.stdout if each not in "\u2066\u2067\u2068\u2069")
    done = cli("--lang", "fr", "workbook", "import", str(facts), cwd=littoral)
    assert done.returncode == 0
    assert (littoral / TABLE).read_bytes() == before.replace(b",JGN,", b",JGT,")
    again = cli("--lang", "en", "workbook", "import", str(facts), cwd=littoral)
    assert (again.returncode, again.stdout) == (0, "")
    assert "No differences" in again.stderr


def test_what_would_be_wrong_is_not_written(cli: Cli, littoral: Path, facts: Path) -> None:
    book = openpyxl.load_workbook(facts)
    cell(book["Groupements"], "Membres", 4).value = "beaucoup"
    book.save(facts)
    before = (littoral / TABLE).read_bytes()
    done = cli("--lang", "ar", "workbook", "import", str(facts), cwd=littoral)
    assert (done.returncode, (littoral / TABLE).read_bytes()) == (1, before)
    assert "Groupements!G4" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["export", "-o", "facts.csv"], 2, ".csv"),
        (["export", "boats", "-o", "facts.xlsx"], 2, "boats"),
        (["export", "group/nobody", "-o", "facts.xlsx"], 2, "group/nobody"),
        (["import", "nowhere.xlsx"], 3, "nowhere.xlsx"),
        (["import", "ssekg.toml"], 3, "ssekg.toml"),
        (["import", "mine.xlsx"], 3, "mine.xlsx"),
    ],
)
def test_asked_wrongly(cli: Cli, littoral: Path, arguments: list[str], code: int, words: str) -> None:
    openpyxl.Workbook().save(littoral / "mine.xlsx")
    done = cli("--lang", "en", "workbook", *arguments, cwd=littoral)
    assert done.returncode == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(littoral.glob("facts.*"))


def test_of_another_project(cli: Cli, wells: Path, facts: Path) -> None:
    done = cli("--lang", "en", "workbook", "import", str(facts), cwd=wells)
    assert done.returncode == 3
    assert "data.littoral.example" in done.stderr
