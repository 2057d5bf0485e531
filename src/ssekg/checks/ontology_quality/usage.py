"""Which terms an ontology uses as classes and as properties, and where it does so first."""

from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import OWL
from ssekg.checks.ontology_quality.ontology import Ontology
from ssekg.checks.ontology_quality.statements import (
    DOMAIN,
    EQUIVALENT_CLASS,
    EQUIVALENT_PROPERTY,
    INVERSE,
    RANGE,
    SUB_CLASS,
    SUB_PROPERTY,
    TYPE,
)


def _owl(*names: str) -> frozenset[ox.NamedNode]:
    return frozenset(ox.NamedNode(OWL + name) for name in names)


_OF_CLASSES: Final = frozenset({SUB_CLASS, EQUIVALENT_CLASS}) | _owl("disjointWith")
_TO_CLASSES: Final = (
    _OF_CLASSES | {TYPE, DOMAIN, RANGE} | _owl("onClass", "someValuesFrom", "allValuesFrom", "complementOf")
)
_OF_PROPERTIES: Final = frozenset({SUB_PROPERTY, EQUIVALENT_PROPERTY, INVERSE, DOMAIN, RANGE}) | _owl(
    "propertyDisjointWith"
)
_TO_PROPERTIES: Final = (_OF_PROPERTIES - {DOMAIN, RANGE}) | _owl("onProperty")
Uses = dict[ox.NamedNode, ox.Triple]


def classes_in_use(ontology: Ontology) -> Uses:
    """What is used as a class, each with the first statement that does so."""
    return _used(ontology, _OF_CLASSES, _TO_CLASSES)


def properties_in_use(ontology: Ontology) -> Uses:
    """What axioms use as a property, each with the first statement that does so."""
    return _used(ontology, _OF_PROPERTIES, _TO_PROPERTIES)


def _used(ontology: Ontology, before: frozenset[ox.NamedNode], after: frozenset[ox.NamedNode]) -> Uses:
    """What is the subject of some predicates, or the object of others."""
    found: Uses = {}
    for triple in ontology.triples:
        if triple.predicate in before and isinstance(triple.subject, ox.NamedNode):
            found.setdefault(triple.subject, triple)
        if triple.predicate in after and isinstance(triple.object, ox.NamedNode):
            found.setdefault(triple.object, triple)
    return found
