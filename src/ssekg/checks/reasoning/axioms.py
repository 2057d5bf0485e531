"""A graph as axioms of OWL: each what is stated by itself, with the triples that a reasoner reads of it.

What says nothing to a reasoner is no axiom: declarations, annotations, and statements with properties that no ontology
declares.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import OWL, QB, RDF, RDFS
from ssekg.checks.reasoning.literals import has_value, is_of_owl, is_valid
from ssekg.checks.reasoning.terms import Kind, Kinds, described, is_reserved, read_kinds
from ssekg.graph.store import TYPE, Graph
from ssekg.project.vocabulary import DISTINCT, ROLE

NAME: Final = "urn:x-ssekg:name:"
"""The properties, one a class, by which the members of a class are different: each has a name of its own."""
DISJOINT: Final = ox.NamedNode(OWL + "disjointWith")
_OBSERVATION: Final = ox.NamedNode(QB + "Observation")

_CHARACTERISTICS: Final = frozenset(
    ox.NamedNode(f"{OWL}{name}Property")
    for name in (
        *("Functional", "InverseFunctional", "Symmetric", "Asymmetric", "Transitive", "Reflexive", "Irreflexive"),
    )
)
_OF_CLASSES: Final = frozenset(
    {ox.NamedNode(RDFS + "subClassOf"), DISJOINT}
    | {
        ox.NamedNode(OWL + name)
        for name in (
            *("equivalentClass", "disjointUnionOf", "hasKey", "complementOf", "unionOf", "intersectionOf", "oneOf"),
        )
    }
)
_EQUIVALENT: Final = ox.NamedNode(OWL + "equivalentClass")
_ALSO_OF_EXPRESSIONS: Final = frozenset({ox.NamedNode(RDFS + "subClassOf"), _EQUIVALENT, DISJOINT})
_BETWEEN_PROPERTIES: Final = frozenset(
    {ox.NamedNode(RDFS + "subPropertyOf")}
    | {ox.NamedNode(OWL + name) for name in ("equivalentProperty", "propertyDisjointWith", "inverseOf")}
)
_CHAIN: Final = ox.NamedNode(OWL + "propertyChainAxiom")
_DOMAIN: Final = ox.NamedNode(RDFS + "domain")
_RANGE: Final = ox.NamedNode(RDFS + "range")
_OF_THINGS: Final = frozenset({ox.NamedNode(OWL + "sameAs"), ox.NamedNode(OWL + "differentFrom")})
# Axioms that are nodes of their own and say the same of each two of their members.
_OF_MANY: Final[Mapping[object, ox.NamedNode]] = {
    ox.NamedNode(OWL + "AllDisjointClasses"): DISJOINT,
    ox.NamedNode(OWL + "AllDisjointProperties"): ox.NamedNode(OWL + "propertyDisjointWith"),
    ox.NamedNode(OWL + "AllDifferent"): ox.NamedNode(OWL + "differentFrom"),
}
_NEGATIVE: Final = ox.NamedNode(OWL + "NegativePropertyAssertion")
_MEMBERS: Final = frozenset({ox.NamedNode(OWL + "members"), ox.NamedNode(OWL + "distinctMembers")})
_FIRST: Final = ox.NamedNode(RDF + "first")
_REST: Final = ox.NamedNode(RDF + "rest")


class Part(StrEnum):
    """What an axiom is from: the ontology, the data, or the rule that the members of a class are different."""

    ONTOLOGY = "ontology"
    DATA = "data"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Axiom:
    """One axiom: what it says, then the expressions in it; `stated` is the triple of the graph that it is from.

    `invalid` says that it can't be true at all, since the text of its value is none of its datatype.
    """

    triples: tuple[ox.Triple, ...]
    part: Part
    stated: ox.Triple
    invalid: bool = False

    @property
    def says(self) -> ox.Triple:
        """What the axiom says."""
        return self.triples[0]


@dataclass(frozen=True)
class Counts:
    """What the reasoner is not given as it is stated.

    `observations` are left out, since the shapes check them. Of the literals whose datatype OWL does not know,
    `by_value` are compared all the same, and `by_type` are held against the ranges of their properties only.
    `no_axioms` are statements with properties that no ontology declares, or with values of the other kind.
    """

    observations: int = 0
    by_value: int = 0
    by_type: int = 0
    no_axioms: int = 0


@dataclass(frozen=True)
class Axioms:
    """The axioms of a graph, those of the ontology apart; `kinds` are what its terms are."""

    ontology: tuple[Axiom, ...]
    things: tuple[Axiom, ...]
    kinds: Kinds
    counts: Counts

    @property
    def all(self) -> list[Axiom]:
        """All of them, those of the ontology first."""
        return [*self.ontology, *self.things]


def read_axioms(graph: Graph) -> Axioms:
    """The axioms of a graph; the observations of data cubes are left out and counted."""
    return _Reader(graph).axioms()


class _Reader:
    """Reads the axioms of a graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.by_node: dict[object, list[ox.Triple]] = defaultdict(list)
        for triple in (*graph.vocabulary, *graph.data):
            if isinstance(triple.subject, ox.BlankNode):
                self.by_node[triple.subject].append(triple)
        self.kinds = read_kinds(graph.vocabulary, self.by_node)
        self.no_axioms = 0
        self.by_value = 0
        self.by_type = 0

    def axioms(self) -> Axioms:
        """All of them."""
        below = self.graph.terms.below(_OBSERVATION)
        observations = {t.subject for t in self.graph.data if t.predicate == TYPE and t.object in below}
        ontology: list[Axiom] = []
        things: list[Axiom] = []
        for triple in (*self.graph.vocabulary, *self.graph.data):
            if triple.subject in observations:
                continue
            for axiom in self._axioms_of(triple):
                (things if axiom.part is Part.DATA else ontology).append(axiom)
        counts = Counts(len(observations), self.by_value, self.by_type, self.no_axioms)
        return Axioms(tuple(ontology), (*things, *_names(self.graph)), self.kinds, counts)

    def _axioms_of(self, triple: ox.Triple) -> Iterator[Axiom]:
        subject, predicate, value = triple
        if subject in self.kinds.expressions and predicate not in _ALSO_OF_EXPRESSIONS:
            return
        if predicate == TYPE:
            yield from self._typing(triple)
        elif self._is_of_ontology(triple):
            expressions = (*self._expressions(subject), *self._expressions(value))
            yield Axiom((triple, *expressions), Part.ONTOLOGY, triple)
        elif predicate in _OF_THINGS and not isinstance(value, ox.Literal):
            yield Axiom((triple,), Part.DATA, triple)
        elif not is_reserved(predicate):
            yield from self._assertion(triple)

    def _typing(self, triple: ox.Triple) -> Iterator[Axiom]:
        subject, _, value = triple
        if value in _CHARACTERISTICS:
            if self.kinds.of(subject) in {Kind.LINK, Kind.VALUE}:
                yield Axiom((triple,), Part.ONTOLOGY, triple)
        elif value in _OF_MANY:
            yield from self._of_many(triple)
        elif value == _NEGATIVE:
            yield Axiom((triple, *(t for t in self.by_node[subject] if t != triple)), Part.DATA, triple)
        elif value in self.kinds.expressions:
            yield Axiom((triple, *self._expressions(value)), Part.DATA, triple)
        elif isinstance(value, ox.NamedNode) and self.kinds.is_class(value):
            yield Axiom((triple,), Part.DATA, triple)

    def _of_many(self, triple: ox.Triple) -> Iterator[Axiom]:
        relation = _OF_MANY[triple.object]
        part = Part.DATA if relation in _OF_THINGS else Part.ONTOLOGY
        for stated in self.by_node[triple.subject]:
            if stated.predicate in _MEMBERS:
                for one, other in combinations(self._members(stated.object), 2):
                    expressions = (*self._expressions(one), *self._expressions(other))
                    yield Axiom((ox.Triple(one, relation, other), *expressions), part, triple)

    def _members(self, cell: object) -> list[ox.NamedNode | ox.BlankNode]:
        members: list[ox.NamedNode | ox.BlankNode] = []
        passed: set[object] = set()
        while cell in self.by_node and cell not in passed:
            passed.add(cell)
            here = {each.predicate: each.object for each in self.by_node[cell]}
            member = here.get(_FIRST)
            if isinstance(member, ox.NamedNode | ox.BlankNode):
                members.append(member)
            cell = here.get(_REST)
        return members

    def _is_of_ontology(self, triple: ox.Triple) -> bool:
        """Whether a triple is an axiom about classes or properties, whose terms are what they have to be."""
        subject, predicate, value = triple
        if predicate in _OF_CLASSES:
            return self.kinds.is_class(subject) and self.kinds.is_class(value)
        if predicate in _BETWEEN_PROPERTIES:
            kinds = self.kinds.of(subject), self.kinds.of(value)
            return kinds[0] is kinds[1] and kinds[0] in {Kind.LINK, Kind.VALUE}
        if predicate == _CHAIN:
            return self.kinds.of(subject) is Kind.LINK
        if predicate == _DOMAIN:
            return self.kinds.of(subject) in {Kind.LINK, Kind.VALUE} and self.kinds.is_class(value)
        if predicate == _RANGE and self.kinds.of(subject) is Kind.LINK:
            return self.kinds.is_class(value)
        return predicate == _RANGE and self.kinds.of(subject) is Kind.VALUE and self.kinds.is_datatype(value)

    def _assertion(self, triple: ox.Triple) -> Iterator[Axiom]:
        kind, value = self.kinds.of(triple.predicate), triple.object
        if kind is Kind.LINK and isinstance(value, ox.NamedNode | ox.BlankNode):
            yield Axiom((triple,), Part.DATA, triple)
        elif kind is Kind.VALUE and isinstance(value, ox.Literal):
            self._count(value)
            yield Axiom((triple,), Part.DATA, triple, invalid=not is_valid(value))
        elif kind is not Kind.ANNOTATION:
            self.no_axioms += 1

    def _count(self, literal: ox.Literal) -> None:
        if not has_value(literal):
            self.by_type += 1
        elif not is_of_owl(literal.datatype):
            self.by_value += 1

    def _expressions(self, node: object) -> list[ox.Triple]:
        """What describes the class, list or datatype that a blank node is, and those in it."""
        return [t for t in described(node, self.by_node) if t.predicate not in _ALSO_OF_EXPRESSIONS]


def _names(graph: Graph) -> Iterator[Axiom]:
    """That the members of each class whose members are distinct are different: each has a name that is its own.

    To say so of each two of them would take as many axioms as there are pairs.
    """
    for number, distinct in enumerate(graph.terms.with_role(DISTINCT)):
        classes = graph.terms.below(distinct)
        name, stated = ox.NamedNode(f"{NAME}{number}"), ox.Triple(distinct, ROLE, DISTINCT)
        members = dict.fromkeys(t.subject for t in graph.data if t.predicate == TYPE and t.object in classes)
        for member in members:
            if isinstance(member, ox.NamedNode):
                yield Axiom((ox.Triple(member, name, ox.Literal(member.value)),), Part.NAME, stated)
