"""What in a query of the user's own the graph does not know, or no longer uses."""

from dataclasses import replace

from ssekg.base.findings import Finding, Severity
from ssekg.checks.graph_terms import GraphTerms
from ssekg.checks.known_terms import KnownTerms
from ssekg.checks.queries import of_terms
from ssekg.graph.store import Graph
from ssekg.queries.library import Query
from ssekg.sources.places import Lines


def doubtful_terms(query: Query, graph: Graph) -> list[Finding]:
    """Warnings about terms of a query."""
    terms = GraphTerms(graph, KnownTerms(graph))
    found = of_terms(Lines(query.name, query.text), terms, graph.prefixes.namespaces)
    return [replace(each, severity=Severity.WARNING) for each in found]
