"""A project of a region stands on the national release, which gives it vocabulary, rules, questions and codes."""

import csv
from pathlib import Path

import pyoxigraph as ox

from ssekg.checks.run import CheckedGraph, check_project
from ssekg.editing.new_project import make_project
from ssekg.graph.lookup import thing
from ssekg.project.settings import Project, read_project
from ssekg.publish.release import publish
from ssekg.queries.library import find_query
from ssekg.queries.local import ask
from ssekg.queries.parameters import bindings
from ssekg.queries.syntax import bind
from ssekg.shacl.derivation import with_derived
from tests.conftest import Cli
from tests.published import store_of

NATIONAL = "https://w3id.org/ssekg/id/"
# No fact here is real.
PROGRAMME = {
    "id": "argan-villages",
    "class": "Programme",
    "name_fr": "Villages de l’arganier",
    "name_ar": "قرى الأركان",
    "name_en": "Argan villages",
    "owners": "regional-council-souss-massa",
    "start": "2025",
    "places": "souss-massa",
    "target_groups": "women",
    "legal_bases": "organic-law-111-14",
    "sources": "example-source",
    "confidence": "stated",
}


def test_a_region_links_to_the_national_release(project: Project, release: Path, tmp_path: Path, cli: Cli) -> None:
    folder = tmp_path / "souss-massa"
    make_project(folder, project, "ar", release)
    region = read_project(folder)
    assert not region.ontology_files
    first = check_project(region)
    assert isinstance(first, CheckedGraph)
    assert first.report.findings == ()
    table = folder / "data/programmes.csv"
    header = table.read_text(encoding="utf-8").splitlines()[0].split(",")
    with table.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, header, lineterminator="\n").writerow(PROGRAMME)
    checked = check_project(region)
    assert isinstance(checked, CheckedGraph)
    assert checked.report.findings == ()
    publish(checked, folder / "public")
    own = store_of(folder / "public/souss-massa.nt")
    links = {quad.object.value for quad in own if str(quad.subject).endswith("argan-villages>")}
    wanted = (
        "institution/regional-council-souss-massa",
        "place/souss-massa",
        "law/organic-law-111-14",
        "concept/women",
    )
    assert {NATIONAL + each for each in wanted} <= links
    assert not [quad for quad in own if quad.subject.value.startswith(NATIONAL)]
    # Both releases can be in one store: they say nothing of the same records.
    national = store_of(release / "ssekg-without-persons.nt")
    assert not [quad for quad in own if quad in national and quad.subject.value.startswith((NATIONAL, region.base))]
    assert not [quad for quad in own if isinstance(quad.subject, ox.BlankNode)]
    page = (folder / "public/ar/programme/argan-villages.html").read_text(encoding="utf-8")
    assert f'href="{NATIONAL}place/souss-massa"' in page
    assert "سوس ماسة" in page
    whole, _ = with_derived(region, checked.graph)
    query = find_query(region, "programmes-of-a-region")
    given = bindings(query.parameters, [("region", "Souss-Massa")], whole)
    programmes = {str(row[0]) for row in ask(whole, bind(query.text, given)).rows}
    assert any("argan-villages" in each for each in programmes)
    assert thing(whole, "Souss-Massa").value == f"{NATIONAL}place/souss-massa"
    # What the release has is called by its names, whether something leads to it already or not.
    values = {
        "name_ar": "برنامج آخر",
        "class": "برنامج",
        "owners": "مجلس جهة درعة تافيلالت",
        "places": "درعة-تافيلالت",
        "legal_bases": "القانون رقم 112.12",
        "target_groups": "النساء",
        "confidence": "مصرح به",
        "sources": "example-source",
    }
    unknown = ("--set", "name_not_known_in=fr", "--set", "name_not_known_in=en")
    said = [part for name, value in values.items() for part in ("--set", f"{name}={value}")]
    entered = cli("--lang", "ar", "new", "programme", *said, *unknown, cwd=folder)
    assert entered.returncode == 0, entered.stderr
    written = table.read_text(encoding="utf-8").splitlines()[-1].split(",")
    assert {"women", "regional-council-draa-tafilalet", "draa-tafilalet", "law-112-12"} <= set(written)
    table.write_text(table.read_text(encoding="utf-8").replace(",draa-tafilalet,", ",درعة تافيلالت,"), encoding="utf-8")
    found = cli("--lang", "ar", "validate", cwd=folder)
    assert "draa-tafilalet" in found.stdout
    assert "هل تقصد" in found.stdout
