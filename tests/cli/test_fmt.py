"""`ssekg fmt` as stewards and hooks run it: what is written, what is only said, and what is left alone."""

import csv
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from ssekg.base.files import write_file
from tests.conftest import ROOT, Cli

USUAL = "<place/fes> <p> 1 .\n"
UNUSUAL = "<place/fes>   <p>  1."
BROKEN = "<place/fes> <p> ; .\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small project: one file in good form, one in another, one broken, and a table with semicolons."""
    folder = tmp_path / "project"
    (folder / "data").mkdir(parents=True)
    (folder / "ssekg.toml").write_bytes((ROOT / "ssekg.toml").read_bytes())
    for name, content in (("good", USUAL), ("other", UNUSUAL), ("wrong", BROKEN)):
        (folder / "data" / f"{name}.ttl").write_text(content, encoding="utf-8")
    description = "event_themes.csv-metadata.json"
    (folder / "data" / description).write_bytes((ROOT / "data" / description).read_bytes())
    with (ROOT / "data" / "event_themes.csv").open(encoding="utf-8", newline="") as file:
        records = list(csv.reader(file))
    with (folder / "data" / "event_themes.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(records)
    (folder / "data" / "notes.csv").write_text("nobody ; described this\r\n", encoding="utf-8")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "data").iterdir()}


def test_files_of_this_repository_are_in_good_form(cli: Cli) -> None:
    done = cli("--lang", "en", "fmt", "--check")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert "Would be formatted: 0." in done.stderr


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_all_files_but_broken_ones_are_written(cli: Cli, folder: Path, language: str) -> None:
    before = contents(folder)
    done = cli("--lang", language, "fmt", cwd=folder)
    assert done.returncode == 1
    assert done.stdout == "data/event_themes.csv\ndata/other.ttl\n"
    assert "data/wrong.ttl:1:17" in done.stderr
    assert "[syntax-error]" in done.stderr
    assert "Traceback" not in done.stderr
    after = contents(folder)
    assert after["other.ttl"] == USUAL.encode()
    assert after["event_themes.csv"] == (ROOT / "data" / "event_themes.csv").read_bytes()
    assert {name for name in before if before[name] != after[name]} == {"event_themes.csv", "other.ttl"}
    again = cli("--lang", language, "fmt", cwd=folder)
    assert (again.returncode, again.stdout) == (1, "")
    assert contents(folder) == after
    words = {"ar": "ملفات نسقت: 0", "fr": "Mis en forme : 0. Déjà en forme : 3.", "en": "Formatted: 0."}
    assert words[language] in again.stderr.replace("\xa0", " ")


def test_check_and_diff_write_nothing(cli: Cli, folder: Path) -> None:
    before = contents(folder)
    (folder / "data" / "wrong.ttl").unlink()
    check = cli("fmt", "--check", cwd=folder)
    assert (check.returncode, check.stdout) == (1, "data/event_themes.csv\ndata/other.ttl\n")
    assert (cli("fmt", "--check", "data/good.ttl", cwd=folder)).returncode == 0
    diff = cli("fmt", "--diff", cwd=folder)
    assert diff.returncode == 0
    assert "-<place/fes>   <p>  1.\n\\ No newline at end of file\n+<place/fes> <p> 1 .\n" in diff.stdout
    both = cli("fmt", "--check", "--diff", cwd=folder)
    assert both.returncode == 1
    assert both.stdout == diff.stdout
    assert contents(folder) | {"wrong.ttl": BROKEN.encode()} == before


def test_the_diff_can_be_applied(cli: Cli, folder: Path) -> None:
    (folder / "data" / "wrong.ttl").unlink()
    (folder / "data" / "other.ttl").write_bytes("\ufeff<a>   <p>  'x\u2028y\x0b'.\r\n# م\r\n".encode())
    command = [str(Path(sys.executable).with_name("ssekg")), "fmt", "--diff"]
    patch = subprocess.run(command, cwd=folder, capture_output=True, check=True).stdout
    git = shutil.which("git")
    assert git
    subprocess.run([git, "apply", "-"], cwd=folder, input=patch, check=True)
    assert cli("fmt", "--check", cwd=folder).returncode == 0


@pytest.mark.parametrize(
    ("language", "path", "code", "words"),
    [
        ("en", "data/nothing.ttl", 3, "data/nothing.ttl"),
        ("ar", "ssekg.toml", 2, "ssekg.toml"),
        ("fr", "data/notes.csv", 3, "notes.csv-metadata.json"),
    ],
)
def test_what_can_not_be_formatted(cli: Cli, folder: Path, language: str, path: str, code: int, words: str) -> None:
    done = cli("--lang", language, "fmt", path, cwd=folder)
    assert done.returncode == code
    assert words in done.stderr
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 2


def test_a_file_that_fails_does_not_stop_the_others(cli: Cli, folder: Path) -> None:
    done = cli("--lang", "en", "fmt", "data/notes.csv", "data/other.ttl", "data/event_themes.csv", cwd=folder)
    assert done.returncode == 3
    assert done.stdout == "data/other.ttl\ndata/event_themes.csv\n"
    assert "notes.csv-metadata.json" in done.stderr
    assert "Formatted: 2." in done.stderr


def test_without_a_project(cli: Cli, tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text(UNUSUAL, encoding="utf-8")
    for arguments in ([], [mine], ["--check"]):
        done = cli("fmt", *arguments, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (3, "")
        assert "ssekg.toml" in done.stderr
    assert mine.read_text(encoding="utf-8") == UNUSUAL


def test_links_and_permissions_stay(cli: Cli, folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.ttl"
    elsewhere.write_text(UNUSUAL, encoding="utf-8")
    elsewhere.chmod(0o640)
    link = folder / "data" / "link.ttl"
    link.symlink_to(elsewhere)
    done = cli("fmt", "data/link.ttl", elsewhere, cwd=folder)
    assert len(done.stdout.splitlines()) == 1
    assert link.is_symlink()
    assert elsewhere.read_text(encoding="utf-8") == USUAL
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["elsewhere.ttl", "project"]


def test_folders_are_walked_but_for_hidden_ones(cli: Cli, folder: Path) -> None:
    for name in ("data/.history", "more/deep"):
        (folder / name).mkdir(parents=True)
        (folder / name / "a.ttl").write_text(UNUSUAL, encoding="utf-8")
    done = cli("fmt", "--check", ".", cwd=folder)
    assert done.stdout == "data/event_themes.csv\ndata/other.ttl\nmore/deep/a.ttl\n"


def test_a_failing_disk_loses_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "data" / "other.ttl"
    before = contents(folder)

    def fail(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device", str(self), None, str(target))

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(Exception, match="no space left"):
        write_file(path, b"", "data/other.ttl")
    assert contents(folder) == before
