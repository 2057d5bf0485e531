"""Tables as a workbook that people fill in: a sheet a table, in their language, with lists to choose from."""

import datetime
import io
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from ssekg.base.language import is_right_to_left, pick
from ssekg.base.messages import text
from ssekg.base.said import Named
from ssekg.editing.edits import Edits
from ssekg.editing.values import Values
from ssekg.editing.workbook.layout import LISTS, MEMORY, Memory, SheetColumn, heading, sheet_columns
from ssekg.editing.workbook.selection import Selection
from ssekg.sources.tables.columns import Column
from ssekg.sources.tables.table import Table

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# Rows below the last one that can be filled in at once.
_FREE: Final = 200
_NUMBER: Final = re.compile(r"-?(0|[1-9]\d*)(\.\d*[1-9])?")
_PRECISE: Final = 15  # digits that a spreadsheet keeps
# A month stays text: pasted without its format it would become a day.
_DATE: Final = re.compile(r"(19|20)\d\d-\d\d-\d\d")
_LONGEST_MESSAGE, _LONGEST_TITLE = 255, 32
_NAMES: Final = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME: Final = 31


def export(edits: Edits, selection: Selection, language: str) -> bytes:
    """A workbook (XLSX) with the selected rows of the tables, for who reads `language`."""
    from xlsxwriter import Workbook

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = Workbook(content, options)
    workbook.set_properties({"created": datetime.datetime.combine(edits.project.date, datetime.time())})
    _Export(edits, workbook, language).write(selection)
    workbook.close()
    return content.getvalue()


