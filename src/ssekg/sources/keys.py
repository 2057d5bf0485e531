"""Keys and links of tables: repeated keys, and links to rows that do not exist."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ssekg.base.findings import Finding, Place, Severity
from ssekg.base.said import Arguments
from ssekg.base.spelling import nearest_name, suggestion
from ssekg.sources.tables.placeholders import means_nothing
from ssekg.sources.tables.table import Row, Table

# Looking for what was meant takes time; with more dangling links the problem is not spelling.
_MOST_GUESSED: Final = 100


def check_keys(tables: Iterable[Table], among: Iterable[Table] = ()) -> list[Finding]:
    """Findings for repeated keys in a table, and for links to rows that are not in the other table.

    `among` are further tables that links may lead to; they are not checked themselves.
    """
    checked = list(tables)
    by_name = {table.name: table for table in (*among, *checked)}
    findings: list[Finding] = []
    for table in checked:
        if table.schema is not None:
            findings += _repeated_keys(table)
            findings += _dangling_links(table, by_name)
    return findings


def _key(row: Row, names: list[str]) -> tuple[str, ...] | None:
    values = tuple(row.cells.get(name, "") for name in names)
    return values if any(values) else None


def _place(table: Table, row: Row, name: str) -> Place:
    index = next((column.index for column in table.columns if column.name == name), None)
    return table.cell_place(row, index or 0)


def _repeated_keys(table: Table) -> Iterator[Finding]:
    names = table.schema.primaryKey or []
    seen: dict[tuple[str, ...], int] = {}
    for row in table.rows if names else ():
        key = _key(row, names)
        if key in seen:
            arguments = {"key": ", ".join(key), "columns": ", ".join(names), "line": str(seen[key])}
            yield Finding("table-repeated-key", Severity.VIOLATION, _place(table, row, names[0]), arguments)
        elif key is not None:
            seen[key] = row.line


def _dangling_links(table: Table, tables: Mapping[str, Table]) -> Iterator[Finding]:
    titles = {column.name: column.title for column in table.columns}
    for foreign_key in table.schema.foreignKeys:
        names = foreign_key.columnReference
        target = str(foreign_key.reference.resource)
        if target not in tables:
            arguments: Arguments = {"column": ", ".join(names), "table": target}
            yield Finding("table-unknown-table", Severity.VIOLATION, Place(table.description_shown, 1, 1), arguments)
            continue
        if tables[target].is_incomplete:  # which its own findings say; the link may be to what could not be taken
            continue
        known = {_key(row, foreign_key.reference.columnReference): None for row in tables[target].rows}
        meant: dict[tuple[str, ...], str | None] = {}
        for row in table.rows:
            key = _key(row, names)
            if key is None or not all(key) or key in known:
                continue
            arguments = {"value": ", ".join(key), "column": titles.get(names[-1], names[-1])}
            place = _place(table, row, names[-1])
            if means_nothing(key[-1]):
                yield Finding("text-placeholder", Severity.VIOLATION, place, arguments)
                continue
            if key not in meant and len(meant) < _MOST_GUESSED:
                meant[key] = nearest_name(", ".join(key), (", ".join(other) for other in known if other))
            unknown: Arguments = {**arguments, "table": target, **suggestion(meant.get(key))}
            yield Finding("table-dangling-link", Severity.VIOLATION, place, unknown)
