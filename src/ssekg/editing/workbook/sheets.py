"""The sheets of a workbook that people have filled in, as rows of the tables that they were made of."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ssekg.base.errors import AskedWronglyError
from ssekg.base.findings import Finding, Place, Severity
from ssekg.base.language import visible
from ssekg.editing.entry import column_called
from ssekg.editing.identifiers import columns_of
from ssekg.editing.rows import Cells
from ssekg.editing.workbook.layout import REQUIRED, SheetColumn
from ssekg.sources.tables.columns import Column
from ssekg.sources.tables.grids import Content, Record
from ssekg.sources.tables.table import Table


@dataclass(frozen=True)
class Filled:
    """A row of a sheet: where it is, its mark or "", its cells, and in which columns of the sheet each of them is."""

    content: Content
    record: Record
    mark: str
    cells: Cells
    columns: Mapping[str, Sequence[int]]

    def place(self, name: str | None = None) -> Place:
        """Where a cell is; the first one of the table, if none is named or the column is not in the sheet."""
        first = min((each[0] for each in self.columns.values()), default=0)
        return self.content.grid.place(self.record.number, self.record.line, self.columns.get(name or "", [first])[0])


class Sheet:
    """A sheet that has been filled in for a table.

    Attributes:
        rows: those that hold anything, each with the texts of its cells as they are.
        problems: what is wrong with its headings.
    """

    def __init__(self, table: Table, content: Content, marks: Collection[str]) -> None:
        """Read it; `marks` are those of the exported rows of the table."""
        self._table = table
        self._content = content
        header, *records = [*content.records] or [Record(1, 1, ())]
        self._header, self._records = header, records
        self.problems: list[Finding] = []
        marked = self._marked(marks)
        known = dict(self._headed(marked))
        self.rows = list(self._filled(known, marked))

    def _marked(self, marks: Collection[str]) -> int | None:
        """The column with the marks, wherever it has been moved to; None where it is gone."""
        width = max(len(record.cells) for record in (self._header, *self._records))
        for index in range(width):
            is_headed = bool(_cell(self._header, index).strip())
            if not is_headed and any(_cell(record, index).strip() in marks for record in self._records):
                return index
        return None

    def _headed(self, marked: int | None) -> Iterator[tuple[int, SheetColumn]]:
        """The columns by their index; what holds something under a heading of no column, or of two, is a problem."""
        width = max(len(record.cells) for record in (self._header, *self._records))
        met: set[tuple[str, int | None]] = set()
        for index in range(width):
            title = visible(_cell(self._header, index)).strip()
            place = _called(self._table, title) if title else None
            if index == marked or not any(_cell(each, index).strip() for each in (self._header, *self._records)):
                continue
            if place is not None and (place.column.name, place.number) not in met:
                met.add((place.column.name, place.number))
                yield index, place
            elif any(_cell(record, index).strip() for record in self._records):
                self._problem(index, title, is_known=place is not None)

    def _problem(self, index: int, title: str, *, is_known: bool) -> None:
        at = self._content.grid.place(self._header.number, self._header.line, index)
        known = {} if is_known else {"known": ", ".join(column.title for column in columns_of(self._table))}
        code = "table-repeated-column" if is_known else "table-unknown-column"
        self.problems.append(Finding(code, Severity.VIOLATION, at, {"column": title, **known}))

    def _filled(self, known: Mapping[int, SheetColumn], marked: int | None) -> Iterator[Filled]:
        named = {place.column.name: place.column for place in known.values()}
        columns: dict[str, list[int]] = {}
        for index, place in sorted(known.items(), key=lambda each: (each[1].number or 0, each[0])):
            columns.setdefault(place.column.name, []).append(index)
        for record in self._records:
            texts = {name: [_cell(record, index) for index in indices] for name, indices in columns.items()}
            cells = {name: _joined(named[name], parts) for name, parts in texts.items()}
            cells = {name: text for name, text in cells.items() if text.strip()}
            mark = _cell(record, marked).strip() if marked is not None else ""
            if cells:
                yield Filled(self._content, record, mark, cells, columns)


def _cell(record: Record, index: int) -> str:
    return record.cells[index] if index < len(record.cells) else ""


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


def _joined(column: Column, parts: Sequence[str]) -> str:
    if not column.separator:
        return parts[0]
    return column.separator.join(text for text in parts if text.strip())
