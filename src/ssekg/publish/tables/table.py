"""A published table: its columns, its rows, and what leads from it to other tables."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

ID: Final = "id"
LIST: Final = "|"
"""What separates the texts in a cell that has several."""

Row = tuple[str | None, ...]
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a published table.

    `type` is the datatype of CSVW. `predicate` is the IRI of its property, "" where it is none (labels, keys).
    `target` is the table whose `id` the cells are, "" if there is none; `value_url` is the template of what they lead
    to. A list of texts is a cell with LIST between them. `texts` are its titles, and `meanings` what the project says
    that it holds, where it says so of the column.
    """

    name: str
    type: str = "string"
    predicate: str = ""
    language: str | None = None
    target: str = ""
    value_url: str = ""
    is_list: bool = False
    texts: Texts = field(default_factory=dict)
    meanings: Texts = field(default_factory=dict)

    @property
    def is_label(self) -> bool:
        """Whether its cells are the names, in a language, of what another column leads to."""
        return self.language is not None and not self.predicate


@dataclass(frozen=True, slots=True)
class Outline:
    """A table in CSV without its rows, which take much memory; `count` is how many it has.

    `properties` are the columns that have the values of a property, each with its name and the IRI of that.
    """

    name: str
    kind: str
    titles: Texts
    about: str
    is_list: bool
    count: int
    properties: tuple[tuple[str, str], ...] = ()

    @property
    def path(self) -> str:
        """Its CSV in the release."""
        return _path(self.name)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, what people call it, and its rows, whose cells have the lexical forms of the graph.

    `kind` is the kind of records that all of it is about, "" where it is about several. `about` is the template of the
    IRI that a row is about; `key` are the columns of the primary key, none where rows have none. Rows may be on the
    disk, so whoever looks for something in them does so in one go.
    """

    name: str
    kind: str
    titles: Texts
    columns: tuple[Column, ...]
    rows: Collection[Row]
    about: str = ""
    key: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Its CSV in the release."""
        return _path(self.name)

    @property
    def is_list(self) -> bool:
        """Whether its rows are single values of the rows of another table."""
        return bool(self.about) and not self.key

    @property
    def outline(self) -> Outline:
        """It without its rows."""
        properties = tuple((each.name, each.predicate) for each in self.columns if each.predicate)
        return Outline(self.name, self.kind, self.titles, self.about, self.is_list, len(self.rows), properties)

    @property
    def filled_targets(self) -> list[Column]:
        """The columns that lead to another table and have no empty cell."""
        filled = [at for at, column in enumerate(self.columns) if column.target]
        for row in self.rows if filled else ():
            filled = [at for at in filled if row[at] is not None]
        return [self.columns[at] for at in filled]

    @property
    def ids(self) -> frozenset[str | None]:
        """The values of its column `id`, by which other tables refer to its rows."""
        return frozenset(row[0] for row in self.rows) if self.key == (ID,) else frozenset()


def _path(name: str) -> str:
    return f"tables/{name}.csv"


def with_targets(tables: Sequence[Table], others: Iterable[Table] = ()) -> list[Table]:
    """The tables, with the target only of those columns whose every cell is the `id` of a row there.

    They may lead to one another, and to other tables.
    """
    targets = {column.target for table in tables for column in table.columns}
    ids = {table.name: table.ids for table in (*others, *tables) if table.name in targets}
    checked = []
    for table in tables:
        leading = {at: ids.get(column.target, frozenset()) for at, column in enumerate(table.columns) if column.target}
        for row in table.rows if leading else ():
            for at in [at for at, known in leading.items() if row[at] is not None and row[at] not in known]:
                del leading[at]
        columns = (each if at in leading else replace(each, target="") for at, each in enumerate(table.columns))
        checked.append(replace(table, columns=tuple(columns)))
    return checked
