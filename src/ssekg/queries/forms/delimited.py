"""Sheets as CSV and TSV for programs; several values in a cell are separated as in the tables of a project."""

import csv
import io
from typing import Final

from ssekg.queries.forms.sheet import Sheet, with_source_columns

SEPARATOR: Final = " | "


def as_csv(sheet: Sheet) -> str:
    """Values separated by commas, as RFC 4180 has it."""
    return _delimited(sheet, ",")


def as_tsv(sheet: Sheet) -> str:
    """Values separated by tabs; those with a tab, a quotation mark or a line break are quoted as in CSV."""
    return _delimited(sheet, "\t")


def _delimited(sheet: Sheet, delimiter: str) -> str:
    sheet = with_source_columns(sheet)
    output = io.StringIO(newline="")
    writer = csv.writer(output, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(field.name for field in sheet.fields)
    writer.writerows([SEPARATOR.join(item.text for item in cell) for cell in row] for row in sheet.rows)
    return output.getvalue()
