"""The rows of a table in data/, to be changed: what is not changed keeps its bytes."""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from ssekg.base.codes import CODES
from ssekg.base.errors import CannotRunError
from ssekg.formatting.tables import csv_line
from ssekg.sources.places import Lines
from ssekg.sources.tables.grids import CsvGrid, Record
from ssekg.sources.tables.table import Table

# The cells of a row by the names of its columns; a column that is left out is empty.
Cells = Mapping[str, str]


@dataclass(frozen=True)
class Rows:
    """The rows of a table, which is kept as CSV and could be read completely."""

    table: Table
    grid: CsvGrid

    @classmethod
    def of(cls, table: Table) -> "Rows":
        """The rows of a table.

        Raises:
            CannotRunError: it is kept in a workbook, or some of its records could not be read.
        """
        if not isinstance(table.grid, CsvGrid):
            raise CannotRunError("workbook-instead", file=table.shown)
        if any(CODES[finding.code].is_incomplete for finding in table.findings):
            raise CannotRunError("rows-unreadable", file=table.shown)
        return cls(table, table.grid)

    @cached_property
    def indices(self) -> Mapping[str, int]:
        """Where the columns are in the file, by their names and in their order there."""
        found = {each.index: each.name for each in self.table.columns if each.index is not None}
        return {found[index]: index for index in sorted(found)}

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The names of the columns that tell one row from another; all, where the description names none."""
        return tuple(map(str, self.table.schema.primaryKey or self.indices))

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """The records below the header that are not empty."""
        return tuple(record for record in self._all[1:] if any(record.cells))

    @cached_property
    def by_key(self) -> Mapping[tuple[str, ...], Record]:
        """The records by what tells them from each other."""
        return {self.key(self.cells(record)): record for record in self.records}

    def cells(self, record: Record) -> dict[str, str]:
        """The texts of a record that are not empty."""
        texts = {name: record.cells[index] for name, index in self.indices.items()}
        return {name: text for name, text in texts.items() if text}

    def key(self, cells: Cells) -> tuple[str, ...]:
        """What tells a row from the others."""
        return tuple(cells.get(name, "").strip() for name in self.keys)

    def rewritten(self, changed: Mapping[int, Cells | None], added: Iterable[Cells] = ()) -> bytes:
        """The file with other rows.

        Args:
            changed: the new cells of rows by the numbers of their records, None for a row that goes.
            added: the cells of new rows. Each comes after the last row whose key begins alike, if there is any and
                the key has several parts, else to the end.
        """
        after: dict[int, list[str]] = {}
        end = self._all[-1].number
        for cells in added:
            after.setdefault(self._neighbour(cells) or end, []).append(self._line(cells))
        pieces = []
        for record, text in zip(self._all, self._texts, strict=True):
            if record.number in changed:
                now = changed[record.number]
                text = "" if now is None else self._line(now, record)
            pieces += [text, *after.get(record.number, ())]
        whole = "".join(
            text if text.endswith(("\n", "\r")) else text + self._end for text in filter(None, pieces[:-1])
        ) + (pieces[-1] if pieces else "")
        return whole.encode("utf-8", "surrogatepass")

    @cached_property
    def _all(self) -> list[Record]:
        return self.grid.records()[0]

    @cached_property
    def _texts(self) -> list[str]:
        """What the file has for each record, the lines before the header with the header."""
        lines = Lines(self.table.shown, self.grid.text or "")
        starts = [0, *(lines.start(record.line) for record in self._all[1:]), len(lines.text)]
        return [lines.text[start:end] for start, end in itertools.pairwise(starts)]

    @cached_property
    def _end(self) -> str:
        """What ends a line of the file."""
        return "\r\n" if "\r\n" in self._texts[0] else "\n"

    def _neighbour(self, cells: Cells) -> int | None:
        """The number of the record after which a new row comes."""
        if len(self.keys) < 2:
            return None
        beginning = self.key(cells)[0]
        alike = (record.number for record in self.records if self.key(self.cells(record))[0] == beginning)
        return max(alike, default=None)

    def _line(self, cells: Cells, record: Record | None = None) -> str:
        """A row as a line; what the file has besides the described columns stays."""
        width = len(self._all[0].cells)
        texts = list(record.cells) if record is not None else [""] * width
        for name, index in self.indices.items():
            texts[index] = cells.get(name, "")
        return csv_line(texts, self.grid.delimiter).removesuffix("\n") + self._end
