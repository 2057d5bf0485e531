"""Tables that are published as they are kept: those whose rows make records beside the thing that they are about.

The thing is in the table of its kind, and so is each of these records. A row as its author wrote it has them together,
and what is not in the graph at all.
"""

from collections.abc import Iterator, Mapping, Sequence

import pyoxigraph as ox

from ssekg.base.record_iris import slug
from ssekg.graph.public import Public
from ssekg.publish.tables.naming import DescribedTable, Descriptions, about_of, snake, tagged
from ssekg.publish.tables.table import ID, Column, Table
from ssekg.publish.tables.values import Cells, Value, Values
from ssekg.sources.tables.columns import Column as SourceColumn
from ssekg.sources.tables.table import Row
from ssekg.sources.tables.table import Table as SourceTable


def wide_tables(
    public: Public, descriptions: Descriptions, names: Mapping[str, str], languages: Sequence[str]
) -> Iterator[Table]:
    """The wide tables of a project, with those of their rows that the public graph describes.

    Args:
        public: the graph.
        descriptions: those of the tables of the project.
        names: the table of each kind of records.
        languages: those of the labels beside links.
    """
    for table, described in descriptions.wide:
        yield _wide(public, table, described, names, languages)


def _wide(
    public: Public, table: SourceTable, described: DescribedTable, names: Mapping[str, str], languages: Sequence[str]
) -> Table:
    about = about_of(table)
    found = ((about.iri(row.cells).value, row) for row in table.rows) if about else ()
    of_row = {slug(iri): row for iri, row in found if iri in public.things}
    columns = [Column(ID, target=names.get(described.kind, ""))]
    rows: list[list[str | None]] = [[each] for each in of_row]
    for column in table.columns:
        if column.index is None or snake(column.name) == ID:
            continue
        is_stated = not column.suppressed and column.subject == about and not column.lists_links
        values = _empty(column, is_stated=is_stated)
        in_rows = [_taken(values, public, column, row) for row in of_row.values()]
        if values.is_empty:
            continue
        cells = Cells(values, public, names, languages)
        columns += cells.columns(values.name)
        for row_cells, taken in zip(rows, in_rows, strict=True):
            row_cells += cells.of(taken)
    rows_as_tuples = [tuple(row) for row in rows]
    template = f"{public.base}{described.kind}/{{id}}"
    return Table(described.name, described.kind, described.titles, tuple(columns), rows_as_tuples, template, (ID,))


def _empty(column: SourceColumn, *, is_stated: bool) -> Values:
    """The values of a column before any row; it has its property where what it says is about the thing of the row."""
    predicate = column.predicate.iri({}).value if is_stated and not column.predicate.variables else ""
    is_list = column.separator is not None
    texts, meanings = tagged(column.headings), tagged(column.description)
    return Values(snake(column.name), predicate, column.language, texts, meanings, has_lists=is_list)


def _taken(values: Values, public: Public, column: SourceColumn, row: Row) -> list[Value]:
    """The values of a column in a row, as far as they are public."""
    found = []
    for text in column.values(row.cells[column.name]) if column.name in row.cells else ():
        alone = {**row.cells, column.name: column.names(text)[0]}
        term = column.value.iri(alone) if column.value else column.literal(text)
        if term not in public.withheld:
            found.append(values.value(text, ox.Literal(text) if column.separator is not None else term))
    values.take(found)
    return found
