"""What an engine answers to a query: a table of terms, whatever engine it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox

from ssekg.queries.parameters import Term


@dataclass(frozen=True)
class Result:
    """The rows that an engine gives: one term or None for each variable.

    `form` is SELECT, ASK (one row with the variable `answer`) or CONSTRUCT (a row for each triple, also of DESCRIBE).
    """

    variables: Sequence[str]
    rows: Sequence[Sequence[Term | None]]
    form: str = "SELECT"


def read_result(found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, limit: int | None = None) -> Result:
    """The result that an engine gives, of which no more than `limit` rows are read."""
    if isinstance(found, ox.QueryBoolean):
        return Result(["answer"], [[ox.Literal(bool(found))]], "ASK")
    if isinstance(found, ox.QueryTriples):
        rows = [list(triple) for triple in islice(found, limit)]
        return Result(["subject", "predicate", "object"], rows, "CONSTRUCT")
    return Result([variable.value for variable in found.variables], [list(row) for row in islice(found, limit)])
