"""The vocabulary in the files of ontology/: decided by what a statement is about, never by the name of its file."""

from collections.abc import Iterable, Sequence
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Triple

from ssekg.base.namespaces import OWL, RDF, RDFS

_TYPE: Final = NamedNode(RDF + "type")
_TERMS: Final = frozenset({RDFS + "Class", RDFS + "Datatype", RDF + "Property"})
# What OWL calls a thing that is not a term of a vocabulary.
_THINGS: Final = frozenset({OWL + "Thing", OWL + "NamedIndividual"})


def terms_of(triples: Iterable[Triple]) -> frozenset[object]:
    """The classes, properties, datatypes and ontologies that are declared, by a type of RDFS or OWL."""
    return frozenset(t.subject for t in triples if t.predicate == _TYPE and _is_of_terms(t.object))


def _is_of_terms(kind: object) -> bool:
    iri = kind.value if isinstance(kind, NamedNode) else ""
    return iri in _TERMS or (iri.startswith(OWL) and iri not in _THINGS)


def parted(triples: Sequence[Triple], base: str) -> tuple[list[Triple], list[Triple]]:
    """The statements of an ontology that are vocabulary, and those about records, which are data; each in their order.

    A record has an IRI under `base` and is not declared as a term, like the concepts of a list. Statements about a
    blank node go with what leads to it; a blank node that nothing leads to is vocabulary, as the axioms of OWL are.
    """
    terms = terms_of(triples)
    above = {triple.object: triple.subject for triple in triples if isinstance(triple.object, BlankNode)}

    def is_record(node: object) -> bool:
        seen = set()
        while isinstance(node, BlankNode) and node in above and node not in seen:
            seen.add(node)
            node = above[node]
        return isinstance(node, NamedNode) and node.value.startswith(base) and node not in terms

    vocabulary: list[Triple] = []
    records: list[Triple] = []
    for triple in triples:
        (records if is_record(triple.subject) else vocabulary).append(triple)
    return vocabulary, records
