"""What changed between two graphs, by entity: records, concepts and terms, each with the nodes that belong to it.

A node belongs to the record that its IRI is a fragment of (`well/market#repair-…`), a blank node to what points
to it; what changes in such a node is a change of the entity.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final, TypeAlias

import pyoxigraph as ox

from ssekg.base.language import FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE
from ssekg.base.namespaces import EVIDENCE, OWL, RDFS
from ssekg.base.record_iris import RecordIri
from ssekg.base.triples import by_subject
from ssekg.graph.canonical_labels import with_canonical_labels
from ssekg.graph.changes.blanks import difference, nameless_roots, values_behind
from ssekg.graph.json_terms import Term
from ssekg.graph.naming import name_of
from ssekg.graph.replacements import Replacements, last, replacements_of
from ssekg.graph.store import TYPE, Graph
from ssekg.project.vocabulary import UNIT

# A node, the path of properties that leads from it to values, and the language of these.
_Key: TypeAlias = tuple[str, tuple[str, ...], str]

WITHDRAWN_ON: Final = ox.NamedNode(EVIDENCE + "withdrawnOn")
_IS_DEFINED_BY: Final = ox.NamedNode(RDFS + "isDefinedBy")
# Kinds that no record can have, since a kind has no slash.
TERM_KIND: Final = "/term"
OTHER_KIND: Final = "/other"


class Sort(StrEnum):
    """What became of an entity. Withdrawn is what left its tombstone; removed is what left nothing."""

    ADDED = "added"
    REMOVED = "removed"
    WITHDRAWN = "withdrawn"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Edit:
    """The values of one property, in one language where they are texts, that went and that came.

    `node` is the IRI of the node that has the property, the entity itself or one that belongs to it, "" for a blank
    node that nothing leads to; `path` are the IRIs of the properties that lead from there to the values, several where
    blank nodes lie between. `unit` is what the values are counted in, where the node says so.
    """

    node: str
    path: tuple[str, ...]
    removed: tuple[Term, ...]
    added: tuple[Term, ...]
    unit: Term | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one entity; `edits` only where it is `CHANGED`. `kind` is that of a record, or one of the two.

    An entity that has no IRI has "" for it: blank nodes that nothing points to. `replaced_by` is the IRI of what takes
    the place of one that is `WITHDRAWN`, "" if nothing does.
    """

    entity: str
    kind: str
    sort: Sort
    edits: tuple[Edit, ...] = ()
    replaced_by: str = ""


@dataclass(frozen=True)
class Changes:
    """All changes, by IRI, and the names of the things that they mention: labels by language, kinds of nodes.

    `node_kinds` has the classes of the nodes that belong to an entity; a class is named in `labels` too.
    """

    changes: tuple[Change, ...]
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    node_kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    base: str = ""

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.changes)

    def of_sort(self, sort: Sort) -> list[Change]:
        """The changes of one sort, in order of kind and IRI."""
        found = [change for change in self.changes if change.sort is sort]
        return sorted(found, key=lambda change: (change.kind.lstrip("/"), change.entity))

    def counts(self) -> dict[Sort, dict[str, int]]:
        """How many entities of each kind were added, removed, withdrawn, changed."""
        return {sort: dict(Counter(change.kind for change in self.of_sort(sort))) for sort in Sort}


def compare(old: Graph, new: Graph, names: Graph | None = None) -> Changes:
    """What changed from `old` to `new` in the data, and in the vocabulary where both graphs have one.

    Things are called as in the new graph, else as in the old one, else as in `names`.
    """
    changes = _compared(old.data, new.data, new)
    if old.vocabulary and new.vocabulary:
        changes += _compared(old.own_vocabulary, new.own_vocabulary, new)
    changes.sort(key=lambda change: change.entity)
    graphs = [graph for graph in (new, old, names) if graph is not None]
    mentioned = sorted(set(_mentioned(changes)) - {""})
    nodes = {edit.node for change in changes for edit in change.edits} - {change.entity for change in changes}
    kinds = {node: classes for node in sorted(nodes) if (classes := _classes(node, graphs))}
    named = {*mentioned, *(kind for classes in kinds.values() for kind in classes)}
    labels = {iri: found for iri in sorted(named) if (found := _names(iri, graphs))}
    return Changes(tuple(changes), labels, kinds, new.base)


