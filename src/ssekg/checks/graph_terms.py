"""What queries and shapes may name: the terms of the ontology, and what the data know."""

from functools import cached_property

import pyoxigraph as ox

from ssekg.base.findings import Severity
from ssekg.base.said import Arguments
from ssekg.base.spelling import nearest_name
from ssekg.checks.known_terms import KnownTerms, Role
from ssekg.checks.names import suggested_term
from ssekg.graph.replacements import Replacements, last, replacements_of
from ssekg.graph.store import Graph
from ssekg.queries.parameters import known_types


class GraphTerms:
    """The terms that are declared or used in a graph."""

    def __init__(self, graph: Graph, known: KnownTerms) -> None:
        """Keep both; the data are looked through when a query names something that the ontology does not have."""
        self.graph = graph
        self.known = known

    @cached_property
    def used(self) -> frozenset[str]:
        """The IRIs of all predicates and objects of the data."""
        nodes = {node for triple in self.graph.data for node in (triple.predicate, triple.object)}
        return frozenset(node.value for node in nodes if isinstance(node, ox.NamedNode))

    @cached_property
    def types(self) -> list[str]:
        """The types that the parameters of queries may have."""
        return known_types(self.graph)

    @cached_property
    def things(self) -> frozenset[str]:
        """The IRIs that the data say something of."""
        subjects = {triple.subject for triple in self.graph.data}
        return frozenset(subject.value for subject in subjects if isinstance(subject, ox.NamedNode))

    @cached_property
    def _replacements(self) -> Replacements:
        return replacements_of(self.graph.stated)

    def is_replaced(self, iri: str) -> bool:
        """Whether a term is deprecated, or a record withdrawn."""
        return ox.NamedNode(iri) in self._replacements

    def replacement(self, iri: str) -> Arguments:
        """The argument `nearest` of a hint about what is deprecated or withdrawn: what takes its place in the end."""
        return suggested_term(self.graph, last(ox.NamedNode(iri), self._replacements))

    def doubt(self, iri: str) -> Severity | None:
        """How grave it is to name this IRI, None where nothing is wrong with it."""
        if iri.startswith(self.graph.base):
            return None if iri == self.graph.base or iri in self.things else Severity.VIOLATION
        severity = self.known.doubt(ox.NamedNode(iri))
        if severity is None or iri in self.used:
            return None
        # Its vocabulary has it, but no data of this graph: the query finds nothing by it.
        return Severity.WARNING if severity is Severity.INFO else severity

    def suggestion(self, iri: str) -> Arguments:
        """The argument `nearest` of a hint about an unknown IRI."""
        if not iri.startswith(self.graph.base):
            return suggested_term(self.graph, self.known.nearest(ox.NamedNode(iri), Role.ANY))
        kind = iri.rpartition("/")[0]
        nearest = nearest_name(iri, (thing for thing in self.things if thing.startswith(kind))) or nearest_name(
            iri, self.things
        )
        return suggested_term(self.graph, ox.NamedNode(nearest) if nearest else None)
