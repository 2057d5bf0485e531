"""Axioms in words, each with the place where it is stated."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from ssekg.base.findings import Place
from ssekg.base.namespaces import OWL, RDFS
from ssekg.base.said import Argument, Said, Several
from ssekg.checks.names import named_node, named_term
from ssekg.checks.reasoning.axioms import Axiom, Part
from ssekg.checks.reasoning.expressions import Expressions
from ssekg.graph.origins import Node, Origins
from ssekg.graph.store import TYPE, Graph
from ssekg.reports.wording import position

_DATATYPE: Final = ox.NamedNode(RDFS + "Datatype")
_CHARACTERISTICS: Final[Mapping[str, str]] = {
    "FunctionalProperty": "axiom-functional",
    "InverseFunctionalProperty": "axiom-inverse-functional",
    "SymmetricProperty": "axiom-symmetric",
    "AsymmetricProperty": "axiom-asymmetric",
    "TransitiveProperty": "axiom-transitive",
    "ReflexiveProperty": "axiom-reflexive",
    "IrreflexiveProperty": "axiom-irreflexive",
}
_BETWEEN_CLASSES: Final[Mapping[str, str]] = {
    RDFS + "subClassOf": "axiom-subclass",
    OWL + "equivalentClass": "axiom-equivalent",
    OWL + "disjointWith": "axiom-disjoint",
}
_BETWEEN_PROPERTIES: Final[Mapping[str, str]] = {
    RDFS + "subPropertyOf": "axiom-subproperty",
    OWL + "equivalentProperty": "axiom-same-property",
    OWL + "propertyDisjointWith": "axiom-disjoint-properties",
    OWL + "inverseOf": "axiom-inverse",
}
_OF_PROPERTIES: Final[Mapping[str, str]] = {RDFS + "domain": "axiom-domain", RDFS + "range": "axiom-range"}
_BETWEEN_THINGS: Final[Mapping[str, str]] = {OWL + "sameAs": "axiom-same", OWL + "differentFrom": "axiom-different"}
# What a class is said to be by itself, as OWL 1 wrote it.
_DEFINITIONS: Final[Mapping[str, str]] = {
    OWL + "unionOf": "expression-or",
    OWL + "intersectionOf": "expression-and",
    OWL + "oneOf": "expression-one-of",
}


class Words:
    """Puts axioms of a graph into words."""

    def __init__(self, graph: Graph) -> None:
        """Take the graph, for names and places."""
        self._graph = graph

    @cached_property
    def _datatypes(self) -> frozenset[object]:
        """The datatypes that the ontology declares."""
        declared = (t.subject for t in self._graph.vocabulary if t.predicate == TYPE and t.object == _DATATYPE)
        return frozenset(declared)

    def listed(self, axioms: Sequence[Axiom]) -> Several:
        """The axioms, a numbered line each, with its place at the end; those that set things apart are one line."""
        places = self.places(axioms)
        names = [axiom for axiom in axioms if axiom.part is Part.NAME]
        lines: list[Argument] = []
        for axiom in axioms:
            if axiom.part is Part.NAME and axiom is not names[0]:
                continue
            said = self._different(names) if axiom.part is Part.NAME else self.sentence(axiom)
            lines += ["\n", self._line(len(lines) // 2 + 1, said, places[axiom])]
        return Several(tuple(lines), is_list=False)

    def places(self, axioms: Iterable[Axiom]) -> dict[Axiom, Place | None]:
        """Where each axiom is stated; None where nobody knows, since the graph was not read from files."""
        axioms = list(axioms)
        subjects = {each for axiom in axioms if isinstance(each := axiom.stated.subject, Node)}
        origins = Origins(self._graph.sources, subjects)
        found: dict[Axiom, Place | None] = {}
        for axiom in axioms:
            placed = [each.object for each in origins.triples(*axiom.stated)]
            found[axiom] = next(iter(placed or origins.homes(axiom.stated.subject)), None)
        return found

    def sentence(self, axiom: Axiom) -> Said:
        """What an axiom says."""
        subject, predicate, value = axiom.says
        expressions = Expressions(self._graph, axiom.triples[1:], self._datatypes)
        if predicate == TYPE:
            return self._typing(axiom, expressions)
        name = predicate.value
        if name in _BETWEEN_CLASSES:
            return Said(
                _BETWEEN_CLASSES[name], {"one": expressions.classes(subject), "other": expressions.classes(value)}
            )
        if name in _BETWEEN_PROPERTIES:
            pair = {"one": expressions.property(subject), "other": expressions.property(value)}
            return Said(_BETWEEN_PROPERTIES[name], pair)
        if name in _OF_PROPERTIES:
            return Said(
                _OF_PROPERTIES[name],
                {"property": expressions.property(subject), "one": expressions.classes(value)},
            )
        if name in _BETWEEN_THINGS:
            return Said(_BETWEEN_THINGS[name], {"thing": self._node(subject), "value": self._node(value)})
        return self._of_lists(axiom, expressions) or self._assertion(axiom)

    def _typing(self, axiom: Axiom, expressions: Expressions) -> Said:
        subject, _, value = axiom.says
        characteristic = value.value.removeprefix(OWL) if isinstance(value, ox.NamedNode) else ""
        if characteristic in _CHARACTERISTICS:
            return Said(_CHARACTERISTICS[characteristic], {"property": expressions.property(subject)})
        if characteristic == "NegativePropertyAssertion":
            told = {t.predicate.value.removeprefix(OWL): t.object for t in axiom.triples[1:]}
            return Said(
                "axiom-no-link",
                {
                    "thing": self._node(told.get("sourceIndividual")),
                    "property": expressions.property(told.get("assertionProperty")),
                    "value": self._node(told.get("targetIndividual") or told.get("targetValue")),
                },
            )
        return Said("axiom-type", {"thing": self._node(subject), "one": expressions.classes(value)})

    def _of_lists(self, axiom: Axiom, expressions: Expressions) -> Said | None:
        subject, predicate, value = axiom.says
        name = predicate.value
        one = expressions.classes(subject) if isinstance(subject, ox.NamedNode) else None
        if name == OWL + "hasKey":
            keys = Several(tuple(expressions.property(each) for each in expressions.members(value)))
            return Said("axiom-key", {"one": one or "", "parts": keys})
        if name == OWL + "propertyChainAxiom":
            steps = Several(tuple(expressions.property(each) for each in expressions.members(value)))
            return Said("axiom-chain", {"parts": steps, "property": expressions.property(subject)})
        if name == OWL + "disjointUnionOf":
            parts = expressions.listed("expression-or", expressions.members(value))
            return Said("axiom-disjoint-union", {"one": one or "", "other": parts})
        if name in _DEFINITIONS:
            other = expressions.listed(_DEFINITIONS[name], expressions.members(value))
            return Said("axiom-equivalent", {"one": one or "", "other": other})
        if name == OWL + "complementOf":
            return Said(
                "axiom-equivalent",
                {"one": one or "", "other": Said("expression-not", {"one": expressions.classes(value)})},
            )
        return None

    def _assertion(self, axiom: Axiom) -> Said:
        subject, predicate, value = axiom.says
        arguments = {
            "thing": self._node(subject),
            "property": named_term(self._graph, predicate),
            "value": self._node(value),
        }
        if axiom.invalid and isinstance(value, ox.Literal):
            return Said("axiom-invalid", {**arguments, "datatype": named_term(self._graph, value.datatype)})
        return Said("axiom-link", arguments)

    def _different(self, axioms: Sequence[Axiom]) -> Said:
        things = Several(tuple(self._node(axiom.says.subject) for axiom in axioms))
        return Said("axiom-names", {"things": things, "name": named_node(self._graph, axioms[0].stated.subject)})

    def _node(self, node: object) -> Argument:
        return Said("axiom-unnamed") if isinstance(node, ox.BlankNode) else named_node(self._graph, node)

    def _line(self, number: int, sentence: Said, place: Place | None) -> Said:
        arguments: dict[str, Argument] = {"number": str(number), "sentence": sentence}
        if place is None:
            return Said("reason-line", arguments)
        where = f"{place.file}:{position(place)}".removesuffix(":")
        return Said("reason-line-at", {**arguments, "place": where})
