"""All checks of a project in one run, and the only way to a graph that may be published."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ssekg.base.errors import CannotRunError
from ssekg.base.files import real
from ssekg.base.findings import Finding, Report, Severity
from ssekg.base.formats import rdf_format_of
from ssekg.base.memory import apart
from ssekg.base.order import reported
from ssekg.base.triples import collected
from ssekg.checks.nearby import NEARBY, explained_findings
from ssekg.checks.registry import CHECKS
from ssekg.checks.subject import Subject
from ssekg.checks.targets import all_targets, texts_of, within
from ssekg.graph.store import Graph, build_graph
from ssekg.project.settings import PROJECT_FILE, Project
from ssekg.shacl.chunks.project_tables import project_reader
from ssekg.sources.source_text import SourceText
from ssekg.sources.table_files import is_table
from ssekg.sources.tables.table import Table

# In bytes of the files in data/.
_MUCH: Final = 10_000_000


@dataclass(frozen=True)
class CheckedGraph:
    """A graph without violations, with the report that says so. Only `check_project` makes one.

    The rows of its tables have their cells, but not what they state: places have been found by then.
    """

    project: Project
    graph: Graph
    report: Report


@dataclass(frozen=True)
class FullRun:
    """What all checks were run on, what they report, and which of the findings are by checks of what is nearby."""

    subject: Subject
    report: Report
    nearby: frozenset[int]

    def is_nearby(self, finding: Finding) -> bool:
        """Whether a check of what is nearby has found it."""
        return id(finding) in self.nearby


def check_project(project: Project, engine: str = "fast") -> CheckedGraph | Report:
    """Check a project: syntax, tables, shapes, terms, queries.

    Args:
        project: the project.
        engine: the SHACL engine, one of engines.ENGINES.

    Returns:
        The checked graph or, if there are violations, only the report.

    Raises:
        CannotRunError: a file can't be opened, or the shapes can't be used.
    """
    # What reading much takes is free again only when the process ends that has read it.
    return apart(lambda: _checked(project, engine)) if _is_much(project) else _checked(project, engine)


def _is_much(project: Project) -> bool:
    return sum(path.stat().st_size for path in project.files_in("data") if path.is_file()) > _MUCH


def _checked(project: Project, engine: str) -> CheckedGraph | Report:
    started = time.perf_counter()
    with project_reader(project) as read:
        graph = build_graph(project, read=read)
    report = apart(lambda: _run(project, graph, engine, started).report)
    if report.reaches(Severity.VIOLATION):
        return report
    # A copy is without the stores and indexes that the checks made of it.
    rested = replace(graph, data=collected(graph.data), read_from=graph.sources.with_cells_only())
    return CheckedGraph(project, rested, report)


def run_checks(project: Project, engine: str = "fast") -> FullRun:
    """Check a project for somebody who wants to know more than the report.

    Raises:
        CannotRunError: as `check_project`.
    """
    started = time.perf_counter()
    return _run(project, build_graph(project), engine, started)


def check_files(project: Project, paths: Sequence[Path], engine: str = "fast") -> Report:
    """Check files against a project: those of its own, and others as if they were in it.

    Only what is wrong in these files is reported.

    Raises:
        CannotRunError: a file can't be opened, or the shapes can't be used.
    """
    started = time.perf_counter()
    files = all_targets(paths, lambda path: rdf_format_of(path) is not None or _is_query(path) or is_table(path))
    apart = {real(path) for path in (*project.shapes_files, *project.query_files)}
    sources = [path for path in files if not _is_query(path) and real(path) not in apart]
    others = [path for path in files if _is_query(path) and real(path) not in apart]
    graph = build_graph(project, sources)
    subject = Subject(project, graph, _texts(project, graph, [*project.query_files, *others]), engine)
    found = reported(within(_findings(subject), _names(subject, files)))
    return _report(subject, found, len(files), started)


def report_of(outcome: CheckedGraph | Report) -> Report:
    """The report on a project, whether or not it may be published."""
    return outcome if isinstance(outcome, Report) else outcome.report


def _run(project: Project, graph: Graph, engine: str, started: float) -> FullRun:
    subject = Subject(project, graph, _texts(project, graph, project.query_files), engine)
    elsewhere: set[int] = set()
    raw: list[Finding] = []
    for check in CHECKS:
        here = list(check(subject))
        raw += here
        elsewhere.update(id(each) for each in here if check not in NEARBY)
    found = reported(explained_findings(subject, raw))
    files = len(graph.sources.files) + len(project.shapes_files) + len(project.query_files)
    report = _report(subject, found, files, started)
    return FullRun(subject, report, frozenset(id(each) for each in found if id(each) not in elsewhere))


def _findings(subject: Subject) -> Iterable[Finding]:
    return explained_findings(subject, [finding for check in CHECKS for finding in check(subject)])


def _report(subject: Subject, found: tuple[Finding, ...], files: int, started: float) -> Report:
    graph, validation = subject.graph, subject.validation
    return Report(
        findings=found,
        files=files,
        triples=len(graph.data) + len(graph.vocabulary),
        texts=texts_of(found, graph.sources),
        shacl=b"" if isinstance(validation, CannotRunError) else validation.report,
        seconds=time.perf_counter() - started,
    )


def _texts(project: Project, graph: Graph, queries: Iterable[Path]) -> tuple[SourceText, ...]:
    """The query files, named with the other files besides RDF and tables that findings may be in."""
    sources = graph.sources
    sources.text(project.root / PROJECT_FILE, PROJECT_FILE)
    for file in sources.files:
        if isinstance(file, Table):
            sources.text(project.root / file.description_shown, file.description_shown)
    return tuple(sources.text(path, project.shown(path)) for path in queries)


def _names(subject: Subject, files: Iterable[Path]) -> set[str]:
    """The names that findings in some files have, those of the descriptions of tables included."""
    known = {real(file.path): file for file in subject.graph.sources.files}
    tables = [file for path in files if isinstance(file := known.get(real(path)), Table)]
    return {*map(subject.project.shown, files), *(table.description_shown for table in tables)}


def _is_query(path: Path) -> bool:
    return path.suffix.lower() == ".rq"
