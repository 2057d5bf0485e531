"""Sheets of XLSX and ODS workbooks as records of cell texts.

XLSX is read by openpyxl, which reports formulas and number formats. ODS is read by its standard (OpenDocument 1.3,
part 3, section 9) with the XML parser of the library, defused, since no maintained package reports its formulas.
What a cell holds is given as text the way a CSV would have it: numbers without a needless `.0`, dates as ISO 8601
and only as precise as the cell shows them, booleans as `true` and `false`.
"""

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from ssekg.base.errors import CannotRunError
from ssekg.base.files import read_file
from ssekg.base.findings import Finding, Place, Severity
from ssekg.sources.tables.displayed_dates import shown_dates
from ssekg.sources.tables.grids import Content, Mark, Record, cell_name

WORKBOOKS: Final = frozenset({".xlsx", ".ods"})
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
# Excel and LibreOffice have no more; a file that says otherwise wants to fill the memory.
_MOST_ROWS: Final = 1_048_576
_MOST_COLUMNS: Final = 16_384
_MOST_XML: Final = 1 << 30
_NOT_CODES: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')

Cell = tuple[str, Mark | None]


@dataclass(frozen=True, slots=True)
class SheetGrid:
    """The sheet of a workbook that holds a table, by its name; `shown` names the workbook for people."""

    shown: str
    sheet: str
    text: str | None = None

    def place(self, number: int, line: int, index: int) -> Place:
        """The place of a cell; its line is the row, its column the number of the column."""
        quoted = self.sheet if self.sheet.isalnum() else "'" + self.sheet.replace("'", "''") + "'"
        return Place(self.shown, line, index + 1, line, index + 2, f"{quoted}!{cell_name(number, index)}")


def read_workbook(path: Path, shown: str, table: str) -> Content:
    """Read the sheet of `table` from a workbook: the one of the table's name, or the only one.

    Raises:
        CannotRunError: the file can't be opened, or the packages to read it are not there.
    """
    content = io.BytesIO(read_file(path, shown))
    try:
        names, rows = _read(content, path.suffix.lower(), table)
    except ImportError:
        raise CannotRunError("no-workbook-reader", file=shown) from None
    except Exception as problem:  # a workbook may be broken in any way, and its readers may raise anything
        arguments = {"problem": str(problem) or repr(problem)}
        return _unread(shown, table, Finding("table-workbook", Severity.VIOLATION, Place(shown, 1, 1), arguments))
    if rows is None:
        arguments = {"sheet": table, "known": ", ".join(names)}
        return _unread(shown, table, Finding("table-sheet", Severity.VIOLATION, Place(shown, 1, 1), arguments))
    return Content(SheetGrid(shown, _chosen(names, table) or table), list(_records(rows)))


def read_sheets(path: Path, shown: str) -> dict[str, Content]:
    """Read all sheets of a workbook that is no table by itself, by their names; hidden ones as well.

    Raises:
        CannotRunError: the file can't be opened or is no workbook, or the packages to read it are not there.
    """
    content = io.BytesIO(read_file(path, shown))
    try:
        sheets = _xlsx_sheets(content) if path.suffix.lower() == ".xlsx" else _ods_sheets(content)
        return {name: Content(SheetGrid(shown, name), list(_records(_trimmed(rows)))) for name, rows in sheets.items()}
    except ImportError:
        raise CannotRunError("no-workbook-reader", file=shown) from None
    except Exception as problem:  # a workbook may be broken in any way, and its readers may raise anything
        raise CannotRunError("no-workbook", file=shown, problem=str(problem) or repr(problem)) from None


def _unread(shown: str, table: str, finding: Finding) -> Content:
    return Content(SheetGrid(shown, table), findings=[finding])


def _records(rows: Sequence[list[Cell]]) -> Iterator[Record]:
    """The rows as records, filled up to the width of the header."""
    width = len(rows[0]) if rows else 0
    for number, row in enumerate(rows, start=1):
        cells = [text for text, _ in row] + [""] * (width - len(row))
        yield Record(number, number, cells, {index: mark for index, (_, mark) in enumerate(row) if mark is not None})


def _chosen(names: list[str], table: str) -> str | None:
    alike = [name for name in names if name.strip().casefold() == table.casefold()]
    return alike[0] if alike else names[0] if len(names) == 1 else None


def _read(content: io.BytesIO, suffix: str, table: str) -> tuple[list[str], list[list[Cell]] | None]:
    """The names of the sheets, and the rows of the sheet for `table`; None if there is no such sheet."""
    names, rows = _xlsx(content, table) if suffix == ".xlsx" else _ods(content, table)
    return names, None if rows is None else _trimmed(rows)


