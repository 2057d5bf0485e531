"""Tables read: CSV and Parquet files and workbooks with their CSVW descriptions.

The package csvw reads the description and judges each cell; added here is what it does not do: the triples, and a
finding with its place for all that is wrong, not only for the first thing.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import PurePath
from typing import Final

import pyoxigraph as ox

from ssekg.base.codes import CODES
from ssekg.base.findings import Finding, Place, Severity
from ssekg.base.said import Said
from ssekg.sources.tables.cells import Judged, judged, purpose, shortened
from ssekg.sources.tables.columns import Column, column
from ssekg.sources.tables.descriptions import Description, column_name, column_title, read_description
from ssekg.sources.tables.grids import Content, Mark, Record, read_csv
from ssekg.sources.tables.parquet import PARQUET, read_parquet
from ssekg.sources.tables.statements import Statements, statements
from ssekg.sources.tables.table import DESCRIBED, Row, Table, TableSource
from ssekg.sources.tables.templates import Template, shared_template
from ssekg.sources.tables.workbooks import WORKBOOKS, read_workbook

# A text that makes an IRI in every template which can make one.
_ANY: Final = "1"
# Longer texts are seldom in two records.
_SHORT: Final = 40


def read_table(source: TableSource) -> Table:
    """Read the description of a table and the file with its rows; what is wrong with them is among its findings.

    Raises:
        CannotRunError: one of the two files can't be opened.
    """
    description = read_description(source.description, source.description_shown)
    if isinstance(description, Finding):
        name = source.description.name.removesuffix(DESCRIBED)
        return Table(source, name, None, None, (), (), (description,), is_incomplete=True)
    return TableReader(source, description).table()


class TableReader:
    """Reads one table; what is wrong with it gathers in `findings`."""

    def __init__(self, source: TableSource, description: Description) -> None:
        """Open the file; nothing is read of it yet but what separates its cells."""
        self.source = source if source.path is not None else _named_by(source, description)
        self.description = description
        self.findings: list[Finding] = []
        schema = description.schema
        self.name = (source.description.parent / description.url).name
        self.titles = {column_name(each): each for each in schema.columns if not each.virtual}
        self.keys = frozenset(schema.primaryKey or ())
        self.content = self._content()
        self.columns: list[Column] = []
        self.width = 0
        # The columns whose cells go into IRIs and links.
        self.links = self.keys.union(*(key.columnReference for key in schema.foreignKeys))
        self.examples: dict[str, str | None] = {}
        # The templates of properties and values that consist of a column, which therefore holds terms or addresses.
        self.terms: dict[str, Template] = {}
        # The cells with nothing wrong, by their index and text: codes are in many records.
        self.right: dict[tuple[int, str], Judged] = {}

    def _content(self) -> Content:
        path = self.source.path or self.source.description.parent / self.description.url
        if path.suffix.lower() == PARQUET:
            return read_parquet(path, self.source.shown)
        if path.suffix.lower() in WORKBOOKS:
            return read_workbook(path, self.source.shown, self.name.removesuffix(".csv"))
        knows = self._named
        return read_csv(path, self.source.shown, lambda title: knows(title) is not None, self.description.delimiter)

    def table(self) -> Table:
        """The table, read from its header to its last record."""
        self.read_header()
        rows = [self.row(record, number) for number, record in enumerate(self.records, start=1)]
        taken = [row for row in rows if row is not None]
        findings = (*self.findings, *self.content.findings)
        return Table(
            self.source,
            self.name,
            self.description,
            self.content.grid,
            tuple(self.columns),
            tuple(taken),
            findings,
            is_incomplete(findings, len(taken), len(rows)),
        )

    @property
    def _filled(self) -> Iterator[Record]:
        return (record for record in self.content.records if any(record.cells))

    @property
    def records(self) -> Iterator[Record]:
        """The records after the header that hold anything."""
        return islice(self._filled, 1, None)

    def read_header(self) -> None:
        """Take the columns from the header."""
        header = next(self._filled, Record(1, 1, ()))
        titles = _without_empty_end(header.cells)
        self.width = len(titles)
        # A file without any record lacks all columns, unless the reason has already been reported.
        if titles or not self.content.findings:
            self._take_columns(header, titles)
            self._check_templates()

    def _place(self, record: Record, index: int) -> Place:
        return self.content.grid.place(record.number, record.line, index)

    def _found(self, code: str, place: Place, **arguments: str) -> None:
        short = {name: shortened(text) for name, text in arguments.items()}
        self.findings.append(Finding(code, Severity.VIOLATION, place, short))

    # The header

    def _named(self, title: str) -> str | None:
        """The name of the column with a title: as it is, else without spaces and composed."""
        for wanted in dict.fromkeys([title, unicodedata.normalize("NFC", title).strip(" \t\n\u00a0\ufeff\u200b")]):
            for name, each in self.titles.items():
                if each.has_title(wanted):
                    return name
        return None

    def _take_columns(self, header: Record, titles: list[str]) -> None:
        names = [self._named(title) for title in titles]
        for index, (title, name) in enumerate(zip(titles, names, strict=True)):
            if name is None:
                known = ", ".join(column_title(each) for each in self.titles.values())
                self._found("table-unknown-column", self._place(header, index), column=title, known=known)
            elif name in names[:index]:
                self._found("table-repeated-column", self._place(header, index), column=title)
            elif not self.titles[name].has_title(title):
                place = self._place(header, index)
                meant = column_title(self.titles[name])
                arguments = {"column": meant, "value": shortened(title), "meant": meant}
                self.findings.append(Finding("table-space", Severity.WARNING, place, arguments))
        schema = self.description.schema
        for position, each in enumerate(schema.columns):
            name = column_name(each)
            if not each.virtual and name not in names:
                self._found("table-missing-column", Place(self.source.shown, header.line, 1), column=column_title(each))
            else:
                at = None if each.virtual else names.index(name)
                self.columns.append(column(each, position, at, schema, self.name, self._template))

    def _template(self, text: str) -> Template:
        return shared_template(text, self.source.base, self.source.prefixes)

    def _check_templates(self) -> None:
        """Leave out the columns of which nothing can be made, whatever the cells hold, and report why, once a place."""
        reported: set[Place] = set()
        for at, each in enumerate(self.columns):
            for key, text in _useless(each):
                place = self.description.place(each.position, key)
                if place not in reported:
                    reported.add(place)
                    self._found("table-useless-column", place, column=each.title, property=key, value=text)
                self.columns[at] = replace(each, suppressed=True)
        self.links = self.links.union(
            *(template.variables for each in self.columns for template in each.templates.values())
        )
        records = {each.name for each in self.columns if each.is_record}
        for template in (made for each in self.columns for made in (each.predicate, each.value)):
            if template is not None and template.whole is not None and template.whole not in records:
                self.terms[template.whole] = template

    # The records

    def row(self, record: Record, number: int) -> Row | None:
        """The n-th record as a row; None if it can't be taken, which has its finding."""
        if len(record.cells) < self.width or any(record.cells[self.width :]):
            place = Place(self.source.shown, record.line, 1)
            self._found("table-ragged-row", place, found=str(len(record.cells)), expected=str(self.width))
            return None
        cells = {"_row": str(number), "_sourceRow": str(record.number)}
        literals: dict[str, tuple[ox.Literal, ...] | None] = {}
        for each in self.columns:
            cell = self._cell(record, each) if each.index is not None else None
            if cell is not None:
                literals[each.name] = cell.literals
                cells |= {each.name: cell.text} if cell.text else {}
        if any(each.required and each.name in self.keys and each.name not in cells for each in self.columns):
            return None
        made = statements(self.columns, cells, literals, ox.BlankNode(f"r{record.line}{self.source.mark}"))
        self._report_broken(record, cells, made)
        return Row(record.number, record.line, cells, made)

    def _cell(self, record: Record, each: Column) -> Judged | None:
        """What a cell of a column holds, with a finding for each fault; None if it is empty."""
        index = each.index or 0
        text = each.bare(record.cells[index]) or each.default or ""
        if text in each.nulls:
            if each.required:
                arguments = {"column": each.title, **purpose(each)}
                place = self._place(record, index)
                self.findings.append(Finding("table-required", Severity.VIOLATION, place, arguments))
            return None
        mark = record.marks.get(index)
        cell = self.right.get((index, text)) if mark is None else None
        if cell is None:
            cell = self.judged(each, text, mark)
            for fault in cell.faults:
                self.findings.append(Finding(fault.code, fault.severity, self._place(record, index), fault.arguments))
            if not cell.faults and len(text) <= _SHORT:
                self.right[index, text] = cell
        return cell

    def judged(self, each: Column, text: str, mark: Mark | None) -> Judged:
        """What a cell of a column holds that is not empty."""
        term = self.terms.get(each.name)
        return judged(each, text, mark, self._example, names_things=each.name in self.links, term=term)

    def _example(self, each: Column) -> str | None:
        """The first cell of a column that is of its datatype."""
        if each.name not in self.examples:
            texts = (
                record.cells[each.index or 0].strip()
                for record in self.records
                if len(record.cells) > (each.index or 0)
            )
            self.examples[each.name] = next((text for text in texts if text and each.accepts(text)), None)
        return self.examples[each.name]

    def _report_broken(self, record: Record, cells: dict[str, str], made: Statements) -> None:
        """Report each template that makes no IRI of a record, once, at the first cell that goes into it."""
        at = {each.name: each for each in self.columns if each.index is not None}
        for template, each in made.broken.items():
            first = next((at[name] for name in template.variables if name in at), each)
            value = shortened(cells.get(first.name, template.text))
            arguments = {"column": first.title, "value": value, "expected": Said("expects-anyURI"), **purpose(first)}
            place = self._place(record, first.index or 0)
            self.findings.append(Finding("table-datatype", Severity.VIOLATION, place, arguments))


def _named_by(source: TableSource, description: Description) -> TableSource:
    """Where a table is kept whose description alone says in which file."""
    return replace(source, shown=(PurePath(source.description_shown).parent / description.url).as_posix())


def is_incomplete(findings: Iterable[Finding], taken: int, count: int) -> bool:
    """Whether records of a table could not be used: of `count` records that it has, `taken` were."""
    findings = tuple(findings)
    if not taken:
        return any(finding.severity is Severity.VIOLATION for finding in findings)
    return taken < count or any(CODES[finding.code].loses_records for finding in findings)


def _without_empty_end(cells: Iterable[str]) -> list[str]:
    """The titles of a header without the empty ones at its end."""
    titles = list(cells)
    while titles and not titles[-1].strip():
        titles.pop()
    return titles


def _useless(each: Column) -> Iterator[tuple[str, str]]:
    """The properties of a column of which nothing can be made with any cells, each with what is given for it."""
    if each.suppressed:
        return
    for key, template in each.templates.items():
        try:
            template.iri(dict.fromkeys(template.variables, _ANY))
        except ValueError:
            yield key, template.text
    if each.index is None and each.value is None and each.constants is None:
        yield "default", each.default or ""
