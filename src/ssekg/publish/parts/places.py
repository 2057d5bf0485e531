"""The regions, provinces and prefectures whose position is known, as points in GeoJSON (RFC 7946)."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.language import LANGUAGES
from ssekg.base.namespaces import DCT, SSE
from ssekg.graph.store import TYPE, Graph

PLACES: Final = "places.geojson"
_KINDS: Final = {ox.NamedNode(SSE + name): name.lower() for name in ("Region", "Province", "Prefecture")}
_GEO: Final = "http://www.opengis.net/ont/geosparql#"
# Longitude, then latitude on WGS 84: what RFC 7946 asks, and what GeoSPARQL takes for granted where nothing is said.
_POINT: Final = re.compile(r"\s*POINT\s*\(\s*(-?[0-9.]+)\s+(-?[0-9.]+)\s*\)\s*", re.IGNORECASE)


def places(graph: Graph, ordered: Sequence[ox.Triple]) -> bytes:
    """A FeatureCollection of points in order of their IRIs, with names in every language, codes, and sources."""
    about = _by_subject(ordered)
    features = []
    for subject, said in about.items():
        kind = next((_KINDS[term] for term in said[TYPE] if term in _KINDS), None)
        point = _point(said[ox.NamedNode(f"{_GEO}hasGeometry")], about)
        if kind and point:
            geometry = {"type": "Point", "coordinates": point}
            properties = {"kind": kind} | _properties(graph, subject, said)
            features.append({"type": "Feature", "id": subject.value, "geometry": geometry, "properties": properties})
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'.encode()


_Said = Mapping[ox.NamedNode, list[Any]]


def _by_subject(ordered: Iterable[ox.Triple]) -> dict[ox.NamedNode, _Said]:
    """What is said of places and of geometries, in order."""
    about: dict[ox.NamedNode, _Said] = {}
    wanted = {*_KINDS, ox.NamedNode(f"{_GEO}Geometry")}
    subjects = {t.subject for t in ordered if t.predicate == TYPE and t.object in wanted}
    for triple in ordered:
        if triple.subject in subjects and isinstance(triple.subject, ox.NamedNode):
            about.setdefault(triple.subject, defaultdict(list))[triple.predicate].append(triple.object)
    return about


def _point(geometries: Iterable[Any], about: Mapping[ox.NamedNode, _Said]) -> list[float] | None:
    """Longitude and latitude in degrees of the first geometry that is a point."""
    for geometry in geometries:
        for text in about.get(geometry, {}).get(ox.NamedNode(f"{_GEO}asWKT"), []):
            point = _POINT.fullmatch(text.value)
            if point:
                return [float(point[1]), float(point[2])]
    return None


def _properties(graph: Graph, place: ox.NamedNode, said: _Said) -> dict[str, Any]:
    def one(name: str) -> str | None:
        return next((term.value for term in said[ox.NamedNode(name)]), None)

    return {
        "iri": place.value,
        **{f"name_{language}": graph.labels.get(place, {}).get(language) for language in LANGUAGES},
        "iso_code": one(SSE + "isoCode"),
        "hcp_code": one(SSE + "hcpCode"),
        "within": one(SSE + "within"),
        "sources": [term.value for term in said[ox.NamedNode(DCT + "source")]],
    }
