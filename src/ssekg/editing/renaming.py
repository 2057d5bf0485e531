"""A record under another identifier: every link to it follows, and the old identifier leads to the new one."""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from ssekg.base.errors import AskedWronglyError, CannotRunError
from ssekg.base.files import read_file
from ssekg.base.namespaces import EVIDENCE
from ssekg.base.record_iris import RecordIri
from ssekg.editing.edits import Edits
from ssekg.graph.changes.compare import WITHDRAWN_ON
from ssekg.graph.public import public_part
from ssekg.graph.replacements import REPLACED_BY
from ssekg.guides.choices import Choices
from ssekg.sources.places import Lines
from ssekg.sources.rdf.file import RdfFile
from ssekg.sources.tables.columns import IDENTIFIER, Column
from ssekg.sources.tables.table import Table
from ssekg.sources.tables.templates import Template

REASON: Final = ox.NamedNode(EVIDENCE + "withdrawalReason")
_RENAMED: Final = "withdrawn-renamed"  # the module evidence has it
Span = tuple[int, int]


@dataclass(frozen=True)
class Renaming:
    """A record, by its `kind` and identifier `old`, that is to be called `new`."""

    base: str
    kind: str
    old: str
    new: str

    @property
    def was(self) -> str:
        """The IRI that it has."""
        return f"{self.base}{self.kind}/{self.old}"

    @property
    def becomes(self) -> str:
        """The IRI that it gets."""
        return f"{self.base}{self.kind}/{self.new}"

    def concerns(self, term: object) -> bool:
        """Whether a term is the record or a part of it."""
        return isinstance(term, ox.NamedNode) and (term.value == self.was or term.value.startswith(f"{self.was}#"))

    def applied(self, text: str) -> str:
        """A value of a cell that names the record, with its new identifier; any other as it is."""
        for before, after in ((self.old, self.new), (f"{self.kind}/{self.old}", f"{self.kind}/{self.new}")):
            if text == before or text.startswith(f"{before}#"):
                return after + text.removeprefix(before)
        return text


def renaming(edits: Edits, record: str, new: str) -> Renaming:
    """The renaming of a record, given as kind/identifier.

    Raises:
        AskedWronglyError: there is no such record, or the new identifier is none or was given away.
    """
    base = edits.project.base
    known = edits.graph.things
    found = RecordIri.read(base + record.removeprefix(base), base)
    if found is None or found.part or found.record not in known:
        raise AskedWronglyError("no-such-record", record=record)
    wanted = Renaming(base, found.kind, found.name, new.removeprefix(f"{found.kind}/"))
    if not re.fullmatch(IDENTIFIER, wanted.new):
        raise AskedWronglyError("no-identifier", identifier=new)
    subjects = {triple.subject for triple in edits.graph.data}
    if wanted.becomes in known or ox.NamedNode(wanted.becomes) in subjects:
        raise AskedWronglyError("identifier-taken", record=f"{wanted.kind}/{wanted.new}")
    return wanted


def apply(edits: Edits, wanted: Renaming, reason: str | None, date: datetime.date) -> None:
    """Add to the edits what a renaming changes: rows, other files, and the row that leads from the old identifier.

    Args:
        edits: the tables of the project.
        wanted: the renaming.
        reason: the code of why the old identifier is withdrawn; None for withdrawn-renamed, or the only one there is.
        date: the day of the withdrawal.

    Raises:
        AskedWronglyError: the project has several reasons, or not this one.
        CannotRunError: it has no table of withdrawn records, or a table can't be changed.
    """
    for name, table in edits.tables.items():
        for number, cells in _changed_rows(table, edits, wanted):
            edits.change(name, number, cells)
    for file in edits.graph.sources.files:
        if isinstance(file, RdfFile):
            edits.rewrite(file.path, _renamed_turtle(file, wanted))
    shapes = [RdfFile(path, wanted.base, edits.project.shown(path)) for path in edits.project.shapes_files]
    for file in shapes:
        edits.rewrite(file.path, _renamed_turtle(file, wanted))
    for path in (*edits.project.query_files, *edits.project.table_descriptions):
        edits.rewrite(path, _renamed_text(read_file(path, edits.project.shown(path)), wanted))
    edits.add(*_tombstone(edits, wanted, reason, date))


# Tables


