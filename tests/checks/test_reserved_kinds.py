"""A kind that would take the place of what every release has is reported where its class is given that name."""

from pathlib import Path

import pytest

from ssekg.base.findings import Severity
from ssekg.checks.run import check_project, report_of
from ssekg.project.settings import read_project
from tests.examples import TURTLE_HEAD, empty_project

TOOL = "<https://w3id.org/ssekg/tool#kind>"


@pytest.mark.parametrize("kind", ["questions", "graph", "tables", "model", "data", "sparql", "api", "map", "search"])
def test_a_kind_is_reported_at_its_name_if_it_is_reserved(kind: str, tmp_path: Path) -> None:
    folder = empty_project(tmp_path)
    term = f'ex:Inquiry a owl:Class ; rdfs:label "س"@ar , "q"@fr , "q"@en ;\n  {TOOL} "{kind}" .\n'
    (folder / "ontology" / "more.ttl").write_text(f"{TURTLE_HEAD}\n{term}", encoding="utf-8")
    (folder / "data" / "more.ttl").write_text(f"{TURTLE_HEAD}\n<{kind}/a> a ex:Inquiry .\n", encoding="utf-8")
    report = report_of(check_project(read_project(folder)))
    found = [each for each in report.findings if each.code == "ontology-reserved-kind"]
    assert [(each.severity, each.place and (each.place.file, each.place.line)) for each in found] == (
        [(Severity.VIOLATION, ("ontology/more.ttl", 3))] if kind in {"questions", "graph"} else []
    )
