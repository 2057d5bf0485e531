"""The points of regions and provinces are GeoJSON as RFC 7946 has it."""

import json
from pathlib import Path
from typing import Any

import geojson
import pyoxigraph as ox

from ssekg.project.settings import Project
from ssekg.publish.parts.places import places
from tests.graphs import BASE, graph_of
from tests.publish.contexts import context_of

GEO = "@prefix geo: <http://www.opengis.net/ont/geosparql#> .\n"


def features(project: Project, turtle: str) -> list[dict[str, Any]]:
    graph = graph_of(GEO + turtle)
    (content,) = (content for _, content in places(context_of(project, graph)))
    return list(json.loads(content)["features"])


def test_every_point_is_a_place_in_morocco(release: Path, ordered: list[ox.Triple]) -> None:
    collection = geojson.loads((release / "places.geojson").read_text(encoding="utf-8"))
    assert collection.is_valid, collection.errors()
    geometries = {t.object for t in ordered if t.predicate.value == "http://www.opengis.net/ont/geosparql#hasGeometry"}
    assert len(collection.features) == len(geometries) == 12
    for feature in collection.features:
        longitude, latitude = feature.geometry.coordinates
        assert -18 < longitude < -1
        assert 20 < latitude < 36
        assert {feature.properties[f"name_{language}"] for language in ("ar", "fr", "en")}
        assert feature.properties["kind"] == "region"
    fes = next(f for f in collection.features if f.properties["iso_code"] == "MA-03")
    assert fes.id == fes.properties["iri"] == "https://w3id.org/ssekg/id/place/fes-meknes"
    assert (fes.properties["name_ar"], fes.geometry.coordinates) == ("فاس مكناس", [-4.498, 33.929])


def test_longitude_comes_first_and_what_has_no_point_is_left_out(project: Project) -> None:
    found = features(
        project,
        """
    <place/a> a sse:Region ; geo:hasGeometry <place/a#centroid> . <place/a#centroid> a geo:Geometry ;
      geo:asWKT "POINT (-5.0 33)"^^geo:wktLiteral .
    <place/b> a sse:Province ; skos:prefLabel "B"@fr .
    <place/c> a sse:Region ; geo:hasGeometry <place/c#area> . <place/c#area> a geo:Geometry ;
      geo:asWKT "POLYGON((0 0, 1 0, 1 1, 0 0))"^^geo:wktLiteral .
    <place/d> a sse:Country .
    """,
    )
    assert [feature["id"] for feature in found] == [f"{BASE}place/a"]
    assert found[0]["geometry"] == {"type": "Point", "coordinates": [-5.0, 33.0]}
    assert found[0]["properties"]["name_ar"] is None
