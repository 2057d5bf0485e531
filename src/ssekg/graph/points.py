"""The items whose position is known as a point (GeoSPARQL 1.1)."""

import re
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import GEO
from ssekg.graph.store import Graph

HAS_GEOMETRY: Final = ox.NamedNode(GEO + "hasGeometry")
AS_WKT: Final = ox.NamedNode(GEO + "asWKT")
# Longitude, then latitude on WGS 84: what GeoSPARQL assumes if nothing else is stated, and RFC 7946 asks for.
_POINT: Final = re.compile(r"\s*POINT\s*\(\s*(-?[0-9.]+)\s+(-?[0-9.]+)\s*\)\s*", re.IGNORECASE)

Point = tuple[float, float]


def read_point(wkt: str) -> Point | None:
    """Longitude and latitude in degrees, None for a geometry that is no point."""
    found = _POINT.fullmatch(wkt)
    return (float(found[1]), float(found[2])) if found else None


def points_of(graph: Graph) -> dict[ox.NamedNode, Point]:
    """The position of each item that has one, in order of their IRIs."""
    geometries: dict[object, Point] = {
        triple.subject: point
        for triple in graph.with_predicate(AS_WKT)
        if isinstance(triple.object, ox.Literal) and (point := read_point(triple.object.value))
    }
    found = {
        triple.subject: point
        for triple in graph.with_predicate(HAS_GEOMETRY)
        if isinstance(triple.subject, ox.NamedNode) and (point := geometries.get(triple.object))
    }
    return dict(sorted(found.items(), key=lambda pair: pair[0].value))
