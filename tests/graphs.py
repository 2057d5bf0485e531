"""Small graphs for tests: written as Turtle, compared as graphs."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ssekg.base.findings import Place
from ssekg.graph.store import Graph

BASE: Final = "https://example.org/id/"
PREFIXES: Final = """
@prefix dct: <http://purl.org/dc/terms/> .
@prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <http://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sse: <https://w3id.org/ssekg/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def parsed(turtle: str) -> list[ox.Triple]:
    """The triples of a Turtle text without prefix lines; relative IRIs are instances."""
    return [quad.triple for quad in ox.parse(PREFIXES + turtle, ox.RdfFormat.TURTLE, base_iri=BASE)]


def canonical(triples: Iterable[ox.Triple]) -> list[str]:
    """The triples as sorted lines that are the same for isomorphic graphs."""
    dataset = ox.Dataset(ox.Quad(*triple) for triple in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(str(quad.triple) for quad in dataset)


ONTOLOGY: Final = parsed("""
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix tool: <https://w3id.org/ssekg/tool#> .
@prefix vann: <http://purl.org/vocab/vann/> .
<https://w3id.org/ssekg/ontology> a owl:Ontology ; vann:preferredNamespacePrefix "sse" ;
  vann:preferredNamespaceUri "https://w3id.org/ssekg/ontology#" .
sse:isoCode tool:role tool:Code . sse:hcpCode tool:role tool:Code . sse:acronym tool:role tool:Code .
eli:number tool:role tool:Code .
sse:amount tool:role tool:Amount . sse:currency tool:role tool:Unit . sse:unit tool:role tool:Unit .
sse:value tool:role tool:Quantity ; tool:namePart "2" .
sse:indicator tool:namePart "1" . sse:period tool:namePart "3" .
sse:budgetOf tool:part "budgets" . sse:record tool:part "fieldNotes" .
sse:Place tool:kind "place" ; rdfs:label "مكان"@ar, "Lieu"@fr, "Place"@en .
sse:Law tool:kind "law" ; tool:pluralLabel "القوانين"@ar, "Lois"@fr, "Laws"@en .
sse:Programme tool:kind "programme" ; tool:pluralLabel "البرامج"@ar, "Programmes"@fr, "Programmes"@en .
sse:Event tool:kind "event" ; tool:pluralLabel "التظاهرات"@ar, "Événements"@fr, "Events"@en .
""")
"""The head of an ontology, and what it says of its terms by annotations."""


def graph_of(turtle: str) -> Graph:
    """A graph with these triples as its data, and with ONTOLOGY."""
    return Graph(BASE, parsed(turtle), ONTOLOGY)


def iri(local: str) -> ox.NamedNode:
    """An instance."""
    return ox.NamedNode(BASE + local)


def cut(text: str, place: Place) -> str:
    """What an editor selects from a place's start to its end; lines end with LF or CR LF."""
    lines = text.split("\n")
    line, column, end_line, end_column = place.line or 0, place.column or 0, place.end_line or 0, place.end_column or 0
    assert min(line, column, end_line, end_column) > 0, place
    selected = [*lines[line - 1 : end_line - 1], lines[end_line - 1][: end_column - 1]]
    return "\n".join([selected[0][column - 1 :], *selected[1:]])


def read(path: Path) -> str:
    """A file as an editor shows it: without byte-order mark, line ends kept."""
    return path.read_bytes().decode("utf-8-sig")
