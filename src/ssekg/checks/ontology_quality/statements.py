"""The statements of a file, indexed, and the words of RDF, RDFS and OWL that most checks ask for."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import OWL, RDF, RDFS

Node = ox.NamedNode | ox.BlankNode
Value = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

TYPE: Final = ox.NamedNode(RDF + "type")
SUB_CLASS: Final = ox.NamedNode(RDFS + "subClassOf")
SUB_PROPERTY: Final = ox.NamedNode(RDFS + "subPropertyOf")
EQUIVALENT_CLASS: Final = ox.NamedNode(OWL + "equivalentClass")
EQUIVALENT_PROPERTY: Final = ox.NamedNode(OWL + "equivalentProperty")
DOMAIN: Final = ox.NamedNode(RDFS + "domain")
RANGE: Final = ox.NamedNode(RDFS + "range")
INVERSE: Final = ox.NamedNode(OWL + "inverseOf")
IMPORTS: Final = ox.NamedNode(OWL + "imports")
THING: Final = ox.NamedNode(OWL + "Thing")
_FIRST: Final = ox.NamedNode(RDF + "first")
_REST: Final = ox.NamedNode(RDF + "rest")


class Statements:
    """Some statements, to be asked about."""

    def __init__(self, triples: Sequence[ox.Triple]) -> None:
        """Index them."""
        self.triples = triples
        self._values: dict[tuple[object, object], list[Value]] = defaultdict(list)
        self._subjects: dict[tuple[object, object], list[Node]] = defaultdict(list)
        self._predicates: dict[object, list[ox.Triple]] = defaultdict(list)
        for triple in triples:
            subject, predicate, value = triple
            if isinstance(subject, Node):
                self._values[subject, predicate].append(value)
                self._subjects[predicate, value].append(subject)
                self._predicates[predicate].append(triple)

    def values(self, subject: object, predicate: ox.NamedNode) -> list[Value]:
        """The values that a subject has for a predicate, in the order of the file."""
        return self._values.get((subject, predicate), [])

    def subjects(self, predicate: ox.NamedNode, value: object) -> list[Node]:
        """The subjects that have a value for a predicate, in the order of the file."""
        return self._subjects.get((predicate, value), [])

    def with_predicate(self, predicate: ox.NamedNode) -> list[ox.Triple]:
        """The statements with a predicate, in the order of the file."""
        return self._predicates.get(predicate, [])

    def members(self, node: object) -> list[Value]:
        """The members of an RDF list; those before the mistake of one that is not well formed."""
        found: list[Value] = []
        seen: set[object] = set()
        while isinstance(node, Node) and node not in seen:
            seen.add(node)
            found += self.values(node, _FIRST)[:1]
            node = next(iter(self.values(node, _REST)), None)
        return found
