"""All that a graph says of one thing: what it and its parts have, and what points to it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from ssekg.base.triples import joined
from ssekg.graph.store import Graph

Object = ox.NamedNode | ox.BlankNode | ox.Literal
Statements = dict[ox.NamedNode, list[Object]]
"""The values of each property of a node, in order of their terms."""


@dataclass(frozen=True)
class Description:
    """One thing.

    `statements` are its own, `details` those of the nodes that belong to it (fragments of its IRI); `mentions` map a
    property to the other things that have it with this one as value. `derived` are the statements that rules made.
    """

    term: ox.NamedNode
    statements: Statements
    details: dict[ox.NamedNode, Statements]
    mentions: dict[ox.NamedNode, list[ox.NamedNode]]
    derived: frozenset[ox.Triple]


def describe(graph: Graph, term: ox.NamedNode) -> Description:
    """The description of a thing, everything in order of IRI or text.

    What the ontology entails of a statement says nothing new to a reader, and is left out.
    """
    found: dict[ox.NamedNode, Statements] = defaultdict(lambda: defaultdict(list))
    made = set()
    for triple in _about(term, graph.by_record.get(ox.NamedNode(term.value.partition("#")[0]), ())):
        subject, value = triple.subject, triple.object
        if not isinstance(subject, ox.NamedNode) or isinstance(value, ox.Triple):
            continue
        if value not in found[subject][triple.predicate]:
            found[subject][triple.predicate].append(value)
        if triple in graph.made_shortcuts:
            made.add(triple)
    mentions: dict[ox.NamedNode, list[ox.NamedNode]] = defaultdict(list)
    for quad in graph.matching(None, None, term):
        subject = quad.subject
        if isinstance(subject, ox.NamedNode) and subject not in found and not graph.is_entailed(quad.triple):
            mentions[quad.predicate].append(subject)
    return Description(
        term=term,
        statements=dict(found.pop(term, {})),
        details={node: dict(statements) for node, statements in found.items()},
        mentions={each: sorted(mentions[each], key=str) for each in sorted(mentions, key=str)},
        derived=frozenset(made),
    )


def statements_of(graph: Graph, node: ox.NamedNode) -> Statements:
    """What is said of a node itself, in order of their terms."""
    found: Statements = defaultdict(list)
    for subject, predicate, value in graph.by_record.get(ox.NamedNode(node.value.partition("#")[0]), ()):
        if subject == node and not isinstance(value, ox.Triple):
            found[predicate].append(value)
    return dict(found)


def triples_about(graph: Graph, term: ox.NamedNode) -> list[ox.Triple]:
    """The triples whose subject is the thing or a node that belongs to it."""
    return _about(term, joined(graph.triples, graph.vocabulary))


def _about(term: ox.NamedNode, triples: Sequence[ox.Triple]) -> list[ox.Triple]:
    prefix = f"{term.value}#"
    return [
        triple
        for triple in triples
        if triple.subject == term
        or (isinstance(triple.subject, ox.NamedNode) and triple.subject.value.startswith(prefix))
    ]
