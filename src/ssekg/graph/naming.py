"""What things are called in front of people: by their label, else by what they belong to, else by their identifier."""

from typing import Final

import pyoxigraph as ox

from ssekg.base.language import isolate, joined
from ssekg.base.namespaces import SSE, shortened
from ssekg.graph.store import TYPE, Graph

_INDICATOR: Final = ox.NamedNode(SSE + "indicator")


def name_of(graph: Graph, term: ox.NamedNode | ox.BlankNode | ox.Literal, language: str) -> str:
    """The name of a term for someone who reads `language`, isolated if it runs the other way."""
    if isinstance(term, ox.NamedNode):
        return isolate(graph.label(term, language) or _node_name(graph, term, language), language)
    return isolate(term.value, language) if isinstance(term, ox.Literal) else str(term)


def values(graph: Graph, subject: ox.NamedNode, predicate: str) -> list[str]:
    """The texts of a property of a thing, in order of characters."""
    quads = graph.store.quads_for_pattern(subject, ox.NamedNode(predicate), None)
    return sorted(quad.object.value for quad in quads if isinstance(quad.object, ox.Literal))


def _node_name(graph: Graph, node: ox.NamedNode, language: str) -> str:
    """Figures are called by what they measure; other nodes without a label by the thing that they belong to."""
    measured = [quad.object for quad in graph.store.quads_for_pattern(node, _INDICATOR, None)]
    if measured:
        names = [name_of(graph, indicator, language) for indicator in measured if isinstance(indicator, ox.NamedNode)]
        return joined([*names, *values(graph, node, SSE + "value"), *values(graph, node, SSE + "period")], language)
    record, hash_sign, _ = node.value.partition("#")
    owner = graph.label(ox.NamedNode(record), language) if hash_sign else None
    if owner is None:
        return shortened(node.value, graph.base)
    paragraph = values(graph, node, SSE + "paragraphNumber")
    if paragraph:
        return joined([isolate(owner, language), f"§{paragraph[0]}"], language)
    kinds = [quad.object for quad in graph.store.quads_for_pattern(node, TYPE, None)]
    names = [label for kind in kinds if isinstance(kind, ox.NamedNode) and (label := graph.label(kind, language))]
    return f"{isolate(owner, language)} ({min(names)})" if names else shortened(node.value, graph.base)
