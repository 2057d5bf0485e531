"""Workbooks for tests: XLSX written by openpyxl, ODS as OpenDocument 1.3 has it."""

import datetime
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

import openpyxl

_NAMESPACES: Final = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
_TYPE: Final = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST: Final = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)

Rows = Iterable[Sequence[Any]]


def write_xlsx(path: Path, sheets: Mapping[str, Rows], formats: Mapping[str, str] | None = None) -> None:
    """Write sheets of values; `formats` are number formats by cell (`B2`) of the first sheet.

    A text stays a text, whatever it looks like; a formula is given as a tuple of one text.
    """
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for line, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                if value in (None, ""):
                    continue
                cell = sheet.cell(line, column)
                cell.value = value[0] if isinstance(value, tuple) else value
                if isinstance(value, str):
                    cell.data_type = "s"
    for cell_name, number_format in (formats or {}).items():
        workbook.worksheets[0][cell_name].number_format = number_format
    workbook.save(path)


def write_ods(path: Path, sheets: Mapping[str, Rows]) -> None:
    """Write sheets of values as LibreOffice does: with empty rows and cells at the end as one that is repeated.

    A date given as a tuple of the date and a text is shown as the text, a formula is a tuple of one text.
    """
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}>{''.join(map(_row, rows))}"
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
        for name, rows in sheets.items()
    )
    write_ods_content(path, tables)


def write_ods_content(path: Path, tables: str, prolog: str = "") -> None:
    """Write an ODS whose spreadsheet holds these elements."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<office:document-content {_NAMESPACES} office:version="1.3">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _TYPE, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("content.xml", content)


def _row(row: Sequence[Any]) -> str:
    cells = "".join(map(_cell, row))
    return f'<table:table-row>{cells}<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'


def _cell(value: Any) -> str:
    kind, shown = "", ""
    if isinstance(value, tuple) and len(value) == 1:
        kind = f' table:formula={quoteattr("of:" + value[0])} office:value-type="float" office:value="0"'
    elif isinstance(value, tuple):
        kind, shown = f' office:value-type="date" office:date-value="{value[0].isoformat()}"', value[1]
    elif isinstance(value, bool):
        kind = f' office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
    elif isinstance(value, int | float):
        kind = f' office:value-type="float" office:value="{value!r}"'
    elif isinstance(value, datetime.date):
        kind = f' office:value-type="date" office:date-value="{value.isoformat()}"'
    elif value:
        kind, shown = ' office:value-type="string"', str(value)
    return (
        f"<table:table-cell{kind}>{''.join(map(_paragraph, shown.split(chr(10)))) if shown else ''}</table:table-cell>"
    )


def _paragraph(text: str) -> str:
    """A paragraph, in which each space but a single one between words is an element."""
    marked = escape(text).replace("\t", "<text:tab/>").replace(" ", "<text:s/>")
    return f"<text:p>{marked}</text:p>"
