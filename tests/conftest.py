"""What the tests share: the project, its graph, a published release, and the real command line."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from ssekg.checks.run import CheckedGraph, check_project
from ssekg.graph.store import Graph
from ssekg.project.settings import Project, read_project
from ssekg.publish.release import publish
from ssekg.shacl.derivation import with_derived

ROOT = Path(__file__).parents[1]
# The two projects that must both work: that of this repository, and one that has nothing in common with it.
SECOND = ROOT / "tests" / "data" / "second_project"
PROJECTS = {"this": ROOT, "second": SECOND}
# The same examples on every machine, however slow it is.
settings.register_profile("steady", deadline=None, derandomize=True, database=None)
settings.load_profile("steady")

Cli = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the graphs that commands read in a folder of the tests, not in the user's."""
    os.environ["SSEKG_CACHE"] = str(tmp_path_factory.mktemp("cache") / "ssekg")


@pytest.fixture(scope="session")
def project() -> Project:
    """The project of this repository."""
    return read_project(ROOT)


@pytest.fixture(scope="session")
def checked(project: Project) -> CheckedGraph:
    """The checked graph of the project; the data have no violations."""
    checked = check_project(project)
    assert isinstance(checked, CheckedGraph)
    return checked


@pytest.fixture(scope="session")
def graph(checked: CheckedGraph) -> Graph:
    """The graph of the project."""
    return checked.graph


@pytest.fixture(scope="session")
def whole(checked: CheckedGraph) -> Graph:
    """The graph of the project with what is derived, which is what is searched and asked."""
    return with_derived(checked.project, checked.graph)[0]


@pytest.fixture(scope="session")
def release(checked: CheckedGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the published release."""
    target = tmp_path_factory.mktemp("published") / "public"
    publish(checked, target)
    return target


@pytest.fixture(scope="session", params=PROJECTS)
def any_root(request: pytest.FixtureRequest) -> Path:
    """The folder of each of the two projects in turn: what must hold of any project is tested on both."""
    return PROJECTS[request.param]


@pytest.fixture(scope="session")
def any_checked(any_root: Path, request: pytest.FixtureRequest) -> CheckedGraph:
    """The checked graph of each of the two projects in turn."""
    if any_root == ROOT:
        own: CheckedGraph = request.getfixturevalue("checked")
        return own
    project = read_project(any_root)
    checked = check_project(project)
    assert isinstance(checked, CheckedGraph)
    return checked


@pytest.fixture(scope="session")
def any_whole(any_checked: CheckedGraph) -> Graph:
    """The graph of each of the two projects in turn, with what is derived."""
    return with_derived(any_checked.project, any_checked.graph)[0]


@pytest.fixture(scope="session")
def other_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of the second project."""
    checked = check_project(read_project(SECOND))
    assert isinstance(checked, CheckedGraph)
    target = tmp_path_factory.mktemp("published-other") / "public"
    publish(checked, target)
    return target


@pytest.fixture(scope="session")
def any_release(any_root: Path, request: pytest.FixtureRequest) -> Path:
    """The release of each of the two projects in turn."""
    found: Path = request.getfixturevalue("release" if any_root == ROOT else "other_release")
    return found


def copy_project(folder: Path) -> Path:
    """Copy the project to a new folder, to break."""
    folder.mkdir()
    for name in ("ontology", "data", "shapes", "queries"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("ssekg.toml", "DATA-LICENSE"):
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the project folder, to break."""
    return copy_project(tmp_path / "project")


@pytest.fixture
def littoral(tmp_path: Path) -> Path:
    """A copy of the folder of the second project, to break."""
    return Path(shutil.copytree(SECOND, tmp_path / "littoral"))


@pytest.fixture
def wells(tmp_path: Path) -> Path:
    """The small project that docs/project.md makes from nothing; the examples of the help are about it."""
    page = (ROOT / "docs" / "project.md").read_text(encoding="utf-8")
    for name, content in re.findall(r"^`([\w./-]+)`\n\n```\w+\n(.*?)^```$", page, re.MULTILINE | re.DOTALL):
        path = tmp_path / "wells" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path / "wells"


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """Run the real `ssekg` in a process of its own: `cli("query", "list", cwd=folder, LANG="ar_MA.UTF-8")`."""

    def run(*arguments: str | Path, cwd: Path = ROOT, **environment: str) -> "subprocess.CompletedProcess[str]":
        command = [str(Path(sys.executable).with_name("ssekg")), *map(str, arguments)]
        bare = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
        return subprocess.run(
            command,
            cwd=cwd,
            env={**bare, "LANG": "C.UTF-8", "HOME": str(tmp_path), **environment},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return run
