"""A full run is kept as the baseline of later ones."""

import hashlib
import pickle
import shutil
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.cache import Cache
from ssekg.base.codes import CODES
from ssekg.base.errors import CannotRunError
from ssekg.base.namespaces import SKOS
from ssekg.checks.incremental.baseline import CONTENT, INDEXES, Run, copy_in
from ssekg.checks.incremental.changes import all_uses
from ssekg.checks.incremental.forms import Forms
from ssekg.checks.incremental.merging import split
from ssekg.checks.incremental.reach import Reach
from ssekg.checks.incremental.row_changes import Records
from ssekg.checks.incremental.row_index import Keys, RowIndex, RowName, of_term
from ssekg.checks.incremental.state import State
from ssekg.checks.incremental.tables import triples_of
from ssekg.checks.incremental.wholes import OF_LISTS
from ssekg.checks.run import FullRun
from ssekg.checks.subject import Subject
from ssekg.project.settings import Project
from ssekg.sources.tables.grids import CsvGrid
from ssekg.sources.tables.table import Table

_CONCEPT: Final = ox.NamedNode(SKOS + "Concept")
# So many rows of lists of codes are read each time.
_MOST_CODES: Final = 2_000


def keep_baseline(cache: Cache, project: Project, full: FullRun, state: State) -> None:
    """Leave a full run for later ones, in the place of any earlier one, if a change can be checked by itself."""
    subject, report = full.subject, full.report
    if not _can_be_bounded(project, subject):
        return
    reach = Reach(subject.own_shapes.shapes.triples)
    uses = all_uses(subject.graph.data, project.base)
    if reach.is_boundless(uses):
        return
    seen = reach.seen

    def fill(folder: Path) -> None:
        for number, shown in enumerate(state.data):
            copy = copy_in(folder, number, shown)
            shutil.copyfile(project.root / shown, copy)
            if hashlib.sha256(copy.read_bytes()).hexdigest() != state.data[shown]:
                raise BlockingIOError(f"{shown} is being written to")
        tables = [file for file in subject.graph.sources.files if isinstance(file, Table)]
        run = Run(
            findings=[(full.is_nearby(finding), finding) for finding in report.findings],
            files=report.files,
            triples=report.triples,
            shacl=split(report.shacl),
            copies=state.data,
            uses=uses,
            tables=[(table.shown, _records(table)) for table in tables],
            lists=_lists(tables),
            terms=subject.known.judged,
            forms=Forms.of(t.object for t in subject.graph.data if seen is None or t.predicate.value in seen),
        )
        (folder / CONTENT).write_bytes(pickle.dumps(run))
        for name, index in zip(INDEXES, _indexes(tables, project.base), strict=True):
            index.write(folder / name)

    cache.remove(state.key)
    cache.add(state.key, fill)


def _records(table: Table) -> Records:
    """Where the rows of a table are; in a workbook they have no offsets."""
    starts = table.grid.lines.starts if isinstance(table.grid, CsvGrid) else None
    lines = [row.line for row in table.rows]
    begins = [starts[line - 1] if starts is not None else 0 for line in lines]
    return Records(*(array("Q", each) for each in (begins, lines, [row.number for row in table.rows])))


def _can_be_bounded(project: Project, subject: Subject) -> bool:
    """Whether all was read, and judged by the fast engine, and no table is a long list of codes, or others' data."""
    if project.imports or isinstance(subject.validation, CannotRunError) or subject.validation.slow:
        return False
    tables = [file for file in subject.graph.sources.files if isinstance(file, Table)]
    if any(CODES[each.code].is_incomplete for each in subject.graph.sources.findings if each.code in CODES):
        return False
    if any(table.is_incomplete or table.schema is None for table in tables):
        return False
    return sum(len(tables[number].rows) for number in _lists(tables)) <= _MOST_CODES


def _lists(tables: Sequence[Table]) -> frozenset[int]:
    """The numbers of the tables that say something of lists of codes, which checks look through as a whole."""
    return frozenset(
        number
        for number, table in enumerate(tables)
        if any(t.predicate in OF_LISTS or t.object == _CONCEPT for row in table.rows for t in triples_of(row))
    )


def _indexes(tables: Sequence[Table], base: str) -> Iterator[RowIndex]:
    numbers: dict[Any, int] = {}

    def number(term: Any) -> int:
        found = numbers.get(term)
        if found is None:
            found = numbers[term] = of_term(term)
        return found

    rows = [(RowName(at, place), table, row) for at, table in enumerate(tables) for place, row in enumerate(table.rows)]
    keys = Keys(tables, base)
    yield RowIndex.of((number(triple.subject), name) for name, _, row in rows for triple in triples_of(row))
    yield RowIndex.of((number(triple.object), name) for name, _, row in rows for triple in triples_of(row))
    yield RowIndex.of((key, name) for name, table, row in rows for key in keys.own(table, row))
    yield RowIndex.of((key, name) for name, table, row in rows for key in keys.linked(table, row))
