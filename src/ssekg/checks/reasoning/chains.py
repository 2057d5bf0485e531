"""Chains of properties that lead back into themselves, which OWL 2 DL does not allow (OWL 2 Syntax, 11.2)."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import OWL, RDF, RDFS
from ssekg.checks.reasoning.axioms import Axiom

_CHAIN: Final = ox.NamedNode(OWL + "propertyChainAxiom")
_INVERSE: Final = ox.NamedNode(OWL + "inverseOf")
_SUB_PROPERTY: Final = ox.NamedNode(RDFS + "subPropertyOf")
_EQUIVALENT: Final = ox.NamedNode(OWL + "equivalentProperty")
_FIRST: Final = ox.NamedNode(RDF + "first")
_TOP: Final = ox.NamedNode(OWL + "topObjectProperty")
Edges = dict[object, set[object]]


def irregular_chains(ontology: Iterable[Axiom]) -> list[Axiom]:
    """The axioms of chains for which the properties can't be put into an order in which each chain leads upwards.

    The property that a chain leads to has to be above those that it consists of, but for one at its beginning or its
    end that is that property itself, or for two that both are. What is said to be below another property can't be above
    it in this order, and a property and its inverse have one place in it. As the OWL API has it.
    """
    ontology = list(ontology)
    chains = [(axiom, pairs) for axiom in ontology if (pairs := _before(axiom))]
    upwards = _hierarchy(ontology)
    for _, pairs in chains:
        for lower, upper in pairs:
            upwards[lower].add(upper)
    return [axiom for axiom, pairs in chains if any(lower in _reached(upwards, upper) for lower, upper in pairs)]


def _before(axiom: Axiom) -> list[tuple[object, object]]:
    """The pairs of properties of which a chain asks that the first is below the second."""
    upper, predicate, _ = axiom.says
    if predicate != _CHAIN or upper == _TOP:
        return []
    inverses: dict[object, object] = {t.subject: t.object for t in axiom.triples if t.predicate == _INVERSE}
    members: list[object] = [t.object for t in axiom.triples if t.predicate == _FIRST]
    if len(members) == 1 or members == [upper, upper]:
        return []
    if members[0] == upper:
        members = members[1:]
    elif members[-1] == upper:
        members = members[:-1]
    return [(inverses.get(member, member), upper) for member in members]


def _hierarchy(ontology: Iterable[Axiom]) -> Edges:
    """From each property to those that are said to be above it, or the same."""
    found: Edges = defaultdict(set)
    for axiom in ontology:
        subject, predicate, value = axiom.says
        if predicate in {_SUB_PROPERTY, _EQUIVALENT, _INVERSE}:
            found[subject].add(value)
        if predicate in {_EQUIVALENT, _INVERSE}:
            found[value].add(subject)
    return found


def _reached(edges: Edges, start: object) -> set[object]:
    """A property and all that edges lead to from it."""
    found = {start}
    waiting = [start]
    while waiting:
        new = edges.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found
