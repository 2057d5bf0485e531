"""A graph of shapes, to ask it what its shapes say and where they are."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.findings import Place
from ssekg.base.namespaces import OWL, RDF, RDFS, SH, Prefixes
from ssekg.graph.origins import Origins
from ssekg.sources.load import Sources
from ssekg.sources.rdf.file import RdfFile

_KINDS: Final = frozenset({SH + "NodeShape", SH + "PropertyShape"})
_IMPLICIT: Final = frozenset({RDFS + "Class", OWL + "Class"})
_TARGET_PROPERTIES: Final = ("targetSubjectsOf", "targetObjectsOf")
_TARGETS: Final = frozenset(SH + name for name in ("targetClass", "targetNode", "target", *_TARGET_PROPERTIES))
_QUERIES: Final = ("sparql",)
# What says something of a shape, and constrains nothing by itself.
_NO_CONSTRAINTS: Final = frozenset(
    {RDF + "type"}
    | {RDFS + name for name in ("label", "comment", "seeAlso", "isDefinedBy")}
    | {SH + name for name in ("path", "name", "description", "severity", "message", "order", "group", "property")}
    | {SH + name for name in ("sparql", "deactivated", "defaultValue", "flags", "ignoredProperties")}
)

Node = ox.NamedNode | ox.BlankNode


class ShapeGraph:
    """The triples of some shapes files, as they are and in `by_subject`: the objects by subject and predicate.

    `shapes` are the nodes that are declared or used as shapes, in order.
    """

    def __init__(self, triples: list[ox.Triple], files: list[RdfFile], prefixes: Prefixes) -> None:
        """Keep the triples by subject; the files are read again only when a place is needed."""
        self.triples = triples
        self.files = files
        self.prefixes = prefixes
        self.by_subject: dict[Any, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        self._owners: dict[Any, ox.Triple] = {}
        for triple in triples:
            subject, predicate, value = triple
            self.by_subject[subject][predicate.value].append(value)
            if isinstance(value, ox.BlankNode):
                self._owners[value] = triple
        self._origins: dict[str, Origins] = {}
        self.shapes: list[Node] = [node for node in self.by_subject if self._is_shape(node)]

    def _is_shape(self, node: Any) -> bool:
        parts = self.by_subject[node]
        kinds = any(getattr(kind, "value", "") in _KINDS for kind in parts.get(RDF + "type", ()))
        return kinds or SH + "path" in parts or not _TARGETS.isdisjoint(parts)

    def values(self, node: Any, name: str) -> list[Any]:
        """The values of a property of SHACL at a node."""
        return self.by_subject[node].get(SH + name, []) if node in self.by_subject else []

    def predicates(self, node: Any) -> list[ox.NamedNode]:
        """The properties of a node."""
        return [ox.NamedNode(iri) for iri in self.by_subject.get(node, ())]

    # Targets

    def target_classes(self, shape: Node) -> list[ox.NamedNode]:
        """The classes whose instances a shape judges, itself if it is a class."""
        classes = [value for value in self.values(shape, "targetClass") if isinstance(value, ox.NamedNode)]
        types = {getattr(kind, "value", "") for kind in self.by_subject[shape].get(RDF + "type", ())}
        return [*classes, shape] if isinstance(shape, ox.NamedNode) and types & _IMPLICIT else classes

    def target_properties(self, shape: Node) -> list[ox.NamedNode]:
        """The properties whose subjects or objects a shape judges."""
        values = [value for name in _TARGET_PROPERTIES for value in self.values(shape, name)]
        return [value for value in values if isinstance(value, ox.NamedNode)]

    def has_other_target(self, shape: Node) -> bool:
        """Whether a shape names nodes, or targets that a query finds."""
        return bool(self.values(shape, "targetNode") or self.values(shape, "target"))

    def reported_with(self, shape: Node) -> list[Node]:
        """The property shapes whose results are reported when a shape is judged: below it by sh:property."""
        found: dict[Node, None] = {}
        waiting = list(self.values(shape, "property"))
        while waiting:
            node = waiting.pop()
            if node not in found:
                found[node] = None
                waiting += self.values(node, "property")
        return list(found)

    @cached_property
    def reported(self) -> list[Node]:
        """All property shapes whose results are reported; the others only serve a sh:node, a sh:or or the like."""
        with_targets = [shape for shape in self.shapes if not _TARGETS.isdisjoint(self.by_subject[shape])]
        with_targets += [shape for shape in self.shapes if shape in self.target_classes(shape)]
        roots = [shape for shape in with_targets if self.values(shape, "path")]
        below = [node for shape in with_targets for node in self.reported_with(shape)]
        return [shape for shape in dict.fromkeys([*roots, *below]) if self.values(shape, "path")]

    # What a shape says

    def path(self, shape: Node) -> ox.NamedNode | None:
        """The path of a property shape, if it is a single property."""
        paths = self.values(shape, "path")
        return paths[0] if len(paths) == 1 and isinstance(paths[0], ox.NamedNode) else None

    def forbids(self, shape: Node) -> bool:
        """Whether a property shape asks that there be no value."""
        return any(getattr(value, "value", "") == "0" for value in self.values(shape, "maxCount"))

    def severity(self, shape: Node) -> Any:
        """The severity that is given, None if there is none."""
        return next(iter(self.values(shape, "severity")), None)

    def message_languages(self, shape: Node) -> set[str]:
        """The languages in which all results of a shape have a message of their own."""
        own = {message.language for message in self.values(shape, "message") if isinstance(message, ox.Literal)}
        queries = [query for name in _QUERIES for query in self.values(shape, name)]
        if not queries or set(self.by_subject[shape]) - _NO_CONSTRAINTS:
            return {language for language in own if language}
        # All its results come from queries, which may have messages of their own.
        languages = [
            {m.language for m in self.values(query, "message") if isinstance(m, ox.Literal)} for query in queries
        ]
        return {language for language in own | set.intersection(*languages) if language}

    # Names and places

    def name(self, node: Any) -> str:
        """A node for people; a blank node by the shape that it is in."""
        if isinstance(node, ox.Literal):
            return f"“{node.value}”"
        if isinstance(node, ox.NamedNode):
            return self.prefixes.shortened(node.value)
        owner = self._owner(node)
        return f"{self.prefixes.shortened(owner.value)} […]" if owner is not None else "[…]"

    def _owner(self, node: Any) -> ox.NamedNode | None:
        return next((n for n in self._way_up(node) if isinstance(n, ox.NamedNode)), None)

    def _way_up(self, node: Any) -> Iterator[Any]:
        seen = set()
        while node not in seen:
            seen.add(node)
            yield node
            if node in self._owners:
                node = self._owners[node].subject

    def _places(self, node: Node, predicate: ox.NamedNode | None, value: Any) -> list[Place]:
        """The places of a statement in the files about its subject; each is read again once at most."""
        return [place for origins in self._read_again(node) for place in origins.places(node, predicate, value)]

    def _read_again(self, node: Node) -> Iterator[Origins]:
        for file in self.files:
            if node in file.subjects:
                if file.shown not in self._origins:
                    subjects = [subject for subject in self.by_subject if subject in file.subjects]
                    self._origins[file.shown] = Origins(Sources(files=[file]), subjects)
                yield self._origins[file.shown]

    def place(self, subject: Any, predicate: ox.NamedNode | None = None, value: Any = None) -> Place | None:
        """The place of a statement, else of its subject, else of the shape that the subject is in."""
        for number, node in enumerate(self._way_up(subject)):
            if isinstance(node, ox.NamedNode | ox.BlankNode):
                places = self._places(node, predicate, value) if not number else self._places(node, None, None)
                if places:
                    return places[0]
        return None

    def place_of_predicate(self, triple: ox.Triple) -> Place | None:
        """The place of the predicate of a statement, else of the statement."""
        for origins in self._read_again(triple.subject) if isinstance(triple.subject, Node) else ():
            for placed in origins.triples(*triple):
                return placed.predicate
        return self.place(*triple)

    def place_inside(self, triple: ox.Triple, span: tuple[int, int] | None) -> Place | None:
        """The place of some characters of a literal; of the whole literal without `span`, or if it has escapes."""
        place = self.place(triple.subject, triple.predicate, triple.object)
        if place is None or span is None or place.line is None or place.column is None:
            return place
        file = next((file for file in self.files if file.shown == place.file), None)
        if file is None or not isinstance(triple.object, ox.Literal):
            return place
        lines = file.source.lines
        start = lines.start(place.line) + place.column - 1
        value = triple.object.value
        for quotes in (3, 1):
            first = start + quotes
            if lines.text[first : first + len(value)] == value and lines.text[first - 1] in "\"'":
                return lines.place(first + span[0], first + span[1])
        return place
