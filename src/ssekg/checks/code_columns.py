"""Columns of tables whose cells are concepts of a list: which concepts, by the shapes of the project."""

from functools import cached_property
from typing import Any

import pyoxigraph as ox

from ssekg.base.errors import CannotRunError
from ssekg.checks.subject import Subject
from ssekg.graph.store import TYPE
from ssekg.shacl.allowed_values import AllowedValues
from ssekg.sources.tables.columns import Column
from ssekg.sources.tables.table import Table


class CodeColumns:
    """The concepts that the columns of a project's tables take; the shapes are asked when somebody wants to know."""

    def __init__(self, subject: Subject) -> None:
        """Keep what is to be asked."""
        self.subject = subject

    def choices(self, table: Table, column: Column) -> list[ox.NamedNode]:
        """The concepts that a column takes by the shapes of its property; none where they don't agree on any."""
        if column.value is None or column.predicate.variables:
            return []
        shapes = self._by_property.get(column.predicate.iri({}), [])
        fitting = [shape for shape in shapes if shape in self._reported(table)] or shapes
        lists = [self._choices[shape] for shape in fitting]
        return lists[0] if lists and all(each == lists[0] for each in lists) else []

    @cached_property
    def _choices(self) -> dict[Any, list[ox.NamedNode]]:
        graph = self.subject.graph
        try:
            shapes = self.subject.own_shapes.shapes.triples
        except CannotRunError:  # which is reported elsewhere
            return {}
        return AllowedValues(shapes, [*graph.data, *graph.vocabulary]).concepts_by_shape

    @cached_property
    def _by_property(self) -> dict[ox.NamedNode, list[Any]]:
        found: dict[ox.NamedNode, list[Any]] = {}
        for shape in self._choices:
            path = self.subject.shape_graph.path(shape)
            if path is not None:
                found.setdefault(path, []).append(shape)
        return found

    def _reported(self, table: Table) -> set[Any]:
        """The shapes that judge the records of a table, by the class that its description gives them."""
        above = self.subject.graph.terms.above
        classes = {over for each in _types(table) for over in above.get(each, frozenset({each}))}
        shapes = self.subject.shape_graph
        judging = (shape for shape in shapes.shapes if classes.intersection(shapes.target_classes(shape)))
        return {below for shape in judging for below in shapes.reported_with(shape)}


def _types(table: Table) -> list[ox.NamedNode]:
    """The classes of all records of a table."""
    constant = [each for each in table.columns if not each.predicate.variables and each.predicate.iri({}) == TYPE]
    return [each.value.iri({}) for each in constant if each.value is not None and not each.value.variables]
