"""What may be chosen from: the concepts of the lists that shapes name, and the values that they list, if they do."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import RDF, SH, SKOS
from ssekg.base.triples import with_predicates

_PATH: Final = ox.NamedNode(SH + "path")
_VALUE: Final = ox.NamedNode(SH + "hasValue")
_PROPERTY: Final = ox.NamedNode(SH + "property")
_CHOICES: Final = ox.NamedNode(SH + "in")
_CLASS: Final = ox.NamedNode(SH + "targetClass")
_SUBJECTS_OF: Final = ox.NamedNode(SH + "targetSubjectsOf")
_IN_LIST: Final = ox.NamedNode(SKOS + "inScheme")
_FIRST: Final = ox.NamedNode(RDF + "first")
_REST: Final = ox.NamedNode(RDF + "rest")
_NIL: Final = ox.NamedNode(RDF + "nil")
_PARTS: Final = frozenset({*(ox.NamedNode(SH + name) for name in ("node", "or", "xone")), _FIRST, _REST})
# What leads from the shape of a thing to the shapes of its properties.
_WITHIN: Final = frozenset({*(ox.NamedNode(SH + name) for name in ("property", "node", "and")), _FIRST, _REST})
Value = ox.NamedNode | ox.Literal


class AllowedValues:
    """The values that the shapes allow where they allow some only."""

    def __init__(self, shapes: Iterable[ox.Triple], data: Iterable[ox.Triple]) -> None:
        """Take the triples of the shapes, and those that say which concept is in which list."""
        self._of: dict[Any, list[ox.Triple]] = defaultdict(list)
        for triple in shapes:
            self._of[triple.subject].append(triple)
        self._members: dict[Any, set[ox.NamedNode]] = defaultdict(set)
        for triple in with_predicates(data, {_IN_LIST}):
            if isinstance(triple.subject, ox.NamedNode):
                self._members[triple.object].add(triple.subject)

    @cached_property
    def concepts_by_shape(self) -> dict[Any, list[ox.NamedNode]]:
        """The concepts by the shape; shapes that name no list are left out."""
        named = [shape for shape in self._of if isinstance(shape, ox.NamedNode)]
        allowed = {shape: self._concepts(shape) for shape in named}
        return {shape: sorted(concepts, key=str) for shape, concepts in allowed.items() if concepts}

    def of_property(
        self, path: ox.NamedNode, classes: Iterable[Collection[ox.NamedNode]], properties: Collection[ox.NamedNode]
    ) -> list[Value]:
        """The concepts, and what sh:in lists, that may be values of a property; empty where anything may.

        Args:
            path: the property.
            classes: those that a thing may be of, each with all that are above it.
            properties: those that the thing has.
        """
        always = self._for(path, _SUBJECTS_OF, properties)
        found = [[*always, *self._for(path, _CLASS, each)] for each in classes] or [always]
        # A value must be right for all shapes of the class that the thing is of.
        return sorted(set().union(*(set.intersection(*sets) for sets in found if sets)), key=str)

    def _for(self, path: ox.NamedNode, target: ox.NamedNode, targets: Collection[ox.NamedNode]) -> list[set[Value]]:
        """What each shape of the property allows, in the shapes with one of the targets; not where all is allowed."""
        roots = [node for node, triples in self._of.items() if _has(triples, target, targets)]
        shapes = [node for node in self._reached(roots, _WITHIN) if _has(self._of.get(node, ()), _PATH, (path,))]
        return [values for shape in shapes for values in (self._concepts(shape), self._listed(shape)) if values]

    def _listed(self, shape: Any) -> set[Value]:
        """The values that a shape lists by sh:in."""
        lists = [triple.object for triple in self._of[shape] if triple.predicate == _CHOICES]
        nodes = self._reached(lists, {_FIRST, _REST})
        return {node for node in nodes if isinstance(node, ox.NamedNode | ox.Literal) and node != _NIL}

    def _concepts(self, shape: Any) -> set[Any]:
        """The concepts of the lists that a shape, or one that it takes a part from, wants a value to be in."""
        concepts: set[Any] = set()
        for node in self._reached([shape], _PARTS, _PROPERTY):
            triples = self._of.get(node, [])
            of_lists = _has(triples, _PATH, (_IN_LIST,))
            for triple in triples:
                if triple.predicate == _VALUE and of_lists:
                    concepts |= self._members.get(triple.object, set())
        return concepts

    def _reached(
        self, nodes: Iterable[Any], by: Collection[ox.NamedNode], later: ox.NamedNode | None = None
    ) -> Iterator[Any]:
        """Some nodes and all that these predicates lead to, and `later` but for its first step."""
        first = list(nodes)
        waiting, met = list(first), set(first)
        while waiting:
            node = waiting.pop()
            yield node
            for triple in self._of.get(node, ()):
                leads = triple.predicate in by or (triple.predicate == later and node not in first)
                if leads and triple.object not in met:
                    met.add(triple.object)
                    waiting.append(triple.object)


def _has(triples: Iterable[ox.Triple], predicate: ox.NamedNode, values: Collection[Any]) -> bool:
    return any(triple.predicate == predicate and triple.object in values for triple in triples)
