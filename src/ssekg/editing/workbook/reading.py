"""A workbook that people have filled in, as changes of the tables that it was made of."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ssekg.base.errors import CannotRunError
from ssekg.base.findings import Finding, Place, Severity
from ssekg.base.language import LANGUAGES
from ssekg.base.messages import text
from ssekg.base.said import Argument, Said, Several
from ssekg.editing.edits import Edits
from ssekg.editing.entry import heading
from ssekg.editing.identifiers import Identifiers, columns_of
from ssekg.editing.rows import Cells
from ssekg.editing.values import Values
from ssekg.editing.workbook.layout import LISTS, MEMORY, Memory
from ssekg.editing.workbook.sheets import Filled, Sheet
from ssekg.guides.choices import Subjects
from ssekg.sources.tables.cells import shortened, spoiled
from ssekg.sources.tables.grids import Content
from ssekg.sources.tables.table import Table
from ssekg.sources.tables.workbooks import read_sheets


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
    outcome = Import(edits, list(_unknown_sheets(memory, sheets)))
    values = Values(edits.project, edits.graph)
    compared: dict[str, _Comparison] = {}
    for title, name in memory.tables.items():
        if name not in edits.tables:
            raise CannotRunError("workbook-without-table", file=shown, table=name)
        if title in sheets:
            compared[name] = _Comparison(outcome, edits.tables[name], memory, values)
            compared[name].read(sheets[title])
    identifiers = Identifiers(edits, values)
    # What has a name goes first, for others to name it.
    for name in sorted(compared, key=lambda each: not identifiers.is_named(edits.tables[each])):
        compared[name].identify(identifiers)
    for comparison in compared.values():
        comparison.apply()
    return outcome


def _unknown_sheets(memory: Memory, sheets: Mapping[str, Content]) -> Iterator[Finding]:
    """The sheets with something in them that were not exported: one of the others under a new name, or notes."""
    ours = {*memory.tables, LISTS, MEMORY, *(text("workbook-guide-sheet", language) for language in LANGUAGES)}
    missing = ", ".join(title for title in memory.tables if title not in sheets) or "–"
    for title, content in sheets.items():
        if title not in ours and any(map(str.strip, (cell for each in content.records for cell in each.cells))):
            arguments = {"sheet": title, "missing": missing}
            yield Finding("workbook-unknown-sheet", Severity.VIOLATION, content.grid.place(1, 1, 0), arguments)


class _Comparison:
    """Holds the rows of a sheet against those that were exported, and those that are in the table now."""

    def __init__(self, outcome: Import, table: Table, memory: Memory, values: Values) -> None:
        self._outcome = outcome
        self._table = table
        self._values = values
        self._columns = {column.name: column for column in columns_of(table)}
        self._now = outcome.edits.rows(table.name)
        self._exported = {mark: cells for mark, (name, cells) in memory.rows.items() if name == table.name}
        self._rows: list[Filled] = []

    def read(self, content: Content) -> None:
        """Read the sheet."""
        sheet = Sheet(self._table, content, self._exported)
        self._outcome.problems += sheet.problems
        self._rows = list(self._recognized(sheet.rows))

    def identify(self, identifiers: Identifiers) -> None:
        """Give new rows identifiers, and let others link to them by their names."""
        subject = self._table.columns[0].subject
        record = Subjects(self._outcome.edits.graph).record(subject)
        for index, row in enumerate(self._rows):
            if row.mark:
                continue
            row = self._rows[index] = replace(row, cells=identifiers.completed(self._table, row.cells))
            if subject is not None and record is not None and not record.part:
                names = [row.cells[name] for name, each in self._columns.items() if each.language and name in row.cells]
                self._values.learn(subject.iri(row.cells).value, names)

    def apply(self) -> None:
        """Add to the edits what the rows change."""
        for row in self._rows:
            if row.mark:
                self._change(row, self._exported[row.mark])
            else:
                self._add(row)
        met = {row.mark for row in self._rows}
        for mark, before in self._exported.items():
            if mark not in met:
                self._remove(before)

    def _recognized(self, rows: Sequence[Filled]) -> Iterator[Filled]:
        """The rows, of which those that were exported have their marks, each once.

        Of copies it is the one with the key that was exported, or the first; a row that lost its mark is known by its
        key, as where rows were pasted into another workbook.
        """
        count = Counter(row.mark for row in rows)
        by_key = {self._now.key(cells): mark for mark, cells in self._exported.items()}
        kept: dict[str, int] = {}
        for index, row in enumerate(rows):
            is_certain = row.mark in self._exported and count[row.mark] == 1
            mark = row.mark if is_certain else by_key.get(self._key(row))
            if mark is not None and (mark == row.mark or mark not in count):
                kept.setdefault(mark, index)
        for index, row in enumerate(rows):
            if row.mark in self._exported:
                kept.setdefault(row.mark, index)
        marks = {index: mark for mark, index in kept.items()}
        for index, row in enumerate(rows):
            yield replace(row, mark=marks.get(index, ""))

    def _key(self, row: Filled) -> tuple[str, ...]:
        """What tells a row from the others, as the table has it."""
        return self._now.key({name: self._meant(name, row.cells.get(name, "")) for name in self._now.keys})

    def _add(self, row: Filled) -> None:
        cells = {name: self._typed(row, name, cell) for name, cell in row.cells.items()}
        self._outcome.edits.add(self._table.name, cells)
        self._outcome.written[self._table.name, self._now.key(cells)] = row

    def _change(self, row: Filled, before: Cells) -> None:
        # A column that is no longer in the sheet is not changed.
        after = {name: cell for name, cell in before.items() if name not in row.columns}
        for name, cell in row.cells.items():
            after[name] = cell if cell == before.get(name) else self._typed(row, name, cell, before.get(name))
        if after == before:
            return
        record = self._now.by_key.get(self._now.key(before))
        now = self._now.cells(record) if record is not None else None
        if now == after:
            return
        if record is None or now != before:
            self._conflict(before, now, after, row)
            return
        self._outcome.edits.change(self._table.name, record.number, after)
        self._outcome.written[self._table.name, self._now.key(after)] = row

    def _remove(self, before: Cells) -> None:
        record = self._now.by_key.get(self._now.key(before))
        if record is None:
            return
        now = self._now.cells(record)
        if now != before:
            self._conflict(before, now, None)
            return
        self._outcome.edits.change(self._table.name, record.number, None)

    def _typed(self, row: Filled, name: str, cell: str, before: str | None = None) -> str:
        """A cell as it is meant; what the spreadsheet has made of what was typed is a problem."""
        column = self._columns[name]
        meant = self._meant(name, cell)
        for index in row.columns.get(name, ()):
            mark = row.record.marks.get(index)
            if mark is not None and meant != before:
                value = row.record.cells[index]
                arguments: dict[str, Argument] = {"column": heading(column), "value": shortened(value)}
                for fault in spoiled(column, value, mark, arguments):
                    self._outcome.problems.append(Finding(fault.code, fault.severity, row.place(name), fault.arguments))
        return meant

    def _meant(self, name: str, cell: str) -> str:
        return self._values.cell(self._table, self._columns[name], cell)

    def _conflict(self, before: Cells, now: Cells | None, after: Cells | None, row: Filled | None = None) -> None:
        """Report a row that was changed on both sides; it has no cells where it was taken out."""
        place = self._rows[0].place() if self._rows else Place(self._table.shown, 1)
        differing = [name for name in self._columns if now and after and now.get(name) != after.get(name)]
        sides: Argument = Several(tuple(self._sides(name, now or {}, after or {}) for name in differing))
        if not differing:
            sides = Said("conflict-gone-here" if now is None else "conflict-gone-there")
        if row is not None:
            place = row.place(differing[0] if differing else None)
        arguments = {"row": ", ".join(self._now.key(before)), "table": self._table.shown, "sides": sides}
        self._outcome.problems.append(Finding("workbook-conflict", Severity.VIOLATION, place, arguments))

    def _sides(self, name: str, now: Cells, after: Cells) -> Said:
        """What a cell is in the project, and what it would be."""
        values = {"now": now.get(name) or "–", "after": after.get(name) or "–"}
        return Said("conflict-cell", {"column": heading(self._columns[name]), **values})
