"""What may be said in public: the graph without persons, and of what was withdrawn its tombstone alone.

Law 09-08 goes before the promise that what is published once stays: content of a withdrawn record is in no file of a
release, not in the older entries of its changelog and not in the older pages of its feed either.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import EVIDENCE, OWL
from ssekg.graph.changes.compare import WITHDRAWN_ON, Changes, Sort, owner
from ssekg.graph.persons import without_persons
from ssekg.graph.store import Graph
from ssekg.sources.load import Sources

_REASON: Final = ox.NamedNode(EVIDENCE + "withdrawalReason")
_OF_TOMBSTONES: Final = (WITHDRAWN_ON, _REASON, ox.NamedNode(OWL + "deprecated"))


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A record that was withdrawn: its IRI, the date as it was written, the concept that says why."""

    iri: str
    date: str
    reason: ox.NamedNode


def tombstones(graph: Graph) -> list[Tombstone]:
    """All tombstones of a graph, persons' among them, in order of IRI: the IRI of a person says nothing of them."""
    of_dates = (t for t in graph.data if t.predicate == WITHDRAWN_ON)
    dates = {t.subject: t.object.value for t in of_dates if isinstance(t.object, ox.Literal)}
    found = [
        Tombstone(t.subject.value, dates[t.subject], t.object)
        for t in graph.data
        if t.predicate == _REASON and t.subject in dates
        if isinstance(t.subject, ox.NamedNode) and isinstance(t.object, ox.NamedNode)
    ]
    return sorted(found, key=lambda tombstone: tombstone.iri)


def open_graph(graph: Graph, *, persons_tombstones: bool = False) -> Graph:
    """The graph without persons; with the tombstones of persons where their withdrawal is to be told."""
    data = without_persons(graph.data, graph.base)
    if persons_tombstones:
        withdrawn = {ox.NamedNode(tombstone.iri) for tombstone in tombstones(graph)}
        kept = set(data)
        data += [t for t in graph.data if t.subject in withdrawn and t.predicate in _OF_TOMBSTONES and t not in kept]
    return replace(graph, data=data, sources=Sources())


def without_content(changes: Changes, withdrawn: Collection[str]) -> Changes:
    """The changes without what withdrawn entities had and were called: of them only the withdrawal is told."""
    gone = set(withdrawn)

    def is_kept(iri: str) -> bool:
        return owner(iri, changes.base) not in gone

    return replace(
        changes,
        changes=tuple(c for c in changes.changes if c.sort is Sort.WITHDRAWN or is_kept(c.entity)),
        labels={iri: labels for iri, labels in changes.labels.items() if is_kept(iri)},
        node_kinds={node: kinds for node, kinds in changes.node_kinds.items() if is_kept(node)},
    )
