"""Which concepts a shape allows: those of the lists that it names."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import RDF, SH, SKOS

_PATH: Final = ox.NamedNode(SH + "path")
_VALUE: Final = ox.NamedNode(SH + "hasValue")
_PROPERTY: Final = ox.NamedNode(SH + "property")
_IN_LIST: Final = ox.NamedNode(SKOS + "inScheme")
_PARTS: Final = frozenset(
    ox.NamedNode(iri) for iri in (SH + "node", SH + "or", SH + "xone", RDF + "first", RDF + "rest")
)
BySubject = Mapping[Any, list[ox.Triple]]


def concepts_by_shape(shapes: Iterable[ox.Triple], data: Iterable[ox.Triple]) -> dict[Any, list[ox.NamedNode]]:
    """The concepts that may be chosen from, by the shape.

    Shapes that name no list are left out.

    Args:
        shapes: the triples of the shapes.
        data: the triples that say which concept is in which list.
    """
    by_subject: dict[Any, list[ox.Triple]] = defaultdict(list)
    for triple in shapes:
        by_subject[triple.subject].append(triple)
    members: dict[Any, list[ox.NamedNode]] = defaultdict(list)
    for triple in data:
        if triple.predicate == _IN_LIST and isinstance(triple.subject, ox.NamedNode):
            members[triple.object].append(triple.subject)
    chosen = {}
    for shape in [node for node in by_subject if isinstance(node, ox.NamedNode)]:
        concepts = {concept for each in _lists(shape, by_subject) for concept in members.get(each, ())}
        if concepts:
            chosen[shape] = sorted(concepts, key=str)
    return chosen


def _lists(shape: Any, by_subject: BySubject) -> set[Any]:
    """The lists that a shape, or a shape which it takes a part from, wants a value to be in."""
    lists: set[Any] = set()
    waiting, met = [shape], {shape}
    while waiting:
        node = waiting.pop()
        of_lists = any(triple.predicate == _PATH and triple.object == _IN_LIST for triple in by_subject.get(node, ()))
        for triple in by_subject.get(node, ()):
            if of_lists and triple.predicate == _VALUE:
                lists.add(triple.object)
            is_part = triple.predicate in _PARTS or (triple.predicate == _PROPERTY and node != shape)
            if is_part and triple.object not in met:
                met.add(triple.object)
                waiting.append(triple.object)
    return lists
