"""The ontology is in OWL 2 DL and OWL 2 RL, the whole graph in OWL 2 DL: the OWL API itself says so."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from ssekg.base.namespaces import OWL
from ssekg.checks.reasoning.literals import is_of_owl
from ssekg.graph.canonical import ntriples
from ssekg.graph.store import Graph
from tests.conftest import ROOT

ONTOLOGY: Final = "https://w3id.org/ssekg/ontology"
GRAPH: Final = "urn:x:graph"
PREFIXES: Final = (
    "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
)
# A union is not in RL, and neither a property of two kinds nor a chain that leads back into itself in DL.
CIRCLE: Final = "urn:x:circle"
UNION: Final = "urn:x:union"
TWO_KINDS: Final = "urn:x:two-kinds"
BAD: Final = {
    UNION: "<#p> a owl:ObjectProperty ; rdfs:range [ a owl:Class ; owl:unionOf ( <#A> <#B> ) ] . <#A> a owl:Class .",
    TWO_KINDS: "<#p> a owl:ObjectProperty, owl:DatatypeProperty .",
    CIRCLE: "<#p> a owl:ObjectProperty ; owl:propertyChainAxiom ( <#q> <#p> <#q> ) . <#q> a owl:ObjectProperty .",
}
Violations = Mapping[str, Mapping[str, list[str]]]


@pytest.fixture(scope="module")
def violations(release: Path, graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Violations:
    """What the OWL API finds, by ontology and profile.

    Of the graph it does not read partial dates and geometries, whose datatypes OWL 2 does not know.
    """
    python = ROOT / ".venv-owl/bin/python"
    if not python.exists():
        pytest.fail("run `make .venv-owl/installed` first")
    folder = tmp_path_factory.mktemp("ontologies")
    files = {f"{ONTOLOGY}/{name}": release / "ontology" / f"{name}.ttl" for name in ("evidence", "core", "ma")}
    files |= {ONTOLOGY: release / "ontology" / "ssekg.ttl", GRAPH: folder / "graph.nt"}
    triples = (t for t in (*graph.vocabulary, *graph.data) if t.predicate != ox.NamedNode(OWL + "imports"))
    known = (t for t in triples if not isinstance(t.object, ox.Literal) or is_of_owl(t.object.datatype))
    files[GRAPH].write_bytes(ntriples(known))
    for iri, turtle in BAD.items():
        files[iri] = folder / f"{len(files)}.ttl"
        files[iri].write_text(f"{PREFIXES}@base <{iri}> . <> a owl:Ontology . {turtle}", encoding="utf-8")
    done = subprocess.run(
        [python, ROOT / "tests/owl_profiles.py", *(f"{iri}={path}" for iri, path in files.items())],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    found: Violations = json.loads(done.stdout)
    return found


def test_the_checker_finds_what_is_outside(violations: Violations) -> None:
    assert violations[UNION]["RL"]
    assert violations[TWO_KINDS]["DL"]
    assert violations[CIRCLE]["DL"]


@pytest.mark.parametrize("profile", ["DL", "RL"])
@pytest.mark.parametrize("module", ["", "/evidence", "/core", "/ma"])
def test_the_ontology_and_each_module_with_its_imports(violations: Violations, module: str, profile: str) -> None:
    assert violations[ONTOLOGY + module][profile] == []


def test_the_whole_graph(violations: Violations) -> None:
    assert violations[GRAPH]["DL"] == []
