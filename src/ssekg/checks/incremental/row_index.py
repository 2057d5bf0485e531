"""Which rows of the tables mention what: by digests of terms and keys, on disk, looked up without reading all."""

import mmap
import os
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

import pyoxigraph as ox

from ssekg.shacl.chunks.parts import digest
from ssekg.sources.links import Key, foreign_keys, key_of, record_links
from ssekg.sources.records import Records
from ssekg.sources.tables.table import Row, Table

_ROWS_EACH: Final = 1 << 32
_NUMBERS: Final = "Q"


class RowName(NamedTuple):
    """A row: the number of its table, and its place in it."""

    table: int
    at: int


@dataclass(frozen=True)
class RowIndex:
    """The rows by a number of 64 bits; `numbers` are in order, `rows` belong to them."""

    numbers: Sequence[int]
    rows: Sequence[int]

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, RowName]]) -> Self:
        """Sort the pairs of a number and a row."""
        found = sorted({(number, row.table * _ROWS_EACH + row.at) for number, row in pairs})
        return cls(array(_NUMBERS, [number for number, _ in found]), array(_NUMBERS, [row for _, row in found]))

    def count(self, number: int) -> int:
        """How many rows a number has."""
        return bisect_right(self.numbers, number) - bisect_left(self.numbers, number)

    def of_number(self, number: int) -> Iterator[RowName]:
        """The rows of a number."""
        at = bisect_left(self.numbers, number)
        while at < len(self.numbers) and self.numbers[at] == number:
            yield RowName(*divmod(self.rows[at], _ROWS_EACH))
            at += 1

    def write(self, path: Path) -> None:
        """Write it to a file."""
        path.write_bytes(array(_NUMBERS, self.numbers).tobytes() + array(_NUMBERS, self.rows).tobytes())

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read it from a file that `write` wrote: what is looked up, as it is looked up."""
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""
        numbers = memoryview(content).cast(_NUMBERS)
        half = len(numbers) // 2
        return cls(numbers[:half], numbers[half:])


def of_term(term: Any) -> int:
    """The number of a term."""
    return digest(str(term).encode("utf-8", "surrogatepass"))


class Keys:
    """The keys of rows as numbers, which are equal where the keys are: those that they have, and those they link to."""

    def __init__(self, tables: Iterable[Table], base: str) -> None:
        """Take the tables, of which no row is needed."""
        described = [table for table in tables if table.schema is not None]
        records = Records(described, base)
        self._base = base
        self._links = {each.name: [*foreign_keys(each, records), *record_links(each, records)] for each in described}
        self._own: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for table in described:
            if table.schema.primaryKey:
                self._own[table.name].add(tuple(table.schema.primaryKey))
        for link in (link for links in self._links.values() for link in links):
            self._own[link.target].add(link.target_columns)

    def own(self, table: Table, row: Row) -> Iterator[int]:
        """The keys by which others may link to a row."""
        for columns in self._own.get(table.name, ()):
            key = key_of(row, columns)
            if key is not None:
                yield _of_key(table.name, columns, key)

    def linked(self, table: Table, row: Row) -> Iterator[int]:
        """The keys that a row links to, and the records that it refers to, as `of_term` has them."""
        for link in self._links.get(table.name, ()):
            for key in link.keys(row):
                yield _of_key(link.target, link.target_columns, key)
        for record in self.referred(table, row):
            yield of_term(record)

    def referred(self, table: Table, row: Row) -> Iterator[ox.NamedNode]:
        """The records of any kind that a row refers to."""
        for column in table.columns:
            for name in column.names(row.cells.get(column.name, "")) if column.is_record else ():
                with suppress(ValueError):
                    yield ox.NamedNode(self._base + name)


def _of_key(table: str, columns: tuple[str, ...], key: Key) -> int:
    return digest(repr((table, columns, key)).encode("utf-8", "surrogatepass"))
