"""A value that is missing has a place where it belongs: an empty cell, or a row of the table that has its property."""

from pathlib import Path

import pytest

from ssekg.base.findings import Finding
from ssekg.checks.run import check_project, report_of
from ssekg.project.settings import read_project
from ssekg.reports.wording import hint_for

RULE = """
@prefix dct: <http://purl.org/dc/terms/> .
@prefix lit: <https://data.littoral.example/vocab#> .
@prefix preuve: <https://w3id.org/ssekg/ontology#> .
@prefix regles: <https://data.littoral.example/regles#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

regles:Essai a sh:NodeShape ; sh:targetClass %s ; sh:property regles:Essai-valeur .
regles:Essai-valeur a sh:PropertyShape ; sh:path %s ; sh:minCount 1 ; sh:severity sh:Violation ;
  sh:message "Valeur manquante."@fr, "Amul."@wo .
"""


def missing(folder: Path, target: str, path: str) -> list[Finding]:
    """What is missing when all things of a class must have a property."""
    (folder / "shapes" / "essai.ttl").write_text(RULE % (target, path), "utf-8")
    for described in (folder / "data").glob("*-metadata.json"):
        described.write_text(described.read_text("utf-8").replace('"required": true', '"required": false'), "utf-8")
    report = report_of(check_project(read_project(folder)))
    assert {finding.code for finding in report.findings} <= {"shacl-min-count", "shacl-or"}
    return [finding for finding in report.findings if "Essai-valeur" in str(finding.shape)]


def emptied(folder: Path, name: str, line: int, old: str) -> None:
    path = folder / "data" / name
    lines = path.read_text("utf-8").splitlines(keepends=True)
    assert old in lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(old, "", 1)
    path.write_text("".join(lines), "utf-8")


@pytest.mark.parametrize(
    ("name", "line", "value", "target", "cell", "hint"),
    [
        ("quais.csv", 3, "registre-2024", "lit:Quai", "H3", "Fill in documents in data/quais.csv:3."),
        ("redevances.csv", 2, "registre-2024", "lit:Redevance", "E2", "Fill in document in data/redevances.csv:2."),
        ("permis.csv", 4, "registre-2024", "lit:Permis", "K4", "Fill in documents in data/permis.csv:4."),
    ],
)
def test_no_source_points_to_the_cell_for_it(
    littoral: Path, name: str, line: int, value: str, target: str, cell: str, hint: str
) -> None:
    emptied(littoral, name, line, value)
    (finding,) = missing(littoral, target, "dct:source")
    assert finding.place is not None
    assert (finding.place.file, finding.place.cell) == (f"data/{name}", cell)
    assert hint in (hint_for(finding, "en") or "")


def test_several_columns_are_all_named(littoral: Path) -> None:
    emptied(littoral, "zones.csv", 3, "Petite Côte")
    emptied(littoral, "zones.csv", 3, "Tefes gu ndaw")
    (finding,) = missing(littoral, "lit:Zone", "skos:prefLabel")
    assert finding.place is not None
    assert finding.place.cell == "A3"
    assert "Remplissez nom_fr, nom_wo dans data/zones.csv:3." in (hint_for(finding, "fr") or "")


def test_the_table_with_the_property_is_named_with_the_key_of_the_row(littoral: Path) -> None:
    for described in (littoral / "data").glob("notes*.json"):
        described.write_text(described.read_text("utf-8").replace("{+fiche}#note-{champ}", "{+fiche}"), "utf-8")
    hints = [hint_for(each, "en") or "" for each in missing(littoral, "lit:Zone", "preuve:alternativeValue")]
    assert any(
        "Add to notes.csv a row with fiche = zone/saloum, and write the value into autre_valeur." in h for h in hints
    )


def test_the_properties_of_the_parts_of_a_record_are_not_its_own(littoral: Path) -> None:
    findings = missing(littoral, "lit:Permis", "lit:devise")
    assert len(findings) > 1
    assert all("cell" not in finding.arguments for finding in findings)


def test_what_no_table_makes_stays_where_it_is(littoral: Path) -> None:
    findings = missing(littoral, "lit:Delegue", "lit:montant")
    assert [finding.place.file for finding in findings if finding.place] == ["data/delegues.ttl"]
    assert "cell" not in findings[0].arguments
