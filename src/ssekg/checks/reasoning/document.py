"""What the reasoner reads of axioms: with declarations of their terms, and with values that OWL knows."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import OWL, RDFS
from ssekg.checks.reasoning.axioms import NAME, Axiom
from ssekg.checks.reasoning.literals import has_value, stand_in, stand_in_type
from ssekg.checks.reasoning.terms import Kind, Kinds
from ssekg.graph.canonical import ntriples
from ssekg.graph.store import TYPE

_CLASS: Final = ox.NamedNode(OWL + "Class")
_LINK: Final = ox.NamedNode(OWL + "ObjectProperty")
_VALUE: Final = ox.NamedNode(OWL + "DatatypeProperty")
_FUNCTIONAL: Final = ox.NamedNode(OWL + "FunctionalProperty")
_DATATYPE: Final = ox.NamedNode(RDFS + "Datatype")
_NOTHING: Final = ox.NamedNode(OWL + "Nothing")
_RESTRICTION: Final = ox.NamedNode(OWL + "Restriction")
_ON: Final = ox.NamedNode(OWL + "onProperty")
_SOME: Final = ox.NamedNode(OWL + "someValuesFrom")


def document(axioms: Iterable[Axiom], kinds: Kinds) -> bytes:
    """The axioms as N-Triples."""
    writer = _Writer(kinds)
    found = dict.fromkeys(triple for axiom in axioms for triple in writer.triples(axiom))
    terms = dict.fromkeys(term for t in found for term in (t.subject, t.predicate, t.object))
    declarations = (t for term in terms if isinstance(term, ox.NamedNode) for t in writer.declaration(term))
    return ntriples([*declarations, *found])


class _Writer:
    def __init__(self, kinds: Kinds) -> None:
        self.kinds = kinds

    def triples(self, axiom: Axiom) -> Iterator[ox.Triple]:
        if axiom.invalid:
            yield ox.Triple(axiom.says.subject, TYPE, _NOTHING)
            return
        # A parser takes a node that describes an expression once, and axioms may have one in common.
        own = {node: ox.BlankNode() for t in axiom.triples[1:] if (node := t.subject) in self.kinds.expressions}
        for subject, predicate, value in axiom.triples:
            yield from self._read(ox.Triple(own.get(subject, subject), predicate, own.get(value, value)))

    def declaration(self, term: ox.NamedNode) -> Iterator[ox.Triple]:
        kind = self.kinds.properties.get(term)
        if kind in {Kind.LINK, Kind.VALUE}:
            yield ox.Triple(term, TYPE, _LINK if kind is Kind.LINK else _VALUE)
        if term in self.kinds.classes:
            yield ox.Triple(term, TYPE, _CLASS)
        if term in self.kinds.datatypes:
            yield ox.Triple(term, TYPE, _DATATYPE)
            yield from self.kinds.datatypes[term]
        if term.value.startswith(NAME):
            yield ox.Triple(term, TYPE, _VALUE)
            yield ox.Triple(term, TYPE, _FUNCTIONAL)

    def _read(self, triple: ox.Triple) -> Iterator[ox.Triple]:
        subject, predicate, value = triple
        if isinstance(value, ox.Literal):
            if has_value(value) or self.kinds.of(predicate) is not Kind.VALUE:
                yield ox.Triple(subject, predicate, stand_in(value))
                return
            node = ox.BlankNode()
            yield ox.Triple(subject, TYPE, node)
            yield ox.Triple(node, TYPE, _RESTRICTION)
            yield ox.Triple(node, _ON, predicate)
            yield from _of_type(node, _SOME, value.datatype)
        elif isinstance(value, ox.NamedNode) and self.kinds.is_foreign(subject, predicate, value):
            yield from _of_type(subject, predicate, value)
        else:
            yield triple


def _of_type(subject: Any, predicate: ox.NamedNode, datatype: ox.NamedNode) -> Iterator[ox.Triple]:
    """A triple that leads to a datatype, by the literals that stand in for it."""
    node, described = stand_in_type(datatype)
    yield ox.Triple(subject, predicate, node)
    yield from described
