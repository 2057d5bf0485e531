"""The ontology of this project, and that of somebody abroad who extends it."""

from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from ssekg.base.findings import Report
from ssekg.base.messages import hint, words
from ssekg.checks.ontology_quality.run import check_ontology
from ssekg.project.settings import Project
from tests.conftest import ROOT

ABROAD: Final = ROOT / "tests" / "data" / "mutuals.ttl"
# What is wrong in it, with what of it; of minor things only those that are not about inverses.
WRONG: Final = {
    ("OOPS-P40", "Programm"),
    ("OOPS-P28", "federatedWith"),
    ("OOPS-P19", "premium"),
    ("OOPS-P10", "mutuals"),
    ("OOPS-P41", "mutuals"),
    ("OOPS-P11", "waitingPeriod"),
    ("OOPS-P24", "dependsOn"),
    ("OOPS-P25", "dependsOn"),
    ("OOPS-P32", "Scheme"),
    ("OOPS-P21", "OtherBenefit"),
    ("OOPS-P04", "Cover"),
    ("OOPS-P08", "Cover"),
    ("OOPS-P34", "Office"),
    ("OOPS-P22", "members_count"),
}


def wrong(report: Report) -> set[tuple[str, str]]:
    pitfalls = [each for each in report.findings if each.code.startswith("OOPS-") and each.code != "OOPS-P13"]
    return {(each.code, getattr(each.focus, "value", "").replace("/", "#").rpartition("#")[2]) for each in pitfalls}


@pytest.mark.parametrize("name", ["core", "evidence", "ma", "ssekg"])
def test_no_pitfall_is_critical_or_important_and_only_addresses_are_missing(name: str, project: Project) -> None:
    report = check_ontology(ROOT / "ontology" / f"{name}.ttl", [project])
    assert {each.code for each in report.findings} <= {"OOPS-P13", "FOOPS-OM3"}
    assert {score.code: (score.passed, score.of) for score in report.scores if not score.is_full} == {
        "FOOPS-OM3": (4, 6)
    }
    missing = [each.arguments["missing"] for each in report.findings if each.code == "FOOPS-OM3"]
    assert missing == ["bibo:doi, foaf:logo"], "both need an address on the Web"
    assert "address on the Web" in (hint("FOOPS-OM3", "en") or "")


@pytest.mark.parametrize("form", [ox.RdfFormat.TURTLE, ox.RdfFormat.RDF_XML, ox.RdfFormat.JSON_LD])
def test_an_ontology_from_abroad_gets_the_same_report_in_any_format(
    form: ox.RdfFormat, project: Project, tmp_path: Path
) -> None:
    path = tmp_path / f"mutuals.{form.file_extension}"
    quads = [*ox.parse(ABROAD.read_bytes(), ox.RdfFormat.TURTLE)]
    path.write_bytes(ox.serialize((quad.triple for quad in quads), format=form) or b"")
    report = check_ontology(path, [project])
    assert wrong(report) == WRONG
    assert all(each.place and each.place.line and each.place.file == str(path) for each in report.findings)
    near = next(each for each in report.findings if each.code == "OOPS-P40").arguments["nearest"]
    assert words(near, "en") == "Did you mean sse:Programme (Programme)?"


def test_what_an_import_declares_is_known_only_where_it_is_at_hand() -> None:
    report = check_ontology(ABROAD)
    assert wrong(report) == WRONG - {("OOPS-P40", "Programm")}
    assert [each.arguments["iri"] for each in report.findings if each.code == "ontology-import-unread"] == [
        "https://w3id.org/ssekg/ontology/core"
    ]
