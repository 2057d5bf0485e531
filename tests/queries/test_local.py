"""Questions are answered from the graph in memory, or given up when their time is up."""

import os
import signal
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from ssekg.base.errors import AskedWronglyError, CannotRunError
from ssekg.graph.store import Graph
from ssekg.queries.local import ask
from tests.graphs import BASE, graph_of, iri, parsed

GRAPH: Final = Graph(
    BASE,
    parsed('<place/fes> a sse:Place ; schema:name "Fès"@fr, "فاس"@ar ; schema:value 007, 1.50 ; dct:source [] .'),
    parsed("sse:Place rdfs:subClassOf schema:Place ."),
)
PREFIX: Final = (
    "PREFIX schema: <http://schema.org/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"
    "PREFIX sse: <https://w3id.org/ssekg/ontology#>\n"
)
# Many nodes that all reach each other: the pairs of pairs of pairs take longer than anyone waits.
ENDLESS_GRAPH: Final = graph_of("".join(f"<n{i}> schema:p <n{(i + 1) % 300}> . " for i in range(300)))
ENDLESS: Final = PREFIX + "SELECT (COUNT(*) AS ?n) { ?a schema:p* ?b . ?c schema:p* ?d . ?e schema:p* ?f }"


def children() -> set[int]:
    """The processes that this one has begun: other tests may have left it Python's own, which ends with it."""
    return {int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="utf-8").split()}


def rows(query: str, timeout: float | None = None) -> Sequence[Sequence[object]]:
    return ask(GRAPH, PREFIX + query, timeout).rows


@pytest.fixture(params=[None, 60], ids=["waiting", "with a timeout"])
def timeout(request: pytest.FixtureRequest) -> float | None:
    """The answers are the same with and without a timeout."""
    seconds: float | None = request.param
    return seconds


def test_select(timeout: float | None) -> None:
    answer = ask(GRAPH, PREFIX + "SELECT ?name ?nothing { <place/fes> schema:name ?name } ORDER BY ?name", timeout)
    assert answer.variables == ["name", "nothing"]
    assert sorted(answer.rows, key=str) == [
        [ox.Literal("Fès", language="fr"), None],
        [ox.Literal("فاس", language="ar"), None],
    ]


def test_ask(timeout: float | None) -> None:
    answer = ask(GRAPH, PREFIX + "ASK { <place/fes> a sse:Place }", timeout)
    assert (answer.variables, answer.rows) == (["answer"], [[ox.Literal(True)]])
    assert rows("ASK { <place/fes> a sse:Law }", timeout) == [[ox.Literal(False)]]


def test_construct(timeout: float | None) -> None:
    answer = ask(GRAPH, PREFIX + "CONSTRUCT { ?s a schema:Thing } WHERE { ?s a sse:Place }", timeout)
    assert answer.variables == ["subject", "predicate", "object"]
    rdf_type = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    assert answer.rows == [[iri("place/fes"), rdf_type, ox.NamedNode("http://schema.org/Thing")]]


def test_describe(timeout: float | None) -> None:
    assert {row[0] for row in rows("DESCRIBE <place/fes>", timeout)} == {iri("place/fes")}


def test_data_and_ontology_are_one_graph(timeout: float | None) -> None:
    found = rows("SELECT ?s { ?s a/rdfs:subClassOf schema:Place }", timeout)
    assert found == [[iri("place/fes")]]


def test_no_rows(timeout: float | None) -> None:
    assert rows("SELECT ?s { ?s a sse:Law }", timeout) == []


@pytest.mark.parametrize("query", ["SELECT * { ?s ?p ", "SELECT ?x { ?s nope:p ?x }", "", "INSERT DATA { <a> <b> 1 }"])
def test_a_query_that_does_not_parse(timeout: float | None, query: str) -> None:
    with pytest.raises(AskedWronglyError) as caught:
        rows(query, timeout)
    assert caught.value.code in {"query-syntax", "query-incomplete"}


def test_a_query_that_leaves_the_graph(timeout: float | None) -> None:
    with pytest.raises(AskedWronglyError) as caught:
        rows("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", timeout)
    assert caught.value.code == "query-leaves-graph"


def test_a_query_that_does_not_finish_is_given_up() -> None:
    before = children()
    with pytest.raises(CannotRunError) as caught:
        ask(ENDLESS_GRAPH, ENDLESS, 0.2)
    assert caught.value.code == "query-timeout"
    assert caught.value.arguments == {"seconds": "0.2"}
    assert children() == before  # nothing goes on in the background


def test_a_process_that_comes_to_grief_is_told_of() -> None:
    before = children()

    def kill() -> None:
        while not (begun := children() - before):
            time.sleep(0.01)
        os.kill(begun.pop(), signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(CannotRunError) as caught:
        ask(ENDLESS_GRAPH, ENDLESS, 60)
    killer.join()
    assert caught.value.code == "query-died"
    assert "SIGKILL" in caught.value.message("en")


def test_no_more_rows_are_looked_for_than_are_wanted(timeout: float | None) -> None:
    # All pairs of pairs would take longer, and more memory, than anyone has.
    pairs = "SELECT ?a ?c ?e ?g { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h }"
    assert len(ask(ENDLESS_GRAPH, pairs, timeout, 5).rows) == 5
    made = "CONSTRUCT { ?a ?p ?h } WHERE { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h }"
    assert len(ask(ENDLESS_GRAPH, made, timeout, 5).rows) == 5


def test_a_limit_beyond_the_rows_leaves_all() -> None:
    every = "SELECT ?s { ?s a sse:Place }"
    assert len(ask(GRAPH, PREFIX + every, limit=9).rows) == len(rows(every))
    assert ask(GRAPH, PREFIX + every, limit=0).rows == []
    assert ask(GRAPH, PREFIX + "ASK { ?s a sse:Place }", limit=0).rows == [[ox.Literal(True)]]


def test_a_function_that_is_not_known_is_the_fault_of_the_query() -> None:
    with pytest.raises(AskedWronglyError) as caught:
        rows("SELECT ?s { ?s a sse:Place FILTER(sse:far(?s)) }")
    assert "sse:far" in caught.value.message("en")


def test_a_long_answer_comes_whole_through_a_timeout() -> None:
    graph = graph_of("".join(f'<n{i}> schema:name "{"x" * 1000}" . ' for i in range(1000)))
    answer = ask(graph, "SELECT ?s ?o { ?s <http://schema.org/name> ?o }", 60)
    assert len(answer.rows) == 1000
