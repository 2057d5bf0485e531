"""A large table, read in parts by several processes: its triples are written as they come, and no row is kept.

What is wrong with it, and where, is the same as if it had been read at once (reader.py).
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import chain, count, pairwise
from pathlib import Path
from typing import Any, Final, Protocol

import pyoxigraph as ox

from ssekg.base.findings import Finding
from ssekg.base.triples import distinct_subjects
from ssekg.sources.places import PlacedTriple
from ssekg.sources.tables.columns import Column
from ssekg.sources.tables.descriptions import read_description
from ssekg.sources.tables.kept_cells import KeptCells, KeptRows
from ssekg.sources.tables.part_reader import Part, PartRead, PartReader
from ssekg.sources.tables.reader import is_incomplete, read_table
from ssekg.sources.tables.statements import Subject
from ssekg.sources.tables.table import Row, Table, TableSource

_RUNS: Final = count(1)


class Each(Protocol):
    """What has work done in several processes, and gives the results in order."""

    def __call__(self, work: Callable[..., Any], tasks: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        """What `work` returns for each task, its arguments."""
        ...


@dataclass(frozen=True)
class LargeTable(Table):
    """A table whose triples have been written, and whose rows are read again for what somebody wants of them.

    Of the subjects and properties in `unread` the value could not be read. `parts` gives those of its file, and `kept`
    has of each record what keys, links and names consist of. It says something about the nodes in `found`, and more
    if `stated`, its triples, are not held by somebody else.
    """

    unread: frozenset[tuple[Subject, ox.NamedNode]] = frozenset()
    parts: Callable[[], Iterable[Part]] = list
    kept: KeptCells = field(default_factory=lambda: KeptCells(()))
    found: set[object] = field(default_factory=set)
    stated: Sequence[ox.Triple] = ()

    def triples(self) -> Sequence[ox.Triple]:
        """The triples, none if they have been written."""
        return self.stated

    @cached_property
    def _subjects(self) -> Container[object]:
        return distinct_subjects(self.stated)

    @property
    def subjects(self) -> Container[object]:
        """What the table says something about or, if its triples have been written, what somebody has found in it."""
        return self._subjects if self.stated else self.found

    def records(self, columns: Collection[Column]) -> Iterable[object]:
        """What rows say something about in some columns."""
        for template in {id(each.subject): each.subject for each in columns if each.subject is not None}.values():
            for row in self.rows:
                try:
                    subject = template.iri(row.cells)
                except ValueError:  # which has its finding
                    continue
                if subject in self.subjects:
                    yield subject

    def placed(self, wanted: Collection[object] | None = None) -> Iterator[PlacedTriple]:
        """The triples about the wanted subjects, by default those that somebody has found, with their places."""
        fresh = {node for node in wanted or () if node not in self.found and node in self.subjects}
        if fresh:
            self.found.update(fresh)
            vars(self).pop("stating", None)
        return super().placed(wanted)

    def sharing(self, triples: Sequence[ox.Triple]) -> "LargeTable":
        """The table with these as its triples."""
        return replace(self, stated=triples)

    def rested(self) -> "LargeTable":
        """The table for who has its triples and all places in it."""
        return replace(self, grid=None, parts=list, found=set(), stated=())

    @cached_property
    def spoiled(self) -> frozenset[tuple[Subject, ox.NamedNode]]:
        """The subjects and properties whose value could not be read."""
        return self.unread

    @cached_property
    def stating(self) -> Sequence[Row]:
        """The rows that say something about the nodes that somebody has found, with what they state."""
        reader = _read_by(self.source)
        if reader is None:
            return ()
        lines = sorted(reader.lines_about(self.kept, frozenset(map(str, self.found))))
        rows: list[Row] = []
        start = 0
        for part, after in pairwise(chain(self.parts(), [None])):
            end = len(lines) if after is None else bisect_left(lines, after.line)
            if part is not None and start < end:
                rows += reader.rows_on(part, frozenset(lines[start:end]))
            start = end
        return rows


def read_large_table(source: TableSource, target: Path, each: Each, *, to_publish: bool = False) -> Table:
    """Read a table in parts, and write its triples to a file; one that can't be read in parts is read at once.

    What is to be published keeps the cells that publishing asks for as well.

    Raises:
        CannotRunError: a file can't be opened.
    """
    try:
        table = _read_in_parts(source, target, each, to_publish=to_publish)
    except UnicodeDecodeError:  # it may be in another encoding, or have halves of characters
        table = None
    if table is not None:
        return table
    table = read_table(source)
    written: Any = ox.serialize(table.triples(), format=ox.RdfFormat.N_TRIPLES)
    target.write_bytes(written)
    return table


def _read_in_parts(source: TableSource, target: Path, each: Each, *, to_publish: bool) -> Table | None:
    """The table, None where its file or its description does not allow for parts."""
    run = next(_RUNS)
    reader = _read_by(source)
    if reader is None or reader.large is None:
        return None
    findings = [*reader.findings]
    names = reader.published_names if to_publish else reader.kept_names
    kept = KeptCells(names)
    unread: set[tuple[Subject, ox.NamedNode]] = set()
    records = 0
    with target.open("wb") as file:
        for read in each(read_part, ((source, run, part, names, to_publish) for part in reader.parts())):
            file.write(read.ntriples)
            findings += read.findings
            kept.extend(read.kept)
            records += read.count
            unread |= read.unread
    found = (*findings, *reader.large.findings)
    return LargeTable(
        source,
        reader.name,
        reader.description,
        reader.content.grid,
        tuple(reader.columns),
        KeptRows(kept),
        found,
        is_incomplete(found, len(kept.numbers), records),
        frozenset(unread),
        reader.parts_again,
        kept,
    )


def read_part(source: TableSource, run: int, part: Part, names: tuple[str, ...], to_publish: bool) -> PartRead:
    """Read a part of a table, in the n-th run of this program's; the cells with some names are kept."""
    reader = _reader(source, run)
    if reader is None:
        raise ValueError(source.shown)
    return reader.read(part, names, to_publish=to_publish)


@lru_cache(1)
def _reader(source: TableSource, _run: int) -> PartReader | None:
    """The reader of a table, which a process makes once in a run."""
    return _read_by(source)


def _read_by(source: TableSource) -> PartReader | None:
    """The reader of a table, None if its description can't be read."""
    description = read_description(source.description, source.description_shown)
    return None if isinstance(description, Finding) else PartReader(source, description)
