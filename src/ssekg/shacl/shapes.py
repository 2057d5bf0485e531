"""SHACL shapes, compiled once, and the results that an engine reports of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.errors import CannotRunError
from ssekg.base.namespaces import SH
from ssekg.base.said import Said
from ssekg.queries.syntax import LEAVES_THE_GRAPH, tokens, too_deep
from ssekg.shacl.engines import ENGINES
from ssekg.shacl.ntriples import joined, lines
from ssekg.shacl.paths import path_text
from ssekg.sources.rdf.file import RdfFile
from ssekg.sources.rdf.labels import file_mark

_MESSAGE: Final = ox.NamedNode(SH + "message")
_QUERIES: Final = frozenset(ox.NamedNode(SH + name) for name in ("select", "ask", "construct", "update"))


@dataclass(frozen=True, order=True)
class Result:
    """One SHACL validation result, each part as an N-Triples term (the path in SPARQL's notation) or ""."""

    focus: str
    path: str
    value: str
    component: str
    severity: str
    shape: str
    messages: tuple[tuple[str, str], ...] = ()

    @property
    def identity(self) -> tuple[str, ...]:
        """All but the messages: what two engines must agree on. Blank-node shapes have no name to agree on."""
        shape = "" if self.shape.startswith("_:") else self.shape
        return (self.focus, self.path, self.value, self.component, self.severity, shape)


class Shapes:
    """The shapes of some files, compiled once."""

    def __init__(self, files: Iterable[RdfFile]) -> None:
        """Read the shapes.

        Raises:
            CannotRunError: a file can't be read or parsed, or there is no shape in them.
        """
        parts: list[list[ox.Triple]] = []
        files = list(files)
        self.shown = ", ".join(file.shown for file in files) or "shapes/"
        for file in files:
            file.mark = file_mark(len(parts) + 1, "s")
            try:
                parts.append(file.triples())
            except SyntaxError as problem:
                place = f"{file.shown}:{problem.lineno}:{problem.offset}"
                raise CannotRunError("broken-shapes", file=place, problem=problem.msg) from None
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

    def report(self, data: Iterable[ox.Triple], engine: str = "fast") -> bytes:
        """The sh:ValidationReport of validating `data` with one of ENGINES, as N-Triples.

        Raises:
            CannotRunError: the engine can't work with these shapes.
        """
        return self.report_of(lines(data), engine)

    def report_of(self, data: bytes, engine: str = "fast") -> bytes:
        """The same for data in N-Triples as pyoxigraph writes them.

        Raises:
            CannotRunError: the engine can't work with these shapes.
        """
        self._refuse_unsafe_queries()
        try:
            return ENGINES[engine](data, lines(self.triples))
        except Exception as problem:  # engines raise what they like for shapes that are none
            raise CannotRunError("broken-shapes", file=self.shown, problem=str(problem).partition("\n")[0]) from problem

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
        about: dict[Any, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for quad in ox.parse(report, ox.RdfFormat.N_TRIPLES):
            about[quad.subject][quad.predicate.value].append(quad.object)
        nodes = [node for parts in list(about.values()) for node in parts.get(SH + "result", [])]
        return sorted(self._result(about[node], about) for node in nodes)

    def _result(self, parts: Mapping[str, list[Any]], about: Mapping[Any, Mapping[str, list[Any]]]) -> Result:
        def one(name: str) -> str:
            return str(parts[SH + name][0]) if parts.get(SH + name) else ""

        messages = (
            (said.language or self.tag_of_message.get(said.value, ""), said.value)
            for said in parts.get(SH + "resultMessage", [])
        )
        paths = parts.get(SH + "resultPath")
        return Result(
            focus=one("focusNode"),
            path=path_text(paths[0], about) if paths else "",
            value=one("value"),
            component=one("sourceConstraintComponent"),
            severity=one("resultSeverity"),
            shape=one("sourceShape"),
            messages=tuple(sorted(set(messages))),
        )


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


def term_of(notation: str) -> Any:
    """The term of an N-Triples notation, None for "" and for what is no single term."""
    if not notation or not notation.startswith(("<", '"', "_:")):
        return None
    try:
        return next(iter(ox.parse(f"<x:> <x:> {notation} .", ox.RdfFormat.N_TRIPLES))).object
    except SyntaxError:
        return None
