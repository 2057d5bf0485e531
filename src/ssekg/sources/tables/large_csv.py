"""A large CSV file in parts of some thousand records, none of which is held longer than it is used."""

import codecs
import csv
import io
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Final

from ssekg.base.files import read_file
from ssekg.base.findings import Finding, Place
from ssekg.sources.places import on_lines
from ssekg.sources.tables.encodings import decoded
from ssekg.sources.tables.grids import CsvGrid, Dialect, Record, cells_of_any_length, dialect_of, syntax_finding

# Files of this many bytes are read in parts.
_HEAD: Final = 1_000_000
_RECORDS: Final = 5_000
_LINE_END: Final = re.compile(r"\r\n|\n|\r")
# Halves of characters, which are no UTF-8.
_LONE: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class CsvPart:
    """The bytes of a file from `start` up to `end`, which are whole records.

    The first is the record `number` of the file, which starts on `line`; `filled` records before it hold anything.
    """

    path: Path
    delimiter: str
    start: int
    end: int
    number: int
    line: int
    filled: int

    @property
    def text(self) -> str:
        """The records as they are written."""
        with self.path.open("rb") as file:
            file.seek(self.start)
            return file.read(self.end - self.start).decode()

    def records(self) -> Iterator[Record]:
        """The records."""
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.delimiter, strict=True)
        line, before = self.line, self.line
        with cells_of_any_length():
            for number, cells in enumerate(reader, start=self.number):
                yield Record(number, line, cells)
                line = before + reader.line_num


@dataclass
class LargeCsv:
    """A CSV file, which `shown` names for people; what is wrong with it is found once all parts have been seen.

    In those of its parts that are `known` cells can be found again.
    """

    path: Path
    shown: str
    dialect: Dialect
    known: list[CsvPart] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def parts(self) -> Iterator[CsvPart]:
        """The parts, up to what is not CSV.

        Raises:
            UnicodeDecodeError: it is not UTF-8.
        """
        self.findings = [*self.dialect.findings]
        delimiter, skipped = self.dialect.delimiter, self.dialect.skipped
        with self.path.open("rb") as head:
            end = len(codecs.BOM_UTF8) if head.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8 else 0

        def counted() -> Iterator[str]:
            nonlocal end
            for line in file:
                end += len(line) if line.isascii() else len(line.encode())
                yield line

        with self.path.open(encoding="utf-8-sig", newline="") as file, cells_of_any_length():
            lines = counted()
            for _ in islice(lines, skipped):
                pass
            start, first, filled, before = end, 1, 0, 0
            line = first_line = 1 + skipped
            number = 0
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            whole = end
            try:
                for number, cells in enumerate(reader, start=1):
                    filled += any(cells)
                    line, whole = 1 + skipped + reader.line_num, end
                    if number - first + 1 == _RECORDS:
                        yield CsvPart(self.path, delimiter, start, end, first, first_line, before)
                        start, first, first_line, before = end, number + 1, line, filled
            except csv.Error as problem:
                self.findings.append(syntax_finding(problem, self.shown, line))
            if whole > start:
                yield CsvPart(self.path, delimiter, start, whole, first, first_line, before)

    def __iter__(self) -> Iterator[Record]:
        """All records."""
        for part in self.parts():
            yield from part.records()


class LargeCsvGrid(Mapping[int, str]):
    """The cells of a CSV file whose parts are known, to find one in it; its lines by number, from 1."""

    text: None = None

    def __init__(self, csv_file: LargeCsv) -> None:
        """Take the file; nothing is read yet."""
        self._csv = csv_file
        self._grid = lru_cache(1)(self._opened)

    def _opened(self, part: CsvPart) -> CsvGrid:
        return CsvGrid(self._csv.shown, part.text, part.delimiter)

    def _part(self, line: int) -> CsvPart | None:
        """The part that a line is in, as far as it is known."""
        at = bisect_right(self._csv.known, line, key=lambda part: part.line) - 1
        return self._csv.known[at] if at >= 0 else None

    def place(self, number: int, line: int, index: int) -> Place:
        """The place of a whole cell, as CsvGrid has it."""
        part = self._part(line)
        if part is None:
            return Place(self._csv.shown, line, 1)
        place = self._grid(part).place(number, line - part.line + 1, index)
        return on_lines(place, lambda each: each + part.line - 1)

    def __getitem__(self, number: int) -> str:
        """The text of a line."""
        part = self._part(number)
        lines = [] if part is None else _LINE_END.split(self._grid(part).text or "")
        if part is None or number - part.line >= len(lines):
            raise KeyError(number)
        return lines[number - part.line]

    def __iter__(self) -> Iterator[int]:
        """The numbers of the lines on which parts begin, since nobody counts the others."""
        return (part.line for part in self._csv.known)

    def __len__(self) -> int:
        """How many of them there are."""
        return len(self._csv.known)


def open_large_csv(path: Path, shown: str, knows: Callable[[str], bool], usual: str) -> LargeCsv | None:
    """A CSV file to be read in parts; None if it has to be read at once, since its beginning is not plain text.

    The arguments are those of `read_csv`.

    Raises:
        CannotRunError: the file can't be opened.
    """
    head = read_file(path, shown, 0, _HEAD)
    head = head[: head.rfind(b"\n") + 1] or head
    text = decoded(head, shown)
    if isinstance(text, Finding) or _LONE.search(text):
        return None
    return LargeCsv(path, shown, dialect_of(text, shown, knows, usual))
