"""What follows about things from ontology and data and is not stated: their classes, their links, their values."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from ssekg.checks.reasoning.axioms import Axioms, Part
from ssekg.checks.reasoning.document import document
from ssekg.checks.reasoning.hermit import Hermit
from ssekg.checks.reasoning.terms import Kind, is_reserved
from ssekg.graph.store import TYPE, Graph

# As the OWL API writes sets and maps of things: [<a>, <b>] and {<a>=[<b>], <c>=[<d>]}; what has no IRI is left out.
_IRI: Final = re.compile(r"<([^<>]+)>")
_ENTRY: Final = re.compile(r"<([^<>]+)>=\[([^\]]*)\]")


def inferences(graph: Graph, axioms: Axioms, hermit: Hermit) -> list[ox.Triple]:
    """The triples that follow from consistent axioms of a graph and are not stated in it, in no order.

    Raises:
        CannotRunError: the reasoner stopped.
    """
    classes = sorted(each.value for each in axioms.kinds.classes if isinstance(each, ox.NamedNode))
    links = sorted(term.value for term in _properties(axioms, Kind.LINK))
    found = set(_values(graph, axioms))
    with hermit.about_things(document(axioms.all, axioms.kinds)) as ask:
        for iri in classes:
            members = _IRI.findall(ask.members(iri))
            found |= {ox.Triple(ox.NamedNode(member), TYPE, ox.NamedNode(iri)) for member in members}
        for iri in links:
            for subject, values in _ENTRY.findall(ask.links(iri)):
                named = (ox.NamedNode(value) for value in _IRI.findall(values))
                found |= {ox.Triple(ox.NamedNode(subject), ox.NamedNode(iri), value) for value in named}
    return list(found.difference(graph.data, graph.vocabulary))


def _properties(axioms: Axioms, kind: Kind) -> Iterator[ox.NamedNode]:
    for term, each in axioms.kinds.properties.items():
        if each is kind and isinstance(term, ox.NamedNode) and not is_reserved(term):
            yield term


def _values(graph: Graph, axioms: Axioms) -> Iterable[ox.Triple]:
    """The values of the properties above those stated."""
    values = set(_properties(axioms, Kind.VALUE))
    for axiom in axioms.things:
        subject, predicate, value = axiom.says
        if axiom.part is Part.DATA and isinstance(value, ox.Literal):
            for above in graph.terms.above.get(predicate, frozenset()) & values:
                yield ox.Triple(subject, above, value)
