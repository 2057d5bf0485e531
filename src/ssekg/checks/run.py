"""All checks of a project in one run, and the only way to a graph that may be published."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ssekg.checks.shapes import Shapes, findings
from ssekg.findings import Finding, Report, Severity, in_order
from ssekg.graph.store import Graph, build_graph, unique
from ssekg.project import Project
from ssekg.sources.load import Sources, open_table
from ssekg.sources.rdf import FORMATS, RdfFile


@dataclass(frozen=True)
class CheckedGraph:
    """A graph without violations. It can be made only with the report that says so."""

    project: Project
    graph: Graph
    report: Report

    def __post_init__(self) -> None:
        """Refuse a graph whose report has violations.

        Raises:
            ValueError: there are violations.
        """
        if self.report.reaches(Severity.VIOLATION):
            raise ValueError("violations")


def check_project(project: Project, engine: str = "fast", paths: Sequence[Path] = ()) -> tuple[Report, Graph]:
    """Check a project: syntax, tables, shapes. With `paths`, only what is wrong in those files is reported.

    Args:
        project: the project.
        engine: the SHACL engine, one of shapes.ENGINES.
        paths: files of the project, or others, which are then checked as if they lay in it.

    Returns:
        The report, and the graph that was checked.

    Raises:
        CannotRunError: a file can't be opened, or the shapes are no shapes.
    """
    started = time.perf_counter()
    graph = build_graph(project)
    names = _added(project, graph, paths)
    found = _said_once([*graph.sources.findings, *_shape_findings(project, graph, engine)])
    wanted = in_order(_within(found, names)) if paths else in_order(found)
    files = len(names) if paths else len(graph.sources.files)
    triples = len(graph.data) + len(graph.vocabulary)
    return Report(wanted, files, triples, time.perf_counter() - started), graph


def check_with_shapes(paths: Sequence[Path], shapes: Sequence[Path], engine: str = "fast") -> tuple[Report, Graph]:
    """Validate any RDF files with any shapes, with no project: their syntax, and SHACL.

    Raises:
        CannotRunError: a file can't be opened or has an unknown format, or the shapes are no shapes.
    """
    started = time.perf_counter()
    compiled = Shapes([_loose(path) for path in shapes])
    sources = Sources()
    for path in paths:
        sources.add_rdf(_loose(path), sources.data)
    graph = Graph("", unique(sources.data), [], sources)
    found = [*sources.findings, *findings(compiled.results(graph.data, engine), graph)]
    return Report(in_order(found), len(paths), len(graph.data), time.perf_counter() - started), graph


def _loose(path: Path) -> RdfFile:
    return RdfFile(path, path.resolve().as_uri(), str(path))


def _added(project: Project, graph: Graph, paths: Iterable[Path]) -> set[str]:
    """Take files from outside the project into its graph; the names that findings in `paths` have."""
    names = set()
    known = {file.path.resolve() for file in graph.sources.files}
    for path in paths:
        for target in _targets(path):
            if target.resolve() not in known:
                _add(project, graph, target)
            names.add(project.shown(target))
    return names


def _targets(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(file for file in path.rglob("*") if file.suffix in {*FORMATS, ".csv"})
    return [path]


def _add(project: Project, graph: Graph, path: Path) -> None:
    before = len(graph.sources.data)
    if path.suffix == ".csv":
        graph.sources.add_table(open_table(project, path.with_name(path.name + "-metadata.json")))
    else:
        graph.sources.add_rdf(RdfFile(path, project.base, project.shown(path)), graph.sources.data)
    graph.data = unique([*graph.data, *graph.sources.data[before:]])


def _within(found: Iterable[Finding], names: set[str]) -> list[Finding]:
    return [f for f in found if f.place is not None and f.place.file.removesuffix("-metadata.json") in names]


def _said_once(found: list[Finding]) -> list[Finding]:
    """The findings without those of SHACL on links that dangle: the tables have said so of the same cell."""
    dangling = {finding.place for finding in found if finding.code == "table-dangling-link"}
    return [finding for finding in found if finding.code != "shacl-class" or finding.place not in dangling]


def _shape_findings(project: Project, graph: Graph, engine: str) -> list[Finding]:
    shapes = Shapes([RdfFile(path, project.base, project.shown(path)) for path in project.shapes_files])
    return findings(shapes.results([*graph.data, *graph.vocabulary], engine), graph)
