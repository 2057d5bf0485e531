"""The compact JSON-LD is short to read, asks nobody for anything, and says what the triples say."""

import json
import random
from typing import Any, Final

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld as pyld

from ssekg.graph.canonical_hash import canonical_hash
from ssekg.graph.jsonld import context, jsonld
from ssekg.project.vocabulary import read_vocabulary
from tests.graphs import BASE, ONTOLOGY, iri, parsed
from tests.namespaces import PREFIXES

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # inside PyLD

SSE: Final = PREFIXES["sse"]
XSD: Final = PREFIXES["xsd"]
VOCABULARY: Final = ONTOLOGY + parsed("""
@prefix owl: <http://www.w3.org/2002/07/owl#> .
sse:within a owl:ObjectProperty ; rdfs:range sse:Place .
dct:source a owl:ObjectProperty .
sse:value a owl:DatatypeProperty ; rdfs:range xsd:decimal .
sse:remark a owl:DatatypeProperty ; rdfs:range xsd:string ; rdfs:seeAlso xsd:date .
sse:other rdfs:range [ a rdfs:Datatype ] .
[] rdfs:range xsd:date .
sse:start a owl:DatatypeProperty .
sse:Place a owl:Class .
""")
CONTEXT: Final = context(VOCABULARY, read_vocabulary(VOCABULARY, PREFIXES, BASE))


def document(turtle: str) -> Any:
    return json.loads(jsonld(parsed(turtle), CONTEXT))


def node(turtle: str) -> Any:
    (only,) = document(turtle)["@graph"]
    return only


def read_by_oxigraph(content: bytes) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(content, ox.RdfFormat.JSON_LD)]


def read_by_pyld(content: bytes) -> list[ox.Triple]:
    nquads = pyld.to_rdf(json.loads(content), {"format": "application/n-quads", "documentLoader": refuse})
    return [quad.triple for quad in ox.parse(nquads, ox.RdfFormat.N_QUADS)]


def refuse(url: str, _options: object) -> None:
    raise AssertionError(f"the document asks for {url}")


def assert_read_back(triples: list[ox.Triple]) -> None:
    content = jsonld(triples, CONTEXT)
    assert canonical_hash(read_by_oxigraph(content)) == canonical_hash(triples)
    assert canonical_hash(read_by_pyld(content)) == canonical_hash(triples)


def test_a_record_is_short_to_read() -> None:
    assert node("""
        <place/fes> a sse:Place, skos:Concept ; skos:prefLabel "فاس"@ar, "Fès"@fr ; dct:title "Fès" ;
          skos:altLabel "Fez"@en, "Fas"@en ; sse:within <place/fes-meknes> ; dct:source <source/a>, <source/b> ;
          sse:value 1000.50 ; sse:start "2023"^^xsd:gYear ; sse:remark "x" ; schema:url <https://example.net/> .
    """) == {
        "id": "place/fes",
        "type": ["skos:Concept", "Place"],
        "skos:prefLabel": {"ar": "فاس", "fr": "Fès"},
        "skos:altLabel": {"en": ["Fas", "Fez"]},
        "dct:title": {"@none": "Fès"},
        "within": "place/fes-meknes",
        "dct:source": ["source/a", "source/b"],
        "value": "1000.50",
        "start": {"@value": "2023", "@type": "xsd:gYear"},
        "remark": "x",
        "schema:url": {"id": "https://example.net/"},
    }


def test_the_context_says_what_the_ontology_says() -> None:
    assert CONTEXT["@base"] == BASE
    assert CONTEXT["@vocab"] == SSE
    assert CONTEXT["within"] == {"@id": "sse:within", "@type": "@id"}
    assert CONTEXT["dct:source"] == {"@id": "dct:source", "@type": "@id"}
    assert CONTEXT["value"] == {"@id": "sse:value", "@type": "xsd:decimal"}
    assert CONTEXT["skos:prefLabel"] == {"@id": "skos:prefLabel", "@container": "@language"}
    assert CONTEXT["skos"] == PREFIXES["skos"]
    assert CONTEXT["skos:definition"]["@container"] == "@language"
    assert not {"remark", "other", "sh", "shapes"} & set(CONTEXT)


def test_the_context_stands_inside() -> None:
    assert document("<a> a sse:Place .")["@context"] == CONTEXT


def test_texts_are_not_escaped() -> None:
    assert '"فاس"'.encode() in jsonld(parsed('<place/fes> skos:prefLabel "فاس"@ar .'), CONTEXT)


@pytest.mark.parametrize("seed", range(3))
def test_bytes_do_not_depend_on_the_order_of_triples(seed: int) -> None:
    triples = parsed('<a> a sse:Place ; skos:prefLabel "x"@fr, "y"@fr ; sse:within <b>, <c> . <b> sse:within <c> .')
    mixed = triples * 2
    random.Random(seed).shuffle(mixed)  # noqa: S311 - nothing secret
    assert jsonld(mixed, CONTEXT) == jsonld(triples, CONTEXT)


