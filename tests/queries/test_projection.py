"""A column more changes nothing but the columns, and the groups of a query that has groups."""

from typing import Final

import pyoxigraph as ox
import pytest

from ssekg.queries.projection import with_column

STORE: Final = ox.Store()
STORE.load(b"<x:a> <x:p> 1, 2 . <x:b> <x:p> 2 . <x:b> <x:q> 3 .", ox.RdfFormat.TURTLE)


def rows(query: str) -> list[tuple[str, ...]]:
    found = STORE.query(query)
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return sorted(tuple(f"{name}={row[name].value}" for name in sorted(names) if row[name]) for row in found)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT ?v { ?s <x:p> ?v }", [("s=x:a", "v=1"), ("s=x:a", "v=2"), ("s=x:b", "v=2")]),
        ("SELECT DISTINCT ?v WHERE { ?s <x:p> ?v }", [("s=x:a", "v=1"), ("s=x:a", "v=2"), ("s=x:b", "v=2")]),
        ("SELECT (?s AS ?t) { ?s <x:p> 1 }", [("s=x:a", "t=x:a")]),
        ("SELECT ?s { ?s <x:p> 1 }", [("s=x:a",)]),
        ("SELECT * { ?s <x:p> 1 }", [("s=x:a",)]),
        ("SELECT (SUM(?v) AS ?n) { ?s <x:p> ?v }", [("n=2", "s=x:b"), ("n=3", "s=x:a")]),
        (
            "SELECT ?v (COUNT(*) AS ?n) { ?s <x:p> ?v } GROUP BY ?v ORDER BY ?v",
            [("n=1", "s=x:a", "v=1"), ("n=1", "s=x:a", "v=2"), ("n=1", "s=x:b", "v=2")],
        ),
        ("SELECT (COUNT(*) AS ?n) { ?s <x:p> ?v } GROUP BY ?s HAVING(COUNT(*) > 1)", [("n=2", "s=x:a")]),
        (
            "# SELECT ?x {\nselect (max(?v) as ?n) where { { select ?s ?v { ?s <x:p> ?v } } } order by ?n",
            [("n=2", "s=x:a"), ("n=2", "s=x:b")],
        ),
    ],
)
def test_the_column_is_there(query: str, expected: list[tuple[str, ...]]) -> None:
    assert rows(with_column(query, "s")) == expected
