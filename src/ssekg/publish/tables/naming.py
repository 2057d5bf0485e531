"""What the tables of a project call their columns: the published tables call them the same."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import RDF
from ssekg.base.record_iris import RecordIri
from ssekg.sources.tables.columns import Column as SourceColumn
from ssekg.sources.tables.table import Table as SourceTable
from ssekg.sources.tables.templates import Template

TYPE: Final = RDF + "type"
_EXPRESSION: Final = re.compile(r"(\{\+?[^{}]*\})")
_CAPITAL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True)
class DescribedColumn:
    """A column of a table of the project: its property, and how its cells are read from the values of that.

    `pattern` finds the cell in the IRI of a link, None for a literal; `kind` is the one kind that its links lead to, ""
    where they lead to no records, None where they lead to any.
    """

    name: str
    predicate: str
    language: str | None
    pattern: re.Pattern[str] | None
    kind: str | None
    is_list: bool
    headings: Mapping[str, str]
    meanings: Mapping[str, str]

    def cell(self, term: ox.NamedNode | ox.Literal) -> str | None:
        """The cell for a value; None if this is not the column of such a value."""
        if isinstance(term, ox.Literal):
            return term.value if self.pattern is None and term.language == self.language else None
        found = self.pattern.fullmatch(term.value) if self.pattern else None
        return found[1] if found else None


@dataclass(frozen=True)
class DescribedTable:
    """A table of the project; `kind` is that of the records it describes, "" where they are parts or of any kind.

    `subjects` are the IRIs of its rows, `constant` the class that it gives to all of them.
    """

    name: str
    titles: Mapping[str, str]
    kind: str
    constant: str
    columns: Sequence[DescribedColumn]
    subjects: frozenset[str]

    @cached_property
    def of_property(self) -> Mapping[str, list[tuple[int, DescribedColumn]]]:
        """The columns of each property, with their numbers."""
        found: dict[str, list[tuple[int, DescribedColumn]]] = defaultdict(list)
        for number, column in enumerate(self.columns):
            found[column.predicate].append((number, column))
        return found


class Descriptions:
    """The descriptions of the tables of a project, by what they say of names.

    `wide` are the tables whose rows make records beside the thing that they are about, such as the figures of a place,
    where another table is about things of that kind, too; `beside` are the IRIs of these records and, where a table is
    wide, of its rows.
    """

    def __init__(self, files: Iterable[object], base: str) -> None:
        """Take the tables among the sources of a graph, the IRIs of whose records begin with `base`."""
        tables = [file for file in files if isinstance(file, SourceTable) and file.schema is not None]
        beside = {table.name: frozenset(_beside(table)) for table in tables}
        pairs = [(table, described) for table in tables for described in _described(table, base)]
        plain = {described.kind for table, described in pairs if not beside[table.name]}
        self.wide = [(table, each) for table, each in pairs if beside[table.name] and each.kind in plain - {""}]
        self.beside = frozenset().union(*beside.values(), *(each.subjects for _, each in self.wide))
        self.tables = [each for table, each in pairs if (table, each) not in self.wide]
        self.of_row = {iri: table for table in self.tables for iri in table.subjects}
        self.of_class = {table.constant: table for table in reversed(self.tables) if table.constant}
        self._kinds: dict[str, list[DescribedTable]] = defaultdict(list)
        names: dict[tuple[str, str | None], Counter[str]] = defaultdict(Counter)
        for table in self.tables:
            self._kinds[table.kind].append(table)
            for column in table.columns:
                names[column.predicate, column.language][column.name] += 1
        self._usual = {key: min(counts, key=lambda name: (-counts[name], name)) for key, counts in names.items()}

    def of_kind(self, kind: str, records: int) -> DescribedTable | None:
        """The table that holds most of the records of a kind; None if there is none.

        `records` is how many there are without those that are made beside a row.
        """
        described = max(self._kinds.get(kind, ()), key=lambda table: len(table.subjects), default=None)
        return described if described is not None and 2 * len(described.subjects) > records else None

    def usual_name(self, predicate: str, language: str | None) -> str | None:
        """What most tables call the values of a property in a language; None if no table has them."""
        return self._usual.get((predicate, language))


def snake(name: str) -> str:
    """A name as tables have it, in pandas, R and SQL: small letters, digits and underscores."""
    return re.sub(r"\W+", "_", _CAPITAL.sub("_", name)).strip("_").lower()


def about_of(table: SourceTable) -> Template | None:
    """The template of what the rows of a table are about, None if there is none."""
    uri = table.schema.inherit("aboutUrl")
    subjects = [column.subject for column in table.columns if column.subject is not None]
    return next((subject for subject in subjects if uri and subject.text == str(uri.uri)), None)


def _described(table: SourceTable, base: str) -> Iterable[DescribedTable]:
    about = about_of(table)
    if about is None:
        return
    own = [column for column in table.columns if column.subject is not None and column.subject.text == about.text]
    columns = [each for column in own if (each := _column(column, base)) is not None]
    constants = [column for column in own if column.index is None and _fixed(column.predicate) == TYPE]
    yield DescribedTable(
        name=snake(PurePath(table.name).name.partition(".")[0]),
        titles=tagged(table.description.title) if table.description else {},
        kind=_kind(about),
        constant=next((iri for column in constants if column.value and (iri := _fixed(column.value))), ""),
        columns=columns,
        subjects=frozenset(_subjects(table, about)),
    )


def _beside(table: SourceTable) -> Iterable[str]:
    uri = table.schema.inherit("aboutUrl")
    subjects = {column.subject.text: column.subject for column in table.columns if column.subject is not None}
    for text, subject in subjects.items():
        if uri and text != str(uri.uri):
            yield from _subjects(table, subject)


def _subjects(table: SourceTable, about: Template) -> Iterable[str]:
    for row in table.rows:
        try:
            yield about.iri(row.cells).value
        except ValueError:
            continue


def _column(column: SourceColumn, base: str) -> DescribedColumn | None:
    """The column as far as its cells can be read back from the graph; None where they can't."""
    predicate = _fixed(column.predicate)
    if column.index is None or column.suppressed or not predicate:
        return None
    pattern = None
    if column.value is not None:
        if column.value.variables != (column.name,):
            return None
        pattern = _pattern(column.value, base)
    headings, meanings = tagged(column.headings), tagged(column.description)
    kind = None if column.is_record else _kind(column.value) if column.value else ""
    is_list = column.separator is not None
    return DescribedColumn(snake(column.name), predicate, column.language, pattern, kind, is_list, headings, meanings)


def tagged(texts: Mapping[str, str]) -> Mapping[str, str]:
    """The texts whose language is known."""
    return {tag: text for tag, text in texts.items() if tag}


def _fixed(template: Template) -> str:
    """The IRI that a template always gives, "" if that depends on the row."""
    return "" if template.variables else template.iri({}).value


def _kind(template: Template) -> str:
    """The kind of the records that a template is the IRI of, "" if it is none of one kind."""
    found = RecordIri.read(template.base + template.text, template.base)
    is_record = found is not None and "{" not in found.kind and not found.part and ":" not in found.kind
    return found.kind if found and is_record and found.name == f"{{{''.join(template.variables)}}}" else ""


def _pattern(template: Template, base: str) -> re.Pattern[str] | None:
    """What finds the value of the variable of a template in the IRI that it makes."""
    if template.whole:
        return re.compile("(.+)")
    start = template.text.partition("{")[0]
    prefix = "" if "://" in start else base
    pieces = (("([^/#]+)" if piece.startswith("{") else re.escape(piece)) for piece in _EXPRESSION.split(template.text))
    return re.compile(re.escape(prefix) + "".join(pieces))
