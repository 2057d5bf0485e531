"""Any RDF with any shapes, as a SHACL validator takes them: no project is needed."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Final

from ssekg.base.errors import BrokenShapesError, CannotRunError
from ssekg.base.files import real
from ssekg.base.findings import Finding, Report, Severity
from ssekg.base.formats import rdf_format_of
from ssekg.base.order import reported
from ssekg.base.terms import PathExpression, predicates_of
from ssekg.checks.consequences import explained
from ssekg.checks.large import DataInParts, Limits, are_large, in_parts
from ssekg.checks.shape_graph import ShapeGraph
from ssekg.checks.shapes import findings
from ssekg.checks.shapes_of_shapes import left_to_pyshacl, loose_findings
from ssekg.checks.targets import all_targets, texts_of
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.shacl.engines import Validation
from ssekg.shacl.ntriples import count, joined, lines, triples_about
from ssekg.shacl.results import Result
from ssekg.shacl.shapes import Shapes
from ssekg.sources.keys import check_keys
from ssekg.sources.load import Sources, table_alone
from ssekg.sources.rdf.file import RdfFile
from ssekg.sources.rdf.labels import file_mark
from ssekg.sources.records import Records
from ssekg.sources.suspicious_text import hidden_findings
from ssekg.sources.table_files import is_table
from ssekg.sources.tables.reader import read_table
from ssekg.sources.tables.table import Table, TableSource

# Of what the standard does not allow, each engine would make something else.
_ILL_FORMED: Final = frozenset({"shape-ill-formed", "shape-ill-formed-count"})
_USUAL: Final = Limits()


def check_with_shapes(
    paths: Sequence[Path],
    shapes: Sequence[Path],
    engine: str = "fast",
    limits: Limits = _USUAL,
    project: Callable[[], Project | None] = lambda: None,
) -> Report:
    """Validate any RDF files and described tables with any shapes: their syntax, keys and links, and SHACL.

    No project is needed; tables are read with the addresses and prefixes of the one that `project` gives.

    Raises:
        CannotRunError: a file can't be opened or has an unknown format, or the shapes can't be used.
    """
    started = time.perf_counter()
    is_on_cluster = engine == "spark"
    engine = "fast" if is_on_cluster else engine
    opened: AbstractContextManager[_HeldData | DataInParts]
    if is_on_cluster:
        from ssekg.checks.cluster import names_on_cluster, on_cluster

        names = names_on_cluster(paths)
        opened = on_cluster(names, Sources(), limits)
    else:
        paths = all_targets(paths, lambda file: rdf_format_of(file) is not None)
        opened = _opened(loose_files(paths, project), engine, limits)
    files = [_loose(path) for path in shapes]
    compiled = Shapes(files)
    of_shapes = loose_findings(compiled, files, engine)
    if any(finding.code in _ILL_FORMED for finding in of_shapes):
        raise _broken(compiled, files, of_shapes)
    with opened as data:
        try:
            validation = data.validate(compiled)
        except CannotRunError as problem:
            if problem.code == "broken-shapes" and any(each.severity is Severity.VIOLATION for each in of_shapes):
                raise _broken(compiled, files, of_shapes) from problem
            raise
        results = compiled.results(validation.report)
        graph = data.graph(results)
        of_shapes += left_to_pyshacl(validation.slow, ShapeGraph(compiled.triples, files, graph.prefixes))
        graph.sources.texts |= {file.shown: file.source for file in files}
        tables = [file for file in graph.sources.files if isinstance(file, Table)]
        graph.sources.findings += _linking_findings(tables)
        told: Iterable[Finding] = [*graph.sources.findings, *findings(results, graph)]
        found = reported([*(explained(told, graph) if tables else told), *of_shapes])
        texts: dict[str, str | Mapping[int, str]] = {**texts_of(found, graph.sources), **data.texts(found)}
    return Report(
        findings=found,
        files=len(paths),
        triples=data.triples,
        texts=texts,
        shacl=validation.report,
        seconds=time.perf_counter() - started,
    )


class _HeldData:
    """The data of some files, all held at once."""

    def __init__(self, files: Iterable[RdfFile | TableSource], sources: Sources, engine: str) -> None:
        self.sources = sources
        self.triples = 0
        self._engine = engine
        self._parts = [_read(file, sources) for file in files]

    def validate(self, shapes: Shapes) -> Validation:
        """Validate with the engine."""
        return shapes.validate(joined(self._parts), self._engine)

    def graph(self, results: Sequence[Result]) -> Graph:
        """What the data say of that which results mention; they are not held any longer."""
        mentioned = {term for result in results for term in (result.focus, result.predicate, result.value) if term}
        foci = {result.focus for result in results}
        complex_paths = (result.path for result in results if isinstance(result.path, PathExpression))
        along = {predicate for path in complex_paths for predicate in predicates_of(path)}
        for file, part in zip(self.sources.files, self._parts, strict=True):
            if isinstance(file, RdfFile):
                file.subjects = frozenset(triple.subject for triple in triples_about(part, mentioned, along, foci))
        data = joined(self._parts)
        self.triples = count(data)
        self._parts = []  # what follows reads the files again where something was found
        return Graph("", triples_about(data, mentioned, along, foci), [], self.sources)

    def texts(self, _found: Iterable[Finding]) -> Mapping[str, Mapping[int, str]]:
        """Nothing: all files have been read as they are."""
        return {}


@contextmanager
def _opened(files: Sequence[RdfFile | TableSource], engine: str, limits: Limits) -> Iterator[_HeldData | DataInParts]:
    """The data of some files, all of them, or in parts if they are large and the engine allows."""
    sources = Sources()
    for file in files:
        if isinstance(file, TableSource):
            sources.text(file.description, file.description_shown)
    if engine == "fast" and are_large(files, limits):
        with in_parts(files, sources, limits) as parts:
            yield parts
    else:
        yield _HeldData(files, sources, engine)


def _broken(shapes: Shapes, files: Iterable[RdfFile], found: Iterable[Finding]) -> BrokenShapesError:
    wrong = [finding for finding in reported(found) if finding.severity is Severity.VIOLATION]
    return BrokenShapesError(shapes.shown, wrong, {file.shown: file.source.text for file in files})


def loose_files(paths: Iterable[Path], project: Callable[[], Project | None]) -> list[RdfFile | TableSource]:
    """RDF files and described tables as they are read by themselves.

    Tables have the addresses and prefixes of a project, if there is one, which only they need.

    Raises:
        CannotRunError: a table has no description, or the project is broken.
    """
    return [
        table_alone(path, number, project()) if is_table(path) else _loose(path, file_mark(number))
        for number, path in enumerate(paths, start=1)
    ]


def _linking_findings(tables: Sequence[Table]) -> list[Finding]:
    """What is wrong with keys, and with the links from one table to another that is there as well."""
    elsewhere = Records((), "", unread=[""])  # nobody knows what other files define
    return [found for found in check_keys(tables, elsewhere) if found.code != "table-unknown-table"]


def _loose(path: Path, mark: str = "") -> RdfFile:
    return RdfFile(path, real(path).as_uri(), str(path), mark)


def _read(file: RdfFile | TableSource, sources: Sources) -> bytes:
    """The triples of a file as N-Triples, none if it does not parse; what is wrong with it goes to the findings."""
    if isinstance(file, TableSource):
        table = read_table(file)
        sources.files.append(table)
        sources.findings += table.findings
        return lines(table.triples())
    sources.files.append(file)
    sources.texts[file.shown] = file.source
    try:
        content = file.ntriples()
    except SyntaxError as problem:
        sources.findings.append(file.syntax_finding(problem))
        return b""
    lost = file.lost_findings()
    if not content and not lost:
        sources.findings.append(file.empty_finding())
    sources.findings += [*hidden_findings(file.source.content, file.shown), *lost]
    return content