def _changed_rows(table: Table, edits: Edits, wanted: Renaming) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a table that name the record, by their numbers, as they are to be."""
    columns = {each.name: each for each in table.columns if each.index is not None}
    for row in table.rows:
        if not any(wanted.old in text for text in row.cells.values()):
            continue
        rows = edits.rows(table.name)
        record = next(each for each in rows.records if each.number == row.number)
        cells = rows.cells(record)
        now = {name: _renamed_cell(table, columns[name], text, row.cells, wanted) for name, text in cells.items()}
        if now != cells:
            yield row.number, now


def _renamed_cell(table: Table, column: Column, text: str, row: Mapping[str, str], wanted: Renaming) -> str:
    """A cell with the new identifier in each of its values that leads to the record."""
    templates = [*(each.templates.values() for each in table.columns)]
    leading = [each for group in templates for each in group if column.name in each.variables]

    def renamed(value: str) -> str:
        now = wanted.applied(value)
        return now if now != value and any(_leads(each, column, value, now, row, wanted) for each in leading) else value

    if not column.separator:
        return renamed(text)
    return column.separator.join(map(renamed, text.split(column.separator)))


def _leads(template: Template, column: Column, value: str, now: str, row: Mapping[str, str], wanted: Renaming) -> bool:
    """Whether a template makes the record, or a part of it, of a value, and the renamed one of what it becomes."""
    was, becomes = (_iri(template, {**row, column.name: each.partition("#")[0]}) for each in (value, now))
    return wanted.concerns(was) and becomes is not None and becomes.value.startswith(wanted.becomes)


def _iri(template: Template, cells: Mapping[str, str]) -> ox.NamedNode | None:
    try:
        return template.iri(cells)
    except ValueError:
        return None


# Other files


def _renamed_turtle(file: RdfFile, wanted: Renaming) -> bytes:
    """An RDF file with the new identifier wherever it names the record."""
    text = file.source.content.decode()
    lines = Lines(file.shown, text)
    spans: set[Span] = set()
    for placed in file.placed():
        terms = ((placed.triple.subject, placed.subject), (placed.triple.object, placed.object))
        for term, place in (*terms, (placed.triple.predicate, placed.predicate)):
            if wanted.concerns(term) and place.line and place.end_line and place.column and place.end_column:
                start = lines.start(place.line) + place.column - 1
                spans.add((start, lines.start(place.end_line) + place.end_column - 1))
    for start, end in sorted(spans, reverse=True):
        part = re.search("#[^>]*", text[start:end])
        text = f"{text[:start]}<{wanted.kind}/{wanted.new}{part[0] if part else ''}>{text[end:]}"
    return text.encode()


def _renamed_text(content: bytes, wanted: Renaming) -> bytes:
    """A query or a description with the new identifier in each IRI that names the record."""
    before, after = (f"{wanted.kind}/{name}".encode() for name in (wanted.old, wanted.new))
    return re.sub(rb'(?<=[</"])' + re.escape(before) + rb'(?=[>#"])', after, content)


# What stays of the old identifier


def _tombstone(edits: Edits, wanted: Renaming, reason: str | None, date: datetime.date) -> tuple[str, dict[str, str]]:
    """The table of withdrawn records, and the row for the old identifier.

    Raises:
        AskedWronglyError: the project has several reasons, or not this one.
        CannotRunError: it has no such table.
    """
    for table in edits.tables.values():
        columns = {each.predicate.iri({}): each for each in table.columns if not each.predicate.variables}
        dated, why, instead = (columns.get(each) for each in (WITHDRAWN_ON, REASON, REPLACED_BY))
        if dated and why and instead and dated.subject:
            cells = {
                **_subject(dated.subject, wanted),
                dated.name: date.isoformat(),
                why.name: _reason(edits, table, why, reason),
            }
            withheld = public_part(edits.graph, edits.project.privacy).withheld
            # The old identifier is public, and may not lead to what is not.
            leads_on = {} if ox.NamedNode(wanted.was) in withheld else {instead.name: f"{wanted.kind}/{wanted.new}"}
            return table.name, {**cells, **leads_on}
    raise CannotRunError("no-table-of-withdrawn")


def _subject(template: Template, wanted: Renaming) -> dict[str, str]:
    """The cells of which a template makes the old IRI: kind and identifier, or both in one."""
    parts = [wanted.kind, wanted.old] if len(template.variables) > 1 else [f"{wanted.kind}/{wanted.old}"]
    return dict(zip(template.variables, parts, strict=True))


def _reason(edits: Edits, table: Table, column: Column, wanted: str | None) -> str:
    """The code of a reason that the project knows.

    Raises:
        AskedWronglyError: none is given where there are several, or one that is unknown.
    """
    known = [each.short for each in Choices.of_project(edits.project, edits.graph).of(table, column)]
    usual = [each for each in known if each == _RENAMED] or known
    if wanted is None and len(usual) == 1:
        return usual[0]
    concept = _iri(column.value, {column.name: wanted or ""}) if column.value else None
    if wanted in known or (not known and concept is not None and concept.value in edits.graph.things):
        return str(wanted)
    used = {row.cells[column.name]: None for row in table.rows if column.name in row.cells}
    raise AskedWronglyError("which-reason", known=", ".join(known or used) or "–")
