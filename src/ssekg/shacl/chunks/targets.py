"""Targets as marks: of each focus node a triple says which target it is of, in the one part that has its triples.

So a part can hold triples of other nodes without judging these, and a node that no triple is about is judged once.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import OWL, RDF, RDFS, SH

_MARK: Final = "urn:x-ssekg:target:"
_MARKED_BY: Final = b"<urn:x-ssekg:part> <" + _MARK.encode() + b"%d> %s .\n"
_OBJECTS_OF: Final = ox.NamedNode(SH + "targetObjectsOf")
_KINDS: Final = ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode")
_CLASSES: Final = frozenset({RDFS + "Class", OWL + "Class"})


@dataclass
class Targets:
    """The numbers of the marks by what gives focus nodes, each term as N-Triples write it.

    `triples` are what the shapes say of their targets instead.
    """

    triples: list[ox.Triple] = field(default_factory=list)
    classes: dict[bytes, int] = field(default_factory=dict)
    subjects_of: dict[bytes, int] = field(default_factory=dict)
    objects_of: dict[bytes, int] = field(default_factory=dict)
    nodes: dict[bytes, int] = field(default_factory=dict)


def markers(shapes: Collection[Any], by_subject: Mapping[Any, Mapping[str, list[Any]]]) -> Targets:
    """The marks for the targets of some shapes."""
    targets = Targets()
    numbers: dict[tuple[str, Any], int] = {}
    for shape in sorted(shapes, key=str):
        parts = by_subject[shape]
        found = [(kind, value) for kind in _KINDS for value in parts.get(SH + kind, [])]
        if _CLASSES & {getattr(kind, "value", "") for kind in parts.get(RDF + "type", [])}:
            found.append(("targetClass", shape))
        for kind, value in dict.fromkeys(found):
            number = numbers.setdefault((kind, value), len(numbers))
            targets.triples.append(ox.Triple(shape, _OBJECTS_OF, ox.NamedNode(f"{_MARK}{number}")))
    kinds = (targets.classes, targets.subjects_of, targets.objects_of, targets.nodes)
    for (kind, value), number in numbers.items():
        kinds[_KINDS.index(kind)][str(value).encode()] = number
    return targets


def mark(number: int, node: bytes) -> bytes:
    """The line that makes a node a focus node."""
    return _MARKED_BY % (number, node)
