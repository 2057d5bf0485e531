"""The texts of a table's records by column, without what they state, in a fraction of the memory that rows take."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, overload

from ssekg.sources.tables.statements import Statements
from ssekg.sources.tables.table import Row, Table

_NOTHING: Final = Statements()


@dataclass
class KeptCells:
    """The texts of some columns, which keys and links consist of, with number and line of each record.

    `whole` has all cells of the first records that have one in a column, by their numbers: they are shown as examples.
    """

    names: tuple[str, ...]
    numbers: "array[int]" = field(default_factory=lambda: array("Q"))
    lines: "array[int]" = field(default_factory=lambda: array("Q"))
    texts: list[list[str | None]] = field(default_factory=list)
    whole: dict[int, Mapping[str, str]] = field(default_factory=dict)
    filled: set[str] = field(default_factory=set)

    def add(self, number: int, line: int, texts: Sequence[str | None]) -> None:
        """Add those of a record."""
        self.numbers.append(number)
        self.lines.append(line)
        self.texts = self.texts or [[] for _ in self.names]
        for column, text in zip(self.texts, texts, strict=True):
            column.append(text)

    def add_whole(self, number: int, cells: Mapping[str, str]) -> None:
        """Add all cells of a record, if it is the first with one of them."""
        if not self.filled.issuperset(cells):
            self.whole[number] = cells
            self.filled.update(cells)

    def extend(self, others: "KeptCells") -> None:
        """Add others of the same columns."""
        for number, cells in others.whole.items():
            self.add_whole(number, cells)
        self.numbers.extend(others.numbers)
        self.lines.extend(others.lines)
        self.texts = self.texts or [[] for _ in self.names]
        for column, more in zip(self.texts, others.texts, strict=False):
            column.extend(more)


class KeptRows(Sequence[Row]):
    """The rows of a large table, each with the cells that are kept and without what it states."""

    def __init__(self, kept: KeptCells) -> None:
        """Take the cells."""
        self._kept = kept

    def __len__(self) -> int:
        """How many there are."""
        return len(self._kept.numbers)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        """A row."""
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        kept = self._kept
        number, line = kept.numbers[at], kept.lines[at]
        whole = kept.whole.get(number)
        if whole is not None:
            return Row(number, line, whole, _NOTHING)
        texts = zip(kept.names, kept.texts, strict=True)
        cells = {name: text for name, column in texts if (text := column[at]) is not None}
        return Row(number, line, cells, _NOTHING)


def with_cells_only(table: Table) -> Table:
    """The table with all cells of its rows, and without what these state, for those who have its triples."""
    kept = KeptCells(tuple(dict.fromkeys(name for row in table.rows for name in row.cells)))
    for row in table.rows:
        kept.add(row.number, row.line, [row.cells.get(name) for name in kept.names])
    return replace(table, rows=KeptRows(kept))
