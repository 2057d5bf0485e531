"""Pitfalls of properties: their domains and ranges, their inverses, what they are said to be."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import OWL, namespace_of
from ssekg.checks.ontology_quality.expressions import Expressions
from ssekg.checks.ontology_quality.found import Found
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

_SYMMETRIC: Final = ox.NamedNode(OWL + "SymmetricProperty")
_TRANSITIVE: Final = ox.NamedNode(OWL + "TransitiveProperty")
_CHAIN: Final = ox.NamedNode(OWL + "propertyChainAxiom")
_BEING: Final = frozenset({"is", "isa", "is-a", "is_a"})


def named_is(ontology: Ontology) -> Iterator[Found]:
    """P03: a property called “is”."""
    for term in ontology.object_properties:
        if term.value.removeprefix(namespace_of(term.value)).lower() in _BEING:
            yield Found("OOPS-P03", term)


def without_domain_or_range(ontology: Ontology) -> Iterator[Found]:
    """P11: properties without a domain or a range, stated or by a property above them."""
    names = {DOMAIN: "rdfs:domain", RANGE: "rdfs:range"}
    for term in ontology.properties:
        missing = [name for predicate, name in names.items() if not ontology.inherited(term, predicate)]
        if missing:
            yield Found("OOPS-P11", term, values={"missing": ", ".join(missing)})


def without_inverse(ontology: Ontology) -> Iterator[Found]:
    """P13: object properties without an inverse, and which other may be it: one from its range to its domain."""
    expressions = Expressions(ontology)
    lacking = [
        term
        for term in ontology.object_properties
        if not _inverses(ontology, term) and _SYMMETRIC not in ontology.values(term, TYPE)
    ]
    ends = {
        term: tuple(expressions.keys(ontology.values(term, predicate)) for predicate in (DOMAIN, RANGE))
        for term in lacking
    }
    between: dict[tuple[object, ...], list[ox.NamedNode]] = defaultdict(list)
    for term, pair in ends.items():
        between[pair].append(term)
    for term, pair in ends.items():
        candidates = [other for other in between.get(pair[::-1], []) if other != term] if all(pair) else []
        # Of several nobody knows which.
        yield Found("OOPS-P13", term, others=tuple(candidates) if len(candidates) == 1 else ())


def with_several_domains(ontology: Ontology) -> Iterator[Found]:
    """P19: properties with several domains or ranges, which OWL takes as all of them at once."""
    expressions = Expressions(ontology)
    for term in ontology.properties:
        for predicate in (DOMAIN, RANGE):
            values = ontology.values(term, predicate)
            another = next((each for each in values[1:] if not expressions.are_same(values[:1], [each])), None)
            if another is not None:
                name = "rdfs:domain" if predicate == DOMAIN else "rdfs:range"
                yield Found("OOPS-P19", term, ox.Triple(term, predicate, another), values={"property": name})


def recursive(ontology: Ontology) -> Iterator[Found]:
    """P24: classes and properties that are used in their own definition."""
    expressions = Expressions(ontology)
    of_properties = (DOMAIN, RANGE, INVERSE, EQUIVALENT_PROPERTY, SUB_PROPERTY)
    for terms, predicates in ((ontology.classes, (EQUIVALENT_CLASS, SUB_CLASS)), (ontology.properties, of_properties)):
        for term in terms:
            defining = [ox.Triple(term, p, value) for p in predicates for value in ontology.values(term, p)]
            for statement in (*defining, *expressions.definitions(term)):
                # A class that is below itself by name is a circle.
                is_circle = statement.predicate == SUB_CLASS and statement.object == term
                if not is_circle and term in expressions.terms(statement.object):
                    yield Found("OOPS-P24", term, statement)
                    break


def inverse_of_itself(ontology: Ontology) -> Iterator[Found]:
    """P25: properties that are said to be their own inverse."""
    for term in ontology.object_properties:
        if term in ontology.values(term, INVERSE):
            yield Found("OOPS-P25", term, ox.Triple(term, INVERSE, term))


def inverse_of_symmetric(ontology: Ontology) -> Iterator[Found]:
    """P26: symmetric properties with an inverse."""
    for term in ontology.object_properties:
        inverses = [each for each in _inverses(ontology, term) if each != term]
        if inverses and _SYMMETRIC in ontology.values(term, TYPE):
            yield Found("OOPS-P26", term, others=tuple(inverses[:1]))


def wrongly_symmetric(ontology: Ontology) -> Iterator[Found]:
    """P28: symmetric properties that lead from one class to another."""
    return _between_two("OOPS-P28", _SYMMETRIC, ontology)


def wrongly_transitive(ontology: Ontology) -> Iterator[Found]:
    """P29: transitive properties that lead from one class to another."""
    return _between_two("OOPS-P29", _TRANSITIVE, ontology)


def _between_two(code: str, kind: ox.NamedNode, ontology: Ontology) -> Iterator[Found]:
    expressions = Expressions(ontology)
    for term in ontology.object_properties:
        domains, ranges = ontology.values(term, DOMAIN), ontology.values(term, RANGE)
        is_of_kind = kind in ontology.values(term, TYPE)
        if is_of_kind and domains and ranges and not expressions.are_same(domains, ranges):
            yield Found(code, term, ox.Triple(term, TYPE, kind))


def chains_of_one(ontology: Ontology) -> Iterator[Found]:
    """P33: chains of a single property."""
    for subject, predicate, value in ontology.with_predicate(_CHAIN):
        if isinstance(subject, ox.NamedNode) and len(ontology.members(value)) == 1:
            yield Found("OOPS-P33", subject, ox.Triple(subject, predicate, value))


def _inverses(ontology: Ontology, term: ox.NamedNode) -> list[ox.NamedNode]:
    """The properties that are its inverse by a statement about either."""
    found = [*ontology.values(term, INVERSE), *ontology.subjects(INVERSE, term)]
    return [each for each in found if isinstance(each, ox.NamedNode)]
