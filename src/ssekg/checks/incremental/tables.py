"""The tables of a project, of which only those rows are read that somebody wants, as they are now or as they were."""

import csv
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ssekg.base.codes import CODES
from ssekg.base.digests import own_content
from ssekg.base.files import read_file
from ssekg.base.findings import Finding
from ssekg.checks.incremental.bounds import UnboundedError
from ssekg.checks.incremental.lazy_records import LazyRecords, WithHeader
from ssekg.checks.incremental.row_changes import Records, row_changes, unchanged
from ssekg.checks.incremental.row_index import RowName
from ssekg.sources.tables.descriptions import Description, read_description
from ssekg.sources.tables.encodings import decoded
from ssekg.sources.tables.grids import Content, CsvGrid, Record, dialect_of
from ssekg.sources.tables.reader import TableReader
from ssekg.sources.tables.table import Row, Table, TableSource

_FEW: Final = 20
# What makes the triples of a row depend on where it is.
_NUMBERED: Final = frozenset({"_row", "_sourceRow"})


@dataclass(frozen=True)
class Known:
    """What is known of a table: where its records were, and a copy of its file if that has changed."""

    records: Records
    copy: Path | None = None


class RowReader(TableReader):
    """Reads rows one by one, as they are or as they were, if the file is CSV; any other is read as a whole."""

    def __init__(self, source: TableSource, description: Description, known: Known) -> None:
        """Read the header, and find out what has changed.

        Raises:
            CannotRunError: the file can't be opened.
            UnboundedError: it can't be told what has changed.
        """
        self._known = known
        self.where = known.records
        self.changes = unchanged(len(known.records))
        super().__init__(source, description)
        self.read_header()

    def _content(self) -> Content:
        path = self.source.path or self.source.description.parent / self.description.url
        if path.suffix.lower() != ".csv":
            return super()._content()
        known, shown, knows = self._known, self.source.shown, self._named
        text = _text(read_file(path, shown), shown)
        dialect = dialect_of(text, shown, lambda title: knows(title) is not None, self.description.delimiter)
        grid = CsvGrid(shown, text, dialect.delimiter, dialect.skipped)
        if known.copy is not None:
            if dialect.skipped:
                raise UnboundedError("the form of the file")
            old = _text(own_content(known.copy), shown)
            self.changes, self.where = row_changes(known.records, old, text, dialect.delimiter)
        return Content(grid, WithHeader(grid, LazyRecords(self.where, grid)), dialect.findings)

    @cached_property
    def all_records(self) -> Sequence[Record]:
        """The records after the header."""
        records = self.content.records
        return records.rest if isinstance(records, WithHeader) else [*self.records]

    def row_at(self, at: int, record: Record | None = None) -> Row | None:
        """The row at a place, or another record as if it were there."""
        return self.row(record or self.all_records[at], at + 1)


