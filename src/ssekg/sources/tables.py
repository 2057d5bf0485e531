"""Tables to triples: CSV files with their CSVW descriptions, by the W3C's csv2rdf in minimal mode.

The package csvw reads the description and judges each cell; this module adds what it does not do: the triples
(https://www.w3.org/TR/csv2rdf/, section 6, minimal mode) and a finding with its place for all that is wrong, not
only for the first thing. One datatype goes beyond the standard: a cell of `sse:PartialDate` becomes an xsd:gYear,
xsd:gYearMonth or xsd:date by its length, since CSVW knows no date of varying precision.
"""

import csv
import datetime
import io
import json
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import csvw
import pyoxigraph as ox

from ssekg.errors import CannotRunError
from ssekg.findings import Finding, Place, Severity
from ssekg.namespaces import SSE, XSD
from ssekg.sources.places import Lines, PlacedTriple
from ssekg.sources.templates import Template, template

PARTIAL_DATE: Final = SSE + "PartialDate"
_PRECISION: Final = {4: "gYear", 7: "gYearMonth", 10: "date"}
_KEEPS_SPACE: Final = {"string", "json", "xml", "html", "anyAtomicType", "any"}
# Python's numbers take more than XML Schema's: 1_000, ١٢, NaN; csvw also percent signs and dates with a time.
_LEXICAL: Final = {
    "integer": re.compile(r"[+-]?[0-9]+"),
    "decimal": re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"),
    "date": re.compile(r"-?[0-9]{4,}-[0-9]{2}-[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?"),
}
_FIELD: Final = re.compile(r'"(?:[^"]|"")*"|[^,\r\n]*')


@dataclass(frozen=True, slots=True)
class Row:
    """One record: the line it starts on, and its cell texts by column name (a null cell is left out)."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Column:
    """One column of a description, ready to make triples. `index` is its place in the file, None for a virtual one."""

    name: str
    index: int | None
    about: Template | None
    predicate: Template
    value: Template | None
    language: str | None
    separator: str | None
    default: str | None
    required: bool
    nulls: frozenset[str]
    datatype: Any
    suppressed: bool

    @cached_property
    def is_partial_date(self) -> bool:
        """Whether the column's datatype is sse:PartialDate."""
        return self.datatype is not None and self.datatype.at_props.get("id") == PARTIAL_DATE

    @cached_property
    def keeps_space(self) -> bool:
        """Whether white space around a value is part of it."""
        return self.datatype is None or self.datatype.base in _KEEPS_SPACE

    def literal(self, text: str) -> ox.Literal:
        """The literal of one value.

        Raises:
            ValueError: the text is not of the column's datatype; the message of csvw says why.
        """
        if self.datatype is None:
            return ox.Literal(text, language=self.language) if self.language else ox.Literal(text)
        base = self.datatype.base
        text = text if self.keeps_space else text.strip()
        if not self.datatype.format and base in _LEXICAL and not _LEXICAL[base].fullmatch(text):
            raise ValueError(f"invalid lexical value for {base}: {text}")
        value = self.datatype.read(text)
        if base == "string" and text.endswith("\n") and self.datatype.format:
            raise ValueError("line break at the end")  # which csvw's `$` lets pass
        if self.is_partial_date:
            return _partial_date(text)
        if base == "string" and "id" not in self.datatype.at_props:
            return ox.Literal(text, language=self.language) if self.language else ox.Literal(text)
        if self.datatype.format:
            text = csvw.Datatype.fromvalue(base).formatted(value)
        return ox.Literal(text, datatype=ox.NamedNode(self.datatype.at_props.get("id") or XSD + base))

    def values(self, text: str) -> list[str]:
        """The values of a cell: itself, or the parts of a list cell."""
        return [part for part in text.split(self.separator) if part] if self.separator else [text]


def _partial_date(text: str) -> ox.Literal:
    datatype = _PRECISION.get(len(text))
    if datatype is None:
        raise ValueError(text)
    datetime.date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)
    return ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))


