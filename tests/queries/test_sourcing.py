"""The sources of a row are those of the statements that made it, in this project and in another one."""

from dataclasses import replace
from typing import Final

import pyoxigraph as ox
import pytest

from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.queries.answers import Answer
from ssekg.queries.library import find_query, parse_query
from ssekg.queries.local import ask
from ssekg.queries.references import references
from ssekg.queries.results import Result, read_result
from ssekg.queries.selection import selection
from ssekg.queries.sourcing import sources_by_row
from tests.graphs import graph_of

PREFIXES: Final = """PREFIX dct: <http://purl.org/dc/terms/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX sse: <https://w3id.org/ssekg/ontology#>
"""
GRAPH: Final = graph_of("""
<place/morocco> a sse:Country ; skos:prefLabel "Maroc"@fr ; dct:source <source/codes> .
<place/fes> a sse:City ; sse:within <place/morocco> ; dct:source <source/map> .
<programme/p> sse:owner <institution/i> ; sse:places <place/morocco> ; sse:start "2020" ; sse:end "2021" ;
  dct:source <source/page> .
<institution/i> dct:source <source/directory> .
<programme/p#f1> sse:figureOf <programme/p> ; sse:place <place/morocco> ; sse:value 62 ; dct:source <source/figures> .
<programme/p#f2> sse:figureOf <programme/p> ; sse:value 7 .
<programme/p#note> a sse:FieldNote ; sse:record <programme/p> ; sse:property sse:owner ;
  sse:linkedThing <institution/i> ; dct:source <source/decree> .
<programme/p#other> a sse:FieldNote ; sse:record <programme/p> ; sse:property sse:start ; sse:alternativeValue "2019" ;
  dct:source <source/rumour> .
<concept/b> skos:broader <concept/a> ; dct:source <source/list> .
""")


def sources_of(query: str, graph: Graph = GRAPH) -> dict[tuple[str, ...], list[str]]:
    """The sources of each row, both in short."""
    text = PREFIXES + query
    answer = Answer(parse_query("q", text), {}, read_result(graph.store.query(text, base_iri=graph.base)), graph)
    return {
        tuple(" ".join(map(answer.short, cell)) for cell in row): [answer.short(source) for source in sources]
        for row, sources in sources_by_row(answer).items()
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # a figure, not its programme and its place, though both are named
        (
            "SELECT ?p ?place ?v { ?f sse:figureOf ?p ; sse:place ?place ; sse:value ?v . ?place a sse:Country }",
            ["figures"],
        ),
        # a part without sources of its own
        ("SELECT ?v { ?f sse:figureOf ?p ; sse:value ?v FILTER(?v < 10) }", ["page"]),
        # a link with a note of its own
        ("SELECT ?p ?o { ?p sse:owner ?o }", ["decree"]),
        ("SELECT ?o (COUNT(?p) AS ?n) { ?p sse:owner ?o } GROUP BY ?o", ["decree"]),
        ("SELECT ?p ?o ?end { ?p sse:owner ?o ; sse:end ?end }", ["decree", "page"]),
        # what another source says instead is not where the value comes from
        ("SELECT ?p ?start { ?p sse:start ?start }", ["page"]),
        # what is on the way, excluded, or only compared
        ("SELECT ?v { ?f sse:value ?v ; sse:place ?x . ?x skos:prefLabel ?name }", ["figures"]),
        ("SELECT ?p { ?p sse:end ?e . FILTER NOT EXISTS { ?f sse:figureOf ?p ; sse:value 3 } }", ["page"]),
        ("SELECT ?p ?end { ?p sse:end ?end MINUS { ?p sse:end 1 } }", ["page"]),
        ("SELECT ?v { ?f sse:value ?v { SELECT (MAX(?w) AS ?v) { ?g sse:value ?w } } }", ["figures"]),
        # a query within that chooses without counting
        ("SELECT ?v { ?p sse:end ?e { SELECT DISTINCT ?p ?v { ?f sse:figureOf ?p ; sse:value ?v } } FILTER(?v > 9) }",
         ["figures"]),
        # paths and nodes without a name
        ("SELECT ?f ?place { ?f sse:figureOf/sse:places ?place ; sse:value 62 }", ["figures", "page"]),
        ("SELECT ?f ?x { ?f ^sse:figureOf ?x . ?x sse:place|sse:other ?any }", ["figures"]),
        ("SELECT ?v { [ sse:value ?v ; sse:place <place/morocco> ] }", ["figures"]),
        ("SELECT ?place ?whole { ?place sse:within ?whole }", ["map"]),
        # nothing but what it is, or what is broader
        ("SELECT ?place { ?place a sse:Country }", ["codes"]),
        ("SELECT ?a { ?b skos:broader ?a }", ["list"]),
        ("SELECT * { ?f sse:value 62 ; sse:figureOf ?p }", ["figures"]),
        ("SELECT ?s ?p { ?p sse:end ?e ; dct:source ?s }", ["page"]),
        ("CONSTRUCT { ?p sse:owner ?o } WHERE { ?p sse:owner ?o }", ["decree"]),
    ],
)  # fmt: skip
def test_the_sources_of_a_row(query: str, expected: list[str]) -> None:
    found = sources_of(query)
    assert len(found) == 1
    assert list(found.values()) == [[f"source/{name}" for name in expected]]


