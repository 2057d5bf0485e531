"""The published tables as CSV, for spreadsheets, pandas and R.

UTF-8 with a byte-order mark, since Excel asks for it; a text that a spreadsheet would take for a formula is defused
with an apostrophe. These are copies to read: the graph is the data.
"""

import csv
import io
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, Final

from ssekg.publish.context import Context
from ssekg.publish.folder import Content
from ssekg.publish.tables.table import LIST, Column, Table

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def tables(context: Context) -> Iterator[tuple[str, Content]]:
    """A CSV for each table: `tables/{name}.csv`."""
    for table in context.tables.in_csv:
        yield table.path, partial(_write_csv, table)


def _write_csv(table: Table, output: BinaryIO) -> None:
    text = io.TextIOWrapper(output, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    for row in table.rows:
        writer.writerow(_defused(cell, column) for cell, column in zip(row, table.columns, strict=True))
    text.detach()


def _defused(cell: str | None, column: Column) -> str:
    """A cell that no spreadsheet takes for a formula; numbers are none."""
    if cell is None or column.type != "string":
        return cell or ""
    parts = cell.split(LIST) if column.is_list else [cell]
    return LIST.join(f"'{part}" if part.startswith(_FORMULA_STARTS) else part for part in parts)
