"""All checks of a project in one run, and the only way to a graph that may be published."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ssekg.base.errors import CannotRunError
from ssekg.base.files import real
from ssekg.base.findings import Finding, Report, Severity
from ssekg.base.formats import rdf_format_of
from ssekg.base.namespaces import Prefixes
from ssekg.base.order import reported
from ssekg.base.terms import PathExpression, predicates_of
from ssekg.checks import characters, dates, disjointness, ontology, portal, queries, shapes_of_shapes, unread_files
from ssekg.checks.shapes import findings
from ssekg.checks.suggestions import with_suggestions
from ssekg.checks.vocabulary import Vocabulary
from ssekg.graph.store import TYPE, Graph, build_graph, unique
from ssekg.project.settings import PROJECT_FILE, Project
from ssekg.shacl.ntriples import about, count, joined, lines
from ssekg.shacl.shapes import Shapes
from ssekg.sources.load import Sources, is_table
from ssekg.sources.rdf.file import RdfFile
from ssekg.sources.rdf.labels import file_mark
from ssekg.sources.suspicious_text import hidden_findings
from ssekg.sources.tables.table import Table

# What the tables say of a value, or of a link, that SHACL then finds too.
_OF_CELLS: Final = frozenset({"table-dangling-link", "table-datatype", "table-date"})


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
    targets = _all_targets(paths, lambda file: rdf_format_of(file) is not None or _is_query(file) or is_table(file))
    graph = build_graph(project, [target for target in targets if is_table(target)])
    names = _added(project, graph, targets)
    others = [target for target in targets if _is_query(target) and not _is_among(target, project.query_files)]
    vocabulary = Vocabulary(graph)
    files = [RdfFile(path, project.base, project.shown(path)) for path in project.shapes_files]
    graph.sources.texts.update((file.shown, file.source) for file in files)
    _name_others(project, graph.sources)
    shapes, files, of_files = shapes_of_shapes.own_shapes(files)
    of_shapes = shapes_of_shapes.findings(shapes, files, graph, vocabulary)
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
        texts=_texts(wanted, graph.sources),
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
        of_shapes = [*of_shapes, *shapes_of_shapes.unusable(shapes, files, graph, engine)]
        if any(finding.severity is Severity.VIOLATION for finding in of_shapes):
            return b"", of_shapes
        raise


def check_with_shapes(paths: Sequence[Path], shapes: Sequence[Path], engine: str = "fast") -> tuple[Report, Graph]:
    """Validate any RDF files with any shapes, with no project: their syntax, and SHACL.

    Returns:
        The report, and a graph of what the files say about the things that the report speaks of.

    Raises:
        CannotRunError: a file can't be opened or has an unknown format, or the shapes are no shapes.
    """
    started = time.perf_counter()
    paths = _all_targets(paths, lambda file: rdf_format_of(file) is not None)
    files = [_loose(path) for path in shapes]
    compiled = Shapes(files)
    _refuse_ill_formed(compiled, shapes)
    sources = Sources()
    parts = [_read(_loose(path), sources) for path in paths]
    data = joined(parts)
    validation = compiled.validate(data, engine)
    results = compiled.results(validation.report)
    spoken_of = {term for result in results for term in (result.focus, result.predicate, result.value) if term}
    foci = {result.focus for result in results}
    complex_paths = (result.path for result in results if isinstance(result.path, PathExpression))
    along = {predicate for path in complex_paths for predicate in predicates_of(path)}
    for file, part in zip(sources.files, parts, strict=True):
        file.subjects = frozenset(triple.subject for triple in about(part, spoken_of, along, foci))
    graph = Graph("", about(data, spoken_of, along, foci), [], sources)
    triples = count(data)
    del data, parts  # what follows reads the files again where something was found
    of_shapes = shapes_of_shapes.left_to_pyshacl(validation.slow, compiled, files, graph.prefixes)
    sources.texts |= {file.shown: file.source for file in files}
    found = reported([*sources.findings, *findings(results, graph), *of_shapes])
    report = Report(
        findings=found,
        files=len(paths),
        triples=triples,
        texts=_texts(found, sources),
        shacl=validation.report,
        seconds=time.perf_counter() - started,
    )
    return report, graph


def _refuse_ill_formed(compiled: Shapes, paths: Iterable[Path]) -> None:
    """Refuse shapes that say a thing twice, or not at all, that the standard wants once; an engine would guess."""
    for result in shapes_of_shapes.ill_formed(compiled.triples):
        if result.component.value.endswith("CountConstraintComponent") and result.predicate is not None:
            values = sum((t.subject, t.predicate) == (result.focus, result.predicate) for t in compiled.triples)
            problem = f"{result.focus}: {Prefixes().shortened(result.predicate.value)} × {values}"
            raise CannotRunError("broken-shapes", file=", ".join(map(str, paths)), problem=problem)


def _read(file: RdfFile, sources: Sources) -> bytes:
    """The triples of a file as N-Triples, none if it does not parse; what is wrong with it goes to the findings."""
    sources.files.append(file)
    sources.texts[file.shown] = file.source
    file.mark = file_mark(len(sources.files))
    try:
        content = file.ntriples()
    except SyntaxError as problem:
        sources.findings.append(file.syntax_finding(problem))
        return b""
    if not content:
        sources.findings.append(file.empty_finding())
    sources.findings += hidden_findings(file.source.content, file.shown)
    return content


def _texts(found: Iterable[Finding], sources: Sources) -> dict[str, str]:
    """The text of each file that a finding stands in."""
    named = {finding.place.file for finding in found if finding.place is not None}
    tables = {file.shown: file.text for file in sources.files if isinstance(file, Table) and file.shown in named}
    texts = {shown: source.text for shown, source in sources.texts.items() if shown in named}
    return texts | {shown: text for shown, text in tables.items() if text is not None}


def _is_query(path: Path) -> bool:
    return path.suffix.lower() == ".rq"


def _loose(path: Path) -> RdfFile:
    return RdfFile(path, real(path).as_uri(), str(path))


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


def _all_targets(paths: Iterable[Path], is_ours: Callable[[Path], bool]) -> list[Path]:
    """The files themselves and, of folders, what is ours in them, each once.

    Raises:
        CannotRunError: there is nothing of ours in a folder.
    """
    targets: dict[Path, Path] = {}
    for path in paths:
        found = sorted(file for file in path.rglob("*") if is_ours(file)) if path.is_dir() else [path]
        if not found:
            raise CannotRunError("nothing-to-check", folder=str(path))
        for file in found:
            targets.setdefault(real(file), file)
    return list(targets.values())


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
