"""The small graph that is checked instead of the whole: what is judged again, and what that reads."""

from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from ssekg.checks.incremental.bounds import UnboundedError
from ssekg.checks.incremental.changes import Found, Statements
from ssekg.checks.incremental.judged import Judged
from ssekg.checks.incremental.reach import Reach
from ssekg.checks.incremental.row_index import RowName
from ssekg.checks.subject import Subject
from ssekg.graph.store import graph_from
from ssekg.project.settings import Project
from ssekg.sources.load import Sources

# Looking at more rows than these is no quicker than looking at all.
_MOST_ROWS: Final = 20_000


def small_subject(
    project: Project, bare: Sources, statements: Statements, reach: Reach, judged: Judged, kinds: frozenset[str]
) -> Subject:
    """What the checks of what is nearby look at.

    Args:
        project: the project.
        bare: its sources, without the rows of tables.
        statements: what these state.
        reach: what its shapes read.
        judged: what is judged again.
        kinds: the kinds of records that the whole graph has.

    Raises:
        UnboundedError: it is too much.
    """
    rows: set[RowName] = {*judged.rows, *judged.context}
    nodes = reach.around(judged.nodes, statements)
    # What a finding mentions has a name, and a place where something leads to it.
    named = {triple.object for node in nodes for triple in statements.about(node)}
    for node in nodes | named:
        if not isinstance(node, ox.Literal):
            rows |= _now(statements.rows_about(node))
    for node in judged.nodes:
        if not any(statements.is_subject(node)[1:]):
            rows |= _now(statements.rows_leading(node))
    if len(rows) > _MOST_ROWS:
        raise UnboundedError("too many rows")
    tables = [
        table.with_rows([name.at for name in rows if name.table == number])
        for number, table in enumerate(statements.tables.tables)
    ]
    graph = graph_from(project, bare.with_rows(tables, project.base))
    graph.__dict__["kinds"] = kinds
    return Subject(project, graph)


def _now(found: Iterable[Found]) -> set[RowName]:
    return {each.now for each in found if each.now is not None}
