"""A project in another country: the modules of evidence and of the core, with nothing that is Moroccan."""

import shutil
from pathlib import Path

import pytest

from ssekg.checks.run import CheckedGraph, check_project
from ssekg.project.settings import read_project
from ssekg.queries.library import read_queries
from ssekg.queries.local import ask
from ssekg.queries.parameters import bindings
from ssekg.queries.syntax import bind
from ssekg.shacl.derivation import with_derived
from tests.conftest import ROOT

MODULES = ("evidence", "core")
DATA = """
@prefix dct: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sse: <https://w3id.org/ssekg/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<source/gazette> a sse:Source ;
  skos:prefLabel "الجريدة"@ar, "Journal"@fr, "Gazette"@en ;
  dct:title "الجريدة"@ar, "Journal"@fr, "Gazette"@en ;
  sse:publisherName "Government" ; sse:sourceKind <concept/source-official-gazette> ;
  dct:issued "2024"^^xsd:gYear ; sse:confidence <concept/stated> .
<place/senegal> a sse:Country ;
  skos:prefLabel "السنغال"@ar, "Sénégal"@fr, "Senegal"@en ; sse:isoCode "SN" ;
  dct:source <source/gazette> ; sse:confidence <concept/stated> .
<place/dakar> a sse:Region ;
  skos:prefLabel "دكار"@ar, "Dakar"@fr, "Dakar"@en ;
  sse:isoCode "SN-DK" ; sse:within <place/senegal> ; sse:capital "Dakar"@fr ;
  dct:source <source/gazette> ; sse:confidence <concept/stated> .
<event/fair> a sse:Event ;
  skos:prefLabel "معرض"@ar, "Salon"@fr, "Fair"@en ; sse:eventKind <concept/fair> ;
  dct:spatial <place/dakar> ; sse:start "2024-05"^^xsd:gYearMonth ;
  dct:source <source/gazette> ; sse:confidence <concept/stated> .
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with two modules, and a few records of Senegal."""
    root = tmp_path_factory.mktemp("alone")
    for module in MODULES:
        for part in ("ontology/concepts", "shapes", "queries"):
            if (ROOT / part / module).is_dir():
                shutil.copytree(ROOT / part / module, root / part / module)
        for name in (f"ontology/{module}.ttl", f"ontology/annotations/{module}.ttl"):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, root / name)
    shutil.copy(ROOT / "ssekg.toml", root)
    (root / "data").mkdir()
    (root / "data" / "senegal.ttl").write_text(DATA, encoding="utf-8")
    return root


def test_the_core_validates_and_answers_without_what_is_moroccan(folder: Path) -> None:
    project = read_project(folder)
    checked = check_project(project)
    assert isinstance(checked, CheckedGraph), "there are no violations"
    graph, _ = with_derived(project, checked.graph)
    queries = {query.name: query for query in read_queries(project)}
    assert len(queries) > 40
    answers = {
        name: ask(graph, bind(query.text, bindings([p for p in query.parameters if not p.required], [], graph)))
        for name, query in queries.items()
    }
    regions = bindings(queries["events-by-region-and-year"].parameters, [("region", "Dakar"), ("year", "2024")], graph)
    (row,) = ask(graph, bind(queries["events-by-region-and-year"].text, regions)).rows
    assert str(row[0]) == f"<{project.base}event/fair>"
    assert not answers["regions-without-known-event"].rows
