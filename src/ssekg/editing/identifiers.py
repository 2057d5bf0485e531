"""What tells a new row from the others, where nobody says it: made of its name or, without one, of its other cells.

A row whose key has several parts may lack one of them: it is called as the first code that the row has to have.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ssekg.editing.edits import Edits
from ssekg.editing.values import Values
from ssekg.sources.tables.columns import Column
from ssekg.sources.tables.table import Table

_LONGEST: Final = 48


class Identifiers:
    """Proposes identifiers for rows of the tables of a project."""

    def __init__(self, edits: Edits, values: Values) -> None:
        """Take the tables, and what understands the cells of a row."""
        self._edits = edits
        self._values = values

    def completed(self, table: Table, cells: Mapping[str, str]) -> dict[str, str]:
        """The cells of a row with the one part of its key that is missing, if one is and can be proposed."""
        keys = self._edits.rows(table.name).keys
        missing = [name for name in keys if name not in cells]
        column = next((each for each in columns_of(table) if each.name in missing), None)
        if len(missing) != 1 or column is None or _leads_on(table, column):
            return dict(cells)
        proposed = self._proposed(table, cells, keys)
        if not proposed:
            return dict(cells)
        return {column.name: self._free(table, column, cells, proposed), **cells}

    def is_named(self, table: Table) -> bool:
        """Whether the rows of a table have names, by which others may link to them."""
        return bool(self._naming(table))

    def _proposed(self, table: Table, cells: Mapping[str, str], keys: tuple[str, ...]) -> str | None:
        named = self._naming(table)
        if named:
            return next(filter(None, (slug_of(cells[each.name]) for each in named if each.name in cells)), None)
        telling = [column for column in _telling(table, keys) if column.name in cells]
        telling = telling[:1] if len(keys) > 1 else telling
        texts = [(each, self._values.cell(table, each, cells[each.name])) for each in telling]
        if not all(each.datatype is None or each.accepts(text) for each, text in texts):
            return None
        return "-".join(slug_of(text, longest=None) for _, text in texts)

    def _free(self, table: Table, column: Column, cells: Mapping[str, str], proposed: str) -> str:
        """What is proposed, with a number if a row has it already, next to the same other parts of its key."""
        rows = self._edits.rows(table.name)
        others = {each.name: each for each in columns_of(table) if each.name in rows.keys and each != column}
        wanted = {name: self._values.cell(table, each, cells.get(name, "")) for name, each in others.items()}
        found = (rows.cells(record) for record in rows.records)
        taken = {row.get(column.name) for row in found if all(row.get(name) == text for name, text in wanted.items())}
        numbered = (f"{proposed}-{number}" for number in range(2, len(taken) + 3))
        return proposed if proposed not in taken else next(each for each in numbered if each not in taken)

    def _naming(self, table: Table) -> list[Column]:
        """The columns with names, those in languages that are written in Latin letters first."""
        order = {tag: place for place, tag in enumerate(self._edits.project.reading_order)}
        named = [
            each for each in columns_of(table) if each.language in order and each.is_free_text and not each.separator
        ]
        return sorted(named, key=lambda each: order[each.language or ""])


def columns_of(table: Table) -> list[Column]:
    """The columns of a table that are in its file."""
    return [each for each in table.columns if each.index is not None]


def slug_of(name: str, longest: int | None = _LONGEST) -> str:
    """An identifier for a name: its words in Latin letters, as many as are short enough."""
    from anyascii import anyascii

    words = re.findall("[a-z0-9]+", anyascii(name.replace("’", " ").replace("'", " ")).lower())
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:longest]
        if longest is not None and len(longer) > longest:
            break
        slug = longer
    return slug


def _telling(table: Table, keys: Iterable[str]) -> Iterator[Column]:
    """The required columns that tell one row from another: single codes, links and dates, up to what the row is for."""
    for column in columns_of(table):
        if column.required and column.name not in keys:
            is_code = column.keeps_space and (not column.is_free_text or column.value is not None)
            if column.separator or not (is_code or column.is_partial_date):
                return
            yield column


def _leads_on(table: Table, column: Column) -> bool:
    """Whether a column names something else, which nobody can propose."""
    linked = {name for key in table.schema.foreignKeys for name in key.columnReference}
    return column.is_record or column.name in linked