def language_tag(term: Term) -> str:
    """The language of a text, "" for what has none."""
    return (term.language or "") if isinstance(term, ox.Literal) else ""


def owner(iri: str, base: str) -> str:
    """The entity that has an IRI, or that its node belongs to."""
    found = RecordIri.read(iri, base)
    return found.record if found else iri


def kind_of(entity: str, base: str, *, is_term: bool = False) -> str:
    """The kind of an entity: what the path of a record begins with; a term of the ontology has one of its own."""
    if is_term:
        return TERM_KIND
    found = RecordIri.read(entity, base)
    return found.kind if found else OTHER_KIND


class Side:
    """The triples of one graph by entity; blank nodes have their canonical labels."""

    def __init__(self, triples: Iterable[ox.Triple], base: str, units: Sequence[ox.NamedNode] = ()) -> None:
        """Sort the triples; instance IRIs begin with `base`, `units` say what the values of a node are counted in."""
        self.units = units
        self.triples = with_canonical_labels(triples)
        self.base = base
        self.by_subject: Mapping[Term, Sequence[ox.Triple]] = by_subject(self.triples)
        self.holders: dict[Term, set[Term]] = defaultdict(set)
        for triple in self.triples:
            if isinstance(triple.object, ox.BlankNode):
                self.holders[triple.object].add(triple.subject)
        self.nodes: dict[str, set[ox.NamedNode | ox.BlankNode]] = defaultdict(set)
        for subject in self.by_subject:
            if isinstance(subject, ox.NamedNode):
                self.nodes[owner(subject.value, base)].add(subject)
        if nameless := nameless_roots(self.by_subject):
            self.nodes[""] = set(nameless)

    def entities(self, subject: Term) -> set[str]:
        """The entities that a subject belongs to; "" for a blank node that nothing with an IRI leads to."""
        if isinstance(subject, ox.NamedNode):
            return {owner(subject.value, self.base)}
        seen: set[Term] = set()
        waiting: list[Term] = [subject]
        found: set[str] = set()
        while waiting:
            node = waiting.pop()
            if isinstance(node, ox.NamedNode):
                found.add(owner(node.value, self.base))
            elif node not in seen:
                seen.add(node)
                waiting += self.holders[node]
        return found or {""}

    def is_withdrawn(self, entity: str) -> bool:
        """Whether the entity is a tombstone."""
        return any(triple.predicate == WITHDRAWN_ON for triple in self.by_subject.get(_node(entity), ()))

    @cached_property
    def replacements(self) -> Replacements:
        """What is deprecated, with what takes its place."""
        return replacements_of(self.triples)

    def values(self, entity: str) -> dict[_Key, Counter[Term]]:
        """The values of an entity by node, path and language, through blank nodes."""
        values: dict[_Key, Counter[Term]] = defaultdict(Counter)
        for node in self.nodes.get(entity, ()):
            name = node.value if isinstance(node, ox.NamedNode) else ""
            for path, term in values_behind(node, self.by_subject):
                values[name, path, language_tag(term)][term] += 1
        return values

    def unit(self, node: str) -> Term | None:
        """What the values of a node are counted in."""
        found = (t.object for unit in self.units for t in self.by_subject.get(_node(node), ()) if t.predicate == unit)
        return next(found, None)


def first_changes(side: Side) -> list[Change]:
    """What a graph has that follows no other: all that has an IRI is new, or is a tombstone."""
    sorts = {entity: Sort.WITHDRAWN if side.is_withdrawn(entity) else Sort.ADDED for entity in side.nodes if entity}
    return [Change(entity, kind_of(entity, side.base), sorts[entity]) for entity in sorted(sorts)]


