"""Which focus nodes a change can reach: those whose judgement reads a triple that went or came."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

import pyoxigraph as ox

from ssekg.base.namespaces import SH
from ssekg.base.terms import Node
from ssekg.checks.incremental.bounds import MOST_NODES, UnboundedError
from ssekg.checks.incremental.changes import Statements, Use
from ssekg.checks.incremental.joins import Joins
from ssekg.graph.store import TYPE
from ssekg.shacl.chunks.shape_footprints import ShapeFootprints
from ssekg.shacl.constraints.sparql_constraints import SparqlConstraints
from ssekg.shacl.footprint import Footprint
from ssekg.shacl.references import References


class Reach:
    """What the shapes of a project read, unit by unit: each property and query of a shape with targets."""

    def __init__(self, shapes: Sequence[ox.Triple]) -> None:
        """Read the shapes, which the fast engine judges."""
        references = References(shapes)
        constraints = SparqlConstraints(references)
        self._of = constraints.by_subject
        self._links = references.links
        self._footprints = ShapeFootprints(constraints)
        self._referred = {shape for links in references.links.values() for shape in links}
        found = [(shape, unit) for root in sorted(references.roots, key=str) for shape, unit in self._units(root)]
        self.units = [unit for _, unit in found]
        self.objects_of = {value for parts in self._of.values() for value in parts.get(SH + "targetObjectsOf", ())}
        """The predicates whose objects are focus nodes."""
        self.far_shapes = self._below(shape for shape, unit in found if not unit.is_tied)
        """The shapes of units that read what is in no known way connected with the focus node."""
        names = ("targetSubjectsOf", "targetObjectsOf")
        of_targets = (value for parts in self._of.values() for name in names for value in parts.get(SH + name, ()))
        self._of_targets = {TYPE, *of_targets} if self.far_shapes else set()
        asked = [constraint.predicates for constraint in constraints.ours]
        # The predicates whose literals a store compares, None for all.
        self.seen = None if None in asked else frozenset(name for names in asked for name in names or ())

    def is_boundless(self, uses: Collection[Use]) -> bool:
        """Whether any change at all may be read from anywhere, or results are on values or below other results.

        `uses` are those that the data make of properties.
        """
        is_nested = any(SH + "path" in parts and SH + "property" in parts for parts in self._of.values())
        targets = {value for parts in self._of.values() for value in parts.get(SH + "targetNode", ())}
        followed = {predicate.value for predicate in self.objects_of}
        on_values = any(isinstance(each, ox.Literal) for each in targets) or any(
            each[0] == "kind" and each[3] in followed and each[4] for each in uses
        )
        return is_nested or on_values or any(not unit.is_tied and unit.predicates is None for unit in self.units)

    def _units(self, root: Any) -> Iterable[tuple[Any, Footprint]]:
        parts = self._of[root]
        if root in self._referred or SH + "path" in parts:
            yield root, self._footprints.of(root)
            return
        yield from ((shape, self._footprints.of(shape)) for shape in parts.get(SH + "property", ()))
        for node in parts.get(SH + "sparql", ()):
            if self._footprints.query(root, node) is not None:
                yield root, self._footprints.of_query(root, node)
        yield root, self._footprints.of_rest(root)

    def _below(self, shapes: Iterable[Any]) -> set[Any]:
        found: set[Any] = set()
        waiting = [*shapes]
        while waiting:
            shape = waiting.pop()
            if shape not in found:
                found.add(shape)
                waiting += self._links.get(shape, ())
        return found

    def reached(self, changed: Collection[ox.Triple], statements: Statements) -> set[Any]:
        """The nodes that may be judged otherwise because of changed triples.

        Raises:
            UnboundedError: it is not known which these are, or they are too many.
        """
        if any(triple.predicate in self._of_targets for triple in changed):
            raise UnboundedError("a focus node of a shape that reads anywhere")
        found: set[Any] = {triple.subject for triple in changed}
        found |= {triple.object for triple in changed if triple.predicate in self.objects_of}
        joins = Joins(statements)
        for unit in self.units:
            read = [t for t in changed if unit.predicates is None or t.predicate.value in unit.predicates]
            if read:
                found |= _ways(unit, _starts(unit, read), statements, backwards=True)
                found |= {node for each in unit.joined for triple in read for node in joins.reading(each, triple)}
        return {node for node in found if isinstance(node, Node)}

    def around(self, nodes: Collection[Any], statements: Statements) -> set[Any]:
        """The nodes that judging some nodes reads about.

        Raises:
            UnboundedError: they are too many.
        """
        found, joins = set(nodes), Joins(statements)
        for unit in self.units:
            if unit.is_tied:
                found |= _ways(unit, set(nodes), statements, backwards=False)
                found |= {other for each in unit.joined for node in nodes for other in joins.around(each, node)}
        return found


def _starts(unit: Footprint, changed: Iterable[ox.Triple]) -> set[Any]:
    if not unit.is_tied:
        raise UnboundedError("a shape that reads anywhere")
    # A triple is read where a step from its subject takes it, or one back from its object.
    ends = {triple.object for triple in changed if triple.predicate.value in unit.back}
    return {triple.subject for triple in changed} | ends


def _ways(unit: Footprint, starts: set[Any], statements: Statements, *, backwards: bool) -> set[Any]:
    """The nodes from which a unit comes to some, or those that it comes to from some."""
    met = set(starts)
    waiting = list(starts)
    against, along = (unit.links, unit.back) if backwards else (unit.back, unit.links)
    while waiting:
        node = waiting.pop()
        if against and not statements.forms.is_only(node):
            raise UnboundedError("values that may be written in several ways")
        steps: list[tuple[Collection[str], Callable[[Any], set[ox.Triple]], int]] = [
            (against, statements.leading, 0),
            (along, statements.about, 2),
        ]
        for names, triples, end in steps:
            for triple in triples(node) if names else ():
                if triple.predicate.value in names and (other := [*triple][end]) not in met:
                    met.add(other)
                    waiting.append(other)
        if len(met) > MOST_NODES:
            raise UnboundedError("too many nodes")
    return met