def test_a_question_of_yes_or_no_has_no_rows_to_trace() -> None:
    assert sources_of("ASK { ?s ?p ?o }") == {}


def test_the_share_of_women_of_a_programme_is_said_by_one_source(project: Project, graph: Graph) -> None:
    """The row names its place as well, whose codes come from a Python package."""
    asked = {"record": [ox.NamedNode(f"{graph.base}programme/moazara")]}
    answer = Answer(find_query(project, "figures-of-a-record"), asked, Result([], []), graph)
    answer = replace(answer, result=ask(graph, answer.text))
    indicator = ox.NamedNode(f"{graph.base}concept/share-of-women-among-beneficiaries")
    (sources,) = (sources for row, sources in sources_by_row(answer).items() if (indicator,) in row)
    assert [answer.short(source) for source in sources] == ["source/map-moazara5"]


def test_what_is_selected_is_read_with_what_it_is_made_of() -> None:
    found = selection(
        "PREFIX x: <urn:y> SELECT DISTINCT ?a (?b AS ?c) (ROUND(?d / ?e) AS ?f) WHERE { ?a ?b ?c } VALUES ?z { 1 }"
    )
    assert found is not None
    assert [(each.name, each.source, each.made_of) for each in found.selected] == [
        ("a", "a", ("a",)),
        ("c", "b", ("b",)),
        ("f", "", ("d", "e")),
    ]
    assert found.where == "{ ?a ?b ?c }"
    assert found.values == "VALUES ?z { 1 }"
    assert selection("ASK { }") is None
    assert isinstance(ox.Store().query(found.unfolded), ox.QuerySolutions)


def test_prefixes_of_the_project_and_named_graphs_are_known_to_who_asks_for_sources() -> None:
    graph = graph_of("<programme/p> sse:owner <institution/i> ; dct:source <source/page> .")
    for query in ("SELECT ?o { ?p sse:owner ?o }", "SELECT ?o { GRAPH ?source { ?p sse:owner ?o } }"):
        answer = Answer(parse_query("q", query), {}, ask(graph, query), graph)
        (sources,) = sources_by_row(answer).values()
        assert [answer.short(source) for source in sources] == ["source/page"], query


def test_the_sources_of_a_row_are_in_the_order_of_their_numbers() -> None:
    graph = graph_of("""
    <programme/a> sse:start "2019" ; dct:source <source/z> .
    <programme/b> sse:start "2020" ; dct:source <source/m>, <source/z> .
    """)
    query = "SELECT ?p ?start { ?p sse:start ?start } ORDER BY ?start"
    answer = Answer(parse_query("q", query), {}, ask(graph, query), graph)
    numbers = [[each.number for each in row] for row in references(answer, answer.rows, "fr").rows]
    assert numbers == [[1], [1, 2]]
