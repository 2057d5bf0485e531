"""Keys and links of tables: repeated keys, and links to rows that do not exist.

Each value of a list cell is a link of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Final

from ssekg.base.findings import Cause, Finding, Place, Severity
from ssekg.base.said import Arguments
from ssekg.base.spelling import nearest_name, suggestion
from ssekg.sources.tables.placeholders import means_nothing
from ssekg.sources.tables.table import Row, Table

# Looking for what was meant takes time; with more dangling links the problem is not spelling.
_MOST_GUESSED: Final = 100

Key = tuple[str, ...]


@dataclass(frozen=True)
class _Link:
    """Columns of a table whose cells are the key of a record in another table, called `target`."""

    table: Table
    columns: tuple[str, ...]
    target: str
    target_columns: tuple[str, ...]

    def rows(self) -> Iterator[tuple[Row, Key]]:
        """The rows that link to something, with the key."""
        named = {column.name: column for column in self.table.columns}
        columns = [named.get(name) for name in self.columns]
        for row in self.table.rows:
            key = _key(row, self.columns)
            if key is None or not all(key):
                continue
            if any(column is not None and column.lists_links for column in columns):
                values = (column.names(text) if column else [text] for column, text in zip(columns, key, strict=True))
                yield from ((row, each) for each in dict.fromkeys(product(*values)))
            else:
                yield row, key

    def place(self, row: Row) -> Place:
        """The place of the link in a row."""
        return _place(self.table, row, self.columns[-1])

    @property
    def title(self) -> str:
        """What people call the column."""
        name = self.columns[-1]
        return next((column.title for column in self.table.columns if column.name == name), name)


def check_keys(tables: Iterable[Table], among: Iterable[Table] = ()) -> list[Finding]:
    """Findings for repeated keys in a table, and for links to rows that are not in the other table.

    `among` are further tables that links may lead to; they are not checked themselves.
    """
    checked = [table for table in tables if table.schema is not None]
    by_name = {table.name: table for table in (*among, *checked)}
    findings = [finding for table in checked for finding in _repeated_keys(table)]
    links: dict[tuple[str, tuple[str, ...]], list[_Link]] = defaultdict(list)
    for link in (link for table in checked for link in _links(table)):
        if link.target in by_name:
            links[link.target, link.target_columns].append(link)
        else:
            place = Place(link.table.description_shown, 1, 1)
            arguments = {"column": ", ".join(link.columns), "table": link.target}
            findings.append(Finding("table-unknown-table", Severity.VIOLATION, place, arguments))
    for (target, columns), of_target in links.items():
        # What is wrong with an incomplete table has its findings; a link may be to what could not be taken.
        if not by_name[target].is_incomplete:
            findings += _Target(by_name[target], columns, of_target).findings()
    return findings


def _links(table: Table) -> Iterator[_Link]:
    for key in table.schema.foreignKeys:
        target = key.reference
        yield _Link(table, tuple(key.columnReference), str(target.resource), tuple(target.columnReference))


class _Target:
    """A table that others link to by some columns, and their links."""

    def __init__(self, table: Table, columns: tuple[str, ...], links: list[_Link]) -> None:
        self.table = table
        self.columns = columns
        self.links = links
        self.rows = {key: row for row in table.rows if (key := _key(row, columns)) is not None}
        self.nowhere: dict[Key, list[tuple[_Link, Row]]] = defaultdict(list)
        self._guessed = 0

    def findings(self) -> Iterator[Finding]:
        """A finding for each link that leads nowhere; what it probably follows from is its cause."""
        for link in self.links:
            for row, key in link.rows():
                if key not in self.rows:
                    self.nowhere[key].append((link, row))
        for key, found in self.nowhere.items():
            if means_nothing(key[-1]):
                for link, row in found:
                    about = {"value": ", ".join(key), "column": link.title}
                    yield Finding("text-placeholder", Severity.VIOLATION, link.place(row), about)
            else:
                yield from self._of_key(key, found)

    def _of_key(self, key: Key, found: list[tuple[_Link, Row]]) -> Iterator[Finding]:
        """The findings on the links to one record that is nowhere."""
        meant, cause = self._meant(key)
        places = [link.place(row) for link, row in found]
        for (link, _), place in zip(found, places, strict=True):
            if cause is None and place != places[0]:
                # Whatever is wrong with the first is wrong with the others.
                cause = Cause(places[0], "table-dangling-link")
            about = {"value": ", ".join(key), "column": link.title, "table": self.table.name}
            arguments: Arguments = {**about, **suggestion(", ".join(meant) if meant else None)}
            yield Finding("table-dangling-link", Severity.VIOLATION, place, arguments, cause=cause)

    def _meant(self, key: Key) -> tuple[Key | None, Cause | None]:
        """The key that was probably meant, and what is to be fixed first.

        A record that several links do not find was probably renamed: it is looked for among those that no link finds,
        and none of them is the new name of two records.
        """
        is_shared = len(self.nowhere[key]) > 1
        renamed = self._nearest(key, self.unlinked) if is_shared else None
        if renamed is not None and self._nearest(renamed, self.nowhere) == key:
            return renamed, self._cause(renamed)
        if is_shared and len(self.wrong_keys) == 1:
            place, code = next(iter(self.wrong_keys.items()))
            return None, Cause(place, code)
        nearest = self._nearest(key, self.rows)
        cause = self._cause(nearest) if nearest is not None else None
        return nearest, cause if cause is not None and cause.code else None

    def _nearest(self, key: Key, among: Iterable[Key]) -> Key | None:
        self._guessed += 1
        if self._guessed > _MOST_GUESSED:
            return None
        names = {", ".join(other): other for other in among}
        nearest = nearest_name(", ".join(key), names)
        return names[nearest] if nearest is not None else None

    def _cause(self, key: Key) -> Cause:
        place = _place(self.table, self.rows[key], self.columns[-1])
        return Cause(place, self.wrong_keys.get(place))

    @cached_property
    def unlinked(self) -> list[Key]:
        """The keys of the records that nothing links to."""
        linked = {key for link in self.links for _, key in link.rows()}
        return [key for key in self.rows if key not in linked]

    @cached_property
    def wrong_keys(self) -> Mapping[Place, str]:
        """The cells with a key that has a violation, with its code."""
        cells = {_place(self.table, row, name) for row in self.rows.values() for name in self.columns}
        grave = (each for each in self.table.findings if each.severity is Severity.VIOLATION)
        return {each.place: each.code for each in grave if each.place is not None and each.place in cells}


def _key(row: Row, names: Iterable[str]) -> Key | None:
    values = tuple(row.cells.get(name, "") for name in names)
    return values if any(values) else None


def _place(table: Table, row: Row, name: str) -> Place:
    index = next((column.index for column in table.columns if column.name == name), None)
    return table.cell_place(row, index or 0)


def _repeated_keys(table: Table) -> Iterator[Finding]:
    names = table.schema.primaryKey or []
    seen: dict[Key, int] = {}
    for row in table.rows if names else ():
        key = _key(row, names)
        if key in seen:
            arguments = {"key": ", ".join(key), "columns": ", ".join(names), "line": str(seen[key])}
            yield Finding("table-repeated-key", Severity.VIOLATION, _place(table, row, names[0]), arguments)
        elif key is not None:
            seen[key] = row.line
