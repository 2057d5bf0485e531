"""Of each record of a large table the texts of some columns, which keys and links consist of."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, overload

from ssekg.sources.tables.statements import Statements
from ssekg.sources.tables.table import Row

_NOTHING: Final = Statements()


@dataclass
class KeptCells:
    """The texts of some columns, which keys and links consist of, with number and line of each record."""

    names: tuple[str, ...]
    numbers: "array[int]" = field(default_factory=lambda: array("Q"))
    lines: "array[int]" = field(default_factory=lambda: array("Q"))
    texts: list[list[str | None]] = field(default_factory=list)

    def add(self, number: int, line: int, texts: Sequence[str | None]) -> None:
        """Add those of a record."""
        self.numbers.append(number)
        self.lines.append(line)
        self.texts = self.texts or [[] for _ in self.names]
        for column, text in zip(self.texts, texts, strict=True):
            column.append(text)

    def extend(self, others: "KeptCells") -> None:
        """Add others of the same columns."""
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
        texts = zip(kept.names, kept.texts, strict=True)
        cells = {name: text for name, column in texts if (text := column[at]) is not None}
        return Row(number, line, cells, _NOTHING)
