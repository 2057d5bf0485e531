"""What a data cube is described by (RDF Data Cube Vocabulary): it may have an address like a record, and is none."""

from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import QB
from ssekg.base.triples import with_predicates
from ssekg.graph.store import TYPE

_CLASSES: Final = frozenset(
    ox.NamedNode(QB + name) for name in ("DataSet", "DataStructureDefinition", "ComponentSpecification", "Slice")
)


def cubes(triples: Iterable[ox.Triple]) -> frozenset[object]:
    """The cubes, their structures and slices among the subjects of some triples; the observations are not."""
    return frozenset(t.subject for t in with_predicates(triples, {TYPE}) if t.object in _CLASSES)
