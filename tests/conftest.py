"""What the tests share: the project, its graph, a published release, and the real command line."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import settings

from ssekg.base.language import LANGUAGES
from ssekg.checks.run import CheckedGraph, check_project
from ssekg.graph.public import Public
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put files with tests of this project's release last, but for the first: one process makes it, and none waits."""
    asking = {item.path for item in items if {"release", "any_release"} & {*getattr(item, "fixturenames", ())}}
    first = min(asking, default=None)
    items.sort(key=lambda item: (item.path != first, item.path in asking))


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of the tests have together; what takes long is made there by the first that asks."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


def made_once(folder: Path, make: Callable[[Path], object]) -> Path:
    """A folder that all processes have together, made by the first that asks; nobody changes it."""
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            unfinished = folder.with_name(f"{folder.name}-unfinished")
            make(unfinished)
            unfinished.rename(folder)
    return folder


@pytest.fixture(scope="session", autouse=True)
def _cache(shared: Path) -> None:
    """Keep the graphs that commands read in a folder of the tests, not in the user's."""
    os.environ["SSEKG_CACHE"] = str(shared / "cache")


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
def derived(checked: CheckedGraph) -> tuple[Graph, Public]:
    """The graph of the project with what is derived, and what everybody may see of it."""
    return with_derived(checked.project, checked.graph)


@pytest.fixture(scope="session")
def whole(derived: tuple[Graph, Public]) -> Graph:
    """The graph of the project with what is derived, which is what is searched and asked."""
    return derived[0]


@pytest.fixture(scope="session")
def public(derived: tuple[Graph, Public]) -> Public:
    """What everybody may see of the graph of the project."""
    return derived[1]


@pytest.fixture(scope="session")
def release(checked: CheckedGraph, shared: Path) -> Path:
    """A folder with the published release."""
    return made_once(shared / "published", lambda folder: publish(checked, folder / "public")) / "public"


@pytest.fixture(scope="session")
def other_checked() -> CheckedGraph:
    """The checked graph of the second project."""
    checked = check_project(read_project(SECOND))
    assert isinstance(checked, CheckedGraph)
    return checked


@pytest.fixture(scope="session")
def other_whole(other_checked: CheckedGraph) -> Graph:
    """The graph of the second project with what is derived."""
    return with_derived(other_checked.project, other_checked.graph)[0]


@pytest.fixture(scope="session")
def other_release(other_checked: CheckedGraph, shared: Path) -> Path:
    """The release of the second project."""
    return made_once(shared / "published-other", lambda folder: publish(other_checked, folder / "public")) / "public"


@pytest.fixture(scope="session", params=PROJECTS)
def any_root(request: pytest.FixtureRequest) -> Path:
    """The folder of each of the two projects in turn: what must hold of any project is tested on both."""
    return PROJECTS[request.param]


@pytest.fixture(scope="session")
def any_checked(any_root: Path, request: pytest.FixtureRequest) -> CheckedGraph:
    """The checked graph of each of the two projects in turn."""
    found: CheckedGraph = request.getfixturevalue("checked" if any_root == ROOT else "other_checked")
    return found


@pytest.fixture(scope="session")
def any_whole(any_root: Path, request: pytest.FixtureRequest) -> Graph:
    """The graph of each of the two projects in turn, with what is derived."""
    found: Graph = request.getfixturevalue("whole" if any_root == ROOT else "other_whole")
    return found


@pytest.fixture(scope="session")
def any_release(any_root: Path, request: pytest.FixtureRequest) -> Path:
    """The release of each of the two projects in turn."""
    found: Path = request.getfixturevalue("release" if any_root == ROOT else "other_release")
    return found


def in_turn(*cases: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """Cases, each in one language of the tool: that every text is there in each, the tests of the messages show."""
    return [(*case, LANGUAGES[number % len(LANGUAGES)]) for number, case in enumerate(cases)]


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
