"""A workbook that people have filled in, as changes of the tables that it was made of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ssekg.base.errors import AskedWronglyError, CannotRunError
from ssekg.base.findings import Finding, Place, Severity
from ssekg.base.language import visible
from ssekg.editing.edits import Edits
from ssekg.editing.entry import column_called
from ssekg.editing.identifiers import Identifiers, columns_of
from ssekg.editing.rows import Cells
from ssekg.editing.values import Values
from ssekg.editing.workbook.layout import REQUIRED, Memory, SheetColumn
from ssekg.guides.choices import Subjects
from ssekg.sources.tables.columns import Column
from ssekg.sources.tables.grids import Content, Record
from ssekg.sources.tables.table import Table
from ssekg.sources.tables.workbooks import read_sheets


@dataclass(frozen=True)
class Filled:
    """A row of a sheet: where it is, its mark or "", its cells, and in which columns of the sheet they are."""

    content: Content
    record: Record
    mark: str
    cells: Cells
    columns: Mapping[str, int]

    def place(self, name: str | None = None) -> Place:
        """Where a cell is; the first one that is shown, if none is named or the column is not in the sheet."""
        index = self.columns.get(name or "", 1)
        return self.content.grid.place(self.record.number, self.record.line, index)


@dataclass
class Import:
    """What a workbook changes: problems of the sheets themselves, and the filled rows by table."""

    edits: Edits
    problems: list[Finding] = field(default_factory=list)
    written: dict[tuple[str, tuple[str, ...]], Filled] = field(default_factory=dict)


def read_workbook(edits: Edits, path: Path, shown: str) -> Import:
    """The changes that a filled workbook makes to the tables of a project.

    Raises:
        CannotRunError: the file can't be opened, is none that was exported, or is of another project.
    """
    sheets = read_sheets(path, shown)
    memory = Memory.read(sheets, shown)
    if memory.project != edits.project.base:
        raise CannotRunError("workbook-of-another-project", file=shown, project=memory.project)
    outcome = Import(edits)
    values = Values(edits.project, edits.graph)
    read: dict[str, list[Filled]] = {}
    for title, name in memory.tables.items():
        if name not in edits.tables:
            raise CannotRunError("workbook-without-table", file=shown, table=name)
        if title in sheets:
            read[name] = list(_filled(outcome, edits.tables[name], sheets[title]))
    identifiers = Identifiers(edits, values)
    # What has a name goes first, for others to name it.
    for name in sorted(read, key=lambda each: not identifiers.is_named(edits.tables[each])):
        table = edits.tables[name]
        read[name] = [row if row.mark in memory.rows else _identified(table, identifiers, row) for row in read[name]]
        for row in read[name]:
            if row.mark not in memory.rows:
                _learn(edits, table, values, row)
    for name, rows in read.items():
        _Comparison(outcome, edits.tables[name], memory, values).apply(rows)
    return outcome


def _filled(outcome: Import, table: Table, content: Content) -> Iterator[Filled]:
    """The rows of a sheet that hold anything, each with the texts of its cells as they are."""
    header, *records = [*content.records] or [Record(1, 1, ())]
    known = dict(_headed(outcome, table, content, header, records))
    named = {place.column.name: place.column for place in known.values()}
    columns: dict[str, int] = {}
    for index, place in known.items():
        columns.setdefault(place.column.name, index)
    for record in records:
        texts: dict[str, dict[int, str]] = {}
        for index, place in known.items():
            text = record.cells[index] if index < len(record.cells) else ""
            texts.setdefault(place.column.name, {})[place.number or 0] = text
        cells = {name: _joined(named[name], parts) for name, parts in texts.items()}
        cells = {name: text for name, text in cells.items() if text.strip()}
        mark = record.cells[0].strip() if record.cells else ""
        if cells:
            yield Filled(content, record, mark, cells, columns)


def _headed(
    outcome: Import, table: Table, content: Content, header: Record, records: Sequence[Record]
) -> Iterator[tuple[int, SheetColumn]]:
    """The columns of a sheet by their index; one that holds something under a heading of no column is a problem."""
    width = max(len(record.cells) for record in (header, *records))
    for index in range(1, width):
        title = visible(header.cells[index]).strip() if index < len(header.cells) else ""
        place = _called(table, title) if title else None
        if place is not None:
            yield index, place
        elif any(index < len(record.cells) and record.cells[index].strip() for record in records):
            known = ", ".join(column.title for column in columns_of(table))
            at = content.grid.place(header.number, header.line, index)
            arguments = {"column": title, "known": known}
            outcome.problems.append(Finding("table-unknown-column", Severity.VIOLATION, at, arguments))


def _called(table: Table, title: str) -> SheetColumn | None:
    """The column that a heading means: its name or heading in any language, and the number of a value of a list."""
    bare = title.removesuffix(REQUIRED.strip()).strip()
    words, _, number = bare.rpartition(" ")
    for name, value in ((bare, None), (words, number)):
        try:
            column = column_called(table, name)
        except AskedWronglyError:
            continue
        if value is None:
            return SheetColumn(column, 1 if column.separator else None)
        if column.separator and value.isdecimal():
            return SheetColumn(column, int(value))
    return None


def _joined(column: Column, parts: Mapping[int, str]) -> str:
    if not column.separator:
        return parts.get(0, "")
    return column.separator.join(text for _, text in sorted(parts.items()) if text.strip())


def _identified(table: Table, identifiers: Identifiers, row: Filled) -> Filled:
    """A new row with an identifier."""
    return replace(row, cells=identifiers.completed(table, row.cells))


def _learn(edits: Edits, table: Table, values: Values, row: Filled) -> None:
    """Let other rows link to a new row by its names."""
    subject = table.columns[0].subject
    record = Subjects(edits.graph).record(subject)
    if subject is not None and record is not None and not record.part:
        names = [row.cells[each.name] for each in columns_of(table) if each.language and each.name in row.cells]
        values.learn(subject.iri(row.cells).value, names)


class _Comparison:
    """Holds the rows of a sheet against those that were exported, and those that are in the table now."""

    def __init__(self, outcome: Import, table: Table, memory: Memory, values: Values) -> None:
        self._outcome = outcome
        self._table = table
        self._memory = memory
        self._values = values
        self._columns = {column.name: column for column in columns_of(table)}
        self._rows = outcome.edits.rows(table.name)

    def apply(self, rows: Sequence[Filled]) -> None:
        """Add to the edits what the rows change."""
        met: set[str] = set()
        for row in rows:
            exported = self._memory.rows.get(row.mark)
            if exported is None or exported[0] != self._table.name or row.mark in met:
                self._add(row)
            else:
                met.add(row.mark)
                self._change(row, exported[1])
        for mark, (name, before) in self._memory.rows.items():
            if name == self._table.name and mark not in met:
                self._remove(before, rows)

    def _add(self, row: Filled) -> None:
        cells = {name: self._cell(name, text) for name, text in row.cells.items()}
        self._outcome.edits.add(self._table.name, cells)
        self._outcome.written[self._table.name, self._rows.key(cells)] = row

    def _change(self, row: Filled, before: Cells) -> None:
        after = {name: self._same(name, text, before.get(name, "")) for name, text in row.cells.items()}
        if after == before:
            return
        record = self._rows.by_key.get(self._rows.key(before))
        now = self._rows.cells(record) if record is not None else None
        if now == after:
            return
        if record is None or now != before:
            self._conflict(row.place(), before)
            return
        self._outcome.edits.change(self._table.name, record.number, after)
        self._outcome.written[self._table.name, self._rows.key(after)] = row

    def _remove(self, before: Cells, rows: Sequence[Filled]) -> None:
        record = self._rows.by_key.get(self._rows.key(before))
        if record is None:
            return
        if self._rows.cells(record) != before:
            place = Place(rows[0].place().file if rows else self._table.shown, 1)
            self._conflict(place, before)
            return
        self._outcome.edits.change(self._table.name, record.number, None)

    def _same(self, name: str, text: str, before: str) -> str:
        """A cell as it was exported, if it says the same, else as it is meant."""
        return before if text == before else self._cell(name, text)

    def _cell(self, name: str, text: str) -> str:
        return self._values.cell(self._table, self._columns[name], text)

    def _conflict(self, place: Place, before: Cells) -> None:
        arguments = {"row": ", ".join(self._rows.key(before)), "table": self._table.shown}
        self._outcome.problems.append(Finding("workbook-conflict", Severity.VIOLATION, place, arguments))
