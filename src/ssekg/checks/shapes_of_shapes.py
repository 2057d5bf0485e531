"""The shapes themselves: are they SHACL, do they name known terms, can anything meet them, are their words there?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.codes import CODES
from ssekg.base.errors import CannotRunError
from ssekg.base.findings import Finding, Severity
from ssekg.base.namespaces import RDFS, SH, Prefixes
from ssekg.base.said import Arguments, Said
from ssekg.checks.queries import Terms
from ssekg.checks.shape_graph import ShapeGraph
from ssekg.checks.shape_terms import unknown_terms, wrong_queries
from ssekg.checks.vocabulary import Vocabulary
from ssekg.graph.canonical import ntriples
from ssekg.graph.store import TYPE, Graph
from ssekg.shacl.engines import ENGINES
from ssekg.shacl.results import Result
from ssekg.shacl.routes import Reason
from ssekg.shacl.shapes import Shapes
from ssekg.sources.rdf.file import RdfFile
from ssekg.sources.suspicious_text import hidden_findings
from ssekg.sources.tables.table import Table

_XONE: Final = ox.NamedNode(SH + "XoneConstraintComponent")
_NOT_IN_NODE_SHAPES: Final = frozenset(
    f"{SH}{name}"
    for name in ("lessThan", "lessThanOrEquals", "maxCount", "minCount", "qualifiedValueShape", "uniqueLang")
)
_PATTERN: Final = ox.NamedNode(SH + "pattern")
_ALONE: Final = ox.NamedNode("x:alone")
_SUBCLASS: Final = ox.NamedNode(RDFS + "subClassOf")


def own_shapes(files: Iterable[RdfFile]) -> tuple[Shapes, list[RdfFile], list[Finding]]:
    """The shapes of a project's files, those of them that parse, and findings for the others.

    Raises:
        CannotRunError: a file can't be opened, or no shape is left.
    """
    files = list(files)
    try:
        return Shapes(files), files, []
    except CannotRunError as problem:
        if problem.code != "broken-shapes":
            raise
        broken = problem
    right, found = [], []
    for file in files:
        try:
            file.triples()
            right.append(file)
        except SyntaxError as problem:
            found.append(file.syntax_finding(problem))
    try:
        return Shapes(right), right, found
    except CannotRunError:
        raise broken from None


def findings(shapes: Shapes, files: Iterable[RdfFile], graph: Graph, vocabulary: Vocabulary) -> list[Finding]:
    """What is wrong with shapes, whatever the data are."""
    files = list(files)
    shape_graph = ShapeGraph(shapes.triples, files, graph.prefixes)
    terms = Terms(graph, vocabulary)
    hidden = [finding for file in files for finding in hidden_findings(file.source.content, file.shown)]
    return [
        *hidden,
        *_ill_formed(shape_graph),
        *wrong_queries(shape_graph, terms),
        *unknown_terms(shape_graph, terms),
        *_unused(shape_graph, graph, vocabulary),
        *_speechless(shape_graph, graph.languages),
    ]


def unusable(shapes: Shapes, files: Iterable[RdfFile], graph: Graph, engine: str) -> list[Finding]:
    """Findings for the patterns that an engine, which can't work with these shapes, refuses by themselves."""
    shape_graph = ShapeGraph(shapes.triples, list(files), graph.prefixes)
    found = []
    for triple in shapes.triples:
        if triple.predicate == _PATTERN and isinstance(triple.object, ox.Literal):
            alone = [
                ox.Triple(_ALONE, TYPE, ox.NamedNode(SH + "NodeShape")),
                ox.Triple(_ALONE, ox.NamedNode(SH + "targetNode"), _ALONE),
                *(ox.Triple(_ALONE, t.predicate, t.object) for t in shapes.triples if _belongs(t, triple)),
            ]
            try:
                ENGINES[engine](b"", alone)
            except Exception as problem:  # engines raise what they like
                name = shape_graph.name(triple.subject)
                arguments = {"shape": name, "value": triple.object.value, "problem": _last_line(problem)}
                place = shape_graph.place(triple.subject, triple.predicate, triple.object)
                found.append(Finding("shape-pattern", Severity.VIOLATION, place, arguments, shape=triple.subject))
    return found


def left_to_pyshacl(
    slow: Mapping[Any, Reason], shapes: Shapes, files: Iterable[RdfFile], prefixes: Prefixes
) -> Iterator[Finding]:
    """Findings for the shapes that the fast engine has left to pyshacl."""
    shape_graph = ShapeGraph(shapes.triples, list(files), prefixes)
    for shape, reason in slow.items():
        arguments: Arguments = {"shape": shape_graph.name(shape), "reason": Said(reason)}
        yield Finding("shape-slow", Severity.INFO, shape_graph.place(shape), arguments, shape=shape)


def _belongs(triple: ox.Triple, pattern: ox.Triple) -> bool:
    is_flags = triple.subject == pattern.subject and triple.predicate.value == SH + "flags"
    return is_flags or triple == pattern


def _last_line(problem: Exception) -> str:
    return (str(problem).strip().splitlines() or [repr(problem)])[-1]


# The SHACL of SHACL


@cache
def shacl_of_shacl() -> Shapes:
    """The shapes by which the standard judges shapes (SHACL, appendix C), as pyshacl brings them.

    Raises:
        CannotRunError: pyshacl brings them no longer.
    """
    package = find_spec("pyshacl")  # its import would cost more than the whole check
    folder = Path(next(iter(package.submodule_search_locations or ()), "")) if package is not None else Path()
    path = folder / "assets" / "shacl-shacl.ttl"
    return Shapes([RdfFile(path, "http://www.w3.org/ns/shacl-shacl#", path.name)])


