"""The codes of concepts (skos:notation), for properties whose values are codes and not the concepts themselves."""

from collections.abc import Mapping
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import SKOS
from ssekg.graph.store import Graph

_BROADER: Final = ox.NamedNode(SKOS + "broader")
_NOTATION: Final = ox.NamedNode(SKOS + "notation")


def codes_below(graph: Graph, concept: ox.NamedNode) -> Mapping[ox.NamedNode, str]:
    """The concepts below another, however far, with the first code of each that has one, in order."""
    reached, latest = {concept}, {concept}
    while latest:
        latest = {each for broad in latest for each in _narrower(graph, broad)} - reached
        reached |= latest
    codes = {each: _code(graph, each) for each in sorted(reached - {concept}, key=str)}
    return {each: code for each, code in codes.items() if code is not None}


def _narrower(graph: Graph, concept: ox.NamedNode) -> set[ox.NamedNode]:
    found = (quad.subject for quad in graph.matching(None, _BROADER, concept))
    return {each for each in found if isinstance(each, ox.NamedNode)}


def _code(graph: Graph, concept: ox.NamedNode) -> str | None:
    found = (quad.object for quad in graph.matching(concept, _NOTATION, None))
    return min((each.value for each in found if isinstance(each, ox.Literal)), default=None)
