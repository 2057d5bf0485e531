"""References to records of kinds that have no table, or without any kind: what they miss, and what was meant."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from ssekg.base.findings import Cause, Finding, Place, Severity
from ssekg.base.said import Arguments, Said
from ssekg.base.spelling import nearest_name, suggestion
from ssekg.sources.records import Records
from ssekg.sources.tables.placeholders import means_nothing
from ssekg.sources.tables.table import Table

# Looking for what was meant takes time; with more references to nowhere the problem is not spelling.
_MOST_GUESSED: Final = 100


def loose_references(tables: Iterable[Table], records: Records) -> Iterator[Finding]:
    """A finding for each reference that leads to no record; the first one to the same is the cause of the others."""
    nowhere: dict[str, list[tuple[Place, str]]] = defaultdict(list)
    for value, place, title in _loose(tables, records):
        nowhere[value].append((place, title))
    for number, (value, found) in enumerate(nowhere.items()):
        meant = _meant(value, records) if number < _MOST_GUESSED else None
        for place, title in found:
            about: Arguments = {"value": value, "column": title}
            if means_nothing(value):
                yield Finding("text-placeholder", Severity.VIOLATION, place, about)
                continue
            cause = Cause(found[0][0], "table-dangling-link") if place != found[0][0] else None
            arguments = {**about, "table": Said("whole-project"), **suggestion(meant)}
            yield Finding("table-dangling-link", Severity.VIOLATION, place, arguments, cause=cause)


def _loose(tables: Iterable[Table], records: Records) -> Iterator[tuple[str, Place, str]]:
    """The references that lead nowhere and that no table of a kind answers for, with place and title of the column."""
    for table in tables:
        for column in (column for column in table.columns if column.is_record and not records.is_partial):
            for row in table.rows:
                for value in column.names(row.cells.get(column.name, "")):
                    if value and value.partition("/")[0] not in records.tables and not records.has(value):
                        yield value, table.cell_place(row, column.index or 0), column.title


def _meant(value: str, records: Records) -> str | None:
    """The reference that was probably meant: with the same identifier, else one that is like it."""
    name = value.rpartition("/")[2]
    same = sorted(f"{kind}/{name}" for kind, names in records.by_kind.items() if name in names)
    return same[0] if same else nearest_name(value, records.names)
