"""What an ontology says of how its terms go with those of others, how strongly, and why."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import OWL, RDFS, SKOS
from ssekg.graph.store import Graph

RELATIONS: Final[Mapping[ox.NamedNode, str]] = {
    ox.NamedNode(OWL + "equivalentClass"): "same",
    ox.NamedNode(OWL + "equivalentProperty"): "same",
    ox.NamedNode(SKOS + "exactMatch"): "same",
    ox.NamedNode(RDFS + "subClassOf"): "narrower",
    ox.NamedNode(RDFS + "subPropertyOf"): "narrower",
    ox.NamedNode(SKOS + "broadMatch"): "narrower",
    ox.NamedNode(SKOS + "narrowMatch"): "wider",
    ox.NamedNode(SKOS + "closeMatch"): "close",
    ox.NamedNode(SKOS + "relatedMatch"): "related",
    ox.NamedNode(RDFS + "seeAlso"): "related",
}
"""The properties that align a term, each with how strongly."""
_SOURCE, _PROPERTY, _TARGET = (ox.NamedNode(OWL + f"annotated{name}") for name in ("Source", "Property", "Target"))
_REASON: Final = ox.NamedNode(RDFS + "comment")


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a term goes with one of another vocabulary: the property and its strength, and why, by language."""

    relation: str
    property: str
    target: ox.NamedNode
    reasons: Mapping[str, str]


class Alignments:
    """The alignments of an ontology; the reasons are annotations of the axioms (OWL 2, 3.4.2)."""

    def __init__(self, graph: Graph, own: Collection[ox.NamedNode]) -> None:
        """Read the alignments of the vocabulary of a graph with terms that are not its own."""
        self._graph, self._own = graph, own
        annotated: dict[object, dict[ox.NamedNode, list[object]]] = defaultdict(lambda: defaultdict(list))
        self._of: dict[object, list[ox.Triple]] = defaultdict(list)
        for subject, predicate, value in graph.own_vocabulary:
            if isinstance(subject, ox.BlankNode):
                annotated[subject][predicate].append(value)
            elif predicate in RELATIONS and isinstance(value, ox.NamedNode) and self._is_foreign(value):
                self._of[subject].append(ox.Triple(subject, predicate, value))
        self._reasons: dict[tuple[object, ...], Mapping[str, str]] = {}
        for said in annotated.values():
            if _SOURCE in said and _REASON in said:
                key = tuple(said[each][0] for each in (_SOURCE, _PROPERTY, _TARGET))
                texts = (each for each in said[_REASON] if isinstance(each, ox.Literal))
                self._reasons[key] = {each.language or "": each.value for each in texts}

    def of(self, term: ox.NamedNode) -> Sequence[Alignment]:
        """The alignments of a term, the strongest first."""
        order = list(dict.fromkeys(RELATIONS.values()))
        found = [
            Alignment(
                RELATIONS[t.predicate],
                self._graph.shortened(t.predicate.value),
                t.object,
                self._reasons.get((t.subject, t.predicate, t.object), {}),
            )
            for t in self._of.get(term, ())
            if isinstance(t.object, ox.NamedNode)
        ]
        return sorted(found, key=lambda each: (order.index(each.relation), each.target.value))

    def _is_foreign(self, term: ox.NamedNode) -> bool:
        return term not in self._own and not term.value.startswith((OWL, RDFS))
