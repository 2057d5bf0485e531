"""`ssekg validate --since REV`: what is reported is about changed lines, though everything is checked."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ssekg.base.errors import AskedWronglyError, CannotRunError
from ssekg.sources.git import changed_lines
from tests.conftest import ROOT, Cli
from tests.examples import SETTINGS_ALONE

WRONG = "<a> <b> ; .\n"
SHAPES = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n\n<S> a sh:NodeShape ;\n  sh:targetNode <a> .\n"
NOBODY = {f"GIT_{role}_{part}": "x@example.org" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}


def git(folder: Path, *arguments: str) -> None:
    program = shutil.which("git")
    assert program
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    subprocess.run([program, *arguments], cwd=folder, env=clean | NOBODY, capture_output=True, check=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project in a folder of a repository, every file of it committed, and each with an error."""
    folder = tmp_path / "repository" / "a project"
    (folder / "data").mkdir(parents=True)
    (folder / "ssekg.toml").write_text(SETTINGS_ALONE, encoding="utf-8")
    for name in ("old", "changed", "staged", "later"):
        (folder / "data" / f"{name}.ttl").write_text(WRONG, encoding="utf-8")
    (folder / "shapes").mkdir()
    (folder / "shapes" / "s.ttl").write_text(SHAPES, encoding="utf-8")
    git(folder.parent, "init", "--quiet", "--initial-branch", "main")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "first")
    return folder


def told(cli: Cli, folder: Path, *arguments: str) -> set[str]:
    done = cli("validate", "--format", "json", *arguments, cwd=folder)
    found: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == int(found["counts"]["violation"] > 0)
    assert found["counts"]["violation"] == len([f for f in found["findings"] if f["severity"] == "violation"])
    return {finding["file"] for finding in found["findings"]}


def test_changed_staged_committed_and_new_files(cli: Cli, folder: Path) -> None:
    assert told(cli, folder, "--since", "HEAD") == set()
    git(folder, "switch", "--quiet", "--create", "work")
    (folder / "data" / "later.ttl").write_text(WRONG + "# more\n", encoding="utf-8")
    git(folder, "commit", "--quiet", "--all", "--message", "second")
    for name in ("changed", "staged"):
        (folder / "data" / f"{name}.ttl").write_text(WRONG + "# more\n", encoding="utf-8")
    git(folder, "add", "data/staged.ttl")
    (folder / "data" / "جديد.ttl").write_text(WRONG, encoding="utf-8")
    now = {"data/changed.ttl", "data/staged.ttl", "data/جديد.ttl"}
    assert told(cli, folder, "--since", "HEAD") == now
    assert told(cli, folder, "--since", "main") == {*now, "data/later.ttl"}
    assert told(cli, folder, "--since", "HEAD", "data/staged.ttl", "data/old.ttl") == {"data/staged.ttl"}


def test_what_others_did_meanwhile_is_no_change(folder: Path) -> None:
    git(folder, "switch", "--quiet", "--create", "work")
    (folder / "data" / "later.ttl").write_text("# mine\n", encoding="utf-8")
    git(folder, "commit", "--quiet", "--all", "--message", "mine")
    git(folder, "switch", "--quiet", "main")
    (folder / "data" / "old.ttl").write_text("# theirs\n", encoding="utf-8")
    git(folder, "commit", "--quiet", "--all", "--message", "theirs")
    git(folder, "switch", "--quiet", "work")
    assert {path.name for path in changed_lines(folder, "main")} == {"later.ttl"}


def lines(cli: Cli, folder: Path) -> list[tuple[str, int]]:
    found = json.loads(cli("validate", "--format", "json", "--since", "HEAD", cwd=folder).stdout)["findings"]
    return sorted((finding["file"], finding["line"]) for finding in found)


def test_rows_that_were_wrong_before_are_left_out(cli: Cli, littoral: Path) -> None:
    zones = littoral / "data" / "zones.csv"
    wrong = zones.read_text("utf-8").replace(",GC,", ",gc,").replace(",PC,", ",pc,")
    zones.write_text(wrong, encoding="utf-8")
    git(littoral, "init", "--quiet")
    git(littoral, "add", ".")
    git(littoral, "commit", "--quiet", "--message", "first")
    assert lines(cli, littoral) == []
    zones.write_text(wrong.replace("Petite Côte", "Petite-Côte"), encoding="utf-8")
    assert set(lines(cli, littoral)) == {("data/zones.csv", 3)}


def test_a_paragraph_has_changed_if_a_line_of_it_has(cli: Cli, folder: Path) -> None:
    shape = SHAPES + "<S> sh:targetNode <b> ; sh:property [ sh:path <p> ; sh:minCount 1 ] .\n"
    (folder / "shapes" / "s.ttl").write_text(shape, encoding="utf-8")
    for name in ("old", "changed", "staged", "later"):
        (folder / "data" / f"{name}.ttl").write_text(f"<{name}> <q> 1 .\n", encoding="utf-8")
    content = "<a> <q> 1 ;\n  <p> 2 .\n\n<b> <q> 1 .\n"
    (folder / "data" / "changed.ttl").write_text(content, encoding="utf-8")
    git(folder, "commit", "--quiet", "--all", "--message", "second")
    assert lines(cli, folder) == []
    (folder / "data" / "changed.ttl").write_text(content.replace(" ;\n  <p> 2", ""), encoding="utf-8")
    assert lines(cli, folder) == [("data/changed.ttl", 1)]


def test_a_table_has_changed_if_its_description_has(cli: Cli, folder: Path) -> None:
    name = "event_themes.csv"
    description = (ROOT / "data" / f"{name}-metadata.json").read_text(encoding="utf-8")
    (folder / "data" / f"{name}-metadata.json").write_text(description, encoding="utf-8")
    (folder / "data" / name).write_text("event_id\nx\n", encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "second")
    assert told(cli, folder, "--since", "HEAD") == set()
    (folder / "data" / f"{name}-metadata.json").write_text(description + "\n", encoding="utf-8")
    assert told(cli, folder, "--since", "HEAD") == {f"data/{name}", f"data/{name}-metadata.json"}


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_what_git_does_not_know(cli: Cli, folder: Path, tmp_path: Path, language: str) -> None:
    unknown = cli("--lang", language, "validate", "--since", "--all", cwd=folder)
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert "--all" in unknown.stderr
    without = cli("--lang", language, "validate", "--since", "^HEAD", cwd=folder)
    assert (without.returncode, without.stdout) == (2, "")
    shutil.rmtree(folder.parent / ".git")
    nowhere = cli("--lang", language, "validate", "--since", "HEAD", cwd=folder, GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert (nowhere.returncode, nowhere.stdout) == (3, "")
    assert "a project" in nowhere.stderr


def test_revisions_that_are_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for revision in ("", "nope", "HEAD:data", "--output=x", "HEAD..HEAD"):
        with pytest.raises(AskedWronglyError, match="does not know the revision"):
            changed_lines(folder, revision)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CannotRunError, match="not installed"):
        changed_lines(folder, "HEAD")


def test_shapes_of_ones_own_need_no_project(cli: Cli, folder: Path) -> None:
    done = cli("validate", "data/old.ttl", "--shapes", "data/old.ttl", "--since", "HEAD", cwd=folder)
    assert done.returncode == 2
    assert "--shapes" in done.stderr
