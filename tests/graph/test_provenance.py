"""Each triple is in the graphs of the sources that it comes from, and of no other."""

from typing import Final

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssekg.graph.canonical import in_order
from ssekg.graph.provenance import by_source, quads
from ssekg.graph.store import Graph
from ssekg.queries.results import read_result
from tests.graphs import BASE, iri, parsed

RECORD: Final = """
<law/a> skos:prefLabel "قانون"@ar, "Loi"@fr ; eli:number "1" ; dct:source <source/x>, <source/y> .
<concept/stated> skos:notation "stated" .
"""


def graphs(turtle: str) -> dict[str, set[str]]:
    """The sources of each value (its text, or its local name) of `<law/a>`, "" for the default graph."""
    found: dict[str, set[str]] = {}
    for quad in quads(by_source(in_order(parsed(turtle)))):
        if quad.subject in {iri("law/a"), iri("law/a#part")}:
            source = quad.graph_name.value.rpartition("/")[2] if isinstance(quad.graph_name, ox.NamedNode) else ""
            found.setdefault(quad.object.value.removeprefix(BASE), set()).add(source)  # type: ignore[union-attr]
    return found


def note(content: str) -> str:
    return f"<law/a#note> sse:record <law/a> ; {content} ."


def test_a_record_is_in_the_graphs_of_its_sources() -> None:
    assert graphs(RECORD) == {
        "قانون": {"x", "y"},
        "Loi": {"x", "y"},
        "1": {"x", "y"},
        "source/x": {"x"},
        "source/y": {"y"},
    }


def test_without_a_source_it_is_in_the_default_graph() -> None:
    assert graphs('<law/a> eli:number "1" .') == {"1": {""}}
    assert graphs('<law/a> eli:number "1" ; dct:source "a text" .') == {"1": {""}, "a text": {""}}


def test_a_part_of_a_record_has_its_own_sources_or_those_of_the_record() -> None:
    assert graphs(RECORD + '<law/a#part> eli:number "2" .')["2"] == {"x", "y"}
    assert graphs(RECORD + '<law/a#part> eli:number "2" ; dct:source <source/z> .')["2"] == {"z"}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("sse:property eli:number ; dct:source <source/z>", {"1": {"z"}}),
        ("sse:property eli:number ; dct:source <source/x>, <source/z>", {"1": {"x", "z"}}),
        ('sse:property skos:prefLabel ; sse:fieldLanguage "ar" ; dct:source <source/z>', {"قانون": {"z"}}),
        ("sse:property eli:number ; sse:confidence <concept/unverified>", {"1": {""}}),
        ('sse:property skos:prefLabel ; sse:fieldLanguage "fr" ; sse:confidence <concept/inferred>', {"Loi": {""}}),
        ("sse:property eli:number ; sse:confidence <concept/stated>", {}),
        ('sse:property eli:number ; sse:alternativeValue "2" ; dct:source <source/x>', {"1": {"y"}}),
        ("sse:property eli:number ; sse:alternative <law/b> ; dct:source <source/x>, <source/y>", {"1": {""}}),
        ('sse:property eli:number ; sse:alternativeValue "2" ; sse:confidence <concept/unverified>', {}),
        ("sse:property eli:is_about ; dct:source <source/z>", {}),
    ],
)
def test_a_note_is_more_precise(content: str, expected: dict[str, set[str]]) -> None:
    usual = graphs(RECORD)
    assert graphs(RECORD + note(content)) == usual | expected


def test_a_note_on_one_link_is_about_that_link_only() -> None:
    text = RECORD + "<law/a> eli:amends <law/b>, <law/c> ."
    found = graphs(text + note("sse:property eli:amends ; sse:linkedThing <law/b> ; dct:source <source/z>"))
    assert (found["law/b"], found["law/c"]) == ({"z"}, {"x", "y"})


def test_a_note_is_where_its_own_sources_are() -> None:
    turtle = RECORD + note("sse:property eli:number ; sse:confidence <concept/unverified>")
    found = [q for q in quads(by_source(in_order(parsed(turtle)))) if q.subject == iri("law/a#note")]
    assert {str(quad.graph_name) for quad in found} == {"DEFAULT"}


@pytest.fixture(scope="module")
def ordered(graph: Graph) -> list[ox.Triple]:
    return list(in_order(graph.data))


def test_graphs_come_in_order(ordered: list[ox.Triple]) -> None:
    names = list(dict.fromkeys(str(quad.graph_name) for quad in quads(by_source(ordered))))
    assert names[0] == "DEFAULT"
    assert names[1:] == sorted(names[1:])
    assert len(names) > 150


def test_the_source_of_the_founding_article_does_not_say_what_we_corrected(
    graph: Graph, ordered: list[ox.Triple]
) -> None:
    """The name of the organic law 111-14 is misspelt in it."""
    name = ox.Literal("القانون التنظيمي رقم 111.14 المتعلق بالجهات", language="ar")
    found = {str(quad.graph_name) for quad in quads(by_source(ordered)) if quad.object == name}
    assert found
    assert f"<{graph.base}source/fes-conference-2023>" not in found


NODES: Final = st.sampled_from(["law/a", "law/a#part", "law/a#note", "source/x", "source/y"]).map(iri)
PREDICATES: Final = st.sampled_from(
    [
        *(
            "https://w3id.org/ssekg/ontology#" + name
            for name in ("record", "property", "confidence", "alternative", "linkedThing", "fieldLanguage")
        ),
        "http://purl.org/dc/terms/source",
        "http://purl.org/dc/terms/title",
    ]
).map(ox.NamedNode)
OBJECTS: Final = st.one_of(NODES, PREDICATES, st.sampled_from(["ar", "x"]).map(ox.Literal))


@given(st.lists(st.builds(ox.Triple, NODES, PREDICATES, OBJECTS), max_size=12))
def test_the_union_of_the_graphs_is_the_graph(triples: list[ox.Triple]) -> None:
    found = list(quads(by_source(in_order(triples))))
    assert {quad.triple for quad in found} == set(triples)
    assert len(found) == len(set(found))


def test_what_sources_say_takes_no_second_store_and_repeats_nothing() -> None:
    graph = Graph(BASE, parsed(RECORD), [])

    def said() -> list[list[str]]:
        asked = read_result(graph.store.query(f"SELECT ?p ?o {{ <{BASE}law/a> ?p ?o }}"))
        return [sorted(map(str, found)) for found in (graph.matching(iri("law/a"), None, None), asked.rows)]

    before = said()
    assert graph.store_by_source is graph.store
    assert [*graph.store.named_graphs()]
    assert said() == before
