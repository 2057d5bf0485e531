"""SHACL shapes, compiled once, and the results that an engine reports of them."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial
from typing import Final

import pyoxigraph as ox

from ssekg.base.errors import BrokenShapesError, CannotRunError
from ssekg.base.files import writing
from ssekg.base.findings import Finding
from ssekg.base.namespaces import SH
from ssekg.base.said import Said
from ssekg.queries.syntax import LEAVES_THE_GRAPH, tokens, too_deep
from ssekg.shacl.engines import ENGINES, Validation
from ssekg.shacl.ntriples import joined, lines
from ssekg.shacl.results import Result, read_results
from ssekg.sources.rdf.file import RdfFile
from ssekg.sources.rdf.labels import file_mark

_MESSAGE: Final = ox.NamedNode(SH + "message")
_QUERIES: Final = frozenset(ox.NamedNode(SH + name) for name in ("select", "ask", "construct", "update"))


class Shapes:
    """The shapes of some files, compiled once."""

    def __init__(self, files: Iterable[RdfFile]) -> None:
        """Read the shapes.

        Raises:
            CannotRunError: a file can't be opened, or they contain no shape.
            BrokenShapesError: files do not parse.
        """
        parts: list[list[ox.Triple]] = []
        wrong: list[Finding] = []
        files = list(files)
        self.shown = ", ".join(file.shown for file in files) or "shapes/"
        for file in files:
            file.mark = file_mark(len(parts) + 1, "s")
            try:
                parts.append(file.triples())
            except SyntaxError as problem:
                wrong.append(file.syntax_finding(problem))
        if wrong:
            raise BrokenShapesError(self.shown, wrong, {file.shown: file.source.text for file in files})
        self.triples = _as_one(parts)
        targets = {SH + name for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "target")}
        kinds = {SH + "NodeShape", SH + "PropertyShape"}
        if not any(t.predicate.value in targets or getattr(t.object, "value", "") in kinds for t in self.triples):
            raise CannotRunError("no-shapes", files=self.shown)

    @cached_property
    def tag_of_message(self) -> dict[str, str]:
        """The language of each message text, for engines that lose the tag."""
        messages = (t.object for t in self.triples if t.predicate == _MESSAGE and isinstance(t.object, ox.Literal))
        return {message.value: message.language or "" for message in messages}

    def validate(self, data: bytes, engine: str = "fast") -> Validation:
        """Validate data, N-Triples as pyoxigraph writes them, with one of ENGINES.

        Raises:
            CannotRunError: the engine can't work with these shapes.
        """
        return self.validated(partial(ENGINES[engine], data))

    def validated(self, validate: Callable[[Sequence[ox.Triple]], Validation]) -> Validation:
        """Validate with a function that is given the shapes.

        Raises:
            CannotRunError: it can't work with these shapes.
        """
        self._refuse_unsafe_queries()
        try:
            with writing():  # engines keep data there
                return validate(self.triples)
        except CannotRunError:
            raise
        except Exception as problem:  # engines may raise anything for what is not SHACL
            words = " ".join(str(problem).split())
            raise CannotRunError("broken-shapes", file=self.shown, problem=words) from problem

    def _refuse_unsafe_queries(self) -> None:
        """Refuse what an engine must not be given: a query that leaves the graph, or nests until the process ends."""
        for triple in self.triples:
            if triple.predicate not in _QUERIES or not isinstance(triple.object, ox.Literal):
                continue
            found = list(tokens(triple.object.value))
            leaving = next((word for kind, token, _ in found if (word := _clause(kind, token))), None)
            if leaving or too_deep(found) is not None:
                problem = Said("query-leaves", {"clause": leaving}) if leaving else Said("query-too-deep")
                raise CannotRunError("broken-shapes", file=self.shown, problem=problem)

    def results(self, report: bytes) -> list[Result]:
        """The results that a report of these shapes holds, in order."""
        return read_results(report, self.tag_of_message)


def _clause(kind: str, token: str) -> str | None:
    """The clause that leaves the graph and that a token begins; rdflib takes `FROM:x` for one too."""
    word = token.partition(":")[0].upper() if kind in {"word", "name"} else ""
    return word if word in LEAVES_THE_GRAPH else None


def _as_one(parts: list[list[ox.Triple]]) -> list[ox.Triple]:
    """The triples of several files; a label that two files have names two blank nodes."""
    content = [lines(part) for part in parts]
    together = joined(content)
    if together == b"".join(content):
        return [triple for part in parts for triple in part]
    return [quad.triple for quad in ox.parse(together, ox.RdfFormat.N_TRIPLES)]
