"""The records that the tables and RDF files of a project define, which a cell of tool:Record may refer to."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from ssekg.base.record_iris import RecordIri
from ssekg.sources.rdf.file import RdfFile
from ssekg.sources.tables.columns import Column
from ssekg.sources.tables.table import Table

_KIND_TABLE: Final = re.compile(r"(?P<kind>[^/#?{}]+)/\{(?P<key>\w+)\}")


class Records:
    """The records of some files by kind and identifier; nothing is looked for until somebody asks."""

    def __init__(
        self,
        files: Iterable[RdfFile | Table],
        base: str,
        unread: Iterable[str] = (),
        imported: Iterable[Mapping[str, Collection[str]]] = (),
    ) -> None:
        """Keep the files; `unread` are the names of those of which nothing could be read.

        `imported` are the identifiers by kind of records of others that may be referred to as if they were ours.
        """
        self.imported = tuple(imported)
        self.files = list(files)
        self.base = base
        described = {file.shown for file in self.files if isinstance(file, Table) and file.schema is not None}
        self.is_partial = not described.issuperset(unread)
        """Whether there are files of which nobody knows what they define."""

    @cached_property
    def tables(self) -> Mapping[str, tuple[str, str]]:
        """The table whose rows are the records of a kind, with the column of their identifiers, by the kind."""
        found: dict[str, tuple[str, str]] = {}
        for table in (file for file in self.files if isinstance(file, Table) and file.schema is not None):
            about = table.schema.inherit("aboutUrl")
            match = _KIND_TABLE.fullmatch(about.uri) if about else None
            linked = {name for key in table.schema.foreignKeys for name in key.columnReference}
            if match and table.schema.primaryKey == [match["key"]] and match["key"] not in linked:
                found.setdefault(match["kind"], (table.name, match["key"]))
        return found

    @cached_property
    def by_kind(self) -> Mapping[str, set[str]]:
        """The identifiers of the records that the files say something about."""
        subjects = {subject for file in self.files for subject in _defined(file)}
        found: dict[str, set[str]] = defaultdict(set)
        for subject in subjects:
            record = RecordIri.read(subject.value, self.base) if isinstance(subject, ox.NamedNode) else None
            if record is not None and not record.part:
                found[record.kind].add(record.name)
        return found

    def elsewhere(self, kind: str) -> set[str]:
        """The identifiers of a kind that are those of others."""
        return set().union(*(each.get(kind, ()) for each in self.imported))

    @cached_property
    def names(self) -> list[str]:
        """All records as cells refer to them: `kind/identifier`."""
        all_records = (self.by_kind, *self.imported)
        return sorted({f"{kind}/{name}" for each in all_records for kind, names in each.items() for name in names})

    def has(self, reference: str) -> bool:
        """Whether a reference leads to a record, or may lead to one in a file that could not be read whole."""
        kind, _, name = reference.partition("/")
        is_known = any(name in each.get(kind, ()) for each in (self.by_kind, *self.imported))
        return is_known or self._may_be_lost(self.base + reference)

    def _may_be_lost(self, iri: str) -> bool:
        return any(isinstance(file, Table) and file.lost and file.lost.fullmatch(iri) for file in self.files)


def _defined(file: RdfFile | Table) -> Iterable[object]:
    """What a file says something about; a row that only refers to a record does not define it."""
    if isinstance(file, RdfFile):
        return file.subjects
    keys = file.schema.foreignKeys if file.schema is not None else ()
    links = {column.name for column in file.columns if column.is_record}.union(*(key.columnReference for key in keys))
    return file.records([column for column in file.columns if not _refers(column, links)])


def _refers(column: Column, links: Collection[str]) -> bool:
    """Whether the subject of a column comes from a cell with links."""
    used = column.subject.variables if column.subject else ()
    return any(name in links or (column.lists_links and name == column.name) for name in used)
