"""ConstraintResults for people and for programs."""

import json
from typing import Final

import pyoxigraph as ox
import pytest

from ssekg.base.namespaces import XSD
from ssekg.queries.parameters import Term
from ssekg.queries.results import Result, as_json, shown
from tests.graphs import graph_of, iri

GRAPH: Final = graph_of("""
<place/fes> skos:prefLabel "فاس"@ar, "Fès"@fr ; dct:source <source/hcp-2024>, <source/b> .
<law/l> dct:source <source/bo-1> .
<source/other> a sse:Source . <place/taza> dct:source <survey/s-1> .
<source/hcp-2024> dct:title "Recensement"@fr .
""")
ANSWER: Final = Result(
    ["thing", "value"],
    [
        [iri("place/fes"), ox.Literal(1)],
        [iri("law/l"), iri("place/fes")],
        [iri("source/other"), None],
        [None, ox.Literal("x")],
        [iri("survey/s-1"), iri("place/oujda")],
    ],
)


def test_sources_of_the_records_in_a_row() -> None:
    answer = ANSWER.with_sources(GRAPH)
    assert answer.variables == ["thing", "value", "sources"]
    assert [row[-1] for row in answer.rows] == [
        ox.Literal("b, hcp-2024"),
        ox.Literal("b, bo-1, hcp-2024"),
        ox.Literal("other"),
        ox.Literal(""),
        ox.Literal("s-1"),
    ]
    assert [row[:-1] for row in answer.rows] == ANSWER.rows


@pytest.mark.parametrize(
    ("term", "language", "expected"),
    [
        (None, "fr", ""),
        (iri("place/fes"), "fr", "Fès"),
        (iri("place/fes"), "ar", "فاس"),
        (iri("source/hcp-2024"), "fr", "Recensement"),
        (iri("event/unnamed"), "fr", "event/unnamed"),
        (ox.NamedNode("http://purl.org/dc/terms/source"), "fr", "dct:source"),
        (ox.NamedNode("https://example.net/x"), "fr", "https://example.net/x"),
        (ox.Literal("007", datatype=ox.NamedNode(XSD + "integer")), "fr", "007"),
        (ox.Literal("texte", language="fr"), "en", "texte"),
    ],
)
def test_terms_are_shown_by_their_names(term: ox.NamedNode | ox.Literal | None, language: str, expected: str) -> None:
    assert shown(term, GRAPH, language) == expected


def test_json_is_that_of_sparql() -> None:
    node = ox.BlankNode("node")
    terms: list[Term | None] = [
        iri("place/fes"),
        node,
        ox.Literal("x"),
        ox.Literal("فاس", language="ar"),
        ox.Literal("007", datatype=ox.NamedNode(XSD + "integer")),
        None,
    ]
    answer = Result(["iri", "node", "text", "tagged", "typed", "nothing"], [terms])
    assert as_json(answer) == {
        "head": {"vars": ["iri", "node", "text", "tagged", "typed", "nothing"]},
        "results": {
            "bindings": [
                {
                    "iri": {"type": "uri", "value": "https://example.org/id/place/fes"},
                    "node": {"type": "bnode", "value": "node"},
                    "text": {"type": "literal", "value": "x"},
                    "tagged": {"type": "literal", "value": "فاس", "xml:lang": "ar"},
                    "typed": {"type": "literal", "value": "007", "datatype": XSD + "integer"},
                }
            ]
        },
    }
    read = ox.parse_query_results(json.dumps(as_json(answer)).encode(), ox.QueryResultsFormat.JSON)
    assert isinstance(read, ox.QuerySolutions)
    assert [list(solution) for solution in read] == [terms]
