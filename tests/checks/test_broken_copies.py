"""Each way to break the data is found, by the code and in the file that tests/data/broken.toml names."""

import csv
import io
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from ssekg.base.findings import Finding, Report, Severity
from ssekg.checks.run import CheckedGraph, check_project
from ssekg.graph.store import Graph, build_graph
from ssekg.project.settings import Project, read_project
from ssekg.shacl.ntriples import lines
from ssekg.shacl.shapes import Shapes
from ssekg.sources.rdf.file import RdfFile
from tests.conftest import Cli, copy_project
from tests.namespaces import PREFIXES

BROKEN: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[1] / "data" / "broken.toml").read_text(encoding="utf-8")
)


def break_copy(folder: Path, edit: dict[str, Any]) -> None:
    """Make the edit in a copy of the project."""
    if "turtle" in edit:
        header = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
        with (folder / "data" / "broken.ttl").open("a", encoding="utf-8") as file:
            file.write(f"{header}\n{edit['turtle']}\n")
        return
    path = folder / "data" / f"{edit['table']}.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    changed = [number for number, text in enumerate(lines) if text.startswith(edit["row"])]
    assert len(changed) == 1, edit
    if edit.get("remove"):
        del lines[changed[0]]
    else:
        columns, cells = next(csv.reader([lines[0]])), next(csv.reader([lines[changed[0]]]))
        for change in (edit, *([edit["then"]] if "then" in edit else [])):
            cells[columns.index(change["column"])] = change["value"]
        output = io.StringIO(newline="")
        csv.writer(output, lineterminator="").writerow(cells)
        lines[changed[0]] = output.getvalue()
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def fits(finding: Finding, edit: dict[str, Any]) -> bool:
    return (
        finding.code == edit["code"]
        and finding.severity is Severity(edit.get("severity", "violation"))
        and finding.place is not None
        and finding.place.file == edit["file"]
        and edit.get("path") in {str(finding.path), None}
        and ("shape" not in edit or finding.shape == ox.NamedNode(PREFIXES["shapes"] + edit["shape"]))
    )


def collide(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two edits touch one row, or their findings could be taken for each other's."""
    is_same_row = all(one.get(key) == other.get(key) for key in ("table", "row", "turtle"))
    is_same_check = all(one.get(key) == other.get(key) for key in ("code", "shape"))
    return is_same_row or is_same_check or speaks_of(one, other) or speaks_of(other, one)


def speaks_of(turtle: dict[str, Any], table: dict[str, Any]) -> bool:
    """Whether an edit in Turtle names the record in whose row another edit is."""
    record = table.get("row", "").partition(",")[0].rpartition("/")[2]
    return "row" in table and f"/{record}>" in turtle.get("turtle", "")


def waves() -> list[dict[str, dict[str, Any]]]:
    """The edits by name, in groups that do not collide, so that the whole project is checked a few times only."""
    groups: list[dict[str, dict[str, Any]]] = []
    for name, edit in BROKEN.items():
        group = next((g for g in groups if not any(collide(edit, other) for other in g.values())), None)
        if group is None:
            groups.append(group := {})
        group[name] = edit
    return groups


WAVES = waves()


@pytest.fixture(scope="module")
def judged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> CheckedGraph | Report:
    """A copy of the project with the mistakes of the wave of that number, and what is found in it."""
    folder = copy_project(tmp_path_factory.mktemp("broken") / "project")
    for edit in WAVES[request.param].values():
        break_copy(folder, edit)
    return check_project(read_project(folder))


@pytest.mark.parametrize(
    ("judged", "name"),
    [(number, name) for number, wave in enumerate(WAVES) for name in wave],
    indirect=["judged"],
    scope="module",
)
def test_mistake_is_found_and_can_not_be_published(judged: CheckedGraph | Report, name: str) -> None:
    assert isinstance(judged, Report), "a graph with violations counts as checked"
    grave = [finding for finding in judged.findings if finding.severity is not Severity.INFO]
    assert any(fits(finding, BROKEN[name]) for finding in grave), [(f.code, f.place, f.shape) for f in grave]
    for finding in grave:
        assert finding.place is not None
        assert finding.place.line is not None
        if finding.code.startswith("shacl-"):
            assert set(finding.texts) >= {"ar", "fr", "en"}


def test_command_ends_with_1_and_names_the_place(copy: Path, cli: Cli) -> None:
    break_copy(copy, BROKEN["province-without-region"])
    done = cli("--lang", "ar", "validate", cwd=copy)
    assert done.returncode == 1
    assert "data/places.csv:39:41 (J39)" in done.stdout
    assert "مخالفة" in done.stdout


def identities(project: Project, graph: Graph, engine: str) -> list[tuple[str, ...]]:
    shapes = Shapes([RdfFile(path, project.base, path.name) for path in project.shapes_files])
    found = shapes.validate(lines([*graph.data, *graph.vocabulary]), engine)
    return sorted(result.identity for result in shapes.results(found.report))


def around(graph: Graph, subjects: set[Any]) -> list[ox.Triple]:
    """The triples of some subjects, and what the things that they link to are."""
    linked = {triple.object for triple in graph.data if triple.subject in subjects}
    kinds = {f"<{PREFIXES['rdf']}type>", f"<{PREFIXES['skos']}inScheme>"}
    return [t for t in graph.data if t.subject in subjects or (t.subject in linked and str(t.predicate) in kinds)]


def test_both_engines_say_the_same_of_every_mistake(copy: Path) -> None:
    """All mistakes in one graph, of the records that they touch: the reference engine is slow."""
    sound = build_graph(read_project(copy))
    kept, removed, added = set(sound.data), set[ox.Triple](), set[ox.Triple]()
    for number, wave in enumerate(WAVES):
        fresh = copy.parent / f"wave-{number}"
        shutil.copytree(copy, fresh)
        for edit in wave.values():
            break_copy(fresh, edit)
        broken = set(build_graph(read_project(fresh)).data)
        removed |= kept - broken
        added |= broken - kept
    project = read_project(copy)
    graph = Graph(project.base, [*(kept - removed), *added], sound.vocabulary)
    touched: set[Any] = {triple.subject for triple in removed | added}
    small = Graph(project.base, around(graph, touched), sound.vocabulary)
    fast = identities(project, small, "fast")
    assert fast == identities(project, small, "pyshacl")
    assert len(fast) > len(BROKEN)
