"""What is to be known of a table by who fills it in, as its description, the shapes and the ontology have it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ssekg.base.errors import AskedWronglyError
from ssekg.base.language import fold
from ssekg.base.said import Named, Said, Texts
from ssekg.base.spelling import nearest_name, suggestion
from ssekg.graph.naming import kind_names
from ssekg.graph.store import Graph
from ssekg.guides.choices import Choices, Subjects
from ssekg.project.settings import Project
from ssekg.sources.tables.cells import expectation
from ssekg.sources.tables.columns import Column
from ssekg.sources.tables.table import Table


@dataclass(frozen=True, slots=True)
class ColumnGuide:
    """A column: its texts by language tag, the form of its cells, and the codes to choose from, if there are any."""

    name: str
    headings: Mapping[str, str]
    required: bool
    description: Mapping[str, str]
    form: Said
    example: Mapping[str, str]
    choices: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class TableGuide:
    """A table: its file and title, what its rows are about, the columns of its key, all columns, what goes with it."""

    title: Named
    about: tuple[Texts, ...]
    key: tuple[ColumnGuide, ...]
    columns: tuple[ColumnGuide, ...]
    goes_with: tuple[Named, ...]

    def only(self, wanted: str) -> "TableGuide":
        """The guide to one column, by its name or its heading in any language.

        Raises:
            AskedWronglyError: there is no such column.
        """
        names = {name: column for column in self.columns for name in (*column.headings.values(), column.name)}
        found = [column for name, column in names.items() if fold(name) == fold(wanted)]
        if found:
            return replace(self, about=(), key=(), columns=(found[0],), goes_with=())
        nearest = suggestion(nearest_name(wanted, names))
        raise AskedWronglyError("no-such-column", column=wanted, table=self.title.short, **nearest)


class Guides:
    """The guides to the tables of a project."""

    def __init__(self, project: Project, graph: Graph) -> None:
        """Take the project and its graph, the tables of which have been read."""
        self._project = project
        self._graph = graph
        tables = (file for file in graph.sources.files if isinstance(file, Table) and file.description is not None)
        self._tables = {table.name: table for table in tables}
        self._subjects = Subjects(graph)
        self._choices = Choices.of_project(project, graph)

    def all(self) -> list[TableGuide]:
        """The guides to all tables, in order of their files."""
        return [self._guide(table) for table in self._tables.values()]

    def of(self, name: str) -> TableGuide | None:
        """The guide to a table, by the name of its file with or without its ending; None if there is none."""
        found = (each for each in self._tables.values() if name in {each.name, each.path.name, each.path.stem})
        table = next(found, None)
        return None if table is None else self._guide(table)

    def nearest(self, name: str) -> str | None:
        """The table whose name is most like one that there is not."""
        return nearest_name(name, self._tables)

    def _guide(self, table: Table) -> TableGuide:
        columns = {column.name: self._column(table, column) for column in table.columns if column.index is not None}
        relations = table.description.relations if table.description else ()
        return TableGuide(
            title=self._title(table.path.name, table),
            about=self._about(table),
            key=tuple(columns[name] for name in table.schema.primaryKey or () if name in columns),
            columns=tuple(columns.values()),
            goes_with=tuple(self._title(name, self._tables.get(name)) for name in relations),
        )

    def _title(self, file: str, table: Table | None) -> Named:
        return Named(file, table.description.title if table and table.description else {}, label_first=True)

    def _about(self, table: Table) -> tuple[Texts, ...]:
        """What the rows are about: a kind of records, else a class."""
        subject = table.columns[0].subject if table.columns else None
        record = self._subjects.record(subject)
        if record is not None and not record.part:
            return (Texts(kind_names(self._graph, record.kind) or {"": record.kind}),)
        classes = self._subjects.stated(table, subject)
        return tuple(Texts(self._graph.labels.get(each, {"": self._graph.shortened(each.value)})) for each in classes)

    # Columns

    def _column(self, table: Table, column: Column) -> ColumnGuide:
        link = self._link(table, column)
        choices = () if link else self._choices.of(table, column)
        example = column.example or self._first(table, column)
        return ColumnGuide(
            name=column.name,
            headings=column.headings or {"": column.title},
            required=column.required,
            description=column.description,
            form=_form(column, link, example=next(iter(example.values()), None), is_code=bool(choices)),
            example=example,
            choices=choices,
        )

    def _link(self, table: Table, column: Column) -> Said | None:
        """The form of a column whose cells name rows of a table."""
        for key in table.schema.foreignKeys:
            there = dict(zip(key.columnReference, key.reference.columnReference, strict=False)).get(column.name)
            target = self._tables.get(str(key.reference.resource))
            if there is not None and target is not None:
                headings = next((each.headings for each in target.columns if each.name == there), {}) or {"": there}
                return Said("form-link", {"column": Texts(headings), "table": self._title(target.path.name, target)})
        return None

    def _first(self, table: Table, column: Column) -> Mapping[str, str]:
        """The first cell as an example, unless it is about something, or leads to it, that not everybody is shown."""
        withheld = self._project.privacy.withheld
        records = (self._subjects.record(each) for each in (column.subject, column.value))
        if any(record is not None and record.kind in withheld for record in records):
            return {}
        return next(({"": row.cells[column.name]} for row in table.rows if column.name in row.cells), {})


def _form(column: Column, link: Said | None, example: str | None, *, is_code: bool) -> Said:
    """What a cell looks like."""
    if is_code:
        form = Said("form-code")
    elif column.is_source_list and link is not None:
        form = Said("form-source", {"form": link})
    elif link is not None:
        form = link
    elif column.is_record:
        form = Said("form-record")
    elif column.is_partial_date:
        form = Said("form-partial-date")
    else:
        form = Said("form-text") if column.is_free_text else expectation(column, example)
    return Said("form-list", {"form": form, "separator": column.separator}) if column.separator else form
