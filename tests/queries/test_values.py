"""The values that have rows are those that give rows, as many as are counted."""

import re
from typing import Final

import pyoxigraph as ox
import pytest

from ssekg.base.errors import AskedWronglyError
from ssekg.checks.run import CheckedGraph
from ssekg.graph.store import Graph
from ssekg.queries import values
from ssekg.queries.answers import Answer
from ssekg.queries.library import Query, parse_query, read_queries
from ssekg.queries.local import ask
from ssekg.queries.parameters import Parameter, bound, readings
from ssekg.queries.syntax import bind
from ssekg.queries.values import Value, read_given, telling, values_with_rows
from tests.graphs import graph_of

# Whose values would be any number or day.
WITHOUT_END: Final = {"decimal", "date", "integer", "string"}


def rows_for(query: Query, given: list[tuple[str, str]], graph: Graph) -> int:
    optional = [each for each in query.parameters if not each.required or each.name in dict(given)]
    terms = bound(readings(optional, given, graph))
    return len(Answer(query, {}, ask(graph, bind(query.text, terms)), graph).rows)


def test_every_value_has_as_many_rows_as_are_counted(any_checked: CheckedGraph, any_whole: Graph) -> None:
    queries = read_queries(any_checked.project)
    checked = 0
    for query in queries:
        for parameter in query.parameters:
            values = values_with_rows(query, parameter, any_whole)
            assert bool(values) == (parameter.type not in WITHOUT_END), (query.name, parameter.name)
            for value in (*values[:2], *values[-1:]):
                given = [(parameter.name, value.written(any_whole))]
                assert rows_for(query, given, any_whole) == value.rows, (query.name, given)
                checked += 1
    assert checked > len(queries)


def test_every_value_is_found_by_its_name_in_each_language(any_checked: CheckedGraph, any_whole: Graph) -> None:
    """By IRI and id too; where things have one name, the message has the first ids and how many more there are."""
    asked = set()
    for query in read_queries(any_checked.project):
        for parameter in query.parameters:
            for value in values_with_rows(query, parameter, any_whole)[:3]:
                written = value.written(any_whole)
                for name in {written, value.term.value, *value.labels(any_whole).values()}:
                    if (parameter.type, name) not in asked:
                        asked.add((parameter.type, name))
                        read = read_as(parameter, name, any_whole)
                        assert written in read or re.search(r" and \d+ more", read), (query.name, parameter.name, name)


def read_as(parameter: Parameter, text: str, graph: Graph) -> str:
    """What a text is read as, or the message where it can mean several things."""
    try:
        term = parameter.read(text, graph).term
    except AskedWronglyError as problem:
        return problem.message("en") if problem.code == "parameter-meaning" else ""
    return graph.shortened(term.value)


GRAPH: Final = graph_of("""
<place/a> a sse:Region ; skos:prefLabel "Est"@fr ; sse:year 2020, 2021 ; sse:isoCode "A" .
<place/b> a sse:Region ; skos:prefLabel "Ouest"@fr ; sse:year 2020 .
<place/c> a sse:Region ; skos:prefLabel "Sud"@fr .
<place/d> a sse:Province ; skos:prefLabel "Nord"@fr ; sse:year 2020 .
""")
HEADER: Final = """\
#+ params:
#+   - {name: region, type: "sse:Region", required: true}
"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("SELECT ?year { ?_region_iri sse:year ?year }", [("place/a", 2), ("place/b", 1)]),
        (
            "SELECT ?year { ?r sse:year ?year FILTER(!BOUND(?_region_iri) || ?r = ?_region_iri) }",
            [("place/a", 2), ("place/b", 1)],
        ),
        ("SELECT ?year { ?r sse:year ?year FILTER(?r = ?_region_iri) }", [("place/a", 2), ("place/b", 1)]),
        ("SELECT (COUNT(*) AS ?n) { ?_region_iri sse:year ?year }", [("place/a", 1), ("place/b", 1)]),
        ("SELECT ?year { ?_region_iri sse:founded ?year }", []),
        ("ASK { ?_region_iri sse:year ?year }", []),
    ],
)
def test_values_are_counted_however_the_query_uses_them(body: str, expected: list[tuple[str, int]]) -> None:
    query = parse_query("q", f"{HEADER}PREFIX sse: <https://w3id.org/ssekg/ontology#>\n{body}")
    found = values_with_rows(query, query.parameters[0], GRAPH)
    assert [(each.written(GRAPH), each.rows) for each in found] == expected


def test_rows_that_are_one_fact_count_once() -> None:
    body = "PREFIX sse: <https://w3id.org/ssekg/ontology#> SELECT ?year { ?_region_iri sse:year ?year }"
    query = parse_query("q", f"{HEADER}#+ gather: [year]\n{body}")
    assert [each.rows for each in values_with_rows(query, query.parameters[0], GRAPH)] == [1, 1]


@pytest.mark.parametrize("given", [[], [("region", "Nord")], [("region", "Middle")]])
def test_a_message_about_a_parameter_lists_the_values_that_have_rows(given: list[tuple[str, str]]) -> None:
    body = "PREFIX sse: <https://w3id.org/ssekg/ontology#> SELECT ?year { ?_region_iri sse:year ?year }"
    query = parse_query("q", HEADER + body)
    with pytest.raises(AskedWronglyError) as caught:
        read_given(query, given, GRAPH)
    for language in ("ar", "fr", "en"):
        hint = caught.value.hint(language) or ""
        assert hint.index("place/a") < hint.index("place/b")
        assert "place/c" not in hint
        assert ("place/d" in hint) == (given == [("region", "Nord")])


def test_a_term_that_is_a_blank_node_is_no_value() -> None:
    graph = graph_of("[ sse:year 2020 ] . <place/a> a sse:Region ; sse:year 2020 .")
    text = (
        "#+ params:\n#+   - {name: x, type: iri}\nSELECT ?year { ?_x_iri <https://w3id.org/ssekg/ontology#year> ?year }"
    )
    query = parse_query("q", text)
    assert [each.term for each in values_with_rows(query, query.parameters[0], graph)] == [
        ox.NamedNode(graph.base + "place/a")
    ]


def test_the_most_telling_value_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(values, "_MOST_READ", 10)
    things = [Value(ox.NamedNode(f"https://a.example/{rows}"), rows) for rows in (5000, 11, 10, 3)]
    assert telling(things).rows == 10
    assert telling(things[:2]).rows == 11  # all have too many: that with fewest
    years = [Value(ox.Literal(str(year)), rows) for year, rows in ((2020, 99), (2021, 2), (2022, 7))]
    assert telling(years).term == ox.Literal("2021")
