"""Links from the cells of one table to the records of another, as foreign keys and record references state them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from ssekg.base.findings import Place
from ssekg.sources.records import Records
from ssekg.sources.tables.columns import Column
from ssekg.sources.tables.table import Row, Table

Key = tuple[str, ...]


@dataclass(frozen=True)
class Link:
    """Columns of a table whose cells are the key of a record in another table, called `target`.

    Of a column that may lead to any kind of record, a link has those of one kind: `kind` is what their cells begin
    with, `elsewhere` are the keys of the records of that kind that are not in a table.
    """

    table: Table
    columns: tuple[str, ...]
    target: str
    target_columns: tuple[str, ...]
    kind: str = ""
    elsewhere: Collection[Key] = ()

    def rows(self) -> Iterator[tuple[Row, Key]]:
        """The rows that link to something, with the key; a list cell has several."""
        return ((row, key) for row in self.table.rows for key in self.keys(row))

    def keys(self, row: Row) -> Iterable[Key]:
        """The keys that a row links to."""
        key = key_of(row, self.columns)
        if key is None or not all(key):
            return ()
        return dict.fromkeys(self._keys(key)) if self._is_listed else (key,)

    @cached_property
    def _columns(self) -> Sequence[Column | None]:
        named = {column.name: column for column in self.table.columns}
        return [named.get(name) for name in self.columns]

    @cached_property
    def _is_listed(self) -> bool:
        return bool(self.kind) or any(column is not None and column.lists_links for column in self._columns)

    def _keys(self, texts: Key) -> Iterator[Key]:
        """The keys in some cells."""
        values = (column.names(text) if column else [text] for column, text in zip(self._columns, texts, strict=True))
        for key in product(*values):
            if not self.kind:
                yield key
            elif key[0].startswith(self.kind):
                yield (key[0].removeprefix(self.kind),)

    def shown(self, key: Key) -> str:
        """A key as the cells have it."""
        return self.kind + ", ".join(key)

    def place(self, row: Row) -> Place:
        """The place of the link in a row."""
        return place_in(self.table, row, self.columns[-1])

    @property
    def title(self) -> str:
        """What people call the column."""
        name = self.columns[-1]
        return next((column.title for column in self.table.columns if column.name == name), name)


def foreign_keys(table: Table, records: Records) -> Iterator[Link]:
    """The links that the description of a table declares."""
    for key in table.schema.foreignKeys:
        name, columns = str(key.reference.resource), tuple(key.reference.columnReference)
        kinds = (kind for kind, (of_kind, column) in records.tables.items() if (of_kind, (column,)) == (name, columns))
        elsewhere = {(identifier,) for kind in kinds for identifier in records.elsewhere(kind)}
        yield Link(table, tuple(key.columnReference), name, columns, elsewhere=elsewhere)


def record_links(table: Table, records: Records) -> Iterator[Link]:
    """The links of the columns that may lead to any record, a link for each kind that a table holds."""
    for column in (column for column in table.columns if column.is_record and not records.is_partial):
        for kind, (name, key) in records.tables.items():
            known = {*records.by_kind.get(kind, ()), *records.elsewhere(kind)}
            elsewhere = {(identifier,) for identifier in known}
            yield Link(table, (column.name,), name, (key,), f"{kind}/", elsewhere)


def key_of(row: Row, names: Iterable[str]) -> Key | None:
    """The cells of some columns, None if all are empty."""
    values = tuple(row.cells.get(name, "") for name in names)
    return values if any(values) else None


def place_in(table: Table, row: Row, name: str) -> Place:
    """The place of the cell of a column."""
    index = next((column.index for column in table.columns if column.name == name), None)
    return table.cell_place(row, index or 0)
