"""What an engine gives, whatever the form of the query."""

import pyoxigraph as ox

from ssekg.queries.results import Result, read_result
from tests.graphs import graph_of, iri

GRAPH = graph_of('<place/fes> skos:prefLabel "Fès"@fr .')


def result_of(query: str, limit: int | None = None) -> Result:
    return read_result(GRAPH.store.query(query), limit)


def test_each_form_is_a_table() -> None:
    assert result_of("SELECT ?x ?y { VALUES (?x ?y) { (1 UNDEF) } }") == Result(["x", "y"], [[ox.Literal(1), None]])
    assert result_of("ASK { }") == Result(["answer"], [[ox.Literal(True)]], "ASK")
    triples = result_of("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o . FILTER(LANG(?o) = 'fr') }")
    assert (triples.form, triples.variables) == ("CONSTRUCT", ["subject", "predicate", "object"])
    assert triples.rows[0][0] == iri("place/fes")


def test_no_more_rows_are_read_than_wanted() -> None:
    assert len(result_of("SELECT ?x { VALUES ?x { 1 2 3 } }", 2).rows) == 2
    assert result_of("SELECT ?x { VALUES ?x { 1 2 3 } }", 0).rows == []
