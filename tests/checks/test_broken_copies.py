"""Each way to break the data is found, by the code and in the file that tests/data/broken.toml names."""

import csv
import io
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from ssekg.checks.run import CheckedGraph, check_project
from ssekg.checks.shapes import Shapes
from ssekg.findings import Finding, Severity
from ssekg.graph.store import Graph, build_graph
from ssekg.namespaces import PREFIXES
from ssekg.project import Project, read_project
from ssekg.sources.rdf import RdfFile
from tests.conftest import Cli

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
        and finding.severity is Severity.VIOLATION
        and finding.place is not None
        and finding.place.file == edit["file"]
        and finding.path == edit.get("path", finding.path)
    )


@pytest.mark.parametrize("name", BROKEN)
def test_mistake_is_found_and_can_not_be_published(name: str, copy: Path) -> None:
    break_copy(copy, BROKEN[name])
    project = read_project(copy)
    report, graph = check_project(project)
    violations = [finding for finding in report.findings if finding.severity is Severity.VIOLATION]
    assert any(fits(finding, BROKEN[name]) for finding in violations), [(f.code, f.place, f.path) for f in violations]
    for finding in violations:
        assert finding.place is not None
        assert finding.place.line is not None
        if finding.code.startswith("shacl-"):
            assert set(finding.texts) >= {"ar", "fr", "en"}
    with pytest.raises(ValueError, match="violations"):
        CheckedGraph(project, graph, report)


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_command_ends_with_1_and_names_the_place(copy: Path, cli: Cli, language: str) -> None:
    break_copy(copy, BROKEN["province-without-region"])
    done = cli("--lang", language, "validate", cwd=copy)
    assert done.returncode == 1
    assert "data/places.csv:39:1" in done.stdout
    assert {"ar": "مخالفة", "fr": "violation", "en": "violation"}[language] in done.stdout


def identities(project: Project, graph: Graph, engine: str) -> list[tuple[str, ...]]:
    shapes = Shapes([RdfFile(path, project.base, path.name) for path in project.shapes_files])
    report = shapes.report([*graph.data, *graph.vocabulary], engine)
    return sorted(result.identity for result in shapes.results(report))


def around(graph: Graph, subjects: set[Any]) -> list[ox.Triple]:
    """The triples of some subjects, and what the things that they link to are."""
    linked = {triple.object for triple in graph.data if triple.subject in subjects}
    kinds = {f"<{PREFIXES['rdf']}type>", f"<{PREFIXES['skos']}inScheme>"}
    return [t for t in graph.data if t.subject in subjects or (t.subject in linked and str(t.predicate) in kinds)]


def waves() -> list[list[dict[str, Any]]]:
    """The edits in groups that do not touch one row twice."""
    groups: list[list[dict[str, Any]]] = []
    for edit in BROKEN.values():
        row = (edit.get("table"), edit.get("row"), edit.get("turtle"))
        free = [g for g in groups if row not in [(e.get("table"), e.get("row"), e.get("turtle")) for e in g]]
        if free:
            free[0].append(edit)
        else:
            groups.append([edit])
    return groups


def test_both_engines_say_the_same_of_every_mistake(copy: Path) -> None:
    """All mistakes in one graph, of the records that they touch: the reference engine is slow."""
    sound = build_graph(read_project(copy))
    kept, removed, added = set(sound.data), set[ox.Triple](), set[ox.Triple]()
    for number, group in enumerate(waves()):
        fresh = copy.parent / f"wave-{number}"
        shutil.copytree(copy, fresh)
        for edit in group:
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
