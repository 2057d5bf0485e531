"""What the cells of a column may be chosen from, and of which classes the things are that a table is about."""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from ssekg.base.language import LANGUAGES, language_name
from ssekg.base.namespaces import RDF
from ssekg.base.record_iris import RecordIri
from ssekg.base.said import Named
from ssekg.base.triples import joined
from ssekg.graph.imported import as_ours
from ssekg.graph.notations import codes_below
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.shacl.allowed_values import AllowedValues, Value
from ssekg.shacl.shapes import Shapes
from ssekg.sources.rdf.file import RdfFile
from ssekg.sources.tables.columns import Column
from ssekg.sources.tables.table import Table
from ssekg.sources.tables.templates import Template

_TYPE: Final = ox.NamedNode(RDF + "type")
# What a template is filled with to see what it puts around a cell.
_ANY: Final = "x-any-x"


class Subjects:
    """The things that tables say something about, as far as their descriptions say which."""

    def __init__(self, graph: Graph) -> None:
        """Take the graph whose ontology says which class a kind of record has."""
        self._graph = graph

    def record(self, template: Template | None) -> RecordIri | None:
        """What the IRIs of a template have in common: the kind of their records, and whether they are parts of them."""
        found = RecordIri.read(_iri(template), self._graph.base) if template is not None else None
        return found if found is not None and found.kind in self._graph.kinds else None

    def stated(self, table: Table, subject: Template | None) -> list[ox.NamedNode]:
        """The classes that the columns of a table give to a subject."""
        columns = _of_subject(table, subject)
        return [each for column in columns if _property(column) == _TYPE for each in _classes(column)]

    def classes(self, table: Table, subject: Template | None) -> Iterable[ox.NamedNode]:
        """The classes that a subject of a table may be of: those that it states, else those of its kind of records."""
        stated = self.stated(table, subject)
        record = self.record(subject)
        if stated or record is None or record.part:
            return stated
        return self._graph.terms.classes_of_kind(record.kind)


class Choices:
    """The codes that the columns of a project's tables may be filled with."""

    def __init__(self, shapes: Callable[[], Iterable[ox.Triple]], graph: Graph) -> None:
        """Take the graph, which has the names of the codes, and what gives the shapes when somebody wants to know."""
        self._shapes = shapes
        self._graph = graph
        self._subjects = Subjects(graph)
        self._found: dict[tuple[str, str], list[Value]] = {}

    @classmethod
    def of_project(cls, project: Project, graph: Graph) -> "Choices":
        """The codes for the tables of a project, whose graph this is."""

        def shapes() -> Iterable[ox.Triple]:
            files = [RdfFile(path, project.base, project.shown(path)) for path in project.shapes_files]
            return Shapes(files).triples if files else ()

        return cls(shapes, graph)

    @cached_property
    def _allowed(self) -> AllowedValues:
        return AllowedValues(self._shapes(), joined(self._graph.data, self._graph.vocabulary))

    def of(self, table: Table, column: Column) -> tuple[Named, ...]:
        """The codes with the names of what they mean; none where a column is not filled with codes."""
        if column.words:
            return tuple(Named(word, self._labels(column, word)) for word in column.words)
        coded = ((self.code(column, value), value) for value in self.values(table, column))
        return tuple(Named(written, self._names(value)) for written, value in coded if written is not None)

    def linked(self, table: Table, column: Column) -> Collection[str] | None:
        """What may be written for a link to a row of another table, or to such a record of an import.

        None where a column leads to no table.
        """
        for key in table.schema.foreignKeys:
            if list(key.columnReference) == [column.name]:
                name, there = str(key.reference.resource), str(key.reference.columnReference[0])
                files = (file for file in self._graph.sources.files if isinstance(file, Table) and file.name == name)
                record = self._subjects.record(column.value)
                kind = record.kind if record is not None else ""
                imported = (name for each in self._graph.sources.imports for name in each.by_kind.get(kind, ()))
                return {*(row.cells[there] for file in files for row in file.rows if there in row.cells), *imported}
        return None

    def code(self, column: Column, value: Value) -> str | None:
        """What is to be written in a cell for a value, None if the column can't make it."""
        if column.value is None:
            return value.value if isinstance(value, ox.Literal) else self._coded(column).get(value)
        if column.value.variables != (column.name,):
            return None
        before, _, after = _iri(column.value).partition(_ANY)
        text = as_ours(self._graph, value).value if isinstance(value, ox.NamedNode) else value.value
        fits = text.startswith(before) and text.endswith(after)
        return text.removeprefix(before).removesuffix(after) if fits else None

    def values(self, table: Table, column: Column) -> list[Value]:
        """What the cells of a column may mean by shapes and ontology, in order; empty where they may mean anything."""
        if (table.name, column.name) not in self._found:
            self._found[table.name, column.name] = self._values(table, column)
        return self._found[table.name, column.name]

    def _values(self, table: Table, column: Column) -> list[Value]:
        path = _property(column)
        if path is None:
            return []
        above = self._graph.terms.above
        classes = [above.get(each, {each}) for each in self._subjects.classes(table, column.subject)]
        properties = {each for each in map(_property, _of_subject(table, column.subject)) if each is not None}
        return list(self._coded(column)) or self._allowed.of_property(path, classes, properties)

    def _coded(self, column: Column) -> Mapping[ox.NamedNode, str]:
        """The concepts whose codes are the values of a column, with their codes, where the ontology says which."""
        path = _property(column)
        concept = self._graph.terms.codes_of.get(path) if path is not None else None
        return codes_below(self._graph, concept) if concept is not None else {}

    def _labels(self, column: Column, word: str) -> Mapping[str, str]:
        if column.value is None and set(column.words) <= set(self._graph.languages):
            return {reader: language_name(word, reader) for reader in LANGUAGES}
        if column.suppressed or column.value is None or column.value.variables != (column.name,):
            return {}
        return self._names(column.value.iri({column.name: word}))

    def _names(self, value: Value) -> Mapping[str, str]:
        return self._graph.labels.get(value, {}) if isinstance(value, ox.NamedNode) else {}


def _of_subject(table: Table, subject: Template | None) -> list[Column]:
    """The columns of a table that say something about a subject."""
    text = subject.text if subject else None
    columns = [each for each in table.columns if not each.suppressed]
    return [each for each in columns if (each.subject.text if each.subject else None) == text]


def _property(column: Column) -> ox.NamedNode | None:
    """The property of a column; None where it states nothing, or where other cells say which property."""
    return None if column.suppressed or column.predicate.variables else column.predicate.iri({})


def _classes(column: Column) -> list[ox.NamedNode]:
    """The classes that a column may state: the constant one, or those of the words that it lists."""
    if column.value is None:
        return []
    if not column.value.variables:
        return [column.value.iri({})]
    return [column.value.iri({column.name: word}) for word in column.words if column.value.variables == (column.name,)]


def _iri(template: Template) -> str:
    try:
        return template.iri(dict.fromkeys(template.variables, _ANY)).value
    except ValueError:  # which the reader has reported
        return ""