def _compared(old: Iterable[ox.Triple], new: Iterable[ox.Triple], graph: Graph) -> list[Change]:
    units = graph.terms.with_role(UNIT)
    before, after = Side(old, graph.base, units), Side(new, graph.base, units)
    removed, added = difference(before.triples, after.triples)
    touched = {entity for side, triples in ((before, removed), (after, added)) for entity in _owners(side, triples)}
    terms = {
        triple.subject.value
        for side in (before, after)
        for triple in side.triples
        if triple.predicate == _IS_DEFINED_BY or (triple.predicate == TYPE and _is_of_ontology(triple.object))
        if isinstance(triple.subject, ox.NamedNode)
    }
    return [_change(entity, before, after, is_term=entity in terms) for entity in sorted(touched)]


def _is_of_ontology(kind: Term) -> bool:
    return isinstance(kind, ox.NamedNode) and kind.value.startswith(OWL)


def _owners(side: Side, triples: Iterable[ox.Triple]) -> set[str]:
    return {entity for subject in {triple.subject for triple in triples} for entity in side.entities(subject)}


def _change(entity: str, before: Side, after: Side, *, is_term: bool) -> Change:
    kind = kind_of(entity, after.base, is_term=is_term)
    if after.is_withdrawn(entity) and not before.is_withdrawn(entity):
        replacement = last(ox.NamedNode(entity), after.replacements)
        return Change(entity, kind, Sort.WITHDRAWN, replaced_by=replacement.value if replacement else "")
    if entity and (entity not in before.nodes or before.is_withdrawn(entity) > after.is_withdrawn(entity)):
        return Change(entity, kind, Sort.ADDED)
    if entity and entity not in after.nodes:
        return Change(entity, kind, Sort.REMOVED)
    return Change(entity, kind, Sort.CHANGED, tuple(_edits(entity, before, after)))


def _edits(entity: str, before: Side, after: Side) -> Iterator[Edit]:
    old, new = before.values(entity), after.values(entity)
    for node, path, language in sorted({*old, *new}):
        key = node, path, language
        had, has = old.get(key, Counter()), new.get(key, Counter())
        if had != has:
            unit = after.unit(node) or before.unit(node)
            yield Edit(node, path, _in_order(had - has), _in_order(has - had), unit)


def _in_order(terms: Counter[Term]) -> tuple[Term, ...]:
    return tuple(sorted(terms.elements(), key=str))


def _node(iri: str) -> Term:
    return ox.NamedNode(iri) if iri else ox.BlankNode("nameless")


def _mentioned(changes: Iterable[Change]) -> Iterator[str]:
    """The IRIs that the changes name."""
    for change in changes:
        yield change.entity
        yield change.replaced_by
        for edit in change.edits:
            yield edit.node
            yield from edit.path
            for term in (*edit.removed, *edit.added, edit.unit):
                if isinstance(term, ox.NamedNode):
                    yield term.value


def _names(iri: str, graphs: Iterable[Graph]) -> dict[str, str]:
    """The labels of a thing by language; a record without any is called by what it is about, as `name_of` does."""
    node = ox.NamedNode(iri)
    for graph in graphs:
        if node in graph.labels:
            return dict(sorted(graph.labels[node].items()))
        names = {language: _plain(name_of(graph, node, language)) for language in graph.languages}
        if graph.shortened(iri) not in names.values():
            return names
    return {}


def _plain(text: str) -> str:
    return text.replace(FIRST_STRONG_ISOLATE, "").replace(POP_DIRECTIONAL_ISOLATE, "")


def _classes(iri: str, graphs: Sequence[Graph]) -> tuple[str, ...]:
    """The classes of a node that have a label, in order; those of our own vocabulary before others."""
    for graph in graphs:
        found = graph.matching(ox.NamedNode(iri), TYPE, None)
        classes = {quad.object for quad in found if isinstance(quad.object, ox.NamedNode)}
        if classes:
            named = [term.value for term in classes if any(term in each.labels for each in graphs)]
            own = graph.terms.namespace
            return tuple(sorted(named, key=lambda kind: (not own or not kind.startswith(own), kind)))
    return ()
