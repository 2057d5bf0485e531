"""What the terms of an ontology are to OWL: classes, datatypes, properties of links and of values, annotations."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import OWL, RDF, RDFS, XSD
from ssekg.checks.reasoning.literals import is_of_owl
from ssekg.graph.store import TYPE


class Kind(StrEnum):
    """What a property is."""

    LINK = "link"
    VALUE = "value"
    ANNOTATION = "annotation"


_PROPERTIES: Final[Mapping[object, Kind]] = {
    ox.NamedNode(OWL + "ObjectProperty"): Kind.LINK,
    ox.NamedNode(OWL + "DatatypeProperty"): Kind.VALUE,
    ox.NamedNode(OWL + "AnnotationProperty"): Kind.ANNOTATION,
    **{
        ox.NamedNode(f"{OWL}{name}Property"): Kind.LINK
        for name in ("InverseFunctional", "Symmetric", "Asymmetric", "Transitive", "Reflexive", "Irreflexive")
    },
}
_CLASSES: Final = frozenset({ox.NamedNode(OWL + "Class"), ox.NamedNode(RDFS + "Class")})
_DATATYPE: Final = ox.NamedNode(RDFS + "Datatype")
_TOPS: Final = frozenset(ox.NamedNode(OWL + name) for name in ("Thing", "Nothing"))
_RANGE: Final = ox.NamedNode(RDFS + "range")
_SUB_CLASS: Final = ox.NamedNode(RDFS + "subClassOf")
_ALIKE: Final = frozenset(
    {ox.NamedNode(RDFS + "subPropertyOf")} | {ox.NamedNode(OWL + n) for n in ("equivalentProperty", "inverseOf")}
)
_INVERSE: Final = ox.NamedNode(OWL + "inverseOf")
_DEFINITIONS: Final = frozenset(ox.NamedNode(OWL + name) for name in ("equivalentClass", "onDatatype", "oneOf"))
_NIL: Final = ox.NamedNode(RDF + "nil")
# A blank node with one of these is an expression, a list or an axiom; one without is a thing.
_STRUCTURAL: Final = frozenset(
    {ox.NamedNode(RDF + "first"), ox.NamedNode(RDF + "rest")}
    | {
        ox.NamedNode(OWL + name)
        for name in (
            *("onProperty", "onProperties", "unionOf", "intersectionOf", "complementOf", "oneOf", "inverseOf"),
            *("datatypeComplementOf", "onDatatype", "annotatedSource"),
        )
    }
)
_RESERVED: Final = (OWL, RDF, RDFS, XSD)


@dataclass(frozen=True)
class Kinds:
    """What the terms are.

    `properties` are those that are of one kind only. `datatypes` are those that the ontology defines, with how, and
    `foreign` those that it names and nobody defines to OWL. `expressions` are the blank nodes that are no things, and
    `backward` those of them that are a property read backwards.
    """

    properties: Mapping[object, Kind]
    classes: frozenset[object]
    datatypes: Mapping[object, Sequence[ox.Triple]]
    foreign: frozenset[object]
    expressions: frozenset[object]
    backward: frozenset[object]

    def of(self, term: object) -> Kind | None:
        """What a property is; None for what is not declared, or declared as what exclude each other."""
        return Kind.LINK if term in self.backward else self.properties.get(term)

    def is_class(self, term: object) -> bool:
        """Whether something is a class, the expression of one, or a list."""
        if isinstance(term, ox.BlankNode):
            return term in self.expressions and term not in self.backward
        return term in self.classes or term in _TOPS or term == _NIL

    def is_datatype(self, term: object) -> bool:
        """Whether something is a datatype or the expression of one."""
        if isinstance(term, ox.BlankNode):
            return term in self.expressions
        return term not in self.classes and term not in _TOPS

    def is_foreign(self, subject: object, predicate: ox.NamedNode, value: ox.NamedNode) -> bool:
        """Whether what an axiom says of its subject leads to a datatype that OWL does not know."""
        if predicate == TYPE or not is_reserved(predicate) or is_of_owl(value) or value in self.datatypes:
            return False
        is_range = predicate == _RANGE and self.of(subject) is Kind.VALUE and value not in self.classes
        return is_range or value in self.foreign or value.value.startswith(XSD)


def is_reserved(term: ox.NamedNode) -> bool:
    """Whether a term is one of OWL, RDF, RDFS or XML Schema themselves."""
    return term.value.startswith(_RESERVED)


def described(node: object, by_node: Mapping[object, Sequence[ox.Triple]]) -> list[ox.Triple]:
    """What describes the class, list or datatype that a blank node is, and those in it."""
    found: list[ox.Triple] = []
    waiting, passed = [node], {node}
    while waiting:
        for triple in by_node.get(waiting.pop(), ()):
            found.append(triple)
            if isinstance(triple.object, ox.BlankNode) and triple.object not in passed:
                passed.add(triple.object)
                waiting.append(triple.object)
    return found


def read_kinds(ontology: Sequence[ox.Triple], by_node: Mapping[object, Sequence[ox.Triple]]) -> Kinds:
    """What the terms of an ontology are; `by_node` is what the graph says of its blank nodes."""
    typing = [t for t in ontology if t.predicate == TYPE]
    expressions = frozenset(n for n, triples in by_node.items() if any(t.predicate in _STRUCTURAL for t in triples))
    named = frozenset(t.subject for t in typing if t.object == _DATATYPE and isinstance(t.subject, ox.NamedNode))
    defined = named & {t.subject for t in ontology if t.predicate in _DEFINITIONS}
    classes = {t.subject for t in typing if t.object in _CLASSES}
    for subject, predicate, value in ontology:
        if predicate == _SUB_CLASS:
            classes |= {subject, value}
    ours = {each for each in classes if isinstance(each, ox.NamedNode) and not is_reserved(each)}
    literals = {t.object.datatype for t in ontology if isinstance(t.object, ox.Literal)}
    foreign = {each for each in named - defined | literals if not is_of_owl(each)}
    backward = (node for node in expressions if any(t.predicate == _INVERSE for t in by_node[node]))
    return Kinds(
        properties=_properties(ontology, typing),
        classes=frozenset(ours),
        datatypes={
            term: [
                each
                for t in ontology
                if t.subject == term and t.predicate in _DEFINITIONS
                for each in (t, *described(t.object, by_node))
            ]
            for term in defined
        },
        foreign=frozenset(foreign),
        expressions=expressions,
        backward=frozenset(backward),
    )


def _properties(ontology: Iterable[ox.Triple], typing: Iterable[ox.Triple]) -> dict[object, Kind]:
    """The properties of one kind: as declared, else as those that they are put under, over or against."""
    declared: dict[object, set[Kind]] = defaultdict(set)
    for subject, _, value in typing:
        if value in _PROPERTIES and isinstance(subject, ox.NamedNode):
            declared[subject].add(_PROPERTIES[value])
    found = {term: next(iter(kinds)) for term, kinds in declared.items() if len(kinds) == 1}
    alike = [(t.subject, t.object) for t in ontology if t.predicate in _ALIKE and isinstance(t.subject, ox.NamedNode)]
    for one, other in alike:
        for known, unknown in ((one, other), (other, one)):
            if found.get(known) in {Kind.LINK, Kind.VALUE} and unknown not in declared:
                found.setdefault(unknown, found[known])
    return found
