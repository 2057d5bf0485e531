"""The properties that the rows of a table have: which column each value goes into, and in which order columns are."""

from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Sequence
from functools import partial
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import QB, RDFS, SKOS, local_name
from ssekg.base.triples import as_terms
from ssekg.graph.store import TYPE, Graph
from ssekg.publish.tables.naming import DescribedTable, Descriptions, snake
from ssekg.publish.tables.table import ID, Texts
from ssekg.publish.tables.values import Value, Values, free_name

_OF_CUBE: Final = ox.NamedNode(QB + "dataSet")
_NAME: Final = SKOS + "prefLabel"
_LABEL: Final = ox.NamedNode(RDFS + "label")

ByProperty = dict[int, list[Value]]
"""The values of a row by the number of their property."""


class Properties:
    """The properties of a table, each with what its values are like, as they are met in its rows."""

    def __init__(
        self,
        graph: Graph,
        descriptions: Descriptions,
        described: DescribedTable | None,
        derived: Container[ox.Triple],
    ) -> None:
        """Begin with none.

        Args:
            graph: the graph.
            descriptions: those of the tables of the project.
            described: what describes this table there, None if nothing does.
            derived: the triples that rules give.
        """
        self._graph, self._descriptions, self._described, self._derived = graph, descriptions, described, derived
        self._met: dict[object, tuple[int, Values]] = {}
        self._names = {ID, *(column.name for column in described.columns)} if described else {ID}

    def row(self, triples: Sequence[ox.Triple]) -> ByProperty:
        """The values in one more row, given what the graph says about it."""
        row: ByProperty = defaultdict(list)
        for triple, (_, predicate, term) in zip(triples, as_terms(triples), strict=True):
            if predicate in {_LABEL, _OF_CUBE} or not isinstance(term, ox.NamedNode | ox.Literal):
                continue
            number, values, cell = self._placed(predicate, term)
            row[number].append(values.value(cell, term, is_derived=triple in self._derived))
        for number, values in self._met.values():
            if number in row:
                values.take(row[number])
        return dict(row)

    def in_order(self, rows: Collection[tuple[str, ByProperty]]) -> list[tuple[int, Values]]:
        """The properties with their numbers: those that the table has in the project in its order, others by name.

        The classes are left out where all rows have the same.
        """
        order = {
            key: (0, key, "") if isinstance(key, int) else (1, 0, _rank(values))
            for key, (_, values) in self._met.items()
        }
        ordered = [self._met[key] for key in sorted(self._met, key=order.__getitem__)]
        return [
            (number, values)
            for number, values in ordered
            if values.predicate != TYPE.value or _is_telling(found.get(number, ()) for _, found in rows)
        ]

    def _placed(self, predicate: ox.NamedNode, term: ox.NamedNode | ox.Literal) -> tuple[int, Values, str]:
        """The property of a value with its number, and the cell."""
        labels = self._graph.labels.get(predicate, {})
        for number, column in self._described.of_property.get(predicate.value, ()) if self._described else ():
            cell = column.cell(term)
            if cell is not None:
                cell = cell if column.kind or isinstance(term, ox.Literal) else self._graph.shortened(cell)
                texts, meanings = column.headings or labels, column.meanings
                made = column.name, column.predicate, column.language, texts, meanings, column.kind, column.is_list
                return *self._property(number, partial(Values, *made)), cell
        language = term.language if isinstance(term, ox.Literal) else None
        local = local_name(predicate.value)
        name = self._descriptions.usual_name(predicate.value, language)
        name = name or snake(f"{local}_{language}" if language else local)
        cell = term.value if isinstance(term, ox.Literal) else self._graph.shortened(term.value)
        if predicate == TYPE:
            name, cell = "class", local_name(term.value)
        key = (predicate.value, language, isinstance(term, ox.Literal))
        return *self._property(key, partial(self._undescribed, name, predicate.value, language, labels)), cell

    def _property(self, key: object, make: Callable[[], Values]) -> tuple[int, Values]:
        if key not in self._met:
            self._met[key] = len(self._met), make()
        return self._met[key]

    def _undescribed(self, name: str, predicate: str, language: str | None, labels: Texts) -> Values:
        """The values of a property that no column describes, called otherwise than the columns before."""
        free = free_name([name, snake(self._graph.shortened(predicate))], self._names)
        self._names.add(free)
        return Values(free, predicate, language, labels)


def _rank(values: Values) -> str:
    """Names go first where no description orders the columns."""
    return f"{0 if values.name == 'class' else 1 if values.predicate == _NAME else 2} {values.name}"


def _is_telling(classes: Iterable[Sequence[Value]]) -> bool:
    """Whether rows differ in their classes."""
    return len({tuple(what for _, _, what in of_row) for of_row in classes}) > 1
