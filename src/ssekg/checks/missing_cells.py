"""Where in the tables to write a value that a record lacks: an empty cell of its row, or a row of another table."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.findings import Place
from ssekg.base.said import Arguments, Said, Several
from ssekg.graph.store import Graph
from ssekg.sources.tables.columns import Column
from ssekg.sources.tables.table import Row, Table
from ssekg.sources.tables.templates import Template

_EXPRESSION: Final = re.compile(r"\{(?P<sign>\+?)(?P<name>[^\W\d]\w*)\}")


class MissingCells:
    """Finds the cells that would make a property of a thing; the tables are looked through when the first is wanted."""

    def __init__(self, graph: Graph) -> None:
        """Keep the tables."""
        files = graph.sources.files
        self._tables = [file for file in files if isinstance(file, Table) and file.schema is not None]

    def advice(self, focus: Any, predicate: ox.NamedNode) -> tuple[Place | None, Arguments]:
        """The empty cell for a value, if there is exactly one, and the argument `cell` of a hint."""
        for table, row in self._rows.get(focus, ()):
            empty = [each for each in table.columns if makes(each, predicate) and _is_empty_for(each, focus, row)]
            if empty:
                columns = Several(tuple(each.title for each in empty))
                said = Said("fill-cell", {"columns": columns, "row": f"{table.shown}:{row.line}"})
                place = table.cell_place(row, empty[0].index or 0) if len(empty) == 1 else None
                return place, {"cell": said}
        return None, self._row_to_add(focus, predicate) if isinstance(focus, ox.NamedNode) else {}

    def _row_to_add(self, focus: ox.NamedNode, predicate: ox.NamedNode) -> Arguments:
        """The argument `cell` that names the table whose rows have the property, and the key for this thing."""
        found = [
            (table, column, keys)
            for table in self._tables
            for column in table.columns
            if makes(column, predicate) and (keys := _keys(column.subject, focus)) is not None
        ]
        if not found:
            return {}
        # The template that says most by itself is made for this thing.
        table, column, keys = min(found, key=lambda each: (len("".join(each[2].values())), each[0].name))
        titles = {each.name: each.title for each in table.columns}
        cells = tuple(f"{titles.get(name, name)} = {text}" for name, text in keys.items())
        return {"cell": Said("add-row", {"table": table.name, "cells": Several(cells), "column": column.title})}

    @cached_property
    def _rows(self) -> dict[Any, list[tuple[Table, Row]]]:
        """The rows that say something of each thing."""
        found: dict[Any, dict[int, tuple[Table, Row]]] = {}
        for table, row, subject in self._subjects():
            found.setdefault(subject, {})[id(row)] = (table, row)
        return {subject: list(rows.values()) for subject, rows in found.items()}

    def _subjects(self) -> Iterator[tuple[Table, Row, Any]]:
        for table in self._tables:
            for row in table.stating:
                for subject in {triple.subject for _, triple in row.statements.triples}:
                    yield table, row, subject


def makes(column: Column, predicate: ox.NamedNode) -> bool:
    """Whether the cells of a column are values of a property."""
    if column.suppressed or column.index is None or column.predicate.variables:
        return False
    return bool(column.predicate.iri({}) == predicate)


def _is_empty_for(column: Column, focus: Any, row: Row) -> bool:
    """Whether the cell of a column is empty in a row that makes a thing with this column's subject."""
    if column.name in row.cells or column.subject is None:
        return False
    try:
        return bool(column.subject.iri(row.cells) == focus)
    except ValueError:
        return False


def _keys(subject: Template | None, focus: ox.NamedNode) -> dict[str, str] | None:
    """The cells that make a template the IRI of a thing, None if none do."""
    if subject is None or not subject.variables:
        return None
    pattern, end = "", 0
    text = subject.base + subject.text
    for each in _EXPRESSION.finditer(text):
        name = each["name"]
        taken = f"(?P={name})" if f"<{name}>" in pattern else f"(?P<{name}>[^{'' if each['sign'] else '/'}#?]+)"
        pattern += re.escape(text[end : each.start()]) + taken
        end = each.end()
    match = re.fullmatch(pattern + re.escape(text[end:]), focus.value)
    return match.groupdict() if match else None
