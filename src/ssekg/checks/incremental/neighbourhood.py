"""The small graph that is checked instead of the whole: what is judged again, and what that reads."""

from collections.abc import Collection, Iterable, Set
from typing import Any, Final

import pyoxigraph as ox

from ssekg.checks.incremental.bounds import UnboundedError
from ssekg.checks.incremental.changes import Found, Statements
from ssekg.checks.incremental.judged import Judged
from ssekg.checks.incremental.reach import Reach
from ssekg.checks.incremental.row_index import RowName
from ssekg.checks.incremental.tables import triples_of

# Looking at more rows than these is no quicker than looking at all.
_MOST_ROWS: Final = 20_000


def rows_around(statements: Statements, reach: Reach, judged: Judged) -> Set[RowName]:
    """The rows that the checks of what is nearby look at.

    Args:
        statements: what the project states.
        reach: what its shapes read.
        judged: what is judged again.

    Raises:
        UnboundedError: they are too many.
    """
    rows: set[RowName] = {*judged.rows, *judged.context}
    nodes = reach.around(judged.nodes, statements)
    # What a finding mentions has a name, and a place where something leads to it.
    named = {triple.object for node in nodes for triple in statements.about(node)}
    for node in nodes | named:
        if not isinstance(node, ox.Literal):
            rows |= _now(statements.rows_about(node))
    for node in judged.nodes:
        rows |= _targets(node, statements, reach.objects_of)
        if not isinstance(node, ox.Literal) and not any(statements.is_subject(node)[1:]):
            rows |= _now(statements.rows_leading(node))
    if len(rows) > _MOST_ROWS:
        raise UnboundedError("too many rows")
    return rows


def _targets(node: Any, statements: Statements, predicates: Collection[ox.NamedNode]) -> set[RowName]:
    """A row for each of some predicates that leads to a node, which is a focus node by it."""
    rows: set[RowName] = set()
    wanted = {*predicates}
    for each in statements.rows_leading(node) if wanted else ():
        found = wanted & {triple.predicate for triple in triples_of(each.row) if triple.object == node}
        if each.now is not None and found:
            rows.add(each.now)
            wanted -= found
        if not wanted:
            break
    return rows


def _now(found: Iterable[Found]) -> set[RowName]:
    return {each.now for each in found if each.now is not None}
