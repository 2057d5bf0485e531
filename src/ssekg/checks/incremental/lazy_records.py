"""The records of a table, each parsed when somebody wants it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from ssekg.checks.incremental.row_changes import Records
from ssekg.sources.tables.grids import CsvGrid, Record


class LazyRecords(Sequence[Record]):
    """The records of a table, each parsed when somebody wants it."""

    def __init__(self, records: Records, grid: CsvGrid) -> None:
        """Take where they are."""
        self._records = records
        self._grid = grid

    def __len__(self) -> int:
        """How many there are."""
        return len(self._records)

    @property
    def begin(self) -> int:
        """Where the first one begins."""
        return self._records.begins[0]

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> list[Record]: ...
    def __getitem__(self, index: int | slice) -> Record | list[Record]:
        """One, or some."""
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        if not 0 <= index < len(self):
            raise IndexError(index)
        begins = self._records.begins
        cells = self._grid.record(begins[index], begins[index + 1] if index + 1 < len(begins) else None)
        return Record(self._records.numbers[index], self._records.lines[index], cells)


@dataclass(frozen=True)
class WithHeader(Iterable[Record]):
    """All records of a file, the header first."""

    grid: CsvGrid
    rest: LazyRecords

    def __iter__(self) -> Iterator[Record]:
        """The header, and the others as they are parsed."""
        end = self.rest.begin if len(self.rest) else None
        yield self.grid.first(end)
        yield from self.rest
