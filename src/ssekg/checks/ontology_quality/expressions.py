"""Class expressions: which are the same, and which terms they are made of."""

from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import OWL, RDF
from ssekg.checks.ontology_quality.ontology import Ontology
from ssekg.checks.ontology_quality.statements import EQUIVALENT_CLASS, Node, Value

_FIRST: Final = ox.NamedNode(RDF + "first")
# The members of these have no order.
_SETS: Final = frozenset(ox.NamedNode(OWL + name) for name in ("unionOf", "intersectionOf", "oneOf"))
_DEFINING: Final = (*_SETS, ox.NamedNode(OWL + "complementOf"))
# Expressions within expressions; what is deeper than any that people write is taken for different.
_DEEPEST: Final = 50
Key = object


class Expressions:
    """The class expressions of an ontology."""

    def __init__(self, ontology: Ontology) -> None:
        """Take the ontology."""
        self._ontology = ontology
        self._contents: dict[object, list[ox.Triple]] = {}
        for triple in ontology.triples:
            if isinstance(triple.subject, ox.BlankNode):
                self._contents.setdefault(triple.subject, []).append(triple)

    def key(self, value: Value, within: tuple[object, ...] = ()) -> Key:
        """The same for expressions that say the same; what a class is called is not looked into."""
        if not isinstance(value, ox.BlankNode) or value in within or len(within) > _DEEPEST:
            return value
        inside = (*within, value)
        return frozenset(
            (predicate, frozenset(self.key(each, inside) for each in self._ontology.members(content)))
            if predicate in _SETS
            else (predicate, self.key(content, inside))
            for _, predicate, content in self._contents.get(value, [])
        )

    def are_same(self, ones: Iterable[Value], others: Iterable[Value]) -> bool:
        """Whether two lists of classes have the same members, where those that are said to be equivalent are one."""
        return self.keys(ones) == self.keys(others)

    def keys(self, values: Iterable[Value]) -> frozenset[Key]:
        """The same for lists of classes that `are_same`."""
        return frozenset(map(self._class_key, values))

    def _class_key(self, value: Value) -> Key:
        """The key of a class, or of the first of those that are equivalent to it."""
        if not isinstance(value, ox.NamedNode):
            return self.key(value)
        equal = {value}
        waiting = [value]
        while waiting:
            each = waiting.pop()
            near = [*self._ontology.values(each, EQUIVALENT_CLASS), *self._ontology.subjects(EQUIVALENT_CLASS, each)]
            new = [other for other in near if isinstance(other, ox.NamedNode) and other not in equal]
            equal.update(new)
            waiting += new
        return min(equal, key=str)

    def terms(self, value: Value) -> set[ox.NamedNode]:
        """The classes and properties that an expression is made of; a class without a name of its own that is one."""
        found: set[ox.NamedNode] = set()
        seen: set[object] = set()
        waiting: list[Value] = [value]
        while waiting:
            each = waiting.pop()
            if isinstance(each, ox.NamedNode):
                found.add(each)
            elif isinstance(each, ox.BlankNode) and each not in seen:
                seen.add(each)
                waiting += [t.object for t in self._contents.get(each, []) if t.predicate.value != RDF + "type"]
        return found

    def definitions(self, term: Node) -> list[ox.Triple]:
        """The statements by which a class is itself said to be a union, an intersection, a list or a complement."""
        return [ox.Triple(term, each, value) for each in _DEFINING for value in self._ontology.values(term, each)]
