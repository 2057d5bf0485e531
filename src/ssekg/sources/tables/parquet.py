"""Parquet files as records of cell texts, the header first: what a cell holds is given the way a CSV would have it.

Lines are counted as if it were a CSV without line breaks in its cells: the header is the first, each row is one more.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from ssekg.base.errors import CannotRunError
from ssekg.base.files import read_file
from ssekg.base.findings import Finding, Place, Severity
from ssekg.sources.tables.grids import Content, Record, cell_name
from ssekg.sources.tables.workbooks import plain_number

PARQUET: Final = ".parquet"
_ROWS: Final = 5_000
_SCALARS: Final = (str, bool, int, float, Decimal, datetime.date, datetime.time)


@dataclass(frozen=True, slots=True)
class ParquetGrid:
    """The cells of a Parquet file, which `shown` names for people."""

    shown: str
    text: None = None

    def place(self, number: int, line: int, index: int) -> Place:
        """The place of a cell; its line is the row with the header counted, its column the number of the column."""
        return Place(self.shown, line, index + 1, line, index + 2, cell_name(number, index))


@dataclass(frozen=True, slots=True)
class ParquetPart:
    """The titles, or some rows as `batch` of pyarrow; the first is the record `number`, on the `line` of that number.

    `filled` records before it hold anything.
    """

    titles: tuple[str, ...]
    batch: Any
    number: int
    line: int
    filled: int

    def records(self) -> Iterator[Record]:
        """The records."""
        if self.batch is None:
            yield Record(self.number, self.line, self.titles)
            return
        columns = [_texts(column.to_pylist()) for column in self.batch.columns]
        for number, cells in enumerate(zip(*columns, strict=True), start=self.number):
            yield Record(number, number, cells)


@dataclass
class LargeParquet:
    """A Parquet file, which `shown` names for people, read some thousand rows at a time."""

    path: Path
    shown: str
    findings: list[Finding] = field(default_factory=list)

    @property
    def grid(self) -> ParquetGrid:
        """Its cells."""
        return ParquetGrid(self.shown)

    def parts(self) -> Iterator[ParquetPart]:
        """The parts: the header, then the rows.

        Raises:
            CannotRunError: the package pyarrow is not installed.
        """
        self.findings = []
        try:
            import pyarrow as pa
            import pyarrow.parquet as pq
        except ImportError:
            raise CannotRunError("no-pyarrow") from None
        try:
            file = pq.ParquetFile(self.path)
            nested = [each for each in file.schema_arrow if pa.types.is_nested(each.type)]
            if nested:
                raise pa.ArrowInvalid(", ".join(f"{each.name}: {each.type}" for each in nested))
            titles = tuple(file.schema_arrow.names)
            yield ParquetPart(titles, None, 1, 1, 0)
            number, filled = 2, 1
            for batch in file.iter_batches(batch_size=_ROWS):
                part = ParquetPart(titles, batch, number, number, filled)
                yield part
                number += batch.num_rows
                filled += sum(1 for record in part.records() if any(record.cells))
        except (pa.ArrowException, OSError, ValueError) as problem:
            arguments = {"problem": str(problem) or repr(problem)}
            self.findings = [Finding("table-parquet", Severity.VIOLATION, Place(self.shown, 1, 1), arguments)]

    def __iter__(self) -> Iterator[Record]:
        """All records."""
        for part in self.parts():
            yield from part.records()


def open_parquet(path: Path, shown: str) -> LargeParquet:
    """A Parquet file.

    Raises:
        CannotRunError: the file can't be opened.
    """
    read_file(path, shown, 0, 1)
    return LargeParquet(path, shown)


def read_parquet(path: Path, shown: str) -> Content:
    """Read a Parquet file at once.

    Raises:
        CannotRunError: the file can't be opened, or the package pyarrow is not installed.
    """
    file = open_parquet(path, shown)
    records = [*file]
    return Content(file.grid, records, file.findings)


def _texts(values: list[Any]) -> list[str]:
    return [value if isinstance(value, str) else _text(value) for value in values]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float | Decimal):
        return plain_number(repr(value) if isinstance(value, float) else str(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value)
