"""As an engineer of another country would: twenty terms on top of the general vocabulary, no line of Python."""

import json
import shutil
from pathlib import Path
from typing import Final

import pytest

from ssekg.checks.run import CheckedGraph, check_project
from ssekg.graph.public import Public
from ssekg.project.settings import Project, read_project
from ssekg.publish.parts.application_profile import application_profile
from ssekg.shacl.derivation import with_derived
from ssekg.site.own_terms import own_terms
from tests.conftest import ROOT, Cli
from tests.publish.contexts import context_of

SENEGAL: Final = ROOT / "tests" / "data" / "senegal"
# A group without confidence, in a union that is a place.
WRONG: Final = """
@prefix ess: <https://example.org/senegal/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
<https://example.org/senegal/id/institution/x> a ess:Group ; skos:prefLabel "X"@fr, "X"@en ;
  dct:source <https://example.org/senegal/id/source/s> .
"""


@pytest.fixture
def senegal(cli: Cli, tmp_path: Path) -> Path:
    """A project in French and English, with a vocabulary and data of its own."""
    folder = tmp_path / "senegal"
    assert cli("init", folder, "--lang", "fr", cwd=tmp_path).returncode == 0
    settings = (folder / "ssekg.toml").read_text(encoding="utf-8")
    (folder / "ssekg.toml").write_text(settings.replace('["fr", "ar", "en"]', '["fr", "en"]'), encoding="utf-8")
    (folder / "shapes" / "evidence" / "names_ar.ttl").unlink()
    shutil.copy(SENEGAL / "ontology.ttl", folder / "ontology" / "senegal.ttl")
    shutil.copy(SENEGAL / "data.ttl", folder / "data" / "senegal.ttl")
    return folder


def checked(folder: Path) -> tuple[Project, CheckedGraph]:
    project = read_project(folder)
    found = check_project(project)
    assert isinstance(found, CheckedGraph), found
    return project, found


def test_names_are_asked_for_in_the_languages_that_are_left(cli: Cli, senegal: Path) -> None:
    checked(senegal)
    data = senegal / "data" / "senegal.ttl"
    data.write_text(data.read_text(encoding="utf-8").replace('"GIE Ndar"@fr, ', ""), encoding="utf-8")
    done = cli("--lang", "fr", "validate", cwd=senegal)
    assert done.returncode == 1
    assert "Le nom en français manque" in done.stdout


def test_a_contradiction_with_its_axioms_is_explained(cli: Cli, senegal: Path) -> None:
    done = cli("--lang", "fr", "reason", cwd=senegal)
    assert (done.returncode, done.stdout.splitlines()[0].partition(".")[0]) == (0, "Cohérent")
    with (senegal / "data" / "senegal.ttl").open("a", encoding="utf-8") as file:
        file.write("<institution/gie-ndar> a ess:HealthMutual .\n")
    done = cli("--lang", "fr", "reason", cwd=senegal)
    assert done.returncode == 1
    assert (
        "Rien n’est à la fois de la classe ess:HealthMutual (mutuelle de santé) et de la classe ess:Group"
        in done.stdout
    )
    assert "[ontology/senegal.ttl:" in done.stdout


def test_its_ontology_is_scored_with_the_modules_that_it_stands_on(cli: Cli, senegal: Path) -> None:
    done = cli("validate", "--ontology", "ontology/senegal.ttl", "--format", "json", cwd=senegal)
    report = json.loads(done.stdout)
    assert done.returncode == 0
    assert {each["code"] for each in report["findings"] if each["code"].startswith("OOPS")} == {"OOPS-P13"}
    assert report["scores"]["FOOPS-VOC4"] == {"passed": 20, "of": 20}


def test_its_terms_are_documented_and_are_its_own(senegal: Path) -> None:
    project, found = checked(senegal)
    public: Public = with_derived(project, found.graph)[1]
    own = [each for each in own_terms(public).values() if public.terms.is_own(each.term)]
    assert len(own) == 20
    assert {each.module for each in own} == {public.terms.ontology}
    assert {each.path for each in own} >= {"ontology/classes/Group.html", "ontology/properties/stops.html"}


def test_its_profile_checks_data_without_the_ontology(cli: Cli, senegal: Path, tmp_path: Path) -> None:
    project, found = checked(senegal)
    ((name, content),) = application_profile(context_of(project, with_derived(project, found.graph)[0]))
    (tmp_path / name).write_bytes(content)
    (tmp_path / "wrong.ttl").write_text(WRONG, encoding="utf-8")
    done = cli("--lang", "en", "validate", "wrong.ttl", "--shapes", name, cwd=tmp_path)
    assert done.returncode == 1
    assert "choose exactly one concept of the list “Confidence levels”" in done.stdout