class OpenTable:
    """A table whose rows are read one by one, as they are or as they were."""

    def __init__(self, source: TableSource, known: Known) -> None:
        """Read the header, and find out what has changed.

        Raises:
            CannotRunError: a file can't be opened.
            UnboundedError: the table could not be read whole, or it can't be told what has changed.
        """
        description = read_description(source.description, source.description_shown)
        if isinstance(description, Finding):
            raise UnboundedError("a description that can't be read")
        self.reader = RowReader(source, description, known)
        self.changes = self.reader.changes
        self._of_header = [*self.reader.findings, *self.reader.content.findings]
        wrong = any(CODES[each.code].is_incomplete for each in self._of_header)
        if wrong or len(self.reader.all_records) != len(self.reader.where):
            raise UnboundedError("a table that can't be read whole")
        self._before = copy(self.reader)
        self._before.findings = []
        self._rows: dict[int, Row] = {}
        self._old_rows: dict[int, Row] = {}
        self.bare = self._table(())
        if self._is_numbered and (self.changes.gone or self.changes.came):
            raise UnboundedError("rows that depend on their place")

    @property
    def had_rows(self) -> bool:
        """Whether there were any rows."""
        return bool(self.changes.gone) or any(length for _, _, length in self.changes.kept)

    @property
    def _is_numbered(self) -> bool:
        made = [column for column in self.bare.columns if not column.suppressed]
        used = {name for column in made for each in column.templates.values() for name in each.variables}
        nameless = any(column.subject is None or (column.ordered and column.separator) for column in made)
        return nameless or bool(used & _NUMBERED)

    def row(self, at: int) -> Row:
        """A row as it is now.

        Raises:
            UnboundedError: it can't be taken.
        """
        return _read(self.reader, self._rows, at, None)

    def old_row(self, at: int) -> Row:
        """A row as it was, by the place that it had.

        Raises:
            UnboundedError: it could not be taken.
        """
        now = self.changes.now(at)
        return self.row(now) if now is not None else _read(self._before, self._old_rows, at, self.changes.gone.get(at))

    @property
    def gone_rows(self) -> list[Row]:
        """The rows that are there no longer."""
        return [self.old_row(at) for at in self.changes.gone]

    @property
    def some_rows(self) -> list[Row]:
        """A few of the rows that are as they were."""
        kept = [now + at for _, now, length in self.changes.kept for at in range(min(length, _FEW))]
        return [self.row(at) for at in kept[:_FEW]]

    def at_line(self, line: int) -> int | None:
        """The place of the row that is on a line of the file; None for the header."""
        at = bisect_right(self.reader.where.lines, line) - 1
        return at if at >= 0 else None

    def place_of(self, at: int) -> tuple[int, int]:
        """The line of a row, and its number."""
        return self.reader.where.lines[at], self.reader.where.numbers[at]

    def with_rows(self, places: Collection[int]) -> Table:
        """The table with some of its rows."""
        rows = [self.row(at) for at in sorted(places)]
        return replace(self._table(rows), findings=(*self.bare.findings, *self._found()))

    def _found(self) -> list[Finding]:
        return self.reader.findings[len(self._of_header) - len(self.reader.content.findings) :]

    def _table(self, rows: Iterable[Row]) -> Table:
        reader = self.reader
        grid, columns = reader.content.grid, tuple(reader.columns)
        found = tuple(self._of_header)
        return Table(reader.source, reader.name, reader.description, grid, columns, tuple(rows), found, False)


class OpenTables:
    """All tables of a project, each open and with a number."""

    def __init__(self, known: Sequence[Known]) -> None:
        """Take what is known of each; `read` opens them in this order."""
        self._known = known
        self.tables: list[OpenTable] = []

    def read(self, source: TableSource) -> Table:
        """Open a table; gives it without rows.

        Raises:
            UnboundedError: it could not be read whole, or it can't be told what has changed.
        """
        if len(self.tables) == len(self._known):
            raise UnboundedError("another table")
        self.tables.append(OpenTable(source, self._known[len(self.tables)]))
        return self.tables[-1].bare

    def old_row(self, name: RowName) -> Row:
        """A row as it was."""
        return self.tables[name.table].old_row(name.at)

    def now(self, name: RowName) -> RowName | None:
        """Where a row is now; None if it is gone."""
        at = self.tables[name.table].changes.now(name.at)
        return None if at is None else RowName(name.table, at)

    def with_rows(self, rows: Iterable[RowName], whole: Collection[int]) -> list[Table]:
        """All tables with some of their rows; those whose numbers are in `whole` with all."""
        places: dict[int, set[int]] = defaultdict(set)
        for name in rows:
            places[name.table].add(name.at)
        return [
            table.with_rows(range(len(table.reader.all_records)) if number in whole else places[number])
            for number, table in enumerate(self.tables)
        ]

    @property
    def came(self) -> Iterator[RowName]:
        """The new rows."""
        return (RowName(number, at) for number, table in enumerate(self.tables) for at in table.changes.came)

    @property
    def gone(self) -> Iterator[RowName]:
        """The rows that are there no longer, as they were."""
        return (RowName(number, at) for number, table in enumerate(self.tables) for at in table.changes.gone)


def triples_of(row: Row) -> list[ox.Triple]:
    """What a row states."""
    return [triple for _, triple in row.statements.triples]


def _text(content: bytes, shown: str) -> str:
    text = decoded(content, shown)
    if isinstance(text, Finding):
        raise UnboundedError("a file that can't be read")
    return text


def _read(reader: RowReader, known: dict[int, Row], at: int, record: Record | None) -> Row:
    if at not in known:
        try:
            row = reader.row_at(at, record)
        except csv.Error as problem:
            raise UnboundedError(str(problem)) from None
        if row is None:
            raise UnboundedError("a row that can't be taken")
        known[at] = row
    return known[at]
