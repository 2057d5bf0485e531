"""What an ontology says of its own terms is all that the tool knows of them."""

import pyoxigraph as ox

from ssekg.base.namespaces import DCT, USUAL
from ssekg.project.vocabulary import CODE, UNIT, Vocabulary, read_vocabulary

BASE = "https://data.example/id/"
HEAD = """
@prefix dct: <http://purl.org/dc/terms/> .
@prefix l: <https://data.example/terms#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix tool: <https://w3id.org/ssekg/tool#> .
@prefix vann: <http://purl.org/vocab/vann/> .
"""
ONTOLOGY = """
<https://data.example/terms> a owl:Ontology ; vann:preferredNamespacePrefix "l" ;
  vann:preferredNamespaceUri "https://data.example/terms#" ;
  sh:declare [ sh:prefix "other" ; sh:namespace "https://other.example/"^^<http://www.w3.org/2001/XMLSchema#anyURI> ] .
"""


def term(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"https://data.example/terms#{name}")


def read(turtle: str, **prefixes: str) -> Vocabulary:
    return read_vocabulary([quad.triple for quad in ox.parse(HEAD + turtle, ox.RdfFormat.TURTLE)], prefixes, BASE)


def test_namespace_and_prefixes_are_those_that_the_ontology_declares() -> None:
    vocabulary = read(ONTOLOGY, mine="https://mine.example/")
    assert (vocabulary.namespace, vocabulary.ontology) == (
        "https://data.example/terms#",
        ox.NamedNode("https://data.example/terms"),
    )
    shortened = vocabulary.prefixes.shortened
    assert next(iter(vocabulary.prefixes.namespaces)) == "l"
    assert shortened("https://data.example/terms#Quay") == "l:Quay"
    assert shortened("https://other.example/x") == "other:x"
    assert shortened("https://mine.example/x") == "mine:x"
    assert shortened(DCT + "title") == "dct:title"
    assert shortened(BASE + "quay/one") == "quay/one"
    assert vocabulary.prefixes.expanded("other:x") == "https://other.example/x"
    assert vocabulary.is_own(term("x"))


def test_without_vann_the_namespace_of_most_terms_is_the_projects_own() -> None:
    vocabulary = read(
        "l:A a owl:Class . l:b a rdf:Property . dct:title a rdf:Property . <https://x.example/y> a owl:Class ."
    )
    assert (vocabulary.namespace, vocabulary.ontology) == ("https://data.example/terms#", None)
    named = read("<https://data.example/onto> a owl:Ontology . l:A a owl:Class .")
    assert named.ontology == ox.NamedNode("https://data.example/onto")


def test_a_namespace_that_is_no_iri_is_kept_as_it_is() -> None:
    vocabulary = read('<https://data.example/terms> a owl:Ontology ; vann:preferredNamespaceUri "a b" .')
    assert (vocabulary.namespace, vocabulary.ontology) == ("a b", ox.NamedNode("https://data.example/terms"))


def test_an_ontology_without_terms_has_no_namespace() -> None:
    vocabulary = read("")
    assert (vocabulary.namespace, vocabulary.ontology) == ("", None)
    assert vocabulary.prefixes.namespaces == dict(sorted(USUAL.items()))
    assert not vocabulary.is_own(term("x"))


def test_kinds_parts_roles_and_names_are_annotations() -> None:
    vocabulary = read("""
    l:Officer tool:kind "officer" . l:Delegate rdfs:subClassOf l:Officer . l:Deputy rdfs:subClassOf l:Delegate .
    l:permitOf tool:part "permits" . l:code tool:role tool:Code . l:sign tool:role tool:Code .
    l:unit tool:role tool:Unit .
    l:second tool:namePart "2" . l:first tool:namePart "1" . l:none tool:namePart "no number" .
    """)
    assert vocabulary.kinds == {"officer": term("Officer")}
    assert vocabulary.classes_of_kind("officer") == {term("Officer"), term("Delegate"), term("Deputy")}
    assert vocabulary.classes_of_kind("quay") == frozenset()
    assert vocabulary.parts == {term("permitOf"): "permits"}
    assert (vocabulary.with_role(CODE), vocabulary.with_role(UNIT)) == ((term("code"), term("sign")), (term("unit"),))
    assert vocabulary.name_parts == (term("first"), term("second"))


def test_what_is_above_ends_where_it_goes_in_a_circle() -> None:
    vocabulary = read("l:A rdfs:subClassOf l:B . l:B rdfs:subClassOf l:C . l:C rdfs:subClassOf l:A .")
    assert vocabulary.above[term("A")] == vocabulary.below(term("B")) == {term("A"), term("B"), term("C")}
