"""Tables to triples: CSV files and workbooks with their CSVW descriptions, by the W3C's csv2rdf in minimal mode.

The package csvw reads the description and judges each cell; this module adds what it does not do: the triples
(https://www.w3.org/TR/csv2rdf/, section 6, minimal mode) and a finding with its place for all that is wrong, not
only for the first thing.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.codes import CODES
from ssekg.base.findings import Finding, Place, Severity
from ssekg.base.namespaces import RDF
from ssekg.base.said import Said
from ssekg.sources.places import PlacedTriple
from ssekg.sources.rdf.labels import file_mark
from ssekg.sources.tables.cells import faults, purpose, shortened
from ssekg.sources.tables.columns import Column, column
from ssekg.sources.tables.descriptions import Description, read_description
from ssekg.sources.tables.grids import CsvGrid, Grid
from ssekg.sources.tables.workbooks import WORKBOOKS, SheetGrid

_FIRST, _REST, _NIL = (ox.NamedNode(RDF + name) for name in ("first", "rest", "nil"))
_DESCRIBED: Final = "-metadata.json"


@dataclass(frozen=True, slots=True)
class Row:
    """One record: the line it starts on, and its cell texts by column name (a null cell is left out).

    The numbers that templates may use stand among them: `_row` counts the records, `_sourceRow` the header too.
    """

    line: int
    cells: Mapping[str, str]


class Table:
    """One table: its description, its rows, and what is wrong with them.

    `delimiter` is the separator of columns that the description asks for, whatever the file has.
    `spoiled` holds, once the triples were made, the subjects and properties whose value could not be read.
    `path` is the file that holds the rows; `name` that of the CSV which the description speaks of, by which other
    tables link to it even where the rows are kept in a workbook.
    """

    def __init__(
        self, description: Path, base: str, shown: str, description_shown: str, path: Path | None = None
    ) -> None:
        """Read the description and the file with the rows; what is wrong is kept in `findings`.

        Args:
            description: the file NAME.csv-metadata.json.
            base: the IRI against which the templates are resolved.
            shown: the name of the file with the rows for people.
            description_shown: the description's name for people.
            path: the file with the rows; without it, the CSV file that the description names.

        Raises:
            CannotRunError: one of the two files can't be opened.
        """
        self.base = base
        self.shown = shown
        self.description_shown = description_shown
        self.delimiter = ","
        self.findings: list[Finding] = []
        self.columns: list[Column] = []
        self.rows: list[Row] = []
        self.subjects: frozenset[object] = frozenset()
        # What the labels of rows without a name end with: tables that are read together need different ones.
        self.mark = file_mark(0, "t")
        self.spoiled: set[tuple[ox.NamedNode | ox.BlankNode, ox.NamedNode]] = set()
        self.schema: Any = None
        self._grid: Grid | None = None
        self._set_aside = False
        described = read_description(description, description_shown)
        if isinstance(described, Finding):
            self.findings.append(described)
            self.name = description.name.removesuffix(_DESCRIBED)
            self.path = path or description.with_name(self.name)
            return
        self.schema = described.schema
        self.delimiter = described.delimiter or self.delimiter
        self.path = path or description.parent / described.url
        self.name = (description.parent / described.url).name
        self._titles = {each.header: each for each in self.schema.columns if not each.virtual}
        self._keys = frozenset(self.schema.primaryKey or ())
        self._grid = self._opened(described)
        self._read(self._grid)

    def _opened(self, described: Description) -> Grid:
        if self.path.suffix.lower() in WORKBOOKS:
            return SheetGrid(self.path, self.shown, self.name.removesuffix(".csv"))
        return self._csv(described.delimiter)

    def _csv(self, declared: str | None) -> CsvGrid:
        return CsvGrid(self.path, self.shown, lambda title: self._named(title) is not None, declared)

    def written(self) -> Iterator[list[str]]:
        """The records of a CSV file as they are written, the header first, read again; those without text left out."""
        return (cells for _, cells in self._csv(self.delimiter).records() if any(cells))

    @property
    def text(self) -> str | None:
        """The text of the file with the rows; None where it is a workbook or could not be read."""
        return None if self._grid is None else self._grid.text

    @property
    def is_incomplete(self) -> bool:
        """Whether records that the file holds could not be taken; what is wrong with them has its finding."""
        if not self.rows:
            return any(finding.severity is Severity.VIOLATION for finding in self.findings)
        return self._set_aside or any(CODES[finding.code].loses_records for finding in self.findings)

    @property
    def lost(self) -> re.Pattern[str] | None:
        """What the IRIs look like of the records that an incomplete table may hold; None for any other table."""
        about = self.schema.inherit("aboutUrl") if self.schema is not None and self.is_incomplete else None
        fixed = re.split(r"{[^}]*}", self.base + about.uri) if about else []
        return re.compile("[^/#?]+".join(map(re.escape, fixed))) if len(fixed) > 1 else None

    def cell_place(self, line: int, index: int) -> Place:
        """The place of the cell at `index` of the record that starts on `line`."""
        return self._grid.place(line, index) if self._grid is not None else Place(self.shown, line, 1)

    def _found(self, code: str, line: int, index: int | None = None, **arguments: str) -> None:
        place = Place(self.shown, line, 1) if index is None else self.cell_place(line, index)
        short = {name: shortened(text) for name, text in arguments.items()}
        self.findings.append(Finding(code, Severity.VIOLATION, place, short))

    def _read(self, grid: Grid) -> None:
        width = -1
        number = 0
        for source, (line, cells) in enumerate(grid.records(), start=1):
            if width < 0:
                width = self._read_header(line, cells)
            elif any(cells):
                number += 1
                self._read_row(grid, line, cells, width, {"_row": str(number), "_sourceRow": str(source)})
        self.findings += grid.findings
        if width < 0 and not grid.findings:
            self._read_header(1, [])

    # The header

    def _named(self, title: str) -> str | None:
        """The name of the column that a title stands for: as it is, else without spaces and composed."""
        for wanted in dict.fromkeys([title, unicodedata.normalize("NFC", title).strip(" \t\n\u00a0\ufeff\u200b")]):
            for name, each in self._titles.items():
                if each.has_title(wanted):
                    return str(name)
        return None

    def _read_header(self, line: int, header: list[str]) -> int:
        """Take the columns from the header; how many cells it has, empty ones at its end not counted."""
        width = max((index + 1 for index, title in enumerate(header) if title.strip()), default=0)
        names = [self._named(title) for title in header[:width]]
        for index, (title, name) in enumerate(zip(header, names, strict=False)):
            if name is None:
                self._found("table-unknown-column", line, index, column=title, known=", ".join(self._titles))
            elif name in names[:index]:
                self._found("table-repeated-column", line, index, column=title)
            elif not self._titles[name].has_title(title):
                place, about = self.cell_place(line, index), {"column": name, "value": shortened(title), "meant": name}
                self.findings.append(Finding("table-space", Severity.WARNING, place, about))
        for described in self.schema.columns:
            if described.virtual:
                self.columns.append(column(described, None, self.schema, self.name, self.base))
            elif described.header in names:
                at = names.index(described.header)
                self.columns.append(column(described, at, self.schema, self.name, self.base))
            else:
                self._found("table-missing-column", line, column=described.header)
        return width

    # The records

    def _read_row(self, grid: Grid, line: int, cells: list[str], width: int, numbers: dict[str, str]) -> None:
        if len(cells) < width or any(cells[width:]):
            self._found("table-ragged-row", line, found=str(len(cells)), expected=str(width))
            self._set_aside = True
            return
        row = numbers
        for each in self.columns:
            if each.index is None:
                continue
            text = cells[each.index] if each.keeps_space else cells[each.index].strip()
            text = text or each.default or ""
            if text not in each.nulls:
                row[each.name] = text
                for fault in faults(each, text, grid.marks.get((line, each.index))):
                    place = self.cell_place(line, each.index)
                    self.findings.append(Finding(fault.code, fault.severity, place, fault.arguments))
            elif each.required:
                place = self.cell_place(line, each.index)
                about = {"column": each.name, **purpose(each)}
                self.findings.append(Finding("table-required", Severity.VIOLATION, place, about))
        if any(each.required and each.name in self._keys and each.name not in row for each in self.columns):
            self._set_aside = True
            return
        self.rows.append(Row(line, row))
        self._check_iris(line, row)

    def _check_iris(self, line: int, row: Mapping[str, str]) -> None:
        """Tell of each template that makes no IRI of the row, once, at the first cell that goes into it."""
        told = set()
        at = {each.name: each.index for each in self.columns}
        for each in self.columns:
            if each.suppressed or (each.index is not None and each.name not in row):
                continue
            for used in filter(None, (each.about, each.predicate, each.value)):
                try:
                    if used not in told:
                        used.iri(row)
                except ValueError:
                    told.add(used)
                    name = next((name for name in used.variables if at.get(name) is not None), each.name)
                    about = {
                        "column": name,
                        "value": shortened(row.get(name, used.text)),
                        "expected": Said("expects-anyURI"),
                        **purpose(each),
                    }
                    place = self.cell_place(line, at[name] or 0)
                    self.findings.append(Finding("table-datatype", Severity.VIOLATION, place, about))

    # The triples

    def triples(self) -> list[ox.Triple]:
        """The triples of all rows; a cell that is not of its datatype makes none (it has its finding)."""
        triples = [triple for row in self.rows for _, triple in self._row_triples(row)]
        self.subjects = frozenset(triple.subject for triple in triples)
        return triples

    def placed(self, wanted: Collection[object] | None = None) -> Iterator[PlacedTriple]:
        """The triples about what is wanted (all without it) with their places.

        The subject's is the record's first cell; predicate and object stand in the cell of the value.
        """
        at = {each.name: self._value_index(each) for each in self.columns}
        for row in self.rows:
            first = self.cell_place(row.line, 0)
            for each, triple in self._row_triples(row):
                if wanted is None or triple.subject in wanted:
                    cell = self.cell_place(row.line, at[each.name])
                    yield PlacedTriple(triple, first, cell, cell)

    def _value_index(self, each: Column) -> int:
        """Where a column's values stand: of a virtual one in the cell that goes into them and not into the subject."""
        if each.index is not None:
            return each.index
        own = each.about.variables if each.about else ()
        used = [name for name in (each.value.variables if each.value else ()) if name not in own]
        return next((other.index for other in self.columns if other.name in used and other.index is not None), 0)

    def _row_triples(self, row: Row) -> Iterator[tuple[Column, ox.Triple]]:
        anonymous = ox.BlankNode(f"r{row.line}{self.mark}")
        for each in self.columns:
            if each.suppressed:
                continue
            text = row.cells.get(each.name) if each.index is not None else each.default
            if text is None and (each.index is not None or each.value is None):
                continue
            try:
                subject = each.about.iri(row.cells) if each.about else anonymous
                predicate = each.predicate.iri(row.cells)
            except ValueError:
                continue
            try:
                objects = self._objects(each, row, text)
                if each.ordered and each.separator and each.value is None:
                    yield from ((each, triple) for triple in _listed(subject, predicate, objects))
                    continue
                for value in objects:
                    yield each, ox.Triple(subject, predicate, value)
            except ValueError:
                self.spoiled.add((subject, predicate))

    @staticmethod
    def _objects(each: Column, row: Row, text: str | None) -> list[ox.NamedNode | ox.Literal]:
        if each.value is not None:
            return [each.value.iri(row.cells)]
        return [each.literal(value) for value in each.values(text)] if text is not None else []


def _listed(subject: Any, predicate: ox.NamedNode, values: Sequence[ox.NamedNode | ox.Literal]) -> Iterator[ox.Triple]:
    """The triples that say values in their order, as an rdf:List."""
    nodes: list[Any] = [*(ox.BlankNode() for _ in values), _NIL]
    yield ox.Triple(subject, predicate, nodes[0])
    for value, (node, after) in zip(values, pairwise(nodes), strict=True):
        yield ox.Triple(node, _FIRST, value)
        yield ox.Triple(node, _REST, after)