@pytest.mark.parametrize(
    "turtle",
    [
        '<a> sse:within "text", "texte"@fr, 12 .',
        '<a> sse:value 1, 1.0, "x", "x"@fr, <b> .',
        '<a> skos:prefLabel "x", "x"@fr, 12, <b>, [ schema:name "y" ] .',
        "<a> sse:within [ sse:within [] ], _:b . _:b sse:within <a>, _:b .",
        '<a> rdf:type "x", [], <b>, sse:Place .',
        "<a> a sse:type, sse:id ; sse:type <b> ; sse:id 1 ; sse:org 2 ; sse:schema <c> .",
        "<a> <https://w3id.org/ssekg/ontology#x:y> 1 ; <https://w3id.org/ssekg/ontology#> 2 .",
        "<a> <http://schema.org///x> <http://schema.org///y> .",
        "<> sse:within <#x>, </other>, <..>, <?q> .",
        "<x:y> sse:within <dct-x:y> .",
        f"<{BASE}dct:x> sse:within <{BASE}_:y>, <{BASE}@id>, <{BASE}/z>, <{BASE}//z> .",
        f"<{BASE}x:y/z> a <{BASE}x:y> ; <{BASE}x:y> <{BASE}a#x:y> .",
        "<urn:isbn:1> sse:within <mailto:a@example.org> .",
        "<geo:33.5,-7.6> sse:within <geo:1,2>, <geo:3> ; schema:url <geo:4> ; <geo:p> <org:x> ; a <sse:x> .",
        "@prefix g: <http://www.opengis.net/ont/geosparql#> . <a> g:asWKT '1'^^g:wktLiteral, <geo:1> .",
        "<a> dct:source <dct:x> ; dct:title 'x'@fr ; sse:value 1.5, '1'^^<xsd:decimal>, '2'^^<owl:x> .",
        "<a> sse:within <geo://x>, <GEO:x>, <id:x>, <type:x>, <within:x> .",
        '<a> schema:name "a\\r\\nb\\t\\"\\\\ \\u2028 \\u0000"@ar .',
        '<a> schema:value "{}"^^rdf:JSON, "<b>x</b>"^^rdf:HTML, "007"^^xsd:integer, "x"^^sse:own, "y"^^<urn:t> .',
    ],
)
def test_what_does_not_fit_the_context_is_said_all_the_same(turtle: str) -> None:
    assert_read_back(parsed(turtle))


@pytest.mark.parametrize("base", ["https://example.org/id#", "https://example.org/id/"])
def test_any_base_will_do(base: str) -> None:
    triples = [ox.Triple(ox.NamedNode(base + "place/fes"), ox.NamedNode(SSE + "within"), ox.NamedNode(base + "x"))]
    content = jsonld(triples, context(VOCABULARY, read_vocabulary(VOCABULARY, PREFIXES, base)))
    assert read_by_oxigraph(content) == triples
    assert read_by_pyld(content) == triples


SUBJECTS: Final = st.one_of(
    st.from_regex(r"(place|event)/[a-zأ0-9.:_-]{1,5}(#[a-z/:@-]{0,3})?", fullmatch=True).map(iri),
    st.sampled_from("xyz").map(ox.BlankNode),
)
PREDICATES: Final = st.sampled_from(
    [
        *(SSE + name for name in ("within", "value", "start", "remark", "id", "type", "org", "other")),
        *(PREFIXES["skos"] + name for name in ("prefLabel", "altLabel", "broader")),
        *(PREFIXES["dct"] + name for name in ("title", "source")),
        PREFIXES["rdf"] + "type",
        "http://www.wikidata.org/prop/direct/P31",
    ]
).map(ox.NamedNode)
TEXTS: Final = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
DATATYPES: Final = st.sampled_from(["decimal", "integer", "gYear", "date", "boolean", "anyURI"]).map(
    lambda name: ox.NamedNode(XSD + name)
)
LITERALS: Final = st.one_of(
    TEXTS.map(ox.Literal),
    st.builds(lambda text, tag: ox.Literal(text, language=tag), TEXTS, st.sampled_from(["ar", "fr", "en", "zgh"])),
    st.builds(lambda text, datatype: ox.Literal(text, datatype=datatype), st.sampled_from(["1", "01", "x"]), DATATYPES),
)
OBJECTS: Final = st.one_of(SUBJECTS, LITERALS, st.sampled_from([SSE + "Place", SSE + "type"]).map(ox.NamedNode))


@given(st.lists(st.builds(ox.Triple, SUBJECTS, PREDICATES, OBJECTS), max_size=8))
def test_two_readers_read_what_was_written(triples: list[ox.Triple]) -> None:
    assert_read_back(triples)
