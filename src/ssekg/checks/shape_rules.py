"""The SPARQL rules of shapes: those that are not supported, and those that derive what others may state as well."""

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from ssekg.base.findings import Finding, Severity
from ssekg.base.namespaces import RDF, SH
from ssekg.base.said import Arguments
from ssekg.checks.names import named_term
from ssekg.checks.shape_graph import ShapeGraph
from ssekg.graph.store import Graph
from ssekg.shacl.rules import Rules

_TYPE: Final = ox.NamedNode(RDF + "type")
_CONSTRUCT: Final = ox.NamedNode(SH + "construct")


def wrong_rules(shapes: ShapeGraph, graph: Graph) -> Iterator[Finding]:
    """Findings for rules that can't be run, and for properties that they derive though the ontology does not say so.

    What does not parse is reported with the other queries of shapes. A rule may add values to a property that it reads,
    such as the broader concepts of those stated.
    """
    found = Rules(shapes.triples)
    for triple, problem in found.refused:
        if problem.code != "rule-syntax":
            arguments: Arguments = {"shape": shapes.name(triple.subject), "reason": problem}
            yield Finding("shape-rule", Severity.VIOLATION, shapes.place(*triple), arguments, shape=triple.subject)
    for rule in found.rules:
        for term in sorted(rule.derives - graph.terms.derived - {_TYPE}, key=str):
            place = shapes.place(rule.node, _CONSTRUCT)
            arguments = {"shape": shapes.name(rule.shape), "term": named_term(graph, term)}
            yield Finding("shape-rule-property", Severity.WARNING, place, arguments, shape=rule.shape)
