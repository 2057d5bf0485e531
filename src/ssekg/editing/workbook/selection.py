"""Which rows of which tables go into a workbook."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ssekg.base.errors import AskedWronglyError
from ssekg.base.record_iris import RecordIri
from ssekg.editing.edits import Edits
from ssekg.editing.entry import table_called
from ssekg.graph.lookup import things
from ssekg.guides.choices import Subjects
from ssekg.sources.records import Records
from ssekg.sources.tables.table import Row, Table


@dataclass(frozen=True)
class Selection:
    """The rows about records of some kinds, or about some records; all, where nothing is wanted.

    `wanted` are kinds and records (kind/identifier). The rows of the sources that they name go with them.
    """

    edits: Edits
    wanted: frozenset[str]

    @classmethod
    def of(cls, edits: Edits, wanted: Iterable[str]) -> "Selection":
        """What somebody names: kinds, by identifier or name in any language, and records.

        Raises:
            AskedWronglyError: there is no such kind or record.
        """
        return cls(edits, frozenset(_wanted(edits, each) for each in wanted))

    @cached_property
    def tables(self) -> Sequence[Table]:
        """The tables whose rows may be about what is wanted, and those of what they name as sources."""
        found = sorted(self.edits.tables.values(), key=self._rank)
        return [table for table in found if not self.wanted or table.name in self._chosen or self._names_sources(table)]

    def _rank(self, table: Table) -> tuple[bool, bool]:
        """What orders the tables as they are filled in: sources, then records of their own, then what is about them."""
        return not self._names_sources(table), table.name not in self._records

    def rows(self, table: Table) -> list[Mapping[str, str]]:
        """The cells of the rows of a table that are wanted."""
        rows = self.edits.rows(table.name)
        if not self.wanted:
            return [rows.cells(record) for record in rows.records]
        chosen = self._chosen.get(table.name, [])
        numbers = {row.number for row in chosen}
        if self._names_sources(table):
            numbers |= {row.number for row in table.rows if row.cells.get(rows.keys[0]) in self._named_sources}
        return [rows.cells(record) for record in rows.records if record.number in numbers]

    @cached_property
    def _chosen(self) -> Mapping[str, list[Row]]:
        """The rows about what is wanted, of the tables whose rows can be."""
        kinds = {each.partition("/")[0] for each in self.wanted}
        found: dict[str, list[Row]] = {}
        subjects = Subjects(self.edits.graph)
        for table in self.edits.tables.values():
            subject = table.columns[0].subject if table.columns else None
            record = subjects.record(subject)
            can_be = record is not None and record.kind in kinds
            about = [row for row in table.rows if self._is_about(row)]
            if can_be or about:
                found[table.name] = about
        # What goes with a record may be there for others only, or for none yet.
        related = [each for name in found if name in self._records for each in self._relations(name)]
        return {name: [] for name in related if name in self.edits.tables} | found

    def _relations(self, name: str) -> Sequence[str]:
        description = self.edits.tables[name].description
        return description.relations if description is not None else ()

    @cached_property
    def _records(self) -> Collection[str]:
        """The tables whose rows are records of their own."""
        found = Records(self.edits.tables.values(), self.edits.project.base).tables.values()
        return {name for name, _ in found}

    def _is_about(self, row: Row) -> bool:
        subject = next((triple.subject for _, triple in row.statements.triples), None)
        found = RecordIri.read(getattr(subject, "value", ""), self.edits.project.base)
        return found is not None and not self.wanted.isdisjoint({found.kind, f"{found.kind}/{found.name}"})

    def _names_sources(self, table: Table) -> bool:
        return table.name in self._source_tables

    @cached_property
    def _source_tables(self) -> frozenset[str]:
        """The tables that columns of sources lead to."""
        return frozenset(
            str(key.reference.resource)
            for table in self.edits.tables.values()
            for key in table.schema.foreignKeys
            if any(column.is_source_list and column.name in key.columnReference for column in table.columns)
        )

    @cached_property
    def _named_sources(self) -> frozenset[str]:
        """The sources that the wanted rows name."""
        return frozenset(
            name
            for table, rows in self._chosen.items()
            for column in self.edits.tables[table].columns
            if column.is_source_list
            for row in rows
            for name in column.names(row.cells.get(column.name, ""))
        )


def _wanted(edits: Edits, name: str) -> str:
    base = edits.project.base
    found = RecordIri.read(base + name.removeprefix(base), base)
    if found is not None and found.record in edits.graph.things:
        return f"{found.kind}/{found.name}"
    if found is not None and "/" in name:
        raise AskedWronglyError("no-such-record", record=name)
    try:
        table = table_called(edits, name)
    except AskedWronglyError:
        named = _named(edits, name)
        if named is None:
            raise
        return named
    record = Subjects(edits.graph).record(table.columns[0].subject if table.columns else None)
    if record is None:
        raise AskedWronglyError("no-such-record", record=name)
    return record.kind


def _named(edits: Edits, name: str) -> str | None:
    """The one record that has a name."""
    found = [RecordIri.read(thing.value, edits.project.base) for thing in things(edits.graph, name)]
    records = [each for each in found if each is not None and not each.part and each.kind in edits.graph.kinds]
    return f"{records[0].kind}/{records[0].name}" if len(records) == 1 else None
