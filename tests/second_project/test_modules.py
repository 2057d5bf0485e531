"""The second project with its ontology in modules: one vocabulary for all commands, one file for all readers."""

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from tests.conftest import Cli

VOCABULARY = "https://data.littoral.example/vocab"
OWL = "http://www.w3.org/2002/07/owl#"
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
ONTOLOGY = ox.NamedNode(OWL + "Ontology")
OBSERVATION = """
<https://data.littoral.example/vocab/observation> a owl:Ontology ;
  owl:versionIRI <https://data.littoral.example/vocab/observation/2.3.0> ;
  owl:imports <https://data.littoral.example/vocab/peche>, <http://purl.org/linked-data/cube> ;
  dct:title "Relevés"@fr, "Li ñu seet"@wo .

lit:Releve a owl:Class ;
  rdfs:subClassOf [ a owl:Restriction ; owl:onProperty lit:dansLaZone ; owl:maxCardinality 1 ] ;
  rdfs:isDefinedBy <https://data.littoral.example/vocab/observation> ;
  rdfs:label "relevé"@fr, "li ñu seet"@wo .
"""
FISHING = """
<https://data.littoral.example/vocab/peche> a owl:Ontology ;
  dct:title "Pêche"@fr, "Napp"@wo .
"""


@pytest.fixture
def parted(littoral: Path) -> Path:
    """A copy of the second project in which the ontology is a header with two modules."""
    ontology = littoral / "ontology" / "littoral.ttl"
    text = ontology.read_text(encoding="utf-8")
    start = text.index(f"<{VOCABULARY}> a owl:Ontology")
    end = text.index(" .\n", start)
    head, header, terms = text[:start], text[start:end], text[end + 3 :]
    imports = f" ;\n  owl:imports <{VOCABULARY}/peche>, <{VOCABULARY}/observation> .\n"
    ontology.write_text(head + header + imports, encoding="utf-8")
    (ontology.parent / "peche.ttl").write_text(head + FISHING + terms, encoding="utf-8")
    (ontology.parent / "observation.ttl").write_text(head + OBSERVATION, encoding="utf-8")
    return littoral


def triples(path: Path) -> set[Any]:
    return {quad.triple for quad in ox.parse(path=path)}


def test_a_release_has_the_whole_in_one_file_and_each_module_in_its_own(cli: Cli, parted: Path) -> None:
    done = cli("--lang", "en", "publish", cwd=parted)
    assert done.returncode == 0, done.stdout + done.stderr
    folder = parted / "public" / "ontology"
    whole = triples(folder / "littoral.ttl")
    assert [t.subject.value for t in whole if t.predicate == TYPE and t.object == ONTOLOGY] == [VOCABULARY]
    imports = {(t.subject.value, t.object.value) for t in whole if t.predicate.value == OWL + "imports"}
    assert imports == {(VOCABULARY, "http://purl.org/linked-data/cube")}, "what modules import from elsewhere stays"
    assert not [t for t in whole if t.predicate.value == OWL + "versionIRI"]
    parts = {t.object.value for t in whole if t.predicate.value == "http://purl.org/dc/terms/hasPart"}
    assert parts == {f"{VOCABULARY}/peche", f"{VOCABULARY}/observation"}
    subjects = {t.subject for t in whole}
    assert {ox.NamedNode(f"{VOCABULARY}#{name}") for name in ("Releve", "Quai")} <= subjects
    for name in ("peche", "observation"):
        module = triples(folder / f"{name}.ttl")
        assert [t.subject.value for t in module if t.object == ONTOLOGY] == [f"{VOCABULARY}/{name}"]
    rules = (parted / "public" / "w3id" / ".htaccess").read_text(encoding="utf-8")
    site = "https://littoral.example/donnees/ontology/"
    for path, file in (("vocab", "littoral"), ("vocab/peche", "peche"), ("vocab/observation", "observation")):
        assert f"RewriteRule ^{path}(?:/[0-9][^/]*)?/?$ {site}{file}.ttl [R=303,L]\n" in rules
    listed = (parted / "public" / "sitemap.xml").read_text(encoding="utf-8")
    assert "ontology/observation.ttl" in listed


def test_nothing_changes_from_one_release_to_the_same_again(cli: Cli, parted: Path) -> None:
    """Nodes without a name are in the file of the whole and in that of the module: they are counted once."""
    assert cli("publish", cwd=parted).returncode == 0
    done = cli("diff", "public", ".", "--format", "json", cwd=parted)
    assert json.loads(done.stdout)["entities"] == []
    settings = parted / "ssekg.toml"
    settings.write_text(settings.read_text("utf-8").replace('"2.3.0"', '"2.3.1"'), encoding="utf-8")
    done = cli("publish", cwd=parted)
    assert done.returncode == 0, done.stderr
    changes = json.loads((parted / "public" / "changes" / "changes.json").read_text(encoding="utf-8"))
    assert changes["releases"][0]["entities"] == []


def test_modules_are_valid(cli: Cli, parted: Path) -> None:
    done = cli("--lang", "en", "validate", "--format", "json", cwd=parted)
    assert done.returncode == 0, done.stdout
    found = [each for each in json.loads(done.stdout)["findings"] if each["severity"] != "info"]
    assert found == []
