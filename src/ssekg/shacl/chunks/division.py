"""The shapes divided: those that a part of the data answers, with some triples of other parts, and those that don't.

A constraint is judged on parts if all that it reads (footprint.py) is about the focus node or nodes that links lead to
from it. The properties and SPARQL-based constraints of a node shape are divided one by one where nothing depends on
their being together.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import OWL, RDF, RDFS, SH
from ssekg.shacl.chunks.shape_footprints import ShapeFootprints
from ssekg.shacl.chunks.targets import Targets, markers
from ssekg.shacl.constraints.sparql_constraints import SparqlConstraints
from ssekg.shacl.footprint import FOCUS, Footprint
from ssekg.shacl.references import TARGETS, References
from ssekg.shacl.routes import slow_shapes

_TARGETS: Final = {SH + name for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")}
_CLASSES: Final = frozenset({RDFS + "Class", OWL + "Class"})
_NO_CONSTRAINTS: Final = frozenset(
    {
        *TARGETS,
        *(SH + name for name in ("property", "path", "severity", "message", "deactivated", "name", "description")),
        *(SH + name for name in ("order", "group", "defaultValue", "rule")),
    }
)


@dataclass
class Division:
    """Shapes divided.

    `nearby` are judged part by part, with what `footprint` says; their targets are replaced by the marks of `targets`.
    `whole` are judged at once, on the triples with `predicates`, None for all.
    """

    nearby: list[ox.Triple] = field(default_factory=list)
    targets: Targets = field(default_factory=Targets)
    footprint: Footprint = field(default_factory=Footprint)
    whole: list[ox.Triple] = field(default_factory=list)
    predicates: frozenset[str] | None = frozenset()


def divided(triples: Sequence[ox.Triple], kept_whole: Collection[Any] = (), *, linked: bool = True) -> Division:
    """Divide some shapes.

    Args:
        triples: the shapes.
        kept_whole: shapes that are judged at once, whatever they read.
        linked: whether what reads triples of linked nodes is judged on parts.

    Raises:
        IllFormedError: SHACL does not allow a query.
    """
    return _Divider(References(triples), kept_whole, linked=linked).division()


class _Divider:
    def __init__(self, references: References, kept_whole: Collection[Any], *, linked: bool) -> None:
        self._references = references
        self._constraints = SparqlConstraints(references)
        self._of = self._constraints.by_subject
        self._shapes = ShapeFootprints(self._constraints)
        self._linked = linked
        slow = {*self._constraints.refused, *slow_shapes(references, b""), *kept_whole}
        self._slow = references.leading_to(slow)
        self._referred = {shape for links in references.links.values() for shape in links}
        # The triples that make something be judged, where they stay.
        self._nearby: set[ox.Triple] = set()
        self._whole: set[ox.Triple] = set()
        self._near = Footprint()
        self._far = Footprint()

    def division(self) -> Division:
        roots = {root: [*self._units(root)] for root in sorted(self._references.roots, key=str)}
        for root, units in roots.items():
            at_once = root in self._slow or not self._can_be_marked(root)
            for unit, footprint in units:
                is_far = at_once or footprint.is_scattered or not (self._linked or not footprint.links)
                (self._whole if is_far else self._nearby).update(unit)
                (self._far if is_far else self._near).add(footprint)
        nearby = {root for root, units in roots.items() if any(unit & self._nearby for unit, _ in units)}
        whole = {root for root, units in roots.items() if any(unit & self._whole for unit, _ in units)}
        targets = markers(nearby, self._of)
        if targets.classes:
            self._near.instances(FOCUS)
        for root in whole:
            self._read_targets(root)
        predicates = self._far.predicates
        return Division(
            nearby=[*self._kept(set(), self._whole), *targets.triples] if nearby else [],
            targets=targets,
            footprint=self._near,
            whole=self._kept(whole, self._nearby) if whole else [],
            predicates=None if predicates is None else frozenset(predicates),
        )

    def _kept(self, roots: Collection[Any], others: Collection[ox.Triple]) -> list[ox.Triple]:
        """The shapes of one side, where only some roots keep their targets.

        What others refer to stays whole on both sides.
        """
        kept = self._references.without_targets(self._references.roots - set(roots))
        return [triple for triple in kept if triple not in others or not self._is_divisible(triple.subject)]

    def _units(self, root: Any) -> Iterable[tuple[set[ox.Triple], Footprint]]:
        """What of a shape with a target is judged together, as the triples that make it so, with what it reads."""
        parts = self._of[root]
        own = {
            ox.Triple(root, ox.NamedNode(name), value)
            for name, values in list(parts.items())
            if self._shapes.is_parameter(name) and name not in _NO_CONSTRAINTS
            for value in values
        }
        properties = {ox.Triple(root, ox.NamedNode(SH + "property"), value) for value in parts.get(SH + "property", [])}
        if not self._is_divisible(root):
            yield own | properties, self._shapes.of(root)
            return
        for triple in properties:
            yield {triple}, self._shapes.of(triple.object)
        queries = {triple for triple in own if self._shapes.query(root, triple.object) is not None}
        for triple in queries:
            yield {triple}, self._shapes.of_query(root, triple.object)
        if own - queries:
            yield own - queries, self._shapes.of_rest(root)

    def _is_divisible(self, root: Any) -> bool:
        parts = self._of[root]
        if root in self._referred or SH + "path" in parts or SH + "closed" in parts:
            return False
        return not any(SH + "qualifiedValueShapesDisjoint" in self._of[each] for each in parts.get(SH + "property", []))

    def _can_be_marked(self, root: Any) -> bool:
        parts = self._of[root]
        terms = {name: parts.get(name, []) for name in _TARGETS}
        nodes = terms.pop(SH + "targetNode")
        named = all(isinstance(term, ox.NamedNode) for found in terms.values() for term in found)
        is_class = _CLASSES & {getattr(kind, "value", "") for kind in parts.get(RDF + "type", [])}
        right = not any(isinstance(node, ox.BlankNode) for node in nodes)
        return named and right and SH + "target" not in parts and not (is_class and isinstance(root, ox.BlankNode))

    def _read_targets(self, root: Any) -> None:
        parts = self._of[root]
        if SH + "target" in parts:
            self._far.read_anywhere(None)
        for name in (RDF + "type", RDFS + "subClassOf"):
            self._far.read_anywhere(name)
        for name in ("targetSubjectsOf", "targetObjectsOf"):
            for value in parts.get(SH + name, []):
                self._far.read_anywhere(value.value)
