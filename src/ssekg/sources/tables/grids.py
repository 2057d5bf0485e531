"""Table files as records of cell texts, each with its place: CSV in any of the forms that spreadsheets save it in.

Which character separates the columns is seen from the header, held against the columns that the description names;
it is never guessed from the data.
"""

import csv
import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Final, Protocol

from ssekg.base.files import read_file
from ssekg.base.findings import Finding, Place, Severity
from ssekg.base.said import Argument, Said
from ssekg.sources.places import Lines
from ssekg.sources.tables.encodings import decoded

SEPARATORS: Final = {",": ",", ";": ";", "\t": "TAB"}
# What the reader of CSV says, by a part of it; the catalogues say it in every language.
_SAYINGS: Final = {"expected after": "csv-says-after-quote", "unexpected end of data": "csv-says-end"}
_LONGEST_HEADER: Final = 1_000_000
# Excel writes and reads it, and shows it to nobody: its rows are counted after it.
_SEPARATOR_LINE: Final = re.compile(r"\"?sep=(?P<separator>.)\"?(?:\r?\n|\r)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a spreadsheet knows of a cell besides its text: a formula, a date, or that it is shown as a percentage."""

    is_formula: bool = False
    is_date: bool = False
    percentage: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its number as a spreadsheet counts rows, the line it starts on, its cells, marks by their index."""

    number: int
    line: int
    cells: Sequence[str]
    marks: Mapping[int, Mark] = field(default_factory=dict)


class Grid(Protocol):
    """A file of cells, to find a cell in it once there is something to report."""

    def place(self, number: int, line: int, index: int) -> Place:
        """The place of the cell at `index` of the record of this number, which starts on `line`."""

    @property
    def text(self) -> str | None:
        """The text of the file; None where it has none that could be read."""


@dataclass(frozen=True, slots=True)
class Content:
    """What was read of a file: its records, the header first, and what is wrong with the whole file.

    The records can be gone through several times.
    """

    grid: Grid
    records: Iterable[Record] = ()
    findings: Sequence[Finding] = ()


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a CSV file is written: what separates cells, how many lines precede the header, and what is odd about it."""

    delimiter: str
    skipped: int = 0
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class CsvGrid:
    """The text of a CSV file, which `shown` names for people, with its separator; `skipped` lines precede the header.

    `text` is None where the file has none that could be read.
    """

    shown: str
    text: str | None
    delimiter: str = ","
    skipped: int = 0

    def records(self) -> tuple[list[Record], list[Finding]]:
        """The records up to one that is not CSV, which is a finding."""
        lines = io.StringIO(self.text or "", newline="")
        for _ in range(self.skipped):
            lines.readline()
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        records: list[Record] = []
        line = 1 + self.skipped
        with cells_of_any_length():
            try:
                for number, cells in enumerate(reader, start=1):
                    records.append(Record(number, line, cells))
                    line = reader.line_num + 1 + self.skipped
            except csv.Error as problem:
                return records, [syntax_finding(problem, self.shown, line)]
        return records, []

    def first(self, end: int | None) -> Record:
        """The first record with something in a cell; it ends before an offset of the text."""
        records, _ = replace(self, text=(self.text or "")[:end]).records()
        return next((record for record in records if any(record.cells)), Record(1, 1, ()))

    def record(self, start: int, end: int | None) -> list[str]:
        """The cells of the record that is between two offsets of the text, None for its end; none if none is."""
        return next(csv.reader(io.StringIO((self.text or "")[start:end], newline=""), delimiter=self.delimiter), [])

    @cached_property
    def lines(self) -> Lines:
        """The text by lines."""
        return Lines(self.shown, self.text or "")

    def place(self, number: int, line: int, index: int) -> Place:
        """The place of a whole cell, its quotation marks included, with the name that spreadsheets give it."""
        end = self.lines.start(line) - 1
        for _ in range(index + 1):
            match = self._field.match(self.lines.text, end + 1)
            start, end = match.span() if match else (end, end)
        return replace(self.lines.place(start, end), cell=cell_name(number, index))

    @cached_property
    def _field(self) -> re.Pattern[str]:
        return re.compile(rf'"(?:[^"]|"")*"|[^{re.escape(self.delimiter)}\r\n]*')


def read_csv(path: Path, shown: str, knows: Callable[[str], bool], usual: str = ",") -> Content:
    """Read a CSV file.

    Args:
        path: the file.
        shown: its name for people.
        knows: whether a title of a column is a known one.
        usual: the separator that the description asks for.

    Raises:
        CannotRunError: the file can't be opened.
    """
    content = decoded(read_file(path, shown), shown)
    if isinstance(content, Finding):
        return Content(CsvGrid(shown, None, usual), findings=[content])
    dialect = dialect_of(content, shown, knows, usual)
    grid = CsvGrid(shown, content, dialect.delimiter, dialect.skipped)
    records, broken = grid.records()
    return Content(grid, records, [*dialect.findings, *broken])


def dialect_of(text: str, shown: str, knows: Callable[[str], bool], usual: str) -> Dialect:
    """How a CSV file is written that begins with a text, its header at least; the arguments are those of `read_csv`."""
    separator_line = _SEPARATOR_LINE.match(text)
    start = separator_line.end() if separator_line else 0
    header = text[start : start + _LONGEST_HEADER]
    candidates = dict.fromkeys([usual, *SEPARATORS, *([separator_line["separator"]] if separator_line else [])])
    # max() keeps the first of equals, which is the usual one.
    delimiter = max(candidates, key=lambda delimiter: _known(header, delimiter, knows))
    findings = []
    if separator_line:
        arguments = {"line": separator_line[0].strip(), "file": shown}
        findings.append(Finding("table-separator-line", Severity.WARNING, Place(shown, 1, 1), arguments))
    if delimiter != usual:
        arguments = {"found": _named(delimiter), "expected": _named(usual), "file": shown}
        findings.append(Finding("table-dialect", Severity.WARNING, Place(shown, 1, 1), arguments))
    return Dialect(delimiter, 1 if separator_line else 0, tuple(findings))


def syntax_finding(problem: csv.Error, shown: str, line: int) -> Finding:
    """What to report of a file that is not CSV from a line on."""
    return Finding("table-syntax", Severity.VIOLATION, Place(shown, line, 1), {"problem": _in_words(str(problem))})


def cell_name(number: int, index: int) -> str:
    """The name that spreadsheets give to the cell at `index` (from 0) of row `number` (from 1): `H50`."""
    letters = ""
    while index >= 0:
        index, letter = index // 26 - 1, chr(ord("A") + index % 26)
        letters = letter + letters
    return f"{letters}{number}"


@contextmanager
def cells_of_any_length() -> Iterator[None]:
    """Lift Python's limit on the length of a cell, which is one for all readers of CSV, as long as one reads."""
    usual = csv.field_size_limit(sys.maxsize)
    try:
        yield
    finally:
        csv.field_size_limit(usual)


def _known(text: str, delimiter: str, knows: Callable[[str], bool]) -> int:
    """How many columns the first record of a text names, split at `delimiter`."""
    try:
        header = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except (csv.Error, TypeError, ValueError):  # the last two where the line sep= names what separates nothing
        return 0
    return len({title for title in header if knows(title)})


def _named(delimiter: str) -> str:
    return SEPARATORS.get(delimiter, delimiter)


def _in_words(problem: str) -> Argument:
    """What the reader of CSV says, in our own words where the catalogues have them."""
    code = next((code for part, code in _SAYINGS.items() if part in problem), None)
    return Said(code) if code else problem
