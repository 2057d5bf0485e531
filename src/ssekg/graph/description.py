"""All that a graph says of one thing: what it is, what it has, its sources, and what points to it."""

from collections import defaultdict
from dataclasses import dataclass

import pyoxigraph as ox

from ssekg.base.namespaces import DCT, EVIDENCE
from ssekg.graph.store import LABELS, TYPE, Graph

_SOURCES = {DCT + "source", EVIDENCE + "passage"}


@dataclass(frozen=True)
class Description:
    """One thing.

    `names` are literals; `types` and `sources` are IRIs; `statements` map a property to its values, `details` to the
    nodes that belong to the thing (fragments of its IRI), `mentions` map a property to the other things that have it
    with this one as value.
    """

    term: ox.NamedNode
    names: tuple[ox.Literal, ...]
    types: tuple[ox.NamedNode, ...]
    statements: dict[ox.NamedNode, list[ox.NamedNode | ox.BlankNode | ox.Literal]]
    details: tuple["Description", ...]
    sources: tuple[ox.NamedNode, ...]
    mentions: dict[ox.NamedNode, list[ox.NamedNode]]


def describe(graph: Graph, term: ox.NamedNode) -> Description:
    """The description of a thing, everything in order of IRI or text.

    What the ontology entails of a statement says nothing new to a reader, and is left out.
    """
    entailed = frozenset(graph.derived).difference(graph.shortcuts)
    return _described(graph, term, entailed, with_details=True)


def triples_about(graph: Graph, term: ox.NamedNode) -> list[ox.Triple]:
    """The triples whose subject is the thing or a node that belongs to it."""
    prefix = f"{term.value}#"
    return [
        triple
        for triple in (*graph.triples, *graph.vocabulary)
        if triple.subject == term
        or (isinstance(triple.subject, ox.NamedNode) and triple.subject.value.startswith(prefix))
    ]


def _described(graph: Graph, term: ox.NamedNode, entailed: frozenset[ox.Triple], *, with_details: bool) -> Description:
    names: list[ox.Literal] = []
    types: list[ox.NamedNode] = []
    sources: list[ox.NamedNode] = []
    statements: dict[ox.NamedNode, list[ox.NamedNode | ox.BlankNode | ox.Literal]] = defaultdict(list)
    prefix = f"{term.value}#"
    for quad in sorted(graph.store.quads_for_pattern(term, None, None), key=str):
        value = quad.object
        if isinstance(value, ox.Triple) or quad.triple in entailed:
            continue
        if quad.predicate in LABELS and isinstance(value, ox.Literal):
            names.append(value)
        elif quad.predicate == TYPE and isinstance(value, ox.NamedNode):
            types.append(value)
        elif quad.predicate.value in _SOURCES and isinstance(value, ox.NamedNode):
            sources.append(value)
        else:
            statements[quad.predicate].append(value)
    nodes = {triple.subject for triple in triples_about(graph, term)} - {term} if with_details else set()
    details = sorted((node for node in nodes if isinstance(node, ox.NamedNode)), key=lambda node: node.value)
    mentions: dict[ox.NamedNode, list[ox.NamedNode]] = defaultdict(list)
    for quad in sorted(graph.store.quads_for_pattern(None, None, term), key=str) if with_details else ():
        if not isinstance(quad.subject, ox.NamedNode) or quad.triple in entailed:
            continue
        if not quad.subject.value.startswith(prefix):
            mentions[quad.predicate].append(quad.subject)
    return Description(
        term=term,
        names=tuple(names),
        types=tuple(types),
        statements=dict(statements),
        details=tuple(_described(graph, node, entailed, with_details=False) for node in details),
        sources=tuple(sources),
        mentions=dict(mentions),
    )
