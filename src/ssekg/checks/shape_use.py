"""Shapes that nothing in the data meets: they may wait for data, or be wrong."""

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from ssekg.base.codes import CODES
from ssekg.base.findings import Finding, Severity
from ssekg.base.namespaces import RDFS, SH
from ssekg.base.triples import by_predicate, with_predicates
from ssekg.checks.known_terms import KnownTerms
from ssekg.checks.shape_graph import ShapeGraph
from ssekg.graph.store import TYPE, Graph
from ssekg.sources.tables.table import Table

_SUBCLASS: Final = ox.NamedNode(RDFS + "subClassOf")


def unused_shapes(shapes: ShapeGraph, graph: Graph, terms: KnownTerms) -> Iterator[Finding]:
    """Findings for shapes whose targets nothing is, and property shapes on properties that nobody uses.

    What a table has a column for counts as used, though all its cells be empty, and so does what rules derive. Where a
    source could not be read whole, nobody knows what it would have met, and nothing is reported; nor while a table has
    no row yet, as those of a new project, since the shapes may wait for its rows.
    """
    tables = (file for file in graph.sources.files if isinstance(file, Table))
    unfinished = any(table.is_incomplete or not table.rows for table in tables)
    if unfinished or any(CODES[f.code].stops_reading for f in graph.sources.findings):
        return
    properties, classes = _used(graph)
    below = _below(graph)
    idle: set[object] = set()
    for shape in shapes.shapes:
        targets = shapes.target_classes(shape)
        others = shapes.target_properties(shape)
        if (not targets and not others) or shapes.has_other_target(shape):
            continue
        known = terms.classes.issuperset(targets) and terms.properties.issuperset(others)
        if known and not any(below.get(term, {term}) & classes for term in targets) and not properties & set(others):
            idle |= {shape, *shapes.reported_with(shape)}
            names = ", ".join(shapes.prefixes.shortened(term.value) for term in sorted([*targets, *others], key=str))
            arguments = {"shape": shapes.name(shape), "terms": names}
            yield Finding("shape-unused", Severity.INFO, shapes.place(shape), arguments, shape=shape)
    for shape in shapes.shapes:
        path = shapes.path(shape)
        if shape in idle or path is None or path in properties or shapes.forbids(shape):
            continue
        if path in terms.properties:
            arguments = {"shape": shapes.name(shape), "terms": shapes.prefixes.shortened(path.value)}
            place = shapes.place(shape, ox.NamedNode(SH + "path"), path)
            yield Finding("shape-unused", Severity.INFO, place, arguments, shape=shape)


def _used(graph: Graph) -> tuple[set[object], set[object]]:
    """The properties and classes that the data use, or the tables have columns for."""
    properties: set[object] = {*graph.terms.derived, *by_predicate(graph.data)}
    classes: set[object] = {triple.object for triple in with_predicates(graph.data, {TYPE})}
    for table in graph.sources.files:
        for column in table.columns if isinstance(table, Table) else ():
            if not column.predicate.variables and not column.suppressed:
                predicate = column.predicate.iri({})
                properties.add(predicate)
                if predicate == TYPE and column.value is not None and not column.value.variables:
                    classes.add(column.value.iri({}))
    return properties, classes


def _below(graph: Graph) -> dict[object, set[object]]:
    """Each class with all its subclasses and itself."""
    subclasses: dict[object, set[object]] = {}
    for triple in graph.vocabulary:
        if triple.predicate == _SUBCLASS:
            subclasses.setdefault(triple.object, set()).add(triple.subject)
    below = {}
    for start in subclasses:
        found: set[object] = set()
        waiting = [start]
        while waiting:
            node = waiting.pop()
            if node not in found:
                found.add(node)
                waiting += subclasses.get(node, ())
        below[start] = found
    return below
