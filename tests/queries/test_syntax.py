"""Queries stay inside the graph, and parameters are bound without ever becoming syntax."""

from typing import Final

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ssekg.base.errors import AskedWronglyError
from ssekg.queries.local import ask
from ssekg.queries.mistakes import mistake, refuse_mistakes
from ssekg.queries.parameters import Term
from ssekg.queries.syntax import bind, tokens, with_limit
from tests.graphs import BASE, canonical, graph_of, iri, parsed

PROLOGUE: Final = "PREFIX : <http://127.0.0.1:1/> PREFIX ex: <http://ex.example/> PREFIX schema: <http://schema.org/>\n"
ENDPOINT: Final = "<http://127.0.0.1:1/sparql>"
GRAPH: Final = graph_of("""
<place/fes> schema:name "Fès"@fr ; schema:value 1 .
<place/oujda> schema:name "Oujda"@fr ; schema:value 2 .
<place/taza> schema:name "Taza"@fr ; schema:value 3 .
""")


# What leaves the graph


@pytest.mark.parametrize(
    ("query", "clause"),
    [
        (f"SELECT * {{ SERVICE {ENDPOINT} {{ ?s ?p ?o }} }}", "SERVICE"),
        (f"SELECT * {{ service {ENDPOINT} {{ ?s ?p ?o }} }}", "SERVICE"),
        (f"SELECT * {{ SeRvIcE SILENT {ENDPOINT} {{ ?s ?p ?o }} }}", "SERVICE"),
        ("SELECT * { SERVICE ?where { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { SERVICE ex:endpoint { ?s ?p ?o } }", "SERVICE"),
        (f"SELECT * {{ OPTIONAL {{ ?a ?b ?c }}SERVICE{ENDPOINT}{{ ?s ?p ?o }} }}", "SERVICE"),
        (f"SELECT * {{ {{ SELECT ?s {{ ?s ?p ?o SERVICE {ENDPOINT} {{ ?s ?p ?o }} }} }} }}", "SERVICE"),
        (f"ASK {{ FILTER EXISTS {{ SERVICE {ENDPOINT} {{ ?s ?p ?o }} }} }}", "SERVICE"),
        (f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE {ENDPOINT} {{ ?s ?p ?o }} }}", "SERVICE"),
        (f"SELECT * {{ ?s ?p ?o # comment\n SERVICE {ENDPOINT} {{ ?s ?p ?o }} }}", "SERVICE"),
        (f"SELECT * {{ ?s ?p 'it\\'s' SERVICE {ENDPOINT} {{ ?s ?p ?o }} FILTER(?o = '') }}", "SERVICE"),
        (f"SELECT * {{ ?s ?p ex:a\\' . SERVICE {ENDPOINT} {{ ?s ?p ?o }} FILTER(?o = '') }}", "SERVICE"),
        (f"SELECT * {{ ?s ?p ex:a\\# . SERVICE {ENDPOINT} {{ ?s ?p ?o }}\n }}", "SERVICE"),
        (f"SELECT * {{ ?s ?p <http://ex.example/\\u0041#b> . SERVICE {ENDPOINT} {{ ?s ?p ?o }}\n }}", "SERVICE"),
        ("SELECT * FROM <http://ex.example/graph> { ?s ?p ?o }", "FROM"),
        ("SELECT * from named <http://ex.example/graph> { ?s ?p ?o }", "FROM"),
        ("CONSTRUCT FROM <http://ex.example/graph> WHERE { ?s ?p ?o }", "FROM"),
        ("DESCRIBE <place/fes> From ex:graph", "FROM"),
    ],
)
def test_clauses_that_leave_the_graph_are_refused(query: str, clause: str) -> None:
    with pytest.raises(AskedWronglyError) as caught:
        ask(GRAPH, PROLOGUE + query)
    assert caught.value.code == "query-leaves-graph"
    assert caught.value.arguments == {"clause": clause}


@pytest.mark.parametrize(
    "query",
    [
        # To the engine, which knows no tokens, these are clauses too.
        "SELECT * { SERVICE:x { ?s ?p ?o } }",
        f"SELECT * {{ SERVICESILENT{ENDPOINT} {{ ?s ?p ?o }} }}",
        "SELECT * { serviceSilent:x { ?s ?p ?o } }",
        f"SELECT * {{ ?s ?p trueSERVICE{ENDPOINT} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ ?s ?p ?o FILTER(?s<'x'&&'>'=?o)SERVICE{ENDPOINT}{{ ?s ?p ?o }}FILTER('a'='a') }}",
        "SELECT * FROM:x { ?s ?p ?o }",
        "SELECT * FROMNAMED<http://ex.example/graph> { ?s ?p ?o }",
    ],
)
def test_clauses_that_only_the_engine_sees_are_refused(query: str) -> None:
    with pytest.raises(AskedWronglyError):
        refuse_mistakes(PROLOGUE + query)


