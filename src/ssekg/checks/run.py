"""All checks of a project in one run, and the only way to a graph that may be published."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ssekg.base.errors import CannotRunError
from ssekg.base.files import real
from ssekg.base.findings import Finding, Report, Severity
from ssekg.base.formats import rdf_format_of
from ssekg.base.order import reported
from ssekg.checks import characters, dates, disjointness, ontology, portal, queries, shapes_of_shapes, unread_files
from ssekg.checks.shapes import findings
from ssekg.checks.suggestions import with_suggestions
from ssekg.checks.targets import all_targets, texts_of
from ssekg.checks.vocabulary import Vocabulary
from ssekg.graph.store import TYPE, Graph, build_graph, unique
from ssekg.project.settings import PROJECT_FILE, Project
from ssekg.shacl.ntriples import lines
from ssekg.shacl.shapes import Shapes
from ssekg.sources.load import Sources, is_table
from ssekg.sources.rdf.file import RdfFile
from ssekg.sources.tables.table import Table

# What the tables say of a value, or of a link, that SHACL then finds too.
_OF_CELLS: Final = frozenset({"table-dangling-link", "table-datatype", "table-date", "text-placeholder"})


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
    """Check a project: syntax, tables, shapes, terms, queries. With `paths`, only what is wrong in those files is told.

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
    targets = all_targets(paths, lambda file: rdf_format_of(file) is not None or _is_query(file) or is_table(file))
    graph = build_graph(project, [target for target in targets if is_table(target)])
    names = _added(project, graph, targets)
    others = [target for target in targets if _is_query(target) and not _is_among(target, project.query_files)]
    vocabulary = Vocabulary(graph)
    files = [RdfFile(path, project.base, project.shown(path)) for path in project.shapes_files]
    graph.sources.texts.update((file.shown, file.source) for file in files)
    _name_others(project, graph.sources)
    shapes, files, of_files = shapes_of_shapes.own_shapes(files)
    of_shapes = shapes_of_shapes.findings(shapes, files, graph, vocabulary, engine)
    shacl, of_shapes = _shacl(shapes, files, graph, engine, of_shapes)
    of_data = findings(shapes.results(shacl), graph, shapes)
    of_terms = ontology.findings(project, graph, vocabulary, of_data)
    of_dates = dates.findings(graph, of_data)
    of_classes = disjointness.findings(graph)
    of_queries = queries.findings(project, graph, vocabulary, others)
    of_characters = characters.findings(graph)
    of_sources = with_suggestions(characters.without_repeated(graph.sources.findings, of_characters), graph)
    of_portals = portal.findings(project, graph)
    unread = unread_files.findings(project, graph.sources)
    of_terms = [*of_characters, *of_dates, *of_classes, *of_terms]
    of_all = [*unread, *of_sources, *of_files, *of_data, *of_shapes, *of_terms, *of_queries, *of_portals]
    found = _said_once(of_all, graph)
    wanted = reported(_within(found, names)) if paths else reported(found)
    report = Report(
        findings=wanted,
        files=len(targets)
        if paths
        else len(graph.sources.files) + len(project.shapes_files) + len(project.query_files),
        triples=len(graph.data) + len(graph.vocabulary),
        texts=texts_of(wanted, graph.sources),
        shacl=shacl,
        seconds=time.perf_counter() - started,
    )
    return report, graph


def _name_others(project: Project, sources: Sources) -> None:
    """Name the files besides RDF and tables that findings may stand in, which are read only where one does."""
    sources.text(project.root / PROJECT_FILE, PROJECT_FILE)
    for file in sources.files:
        if isinstance(file, Table):
            sources.text(project.root / file.description_shown, file.description_shown)


def _shacl(
    shapes: Shapes, files: Iterable[RdfFile], graph: Graph, engine: str, of_shapes: list[Finding]
) -> tuple[bytes, list[Finding]]:
    """The engine's report; where it can't work with the shapes, none, and the findings that say why.

    Raises:
        CannotRunError: the engine can't work with the shapes, and nothing is found wrong with them.
    """
    try:
        found = shapes.validate(lines([*graph.data, *graph.vocabulary]), engine)
        return found.report, [*of_shapes, *shapes_of_shapes.left_to_pyshacl(found.slow, shapes, files, graph.prefixes)]
    except CannotRunError:
        if any(finding.severity is Severity.VIOLATION for finding in of_shapes):
            return b"", of_shapes
        raise


def _is_query(path: Path) -> bool:
    return path.suffix.lower() == ".rq"


def _added(project: Project, graph: Graph, targets: Iterable[Path]) -> set[str]:
    """Take RDF files from outside the project into its graph; the names that findings in `targets` have."""
    names = set()
    known = {real(file.path): file for file in graph.sources.files}
    for target in targets:
        file = known.get(real(target))
        if isinstance(file, Table):
            names.add(file.description_shown)
        elif file is None and not is_table(target) and not _is_checked_apart(project, target):
            _add(project, graph, target)
        names.add(project.shown(target))
    return names


def _is_checked_apart(project: Project, target: Path) -> bool:
    """Whether a file is no data: a query, or one of the project's shapes."""
    return _is_query(target) or _is_among(target, project.shapes_files)


def _is_among(target: Path, paths: Iterable[Path]) -> bool:
    return real(target) in {real(path) for path in paths}


def _add(project: Project, graph: Graph, path: Path) -> None:
    before = len(graph.sources.data)
    graph.sources.add_rdf(RdfFile(path, project.base, project.shown(path)), graph.sources.data)
    graph.data = unique([*graph.data, *graph.sources.data[before:]])


def _within(found: Iterable[Finding], names: set[str]) -> list[Finding]:
    """The findings that stand in files of these names, each there first."""
    within = []
    for finding in found:
        here = [place for place in finding.places if place.file.removesuffix("-metadata.json") in names]
        if here:
            within.append(finding.at([*here, *(place for place in finding.places if place not in here)]))
    return within


def _said_once(found: list[Finding], graph: Graph) -> list[Finding]:
    """The findings without those of SHACL on what the tables have said of the same cell.

    These are cells that are wrong, links that dangle or lead into a table that can't be read whole, things that are
    nowhere but in such a link, and values that are missing only because the cell with them could not be read.
    """
    said = {finding.place for finding in found if finding.code in _OF_CELLS}
    tables = [file for file in graph.sources.files if isinstance(file, Table)]
    lost = [table.lost for table in tables if table.lost]
    spoiled = {each for table in tables for each in table.spoiled}

    left = []
    for finding in found:
        if finding.code not in {"shacl-class", "shacl-node", "shacl-or", "shacl-min-count"}:
            left.append(finding)
            continue
        record = finding.value or (finding.focus if finding.path == TYPE else None)
        is_lost = isinstance(record, ox.NamedNode) and any(pattern.fullmatch(record.value) for pattern in lost)
        is_spoiled = finding.code == "shacl-min-count" and (finding.focus, finding.path) in spoiled
        places = [place for place in finding.places if place not in said]
        if not is_lost and not is_spoiled and (places or not finding.places):
            left.append(finding.at(places))
    return left
