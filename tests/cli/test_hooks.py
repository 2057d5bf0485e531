"""The hooks for pre-commit, run by pre-commit itself: only that it installs nothing, since ssekg is here already."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT
from tests.examples import SETTINGS_ALONE

MANIFEST = ROOT / ".pre-commit-hooks.yaml"
HOOKS: list[dict[str, Any]] = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
BIN = Path(sys.executable).parent
SHAPES = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n\n<S> a sh:NodeShape ;\n  sh:targetNode <a> .\n"


def run(folder: Path, *command: str | Path) -> "subprocess.CompletedProcess[str]":
    program = shutil.which(command[0], path=f"{BIN}{os.pathsep}{os.environ['PATH']}")
    assert program, command
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    path = {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "PRE_COMMIT_HOME": str(folder.parent / "home")}
    return subprocess.run(
        [program, *command[1:]], cwd=folder, env=clean | path, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with a project whose one Turtle file is not in good form, and with both hooks."""
    folder = tmp_path / "repository"
    for name, content in {
        "ssekg.toml": SETTINGS_ALONE,
        "shapes/s.ttl": SHAPES,
        "data/a.ttl": "<a>   <b>  1.",
        "README.md": "No source.\n",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    hooks = [{**hook, "language": "system", "additional_dependencies": []} for hook in HOOKS]
    config = {"repos": [{"repo": "local", "hooks": hooks}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    run(folder, "git", "init", "--quiet")
    run(folder, "git", "add", ".")
    return folder


def test_manifest_is_one(tmp_path: Path) -> None:
    done = run(tmp_path, "pre-commit", "validate-manifest", MANIFEST)
    assert done.returncode == 0, done.stdout
    assert [hook["id"] for hook in HOOKS] == ["ssekg-validate", "ssekg-fmt"]


def test_documentation_names_the_hooks() -> None:
    for page in ("stewards.md", "stewards.fr.md", "stewards.ar.md"):
        text = (ROOT / "docs" / page).read_text(encoding="utf-8")
        (example,) = re.findall(r"^```yaml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
        (repository,) = yaml.safe_load(example)["repos"]
        assert {hook["id"] for hook in repository["hooks"]} == {hook["id"] for hook in HOOKS}


def test_a_commit_is_stopped_until_files_are_right(folder: Path) -> None:
    formatted = run(folder, "pre-commit", "run")
    assert formatted.returncode == 1
    assert "files were modified by this hook" in formatted.stdout
    assert (folder / "data" / "a.ttl").read_text(encoding="utf-8") == "<a> <b> 1 .\n"
    run(folder, "git", "add", ".")
    assert run(folder, "pre-commit", "run").returncode == 0
    (folder / "data" / "a.ttl").write_text("<a> <b> ; .\n", encoding="utf-8")
    run(folder, "git", "add", ".")
    refused = run(folder, "pre-commit", "run")
    assert refused.returncode == 1
    assert refused.stdout.count("data/a.ttl:1:9") == 2, "validate and fmt both name the place"


def test_other_files_are_nobodys_business(folder: Path) -> None:
    done = run(folder, "pre-commit", "run", "--files", "README.md")
    assert done.returncode == 0
    assert done.stdout.count("Skipped") == 2