def ill_formed(triples: list[ox.Triple], engine: str = "fast") -> list[Result]:
    """The results of validating shapes against the SHACL of SHACL.

    Raises:
        CannotRunError: pyshacl brings it no longer.
    """
    meta = shacl_of_shacl()
    return meta.results(meta.validate(ntriples(triples), engine).report)


def _ill_formed(shapes: ShapeGraph) -> Iterator[Finding]:
    results = ill_formed(shapes.triples)
    precise = {result.focus for result in results if result.component != _XONE}
    for result in results:
        if result.component == _XONE and not result.path:
            if result.focus in precise:
                continue  # the other result says why it is neither kind of shape
            misplaced = sorted(p.value for p in shapes.predicates(result.focus) if p.value in _NOT_IN_NODE_SHAPES)
            path = ox.NamedNode(misplaced[0]) if misplaced else None
            yield _of_result(shapes, replace(result, path=path, value=None), "shape-of-no-kind")
        else:
            code = "shape-ill-formed-count" if result.value is None else "shape-ill-formed"
            yield _of_result(shapes, result, code)


def _of_result(shapes: ShapeGraph, result: Result, code: str) -> Finding:
    focus, path, value = result.focus, result.path, result.value
    component = result.component.value.removeprefix(SH).removesuffix("ConstraintComponent")
    arguments = {
        "shape": shapes.name(focus),
        "path": shapes.prefixes.shortened(path.value) if isinstance(path, ox.NamedNode) else str(path or "–"),
        "value": shapes.name(value) if value is not None else "–",
        "rule": f"sh:{component[:1].lower()}{component[1:]}",
    }
    place = shapes.place(focus, result.predicate, value)
    return Finding(code, Severity.VIOLATION, place, arguments, shape=focus)


# Shapes that nothing meets


def _unused(shapes: ShapeGraph, graph: Graph, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Shapes whose targets nothing is, and property shapes on properties that nobody uses.

    What a table has a column for counts as used, though all its cells be empty. Where a source could not be read
    whole, nobody knows what it would have met, and nothing is told.
    """
    tables = (file for file in graph.sources.files if isinstance(file, Table))
    if any(table.is_incomplete for table in tables) or any(CODES[f.code].stops_reading for f in graph.sources.findings):
        return
    properties, classes = _used(graph)
    below = _below(graph)
    idle: set[object] = set()
    for shape in shapes.shapes:
        targets = shapes.target_classes(shape)
        others = shapes.target_properties(shape)
        if (not targets and not others) or shapes.has_other_target(shape):
            continue
        known = all(term in vocabulary.classes for term in targets) and all(p in vocabulary.properties for p in others)
        if known and not any(below.get(term, {term}) & classes for term in targets) and not properties & set(others):
            idle |= {shape, *shapes.reported_with(shape)}
            names = ", ".join(shapes.prefixes.shortened(term.value) for term in sorted([*targets, *others], key=str))
            arguments = {"shape": shapes.name(shape), "terms": names}
            yield Finding("shape-unused", Severity.INFO, shapes.place(shape), arguments, shape=shape)
    for shape in shapes.shapes:
        path = shapes.path(shape)
        if shape in idle or path is None or path in properties or shapes.forbids(shape):
            continue
        if path in vocabulary.properties:
            arguments = {"shape": shapes.name(shape), "terms": shapes.prefixes.shortened(path.value)}
            place = shapes.place(shape, ox.NamedNode(SH + "path"), path)
            yield Finding("shape-unused", Severity.INFO, place, arguments, shape=shape)


def _used(graph: Graph) -> tuple[set[object], set[object]]:
    """The properties and classes that the data use, or the tables have columns for."""
    properties: set[object] = {triple.predicate for triple in graph.data}
    classes: set[object] = {triple.object for triple in graph.data if triple.predicate == TYPE}
    for table in graph.sources.files:
        for column in table.columns if isinstance(table, Table) else ():
            if not column.predicate.variables and not column.suppressed:
                predicate = column.predicate.iri({})
                properties.add(predicate)
                if predicate == TYPE and column.value is not None and not column.value.variables:
                    classes.add(column.value.iri({}))
    return properties, classes


def _below(graph: Graph) -> dict[object, set[object]]:
    """Each class with all its subclasses and itself."""
    subclasses: dict[object, set[object]] = {}
    for triple in graph.vocabulary:
        if triple.predicate == _SUBCLASS:
            subclasses.setdefault(triple.object, set()).add(triple.subject)
    below = {}
    for start in subclasses:
        found: set[object] = set()
        waiting = [start]
        while waiting:
            node = waiting.pop()
            if node not in found:
                found.add(node)
                waiting += subclasses.get(node, ())
        below[start] = found
    return below


# What a steward reads


def _speechless(shapes: ShapeGraph, languages: Iterable[str]) -> Iterator[Finding]:
    """Property shapes whose results could not be told: without an IRI, a severity, or a message in each language."""
    for shape in shapes.reported:
        missing = [language for language in languages if language not in shapes.message_languages(shape)]
        lacks: dict[str, dict[str, str]] = {}
        if isinstance(shape, ox.BlankNode):
            lacks["shape-without-iri"] = {}
        if shapes.severity(shape) is None:
            lacks["shape-without-severity"] = {}
        if missing:
            lacks["shape-without-message"] = {"languages": ", ".join(missing)}
        for code, arguments in lacks.items():
            named = {"shape": shapes.name(shape), **arguments}
            yield Finding(code, Severity.WARNING, shapes.place(shape), named, shape=shape)
