"""Where the CSVW description of a table gives a term to all its rows."""

import json
from collections import defaultdict
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from ssekg.base.findings import Place
from ssekg.sources.json_places import json_places
from ssekg.sources.tables.columns import Column
from ssekg.sources.tables.table import Table


class ColumnPlaces:
    """The CSVW description of a table, to find in it the terms that it gives to all rows."""

    def __init__(self, table: Table, path: Path) -> None:
        """Name the description of a table; it is read when a place is asked for."""
        self.table = table
        self.path = path

    def place(self, predicate: ox.NamedNode, value: object | None) -> Place | None:
        """Where a predicate stands, or (with a `value`) a value that all rows have; None if the rows give it."""
        for column in self.table.columns:
            if column.predicate.variables or column.predicate.iri({}) != predicate:
                continue
            if value is None:
                return self._of(column, "propertyUrl")
            if column.value is not None and not column.value.variables and column.value.iri({}) == value:
                return self._of(column, "valueUrl")
        return None

    def _of(self, column: Column, key: str) -> Place:
        for path in ((*self._columns[column.name], key), ("tableSchema", key), (key,)):
            if path in self._places:
                return self._places[path]
        return Place(self.table.description_shown, 1, 1)

    @cached_property
    def _places(self) -> dict[tuple[str | int, ...], Place]:
        text = self.path.read_bytes().decode("utf-8-sig")
        return dict(json_places(text, self.table.description_shown))

    @cached_property
    def _columns(self) -> dict[str, tuple[str | int, ...]]:
        """The path of each column by its name."""
        content = json.loads(self.path.read_bytes().decode("utf-8-sig"))
        paths: dict[str, tuple[str | int, ...]] = defaultdict(tuple)
        for index, column in enumerate(content["tableSchema"]["columns"]):
            paths[str(column.get("name"))] = ("tableSchema", "columns", index)
        return paths
