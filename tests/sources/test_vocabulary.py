"""What is vocabulary is decided by content: by what a statement is about, wherever it is written."""

from pathlib import Path

import pytest

from ssekg.graph.store import build_graph
from ssekg.project.settings import read_project
from tests.graphs import BASE, PREFIXES, canonical, parsed
from tests.publish.small import SETTINGS

OWL = "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
TERMS = (
    OWL
    + """
<https://example.net/v> a owl:Ontology ; dct:title "Boats"@en .
<https://example.net/v#Boat> a owl:Class ; rdfs:subClassOf [
  a owl:Restriction ; owl:onProperty <https://example.net/v#crew> ;
  owl:allValuesFrom [ owl:unionOf ( <https://example.net/v#A> <https://example.net/v#B> ) ] ] .
<https://example.net/v#crew> a rdf:Property ; rdfs:label "crew"@en .
<https://example.net/v#sizes> a skos:ConceptScheme .
[] a owl:AllDisjointClasses ; owl:members ( <https://example.net/v#A> <https://example.net/v#B> ) .
"""
)
UNDER_THE_BASE = OWL + "<Net> a owl:Class . <Rope> a rdfs:Datatype ."
ABOUT_TERMS = '<Net> rdfs:label "net"@en .'
RECORDS = (
    OWL
    + """
<scheme/s> a skos:ConceptScheme . <concept/c> a skos:Concept , owl:NamedIndividual ;
  skos:note [ rdfs:label [ schema:name "x" ] ] .
"""
)


def build(folder: Path, files: dict[str, str]) -> tuple[list[str], list[str], list[str]]:
    """The vocabulary and the data of a project with these files, and the codes of findings."""
    (folder / "ssekg.toml").write_text(SETTINGS.replace("VERSION", "1.0.0").replace('"person"', ""), encoding="utf-8")
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(PREFIXES + content, encoding="utf-8")
    graph = build_graph(read_project(folder))
    codes = [finding.code for finding in graph.sources.findings]
    return canonical(graph.vocabulary), canonical(graph.data), codes


@pytest.mark.parametrize("name", ["ssekg.ttl", "boats.ttl", "deep/concepts.ttl"])
def test_terms_are_vocabulary_and_records_are_data_whatever_the_file_is_called(tmp_path: Path, name: str) -> None:
    together = {
        f"ontology/{name}": TERMS + UNDER_THE_BASE + ABOUT_TERMS + RECORDS,
        "data/d.ttl": "<boat/b> schema:name 1 .",
    }
    vocabulary, data, codes = build(tmp_path, together)
    assert vocabulary == canonical(parsed(TERMS + UNDER_THE_BASE + ABOUT_TERMS))
    assert data == canonical(parsed(RECORDS + "<boat/b> schema:name 1 ."))
    assert codes == []


def test_a_term_may_be_spread_over_files(tmp_path: Path) -> None:
    files = {"ontology/a.ttl": ABOUT_TERMS, "ontology/b.ttl": UNDER_THE_BASE + RECORDS, "ontology/c.ttl": TERMS}
    vocabulary, data, _ = build(tmp_path, files)
    assert vocabulary == canonical(parsed(TERMS + UNDER_THE_BASE + ABOUT_TERMS))
    assert data == canonical(parsed(RECORDS))


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({}, ["ontology-no-terms"]),
        ({"ontology/c.ttl": RECORDS}, ["ontology-no-terms"]),
        ({"ontology/c.ttl": "<https://example.net/x> rdfs:label 'x' ."}, ["ontology-no-terms"]),
        ({"ontology/c.ttl": "<x> rdfs:label 'x' "}, ["syntax-error"]),
        ({"ontology/c.ttl": UNDER_THE_BASE}, []),
        ({"data/c.ttl": UNDER_THE_BASE}, ["ontology-no-terms"]),
    ],
)
def test_a_project_that_declares_no_term_is_told_so(tmp_path: Path, files: dict[str, str], found: list[str]) -> None:
    assert build(tmp_path, files)[2] == found
    assert BASE in (tmp_path / "ssekg.toml").read_text(encoding="utf-8")
