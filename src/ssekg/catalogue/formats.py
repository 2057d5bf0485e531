"""The formats of a release's files, by the end of a file's name: as the EU, IANA and CKAN call them."""

from dataclasses import dataclass
from typing import Final

GZIP: Final = "application/gzip"


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its code in the EU's list of file types, its media type, its name, and what CKAN shows."""

    code: str
    media_type: str
    name: str
    label: str


# In the order in which people want to see them.
FORMATS: Final = {
    ".csv": Format("CSV", "text/csv", "CSV", "CSV"),
    ".geojson": Format("GEOJSON", "application/geo+json", "GeoJSON", "GeoJSON"),
    ".parquet": Format("PARQUET", "application/vnd.apache.parquet", "Parquet", "Parquet"),
    ".ttl": Format("RDF_TURTLE", "text/turtle", "Turtle", "TTL"),
    ".jsonld": Format("JSON_LD", "application/ld+json", "JSON-LD", "JSON-LD"),
    ".nt": Format("RDF_N_TRIPLES", "application/n-triples", "N-Triples", "N-Triples"),
    ".nq": Format("RDF_N_QUADS", "application/n-quads", "N-Quads", "N-Quads"),
    ".trig": Format("RDF_TRIG", "application/trig", "TriG", "TriG"),
    ".rdf": Format("RDF_XML", "application/rdf+xml", "RDF/XML", "RDF"),
}


def format_of(path: str) -> Format | None:
    """The format of a file, also of one that is compressed; None for a format that the catalogue does not list."""
    name = path.rpartition("/")[2].removesuffix(".gz")
    dot = name.rfind(".")
    return FORMATS.get(name[dot:]) if dot > 0 else None