class Table:
    """One table: its description, its rows, and what is wrong with them."""

    def __init__(self, description: Path, base: str, shown: str, description_shown: str) -> None:
        """Read the description and the CSV file it names; what is wrong is kept in `findings`.

        Args:
            description: the file NAME.csv-metadata.json.
            base: the IRI against which the templates are resolved.
            shown: the name of the CSV file for people.
            description_shown: the description's name for people.

        Raises:
            CannotRunError: one of the two files can't be opened.
        """
        self.base = base
        self.shown = shown
        self.description_shown = description_shown
        self.findings: list[Finding] = []
        self.columns: list[Column] = []
        self.rows: list[Row] = []
        self.subjects: frozenset[object] = frozenset()
        self.path = description.with_name(description.name.removesuffix("-metadata.json"))
        self.schema = self._schema(description)
        if self.schema is not None:
            self._read_rows()

    def _schema(self, description: Path) -> Any:
        try:
            content = json.loads(_text(description, self.description_shown))
            schema = content.get("tableSchema") if isinstance(content, dict) else None
            if not isinstance(schema, dict) or "url" not in content:
                raise ValueError("tableSchema, url")
            self.path = description.parent / str(content["url"])
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                schema = csvw.Table.fromvalue(content).tableSchema
            _check_references(schema)
            return schema
        except (ValueError, TypeError, AssertionError, KeyError, UserWarning) as problem:
            place = Place(self.description_shown, getattr(problem, "lineno", 1), getattr(problem, "colno", 1))
            self.findings.append(
                Finding("table-description", Severity.VIOLATION, place, {"problem": str(problem) or repr(problem)})
            )
            return None

    def _column(self, described: Any, index: int | None) -> Column:
        about = described.inherit("aboutUrl")
        predicate = described.inherit("propertyUrl")
        value = described.inherit("valueUrl")
        language = described.lang if described.lang != "und" else self.schema.lang
        return Column(
            name=described.header,
            index=index,
            about=template(about.uri, self.base) if about else None,
            predicate=template(predicate.uri if predicate else f"{self.path.name}#{described.header}", self.base),
            value=template(value.uri, self.base) if value else None,
            language=None if language == "und" else language,
            separator=described.inherit("separator"),
            default=described.inherit("default") or None,
            required=bool(described.inherit("required")),
            nulls=frozenset(described.inherit_null()),
            datatype=described.inherit("datatype"),
            suppressed=described.suppressOutput,
        )

    @cached_property
    def lines(self) -> Lines:
        """The text of the CSV file, to find places in it."""
        return Lines(self.shown, _text(self.path, self.shown))

    def _found(self, code: str, line: int, index: int | None = None, **arguments: str) -> None:
        place = self.cell_place(line, index) if index is not None else Place(self.shown, line, 1)
        self.findings.append(Finding(code, Severity.VIOLATION, place, arguments))

    def _read_rows(self) -> None:
        try:
            text = _text(self.path, self.shown)
        except UnicodeDecodeError as problem:
            before = problem.object[: problem.start]
            self._found_encoding(before)
            return
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        line = 1
        try:
            header = next(reader, [])
            self._read_header(header)
            line = reader.line_num + 1
            for cells in reader:
                if any(cells):
                    self._read_row(line, header, cells)
                line = reader.line_num + 1
        except csv.Error as problem:
            self._found("table-syntax", line, problem=str(problem))

    def _found_encoding(self, before: bytes) -> None:
        line = before.count(b"\n") + 1
        column = len(before.rsplit(b"\n", 1)[-1].decode("utf-8", "replace")) + 1
        place = Place(self.shown, line, column)
        self.findings.append(Finding("table-encoding", Severity.VIOLATION, place))

    def _read_header(self, header: list[str]) -> None:
        described = {column.header: column for column in self.schema.columns if not column.virtual}
        names = [self._name(title, described) for title in header]
        for index, (title, name) in enumerate(zip(header, names, strict=True)):
            if name is None:
                self._found("table-unknown-column", 1, index, column=title, known=", ".join(described))
            elif name in names[:index]:
                self._found("table-repeated-column", 1, index, column=title)
        for column in self.schema.columns:
            if column.virtual:
                self.columns.append(self._column(column, None))
            elif column.header in names:
                self.columns.append(self._column(column, names.index(column.header)))
            else:
                self._found("table-missing-column", 1, column=column.header)

    @staticmethod
    def _name(title: str, described: Mapping[str, Any]) -> str | None:
        return next((name for name, column in described.items() if column.has_title(title)), None)

    def _read_row(self, line: int, header: list[str], cells: list[str]) -> None:
        if len(cells) != len(header):
            self._found("table-ragged-row", line, found=str(len(cells)), expected=str(len(header)))
            return
        row: dict[str, str] = {}
        for column in self.columns:
            if column.index is None:
                continue
            text = cells[column.index] if column.keeps_space else cells[column.index].strip()
            text = text or column.default or ""
            if text not in column.nulls:
                row[column.name] = text
                self._check_cell(line, column, text)
            elif column.required:
                self._found("table-required", line, column.index, column=column.name)
        self.rows.append(Row(line, row))
        for column in self.columns:
            if not column.suppressed and (column.index is None or column.name in row):
                self._check_iris(line, column, row)

    def _check_cell(self, line: int, column: Column, text: str) -> None:
        if column.datatype is None:
            return
        for value in column.values(text):
            try:
                column.literal(value)
            except ValueError as problem:
                code = "table-date" if column.is_partial_date else "table-datatype"
                self._found(
                    code,
                    line,
                    column.index,
                    column=column.name,
                    value=value,
                    datatype=str(column.datatype.base),
                    problem=str(problem),
                )

    def _check_iris(self, line: int, column: Column, row: Mapping[str, str]) -> None:
        for used in (column.about, column.predicate, column.value):
            try:
                if used is not None:
                    used.iri(row)
            except ValueError as problem:
                value = row.get(column.name, used.text if used else "")
                self._found(
                    "table-datatype",
                    line,
                    column.index,
                    column=column.name,
                    value=value,
                    datatype="IRI",
                    problem=str(problem),
                )

    def cell_place(self, line: int, index: int) -> Place:
        """The place of the cell at `index` of the record that starts on `line`."""
        end = self.lines.start(line) - 1
        for _ in range(index + 1):
            match = _FIELD.match(self.lines.text, end + 1)
            start, end = match.span() if match else (end, end)
        return self.lines.place(start, end)

    def triples(self) -> list[ox.Triple]:
        """The triples of all rows; a cell that is not of its datatype makes none (it has its finding)."""
        triples = [triple for row in self.rows for _, triple in self._row_triples(row)]
        self.subjects = frozenset(triple.subject for triple in triples)
        return triples

    def placed(self) -> Iterator[PlacedTriple]:
        """The triples with their places: the subject's is the record's first cell, the object's is its cell."""
        for row in self.rows:
            first = self.cell_place(row.line, 0)
            for column, triple in self._row_triples(row):
                index = column.index
                yield PlacedTriple(triple, first, first if index is None else self.cell_place(row.line, index))

    def _row_triples(self, row: Row) -> Iterator[tuple[Column, ox.Triple]]:
        anonymous = ox.BlankNode()
        for column in self.columns:
            if column.suppressed:
                continue
            text = row.cells.get(column.name) if column.index is not None else column.default
            if text is None and (column.index is not None or column.value is None):
                continue
            try:
                subject = column.about.iri(row.cells) if column.about else anonymous
                predicate = column.predicate.iri(row.cells)
                for value in self._objects(column, row, text):
                    yield column, ox.Triple(subject, predicate, value)
            except ValueError:
                continue

    @staticmethod
    def _objects(column: Column, row: Row, text: str | None) -> list[ox.NamedNode | ox.Literal]:
        if column.value is not None:
            return [column.value.iri(row.cells)]
        return [column.literal(value) for value in column.values(text)] if text is not None else []


