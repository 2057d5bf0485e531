"""What follows from the data by the ontology alone: the classes and properties above those stated, and inverses.

Of RDFS and OWL these are the rules for rdfs:subClassOf, rdfs:subPropertyOf and owl:inverseOf between named terms; and
SKOS makes each skos:prefLabel a rdfs:label.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import RDFS, SKOS
from ssekg.graph.store import TYPE
from ssekg.project.vocabulary import Vocabulary

_NAME: Final = ox.NamedNode(SKOS + "prefLabel")
_LABEL: Final = ox.NamedNode(RDFS + "label")


class Entailment:
    """What an ontology entails."""

    def __init__(self, terms: Vocabulary) -> None:
        """Take the ontology; what is above a property is looked up when it is met."""
        self._terms = terms
        self._reached: dict[ox.NamedNode, tuple[list[ox.NamedNode], list[ox.NamedNode]]] = {}

    def of(self, triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
        """What triples entail, some of it several times, or stated as well. Each is looked at by itself."""
        above = self._terms.above
        for subject, predicate, value in triples:
            if predicate == TYPE:
                yield from (ox.Triple(subject, TYPE, upper) for upper in above.get(value, ()))
                continue
            known = self._reached.get(predicate)
            forward, backward = known or self._properties(predicate)
            for upper in forward:
                yield ox.Triple(subject, upper, value)
            if backward and isinstance(value, ox.NamedNode | ox.BlankNode):
                for inverse in backward:
                    yield ox.Triple(value, inverse, subject)

    def _properties(self, predicate: ox.NamedNode) -> tuple[list[ox.NamedNode], list[ox.NamedNode]]:
        """The other properties that lead from the subject to the object too, and those that lead back, in order."""
        reached = {(predicate, True)}
        waiting = [(predicate, True)]
        while waiting:
            term, is_forward = waiting.pop()
            above: set[Any] = {*self._terms.above.get(term, ()), *((_LABEL,) if term == _NAME else ())}
            steps = {(upper, is_forward) for upper in above}
            steps |= {(inverse, not is_forward) for inverse in self._terms.inverses.get(term, ())}
            waiting += steps - reached
            reached |= steps
        forward, backward = ([t for t, way in sorted(reached, key=str) if way is each] for each in (True, False))
        self._reached[predicate] = [term for term in forward if term != predicate], backward
        return self._reached[predicate]
