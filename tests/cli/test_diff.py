"""`ssekg diff` as people use it: files, releases, projects and revisions, through the real command."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Cli


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)  # noqa: S607


def budget(folder: Path, old: str, new: str) -> None:
    table = folder / "data" / "amounts.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def repository(copy: Path) -> Path:
    """A copy of the project in a folder of a git repository, with one revision."""
    git(copy.parent, "init", "--quiet")
    git(copy.parent, "add", "project")
    git(copy.parent, "commit", "--quiet", "-m", "first")
    return copy


def test_revisions_are_read_without_touching_the_files(cli: Cli, repository: Path) -> None:
    budget(repository, ",19200000,", ",21000000,")
    done = cli("diff", "HEAD", ".", "--exit-code", cwd=repository)
    assert done.returncode == 1, done.stderr
    assert "Financial flow, amount: 19.2 → 21 million MAD\n" in done.stdout
    assert done.stdout.startswith("Changed: Programmes: 1\n  Moazara programme (programme/moazara)\n")
    assert ",21000000," in (repository / "data" / "amounts.csv").read_text(encoding="utf-8")
    same = cli("--lang", "fr", "diff", "HEAD", "HEAD", "--exit-code", cwd=repository)
    assert (same.returncode, same.stdout, same.stderr) == (0, "", "Aucune différence.\n")
    unknown = cli("diff", "v9", ".", cwd=repository)
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert "“v9”" in unknown.stderr


def test_without_git(cli: Cli, copy: Path, tmp_path: Path) -> None:
    assert cli("diff", "HEAD", ".", cwd=copy).returncode == 3
    done = cli("diff", "HEAD", ".", cwd=copy, PATH=str(tmp_path))
    assert done.returncode == 3
    assert "git" in done.stderr
    assert len(done.stderr.splitlines()) == 2


def test_release_against_the_project_it_was_made_of(cli: Cli, release: Path, copy: Path, tmp_path: Path) -> None:
    assert cli("diff", release, ".").stdout == ""
    budget(copy, ",19200000,", ",21000000,")
    done = cli("diff", release, copy, "-o", tmp_path / "x.json")
    assert done.returncode == 0
    content = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    assert content["counts"] == {"added": {}, "removed": {}, "withdrawn": {}, "changed": {"programme": 1}}
    [entity] = content["entities"]
    assert entity["iri"] == "https://w3id.org/ssekg/id/programme/moazara"
    assert [term["value"] for term in entity["edits"][0]["added"]] == ["21000000"]
    empty = tmp_path / "empty"
    empty.mkdir()
    assert cli("diff", empty, ".").returncode == 2
    broken = tmp_path / "broken"
    shutil.copytree(release, broken)
    (broken / "manifest.json").write_text("{", encoding="utf-8")
    assert cli("diff", broken, ".").returncode == 3


def test_files(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text('<law/x> <http://purl.org/dc/terms/title> "A"@en .', encoding="utf-8")
    (tmp_path / "b.nt").write_text("", encoding="utf-8")
    (tmp_path / "c.ttl").write_text("<law/x> .", encoding="utf-8")
    done = cli("diff", "a.ttl", "b.nt", cwd=tmp_path)
    assert done.stdout == "Removed: Laws: 1\n  A (law/x)\n"
    patch = cli("diff", "b.nt", "a.ttl", "--format", "patch", cwd=tmp_path).stdout.splitlines()
    iri, title = "<https://w3id.org/ssekg/id/law/x>", "<http://purl.org/dc/terms/title>"
    assert patch[1:] == ["TX .", f'A {iri} {title} "A"@en .', "TC ."]
    broken = cli("diff", "a.ttl", "c.ttl", cwd=tmp_path)
    assert broken.returncode == 1
    assert "c.ttl:1:" in broken.stdout
    assert "syntax-error" in broken.stdout
    assert cli("diff", "a.ttl", "missing.ttl", cwd=tmp_path).returncode == 3