def _text(path: Path, shown: str) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as problem:
        raise CannotRunError("unreadable-file", file=shown, problem=str(problem.strerror)) from None


def _check_references(schema: Any) -> None:
    """Refuse keys and links that name no column, which would otherwise check nothing.

    Raises:
        ValueError: there is one.
    """
    names = {column.header for column in schema.columns}
    used = {*(schema.primaryKey or []), *(name for key in schema.foreignKeys for name in key.columnReference)}
    if not used <= names:
        raise ValueError(", ".join(sorted(map(str, used - names))))
    if not all(key.reference.resource and key.reference.columnReference for key in schema.foreignKeys):
        raise ValueError("foreignKeys: reference")


def check_keys(tables: list[Table]) -> list[Finding]:
    """Findings for keys that stand twice in a table, and for links to rows that are nowhere in the other table."""
    by_name = {table.path.name: table for table in tables}
    findings: list[Finding] = []
    for table in tables:
        if table.schema is not None:
            findings += _repeated_keys(table)
            findings += _dangling_links(table, by_name)
    return findings


def _key(row: Row, names: list[str]) -> tuple[str, ...] | None:
    values = tuple(row.cells.get(name, "") for name in names)
    return values if any(values) else None


def _place(table: Table, row: Row, name: str) -> Place:
    index = next((column.index for column in table.columns if column.name == name), None)
    return table.cell_place(row.line, index or 0)


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
    for foreign_key in table.schema.foreignKeys:
        names = foreign_key.columnReference
        target = str(foreign_key.reference.resource)
        if target not in tables:
            arguments = {"column": ", ".join(names), "table": target}
            yield Finding("table-unknown-table", Severity.VIOLATION, Place(table.description_shown, 1, 1), arguments)
            continue
        known = {_key(row, foreign_key.reference.columnReference) for row in tables[target].rows}
        for row in table.rows:
            key = _key(row, names)
            if key is not None and all(key) and key not in known:
                arguments = {"value": ", ".join(key), "column": names[-1], "table": target}
                yield Finding("table-dangling-link", Severity.VIOLATION, _place(table, row, names[-1]), arguments)
