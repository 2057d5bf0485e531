"""A table as it was read: its columns, its records with their triples, and what is wrong with them."""

import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.findings import Finding, Place
from ssekg.sources.places import PlacedTriple
from ssekg.sources.rdf.labels import file_mark
from ssekg.sources.tables.columns import Column
from ssekg.sources.tables.descriptions import Description
from ssekg.sources.tables.grids import Grid
from ssekg.sources.tables.statements import Statements, Subject
from ssekg.sources.tables.templates import Pairs

DESCRIBED: Final = "-metadata.json"


@dataclass(frozen=True, slots=True)
class TableSource:
    """Where a table is kept.

    Attributes:
        description: the file NAME.csv-metadata.json.
        base: the IRI against which the templates are resolved.
        shown: the name of the file with the rows for people.
        description_shown: the description's name for people.
        path: the file with the rows; without it, the CSV file that the description names.
        mark: what the labels of records without a name end with; tables that are read together need different ones.
        prefixes: those of the project, each with its namespace, which templates may use beside those of CSVW.
    """

    description: Path
    base: str
    shown: str
    description_shown: str
    path: Path | None = None
    mark: str = file_mark(0, "t")
    prefixes: Pairs = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its number as spreadsheets count rows, the line it starts on, its texts by column, what it states.

    An empty cell has no text. The numbers that templates may use are among the texts: `_row` counts the records,
    `_sourceRow` the header too.
    """

    number: int
    line: int
    cells: Mapping[str, str]
    statements: Statements


@dataclass(frozen=True)
class Table:
    """One table. `name` is that of the CSV which the description names, even if the rows are in a workbook.

    `is_incomplete` is true if some records of the file could not be used; each problem with them has its finding.
    Description and grid are None where the description could not be read.
    """

    source: TableSource
    name: str
    description: Description | None
    grid: Grid | None
    columns: Sequence[Column]
    rows: Sequence[Row]
    findings: Sequence[Finding]
    is_incomplete: bool

    @property
    def shown(self) -> str:
        """The name of the file with the rows for people."""
        return self.source.shown

    @property
    def description_shown(self) -> str:
        """The description's name for people."""
        return self.source.description_shown

    @property
    def path(self) -> Path:
        """The file with the rows."""
        url = self.description.url if self.description else self.name
        return self.source.path or self.source.description.parent / url

    @property
    def schema(self) -> Any:
        """The description as csvw reads it; None if it could not be read."""
        return self.description.schema if self.description else None

    @property
    def text(self) -> str | None:
        """The text of the file with the rows; None where it is a workbook or could not be read."""
        return self.grid.text if self.grid else None

    @property
    def stating(self) -> Sequence[Row]:
        """The rows with what they state."""
        return self.rows

    def triples(self) -> Sequence[ox.Triple]:
        """The triples of all rows; a cell that is not of its datatype makes none (it has its finding)."""
        return [triple for row in self.rows for _, triple in row.statements.triples]

    @cached_property
    def _subjects(self) -> Container[object]:
        return frozenset(triple.subject for triple in self.triples())

    @property
    def subjects(self) -> Container[object]:
        """What the table says something about."""
        return self._subjects

    def sharing(self, _triples: Sequence[ox.Triple]) -> "Table":
        """The table if its triples are these, which share their terms with others."""
        return self

    def rested(self) -> "Table":
        """The table for who has its triples and all places in it: with the cells of its rows, which state nothing."""
        from ssekg.sources.tables.kept_cells import with_cells_only  # which knows this class

        return with_cells_only(self)

    def records(self, columns: Collection[Column]) -> Iterable[object]:
        """What rows say something about in some columns."""
        positions = {column.position for column in columns}
        return (
            triple.subject
            for row in self.rows
            for column, triple in row.statements.triples
            if column.position in positions
        )

    @cached_property
    def spoiled(self) -> frozenset[tuple[Subject, ox.NamedNode]]:
        """The subjects and properties whose value could not be read."""
        return frozenset(pair for row in self.rows for pair in row.statements.spoiled)

    @property
    def lost(self) -> re.Pattern[str] | None:
        """What the IRIs look like of the records that an incomplete table may hold; None for any other table."""
        template = self.schema.inherit("aboutUrl") if self.schema is not None and self.is_incomplete else None
        fixed = re.split(r"{[^}]*}", self.source.base + template.uri) if template else []
        return re.compile("[^/#?]+".join(map(re.escape, fixed))) if len(fixed) > 1 else None

    def cell_place(self, row: Row, index: int) -> Place:
        """The place of the cell at `index` of a row."""
        return self.grid.place(row.number, row.line, index) if self.grid else Place(self.shown, row.line, 1)

    def placed(self, wanted: Collection[object] | None = None) -> Iterator[PlacedTriple]:
        """The triples about the wanted subjects (by default all) with their places.

        The subject's is the record's first cell. The object is in the cell of the value, and so is the predicate,
        unless another cell says what it is.
        """
        at = {column.position: self._indices(column) for column in self.columns}
        for row in self.stating:
            place = cache(partial(self.cell_place, row))
            for column, triple in row.statements.triples:
                if wanted is None or triple.subject in wanted:
                    predicate, value = map(place, at[column.position])
                    yield PlacedTriple(triple, place(0), predicate, value)

    def _indices(self, column: Column) -> tuple[int, int]:
        """Where a column's properties and values are."""
        named = self._index(column.predicate.variables)
        if column.index is not None:
            value = column.index
        else:  # in the cell that goes into the values and not into the subject
            own = column.subject.variables if column.subject else ()
            used = [name for name in (column.value.variables if column.value else ()) if name not in own]
            value = self._index(used) or 0
        return value if named is None else named, value

    def _index(self, names: Collection[str]) -> int | None:
        """Where the first column is that has one of these names."""
        return next((each.index for each in self.columns if each.name in names and each.index is not None), None)