@pytest.mark.parametrize(
    "pattern",
    [
        '?s schema:name ?o FILTER(?o != "SERVICE <x> FROM")',
        "?s schema:name ?o FILTER(?o != 'it\\'s SERVICE FROM')",
        '?s schema:name ?o FILTER(?o != """a "SERVICE"\nFROM""")',
        '?s schema:name ?o FILTER(?o != "service"@from)',
        "?s schema:name ?o # SERVICE <x> { FROM\n",
        "?s schema:name ?o FILTER(?s != <http://service.example/from#service>)",
        "?s schema:name ?o FILTER(?s != <service/from>)",
        "?s schema:name ?o BIND(1 AS ?service) BIND(2 AS $from)",
        "?s schema:name ?o FILTER(?s != service:x && ?s != ex:from && ?s != from:service)",
        "?s schema:name ?o OPTIONAL { service:x ex:service ex:from }",
        "?s schema:name ?o MINUS { GRAPH service:x { ?s ?p ?o } }",
    ],
)
def test_the_words_may_stand_where_they_are_no_clauses(pattern: str) -> None:
    prefixes = "PREFIX service: <http://service.example/> PREFIX from: <http://from.example/>\n"
    answer = ask(GRAPH, f"{PROLOGUE}{prefixes}SELECT ?s ?o {{ {pattern} }}")
    assert len(answer.rows) == 3


def test_a_query_that_does_not_parse_is_told_so_though_it_has_the_words() -> None:
    with pytest.raises(AskedWronglyError) as caught:
        ask(GRAPH, 'SELECT * { ?s ?p "at your service" ')
    assert caught.value.code == "query-incomplete"


# Binding


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?x ?n WHERE { ?x schema:name ?n }",
        "SELECT ?x ?n { ?x schema:name ?n }",
        "select ?x ?n where{?x schema:name ?n}",
        "SELECT ?x ?n # the braces { of a comment }\nWHERE # and { here\n{ ?x schema:name ?n }",
        '#+ title: {ar: "{", en: "}"}\nSELECT ?x ?n WHERE { ?x schema:name ?n }',
        "SELECT ?x ?n (STR('{') AS ?brace) WHERE { ?x schema:name ?n }",
        "SELECT ?x ?n (EXISTS { ?x schema:nothing ?m } AS ?b) WHERE { ?x schema:name ?n }",
        "SELECT ?x ?n WHERE { { SELECT ?x ?n WHERE { ?x schema:name ?n } } }",
        "SELECT ?x ?n WHERE { ?x schema:name ?n { SELECT (COUNT(*) AS ?c) WHERE { ?a ?b ?d } } }",
        "SELECT ?x ?n WHERE { { ?x schema:name ?n } UNION { ?x schema:nothing ?n } } ORDER BY ?n",
        "SELECT DISTINCT ?x ?n WHERE { ?x ?p ?n FILTER(?p = schema:name) } GROUP BY ?x ?n HAVING (COUNT(*) > 0)",
    ],
)
def test_a_bound_variable_narrows_a_select(query: str) -> None:
    answer = ask(GRAPH, PROLOGUE + bind(query, {"x": [iri("place/fes"), iri("place/taza")]}))
    assert {row[0] for row in answer.rows} == {iri("place/fes"), iri("place/taza")}
    assert len(answer.rows) == 2


def test_what_is_counted_is_narrowed_before_it_is_counted() -> None:
    query = "SELECT (COUNT(?n) AS ?count) WHERE { ?x schema:name ?n }"
    assert ask(GRAPH, PROLOGUE + bind(query, {"x": [iri("place/fes"), iri("place/taza")]})).rows == [[ox.Literal(2)]]


@pytest.mark.parametrize(
    "query",
    [
        "CONSTRUCT { ?x schema:name ?n } WHERE { ?x schema:name ?n }",
        "CONSTRUCT { ?x schema:name ?n } { ?x schema:name ?n }",
        "CONSTRUCT{?x schema:name ?n}WHERE{?x schema:name ?n}",
        "CONSTRUCT { ?x schema:name ?n . ?l rdf:rest () } WHERE { ?x schema:name ?n }",
        "CONSTRUCT # {\n{ ?x schema:name ?n } # }\n WHERE { ?x schema:name ?n }",
        "CONSTRUCT WHERE { ?x schema:name ?n }",
        "construct where { ?x schema:name ?n } # the end",
        "CONSTRUCT WHERE { ?x schema:name ?n } ORDER BY ?n LIMIT 5",
    ],
)
def test_a_bound_variable_narrows_a_construct(query: str) -> None:
    rdf = "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>\n"
    answer = ask(GRAPH, PROLOGUE + rdf + bind(query, {"x": [iri("place/fes")]}))
    assert canonical(ox.Triple(*row) for row in answer.rows) == canonical(  # type: ignore[arg-type]
        parsed('<place/fes> schema:name "Fès"@fr .')
    )


