"""What is published of what was withdrawn: its tombstone alone, and of what is withheld by now nothing.

The right to be taken out overrides the promise that what is published once stays: content of a withdrawn record is in
no file of a release, not in the older entries of its changelog and not in the older pages of its feed either.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import EVIDENCE
from ssekg.base.terms import Term
from ssekg.base.triples import joined, members
from ssekg.graph.changes.compare import WITHDRAWN_ON, Changes, Edit, Sort, owner
from ssekg.graph.public import Public
from ssekg.graph.replacements import DEPRECATED, REPLACED_BY, last, replacements_of
from ssekg.graph.store import Graph

_REASON: Final = ox.NamedNode(EVIDENCE + "withdrawalReason")
_OF_TOMBSTONES: Final = (WITHDRAWN_ON, _REASON, DEPRECATED, REPLACED_BY)


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A withdrawn record: its IRI, the date as it was written, the concept that gives the reason.

    `replacement` is what takes its place in the end, None if nothing does.
    """

    iri: str
    date: str
    reason: ox.NamedNode
    replacement: ox.NamedNode | None = None


def tombstones(graph: Graph) -> list[Tombstone]:
    """All tombstones of a graph, in order of IRI; of what is withheld, too, since an identifier says nothing of it."""
    of_dates = (t for t in graph.data if t.predicate == WITHDRAWN_ON)
    dates = {t.subject: t.object.value for t in of_dates if isinstance(t.object, ox.Literal)}
    replacements = replacements_of(graph.data)
    found = [
        Tombstone(t.subject.value, dates[t.subject], t.object, last(t.subject, replacements))
        for t in graph.data
        if t.predicate == _REASON and t.subject in dates
        if isinstance(t.subject, ox.NamedNode) and isinstance(t.object, ox.NamedNode)
    ]
    return sorted(found, key=lambda tombstone: tombstone.iri)


def public_tombstones(public: Public, whole: Graph) -> list[Tombstone]:
    """All tombstones of a whole graph, without replacements that are withheld: those may not be named."""
    found = tombstones(whole)
    return [replace(each, replacement=None) if each.replacement in public.withheld else each for each in found]


def with_tombstones(public: Public, whole: Graph) -> Graph:
    """A public graph with the tombstones of what is withheld: its withdrawal may and must be published."""
    withdrawn = {ox.NamedNode(tombstone.iri) for tombstone in tombstones(whole)}
    kept = members(public.data)
    of_withdrawn = (t for t in whole.data if t.subject in withdrawn and t.predicate in _OF_TOMBSTONES and t not in kept)
    withdrawals = [t for t in of_withdrawn if t.object not in public.withheld]
    data = joined(public.data, withdrawals)
    return Graph(public.base, data, public.vocabulary, declared=public.declared, beside=public.beside)


def without_content(changes: Changes, withdrawn: Collection[str]) -> Changes:
    """The changes without the content and names of withdrawn entities: only the fact of withdrawal is kept."""
    gone = set(withdrawn)

    def is_kept(iri: str) -> bool:
        return owner(iri, changes.base) not in gone

    return replace(
        changes,
        changes=tuple(c for c in changes.changes if c.sort is Sort.WITHDRAWN or is_kept(c.entity)),
        labels={iri: labels for iri, labels in changes.labels.items() if is_kept(iri)},
        node_kinds={node: kinds for node, kinds in changes.node_kinds.items() if is_kept(node)},
    )


def without_withheld(changes: Changes, hidden: Callable[[str], bool]) -> Changes:
    """The changes without the entities that `hidden` says are withheld, and without links to them."""

    def shown(terms: Iterable[Term]) -> tuple[Term, ...]:
        return tuple(term for term in terms if not (isinstance(term, ox.NamedNode) and hidden(term.value)))

    def kept(edits: Iterable[Edit]) -> Iterator[Edit]:
        for edit in edits:
            removed, added = shown(edit.removed), shown(edit.added)
            if (removed or added) and not hidden(edit.node):
                yield replace(edit, removed=removed, added=added)

    kept_changes = tuple(
        replace(
            change,
            edits=tuple(kept(change.edits)),
            replaced_by="" if hidden(change.replaced_by) else change.replaced_by,
        )
        for change in changes.changes
        if not hidden(change.entity)
    )
    return replace(
        changes,
        changes=tuple(change for change in kept_changes if change.edits or change.sort is not Sort.CHANGED),
        labels={iri: labels for iri, labels in changes.labels.items() if not hidden(iri)},
        node_kinds={node: kinds for node, kinds in changes.node_kinds.items() if not hidden(node)},
    )
