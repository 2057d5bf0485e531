"""Table files as records of cell texts, each with its place: CSV in any of the forms that spreadsheets save it in.

Which character separates the columns is seen from the header, held against the columns that the description names;
it is never guessed from the data.
"""

import csv
import io
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
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
_SEPARATOR_LINE: Final = re.compile(r"\"?sep=(.)\"?\r?\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a spreadsheet knows of a cell beside its text: a formula, a date, or that it is shown as a percentage."""

    is_formula: bool = False
    is_date: bool = False
    percentage: str | None = None


class Grid(Protocol):
    """The records of one file; `findings` is what is wrong with the file as a whole, `marks` what it says of cells."""

    findings: list[Finding]
    marks: dict[tuple[int, int], Mark]

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Each record with the line it starts on, the header first; what can't be read is added to `findings`."""

    def place(self, line: int, index: int) -> Place:
        """The place of the cell at `index` of the record that starts on `line`."""

    @property
    def text(self) -> str | None:
        """The text of the file, read again; None where it has none that could be read."""


class CsvGrid:
    """A CSV file, with commas, semicolons or tabs."""

    def __init__(self, path: Path, shown: str, knows: Callable[[str], bool], declared: str | None) -> None:
        """Read the file.

        Args:
            path: the file.
            shown: its name for people.
            knows: whether a title of a column is a known one.
            declared: the separator that the description's dialect names.

        Raises:
            CannotRunError: the file can't be opened.
        """
        self.path = path
        self.shown = shown
        self.findings: list[Finding] = []
        self.marks: dict[tuple[int, int], Mark] = {}
        content = decoded(read_file(path, shown), shown)
        self._content = content if isinstance(content, str) else None
        self.delimiter = declared or ","
        if isinstance(content, Finding):
            self.findings.append(content)
        else:
            self._find_delimiter(content, knows, declared)

    def _find_delimiter(self, content: str, knows: Callable[[str], bool], declared: str | None) -> None:
        self._skipped = _SEPARATOR_LINE.match(content)
        header = content[self._skipped.end() if self._skipped else 0 :]
        usual = declared or ","
        candidates = dict.fromkeys([usual, *SEPARATORS, *([self._skipped.group(1)] if self._skipped else [])])
        # max() keeps the first of equals, which is the usual one.
        self.delimiter = max(candidates, key=lambda delimiter: _known(header, delimiter, knows))
        if self.delimiter != usual or self._skipped:
            arguments = {"found": _named(self.delimiter), "expected": _named(usual), "file": self.shown}
            self.findings.append(Finding("table-dialect", Severity.WARNING, Place(self.shown, 1, 1), arguments))

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """The records of the file, up to one that is not CSV; the text is let go, to be read again for a place."""
        if self._content is None:
            return
        csv.field_size_limit(sys.maxsize)
        lines = io.StringIO(self._content, newline="")
        self._content = None
        skipped = 1 if self._skipped else 0
        if skipped:
            lines.readline()
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        line = 1 + skipped
        try:
            for cells in reader:
                yield line, cells
                line = reader.line_num + 1 + skipped
        except csv.Error as problem:
            place = Place(self.shown, line, 1)
            self.findings.append(
                Finding("table-syntax", Severity.VIOLATION, place, {"problem": _in_words(str(problem))})
            )

    @cached_property
    def text(self) -> str | None:
        """The text of the file, read again, since places are wanted only where there is a finding."""
        content = decoded(read_file(self.path, self.shown), self.shown)
        return content if isinstance(content, str) else None

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.shown, self.text or "")

    def place(self, line: int, index: int) -> Place:
        """The place of a whole cell, its quotation marks included."""
        end = self._lines.start(line) - 1
        for _ in range(index + 1):
            match = self._field.match(self._lines.text, end + 1)
            start, end = match.span() if match else (end, end)
        return self._lines.place(start, end)

    @cached_property
    def _field(self) -> re.Pattern[str]:
        return re.compile(rf'"(?:[^"]|"")*"|[^{re.escape(self.delimiter)}\r\n]*')


def _known(text: str, delimiter: str, knows: Callable[[str], bool]) -> int:
    """How many columns the first record of a text names, split at `delimiter`."""
    try:
        header = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return 0
    return len({title for title in header if knows(title)})


def _named(delimiter: str) -> str:
    return SEPARATORS.get(delimiter, delimiter)


def _in_words(problem: str) -> Argument:
    """What the reader of CSV says, in our own words where the catalogues have them."""
    code = next((code for part, code in _SAYINGS.items() if part in problem), None)
    return Said(code) if code else problem
