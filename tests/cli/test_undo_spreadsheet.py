"""`ssekg fmt --undo-spreadsheet`: what a spreadsheet did to a table is put back where there is no doubt, only there."""

from pathlib import Path

import pytest

from tests.cli.test_since import git
from tests.conftest import Cli

TABLE = Path("data") / "groupements.csv"


@pytest.fixture
def committed(littoral: Path) -> Path:
    """The second project in a repository."""
    git(littoral, "init", "--quiet")
    git(littoral, "add", ".")
    git(littoral, "commit", "--quiet", "--message", "first")
    return littoral


def spoil(folder: Path, *changes: tuple[str, str], encoding: str = "utf-8-sig") -> bytes:
    """What was in the table, after it was saved as a French spreadsheet does, with some more changes."""
    before = (folder / TABLE).read_bytes()
    text = before.decode().replace(",", ";").replace("2003-07-19", "19/07/2003").replace("1996-02;", "févr-96;")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / TABLE).write_bytes(text.replace("\n", "\r\n").encode(encoding, "replace"))
    return before


def test_all_is_as_committed(cli: Cli, committed: Path) -> None:
    before = spoil(committed)
    assert cli("validate", cwd=committed).returncode == 1
    done = cli("--lang", "en", "fmt", "--undo-spreadsheet", cwd=committed)
    assert done.returncode == 0, done.stderr
    assert "before a spreadsheet saved them: 2; left for you to fix: 0" in done.stderr
    assert (committed / TABLE).read_bytes() == before


def test_what_somebody_has_typed_stays(cli: Cli, committed: Path) -> None:
    before = spoil(committed, (";84;", ";85;"))
    assert cli("fmt", "--undo-spreadsheet", cwd=committed).returncode == 0
    assert (committed / TABLE).read_bytes() == before.replace(b",84,", b",85,")


def test_what_is_not_certain_is_listed_and_left(cli: Cli, committed: Path) -> None:
    row = "nouveau;GIE Nouveau;Mbootaay bu bees;;joal;3;1;03/04/2020;;peche;registre-2024;lu\n"
    before = spoil(committed, ("kawral;", f"{row}kawral;"))
    done = cli("--lang", "fr", "fmt", "--undo-spreadsheet", cwd=committed)
    assert done.returncode == 1
    assert "03/04/2020" in done.stderr
    kept = (committed / TABLE).read_text("utf-8").splitlines()
    assert [line for line in kept if "nouveau" not in line] == before.decode().splitlines()
    assert row.replace(";", ",").rstrip() in kept


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "utf-16"])
def test_encodings(cli: Cli, committed: Path, encoding: str) -> None:
    before = spoil(committed, encoding=encoding)
    assert cli("fmt", "--undo-spreadsheet", cwd=committed).returncode == 0
    assert (committed / TABLE).read_bytes() == before


def test_letters_that_are_lost_for_good_are_listed(cli: Cli, committed: Path) -> None:
    row = "nouveau;GIE Nouveau;?? ????;;joal;3;1;;;peche;registre-2024;lu\n"
    spoil(committed, ("kawral;", f"{row}kawral;"), encoding="ascii")
    done = cli("--lang", "fr", "fmt", "--undo-spreadsheet", cwd=committed)
    assert done.returncode == 1
    assert "text-lost" in done.stderr
    assert "jappoo,Coopérative Jàppoo,Mbootaay Jàppoo" in (committed / TABLE).read_text("utf-8")


def test_without_git_what_is_certain_by_itself(cli: Cli, littoral: Path) -> None:
    before = spoil(littoral)
    done = cli("fmt", "--undo-spreadsheet", cwd=littoral)
    assert done.returncode == 0, done.stderr
    assert (littoral / TABLE).read_bytes() == before


def test_shown_only(cli: Cli, committed: Path) -> None:
    spoil(committed)
    now = (committed / TABLE).read_bytes()
    done = cli("fmt", "--undo-spreadsheet", "--diff", cwd=committed)
    assert "+jappoo,Coopérative Jàppoo,Mbootaay Jàppoo,JGN,guet-ndar,210,0,2003-07-19," in done.stdout
    assert (committed / TABLE).read_bytes() == now
