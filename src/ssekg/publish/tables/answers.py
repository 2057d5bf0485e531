"""The tables that queries make: those marked `publish: view` as they answer, those marked `publish: wide` turned."""

from collections.abc import Iterable, Mapping, Sequence

import pyoxigraph as ox

from ssekg.base.record_iris import slug
from ssekg.graph.public import Public
from ssekg.publish.tables.naming import snake
from ssekg.publish.tables.table import Table, with_targets
from ssekg.publish.tables.values import Cells, Term, Values, free_name
from ssekg.queries.answers import Answer
from ssekg.queries.columns import Column
from ssekg.queries.library import WIDE, Query
from ssekg.queries.local import ask
from ssekg.queries.results import Result


def answer_table(
    graph: Public, query: Query, tables: Sequence[Table], names: Mapping[str, str], described: Mapping[str, Column]
) -> Table:
    """What a query answers, as a table that leads to the tables of records.

    Args:
        graph: the graph to ask.
        query: the query; its parameters are left open.
        tables: the tables of records; the new one is called otherwise.
        names: the table of each kind of records.
        described: the columns that the project describes for all its queries.
    """
    answer = ask(graph, query.text)
    of_variables = {each.name: each for each in Answer(query, {}, answer, graph, described).columns}
    answer = _turned(answer) if query.publish == WIDE else answer
    name = snake(query.name)
    columns, rows = [], [list[str | None]() for _ in answer.rows]
    taken: list[str] = []
    for at, variable in enumerate(answer.variables):
        own = snake(slug(variable) if ":" in variable else variable)
        column = of_variables.get(variable) or _headed(graph, variable)
        values = Values(free_name([own], taken), texts=column.titles, meanings=column.meanings)
        in_rows = [[] if (term := row[at]) is None else [values.value(_cell(graph, term), term)] for row in answer.rows]
        for found in in_rows:
            values.take(found)
        cells = Cells(values, graph, names, graph.languages)
        added = cells.columns(values.name)
        taken += [column.name for column in added]
        columns += added
        for row_cells, found in zip(rows, in_rows, strict=True):
            row_cells += cells.of(found)
    name = free_name([name, f"query_{name}"], [table.name for table in tables])
    table = Table(name, "", query.titles, tuple(columns), [tuple(row) for row in rows])
    return with_targets([table], tables)[0]


def _cell(graph: Public, term: Term) -> str:
    return graph.shortened(term.value) if isinstance(term, ox.NamedNode) else term.value


def _headed(graph: Public, heading: str) -> Column:
    """A column of a wide table, with the labels of what it is about."""
    return Column(heading, graph.labels.get(ox.NamedNode(heading), {}) if ":" in heading else {})


def _turned(answer: Result) -> Result:
    """A row for all that have the same values of the variables but the last two.

    The values of the next to last variable head columns, which have those of the last. Of several values for one cell
    the first counts: the order of the query says which that is.
    """
    keys, headings = answer.variables[:-2], list[str]()
    cells: dict[tuple[Term | None, ...], dict[str, Term]] = {}
    for *key, heading, value in answer.rows:
        of_key = cells.setdefault(tuple(key), {})
        if heading is not None and value is not None:
            headings.append(heading.value)
            of_key.setdefault(heading.value, value)
    wide = _ordered(headings)
    return Result([*keys, *wide], [[*key, *(of_key.get(each) for each in wide)] for key, of_key in cells.items()])


def _ordered(headings: Iterable[str]) -> list[str]:
    return sorted(set(headings), key=lambda heading: (slug(heading), heading))