def _trimmed(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Rows without the empty cells at their ends, and without empty rows at the end."""
    for row in rows:
        while row and row[-1] == ("", None):
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def plain_number(text: str) -> str:
    """A number in plain notation, without a fraction that is zero."""
    plain = format(Decimal(text), "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


# XLSX


def _xlsx(content: io.BytesIO, table: str) -> tuple[list[str], list[list[Cell]] | None]:
    with _opened(content) as workbook:
        names = [sheet.title for sheet in workbook.worksheets]
        name = _chosen(names, table)
        return names, None if name is None else list(_xlsx_rows(workbook[name]))


def _xlsx_sheets(content: io.BytesIO) -> dict[str, list[list[Cell]]]:
    with _opened(content) as workbook:
        return {sheet.title: list(_xlsx_rows(sheet)) for sheet in workbook.worksheets}


@contextmanager
def _opened(content: io.BytesIO) -> Iterator[Any]:
    import defusedxml  # noqa: F401 - openpyxl parses with it where it is installed
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of what it leaves out: pictures, validation lists
        yield openpyxl.load_workbook(content, read_only=True, data_only=False, keep_links=False)


def _xlsx_rows(sheet: Any) -> Iterator[list[Cell]]:
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if number > _MOST_ROWS or len(row) > _MOST_COLUMNS:
            raise ValueError(f"row {number}")
        yield [_xlsx_cell(cell) for cell in row]


def _xlsx_cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return "", None
    if cell.data_type == "f":
        return str(value), Mark(is_formula=True)
    if isinstance(value, bool):
        return str(value).lower(), None
    if isinstance(value, int | float):
        is_percentage = "%" in str(cell.number_format)
        return plain_number(repr(value)), Mark(percentage=f"{value * 100:g} %") if is_percentage else None
    if isinstance(value, datetime.datetime):
        return _date(value, str(cell.number_format)), Mark(is_date=True)
    return value.isoformat() if isinstance(value, datetime.time) else str(value), None


def _date(value: datetime.datetime, number_format: str) -> str:
    codes = _NOT_CODES.sub("", number_format).lower()
    if value.time() != datetime.time():
        return value.isoformat()
    if "d" not in codes and "y" in codes and value.day == 1:
        if "m" in codes:
            return f"{value:%Y-%m}"
        if value.month == 1:
            return f"{value:%Y}"
    return value.date().isoformat()


# ODS


def _ods(content: io.BytesIO, table: str) -> tuple[list[str], list[list[Cell]] | None]:
    sheets = _ods_sheets(content)
    name = _chosen(list(sheets), table)
    return list(sheets), None if name is None else sheets[name]


def _ods_sheets(content: io.BytesIO) -> dict[str, list[list[Cell]]]:
    from defusedxml.ElementTree import iterparse

    with zipfile.ZipFile(content) as archive:
        if archive.getinfo("content.xml").file_size > _MOST_XML:
            raise ValueError("content.xml")
        names: list[str] = []
        sheets: dict[str, list[list[Cell]]] = {}
        with archive.open("content.xml") as xml:
            row = depth = 0  # a table may be inside a cell
            for event, element in iterparse(xml, events=("start", "end")):
                if element.tag == _TABLE + "table":
                    depth += 1 if event == "start" else -1
                    if event == "start" and depth == 1:
                        names.append(element.get(_TABLE + "name", ""))
                        sheets[names[-1]] = []
                        row = 0
                elif event == "end" and depth == 1 and element.tag == _TABLE + "table-row":
                    row = _add_row(sheets[names[-1]], element, row)
                    element.clear()
    return sheets


def _add_row(rows: list[list[Cell]], element: Any, row: int) -> int:
    """Add an element for one row or many, with `row` rows before it; how many there are after it.

    Empty rows are added only before one that is not: sheets end with a million of them.
    """
    cells: list[Cell] = []
    pending = 0  # empty cells that count only if something follows
    for child in element:
        if child.tag not in {_TABLE + "table-cell", _TABLE + "covered-table-cell"}:
            continue
        times = int(child.get(_TABLE + "number-columns-repeated", "1"))
        cell = _ods_cell(child)
        if cell == ("", None):
            pending += times
            continue
        if len(cells) + pending + times > _MOST_COLUMNS:
            raise ValueError("number-columns-repeated")
        cells += [("", None)] * pending + [cell] * times
        pending = 0
    times = int(element.get(_TABLE + "number-rows-repeated", "1"))
    if cells and row + times > _MOST_ROWS:
        raise ValueError("number-rows-repeated")
    if cells:
        rows += ([] for _ in range(row - len(rows)))
        rows += ([*cells] for _ in range(times))
    return row + times


def _ods_cell(element: Any) -> Cell:
    shown = "\n".join(_paragraph(child) for child in element if child.tag == _TEXT + "p")
    formula = element.get(_TABLE + "formula")
    if formula is not None:
        return "=" + formula.partition("=")[2], Mark(is_formula=True)
    kind = element.get(_OFFICE + "value-type")
    if kind in {"float", "currency", "percentage"}:
        mark = Mark(percentage=shown) if kind == "percentage" else None
        return plain_number(element.get(_OFFICE + "value", "")), mark
    if kind == "date":
        return _as_shown(element.get(_OFFICE + "date-value", ""), shown), Mark(is_date=True)
    if kind == "boolean":
        return element.get(_OFFICE + "boolean-value", ""), None
    if kind == "time":
        return element.get(_OFFICE + "time-value", ""), None
    return element.get(_OFFICE + "string-value") or shown, None


def _as_shown(value: str, shown: str) -> str:
    """A date without the day, or the month, that the cell does not show."""
    date = value.removesuffix("T00:00:00")
    if date.endswith("-01") and any(found.day is None for found in shown_dates(shown)):
        return date[:-3]
    return date[:4] if date.endswith("-01-01") and shown.strip() == date[:4] else date


def _paragraph(element: Any) -> str:
    """The text of a paragraph; runs of spaces, tabs and line breaks are elements in OpenDocument (section 6.1)."""
    return "".join(_pieces(element))


def _pieces(element: Any) -> Iterable[str]:
    yield element.text or ""
    for child in element:
        if child.tag == _TEXT + "s":
            yield " " * min(int(child.get(_TEXT + "c", "1")), 1 << 16)
        elif child.tag == _TEXT + "tab":
            yield "\t"
        elif child.tag == _TEXT + "line-break":
            yield "\n"
        elif child.tag.startswith(_TEXT):  # not an annotation, which is of another namespace
            yield from _pieces(child)
        yield child.tail or ""
