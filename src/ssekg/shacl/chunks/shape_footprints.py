"""What shapes read when a focus node is judged by them (SHACL, section 4), as footprints."""

from collections.abc import Iterable
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import RDF, SH
from ssekg.shacl.constraints.sparql_constraints import Constraint, SparqlConstraints
from ssekg.shacl.footprint import FOCUS, Footprint, Way
from ssekg.shacl.paths import path_at
from ssekg.shacl.references import TARGETS

_COMPARED: Final = frozenset(SH + name for name in ("equals", "disjoint", "lessThan", "lessThanOrEquals"))
_OTHER_SHAPES: Final = frozenset(SH + name for name in ("property", "node", "not", "qualifiedValueShape"))
_LISTS: Final = frozenset(SH + name for name in ("and", "or", "xone"))
# What reads nothing but the value nodes themselves, or is no constraint at all.
_SILENT: Final = frozenset(
    {
        *TARGETS,
        *_OTHER_SHAPES,
        *_LISTS,
        *(SH + name for name in ("datatype", "nodeKind", "hasValue", "in", "languageIn", "uniqueLang", "pattern")),
        *(SH + name for name in ("flags", "minCount", "maxCount", "minLength", "maxLength", "qualifiedMinCount")),
        *(SH + name for name in ("minInclusive", "minExclusive", "maxInclusive", "maxExclusive", "qualifiedMaxCount")),
        *(SH + name for name in ("path", "ignoredProperties", "severity", "message", "deactivated", "name", "rule")),
        *(SH + name for name in ("description", "order", "group", "defaultValue", "qualifiedValueShapesDisjoint")),
    }
)


class ShapeFootprints:
    """The footprints of the shapes that some SPARQL-based constraints are among."""

    def __init__(self, constraints: SparqlConstraints) -> None:
        """Read nothing yet."""
        self._of = constraints.by_subject
        self._queries = {(each.shape, each.node): each for each in constraints.ours}
        triples = constraints.triples
        parameters = {t.object for t in triples if t.predicate.value == SH + "parameter"}
        # Components that the shapes define themselves may read anything.
        self._own = {getattr(v, "value", "") for each in parameters for v in self._of[each].get(SH + "path", [])}
        self._qualified = {t.object for t in triples if t.predicate.value == SH + "qualifiedValueShape"}

    def is_parameter(self, name: str) -> bool:
        """Whether a predicate may be the parameter of a constraint."""
        return name.startswith(SH) or name in self._own

    def query(self, shape: Any, node: Any) -> Constraint | None:
        """The SPARQL-based constraint of a shape at a node, if a store can be asked."""
        return self._queries.get((shape, node))

    def of(self, shape: Any) -> Footprint:
        """What a shape reads with all that it refers to."""
        footprint = Footprint()
        self._read(footprint, shape, FOCUS, set())
        return footprint

    def of_rest(self, shape: Any) -> Footprint:
        """What a node shape reads besides its properties and the queries that a store can be asked."""
        footprint = Footprint()
        for name, values in list(self._of[shape].items()):
            for value in values if name != SH + "property" else ():
                if self.query(shape, value) is None:
                    self._read_parameter(footprint, shape, name, value, (FOCUS, FOCUS), set())
        return footprint

    def of_query(self, shape: Any, node: Any) -> Footprint:
        """What a SPARQL-based constraint reads."""
        footprint = Footprint()
        self._read_query(footprint, shape, node)
        return footprint

    def _read(self, footprint: Footprint, shape: Any, way: Way, seen: set[tuple[Any, Way]]) -> None:
        """Judge nodes, to which there are some ways, by a shape."""
        if (shape, way) in seen:
            return
        seen.add((shape, way))
        parts = self._of.get(shape, {})
        values = way
        if SH + "path" in parts:
            path = path_at(parts[SH + "path"][0], self._of)
            if path is None:
                footprint.read_anywhere(None)
                return
            values = footprint.follow(path, way)
        for name, found in list(parts.items()):
            for value in found:
                self._read_parameter(footprint, shape, name, value, (way, values), seen)

    def _read_parameter(
        self, footprint: Footprint, shape: Any, name: str, value: Any, ways: tuple[Way, Way], seen: set[tuple[Any, Way]]
    ) -> None:
        way, values = ways
        for other in self._others(name, value):
            self._read(footprint, other, values, seen)
        if name in _COMPARED:
            footprint.read(way, getattr(value, "value", None))
        elif name == SH + "class":
            footprint.instances(values)
        elif name == SH + "closed":
            footprint.read(values, None)
        elif name == SH + "sparql":
            self._read_query(footprint, shape, value)
        elif name in self._own or (name.startswith(SH) and name not in _SILENT):
            footprint.read_anywhere(None)

    def _others(self, name: str, value: Any) -> Iterable[Any]:
        """The shapes that value nodes are judged by because of a parameter; siblings may be any of them."""
        if name in _OTHER_SHAPES:
            return [value]
        if name in _LISTS:
            return self._members(value)
        return self._qualified if name == SH + "qualifiedValueShapesDisjoint" else ()

    def _read_query(self, footprint: Footprint, shape: Any, node: Any) -> None:
        constraint = self.query(shape, node)
        is_off = any(
            getattr(value, "value", "") in {"true", "1"} for value in self._of[node].get(SH + "deactivated", [])
        )
        if constraint is not None:
            footprint.add(constraint.footprint)
            if constraint.predicates is None:
                footprint.predicates = None
        elif not is_off:
            footprint.read_anywhere(None)

    def _members(self, node: Any) -> list[Any]:
        members, seen = [], set()
        while RDF + "first" in self._of.get(node, {}) and node not in seen:
            seen.add(node)
            members.append(self._of[node][RDF + "first"][0])
            node = next(iter(self._of[node].get(RDF + "rest", [])), ox.NamedNode(RDF + "nil"))
        return members
