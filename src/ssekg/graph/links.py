"""What a property links to what, in a graph with all that follows from it."""

from collections.abc import Iterator

import pyoxigraph as ox

from ssekg.graph.store import Graph


def links_of(graph: Graph, *properties: ox.NamedNode) -> list[tuple[ox.NamedNode, ox.NamedNode]]:
    """The things that some properties, or narrower ones, link, in order of their IRIs."""
    pairs = {(subject, value) for subject, value in _values(graph, properties) if isinstance(value, ox.NamedNode)}
    return sorted(pairs, key=lambda pair: (pair[0].value, pair[1].value))


def literals_of(graph: Graph, *properties: ox.NamedNode) -> list[tuple[ox.NamedNode, ox.Literal]]:
    """The literals that things have of some properties, or of narrower ones, in order of the IRIs and texts."""
    pairs = {(subject, value) for subject, value in _values(graph, properties) if isinstance(value, ox.Literal)}
    return sorted(pairs, key=lambda pair: (pair[0].value, pair[1].value, str(pair[1])))


def _values(graph: Graph, properties: tuple[ox.NamedNode, ...]) -> Iterator[tuple[ox.NamedNode, object]]:
    for property_ in {each for wider in properties for each in graph.terms.below(wider)}:
        for quad in graph.matching(None, property_, None):
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.subject, quad.object
