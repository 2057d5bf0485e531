"""The things of a kind, a class or a concept scheme."""

from typing import Final

import pytest

from ssekg.graph.members import members, sort_labels, sorts
from ssekg.graph.store import Graph
from tests.graphs import BASE, ONTOLOGY, graph_of, parsed

GRAPH: Final = graph_of("""
<place/a> a sse:Region . <place/b> a sse:Province . <place/c> schema:name "c" .
<concept/x> a skos:Concept ; skos:inScheme <concept/list> . <concept/y> a skos:Concept .
<concept/empty> a skos:ConceptScheme .
<concept/list> a skos:ConceptScheme ; skos:prefLabel "Liste"@fr .
""")


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("place", {"place/a", "place/b", "place/c"}),
        ("sse:Region", {"place/a"}),
        ("concept/list", {"concept/x"}),
        ("https://example.org/id/concept/list", {"concept/x"}),
        ("concept/empty", set()),
        ("concept", {"concept/x", "concept/y", "concept/list", "concept/empty"}),
    ],
)
def test_things_of_a_sort(sort: str, expected: set[str]) -> None:
    found = members(GRAPH, sort)
    assert found is not None
    assert {GRAPH.shortened(iri) for iri in found} == expected


@pytest.mark.parametrize("sort", ["", "region", "sse:Nothing", "concept/x", "place/a", "<place>", "skos:inScheme"])
def test_what_is_no_sort(sort: str) -> None:
    assert members(GRAPH, sort) is None


def test_members_of_a_class_are_those_of_the_classes_below_it() -> None:
    below = parsed("sse:Region rdfs:subClassOf sse:Place . sse:Place a <http://www.w3.org/2002/07/owl#Class> .")
    graph = Graph(BASE, parsed("<place/a> a sse:Region ."), [*ONTOLOGY, *below])
    assert {graph.shortened(iri) for iri in members(graph, "sse:Place") or ()} == {"place/a"}


def test_all_sorts_are_known_and_have_names() -> None:
    assert {"place", "concept", "sse:Region", "sse:Province", "concept/list"} <= {*sorts(GRAPH)}
    assert all(members(GRAPH, sort) is not None for sort in sorts(GRAPH))
    assert sort_labels(GRAPH, "concept/list") == {"fr": "Liste"}
    assert sort_labels(GRAPH, "place")["fr"] == "Lieu"
