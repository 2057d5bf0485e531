"""Records as trees: their parts inside them, other records as stubs with a name."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import DCT, SKOS, XSD
from ssekg.base.recent import Recent
from ssekg.base.record_iris import RecordIri
from ssekg.base.triples import by_subject
from ssekg.graph.canonical import in_order
from ssekg.graph.jsonld import Names, coercion_of, folded, is_by_language, is_text, value_of
from ssekg.graph.readable import ReadableContext
from ssekg.graph.store import TYPE

Node = ox.NamedNode | ox.BlankNode
_NAMES: Final = {SKOS + "prefLabel", DCT + "title"}
_FIRST: Final = ("id", "type", "name", "title", "definition", "description")
_NATIVE: Final = {"true": True, "false": False}
_WHOLE: Final = re.compile(r"0|-?[1-9][0-9]{0,14}")  # any reader of JSON keeps fifteen digits


class Frames:
    """The records of a graph, each to be had as one tree of JSON.

    A node is placed once: a fragment inside its record, under the property that leads to it or else, reversed, under
    the property that leads from it; a blank node, or a subject that is not a record, where it is first pointed to.
    Everywhere else it is a reference, so that all trees together say what the triples say. (Labels of blank nodes do
    not reach beyond a document, so one that two records point to is described in the first.)
    """

    def __init__(
        self,
        triples: Iterable[ox.Triple],
        context: ReadableContext,
        base: str,
        leads: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """The triples to frame, the context to write with, the base of records' IRIs, what records are framed with."""
        self._context = context
        self._names = Names.of(context.terms)
        self._base = base
        self._by_subject: Mapping[Node, Sequence[ox.Triple]] = by_subject(in_order(triples))
        self._inside: set[ox.Triple] = set()
        self._parts: dict[Node, list[tuple[ox.NamedNode | None, Node]]] = defaultdict(list)
        self._led: dict[Node, list[tuple[ox.NamedNode | None, Node]]] = defaultdict(list)
        self._stubs: Recent[Node, dict[str, Any]] = Recent()
        self._place_fragments()
        self._place_led(leads)
        self._place_others()

    @cached_property
    def records(self) -> list[str]:
        """The IRIs of all records, in order: what is `{base}{kind}/{slug}`, or has fragments that are subjects."""
        return sorted({record for node in self._by_subject if (record := self._record(node))})

    def framed(self, record: str) -> dict[str, Any]:
        """The tree of one record, without a context and without the records that are described with it."""
        return self._tree(ox.NamedNode(record))

    def framed_with_led(self, record: str) -> dict[str, Any]:
        """The tree of one record, with those of the records that are described with it."""
        node = ox.NamedNode(record)
        return self._tree(node, led=self._led.get(node, ()))

    def reference(self, record: str, target: str) -> dict[str, Any]:
        """What says of a record that it is described with another: its IRI, and the link to that one."""
        node, there = ox.NamedNode(record), ox.NamedNode(target)
        key = self._key(self._predicate(node, there), is_a_text=False)
        bare = coercion_of(self._context.terms, key).get("@type") == "@id"
        return {"id": self._reference(node), key: self._reference(there) if bare else {"id": self._reference(there)}}

    def _record(self, node: Node) -> str | None:
        """The IRI of the record that a node is or belongs to, None for blank nodes and everything else."""
        found = RecordIri.read(node.value, self._base) if isinstance(node, ox.NamedNode) else None
        return found.record if found else None

    def _place_fragments(self) -> None:
        for node, triples in self._by_subject.items():
            record = self._record(node)
            if record is None or node.value == record:
                continue
            owner = ox.NamedNode(record)
            leading = next(
                (t for t in self._by_subject.get(owner, ()) if t.object == node and t.predicate != TYPE), None
            )
            back = [triple for triple in triples if triple.object == owner]
            named = [triple for triple in back if triple.predicate.value in self._context.parts]
            if leading:
                self._inside.add(leading)
            else:
                self._parts[owner].append(((named or back)[0].predicate if back else None, node))

    def _place_led(self, leads: Mapping[str, str]) -> None:
        for record, target in sorted(leads.items()):
            node, there = ox.NamedNode(record), ox.NamedNode(target)
            self._led[there].append((self._predicate(node, there), node))

    def _predicate(self, node: Node, there: Node) -> ox.NamedNode:
        """The property that leads from one node to another; the one under which that has its parts, if several do."""
        found = [t.predicate for t in self._by_subject[node] if t.object == there]
        return next((each for each in found if each.value in self._context.parts), found[0])

    def _place_others(self) -> None:
        """Place blank nodes and subjects elsewhere, from the records on, so that a circle of them is entered once."""
        waiting = [node for node in self._by_subject if self._record(node)]
        placed = set(waiting)
        for node in waiting:  # it grows while we go
            for triple in self._by_subject[node]:
                target: Any = triple.object
                is_class = triple.predicate == TYPE and isinstance(target, ox.NamedNode)
                if target in self._by_subject and target not in placed and not is_class:
                    placed.add(target)
                    waiting.append(target)
                    self._inside.add(triple)

    def _tree(
        self, node: Node, implied: ox.Triple | None = None, led: Iterable[tuple[ox.NamedNode | None, Node]] = ()
    ) -> dict[str, Any]:
        """A node with all that is inside it and those `led` to it; `implied` is what its place already states."""
        values: dict[str, list[Any]] = defaultdict(list)
        for triple in self._by_subject.get(node, ()):
            if triple != implied:
                key, value = self._entry(triple)
                values[key].append(value)
        tree = {key: folded(found, coercion_of(self._context.terms, key)) for key, found in values.items()}
        if isinstance(node, ox.NamedNode) or node in self._shared:
            tree["id"] = self._reference(node)
        return _arranged(tree) | self._with_parts(node, [*self._parts.get(node, ()), *led])

    def _with_parts(self, node: Node, parts: Iterable[tuple[ox.NamedNode | None, Node]]) -> dict[str, Any]:
        """The parts of a node by what it calls them, else by the property reversed, else just included."""
        called: dict[str, list[Any]] = defaultdict(list)
        reversed_: dict[str, list[Any]] = defaultdict(list)
        for predicate, part in parts:
            if predicate is None:
                called["included"].append(self._tree(part))
                continue
            tree = self._tree(part, ox.Triple(part, predicate, node))
            if predicate.value in self._context.parts:
                called[self._context.parts[predicate.value]].append(tree)
            else:
                reversed_[self._key(predicate, is_a_text=False)].append(tree)
        return dict(sorted(called.items())) | ({"@reverse": dict(reversed_)} if reversed_ else {})

    def _entry(self, triple: ox.Triple) -> tuple[str, Any]:
        """The key of a triple in the tree of its subject, and its value."""
        target = triple.object
        if triple.predicate == TYPE and isinstance(target, ox.NamedNode):
            name = self._names.key(target)
            return "type", self._names.compacted(target) if name in self._context.terms else name
        key = self._key(triple.predicate, is_a_text=is_text(target))
        coercion = coercion_of(self._context.terms, key)
        if isinstance(target, ox.Literal):
            return key, _literal(target, coercion, self._names)
        if isinstance(target, (ox.NamedNode, ox.BlankNode)):
            return key, self._tree(target) if triple in self._inside else self._link(target, coercion)
        raise TypeError(f"a term that JSON-LD has no form for: {target}")

    def _key(self, predicate: ox.NamedNode, *, is_a_text: bool) -> str:
        key = self._context.keys.get(predicate.value, self._names.compacted(predicate))
        by_language = is_by_language(coercion_of(self._context.terms, key))
        return key if is_a_text or not by_language else predicate.value  # no map by language can hold it

    def _link(self, node: Node, coercion: Mapping[str, Any]) -> Any:
        """A reference with the name of what it leads to; the bare reference if that has no name."""
        if node not in self._stubs:
            values: dict[str, list[Any]] = defaultdict(list)
            for triple in self._by_subject.get(node, ()):
                if triple.predicate.value in _NAMES and is_text(triple.object):
                    key, value = self._entry(triple)
                    values[key].append(value)
            texts = {key: folded(found, coercion_of(self._context.terms, key)) for key, found in values.items()}
            self._stubs[node] = {"id": self._reference(node)} | texts
        stub = self._stubs[node]
        return stub["id"] if len(stub) == 1 and coercion.get("@type") == "@id" else stub

    def _reference(self, node: Node) -> str:
        return self._names.compacted(node) if isinstance(node, ox.NamedNode) else str(node)

    @cached_property
    def _shared(self) -> set[Any]:
        """The blank nodes that are pointed to from elsewhere than their place."""
        pointing = (triple for triples in self._by_subject.values() for triple in triples if triple not in self._inside)
        return {triple.object for triple in pointing if isinstance(triple.object, ox.BlankNode)}


def _arranged(tree: dict[str, Any]) -> dict[str, Any]:
    """What a reader looks for first, then the rest by name."""
    rank = {key: number for number, key in enumerate(_FIRST)}
    return dict(sorted(tree.items(), key=lambda item: (rank.get(item[0], len(rank)), item[0])))


def _literal(term: ox.Literal, coercion: Mapping[str, Any], names: Names) -> Any:
    """A literal as JSON: whole numbers and truth values are JSON's own where that keeps how they are written."""
    datatype = term.datatype.value
    if coercion.get("@type") in {None, names.compacted(term.datatype)}:
        if datatype == XSD + "boolean" and term.value in _NATIVE:
            return _NATIVE[term.value]
        if datatype == XSD + "integer" and _WHOLE.fullmatch(term.value):
            return int(term.value)
    return value_of(term, coercion, "", names)
