"""How tables lie in a workbook: a sheet a table, a column a value, and what the rows were when they were exported.

The first column of a sheet is hidden and holds a mark for each exported row, so that a row is known again wherever it
is moved and whatever is changed in it. The sheet `ssekg`, which is hidden as well, holds which sheet is which table,
and the exported rows as JSON: a change on both sides can be told from a change on one.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ssekg.base.errors import CannotRunError
from ssekg.base.language import pick
from ssekg.editing.entry import whole_heading
from ssekg.editing.identifiers import columns_of
from ssekg.sources.tables.columns import Column
from ssekg.sources.tables.grids import Content
from ssekg.sources.tables.table import Table

MEMORY: Final = "ssekg"
LISTS: Final = "lists"
_FORMAT: Final = 1
# A cell of a workbook has at most 32 767 characters.
_LONGEST: Final = 30_000
REQUIRED: Final = " *"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a sheet: the column of the table that it belongs to, and which of the values of a list it holds."""

    column: Column
    number: int | None = None


def sheet_columns(table: Table, rows: Iterable[Mapping[str, str]]) -> list[SheetColumn]:
    """The columns of a sheet for a table with these rows; a list has some more than any of its cells needs."""
    rows = list(rows)
    found = []
    for column in columns_of(table):
        if not column.separator:
            found.append(SheetColumn(column))
            continue
        most = max((len(column.values(row.get(column.name, ""))) for row in rows), default=0)
        found += [SheetColumn(column, number) for number in range(1, most + 3)]
    return found


def heading(table: Table, place: SheetColumn, language: str) -> str:
    """What a column of a sheet is headed with, like no other; required ones are marked."""
    text = pick(place.column.headings, language) or place.column.title
    if any(text == pick(each.headings, language) for each in columns_of(table) if each.name != place.column.name):
        text = whole_heading(place.column, text)
    text = text if place.number is None else f"{text} {place.number}"
    is_required = place.column.required and place.number in {None, 1}
    return text + REQUIRED if is_required else text


@dataclass
class Memory:
    """What a workbook knows of its export: the tables of its sheets by their titles, and the exported rows by mark."""

    project: str
    tables: dict[str, str] = field(default_factory=dict)
    rows: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)

    def lines(self) -> Iterator[Sequence[str]]:
        """As the cells of rows of the hidden sheet."""
        yield _cells({"format": _FORMAT, "project": self.project})
        for sheet, table in self.tables.items():
            yield _cells({"sheet": sheet, "table": table})
        for mark, (table, cells) in self.rows.items():
            yield _cells({"row": mark, "table": table, "cells": cells})

    @classmethod
    def read(cls, sheets: Mapping[str, Content], shown: str) -> "Memory":
        """What a workbook knows.

        Raises:
            CannotRunError: it is none that was exported, or its hidden sheet was changed.
        """
        content = sheets.get(MEMORY)
        try:
            lines: list[dict[str, Any]] = [
                json.loads("".join(record.cells)) for record in (content.records if content else ())
            ]
            if not lines or lines[0]["format"] != _FORMAT:
                raise ValueError(lines[:1])
            memory = cls(lines[0]["project"])
            for line in lines[1:]:
                if "sheet" in line:
                    memory.tables[line["sheet"]] = line["table"]
                else:
                    memory.rows[line["row"]] = (line["table"], dict(line["cells"]))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise CannotRunError("workbook-not-exported", file=shown) from None
        return memory


def _cells(line: Mapping[str, Any]) -> Sequence[str]:
    text = json.dumps(line, ensure_ascii=False, sort_keys=True)
    return [text[start : start + _LONGEST] for start in range(0, len(text), _LONGEST)]
