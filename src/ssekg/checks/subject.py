"""What the checks of a project look at, and the one signature that all of them have."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from ssekg.base.errors import CannotRunError
from ssekg.base.findings import Finding
from ssekg.base.terms import Path, Term
from ssekg.checks.graph_terms import GraphTerms
from ssekg.checks.known_terms import KnownTerms
from ssekg.checks.own_shapes import OwnShapes, read_own_shapes
from ssekg.checks.shape_graph import ShapeGraph
from ssekg.graph.imported import is_imported
from ssekg.graph.public import Public
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.shacl.engines import Validation
from ssekg.shacl.ntriples import lines
from ssekg.shacl.results import Result
from ssekg.sources.rdf.file import RdfFile
from ssekg.sources.source_text import SourceText

Statement = tuple[Term | None, Path | None, Term | None]
"""Focus node, path and value of a result; what does not apply is None."""


@dataclass(frozen=True)
class Subject:
    """A project and its graph; what several checks need of them is made once, when the first asks for it.

    `queries` are the query files to check, `engine` is the SHACL engine, one of engines.ENGINES. So many triples as
    `many` are validated in parts by all cores.
    """

    project: Project
    graph: Graph
    queries: tuple[SourceText, ...] = ()
    engine: str = "fast"
    many: int = 500_000

    @cached_property
    def known(self) -> KnownTerms:
        """The terms that the ontology declares."""
        return KnownTerms(self.graph)

    @cached_property
    def terms(self) -> GraphTerms:
        """The terms that are declared or used."""
        return GraphTerms(self.graph, self.known)

    @cached_property
    def public(self) -> Public:
        """The graph without what the project withholds."""
        return Public(self.graph, self.project.privacy)

    @cached_property
    def own_shapes(self) -> OwnShapes:
        """The project's shapes.

        Raises:
            CannotRunError: a file can't be opened, or they contain no shape.
        """
        files = [RdfFile(path, self.project.base, self.project.shown(path)) for path in self.project.shapes_files]
        self.graph.sources.texts.update((file.shown, file.source) for file in files)
        return read_own_shapes(files)

    @cached_property
    def shape_graph(self) -> ShapeGraph:
        """The shapes, to be asked what they say and where."""
        return ShapeGraph(self.own_shapes.shapes.triples, list(self.own_shapes.files), self.graph.prefixes)

    @cached_property
    def validation(self) -> Validation | CannotRunError:
        """What the engine reports, or why it can't work with these shapes."""
        stated = self.graph.stated
        try:
            if self.engine == "fast" and len(stated) >= self.many:
                from ssekg.checks.large import Limits, validated_in_parts  # which small graphs do without

                return validated_in_parts(stated, self.own_shapes.shapes, Limits())
            return self.own_shapes.shapes.validate(lines(stated), self.engine)
        except CannotRunError as problem:
            return problem

    @cached_property
    def results(self) -> list[Result]:
        """The results of SHACL but for those on what others publish; none where the engine can't work."""
        if isinstance(self.validation, CannotRunError):
            return []
        results = self.own_shapes.shapes.results(self.validation.report)
        return [result for result in results if not self.is_imported(result.focus)]

    def is_imported(self, node: object) -> bool:
        """Whether a node is a record or a term of an import, which whoever published it has checked."""
        return node in self._beside or is_imported(self.graph, node)

    @cached_property
    def _beside(self) -> frozenset[object]:
        return frozenset(triple.subject for triple in self.graph.beside)

    @cached_property
    def reported(self) -> frozenset[Statement]:
        """What SHACL has reported, which need not be reported again."""
        return frozenset((result.focus, result.path, result.value) for result in self.results)


Check = Callable[[Subject], Iterable[Finding]]
