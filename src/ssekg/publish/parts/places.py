"""The things whose position is known, as points in GeoJSON (RFC 7946)."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import DCT, GEO
from ssekg.graph.points import AS_WKT, HAS_GEOMETRY, Point, read_point
from ssekg.graph.store import TYPE, Graph
from ssekg.project.vocabulary import CODE
from ssekg.publish.context import Context

PLACES: Final = "places.geojson"
_WITHIN: Final = (ox.NamedNode(GEO + "sfWithin"), ox.NamedNode(DCT + "isPartOf"))
_SOURCE: Final = ox.NamedNode(DCT + "source")

_Statements = Mapping[ox.NamedNode, list[Any]]


def places(context: Context) -> Iterator[tuple[str, bytes]]:
    """A FeatureCollection of points in order of their IRIs, with names, codes, what they lie in, and sources.

    A place is an item with a geometry (GeoSPARQL 1.1) that is a point; without places there is no file.
    """
    graph, languages = context.public, context.project.languages
    by_subject = _by_subject(context.shown_triples)
    points = {
        place: point
        for place, statements in by_subject.items()
        if (point := _point(statements[HAS_GEOMETRY], by_subject))
    }
    if not points:
        return
    codes = [code for code in graph.terms.with_role(CODE) if any(by_subject[place][code] for place in points)]
    features = [
        {
            "type": "Feature",
            "id": place.value,
            "geometry": {"type": "Point", "coordinates": point},
            "properties": _properties(graph, place, by_subject[place], codes, languages),
        }
        for place, point in points.items()
    ]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    yield PLACES, f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'.encode()


def _by_subject(ordered: Sequence[ox.Triple]) -> dict[ox.NamedNode, _Statements]:
    """The statements about items with a geometry, and about geometries, in order."""
    by_subject: dict[ox.NamedNode, _Statements] = {}
    subjects = {t.subject for t in ordered if t.predicate in {HAS_GEOMETRY, AS_WKT}}
    for triple in ordered:
        if triple.subject in subjects and isinstance(triple.subject, ox.NamedNode):
            by_subject.setdefault(triple.subject, defaultdict(list))[triple.predicate].append(triple.object)
    return by_subject


def _point(geometries: Iterable[Any], by_subject: Mapping[ox.NamedNode, _Statements]) -> Point | None:
    """Longitude and latitude in degrees of the first geometry that is a point."""
    texts = (text.value for geometry in geometries for text in by_subject.get(geometry, {}).get(AS_WKT, []))
    return next((point for text in texts if (point := read_point(text))), None)


def _properties(
    graph: Graph, place: ox.NamedNode, statements: _Statements, codes: Sequence[ox.NamedNode], languages: Sequence[str]
) -> dict[str, Any]:
    labels = graph.labels.get(place, {})
    above = {term for upper in _WITHIN for term in graph.terms.below(upper)}
    within = sorted(term.value for predicate in above for term in statements[predicate])
    return {
        "kind": _kind(graph, statements[TYPE]),
        "iri": place.value,
        **{f"name_{language}": labels.get(language) for language in languages},
        **{_snake_case(code): next((term.value for term in statements[code]), None) for code in codes},
        "within": next(iter(within), None),
        "sources": [term.value for term in statements[_SOURCE]],
    }


def _kind(graph: Graph, classes: Iterable[Any]) -> str | None:
    """The name of the class of a place, in small letters: of the project's own classes the lowest."""
    own = [each for each in classes if isinstance(each, ox.NamedNode) and graph.terms.is_own(each)]
    lowest = min(own, key=lambda each: (-len(graph.terms.above.get(each, ())), each.value), default=None)
    return lowest.value.removeprefix(graph.terms.namespace).lower() if lowest else None


def _snake_case(term: ox.NamedNode) -> str:
    local = re.split(r"[#/]", term.value)[-1]
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", local).lower()
