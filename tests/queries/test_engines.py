"""The same question has the same rows in three engines: pyoxigraph, Virtuoso, and rdflib over a small graph."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Final

import pyoxigraph as ox
import pytest
import rdflib

from ssekg.base.errors import AskedWronglyError, CannotRunError, SsekgError
from ssekg.graph.store import Graph, build_graph
from ssekg.project.settings import read_project
from ssekg.queries.library import read_queries
from ssekg.queries.local import ask
from ssekg.queries.parameters import Term, bindings
from ssekg.queries.remote import ask_endpoint
from ssekg.queries.syntax import bind
from ssekg.queries.transport import Credentials
from ssekg.shacl.derivation import with_derived
from tests.conftest import SECOND
from tests.queries.test_canned import CASES, QUERIES, Case, case_id
from tests.queries.virtuoso import MOST_ROWS, Virtuoso, running_virtuoso

# What Virtuoso 7.2.5 answers wrongly, and how; each is valid SPARQL 1.1, which the other engines answer alike.
WRONG_IN_VIRTUOSO: Final = {
    "part-des-femmes": "whole numbers (19 for 19.6: it divides integers as integers)",
    "participants-of-an-event": "rows are missing (partOfEvent* from a value that VALUES gives)",
    "quais-d-une-zone": "points of other coordinates (it keeps them with single precision)",
    "what-a-law-changes": "refused: SP031, internal error (VALUES inside FILTER NOT EXISTS)",
}
# What it answers wrongly in some runs and rightly in others.
UNSTEADY_IN_VIRTUOSO: Final = {
    "cooperatives-per-10000-inhabitants": "rows are missing, by the plan that it makes (two subqueries that group)",
    "figures-that-disagree": "rows come twice (COALESCE of what is unbound)",
}
# What rdflib can't answer of a whole graph, and why.
BEYOND_RDFLIB: Final = {
    "counts-lower-than-an-earlier-one": "takes long: it joins two groups by pairing all of their rows",
    "figures-that-disagree": "takes long, for the same reason",
    "partners-by-programme": "TypeError: it can't put rows in order by what is unbound",
    "totals-implied-by-shares": "the same TypeError",
    "womens-share": "takes long: half a minute",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    with running_virtuoso(tmp_path_factory.mktemp("virtuoso")) as running:
        yield running


@pytest.fixture(scope="module")
def graph(whole: Graph) -> Graph:
    return whole


@pytest.fixture(scope="module")
def loaded(server: Virtuoso, graph: Graph) -> Virtuoso:
    server.load(graph)
    return server


def rows(found: object) -> list[tuple[str, ...]]:
    """The rows of a result in order, each term by its value: Virtuoso writes numbers in its own way."""
    return sorted(tuple(map(_value, row)) for row in found)  # type: ignore[attr-defined]


def _value(term: Term | None) -> str:
    if not isinstance(term, ox.Literal):
        return "" if term is None else str(term)
    kind = term.datatype.value.rpartition("#")[2]
    if kind == "boolean" or kind.endswith("nteger"):  # an expression that is true or false is 1 or 0 in Virtuoso
        return {"true": "1", "false": "0"}.get(term.value, term.value)
    if kind in {"decimal", "double", "float"}:
        return f"{float(term.value):.6g}"
    return f"{term.value}@{term.language or kind}"


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.name not in WRONG_IN_VIRTUOSO | UNSTEADY_IN_VIRTUOSO], ids=case_id
)
def test_virtuoso_answers_as_the_graph_here(case: Case, graph: Graph, loaded: Virtuoso) -> None:
    query = QUERIES[case.name]
    text = bind(query.text, bindings(query.parameters, case.parameters, graph))
    assert rows(ask_endpoint(loaded.address, text, graph.base, 60).rows) == rows(ask(graph, text).rows)


@pytest.mark.parametrize("name", [name for name in QUERIES if name in WRONG_IN_VIRTUOSO])
def test_what_virtuoso_answers_wrongly_is_still_wrong(name: str, graph: Graph, loaded: Virtuoso) -> None:
    """Once it is right, it has no place in the table any longer."""
    query = QUERIES[name]
    texts = [
        bind(query.text, bindings(query.parameters, case.parameters, graph)) for case in CASES if case.name == name
    ]
    right = 0
    for text in texts:
        with suppress(SsekgError):
            right += rows(ask_endpoint(loaded.address, text, graph.base, 60).rows) == rows(ask(graph, text).rows)
    assert right < len(texts)


def test_yes_and_no_of_virtuoso(graph: Graph, loaded: Virtuoso) -> None:
    for question, answer in (("ASK { <place/fes-meknes> ?p ?o }", True), ("ASK { <place/nowhere> ?p ?o }", False)):
        assert ask_endpoint(loaded.address, question, graph.base).rows == [[ox.Literal(answer)]]


def test_virtuoso_cuts_answers_and_says_so(graph: Graph, loaded: Virtuoso) -> None:
    everything = "SELECT * { ?s ?p ?o }"
    with pytest.raises(CannotRunError) as by_rows:
        ask_endpoint(loaded.address, everything, graph.base)
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f FILTER(?b < ?d) }"
    with pytest.raises(CannotRunError) as by_time:
        ask_endpoint(f"{loaded.address}?timeout=1000", endless, graph.base)
    assert by_rows.value.code == by_time.value.code == "endpoint-cut"
    assert len(ask_endpoint(loaded.address, everything, graph.base, limit=MOST_ROWS - 1).rows) == MOST_ROWS - 1


def test_virtuoso_does_not_know_us(graph: Graph, loaded: Virtuoso) -> None:
    with pytest.raises(CannotRunError) as caught:
        ask_endpoint(f"{loaded.home}/sparql-auth", "ASK {}", graph.base, known=Credentials("me", "me"))
    assert caught.value.code == "endpoint-credentials"


def test_virtuoso_says_what_it_does_not_like(graph: Graph, loaded: Virtuoso) -> None:
    query = QUERIES["what-a-law-changes"]
    with pytest.raises(AskedWronglyError) as caught:
        ask_endpoint(loaded.address, query.text, graph.base)
    assert "SP031" in caught.value.message("ar")


@pytest.fixture(scope="module")
def in_rdflib(graph: Graph) -> rdflib.Graph:
    return _in_rdflib(graph)


def _in_rdflib(graph: Graph) -> rdflib.Graph:
    content = bytes(ox.serialize([*graph.vocabulary, *graph.triples], format=ox.RdfFormat.N_TRIPLES) or b"")
    return rdflib.Graph().parse(data=content, format="nt")


def _from_rdflib(graph: rdflib.Graph, text: str, base: str) -> list[tuple[str, ...]]:
    content = graph.query(text, base=base).serialize(format="json")
    return rows(ox.parse_query_results(content or b"", ox.QueryResultsFormat.JSON))


@pytest.mark.parametrize("name", [name for name in QUERIES if name not in BEYOND_RDFLIB])
def test_rdflib_answers_as_the_graph_here(name: str, graph: Graph, in_rdflib: rdflib.Graph) -> None:
    query = QUERIES[name]
    case = next(case for case in CASES if case.name == name)
    text = bind(query.text, bindings(query.parameters, case.parameters, graph))
    assert _from_rdflib(in_rdflib, text, graph.base) == rows(ask(graph, text).rows)


def test_the_engines_agree_on_another_project(server: Virtuoso) -> None:
    project = read_project(SECOND)
    graph = with_derived(project, build_graph(project))[0]
    server.load(graph)
    there = _in_rdflib(graph)
    for query in read_queries(project):
        expected = rows(ask(graph, query.text).rows)
        assert expected, query.name
        assert _from_rdflib(there, query.text, graph.base) == expected, query.name
        virtuoso = f"{server.address}?default-graph-uri={graph.base}graph"
        found = rows(ask_endpoint(virtuoso, query.text, graph.base, 60).rows)
        assert (found == expected) is (query.name not in WRONG_IN_VIRTUOSO), query.name
