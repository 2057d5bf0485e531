"""The parts of a large table: each is read by itself, column by column where it is usual and else row by row."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import pyoxigraph as ox

from ssekg.base.findings import Finding
from ssekg.sources.tables.columnwise import Columnwise
from ssekg.sources.tables.descriptions import Description
from ssekg.sources.tables.grids import Content, Record
from ssekg.sources.tables.kept_cells import KeptCells
from ssekg.sources.tables.large_csv import CsvPart, LargeCsv, LargeCsvGrid, open_large_csv
from ssekg.sources.tables.parquet import PARQUET, LargeParquet, ParquetPart, open_parquet
from ssekg.sources.tables.reader import TableReader
from ssekg.sources.tables.statements import Subject
from ssekg.sources.tables.table import Row, TableSource
from ssekg.sources.tables.workbooks import WORKBOOKS

Part = CsvPart | ParquetPart


@dataclass(frozen=True)
class PartRead:
    """What a part holds: its triples as N-Triples, what is wrong, how many records, and the cells that are kept.

    `unread` are the subjects and properties whose value could not be read.
    """

    ntriples: bytes
    findings: tuple[Finding, ...]
    count: int
    kept: KeptCells
    unread: frozenset[tuple[Subject, ox.NamedNode]]


class PartReader(TableReader):
    """Reads parts of a large table: of the file `large`, None if it is read at once."""

    large: LargeCsv | LargeParquet | None = None

    def __init__(self, source: TableSource, description: Description) -> None:
        """Read the header."""
        super().__init__(source, description)
        self._know(self._until_header())
        self.read_header()
        schema = description.schema
        linking = chain(schema.primaryKey or (), *(key.columnReference for key in schema.foreignKeys))
        referring = (each.name for each in self.columns if each.is_record)
        self._columnwise = Columnwise(self.columns, self.width, self._label, self.judged)
        self.kept_names = tuple(dict.fromkeys([*map(str, linking), *referring, *self._columnwise.naming]))
        self.all_names = tuple(each.name for each in self.columns if each.index is not None)
        # Rows that make several things may be published as they are kept.
        self.published_names = self.all_names if len(self._columnwise.templates) > 1 else self.kept_names

    def _content(self) -> Content:
        path = self.source.path or self.source.description.parent / self.description.url
        if path.suffix.lower() == PARQUET:
            parquet = open_parquet(path, self.source.shown)
            if next(parquet.parts(), None) is None:  # it can't be read, which is said by who reads it at once
                return super()._content()
            self.large = parquet
            return Content(parquet.grid, parquet)
        if path.suffix.lower() in WORKBOOKS:
            return super()._content()
        knows = self._named
        self.large = open_large_csv(
            path, self.source.shown, lambda title: knows(title) is not None, self.description.delimiter
        )
        if self.large is None:
            return super()._content()
        return Content(LargeCsvGrid(self.large), self.large)

    def _label(self, line: int) -> str:
        return f"r{line}{self.source.mark}"

    def parts(self) -> Iterator[Part]:
        """The parts of the table; cells are found again in those that have been seen."""
        if isinstance(self.large, LargeCsv):
            self.large.known.clear()
            for part in self.large.parts():
                self.large.known.append(part)
                yield part
        elif self.large is not None:
            yield from self.large.parts()

    def _until_header(self) -> Iterator[Part]:
        """The parts of a CSV file up to the one that the header is in, nearly always the first."""
        for part in self.large.parts() if isinstance(self.large, LargeCsv) else ():
            yield part
            if any(any(record.cells) for record in part.records()):
                return

    def parts_again(self) -> Iterable[Part]:
        """The parts once more, after all have been seen."""
        return self.large.known if isinstance(self.large, LargeCsv) else self.parts()

    def _know(self, parts: Iterable[Part]) -> None:
        """Look for cells in some parts of a CSV file, and no others."""
        if isinstance(self.large, LargeCsv):
            self.large.known = [part for part in parts if isinstance(part, CsvPart)]

    def _records(self, part: Part) -> Iterator[tuple[Record, int]]:
        """The records of a part that hold anything, each with its number."""
        self.findings.clear()
        self.right.clear()
        self._columnwise.forget()
        self._know([part])
        filled = (record for record in part.records() if any(record.cells))
        for number, record in enumerate(filled, start=part.filled):
            if number:  # before all others there is the header
                yield record, number

    def read(self, part: Part, names: tuple[str, ...], *, to_publish: bool) -> PartRead:
        """Read a part; the cells with some names are kept and, of what is to be published, the first in each column."""
        lines: list[str] = []
        kept = KeptCells(names)
        unread: set[tuple[Subject, ox.NamedNode]] = set()
        count = 0
        columnwise = self._columnwise
        empty = set(self.all_names) if to_publish else set()
        for record, number in self._records(part):
            count += 1
            stated = columnwise.stated(record)
            subjects = None if stated is None else columnwise.subjects(record, stated)
            if stated is not None and subjects is not None:
                lines.append(columnwise.lines(subjects, stated))
                kept.add(record.number, record.line, columnwise.texts(names, stated))
                if empty and any(columnwise.texts(empty, stated)):
                    texts = zip(self.all_names, columnwise.texts(self.all_names, stated), strict=True)
                    kept.add_whole(record.number, {name: text for name, text in texts if text is not None})
            elif (row := self.row(record, number)) is not None:
                lines += [f"{t.subject} {t.predicate} {t.object} .\n" for _, t in row.statements.triples]
                kept.add(row.number, row.line, [row.cells.get(name) for name in names])
                unread |= row.statements.spoiled
                if not empty.isdisjoint(row.cells):
                    kept.add_whole(row.number, {name: row.cells[name] for name in self.all_names if name in row.cells})
            empty -= kept.filled
        return PartRead("".join(lines).encode(), tuple(self.findings), count, kept, frozenset(unread))

    def rows_on(self, part: Part, lines: Collection[int]) -> list[Row]:
        """The rows of a part that start on some lines."""
        rows = (self.row(record, number) for record, number in self._records(part) if record.line in lines)
        return [row for row in rows if row is not None]

    def lines_about(self, kept: KeptCells, wanted: Collection[str]) -> frozenset[int]:
        """The lines on which the records start that may say something about wanted nodes."""
        if not self._columnwise.is_possible:
            return frozenset(kept.lines)
        texts = dict(zip(kept.names, kept.texts, strict=False))
        found: set[int] = set()
        for template in self._columnwise.templates:
            if template is None:
                found.update(line for line in kept.lines if f"_:{self._label(line)}" in wanted)
                continue
            columns = [texts[name] for name in template.variables if name in texts]
            for line, *values in zip(kept.lines, *columns, strict=True):
                cells = {name: text for name, text in zip(template.variables, values, strict=True) if text}
                try:
                    is_wanted = str(template.iri(cells)) in wanted
                except ValueError:  # who reads the row says so
                    continue
                if is_wanted:
                    found.add(line)
        return frozenset(found)
