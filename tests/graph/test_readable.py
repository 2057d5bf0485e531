"""The context of documents: bare keys that mean one thing each, texts by language, parts by the record's word."""

from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import SKOS
from ssekg.graph.readable import readable_context
from ssekg.graph.store import Graph
from tests.graphs import BASE, ONTOLOGY, parsed
from tests.namespaces import PREFIXES, SSE

VOCABULARY: Final = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix m8g: <http://data.europa.eu/m8g/> .
sse:within a owl:ObjectProperty . sse:role a owl:ObjectProperty . sse:budgetOf a owl:ObjectProperty .
sse:value a owl:DatatypeProperty ; rdfs:range xsd:decimal . sse:remark a owl:DatatypeProperty .
sse:placeName a owl:DatatypeProperty . sse:Place a owl:Class .
dct:source a owl:ObjectProperty . skos:prefLabel a owl:AnnotationProperty . foaf:name a owl:DatatypeProperty .
org:role a owl:ObjectProperty . dct:issued a owl:DatatypeProperty . schema:issued a owl:DatatypeProperty .
<https://example.org/x#y> a owl:DatatypeProperty .
"""
TEXTS: Final = '<place/fes> sse:placeName "Fès"@fr ; sse:remark "x" .'


def graph(more: str = "") -> Graph:
    return Graph(BASE, parsed(TEXTS), ONTOLOGY + parsed(VOCABULARY + more))


def test_every_property_has_a_key_that_is_short_and_its_own() -> None:
    context = readable_context(graph())
    keys = {iri.removeprefix(SSE): key for iri, key in context.keys.items()}
    assert keys[PREFIXES["dct"] + "source"] == "source"
    assert keys[SKOS + "prefLabel"] == "name"
    assert keys[PREFIXES["foaf"] + "name"] == "foaf:name"
    assert (keys["role"], keys[PREFIXES["org"] + "role"]) == ("role", "org:role")
    assert (keys[PREFIXES["dct"] + "issued"], keys[PREFIXES["schema"] + "issued"]) == ("issued", "schema:issued")
    assert keys["https://example.org/x#y"] == "https://example.org/x#y"
    assert len(set(context.keys.values())) == len(context.keys)


def test_entries_say_what_values_are() -> None:
    terms = readable_context(graph()).terms
    assert terms["source"] == {"@id": "dct:source", "@type": "@id"}
    assert terms["value"] == {"@id": "sse:value", "@type": "xsd:decimal"}
    assert terms["name"] == {"@id": "skos:prefLabel", "@container": "@language"}
    assert terms["placeName"] == {"@id": "sse:placeName", "@container": "@language"}
    assert terms["issued"] == {"@id": "dct:issued"}
    assert terms["budgets"] == {"@reverse": "sse:budgetOf"}
    assert terms["@vocab"] == SSE
    assert "remark" not in terms


def test_it_can_be_fetched() -> None:
    assert "@base" not in readable_context(graph()).terms


def test_words_of_the_ontology_go_before_ours() -> None:
    context = readable_context(graph("sse:name a owl:DatatypeProperty . sse:budgets a owl:DatatypeProperty ."))
    assert context.keys[SSE + "name"] == "name"
    assert context.keys[SKOS + "prefLabel"] == "prefLabel"
    assert context.keys[SSE + "budgets"] == "budgets"
    assert SSE + "budgetOf" not in context.parts


def test_keywords_are_not_taken_for_names() -> None:
    context = readable_context(graph("sse:included a owl:DatatypeProperty . sse:id a owl:DatatypeProperty ."))
    assert (context.keys[SSE + "included"], context.keys[SSE + "id"]) == ("sse:included", "sse:id")
    assert context.terms["included"] == "@included"


def test_order_of_triples_does_not_matter() -> None:
    turned = Graph(BASE, parsed(TEXTS), list(reversed(ONTOLOGY + parsed(VOCABULARY))))
    assert readable_context(turned) == readable_context(graph())


def test_no_name_of_ours_hides_one_of_the_ontology(graph: Graph) -> None:
    context = readable_context(graph)
    ours = {t.subject.value.removeprefix(SSE) for t in graph.vocabulary if isinstance(t.subject, ox.NamedNode)}
    assert not ours & set(context.parts.values())
    assert len(context.parts) == 14
    assert set(context.parts) <= set(context.keys)
