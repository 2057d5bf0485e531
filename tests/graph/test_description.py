"""What a graph says of one thing: its own statements, those of its parts, its sources, and what others say of it."""

from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import DCT, SKOS
from ssekg.graph.description import describe, triples_about
from ssekg.graph.store import TYPE
from tests.graphs import graph_of, iri, parsed

DATA: Final = """
<programme/nour> a sse:Programme ; skos:prefLabel "Nour"@fr ; sse:within <place/sud> ; dct:source <source/press> ;
  sse:passage <source/press#p2> .
<programme/nour#budget> a sse:Budget ; sse:budgetOf <programme/nour> ; sse:amount 40 ; dct:source <source/law> .
<programme/nour#note> sse:record <programme/nour> .
<event/fair> sse:about <programme/nour> ; sse:within <place/sud> .
<programme/nourishment> sse:partOfProgramme <programme/nour> .
[] sse:about <programme/nour> .
"""
GRAPH: Final = graph_of(DATA)
SSE: Final = "https://w3id.org/ssekg/ontology#"


def test_a_thing_has_its_statements_and_its_parts_have_theirs() -> None:
    description = describe(GRAPH, iri("programme/nour"))
    assert description.statements == {
        ox.NamedNode(DCT + "source"): [iri("source/press")],
        ox.NamedNode(SKOS + "prefLabel"): [ox.Literal("Nour", language="fr")],
        ox.NamedNode(SSE + "passage"): [iri("source/press#p2")],
        ox.NamedNode(SSE + "within"): [iri("place/sud")],
        TYPE: [ox.NamedNode(SSE + "Programme")],
    }
    assert description.details == {
        iri("programme/nour#budget"): {
            ox.NamedNode(DCT + "source"): [iri("source/law")],
            ox.NamedNode(SSE + "amount"): [ox.Literal(40)],
            ox.NamedNode(SSE + "budgetOf"): [iri("programme/nour")],
            TYPE: [ox.NamedNode(SSE + "Budget")],
        },
        iri("programme/nour#note"): {ox.NamedNode(SSE + "record"): [iri("programme/nour")]},
    }


def test_others_mention_a_thing_and_its_own_parts_do_not() -> None:
    assert describe(GRAPH, iri("programme/nour")).mentions == {
        ox.NamedNode(SSE + "about"): [iri("event/fair")],
        ox.NamedNode(SSE + "partOfProgramme"): [iri("programme/nourishment")],
    }
    assert describe(GRAPH, iri("source/press")).mentions == {ox.NamedNode(DCT + "source"): [iri("programme/nour")]}


def test_the_triples_of_a_thing_are_its_own_and_those_of_its_parts() -> None:
    subjects = {iri("programme/nour"), iri("programme/nour#budget"), iri("programme/nour#note")}
    found = triples_about(GRAPH, iri("programme/nour"))
    assert set(found) == {triple for triple in parsed(DATA) if triple.subject in subjects}
