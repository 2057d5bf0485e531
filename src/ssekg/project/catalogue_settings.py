"""Catalogue settings of ssekg.toml: keywords, themes and the part of the world that the data cover."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Coverage:
    """The part of the world that the data cover.

    `place` is the IRI of a gazetteer, `bbox` west, south, east, north, and `centroid` longitude, latitude, in degrees.
    """

    place: str
    name: Mapping[str, str]
    bbox: tuple[float, float, float, float]
    centroid: tuple[float, float]


@dataclass(frozen=True)
class CatalogueSettings:
    """Settings for portals: codes of the EU's lists, and keywords by language tag."""

    keywords: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    themes: tuple[str, ...] = ()
    frequency: str = "UNKNOWN"
    publisher_type: str = "NonProfitOrganisation"
    coverage: Coverage | None = None


def by_language(given: Mapping[str, Any]) -> dict[str, Any]:
    """What is given by language, by tags in small letters: tags are compared so (BCP 47, RDF 1.1)."""
    return {tag.lower(): texts for tag, texts in given.items()}


def read_catalogue_settings(section: dict[str, Any]) -> CatalogueSettings:
    """The section [catalogue] of ssekg.toml, whose values are as they should be (setting_rules.py)."""
    given = dict(section)
    if "keywords" in given:
        given["keywords"] = {tag: tuple(words) for tag, words in by_language(given["keywords"]).items()}
    if "themes" in given:
        given["themes"] = tuple(given["themes"])
    if "coverage" in given:
        place = given["coverage"]
        west, south, east, north = map(float, place["bbox"])
        longitude, latitude = map(float, place["centroid"])
        bbox, centroid = (west, south, east, north), (longitude, latitude)
        given["coverage"] = Coverage(place["place"], by_language(place["name"]), bbox, centroid)
    return CatalogueSettings(**given)
