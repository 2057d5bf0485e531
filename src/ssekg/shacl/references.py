"""Which shapes refer to which, as a graph: what is judged at all, what leads to a shape, what leads back to itself."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import OWL, RDF, RDFS, SH

TARGETS: Final = frozenset(
    SH + name for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "target")
)
_CLASSES: Final = frozenset({RDFS + "Class", OWL + "Class"})
_REFERRING: Final = frozenset(SH + name for name in ("node", "property", "not", "qualifiedValueShape"))
_LISTING: Final = frozenset(SH + name for name in ("and", "or", "xone"))


class References:
    """The references between some shapes.

    `links` are the shapes that each shape refers to, in order; those that refer to none are there as well. `roots` are
    the shapes with targets.
    """

    def __init__(self, triples: Sequence[ox.Triple]) -> None:
        """Read the references."""
        self.triples = triples
        self.links: dict[Any, list[Any]] = {}
        first: dict[Any, Any] = {}
        rest: dict[Any, Any] = {}
        lists = []
        for subject, predicate, value in triples:
            name = predicate.value
            if name.startswith(SH):
                links = self.links.setdefault(subject, [])
                if name in _REFERRING:
                    links.append(value)
                elif name in _LISTING:
                    lists.append((links, value))
            elif name == RDF + "first":
                first[subject] = value
            elif name == RDF + "rest":
                rest[subject] = value
        for links, node in lists:
            seen = set()
            while node in first and node not in seen:
                seen.add(node)
                links.append(first[node])
                node = rest.get(node)
        self.roots = {triple.subject for triple in triples if self._is_target(triple)}

    @cached_property
    def judged(self) -> set[Any]:
        """The shapes with targets, and all that these lead to."""
        return _reached(self.roots, self.links)

    def leading_to(self, shapes: Iterable[Any]) -> set[Any]:
        """These shapes, and all that refer to them, directly or not."""
        return _reached(shapes, self._backwards)

    def circles(self) -> Iterator[list[Any]]:
        """The sets of shapes that lead to each other, and so to themselves, each in order."""
        left = self._leading_to_circles()
        for node in self.links:
            if node in left:
                circle = _reached(self.links[node], self.links) & self.leading_to([node])
                if node in circle:
                    yield [each for each in self.links if each in circle]
                left -= circle | {node}

    def without_targets(self, shapes: Collection[Any]) -> list[ox.Triple]:
        """The triples of the shapes; these shapes have no targets there."""
        return [t for t in self.triples if t.subject not in shapes or not self._is_target(t)]

    def _is_target(self, triple: ox.Triple) -> bool:
        """Whether a triple gives focus nodes to a shape; a shape that is a class has its instances."""
        name = triple.predicate.value
        if name != RDF + "type":
            return name in TARGETS
        return getattr(triple.object, "value", "") in _CLASSES and triple.subject in self.links

    @cached_property
    def _backwards(self) -> Mapping[Any, Sequence[Any]]:
        backwards: dict[Any, list[Any]] = defaultdict(list)
        for node, others in self.links.items():
            for other in dict.fromkeys(others):
                backwards[other].append(node)
        return backwards

    def _leading_to_circles(self) -> set[Any]:
        """Whatever refers to nothing that is left is in no circle."""
        left = set(self.links)
        counts = {node: len(set(others) & left) for node, others in self.links.items()}
        waiting = [node for node, count in counts.items() if not count]
        while waiting:
            node = waiting.pop()
            left.discard(node)
            for before in self._backwards.get(node, ()):
                counts[before] -= 1
                if not counts[before]:
                    waiting.append(before)
        return left


def _reached(nodes: Iterable[Any], links: Mapping[Any, Sequence[Any]]) -> set[Any]:
    found: set[Any] = set()
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += links.get(node, ())
    return found
