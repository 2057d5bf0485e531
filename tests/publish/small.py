"""A small project whose graph is checked in no time, for tests that publish again and again."""

import shutil
from pathlib import Path
from typing import Final

from ssekg.base.findings import Report
from ssekg.checks.run import CheckedGraph
from ssekg.graph.store import Graph
from ssekg.project.settings import read_project
from tests.graphs import BASE, ONTOLOGY, PREFIXES, parsed

TURTLE: Final = """
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
<place/fes-meknes> a sse:Region ; skos:prefLabel "فاس-مكناس"@ar, "Fès-Meknès"@fr ; sse:isoCode "MA-03" ;
  dct:source <source/hcp>, <source/iso> ; geo:hasGeometry <place/fes-meknes#centroid> ; sse:communeCount 194 .
<place/fes-meknes#centroid> a geo:Geometry ; geo:asWKT "POINT(-4.498 33.929)"^^geo:wktLiteral .
<place/fes> a sse:Province ; skos:prefLabel "Fès"@fr ; sse:within <place/fes-meknes> ; dct:source <source/hcp> .
<person/p1> a sse:Person ; skos:prefLabel "X Y"@fr ; dct:source <source/hcp> .
<office/o1> sse:chairedBy <person/p1> ; skos:prefLabel "Office"@fr .
<source/hcp> a sse:Source ; dct:title "Recensement"@fr .
<observation/o1> a sse:Observation ; sse:indicator <concept/population> ; sse:place <place/fes-meknes> ;
  sse:period "2024-09"^^xsd:gYearMonth ; sse:value 4467911.50 ; dct:source <source/hcp> .
[] skos:prefLabel "=SUM(A1)"@en ; dct:title [ schema:name "007" ] .
"""
VOCABULARY: Final = """
@prefix qb: <http://purl.org/linked-data/cube#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
sse:Observation a owl:Class ; rdfs:subClassOf qb:Observation . sse:value a qb:MeasureProperty .
sse:indicator a owl:ObjectProperty, qb:DimensionProperty . sse:period a owl:DatatypeProperty, qb:DimensionProperty .
sse:within a owl:ObjectProperty ; rdfs:subPropertyOf dct:isPartOf . dct:source a owl:ObjectProperty .
sse:Place a owl:Class ; rdfs:label "مكان"@ar, "Lieu"@fr, "Place"@en .
sse:Person a owl:Class ; <https://w3id.org/ssekg/tool#kind> "person" . sse:Deputy rdfs:subClassOf sse:Person .
"""
SHAPES: Final = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix sse: <https://w3id.org/ssekg/ontology#> .
@prefix shapes: <https://w3id.org/ssekg/shapes#> .
shapes:Region a sh:NodeShape ; sh:targetClass sse:Region ; sh:property shapes:region-code .
shapes:region-code a sh:PropertyShape ; sh:path sse:isoCode ; sh:minCount 1 ; sh:severity sh:Violation ;
  sh:message "أضف الرمز."@ar, "Ajoutez le code."@fr, "Add the code."@en .
"""
QUERY: Final = """\
#+ title: {ar: "الكل", fr: "Tout", en: "All"}
#+ question: {ar: "ماذا هنالك؟", fr: "Qu’y a-t-il ?", en: "What is there?"}
#+ summary: "All"
SELECT ?s { ?s ?p ?o }
"""
SETTINGS: Final = """
[project]
id = "ssekg"
name = { ar = "مبيان", fr = "Graphe", en = "Graph" }
description = { en = "A graph" }
base = "https://example.org/id/"
languages = ["ar", "fr", "en"]
default_language = "fr"
[privacy]
withheld = ["person"]
public_name = "without-persons"
[publication]
licence = "https://opendatacommons.org/licenses/odbl/1-0/"
publisher = "somebody"
contact = "mailto:data@example.org"
site = "https://example.org/data/"
[release]
version = "VERSION"
date = 2026-11-23
"""


def small(folder: Path, *, version: str = "1.0.0", more: str = "") -> CheckedGraph:
    """The checked graph of a small project in `folder`, which is made; `more` is Turtle to add."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "queries").mkdir(parents=True)
    (folder / "ssekg.toml").write_text(SETTINGS.replace("VERSION", version), encoding="utf-8")
    (folder / "DATA-LICENSE").write_text("ODbL\n", encoding="utf-8")
    (folder / "queries" / "all.rq").write_text(QUERY, encoding="utf-8")
    for name in ("data", "shapes"):
        (folder / name).mkdir()
    (folder / "shapes" / "small.ttl").write_text(SHAPES, encoding="utf-8")
    (folder / "data" / "small.ttl").write_text(PREFIXES + TURTLE + more, encoding="utf-8")
    graph = Graph(BASE, parsed(TURTLE + more), ONTOLOGY + parsed(VOCABULARY))
    return CheckedGraph(read_project(folder), graph, Report(()))
