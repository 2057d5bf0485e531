"""Records of the releases that a project imports: under their own IRIs, and called in tables as if they were ours."""

from dataclasses import replace

import pyoxigraph as ox

from ssekg.graph.store import TYPE, Graph


def is_imported(graph: Graph, node: object) -> bool:
    """Whether a node is a record of an import, or a part of one."""
    return bool(graph.import_bases) and isinstance(node, ox.NamedNode) and node.value.startswith(graph.import_bases)


def as_ours(graph: Graph, node: ox.NamedNode) -> ox.NamedNode:
    """The IRI that a record of an import would have here, as the cells of tables call it; others have their own."""
    base = next((each for each in graph.import_bases if node.value.startswith(each)), None)
    return node if base is None else ox.NamedNode(graph.base + node.value.removeprefix(base))


def with_imported_names(graph: Graph) -> Graph:
    """The same graph, which also knows what all records of imports are called, not only those that are linked to.

    It is for finding what people mean; the checks look at the graph as it is.
    """
    about = (triples for each in graph.sources.imports for triples in each.about.values())
    known = [
        each for triples in about for each in triples if isinstance(each.object, ox.Literal) or each.predicate == TYPE
    ]
    return replace(graph, vocabulary=[*graph.vocabulary, *known]) if known else graph
