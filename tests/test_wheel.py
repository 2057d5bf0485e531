"""The wheel works elsewhere: in a new environment, in an empty folder, with its extras."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.serve.server import serving


def run(*command: str | Path, cwd: Path) -> "subprocess.CompletedProcess[str]":
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**environment, "LANG": "C.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    done = run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT, cwd=folder)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("ssekg-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of a new environment with the wheel and its extra `all`."""
    folder = tmp_path_factory.mktemp("environment")
    assert run(sys.executable, "-m", "venv", folder, cwd=folder).returncode == 0
    commands = folder / ("Scripts" if os.name == "nt" else "bin")
    done = run(commands / "python", "-m", "pip", "install", "--quiet", f"ssekg[all] @ {wheel.as_uri()}", cwd=folder)
    assert done.returncode == 0, done.stderr
    return commands


def test_wheel_carries_the_project(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    folders = ("ontology", "data", "shapes", "queries", "starter")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    carried = {name.removeprefix("ssekg/carried/") for name in names if name.startswith("ssekg/carried/")}
    assert carried == {path.relative_to(ROOT).as_posix() for path in files} | {"ssekg.toml", "DATA-LICENSE"}
    # Of each module, in folders below these four.
    assert {f"{folder}/{module}" for folder in ("shapes", "queries") for module in ("core", "ma")} <= {
        name.rpartition("/")[0] for name in carried
    }
    assert "ssekg/py.typed" in names
    assert wheel.stat().st_size < 5_000_000
    assert not any({"tests", "public", ".public-releases"} & set(name.split("/")[:-1]) for name in names)


def test_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    ssekg = installed / "ssekg"
    listed = run(ssekg, "query", "list", cwd=tmp_path)
    assert listed.returncode == 0, listed.stderr
    assert "structuring-projects" in listed.stdout
    answered = run(ssekg, "--lang", "ar", "query", "run", "structuring-projects", cwd=tmp_path)
    assert answered.returncode == 0, answered.stderr
    assert "المركب المتعدد التخصصات" in answered.stdout
    assert "المرفق" in answered.stderr
    refused = run(ssekg, "validate", cwd=tmp_path)
    assert (refused.returncode, refused.stdout) == (3, "")
    assert not list(tmp_path.iterdir())


def test_extra_all_brings_the_reasoner(installed: Path, wells: Path) -> None:
    done = run(installed / "ssekg", "--lang", "en", "reason", cwd=wells)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Consistent")


@pytest.mark.parametrize(
    ("language", "group", "programme"),
    [
        ("ar", "تعاونيات", "برنامج المثال"),
        ("fr", "coopératives", "Programme d’exemple"),
        ("en", "cooperatives", "Example programme"),
    ],
)
def test_a_new_project_is_checked_asked_published_and_served(
    installed: Path, tmp_path: Path, language: str, group: str, programme: str
) -> None:
    """A release takes long: the pages for stewards make one in French (test_stewards_pages.py)."""
    ssekg = installed / "ssekg"
    folder = tmp_path / "project"
    made = run(ssekg, "init", folder, "--lang", language, cwd=tmp_path)
    assert (made.returncode, made.stdout) == (0, ""), made.stderr
    checked = run(ssekg, "validate", "--format", "json", cwd=folder)
    assert json.loads(checked.stdout)["findings"] == [], checked.stderr
    question = ("query", "run", "programmes-for-a-target-group", "-p", f"group={group}")
    asked = run(ssekg, "--lang", language, *question, cwd=folder)
    assert programme in asked.stdout, asked.stderr
    if language != "ar":
        return
    published = run(ssekg, "publish", cwd=folder)
    assert published.returncode == 0, published.stderr
    with serving(folder / "public", tmp_path / "log", ssekg=ssekg) as server:
        assert "وزارة المثال" in server.ask("ar/programme/example-programme.html").content.decode()
