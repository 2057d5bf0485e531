"""A sheet as an Excel workbook: the answer with typed cells, its sources, the question and all that makes it again.

Nothing is read as a formula, an address or a number that is not one; the same answer gives the same bytes.
"""

import datetime
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.errors import AskedWronglyError, CannotRunError
from ssekg.base.language import direction, is_right_to_left, joined
from ssekg.base.messages import text
from ssekg.base.namespaces import XSD
from ssekg.base.numbers import read_number
from ssekg.queries.citations import citation
from ssekg.queries.forms.sheet import Field, Item, Sheet
from ssekg.queries.forms.wording import titles, word
from ssekg.queries.references import Reference

# The limits of the format (Microsoft: Excel specifications and limits); a header takes one row.
_MOST_ROWS: Final = 1_048_576 - 1
_MOST_COLUMNS: Final = 16_384
_MOST_CHARACTERS: Final = 32_767
_MOST_LINKS: Final = 65_530
_LONGEST_LINK: Final = 2_079
_DIGITS: Final = 15
# Before it the calendar of Excel is wrong: it has a 29th of February 1900.
_FIRST_DAY: Final = datetime.date(1900, 3, 1)
_WIDEST: Final = 400  # pixels
_LINE: Final = 15  # points
_LETTERS: Final = 70  # of a line of the widest column of the question
_TEXTS: Final[Mapping[str, Mapping[str, Any]]] = {
    "text": {},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "bold": {"bold": True, "valign": "top"},
    "header": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"},
}


