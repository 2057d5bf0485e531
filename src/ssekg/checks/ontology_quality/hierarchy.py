"""Pitfalls of the hierarchy of classes."""

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import OWL
from ssekg.checks.ontology_quality.expressions import Expressions
from ssekg.checks.ontology_quality.found import Found
from ssekg.checks.ontology_quality.ontology import Ontology
from ssekg.checks.ontology_quality.statements import DOMAIN, EQUIVALENT_CLASS, RANGE, SUB_CLASS, THING, TYPE

_ALL_DISJOINT: Final = ox.NamedNode(OWL + "AllDisjointClasses")
_DISJOINT: Final = tuple(ox.NamedNode(OWL + name) for name in ("disjointWith", "disjointUnionOf"))
Classes = set[ox.NamedNode]


def unconnected(ontology: Ontology) -> Iterator[Found]:
    """P04: classes that nothing ties to the rest.

    A class is tied by a class above or below it, as the domain or range of a property, or in a class expression; those
    that are equivalent to a tied one are tied too. What is said to be equivalent, or above and below at once, is one.
    """
    tied = _in_axioms(ontology) | _in_hierarchy(ontology)
    for term in ontology.classes:
        alike = {term, *ontology.values(term, EQUIVALENT_CLASS), *ontology.subjects(EQUIVALENT_CLASS, term)}
        if not alike & tied:
            yield Found("OOPS-P04", term)


def _in_axioms(ontology: Ontology) -> set[object]:
    """The classes that are a domain or a range, or have to do with a class expression."""
    expressions = Expressions(ontology)
    tied: set[object] = set()
    for predicate in (DOMAIN, RANGE, SUB_CLASS, EQUIVALENT_CLASS):
        for subject, _, value in ontology.with_predicate(predicate):
            if isinstance(value, ox.BlankNode):
                tied |= {subject, *expressions.terms(value)}
            elif predicate in {DOMAIN, RANGE}:
                tied.add(value)
    for term in ontology.classes:
        for definition in expressions.definitions(term):
            tied |= {term, *expressions.terms(definition.object)}
    return tied


def _in_hierarchy(ontology: Ontology) -> set[object]:
    """The classes that have another above or below them which is not in turn below or above."""
    above = {term: _above(ontology, term) for term in ontology.classes}
    pairs = ((lower, upper) for lower, uppers in above.items() for upper in uppers - {lower, THING})
    return {term for lower, upper in pairs if lower not in above.get(upper, ()) for term in (lower, upper)}


def cycles(ontology: Ontology) -> Iterator[Found]:
    """P06: classes that are below themselves."""
    above = {term: _above(ontology, term) for term in ontology.classes}
    left = [term for term, uppers in above.items() if term in uppers]
    while left:
        first = left[0]
        circle = [each for each in left if each in above[first] and first in above[each]]
        left = [each for each in left if each not in circle]
        following = [each for each in _named(ontology.values(first, SUB_CLASS)) if first in above.get(each, {each})]
        statement = ox.Triple(first, SUB_CLASS, following[0]) if following else None
        yield Found("OOPS-P06", first, statement, tuple(circle[1:]))


def without_disjointness(ontology: Ontology) -> Iterator[Found]:
    """P10: several classes, and nothing that says of any that they have no members in common."""
    is_said = any(map(ontology.with_predicate, _DISJOINT)) or bool(ontology.subjects(TYPE, _ALL_DISJOINT))
    if len(ontology.classes) > 1 and not is_said:
        yield Found("OOPS-P10", ontology.header, values={"count": str(len(ontology.classes))})


def _above(ontology: Ontology, term: ox.NamedNode) -> Classes:
    """The named classes above a class; itself only where it is below itself."""
    found: Classes = set()
    waiting: list[ox.NamedNode] = _named(ontology.values(term, SUB_CLASS))
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting += _named(ontology.values(each, SUB_CLASS))
    return found


def _named(values: Iterable[object]) -> list[ox.NamedNode]:
    return [value for value in values if isinstance(value, ox.NamedNode)]
