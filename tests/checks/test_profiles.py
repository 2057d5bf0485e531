"""What is outside OWL 2 DL and OWL 2 RL is found, where it is stated; tests/test_owl_profiles.py asks the OWL API."""

import json
from pathlib import Path
from typing import Final

import pytest

from ssekg.base.language import LANGUAGES
from ssekg.base.said import Said
from ssekg.checks.reasoning.profiles import DL, RL, outside_profiles
from ssekg.graph.store import Graph
from ssekg.reports.wording import message
from tests.conftest import Cli
from tests.graphs import BASE, parsed

PREFIXES: Final = "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix e: <https://e.example/ns#> . "
TERMS: Final = (
    PREFIXES
    + "e:A a owl:Class . e:B a owl:Class . e:C a owl:Class . e:p a owl:ObjectProperty . e:q a owl:ObjectProperty . "
    "e:v a owl:DatatypeProperty . e:note a owl:AnnotationProperty . "
)


def found(ontology: str, data: str = "") -> list[tuple[str, str]]:
    """The code of each finding with that of its reason; each has words in every language."""
    findings = outside_profiles(Graph(BASE, parsed(PREFIXES + data), parsed(TERMS + ontology)))
    assert all(message(finding, language) for finding in findings for language in LANGUAGES)
    reasons = [finding.arguments["reason"] for finding in findings]
    return [
        (finding.code, each.code) for finding, each in zip(findings, reasons, strict=True) if isinstance(each, Said)
    ]


@pytest.mark.parametrize(
    ("ontology", "reason"),
    [
        ("e:p rdfs:range [ a owl:Class ; owl:unionOf ( e:A e:B ) ] .", "rl-union"),
        ("e:A rdfs:subClassOf [ a owl:Class ; owl:oneOf ( e:x ) ] .", "rl-one-of"),
        ("[ a owl:Class ; owl:complementOf e:A ] rdfs:subClassOf e:B .", "rl-complement"),
        ("e:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty e:p ; owl:someValuesFrom e:B ] .", "rl-some"),
        ("e:A owl:equivalentClass [ a owl:Restriction ; owl:onProperty e:p ; owl:allValuesFrom e:B ] .", "rl-all"),
        ("e:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty e:p ; owl:minCardinality 1 ] .", "rl-count"),
        ("e:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty e:p ; owl:maxCardinality 2 ] .", "rl-count"),
        ("e:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty e:p ; owl:hasSelf true ] .", "rl-self"),
        ("e:A rdfs:subClassOf owl:Thing .", "rl-thing"),
        ("e:A owl:disjointUnionOf ( e:B e:C ) .", "rl-disjoint-union"),
        ("e:p a owl:ReflexiveProperty .", "rl-reflexive"),
    ],
)
def test_what_is_outside_rl_alone(ontology: str, reason: str) -> None:
    assert found(ontology) == [(RL, reason)]


@pytest.mark.parametrize(
    ("ontology", "data", "reason"),
    [
        ("e:p a owl:DatatypeProperty .", "", "dl-two-kinds"),
        ("", '<x> e:v "2001"^^xsd:gYear , "2002"^^xsd:gYear .', "dl-datatype"),
        ("e:v rdfs:range xsd:date .", "", "dl-datatype"),
        ("", "<x> a e:Unheard .", "dl-undeclared-class"),
        ("", "<x> e:unheard <y> .", "dl-undeclared-property"),
        ("", '<x> e:p "text" .', "dl-text-for-thing"),
        ("", "<x> e:v <y> .", "dl-thing-for-text"),
        ("e:p a owl:TransitiveProperty ; rdfs:subPropertyOf e:q . e:q a owl:AsymmetricProperty .", "", "dl-not-simple"),
    ],
)
def test_what_is_outside_dl(ontology: str, data: str, reason: str) -> None:
    assert found(ontology, data) == [(DL, reason)]


_CHAIN: Final = "e:{} owl:propertyChainAxiom ( {} ) . "


@pytest.mark.parametrize(
    ("axioms", "circles"),
    [
        (_CHAIN.format("p", "e:q e:r"), 0),
        (_CHAIN.format("p", "e:p e:p"), 0),
        (_CHAIN.format("p", "e:p e:q"), 0),
        (_CHAIN.format("p", "e:q e:p"), 0),
        (_CHAIN.format("p", "e:q e:p e:r"), 1),
        (_CHAIN.format("p", "e:p e:q e:p"), 1),
        (_CHAIN.format("p", "[ owl:inverseOf e:p ] e:q"), 1),
        (_CHAIN.format("p", "e:q e:r") + _CHAIN.format("q", "e:p e:r"), 2),
        (_CHAIN.format("p", "e:q e:r") + "e:p rdfs:subPropertyOf e:q .", 1),
        (_CHAIN.format("p", "e:q e:r") + "e:q rdfs:subPropertyOf e:p .", 0),
        (_CHAIN.format("p", "e:q e:r") + "e:q owl:inverseOf e:p .", 1),
        (_CHAIN.format("p", "e:q e:r") + "e:q owl:inverseOf e:s .", 0),
        (_CHAIN.format("p", "e:q e:r") + "e:p rdfs:subPropertyOf e:s . " + _CHAIN.format("q", "e:s e:r"), 2),
    ],
)
def test_chains_that_lead_back_are_outside_dl_as_the_owl_api_says(axioms: str, circles: int) -> None:
    declared = "e:r a owl:ObjectProperty . e:s a owl:ObjectProperty . "
    assert [reason for _, reason in found(declared + axioms)] == ["dl-chain-circle"] * circles


@pytest.mark.parametrize(
    "ontology",
    [
        "[ a owl:Class ; owl:unionOf ( e:A e:B ) ] rdfs:subClassOf e:C .",
        "[ a owl:Restriction ; owl:onProperty e:p ; owl:someValuesFrom owl:Thing ] rdfs:subClassOf e:C .",
        "e:A rdfs:subClassOf [ owl:onProperty e:p ; owl:onClass e:B ; owl:maxQualifiedCardinality 1 ] .",
        "e:A rdfs:subClassOf [ a owl:Class ; owl:complementOf e:B ] ; owl:disjointWith e:C ; owl:hasKey ( e:v ) .",
        "e:A owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( e:B e:C ) ] .",
        'e:A e:note "2001"^^xsd:gYear . e:p a owl:TransitiveProperty . e:q owl:propertyChainAxiom ( e:p e:p ) .',
    ],
)
def test_what_is_in_both(ontology: str) -> None:
    assert found(ontology) == []


def test_the_ontology_of_this_project(graph: Graph) -> None:
    """Only values in its data are outside, of datatypes that OWL lacks."""
    findings = outside_profiles(graph)
    assert {finding.code for finding in findings} == {DL}
    assert {each.code for f in findings if isinstance(each := f.arguments["reason"], Said)} == {"dl-datatype"}


def test_command(cli: Cli, littoral: Path) -> None:
    (littoral / "ontology" / "mine.ttl").write_text(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "@prefix lit: <https://data.littoral.example/vocab#> .\n"
        "lit:Zone rdfs:subClassOf [ owl:unionOf ( lit:Quai lit:Agent ) ; a owl:Class ] .\n",
        "utf-8",
    )
    done = cli("--lang", "fr", "reason", "--profile", "--format", "json", cwd=littoral, PATH="")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["outside"]["OWL 2 RL"] == told["outside"]["OWL 2 DL"] + 1
    (finding,) = [each for each in told["findings"] if each["code"] == RL]
    assert (finding["file"], finding["line"]) == ("ontology/mine.ttl", 3)
    assert "l’un de ceux-ci" in finding["message"]
