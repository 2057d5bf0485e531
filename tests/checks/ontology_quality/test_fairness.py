"""The scores: as FOOPS! computes them from a file."""

from pathlib import Path

import pytest

from tests.checks.ontology_quality.ontologies import HEADER, checked, scores

FULL = """
<https://w3id.org/example/terms> a owl:Ontology ;
  owl:versionIRI <https://w3id.org/example/terms/1.0.0> ; owl:versionInfo "1.0.0" ;
  vann:preferredNamespacePrefix "ex" ; vann:preferredNamespaceUri "https://w3id.org/example/terms#" ;
  dct:title "Terms"@en ; dct:description "Some terms."@en ; dct:creator <https://example.org/council> ;
  dct:publisher <https://example.org/council> ; dct:license <https://example.org/licence> ;
  dct:created "2026-01-15"^^xsd:date ; dct:issued "2026-01-15"^^xsd:date ;
  dct:bibliographicCitation "Council (2026). Terms." ; dct:source <https://example.org/register> ;
  dct:identifier "https://doi.org/10.5072/terms" ; <https://w3id.org/mod#status> "draft" ;
  schema:logo <https://example.org/logo.svg> .
<https://w3id.org/example/terms#Mill> a owl:Class ; rdfs:subClassOf org:Site ;
  skos:prefLabel "Mill"@en ; skos:definition "A place where olives are pressed."@en .
"""


def test_an_ontology_that_says_everything_has_all_points(tmp_path: Path) -> None:
    report = checked(tmp_path, FULL)
    assert [score.code for score in report.scores if not score.is_full] == []
    assert report.score == 1
    assert len(report.scores) == 14
    assert "OM4.2" in report.not_scored, "it is of the same benchmark, and fetches the licence"


@pytest.mark.parametrize(
    ("removed", "lost"),
    [
        ("https://w3id.org/example", {"FOOPS-PURL1"}),
        ("owl:versionIRI", {"FOOPS-OM1", "FOOPS-VER1"}),
        ("dct:title", {"FOOPS-OM1"}),
        ("dct:creator", {"FOOPS-OM1", "FOOPS-OM5-1"}),
        ("dct:license", {"FOOPS-OM1", "FOOPS-OM4-1"}),
        ("vann:preferredNamespacePrefix", {"FOOPS-OM2", "FOOPS-FIND1"}),
        ("dct:created", {"FOOPS-OM2", "FOOPS-OM5-1"}),
        ("dct:bibliographicCitation", {"FOOPS-OM2"}),
        ("dct:identifier", {"FOOPS-OM3"}),
        ("schema:logo", {"FOOPS-OM3"}),
        ("dct:publisher", {"FOOPS-OM3", "FOOPS-OM5-2"}),
        ("rdfs:subClassOf", {"FOOPS-VOC2"}),
        ("skos:prefLabel", {"FOOPS-VOC3"}),
        ("skos:definition", {"FOOPS-VOC4"}),
    ],
)
def test_what_is_left_out_loses_its_points(removed: str, lost: set[str], tmp_path: Path) -> None:
    instead = "https://example.com" if removed.startswith("https:") else "<https://example.com/unknown>"
    report = checked(tmp_path, FULL.replace(removed, instead))
    assert {score.code for score in report.scores if not score.is_full} == lost
    assert {each.code for each in report.findings if each.code.startswith("FOOPS-")} == lost
    assert report.score < 1


def test_the_score_is_the_mean_of_the_checks(tmp_path: Path) -> None:
    report = checked(
        tmp_path, "<https://w3id.org/example> a owl:Ontology ; dct:creator <https://example.org/council> ."
    )
    assert {score.code: score.passed for score in report.scores if score.passed} == {
        "FOOPS-PURL1": 1,
        "FOOPS-RDF1": 1,
        "FOOPS-OM1": 1,
        "FOOPS-OM5-1": 1,
        "FOOPS-VOC1": 1,
    }
    # Twelve checks apply: without terms nothing is said of labels and definitions.
    assert report.score == pytest.approx((1 + 1 + 1 / 6 + 1 / 2 + 1) / 12)


def test_a_licence_may_be_rights_but_the_minimum_asks_for_a_licence(tmp_path: Path) -> None:
    found = scores(tmp_path, '<https://example.org/terms> a owl:Ontology ; dct:rights "All reserved" .')
    assert found["FOOPS-OM4-1"] == (1, 1)
    assert found["FOOPS-OM1"] == (0, 6)


def test_texts_that_are_no_texts_do_not_count(tmp_path: Path) -> None:
    found = scores(tmp_path, '<https://example.org/terms> a owl:Ontology ; dct:title <x> ; dct:description "" .')
    assert found["FOOPS-OM1"] == (0, 6)


def test_of_a_skos_vocabulary_the_concepts_are_scored(tmp_path: Path) -> None:
    found = scores(
        tmp_path,
        """<https://example.org/topics> a skos:ConceptScheme ; dct:title "Topics"@en .
        <https://example.org/topics/a> a skos:Concept ; skos:prefLabel "A"@en ; skos:definition "The first."@en .
        <https://example.org/topics/b> a skos:Concept ; skos:prefLabel "B"@en .""",
    )
    assert (found["FOOPS-OM1"], found["FOOPS-VOC3"], found["FOOPS-VOC4"]) == ((1, 6), (2, 2), (1, 2))


def test_of_several_ontologies_in_a_file_it_is_about_the_one_that_imports_the_others(tmp_path: Path) -> None:
    modules = '<https://example.org/terms/core> a owl:Ontology . <https://example.org/terms> dct:title "Terms"@en ; '
    found = scores(tmp_path, f"{modules} owl:imports <https://example.org/terms/core> . {HEADER}")
    assert found["FOOPS-OM1"] == (1, 6)
