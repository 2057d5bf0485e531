"""What an engine answers to a query: a table of terms, whatever engine it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import DCT, EVIDENCE
from ssekg.base.record_iris import slug
from ssekg.graph.json_terms import term_to_json
from ssekg.graph.naming import name_of
from ssekg.graph.store import TYPE, Graph
from ssekg.queries.parameters import Term

_SOURCE: Final = ox.NamedNode(DCT + "source")
_SOURCE_CLASS: Final = ox.NamedNode(EVIDENCE + "Source")


@dataclass(frozen=True)
class Result:
    """The rows that an engine gives: one term or None for each variable.

    `form` is SELECT, ASK (one row with the variable `answer`) or CONSTRUCT (a row for each triple, also of DESCRIBE).
    """

    variables: Sequence[str]
    rows: Sequence[Sequence[Term | None]]
    form: str = "SELECT"

    def with_sources(self, graph: Graph) -> "Result":
        """The result with a column `sources`: the slugs of what the things in the row have as source, or are."""
        rows = [[*row, ox.Literal(", ".join(_sources(row, graph)))] for row in self.rows]
        return Result([*self.variables, "sources"], rows)


def read_result(found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, limit: int | None = None) -> Result:
    """The result that an engine gives, of which no more than `limit` rows are read."""
    if isinstance(found, ox.QueryBoolean):
        return Result(["answer"], [[ox.Literal(bool(found))]], "ASK")
    if isinstance(found, ox.QueryTriples):
        rows = [list(triple) for triple in islice(found, limit)]
        return Result(["subject", "predicate", "object"], rows, "CONSTRUCT")
    return Result([variable.value for variable in found.variables], [list(row) for row in islice(found, limit)])


def _sources(row: Sequence[Term | None], graph: Graph) -> list[str]:
    found = set()
    for term in row:
        if isinstance(term, ox.NamedNode):
            if _is_source(term, graph):
                found.add(term.value)
            quads = graph.store.quads_for_pattern(term, _SOURCE, None)
            found.update(quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode))
    return sorted(map(slug, found))


def _is_source(term: ox.NamedNode, graph: Graph) -> bool:
    """Whether a thing is a source: by its class, or because something has it as source."""
    return (
        ox.Quad(term, TYPE, _SOURCE_CLASS) in graph.store
        or next(graph.store.quads_for_pattern(None, _SOURCE, term), None) is not None
    )


def shown(term: Term | None, graph: Graph, language: str) -> str:
    """A term for people: the name of a thing, the words of a text, "" for nothing."""
    return "" if term is None else name_of(graph, term, language)


def as_json(result: Result) -> dict[str, Any]:
    """The result as SPARQL 1.1 Query Results JSON."""
    bindings = [
        {variable: term_to_json(term) for variable, term in zip(result.variables, row, strict=True) if term is not None}
        for row in result.rows
    ]
    return {"head": {"vars": list(result.variables)}, "results": {"bindings": bindings}}
