"""A project with mistakes in tables and Turtle, and data with mistakes of every severity checked with any shapes."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from ssekg.base.findings import Finding, Report
from ssekg.checks.loose import check_with_shapes
from ssekg.checks.run import check_project, report_of
from ssekg.project.settings import read_project
from tests.conftest import ROOT

DATA = """@prefix ex: <http://example.org/> .
ex:one a ex:Thing ; ex:name "Fès" ; ex:size "many" .
ex:two a ex:Thing ;
  ex:name "مكتب تنمية التعاون", "فاس" ;
  ex:size 3 ; ex:part [ ex:size 1 ] .
ex:three a ex:Thing ; ex:size 5 .
"""
SHAPES = """@prefix ex: <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:Shape a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property ex:size, [
    sh:path ex:name ; sh:minCount 1 ; sh:maxLength 6 ; sh:severity sh:Warning ;
    sh:message "الاسم من حرف إلى ستة أحرف."@ar, "Le nom a une à six lettres."@fr, "A name has one to six letters."@en
  ] ; sh:property [
    sh:path ( ex:part [ sh:inversePath ex:owner ] ) ; sh:minCount 1 ; sh:severity sh:Info
  ] .
ex:size sh:path ex:size ; sh:datatype xsd:integer .
"""


@pytest.fixture(scope="session")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project: a date that does not exist, a link to nowhere, Turtle that ends early, an empty file."""
    folder = tmp_path_factory.mktemp("broken")
    for name in ("ontology", "data", "shapes", "queries"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("ssekg.toml", "DATA-LICENSE"):
        shutil.copy(ROOT / name, folder / name)
    events = folder / "data" / "events.csv"
    lines = events.read_text(encoding="utf-8").replace("2022-10-24", "2022-10-34").split("\n")
    lines = [line.replace(",oriental,", ",oriantal,") if line.startswith("sness-8,") else line for line in lines]
    events.write_text("\n".join(lines), encoding="utf-8")
    (folder / "data" / "مسودة, 50%.ttl").write_text('<place/fes> <x:name> "فاس" ;\n', encoding="utf-8")
    (folder / "data" / "empty.ttl").touch()
    return folder


@pytest.fixture(scope="session")
def project_report(broken: Path) -> Report:
    """The report on the broken project; of the communes, which are so many that a page folds their findings, none."""
    report = report_of(check_project(read_project(broken)))
    return replace(
        report,
        findings=tuple(each for each in report.findings if each.place is None or "communes" not in each.place.file),
    )


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A file of data and a file of shapes."""
    folder = tmp_path_factory.mktemp("loose")
    (folder / "data.ttl").write_text(DATA, encoding="utf-8")
    (folder / "shapes.ttl").write_text(SHAPES, encoding="utf-8")
    return folder / "data.ttl", folder / "shapes.ttl"


@pytest.fixture(scope="session")
def report(files: tuple[Path, Path]) -> Report:
    """The report of validating the data with the shapes."""
    return check_with_shapes(files[:1], files[1:])


def only(report: Report, code: str) -> tuple[Finding, ...]:
    """The findings of one code; there must be some."""
    found = tuple(finding for finding in report.findings if finding.code == code)
    assert found, code
    return found
