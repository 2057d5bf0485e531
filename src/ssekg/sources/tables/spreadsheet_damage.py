"""What a spreadsheet does to a cell, undone: the value that was meant, found among what the column accepts.

A cell that is not of its column's datatype is held against the known ways of spoiling it. One is named only if
undoing it gives something that the column accepts, so an explanation is never a mere guess about the text.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Final

from ssekg.sources.tables.columns import Column
from ssekg.sources.tables.displayed_dates import shown_dates

ERRORS: Final = re.compile(
    r"#(NULL!|NUL!|DIV/0!|VALUE!|VALEUR!|REF!|NAME\?|NOM\?|NUM!|NOMBRE!|N/A|SPILL!|CALC!|FIELD!)|#{3,}|Err:\d{3}"
)
_DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫", "01234567890123456789.", "٬")
# White space of all kinds, and what shows as nothing: joiners, marks and controls of direction.
_SHOWS_NOTHING: Final = r"[\s\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+"
_EDGES: Final = re.compile(rf"\A{_SHOWS_NOTHING}|{_SHOWS_NOTHING}\Z")
_GROUPING: Final = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f'’](?=\d)")
_SCIENTIFIC: Final = re.compile(r"[+-]?\d+([.,]\d+)?[eE][+-]?\d{1,2}")
_TRUE: Final = {"true", "vrai", "yes", "oui", "صحيح", "نعم"}
_FALSE: Final = {"false", "faux", "no", "non", "خطأ", "خاطئ", "لا"}
_MOST_MEANT: Final = 3


def without_edges(text: str) -> str:
    """A text without white space and what shows as nothing at its ends, as come with pasted text."""
    return _EDGES.sub("", text)


def damage(column: Column, value: str) -> tuple[str, str] | None:
    """The finding code of what spoiled a value, and what was meant (several separated by ` · `).

    None where no known damage explains why the column, which has a datatype, does not accept it.
    """
    bare = without_edges(value)
    if bare != value and column.accepts(bare):
        return "table-space", bare
    western = bare.translate(_DIGITS)
    if western != bare and column.accepts(western):
        return "table-digits", western
    for code, undo in _UNDONE.items():
        meant = _accepted(column, western, undo)
        if meant:
            return code, meant
    return None


def _accepted(column: Column, value: str, undo: Callable[[Column, str], Iterable[str]]) -> str:
    candidates = dict.fromkeys(undo(column, value))
    meant = [candidate for candidate in candidates if column.accepts(candidate)]
    return " · ".join(meant[:_MOST_MEANT])


def _booleans(column: Column, value: str) -> Iterator[str]:
    if column.datatype.base == "boolean":
        yes, _, no = str(column.datatype.format or "true|false").partition("|")
        if value.casefold() in _TRUE:
            yield yes
        elif value.casefold() in _FALSE:
            yield no


def _dates(column: Column, value: str) -> Iterator[str]:
    is_code = column.datatype.base == "string"
    for date in shown_dates(value):
        if column.is_partial_date or not is_code:
            yield from date.iso
            if date.month == date.day == 1 and date.year is not None:
                yield str(date.year)
        if not column.is_partial_date:
            # 3.4 becomes 3 April; as a number it is not 03.04.
            yield from (code for code in date.codes if is_code or not code.startswith("0"))


def _numbers(_: Column, value: str) -> Iterator[str]:
    joined = _GROUPING.sub("", value)
    plain = joined.removesuffix("%").rstrip() if joined.endswith("%") else joined
    if _SCIENTIFIC.fullmatch(plain):
        yield format(Decimal(plain.replace(",", ".")), "f").removesuffix(".0")
    if not re.fullmatch(r"[+-]?\d[\d.,]*", plain):
        return
    yield plain
    for point, group in (",.", ".,"):
        whole, found, fraction = plain.rpartition(point)
        if re.fullmatch(rf"[+-]?\d{{1,3}}(\{group}\d{{3}})*|[+-]?\d+", whole or "-"):
            is_whole = found and not fraction.strip("0")
            yield whole.replace(group, "") + ("" if is_whole else "." + fraction)
        if re.fullmatch(rf"[+-]?\d{{1,3}}(\{point}\d{{3}})+", plain):
            yield plain.replace(point, "")


def _zeros(column: Column, value: str) -> Iterator[str]:
    if column.is_partial_date or column.datatype.base != "string" or not re.fullmatch(r"\d+([.,]\d+)?", value):
        return
    whole, point, fraction = value.replace(",", ".").partition(".")
    for lost in range(5):
        for trailing in range(3 if point else 1):
            yield whole.zfill(len(whole) + lost) + point + fraction + "0" * trailing


_UNDONE: Final = {
    "excel-boolean": _booleans,
    "excel-leading-zero": _zeros,
    "excel-number": _numbers,
    "excel-date": _dates,
}


def spoiled_codes(text: str) -> str:
    """What may have been typed where a cell of free text holds a date, as ` · ` separates it."""
    codes = dict.fromkeys(code for date in shown_dates(text) for code in date.codes)
    return " · ".join(list(codes)[:_MOST_MEANT])
