"""Why data contradict an ontology, where the cause is plain.

A reasoner finds every contradiction and says of none what it consists of. The usual ones are a thing of two classes
that exclude each other, and one with more values of a property than it may have.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import OWL, RDFS
from ssekg.base.said import Said, Several
from ssekg.checks.disjointness import above, clashes
from ssekg.checks.names import named_node, named_term
from ssekg.graph.origins import Node
from ssekg.graph.store import TYPE, Graph
from ssekg.project.vocabulary import DISTINCT

_FUNCTIONAL: Final = ox.NamedNode(OWL + "FunctionalProperty")
_DOMAIN: Final = ox.NamedNode(RDFS + "domain")
_RANGE: Final = ox.NamedNode(RDFS + "range")
_SUB_CLASS: Final = ox.NamedNode(RDFS + "subClassOf")
_ON_PROPERTY: Final = ox.NamedNode(OWL + "onProperty")
_ON_CLASS: Final = ox.NamedNode(OWL + "onClass")
_AT_MOST: Final = tuple(
    ox.NamedNode(OWL + name)
    for name in ("maxCardinality", "cardinality", "maxQualifiedCardinality", "qualifiedCardinality")
)


@dataclass(frozen=True)
class _Limit:
    """How many values a thing may have: of the class `on` only, counting values of the class `of` only, if given."""

    most: int
    on: ox.NamedNode | None = None
    of: ox.NamedNode | None = None


def contradictions(graph: Graph) -> list[Said]:
    """A message for each plain contradiction of the data with the ontology, in order of things."""
    types = _types(graph)
    disjoint = [
        Said(
            "reason-disjoint",
            {
                "thing": named_node(graph, clash.thing),
                "one": named_term(graph, clash.one),
                "other": named_term(graph, clash.other),
            },
        )
        for clash in clashes(graph, types)
    ]
    return [*disjoint, *_too_many(graph, types)]


def _types(graph: Graph) -> dict[Node, set[ox.NamedNode]]:
    """The classes of each thing: those stated, and those that the domains and ranges of its properties imply."""
    implied: dict[ox.NamedNode, dict[ox.NamedNode, set[ox.NamedNode]]] = {_DOMAIN: {}, _RANGE: {}}
    for subject, predicate, value in graph.vocabulary:
        if predicate in implied and isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode):
            implied[predicate].setdefault(subject, set()).add(value)
    types: dict[Node, set[ox.NamedNode]] = defaultdict(set)
    for subject, predicate, value in graph.data:
        if predicate == TYPE and isinstance(value, ox.NamedNode) and isinstance(subject, Node):
            types[subject].add(value)
        for ours in above(graph, predicate):
            if isinstance(subject, Node):
                types[subject] |= implied[_DOMAIN].get(ours, set())
            if isinstance(value, Node):
                types[value] |= implied[_RANGE].get(ours, set())
    return types


def _too_many(graph: Graph, types: Mapping[Node, Iterable[ox.NamedNode]]) -> Iterator[Said]:
    """The things that have more values of a property than they may."""
    classes: dict[object, frozenset[ox.NamedNode]] = {
        thing: frozenset(upper for kind in kinds for upper in above(graph, kind)) for thing, kinds in types.items()
    }
    limits = _limits(graph)
    for (thing, predicate), held in sorted(_different_values(graph, classes).items(), key=str):
        for limit in limits.get(predicate, ()) if len(held) > 1 else ():
            counted = [value for value in held if limit.of is None or limit.of in classes.get(value, ())]
            if len(counted) > limit.most and (limit.on is None or limit.on in classes.get(thing, ())):
                arguments = {
                    "thing": named_node(graph, thing),
                    "property": named_term(graph, predicate),
                    "most": str(limit.most),
                    "values": Several(tuple(named_node(graph, value) for value in sorted(counted, key=str))),
                }
                yield Said("reason-too-many", arguments)
                break


def _different_values(
    graph: Graph, classes: Mapping[object, frozenset[ox.NamedNode]]
) -> dict[tuple[Node, ox.NamedNode], set[ox.NamedNode | ox.Literal]]:
    """The values of each property of each thing that can't be one and the same: texts, and things that are distinct."""
    distinct = {kind for role in graph.terms.with_role(DISTINCT) for kind in graph.terms.below(role)}
    values: dict[tuple[Node, ox.NamedNode], set[ox.NamedNode | ox.Literal]] = defaultdict(set)
    for subject, predicate, value in graph.data:
        is_distinct = isinstance(value, ox.NamedNode) and classes.get(value, frozenset()) & distinct
        if isinstance(subject, Node) and (is_distinct or isinstance(value, ox.Literal)):
            for ours in above(graph, predicate):
                values[subject, ours].add(value)
    return values


def _limits(graph: Graph) -> dict[ox.NamedNode, list[_Limit]]:
    """How many values each property may have."""
    limits: dict[ox.NamedNode, list[_Limit]] = defaultdict(list)
    restrictions: dict[object, dict[ox.NamedNode, Any]] = defaultdict(dict)
    for subject, predicate, value in graph.vocabulary:
        if predicate == TYPE and value == _FUNCTIONAL and isinstance(subject, ox.NamedNode):
            limits[subject].append(_Limit(1))
        elif predicate in {_ON_PROPERTY, _ON_CLASS, *_AT_MOST}:
            restrictions[subject][predicate] = value
    for subject, predicate, value in graph.vocabulary:
        restriction = restrictions.get(value, {}) if predicate == _SUB_CLASS else {}
        most = next((restriction[name] for name in _AT_MOST if name in restriction), None)
        if _ON_PROPERTY in restriction and isinstance(most, ox.Literal) and isinstance(subject, ox.NamedNode):
            limits[restriction[_ON_PROPERTY]].append(_Limit(int(most.value), subject, restriction.get(_ON_CLASS)))
    return limits
