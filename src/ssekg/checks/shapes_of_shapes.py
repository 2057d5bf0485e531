"""The shapes themselves: are they SHACL, do they name known terms, can anything meet them, are their words there?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.errors import CannotRunError
from ssekg.base.findings import Finding, Severity
from ssekg.base.namespaces import SH, Prefixes
from ssekg.base.said import Arguments, Said
from ssekg.checks.graph_terms import GraphTerms
from ssekg.checks.shape_graph import ShapeGraph
from ssekg.checks.shape_patterns import wrong_patterns
from ssekg.checks.shape_rules import wrong_rules
from ssekg.checks.shape_terms import STANDARDS, unknown_terms, wrong_queries
from ssekg.checks.shape_use import unused_shapes
from ssekg.checks.subject import Subject
from ssekg.graph.canonical import ntriples
from ssekg.shacl.results import Result
from ssekg.shacl.routes import Reason
from ssekg.shacl.shapes import Shapes
from ssekg.shacl.standard import shacl_of_shacl
from ssekg.sources.rdf.file import RdfFile
from ssekg.sources.suspicious_text import hidden_findings

_XONE: Final = ox.NamedNode(SH + "XoneConstraintComponent")
_NOT_IN_NODE_SHAPES: Final = frozenset(
    f"{SH}{name}"
    for name in ("lessThan", "lessThanOrEquals", "maxCount", "minCount", "qualifiedValueShape", "uniqueLang")
)


def check(subject: Subject) -> list[Finding]:
    """What is wrong with the shapes of a project, whatever the data are.

    Raises:
        CannotRunError: a file can't be opened, or the engine can't work with the shapes though nothing is wrong.
    """
    shapes, graph = subject.shape_graph, subject.graph
    found = [
        *subject.own_shapes.findings,
        *_of_any_shapes(shapes, subject.terms, subject.engine),
        *unused_shapes(shapes, graph, subject.known),
        *_speechless(shapes, graph.languages),
        *wrong_rules(shapes, graph),
    ]
    if not isinstance(subject.validation, CannotRunError):
        return [*found, *left_to_pyshacl(subject.validation.slow, shapes)]
    if not any(finding.severity is Severity.VIOLATION for finding in found):
        raise subject.validation
    return found


def loose_findings(shapes: Shapes, files: Iterable[RdfFile], engine: str) -> list[Finding]:
    """What is wrong with shapes that belong to no project: whether they are SHACL, no more."""
    files = list(files)
    return _of_any_shapes(ShapeGraph(shapes.triples, files, Prefixes()), STANDARDS, engine)


def _of_any_shapes(shapes: ShapeGraph, terms: GraphTerms, engine: str) -> list[Finding]:
    hidden = [finding for file in shapes.files for finding in hidden_findings(file.source.content, file.shown)]
    return [
        *hidden,
        *(finding for file in shapes.files for finding in file.lost_findings()),
        *_ill_formed(shapes),
        *wrong_patterns(shapes, engine),
        *wrong_queries(shapes, terms),
        *unknown_terms(shapes, terms),
    ]


def left_to_pyshacl(slow: Mapping[Any, Reason], shapes: ShapeGraph) -> Iterator[Finding]:
    """Findings for the shapes that the fast engine has left to pyshacl."""
    for shape, reason in slow.items():
        arguments: Arguments = {"shape": shapes.name(shape), "reason": Said(reason)}
        yield Finding("shape-slow", Severity.INFO, shapes.place(shape), arguments, shape=shape)


# The SHACL of SHACL


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


# What a steward reads


def _speechless(shapes: ShapeGraph, languages: Iterable[str]) -> Iterator[Finding]:
    """Property shapes whose results would not be clear: without an IRI, a severity, or a message in each language."""
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