def as_workbook(sheet: Sheet) -> bytes:
    """The workbook.

    Raises:
        AskedWronglyError: the answer is too large for the format.
        CannotRunError: the package XlsxWriter is not installed.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise CannotRunError("no-xlsxwriter") from None
    refuse_what_is_too_large(len(sheet.rows), len(titles(sheet)))
    project, language = sheet.wish.project, sheet.wish.language
    file = io.BytesIO()
    options = {f"strings_to_{kind}": False for kind in ("formulas", "urls", "numbers")}
    with xlsxwriter.Workbook(file, {"in_memory": True, **options}) as book:
        book.set_properties(
            {
                "title": sheet.answer.title(language),
                "author": project.publisher,
                "created": datetime.datetime.combine(project.date, datetime.time(), datetime.UTC),
            }
        )
        _Book(book, sheet).write()
    return file.getvalue()


class _Book:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Any, sheet: Sheet) -> None:
        self.book = book
        self.sheet = sheet
        self.language = sheet.wish.language
        self.links = 0
        self.urls: dict[tuple[str, str], Any] = {}
        self.columns: list[str] = []
        self.formats: dict[tuple[str, bool], Any] = {}

    def write(self) -> None:
        self._answer()
        if self.sheet.wish.with_sources:
            self._sources()
        self._question()

    def _answer(self) -> None:
        sheet = self.sheet
        page = self._page("sheet-answer", titles(sheet))
        for number, row in enumerate(sheet.rows, start=1):
            for index, (field, cell) in enumerate(zip(sheet.fields, row, strict=True)):
                self._cell(page, number, index, field, cell)
            if sheet.wish.with_sources:
                numbers = joined((str(each.number) for each in sheet.references.rows[number - 1]), self.language)
                self._text(page, number, len(sheet.fields), numbers)
        page.autofilter(0, 0, max(len(sheet.rows), 1), max(len(titles(sheet)) - 1, 0))
        page.autofit(_WIDEST)

    def _cell(self, page: Any, row: int, column: int, field: Field, cell: Sequence[Item]) -> None:
        if len(cell) != 1:
            if cell:
                self._text(page, row, column, joined((word(item, field, self.sheet) for item in cell), self.language))
            return
        item = cell[0]
        if isinstance(item.term, ox.NamedNode) and not field.is_name:
            self._link(page, row, column, item.term.value, item.text)
        elif field.type == "address":
            self._link(page, row, column, item.text, item.text)
        elif not isinstance(item.term, ox.Literal) or not self._typed(page, row, column, field, item):
            self._text(page, row, column, word(item, field, self.sheet) if item.language else item.text)

    def _typed(self, page: Any, row: int, column: int, field: Field, item: Item) -> bool:
        """Write a number, a year, a day or a truth value; False for anything else."""
        datatype = item.term.datatype.value if isinstance(item.term, ox.Literal) else ""
        if field.type == "boolean" and item.text in {"true", "false"}:
            # Excel has its own words for truth values; LibreOffice shows 0 and 1 without others.
            yes, no = (text(f"answer-{each}", self.language) for each in ("yes", "no"))
            page.write_boolean(row, column, item.text == "true", self._format(f'"{yes}";"{yes}";"{no}"'))
            return True
        if field.type in {"number", "year"} or datatype == XSD + "gYear":
            number = read_number(item.text)
            if number is None or len(number.as_tuple().digits) > _DIGITS:
                return False
            is_year = field.type == "year" or datatype == XSD + "gYear"
            page.write_number(row, column, float(number), self._format("0" if is_year else _pattern(number)))
            return True
        day = _day(item.text) if datatype == XSD + "date" else None
        if day is not None:
            page.write_datetime(row, column, day, self._format("yyyy-mm-dd"))
        return day is not None

    def _sources(self) -> None:
        names = ("number", "identifier", "title", "publisher", "date", "address")
        page = self._page("answer-sources", [text(f"source-{name}", self.language) for name in names])
        for row, source in enumerate(self.sheet.references.listed, start=1):
            self._source(page, row, source)
        page.autofit(_WIDEST)

    def _source(self, page: Any, row: int, source: Reference) -> None:
        page.write_number(row, 0, source.number)
        self._link(page, row, 1, source.term.value, self.sheet.answer.short(source.term))
        self._text(page, row, 2, source.title)
        self._text(page, row, 3, source.publisher)
        day = _day(source.date)
        if day is not None:
            page.write_datetime(row, 4, day, self._format("yyyy-mm-dd"))
        else:
            self._text(page, row, 4, source.date)
        self._link(page, row, 5, source.address, source.address)

    def _question(self) -> None:
        """What was asked, of which data, and what each column is."""
        found = citation(self.sheet.answer, self.sheet.wish.project, self.language)
        page = self._page("sheet-question", [])
        self.columns = [text(f"sheet-{name}", self.language) for name in ("column", "meaning", "unit")]
        for row, (name, value) in enumerate(found.facts(self.language)):
            self._text(page, row, 0, name, "bold")
            if value.startswith(("http://", "https://")):
                self._link(page, row, 1, value, value)
            else:
                self._text(page, row, 1, value[: _MOST_CHARACTERS // 2], "wrapped")
                page.set_row(row, _LINE * -(-len(value) // _LETTERS))  # not every program finds the height itself
        start = len(found.facts(self.language)) + 1
        for index, name in enumerate(self.columns):
            self._text(page, start, index, name, "bold")
        for row, column in enumerate(self.sheet.answer.columns, start=start + 1):
            self._text(page, row, 0, column.title(self.language))
            self._text(page, row, 1, column.meaning(self.language))
            self._text(page, row, 2, column.unit(self.language))
        page.autofit(_WIDEST * 3 // 2)

    def _page(self, code: str, header: Iterable[str]) -> Any:
        page = self.book.add_worksheet(text(code, self.language))
        if is_right_to_left(self.language):
            page.right_to_left()
        page.set_landscape()
        page.fit_to_pages(1, 0)
        self.columns = list(header)
        for index, title in enumerate(self.columns):
            self._text(page, 0, index, title, "header")
        if self.columns:
            page.freeze_panes(1, 0)
        return page

    def _link(self, page: Any, row: int, column: int, address: str, shown: str) -> None:
        """An address that can be followed, as far as the format has room for it."""
        can_be_linked = address.startswith(("http://", "https://")) and len(address) <= _LONGEST_LINK
        if can_be_linked and self.links < _MOST_LINKS:
            self.links += 1
            page.write_url(row, column, self._url(address, shown))
        else:
            self._text(page, row, column, shown)

    def _url(self, address: str, shown: str) -> Any:
        """An address as the package takes it, which looks at each character of it: once for all cells that have it."""
        from xlsxwriter.url import Url

        if (address, shown) not in self.urls:
            self.urls[address, shown] = Url(address)
            self.urls[address, shown].text = shown
        return self.urls[address, shown]

    def _text(self, page: Any, row: int, column: int, words: str, kind: str = "text") -> None:
        """A text, in the direction of its first letter: some programs take every text for one from left to right.

        Raises:
            AskedWronglyError: the format would cut it.
        """
        if _units(words) > _MOST_CHARACTERS:
            values = {"column": self.columns[column], "row": str(row), "most": str(_MOST_CHARACTERS)}
            raise AskedWronglyError("answer-text-too-long", **values)
        page.write_string(row, column, words, self._format(kind, is_rtl=direction(words) == "rtl"))

    def _format(self, kind: str, *, is_rtl: bool = False) -> Any:
        """One of the formats of texts, or a pattern of numbers."""
        if (kind, is_rtl) not in self.formats:
            properties = dict(_TEXTS.get(kind, {"num_format": kind}))
            self.formats[kind, is_rtl] = self.book.add_format(properties | ({"reading_order": 2} if is_rtl else {}))
        return self.formats[kind, is_rtl]


def refuse_what_is_too_large(rows: int, columns: int) -> None:
    """Refuse what a sheet has no room for.

    Raises:
        AskedWronglyError: there are too many rows or columns.
    """
    if rows > _MOST_ROWS or columns > _MOST_COLUMNS:
        values = {"rows": str(rows), "columns": str(columns)}
        raise AskedWronglyError("answer-too-large", most=str(_MOST_ROWS), most_columns=str(_MOST_COLUMNS), **values)


def _units(words: str) -> int:
    """How long the format says that a text is: it counts units of UTF-16, of which some characters take two."""
    return len(words) + (sum(character > "\uffff" for character in words) if len(words) > _MOST_CHARACTERS // 2 else 0)


def _pattern(number: Decimal) -> str:
    """The format of a number with as many decimals as it has."""
    exponent = number.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _day(words: str) -> datetime.date | None:
    try:
        day = datetime.date.fromisoformat(words) if len(words) == len("2000-01-01") else None
    except ValueError:
        return None
    return day if day is not None and day >= _FIRST_DAY else None