class _Export:
    """Writes the sheets of one workbook."""

    def __init__(self, edits: Edits, workbook: "Workbook", language: str) -> None:
        self._edits = edits
        self._book = workbook
        self._language = language
        self._values = Values(edits.project, edits.graph)
        self._memory = Memory(edits.project.base)
        self._lists: dict[tuple[str, ...], str] = {}
        self._chosen: dict[tuple[str, str], Mapping[str, str]] = {}
        self._form: dict[str, Format] = {
            "head": workbook.add_format({"bold": True, "bg_color": "#dfeaf8", "bottom": 1, "text_wrap": True}),
            "required": workbook.add_format({"bold": True, "bg_color": "#f6dfa8", "bottom": 1, "text_wrap": True}),
            "free": workbook.add_format({"locked": False, "text_wrap": True, "valign": "top"}),
            # What is typed stays text: no name becomes a date, no code loses its zeros.
            "text": workbook.add_format({"locked": False, "text_wrap": True, "valign": "top", "num_format": "@"}),
            "fixed": workbook.add_format({"bg_color": "#eeeeee", "valign": "top"}),
            "day": workbook.add_format({"locked": False, "num_format": "yyyy-mm-dd", "valign": "top"}),
            "wrapped": workbook.add_format({"text_wrap": True, "valign": "top"}),
        }

    def write(self, selection: Selection) -> None:
        """Write the guide, the sheets of the tables, the lists and what the workbook has to know."""
        self._guide()
        used: set[str] = set()
        sheets = [(table, self._sheet(self._title(table, used))) for table in selection.tables]
        lists = self._book.add_worksheet(LISTS)
        for table, sheet in sheets:
            self._memory.tables[sheet.get_name()] = table.name
            self._table(table, sheet, selection.rows(table))
        for index, choices in enumerate(self._lists):
            lists.write_column(0, index, choices)
        lists.hide()
        memory = self._book.add_worksheet(MEMORY)
        for number, cells in enumerate(self._memory.lines()):
            for index, cell in enumerate(cells):
                memory.write_string(number, index, cell)
        memory.very_hidden()

    def _sheet(self, title: str) -> "Worksheet":
        sheet = self._book.add_worksheet(title)
        if is_right_to_left(self._language):
            sheet.right_to_left()
        return sheet

    def _guide(self) -> None:
        """The first sheet, which says how the others are filled in."""
        sheet = self._sheet(text("workbook-guide-sheet", self._language))
        sheet.set_column(0, 0, 100)
        lines = text("workbook-guide", self._language).strip().split("\n")
        for number, line in enumerate(lines):
            sheet.write_string(number, 0, line, self._form["head" if number == 0 else "wrapped"])
        sheet.protect()

    def _title(self, table: Table, used: set[str]) -> str:
        """The title of a table as the name of a sheet: short, and like no other."""
        title = pick(table.description.title, self._language) if table.description else None
        name = _shortened(_NAMES.sub(" ", title or table.name.removesuffix(".csv")).strip())
        if name.casefold() in {*used, LISTS, MEMORY}:
            name = table.name.removesuffix(".csv")[:_LONGEST_NAME]
        used.add(name.casefold())
        return name

    def _table(self, table: Table, sheet: "Worksheet", rows: Sequence[Mapping[str, str]]) -> None:
        found = sheet_columns(table, rows)
        keys = self._edits.rows(table.name).keys
        sheet.set_column(0, 0, None, None, {"hidden": True})
        for index, place in enumerate(found, start=1):
            sheet.set_column(index, index, _width(place.column), self._open(place.column))
            form = "required" if place.column.required and place.number in {None, 1} else "head"
            sheet.write_string(0, index, heading(table, place, self._language), self._form[form])
            self._validation(table, sheet, place, index, len(rows))
        for number, cells in enumerate(rows, start=1):
            mark = f"r{len(self._memory.rows) + 1}"
            self._memory.rows[mark] = (table.name, dict(cells))
            sheet.write_string(number, 0, mark)
            for index, place in enumerate(found, start=1):
                self._cell(table, sheet, (number, index), place, cells, is_key=place.column.name in keys)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, max(1, len(rows)), len(found))
        allowed = ("format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "sort", "autofilter")
        sheet.protect("", dict.fromkeys(allowed, True))

    def _validation(self, table: Table, sheet: "Worksheet", place: SheetColumn, index: int, count: int) -> None:
        """What a cell asks for: the list to choose from, and what the column is for."""
        purpose = pick(place.column.description, self._language) or ""
        rule: dict[str, Any] = {
            "validate": "any",
            "input_title": heading(table, place, self._language)[:_LONGEST_TITLE],
            "input_message": purpose[:_LONGEST_MESSAGE],
        }
        choices = tuple(self._choices(table, place.column).values())
        if choices:
            letter = _letters(len(self._lists))
            area = self._lists.setdefault(choices, f"={LISTS}!${letter}$1:${letter}${len(choices)}")
            # A name, a code or several of them may be typed as well: the import understands them.
            rule |= {"validate": "list", "source": area, "error_type": "information", "show_error": False}
        if choices or purpose:
            sheet.data_validation(1, index, count + _FREE, index, rule)

    def _cell(
        self,
        table: Table,
        sheet: "Worksheet",
        at: tuple[int, int],
        place: SheetColumn,
        cells: Mapping[str, str],
        *,
        is_key: bool,
    ) -> None:
        value = cells.get(place.column.name, "")
        if place.number is not None:
            values = value.split(str(place.column.separator)) if value else []
            value = values[place.number - 1] if place.number <= len(values) else ""
        form = self._form["fixed"] if is_key else self._open(place.column)
        if not value:
            if is_key:
                sheet.write_blank(*at, None, form)
            return
        shown = self._choices(table, place.column).get(value)
        if shown is not None:
            sheet.write_string(*at, shown, form)
        elif _is_number(place.column, value):
            sheet.write_number(*at, float(value), form)
        elif _is_date(place.column, value):
            sheet.write_datetime(*at, datetime.date.fromisoformat(value), self._form["day"])
        else:
            sheet.write_string(*at, value, form)

    def _open(self, column: Column) -> "Format":
        """The form of cells that may be filled in."""
        return self._form["text" if column.keeps_space and not column.is_partial_date else "free"]

    def _choices(self, table: Table, column: Column) -> Mapping[str, str]:
        """What is chosen from, by code."""
        if (table.name, column.name) not in self._chosen:
            found = {each.short: self._shown(each) for each in self._values.choices(table, column)}
            self._chosen[table.name, column.name] = found
        return self._chosen[table.name, column.name]

    def _shown(self, named: Named) -> str:
        """A code as it is chosen: its name, and itself."""
        label = pick(named.labels, self._language)
        return f"{label} ({named.short})" if label and label != named.short else named.short


def _shortened(name: str) -> str:
    """A name as far as it fits, in whole words if it has several."""
    fits = name[:_LONGEST_NAME]
    return fits if fits == name else (fits.rpartition(" ")[0] or fits).rstrip(" ,،")


def _is_number(column: Column, value: str) -> bool:
    """Whether a spreadsheet gives a value back as it is, as a number."""
    base = column.datatype.base if column.datatype is not None else ""
    is_year = column.is_partial_date and len(value) == 4
    digits = sum(character.isdigit() for character in value)
    return (base in {"integer", "decimal"} or is_year) and bool(_NUMBER.fullmatch(value)) and digits <= _PRECISE


def _is_date(column: Column, value: str) -> bool:
    is_day = column.datatype is not None and column.datatype.base == "date"
    return (column.is_partial_date or is_day) and bool(_DATE.fullmatch(value)) and column.accepts(value)


def _width(column: Column) -> int:
    return 40 if column.is_free_text else 24


def _letters(index: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(index))