def test_ask_and_describe_are_narrowed_too() -> None:
    for query in ("ASK { ?x schema:value 1 }", "ASK WHERE { ?x schema:value 1 }"):
        assert ask(GRAPH, PROLOGUE + bind(query, {"x": [iri("place/fes")]})).rows == [[ox.Literal(True)]]
        assert ask(GRAPH, PROLOGUE + bind(query, {"x": [iri("place/taza")]})).rows == [[ox.Literal(False)]]
    described = ask(GRAPH, PROLOGUE + bind("DESCRIBE ?x WHERE { ?x schema:name ?n }", {"x": [iri("place/fes")]}))
    assert {row[0] for row in described.rows} == {iri("place/fes")}


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?x ?v WHERE { ?x schema:value ?v }",
        "CONSTRUCT { ?x schema:value ?v } WHERE { ?x schema:value ?v }",
        "CONSTRUCT WHERE { ?x schema:value ?v }",
    ],
)
def test_two_bound_variables_both_hold(query: str) -> None:
    bound: dict[str, list[Term]] = {"x": [iri("place/fes"), iri("place/oujda")], "v": [ox.Literal(2), ox.Literal(3)]}
    (row,) = ask(GRAPH, PROLOGUE + bind(query, bound)).rows
    assert row[0] == iri("place/oujda")


def test_what_is_not_bound_stays_free() -> None:
    query = "SELECT ?x WHERE { ?x schema:value ?v }"
    assert bind(query, {}) == query
    assert len(ask(GRAPH, PROLOGUE + bind(query, {"v": [ox.Literal(1)]})).rows) == 1


def test_a_query_without_a_group_cannot_be_bound() -> None:
    with pytest.raises(AskedWronglyError, match="WHERE"):
        bind("DESCRIBE <place/fes>", {"x": [iri("place/fes")]})


@pytest.mark.parametrize(
    ("query", "limited"),
    [
        ("SELECT ?x { ?x ?p ?o }", "SELECT ?x { ?x ?p ?o } LIMIT 1"),
        ("SELECT ?x { ?x ?p ?o } ORDER BY ?x # LIMIT", "SELECT ?x { ?x ?p ?o } ORDER BY ?x LIMIT 1"),
        ("SELECT ?x { ?x ?p ?o } VALUES ?o { 1 }", "SELECT ?x { ?x ?p ?o } LIMIT 1 VALUES ?o { 1 }"),
        (
            "SELECT ?x { { SELECT ?x { ?x ?p ?o } LIMIT 9 } }",
            "SELECT ?x { { SELECT ?x { ?x ?p ?o } LIMIT 9 } } LIMIT 1",
        ),
        ("SELECT ?x { ?x ?p ?o } LIMIT 2", "SELECT ?x { ?x ?p ?o } LIMIT 2"),
        ("ASK { ?x ?p ?o }", "ASK { ?x ?p ?o }"),
    ],
)
def test_a_limit_goes_where_the_grammar_has_it(query: str, limited: str) -> None:
    text = with_limit(query, 1)
    assert [token for _, token, _ in tokens(text)] == [token for _, token, _ in tokens(limited)]
    assert mistake(text) is None
    assert with_limit(query, None) == query


ECHO: Final = "SELECT ?_text WHERE { }"
TEXTS: Final = st.text(st.one_of(st.sampled_from("\"'\\{}<>?$#@^\n\r\t.;\u2028فاس"), st.characters(codec="utf-8")))
TERMS: Final = st.one_of(
    TEXTS.map(ox.Literal),
    TEXTS.map(lambda text: ox.Literal(text, language="ar")),
    TEXTS.map(lambda text: ox.Literal(text, datatype=ox.NamedNode(BASE + "datatype"))),
    st.integers().map(ox.Literal),
)


@given(TERMS)
@example(ox.Literal('" } } SELECT * { ?s ?p ?o } #'))
@example(ox.Literal("\\"))
@example(ox.Literal('"""'))
@example(ox.Literal("a\nb\r\nc\td\x00\x07\x7f"))
@example(ox.Literal("SERVICE <http://127.0.0.1:1/> { FROM }"))
@example(ox.Literal("الاقتصاد «الاجتماعي» \u2068و\u2069"))
@example(ox.Literal("\\u0022 } #"))
def test_any_text_comes_back_as_the_same_term(term: ox.Literal) -> None:
    assert ask(graph_of(""), bind(ECHO, {"_text": [term]})).rows == [[term]]


@given(st.lists(TERMS, min_size=1, max_size=4))
def test_lists_come_back_as_they_were_given(terms: list[ox.Literal]) -> None:
    assert ask(graph_of(""), bind(ECHO, {"_text": terms})).rows == [[term] for term in terms]


def test_a_query_that_nests_without_end_is_refused() -> None:
    with pytest.raises(AskedWronglyError) as caught:
        refuse_mistakes("SELECT * WHERE " + "{" * 100_000 + "}" * 100_000)
    assert caught.value.code == "query-too-deep"
    refuse_mistakes("SELECT * WHERE " + "{" * 100 + "}" * 100)
